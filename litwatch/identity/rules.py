"""The rules that say whether two citations describe one work, as a table.

Read from the top: the first rule whose every condition holds decides; when none does, the two are different works. A
condition names a facet of the comparison and the agreements that satisfy it. What is missing satisfies no condition
that asks for a difference: missing is not different. A false merge loses a work, a missed one shows it twice: where
the two can be had only against each other, the rules show it twice.

Measured in November 2026 by ``litwatch evaluate duplicates`` on three hand-labelled sets without identifiers, with
bib-dedupe 0.11 in the same run in brackets:

    respiratory          precision 1.000 (1.000)   recall .969 (.925)   F1 .984 (.961)
    haematology          precision 1.000 (.985)    recall .822 (.828)   F1 .902 (.900)
    cytology screening   precision 1.000 (1.000)   recall .994 (.985)   F1 .997 (.992)

The cytology set was first looked at when the rules had been written on the other two: precision 1.000, recall .938.
What is missed on haematology is nearly all errata, replies, abstracts and trials of other patients, labelled as one.
On 5,337 references of reference lists, grouped by their PMIDs: precision 1.000 (1.000), recall .970 (.965); when they
were first looked at, .938.

On 50,783 records of two whole PubMed files, by ``tests/bench/measure_identity.py``: beside repeated PMIDs 79 joins,
each of them one work (75 are articles that a journal printed in two languages), and 14 doubts. With every
identifier hidden 91 joins, each of them one work, and 18 doubts.
"""

from collections.abc import Mapping
from enum import Enum
from typing import NamedTuple

from litwatch.identity.agreement import Agreement


class Verdict(Enum):
    """What two citations are to each other."""

    SAME = "same work"
    DIFFERENT = "different works"
    UNSURE = "unsure"


class Rule(NamedTuple):
    """A named rule and its conditions. ``tells`` are the facets that its evidence is made of."""

    name: str
    verdict: Verdict
    when: Mapping[str, frozenset[Agreement]]
    tells: tuple[str, ...]


_SAME = frozenset({Agreement.SAME})
_DIFFERENT = frozenset({Agreement.DIFFERENT})
_UNKNOWN = frozenset({Agreement.UNKNOWN})
_PARTLY = frozenset({Agreement.PARTLY})
_CLOSE = frozenset({Agreement.CLOSE})
_ALIKE = _SAME | _CLOSE
_ONE_TEXT = _ALIKE | {Agreement.CONTINUED}
_POSSIBLE = _ALIKE | _UNKNOWN

_ANY = frozenset(Agreement)

DESCRIPTION = ("title", "first_author", "authors", "year", "journal", "volume", "pages")
"""The facets that tell two citations' evidence when a rule asks for no other."""

_DESCRIBED = {"pmid": _UNKNOWN, "article": _SAME, "telling": _SAME, "title": _ALIKE, "authors": _ALIKE}
_IN_PRINT = {"year": _POSSIBLE, "volume": _SAME, "pages": _SAME}
_PRINTED = {"year": _SAME, "volume": _SAME, "journal": _ALIKE}
_RETOLD = {"pmid": _UNKNOWN, **_IN_PRINT}
"""In print at one place, and one of the two not by PubMed."""

