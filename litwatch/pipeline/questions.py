"""What is asked of a cited reference: what the watch gives of it, and what persons have answered."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from litwatch.model.decided import Decided
from litwatch.model.decision import DECIDED, Decision, ReferenceDecision
from litwatch.model.identifiers import Pmid
from litwatch.model.identity import Because, ReferenceMatch
from litwatch.model.watch import CitedReference, Watch


@dataclass(frozen=True, slots=True)
class Question:
    """A reference to be looked up: ``reference`` has the accepted PMID in it, ``rejected`` are not what it means.

    ``asked`` is all that the answer depends on: when it is another, the reference is looked up again.
    """

    reference: CitedReference
    asked: str
    accepted: Decision | None
    rejected: Mapping[Pmid, Decision]

    def answered(self, match: ReferenceMatch) -> ReferenceMatch:
        """``match``, with who has decided what of it in its reason."""
        if self.accepted is not None:
            lack = "" if match.candidates else "; no record that fits what is written could be had"
            because = Because(DECIDED, f"accepted {self.accepted.signature}{lack}")
        else:
            left_out = [f"not PubMed {pmid}, rejected {told.signature}" for pmid, told in self.rejected.items()]
            because = replace(match.because, evidence="; ".join((match.because.evidence, *left_out)))
        return replace(match, asked=self.asked, because=because)


def question_of(reference: CitedReference, watch: Watch, decided: Decided) -> Question:
    """What is asked of ``reference`` now. Decisions on it apply while the watch gives the same of it."""
    accepted = decided.accepted(watch.name, reference.id, reference.question)
    rejected = decided.rejected(watch.name, reference.id, reference.question)
    answers = [told.id for told in (accepted, *rejected.values()) if told]
    asked = "\n".join((reference.question, watch.topic, *(f"decision {number}" for number in answers)))
    if accepted is not None and isinstance(accepted.what, ReferenceDecision):
        reference = replace(reference, pmid=accepted.what.pmid)
    return Question(reference, asked, accepted, rejected)
