"""Paints the board: states as shape and word, findings as chips, what to do next as a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from tracker.ui.board.model import BoardModel, Column
from tracker.ui.widgets.chips import chip_font, chip_height
from tracker.ui.widgets.lamp import lamp_size, paint_lamp
from tracker.ui.widgets.lists import RowDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tracker.ui.board.words import Line, Tag
    from tracker.ui.kit import Kit

SIDE, GAP, PADDING, RADIUS = 8, 4, 6, 3


class BoardDelegate(RowDelegate):
    """The painter of the board; every row is one line high."""

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._painters = {
            Column.STATE: self._paint_state,
            Column.RECEIVED: self._paint_received,
            Column.FINDINGS: self._paint_findings,
            Column.ACTION: self._paint_action,
        }
        self.set_font(QFont())

    def set_font(self, font: QFont) -> None:
        """Measure anew for another font or size."""
        self._font = QFont(font)
        self._font.setPixelSize(self._kit.theme.size)
        self._bold = QFont(self._font)
        self._bold.setBold(True)
        self._small = chip_font(self._font)
        self.metrics = QFontMetrics(self._font)

    @property
    def row_height(self) -> int:
        """The height of every row."""
        return self._kit.theme.size + 18

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are alike."""
        return QSize(60, self.row_height)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one cell."""
        box: QRect = option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.fillRect(box, self._colour("accent_soft" if chosen else "surface"))
        painter.fillRect(box.left(), box.bottom(), box.width(), 1, self._colour("line"))
        model = index.model()
        line = model.line(index.row()) if isinstance(model, BoardModel) else None
        if line is None:
            return
        painter.save()
        painter.setClipRect(box)
        painter.setFont(self._font)
        inner = box.adjusted(SIDE, 0, -SIDE, -1)
        column = Column(index.column())
        if column in self._painters:
            self._painters[column](painter, inner, line)
        else:
            self._paint_words(painter, inner, column, line)
        painter.restore()

    def _colour(self, name: str) -> QColor:
        return self._kit.theme.colours.of(name)

    def _paint_words(self, painter: QPainter, box: QRect, column: Column, line: Line) -> None:
        right = column in (Column.TASKS, Column.FILLED, Column.CALLS)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        cut = Qt.TextElideMode.ElideMiddle if column is Column.FILE else Qt.TextElideMode.ElideRight
        name = "quiet" if column is Column.FILE or line.is_dim else "text"
        painter.setPen(self._colour(name))
        words = self.metrics.elidedText(line.words(column), cut, box.width())
        painter.drawText(box, int(side | Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_state(self, painter: QPainter, box: QRect, line: Line) -> None:
        look = line.look
        colour = self._colour(look.colour)
        side = lamp_size(self._kit.theme.size)
        top = box.top() + (box.height() - side) / 2
        paint_lamp(painter, QRectF(box.left(), top, side, side), look.shape, colour)
        rest = box.adjusted(int(side) + GAP, 0, 0, 0)
        painter.setPen(colour)
        painter.setFont(self._bold if look.strong else self._font)
        words = painter.fontMetrics().elidedText(
            line.state, Qt.TextElideMode.ElideRight, rest.width()
        )
        painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_received(self, painter: QPainter, box: QRect, line: Line) -> None:
        name = "red" if line.is_late else "quiet" if line.is_dim else "text"
        painter.setPen(self._colour(name))
        words = self.metrics.elidedText(line.received, Qt.TextElideMode.ElideRight, box.width())
        painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_findings(self, painter: QPainter, box: QRect, line: Line) -> None:
        x = self._paint_tags(painter, box, line.tags)
        rest = box.adjusted(x, 0, 0, 0)
        if line.remark and rest.width() > 3 * self._kit.theme.size:
            painter.setFont(self._font)
            painter.setPen(self._colour("quiet"))
            words = self.metrics.elidedText(line.remark, Qt.TextElideMode.ElideRight, rest.width())
            painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), words)

    def _paint_tags(self, painter: QPainter, box: QRect, tags: tuple[Tag, ...]) -> int:
        """Paint as many chips as fit, then how many more there are; return where they end."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        metrics = QFontMetrics(self._small)
        height, x = chip_height(self._kit.theme.size), 0
        for place, tag in enumerate(tags):
            left = len(tags) - place - 1
            more = metrics.horizontalAdvance(f"+{left}") + 2 * GAP if left else 0
            wide = metrics.horizontalAdvance(tag.words) + 2 * PADDING
            if place and x + wide + more > box.width():
                painter.setPen(self._colour("quiet"))
                rest = box.adjusted(x, 0, 0, 0)
                painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), f"+{left + 1}")
                return box.width()
            wide = min(wide, max(box.width() - x - more, 0))
            top = box.top() + (box.height() - height) // 2
            chip = QRect(box.left() + x, top, wide, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._colour(f"{tag.colour}_soft"))
            painter.drawRoundedRect(chip, RADIUS, RADIUS)
            painter.setPen(self._colour(tag.colour))
            room = wide - 2 * PADDING + 1
            words = metrics.elidedText(tag.words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), words)
            x += wide + GAP
        return x

    def _paint_action(self, painter: QPainter, box: QRect, line: Line) -> None:
        if line.action is None:
            return
        font = QFont(self._font)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(self._colour("accent"))
        words = line.action.words
        cut = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        metrics = self.metrics
        base = box.top() + (box.height() + metrics.ascent() - metrics.descent()) // 2
        painter.drawText(QPoint(box.left(), base), cut)
