"""The breakdown (责任分解表): which columns it prints."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.reports.looks import PIXELS_PER_MM, ColumnLook, load_layout

if TYPE_CHECKING:
    from tracker.domain.content import Content
    from tracker.reports.looks import Layout

_NAME = "breakdown"
_ALWAYS = frozenset({"number", "task"})
_BY_ROLE = frozenset({"lead", "cooperating"})
_WIDENED = "task"


def breakdown_layout(content: Content) -> Layout:
    """Return the layout with the columns that have something to print.

    Raises:
        FileProblem: the layout's file is missing or written wrongly.
    """
    layout = load_layout(_NAME)
    columns = list(layout.columns)
    if any(row.units for row in content.rows):
        columns = _together(columns)
    filled = {
        column.field for column in columns if any(getattr(r, column.field) for r in content.rows)
    }
    kept = [column for column in columns if column.field in filled | _ALWAYS]
    total = sum(column.pixels for column in layout.columns)
    spare = total - sum(column.pixels for column in kept)
    return replace(layout, columns=tuple(_widened(column, spare) for column in kept))


def _together(columns: list[ColumnLook]) -> list[ColumnLook]:
    """Put one column of units in the place of those by role."""
    entry = load(f"layouts/{_NAME}.toml")["together"]
    pixels = int(entry["width_mm"] * PIXELS_PER_MM)
    one = ColumnLook(entry["field"], entry["heading"], pixels, entry["align"])
    at = next(i for i, column in enumerate(columns) if column.field in _BY_ROLE)
    others = [column for column in columns if column.field not in _BY_ROLE]
    return [*others[:at], one, *others[at:]]


def _widened(column: ColumnLook, spare: int) -> ColumnLook:
    if column.field != _WIDENED:
        return column
    return replace(column, pixels=column.pixels + spare)
