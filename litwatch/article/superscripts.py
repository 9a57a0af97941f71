"""Numbers set high, as citations often are: "was lower¹⁻³"."""

_RAISED = str.maketrans("0123456789-–−,", "⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁻⁻,")
_LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_PLAIN = frozenset("0123456789-–−, \t\n[]")


def raised(text: str) -> str:
    """``text`` in raised digits where it is a number, a list or a range of numbers; anything else as it is."""
    if not text.strip() or set(text) - _PLAIN:
        return text
    return "".join(text.split()).strip("[]").translate(_RAISED)


def lowered(text: str) -> str:
    """Raised digits as digits."""
    return text.translate(_LOWERED)
