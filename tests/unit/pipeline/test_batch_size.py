"""The size of the batches and the order in them change nothing, however records resemble one another."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.model.identifiers import Pmcid
from litwatch.model.record import Journal, PublicationType, Record
from tests.builders import a_link, a_record, authors
from tests.weeks import Weeks

TITLES = (
    "Ketamine and interleukin-6 in invented patients after long surgery",
    "Ketamine and interleukin-6 in invented patients after short surgery",
    "An invented heading on sleep and sesame oil",
)
TYPES = (
    PublicationType("D016428", "Journal Article"),
    PublicationType("D000076942", "Preprint"),
    PublicationType("D016425", "Published Erratum"),
)
PMIDS = tuple(str(pmid) for pmid in (5, 60, 61, 7, 800, 99))


@st.composite
def resembling(draw: st.DrawFn) -> Record:
    """A record of PMID 1 that may share anything with another one."""
    places = [Journal("J", "J", volume=volume, pages=pages) for volume in ("1", "2", "") for pages in ("3-9", "11", "")]
    kind = draw(st.sampled_from(("UpdateOf", "UpdateIn", "ErratumFor", "CommentOn", "")))
    return a_record(
        "1",
        title=draw(st.sampled_from(TITLES)),
        doi=draw(st.sampled_from((None, "10.1234/a", "10.1234/b"))),
        pmcid=draw(st.sampled_from((None, None, Pmcid("PMC1")))),
        authors=authors(*draw(st.sampled_from((("Roe A", "Poe B"), ("Doe C",), ())))),
        publication_types=(draw(st.sampled_from(TYPES)),),
        links=(a_link(kind, draw(st.sampled_from(PMIDS))),) if kind else (),
        journal=draw(st.sampled_from(places)),
        published=draw(st.sampled_from(("2011", "2012"))),
    )


@settings(max_examples=80)
@given(st.lists(resembling(), min_size=2, max_size=len(PMIDS)), st.integers(1, 4), st.randoms(use_true_random=False))
def test_one_run_says_the_same_whatever_the_size_of_its_batches(
    likes: list[Record], size: int, chance: random.Random
) -> None:
    records = [a_record(pmid, **_changes(like)) for pmid, like in zip(PMIDS, likes, strict=False)]
    digests = []
    for batch_size, order in ((500, records), (size, chance.sample(records, len(records)))):
        weeks = Weeks()
        weeks.hold(*order)
        weeks.source.batch_size = batch_size
        digests.append(weeks.digest())
    assert digests[0] == digests[1]


def _changes(record: Record) -> dict[str, object]:
    names = ("title", "doi", "pmcid", "authors", "publication_types", "links", "journal", "published")
    return {name: getattr(record, name) for name in names}
