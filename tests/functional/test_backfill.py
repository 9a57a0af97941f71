"""A strategy that finds more than one search serves: complete, in few requests, and then quiet."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from litwatch.archive.build import build_archive
from litwatch.archive.index import Archive
from litwatch.archive.server import ServedArchive, serving
from litwatch.sources.eutils import EutilsSettings, EutilsSource
from litwatch.store import open_store
from tests.builders import a_watch
from tests.fakes import FakeClock
from tests.weeks import Weeks

RECORDS = 10_050
A_DAY = 40
"""Records created in one day."""


def tiny(number: int) -> str:
    """As little of a record as a run needs, each with a title, a place and a day of its own."""
    created = date(2020, 1, 1) + timedelta(days=number // A_DAY)
    return (
        f'<PubmedArticle><MedlineCitation Status="MEDLINE" Owner="NLM"><PMID Version="1">{number + 1000}</PMID>'
        f"<Article><Journal><JournalIssue><Volume>{number}</Volume><PubDate><Year>{created.year}</Year></PubDate>"
        f"</JournalIssue><Title>Invented journal</Title></Journal><ArticleTitle>Sesame {number:x}</ArticleTitle>"
        f"<Pagination><MedlinePgn>{number}</MedlinePgn></Pagination></Article></MedlineCitation><PubmedData><History>"
        f'<PubMedPubDate PubStatus="entrez"><Year>{created:%Y}</Year><Month>{created:%m}</Month>'
        f"<Day>{created:%d}</Day></PubMedPubDate></History></PubmedData></PubmedArticle>"
    )


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServedArchive]:
    folder: Path = tmp_path_factory.mktemp("backfill")
    body = "".join(map(tiny, range(RECORDS)))
    (folder / "records.xml").write_text(f"<PubmedArticleSet>{body}</PubmedArticleSet>", encoding="utf-8")
    build_archive(folder / "archive.db", [folder / "records.xml"])
    with Archive.open(folder / "archive.db") as archive, serving(archive) as running:
        yield running


def test_more_than_ten_thousand_records_take_at_most_thirty_requests_and_are_then_searched_for_only(
    served: ServedArchive, tmp_path: Path
) -> None:
    clock = FakeClock()
    source = EutilsSource(EutilsSettings("litwatch-tests", "tests@example.org", base_url=served.url), clock)
    with open_store(f"sqlite:///{tmp_path}/litwatch.db") as store:
        weeks = Weeks(a_watch(strategy="sesame[ti]", references=()), store, clock)
        outcome = weeks.run(source=source)
        assert outcome.state == "done"
        assert outcome.digest is not None
        assert outcome.digest.flow is not None
        assert outcome.digest.flow.reported == RECORDS
        asked = Counter(request.utility for request in served.requests)
        assert sum(asked.values()) <= 30, asked

        before = len(served.requests)
        outcome = weeks.run(1, source=source)
        assert outcome.digest is not None
        assert outcome.digest.studies == ()
        # The search in slices looks up the create dates of some records to choose where to cut.
        again = Counter(request.utility for request in served.requests[before:])
        assert again == {"esearch": asked["esearch"], "efetch": 1}, again
