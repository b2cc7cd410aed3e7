"""Storing many new rows at once, past the session, but not past the journal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, inspect, text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Connection

    from tracker.store.journal import Values
    from tracker.store.models import Base
    from tracker.store.recorder import Recorder

_LAST_ID = text("SELECT seq FROM sqlite_sequence WHERE name = :table")


def insert_rows(
    connection: Connection,
    recorder: Recorder,
    model: type[Base],
    rows: Sequence[tuple[Base, Values]],
) -> None:
    """Store new rows of one table and give them their ids.

    Args:
        connection: the one of the unit of work.
        recorder: is told of every row, since no flush does.
        model: the class of the rows; its ids are numbers.
        rows: rows that are in no session, each with the values that it does not hold itself.
    """
    if not rows:
        return
    name, defaults = model.__table__.name, _defaults(model)
    first = (connection.scalar(_LAST_ID, {"table": name}) or 0) + 1
    stored: list[Values] = []
    for row_id, (row, given) in enumerate(rows, first):
        row.id = row_id  # type: ignore[attr-defined]  # every such table has it
        held = row.__dict__
        values = {key: held.get(key, default) for key, default in defaults.items()} | given
        stored.append(values)
        recorder.added(name, row_id, values)
    connection.execute(insert(model), stored)


def cut_loose(rows: Iterable[Base]) -> None:
    """Take away what ties rows to each other, so that they are gone once nobody holds them.

    Rows that point at each other live until the next collection, which holds the window up the
    longer the more there are.
    """
    for row in rows:
        for tie in inspect(type(row)).relationships.keys():  # noqa: SIM118 - no dictionary
            row.__dict__.pop(tie, None)


def _defaults(model: type[Base]) -> Values:
    """Return what each column holds where a row says nothing."""
    found: Values = {}
    for attribute in inspect(model).column_attrs:
        default: Any = attribute.columns[0].default  # Any: SQLAlchemy types it as the base class
        if default is None:
            found[attribute.key] = None
        else:
            found[attribute.key] = default.arg(None) if default.is_callable else default.arg
    return found
