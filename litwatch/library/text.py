"""The bytes of a file of references as text, also where encodings are mixed; and text on one line."""

import codecs
import re
from typing import NamedTuple

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""UTF-32's little-endian mark begins with UTF-16's, so it is looked for first."""

_PROBE = 4096

CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


def one_line(text: str) -> str:
    """``text`` without line breaks, control characters and double spaces."""
    return " ".join(CONTROL.sub(" ", text).split())


class Decoded(NamedTuple):
    """``text`` has a line feed for every line end. ``guessed`` are the lines, from 1, that are no UTF-8.

    ``encoding`` is what most of the text was read as.
    """

    text: str
    encoding: str
    guessed: frozenset[int] = frozenset()


def decode_text(data: bytes) -> Decoded:
    """Read UTF-8, with or without its mark, UTF-16 and UTF-32; a line that is no UTF-8 as Windows-1252.

    Never fails: bytes that mean nothing in UTF-16 become U+FFFD, and those that Windows-1252 leaves open stay as they
    are in Latin-1. NUL characters are left out.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decoded(data[len(mark) :].decode(encoding, errors="replace" if mark else "strict"), encoding, data)
    if encoding := _unmarked_utf16(data[:_PROBE]):
        return Decoded(_plain(data.decode(encoding, errors="replace")), encoding)
    try:
        return Decoded(_plain(data.decode("utf-8")), "utf-8")
    except UnicodeDecodeError:
        return _line_by_line(data)


def _decoded(text: str, encoding: str, data: bytes) -> Decoded:
    if encoding == "utf-8" and "\ufffd" in text:
        return _line_by_line(data.removeprefix(codecs.BOM_UTF8))
    return Decoded(_plain(text), encoding)


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")


def _unmarked_utf16(probe: bytes) -> str:
    """UTF-16 of mostly Latin text has a NUL in every second byte; empty where there is none."""
    half = len(probe) // 2
    if half and probe[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    return "utf-16-be" if half and probe[0::2].count(0) > 0.7 * half else ""


def _line_by_line(data: bytes) -> Decoded:
    """Each line as UTF-8 where it is UTF-8. With no such line beyond ASCII the file as a whole is Windows-1252."""
    lines, guessed, has_utf8 = [], set(), False
    for number, line in enumerate(data.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n"), 1):
        try:
            lines.append(line.decode("utf-8"))
            has_utf8 = has_utf8 or not line.isascii()
        except UnicodeDecodeError:
            lines.append(_as_windows_1252(line))
            guessed.add(number)
    text = _plain("\n".join(lines))
    return Decoded(text, "utf-8", frozenset(guessed)) if has_utf8 else Decoded(text, "windows-1252", frozenset(guessed))


def _as_windows_1252(line: bytes) -> str:
    try:
        return line.decode("cp1252")
    except UnicodeDecodeError:
        return line.decode("latin-1")
