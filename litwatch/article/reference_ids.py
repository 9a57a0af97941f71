"""Identifiers in a reference: PMID, DOI, PMCID and addresses, taken out of its text."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from litwatch.model.identifiers import Doi, Pmcid, Pmid

T = TypeVar("T")

_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s<>\"]+", re.IGNORECASE)
_DOI = re.compile(r"(?:\bdoi(?:\.org)?\b\s*[:/]?\s*)?\b(10\.[0-9]{4,9}/[^\s<>\"]+)", re.IGNORECASE)
_PMID = re.compile(r"\b(?:PMID|PubMed(?: ?ID| PMID)?)\s*[:=]?\s*([1-9][0-9]{0,8})\b(?!\s*[-–;:(])", re.IGNORECASE)
_PMCID = re.compile(r"(?:\bPMCID\s*[:=]?\s*)?\bPMC\s?([1-9][0-9]{0,9})\b|\bPMCID\s*[:=]?\s*([1-9][0-9]{0,9})\b", re.I)
_PUBMED_ADDRESS = re.compile(
    r"(?:ncbi\.nlm\.nih\.gov/(?:m/)?pubmed/(?:\?term=)?|pubmed\.ncbi\.nlm\.nih\.gov/|europepmc\.org/(?:article|abstract)/med/)"
    r"([1-9][0-9]{0,8})\b",
    re.IGNORECASE,
)
_PMC_ADDRESS = re.compile(r"/(?:articles|pmc)/(PMC[1-9][0-9]{0,9})\b", re.IGNORECASE)
_TRAILING = ".,;:'’”"
_CLOSING = {")": "(", "]": "[", "}": "{"}

_NOTES = re.compile(
    r"\[(?:pub ?med(?: central)?|cross ?ref|google scholar|medline|web of science|scopus|ads|cas|isi"
    r"|(?:pmc )?free[^\]]{0,20}|pmc[^\]]{0,20}|(?:cited|accessed|internet)\b[^\]]{0,40})\]"
    r"|\b(?:cross ?ref|google scholar|(?:pub ?med(?: central)?|full text) ?(?=$|\s*(?:cross|google|pub ?med)))"
    r"|\b(?:available|retrieved|accessed)(?: online)?(?: (?:from|at|on))\s*:?"
    r"|\bepub(?: ahead of print)?\s*:?\s*\d{4}(?:[\s/-]{1,2}(?:[a-z]{3,9}|\d{1,2})\b){0,2}|\[(?:pii|doi)\]"
    r"|\bdoi:\s*[a-z]\S{0,60}"
    r"|\b(?:in press|forthcoming|ahead of print)\s*\.?\s*$"
    r"|\bPubMed Central\s*$|\b(?:pmid|pmcid|doi|medline|url|pubmed)\s*[:.;]*\s*$",
    re.IGNORECASE,
)
"""What reference lists on the web and citation managers write behind a reference."""


class Identifiers(NamedTuple):
    """The identifiers in a text; the first of each kind. ``url`` is an address that gives no identifier, or empty."""

    pmid: Pmid | None = None
    doi: Doi | None = None
    pmcid: Pmcid | None = None
    url: str = ""


def take_identifiers(text: str) -> tuple[Identifiers, str]:
    """The identifiers in ``text``, and ``text`` without them, their labels and the notes of citation managers."""
    text = " ".join(text.split())
    addresses = [_trimmed(address) for address in _ADDRESS.findall(text)]
    without = _ADDRESS.sub(" ", text)
    dois = _found(_DOI, (*addresses, without), Doi)
    pmcids = _found(_PMC_ADDRESS, addresses, Pmcid)
    pmids = _found(_PUBMED_ADDRESS, addresses, Pmid)
    without = _DOI.sub(" ", without)
    pmcids += [Pmcid(f"PMC{found[1] or found[2]}") for found in _PMCID.finditer(without)][:1]
    without = _PMCID.sub(" ", without)
    pmids += [Pmid(found[1]) for found in _PMID.finditer(without)][:1]
    without = _PMID.sub(" ", without)
    plain = [one for one in addresses if not any(rule.search(one) for rule in (_DOI, _PMC_ADDRESS, _PUBMED_ADDRESS))]
    identifiers = Identifiers(_head(pmids), _head(dois), _head(pmcids), plain[0] if plain else "")
    return identifiers, " ".join(_NOTES.sub(" ", " ".join(without.split())).split())


def _head(found: list[T]) -> T | None:
    return found[0] if found else None


def _found(pattern: re.Pattern[str], texts: Iterable[str], make: Callable[[str], T]) -> list[T]:
    """The first identifier in each text that has one."""
    found = []
    for text in texts:
        for match in pattern.finditer(text):
            try:
                found.append(make(_trimmed(match[1])))
                break
            except ValueError:
                continue
    return found


def _trimmed(text: str) -> str:
    """``text`` without the punctuation of the sentence that it stands in; a DOI may end in a bracket of its own."""
    surplus = {closing: text.count(closing) - text.count(opening) for closing, opening in _CLOSING.items()}
    end = len(text)
    while end:
        last = text[end - 1]
        if surplus.get(last, 0) > 0:
            surplus[last] -= 1
        elif last not in _TRAILING:
            break
        end -= 1
    return text[:end]
