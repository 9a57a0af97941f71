"""``litwatch evaluate``: measures on labelled data, beside other tools in the same run."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from litwatch.cli.evaluate_direction import direction
from litwatch.cli.evaluate_relevance import relevance
from litwatch.cli.evaluate_stance import stance
from litwatch.cli.talk import counted, progress, say
from litwatch.errors import DONE, INCOMPLETE

if TYPE_CHECKING:
    from litwatch.evaluation.design import Score as DesignScore
    from litwatch.evaluation.design import Told
    from litwatch.evaluation.duplicates import LabelledSet, Score
    from litwatch.evaluation.references import Outcome

DATA = click.Path(path_type=Path, exists=True, file_okay=False)
FILE = click.Path(path_type=Path, exists=True, dir_okay=False)
KINDS = ("right", "wrong", "unsure", "unresolved")


@click.group()
def evaluate() -> None:
    """Measure litwatch on labelled data, beside other tools in the same run."""


evaluate.add_command(direction)
evaluate.add_command(stance)
evaluate.add_command(relevance)


@evaluate.command()
@click.option("--data", type=DATA, required=True, help="A folder with labelled sets in it or below.")
def duplicates(data: Path) -> None:
    """Find duplicates with litwatch and with bib-dedupe, and compare both with the labels.

    A labelled set is a folder with records_pre_merged.csv and merged_record_ids.csv, as bib-dedupe's own evaluation
    has them. Pairs are counted: a group of three is three pairs, and a false merge is a pair merged that is no
    duplicate by its label. Without bib-dedupe (the extra `evaluate`) litwatch is measured alone.
    """
    from litwatch.evaluation.duplicates import by_litwatch, labelled_sets, load_bib_dedupe, measure

    sets = labelled_sets(data)
    by_bib_dedupe = load_bib_dedupe()
    if by_bib_dedupe is None:
        say("bib-dedupe is not installed, so that litwatch is measured alone: pip install 'litwatch[evaluate]'")
    for labelled in sets:
        click.echo(_heading(labelled))
        ours = measure(by_litwatch, labelled)
        click.echo(_line("litwatch", ours))
        if by_bib_dedupe:
            theirs = measure(by_bib_dedupe, labelled)
            click.echo(_line("bib-dedupe", theirs))
            click.echo(f"  litwatch took 1/{theirs.seconds / ours.seconds:.0f} of the time")
    raise SystemExit(DONE if by_bib_dedupe else INCOMPLETE)


@evaluate.command()
@click.option("--data", type=DATA, required=True, help="A folder with refs/reference_strings.jsonl.gz in it.")
@click.option("--others", type=FILE, multiple=True, help="PubMed XML whose records are served too; may be repeated.")
@click.option("--absent", is_flag=True, help="Also resolve each string as if PubMed did not hold its work.")
@click.option("--errors", is_flag=True, help="List what is not right in the half that was tuned on.")
def references(data: Path, others: Sequence[Path], *, absent: bool, errors: bool) -> None:
    """Resolve reference strings, their identifiers hidden, against a PubMed on loopback.

    Each work is written in two ways or more. The data has no full records: the most complete string of a work becomes
    its record, and its other strings are resolved, never that one. Rules and thresholds were chosen on one half of the
    works; the other half is reported apart, and its errors are not listed.
    """
    from litwatch.evaluation.references import TUNED, UNSEEN, read_strings, resolve_all, served

    strings = read_strings(data)
    say(f"{counted(strings.works, 'work')}, each a record made from its most complete string; no full record is known")
    say(f"{counted(len(strings.cited), 'other string')} to resolve; {strings.left_out:,} left out that repeat another")
    with served(strings, others) as source, progress("resolving") as tell:
        say(source.ping())
        outcomes = list(resolve_all(source, strings.cited, tell))
        without = list(resolve_all(source, strings.cited, tell, is_absent=True)) if absent else []
    for half in (TUNED, UNSEEN):
        click.echo(_shares(half, [outcome for outcome in outcomes if outcome.cited.half == half]))
        if absent:
            click.echo(_absent([outcome for outcome in without if outcome.cited.half == half]))
    if errors:
        for outcome in (*outcomes, *(outcome for outcome in without if outcome.kind == "wrong")):
            if outcome.cited.half == TUNED and outcome.kind != "right":
                click.echo(_error(outcome))


def _shares(half: str, outcomes: "Sequence[Outcome]") -> str:
    """Precision of what was resolved, recall of all and of what says enough, and how many became what."""
    from litwatch.evaluation.intervals import share_of

    kinds = [outcome.kind for outcome in outcomes]
    enough = [outcome.kind for outcome in outcomes if outcome.cited.is_enough]
    counts = {kind: kinds.count(kind) for kind in KINDS}
    lines = (
        f"{half}: {counted(len(kinds), 'string')}, " + ", ".join(f"{counts[kind]:,} {kind}" for kind in KINDS),
        f"  precision            {share_of(counts['right'], counts['right'] + counts['wrong'])}",
        f"  recall, says enough  {share_of(enough.count('right'), len(enough))}",
        f"  recall, all          {share_of(counts['right'], len(kinds))}",
    )
    return "\n".join(lines)


def _absent(outcomes: "Sequence[Outcome]") -> str:
    from litwatch.evaluation.intervals import share_of

    kinds = [outcome.kind for outcome in outcomes]
    return f"  wrong, work absent   {share_of(kinds.count('wrong'), len(kinds))}"


def _error(outcome: "Outcome") -> str:
    match = outcome.match
    listed = [f"{one.citation.pmid} ({one.score:.2f})" for one in match.candidates[:2]]
    told = f"{match.because.rule}: {match.because.evidence}"
    return f"\n{outcome.kind}, means {outcome.cited.pmid}: {outcome.cited.text}\n  {' '.join(listed)}\n  {told}"


@evaluate.command()
@click.option("--data", type=DATA, required=True, help="A folder with design/labelled_abstracts.jsonl.gz in it.")
@click.option("--pubmed", type=FILE, help="A gzipped PubMed file whose publication types are a second yardstick.")
@click.option("--errors", is_flag=True, help="List what is told wrongly in the half that was tuned on.")
def design(data: Path, pubmed: Path | None, *, errors: bool) -> None:
    """Tell designs and populations from title and abstract alone, and compare them with labels.

    Rules were made on one half of the records, by a hash of the PMID; the other half is reported apart, and its errors
    are not listed. Of a PubMed file, the records that are indexed or carry a type in question are taken, and their
    types, headings, keywords and links are hidden.
    """
    from litwatch.evaluation.design import read_labelled, read_typed, tell_all

    labelled, without = read_labelled(data)
    say(f"{counted(len(labelled), 'labelled abstract')}; {without:,} left out that have no PMID")
    _design_scores("labelled abstracts", tell_all(labelled), list_errors=errors)
    if pubmed:
        _design_scores(f"publication types of {pubmed.name}", tell_all(read_typed(pubmed)), list_errors=errors)


def _design_scores(name: str, told: "Sequence[Told]", *, list_errors: bool) -> None:
    from litwatch.evaluation.design import TELLS, TUNED, UNSEEN, coverage, score
    from litwatch.evaluation.design import errors as errors_of

    labels = [label for label in TELLS if any(label in each.labelled.true for each in told)]
    for half in (TUNED, UNSEEN):
        those = [each for each in told if each.labelled.half == half]
        click.echo(f"{name}, {half}: {counted(len(those), 'record')}")
        click.echo(f"  design not unclear  {coverage(those)}")
        for label in labels:
            click.echo(_design_lines(score(those, label)))
    for label in labels if list_errors else ():
        for kind, each in errors_of(told, label):
            finding = each.finding
            in_whom = f"{finding.population.value} {finding.species}".strip()
            why = finding.population_because if label in {"rodent", "human"} else finding.design_because
            click.echo(f"\n{kind} {label}, {finding.pmid}: {each.labelled.record.title}")
            click.echo(f"  told: {finding.design.value}, {in_whom}\n  {why.rule}: {why.evidence}")


def _design_lines(score: "DesignScore") -> str:
    value, low, high = score.f1
    told = f"{score.right:,} right, {score.missed:,} missed, {score.wrong:,} wrong, {score.left:,} rightly left"
    return (
        f"  {score.label}: {told}\n    sensitivity  {score.sensitivity}\n    specificity  {score.specificity}\n"
        f"    precision    {score.precision}\n    F1           {value:.4f} (95 % {low:.4f} to {high:.4f})"
    )


def _heading(labelled: "LabelledSet") -> str:
    size = f"{counted(len(labelled.rows), 'record')}, {counted(len(labelled.true), 'pair')} of duplicates"
    return f"{labelled.name}: {size}\n  {'':12}precision  recall     F1  false merges  seconds"


def _line(name: str, score: "Score") -> str:
    return (
        f"  {name:12}{score.precision:9.4f} {score.recall:7.4f} {score.f1:6.4f} {score.false:13,} {score.seconds:8.2f}"
    )
