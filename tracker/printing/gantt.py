"""The deadline view (时限图) drawn on any painter: only the lines and the days that are asked for.

The window and the wall picture share this code; they differ in look, in the lines they ask for
and in the axis.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from tracker.printing.gantt_bars import BarPainter, Spot
from tracker.printing.gantt_rows import Lines
from tracker.printing.texts import Face

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtGui import QPainter

    from tracker.printing.gantt_rows import Axis, GanttRows, Item
    from tracker.printing.looks import Look

PAD = 8.0
_LABEL_PAD = 6.0
_SMALL = 0.86
_FROZEN_SHARE = 0.42  # of the width, for the columns beside the bars


@dataclass(frozen=True, slots=True)
class Columns:
    """Widths of the columns beside the bars."""

    number: float
    task: float
    unit: float

    @property
    def total(self) -> float:
        """Where the bars begin."""
        return self.number + self.task + self.unit


@dataclass(frozen=True, slots=True)
class Strip:
    """A piece of the view: its lines with where each begins, the columns, the time.

    Attributes:
        top, bottom: between which the lines stand, in the painter's units.
        selected: the row in hand; None for none.
        continued: the first heading goes on from the page before.
        heights: on paper, how high each line is.
        cuts: on paper, which lines of a row's words stand here: first and one behind the last; of
            rows that go on over pages only.
    """

    lines: tuple[tuple[Item, float], ...]
    columns: Columns
    axis: Axis
    top: float
    bottom: float
    folded: frozenset[str] = frozenset()
    selected: int | None = None
    cursor: Item | None = None
    continued: str = ""
    heights: Mapping[Item, float] = field(default_factory=dict)
    cuts: Mapping[int, tuple[int, int]] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """The width of columns and time together."""
        return self.columns.total + self.axis.width


class GanttPainter:
    """Draws one set of rows in one look.

    Attributes:
        row_height, heading_height, header_height: in the painter's units.
        face, bold, small: the fonts.
        colours: those of the look by name.
    """

    def __init__(self, rows: GanttRows, look: Look) -> None:
        self.rows = rows
        self.look = look
        self.face = Face(look.font())
        self.bold = Face(look.font(bold=True))
        self.small = Face(look.font(_SMALL))
        self._bars = BarPainter(rows, look, self.small)
        self.colours = {
            name: QColor(getattr(look, name))
            for name in (
                "surface",
                "panel",
                "shade",
                "line",
                "text",
                "quiet",
                "accent",
                "accent_soft",
                "on_accent",
            )
        }
        self._counts: dict[int, str] = {}
        self._title_lines = 1
        self.heading_height = round(look.size * 1.95)
        self.header_height = round(look.size * 3.5)
        self._number_width, self._unit_width = self._measure()
        self._longest_title = max(map(len, rows.titles), default=0)
        self._longest_unit = max(map(len, rows.units), default=0)
        self.row_height = self._row_height(1)

    def _measure(self) -> tuple[float, float]:
        """Return what the widest number and the widest unit need, within reason."""
        size = self.look.size
        longest = max(self.rows.numbers, key=len, default="")
        number = max(self.face.width(longest), self.bold.width("序号"))
        units = sorted(set(self.rows.units), key=len)[-20:]
        unit = max([self.face.width(unit) for unit in units] + [self.bold.width("牵头单位")])
        return min(number, 6 * size) + 2.5 * PAD, min(unit, 10 * size) + 2 * PAD

    def _row_height(self, lines: int) -> float:
        return max(round(self.look.size * 2.2), self.face.line_height * lines + 7)

    def columns(self, width: float) -> Columns:
        """Return the columns that suit a view of that width, and fit the row height to them."""
        size = self.look.size
        fixed = self._number_width + self._unit_width
        task = max(10 * size, min(30 * size, width * _FROZEN_SHARE - fixed))
        widest = self._longest_title * size + PAD
        unit = self._longest_unit * size + PAD
        labels = self.look.hatched and bool(self.rows.steps)  # they need room above the bars
        self._title_lines = 2 if widest > task or unit > self._unit_width or labels else 1
        self.row_height = self._row_height(self._title_lines)
        task = min(task, max(widest, 10 * size))
        return Columns(self._number_width, task, self._unit_width)

    def lines(self, folded: frozenset[str] = frozenset()) -> Lines:
        """Return where the lines stand; ask after `columns`."""
        return Lines(self.rows.headings, self.heading_height, self.row_height, folded)

    def height_of(self, item: Item, strip: Strip) -> float:
        """Return how high a line of a strip is."""
        return self.heading_height if item.is_heading else self.row_height

    def draw(self, painter: QPainter, strip: Strip) -> None:
        """Draw the lines of a strip with ground, bars, today line and words."""
        x = strip.columns.total
        self._draw_ground(painter, strip)
        for item, y in strip.lines:
            if item.is_heading:
                self.draw_heading(painter, strip, item, y)
            else:
                self._draw_row(painter, strip, item, y)
        self._draw_today_line(painter, strip)
        for item, y in strip.lines:
            if not item.is_heading:
                middle = y + self.height_of(item, strip) / 2
                spot = Spot(x, middle, self._bar_height)
                self._bars.draw_steps(painter, spot, item.row, strip.axis)
                self._bars.draw_words(painter, spot, item.row, strip.axis)

    @property
    def _bar_height(self) -> float:
        return round(self.look.size * 0.95)

    def _draw_ground(self, painter: QPainter, strip: Strip) -> None:
        x, height = strip.columns.total, strip.bottom - strip.top
        shade = self.colours["shade"]
        for first, last in strip.axis.off:
            left = x + strip.axis.within(strip.axis.left(first))
            right = x + strip.axis.within(strip.axis.right(last))
            painter.fillRect(whole_box(QRectF(left, strip.top, right - left, height)), shade)
        painter.setPen(QPen(self.colours["line"], 1))
        starts = [strip.axis.left(first) for first, _, _ in strip.axis.pieces]
        edges = [x, *(x + left for left in starts if 0 < left < strip.axis.width)]
        painter.drawLines([QLineF(edge, strip.top, edge, strip.bottom) for edge in edges])

    def draw_heading(self, painter: QPainter, strip: Strip, item: Item, y: float) -> None:
        heading = self.rows.headings[item.heading]
        box = QRectF(0, y, strip.width, self.heading_height)
        painter.fillRect(whole_box(box), self.colours["panel"])
        if strip.cursor == item:
            painter.fillRect(QRectF(0, y, 3, self.heading_height), self.colours["accent"])
        self._triangle(painter, 2 * PAD, box.center().y(), folded=heading.title in strip.folded)
        first = strip.lines[0][0] == item
        title = heading.title + (strip.continued if first else "")
        counts = self.heading_counts(item.heading)
        words = QRectF(3.5 * PAD, y, strip.width - 4 * PAD, self.heading_height)
        need = min(self.bold.width(title), words.width())
        self.bold.draw(painter, words, title, self.colours["accent"])
        words.setLeft(words.left() + need + 2 * PAD)
        if words.width() > self.small.width(counts):
            self.small.draw(painter, words, counts, self.colours["quiet"])

    def heading_counts(self, index: int) -> str:
        found = self._counts.get(index)
        if found is None:
            _, first, tasks = self.rows.headings[index]
            lights = bytes(self.rows.lights[first : first + tasks])
            parts = [f"共{tasks}项"]
            for place, light in enumerate(self.rows.palette):
                if number := lights.count(place):
                    parts.append(f"{light.shape}{light.word}{number}")
            found = self._counts[index] = "　".join(parts)
        return found

    def _triangle(self, painter: QPainter, x: float, y: float, *, folded: bool) -> None:
        half = self.look.size * 0.28
        tip = QPointF(x + half, y) if folded else QPointF(x, y + half)
        other = QPointF(x - half, y + half) if folded else QPointF(x + half, y - half)
        points = [QPointF(x - half, y - half), tip, other]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours["accent"])
        painter.drawPolygon(QPolygonF(points))

    def _draw_row(self, painter: QPainter, strip: Strip, item: Item, y: float) -> None:
        row, height, columns = item.row, self.height_of(item, strip), strip.columns
        if row == strip.selected:
            painter.fillRect(QRectF(0, y, strip.width, height), self.colours["accent_soft"])
            painter.fillRect(QRectF(0, y, 3, height), self.colours["accent"])
        rule = whole_box(QRectF(0, y + height - 1, strip.width, 1))
        painter.fillRect(rule, self.colours["line"])
        self.draw_cells(painter, strip, row, QRectF(0, y, columns.total, height))
        spot = Spot(columns.total, y + height / 2, self._bar_height)
        self._bars.draw_bar(painter, spot, row, strip.axis)

    def draw_cells(self, painter: QPainter, strip: Strip, row: int, place: QRectF) -> None:
        """Draw what stands beside the bar of a row."""
        columns, lines, y, height = strip.columns, self._title_lines, place.top(), place.height()
        box = QRectF(PAD, y, columns.number - 2.5 * PAD, height)
        self.face.draw(painter, box, self.rows.numbers[row], self.colours["quiet"], align=1.0)
        box = QRectF(columns.number, y, columns.task - PAD, height)
        self.face.draw(painter, box, self.rows.titles[row], self.colours["text"], lines=lines)
        box = QRectF(columns.number + columns.task, y, columns.unit - PAD, height)
        self.face.draw(painter, box, self.rows.units[row], self.colours["quiet"], lines=lines)

    def _draw_today_line(self, painter: QPainter, strip: Strip) -> None:
        x = strip.axis.left(self.rows.today)
        if 0 <= x <= strip.axis.width:
            painter.setPen(QPen(self.colours["accent"], 1.6))
            x += strip.columns.total
            painter.drawLine(QLineF(x, strip.top, x, strip.bottom))

    def draw_header(self, painter: QPainter, top: float, columns: Columns, axis: Axis) -> None:
        """Draw the headings of the columns, the pieces of time and the label of today."""
        width, height = columns.total + axis.width, self.header_height
        painter.fillRect(QRectF(0, top, width, height), self.colours["panel"])
        self.draw_names(painter, top, columns)
        self._draw_pieces(painter, top, columns.total, axis)
        painter.setPen(QPen(self.colours["line"], 1))
        bottom = top + height - 0.5
        painter.drawLine(QLineF(0, bottom, width, bottom))
        self._draw_today_label(painter, top, columns.total, axis)

    def draw_names(self, painter: QPainter, top: float, columns: Columns) -> None:
        """Draw the headings of the columns."""
        quiet, height = self.colours["quiet"], self.header_height
        box = QRectF(PAD, top, columns.number - 2.5 * PAD, height)
        self.bold.draw(painter, box, "序号", quiet, align=1.0)
        box = QRectF(columns.number, top, columns.task, height)
        self.bold.draw(painter, box, "任务", quiet)
        box = QRectF(columns.number + columns.task, top, columns.unit, height)
        self.bold.draw(painter, box, "牵头单位", quiet)

    def _draw_pieces(self, painter: QPainter, top: float, x: float, axis: Axis) -> None:
        upper = self.header_height * 0.54
        lower = self.header_height - upper
        today = self._today_label(axis)
        for first, last, words in axis.pieces:
            left, right = axis.within(axis.left(first)), axis.within(axis.right(last))
            painter.setPen(QPen(self.colours["line"], 1))
            painter.drawLine(QLineF(x + left, top, x + left, top + self.header_height))
            room = right - left - 0.75 * PAD
            if room >= self.face.width(words):
                box = QRectF(x + left + 0.75 * PAD, top, room, upper)
                self.face.draw(painter, box, words, self.colours["text"])
        for day, words in axis.marks:
            left = axis.left(day)
            right = left + 4 + self.small.width(words)
            under = today is not None and left < today[1] and right > today[0]
            if left >= 0 and right <= axis.width and not under:
                painter.setPen(QPen(self.colours["line"], 1))
                painter.drawLine(QLineF(x + left, top + upper, x + left, top + self.header_height))
                box = QRectF(x + left + 3, top + upper, self.small.width(words) + 1, lower)
                self.small.draw(painter, box, words, self.colours["quiet"])

    def _today_label(self, axis: Axis) -> tuple[float, float] | None:
        """Return from where to where the label of today reaches, whole within the axis."""
        place = axis.left(self.rows.today)
        if not 0 <= place <= axis.width:
            return None
        width = self.small.width(today_words(self.rows)) + 2 * _LABEL_PAD
        left = max(0.0, min(place - width / 2, axis.width - width))
        return left, left + width

    def _draw_today_label(self, painter: QPainter, top: float, x: float, axis: Axis) -> None:
        label = self._today_label(axis)
        if label is None:
            return
        height = self.header_height * 0.44
        y = top + self.header_height - height - 1
        box = QRectF(x + label[0], y, label[1] - label[0], height)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colours["accent"])
        painter.drawRoundedRect(box, 3, 3)
        words = today_words(self.rows)
        self.small.draw(painter, box, words, self.colours["on_accent"], align=0.5)


def whole_box(box: QRectF) -> QRect:
    """Return a box in whole units; such boxes need no smoothing, which costs most of a frame."""
    left, top = round(box.left()), round(box.top())
    return QRect(left, top, round(box.right()) - left, round(box.bottom()) - top)


def today_words(rows: GanttRows) -> str:
    """Return the label of the today line."""
    day = date.fromordinal(rows.today)
    return f"{rows.day_word} {day.month}月{day.day}日"
