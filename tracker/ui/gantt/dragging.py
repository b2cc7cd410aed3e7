"""Moving a deadline by its end of the bar, with the pointer or with keys; Esc leaves it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QRubberBand

from tracker.printing.gantt_rows import Kind

if TYPE_CHECKING:
    from tracker.ui.gantt.chart import GanttChart

_DAYS = {
    Qt.KeyboardModifier.ShiftModifier: 1,
    Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier: 7,
}
"""How far the arrow to the left or right moves a deadline, by what is held."""
_WEEK = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
_NEAR = 6
"""So many pixels beside the end of a bar take hold of it."""


class DeadlineDrag(QObject):
    """Watches the pointer over a chart.

    Signals:
        moved: the end of a bar was let go on another day (code, day).
    """

    moved = Signal(str, object)

    def __init__(self, chart: GanttChart) -> None:
        super().__init__(chart)
        self._chart = chart
        self._row: int | None = None
        self._day = 0
        self._is_by_keys = False
        self._line = QRubberBand(QRubberBand.Shape.Line, chart.viewport())
        self._label = QLabel(chart.viewport())
        self._label.setObjectName("drag_day")
        self._label.setAutoFillBackground(True)
        self._label.setContentsMargins(6, 2, 6, 2)
        self._label.hide()
        chart.viewport().setMouseTracking(True)
        chart.viewport().installEventFilter(self)
        chart.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take hold, follow, let go; all else goes its way."""
        if isinstance(event, QKeyEvent):
            return event.type() == QEvent.Type.KeyPress and self._take_key(event)
        if event.type() == QEvent.Type.FocusOut and self._is_by_keys:
            self.leave()
            return False
        # Also asked while the chart goes away, when nothing of it may be touched any more
        if not isinstance(event, QMouseEvent) or watched is not self._chart.viewport():
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            return self._take_hold(event)
        if event.type() == QEvent.Type.MouseMove:
            return self._follow(event.position())
        if event.type() == QEvent.Type.MouseButtonRelease:
            return not self._is_by_keys and self._let_go()
        return False

    @property
    def is_moving(self) -> bool:
        """Whether a deadline is being moved."""
        return self._row is not None

    def nudge(self, days: int) -> None:
        """Move the deadline of the task in hand by keys; Enter lets go, Esc leaves it."""
        chart = self._chart
        if self._row is None:
            row = chart.selected_row
            if row is None or chart.rows.kinds[row] != Kind.DATED:
                return
            chart.select(chart.rows.codes[row])
            chart.show_end(row)
            self._row, self._day, self._is_by_keys = row, chart.rows.ends[row], True
            chart.setFocus()
        self._day = max(1, min(self._day + days, date.max.toordinal()))
        chart.show_day(self._day)
        self._show()

    def _take_key(self, event: QKeyEvent) -> bool:
        """Move, let go or leave; other keys go their way once nothing is being moved."""
        key = Qt.Key(event.key())
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        days = _DAYS.get(plain)
        if days is not None and key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.nudge(days if key == Qt.Key.Key_Right else -days)
            return True
        if self._row is None:
            return False
        if key == Qt.Key.Key_Escape:
            self.leave()
        elif self._is_by_keys and key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._let_go()
        return True

    def end_at(self, place: QPointF) -> int | None:
        """Return the row whose bar ends near a place of the viewport."""
        chart = self._chart
        item = chart.item_at(place.y())
        if item is None or item.is_heading or chart.rows.kinds[item.row] != Kind.DATED:
            return None
        end = chart.day_x(chart.rows.ends[item.row] + 1)
        is_near = abs(end - place.x()) <= _NEAR and place.x() > chart.columns.total
        return item.row if is_near else None

    def _take_hold(self, event: QMouseEvent) -> bool:
        row = self.end_at(event.position())
        self.leave()
        if event.button() != Qt.MouseButton.LeftButton or row is None:
            return False
        self._row, self._day = row, self._chart.rows.ends[row]
        self._chart.picked.emit(self._chart.rows.codes[row])
        self._show()
        return True

    def _follow(self, place: QPointF) -> bool:
        if self._row is None or self._is_by_keys:
            near = self.end_at(place) is not None
            shape = Qt.CursorShape.SizeHorCursor if near else Qt.CursorShape.ArrowCursor
            self._chart.viewport().setCursor(shape)
            return False
        width = self._chart.day_x(1) - self._chart.day_x(0)
        first = self._chart.day_x(0)
        self._day = max(1, int((place.x() - first) // width))
        self._show()
        return True

    def _let_go(self) -> bool:
        if self._row is None:
            return False
        row, day = self._row, self._day
        self.leave()
        if day != self._chart.rows.ends[row]:
            self.moved.emit(self._chart.rows.codes[row], date.fromordinal(day))
        return True

    def _show(self) -> None:
        box = self._chart.row_box(self._row) if self._row is not None else None
        if box is None:
            self.leave()
            return
        x = round(self._chart.day_x(self._day + 1))
        self._line.setGeometry(x - 1, self._chart.header_height, 2, self._chart.viewport().height())
        self._line.show()
        day = date.fromordinal(self._day)
        keys = "　Enter 确定　Esc 取消" if self._is_by_keys else ""
        self._label.setText(f"{day.year}年{day.month}月{day.day}日 {_WEEK[day.weekday()]}{keys}")
        self._label.adjustSize()
        left = min(x + 8, self._chart.viewport().width() - self._label.width())
        self._label.move(left, max(self._chart.header_height, round(box.top()) - 4))
        self._label.show()
        self._label.raise_()

    def leave(self) -> None:
        """Let a deadline go back where it was."""
        self._row, self._is_by_keys = None, False
        self._line.hide()
        self._label.hide()
        self._chart.viewport().setCursor(Qt.CursorShape.ArrowCursor)
