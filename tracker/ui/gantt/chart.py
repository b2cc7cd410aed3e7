"""The chart of the deadline view: paints the lines and days in sight, and nothing else.

However many tasks there are, a frame costs what is visible: lines are found by bisection, the
time above the bars is made for the visible days only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from tracker.insight.timeline import PIXELS_PER_DAY, Zoom
from tracker.ops.gantt_axis import make_axis, zoom_of
from tracker.printing.gantt import Columns, GanttPainter, Strip
from tracker.printing.gantt_rows import GanttRows, Item, Lines
from tracker.ui.gantt.keys import ZOOM_STEP, ChartKeys
from tracker.ui.gantt.look import look_of

if TYPE_CHECKING:
    from PySide6.QtGui import (
        QContextMenuEvent,
        QHelpEvent,
        QKeyEvent,
        QMouseEvent,
        QPaintEvent,
        QResizeEvent,
        QWheelEvent,
    )

    from tracker.ui.theme import Theme

_PLAIN_SIZE = 13.0
_LEAST, _MOST = 0.15, 28.0  # pixels a day at plain text size
_NOTCH = 120
_ROOM_FOR_WORDS = 170  # pixels kept free right of the last deadline
_NOTHING = GanttRows(1, 1, 1, ())


class GanttChart(QAbstractScrollArea):
    """Bars beside frozen columns. The vertical bar counts pixels, the horizontal one days.

    Signals:
        picked: a task was chosen here (code).
        opened: the task in hand is to be opened.
        refolded: other groups are folded now.
        menu_wanted: the menu of a line is asked for (line, place on the screen).
        zoomed: a day has another width now.
        tip_wanted: the pointer rests on a row (row, place on the screen).
    """

    picked = Signal(str)
    opened = Signal()
    refolded = Signal()
    menu_wanted = Signal(object, QPoint)
    zoomed = Signal()
    tip_wanted = Signal(int, QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._pixels = PIXELS_PER_DAY[Zoom.MONTH]
        self._folded: frozenset[str] = frozenset()
        self._cursor: Item | None = None
        self._code = ""
        self._selected: int | None = None
        self._hint = ""
        self._middle = 0.0  # the day in the middle, whatever the size and the zoom
        self._is_arranging = False
        self.rows = _NOTHING
        self._keys = ChartKeys(self)
        self._painter = GanttPainter(self.rows, look_of(theme))
        self._columns = self._painter.columns(0)
        self._lines = self._painter.lines()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setCornerWidget(QWidget())  # Qt's own corner is a sunken frame
        self.setMinimumHeight(160)
        self.setAccessibleName("时限图")
        theme.changed.connect(self._on_theme)
        self.horizontalScrollBar().valueChanged.connect(self._on_moved)

    # What it shows

    @property
    def lines(self) -> Lines:
        """Where the lines stand."""
        return self._lines

    @property
    def columns(self) -> Columns:
        """The columns beside the bars."""
        return self._columns

    @property
    def zoom(self) -> Zoom:
        """The length of the pieces of time."""
        return zoom_of(self._pixels)

    @property
    def folded(self) -> frozenset[str]:
        """Titles of the groups that are folded."""
        return self._folded

    @property
    def header_height(self) -> int:
        """Where the lines begin."""
        return int(self._painter.header_height)

    def show_rows(self, rows: GanttRows, hint: str = "") -> None:
        """Show other rows; place, folding and selection stay where they can.

        Args:
            hint: what to say where there is no row.
        """
        self.rows, self._hint = rows, hint
        self._painter = GanttPainter(rows, look_of(self._theme))
        self._cursor = None
        if len(rows) and not self._middle:
            self._middle = rows.today + 0.5
        self._arrange()
        self._selected = rows.find(self._code) if self._code else None
        if self._selected is not None:
            self._cursor = self._lines.item_of_row(self._selected)

    def clear(self) -> None:
        """Show nothing: no office is open."""
        self.show_rows(_NOTHING)

    @property
    def selected_row(self) -> int | None:
        """The row of the task in hand; None where it is not shown."""
        return self._selected

    def select(self, code: str, *, unfold: bool = True) -> None:
        """Take a task in hand and bring it into sight.

        Args:
            unfold: out of a folded group too.
        """
        if code != self._code or self._selected is None:
            self._code, self._selected = code, self.rows.find(code) if code else None
        if self._selected is not None:
            item = self._lines.item_of_row(self._selected)
            if unfold:
                self.set_folded(self._folded - {self.rows.headings[item.heading].title})
            self._cursor = item
            self._bring_into_sight(item)
        self.viewport().update()

    @property
    def cursor_line(self) -> Item | None:
        """The line the keys stand on; None before one was chosen."""
        return self._cursor

    @property
    def page(self) -> int:
        """How many lines PgUp and PgDn go."""
        return max(1, int(self.verticalScrollBar().pageStep() / self._painter.row_height) - 1)

    def set_folded(self, titles: frozenset[str]) -> None:
        """Fold these groups and open all others."""
        if titles != self._folded:
            self._folded = titles
            self._arrange()
            self.refolded.emit()

    def fold_all(self) -> None:
        """Fold every group."""
        titles = (heading.title for heading in self.rows.headings)
        self.set_folded(frozenset(title for title in titles if title))

    # Where things are

    def item_at(self, y: float) -> Item | None:
        """Return the line at a height of the viewport."""
        if y < self.header_height:
            return None
        index = self._lines.index_at(y - self.header_height + self.verticalScrollBar().value())
        return None if index is None else self._lines.item(index)

    def row_box(self, row: int) -> QRectF | None:
        """Return where a row lies in the viewport; None where its group is folded."""
        index = self._lines.index_of(self._lines.item_of_row(row))
        if index is None:
            return None
        top = self._lines.top(index) + self.header_height - self.verticalScrollBar().value()
        return QRectF(0, top, self.viewport().width(), self._painter.row_height)

    def day_x(self, day: int) -> float:
        """Return where a day (ordinal) begins in the viewport."""
        first = self.horizontalScrollBar().value()
        return self._columns.total + (day - first) * self._day_width

    @property
    def _day_width(self) -> float:
        return self._pixels * self._theme.size / _PLAIN_SIZE

    @property
    def _time_width(self) -> float:
        return max(1.0, self.viewport().width() - self._columns.total)

    # Moving about

    def centre_today(self) -> None:
        """Bring today into the middle."""
        self._middle = self.rows.today + 0.5
        self._arrange()

    def show_day(self, day: int) -> None:
        """Bring a day (ordinal) into sight; one that is in sight stays where it is."""
        x = self.day_x(day)
        if not self._columns.total <= x <= self.viewport().width() - self._day_width:
            self._middle = day + 0.5
            self._arrange()

    def show_end(self, row: int) -> None:
        """Bring the deadline of a row into sight."""
        self.show_day(self.rows.ends[row])

    def zoom_to(self, zoom: Zoom) -> None:
        """Show months, quarters or years around the day in the middle."""
        self._set_pixels(PIXELS_PER_DAY[zoom], self._columns.total + self._time_width / 2)

    def zoom_in_place(self, factor: float) -> None:
        """Make days wider; the day in the middle stays there."""
        self.zoom_by(factor, self._columns.total + self._time_width / 2)

    def zoom_by(self, factor: float, x: float) -> None:
        """Make days wider; the day at `x` of the viewport stays there."""
        self._set_pixels(self._pixels * factor, x)

    def _set_pixels(self, pixels: float, x: float) -> None:
        beside = max(0.0, x - self._columns.total)
        day = self.horizontalScrollBar().value() + beside / self._day_width
        self._pixels = max(_LEAST, min(_MOST, pixels))
        self._middle = day + (self._time_width / 2 - beside) / self._day_width
        self._arrange()
        self.zoomed.emit()

    def _on_moved(self, first: int) -> None:
        if not self._is_arranging:
            self._middle = first + self._time_width / self._day_width / 2

    def _arrange(self) -> None:
        """Fit columns, lines and scroll bars to the rows, the size and the zoom."""
        self._columns = self._painter.columns(self.viewport().width())
        self._lines = self._painter.lines(self._folded)
        room = max(0, self.viewport().height() - self.header_height)
        vertical = self.verticalScrollBar()
        vertical.setRange(0, max(0, int(self._lines.height + 0.5) - room))
        vertical.setSingleStep(int(self._painter.row_height))
        vertical.setPageStep(max(1, room))
        self._is_arranging = True
        self._arrange_time()
        self._is_arranging = False
        self.viewport().update()

    def _arrange_time(self) -> None:
        seen = self._time_width / self._day_width
        centred = self.rows.today - int(seen / 2)
        words = _ROOM_FOR_WORDS * self._theme.size / _PLAIN_SIZE / self._day_width
        slack = int(seen / 4)  # so that zooming holds its day near the ends too
        first = min(self.rows.first, centred) - slack
        bar = self.horizontalScrollBar()
        bar.setRange(first, max(centred, int(self.rows.last + words - seen)) + slack)
        bar.setSingleStep(max(1, round(10 / self._day_width)))
        bar.setPageStep(max(1, int(seen)))
        bar.setValue(round(self._middle - seen / 2))

    def _bring_into_sight(self, item: Item) -> None:
        index = self._lines.index_of(item)
        if index is None:
            return
        top, bar = self._lines.top(index), self.verticalScrollBar()
        bottom = top + self._lines.item_height(item)
        if top < bar.value():
            bar.setValue(int(top))
        elif bottom > bar.value() + bar.pageStep():
            bar.setValue(int(bottom - bar.pageStep() + 0.5))

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what is in sight."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.colours
        painter.fillRect(self.viewport().rect(), colours.of("surface"))
        if not len(self.rows):
            painter.setPen(colours.of("quiet"))
            painter.drawText(self.viewport().rect(), Qt.AlignmentFlag.AlignCenter, self._hint)
            return
        strip = self._strip()
        self._painter.draw(painter, strip)
        self._painter.draw_header(painter, 0, self._columns, strip.axis)

    def _strip(self) -> Strip:
        top, height = self.header_height, self.viewport().height()
        offset = self.verticalScrollBar().value()
        first = self.horizontalScrollBar().value()
        size = self._theme.size
        return Strip(
            lines=tuple(
                (item, y + top - offset)
                for item, y in self._lines.between(offset, offset + height - top)
            ),
            columns=self._columns,
            axis=make_axis(first, self._time_width, self._day_width, size),
            top=top,
            bottom=height,
            folded=self._folded,
            selected=self._selected,
            cursor=self._cursor,
        )

    def _on_theme(self) -> None:
        self._painter = GanttPainter(self.rows, look_of(self._theme))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit to the new size; the day in the middle stays there."""
        self._arrange()

    # Mouse and keys

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a task, or fold a group."""
        item = self.item_at(event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or item is None:
            return
        self.take(item)
        if item.is_heading:
            self.toggle(item)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Fold or open once more; open a task."""
        item = self.item_at(event.position().y())
        if event.button() != Qt.MouseButton.LeftButton or item is None:
            return
        if item.is_heading:
            self.toggle(item)
        else:
            self.opened.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the line under the pointer, by keys of the line in hand."""
        by_mouse = event.reason() is event.Reason.Mouse
        item = self.item_at(event.pos().y()) if by_mouse else self._cursor
        if item is None:
            return
        place = event.globalPos()
        if by_mouse:
            self.take(item)
        else:
            self._bring_into_sight(item)
            place = self.viewport().mapToGlobal(self._below(item))
        self.menu_wanted.emit(item, place)
        event.accept()

    def _below(self, item: Item) -> QPoint:
        """Return where the menu of a line belongs that no pointer rests on."""
        index = self._lines.index_of(item) or 0
        bottom = self._lines.top(index) + self._lines.item_height(item)
        y = bottom + self.header_height - self.verticalScrollBar().value()
        return QPoint(int(self._columns.number), int(y))

    def take(self, item: Item) -> None:
        """Put the cursor on a line; a task comes in hand."""
        self._cursor = item
        if not item.is_heading:
            self._selected, self._code = item.row, self.rows.codes[item.row]
            self.picked.emit(self._code)
        self._bring_into_sight(item)
        self.viewport().update()

    def toggle(self, item: Item) -> None:
        """Fold the group of a line, or open it."""
        self.set_folded(self._folded ^ {self.rows.headings[item.heading].title})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move through the lines and the time, open, fold groups, zoom."""
        if not self._keys.take(event):
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll; with Ctrl zoom at the pointer, with Shift move through time."""
        notches = (event.angleDelta().y() or event.angleDelta().x()) / _NOTCH
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_by(ZOOM_STEP**notches, event.position().x())
            event.accept()
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            days = max(1.0, 60 / self._day_width) * notches
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() - round(days))
            event.accept()
        else:
            super().wheelEvent(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Ask for the words of the row that the pointer rests on."""
        if event.type() == QEvent.Type.ToolTip:
            self._ask_tip(event)  # type: ignore[arg-type]  # Qt sends a QHelpEvent
            return True
        return super().viewportEvent(event)

    def _ask_tip(self, event: QHelpEvent) -> None:
        item = self.item_at(event.pos().y())
        if item is not None and not item.is_heading:
            self.tip_wanted.emit(item.row, event.globalPos())
