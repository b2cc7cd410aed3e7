"""The lines of a planned table, and a page being filled with them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.reports.looks import POINTS_PER_PIXEL

if TYPE_CHECKING:
    from tracker.reports.continuation import Marks, PrintedRow
    from tracker.reports.looks import Layout, TextLook

GAP = "　　"
"""Between two texts of one line."""
_LOOKS = {"signature": "below", "legend": "below"}


@dataclass(frozen=True, slots=True)
class Across:
    """A text over all columns.

    Attributes:
        part: `annex`, `title`, `meta`, `group_line`, `signature` or `legend`.
        texts: several stand side by side.
        split: how many columns the first of two texts takes in a workbook.
    """

    part: str
    texts: tuple[str, ...]
    size: float
    height: float
    split: int = 0

    @property
    def text(self) -> str:
        """Return the texts in one."""
        return GAP.join(self.texts)

    def look(self, layout: Layout) -> TextLook:
        """Return how it looks."""
        return part_look(layout, self.part)


def part_look(layout: Layout, part: str) -> TextLook:
    """Return how a part of the page looks."""
    look: TextLook = getattr(layout, _LOOKS.get(part, part))
    return look


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row of the table on its page.

    Attributes:
        marks: by column what is new of its text; empty where nothing is.
        span: over how many rows the cell of its group stands; 0 below the first of them.
    """

    texts: tuple[str, ...]
    height: float
    marks: tuple[Marks, ...] = ()
    span: int = 1


Line = Across | PlacedRow


@dataclass(frozen=True, slots=True)
class GroupCell:
    """The cell that stands over all rows of a group on one page.

    Attributes:
        column: from 0.
        name: of the group.
        text: what the cell prints.
        needed: the height of its text, in points.
    """

    column: int
    name: str
    text: str
    needed: float


@dataclass(slots=True)
class FilledPage:
    """A page being filled from above.

    Attributes:
        used: the height taken, but for the rows of the group that goes on.
    """

    used: float
    lines: list[Line] = field(default_factory=list)
    group: GroupCell | None = None
    _rows: list[PrintedRow] = field(default_factory=list)

    @property
    def has_lines(self) -> bool:
        """Whether anything stands below the heading."""
        return bool(self._rows or self.lines)

    def height_with(self, row: PrintedRow, cell: GroupCell | None) -> float:
        """Return the height taken once `row` stands on the page as well."""
        if cell is None:
            return self.height() + row.height
        if self.group is not None and self.group.name == cell.name:
            return self.used + max(self._sum() + row.height, self.group.needed)
        return self.height() + max(row.height, cell.needed)

    def height(self) -> float:
        """Return the height taken."""
        return self.used + (max(self._sum(), self.group.needed) if self.group else 0.0)

    def add(self, line: Across) -> None:
        """Put a text over all columns below what there is."""
        self.end_group()
        self.lines.append(line)
        self.used += line.height

    def add_row(self, row: PrintedRow, cell: GroupCell | None) -> None:
        """Put a row below what there is."""
        if cell is None:
            self.end_group()
            self.lines.append(PlacedRow(row.texts, row.height, row.marks))
            self.used += row.height
            return
        if self.group is None or self.group.name != cell.name:
            self.end_group()
            self.group = cell
        self._rows.append(row)

    def end_group(self) -> None:
        """Close the cell over the rows of a group; they get higher where its text needs it."""
        cell, rows = self.group, self._rows
        if cell is None:
            return
        self.used = self.height()
        missing = round(max(0.0, cell.needed - self._sum()) / POINTS_PER_PIXEL)
        share, over = divmod(missing, len(rows))
        for place, row in enumerate(rows):
            more = (share + (place < over)) * POINTS_PER_PIXEL
            texts = list(row.texts)
            texts[cell.column] = "" if place else cell.text
            span = 0 if place else len(rows)
            self.lines.append(PlacedRow(tuple(texts), row.height + more, row.marks, span))
        self.group, self._rows = None, []

    def _sum(self) -> float:
        return sum(row.height for row in self._rows)
