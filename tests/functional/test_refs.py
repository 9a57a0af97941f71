"""What the cited references mean, and what a person says of it, from the command line."""

import csv
import re
from io import StringIO
from typing import Any

import pytest

from tests.builders import authors
from tests.functional.conftest import WATCH, Done, Household, PubMed
from tests.functional.test_review import at_a_terminal
from tests.functional.test_weekly_digest import study

CITES = '[[references]]\nid = "R1"\nas_written = "(Roe et al., 2011)"\nsaid = "sesame and swelling"\nclaims = ["C1"]\n'


@pytest.fixture
def citing(household: Household, pubmed: PubMed) -> Household:
    """After a run of a watch that cites "(Roe et al., 2011)", which may be either of two records."""
    household.watch(WATCH + CITES)
    pubmed.hold(study(1), study(2), study(3, authors=authors("Doe D")))
    household.run()
    assert told(household)["state"] == "unsure"
    return household


def told(household: Household) -> dict[str, Any]:
    """What is listed of the one reference."""
    (reference,) = household.litwatch("refs", "sesame", "--format", "json").json
    assert isinstance(reference, dict)
    return reference


def refs(household: Household, *arguments: str) -> Done:
    return household.litwatch("refs", *arguments, "--by", "Roe")


class TestListing:
    def test_says_of_each_reference_what_it_means_and_what_was_tried(self, citing: Household) -> None:
        reference = told(citing)
        assert reference["as_written"] == "(Roe et al., 2011)"
        assert sorted(candidate["pmid"] for candidate in reference["candidates"]) == ["1001", "1002"]
        assert "2 found" in reference["tried"][0]
        assert reference["is_due"] is False

    def test_in_a_pipe_has_a_line_for_each(self, citing: Household) -> None:
        done = citing.litwatch("refs", "sesame")
        header, row = [line.split("\t") for line in done.out.splitlines()]
        cells = dict(zip(header, row, strict=True))
        assert (cells["Ref"], cells["State"], cells["PMID"]) == ("R1", "unsure", "")
        assert {cells["Best"], cells["Runner-up"]} == {"1001", "1002"}
        assert cells["Score"] >= cells["Score of it"] > "0"
        assert "[au]" in cells["Tried"]

    def test_at_a_terminal_has_a_block_for_each_with_every_candidate(self, citing: Household) -> None:
        refs(citing, "reject", "sesame", "R1", "9")
        read = at_a_terminal(citing, "", "refs", "sesame")
        assert "R1 (Roe et al., 2011) · unsure" in read
        assert "said of it: sesame and swelling" in read
        assert re.search(r"\d\.\d\d PubMed 1002: Sesame and swelling, study 2", read)
        assert "decided: 1: R1 of sesame does not mean PubMed 9, by Roe" in read

    def test_as_csv_has_the_same(self, citing: Household) -> None:
        (row,) = csv.DictReader(StringIO(citing.litwatch("refs", "sesame", "--format", "csv").out))
        assert (row["reference"], row["state"], row["runner_up_score"] != "") == ("R1", "unsure", True)

    def test_before_the_first_run_says_that_nothing_was_looked_up(self, household: Household) -> None:
        household.watch(WATCH + CITES)
        assert told(household)["state"] == "not looked up yet"
        assert "1 reference will be looked up by the next run" in household.litwatch("refs", "sesame").err

    def test_of_a_watch_that_cites_nothing_is_empty(self, household: Household) -> None:
        assert household.litwatch("refs", "sesame", "--format", "json").json == []

    def test_of_a_watch_that_is_none_names_the_nearest(self, household: Household) -> None:
        done = household.litwatch("refs", "sesami")
        assert done.status == 10
        assert "did you mean 'sesame'" in done.err

    def test_of_a_watch_called_like_a_command_is_had_by_name(self, household: Household) -> None:
        household.watch(WATCH + CITES, name="undo")
        assert household.litwatch("refs", "list", "undo", "--format", "json").status == 0

    def test_without_a_watch_tells_the_usage(self, household: Household) -> None:
        assert household.litwatch("refs").status == 2
        assert "accept" in household.litwatch("refs", "--help").out


