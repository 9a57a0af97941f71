import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from litwatch.identity.reference_queries import candidate_queries, narrowed_query
from litwatch.identity.references import match_reference
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.identity import ReferenceMatch, ReferenceState
from litwatch.model.record import PublicationType, Record
from litwatch.model.watch import CitedReference
from litwatch.pubmed.query import parse_query
from tests.builders import a_record, a_reference, authors, sections

TOPIC = "ketamine[tiab] OR ketamine[mh]"
SAID = "recruitment of inflammatory cells"


def a_review(pmid: str = "7", **changes: object) -> Record:
    """A record that says what the reference says, by Loix and others in 2011."""
    plain: dict[str, object] = {
        "title": "An invented view of inflammation",
        "abstract": sections("Fewer inflammatory cells were recruited."),
        "authors": authors("Loix S", "De Kock M", "Henin P"),
        "published": "2011",
    }
    return a_record(pmid, **{**plain, **changes})


def the_match(as_written: str, *candidates: Record, said: str = SAID) -> ReferenceMatch:
    return match_reference(a_reference("R1", as_written, said=said), candidates, ("a search",))


@pytest.mark.parametrize(
    ("reference", "topic", "queries"),
    [
        (a_reference(as_written="(Roe et al., 2011)", pmid=Pmid("7")), TOPIC, ("7[pmid]",)),
        (a_reference(doi=Doi("10.1234/a(b)c")), TOPIC, ('"10.1234/a(b)c"[doi]',)),
        (
            a_reference(as_written="(Jóźwiak-Bębenista et al., 2023)"),
            TOPIC,
            (f"Jozwiak-Bebenista[au] AND ({TOPIC}) AND 2022:2024[dp]",),
        ),
        (a_reference(as_written="De Kock & Loix (2013)"), "", ("De Kock[au] AND 2012:2014[dp]",)),
        (a_reference(as_written="(Roe et al., 2011)", pmcid=Pmcid("PMC7")), "", ("Roe[au] AND 2010:2012[dp]",)),
        (a_reference(as_written="(S. et al., 2011)"), TOPIC, (f"({TOPIC}) AND 2011[dp]",)),
        (a_reference(as_written="(S. et al., 2011)"), "", ()),
        (a_reference(as_written="(S. et al.)"), TOPIC, ()),
        (a_reference(as_written="(2011)"), TOPIC, ()),
        (a_reference(as_written="Roe et al."), "", ("Roe[au]",)),
    ],
)
def test_few_searches_find_the_candidates(reference: CitedReference, topic: str, queries: tuple[str, ...]) -> None:
    assert candidate_queries(reference, topic) == queries


@given(st.one_of(st.text(), st.sampled_from(("(O'Connell & Roe, 2012)", "(OR et al., 2011)", "Roe [sic] (2011)"))))
@settings(max_examples=200)
def test_every_search_is_a_valid_query(written: str) -> None:
    for query in candidate_queries(a_reference(as_written=written), TOPIC):
        assert parse_query(query)


def test_the_pmid_that_the_watch_gives_stands() -> None:
    match = match_reference(a_reference(pmid=Pmid("7")), [a_record("7", published="2011")], ("7[pmid]",))

    assert (match.state, match.pmid, match.tried) == (ReferenceState.GIVEN, "7", ("7[pmid]",))
    assert match.candidates[0].citation.pmid == "7"


def test_a_given_pmid_that_does_not_fit_what_is_written_stands_and_says_so() -> None:
    match = match_reference(a_reference(as_written="(Nobody, 1999)", pmid=Pmid("7")), [a_record("7")], ())

    assert (match.state, match.pmid) == (ReferenceState.GIVEN, "7")
    assert "do not fit (Nobody, 1999)" in match.because.evidence


def test_a_given_pmid_in_a_whole_reference_is_held_against_its_title_authors_and_year() -> None:
    record = a_record("7", title="Sesame lowers swelling of the ankle.", authors=authors("Roe A"), published="2011")
    fits = a_reference(as_written="Roe A. Sesame lowers swelling of the ankle. J Invent. 2011;1:2-3.", pmid=Pmid("7"))
    other = a_reference(as_written="Poe B. Bees in winter and their honey. Bee J. 2001;1:2-3.", pmid=Pmid("7"))

    assert match_reference(fits, [record], ()).because.evidence == "PMID 7 is given"
    match = match_reference(other, [record], ())
    assert (match.state, match.pmid) == (ReferenceState.GIVEN, "7")
    assert "although its record has another title, “Sesame" in match.because.evidence
    assert "other authors, Roe A the first" in match.because.evidence


