"""What persons decided as texts to learn from, and the reported works in the order in which to read them."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from litwatch.appraisal.relevance import Reported, reading_order, weigh_relevance
from litwatch.appraisal.relevance_model import Text
from litwatch.model.decided import Decided
from litwatch.model.decision import Choice
from litwatch.model.digest import StudyCard
from litwatch.model.identifiers import Pmid
from litwatch.model.record import Record
from litwatch.model.run import LedgerEntry
from litwatch.model.watch import Watch
from litwatch.ports import Store
from litwatch.pubmed.records import parse_record

_IS_RELEVANT = {Choice.RELEVANT: True, Choice.USED: True, Choice.IRRELEVANT: False}
"""What is learnt from each choice; from "later" nothing is."""


def text_of(record: Record) -> Text:
    """What is read of a record to tell how relevant it is."""
    return Text(record.title, record.abstract_text)


def decided_texts(
    watch: Watch, store: Store, ledger: Mapping[Pmid, LedgerEntry], decided: Decided
) -> tuple[tuple[Text, bool], ...]:
    """The texts of the works that a person called relevant to ``watch``, or not; by PMID."""
    told = [what for what, _ in decided.on_works(watch.name, ledger).values() if what.choice in _IS_RELEVANT]
    kept = store.load_record_xml([what.pmid for what in told])
    return tuple(
        (text_of(parse_record(kept[what.pmid])), _IS_RELEVANT[what.choice])
        for what in sorted(told, key=lambda what: int(what.pmid))
        if what.pmid in kept
    )


def weighed(
    cards: Sequence[StudyCard],
    texts: Mapping[Pmid, Text],
    called: Collection[Pmid],
    decided: Sequence[tuple[Text, bool]],
    watch: Watch,
) -> list[StudyCard]:
    """The cards with the relevance of their works; ``called`` are those to which a person is called anyway."""
    works = [Reported(card.finding, card.resolution, texts[card.finding.pmid]) for card in cards]
    told = weigh_relevance(works, called, decided, watch)
    return [replace(card, finding=replace(card.finding, relevance=told[card.finding.pmid])) for card in cards]


def in_reading_order(cards: Iterable[StudyCard]) -> tuple[StudyCard, ...]:
    """The works to read first, first; those ranked low last. Of equals the newer record comes first."""
    return tuple(sorted(cards, key=lambda card: (card.is_low, -reading_order(card.finding), -int(card.finding.pmid))))
