"""A table of a page → a grid: rows and columns as the browser lays them out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.files.grid import EMPTY, Cell, Grid, Merge
from tracker.files.html_text import is_hidden, text_of
from tracker.files.limits import MAX_CELLS
from tracker.files.package import too_much

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIDEST = 400
_GROUPS = ("thead", "tbody", "tfoot")


def tag_of(element: Any) -> str:  # Any: lxml's elements are untyped
    """Return an element's name; empty for comments and the like."""
    return element.tag if isinstance(element.tag, str) else ""


def is_data_table(table: Any) -> bool:
    """Tell a table of data from one that lays out the page or holds other tables."""
    inner = any(sum(1 for _ in rows_of(found)) > 1 for found in table.iterfind(".//table"))
    rows = list(rows_of(table))
    widest = max((len(list(_cells(row))) for row in rows), default=0)
    return not inner and (widest > 1 or len(rows) > 1)


def rows_of(table: Any) -> Iterator[Any]:
    """Yield the rows of a table, not those of tables inside it."""
    for child in table:
        tag = tag_of(child)
        if tag == "tr":
            yield child
        elif tag in _GROUPS:
            yield from (row for row in child if tag_of(row) == "tr")


def grid_of(table: Any, name: str) -> Grid:
    """Return the grid of a table; `name` stands for its sheet.

    Raises:
        FileProblem: it has more cells than the program reads.
    """
    rows: list[list[Cell]] = []
    merges: list[Merge] = []
    hidden: set[int] = set()
    taken: dict[int, int] = {}  # column → the last row that a cell above reaches down to
    elements = list(rows_of(table))
    count = 0
    for number, row in enumerate(elements):
        cells, areas = _row(row, number, taken, len(elements))
        count += len(cells)
        if count > MAX_CELLS:
            raise too_much(f"最多读 {MAX_CELLS} 个单元格")
        rows.append(cells)
        merges += areas
        if is_hidden(row) and any(cell.text.strip() for cell in cells):
            hidden.add(number)
    numbers = tuple(range(1, len(rows) + 1))
    return Grid(name, tuple(map(tuple, rows)), numbers, tuple(merges), frozenset(hidden))


def _row(
    row: Any, number: int, taken: dict[int, int], height: int
) -> tuple[list[Cell], list[Merge]]:
    cells: list[Cell] = []
    merges: list[Merge] = []
    column = 0
    for element in _cells(row):
        while taken.get(column, -1) >= number:
            column += 1
        wide = min(_span(element, "colspan"), max(_WIDEST - column, 1))
        tall = _span(element, "rowspan", zero=height - number)
        bottom = min(number + tall, height) - 1
        cells += [EMPTY] * (column - len(cells)) + [Cell(text_of(element))]
        if wide > 1 or bottom > number:
            merges.append(Merge(number, column, bottom, column + wide - 1))
        for place in range(column, column + wide):
            taken[place] = bottom
        column += wide
    return cells, merges


def _cells(row: Any) -> Iterator[Any]:
    return (cell for cell in row if tag_of(cell) in ("td", "th") and not is_hidden(cell))


def _span(element: Any, name: str, zero: int = 1) -> int:
    """Return over how many cells it reaches; 0 means the rest of the table (HTML 4)."""
    digits = (element.get(name) or "1").strip()
    if not digits.isascii() or not digits.isdigit():
        return 1
    return int(digits[:7]) or max(zero, 1)
