"""A grid of cells, whatever file it came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date


class Cell(NamedTuple):
    """One cell.

    Attributes:
        text: what the reader of the sheet sees, to the letter; line ends are `\\n`.
        value: the typed value behind it where the file has one (a date, a number).
    """

    text: str = ""
    value: date | float | None = None


EMPTY = Cell()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, 0-based and inclusive, in rows and columns of the grid."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Grid:
    """A sheet, a text file's lines, or a table of a document.

    Attributes:
        sheet: the sheet's name; empty for text and csv.
        rows: cells row by row; rows may differ in length. A merged area holds its text in its
            top left cell, the others are empty.
        numbers: the 1-based row (or line) number in the file of each row of `rows`.
        merges: merged areas.
        hidden: indexes into `rows` of rows that the sheet hides.
        ruled: the file draws its cells, so that merged areas are known though it has no name.
    """

    sheet: str
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...]
    merges: tuple[Merge, ...] = ()
    hidden: frozenset[int] = frozenset()
    ruled: bool = False
