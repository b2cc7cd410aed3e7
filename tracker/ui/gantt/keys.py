"""The keys of the chart of the deadline view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from tracker.printing.gantt_rows import Item

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.ui.gantt.chart import GanttChart

ZOOM_STEP = 1.2
"""How much a key or a notch of the wheel zooms."""
_FACTORS = {
    Qt.Key.Key_Plus: ZOOM_STEP,
    Qt.Key.Key_Equal: ZOOM_STEP,
    Qt.Key.Key_Minus: 1 / ZOOM_STEP,
}
_PLAIN, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class ChartKeys:
    """Does what keys ask of a chart."""

    def __init__(self, chart: GanttChart) -> None:
        self._chart = chart

    def take(self, event: QKeyEvent) -> bool:
        """Do what a key asks for; return whether it asks for anything."""
        key = Qt.Key(event.key())
        held = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        step = self._steps(held).get(key)
        if step is not None:
            self._move(step)
        elif key in _FACTORS and held != _CTRL:  # + needs Shift on most keyboards
            self._chart.zoom_in_place(_FACTORS[key])
        elif held == _PLAIN and key == Qt.Key.Key_Home:
            self._chart.centre_today()
        elif held == _PLAIN:
            return self._take_on_line(key)
        else:
            return False
        return True

    def _steps(self, held: Qt.KeyboardModifier) -> dict[Qt.Key, int]:
        """Return how many lines keys go while this is held."""
        whole, page = len(self._chart.lines), self._chart.page
        if held == _CTRL:
            return {Qt.Key.Key_Home: -whole, Qt.Key.Key_End: whole}
        if held != _PLAIN:
            return {}
        return {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_End: whole,
        }

    def _take_on_line(self, key: Qt.Key) -> bool:
        """Do what a key asks of the line in hand."""
        line = self._chart.cursor_line
        if line is None:
            return False
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(line, fold=key == Qt.Key.Key_Left)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if line.is_heading:
                self._chart.toggle(line)
            else:
                self._chart.take(line)
                self._chart.opened.emit()
        else:
            return False
        return True

    def _move(self, step: int) -> None:
        lines, line = self._chart.lines, self._chart.cursor_line
        if not len(lines):
            return
        index = lines.index_of(line) if line else None
        wanted = 0 if index is None else index + step
        self._chart.take(lines.item(max(0, min(wanted, len(lines) - 1))))

    def _fold(self, line: Item, *, fold: bool) -> None:
        """Fold the group of a line, then the keys stand on its heading; or open it."""
        chart = self._chart
        title = chart.rows.headings[line.heading].title
        if not title:
            return
        chart.set_folded(chart.folded | {title} if fold else chart.folded - {title})
        chart.take(Item(line.heading, -1) if fold else line)