def test_a_link_names_no_author_that_could_not_fit() -> None:
    match = match_reference(a_reference(as_written="PMID 7", pmid=Pmid("7")), [a_record("7")], ())

    assert match.because.evidence == "PMID 7 is given"


def test_a_given_doi_or_pmcid_is_matched_exactly() -> None:
    same, other = a_record("7", pmcid=Pmcid("PMC7")), a_record("8")

    by_doi = match_reference(a_reference(doi=same.doi), [other, same], ())
    by_pmcid = match_reference(a_reference(pmcid=Pmcid("PMC7")), [other, same], ())

    assert (by_doi.state, by_doi.pmid, by_doi.because.rule) == (ReferenceState.RESOLVED, "7", "same DOI")
    assert (by_pmcid.state, by_pmcid.pmid, by_pmcid.because.rule) == (ReferenceState.RESOLVED, "7", "same PMCID")


def test_a_given_doi_that_no_record_carries_is_not_replaced_by_a_guess() -> None:
    match = match_reference(a_reference(doi=Doi("10.1234/none")), [a_record("7")], ('"10.1234/none"[doi]',))

    assert (match.state, match.pmid, match.candidates) == (ReferenceState.UNRESOLVED, None, ())
    assert "10.1234/none" in match.because.evidence


def test_first_author_year_and_topic_resolve() -> None:
    match = the_match("(Loix et al., 2011)", a_review())

    assert (match.state, match.pmid, match.candidates[0].score) == (ReferenceState.RESOLVED, "7", 1.0)
    assert match.candidates[0].reasons == (
        "first author Loix S",
        "printed 2011",
        "names recruitment, inflammatory, cells",
    )


def test_a_year_three_years_off_does_not_resolve() -> None:
    match = the_match("(Loix et al., 2011)", a_review(published="2014"))

    assert match.state is ReferenceState.UNSURE
    assert match.because.rule == "best candidate too weak"


def test_the_year_online_counts_as_much_as_the_year_in_print() -> None:
    match = the_match("(Loix et al., 2011)", a_review(published="2012", published_online="2011-12-20"), said="")

    assert match.state is ReferenceState.RESOLVED
    assert "online 2011" in match.candidates[0].reasons


def test_the_year_beside_needs_the_topic_to_speak_for_it() -> None:
    assert the_match("(Loix et al., 2011)", a_review(published="2012")).state is ReferenceState.RESOLVED
    assert the_match("(Loix et al., 2011)", a_review(published="2012"), said="fear of flying").state is (
        ReferenceState.UNSURE
    )


def test_a_single_author_behind_et_al_is_a_slip_and_no_veto() -> None:
    match = the_match("(Loix et al., 2011)", a_review(authors=authors("Loix S")), said="")

    assert match.state is ReferenceState.RESOLVED
    assert 'a single author, although "et al." is written' in match.candidates[0].reasons


def test_two_papers_of_one_author_and_year_are_told_apart_by_what_is_said_or_not_at_all() -> None:
    other = a_review("8", title="Propofol for sleep", abstract=())

    assert the_match("(Loix et al., 2011)", other, a_review()).pmid == "7"

    match = the_match("(Loix et al., 2011)", a_review("8"), a_review())
    assert (match.state, match.because.rule) == (ReferenceState.UNSURE, "no clear lead")
    assert [candidate.citation.pmid for candidate in match.candidates] == ["7", "8"]


def test_a_later_author_of_that_name_is_not_enough() -> None:
    match = the_match("(Henin et al., 2011)", a_review())

    assert match.state is ReferenceState.UNSURE
    assert "Henin is a later author, Loix S the first" in match.candidates[0].reasons


def test_both_authors_named_fit_better_than_one_of_three() -> None:
    two = a_review("8", authors=authors("Loix S", "De Kock M"))

    match = the_match("(Loix & De Kock, 2011)", two, a_review())

    assert [candidate.citation.pmid for candidate in match.candidates] == ["8", "7"]
    assert "all authors named" in match.candidates[0].reasons
    assert "2 of 3 authors named" in match.candidates[1].reasons


