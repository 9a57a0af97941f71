"""``litwatch audit``: what articles of several fields cite, against a PubMed on loopback, an archive and the sample."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from litwatch.archive.build import build_archive
from litwatch.model.record import AbstractSection, Journal, MeshHeading, PublicationType, Record
from tests.builders import a_link, a_record, authors, records_xml, sections
from tests.functional.conftest import WATCH, Household, PubMed
from tests.shared_data import ROOT

ARTICLES = ROOT / "tests" / "data" / "articles"
SEED = ROOT.parent / "shared" / "seed-article.txt"

TRIAL = PublicationType("D016449", "Randomized Controlled Trial")
RETRACTED = PublicationType("D016441", "Retracted Publication")
META_ANALYSIS = PublicationType("D017418", "Meta-Analysis")
ARTICLE = PublicationType("D016428", "Journal Article")
HUMANS = MeshHeading("D006801", "Humans", False)
ANIMALS = MeshHeading("D000818", "Animals", False)

STATINS = (
    a_record(
        "201",
        title="Statins against heart attacks: a randomized controlled trial.",
        authors=authors("Poe A", "Roe B"),
        published="2019",
        abstract=sections("We randomised 4000 patients to a statin or placebo."),
        publication_types=(TRIAL, RETRACTED),
        links=(a_link("RetractionIn", "999"),),
        mesh=(HUMANS,),
    ),
    a_record(
        "202",
        title="Statins and the heart: a meta-analysis.",
        authors=authors("Roe B", "Doe D"),
        published="2020",
        abstract=(),
        publication_types=(META_ANALYSIS,),
        mesh=(HUMANS,),
    ),
    a_record(
        "203",
        title="Statins and muscle pain: a cohort study.",
        authors=authors("Moe C", "Poe A"),
        published="2014",
        abstract=sections("A prospective cohort of patients on statins."),
        publication_types=(ARTICLE,),
        mesh=(HUMANS,),
    ),
)
KNEES = (
    a_record(
        "301",
        title="Knee repair in mice with arthritis.",
        authors=authors("Knox A", "Roe B"),
        published="2018",
        abstract=sections("Mice with arthritis were operated on."),
        publication_types=(ARTICLE,),
        mesh=(ANIMALS, MeshHeading("D051379", "Mice", False)),
    ),
    a_record("302", title="Vaccines in invented people.", authors=authors("Poe B"), published="2017", mesh=(HUMANS,)),
)


def by_citation(document: Any) -> dict[str, Any]:
    return {each["as_written"]: each for each in document["citations"]}


def disagreements(cited: Any) -> list[tuple[str, str]]:
    return [(check["matter"], check["rule"]) for check in cited["checks"] if check["verdict"] == "disagrees"]


def test_an_article_on_statins_is_audited(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(*STATINS)
    done = household.litwatch("audit", str(ARTICLES / "statins.md"), "--format", "json", "--topic", "statins[tiab]")
    assert done.status == 0
    cited = by_citation(done.json)
    trial, pooled = (cited[key] for key in ("(Poe et al., 2019)", "(Roe & Doe, 2020)"))
    assert trial["notices"][0]["kind"] == "retraction"
    assert trial["attention"][0].startswith("RETRACTION")
    assert disagreements(trial) == []
    assert (pooled["work"]["kind"], disagreements(pooled), pooled["attention"]) == ("review", [], [])
    assert pooled["replacement"].startswith("Roe B, Doe D. Statins and the heart")


def test_a_cohort_called_a_trial_and_a_wrong_year_are_told(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(*STATINS)
    done = household.litwatch("audit", str(ARTICLES / "statins.md"), "--format", "json", "--style", "apa")
    cohort = by_citation(done.json)["(Moe et al., 2015)"]
    assert (cohort["state"], cohort["pmid"]) == ("resolved", "203")
    told = disagreements(cohort)
    assert told == [("design", "randomised or blinded trial"), ("year", "year of publication")]
    assert cohort["replacement"].startswith("Moe, C., & Poe, A. (2014).")


def test_an_article_on_knees_is_audited_by_its_numbers(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(*KNEES)
    done = household.litwatch("audit", str(ARTICLES / "knees.html"), "--format", "json")
    cited = by_citation(done.json)
    assert list(cited) == ["[1]", "[2]", "[3]"]
    assert disagreements(cited["[1]"]) == [("population", "in people")]
    assert cited["[1]"]["reference"]["as_written"].startswith("Knox A, Roe B.")
    assert cited["[2]"]["pmid"] == "302"


def test_the_record_of_a_known_work_that_could_not_be_had_is_told_by_the_status(
    household: Household, pubmed: PubMed
) -> None:
    pubmed.hold(*KNEES)
    done = household.litwatch("audit", str(ARTICLES / "knees.html"))
    assert done.status == 3
    assert "no record of it could be had" in done.out


def test_a_source_that_fails_is_an_error_and_not_an_unknown_work(household: Household, pubmed: PubMed) -> None:
    pubmed.vanish()
    done = household.litwatch("audit", str(ARTICLES / "statins.md"))
    assert (done.status, done.out) == (11, "")


def test_an_archive_and_a_file_to_write_to(household: Household, pubmed: PubMed, tmp_path: Path) -> None:
    xml = tmp_path / "statins.xml"
    xml.write_bytes(records_xml(*STATINS))
    build_archive(tmp_path / "statins.db", [xml])
    pubmed.vanish()
    done = household.litwatch(
        "audit",
        str(ARTICLES / "statins.md"),
        "--archive",
        str(tmp_path / "statins.db"),
        "--format",
        "html",
        "-o",
        "a.html",
    )
    assert (done.status, done.out) == (0, "")
    page = (household.folder / "a.html").read_text(encoding="utf-8")
    assert "Do statins protect the heart?" in page
    assert '<span class="retracted">Retracted</span>' in page


def test_what_an_article_says_is_escaped(household: Household) -> None:
    (household.folder / "a.txt").write_text("It <script>fell</script> & rose (Poe et al., 2019).\n", encoding="utf-8")
    page = household.litwatch("audit", "a.txt", "--format", "html").out
    assert "<script>" not in page
    assert "&lt;script&gt;fell" in page


def test_a_name_that_is_no_file_and_no_watch_names_the_watches(household: Household) -> None:
    done = household.litwatch("audit", "sesam")
    assert done.status == 2
    assert "neither a file nor a watch; the watches are: sesame" in done.err


def test_an_empty_article_says_so(household: Household) -> None:
    (household.folder / "a.txt").write_bytes(b"")
    done = household.litwatch("audit", "a.txt")
    assert (done.status, "No citation was found." in done.out, "a.txt: holds no sentence" in done.err) == (
        0,
        True,
        True,
    )


def test_a_watch_is_audited_by_what_it_says_of_its_references(household: Household, pubmed: PubMed) -> None:
    done = household.litwatch("audit", "ketamine-inflammation", "--sample", "--format", "json")
    cited = by_citation(done.json)
    assert cited["(Nikkheslat et al., 2021)"]["pmid"] == "34849492"
    assert ("design", "randomised or blinded trial") in disagreements(cited["(Nikkheslat et al., 2021)"])


def seed_article(household: Household) -> str:
    if not SEED.is_file():
        pytest.skip(f"needs the seed article at {SEED}")
    shutil.copy(SEED, household.folder / "seed.txt")
    return "seed.txt"


def test_an_audit_on_the_sample_leaves_nothing_behind_and_shows_numbers_as_they_are(household: Household) -> None:
    listed = "Loix S, De Kock M, Henin P. The anti-inflammatory effects of ketamine: state of the art. 2011."
    text = f"It fell [6]. It rose [1].\n\nReferences\n\n1. {listed}\n"
    (household.folder / "a.md").write_text(text, encoding="utf-8")
    before = sorted(household.folder.rglob("*"))
    done = household.litwatch("audit", "a.md", "--sample")
    assert done.status == 0
    assert "- **[6]** · line 1" in done.out
    assert "the article lists no reference 6" in done.out
    assert sorted(household.folder.rglob("*")) == before


def test_the_seed_article_is_audited_on_the_sample(household: Household, pubmed: PubMed) -> None:
    name = seed_article(household)
    pubmed.vanish()
    done = household.litwatch("audit", name, "--sample", "--format", "json")
    assert done.status == 0
    assert done.json["summary"] == "3 citations of 3 works: 2 resolved, 3 need attention."
    nikkheslat, jozwiak, initial = done.json["citations"]
    assert (nikkheslat["pmid"], nikkheslat["work"]["kind"]) == ("34849492", "review")
    assert ("design", "randomised or blinded trial") in disagreements(nikkheslat)
    assert (initial["pmid"], initial["work"]["kind"]) == ("21612145", "review")
    assert disagreements(initial) == [("authors", "initial for surname")]
    assert (jozwiak["state"], jozwiak["pmid"]) == ("unresolved", None)
    assert jozwiak["tried"] == [
        "Jozwiak-Bebenista[au] AND (ketamine[mh] OR ketamine[tiab] OR esketamine[tiab]) AND 2022:2024[dp] → 0 found"
    ]


def the_review_of_2023() -> Record:
    """The facts of the work that "(Jóźwiak-Bębenista et al., 2023)" means; its PMID is not known, so one is made up."""
    return a_record(
        "900000001",
        title="Ketamine - A New Antidepressant Drug with Anti-Inflammatory Properties",
        authors=authors("Jóźwiak-Bębenista M", "Roe A"),
        journal=Journal("The Journal of pharmacology and experimental therapeutics", "J Pharmacol Exp Ther"),
        published="2024",
        published_online="2023",
        abstract=(
            AbstractSection("", "", "This review is about ketamine and the kynurenine pathway in inflammation."),
        ),
        publication_types=(PublicationType("D016454", "Review"),),
        mesh=(),
    )


def test_the_third_reference_resolves_once_its_record_is_there(household: Household, tmp_path: Path) -> None:
    name = seed_article(household)
    xml = tmp_path / "more.xml"
    xml.write_bytes(records_xml(the_review_of_2023()))
    build_archive(tmp_path / "more.db", [xml])
    done = household.litwatch("audit", name, "--archive", str(tmp_path / "more.db"), "--topic", "ketamine[tiab]",
                              "--format", "json")  # fmt: skip
    _, jozwiak, _ = done.json["citations"]
    assert (jozwiak["pmid"], jozwiak["work"]["kind"]) == ("900000001", "review")
    (year,) = (check for check in jozwiak["checks"] if check["matter"] == "year")
    assert (year["verdict"], year["recorded"]) == ("agrees", "online 2023, printed 2024")


def test_a_watch_with_its_articles_text_is_audited_as_it_stands_there(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(*STATINS)
    shutil.copy(ARTICLES / "statins.md", household.folder / "config" / "watches" / "statins.md")
    text = WATCH.replace("[article]\n", '[article]\nfile = "statins.md"\n').replace("sesame[tiab]", "statins[tiab]")
    household.watch(text + '[[references]]\nid = "R1"\nas_written = "(Roe & Doe, 2020)"\npmid = "202"\n', "statins")
    done = household.litwatch("audit", "statins", "--format", "json")
    cited = by_citation(done.json)
    assert cited["(Roe & Doe, 2020)"]["state"] == "given"
    assert cited["(Roe & Doe, 2020)"]["sentence"]["line"] == 4
    assert cited["(Poe et al., 2019)"]["pmid"] == "201"


def test_what_a_person_decided_goes_before_the_rules(household: Household, pubmed: PubMed) -> None:
    pubmed.hold(*STATINS)
    household.watch(WATCH + '[[references]]\nid = "R1"\nas_written = "(S. et al., 2014)"\nsaid = "on pain"\n')
    assert household.litwatch("refs", "accept", "sesame", "R1", "203", "--by", "Roe").status == 0
    (cited,) = household.litwatch("audit", "sesame", "--format", "json").json["citations"]
    assert cited["pmid"] == "203"
    assert "accepted by Roe" in cited["because"]["evidence"]


def test_what_is_neither_a_file_nor_can_be_a_watch_is_said_so(household: Household) -> None:
    (household.folder / "config" / "litwatch.toml").unlink()

    done = household.litwatch("audit", "nothing.md")

    assert (done.status, done.out) == (2, "")
    assert "'nothing.md' is no file, and without config/litwatch.toml there is no watch of that name" in done.err


@pytest.mark.parametrize("named", ["statins.md", "statins"])
def test_an_audit_is_never_written_onto_its_article(household: Household, pubmed: PubMed, named: str) -> None:
    folder = household.folder / "config" / "watches"
    shutil.copy(ARTICLES / "statins.md", folder / "statins.md")
    household.watch(WATCH.replace("[article]\n", '[article]\nfile = "statins.md"\n'), "statins")
    article = str(folder / named) if named.endswith(".md") else named

    done = household.litwatch("audit", article, "-o", str(folder / "statins.md"))

    assert (done.status, "is read, so it is not written to" in done.err) == (2, True)
    assert (folder / "statins.md").read_bytes() == (ARTICLES / "statins.md").read_bytes()


def test_an_audit_that_cannot_be_written_is_wrong_usage_and_leaves_nothing_behind(household: Household) -> None:
    (household.folder / "a.txt").write_text("It fell.\n", encoding="utf-8")
    done = household.litwatch("audit", "a.txt", "-o", "nowhere/a.md")
    assert (done.status, "nowhere/a.md cannot be written" in done.err) == (2, True)
