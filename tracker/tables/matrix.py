"""A grid with its merged areas resolved and its texts cleaned."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

from tracker.tables.cells import clean

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from tracker.files.grid import Grid, Merge


class Piece(NamedTuple):
    """What a cell says and where that was written: cells of one merged area share the place."""

    text: str
    place: tuple[int, int]
    value: date | float | None = None

    def __bool__(self) -> bool:
        return self.text != "" and not self.text.isspace()


NOTHING = Piece("", (-1, -1))
"""Stands in every empty cell."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """A rectangular view of a grid; rows and columns count from 0.

    Attributes:
        filled: the cells of each row that hold words of their own.
        heads: the merged area each cell belongs to, where it is in one.
        merged: rows with cells of a merged area.
        lines: rows that are lines of running text, cut by no tab.
    """

    grid: Grid
    pieces: tuple[tuple[Piece, ...], ...]
    filled: tuple[tuple[Piece, ...], ...]
    width: int
    heads: dict[tuple[int, int], Merge] = field(default_factory=dict)
    merged: frozenset[int] = frozenset()
    lines: frozenset[int] = frozenset()

    @classmethod
    def of(cls, grid: Grid, lines: frozenset[int] = frozenset()) -> Matrix:
        """Clean every cell of `grid` and look up its merged areas."""
        width = max((len(row) for row in grid.rows), default=0)
        width = max([width, *(merge.right + 1 for merge in grid.merges)])
        pieces = tuple(
            (
                *[
                    NOTHING
                    if not (text := clean(cell.text)) or text.isspace()
                    else Piece(text, (r, c), cell.value)
                    for c, cell in enumerate(row)
                ],
                *(NOTHING,) * (width - len(row)),
            )
            for r, row in enumerate(grid.rows)
        )
        filled = tuple(tuple([p for p in row if p is not NOTHING]) for row in pieces)
        heads = {
            (r, c): merge
            for merge in grid.merges
            for r in range(merge.top, min(merge.bottom + 1, len(pieces)))
            for c in range(merge.left, merge.right + 1)
        }
        return cls(grid, pieces, filled, width, heads, frozenset(r for r, _ in heads), lines)

    def between(self, columns: range) -> Matrix:
        """Return the same rows with nothing outside `columns`; all rows and columns keep places."""
        pieces = tuple(
            tuple(piece if at in columns else NOTHING for at, piece in enumerate(row))
            for row in self.pieces
        )
        filled = tuple(tuple(p for p in row if p.place[1] in columns) for row in self.filled)
        return replace(self, pieces=pieces, filled=filled)

    @property
    def height(self) -> int:
        """Number of rows."""
        return len(self.pieces)

    def at(self, row: int, column: int) -> Piece:
        """Return the cell, for a merged area the text of the area."""
        merge = self.heads.get((row, column))
        return self.pieces[merge.top][merge.left] if merge else self.pieces[row][column]

    def down(self, row: int, column: int) -> Piece:
        """Return the cell; a merged area speaks in its first column only, but in every row."""
        merge = self.heads.get((row, column))
        if merge and merge.left != column:
            return self.pieces[row][column]
        return self.at(row, column)

    def line(self, row: int) -> tuple[Piece, ...]:
        """Return the row as `down` gives it."""
        if row not in self.merged:
            return self.pieces[row]
        return tuple(self.down(row, column) for column in range(self.width))

    def own(self, row: int) -> tuple[Piece, ...]:
        """Return the cells of a row that hold words of their own."""
        return self.filled[row]

    def words(self, row: int) -> str:
        """Return the words of a row, cell by cell, for showing them."""
        return "\t".join(piece.text.strip() for piece in self.own(row))

    def span(self, row: int, column: int) -> int:
        """Return over how many columns the cell reaches."""
        merge = self.heads.get((row, column))
        return merge.right - merge.left + 1 if merge else 1


def printed(pieces: Iterable[Piece]) -> str:
    """Return the words of some cells, for showing them."""
    return "\t".join(piece.text.strip() for piece in pieces if piece)