class TestAccepting:
    def test_is_honoured_by_the_next_run_and_shown_in_its_digest(self, citing: Household) -> None:
        done = refs(citing, "accept", "sesame", "R1", "1002", "--note", "the trial of 2011")
        assert done.status == 0
        assert "decision 1: R1 of sesame means PubMed 1002" in done.err
        assert "`litwatch refs undo 1` takes it back" in done.err
        assert told(citing)["is_due"] is True
        citing.run()
        reference = told(citing)
        assert (reference["state"], reference["pmid"], reference["is_due"]) == ("given", "1002", False)
        page = " ".join(citing.digest(2, "digest.md").split())
        assert "R1 (Roe et al., 2011) is PubMed 1002: accepted by Roe on" in page
        assert ": the trial of 2011 (a person's decision)" in page
        assert "accepted by Roe on" in citing.digest(2, "digest.html")

    def test_is_told_by_explain(self, citing: Household) -> None:
        refs(citing, "accept", "sesame", "R1", "1002")
        citing.run()
        text = " ".join(citing.litwatch("explain", "1002").out.split())
        assert "decision 1: R1 of sesame means PubMed 1002, by Roe on" in text
        assert "cited as: R1 because: accepted by Roe on" in text

    def test_taken_back_is_as_if_it_had_not_been(self, citing: Household) -> None:
        before = told(citing)
        refs(citing, "accept", "sesame", "R1", "1002")
        citing.run()
        assert refs(citing, "undo", "1").status == 0
        citing.run()
        assert told(citing) == before

    def test_lapses_when_the_watch_says_something_else(self, citing: Household) -> None:
        refs(citing, "accept", "sesame", "R1", "1002")
        citing.watch(WATCH + CITES.replace("sesame and swelling", "a trial of sesame"))
        done = citing.litwatch("refs", "sesame")
        assert "R1: decision 1 has lapsed" in done.err
        (lapsed,) = told(citing)["lapsed"]
        assert lapsed.startswith("1: R1 of sesame means PubMed 1002, by Roe")


class TestRejecting:
    def test_leaves_the_other_one(self, citing: Household) -> None:
        refs(citing, "reject", "sesame", "R1", "1001")
        citing.run()
        reference = told(citing)
        assert (reference["state"], reference["pmid"]) == ("resolved", "1002")
        assert "; not PubMed 1001, rejected by Roe on" in reference["evidence"]
        refs(citing, "reject", "sesame", "R1")
        citing.run()
        assert told(citing)["state"] == "unresolved"
        assert "not PubMed 1002, rejected by Roe" in " ".join(citing.digest(3, "digest.md").split())

    def test_of_no_answer_wants_a_pmid(self, citing: Household) -> None:
        done = refs(citing, "reject", "sesame", "R1")
        assert done.status == 2
        assert "R1 is unsure, so there is no answer to reject; name the PMID" in done.err


class TestRefusals:
    @pytest.mark.parametrize(
        ("arguments", "status", "told"),
        [
            (("accept", "sesame", "R9", "1001"), 2, "sesame cites no reference 'R9'; it cites R1"),
            (("accept", "sesame", "R1", "12a"), 2, "not a PMID: '12a'"),
            (("accept", "nobody", "R1", "1001"), 10, "nobody"),
            (("undo", "4"), 13, "there is no decision 4"),
        ],
    )
    def test_name_the_way_out(self, citing: Household, arguments: tuple[str, ...], status: int, told: str) -> None:
        done = refs(citing, *arguments)
        assert done.status == status
        assert told in done.err

    def test_what_the_watch_gives_is_changed_there(self, household: Household) -> None:
        household.watch(WATCH + CITES + 'pmid = "1001"\n')
        done = refs(household, "reject", "sesame", "R1")
        assert done.status == 2
        assert "the watch itself gives PMID 1001; change or remove it there" in done.err

    def test_a_second_answer_is_refused_until_the_first_is_taken_back(self, citing: Household) -> None:
        refs(citing, "accept", "sesame", "R1", "1002")
        done = refs(citing, "accept", "sesame", "R1", "1001")
        assert done.status == 13
        assert "`litwatch refs undo 1` takes that back" in done.err
