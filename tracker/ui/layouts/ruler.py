"""A strip above the previewed page on which the borders of the columns are dragged."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from tracker.ui.layouts.words import mm

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from tracker.domain.layout import LayoutDraft
    from tracker.ui.kit import Kit

_NEAR = 5
"""Pixels from a border that still take hold of it."""


class Ruler(QWidget):
    """Shows the columns over the page beneath, to the same scale.

    Signals:
        moved: a border is dragged: the column before it, and by how many millimetres it stands
            away from where it was taken hold of.
        dropped: it was let go.
    """

    moved = Signal(int, float)
    dropped = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._draft: LayoutDraft | None = None
        self._start, self._scale = 0.0, 1.0
        self._held: int | None = None
        self._from = 0.0
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("列宽标尺")
        kit.theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 8)

    def show_draft(self, draft: LayoutDraft) -> None:
        """Show another layout."""
        self._draft = draft
        self.update()

    def place(self, start: float, scale: float) -> None:
        """Tell where the page beneath begins and how many pixels a millimetre has there."""
        if (start, scale) != (self._start, self._scale):
            self._start, self._scale = start, scale
            self.update()

    def borders(self) -> list[float]:
        """Return where the columns begin and end, in pixels."""
        draft = self._draft
        if draft is None:
            return []
        spare = max(0.0, draft.room_mm - draft.used_mm) / 2
        ends = [draft.margins_mm.get("left", 0.0) + spare]
        for column in draft.columns:
            ends.append(ends[-1] + column.width_mm)
        return [self._start + end * self._scale for end in ends]

    def paintEvent(self, event: QPaintEvent) -> None:
        draft = self._draft
        if draft is None:
            return
        colours, height = self._kit.theme.colours, self.height()
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.of("grey_soft"))
        page = QRectF(self._start, 0, draft.page_mm[0] * self._scale, height)
        painter.drawRect(page)
        borders = self.borders()
        painter.setBrush(colours.of("surface"))
        painter.drawRect(QRectF(borders[0], 0, borders[-1] - borders[0], height))
        limit = self._start + (draft.page_mm[0] - draft.margins_mm.get("right", 0.0)) * self._scale
        if borders[-1] > limit + 1:
            painter.setBrush(colours.of("red_soft"))
            painter.drawRect(QRectF(limit, 0, borders[-1] - limit, height))
        self._columns(painter, draft, borders)
        painter.end()

    def _columns(self, painter: QPainter, draft: LayoutDraft, borders: list[float]) -> None:
        colours, height = self._kit.theme.colours, self.height()
        metrics = painter.fontMetrics()
        for n, column in enumerate(draft.columns):
            box = QRectF(borders[n], 0, borders[n + 1] - borders[n], height)
            words = mm(column.width_mm)
            painter.setPen(colours.of("quiet"))
            if metrics.horizontalAdvance(words) <= box.width() - 4:
                painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
        painter.setPen(QPen(colours.of("accent"), 2))
        for end in borders[1:]:
            painter.drawLine(QPointF(end, 2), QPointF(end, height - 2))

    # Dragging

    def _border_at(self, x: float) -> int | None:
        near = [(abs(end - x), n) for n, end in enumerate(self.borders()[1:])]
        near = [each for each in near if each[0] <= _NEAR]
        return min(near)[1] if near else None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._held, self._from = self._border_at(event.position().x()), event.position().x()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        x = event.position().x()
        if self._held is None:
            over = self._border_at(x) is not None
            self.setCursor(Qt.CursorShape.SplitHCursor if over else Qt.CursorShape.ArrowCursor)
            return
        self.moved.emit(self._held, (x - self._from) / self._scale)
        if self._draft is not None and self._held < len(self._draft.columns):
            column = self._draft.columns[self._held]
            QToolTip.showText(
                event.globalPosition().toPoint(), f"{column.heading} {mm(column.width_mm)} 毫米"
            )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._held = None
            self.dropped.emit()
