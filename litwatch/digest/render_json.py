"""The whole digest for machines: nothing is left out or cut short, and the keys are stable.

``digest.schema.json`` beside this module, which is published, says what each key holds; each study stands on a line
of its own, so that issues can be compared line by line.
"""

import json
from collections.abc import Sequence

from litwatch.digest.compose import count_evidence, group_by_claim, summary_sentence
from litwatch.digest.study_json import Json, because_json, study_json
from litwatch.model.claim_state import STANCE_OF, Cell, ClaimState
from litwatch.model.digest import Digest, Flow, NoticeCard
from litwatch.model.identity import Candidate, ReferenceMatch
from litwatch.model.search import SearchResult
from litwatch.model.watch import CitedReference, Claim, Watch

FORMAT_VERSION = 1


def render_json(digest: Digest) -> str:
    """The digest as one JSON object, as ``digest.schema.json`` describes it."""
    return json_document(
        {
            "format": "litwatch digest",
            "format_version": FORMAT_VERSION,
            "kind": digest.kind,
            "number": digest.number,
            "made_at": digest.made_at.isoformat(),
            "previous": digest.previous.isoformat() if digest.previous else None,
            "source_note": digest.source_note,
            "summary": summary_sentence(digest),
            "failure": digest.failure,
            "watch": _watch(digest.watch),
            "flow": _flow(digest.flow) if digest.flow else None,
            "search": _search(digest.search) if digest.search else None,
            "evidence": _evidence(digest),
            "states": [_state(state) for state in digest.states],
            "notices": [_notice(card) for card in digest.notices],
            "references": [_reference_match(match) for match in digest.references],
            "unread": [excluded._asdict() for excluded in digest.unread],
            "studies": [study_json(card) for card in digest.studies],
            "updated": [study_json(card) for card in digest.updated],
        }
    )


def json_document(document: Json) -> str:
    """A JSON object with each key on a line, and each element of a list of objects on a line."""
    return "{\n" + ",\n".join(f"{_compact(key)}: {_value(value)}" for key, value in document.items()) + "\n}\n"


def json_lines(rows: Sequence[object]) -> str:
    """A JSON list with each of ``rows`` on a line."""
    return _value(list(rows)) + "\n"


def _value(value: object) -> str:
    if isinstance(value, list) and value:
        return "[\n" + ",\n".join(map(_compact, value)) + "\n]"
    return _compact(value)


_compact = json.JSONEncoder(ensure_ascii=False).encode


def _watch(watch: Watch) -> Json:
    return {
        "name": watch.name,
        "title": watch.title,
        "article": {"title": watch.article.title, "url": watch.article.url},
        "strategy": watch.strategy,
        "topic": watch.topic,
        "claims": [_claim(claim) for claim in watch.claims],
        "references": [_reference(reference) for reference in watch.references],
    }


def _claim(claim: Claim) -> Json:
    return {
        "id": claim.id,
        "text": claim.text,
        "expects": claim.expects,
        "outcomes": claim.outcomes,
        "opposite": claim.opposite,
        "conditions": claim.conditions,
    }


def _reference(reference: CitedReference) -> Json:
    return {
        "id": reference.id,
        "as_written": reference.as_written,
        "claims": reference.claims,
        "said": reference.said,
        "pmid": reference.pmid,
        "doi": reference.doi,
        "pmcid": reference.pmcid,
    }


def _flow(flow: Flow) -> Json:
    return {
        "identified": flow.identified,
        "seen": flow.seen,
        "cited": flow.cited,
        "duplicates": flow.duplicates,
        "unparsable": flow.unparsable,
        "missing": flow.missing,
        "pending": flow.pending,
        "reported": flow.reported,
    }


def _search(search: SearchResult) -> Json:
    return {
        "source": search.source,
        "query": search.query,
        "translation": search.translation,
        "reported": search.reported,
        "received": len(search.pmids),
        "searched_at": search.searched_at.isoformat(),
        "requests": search.requests,
        "slices": search.slices,
        "warnings": search.warnings,
        "pmids": search.pmids,
    }


def _evidence(digest: Digest) -> list[Json]:
    return [
        {
            "claim": claim,
            "works": len(cards),
            "counts": [
                {"design": design, "population": population, "works": number}
                for (design, population), number in count_evidence(cards).items()
            ],
        }
        for claim, cards in group_by_claim(digest.studies, digest.watch.claims).items()
    ]


def _state(state: ClaimState) -> Json:
    return {
        "claim": state.claim,
        "cells": [_cell(cell) for cell in state.cells],
        "before": None if state.before is None else [_cell(cell) for cell in state.before],
        "signals": [
            {"kind": signal.kind, "because": signal.because, "works": [work._asdict() for work in signal.works]}
            for signal in state.signals
        ],
    }


def _cell(cell: Cell) -> Json:
    return {
        "design": cell.design,
        "course": cell.course,
        "stance": STANCE_OF[cell.course],
        "works": cell.works,
        "retracted": cell.retracted,
    }


def _notice(card: NoticeCard) -> Json:
    return {
        "pmid": card.notice.pmid,
        "kind": card.notice.kind,
        "reference": card.notice.reference,
        "statement": card.notice.statement,
        "first_seen": card.notice.first_seen.isoformat(),
        "title": card.title,
        "concerns": card.concerns,
    }


def _reference_match(match: ReferenceMatch) -> Json:
    return {
        "reference": match.reference,
        "state": match.state,
        "pmid": match.pmid,
        "because": because_json(match.because),
        "candidates": [candidate_json(candidate) for candidate in match.candidates],
        "tried": match.tried,
    }


def candidate_json(candidate: Candidate) -> Json:
    """A record that a cited reference may mean."""
    citation = candidate.citation
    return {
        "pmid": citation.pmid,
        "title": citation.title,
        "authors": citation.authors,
        "year": citation.year,
        "journal": citation.journal,
        "doi": citation.doi,
        "score": candidate.score,
        "reasons": candidate.reasons,
    }
