"""The sheets of the wall chart on the screen: laid out and painted in a worker."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeySequence, QPainter, QPixmap, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from shiboken6 import isValid

from tracker.ops.pictures import wall_rows, wall_title
from tracker.ui.widgets.labels import side_by_side

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QPaintEvent, QResizeEvent

    from tracker.base.progress import Progress
    from tracker.domain.wall_chart import WallWishes
    from tracker.ops.pictures import Asked
    from tracker.printing.canvas import Sheet
    from tracker.printing.gantt_rows import GanttRows
    from tracker.ui.kit import Kit

_LEAST = QSize(420, 320)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A chart that was laid out.

    Attributes:
        rows: what it shows; kept, so that another paper needs no other read.
        glued: width and height of the chart glued together from tiles, in 1/96 inch; None for
            whole sheets.
        points: how large the letters are.
        tiles_a_row: how many tiles stand beside each other.
    """

    rows: GanttRows
    sheets: Sequence[Sheet]
    points: float
    glued: tuple[float, float] | None
    tiles_a_row: int


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
        self._waiting: tuple[str, WallWishes, int, QSize] | None = None
        self._is_running = False
        self._made: tuple[tuple[str, WallWishes], LaidOut] | None = None

    def ask(self, paper: str, wishes: WallWishes, number: int, room: QSize) -> None:
        """Show a sheet of a chart of this layout, as large as there is room."""
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

        def work(progress: Progress) -> tuple[LaidOut, int, QImage]:
            self._progress = progress
            laid = made or lay_out(self._asked, self._rows, paper, wishes, progress)
            place = min(number, len(laid.sheets) - 1)
            return laid, place, _painted(laid.sheets[place], room)

        def done(found: tuple[LaidOut, int, QImage]) -> None:
            if not isValid(self):
                return
            laid, place, image = found
            self._rows, self._made = laid.rows, ((paper, wishes), laid)
            self._over()
            if self._waiting is None:
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
    asked: Asked, rows: GanttRows | None, paper: str, wishes: WallWishes, progress: Progress
) -> LaidOut:
    """Return the chart laid out; its rows are read where none are given."""
    from tracker.domain.wall_chart import WallColumn
    from tracker.ops.gantt import gantt_drawing
    from tracker.printing.pdf import Paper

    held = rows if rows is not None else wall_rows(asked, tuple(WallColumn))
    drawing = gantt_drawing(held, wall_title(asked), paper, wishes, progress)
    sheets, points = drawing.laid_out(Paper(paper))
    tiling = drawing.tiling(Paper(paper))
    glued = (tiling.width, tiling.height) if tiling else None
    return LaidOut(held, sheets, points, glued, tiling.across if tiling else 0)


def _painted(sheet: Sheet, room: QSize) -> QImage:
    from tracker.printing.canvas import painted

    return painted(sheet, min(room.width() / sheet.width, room.height() / sheet.height))


class SheetView(QWidget):
    """Shows one sheet, as it lies on a desk.

    Signals:
        resized: there is other room for it.
    """

    resized = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self.words = ""
        self.setMinimumSize(_LEAST)
        self.setAccessibleName("预览")

    def show_image(self, image: QImage | None, words: str = "") -> None:
        """Show a painted sheet, or words in its place."""
        self._pixmap = QPixmap.fromImage(image) if image is not None else QPixmap()
        self._pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self.words = words
        self.update()

    @property
    def room(self) -> QSize:
        """How many pixels of the screen a sheet may take."""
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
        column.addWidget(self.view, 1)
        column.addLayout(side_by_side(self.place, None, self.back, self.forward))

    def turn(self, by: int) -> None:
        """Ask for a sheet farther on or back."""
        wanted = max(0, min(self.number + by, self.count - 1))
        if wanted != self.number:
            self.number = wanted
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
