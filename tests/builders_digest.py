"""Whole digests for tests, benchmarks and a look at the pages: news, a baseline of any size, nothing new, a failure.

Every title, name, sentence and PMID here is invented.
"""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from typing import Any

from litwatch.appraisal.claim_state import find_states
from litwatch.model.claim_state import Cell, ClaimState, Course, SignalKind, SignalWork, UpdateSignal
from litwatch.model.digest import Digest, Excluded, Flow, IssueSummary, StudyCard
from litwatch.model.direction import Direction, OutcomeDirection
from litwatch.model.finding import (
    NOT_JUDGED,
    Bearing,
    Detail,
    DetailKind,
    Harm,
    NoticeKind,
    Population,
    Stance,
    StudyDesign,
)
from litwatch.model.identifiers import Pmcid, Pmid
from litwatch.model.identity import Because, Candidate, ReferenceState, Standing
from litwatch.model.quote import Quote
from litwatch.model.search import SearchResult
from litwatch.model.watch import Claim, Watch, WatchedArticle
from tests.builders import (
    a_card,
    a_citation,
    a_finding,
    a_notice,
    a_notice_card,
    a_reference,
    a_reference_match,
    a_resolution,
    a_watch,
    a_work,
)

LAST_WEEK = datetime(2025, 12, 29, 7, 0, tzinfo=UTC)
MONDAY = datetime(2026, 1, 5, 7, 0, tzinfo=UTC)

QUERY = (
    "(ketamine[mh] OR ketamine[tiab] OR esketamine[tiab]) AND (inflammation[mh] OR inflammat*[tiab] OR cytokines[mh] "
    'OR "tumor necrosis factor"[tiab] OR interleukin*[tiab] OR kynurenine[tiab])'
)


def the_clinics_watch() -> Watch:
    """Five claims, three references, one of them written with the given name for the surname."""
    return a_watch(
        strategy=QUERY,
        claims=(
            Claim("C1", "It lowers proinflammatory cytokines.", "decrease", ("IL-1β", "TNF-α", "interleukin-6")),
            Claim("C2", "It modulates the kynurenine pathway.", "decrease", ("kynurenine", "quinolinic acid")),
            Claim("C3", "It reduces the recruitment of inflammatory cells.", "decrease", ("neutrophil", "macrophage")),
            Claim("C4", "It relieves chronic pain of inflammatory origin.", "decrease", ("pain score",), ("CRPS",)),
            Claim("C5", "It acts sooner than other anti-inflammatory drugs.", "increase", ("onset",)),
        ),
        references=(
            a_reference("R1", "(Roe et al., 2021)", said="a randomised, double-blind, placebo-controlled study"),
            a_reference("R2", "(Poe-Doe et al., 2023)", claims=("C2",), said=""),
            a_reference("R3", "(S. et al., 2011)", claims=("C3",), said="a study of cell recruitment"),
        ),
    )


def a_study(pmid: str, title: str, design: StudyDesign, population: Population, **changes: Any) -> StudyCard:
    """A card of the given design; ``says`` is its conclusion, ``bears`` maps claims to their terms.

    ``rationales`` maps claims to the sentence that names the terms, where that is not the conclusion. ``went`` maps
    outcomes to where they went, ``stances`` claims to what that says of them.
    """
    says = changes.pop("says", "Nothing was concluded.")
    bears = changes.pop("bears", {})
    rationales = changes.pop("rationales", {})
    retracted = changes.pop("retracted", False)
    species = changes.pop("species", "")
    went = changes.pop("went", {})
    told = Because("directions of the claim's outcomes", "; ".join(f"{way}: {name}" for name, way in went.items()))
    stances = {claim: (*stance, told) for claim, stance in changes.pop("stances", {}).items()}
    details = changes.pop("details", ())
    finding = replace(
        a_finding(pmid),
        design=design,
        design_because=Because("publication type", f"PubMed lists this as: {design}"),
        population=population,
        population_because=Because("MeSH check tag", "the record carries the heading of this population"),
        species=species,
        bearings=tuple(
            Bearing(
                claim,
                terms,
                Quote(rationales.get(claim, says), "abstract, RESULTS 2"),
                *stances.get(claim, (Direction.UNCLEAR, Stance.UNCLEAR, NOT_JUDGED)),
            )
            for claim, terms in bears.items()
        ),
        details=details,
        directions=tuple(OutcomeDirection(outcome, way, ()) for outcome, way in went.items()),
        conclusion=Quote(says, "abstract, CONCLUSIONS 1") if says else None,
        retracted=retracted,
    )
    plain = a_card(pmid, finding=finding, title=title)
    return replace(plain, **changes)


