"""Two lines of text in a cell: broken and cut once, kept for the next frames."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QTextLayout, QTextOption

from tracker.ui.ledger.words import one_line

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST = 400
"""More characters than two lines ever hold; the rest is not laid out."""


class TwoLines:
    """Breaks texts into two lines of a width, the second one cut with “…”.

    One is made for each font; it forgets with it.
    """

    def __init__(self, font: QFont) -> None:
        self.font = QFont(font)
        self.metrics = QFontMetrics(self.font)
        self.height = max(self.metrics.lineSpacing(), round(self.font.pixelSize() * 1.4))
        self.broken = lru_cache(maxsize=4096)(self._break)

    def _break(self, text: str, width: int) -> tuple[str, str]:
        flat = one_line(text)[:LONGEST]
        if self.metrics.horizontalAdvance(flat) <= width:
            return flat, ""
        layout = QTextLayout(flat, self.font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(width)
        layout.endLayout()
        cut = line.textLength()
        return flat[:cut].rstrip(), self.cut(flat[cut:].lstrip(), width)

    def cut(self, text: str, width: int) -> str:
        """Return `text` shortened to one line of the width."""
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)

    def spans(self, text: str, words: Iterable[str]) -> list[tuple[int, int]]:
        """Return from where to where, in pixels, the words stand in a line."""
        found = []
        lower = text.lower()
        for word in words:
            at = lower.find(word.lower())
            while at >= 0:
                start = self.metrics.horizontalAdvance(text[:at])
                end = self.metrics.horizontalAdvance(text[: at + len(word)])
                found.append((start, end))
                at = lower.find(word.lower(), at + len(word))
        return found
