import pytest

from litwatch.identity.clusters import cluster_citations
from tests.builders import a_citation

AUTHORS = ("Roe A", "Poe B", "Doe C")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Invented outcomes of ureteral stents in adults", "Invented outcomes of urethral stents in adults"),
        ("Invented anatomy of the human ileum in adults", "Invented anatomy of the human ilium in adults"),
        ("Absorption of invented ketamine in adults", "Adsorption of invented ketamine in adults"),
        ("Ketamine for invented depression of adults", "Ketamine for invented depression of adults: follow-up"),
        ("Ketamine for invented depression of adults", "Ketamine for invented depression of adults: erratum"),
        (
            "Ketamine for invented depression of adults",
            "Ketamine for invented depression of adults: rationale and design",
        ),
    ],
)
def test_titles_a_letter_or_a_subtitle_apart_may_be_of_two_works(one: str, other: str) -> None:
    left, right = (
        a_citation(None, title=title, authors=AUTHORS, volume="", pages="", doi=None) for title in (one, other)
    )

    assert cluster_citations([left, right]).groups == ((0,), (1,))
