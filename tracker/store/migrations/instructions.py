"""0002: a task may be a single instruction with leader, day, words and stages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy import Connection

_COLUMNS = (
    "instruction_leader VARCHAR DEFAULT '' NOT NULL",
    "instructed_on DATE",
    "instruction_text VARCHAR DEFAULT '' NOT NULL",
    "stage VARCHAR",
    "stages JSON DEFAULT '[]' NOT NULL",
)


def run(connection: Connection) -> None:
    """Add the columns; tasks there are become no instructions."""
    for column in _COLUMNS:
        connection.execute(text(f"ALTER TABLE task ADD COLUMN {column}"))
