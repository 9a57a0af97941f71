"""The tables. The comment of each column begins with whose statement it holds: PubMed's, ours, or a person's.

The migrations make them, and a test holds the two to each other: change both, and ``migrate.HEAD``, together.
"""

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)
from sqlalchemy.types import TypeEngine

from litwatch.store.columns import Compressed, PubmedId, UtcDateTime

METADATA = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)


def _key(name: str, kind: type[TypeEngine[Any]], comment: str, *references: ForeignKey) -> Column[Any]:
    return Column(name, kind(), *references, primary_key=True, autoincrement=False, comment=comment)


def _said(name: str, kind: type[TypeEngine[Any]], comment: str, *references: ForeignKey) -> Column[Any]:
    return Column(name, kind(), *references, nullable=False, comment=comment)


def _perhaps(name: str, kind: type[TypeEngine[Any]], comment: str, *references: ForeignKey) -> Column[Any]:
    return Column(name, kind(), *references, nullable=True, comment=comment)


watch_run = Table(
    "watch_run",
    METADATA,
    _key("run", String, "ours: names the run"),
    _said("watch", String, "a person's: name of the watch"),
    _said("started", UtcDateTime, "ours: when the run began"),
    _said("finished", UtcDateTime, "ours: when its digest was made"),
    _said("state", String, "ours: done, incomplete or could not search"),
    _perhaps("issue", Integer, "ours: the issue that it made, null when it could not search"),
    _said("failure", Text, "ours: why it could not search, else empty"),
    Index(None, "watch", "finished"),
)

search_log = Table(
    "search_log",
    METADATA,
    _key("run", String, "ours: the run that searched", ForeignKey("watch_run.run")),
    _said("source", String, "ours: which database was asked, and where"),
    _said("query", Text, "a person's: the strategy, exactly as sent"),
    _said("translation", Text, "PubMed's: how it understood the query, empty when it does not say"),
    _said("reported", Integer, "PubMed's: the count"),
    _said("received", Integer, "ours: how many distinct ids came"),
    _said("warnings", Text, "PubMed's: its warnings, a JSON list"),
    _said("slices", Integer, "ours: into how many searches the query was cut"),
    _said("requests", Integer, "ours: how many requests it took"),
    _said("searched_at", UtcDateTime, "ours: when the search was made"),
)

record = Table(
    "record",
    METADATA,
    _key("pmid", PubmedId, "PubMed's: the record"),
    _key("version", Integer, "PubMed's: its version"),
    _said("hash", LargeBinary, "ours: BLAKE2b of the bytes before compression"),
    _said("first_read", UtcDateTime, "ours: when this version was first read"),
    _said("changed", UtcDateTime, "ours: when its bytes were first read as they are"),
    _said("xml", Compressed, "PubMed's: the record's bytes, compressed (zlib)"),
)

work = Table(
    "work",
    METADATA,
    _key("id", String, "ours: names the work after its founding record"),
    _said("citation", Text, "PubMed's: the citation of the founding record, a JSON object"),
)

work_key = Table(
    "work_key",
    METADATA,
    _key("kind", String, "ours: under what kind of key records meet"),
    _key("value", String, "PubMed's, normalised by us: the key"),
    _key("work", String, "ours: the work that carries it", ForeignKey("work.id")),
    Index(None, "work"),
    sqlite_with_rowid=False,
)

membership = Table(
    "membership",
    METADATA,
    _key("pmid", PubmedId, "PubMed's: the record"),
    _said("work", String, "ours: the work that it is a record of", ForeignKey("work.id")),
    _said("rule", String, "ours: the rule that joined them"),
    _said("evidence", Text, "ours: what the rule read"),
    _perhaps("candidate", String, "ours: the other work that it may be a record of"),
)

ledger = Table(
    "ledger",
    METADATA,
    _key("watch", String, "a person's: name of the watch"),
    _key("pmid", PubmedId, "PubMed's: the record"),
    _said("work", String, "ours: its work"),
    _said("standing", String, "ours: how the work stood when the record was found"),
    _said("first_seen", UtcDateTime, "ours: when the watch found it"),
    _said("last_read", UtcDateTime, "ours: when the watch last read it, or asked for it and was not sent it"),
    _said("issue", Integer, "ours: the issue that accounted for it"),
    sqlite_with_rowid=False,
)

