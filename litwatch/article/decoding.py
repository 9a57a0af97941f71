"""Bytes of an article → text, whatever they were saved as."""

import codecs
import re
from typing import NamedTuple

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Decoded(NamedTuple):
    """Text with plain line ends; ``note`` says what was not UTF-8 and how it was read, empty when all was."""

    text: str
    note: str


_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MOST = 0.01
"""The share of bytes that no text has, from which on a file is taken for no text at all, such as a PDF or a document of
a word processor. Text that was damaged has a few; of random bytes a tenth are such."""


def decode_article(data: bytes | str) -> Decoded:
    """``data`` as text. A line that is no UTF-8 is read as Windows-1252, the others stay UTF-8.

    What is no text is left out as a whole, and the note says so: digits in brackets would pass for citations.
    """
    if isinstance(data, str):
        return Decoded(_with_plain_ends(data), "")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return Decoded(_with_plain_ends(text), "")
    if len(_NO_TEXT.findall(data)) > _MOST * len(data):
        return Decoded("", "is no text; save the article as text, Markdown or HTML")
    try:
        return Decoded(_with_plain_ends(data.decode("utf-8")), "")
    except UnicodeDecodeError:
        pass
    lines = []
    guessed = []
    for number, line in enumerate(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
        except UnicodeDecodeError:
            lines.append(line.decode("cp1252", errors="replace"))
            guessed.append(number)
    told = f"line {guessed[0]}" if len(guessed) == 1 else f"{len(guessed)} lines, the first line {guessed[0]},"
    return Decoded("\n".join(lines), f"{told} is no UTF-8 and was read as Windows-1252")


def _with_plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
