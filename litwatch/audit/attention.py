"""What of an audit needs a person, in words, and the line that sums it up."""

from collections.abc import Iterator

from litwatch.audit.values import Audit, AuditedCitation, Check, Verdict
from litwatch.digest.phrases import counted, sentence_case
from litwatch.model.finding import NoticeKind
from litwatch.model.identity import ReferenceState


def summary_line(audit: Audit) -> str:
    """How many citations there are, how many are resolved, and how many need attention."""
    cited = audit.citations
    if not cited:
        return "No citation was found."
    works = len({each.reference.id for each in cited})
    resolved = sum(each.is_resolved for each in cited)
    needy = sum(each.needs_attention for each in cited)
    told = f"{resolved:,} resolved, {needy:,} need{'s' if needy == 1 else ''} attention"
    return f"{counted(len(cited), 'citation')} of {counted(works, 'work')}: {told}."


def attention_of(audited: AuditedCitation) -> tuple[str, ...]:
    """What needs attention about one citation, gravest first; empty when nothing does."""
    return tuple(_news(audited))


def _news(audited: AuditedCitation) -> Iterator[str]:
    notices = sorted(audited.notices, key=lambda notice: list(NoticeKind).index(notice.kind))
    for notice in notices:
        name = notice.kind.value
        yield f"{name.upper() if notice.kind is NoticeKind.RETRACTION else sentence_case(name)}: {notice.statement}"
    state = audited.match.state
    if state is ReferenceState.UNSURE:
        yield f"It is not certain which work is meant: {audited.match.because.evidence}."
    elif state is ReferenceState.UNRESOLVED:
        yield f"It is not known which work is meant: {audited.match.because.evidence}."
    elif audited.is_unread:
        yield f"The work is known, but no record of it could be had: {audited.match.because.evidence}."
    for check in audited.checks:
        if check.verdict is Verdict.DISAGREES:
            yield sentence_case(check_line(check))


def check_line(check: Check) -> str:
    """A comparison in words."""
    return f"{check.matter}: {check.verdict.value}; the article says “{check.said}”, the record: {check.recorded}"


def runner_up(audited: AuditedCitation) -> str:
    """The next best candidate with its score, empty when there is none."""
    if len(audited.match.candidates) < 2:
        return ""
    other = audited.match.candidates[1]
    return f"runner-up with {other.score:.2f}: PubMed {other.citation.pmid}, {other.citation.title}"
