"""A sentence as a record has it."""

from typing import NamedTuple


class Quote(NamedTuple):
    """A sentence of the record.

    ``place`` is "title" or "abstract", with the section's label and the sentence's number in it.
    ``is_paraphrase`` marks a sentence that is not the publisher's.
    """

    text: str
    place: str
    is_paraphrase: bool = False
