"""0003: every change in the journal names its task, so that a task's trace is found at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

# A change of an existing row holds only the changed columns: its task stands in the row itself
# or, where the row is gone, in the change that made or deleted it.
_STATEMENTS = (
    "ALTER TABLE journal_change ADD COLUMN task_id INTEGER",
    "UPDATE journal_change SET task_id = CAST(row_id AS INTEGER) WHERE table_name = 'task'",
    """UPDATE journal_change
       SET task_id = coalesce(json_extract(after, '$.task_id'), json_extract(before, '$.task_id'))
       WHERE table_name IN ('assignment', 'entry', 'note', 'part')""",
    "CREATE INDEX _migrating ON journal_change (table_name, row_id, task_id)",
    """UPDATE journal_change
       SET task_id = (SELECT max(same.task_id) FROM journal_change AS same
                      WHERE same.table_name = journal_change.table_name
                        AND same.row_id = journal_change.row_id)
       WHERE task_id IS NULL AND table_name IN ('assignment', 'entry', 'note', 'part')""",
    "DROP INDEX _migrating",
    "CREATE INDEX ix_journal_change_task_id ON journal_change (task_id)",
)


def run(connection: Connection) -> None:
    """Add the column, fill it from what the journal holds, and index it."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
