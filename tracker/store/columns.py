"""Short words for the tables and columns of `tables`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import JSON, Column, ForeignKey, Integer, MetaData, String, Table

if TYPE_CHECKING:
    from sqlalchemy.schema import SchemaItem
    from sqlalchemy.types import TypeEngine

METADATA = MetaData()


def table(name: str, *items: SchemaItem) -> Table:
    """Return a table. Its ids are never used twice, so that the trace stays true."""
    return Table(name, METADATA, *items, sqlite_autoincrement=True)


def own_id() -> Column[int]:
    """Return the column that numbers a table's rows."""
    return Column("id", Integer, primary_key=True)


def needed(name: str, kind: type[TypeEngine[Any]], **more: Any) -> Column[Any]:
    """Return a column that is never empty."""
    return Column(name, kind, nullable=False, **more)


def words(name: str, default: str = "", **more: Any) -> Column[str]:
    """Return a column of text, "" where nothing is said."""
    return Column(name, String, nullable=False, default=default, **more)


def listed(name: str, **more: Any) -> Column[Any]:
    """Return a column that holds a list as JSON."""
    return Column(name, JSON, nullable=False, default=list, **more)


def link(
    name: str,
    target: str,
    *,
    kind: type[TypeEngine[Any]] = Integer,
    nullable: bool = False,
    **more: Any,
) -> Column[Any]:
    """Return a column that points at a row of another table; `target` is `table.column`."""
    return Column(name, kind, ForeignKey(target), nullable=nullable, **more)