RULES = (
    Rule("same record", Verdict.SAME, {"pmid": _SAME}, ("pmid",)),
    # Vetoes that no identifier overrules: these are reports of their own, to be linked and not merged. A record that
    # stands on the very same page may be the notice itself, from a database that does not say what it is.
    Rule(
        "another kind of report, same place",
        Verdict.UNSURE,
        {**_RETOLD, "designation": _DIFFERENT, "title": _ONE_TEXT, "first_author": _ALIKE},
        ("title", "designation", "volume", "pages"),
    ),
    Rule("another kind of report", Verdict.DIFFERENT, {"designation": _DIFFERENT}, ("title", "designation")),
    Rule("another number in the title", Verdict.DIFFERENT, {"numbers": _DIFFERENT}, ("title", "numbers")),
    Rule("linked republication", Verdict.SAME, {"republication": _SAME}, ("republication",)),
    # A preprint and its article have a DOI and a PMID each, so that PubMed's link settles it, or title and authors do.
    # The same link joins a Cochrane review to the version before it, and those are two reports.
    Rule("linked preprint", Verdict.SAME, {"preprint": _DIFFERENT, "update": _SAME}, ("update",)),
    Rule(
        "preprint with its title and authors",
        Verdict.SAME,
        {"preprint": _DIFFERENT, "telling": _SAME, "title": _ALIKE, "authors": _ALIKE, "year": _ALIKE},
        ("preprint", "title", "authors", "year"),
    ),
    Rule(
        "preprint alike",
        Verdict.UNSURE,
        {"preprint": _DIFFERENT, "title": _ONE_TEXT | _PARTLY, "first_author": _POSSIBLE},
        ("preprint", "title", "first_author", "year"),
    ),
    Rule("preprint", Verdict.DIFFERENT, {"preprint": _DIFFERENT}, ("preprint", "title", "first_author", "year")),
    # Identifiers. Letters and abstracts printed together can share a DOI, and letters even their title.
    Rule("same DOI, other title", Verdict.UNSURE, {"doi": _SAME, "title": _DIFFERENT}, ("doi", *DESCRIPTION)),
    Rule("same DOI, other word", Verdict.UNSURE, {"doi": _SAME, "wording": _DIFFERENT}, ("doi", "title", "wording")),
    Rule(
        "same DOI, other author",
        Verdict.UNSURE,
        {"doi": _SAME, "first_author": _DIFFERENT, "authors": _PARTLY | _DIFFERENT},
        ("doi", *DESCRIPTION),
    ),
    Rule("same DOI", Verdict.SAME, {"doi": _SAME}, ("doi", "title")),
    Rule("same PMCID, other title", Verdict.UNSURE, {"pmcid": _SAME, "title": _DIFFERENT}, ("pmcid", *DESCRIPTION)),
    Rule(
        "same PMCID, other word", Verdict.UNSURE, {"pmcid": _SAME, "wording": _DIFFERENT}, ("pmcid", "title", "wording")
    ),
    Rule(
        "same PMCID, other author",
        Verdict.UNSURE,
        {"pmcid": _SAME, "first_author": _DIFFERENT, "authors": _PARTLY | _DIFFERENT},
        ("pmcid", *DESCRIPTION),
    ),
    Rule("same PMCID", Verdict.SAME, {"pmcid": _SAME}, ("pmcid", "title")),
    # The Cochrane register prints a review again under its number and title when it is brought up to date.
    Rule("another edition", Verdict.DIFFERENT, {"editions": _DIFFERENT}, ("title", "editions")),
    # A journal that prints its articles in two languages gives each a DOI, and PubMed a PMID.
    Rule(
        "two DOIs, one place",
        Verdict.SAME,
        {
            **_DESCRIBED,
            **_IN_PRINT,
            "pmid": _ANY,
            "doi": _DIFFERENT,
            "update": _UNKNOWN,
            "journal": _SAME,
            "year": _SAME | _UNKNOWN,
        },
        ("doi", *DESCRIPTION),
    ),
    Rule("two DOIs", Verdict.DIFFERENT, {"doi": _DIFFERENT}, ("title", "doi")),
    Rule("two PMCIDs", Verdict.DIFFERENT, {"pmcid": _DIFFERENT}, ("title", "pmcid")),
    # Where and by whom it was printed. Without the author, letters to one editor under one title on one page would be
    # merged: seven in the 30,000 records of 1976-80 on which the rule was tried without him.
    Rule(
        "same author and place",
        Verdict.SAME,
        {"article": _SAME, "telling": _SAME, "title": _ALIKE, "first_author": _ALIKE, "issue": _POSSIBLE, **_IN_PRINT},
        DESCRIPTION,
    ),
    Rule(
        "same journal and place",
        Verdict.SAME,
        {"telling": _SAME, "title": _ALIKE, "first_author": _UNKNOWN, "journal": _SAME, **_IN_PRINT},
        DESCRIPTION,
    ),
    # What follows asks for a record that does not say its PMID: two PMIDs without a place in common stay in doubt,
    # since PubMed enters a report once, while a record of another source may say less, or mistype it.
    Rule(
        "same authors and place",
        Verdict.SAME,
        {**_RETOLD, "title": _ONE_TEXT, "authors": _ALIKE},
        DESCRIPTION,
    ),
    # Replies by one author on one page have one title: where PubMed has entered two records, a person looks.
    Rule(
        "same author and place, little else",
        Verdict.SAME,
        {**_RETOLD, "title": _ONE_TEXT, "first_author": _ALIKE, "journal": _POSSIBLE},
        DESCRIPTION,
    ),
    # Databases mangle names: given names first, particles cut off, a group for its members.
    Rule(
        "same title and pages, some authors",
        Verdict.SAME,
        {**_RETOLD, "title": _ONE_TEXT, "authors": _PARTLY, "extent": _ALIKE | _PARTLY, "journal": _ALIKE},
        DESCRIPTION,
    ),
    Rule(
        "same title and many pages",
        Verdict.SAME,
        {**_RETOLD, "title": _ALIKE, "extent": _SAME | _PARTLY, "journal": _ALIKE},
        DESCRIPTION,
    ),
    # No two articles stand on the same several pages: what differs is the wording, or the language of a translation.
    Rule(
        "same pages, title alike",
        Verdict.SAME,
        {
            "pmid": _UNKNOWN,
            "extent": _ALIKE,
            "year": _SAME,
            "volume": _POSSIBLE,
            "title": _PARTLY | {Agreement.CONTINUED},
            "wording": _UNKNOWN,
            "first_author": _POSSIBLE,
            "journal": _ALIKE,
        },
        DESCRIPTION,
    ),
    Rule(
        "same pages, authors and journal",
        Verdict.SAME,
        {**_PRINTED, "pmid": _UNKNOWN, "title": _DIFFERENT, "extent": _SAME, "authors": _ALIKE, "first_author": _ALIKE},
        DESCRIPTION,
    ),
    # Where the place is not known, only articles are joined: an article has several errata under one title.
    Rule(
        "same description",
        Verdict.SAME,
        {**_DESCRIBED, "title": _ONE_TEXT, "year": _SAME, "journal": _SAME, "volume": _POSSIBLE, "pages": _POSSIBLE},
        DESCRIPTION,
    ),
    Rule(
        "same description, journal told otherwise",
        Verdict.SAME,
        {**_DESCRIBED, "year": _ALIKE, "volume": _SAME, "pages": _ALIKE},
        DESCRIPTION,
    ),
    Rule(
        "same description, a year apart",
        Verdict.SAME,
        {**_DESCRIBED, "year": _CLOSE, "journal": _SAME, "volume": _SAME, "pages": _POSSIBLE},
        DESCRIPTION,
    ),
    # Exports and reference lists take an issue for the volume, or drop a digit of it.
    Rule(
        "same description, volume told otherwise",
        Verdict.SAME,
        {**_DESCRIBED, "year": _SAME, "journal": _SAME, "extent": _ALIKE | _PARTLY},
        DESCRIPTION,
    ),
    # Online at the end of one year, and in print in the next with a volume and pages.
    Rule(
        "ahead of print",
        Verdict.SAME,
        {**_DESCRIBED, "first_author": _ALIKE, "year": _CLOSE, "journal": _SAME, "volume": _UNKNOWN, "pages": _UNKNOWN},
        DESCRIPTION,
    ),
    # One abstract listed under two numbers, or by number and by page. Errata to one article are not: three of them
    # stand on the pages 730 to 732 of one volume (PMIDs 33361826, 33558669, 33837281).
    Rule(
        "same title and team, one page each",
        Verdict.SAME,
        {
            **_DESCRIBED,
            "title": _SAME,
            "team": _SAME,
            "year": _SAME,
            "journal": _SAME,
            "volume": _SAME,
            "single_pages": _SAME,
        },
        ("single_pages", *DESCRIPTION),
    ),
    Rule(
        "same title and author, slipped columns",
        Verdict.SAME,
        {"pmid": _UNKNOWN, "title": _ALIKE, "authors": _ALIKE, "year": _SAME, "journal": _SAME, "columns": _SAME},
        ("title", "first_author", "authors", "year", "journal", "columns"),
    ),
    # An editor's columns can stand on the same two pages of every issue (PMIDs 421971, 428678).
    Rule(
        "same pages and authors, other title",
        Verdict.UNSURE,
        {"extent": _CLOSE, "year": _SAME, "volume": _SAME, "authors": _ALIKE, "journal": _ALIKE},
        DESCRIPTION,
    ),
    Rule(
        "same pages, other title",
        Verdict.UNSURE,
        {**_PRINTED, "title": _ONE_TEXT | _PARTLY | _DIFFERENT, "extent": _SAME | _PARTLY, "first_author": _POSSIBLE},
        DESCRIPTION,
    ),
    Rule("same place, no title", Verdict.UNSURE, {"title": _UNKNOWN, "authors": _ALIKE, **_IN_PRINT}, DESCRIPTION),
    Rule(
        "same place, other words",
        Verdict.UNSURE,
        {"title": _ONE_TEXT | _PARTLY, "first_author": _ALIKE, **_IN_PRINT},
        DESCRIPTION,
    ),
    Rule(
        "same title and author",
        Verdict.UNSURE,
        {"telling": _SAME, "title": _ONE_TEXT, "first_author": _ALIKE, "year": _POSSIBLE},
        DESCRIPTION,
    ),
    Rule(
        "same title, author unknown",
        Verdict.UNSURE,
        {
            "telling": _SAME,
            "title": _ALIKE,
            "first_author": _UNKNOWN,
            "year": _POSSIBLE,
            "volume": _POSSIBLE,
            "pages": _POSSIBLE,
        },
        DESCRIPTION,
    ),
)