def weekly_studies() -> tuple[StudyCard, ...]:
    first_seen = Because("no known work", "no PMID, DOI, PMCID or title in common with a known work")
    return (
        a_study(
            "90000101",
            "Perioperative esketamine and systemic inflammation after invented surgery: a meta-analysis of 14 trials.",
            StudyDesign.META_ANALYSIS,
            Population.HUMAN,
            authors=("Roe A", "Poe-Doe BC", "Loe D", "Moe E"),
            journal="Invent Anaesth Rev",
            published="2025-12-18",
            pmcid=Pmcid("PMC9000101"),
            says="Esketamine lowered interleukin-6 at 24 h (low certainty) but not TNF-α at any time (p = 0.41).",
            bears={"C1": ("interleukin-6", "TNF-α")},
            went={"IL-6": Direction.DECREASE, "TNF-α": Direction.NO_DIFFERENCE},
            stances={"C1": (Direction.MIXED, Stance.MIXED)},
            resolution=a_resolution("90000101", because=first_seen),
        ),
        a_study(
            "90000102",
            "Low-dose ketamine, kynurenine metabolites and pain in complex regional pain syndrome: randomised trial.",
            StudyDesign.RCT,
            Population.HUMAN,
            authors=("Żółć K", "Ñame L"),
            journal="J Invent Pain",
            published="2025-12",
            says="Pain scores fell over four weeks, while plasma kynurenine did not differ from placebo.",
            rationales={
                "C1": "TNF-α was 4.1 ± 0.8 pg/ml in the ketamine group and 4.3 ± 0.9 pg/ml with placebo (p<0.4).",
                "C2": "Quinolinic acid and kynurenine were the same in both groups.",
            },
            bears={"C1": ("TNF-α",), "C2": ("kynurenine", "quinolinic acid"), "C4": ("pain score", "CRPS")},
            went={"kynurenine": Direction.NO_DIFFERENCE, "pain score": Direction.DECREASE},
            stances={
                "C2": (Direction.NO_DIFFERENCE, Stance.CHALLENGES),
                "C4": (Direction.DECREASE, Stance.SUPPORTS),
            },
            details=(
                Detail(DetailKind.SAMPLE, "62", "sixty-two patients", "abstract, METHODS 1"),
                Detail(DetailKind.DOSE, "0.5 mg/kg", "0.5 mg/kg", "abstract, METHODS 1"),
            ),
            resolution=a_resolution("90000102", because=first_seen),
        ),
        a_study(
            "90000103",
            "[Ketamine and neutrophil recruitment in a rat model of invented peritonitis].",
            StudyDesign.ANIMAL_EXPERIMENT,
            Population.ANIMAL,
            species="rats",
            language="chi",
            authors=("Doe F", "Joe G", "Noe H"),
            journal="Zhonghua Invent Za Zhi",
            published="2025 Nov-Dec",
            says="Ketamine 10 mg/kg reduced neutrophil counts in lavage fluid.",
            bears={"C3": ("neutrophil",)},
            resolution=a_resolution(
                "90000103",
                Standing.UNSURE,
                candidate=a_work("90000007"),
                because=Because("same authors, similar title", "title alike (0.91), authors equal, one year apart"),
            ),
        ),
        a_study(
            "90000104",
            "Recruitment of macrophages after a single infusion: an invented trial.",
            StudyDesign.RCT,
            Population.HUMAN,
            published="2006-04",
            says="Macrophage counts were lower after the infusion.",
            bears={"C3": ("macrophage",)},
            retracted=True,
            resolution=a_resolution("90000104", because=first_seen),
        ),
        a_study(
            "90000105",
            "A letter on ketamine and its stereochemistry.",
            StudyDesign.EDITORIAL,
            Population.UNCLEAR,
            authors=(),
            says="",
            doi=None,
            resolution=a_resolution("90000105", because=first_seen),
        ),
    )


def weekly_states() -> tuple[ClaimState, ...]:
    """What a week like this makes of the claims: C1 gains a meta-analysis, C2 is opposed, C3 loses a trial."""
    pooled, trial = weekly_studies()[:2]
    rct, went = StudyDesign.RCT, Course
    before = (Cell(rct, went.AS_CLAIMED, 3), Cell(rct, went.UNCLEAR, 8), Cell(StudyDesign.COHORT, went.OTHER_WAY, 1))
    return (
        ClaimState(
            "C1",
            (Cell(StudyDesign.META_ANALYSIS, went.MIXED, 1), before[0], Cell(rct, went.UNCLEAR, 9), before[2]),
            before,
            (
                UpdateSignal(
                    SignalKind.META_ANALYSIS,
                    "C1",
                    (SignalWork(pooled.finding.pmid, pooled.title, "what it found: mixed"),),
                    "Studies in people are pooled, whatever was found.",
                ),
            ),
        ),
        ClaimState(
            "C2",
            (Cell(rct, went.NO_DIFFERENCE, 1),),
            (),
            (
                UpdateSignal(
                    SignalKind.OPPOSING,
                    "C2",
                    (SignalWork(trial.finding.pmid, trial.title, "randomised controlled trial, level 2; it did not"),),
                    "The article cites for it no work that is identified.",
                ),
            ),
        ),
        ClaimState(
            "C3",
            (Cell(rct, went.UNCLEAR, 0, 1), Cell(StudyDesign.ANIMAL_EXPERIMENT, went.UNCLEAR, 1)),
            (Cell(rct, went.AS_CLAIMED, 1),),
        ),
        ClaimState("C4", (Cell(rct, went.AS_CLAIMED, 1),), ()),
        ClaimState("C5", (), ()),
    )


def a_search_of(*cards: StudyCard, others: int = 0, warnings: tuple[str, ...] = ()) -> SearchResult:
    ids = sorted({*(card.finding.pmid for card in cards), *(Pmid(str(n)) for n in range(1, others + 1))}, key=int)
    translation = QUERY.replace("inflammation[mh]", '"inflammation"[MeSH Terms]')
    return SearchResult("PubMed", QUERY, translation, len(ids), tuple(ids), warnings, MONDAY)


