"""What the marks in the text mean, each drawn as it is in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.ui.decompose.looks import LOOKS
from tracker.ui.decompose.marks import ALWAYS_SHOWN, MARK_WORDS

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from PySide6.QtGui import QPaintEvent, QTextCharFormat

    from tracker.ui.kit import Kit

GAP, PADDING = 8, 6


class Legend(QWidget):
    """One line of words, each with the ground and the underline of its mark."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._kinds = [kind for kind in MARK_WORDS if kind in ALWAYS_SHOWN]
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("图例：" + "、".join(MARK_WORDS[kind] for kind in self._kinds))
        kit.theme.changed.connect(self.updateGeometry)

    def show_kinds(self, kinds: AbstractSet[str]) -> None:
        """Say which kinds of marks the document has; the usual ones are always explained."""
        self._kinds = [kind for kind in MARK_WORDS if kind in ALWAYS_SHOWN | kinds]
        self.update()

    def sizeHint(self) -> QSize:
        """One line of small text."""
        return QSize(200, round(QFontMetricsF(self.font()).lineSpacing()) + 16)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the words that fit."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours, metrics = self._kit.theme.colours, QFontMetricsF(self.font())
        high, x = metrics.height() + 4, 16.0
        for kind in self._kinds:
            words, look = MARK_WORDS[kind], LOOKS[kind]
            wide = metrics.horizontalAdvance(words) + 2 * PADDING
            if x + wide > self.width():
                break
            box = QRectF(x, (self.height() - high) / 2, wide, high)
            if look.ground:
                painter.fillRect(box, colours.of(look.ground))
            painter.setPen(colours.of("text"))
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), words)
            pen = QPen(colours.of(look.ink), 1.4, _STYLES.get(look.line, Qt.PenStyle.SolidLine))
            painter.setPen(pen)
            self._underline(painter, box, look.line)
            x += wide + GAP
        painter.end()

    def _underline(
        self, painter: QPainter, box: QRectF, line: QTextCharFormat.UnderlineStyle
    ) -> None:
        y = box.bottom() - 2
        left, right = box.left() + PADDING, box.right() - PADDING
        if line is not LOOKS["doubt"].line:
            painter.drawLine(QPointF(left, y), QPointF(right, y))
            return
        step = 2.5
        points: list[QPointF] = []
        while left + len(points) * step <= right:
            points.append(QPointF(left + len(points) * step, y - (len(points) % 2) * 2.5))
        painter.drawPolyline(points)


_STYLES = {
    LOOKS["cooperating"].line: Qt.PenStyle.DashLine,
    LOOKS["responsible"].line: Qt.PenStyle.DotLine,
    LOOKS["persons"].line: Qt.PenStyle.DashDotLine,
    LOOKS["deadline"].line: Qt.PenStyle.DashDotDotLine,
}
