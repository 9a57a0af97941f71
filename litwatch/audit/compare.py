"""What the sentence says of a cited work, held against the work's record."""

from collections.abc import Iterator

from litwatch.article.citation_text import parse_citation_text
from litwatch.article.reference_text import read_reference
from litwatch.article.values import InTextCitation, Sentence, Style
from litwatch.audit.rules import DESIGN_RULES, PARTICIPANTS, POOLED, POPULATION_RULES, DesignRule
from litwatch.audit.said import is_denied, stretches_said
from litwatch.audit.values import REVIEWS, Check, Verdict
from litwatch.identity.folding import fold, initials, surname
from litwatch.model.finding import Finding, Population, StudyDesign
from litwatch.model.record import Record
from litwatch.model.watch import CitedReference

_NEAR = 80
"""How far before a phrase the word may stand that makes it one of what a review reviews."""

_ORDER = (Verdict.DISAGREES, Verdict.CANNOT_TELL, Verdict.AGREES)


def compare_citation(
    sentence: Sentence, citation: InTextCitation, reference: CitedReference, record: Record, finding: Finding
) -> tuple[Check, ...]:
    """Every comparison of what is written with what is recorded, those that disagree first."""
    checks = [
        *_designs(sentence, citation, finding),
        *_populations(sentence, citation, finding),
        *_participants(sentence, citation, record, finding),
        *_authors(citation, reference, record),
        *_year(citation, reference, record),
    ]
    return tuple(sorted(checks, key=lambda check: _ORDER.index(check.verdict)))


def _designs(sentence: Sentence, citation: InTextCitation, finding: Finding) -> Iterator[Check]:
    evidence = f"{finding.design_because.evidence} ({finding.design_because.rule})"
    text = sentence.text
    for stretch in stretches_said(sentence, citation):
        read = bytearray(len(text))
        for rule in DESIGN_RULES:
            for found in rule.words.finditer(text, stretch.start, stretch.end):
                start, end = found.span()
                if any(read[start:end]):
                    continue
                read[start:end] = b"\x01" * (end - start)
                is_pooled = rule.many_open and POOLED.search(text[max(stretch.start, start - _NEAR) : start])
                if not is_pooled and not is_denied(text, start, end):
                    verdict = _design_verdict(rule, found[0], finding.design, is_shared=citation.shared > 1)
                    verdict = verdict if stretch.is_sure else Verdict.CANNOT_TELL
                    yield Check("design", verdict, rule.name, found[0], finding.design.value, evidence)


def _design_verdict(rule: DesignRule, said: str, design: StudyDesign, *, is_shared: bool) -> Verdict:
    """What is said of several works at once may hold for another of them."""
    is_open = rule.is_open | (rule.many_open if said.endswith("s") else frozenset())
    if design in rule.agrees:
        return Verdict.AGREES
    if design is StudyDesign.UNCLEAR or design in is_open or is_shared:
        return Verdict.CANNOT_TELL
    return Verdict.DISAGREES


def _populations(sentence: Sentence, citation: InTextCitation, finding: Finding) -> Iterator[Check]:
    evidence = f"{finding.population_because.evidence} ({finding.population_because.rule})"
    for stretch in stretches_said(sentence, citation):
        for rule in POPULATION_RULES:
            found = rule.words.search(sentence.text, stretch.start, stretch.end)
            if found is None or is_denied(sentence.text, *found.span()):
                continue
            if not stretch.is_sure:
                verdict = Verdict.CANNOT_TELL
            elif finding.population in rule.agrees:
                verdict = Verdict.AGREES
            elif finding.population is Population.UNCLEAR or finding.population in rule.is_open:
                verdict = Verdict.CANNOT_TELL
            else:
                is_settled = finding.design not in REVIEWS and citation.shared == 1
                verdict = Verdict.DISAGREES if is_settled else Verdict.CANNOT_TELL
            yield Check("population", verdict, rule.name, found[0], finding.population.value, evidence)


def _participants(sentence: Sentence, citation: InTextCitation, record: Record, finding: Finding) -> Iterator[Check]:
    recorded = [(found[1].replace(",", ""), found[0]) for found in PARTICIPANTS.finditer(_text(record))]
    for stretch in stretches_said(sentence, citation):
        for found in PARTICIPANTS.finditer(sentence.text, stretch.start, stretch.end):
            if is_denied(sentence.text, *found.span()):
                continue
            same = [words for number, words in recorded if number == found[1].replace(",", "")]
            if same and stretch.is_sure:
                verdict, told = Verdict.AGREES, same[0]
            elif stretch.is_sure and len(recorded) == 1 and finding.design not in REVIEWS and citation.shared == 1:
                verdict, told = Verdict.DISAGREES, recorded[0][1]
            else:
                told = ", ".join(words for _, words in recorded) or "title and abstract give no number of people"
                verdict = Verdict.CANNOT_TELL
            yield Check("participants", verdict, "number of participants", found[0], told)


def _text(record: Record) -> str:
    return f"{record.title}\n{record.abstract_text}"


def _authors(citation: InTextCitation, reference: CitedReference, record: Record) -> Iterator[Check]:
    """The first author's name, and whether "et al." stands for anybody."""
    names = [author.printed for author in record.authors]
    written = _written_authors(citation, reference)
    if written is None or not names:
        return
    said, initial, et_al = written
    first = names[0]
    if initial:
        is_given = initials(first).startswith(fold(initial))
        told = f"{initial}. is the given name of the first author, {first}" if is_given else f"first author {first}"
        yield Check("authors", Verdict.DISAGREES, "initial for surname", f"{initial}.", told)
    elif surname(said) == surname(first) or fold(said) == surname(first):
        is_same = said == record.authors[0].last_name
        told = f"first author {first}" + ("" if is_same or not record.authors[0].last_name else ", spelt so")
        yield Check("authors", Verdict.AGREES, "first author", said, told)
    else:
        is_later = any(fold(said) == surname(name) for name in names[1:])
        told = f"first author {first}" + (f"; {said} is a later author" if is_later else "")
        yield Check("authors", Verdict.DISAGREES, "first author", said, told)
    if et_al and len(names) == 1 and record.authors_complete:
        yield Check("authors", Verdict.DISAGREES, "number of authors", "et al.", f"a single author, {first}")


def _written_authors(citation: InTextCitation, reference: CitedReference) -> tuple[str, str, bool] | None:
    """The first author's surname as written, or the initial in its place, and whether more are meant; None without."""
    if citation.style is Style.AUTHOR_YEAR:
        cited = parse_citation_text(citation.as_written)
        return (cited.surnames[0] if cited.surnames else "", cited.initial, cited.et_al)
    parts = read_reference(reference.as_written)
    if not parts.authors:
        return None
    name = parts.authors[0]
    return (name.rpartition(" ")[0] or name, "", parts.et_al)


def _year(citation: InTextCitation, reference: CitedReference, record: Record) -> Iterator[Check]:
    """The year as written against the years online and in print."""
    written = citation.as_written if citation.style is Style.AUTHOR_YEAR else reference.as_written
    year = read_reference(written).year
    known = {"online": record.published_online, "printed": record.published}
    years = {kind: date.year for kind, date in known.items() if date}
    if year is None or not years:
        return
    told = ", ".join(f"{kind} {recorded}" for kind, recorded in years.items())
    verdict = Verdict.AGREES if year in years.values() else Verdict.DISAGREES
    yield Check("year", verdict, "year of publication", str(year), told)
