"""The tables as they stand in a file: what reads ask, and what `mapping` maps the models onto.

Declared without SQLAlchemy's ORM, which takes longer to load than all else that opening a file and
reading it needs.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Double,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)

from tracker.store.columns import METADATA as METADATA  # from here it has its tables
from tracker.store.columns import link, listed, needed, own_id, table, words

LEDGER = table(
    "ledger",
    own_id(),
    needed("name", String, unique=True),
    Column("year", Integer),
    words("kind"),
    words("rhythm"),
    words("state", "running"),
    words("office"),
    words("table_title"),
)
DOCUMENT = table(
    "document",
    own_id(),
    link("ledger_id", "ledger.id", index=True),
    words("title"),
    words("number"),
    words("issuer"),
    Column("issued_on", Date),
    words("kind"),
    words("text"),
    words("file_name"),
    link("blob_hash", "blob.hash", kind=String, nullable=True),
    needed("added_at", DateTime),
    listed("readings", server_default="[]"),
)
TASK = table(
    "task",
    own_id(),
    link("ledger_id", "ledger.id"),
    link("document_id", "document.id", nullable=True),
    needed("code", String, unique=True),
    words("number"),
    words("section"),
    words("title"),
    needed("text", String),
    words("units_text"),
    listed("persons"),
    words("deadline_text"),
    Column("deadline_date", Date),
    Column("deadline_recurrence", String),
    Column("deadline_day", Integer),
    needed("deadline_doubtful", Boolean, default=False),
    Column("first_deadline_text", String),
    Column("first_deadline_date", Date),
    words("deadline_reason"),
    words("completion", "in_progress"),
    needed("position", Integer, default=0),
    words("source_sheet"),
    Column("source_row", Integer),
    Column("source_start", Integer),
    Column("source_end", Integer),
    listed("figures", server_default="[]"),
    listed("closings"),
    words("withdrawn"),
    link("merged_into_id", "task.id", nullable=True),
    link("carried_from_id", "task.id", nullable=True, index=True),
    words("instruction_leader", server_default=""),
    Column("instructed_on", Date),
    words("instruction_text", server_default=""),
    Column("stage", String),
    listed("stages", server_default="[]"),
    listed("revisits", server_default="[]"),
    # A list is filtered by light and put in order without touching the tasks' texts.
    Index(
        "ix_task_list",
        "ledger_id",
        "position",
        "id",
        "withdrawn",
        "merged_into_id",
        "completion",
        "deadline_date",
        "deadline_doubtful",
        "deadline_recurrence",
    ),
)
PART = table(
    "part",
    own_id(),
    link("task_id", "task.id", index=True),
    needed("position", Integer),
    needed("mark", String),
    needed("text", String),
    words("deadline_text"),
    Column("deadline_date", Date),
)
MILESTONE = table(
    "milestone",
    own_id(),
    link("task_id", "task.id", index=True),
    needed("position", Integer),
    needed("due", Date),
    needed("what", String),
    words("figure"),
    Column("done_on", Date),
)
UNIT = table(
    "unit",
    own_id(),
    needed("name", String, unique=True),
    words("short_name"),
    words("kind"),
    needed("position", Integer, default=0),
    words("contact"),
    words("phone"),
    Column("valid_from", Date),
    Column("valid_to", Date),
    link("successor_id", "unit.id", nullable=True),
)
UNIT_MEMBER = table(
    "unit_member",
    own_id(),
    link("collective_id", "unit.id", index=True),
    link("member_id", "unit.id"),
    needed("position", Integer),
)
UNIT_NAME = table(
    "unit_name",
    own_id(),
    link("unit_id", "unit.id", index=True),
    needed("name", String, unique=True),
)
ASSIGNMENT = table(
    "assignment",
    own_id(),
    link("task_id", "task.id", index=True),
    link("part_id", "part.id", nullable=True),
    link("unit_id", "unit.id", index=True),
    needed("role", String),
    needed("position", Integer),
    needed("printed", String),
    Column("valid_from", Date),
    Column("valid_to", Date),
    words("basis"),
)
ROUND = table(
    "round",
    own_id(),
    link("ledger_id", "ledger.id"),
    needed("number", Integer),
    Column("cut_off", Date),
    Column("feedback_due", Date),
    words("state", "open"),
    words("circular_number"),
    UniqueConstraint("ledger_id", "number"),
)
NOTE = table(
    "note",
    own_id(),
    link("task_id", "task.id", index=True),
    link("round_id", "round.id", index=True),
    link("unit_id", "unit.id", nullable=True),
    needed("text", String),
    words("state_text"),
    Column("percent", Double),
    words("problems"),
    words("next_steps"),
    words("by"),
    needed("at", DateTime),
    needed("origin", String),
    link("file_id", "returned_file.id", nullable=True),
)
FORM_RETURN = table(
    "form_return",
    own_id(),
    link("round_id", "round.id"),
    link("unit_id", "unit.id"),
    Column("sent_at", DateTime),
    listed("sent"),
    Column("due", Date),
    words("due_reason"),
    words("exempt"),
    listed("by_hand"),
    listed("calls"),
    UniqueConstraint("round_id", "unit_id"),
)
RETURNED_FILE = table(
    "returned_file",
    own_id(),
    link("round_id", "round.id", index=True),
    link("unit_id", "unit.id", nullable=True),
    needed("name", String),
    link("blob_hash", "blob.hash", kind=String),
    needed("kind", String),
    needed("standing", String),
    needed("received_at", DateTime),
    Column("saved_at", DateTime),
    listed("remarks"),
    listed("unplaced"),
)
EDITION = table(
    "edition",
    own_id(),
    link("round_id", "round.id"),
    needed("version", Integer),
    needed("at", DateTime),
    needed("by", String),
    needed("content", JSON),
    needed("hash", String),
    Column("reopened_at", DateTime),
    words("reopened_because"),
    UniqueConstraint("round_id", "version"),
)
ATTACHMENT = table(
    "attachment",
    own_id(),
    link("task_id", "task.id", index=True),
    link("round_id", "round.id", nullable=True),
    needed("name", String),
    link("blob_hash", "blob.hash", kind=String),
    needed("size", Integer),
    words("remark"),
    needed("added_at", DateTime),
    needed("added_by", String),
)
ENTRY = table(
    "entry",
    own_id(),
    link("task_id", "task.id"),
    link("round_id", "round.id", index=True),
    words("text"),
    words("state_text"),
    Column("completion", String),
    Column("pace", String),
    Column("percent", Double),
    words("problems"),
    words("next_steps"),
    words("remark"),
    listed("extra"),
    needed("carried", Boolean, default=False),
    words("confirmed_by"),
    Column("confirmed_at", DateTime),
    UniqueConstraint("task_id", "round_id"),
)
SETTING = table(
    "setting",
    Column("key", String, primary_key=True),
    needed("value", JSON),
)
BLOB = table(
    "blob",
    Column("hash", String, primary_key=True),
    needed("size", Integer),
    needed("content", LargeBinary),
)
COUNTER = table(
    "counter",
    Column("name", String, primary_key=True),
    needed("value", Integer),
)
JOURNAL = table(
    "journal",
    own_id(),
    needed("label", String),
    needed("who", String),
    needed("at", DateTime),
    needed("kind", String),
    Column("target_id", Integer),
    words("barrier"),
)
"""A step of the trace, in the user's words."""
JOURNAL_CHANGE = table(
    "journal_change",
    own_id(),
    link("step_id", "journal.id", index=True),
    Column("task_id", Integer, index=True),
    needed("table_name", String),
    needed("row_id", String),
    Column("before", JSON(none_as_null=True)),
    Column("after", JSON(none_as_null=True)),
)
"""One row before and after a step; only changed columns for an update.

`task_id` names the task that the row belongs to, so that its trace is found at once.
"""
MIGRATION = table(
    "migration",
    Column("name", String, primary_key=True),
    needed("at", DateTime),
)
"""A change of shape that this file has been through."""
SLIP = table(
    "slip",
    own_id(),
    link("ledger_id", "ledger.id", index=True),
    needed("kind", String),
    needed("code", String, unique=True),
    link("unit_id", "unit.id", nullable=True),
    needed("unit", String),
    listed("tasks"),
    needed("words", JSON),
    needed("issued_on", Date),
    Column("days", Integer),
    Column("reply_due", Date),
    listed("replies"),
    Column("closed_on", Date),
    words("closed_words"),
    needed("created_at", DateTime),
    needed("created_by", String),
)
PERSON = table(
    "person",
    own_id(),
    needed("name", String),
    words("post"),
    words("charge"),
    needed("position", Integer, default=0),
    Column("valid_from", Date),
    Column("valid_to", Date),
)
PERSON_UNIT = table(
    "person_unit",
    own_id(),
    link("person_id", "person.id", index=True),
    link("unit_id", "unit.id"),
    needed("position", Integer),
)
REFORM = table(
    "reform",
    own_id(),
    needed("kind", String),
    needed("on", Date),
    words("basis"),
    listed("old"),
    listed("new"),
    listed("units"),
    words("words"),
    needed("at", DateTime),
    needed("by", String),
)
HANDOVER = table(
    "handover",
    own_id(),
    link("reform_id", "reform.id", index=True),
    link("task_id", "task.id", index=True),
    needed("before", JSON),
    words("words"),
)
UNJOURNALED = frozenset({"blob", "counter", "journal", "journal_change", "migration"})
"""Tables that undo leaves alone."""