def test_a_correction_by_the_same_authors_is_not_what_is_cited() -> None:
    erratum = a_review("8", publication_types=(PublicationType("D016425", "Published Erratum"),))

    match = the_match("(Loix et al., 2011)", erratum, a_review())

    assert match.pmid == "7"
    assert "a notice (erratum), not a report" in match.candidates[1].reasons


def test_an_initial_taken_for_the_surname_resolves_when_year_and_topic_agree() -> None:
    match = the_match(
        "(S. et al., 2011)", a_review(), a_record("8", authors=authors("Roe A", "Poe B"), published="2011")
    )

    assert (match.state, match.pmid) == (ReferenceState.RESOLVED, "7")
    assert "S. is the given name of the first author, Loix S" in match.candidates[0].reasons


def test_another_author_with_the_initial_year_and_topic_leaves_it_unsure() -> None:
    match = the_match("(S. et al., 2011)", a_review(), a_review("8", authors=authors("Roe S", "Poe B")))

    assert (match.state, match.pmid, len(match.candidates)) == (ReferenceState.UNSURE, None, 2)


def test_an_initial_and_a_year_alone_are_too_little() -> None:
    assert (
        the_match("(S. et al., 2011)", a_review(title="Propofol for sleep", abstract=())).state is ReferenceState.UNSURE
    )
    assert the_match("(S. et al., 2011)", a_review(), said="").state is ReferenceState.UNSURE


def test_no_fitting_author_is_unresolved_and_says_what_was_tried() -> None:
    match = the_match("(Roe et al., 2011)", a_review(), a_review("8"))

    assert (match.state, match.pmid, match.candidates) == (ReferenceState.UNRESOLVED, None, ())
    assert match.because.evidence == "of 2 found, no record has a fitting author"
    assert match.tried == ("a search",)


def test_a_search_that_found_nothing_is_unresolved_too() -> None:
    match = the_match("(Roe et al., 2011)")

    assert (match.state, match.because.evidence) == (ReferenceState.UNRESOLVED, "no record was found")


def test_a_reference_that_says_nothing_is_unresolved_without_a_search() -> None:
    match = match_reference(a_reference(as_written="[a12]"), (), ())

    assert match.because.evidence == "what is written is too little to search for"


def test_a_number_that_the_list_does_not_have_is_said_to_be_missing_there() -> None:
    match = match_reference(a_reference(as_written="[12]"), (), ())

    assert (match.state, match.because.evidence) == (ReferenceState.UNRESOLVED, "the article lists no reference 12")


def test_a_match_keeps_the_five_best_candidates() -> None:
    many = [a_review(str(pmid)) for pmid in range(1, 9)]

    assert [candidate.citation.pmid for candidate in the_match("(Loix et al., 2011)", *many).candidates] == list(
        "12345"
    )


def test_a_word_that_few_candidates_have_counts_for_more() -> None:
    plain = [a_review(str(pmid), abstract=sections("Inflammatory cells.")) for pmid in range(1, 30)]

    match = the_match("(S. et al., 2011)", *plain, a_review("50"))

    assert (match.state, match.pmid) == (ReferenceState.RESOLVED, "50")


def test_a_search_that_finds_too_many_is_narrowed_to_what_names_anything_said_of_the_work() -> None:
    reference = a_reference("R3", "(S. et al., 2011)", said="recruitment of inflammatory cells; IL-6 in rats")

    (query,) = candidate_queries(reference, "ketamine[tiab]")
    narrower = narrowed_query(query, reference)

    assert narrower == f"{query} AND (recrui*[tiab] OR inflam*[tiab] OR cell*[tiab] OR il[tiab] OR rats[tiab])"
    parse_query(narrower)


def test_nothing_narrows_a_search_when_nothing_is_said_of_the_work() -> None:
    assert narrowed_query("x[tiab]", a_reference(said="of the")) == ""


@given(said=st.text(max_size=60))
def test_every_narrowed_search_is_a_valid_query(said: str) -> None:
    narrower = narrowed_query("ketamine[tiab] AND 2011[dp]", a_reference(said=said))
    assert not narrower or parse_query(narrower) is not None
