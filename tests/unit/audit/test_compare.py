"""What a sentence says of a cited work, held against its record; each rule with its near misses."""

import json
from pathlib import Path
from typing import Any

import pytest

from litwatch.article.read import read_article
from litwatch.audit.compare import compare_citation
from litwatch.audit.values import Check, Verdict
from litwatch.model.finding import Population, StudyDesign
from litwatch.model.record import Record
from tests.builders import a_finding, a_record, authors, sections

CASES = json.loads((Path(__file__).parents[2] / "data" / "audit_rules.json").read_text(encoding="utf-8"))
POE = a_record(title="Poe on knees", authors=authors("Poe A", "Roe B"), published="2019", abstract=())


def compared(
    text: str, record: Record = POE, design: str = "cohort study", population: str = "unclear"
) -> tuple[Check, ...]:
    article = read_article(text, "a.txt")
    (sentence,) = article.sentences
    cited = next(each for each in sentence.citations if "Poe" in each.as_written or "S." in each.as_written)
    reference = next(each for each in article.references if each.id == cited.reference)
    finding = a_finding(design=StudyDesign(design), population=Population(population))
    return compare_citation(sentence, cited, reference, record, finding)


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case['text'][:44]} {case['design']}")
def test_what_is_said_of_a_work_is_held_against_its_record(case: dict[str, Any]) -> None:
    checks = compared(case["text"], design=case["design"], population=case.get("population", "unclear"))
    told = [list(check[:3]) for check in checks if check.matter in ("design", "population")]
    assert sorted(told) == sorted(case["checks"])


@pytest.mark.parametrize(
    ("text", "abstract", "verdict"),
    [
        ("It fell in 120 patients (Poe et al., 2019).", "We studied 120 patients.", "agrees"),
        ("It fell in 120 patients (Poe et al., 2019).", "We studied 12 adult patients.", "disagrees"),
        ("It fell in 120 patients (Poe et al., 2019).", "We studied 12 patients and 20 adults.", "cannot tell"),
        ("It fell in 1,200 patients (Poe et al., 2019).", "There were 1200 women.", "agrees"),
        ("It fell in 120 patients (Poe et al., 2019).", "", "cannot tell"),
    ],
)
def test_the_number_of_people_is_held_against_the_abstract(text: str, abstract: str, verdict: str) -> None:
    record = a_record(title="Poe on knees", authors=POE.authors, published="2019", abstract=sections(abstract))
    (check,) = (check for check in compared(text, record) if check.matter == "participants")
    assert check.verdict == verdict


@pytest.mark.parametrize(
    ("written", "online", "verdict", "recorded"),
    [
        ("2019", None, "agrees", "printed 2019"),
        ("2018", "2018-12-01", "agrees", "online 2018, printed 2019"),
        ("2018", None, "disagrees", "printed 2019"),
        ("2021", "2018-12-01", "disagrees", "online 2018, printed 2019"),
    ],
)
def test_the_year_may_be_that_online_or_in_print(written: str, online: str | None, verdict: str, recorded: str) -> None:
    record = a_record(authors=POE.authors, published="2019", published_online=online)
    (check,) = (check for check in compared(f"It fell (Poe et al., {written}).", record) if check.matter == "year")
    assert (check.verdict, check.recorded) == (verdict, recorded)


@pytest.mark.parametrize(
    ("citation", "names", "disagreements"),
    [
        ("(Poe et al., 2019)", ("Poe A", "Roe B"), []),
        ("(Poë et al., 2019)", ("Poe A", "Roe B"), []),
        ("(Poe et al., 2019)", ("Roe B", "Poe A"), [("Poe", "first author Roe B; Poe is a later author")]),
        ("(Poe et al., 2019)", ("Poe A",), [("et al.", "a single author, Poe A")]),
        ("(S. et al., 2019)", ("Poe S", "Roe B"), [("S.", "S. is the given name of the first author, Poe S")]),
    ],
)
def test_the_authors_are_held_against_the_record(
    citation: str, names: tuple[str, ...], disagreements: list[tuple[str, str]]
) -> None:
    article = read_article(f"It fell {citation}.", "a.txt")
    (sentence,) = article.sentences
    record = a_record(authors=authors(*names), published="2019")
    checks = compare_citation(sentence, sentence.citations[0], article.references[0], record, a_finding())
    told = [(c.said, c.recorded) for c in checks if c.matter == "authors" and c.verdict is Verdict.DISAGREES]
    assert told == disagreements


def test_disagreements_come_first() -> None:
    verdicts = [check.verdict for check in compared("A trial showed it (Poe et al., 2019).", design="case report")]
    assert verdicts[0] is Verdict.DISAGREES
    assert Verdict.DISAGREES not in verdicts[1:]
