"""What a query finds: set algebra over an index, with PubMed's automatic term mapping in the small.

Where this differs from PubMed, it finds less and says so. An index holds no MeSH tree and no entry terms, so ``[mh]``,
``[majr]``, ``[sh]`` and ``[pt]`` find the heading itself and a warning names what was not exploded. A quoted phrase
that occurs nowhere finds nothing and is among the unknown phrases, where PubMed drops the quotes or the phrase and
answers something broader; every phrase can be found, not only those of a phrase index. All Fields are the fields of a
Record, without affiliations and grants.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from litwatch.pubmed.query_fields import FIELDS, LANGUAGE_CODES, Field, Kind
from litwatch.pubmed.query_found import Found, Notes, join_and, join_not, join_or
from litwatch.pubmed.query_index import MAX_PMID, find_author, heading_value, identifier_value
from litwatch.pubmed.query_index import TermIndex as TermIndex
from litwatch.pubmed.query_mapping import map_words, split_pieces
from litwatch.pubmed.query_nodes import And, DateRange, Node, Not, Or, PmidRange, Term
from litwatch.pubmed.query_words import STOPWORDS, join_words, split_words


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query found.

    ``ids`` are PMIDs, ascending. ``translation`` says how the query was understood, in PubMed's style.
    ``unknown_phrases`` are terms, as E-utilities names them, that occur nowhere in their field. ``warnings`` are
    sentences.
    """

    ids: tuple[int, ...]
    translation: str
    unknown_phrases: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many records were found."""
        return len(self.ids)


def evaluate_query(node: Node, index: TermIndex) -> Answer:
    """What ``node`` finds in ``index``."""
    evaluation = _Evaluation(index)
    found = evaluation.find(node) or Found(frozenset(), "")
    unknown = tuple(dict.fromkeys(evaluation.notes.unknown))
    return Answer(tuple(sorted(found.ids)), found.translation, unknown, evaluation.notes.warnings())


class _Evaluation:
    """One walk over a query; ``notes`` keeps what there is to tell about it."""

    def __init__(self, index: TermIndex) -> None:
        self._index = index
        self.notes = Notes()

    def find(self, node: Node) -> Found | None:
        """What ``node`` finds, None when all its words are ignored."""
        match node:
            case Term():
                return self._find_term(node)
            case DateRange():
                return self._find_dates(node)
            case PmidRange(low=low, high=high):
                return Found(self._index.find_pmids(low, high), f"{low}:{high}[{FIELDS['pmid'].name}]")
            case And(operands=operands):
                return join_and(self._find_all(operands))
            case Or(operands=operands):
                return join_or(self._find_all(operands))
            case Not(kept=kept, excluded=excluded):
                return join_not(self.find(kept), self._find_all(excluded))

    def _find_all(self, nodes: Sequence[Node]) -> list[Found]:
        return [found for found in map(self.find, nodes) if found]

    def _find_dates(self, node: DateRange) -> Found:
        low, high = node.low.earliest, node.high.latest
        # A single date leaves out an electronic date later than the printed one, a range does not (user guide).
        fields = ("ppdat", "epdat") if node.field == "dp" and node.is_range else (node.field,)
        ids = frozenset[int]().union(*(self._index.find_dates(field, low, high) for field in fields))
        bounds = [str(bound).replace("-", "/") for bound in (node.low, node.high)]
        return Found(ids, f"{':'.join(bounds) if node.is_range else bounds[0]}[{FIELDS[node.field].name}]")

    def _find_term(self, term: Term) -> Found | None:
        field = FIELDS[term.field or "all"]
        if field.tag == "all" and not (term.quoted or term.truncated):
            return map_words(term.text, self._index, self.notes)
        if field.kind is Kind.TEXT:
            return self._find_text(term, field)
        ids = self._find_whole(term, field)
        if field.explodes and not term.truncated:
            self.notes.unexploded.append(term.text.lower())
        # Quotes would stop the initials of an author from going on.
        bare = field.kind in (Kind.SUBSET, Kind.PMID) or (field.kind is Kind.AUTHOR and not term.quoted)
        return self._told(term, field, Found(ids, f"{_written(term, quoted=not bare)}[{field.name}]"))

    def _find_whole(self, term: Term, field: Field) -> frozenset[int]:
        """What a term finds that is compared with whole values."""
        index, text, prefix = self._index, term.text, term.truncated
        match field.kind:
            case Kind.PMID:
                return index.find_pmids(int(text), int(text))
            case Kind.SUBSET:
                return index.find_pmids(1, MAX_PMID) if text == "all" else index.find_value(field.index, text)
            case Kind.AUTHOR:
                return find_author(index, field.index, split_words(text), exact=term.quoted, prefix=prefix)
        return index.find_value(field.index, _value(text, field.kind), prefix=prefix)

    def _find_text(self, term: Term, field: Field) -> Found:
        words = split_words(term.text)
        if term.distance is not None:
            ids = self._index.find_near(field.index, words, term.distance)
            return self._told(term, field, Found(ids, f"{_written(term)}[{field.name}:~{term.distance}]"))
        found = Found(
            self._index.find_phrase(field.index, words, prefix=term.truncated), f"{_written(term)}[{field.name}]"
        )
        pieces = split_pieces(term.text)
        if found.ids or term.quoted or term.truncated or len(pieces) == 1:
            return self._told(term, field, found)
        return self._find_pieces(term, field, pieces) or found

    def _find_pieces(self, term: Term, field: Field, pieces: Sequence[str]) -> Found | None:
        """A tagged phrase that occurs nowhere, as PubMed goes on with it: its words, joined by AND."""
        self.notes.split.append(f"{term.text}[{field.tag}]")
        kept = [piece for piece in pieces if join_words(piece) not in STOPWORDS]
        return join_and([self._find_text(replace(term, text=piece), field) for piece in kept])

    def _told(self, term: Term, field: Field, found: Found) -> Found:
        """``found``, remembering a term that occurs nowhere: a quoted one with its tag, others with the long name."""
        if not found.ids:
            tag = "" if term.field is None else f"[{field.tag if term.quoted else field.name}]"
            stars = "*" if term.truncated else ""
            self.notes.unknown.append(f'"{term.text}{stars}"{tag}' if term.quoted else f"{term.text}{stars}{tag}")
        return found


def _value(text: str, kind: Kind) -> str:
    match kind:
        case Kind.HEADING:
            return heading_value(text)
        case Kind.IDENTIFIER:
            return identifier_value(text)
        case Kind.LANGUAGE:
            return LANGUAGE_CODES.get(join_words(text), join_words(text))
    return join_words(text)


def _written(term: Term, *, quoted: bool = True) -> str:
    """The text of a term as a translation writes it: lower case, one space between words."""
    text = " ".join(term.text.lower().split()) + ("*" if term.truncated else "")
    return f'"{text}"' if quoted else text
