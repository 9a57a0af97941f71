"""Proximity of three words and more, which FTS5 counts differently from PubMed."""

from collections.abc import Iterable, Sequence


def stand_near(places: Iterable[tuple[int, str]], words: Sequence[str], distance: int) -> bool:
    """Whether each of ``words`` has a place of its own, with at most ``distance`` others between neighbours.

    ``places`` are the offsets at which the words occur in one text. The order of the words does not matter; a word
    asked for twice must stand there twice.
    """
    everything = (1 << len(words)) - 1
    # Ends of chains of neighbours, each with the sets of words (as bits) that a chain ending there can hold.
    ends: list[tuple[int, set[int]]] = []
    for offset, word in sorted(places):
        ends = [end for end in ends if offset - end[0] - 1 <= distance]
        before = {0}.union(*(chains for _, chains in ends))
        bits = [1 << place for place, wanted in enumerate(words) if wanted == word]
        chains = {chain | bit for chain in before for bit in bits if not chain & bit}
        if everything in chains:
            return True
        ends.append((offset, chains))
    return False
