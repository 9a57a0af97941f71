"""The first schema: the comment of each column begins with whose statement it holds."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _create_watch_run()
    _create_search_log()
    _create_record()
    _create_work()
    _create_work_key()
    _create_membership()
    _create_ledger()
    _create_cited_reference()
    _create_notice()
    _create_finding()
    _create_digest()
    _create_rendition()
    _create_delivery()
    _create_lease()


def _key(name: str, kind: sa.types.TypeEngine[Any], comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, autoincrement=False, nullable=False, comment=comment)


def _said(name: str, kind: sa.types.TypeEngine[Any], comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=False, comment=comment)


def _perhaps(name: str, kind: sa.types.TypeEngine[Any], comment: str) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=True, comment=comment)


def _create_watch_run() -> None:
    op.create_table(
        "watch_run",
        _key("run", sa.String(), "ours: names the run"),
        _said("watch", sa.String(), "a person's: name of the watch"),
        _said("started", sa.DateTime(timezone=True), "ours: when the run began"),
        _said("finished", sa.DateTime(timezone=True), "ours: when its digest was made"),
        _said("state", sa.String(), "ours: done, incomplete or could not search"),
        _perhaps("issue", sa.Integer(), "ours: the issue that it made, null when it could not search"),
        _said("failure", sa.Text(), "ours: why it could not search, else empty"),
        sa.PrimaryKeyConstraint("run", name="pk_watch_run"),
    )
    op.create_index("ix_watch_run_watch_finished", "watch_run", ["watch", "finished"])


def _create_search_log() -> None:
    op.create_table(
        "search_log",
        _key("run", sa.String(), "ours: the run that searched"),
        _said("source", sa.String(), "ours: which database was asked, and where"),
        _said("query", sa.Text(), "a person's: the strategy, exactly as sent"),
        _said("translation", sa.Text(), "PubMed's: how it understood the query, empty when it does not say"),
        _said("reported", sa.Integer(), "PubMed's: the count"),
        _said("received", sa.Integer(), "ours: how many distinct ids came"),
        _said("warnings", sa.Text(), "PubMed's: its warnings, a JSON list"),
        _said("slices", sa.Integer(), "ours: into how many searches the query was cut"),
        _said("requests", sa.Integer(), "ours: how many requests it took"),
        _said("searched_at", sa.DateTime(timezone=True), "ours: when the search was made"),
        sa.PrimaryKeyConstraint("run", name="pk_search_log"),
        sa.ForeignKeyConstraint(["run"], ["watch_run.run"], name="fk_search_log_watch_run"),
    )


def _create_record() -> None:
    op.create_table(
        "record",
        _key("pmid", sa.Integer(), "PubMed's: the record"),
        _key("version", sa.Integer(), "PubMed's: its version"),
        _said("hash", sa.LargeBinary(), "ours: BLAKE2b of the bytes before compression"),
        _said("first_read", sa.DateTime(timezone=True), "ours: when this version was first read"),
        _said("changed", sa.DateTime(timezone=True), "ours: when its bytes were first read as they are"),
        _said("xml", sa.LargeBinary(), "PubMed's: the record's bytes, compressed (zlib)"),
        sa.PrimaryKeyConstraint("pmid", "version", name="pk_record"),
    )


def _create_work() -> None:
    op.create_table(
        "work",
        _key("id", sa.String(), "ours: names the work after its founding record"),
        _said("citation", sa.Text(), "PubMed's: the citation of the founding record, a JSON object"),
        sa.PrimaryKeyConstraint("id", name="pk_work"),
    )


def _create_work_key() -> None:
    op.create_table(
        "work_key",
        _key("kind", sa.String(), "ours: under what kind of key records meet"),
        _key("value", sa.String(), "PubMed's, normalised by us: the key"),
        _key("work", sa.String(), "ours: the work that carries it"),
        sa.PrimaryKeyConstraint("kind", "value", "work", name="pk_work_key"),
        sa.ForeignKeyConstraint(["work"], ["work.id"], name="fk_work_key_work"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_work_key_work", "work_key", ["work"])


def _create_membership() -> None:
    op.create_table(
        "membership",
        _key("pmid", sa.Integer(), "PubMed's: the record"),
        _said("work", sa.String(), "ours: the work that it is a record of"),
        _said("rule", sa.String(), "ours: the rule that joined them"),
        _said("evidence", sa.Text(), "ours: what the rule read"),
        _perhaps("candidate", sa.String(), "ours: the other work that it may be a record of"),
        sa.PrimaryKeyConstraint("pmid", name="pk_membership"),
        sa.ForeignKeyConstraint(["work"], ["work.id"], name="fk_membership_work"),
    )


def _create_ledger() -> None:
    op.create_table(
        "ledger",
        _key("watch", sa.String(), "a person's: name of the watch"),
        _key("pmid", sa.Integer(), "PubMed's: the record"),
        _said("work", sa.String(), "ours: its work"),
        _said("standing", sa.String(), "ours: how the work stood when the record was found"),
        _said("first_seen", sa.DateTime(timezone=True), "ours: when the watch found it"),
        _said(
            "last_read",
            sa.DateTime(timezone=True),
            "ours: when the watch last read it, or asked for it and was not sent it",
        ),
        _said("issue", sa.Integer(), "ours: the issue that accounted for it"),
        sa.PrimaryKeyConstraint("watch", "pmid", name="pk_ledger"),
        sqlite_with_rowid=False,
    )


def _create_cited_reference() -> None:
    op.create_table(
        "cited_reference",
        _key("watch", sa.String(), "a person's: name of the watch"),
        _key("reference", sa.String(), "a person's: id of the reference in the watch"),
        _said("state", sa.String(), "ours: given, resolved, unsure or unresolved"),
        _perhaps("pmid", sa.Integer(), "a person's when given, ours when resolved: the record meant"),
        _said("rule", sa.String(), "ours: the rule that decided"),
        _said("evidence", sa.Text(), "ours: what the rule read"),
        _said("candidates", sa.Text(), "ours: the records weighed, best first, a JSON list"),
        _said("tried", sa.Text(), "ours: the searches made, a JSON list"),
        _said("asked", sa.Text(), "a person's: the reference and its topic as the watch gave them, a line each"),
        _said("matched_at", sa.DateTime(timezone=True), "ours: when"),
        sa.PrimaryKeyConstraint("watch", "reference", name="pk_cited_reference"),
    )


def _create_notice() -> None:
    op.create_table(
        "notice",
        _key("watch", sa.String(), "a person's: name of the watch"),
        _key("pmid", sa.Integer(), "PubMed's: the record that it befalls"),
        _key("kind", sa.String(), "PubMed's, named by us: retraction, erratum, …"),
        _key("reference", sa.String(), "PubMed's: what identifies the notice"),
        _said("statement", sa.Text(), "PubMed's: what the record says"),
        _said("first_seen", sa.DateTime(timezone=True), "ours: when it was first read"),
        _said("issue", sa.Integer(), "ours: the issue that announced it"),
        sa.PrimaryKeyConstraint("watch", "pmid", "kind", "reference", name="pk_notice"),
    )


def _create_finding() -> None:
    op.create_table(
        "finding",
        _key("watch", sa.String(), "a person's: name of the watch"),
        _key("pmid", sa.Integer(), "PubMed's: the record appraised"),
        _key("issue", sa.Integer(), "ours: the issue that it was appraised for"),
        _said("finding", sa.Text(), "ours, the sentences in it the record's: a JSON object"),
        sa.PrimaryKeyConstraint("watch", "pmid", "issue", name="pk_finding"),
        sqlite_with_rowid=False,
    )


def _create_digest() -> None:
    op.create_table(
        "digest",
        _key("watch", sa.String(), "a person's: name of the watch"),
        _key("issue", sa.Integer(), "ours: its number, counted from 1 without a gap"),
        _said("run", sa.String(), "ours: the run that made it"),
        _said("kind", sa.String(), "ours: baseline or news"),
        _said("made_at", sa.DateTime(timezone=True), "ours: when"),
        _said("reported", sa.Integer(), "ours: how many works it reports"),
        _said("notices", sa.Integer(), "ours: how many notices it announces"),
        _said("is_complete", sa.Boolean(), "ours: whether every record found could be read"),
        sa.PrimaryKeyConstraint("watch", "issue", name="pk_digest"),
        sa.ForeignKeyConstraint(["run"], ["watch_run.run"], name="fk_digest_watch_run"),
    )


def _create_rendition() -> None:
    op.create_table(
        "rendition",
        _key("watch", sa.String(), "a person's: name of the watch"),
        _key("issue", sa.Integer(), "ours: number of the digest"),
        _key("name", sa.String(), "ours: path in the folder of the watch"),
        _said("media_type", sa.String(), "ours: its media type"),
        _said("body", sa.LargeBinary(), "ours: its bytes, compressed (zlib)"),
        sa.PrimaryKeyConstraint("watch", "issue", "name", name="pk_rendition"),
        sa.ForeignKeyConstraint(["watch", "issue"], ["digest.watch", "digest.issue"], name="fk_rendition_digest"),
    )


def _create_delivery() -> None:
    op.create_table(
        "delivery",
        _key("watch", sa.String(), "a person's: name of the watch"),
        _key("issue", sa.Integer(), "ours: number of the digest"),
        _key("sink", sa.String(), "a person's: the kind of target"),
        _key("target", sa.String(), "a person's: the target"),
        _said("state", sa.String(), "ours: pending, delivered or refused"),
        _said("tries", sa.Integer(), "ours: how many tries were made"),
        _perhaps("at", sa.DateTime(timezone=True), "ours: when it was last tried"),
        _said("detail", sa.Text(), "the sink's: the receipt, or why not"),
        sa.PrimaryKeyConstraint("watch", "issue", "sink", "target", name="pk_delivery"),
        sa.ForeignKeyConstraint(["watch", "issue"], ["digest.watch", "digest.issue"], name="fk_delivery_digest"),
    )


def _create_lease() -> None:
    op.create_table(
        "lease",
        _key("name", sa.String(), "ours: what is held"),
        _said("holder", sa.String(), "ours: who holds it"),
        _said("expires_at", sa.DateTime(timezone=True), "ours: until when"),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )
