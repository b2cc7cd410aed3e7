"""The breakdown (责任分解表): which columns it prints, the workbook, the document."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.reports.looks import PIXELS_PER_MM, ColumnLook, load_layout
from tracker.reports.situation_xlsx import write_situation_xlsx
from tracker.reports.table_docx import write_table_docx

if TYPE_CHECKING:
    from pathlib import Path

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


def write_breakdown_xlsx(content: Content, target: Path) -> tuple[str, ...]:
    """Write the table to `target` and return warnings in the user's words.

    The page is made like that of the 落实情况表: heights, continued rows, repeated heading.
    """
    return write_situation_xlsx(content, breakdown_layout(content), target)


def write_breakdown_docx(content: Content, target: Path) -> tuple[str, ...]:
    """Write the table to `target` as a Word document; return warnings in the user's words."""
    return write_table_docx(content, breakdown_layout(content), target)