cited_reference = Table(
    "cited_reference",
    METADATA,
    _key("watch", String, "a person's: name of the watch"),
    _key("reference", String, "a person's: id of the reference in the watch"),
    _said("state", String, "ours: given, resolved, unsure or unresolved"),
    _perhaps("pmid", PubmedId, "a person's when given, ours when resolved: the record meant"),
    _said("rule", String, "ours: the rule that decided"),
    _said("evidence", Text, "ours: what the rule read"),
    _said("candidates", Text, "ours: the records weighed, best first, a JSON list"),
    _said("tried", Text, "ours: the searches made, a JSON list"),
    _said("asked", Text, "a person's: the reference and its topic as the watch gave them, a line each"),
    _said("matched_at", UtcDateTime, "ours: when"),
)

notice = Table(
    "notice",
    METADATA,
    _key("watch", String, "a person's: name of the watch"),
    _key("pmid", PubmedId, "PubMed's: the record that it befalls"),
    _key("kind", String, "PubMed's, named by us: retraction, erratum, …"),
    _key("reference", String, "PubMed's: what identifies the notice"),
    _said("statement", Text, "PubMed's: what the record says"),
    _said("first_seen", UtcDateTime, "ours: when it was first read"),
    _said("issue", Integer, "ours: the issue that announced it"),
)

finding = Table(
    "finding",
    METADATA,
    _key("watch", String, "a person's: name of the watch"),
    _key("pmid", PubmedId, "PubMed's: the record appraised"),
    _key("issue", Integer, "ours: the issue that it was appraised for"),
    _said("finding", Text, "ours, the sentences in it the record's: a JSON object"),
    sqlite_with_rowid=False,
)

digest = Table(
    "digest",
    METADATA,
    _key("watch", String, "a person's: name of the watch"),
    _key("issue", Integer, "ours: its number, counted from 1 without a gap"),
    _said("run", String, "ours: the run that made it", ForeignKey("watch_run.run")),
    _said("kind", String, "ours: baseline or news"),
    _said("made_at", UtcDateTime, "ours: when"),
    _said("reported", Integer, "ours: how many works it reports"),
    _said("notices", Integer, "ours: how many notices it announces"),
    _said("is_complete", Boolean, "ours: whether every record found could be read"),
)

rendition = Table(
    "rendition",
    METADATA,
    _key("watch", String, "a person's: name of the watch"),
    _key("issue", Integer, "ours: number of the digest"),
    _key("name", String, "ours: path in the folder of the watch"),
    _said("media_type", String, "ours: its media type"),
    _said("body", Compressed, "ours: its bytes, compressed (zlib)"),
    ForeignKeyConstraint(["watch", "issue"], ["digest.watch", "digest.issue"]),
)

delivery = Table(
    "delivery",
    METADATA,
    _key("watch", String, "a person's: name of the watch"),
    _key("issue", Integer, "ours: number of the digest"),
    _key("sink", String, "a person's: the kind of target"),
    _key("target", String, "a person's: the target"),
    _said("state", String, "ours: pending, delivered or refused"),
    _said("tries", Integer, "ours: how many tries were made"),
    _perhaps("at", UtcDateTime, "ours: when it was last tried"),
    _said("detail", Text, "the sink's: the receipt, or why not"),
    ForeignKeyConstraint(["watch", "issue"], ["digest.watch", "digest.issue"]),
)

lease = Table(
    "lease",
    METADATA,
    _key("name", String, "ours: what is held"),
    _said("holder", String, "ours: who holds it"),
    _said("expires_at", UtcDateTime, "ours: until when"),
)

decision = Table(
    "decision",
    METADATA,
    _key("id", Integer, "ours: its number, counted from 1"),
    _said("choice", String, "a person's: what was decided, or undo"),
    _perhaps("pmid", PubmedId, "a person's: the record decided on, null of an undo"),
    _perhaps("other", PubmedId, "a person's: of same and different, the record beside it"),
    _perhaps("watch", String, "a person's: name of the watch, null of same, different and undo"),
    _perhaps("reference", String, "a person's: of accept and reject, id of the cited reference"),
    _perhaps("question", Text, "a person's: of accept and reject, the reference as the watch gave it, a line each"),
    _perhaps("undoes", Integer, "a person's: of undo, the decision taken back", ForeignKey("decision.id")),
    _said("by", String, "a person's: who decided"),
    _said("note", Text, "a person's: why, perhaps empty"),
    _said("decided_at", UtcDateTime, "ours: when"),
)
