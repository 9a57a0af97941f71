import random
from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.identity import found_work, resolve_records
from litwatch.model.identifiers import Doi, Pmid, WorkId
from litwatch.model.identity import KnownWork, Resolution, Standing
from litwatch.model.record import Author, Journal, PublicationType, Record
from tests.builders import a_link, a_record, a_work, authors

PREPRINT = (PublicationType("D000076942", "Preprint"),)


def resolve(*records: Record, known: Sequence[KnownWork] = (), **kwargs: object) -> dict[str, Resolution]:
    cited = kwargs.get("cited", {})
    seen = kwargs.get("seen", ())
    assert isinstance(cited, dict)
    assert isinstance(seen, tuple)
    return {found.pmid: found for found in resolve_records(records, known, cited, seen)}


def a_twin(record: Record, pmid: str) -> Record:
    """The record as PubMed might have entered it a second time, without its DOI."""
    return replace(record, pmid=Pmid(pmid), doi=None, title=record.title.upper())


def test_a_record_like_no_other_founds_its_work() -> None:
    found = resolve(a_record("7"))["7"]

    assert (found.work, found.standing, found.because.rule) == (a_work("7"), Standing.NEW, "new work")


def test_resolutions_come_in_the_order_of_the_records() -> None:
    records = [a_record(pmid) for pmid in ("9", "7", "8")]

    assert [found.pmid for found in resolve_records(records, (), {}, ())] == ["9", "7", "8"]


def test_the_second_record_of_a_work_is_seen_and_the_older_one_is_new() -> None:
    first = a_record("7")

    found = resolve(a_twin(first, "8"), first)

    assert (found["7"].standing, found["7"].work) == (Standing.NEW, a_work("7"))
    assert (found["8"].standing, found["8"].work) == (Standing.SEEN, a_work("7"))
    assert found["8"].because.rule == "same author and place"


def test_a_record_of_a_work_that_the_watch_accounted_for_is_seen() -> None:
    first = a_record("7")

    found = resolve(a_twin(first, "8"), known=[found_work(first)], seen=(a_work("7"),))["8"]

    assert (found.standing, found.work) == (Standing.SEEN, a_work("7"))


def test_a_work_that_only_another_watch_knows_is_new_here_once() -> None:
    first = a_record("7")

    found = resolve(a_twin(first, "9"), a_twin(first, "8"), known=[found_work(first)])

    assert (found["8"].standing, found["8"].work) == (Standing.NEW, a_work("7"))
    assert (found["9"].standing, found["9"].work) == (Standing.SEEN, a_work("7"))


def test_a_record_that_a_reference_means_is_cited() -> None:
    found = resolve(a_record("7"), cited={Pmid("7"): "R1"})["7"]

    assert (found.standing, found.work) == (Standing.CITED, a_work("7"))
    assert found.because.evidence == "what cited reference R1 means"


def test_a_further_record_of_a_cited_work_is_cited_even_when_it_was_seen() -> None:
    first = a_record("7")

    found = resolve(a_twin(first, "8"), known=[found_work(first)], cited={Pmid("7"): "R1"}, seen=(a_work("7"),))["8"]

    assert (found.standing, found.work) == (Standing.CITED, a_work("7"))
    assert "volume 1" in found.because.evidence
    assert "R1" in found.because.evidence


def test_a_doubtful_record_stays_a_work_of_its_own_and_names_the_other() -> None:
    first = a_record("7", doi=None)
    reprint = replace(first, pmid=Pmid("8"), journal=Journal("Another invented journal", volume="9", pages="1"))

    found = resolve(first, reprint)["8"]

    assert (found.standing, found.work, found.candidate) == (Standing.UNSURE, a_work("8"), a_work("7"))
    assert found.because.rule == "same title and author"
    assert found.because.evidence.startswith("beside pmid:7: same title, first author Roe A")


def test_a_vetoed_record_is_new_and_says_beside_what() -> None:
    first = a_record("7")
    notice = replace(first, pmid=Pmid("8"), publication_types=(PublicationType("D016425", "Published Erratum"),))

    found = resolve(first, notice)["8"]

    assert (found.standing, found.work) == (Standing.NEW, a_work("8"))
    assert found.because.rule == "another kind of report"
    assert "beside pmid:7" in found.because.evidence


