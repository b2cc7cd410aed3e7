"""Draws lines of the wall chart: rows as high as their words, headings that are never cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF

from tracker.printing.gantt import Columns, GanttPainter, whole_box
from tracker.printing.texts import WHOLE
from tracker.printing.wall_table import WallTable, pad_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from tracker.base.progress import Progress
    from tracker.domain.wall_chart import WallColumn
    from tracker.printing.gantt import Strip
    from tracker.printing.gantt_rows import GanttRows, Item
    from tracker.printing.looks import Look

_AIR = 7.0  # between the words of a row and its rules
_TOLD_EVERY = 200


class WallPainter(GanttPainter):
    """Draws one set of rows on paper of one width.

    Attributes:
        table: the columns beside the bars.
    """

    def __init__(
        self,
        rows: GanttRows,
        look: Look,
        wanted: Iterable[WallColumn],
        width: float,
        progress: Progress | None,
    ) -> None:
        super().__init__(rows, look)
        self.table = WallTable(rows, wanted, (self.face, self.bold), width)
        self._width = width
        self._pad = pad_of(look.size)
        self._progress = progress

    @property
    def beside(self) -> Columns:
        """All columns as one, for what only asks where the bars begin."""
        return Columns(0.0, self.table.total, 0.0)

    def height_of(self, item: Item, strip: Strip) -> float:
        """Return how high a line of a strip is."""
        return strip.heights[item]

    def lines_height(self, lines: int, *, has_steps: bool = False) -> float:
        """Return how high a row of so many lines is."""
        least = 2 if has_steps else 1  # what is due stands above the bar
        return max(round(self.look.size * 2.2), self.face.line_height * max(lines, least) + _AIR)

    def row_lines(self, row: int) -> int:
        """Return how many lines the words of a row take."""
        if self._progress is not None and row % _TOLD_EVERY == 0:
            self._progress.step("正在排版", row, len(self.rows))
        return self.table.lines(row)

    def lines_in(self, height: float) -> int:
        """Return how many lines of words a piece of a row of this height holds."""
        return max(0, int((height - _AIR) // self.face.line_height))

    def heading_height_of(self, index: int, more: str = "") -> float:
        """Return how high a heading is with all its words."""
        title, counts = self._heading_lines(index, more)
        spare = self.heading_height - self.bold.line_height
        return self.bold.line_height * (len(title) + bool(counts)) + spare

    def _heading_lines(self, index: int, more: str) -> tuple[tuple[str, ...], str]:
        """Return a heading line by line, and the counts where they take a line of their own."""
        room = self._width - 2 * self._pad
        title = self.bold.wrapped(self.rows.headings[index].title + more, room, WHOLE)
        counts = self.heading_counts(index)
        is_beside = self.bold.width(title[-1]) + 2 * self._pad + self.small.width(counts) <= room
        return title, "" if is_beside else counts

    def draw_heading(self, painter: QPainter, strip: Strip, item: Item, y: float) -> None:
        """Draw the heading of a group."""
        height = strip.heights[item]
        painter.fillRect(whole_box(QRectF(0, y, strip.width, height)), self.colours["panel"])
        more = strip.continued if strip.lines[0][0] == item else ""
        title, below = self._heading_lines(item.heading, more)
        line = self.bold.line_height
        top = y + (height - line * (len(title) + bool(below))) / 2
        words = QRectF(self._pad, top, self._width - 2 * self._pad, line * len(title))
        self.bold.draw_lines(painter, words, title, self.colours["text"])
        counts = self.heading_counts(item.heading)
        left = 0.0 if below else self.bold.width(title[-1]) + 2 * self._pad
        top = words.bottom() if below else words.bottom() - line
        place = QRectF(self._pad + left, top, words.width() - left + 1, line)
        self.small.draw_lines(painter, place, [counts], self.colours["quiet"])

    def draw_cells(self, painter: QPainter, strip: Strip, row: int, place: QRectF) -> None:
        """Draw what stands beside the bar of a row, or the part of it that stands here."""
        if self._progress is not None and row % _TOLD_EVERY == 0:
            self._progress.step("正在绘制", row, len(self.rows))
        first, end = strip.cuts.get(row, (0, WHOLE))
        for column in self.table.columns:
            made = self.table.cell(column, row)[first:end]
            box = QRectF(column.x, place.top(), column.width, place.height())
            self.face.draw_lines(painter, box, made, self.colours["text"])

    def draw_names(self, painter: QPainter, top: float, columns: Columns) -> None:
        """Draw the headings of the columns."""
        for column in self.table.columns:
            box = QRectF(column.x, top, column.width + 1, self.header_height)
            self.bold.draw(painter, box, column.name, self.colours["quiet"])
