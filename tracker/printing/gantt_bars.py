"""Bars of the deadline view: filled by light, dashed where extended or late, labelled in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from tracker.printing.gantt_rows import Kind
from tracker.printing.gantt_steps import StepPainter

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from tracker.domain.light_rules import Light
    from tracker.printing.gantt_rows import Axis, GanttRows
    from tracker.printing.looks import Look
    from tracker.printing.texts import Face

_SOFT = 60  # of 255: the ground of what is only hinted at
_GAP = 6.0
_SHORTEST = 3.0  # pixels; a bar of one day in a wide view is still seen
UNTIMED = 2  # lights at the end of a palette that count no time: without a date, and finished
_HATCH = {"●": "solid", "◐": "rising", "◇": "crossed", "○": "plain", "✓": "ruled"}
"""How the bar of a light of this shape is filled on paper; other shapes are plain."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where the time of one row is drawn: its left edge, the middle of the row, its height."""

    x: float
    middle: float
    height: float

    def box(self, left: float, right: float) -> QRectF:
        """Return the box between two places of the axis."""
        return QRectF(self.x + left, self.middle - self.height / 2, right - left, self.height)


class BarPainter:
    """Draws the bars of one set of rows in one look."""

    def __init__(self, rows: GanttRows, look: Look, face: Face) -> None:
        self._rows = rows
        self._look = look
        self._face = face
        self._surface = QColor(look.surface)
        self._colours = [look.light(light) for light in rows.palette]
        self._today = rows.today
        self._steps = StepPainter(rows, look, face)

    def label(self, row: int) -> str:
        """Return the words at the end of a bar: shape, word, remaining time."""
        light, remaining = self._rows.light(row), self._rows.remaining[row]
        if not remaining:
            return f"{light.shape} {light.word}"
        # Without a term that runs, “已销号” or “时限存疑” says more than the light's own word.
        running = self._rows.lights[row] < len(self._rows.palette) - UNTIMED
        if running and light.word not in remaining:
            return f"{light.shape} {light.word} · {remaining}"
        return f"{light.shape} {remaining}"

    def draw_bar(self, painter: QPainter, spot: Spot, row: int, axis: Axis) -> None:
        """Draw the bar of a row, without its words."""
        rows = self._rows
        kind = rows.kinds[row]
        if kind == Kind.NONE:
            return
        light, colour = rows.light(row), self._colours[rows.lights[row]]
        left = axis.left(rows.starts[row])
        if kind == Kind.OPEN_ENDED:
            edge = self._open_end(row, axis)
            self._fill(painter, spot, axis, left, edge, light, colour)
            if left < edge:
                self._arrow(painter, spot.x + edge + _GAP / 2, spot, colour, forward=True)
            return
        end, first_end = rows.ends[row], rows.first_ends[row]
        goes_on = self._last_x(row, axis) > axis.width
        edge = self._open_end(row, axis) if goes_on else axis.width
        solid = first_end if rows.starts[row] <= first_end < end else end
        right = max(axis.right(solid), left + _SHORTEST)
        self._fill(painter, spot, axis, left, min(right, edge), light, colour)
        if solid < end:
            tail = min(axis.right(end), edge)
            self._dashed(painter, spot, axis, axis.right(solid), tail, colour, _SOFT)
            if axis.right(solid) < edge:
                self._tick(painter, spot, axis, axis.right(solid), colour)
        if rows.late_to[row]:
            tail = min(axis.right(rows.late_to[row] - 1), edge)
            self._dashed(painter, spot, axis, axis.right(end), tail, colour, 0)
        if goes_on and left < edge:
            self._arrow(painter, spot.x + edge + _GAP / 2, spot, colour, forward=True)

    def draw_steps(self, painter: QPainter, spot: Spot, row: int, axis: Axis) -> None:
        """Draw the milestones of a row; on paper what is due stands above them."""
        if not self._rows.steps:
            return
        self._steps.draw(painter, spot.x, spot.middle, row, axis)
        if self._look.hatched:
            height = self._face.line_height
            top = spot.middle - spot.height / 2 - 1 - height
            self._steps.draw_labels(painter, QRectF(spot.x, top, axis.width, height), row, axis)

    def draw_words(self, painter: QPainter, spot: Spot, row: int, axis: Axis) -> None:
        """Draw the words of a row's end; they stay in sight wherever the bar ends."""
        rows = self._rows
        words = self.label(row)
        colour = self._colours[rows.lights[row]]
        width = self._face.width(words)
        if rows.kinds[row] == Kind.NONE:
            x = self._steps.clear_of(row, axis, _GAP, width, forward=True)
            self._put(painter, spot, x, width, words, colour)
            return
        end = self._last_x(row, axis)
        if end <= 0:
            self._arrow(painter, spot.x + _GAP, spot, colour, forward=False)
            x = self._steps.clear_of(row, axis, 2 * _GAP, width, forward=True)
            self._put(painter, spot, x, width, words, colour)
            return
        x = end + _GAP
        if end > axis.width:
            x = self._open_end(row, axis) + 2 * _GAP
        elif x + width + _GAP > axis.width:
            x = end - width - 2 * _GAP  # on the bar itself, whose end stays in sight
        clear = self._steps.clear_of(row, axis, x, width, forward=x >= end)
        moved, x = clear != x, max(_GAP, clear)
        covered = moved or x < end <= axis.width or x <= axis.left(self._today) <= x + width
        if axis.left(rows.starts[row]) >= axis.width:
            self._arrow(painter, spot.x + axis.width - _GAP, spot, colour, forward=True)
            x, covered = max(_GAP, axis.width - width - 2 * _GAP), False
        self._put(painter, spot, x, width, words, colour, on_ground=covered)

    def _last_x(self, row: int, axis: Axis) -> float:
        """Return where a bar ends with its dashed parts; beyond the edge for one without end."""
        if self._rows.kinds[row] == Kind.OPEN_ENDED:
            return axis.width + 1
        return axis.right(max(self._rows.ends[row], self._rows.late_to[row] - 1))

    def _open_end(self, row: int, axis: Axis) -> float:
        """Return where a bar stops that goes on: before its words, which stand at the edge."""
        return axis.width - self._face.width(self.label(row)) - 4 * _GAP

    def _put(
        self,
        painter: QPainter,
        spot: Spot,
        x: float,
        width: float,
        words: str,
        colour: QColor,
        *,
        on_ground: bool = False,
    ) -> None:
        height = self._face.line_height
        box = QRectF(spot.x + x, spot.middle - height / 2, width, height)
        if on_ground:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._surface)
            painter.drawRoundedRect(box.adjusted(-4, 0, 4, 0), 3, 3)
        self._face.draw(painter, box.adjusted(0, 0, 1, 0), words, colour)

    def _fill(
        self,
        painter: QPainter,
        spot: Spot,
        axis: Axis,
        left: float,
        right: float,
        light: Light,
        colour: QColor,
    ) -> None:
        left, right = axis.within(left), axis.within(right)
        if right > left:
            fill_bar(painter, spot.box(left, right), light, colour, hatched=self._look.hatched)

    def _dashed(
        self,
        painter: QPainter,
        spot: Spot,
        axis: Axis,
        left: float,
        right: float,
        colour: QColor,
        ground: int,
    ) -> None:
        left, right = axis.within(left), axis.within(right)
        if right > left:
            dashed_bar(painter, spot.box(left, right), colour, ground)

    def _tick(self, painter: QPainter, spot: Spot, axis: Axis, x: float, colour: QColor) -> None:
        """Mark where the first deadline was."""
        if 0 < x < axis.width:
            painter.setPen(QPen(colour, 2))
            box = spot.box(x, x)
            painter.drawLine(QLineF(box.left(), box.top() - 3, box.left(), box.bottom() + 3))

    def _arrow(
        self, painter: QPainter, x: float, spot: Spot, colour: QColor, *, forward: bool
    ) -> None:
        """Say that it goes on beyond the edge."""
        half = spot.height / 3
        tip = half if forward else -half
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        points = [
            QPointF(x - tip / 2, spot.middle - half),
            QPointF(x + tip / 2, spot.middle),
            QPointF(x - tip / 2, spot.middle + half),
        ]
        painter.drawPolygon(QPolygonF(points))


def fill_bar(
    painter: QPainter, box: QRectF, light: Light, colour: QColor, *, hatched: bool
) -> None:
    """Draw the solid part of a bar; on paper its filling tells the light without colour."""
    filling = _HATCH.get(light.shape, "plain") if hatched else "solid"
    if filling == "solid":
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(box, 2, 2)
        return
    painter.setPen(QPen(colour, 1))
    painter.setBrush(_faint(colour, 36))
    painter.drawRect(box)
    painter.setPen(QPen(colour, 1.1))
    if filling in ("rising", "crossed"):
        painter.drawLines(_diagonals(box, rising=True))
    if filling == "crossed":
        painter.drawLines(_diagonals(box, rising=False))
    if filling == "ruled":
        y = box.center().y()
        painter.drawLines([QLineF(box.left(), y, box.right(), y)])


def dashed_bar(painter: QPainter, box: QRectF, colour: QColor, ground: int) -> None:
    """Draw a part that was not planned: extended (with a ground) or late (without)."""
    pen = QPen(colour, 1, Qt.PenStyle.DashLine)
    pen.setDashPattern([3, 2])
    painter.setPen(pen)
    painter.setBrush(_faint(colour, ground) if ground else Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(0, 0.5, -0.5, -0.5))


def _faint(colour: QColor, alpha: int) -> QColor:
    faint = QColor(colour)
    faint.setAlpha(alpha)
    return faint


def _diagonals(box: QRectF, *, rising: bool) -> list[QLineF]:
    """Return hatching cut to the box by arithmetic: SVG knows no clipping."""
    height, step = box.height(), 4.0
    lines = []
    x = box.left() - height + step
    while x < box.right():
        start, end = max(x, box.left()), min(x + height, box.right())
        if end > start:
            y1, y2 = box.bottom() - (start - x), box.bottom() - (end - x)
            if not rising:
                y1, y2 = box.top() + (start - x), box.top() + (end - x)
            lines.append(QLineF(start, y1, end, y2))
        x += step
    return lines
