"""Where things stand on a wall chart of one width, in letters of one size."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from tracker.domain.terms import CONTINUED
from tracker.printing.gantt import Strip
from tracker.printing.gantt_legend import Legend
from tracker.printing.texts import WHOLE, Face
from tracker.printing.wall_pages import Measures, Page, paginate
from tracker.printing.wall_painter import WallPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from tracker.printing.gantt_print import GanttDrawing
    from tracker.printing.gantt_rows import Axis
    from tracker.printing.looks import Look

_MARGIN = 2.6  # of the text size, on paper and around a whole picture
_WIDEST_DAY = 12.0
_LABEL_ROOM = 9.0  # of the text size, kept free right of the last deadline
_FOOT = 1.6  # of the text size


class WallLayout:
    """Lays a wall chart out and draws its pages.

    Attributes:
        size: of the letters.
        margin: kept free on all sides.
        head_height: title, legend and header, which every page repeats.
    """

    def __init__(
        self, drawing: GanttDrawing, look: Look, width: float, margin: float | None = None
    ) -> None:
        self._drawing = drawing
        self._look = look
        self.size = size = look.size
        self.margin = size * _MARGIN if margin is None else margin
        self._width = width - 2 * self.margin
        rows = drawing.rows
        self._painter = WallPainter(
            rows, look, drawing.wishes.columns, self._width, drawing.progress
        )
        self._columns = self._painter.beside
        self._title = Face(look.font(1.7, bold=True))
        self._plain = self._painter.face
        self._title_lines = self._title.wrapped(drawing.title, self._width, WHOLE)
        self._axis = self._fitted()
        shaded = bool(self._axis.off)
        self._legend = Legend(rows, look, self._plain, self._width, shaded=shaded)
        self._legend_top = self._title.line_height * len(self._title_lines) + 1.8 * size
        self._header_top = self._legend_top + self._legend.height + 0.6 * size
        self.head_height = self._header_top + self._painter.header_height

    def _fitted(self) -> Axis:
        rows, width = self._drawing.rows, self._width - self._columns.total
        room = width - _LABEL_ROOM * self.size
        pixels = min(room / (rows.last - rows.first + 1), _WIDEST_DAY)
        return self._drawing.make_axis(rows.first, width, pixels, self.size)

    def pages(self, height: float) -> list[Page]:
        """Return what stands on each page of that height; all on one if it is infinite."""
        room = height - 2 * self.margin - self.head_height - _FOOT * self.size
        painter, rows = self._painter, self._drawing.rows

        def heading(place: int, goes_on: bool) -> float:
            if not rows.headings[place].title:
                return 0.0
            return painter.heading_height_of(place, CONTINUED if goes_on else "")

        def row(place: int, lines: int) -> float:
            return painter.lines_height(lines, has_steps=bool(rows.steps_of(place)))

        measures = Measures(heading, painter.row_lines, row, painter.lines_in)
        return paginate(rows.headings, measures, room)

    def used(self, page: Page) -> float:
        """Return how much of a page's height is drawn on, its foot included."""
        return 2 * self.margin + self.head_height + page.height + _FOOT * self.size

    def draw(self, painter: QPainter, *, page: Page, foot: str = "", height: float = 0.0) -> None:
        """Draw one page.

        Args:
            foot: words at the foot of a page of that height.
        """
        painter.save()
        painter.translate(self.margin, self.margin)
        strip = self._strip(page)
        self._draw_head(painter)
        self._painter.draw(painter, strip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._look.line), 1))
        painter.drawLine(QLineF(0, strip.bottom, strip.width, strip.bottom))
        if foot:
            below = strip.bottom + 0.2 * self.size if not self.margin else height - 2 * self.margin
            box = QRectF(0, below, self._width, _FOOT * self.size)
            self._plain.draw(painter, box, foot, QColor(self._look.quiet), align=1.0)
        painter.restore()

    def _strip(self, page: Page) -> Strip:
        y = self.head_height
        placed = []
        for line in page.lines:
            placed.append((line.item, y))
            y += line.height
        return Strip(
            tuple(placed),
            self._columns,
            self._axis,
            self.head_height,
            y,
            continued=CONTINUED if page.goes_on else "",
            heights={line.item: line.height for line in page.lines},
            cuts={line.item.row: line.cut for line in page.lines if line.cut},
        )

    def _draw_head(self, painter: QPainter) -> None:
        rows, size = self._drawing.rows, self.size
        title = QRectF(0, 0, self._width, self._title.line_height * len(self._title_lines))
        text = QColor(self._look.text)
        self._title.draw_lines(painter, title, self._title_lines, text, align=0.5)
        day = date.fromordinal(rows.today)
        words = f"{day.year}年{day.month}月{day.day}日　共{len(rows)}项"
        words += f"　{rows.grouping}分组" if rows.grouping else ""
        under = QRectF(0, title.bottom(), self._width, 1.6 * size)
        self._plain.draw(painter, under, words, QColor(self._look.quiet), align=0.5)
        self._legend.draw(painter, self._legend_top)
        self._painter.draw_header(painter, self._header_top, self._columns, self._axis)
