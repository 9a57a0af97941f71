"""Which records are one work: every rule, a pair that it decides and the closest pair that it must not touch.

The cases are in ``tests/data/pairs.json``; adding one is adding an entry. A near miss names only what changes.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from litwatch.identity.comparison import Comparison
from litwatch.identity.judgement import judge
from litwatch.identity.profiles import profile_of
from litwatch.identity.rules import RULES
from litwatch.model.identifiers import Doi, Pmcid, Pmid
from litwatch.model.identity import Citation, Tie

PAIRS: list[dict[str, Any]] = json.loads((Path(__file__).parent.parent / "data" / "pairs.json").read_text("utf-8"))
NAMES = [f"{pair['rule']}: {pair['why'][:60]}" for pair in PAIRS]


def judged(pair: dict[str, Any]) -> tuple[str, str]:
    left, right = (profile_of(_citation(pair[side])) for side in ("left", "right"))
    judgement = judge(Comparison(left, right, Tie(pair["tie"]) if "tie" in pair else None))
    return judgement.because.rule, judgement.verdict.value


def _citation(fields: dict[str, Any]) -> Citation:
    given = {name: value for name, value in fields.items() if value is not None}
    kinds = {"pmid": Pmid, "doi": Doi, "pmcid": Pmcid, "authors": tuple}
    return Citation(**{"pmid": None, **{name: kinds.get(name, type(value))(value) for name, value in given.items()}})


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_the_rule_decides_its_pair(pair: dict[str, Any]) -> None:
    assert judged(pair) == (pair["rule"], pair["verdict"])


@pytest.mark.parametrize("pair", PAIRS, ids=NAMES)
def test_the_near_miss_is_decided_otherwise(pair: dict[str, Any]) -> None:
    near = pair["near_miss"]
    changed = {side: {**pair[side], **near.get(side, {})} for side in ("left", "right")}

    assert judged({**pair, **changed}) == (near["rule"], near["verdict"])
    assert near["verdict"] != pair["verdict"]


def test_every_rule_has_its_pair() -> None:
    assert {pair["rule"] for pair in PAIRS} == {rule.name for rule in RULES} | {"too little in common"}
