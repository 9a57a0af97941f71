"""Bytes of an article → text, whatever they were saved as."""

import codecs
from typing import NamedTuple

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


class Decoded(NamedTuple):
    """Text with plain line ends; ``note`` says what was not UTF-8 and how it was read, empty when all was."""

    text: str
    note: str


def decode_article(data: bytes | str) -> Decoded:
    """``data`` as text. A line that is no UTF-8 is read as Windows-1252, the others stay UTF-8."""
    if isinstance(data, str):
        return Decoded(_with_plain_ends(data), "")
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(encoding, errors="replace")
            return Decoded(_with_plain_ends(text), "")
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
