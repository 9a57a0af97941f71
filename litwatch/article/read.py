"""An article, read: blocks into sentences, sentences into citations, citations joined to the list of references."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from litwatch.article.blocks import Block, blocks_of
from litwatch.article.citing import Citations
from litwatch.article.decoding import decode_article
from litwatch.article.lists import is_list_title, split_reference_list
from litwatch.article.sentences import split_sentences
from litwatch.article.values import Article, ListedReference, Place, Sentence

_BLANKS = str.maketrans("\n\t\r\x0b\x0c\u00a0\u2028\u2029", "        ")


def read_article(data: bytes | str, name: str) -> Article:
    """The article ``data``, in plain text, Markdown or HTML; ``name`` is its file's, whose ending tells which.

    Nothing is an error: what is no text in any of them gives an article that says little, and ``notes`` that say why.
    """
    decoded = decode_article(data)
    notes = [decoded.note] if decoded.note else []
    parts = _parts(list(blocks_of(decoded.text.replace("\0", "\ufffd"), name)))
    citations = Citations(parts.listed)
    sentences = tuple(
        sentence
        for block, heading in parts.body
        for each, links in _sentences(block, heading)
        if (sentence := each._replace(citations=citations.of(each.text, links))).citations or not block.level
    )
    if not sentences:
        notes.append("holds no sentence")
    return Article(
        name=name,
        title=parts.title,
        sentences=sentences,
        references=citations.references,
        listed=parts.listed,
        uncited=citations.uncited,
        notes=tuple(notes),
    )


class _Parts(NamedTuple):
    title: str
    body: tuple[tuple[Block, str], ...]
    listed: tuple[ListedReference, ...]


def _parts(blocks: Sequence[Block]) -> _Parts:
    """The title, the blocks of the text with their headings, and the list of references, the last one if several."""
    titles = [at for at, block in enumerate(blocks) if is_list_title(block.text.split("\n", 1)[0])]
    start = titles[-1] if titles else len(blocks)
    end = _list_end(blocks, start)
    heading = title = ""
    body: list[tuple[Block, str]] = []
    for block in (*blocks[:start], *blocks[end:]):
        if block.level:
            text = _one_line(block.text)
            title, heading = title or text, "" if not title else text
        body.append((block, heading if not block.level else ""))
    return _Parts(title, tuple(body), tuple(_listed(blocks[start:end])))


def _list_end(blocks: Sequence[Block], start: int) -> int:
    """The list goes on to the next heading that is none of its own."""
    level = blocks[start].level if start < len(blocks) else 0
    for at in range(start + 1, len(blocks)):
        if level and 0 < blocks[at].level <= level and at > start + 1:
            return at
    return len(blocks)


def _listed(blocks: Sequence[Block]) -> Iterator[ListedReference]:
    """The entries: items of a list as they are, anything else cut by its lines."""
    text = "\n\n".join(block.text for block in blocks if not block.is_item)
    items = [block for block in blocks if block.is_item]
    if items:
        for count, block in enumerate(items, 1):
            yield ListedReference(block.number or count, _with_addresses(block), block.line)
    elif blocks:
        yield from split_reference_list(_as_lines(blocks), blocks[0].line)
    if items and (rest := split_reference_list(text, blocks[0].line)):
        yield from rest


def _as_lines(blocks: Sequence[Block]) -> str:
    """The blocks at the lines that they have in the file."""
    parts: list[str] = []
    line = blocks[0].line
    for block in blocks:
        gap = max(block.line - line, 2 if parts else 0)
        text = block.text if not block.links else _with_addresses(block)
        parts.append("\n" * gap + text)
        line += gap + text.count("\n")
    return "".join(parts)


def _with_addresses(block: Block) -> str:
    """The text of an entry with the addresses that its words only link to."""
    text = _one_line(block.text)
    targets = dict.fromkeys(link.target for link in block.links if link.target.startswith("http"))
    return " ".join([text, *(target for target in targets if target not in text)])


def _sentences(block: Block, heading: str) -> Iterator[tuple[Sentence, tuple[tuple[int, int, str], ...]]]:
    """The sentences of a block, each with the links in it; a heading is a sentence when it cites."""
    plain = block.text.translate(_BLANKS)
    start = line = 0
    links = iter(block.links)
    link = next(links, None)
    for piece in split_sentences(plain):
        end = start + len(piece)
        within = []
        text, shift = _trimmed(piece)
        places = _places(piece) if link is not None and link.start < end else []
        while link is not None and link.start < end:
            first, last = (places[min(at, end) - start] for at in (link.start, max(link.start, link.end)))
            within.append((first, last, link.target))
            link = next(links, None)
        place = Place(block.line + line + piece[:shift].count("\n"), heading)
        line += block.text.count("\n", start, end)
        start = end
        if any(map(str.isalpha, text)):
            yield Sentence(text, place), tuple(within)


def _places(piece: str) -> list[int]:
    """Where each character of ``piece``, and its end, stands when it is on one line."""
    places: list[int] = []
    length = 0
    is_apart = False
    for character in piece:
        if not character.isspace():
            length += is_apart and length > 0
            is_apart = False
        places.append(length)
        length += not character.isspace()
        is_apart = is_apart or character.isspace()
    return [*places, length]


def _trimmed(piece: str) -> tuple[str, int]:
    return _one_line(piece), len(piece) - len(piece.lstrip())


def _one_line(text: str) -> str:
    return " ".join(text.split())
