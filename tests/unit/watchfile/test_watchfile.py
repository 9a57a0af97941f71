from pathlib import Path

import pytest

from litwatch.errors import InvalidWatch, UnknownWatch
from litwatch.watchfile import (
    Settings,
    load_configuration,
    load_settings,
    load_watch,
    load_watches,
    read_watches,
    select_watches,
)
from litwatch.watchfile.settings import API_KEY_VARIABLE, STORE_VARIABLE
from litwatch.watchfile.starter import load_sample, starter_files
from tests.shared_data import ROOT

WATCH = """
title = "Sesame"
[article]
title = "Sesame lowers swelling"
[search]
strategy = "sesame[tiab] AND swelling[tiab]"
topic = "sesame[tiab]"
[[claims]]
id = "C1"
text = "Sesame lowers swelling."
expects = "decrease"
outcomes = ["swelling"]
[[references]]
id = "R1"
as_written = "(Roe, 2001)"
claims = ["C1"]
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    path = tmp_path / "config" / "litwatch.toml"
    path.parent.mkdir()
    path.write_text("", encoding="utf-8")
    (path.parent / "watches").mkdir()
    return load_settings(path, {})


def watch_path(settings: Settings, text: str, name: str = "sesame") -> Path:
    path = settings.watches / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(settings: Settings, text: str, name: str = "sesame") -> list[str]:
    with pytest.raises(InvalidWatch) as caught:
        load_watch(watch_path(settings, text, name), settings)
    return [str(fault).split(f"{name}.toml: ", 1)[1] for fault in caught.value.faults]


def test_a_watch_takes_what_it_does_not_say_from_the_settings(settings: Settings) -> None:
    watch = load_watch(watch_path(settings, WATCH), settings)
    assert (watch.name, watch.schedule.cron, watch.schedule.timezone, watch.reread_days) == (
        "sesame",
        "0 7 * * 1",
        "UTC",
        6,
    )
    assert watch.references[0].pmid is None


def test_a_watch_that_says_so_has_its_own(settings: Settings) -> None:
    text = "reread_days = 0\n" + WATCH + '[schedule]\ncron = "30 6 * * 2"\ntimezone = "Europe/Paris"\n'
    watch = load_watch(watch_path(settings, text), settings)
    assert (watch.schedule.cron, watch.schedule.timezone, watch.reread_days) == ("30 6 * * 2", "Europe/Paris", 0)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (("outcomes", "outcome"), "claims[1].outcome: unknown key (did you mean 'outcomes'?)"),
        (("outcomes", "outcome"), "claims[1].outcomes: is missing"),
        (("[search]", "[serach]"), "serach: unknown key (did you mean 'search'?)"),
        (('"decrease"', '"down"'), "claims[1].expects: must be 'decrease', 'increase' or 'no difference'"),
        (
            ('"decrease"', '"decreas"'),
            "claims[1].expects: must be 'decrease', 'increase' or 'no difference' (did you mean 'decrease'?)",
        ),
        (('claims = ["C1"]', 'claims = ["C2"]'), "references[1].claims: no claim has the id 'C2' (there are: C1)"),
        (
            ('as_written = "(Roe, 2001)"', 'as_written = "(Roe, 2001)"\npmid = "12a"'),
            "references[1].pmid: not a PMID: '12a'",
        ),
        (
            ('as_written = "(Roe, 2001)"', 'as_written = "(Roe, 2001)"\npmid = 12'),
            "references[1].pmid: must be text, in quotes",
        ),
        (
            ('as_written = "(Roe, 2001)"', 'as_written = "(Roe, 2001)"\ndoi = "11.1/x"'),
            "references[1].doi: not a DOI: '11.1/x'",
        ),
        (
            ('strategy = "sesame[tiab] AND swelling[tiab]"', 'strategy = " "'),
            "search.strategy: is empty",
        ),
        (('title = "Sesame"', "title = 7"), "title: must be text, in quotes"),
        (('outcomes = ["swelling"]', "outcomes = []"), "claims[1].outcomes: is empty"),
        (('outcomes = ["swelling"]', 'outcomes = "swelling"'), "claims[1].outcomes: must be a list, in brackets"),
        (("[[claims]]", "[claims]"), "claims: must be a table: [[claims]]"),
        (('[article]\ntitle = "Sesame lowers swelling"', 'article = "Sesame"'), "article: must be a table: [article]"),
        (('title = "Sesame"', 'reread_days = "6"\ntitle = "Sesame"'), "reread_days: must be a whole number"),
        (('title = "Sesame"', 'reread_days = -1\ntitle = "Sesame"'), "reread_days: must be greater than or equal to 0"),
        (('id = "C1"', 'id = "C 1"'), "claims[1].id: may hold letters, digits"),
    ],
)
def test_every_fault_has_its_key_and_the_nearest_known_name(
    settings: Settings, change: tuple[str, str], fault: str
) -> None:
    assert any(each.startswith(fault) for each in faults(settings, WATCH.replace(*change, 1)))


def test_faults_between_entries_are_told_beside_those_of_single_values(settings: Settings) -> None:
    text = WATCH.replace('claims = ["C1"]', 'claims = ["X9"]\npmid = "12a"').replace('expects = "decrease"', "")
    found = faults(settings, text + WATCH[WATCH.index("[[references]]") :])
    assert sorted(found) == [
        "claims[1].expects: is missing",
        "references[1].claims: no claim has the id 'X9' (there are: C1)",
        "references[1].pmid: not a PMID: '12a'",
        "references[2].id: 'R1' is used twice as an id",
    ]


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ('cron = "0 7 * * 8"', "schedule.cron: '0 7 * * 8' is not a cron expression"),
        ('cron = "0 7 * *"', "of five fields"),
        ('cron = "0 7 30 2 *"', "Bad day-of-month"),
        ('timezone = "Europe/Pariss"', "did you mean 'Europe/Paris'?"),
    ],
)
def test_a_schedule_that_cannot_be_kept_is_a_fault(settings: Settings, line: str, part: str) -> None:
    assert any(part in fault for fault in faults(settings, f"{WATCH}\n[schedule]\n{line}\n"))


@pytest.mark.parametrize("strategy", ["(sesame[tiab]", "sesame[nosuch]", 'sesame[tiab] AND \\"swelling[tiab]'])
def test_a_strategy_that_pubmed_would_misread_is_a_fault_with_its_place(settings: Settings, strategy: str) -> None:
    found = faults(settings, WATCH.replace("sesame[tiab] AND swelling[tiab]", strategy, 1))
    assert len(found) == 1
    assert found[0].startswith("search.strategy: ")
    assert "(at character " in found[0]


def test_ids_are_told_apart(settings: Settings) -> None:
    claim = WATCH[WATCH.index("[[claims]]") : WATCH.index("[[references]]")]
    assert faults(settings, WATCH.replace(claim, claim + claim)) == ["claims[2].id: 'C1' is used twice as an id"]


def test_an_outcome_that_is_opposite_too_is_a_fault(settings: Settings) -> None:
    both = WATCH.replace('outcomes = ["swelling"', 'opposite = ["relief", "Swelling "]\noutcomes = ["swelling"', 1)
    (found,) = faults(settings, both)
    assert found.startswith("claims[1].opposite: 'swelling' is among the outcomes too")


@pytest.mark.parametrize("name", ["Upper", "-dash", "dot.dot", "a" * 65, "spa ce"])
def test_a_file_name_that_cannot_name_a_folder_of_digests_is_a_fault(settings: Settings, name: str) -> None:
    assert "cannot name a watch" in faults(settings, WATCH, name)[0]


@pytest.mark.parametrize(
    ("content", "problem"), [(b"title = ", "is not TOML"), (b"\xff\xfe", "is not UTF-8")], ids=["toml", "utf-8"]
)
def test_a_file_that_cannot_be_read_is_a_fault(settings: Settings, content: bytes, problem: str) -> None:
    path = settings.watches / "sesame.toml"
    path.write_bytes(content)
    with pytest.raises(InvalidWatch, match=problem):
        load_watch(path, settings)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "with a byte order mark"])
@pytest.mark.parametrize("ending", [b"\n", b"\r\n"], ids=["unix", "windows"])
def test_a_file_may_be_saved_by_any_editor(settings: Settings, mark: bytes, ending: bytes) -> None:
    path = settings.watches / "sesame.toml"
    path.write_bytes(mark + WATCH.encode().replace(b"\n", ending))
    assert load_watch(path, settings).title == "Sesame"


def test_a_faulty_file_is_told_beside_the_watches_that_are_well(settings: Settings) -> None:
    watch_path(settings, WATCH.replace("outcomes", "outcome"), "one")
    watch_path(settings, WATCH, "two")
    watches, faulty = read_watches(settings)
    assert [watch.name for watch in watches] == ["two"]
    assert list(faulty) == ["one"]


def test_the_faults_of_the_settings_come_with_those_of_the_watches(settings: Settings) -> None:
    settings.path.write_text("[ncbi]\nemial = 'x'\n", encoding="utf-8")
    watch_path(settings, WATCH.replace("outcomes", "outcome"), "one")
    with pytest.raises(InvalidWatch) as caught:
        load_configuration(settings.path)
    assert [Path(fault.file).stem for fault in caught.value.faults] == ["litwatch", "one", "one"]
    settings.path.unlink()
    (settings.watches / "one.toml").unlink()
    settings.watches.rmdir()
    with pytest.raises(InvalidWatch) as caught:
        load_configuration(settings.path)
    assert len(caught.value.faults) == 1, "what is not there needs no second word"


def test_the_faults_of_all_files_come_together(settings: Settings) -> None:
    watch_path(settings, WATCH.replace("outcomes", "outcome"), "one")
    watch_path(settings, "title = ", "two")
    watch_path(settings, WATCH, "three")
    with pytest.raises(InvalidWatch) as caught:
        load_watches(settings)
    assert {Path(fault.file).stem for fault in caught.value.faults} == {"one", "two"}


def test_an_unknown_watch_is_answered_with_the_nearest_name(settings: Settings) -> None:
    watches = [load_watch(watch_path(settings, WATCH), settings)]
    assert select_watches(watches, ["sesame", "sesame"]) == tuple(watches)
    with pytest.raises(UnknownWatch, match="did you mean 'sesame'"):
        select_watches(watches, ["sesami"])


def test_settings_are_read_from_where_the_file_lies_and_not_from_the_working_folder(settings: Settings) -> None:
    base = settings.path.parent.parent
    assert settings.output == base / "output"
    assert settings.store_url == f"sqlite:///{base}/output/litwatch.db"


def test_secrets_come_from_the_environment_and_are_never_shown(settings: Settings) -> None:
    key = "0123456789abcdef"
    read = load_settings(settings.path, {API_KEY_VARIABLE: key, STORE_VARIABLE: "sqlite:////elsewhere.db"})
    assert (read.api_key, read.store_url) == (key, "sqlite:////elsewhere.db")
    assert key not in repr(read)
    with pytest.raises(InvalidWatch) as caught:
        load_settings(settings.path, {API_KEY_VARIABLE: "se cret"})
    assert "se cret" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('[ncbi]\nemial = "a@b.de"', "ncbi.emial: unknown key (did you mean 'email'?)"),
        ('[ncbi]\napi_key = "abc"', "ncbi.api_key: unknown key"),
        ('[ncbi]\nemail = "nobody"', "ncbi.email: 'nobody' is not an e-mail address"),
        ('[ncbi]\nbase_url = "ftp://x"', "ncbi.base_url: 'ftp://x' is not an http(s) address"),
        ("[defaults]\nreread_days = -1", "defaults.reread_days"),
    ],
)
def test_every_fault_of_the_settings_is_named(settings: Settings, text: str, fault: str) -> None:
    settings.path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidWatch) as caught:
        load_settings(settings.path, {})
    assert fault in str(caught.value)


def test_the_packaged_files_are_those_of_the_configuration_folder() -> None:
    packaged = ROOT / "litwatch" / "watchfile" / "starter"
    config = ROOT / "config"
    assert (packaged / "litwatch.toml").read_bytes() == (config / "litwatch.toml").read_bytes()
    sample = "ketamine-inflammation.toml"
    assert (packaged / sample).read_bytes() == (config / "watches" / sample).read_bytes()
    assert set(starter_files("x")) == {"config/litwatch.toml", "config/watches/x.toml"}


def test_the_seed_case_says_its_five_claims_and_three_references() -> None:
    _, watch = load_sample()
    assert [claim.id for claim in watch.claims] == ["C1", "C2", "C3", "C4", "C5"]
    assert [reference.as_written for reference in watch.references] == [
        "(Nikkheslat et al., 2021)",
        "(Jóźwiak-Bębenista et al., 2023)",
        "(S. et al., 2011)",
    ]


NBIB = """
PMID- 101
TI  - Sesame and swelling.
AU  - Roe A
AU  - Poe B
SO  - Invented J. 2001;1:1.

