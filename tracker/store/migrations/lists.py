"""0004: an index that holds all a list of tasks is filtered and ordered by, but for words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATEMENTS = (
    "DROP INDEX ix_task_ledger_id",
    """CREATE INDEX ix_task_list ON task (
       ledger_id, position, id, withdrawn, merged_into_id, completion,
       deadline_date, deadline_doubtful, deadline_recurrence)""",
)


def run(connection: Connection) -> None:
    """Put the wider index in the place of the one by ledger alone."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
