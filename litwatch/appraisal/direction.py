"""In which direction an outcome went with the intervention, as one sentence of evidence tells.

A small linear model weighs what the rules read (``direction_rules``) and the signs in their order; below its threshold
the verdict is "unclear". A verdict names the rule that says the same, with the words it read.
"""

from litwatch.appraisal.direction_clauses import Statement, read_statement
from litwatch.appraisal.direction_features import features_of
from litwatch.appraisal.direction_marks import read_evidence
from litwatch.appraisal.direction_model import DIRECTIONS, DirectionModel, shipped_model
from litwatch.appraisal.direction_rules import Signal, goes_both_ways, read_signals
from litwatch.model.direction import Direction, DirectionVerdict
from litwatch.model.identity import Because

MODEL_ALONE = "linear model alone"
_MOST_TOLD = 3


def judge_direction(evidence: str, intervention: str, comparator: str, outcome: str) -> DirectionVerdict:
    """What a sentence says of ``outcome`` with ``intervention`` against ``comparator``.

    Pure and total, on any text. The phrases may be empty: arms are then known by what arms are usually called.
    """
    statement = read_statement(read_evidence(evidence, intervention, comparator, outcome), outcome)
    return judge_statement(statement, shipped_model())


def judge_statement(statement: Statement, model: DirectionModel) -> DirectionVerdict:
    """The verdict of a given model on a sentence that is read already."""
    features = features_of(statement)
    shares = dict(zip(DIRECTIONS, model.probabilities(features), strict=True))
    likely = max(DIRECTIONS, key=lambda direction: shares[direction])
    confidence = shares[likely]
    if both := goes_both_ways(statement):
        return DirectionVerdict(Direction.MIXED, confidence, _because(both))
    signal = next((signal for signal in read_signals(statement) if signal.direction == likely), None)
    because = (
        _because(signal) if signal else Because(MODEL_ALONE, ", ".join(model.telling(features, likely, _MOST_TOLD)))
    )
    if confidence < model.threshold:
        told = f"{likely} at {confidence:.2f}, below {model.threshold:.2f}: {because.evidence} ({because.rule})"
        return DirectionVerdict(Direction.UNCLEAR, confidence, Because("not sure enough", told))
    return DirectionVerdict(likely, confidence, because)


def _because(signal: Signal) -> Because:
    return Because(signal.rule, signal.words)
