"""The article's own text and a pasted list of references: what they cite becomes the watch's, never twice."""

from pathlib import Path

import pytest

from litwatch.errors import InvalidWatch
from litwatch.watchfile import Settings, load_settings, load_watch

WATCH = """{top}
title = "Sesame"
[article]
title = "Sesame lowers swelling"
{article}
[search]
strategy = "sesame[tiab] AND swelling[tiab]"
topic = "sesame[tiab]"
[[claims]]
id = "C1"
text = "Sesame lowers swelling."
expects = "decrease"
outcomes = ["swelling"]
[[references]]
id = "{id}"
as_written = "(Roe et al., 2001)"
said = "in our words"
"""

ARTICLE = "Sesame\n\nIt lowers swelling (Roe et al., 2001). It lowers pain (Poe & Doe, 2002).\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "watches").mkdir()
    (tmp_path / "litwatch.toml").write_text('[watches]\nfolder = "watches"\n', encoding="utf-8")
    return load_settings(tmp_path / "litwatch.toml", {})


def watch_of(settings: Settings, *, top: str = "", article: str = "", name: str = "R1") -> Path:
    settings.watches.mkdir(parents=True, exist_ok=True)
    path = settings.watches / "sesame.toml"
    path.write_text(WATCH.format(top=top, article=article, id=name), encoding="utf-8")
    return path


def test_what_the_article_cites_is_cited_once_with_its_sentence(settings: Settings) -> None:
    path = watch_of(settings, article='file = "sesame.md"')
    (path.parent / "sesame.md").write_text(ARTICLE, encoding="utf-8")
    watch = load_watch(path, settings)
    assert [(each.id, each.as_written, each.said) for each in watch.references] == [
        ("R1", "(Roe et al., 2001)", "in our words"),
        ("A2", "(Poe & Doe, 2002)", "It lowers pain."),
    ]
    assert watch.article.file == str(path.parent / "sesame.md")


def test_a_missing_article_is_told_beside_every_other_fault(settings: Settings) -> None:
    path = watch_of(settings, article='file = "none.md"', top='reread_days = "x"')
    with pytest.raises(InvalidWatch) as caught:
        load_watch(path, settings)
    told = "\n".join(map(str, caught.value.faults))
    assert "none.md: cannot be read" in told
    assert "reread_days" in told


def test_a_reference_may_not_take_the_id_of_a_citation(settings: Settings) -> None:
    path = watch_of(settings, article='file = "sesame.md"', name="A2")
    (path.parent / "sesame.md").write_text(ARTICLE, encoding="utf-8")
    with pytest.raises(InvalidWatch, match="'A2' is used twice as an id"):
        load_watch(path, settings)


def test_a_pasted_list_is_a_file_of_references(settings: Settings) -> None:
    path = watch_of(settings, top='references_file = "list.txt"')
    (path.parent / "list.txt").write_text(
        "References\n1. Poe A. Sesame and pain in adults. J Invent. 2002;1:2-3. PMID: 12345678\n"
        "2. Doe B. A work on sesame and its oil without a year.\n",
        encoding="utf-8",
    )
    _, one, two = load_watch(path, settings).references
    assert (one.id, one.pmid) == ("N1", "12345678")
    assert (two.id, two.as_written) == ("N2", "Doe B. A work on sesame and its oil without a year.")


def test_what_nothing_can_be_looked_for_in_is_told_with_its_place(settings: Settings) -> None:
    path = watch_of(settings, top='references_file = "list.txt"')
    (path.parent / "list.txt").write_bytes(
        b"1. Poe A. Sesame and pain. J Invent. 2002;1:2-3.\n2. ibid.\n3. Sch\xf6n A. Sesame oil. 2003.\n"
    )
    with pytest.raises(InvalidWatch) as caught:
        load_watch(path, settings)
    told = [str(fault) for fault in caught.value.faults]
    assert any("line 3 is no UTF-8 and was read as Windows-1252" in line for line in told)
    assert any("entry 2 (line 2): has no identifier" in line for line in told)
    assert len(told) == 2
