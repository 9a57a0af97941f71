"""Targets and mail servers: every fault is told, no secret is."""

from pathlib import Path

import pytest

from litwatch.errors import InvalidWatch
from litwatch.watchfile import Settings, load_settings, load_watch
from litwatch.watchfile.outgoing import PASSWORD_VARIABLE, SECRET_VARIABLE, USER_VARIABLE
from tests.functional.conftest import WATCH

SMTP = '[smtp]\nhost = "smtp.example.org"\nsender = "litwatch@example.org"\n'


def settings_of(folder: Path, text: str, **environment: str) -> Settings:
    path = folder / "litwatch.toml"
    path.write_text(text, encoding="utf-8")
    return load_settings(path, environment)


def faults_of(folder: Path, text: str, **environment: str) -> list[str]:
    with pytest.raises(InvalidWatch) as caught:
        settings_of(folder, text, **environment)
    return [str(fault).split("litwatch.toml: ", 1)[1] for fault in caught.value.faults]


def test_mail_needs_a_host_and_a_sender_and_is_encrypted_unless_told_otherwise(tmp_path: Path) -> None:
    smtp = settings_of(tmp_path, SMTP).smtp
    assert smtp is not None
    assert (smtp.host, smtp.port, smtp.security, smtp.login) == ("smtp.example.org", 587, "starttls", None)
    assert settings_of(tmp_path, "").smtp is None


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_the_port_follows_from_the_encryption(tmp_path: Path, security: str, port: int) -> None:
    smtp = settings_of(tmp_path, f'{SMTP}security = "{security}"\n').smtp
    assert smtp is not None
    assert smtp.port == port


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("sender", "from"), "smtp.from: unknown key"),
        (("host", "hots"), "smtp.hots: unknown key (did you mean 'host'?)"),
        (("litwatch@example.org", "nobody"), "smtp.sender: 'nobody' is not an e-mail address"),
        (("litwatch@", "lit\\nwatch@"), "smtp.sender: "),
        (("litwatch@", "lítwatch@"), "smtp.sender: 'lítwatch@example.org' is not an e-mail address in ASCII letters"),
        (("[smtp]\n", "[smtp]\nport = 0\n"), "smtp.port: must be greater than or equal to 1"),
        (("[smtp]\n", '[smtp]\nsecurity = "ssl"\n'), "smtp.security: must be 'starttls', 'tls' or 'none'"),
        (("[smtp]\n", '[smtp]\nunsubscribe = "http://x"\n'), "smtp.unsubscribe: 'http://x' is neither"),
        (("[smtp]\n", '[smtp]\nunsubscribe = "https://x>, <b"\n'), "smtp.unsubscribe: "),
        (("[smtp]\n", '[smtp]\nunsubscribe = "https://x/=?utf-8?q?=0A?="\n'), "smtp.unsubscribe: "),
        (("[smtp]\n", '[smtp]\npassword = "geheim"\n'), "smtp.password: unknown key"),
    ],
)
def test_every_fault_of_a_mail_server_is_named(tmp_path: Path, change: tuple[str, str], fault: str) -> None:
    assert any(each.startswith(fault) for each in faults_of(tmp_path, SMTP.replace(*change, 1)))


def test_user_and_password_come_from_the_environment_and_are_never_shown(tmp_path: Path) -> None:
    settings = settings_of(tmp_path, SMTP, **{USER_VARIABLE: "roe", PASSWORD_VARIABLE: "geheim"})
    assert settings.smtp is not None
    assert settings.smtp.login == ("roe", "geheim")
    assert "geheim" not in repr(settings)


@pytest.mark.parametrize(
    ("text", "environment", "fault"),
    [
        (SMTP, {PASSWORD_VARIABLE: "geheim"}, "only one is set"),
        (SMTP, {USER_VARIABLE: "roe", PASSWORD_VARIABLE: "geheím"}, "is not in ASCII"),
        (SMTP + 'security = "none"', {USER_VARIABLE: "roe", PASSWORD_VARIABLE: "geheim"}, "would be sent unencrypted"),
    ],
)
def test_a_login_that_cannot_be_used_is_a_fault(
    tmp_path: Path, text: str, environment: dict[str, str], fault: str
) -> None:
    (told,) = faults_of(tmp_path, text, **environment)
    assert fault in told
    assert "gehe" not in told


def test_a_target_is_named_by_where_it_leads_and_counts_once(tmp_path: Path) -> None:
    path = tmp_path / "sesame.toml"
    one, two = (f'[[deliver]]\nto = "mailto:{name}@example.org"\n' for name in ("team", "board"))
    path.write_text(WATCH + one + two + one, encoding="utf-8")
    watch = load_watch(path, settings_of(tmp_path, ""))
    assert watch.targets == (("mail", "team@example.org"), ("mail", "board@example.org"))


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('to = "team@example.org"', "deliver[1].to: is no target; write it as in 'mailto:"),
        ('to = "mailto:team@example.org?bcc=all@example.org"', "deliver[1].to: "),
        ('to = "mailto:a@example.org,b@example.org"', "deliver[1].to: "),
        ('to = "mailto:a@example.org\\nBcc: b@example.org"', "deliver[1].to: "),
        ('to = "ftp://example.org/x"', "deliver[1].to: is no target"),
        ('to = "https://user:geheim@example.org/x"', "deliver[1].to: is no target"),
        ('to = "https:///x"', "deliver[1].to: is no target"),
        ('to = "https://example.org:99999/x"', "deliver[1].to: is no target"),
        ('to = "https://example.org/x#y"', "deliver[1].to: is no target"),
        ('to = "https://example.org/x\\ny"', "deliver[1].to: is no target"),
        ('to = "mailto:.a@example.org"', "deliver[1].to: "),
        ('to = "mailto:a..b@example.org"', "deliver[1].to: "),
        ('to = "mailto:a.@example.org"', "deliver[1].to: "),
        ('too = "mailto:a@example.org"', "deliver[1].too: unknown key (did you mean 'to'?)"),
    ],
)
def test_every_fault_of_a_target_is_named(tmp_path: Path, line: str, fault: str) -> None:
    path = tmp_path / "sesame.toml"
    path.write_text(f"{WATCH}[[deliver]]\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidWatch) as caught:
        load_watch(path, settings_of(tmp_path, ""))
    assert any(str(each).split("sesame.toml: ", 1)[1].startswith(fault) for each in caught.value.faults)


def test_nothing_is_posted_without_a_secret_that_is_long_enough(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "").webhook is None
    settings = settings_of(tmp_path, "[webhook]\nallow_private = true\n", **{SECRET_VARIABLE: "geheim" * 3})
    assert settings.webhook is not None
    assert (settings.webhook.secret, settings.webhook.allow_private) == ("geheim" * 3, True)
    assert "geheim" not in repr(settings)
    (told,) = faults_of(tmp_path, "", **{SECRET_VARIABLE: "geheim"})
    assert told == "webhook: LITWATCH_WEBHOOK_SECRET has fewer than 16 characters (its value is not shown here)"
