"""Milestones on the bars: diamonds, filled when done, hollow before, with a dot when passed."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPen, QPolygonF

from tracker.domain.milestone import MilestoneState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPainter

    from tracker.printing.gantt_rows import Axis, GanttRows, Step
    from tracker.printing.looks import Look
    from tracker.printing.texts import Face

HALF = 0.44  # of the text size: from the middle of a diamond to its corners
_HALO = 1.6
_GAP = 3.0
STATES = (
    MilestoneState.DONE,
    MilestoneState.COMING,
    MilestoneState.PASSED,
    MilestoneState.LEFT,
)


class StepPainter:
    """Draws the milestones of one set of rows in one look.

    Attributes:
        half: from the middle of a diamond to its corners, in the painter's units.
    """

    def __init__(self, rows: GanttRows, look: Look, face: Face) -> None:
        self._rows = rows
        self._face = face
        self._surface = QColor(look.surface)
        self._text = QColor(look.text)
        self._colours = {
            MilestoneState.DONE: self._text,
            MilestoneState.COMING: self._text,
            MilestoneState.PASSED: QColor(look.alarm),
            MilestoneState.LEFT: QColor(look.quiet),
        }
        self.half = look.size * HALF

    def places(self, row: int, axis: Axis) -> list[tuple[float, Step]]:
        """Return the milestones of a row that lie within the axis, with their middle."""
        found = []
        for step in self._rows.steps_of(row):
            x = (axis.left(step.due) + axis.right(step.due)) / 2
            if self.half <= x <= axis.width - self.half:
                found.append((x, step))
        return found

    def draw(self, painter: QPainter, x: float, middle: float, row: int, axis: Axis) -> None:
        """Draw the diamonds of a row whose time begins at `x`."""
        for place, step in self.places(row, axis):
            self.draw_one(painter, QPointF(x + place, middle), step.state)

    def draw_one(self, painter: QPainter, middle: QPointF, state: MilestoneState) -> None:
        """Draw one diamond; a rim of the ground's colour keeps it apart from its bar."""
        colour = self._colours[state]
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._surface)
        painter.drawPolygon(_diamond(middle, self.half + _HALO))
        painter.setPen(QPen(colour, 1.4))
        painter.setBrush(colour if state is MilestoneState.DONE else self._surface)
        painter.drawPolygon(_diamond(middle, self.half - 0.7))
        if state is MilestoneState.PASSED:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(_diamond(middle, self.half * 0.36))

    def draw_labels(self, painter: QPainter, spot: QRectF, row: int, axis: Axis) -> None:
        """Write above the diamonds of a row what is due, where there is room for all of it.

        What is left out stands in the column of the milestones.

        Args:
            spot: where the labels of this row may stand, the time from edge to edge.
        """
        places = self.places(row, axis)
        for (x, step), (then, _) in pairwise([*places, (axis.width, None)]):
            left = x - self.half
            room = then - self.half - _GAP - left
            if step is None or room < self._face.width(step.words):
                continue
            box = QRectF(spot.left() + left, spot.top(), room, spot.height())
            self._face.draw(painter, box, step.words, self._colours[step.state])

    def clear_of(self, row: int, axis: Axis, x: float, width: float, *, forward: bool) -> float:
        """Return where words of this width stand beside all diamonds, from `x` on or back.

        Where no such place is within the axis they stay at `x`.
        """
        need, wanted = self.half + _GAP, x
        places = [place for place, _ in self.places(row, axis)]
        for place in places if forward else reversed(places):
            if x - need < place < x + width + need:
                x = place + need if forward else place - need - width
        return x if x >= 0 and x + width <= axis.width else wanted


def states_in(steps: Sequence[Sequence[Step]]) -> tuple[MilestoneState, ...]:
    """Return the states that occur, for a legend."""
    found = {step.state for some in steps for step in some}
    return tuple(state for state in STATES if state in found)


def _diamond(middle: QPointF, half: float) -> QPolygonF:
    x, y = middle.x(), middle.y()
    return QPolygonF(
        [QPointF(x, y - half), QPointF(x + half, y), QPointF(x, y + half), QPointF(x - half, y)]
    )
