"""A table of a document → a grid: columns settled, merged areas found, cells as text."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from tracker.files.docx_blocks import RawTable
from tracker.files.grid import EMPTY, Cell, Grid, Merge

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.files.docx_blocks import RawCell, RawRow, Seen


@dataclass(slots=True)
class _Placed:
    """A cell with the columns it takes, from `left` up to and without `right`; None for a gap."""

    left: int
    right: int
    cell: RawCell | None


def blocks_text(blocks: Sequence[str | RawTable]) -> str:
    """Return paragraphs and nested tables as lines, without empty ones at the ends."""
    if len(blocks) == 1 and isinstance(blocks[0], str):
        return blocks[0]
    lines = [block if isinstance(block, str) else block.text for block in blocks]
    while lines and not lines[-1]:
        lines.pop()
    first = next((at for at, line in enumerate(lines) if line), 0)
    return "\n".join(lines[first:])


def table_text(table: RawTable) -> str:
    """Return the rows of a table as lines, cells joined by tabs; a merged area speaks once."""
    return "\n".join(
        "\t".join("" if _goes_on(cell) else blocks_text(cell.blocks) for cell in row.cells)
        for row in table.rows
    )


def is_frame(table: RawTable) -> bool:
    """Tell a table of one column that only frames what it holds, another table among it."""
    return all(len(row.cells) <= 1 for row in table.rows) and any(
        isinstance(block, RawTable)
        for row in table.rows
        for cell in row.cells
        for block in cell.blocks
    )


def grid_of_table(table: RawTable, sheet: str, seen: Seen) -> Grid:
    """Return the grid of a table.

    Args:
        table: the table as the file holds it.
        sheet: the grid's name.
        seen: takes words that lie unseen in a merged area.
    """
    rows = _settled([_placed(row) for row in table.rows], table.widths)
    cells: list[tuple[Cell, ...]] = []
    areas = _Areas(seen)
    for number, row in enumerate(rows):
        texts: list[Cell] = []
        for placed in row:
            texts += [EMPTY] * (placed.left - len(texts))
            text = areas.take(number, placed, placed.cell) if placed.cell is not None else ""
            texts.append(Cell(text) if text else EMPTY)
            texts += [EMPTY] * (placed.right - len(texts))
        cells.append(tuple(texts))
    return Grid(sheet, tuple(cells), tuple(range(1, len(cells) + 1)), areas.merges())


def _goes_on(cell: RawCell) -> bool:
    return cell.joins or cell.down == "continue"


class _Areas:
    """The merged areas met so far."""

    def __init__(self, seen: Seen) -> None:
        self._seen = seen
        self._all: list[list[int]] = []
        self._open: dict[int, list[int]] = {}

    def take(self, row: int, placed: _Placed, cell: RawCell) -> str:
        """Note a cell; return its text, nothing for one that goes on an area from above."""
        text = blocks_text(cell.blocks)
        above = self._open.get(placed.left)
        if cell.down == "continue" and above is not None and above[2] == row - 1:
            above[2] = row
            if text.strip():
                self._seen.unseen.append(text)
            return ""
        area = [row, placed.left, row, placed.right - 1]
        self._all.append(area)
        self._open.pop(placed.left, None)
        if cell.down:
            self._open[placed.left] = area
        return text

    def merges(self) -> tuple[Merge, ...]:
        """Return the areas of more than one cell."""
        return tuple(Merge(*area) for area in self._all if area[:2] != area[2:])


def _placed(row: RawRow) -> list[_Placed]:
    """Put the cells of a row side by side on the grid columns of the file."""
    placed: list[_Placed] = []
    at = row.before
    if at:
        placed.append(_Placed(0, at, None))
    for cell in row.cells:
        if cell.joins and placed and placed[-1].cell is not None:
            placed[-1].right += cell.span
            placed[-1].cell.blocks += cell.blocks
        else:
            placed.append(_Placed(at, at + cell.span, cell))
        at += cell.span
    if row.after:
        placed.append(_Placed(at, at + row.after, None))
    return placed


def _settled(rows: list[list[_Placed]], widths: Sequence[int]) -> list[list[_Placed]]:
    """Bring the rows onto the columns that a reader sees.

    Where edges were dragged, the file has more grid columns than any row has cells. Then the
    rows with the most cells are taken cell by cell, and the others by the nearest edge.
    """
    edges = sorted({edge for row in rows for p in row for edge in (p.left, p.right)} | {0})
    most = max((len(row) for row in rows), default=0)
    if len(edges) - 1 > most:
        edges = _commonest_edges([row for row in rows if len(row) == most])
    places = _positions(widths, max((row[-1].right for row in rows if row), default=0))
    lines = [places[edge] for edge in edges]
    for row in rows:
        if len(row) == len(edges) - 1:
            bounds = list(range(len(edges)))
        else:
            bounds = _nearest([p.left for p in row] + [p.right for p in row[-1:]], lines, places)
        for placed, left, right in zip(row, bounds, bounds[1:], strict=False):
            placed.left, placed.right = left, right
    return rows


def _commonest_edges(rows: list[list[_Placed]]) -> list[int]:
    shapes = Counter((*(p.left for p in row), row[-1].right) for row in rows)
    return list(shapes.most_common(1)[0][0])


def _positions(widths: Sequence[int], columns: int) -> list[int]:
    """Return where each edge of the file's grid lies; evenly where the widths say nothing."""
    if len(widths) < columns or not all(widths[:columns]):
        return list(range(columns + 1))
    return [0, *accumulate(widths[:columns])]


def _nearest(edges: Sequence[int], lines: Sequence[int], places: Sequence[int]) -> list[int]:
    """Return for each edge of a row the nearest of the columns' lines, no two the same."""
    bounds: list[int] = []
    for left, edge in enumerate(edges):
        position = places[edge]
        after = bisect_left(lines, position)
        near = min(
            (at for at in (after - 1, after) if 0 <= at < len(lines)),
            key=lambda at: abs(lines[at] - position),
        )
        lowest = bounds[-1] + 1 if bounds else 0
        highest = len(lines) - len(edges) + left
        bounds.append(max(lowest, min(near, highest)))
    return bounds
