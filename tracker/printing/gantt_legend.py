"""The legend of the wall chart: what its fillings, dashes and signs mean, readable in grey."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor

from tracker.printing.gantt_bars import dashed_bar, fill_bar
from tracker.printing.gantt_rows import Kind
from tracker.printing.gantt_steps import StepPainter, states_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtGui import QPainter

    from tracker.domain.milestone import MilestoneState
    from tracker.printing.gantt_rows import GanttRows
    from tracker.printing.looks import Look
    from tracker.printing.texts import Face

    _Swatch = Callable[[QPainter, QRectF], None]


class Legend:
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
