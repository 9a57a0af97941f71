import pytest
from hypothesis import given
from hypothesis import strategies as st

from litwatch.identity.titles import bare_title, designation_by_title

TITLE = "Ketamine in invented pain"


@pytest.mark.parametrize(
    "written",
    [
        TITLE,
        f"{TITLE}.[Erratum appears in Invent J Ex. 2005;3(2):1]",
        f"{TITLE}.[Erratum appears in Invent J Ex. 2009 Jun 4;360(23):2487 Note: Roe, Anna [added]]",
        f"{TITLE}.[Erratum appears in Invent J Ex. 2009 Sep;9(9",
        f"{TITLE} [Review] [16 refs].",
        f"{TITLE} (letter)",
        f"{TITLE}. [French, English]",
        f"{TITLE} <ORIGINAL> Kétamine et douleur",
        f"RETRACTED: {TITLE}",
        f"Retracted article: {TITLE}",
        f"Correction to: {TITLE}",
        f"{TITLE} (vol 360, pg 542, 2009)",
        f"{TITLE} (Invented Journal (2009) 360 (542-544))",
        f"{TITLE} [corrected]",
    ],
)
def test_notes_of_databases_are_no_part_of_a_title(written: str) -> None:
    assert bare_title(written).rstrip(" .") == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "Ketamine in invented pain (a randomised trial)",
        "Ketamine in invented pain [part II]",
        "Effects of ketamine on [3H]-dopamine",
        "[Review]",
        "Correction of invented anaemia",
        "",
    ],
)
def test_what_only_looks_like_a_note_stays(title: str) -> None:
    assert bare_title(title) == title


@given(st.text())
def test_no_title_becomes_empty_and_none_grows(title: str) -> None:
    bare = bare_title(title)

    assert bool(bare) == bool(title)
    assert len(bare) <= len(title)


@given(st.text(alphabet="[]() .vol1,2", max_size=200), st.sampled_from(["", "[Review]", "(vol 3, pg 4, 2009)"]))
def test_brackets_of_any_shape_are_read(noise: str, note: str) -> None:
    assert bare_title(f"Ketamine {noise}{note}").startswith("Ketamine")
    assert isinstance(designation_by_title(f"Ketamine {noise}{note}"), str)


@pytest.mark.parametrize(
    ("title", "designation"),
    [
        (f"{TITLE} (vol 360, pg 542, 2009)", "erratum"),
        (f"{TITLE} (Retraction of vol 9, pg 1, 2012)", "retraction"),
        (f"{TITLE} (Invented Journal (2009) 360 (542-544))", "erratum"),
        (f"{TITLE} (n = 12, 2009)", ""),
        (f"{TITLE}.[Erratum appears in Invent J Ex. 2005;3(2):1]", ""),
    ],
)
def test_a_place_behind_the_title_makes_a_notice_and_a_note_on_one_does_not(title: str, designation: str) -> None:
    assert designation_by_title(title) == designation


def test_a_long_title_of_repeated_openings_is_read_at_once() -> None:
    assert designation_by_title("protocol for a " * 20_000) == ""


@pytest.mark.parametrize(
    ("behind", "designation"),
    [
        (": erratum", "erratum"),
        (" (Correction)", "erratum"),
        (" - Corrigendum", "erratum"),
        (" [Erratum]", "erratum"),
        (": Retraction.", "retraction"),
        (" (expression of concern)", "expression of concern"),
        (" (protocol)", "protocol"),
        (": a protocol", "protocol"),
        (" and its correction", ""),
        (" [corrected]", ""),
        (".[Erratum appears in Invent J Ex. 2005;3(2):1]", ""),
    ],
)
def test_a_notice_may_say_so_behind_its_title(behind: str, designation: str) -> None:
    assert designation_by_title(TITLE + behind) == designation