def test_a_preprint_is_joined_by_the_link_from_its_article_whatever_the_titles() -> None:
    preprint = a_record("7", publication_types=PREPRINT)
    article = a_record("8", title="Invented infusions reconsidered.", links=(a_link("UpdateOf", "7"),))

    assert resolve(preprint, article)["8"].because.rule == "linked preprint"
    assert resolve(preprint, replace(article, links=(a_link("CommentIn", "7"),)))["8"].standing is Standing.NEW


def test_a_cochrane_review_that_updates_another_is_news() -> None:
    review = a_record("7")
    update = a_record("8", title=review.title, links=(a_link("UpdateOf", "7"),))

    assert resolve(review, update)["8"].standing is Standing.NEW


def test_a_certain_work_is_preferred_to_a_doubtful_one_and_an_older_to_a_younger() -> None:
    printed = a_record("7", doi=None)
    reprint = replace(printed, pmid=Pmid("6"), journal=Journal("Another invented journal", volume="9", pages="1"))

    assert resolve(a_twin(printed, "8"), known=[found_work(reprint), found_work(printed)])["8"].work == a_work("7")


def test_two_versions_of_a_record_are_one_work() -> None:
    found = resolve_records([a_record("7", version=2), a_record("7")], (), {}, ())

    assert [(each.work, each.standing) for each in found] == [
        (a_work("7"), Standing.SEEN),
        (a_work("7"), Standing.NEW),
    ]


@st.composite
def related_records(draw: st.DrawFn) -> list[Record]:
    """Records out of so few titles, authors and places that they meet, agree and contradict each other."""
    pmids = draw(st.lists(st.integers(1, 60), unique=True, min_size=2, max_size=9))
    return [_related_record(draw, str(pmid)) for pmid in pmids]


def _related_record(draw: st.DrawFn, pmid: str) -> Record:
    titles = (
        "Ketamine in an invented chronic pain of the knee",
        "Ketamine in invented chronic pain of the knee",
        "Reply",
    )
    kinds: tuple[tuple[PublicationType, ...], ...] = ((), PREPRINT, (PublicationType("D016425", "Erratum"),))
    names: tuple[tuple[Author, ...], ...] = (authors("Roe A"), authors("Roe A", "Poe B"), authors("Doe C"), ())
    linked = draw(st.sampled_from((None, "5", "10")))
    return a_record(
        pmid,
        title=draw(st.sampled_from(titles)),
        authors=draw(st.sampled_from(names)),
        doi=draw(st.sampled_from((None, Doi("10.1234/a"), Doi("10.1234/b")))),
        published=draw(st.sampled_from(("2011", "2012", "2014"))),
        journal=Journal(
            "Invented", volume=draw(st.sampled_from(("", "1", "2"))), pages=draw(st.sampled_from(("", "3")))
        ),
        publication_types=draw(st.sampled_from(kinds)),
        links=(a_link("UpdateOf", linked),) if linked else (),
    )


@given(related_records(), st.randoms(use_true_random=False))
@settings(max_examples=150)
def test_who_joins_whom_does_not_depend_on_the_order(records: list[Record], chance: random.Random) -> None:
    shuffled = chance.sample(records, len(records))
    cited = {records[0].pmid: "R1"}

    assert set(resolve_records(shuffled, (), cited, ())) == set(resolve_records(records, (), cited, ()))


@given(related_records(), st.integers(1, 4))
@settings(max_examples=150)
def test_who_joins_whom_does_not_depend_on_the_size_of_a_batch(records: list[Record], size: int) -> None:
    ascending = sorted(records, key=lambda record: int(record.pmid))
    known: list[KnownWork] = []
    seen: set[WorkId] = set()
    batched: list[Resolution] = []
    for start in range(0, len(ascending), size):
        batch = ascending[start : start + size]
        found = resolve_records(batch, known, {}, seen)
        batched += found
        known += [
            found_work(record) for record, each in zip(batch, found, strict=True) if each.work == a_work(record.pmid)
        ]
        seen |= {each.work for each in found}

    assert tuple(batched) == resolve_records(ascending, (), {}, ())
