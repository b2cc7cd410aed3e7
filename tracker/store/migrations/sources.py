"""0006: tasks know their passage and quantities; documents what was read from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_STATEMENTS = (
    "ALTER TABLE task ADD COLUMN source_start INTEGER",
    "ALTER TABLE task ADD COLUMN source_end INTEGER",
    "ALTER TABLE task ADD COLUMN figures JSON NOT NULL DEFAULT '[]'",
    "ALTER TABLE document ADD COLUMN readings JSON NOT NULL DEFAULT '[]'",
)


def run(connection: Connection) -> None:
    """Add the columns; what is there has no passage and no quantities."""
    for statement in _STATEMENTS:
        connection.execute(text(statement))
