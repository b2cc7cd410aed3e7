"""Text for painters: measured, wrapped and elided once, drawn often."""

from __future__ import annotations

from itertools import pairwise
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextLayout, QTextOption

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QColor, QFont, QPainter

_REMEMBERED = 2000  # texts; a screen shows some hundred
WHOLE = 1_000_000
"""More lines than any text takes: nothing is cut."""
LEADING = 1.32
"""Height of a line of text in its size; Chinese needs less than a font's own leading."""


class Face:
    """One font with what its texts were found to need.

    Attributes:
        size: the text size in pixels.
        line_height: from one line of text to the next.
    """

    def __init__(self, font: QFont) -> None:
        self.font = font
        self.size = float(font.pixelSize())
        self.line_height = round(self.size * LEADING)
        self._metrics = QFontMetricsF(font)
        self._widths: dict[str, float] = {}
        self._wraps: dict[tuple[str, int, int], tuple[str, ...]] = {}

    def width(self, text: str) -> float:
        """Return how wide a text is."""
        found = self._widths.get(text)
        if found is None:
            if len(self._widths) > _REMEMBERED:
                self._widths.clear()
            found = self._widths[text] = self._metrics.horizontalAdvance(text)
        return found

    def wrapped(self, text: str, width: float, lines: int) -> tuple[str, ...]:
        """Return a text in at most so many lines; what goes beyond is elided at the end."""
        key = (text, ceil(width), lines)  # a measured width must hold the text it was taken from
        found = self._wraps.get(key)
        if found is None:
            if len(self._wraps) > _REMEMBERED:
                self._wraps.clear()
            found = self._wraps[key] = self._wrap(*key)
        return found

    def _wrap(self, text: str, width: int, lines: int) -> tuple[str, ...]:
        if self.width(text) <= width:
            return (text,)
        layout = QTextLayout(text, self.font)
        layout.setTextOption(_ANYWHERE)
        layout.beginLayout()
        cuts = [0]
        while len(cuts) < lines:
            line = layout.createLine()
            if not line.isValid():
                break
            line.setLineWidth(width)
            cuts.append(line.textStart() + line.textLength())
        layout.endLayout()
        made = [text[a:b].rstrip() for a, b in pairwise(cuts)]
        rest = text[cuts[-1] :]
        if rest:
            made.append(self._metrics.elidedText(rest, Qt.TextElideMode.ElideRight, width))
        return tuple(made)

    def draw(
        self,
        painter: QPainter,
        box: QRectF,
        text: str,
        colour: QColor,
        *,
        lines: int = 1,
        align: float = 0.0,
    ) -> None:
        """Draw a text in a box, upright in its middle.

        Args:
            lines: how many lines it may take.
            align: 0 begins at the left edge, 0.5 is the middle, 1 ends at the right edge.
        """
        if not text:
            return
        self.draw_lines(painter, box, self.wrapped(text, box.width(), lines), colour, align=align)

    def draw_lines(
        self,
        painter: QPainter,
        box: QRectF,
        made: Sequence[str],
        colour: QColor,
        *,
        align: float = 0.0,
    ) -> None:
        """Draw lines that were made before, upright in the middle of a box."""
        height = self.line_height * len(made)
        # A Chinese character stands on its descent; so its middle is the middle of the line.
        y = box.center().y() - height / 2 + self.line_height / 2 + self.size * 0.37
        painter.setFont(self.font)
        painter.setPen(colour)
        for line in made:
            x = box.left() + align * (box.width() - self.width(line)) if align else box.left()
            painter.drawText(QPointF(x, y), line)
            y += self.line_height


def _anywhere() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


_ANYWHERE = _anywhere()
