from datetime import UTC, datetime, timedelta, timezone

import pytest

from litwatch.digest.phrases import (
    DESIGN_PLURALS,
    NOTICE_WORDS,
    byline,
    counted,
    counted_design,
    language_name,
    long_date,
    long_moment,
    one_line,
    readable_date,
    segments,
    sentence_case,
    weekday,
)
from litwatch.model.finding import NoticeKind, Population, StudyDesign


def terms_found(text: str, *terms: str) -> list[str]:
    return [piece.text for piece in segments(text, terms) if piece.is_term]


def test_a_number_takes_its_noun_along() -> None:
    assert [counted(0, "work"), counted(1, "work"), counted(10_000, "work")] == ["0 works", "1 work", "10,000 works"]
    assert counted(2, "erratum", "errata") == "2 errata"


@pytest.mark.parametrize(
    ("number", "design", "population", "phrase"),
    [
        (1, StudyDesign.RCT, Population.HUMAN, "1 randomised controlled trial (human)"),
        (2, StudyDesign.META_ANALYSIS, Population.HUMAN, "2 meta-analyses (human)"),
        (2, StudyDesign.CASE_SERIES, Population.HUMAN, "2 case series (human)"),
        (3, StudyDesign.ANIMAL_EXPERIMENT, Population.ANIMAL, "3 animal experiments"),
        (3, StudyDesign.ANIMAL_EXPERIMENT, Population.HUMAN_AND_ANIMAL, "3 animal experiments (human and animal)"),
        (1, StudyDesign.IN_VITRO, Population.IN_VITRO, "1 in vitro study"),
        (2, StudyDesign.UNCLEAR, Population.UNCLEAR, "2 of unclear design (population unclear)"),
        (1, StudyDesign.UNCLEAR, Population.HUMAN, "1 of unclear design (human)"),
    ],
)
def test_designs_are_counted_in_plain_words_and_say_the_population_once(
    number: int, design: StudyDesign, population: Population, phrase: str
) -> None:
    assert counted_design(number, design, population) == phrase


def test_every_plural_reads_as_one() -> None:
    for design in StudyDesign:
        plural = DESIGN_PLURALS.get(design, f"{design}s")
        assert not plural.endswith(("ys", "iss", "ss")), plural


def test_every_kind_of_notice_has_its_words() -> None:
    assert set(NOTICE_WORDS) == set(NoticeKind)
    assert all("retraction" not in singular for kind, (singular, _) in NOTICE_WORDS.items() if kind != "retraction")


def test_moments_are_told_in_utc() -> None:
    moment = datetime(2026, 1, 5, 0, 30, tzinfo=timezone(timedelta(hours=2)))
    assert long_date(moment) == "4 January 2026"
    assert long_moment(moment) == "4 January 2026, 22:30 UTC"
    assert weekday(datetime(2026, 1, 5, 7, 0, tzinfo=UTC)) == "Monday"


def test_a_moment_is_told_in_the_time_zone_of_the_reader() -> None:
    moment = datetime(2026, 1, 4, 18, 0, tzinfo=UTC)
    assert long_moment(moment, "Pacific/Auckland") == "5 January 2026, 07:00 Pacific/Auckland"
    assert weekday(moment, "Pacific/Auckland") == "Monday"


@pytest.mark.parametrize(
    ("published", "shown"),
    [
        ("2006", "2006"),
        ("2006-04", "April 2006"),
        ("2006-04-09", "9 April 2006"),
        ("2003 Jul-Aug", "2003 Jul-Aug"),
        ("2006-13", "2006-13"),
        ("", ""),
    ],
)
def test_a_date_is_told_as_far_as_it_is_known(published: str, shown: str) -> None:
    assert readable_date(published) == shown


def test_three_authors_are_named_and_the_rest_are_others() -> None:
    assert byline(()) == ""
    assert byline(("Roe A", "Poe B", "Doe C")) == "Roe A, Poe B, Doe C"
    assert byline(("Roe A", "Poe B", "Doe C", "Loe D")) == "Roe A, Poe B, Doe C, et al."


def test_only_other_languages_than_english_are_named() -> None:
    assert language_name("eng") == ""
    assert language_name("") == ""
    assert language_name("eng, ger") == "German"
    assert language_name("xyz") == "xyz"


def test_sentence_case_leaves_names_alone() -> None:
    assert sentence_case("withdrawn from PubMed") == "Withdrawn from PubMed"
    assert sentence_case("") == ""


def test_one_line_has_no_breaks_and_no_control_characters() -> None:
    assert one_line(" a\r\n b\x1b[31m\u2028c\x00 ") == "a b [31m c"


@pytest.mark.parametrize("text", ["IL-1β", "IL-1beta", "IL1β", "il-1 beta", "IL-1–β"])
def test_a_term_is_marked_however_it_is_written(text: str) -> None:
    assert terms_found(f"({text}) fell", "IL-1β") == [text]


@pytest.mark.parametrize("text", ["IL-10", "IL-1betaine", "MIL-1β", "painful", "Spain", "CRPS"])
def test_a_longer_word_is_not_marked(text: str) -> None:
    assert terms_found(f"{text} fell", "IL-1β", "IL-1", "pain", "CRP") == []


def test_the_longer_of_two_terms_is_marked() -> None:
    assert terms_found("TNF-α and TNF", "TNF", "TNF-α") == ["TNF-α", "TNF"]


def test_singular_and_plural_are_one_term() -> None:
    assert terms_found("cytokine, cytokines", "cytokines") == ["cytokine", "cytokines"]
    assert terms_found("cytokine, cytokines", "cytokine") == ["cytokine", "cytokines"]


def test_marking_loses_nothing_and_needs_no_terms() -> None:
    text = "IL-6, (TNF-α) [and] IL-6."
    assert "".join(piece.text for piece in segments(text, ("IL-6", "TNF-α", "(", ""))) == text
    assert segments(text, ()) == segments(text, ("(", "")) == ((text, False),)
    assert segments("", ("IL-6",)) == ()
