"""Small tables, as grids and as pasted text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tracker.files.flow import Flow
from tracker.files.grid import EMPTY, Cell, Grid, Merge
from tracker.files.reader import read_file, read_pasted
from tracker.files.source import Source
from tracker.tables.pipeline import read_table

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.table import Table

Cells = list[list[object]]


def _cell(value: object) -> Cell:
    if isinstance(value, Cell):
        return value
    return Cell(str(value)) if value not in ("", None) else EMPTY


def grid_of(
    rows: Cells, merges: tuple[tuple[int, int, int, int], ...] = (), sheet: str = "表"
) -> Grid:
    """A sheet; merges as (top, left, bottom, right)."""
    cells = tuple(tuple(_cell(value) for value in row) for row in rows)
    areas = tuple(Merge(*area) for area in merges)
    return Grid(sheet, cells, tuple(range(1, len(rows) + 1)), areas)


@pytest.fixture
def pasted() -> Callable[..., Table]:
    """Read a table given as lines cut at tabs."""

    def read(text: str, day: date | None = None) -> Table:
        return read_table(read_pasted(text.strip("\n")), date=day)

    return read


@pytest.fixture
def grids() -> Callable[..., Table]:
    """Read a table given as sheets."""

    def read(*sheets: Grid, day: date | None = None, sheet: str | None = None) -> Table:
        return read_table(Source("表.xlsx", "xlsx", Flow.of(""), sheets), date=day, sheet=sheet)

    return read


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Table]:
    """Read a workbook that a function fills."""

    def read(fill: Callable[[Worksheet], None]) -> Table:
        from openpyxl import Workbook

        book = Workbook()
        sheet = book.active
        assert sheet is not None
        fill(sheet)
        path = tmp_path / "进展.xlsx"
        book.save(path)
        book.close()
        return read_table(read_file(path))

    return read
