import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.errors import UnknownFormat
from litwatch.library.read import read_library
from litwatch.model.library import Library
from tests.library_cases import FOLDER, plain

FILES = sorted(path for path in FOLDER.iterdir() if not path.name.endswith(".expected.json"))
ENDINGS = ("ris", "nbib", "bib", "xml", "json", "csv", "tsv", "ciw", "txt")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_says_what_is_written_beside_it(path: Path) -> None:
    expected = json.loads(path.with_name(f"{path.name}.expected.json").read_text(encoding="utf-8"))
    assert plain(read_library(path.read_bytes(), path.name)) == expected


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix != ".csv"], ids=lambda path: path.name)
def test_the_content_goes_before_the_ending(path: Path) -> None:
    expected = read_library(path.read_bytes(), path.name).kind
    if path.read_bytes():
        assert read_library(path.read_bytes(), "library.txt").kind == expected


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("article.pdf", b"%PDF-1.4\x00\x01", "it can be a file of EndNote XML"),
        ("data.csv", b"a,b\n1,2\n", "names no column Title"),
        ("records.xml", b"<PubmedArticleSet><PubmedArticle>", "it is PubMed's XML"),
        ("notes.txt", b"", "it is empty"),
        ("notes.txt", b"\n \n", "it is empty"),
        ("notes.txt", b"\n x\n", "it can be a file of"),
    ],
)
def test_a_file_in_no_known_format_is_an_error_that_names_it(name: str, data: bytes, reason: str) -> None:
    with pytest.raises(UnknownFormat, match=f"{name} is in no format that can be read: .*{reason}"):
        read_library(data, name)


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_empty_file_holds_no_entry_and_says_so(ending: str) -> None:
    if ending != "txt":
        assert next(str(fault) for fault in read_library(b"\n \n", f"a.{ending}").faults).startswith("a.")


@given(st.binary(max_size=300), st.sampled_from(ENDINGS))
def test_any_bytes_are_read_or_refused(data: bytes, ending: str) -> None:
    _check_reading(data, ending)


FRAGMENTS = (
    *("TY  - JOUR\n", "TI  - ", "ER  - \n", "AU - Roe, A\n", "PY-2011\n", "PT J\n", "   z\n"),
    *("PMID- 1\n", "FAU - Roe, A\n", "AU  - Roe A\n", "DP  - 2011 Feb 31\n"),
    *("@article{a,", "@string{", "title={", "}", "{", '"', "\\'e", "$x$", "author=", " and ", "#", "=", ",", "\\"),
    *("<xml><records>", "<record>", "</record>", "<title>", "&e;", "<![CDATA[", "<year>2011", "<author>"),
    *("[", "]", '{"title":', '"T"', ":", '"issued":', '"author":[', "2011", "null"),
    *("Title,Authors,Year\n", "Title\tDOI\n", "x;y", "10.1234/x", "\0", "\xe9", "\ufeff", "\n", "\n\n", "-", "  "),
)


@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=30), st.sampled_from(ENDINGS), st.sampled_from(("utf-8", "latin-1"))
)
def test_any_pieces_of_formats_are_read_or_refused(pieces: list[str], ending: str, encoding: str) -> None:
    _check_reading("".join(pieces).encode(encoding, errors="replace"), ending)


def _check_reading(data: bytes, ending: str) -> None:
    try:
        library = read_library(data, f"a.{ending}")
    except UnknownFormat:
        return
    assert [entry.place.entry for entry in library.entries] == list(range(1, len(library.entries) + 1))
    assert all(1 <= entry.place.line <= data.count(b"\n") + data.count(b"\r") + 1 for entry in library.entries)
    assert library.entries or library.faults


WHOLE = {
    "ris": ("", "TY  - JOUR\nTI  - {}\nPY  - 2011\nER  - \n\n", ""),
    "nbib": ("", "PMID- 1\nTI  - {}\nDP  - 2011\n\n", ""),
    "bib": ("", "@article{{{0},\n  title = {{{0}}},\n  year = {{2011}}\n}}\n", ""),
    "xml": ("<xml><records>\n", "<record><titles><title>{}</title></titles></record>\n", "</records></xml>"),
    "csv": ("Title,Year\n", "{},2011\n", ""),
    "json": ("[\n", '{{"title": "{}"}},\n', "]"),
}


@given(st.data(), st.sampled_from(sorted(WHOLE)), st.integers(1, 6))
def test_no_title_is_lost_when_a_line_is(data: st.DataObject, ending: str, count: int) -> None:
    """One line that holds no title is dropped from a file: every title is still an entry's, or in the text of one."""
    head, entry, tail = WHOLE[ending]
    titles = [f"title{number}x" for number in range(count)]
    lines = (head + "".join(entry.format(title) for title in titles) + tail).split("\n")
    first = 1 if ending == "csv" else 0
    droppable = [at for at, line in enumerate(lines) if at >= first and not any(title in line for title in titles)]
    if droppable:
        del lines[data.draw(st.sampled_from(droppable))]
    library = read_library("\n".join(lines).encode(), f"a.{ending}")
    assert _kept(library, titles) == titles


@given(st.lists(st.sampled_from(("ER", "TY", "blank", "stray", "spacing", "none")), min_size=1, max_size=8))
def test_every_broken_ris_entry_stays_an_entry(breaks: list[str]) -> None:
    text = ""
    for number, broken in enumerate(breaks):
        text += "" if broken == "TY" and number and breaks[number - 1] != "ER" else "TY  - JOUR\n"
        text += f"TI - title{number}x\n" if broken == "spacing" else f"TI  - title{number}x\n"
        text += {"blank": "\n", "stray": "more words\n"}.get(broken, "") + "AU  - Roe, A\n"
        text += "\n" if broken == "ER" else "ER  - \n\n"
    library = read_library(text.encode(), "a.ris")
    titles = [entry.described.title.split(" ")[0] for entry in library.entries]
    assert titles == [f"title{number}x" for number in range(len(breaks))]


def _kept(library: Library, titles: list[str]) -> list[str]:
    everything = "\n".join([*(entry.as_written for entry in library.entries), *map(str, library.faults)])
    return [title for title in titles if title in everything]


def test_macros_made_of_macros_are_not_filled_in_for_ever() -> None:
    doubling = "".join(f"@string{{m{n + 1} = m{n} # m{n} # m{n} # m{n}}}\n" for n in range(40))
    text = f'@string{{m0 = "sesame "}}\n{doubling}@article{{a, title = {{One}}, note = m40, journal = m1}}'

    library = read_library(text.encode(), "a.bib")

    assert [entry.described.title for entry in library.entries] == ["One"]
    assert library.entries[0].described.journal == "sesame sesame sesame sesame"
    assert "@string m6 is longer than 10,000 characters" in str(library.faults[0])


def test_a_cell_of_any_length_is_one_cell() -> None:
    abstract = "words, and more; " * 10_000
    library = read_library(f'Title,Abstract,Year\nT,"{abstract}",2011\n'.encode(), "a.csv")
    assert (library.faults, len(library.entries)) == ((), 1)
    assert library.entries[0].described.abstract == abstract.strip()


@pytest.mark.parametrize(
    ("ending", "head", "tail"),
    [("bib", "@article{a, title=x", "y # z}"), ("ris", "TY  - JOUR\nTI  - T\nSP  - x", "x\nER  - \n")],
)
def test_blanks_without_end_take_no_time_without_end(ending: str, head: str, tail: str) -> None:
    """With a pattern that tries again at every blank, these would take minutes."""
    library = read_library((head + " " * 300_000 + tail).encode(), f"a.{ending}")
    assert len(library.entries) == 1
