"""A raw sheet → a grid: texts in their places, ends trimmed, merges in rows of the grid."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.files.grid import EMPTY, Cell, Grid, Merge
from tracker.files.limits import MAX_CELLS, MAX_EMPTY_RUN, MAX_MERGE_ROWS
from tracker.files.package import Damaged, too_much
from tracker.files.sheet import column_letters, raw_cells

if TYPE_CHECKING:
    from tracker.files.cell_text import CellTexts
    from tracker.files.sheet import Area, RawSheet

_SHOWN = 20
_PADDING_FACTOR = 10


def build_grid(sheet: str, raw: RawSheet, texts: CellTexts) -> tuple[Grid, list[str]]:
    """Return the sheet as a grid, and what could not be read as the sheet shows it."""
    rows: dict[int, list[Cell]] = {}
    room = MAX_CELLS * _PADDING_FACTOR
    for number in sorted(raw.rows.keys() | raw.plain.keys()):
        cells = _row(raw, number, texts)
        if cells:
            rows[number] = cells
            room -= len(cells)
            if room < 0:
                raise too_much("一张工作表里的空格太多")
    numbers = _kept_numbers(list(rows))
    covered = _clear_covered(rows, raw.merges)
    grid = Grid(
        sheet,
        tuple(tuple(_trimmed(rows.get(number, []))) for number in numbers),
        tuple(numbers),
        tuple(_merges(raw.merges, numbers)),
        frozenset(i for i, number in enumerate(numbers) if number in raw.hidden_rows),
    )
    return grid, texts.warnings(sheet) + _covered_warning(sheet, covered)


def _row(raw: RawSheet, number: int, texts: CellTexts) -> list[Cell]:
    plain = raw.plain.get(number)
    row = texts.plain_row(plain, number) if plain is not None else None
    if row is not None:
        return row
    found = raw_cells(plain) if plain is not None else raw.rows[number]
    cells: list[Cell] = []
    for raw_cell in sorted(found, key=itemgetter(0)):
        cell = texts.cell(raw_cell, number)
        if cell is not EMPTY:
            gap = raw_cell.column - 1 - len(cells)
            if gap > 0:
                cells.extend([EMPTY] * gap)
            elif gap < 0:  # two cells for one place: the later counts
                cells.pop()
            cells.append(cell)
    return cells


def _kept_numbers(filled: list[int]) -> list[int]:
    """Return the row numbers up to the last filled one; long empty runs are shortened."""
    numbers: list[int] = []
    before = 0
    for number in filled:
        numbers.extend(range(max(before + 1, number - MAX_EMPTY_RUN), number + 1))
        before = number
    return numbers


def _clear_covered(rows: dict[int, list[Cell]], merges: list[Area]) -> list[str]:
    """Empty the cells that a merged area hides; return their places and texts."""
    covered: list[str] = []
    work = 0
    filled = sorted(rows)
    for area in merges:
        first, last = bisect_left(filled, area.top), bisect_right(filled, area.bottom)
        work += last - first
        if work > MAX_MERGE_ROWS:
            raise Damaged("合并区域太多")
        for number in filled[first:last]:
            cells = rows[number]
            for index in range(area.left - 1, min(area.right, len(cells))):
                if cells[index] is EMPTY or (number, index + 1) == (area.top, area.left):
                    continue
                covered.append(f"{column_letters(index + 1)}{number}“{cells[index].text}”")
                cells[index] = EMPTY
    return covered


def _covered_warning(sheet: str, covered: list[str]) -> list[str]:
    if not covered:
        return []
    listed = "、".join(covered[:_SHOWN])
    more = f"等 {len(covered)} 格" if len(covered) > _SHOWN else ""
    return [f"工作表“{sheet}”的合并单元格盖住了另外的内容，没有读取：{listed}{more}"]


def _trimmed(cells: list[Cell]) -> list[Cell]:
    width = len(cells)
    while width and cells[width - 1] is EMPTY:
        width -= 1
    return cells[:width]


def _merges(areas: list[Area], numbers: list[int]) -> list[Merge]:
    """Return the areas in indexes of `numbers`; what lies below the last row is cut off."""
    merges = []
    for area in areas:
        top = bisect_left(numbers, area.top)
        bottom = bisect_right(numbers, area.bottom) - 1
        if top <= bottom:
            merges.append(Merge(top, area.left - 1, bottom, area.right - 1))
    return merges
