"""An audit: the citations of an article looked up, and held against the records of the works that they mean.

    Article ─┐
    Watch ───┴▶ Question ─look_up_reference─▶ ReferenceMatch, Record ─appraisal─▶ Finding, Notices ─audit─▶ Audit

Nothing is remembered. A source that fails ends the audit with its error: what nobody looked for is never "not found".
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from litwatch.appraisal import appraise_notices, appraise_record
from litwatch.article.citation_text import parse_citation_text
from litwatch.article.naming import named_already
from litwatch.article.telling import telling_words
from litwatch.article.values import Article, InTextCitation, Place, Sentence, Style
from litwatch.audit.compare import compare_citation
from litwatch.audit.topic import likely_topic
from litwatch.audit.values import Audit, AuditedCitation
from litwatch.library.citation_styles import Style as CitationStyle
from litwatch.model.decided import Decided
from litwatch.model.finding import NoticeKind
from litwatch.model.identifiers import work_id
from litwatch.model.identity import ReferenceMatch, ReferenceState
from litwatch.model.record import Record
from litwatch.model.watch import Watch
from litwatch.pipeline.places import Places
from litwatch.pipeline.questions import Question, question_of
from litwatch.pipeline.references import look_up_reference
from litwatch.pipeline.run import Progress
from litwatch.ports import Source

_GUESSED = (
    "The topic is a guess from the article's title; it served citations with an initial in place of a surname alone."
)
_SETTLED = (ReferenceState.GIVEN, ReferenceState.RESOLVED)


@dataclass(frozen=True, slots=True)
class AuditTerms:
    """What an audit is made with.

    ``topic`` is a search strategy that candidates are searched with; when it is empty, that of ``watch``, else a guess
    from the title. ``remembered`` are the watch's matches so far by reference, ``decided`` what persons said of them.
    """

    now: datetime
    style: CitationStyle = "ama"
    topic: str = ""
    watch: Watch | None = None
    remembered: Mapping[str, ReferenceMatch] = field(default_factory=dict)
    decided: Decided = field(default_factory=Decided)
    notes: tuple[str, ...] = ()


def article_of(watch: Watch) -> Article:
    """What a watch says of its cited references, as an article: each a sentence of its own."""
    sentences = []
    for reference in watch.references:
        text = f"{reference.said or reference.as_written}".strip()
        cited = InTextCitation(Style.AUTHOR_YEAR, reference.as_written, len(text), len(text), reference=reference.id)
        sentences.append(Sentence(text, Place(0), (cited,)))
    return Article(watch.name, watch.article.title, tuple(sentences), watch.references)


def audit_article(article: Article, source: Source, terms: AuditTerms, progress: Progress) -> Audit:
    """Every citation of ``article`` looked up and compared. Raises a SourceError when the source cannot be asked."""
    topic, guess = _topics(article, terms)
    questions = _questions(article, terms)
    places = Places(source, [question.reference for question in questions.values()])
    found: dict[str, tuple[Question, ReferenceMatch, Record | None]] = {}
    for number, (name, question) in enumerate(questions.items(), 1):
        is_initial = not parse_citation_text(question.reference.as_written).surnames
        asked = topic or (guess if is_initial else "")
        found[name] = (question, *_look_up(question, asked, source, terms, places))
        progress(number, len(questions))
    return Audit(
        title=article.title or article.name,
        citations=tuple(
            _audited(sentence, cited, *found[cited.reference], now=terms.now)
            for sentence in article.sentences
            for cited in sentence.citations
        ),
        style=terms.style,
        topic=topic or guess,
        source=source.ping() if questions else "",
        uncited=article.uncited,
        notes=(*article.notes, *terms.notes, *((_GUESSED,) if guess and not topic else ())),
    )


def _topics(article: Article, terms: AuditTerms) -> tuple[str, str]:
    """The topic that is given, and a guess where none is."""
    given = terms.topic or (terms.watch.topic if terms.watch else "")
    return given, "" if given else likely_topic(article)


def _questions(article: Article, terms: AuditTerms) -> dict[str, Question]:
    """What is asked of each reference of the article: as the watch gives it, where the watch names it."""
    watch = terms.watch
    if watch is None:
        return {reference.id: Question(reference, "", None, {}) for reference in article.references}
    named = named_already(article, watch.references)
    return {
        reference.id: question_of(named.get(reference.id, reference), watch, terms.decided)
        for reference in article.references
    }


def _look_up(
    question: Question, topic: str, source: Source, terms: AuditTerms, places: Places
) -> tuple[ReferenceMatch, Record | None]:
    """What the reference means, as the watch remembers it while it still answers the question, and its record."""
    known = terms.remembered.get(question.reference.id)
    if known is not None and known.asked == question.asked and known.state in _SETTLED and known.pmid:
        by_pmid = replace(question.reference, pmid=known.pmid)
        _, read = look_up_reference(by_pmid, topic, source, None)
        match = known
    else:
        rejected = frozenset(question.rejected)
        telling = replace(question.reference, said=telling_words(question.reference.said))
        match, read = look_up_reference(telling, topic, source, None, rejected, places=places)
        match = question.answered(match) if terms.watch else match
    parsed = read.get(match.pmid) if match.pmid else None
    return match, parsed.value if parsed and isinstance(parsed.value, Record) else None


def _audited(
    sentence: Sentence, cited: InTextCitation, question: Question, match: ReferenceMatch, record: Record | None,
    *, now: datetime,
) -> AuditedCitation:  # fmt: skip
    if record is None:
        return AuditedCitation(sentence, cited, question.reference, match)
    finding = appraise_record(record, work_id(record.pmid), ())
    order = list(NoticeKind)
    return AuditedCitation(
        sentence,
        cited,
        question.reference,
        match,
        record=record,
        finding=finding,
        notices=tuple(sorted(appraise_notices(record, now), key=lambda notice: order.index(notice.kind))),
        checks=compare_citation(sentence, cited, question.reference, record, finding),
    )
