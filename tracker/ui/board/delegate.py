"""Paints the board: states as shape and word, findings as chips, what to do next as a link."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter

from tracker.ui.board.model import BoardModel, Column
from tracker.ui.widgets.chips import chip_font, chip_height
from tracker.ui.widgets.lamp import lamp_size, paint_lamp
from tracker.ui.widgets.line_delegate import LineDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from tracker.ui.board.words import Line, Tag
    from tracker.ui.kit import Kit

GAP, PADDING, RADIUS = 4, 6, 3


class BoardDelegate(LineDelegate):
    """The painter of the board; every row is one line high."""

    def __init__(self, kit: Kit, parent: QObject | None = None) -> None:
        super().__init__(kit, parent)
        self._painters = {
            Column.STATE: self._paint_state,
            Column.RECEIVED: self._paint_received,
            Column.FINDINGS: self._paint_findings,
            Column.ACTION: self._paint_action,
        }

    def set_font(self, font: QFont) -> None:
        """Measure anew for another font or size."""
        super().set_font(font)
        self._bold = QFont(self.font)
        self._bold.setBold(True)
        self._small = chip_font(self.font)

    def paint_cell(
        self, painter: QPainter, inner: QRect, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint what stands in a cell."""
        model = index.model()
        line = model.line(index.row()) if isinstance(model, BoardModel) else None
        if line is None:
            return
        column = Column(index.column())
        if column in self._painters:
            self._painters[column](painter, inner, line)
        else:
            self._paint_plain(painter, inner, column, line)

    def _paint_plain(self, painter: QPainter, box: QRect, column: Column, line: Line) -> None:
        right = column in (Column.TASKS, Column.FILLED, Column.CALLS)
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        cut = Qt.TextElideMode.ElideMiddle if column is Column.FILE else Qt.TextElideMode.ElideRight
        name = "quiet" if column is Column.FILE or line.is_dim else "text"
        painter.setPen(self.colour(name))
        self.paint_words(painter, box, line.words(column), side=side, cut=cut)

    def _paint_state(self, painter: QPainter, box: QRect, line: Line) -> None:
        look = line.look
        colour = self.colour(look.colour)
        side = lamp_size(self.kit.theme.size)
        top = box.top() + (box.height() - side) / 2
        paint_lamp(painter, QRectF(box.left(), top, side, side), look.shape, colour)
        rest = box.adjusted(int(side) + GAP, 0, 0, 0)
        painter.setPen(colour)
        painter.setFont(self._bold if look.strong else self.font)
        self.paint_words(painter, rest, line.state)

    def _paint_received(self, painter: QPainter, box: QRect, line: Line) -> None:
        name = "red" if line.is_late else "quiet" if line.is_dim else "text"
        painter.setPen(self.colour(name))
        self.paint_words(painter, box, line.received)

    def _paint_findings(self, painter: QPainter, box: QRect, line: Line) -> None:
        x = self._paint_tags(painter, box, line.tags)
        rest = box.adjusted(x, 0, 0, 0)
        if line.remark and rest.width() > 3 * self.kit.theme.size:
            painter.setFont(self.font)
            painter.setPen(self.colour("quiet"))
            self.paint_words(painter, rest, line.remark)

    def _paint_tags(self, painter: QPainter, box: QRect, tags: tuple[Tag, ...]) -> int:
        """Paint as many chips as fit, then how many more there are; return where they end."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self._small)
        metrics = QFontMetrics(self._small)
        height, x = chip_height(self.kit.theme.size), 0
        for place, tag in enumerate(tags):
            left = len(tags) - place - 1
            more = metrics.horizontalAdvance(f"+{left}") + 2 * GAP if left else 0
            wide = metrics.horizontalAdvance(tag.words) + 2 * PADDING
            if place and x + wide + more > box.width():
                painter.setPen(self.colour("quiet"))
                rest = box.adjusted(x, 0, 0, 0)
                painter.drawText(rest, int(Qt.AlignmentFlag.AlignVCenter), f"+{left + 1}")
                return box.width()
            wide = min(wide, max(box.width() - x - more, 0))
            top = box.top() + (box.height() - height) // 2
            chip = QRect(box.left() + x, top, wide, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.colour(f"{tag.colour}_soft"))
            painter.drawRoundedRect(chip, RADIUS, RADIUS)
            painter.setPen(self.colour(tag.colour))
            room = wide - 2 * PADDING + 1
            words = metrics.elidedText(tag.words, Qt.TextElideMode.ElideRight, room)
            painter.drawText(chip, int(Qt.AlignmentFlag.AlignCenter), words)
            x += wide + GAP
        return x

    def _paint_action(self, painter: QPainter, box: QRect, line: Line) -> None:
        if line.action is None:
            return
        font = QFont(self.font)
        font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(self.colour("accent"))
        words = line.action.words
        cut = self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, box.width())
        metrics = self.metrics
        base = box.top() + (box.height() + metrics.ascent() - metrics.descent()) // 2
        painter.drawText(QPoint(box.left(), base), cut)
