"""The sheets of the wall chart on the screen: laid out and painted in a worker."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tracker.domain.wall_chart import WallColumn
from tracker.ops.pictures import wall_rows, wall_title
from tracker.ui.widgets.labels import side_by_side

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPaintEvent, QResizeEvent

    from tracker.base.progress import Progress
    from tracker.domain.wall_chart import WallWishes
    from tracker.ops.pictures import Asked
    from tracker.printing.canvas import Sheet
    from tracker.printing.gantt_print import LaidOut
    from tracker.printing.gantt_rows import GanttRows
    from tracker.ui.kit import Kit

_LEAST = QSize(360, 260)


class PreviewMaker(QObject):
    """Lays out and paints in a worker; who asks meanwhile gets one more run.

    Signals:
        laid_out: the chart is laid out as it was asked for last (`LaidOut`).
        painted: a sheet is painted (its number from 0, `QImage`).
        failed: there is nothing to show; why was told.
    """

    laid_out = Signal(object)
    painted = Signal(int, object)
    failed = Signal()

    def __init__(self, kit: Kit, asked: Asked, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self._asked = asked
        self._rows: GanttRows | None = None
        self._progress: Progress | None = None
        self._waiting: tuple[str, WallWishes, int, QSize | None] | None = None
        self._is_running = False
        self._made: tuple[tuple[str, WallWishes], LaidOut] | None = None

    def ask(self, paper: str, wishes: WallWishes, number: int, room: QSize | None) -> None:
        """Show a sheet of a chart of this layout, as large as there is room, or as it is."""
        self._waiting = (paper, wishes, number, room)
        if self._is_running:
            if self._made is None or self._made[0] != (paper, wishes):
                self.stop()  # what is being laid out is no longer wanted
            return
        self._start()

    def stop(self) -> None:
        """Give up what is being made."""
        if self._progress is not None:
            self._progress.cancel_wanted = True

    def _start(self) -> None:
        assert self._waiting is not None
        paper, wishes, number, room = self._waiting
        self._waiting, self._is_running = None, True
        made = self._made[1] if self._made and self._made[0] == (paper, wishes) else None

        def work(progress: Progress) -> tuple[GanttRows, LaidOut, int, QImage]:
            self._progress = progress
            rows = self._rows
            if rows is None:
                rows = wall_rows(replace(self._asked, progress=progress), tuple(WallColumn))
            laid = made or lay_out(self._asked, rows, paper, wishes, progress)
            place = min(number, len(laid.sheets) - 1)
            return rows, laid, place, _painted(laid.sheets[place], room)

        def done(found: tuple[GanttRows, LaidOut, int, QImage]) -> None:
            if not isValid(self):
                return
            self._rows, laid, place, image = found
            self._made = ((paper, wishes), laid)
            self._over()
            if not self._is_running:
                self.laid_out.emit(laid)
                self.painted.emit(place, image)

        self._kit.runner.read("正在排版", work, done, failed=self._fail)

    def _fail(self) -> None:
        if not isValid(self):
            return
        wanted = self._waiting is not None
        self._over()
        if not wanted:
            self.failed.emit()

    def _over(self) -> None:
        self._is_running, self._progress = False, None
        if self._waiting is not None:
            self._start()


def lay_out(
    asked: Asked, rows: GanttRows, paper: str, wishes: WallWishes, progress: Progress
) -> LaidOut:
    """Return the chart laid out."""
    from tracker.ops.gantt import gantt_drawing
    from tracker.printing.pdf import Paper

    drawing = gantt_drawing(rows, wall_title(asked), paper, wishes, progress)
    return drawing.laid_out(Paper(paper))


def _painted(sheet: Sheet, room: QSize | None) -> QImage:
    from tracker.printing.canvas import painted

    if room is None:
        return painted(sheet, 1.0)
    return painted(sheet, min(room.width() / sheet.width, room.height() / sheet.height))


class SheetView(QWidget):
    """Shows one sheet, as it lies on a desk.

    Attributes:
        is_large: it is shown as large as it is printed, not as there is room.

    Signals:
        resized: there is other room for it.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self.words = ""
        self.is_large = False
        self.setMinimumSize(_LEAST)
        self.setAccessibleName("预览")

    def show_image(self, image: QImage | None, words: str = "") -> None:
        """Show a painted sheet, or words in its place."""
        self._pixmap = QPixmap.fromImage(image) if image is not None else QPixmap()
        ratio = 1.0 if self.is_large else self.devicePixelRatioF()
        self._pixmap.setDevicePixelRatio(ratio)
        self.setMinimumSize(self._pixmap.size() if self.is_large else _LEAST)
        self.words = words
        self.update()

    @property
    def room(self) -> QSize | None:
        """How many pixels of the screen a sheet may take; None for as many as it has."""
        if self.is_large:
            return None
        return (self.size() - QSize(2, 2)) * self.devicePixelRatioF()

    @property
    def image(self) -> QImage:
        """The sheet in sight."""
        return self._pixmap.toImage()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it in the middle with a thin edge."""
        painter = QPainter(self)
        if self._pixmap.isNull():
            painter.setPen(self.palette().color(self.foregroundRole()))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.words)
            return
        size = self._pixmap.deviceIndependentSize().toSize()
        left, top = (self.width() - size.width()) // 2, (self.height() - size.height()) // 2
        painter.drawPixmap(left, top, self._pixmap)
        painter.setPen(QColor("#8a949e"))
        painter.drawRect(left, top, size.width() - 1, size.height() - 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for a sheet of the new size."""
        if not self.is_large:
            self.resized.emit()


class SheetTurner(QWidget):
    """A sheet with what turns to the next one (PgUp, PgDn).

    Signals:
        turned: another sheet is wanted.
    """

    turned = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.number, self.count = 0, 0
        self.view = SheetView()
        self.place = QLabel()
        self.place.setProperty("quiet", True)
        self.large = QCheckBox("按原大看")
        self.large.toggled.connect(self._on_large)
        self.back, self.forward = QPushButton("上一张"), QPushButton("下一张")
        for button, by, key in (
            (self.back, -1, Qt.Key.Key_PageUp),
            (self.forward, 1, Qt.Key.Key_PageDown),
        ):
            button.setAutoDefault(False)
            button.setEnabled(False)
            button.clicked.connect(lambda _=False, by=by: self.turn(by))
            QShortcut(QKeySequence(key), self.window(), lambda by=by: self.turn(by))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(self.view)
        column.addWidget(area, 1)
        column.addLayout(side_by_side(self.place, None, self.large, self.back, self.forward))

    def turn(self, by: int) -> None:
        """Ask for a sheet farther on or back."""
        wanted = max(0, min(self.number + by, self.count - 1))
        if wanted != self.number:
            self.number = wanted
            self.turned.emit()

    def _on_large(self, on: bool) -> None:
        self.view.is_large = on
        self.view.setMinimumSize(_LEAST)
        self.turned.emit()

    def show_count(self, count: int) -> None:
        """Say how many sheets there are."""
        self.count = count
        self.number = max(0, min(self.number, count - 1))
        self._enable()

    def show_sheet(self, number: int, image: QImage) -> None:
        """Show a painted sheet."""
        self.number = number
        self.view.show_image(image)
        self._enable()

    def _enable(self) -> None:
        self.place.setText(f"第 {self.number + 1} 张，共 {self.count} 张" if self.count else "")
        self.back.setEnabled(self.number > 0)
        self.forward.setEnabled(self.number + 1 < self.count)
