"""How a record is described wherever one is shown or exported."""

from litwatch.digest.phrases import PARAPHRASE_NOTE
from litwatch.model.record import Record


def title_of(record: Record) -> str:
    """The title, else the original title, else the book's; empty when there is none."""
    return record.title or record.vernacular_title or (record.book.title if record.book else "")


def date_of(record: Record) -> str:
    """The printed date, else the electronic one, as far as known: ISO 8601 or, for a range, as PubMed prints it."""
    date = record.published or record.published_online
    return (date.as_printed or str(date)) if date else ""


def abstract_of(record: Record) -> str:
    """The abstract, and that it is a paraphrase where it is one."""
    return f"{PARAPHRASE_NOTE}: {record.abstract_text}" if record.is_paraphrase else record.abstract_text