def a_news_issue() -> Digest:
    """A week in which everything happens at once."""
    studies = weekly_studies()
    best = a_citation(
        "90000021", title="Ketamine and the recruitment of cells: an overview", authors=("Loe S", "Koe D")
    )
    other = a_citation("90000022", title="Recruitment of leukocytes under ketamine", authors=("Soe A",), year=2012)
    candidates = (
        Candidate(best, 0.62, ("year equal", "first author's initial S matches the name", "topic in the title")),
        Candidate(other, 0.31, ("year one off", "topic in the title")),
    )
    tried = ("ketamine[tiab] AND 2011[dp] AND S[1au] → 0 found", "ketamine[tiab] AND 2011[dp] → 41 found")
    return Digest(
        watch=the_clinics_watch(),
        kind="news",
        number=12,
        made_at=MONDAY,
        previous=LAST_WEEK,
        search=a_search_of(*studies, others=59, warnings=("Quoted phrase not found: tumour necrosis faktor",)),
        flow=Flow(64, seen=54, cited=1, duplicates=1, unparsable=1, missing=1, pending=1, reported=5),
        notices=(
            a_notice_card(
                a_notice("90000031", NoticeKind.ERRATUM, statement="Erratum in: Invent J Ex. 2025;3:44"),
                title="Ketamine and the gut: an invented cohort.",
                concerns="reported in issue 4",
            ),
            a_notice_card(
                a_notice("90000030", statement="Retraction in: J Invent Surg. 2025 Dec;9(4):1. PMID: 90000099"),
                title="Ketamine lowers interleukin-6 after cardiac surgery: an invented randomised trial.",
                concerns="reported in issue 1",
            ),
            a_notice_card(
                a_notice("90000032", NoticeKind.CONCERN, statement="Expression of concern in: Invent Med. 2025;1:2"),
                title="Targeting invented inflammation.",
                concerns="cited as R1 for C1",
            ),
        ),
        studies=studies,
        states=weekly_states(),
        updated=(
            a_study(
                "90000040",
                "Ketamine in invented sepsis.",
                StudyDesign.COHORT,
                Population.HUMAN,
                says="Interleukin-6 was lower in those given ketamine.",
                bears={"C1": ("interleukin-6",)},
                previous_design="unclear",
                resolution=a_resolution(
                    "90000040", Standing.UPDATED, because=Because("appraised anew", "was unclear, is now cohort study")
                ),
            ),
        ),
        references=(
            a_reference_match(
                "R1", ReferenceState.GIVEN, pmid=Pmid("90000032"), because=Because("given", "the watch gives its PMID")
            ),
            a_reference_match(
                "R2",
                ReferenceState.UNRESOLVED,
                because=Because("no candidate", "no record of 2022 to 2024 has an author of this name"),
                tried=("ketamine[tiab] AND 2023[dp] AND Poe-Doe[1au] → 0 found",),
            ),
            a_reference_match(
                "R3",
                ReferenceState.UNSURE,
                because=Because("below the threshold", "the best candidate scores 0.62, and 0.75 is needed"),
                candidates=candidates,
                tried=tried,
            ),
        ),
        unread=(
            Excluded(Pmid("58"), "could not be parsed: the record has no title and no journal"),
            Excluded(Pmid("57"), "asked for, but PubMed did not send it"),
            Excluded(Pmid("56"), "could not be fetched, next run tries again: timed out after 30 s"),
        ),
    )


def an_empty_issue() -> Digest:
    """A week in which nothing happened."""
    return replace(
        a_news_issue(),
        number=13,
        search=a_search_of(others=64),
        flow=Flow(64, seen=62, cited=2, duplicates=0, unparsable=0, missing=0, pending=0, reported=0),
        notices=(),
        studies=(),
        states=tuple(replace(state, before=state.cells, signals=()) for state in weekly_states()),
        updated=(),
        references=(a_reference_match("R1", ReferenceState.GIVEN, pmid=Pmid("90000032")),),
        unread=(),
    )


def a_baseline(size: int = 60) -> Digest:
    """The first issue, with ``size`` works of all designs; one in forty is retracted."""
    kinds = cycle(
        [(design, Population.HUMAN) for design in StudyDesign][:12]
        + [(StudyDesign.ANIMAL_EXPERIMENT, Population.ANIMAL), (StudyDesign.IN_VITRO, Population.IN_VITRO)] * 3
        + [(StudyDesign.UNCLEAR, Population.UNCLEAR)]
    )
    bears: dict[int, dict[str, tuple[str, ...]]] = {
        0: {"C1": ("interleukin-6",)},
        1: {"C1": ("interleukin-6",), "C3": ("neutrophil",)},
        2: {"C2": ("kynurenine",)},
        3: {},
        4: {"C4": ("pain score",)},
    }
    studies = tuple(
        replace(
            a_study(
                str(80_000_000 + n),
                f"Invented report {n}: ketamine, interleukin-6 and the {n % 7 + 2} stages of an inflammation.",
                *next(kinds),
                says=f"In report {n}, interleukin-6, kynurenine, neutrophil counts and the pain score were measured.",
                bears=bears[n % 5],
                retracted=n % 40 == 7,
                authors=("Roe A", "Poe BC", "Doe D", "Loe E", "Moe F")[: n % 5 + 1],
                published=f"{2025 - n % 30}",
            ),
        )
        for n in range(size)
    )
    return replace(
        an_empty_issue(),
        kind="baseline",
        number=1,
        previous=None,
        search=a_search_of(*studies),
        flow=Flow(size, seen=0, cited=0, duplicates=0, unparsable=0, missing=0, pending=0, reported=size),
        studies=studies,
        states=find_states(the_clinics_watch().claims, None, [card.finding for card in studies], (), lambda work: work),
    )


