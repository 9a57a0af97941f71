from pathlib import Path

from litwatch.schedule.units import crontab_line, systemd_units


def test_the_crontab_line_names_everything_that_a_bare_environment_lacks() -> None:
    line = crontab_line(["/opt/my tools/litwatch", "run", "--due"], Path("/srv/100% ours"))
    assert line == "*/15 * * * * cd '/srv/100\\% ours' && '/opt/my tools/litwatch' run --due\n"


def test_the_systemd_units_quote_and_escape() -> None:
    units = systemd_units(["/opt/my tools/litwatch", "run", "--due"], Path("/srv/100% ours"))
    assert 'ExecStart="/opt/my tools/litwatch" "run" "--due"' in units
    assert "WorkingDirectory=/srv/100%% ours" in units
    assert "Persistent=true" in units
