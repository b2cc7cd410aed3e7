"""Tables of an old Word file, put together from the paragraphs that stand in them."""

from __future__ import annotations

import struct
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from tracker.files import doc_sprms as codes
from tracker.files.docx_blocks import RawCell, RawRow, RawTable
from tracker.files.docx_table import table_text
from tracker.files.limits import MAX_CELLS
from tracker.files.package import Damaged, too_much

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.files.doc_properties import ParagraphLook

# Edges of cells nearer to each other than half a millimetre are one line.
_SAME_EDGE = 30
_CELL_BYTES = 20
_DEEPEST = 30
_FIRST_ACROSS, _GOES_ACROSS = 0x01, 0x02
_DOWN = {1: "continue", 3: "restart"}
_MOST_COLUMNS = 200


@dataclass(slots=True)
class _Open:
    """A table being read: its rows, the edges of each, the row and the cell under way."""

    table: RawTable = field(default_factory=RawTable)
    edges: list[list[int]] = field(default_factory=list)
    cells: list[RawCell] = field(default_factory=list)
    cell: RawCell | None = None


class Tables:
    """Takes the paragraphs of a story in order and gives its blocks."""

    def __init__(self) -> None:
        self.blocks: list[str | RawTable] = []
        self._open: list[_Open] = []
        self._count = 0

    @property
    def depth(self) -> int:
        """Return in how many tables the reading stands."""
        return len(self._open)

    def enter(self, depth: int) -> None:
        """Go to the table of this depth; tables below it are complete.

        Raises:
            Damaged: it is deeper than any table is.
        """
        if depth > _DEEPEST:
            raise Damaged("表格套得太深")
        while len(self._open) > depth:
            self._close()
        while len(self._open) < depth:
            self._open.append(_Open())

    def add(self, blocks: Sequence[str | RawTable]) -> None:
        """Add what stands in the cell under way, or outside of tables."""
        if not self._open:
            self.blocks.extend(blocks)
            return
        now = self._open[-1]
        if now.cell is None:
            now.cell = RawCell()
        now.cell.blocks.extend(blocks)

    def end_cell(self) -> None:
        """End the cell under way."""
        now = self._open[-1]
        now.cells.append(now.cell or RawCell())
        now.cell = None
        self._count += 1
        if self._count > MAX_CELLS:
            raise too_much(f"最多读 {MAX_CELLS} 格")

    def end_row(self, look: ParagraphLook, *, removed: bool) -> None:
        """End the row under way, which is made as `look` says."""
        now = self._open[-1]
        if now.cell is not None:
            self.end_cell()
        row, edges = _row(now.cells, look.row)
        now.cells = []
        if row.cells and not (removed and not _has_words(row)):
            now.table.rows.append(row)
            now.edges.append(edges)

    def finish(self) -> list[str | RawTable]:
        """Return the blocks of the story."""
        self.enter(0)
        return self.blocks

    def _close(self) -> None:
        done = self._open.pop()
        if done.cell is not None:
            done.cells.append(done.cell)
        if done.cells:
            row, edges = _row(done.cells, ())
            done.table.rows.append(row)
            done.edges.append(edges)
        if not done.table.rows:
            return
        _settle(done.table, done.edges)
        done.table.text = table_text(done.table)
        self.add([done.table])


def _has_words(row: RawRow) -> bool:
    return any(
        not isinstance(block, str) or block.strip() for cell in row.cells for block in cell.blocks
    )


def _row(cells: list[RawCell], said: Sequence[tuple[int, bytes]]) -> tuple[RawRow, list[int]]:
    """Return a row, and the edges of its cells from left to right; none where nothing is said."""
    edges: list[int] = []
    for code, value in said:
        if code == codes.ROW_SHAPE:
            edges = _take_shape(cells, value)
        elif code == codes.MERGED_DOWN and len(value) >= 2 and value[0] < len(cells):
            cells[value[0]].down = _DOWN.get(value[1] & 3, "")
        elif code == codes.MERGED_ACROSS and len(value) >= 2:
            for cell in cells[value[0] + 1 : value[1]]:
                cell.joins = True
        elif code == codes.SPLIT and len(value) >= 2:
            for cell in cells[value[0] : value[1]]:
                cell.joins = False
    return RawRow(cells=cells), edges if len(edges) == len(cells) + 1 else []


def _take_shape(cells: list[RawCell], value: bytes) -> list[int]:
    """Read the definition of a row: the edges of its cells, and which of them are merged."""
    if not value:
        return []
    count = value[0]
    if len(value) < 1 + 2 * (count + 1):
        return []
    edges = list(struct.unpack_from(f"<{count + 1}h", value, 1))
    at = 1 + 2 * (count + 1)
    for index, cell in enumerate(cells[:count]):
        if at + _CELL_BYTES * index + 2 > len(value):
            break
        (flags,) = struct.unpack_from("<H", value, at + _CELL_BYTES * index)
        cell.joins = bool(flags & _GOES_ACROSS) and not flags & _FIRST_ACROSS
        cell.down = _DOWN.get(flags >> 5 & 3, "")
    return edges


def _settle(table: RawTable, edges: list[list[int]]) -> None:
    """Put the cells of all rows on the columns that the edges make together."""
    lines: list[int] = []
    for edge in sorted({edge for row in edges for edge in row}):
        if not lines or edge - lines[-1] > _SAME_EDGE:
            lines.append(edge)
    if len(lines) > _MOST_COLUMNS:
        return
    for row, own in zip(table.rows, edges, strict=True):
        places = [bisect_right(lines, edge) - 1 for edge in own]
        if not places:
            continue
        row.before = places[0]
        for cell, left, right in zip(row.cells, places, places[1:], strict=False):
            cell.span = max(right - left, 1)
    table.widths = [right - left for left, right in pairwise(lines)]