PMID-
TI  - Without a number.
LID - 10.5555/sesame.2 [doi]

"""


def test_references_come_from_a_medline_file_too(settings: Settings) -> None:
    (settings.watches / "cited.nbib").write_text(NBIB, encoding="utf-8")
    watch = load_watch(watch_path(settings, 'references_file = "cited.nbib"\n' + WATCH), settings)
    assert [(reference.id, reference.pmid, reference.doi) for reference in watch.references] == [
        ("R1", None, None),
        ("N1", "101", None),
        ("N2", None, "10.5555/sesame.2"),
    ]
    assert watch.references[1].as_written == "Roe A et al. Sesame and swelling. Invented J. 2001;1:1."


def test_references_come_from_any_library_and_need_no_identifier(settings: Settings) -> None:
    text = "TY  - JOUR\nAU  - Roe, A\nTI  - Sesame\nJA  - Invent J\nPY  - 2001\nVL  - 1\nSP  - 3\nER  - \n"
    (settings.watches / "cited.ris").write_text(text, encoding="utf-8")
    watch = load_watch(watch_path(settings, 'references_file = "cited.ris"\n' + WATCH), settings)
    assert (watch.references[1].id, watch.references[1].as_written) == ("N1", "Roe A. Sesame. Invent J. 2001;1:3.")


def test_every_fault_of_a_library_is_told_with_its_place(settings: Settings) -> None:
    text = "TY  - JOUR\nTI  - Sesame\n\nTY  - JOUR\nER  - \nstray\n"
    (settings.watches / "cited.ris").write_text(text, encoding="utf-8")
    with pytest.raises(InvalidWatch) as caught:
        load_watch(watch_path(settings, 'references_file = "cited.ris"\n' + WATCH), settings)
    assert [(fault.key, fault.problem) for fault in caught.value.faults] == [
        ("entry 1 (line 1)", "ends without ER"),
        ("entry 2 (line 4)", "has neither a title nor an identifier"),
        ("line 6", "the text on line 6 belongs to no entry"),
    ]


def test_a_reference_file_in_no_known_format_is_a_fault(settings: Settings) -> None:
    (settings.watches / "cited.pdf").write_bytes(b"%PDF-1.4")
    with pytest.raises(InvalidWatch, match=r"cited\.pdf is in no format that can be read"):
        load_watch(watch_path(settings, 'references_file = "cited.pdf"\n' + WATCH), settings)


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("", "holds no entry that can be read as nbib"),
        ("PMID-\nAU  - Roe A\n\n", r"entry 1 \(line 1\): has neither a title nor an identifier"),
        (None, "cannot be read"),
    ],
)
def test_a_reference_file_that_names_no_work_is_a_fault(settings: Settings, content: str | None, problem: str) -> None:
    if content is not None:
        (settings.watches / "cited.nbib").write_text(content, encoding="utf-8")
    with pytest.raises(InvalidWatch, match=problem):
        load_watch(watch_path(settings, 'references_file = "cited.nbib"\n' + WATCH), settings)


def test_a_reference_may_not_take_the_name_of_a_record_of_the_file(settings: Settings) -> None:
    (settings.watches / "cited.nbib").write_text(NBIB, encoding="utf-8")
    text = 'references_file = "cited.nbib"\n' + WATCH.replace('id = "R1"', 'id = "N1"')
    with pytest.raises(InvalidWatch, match=r"'N1' is used twice as an id \(the records of references_file"):
        load_watch(watch_path(settings, text), settings)
