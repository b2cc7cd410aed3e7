"""The deadline view on paper: title, legend and header on every page, no line cut in two."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPen

from tracker.domain.terms import CONTINUED
from tracker.printing.canvas import Sheet
from tracker.printing.gantt import GanttPainter, Strip
from tracker.printing.gantt_bars import dashed_bar, fill_bar
from tracker.printing.gantt_rows import Item, Kind
from tracker.printing.gantt_steps import StepPainter, states_in
from tracker.printing.looks import PAPER_LOOK
from tracker.printing.texts import Face

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from PySide6.QtGui import QPainter

    from tracker.domain.milestone import MilestoneState
    from tracker.printing.gantt_rows import Axis, GanttRows
    from tracker.printing.looks import Look
    from tracker.printing.pdf import Paper

    MakeAxis = Callable[[int, float, float, float], Axis]
    _Swatch = Callable[[QPainter, QRectF], None]

_WHOLE_WIDTH = 1600.0
_MARGIN = 2.6  # of the text size, on paper and around a whole picture
_WIDEST_DAY = 12.0
_LABEL_ROOM = 9.0  # of the text size, kept free right of the last deadline


@dataclass(frozen=True, slots=True)
class GanttDrawing:
    """The wall picture of the deadline view.

    Attributes:
        make_axis: gives the time above the bars from first day, width, width of a day, text size.
    """

    title: str
    rows: GanttRows
    grouping: str
    make_axis: MakeAxis

    def whole(self) -> Sheet:
        """Return everything on one surface."""
        layout = _Layout(self, PAPER_LOOK.size, _WHOLE_WIDTH)
        height = layout.head_height + layout.lines.height + 2 * layout.margin
        page = (0, len(layout.lines))
        return Sheet(_WHOLE_WIDTH, height, partial(layout.draw, page=page, foot=""))

    def pages(self, paper: Paper) -> Sequence[Sheet]:
        """Return it cut into pages."""
        width, height = paper.unit_size()
        layout = _Layout(self, paper.text_size, width)
        ranges = layout.page_ranges(height)
        return [
            Sheet(
                width,
                height,
                partial(
                    layout.draw,
                    page=page,
                    foot=f"第{number}页　共{len(ranges)}页",
                    foot_at=height - layout.margin,
                ),
            )
            for number, page in enumerate(ranges, 1)
        ]


class _Layout:
    """Where things stand on paper of one width.

    Attributes:
        head_height: title, legend and header, which every page repeats.
        lines: where the lines stand under each other.
    """

    def __init__(self, drawing: GanttDrawing, size: float, width: float) -> None:
        self._drawing = drawing
        rows = drawing.rows
        look = replace(PAPER_LOOK, size=size)
        self._painter = GanttPainter(rows, look)
        self._title = Face(look.font(1.7, bold=True))
        self._plain = Face(look.font())
        self._look = look
        self.margin = size * _MARGIN
        self._width = width - 2 * self.margin
        self._columns = self._painter.columns(self._width)
        self.lines = self._painter.lines()
        self._axis = self._fitted()
        shaded = bool(self._axis.off)
        self._legend = _Legend(rows, look, self._plain, self._width, shaded=shaded)
        title_height = self._title.line_height + 1.8 * size
        self._legend_top = title_height
        self._header_top = title_height + self._legend.height + 0.6 * size
        self.head_height = self._header_top + self._painter.header_height

    def _fitted(self) -> Axis:
        rows, width = self._drawing.rows, self._width - self._columns.total
        room = width - _LABEL_ROOM * self._look.size
        pixels = min(room / (rows.last - rows.first + 1), _WIDEST_DAY)
        return self._drawing.make_axis(rows.first, width, pixels, self._look.size)

    def page_ranges(self, height: float) -> list[tuple[int, int]]:
        """Return the lines of each page of that height: first and one behind the last."""
        room = height - 2 * self.margin - self.head_height - 1.6 * self._look.size
        ranges: list[tuple[int, int]] = []
        start, count = 0, len(self.lines)
        while start < count:
            item = self.lines.item(start)
            goes_on = not item.is_heading and self._has_heading(item)
            left = room - (self._painter.heading_height if goes_on else 0)
            last = self.lines.index_at(self.lines.top(start) + left)
            end = count if last is None else max(last, start + 1)
            if end < count and end - start > 1 and self.lines.item(end - 1).is_heading:
                end -= 1  # a heading never stands alone at the foot
            ranges.append((start, end))
            start = end
        return ranges

    def _has_heading(self, item: Item) -> bool:
        return bool(self._drawing.rows.headings[item.heading].title)

    def draw(
        self, painter: QPainter, *, page: tuple[int, int], foot: str, foot_at: float = 0.0
    ) -> None:
        """Draw one page."""
        painter.save()
        painter.translate(self.margin, self.margin)
        strip = self._strip(page)
        self._draw_head(painter)
        self._painter.draw(painter, strip)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._look.line), 1))
        painter.drawLine(QLineF(0, strip.bottom, strip.width, strip.bottom))
        if foot:
            box = QRectF(0, foot_at - self.margin, self._width, 1.6 * self._look.size)
            self._plain.draw(painter, box, foot, QColor(self._look.quiet), align=1.0)
        painter.restore()

    def _strip(self, page: tuple[int, int]) -> Strip:
        start, end = page
        y = self.head_height
        placed: list[tuple[Item, float]] = []
        first = self.lines.item(start)
        goes_on = not first.is_heading and self._has_heading(first)
        items = [self.lines.item(index) for index in range(start, end)]
        if goes_on:
            items.insert(0, Item(first.heading, -1))
        for item in items:
            placed.append((item, y))
            y += self.lines.item_height(item)
        return Strip(
            tuple(placed),
            self._columns,
            self._axis,
            self.head_height,
            y,
            continued=CONTINUED if goes_on else "",
        )

    def _draw_head(self, painter: QPainter) -> None:
        size = self._look.size
        title = QRectF(0, 0, self._width, self._title.line_height)
        text = QColor(self._look.text)
        self._title.draw(painter, title, self._drawing.title, text, align=0.5)
        day = date.fromordinal(self._drawing.rows.today)
        words = f"{day.year}年{day.month}月{day.day}日　共{len(self._drawing.rows)}项"
        words += f"　{self._drawing.grouping}" if self._drawing.grouping else ""
        under = QRectF(0, title.bottom(), self._width, 1.6 * size)
        self._plain.draw(painter, under, words, QColor(self._look.quiet), align=0.5)
        self._legend.draw(painter, self._legend_top)
        self._painter.draw_header(painter, self._header_top, self._columns, self._axis)


class _Legend:
    """What the fillings and dashes of this picture mean, in as many lines as the width asks for.

    Only what is drawn is explained; without a bar a light has no filling, its words stand alone.
    """

    def __init__(
        self, rows: GanttRows, look: Look, face: Face, width: float, *, shaded: bool
    ) -> None:
        self._look, self._face = look, face
        self._steps = StepPainter(rows, look, face)
        self._swatch = 2.6 * look.size
        self._line_height = 1.7 * look.size
        self._places: list[tuple[float, int, str, _Swatch]] = []
        x, line = 0.0, 0
        for word, swatch in self._entries(rows, shaded=shaded):
            need = self._swatch + 0.5 * look.size + face.width(word)
            if x and x + need > width:
                x, line = 0.0, line + 1
            self._places.append((x, line, word, swatch))
            x += need + 1.6 * look.size
        self.height = (line + 1) * self._line_height if self._places else 0.0

    def _entries(self, rows: GanttRows, *, shaded: bool) -> Iterator[tuple[str, _Swatch]]:
        look, text = self._look, QColor(self._look.text)
        pairs = zip(rows.lights, rows.kinds, strict=True)
        drawn = {light for light, kind in pairs if kind != Kind.NONE}
        for place, light in enumerate(rows.palette):
            if place in drawn:
                fill = partial(fill_bar, hatched=look.hatched, light=light)
                yield f"{light.shape} {light.word}", partial(fill, colour=look.light(light))
        days = zip(rows.starts, rows.first_ends, rows.ends, strict=True)
        if any(start <= first < end for start, first, end in days):
            yield "原定时限以后（延期）", partial(dashed_bar, colour=text, ground=60)
        if any(rows.late_to):
            yield rows.late_word, partial(dashed_bar, colour=text, ground=0)
        if shaded:
            yield "周末、节假日", partial(_fill, colour=QColor(look.shade).darker(108))
        for state in states_in(tuple(rows.steps.values())):
            yield f"节点{state.word}", partial(self._diamond, state=state)

    def _diamond(self, painter: QPainter, box: QRectF, state: MilestoneState) -> None:
        self._steps.draw_one(painter, box.center(), state)

    def draw(self, painter: QPainter, top: float) -> None:
        """Draw it from `top` on."""
        text = QColor(self._look.text)
        for x, line, word, swatch in self._places:
            y = top + line * self._line_height
            height = 0.95 * self._look.size
            swatch(painter, QRectF(x, y + (self._line_height - height) / 2, self._swatch, height))
            left = x + self._swatch + 0.5 * self._look.size
            words = QRectF(left, y, self._face.width(word) + 1, self._line_height)
            self._face.draw(painter, words, word, text)


def _fill(painter: QPainter, box: QRectF, colour: QColor) -> None:
    painter.fillRect(box, colour)
