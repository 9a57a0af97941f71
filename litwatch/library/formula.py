"""Cells that a spreadsheet would take for a formula get an apostrophe in front, as OWASP advises."""

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def spreadsheet_safe(text: str) -> str:
    """``text``, with an apostrophe in front of what would start a formula."""
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def unguarded(cell: str) -> str:
    """``cell`` as it was before ``spreadsheet_safe``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA_STARTS) else cell