def a_failed_run() -> Digest:
    return replace(
        an_empty_issue(),
        kind="could not search",
        number=None,
        search=None,
        flow=None,
        references=(),
        states=(),
        failure="PubMed did not answer within 30 s, 5 tries over 2 min (https://eutils.ncbi.nlm.nih.gov): timed out",
    )


def earlier_issues(count: int = 11) -> tuple[IssueSummary, ...]:
    """Summaries of issues 1 to ``count``, oldest first; the third could not read everything."""
    return tuple(
        IssueSummary(
            number=number,
            kind="baseline" if number == 1 else "news",
            made_at=datetime(2025, 10, number, 7, 0, tzinfo=UTC),
            reported=48 if number == 1 else number % 4,
            notices=int(number == 5),
            is_complete=number != 3,
        )
        for number in range(1, count + 1)
    )


def a_hostile_issue(text: str) -> Digest:
    """An issue in which every text of a record, a source or the watch is ``text``, so that what it may do is seen."""
    why = Because(text, text)
    quote = Quote(text, text)
    claim = Claim(text, text, "decrease", (text,))
    reference = a_reference(text, text, claims=(text,), said=text)
    card = a_card(
        finding=replace(
            a_finding(design_because=why, population_because=why, species=text, conclusion=quote),
            bearings=(
                Bearing(text, ("§",), quote._replace(text=f"{text} "), Direction.DECREASE, Stance.SUPPORTS, why),
            ),
            details=(Detail(DetailKind.DOSE, text, text, text),),
            directions=(OutcomeDirection(text, Direction.DECREASE, ()),),
            harm=Harm(quote, why),
        ),
        resolution=a_resolution(standing=Standing.UNSURE, because=why, candidate=a_work("7")),
        title=text,
        authors=(text, text),
        journal=text,
        published=text,
        language=text,
        doi=None,
    )
    candidate = Candidate(a_citation("8", title=text, authors=(text,), journal=text), 0.5, (text, text))
    search = SearchResult(text, text, text, 1, (Pmid("101"),), (text,), MONDAY)
    settled = a_reference_match(text, ReferenceState.GIVEN, pmid=Pmid("9"), because=why)
    unsettled = a_reference_match(text, because=why, candidates=(candidate,), tried=(text,))
    return Digest(
        watch=a_watch(
            title=text, article=WatchedArticle(text, text), strategy=text, claims=(claim,), references=(reference,)
        ),
        kind="baseline",
        number=1,
        made_at=MONDAY,
        previous=None,
        search=search,
        flow=Flow(1, seen=0, cited=0, duplicates=0, unparsable=0, missing=0, pending=0, reported=1),
        notices=(a_notice_card(a_notice(statement=text), title=text, concerns=text),),
        studies=(card,),
        states=(
            ClaimState(
                text,
                (Cell(StudyDesign.RCT, Course.AS_CLAIMED, 1),),
                None,
                (UpdateSignal(SignalKind.OPPOSING, text, (SignalWork(Pmid("101"), text, text),), text),),
            ),
        ),
        updated=(replace(card, previous_design=text),),
        references=(settled, unsettled),
        unread=(Excluded(Pmid("5"), text),),
    )
