"""One line of a letter as it is set: two fonts, its own letter spacing, filled to the margin."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF

from tracker.domain.page import Align

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from tracker.domain.page import TextBox

_FINE = 100.0
"""Fonts are measured so many times as large, since Qt rounds widths to whole pixels."""
_MIDDLE = 0.37
"""How far below the middle of its line a Chinese character stands, in its size."""
_LATIN = re.compile("([!-~]+(?: +[!-~]+)*)")
_WIDEST_GAP = 0.5
"""A gap wider than this, in the font's size, looks torn: such a line is not filled."""
_CLOSEST = 0.06
"""By how much of the font's size letters may come closer."""


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A part of a line in one font; `gaps` are the places behind its letters that may widen."""

    text: str
    family: str
    gaps: int


def draw_set_line(painter: QPainter, box: TextBox) -> None:
    """Draw a box of one line in its two fonts.

    Chinese characters and words may move apart to fill a justified line; all come closer, and at
    last grow narrower, where a stand-in for a missing font is too wide.
    """
    text = "".join(box.lines).rstrip("\n")
    stretches = [
        _Stretch(part, box.latin if number % 2 else box.font, 1 if number % 2 else len(part))
        for number, part in enumerate(_LATIN.split(text))
        if part
    ]
    if not stretches:
        return
    natural = sum(_width(each, box) for each in stretches) - box.spacing
    gaps = sum(each.gaps for each in stretches) - 1
    wider = _wider(box, box.width - natural, gaps)
    width = natural + wider * gaps
    squeeze = min(1.0, box.width / width)
    spare = max(0.0, box.width - width)
    moved = {Align.CENTER: spare / 2, Align.RIGHT: spare}.get(box.align, 0.0)
    painter.save()
    painter.translate(box.x + moved, box.y + box.height / 2 + box.size * _MIDDLE)
    painter.scale(squeeze * box.size / _FINE, box.size / _FINE)
    x = 0.0
    for each in stretches:
        apart = box.spacing + (wider if each.gaps > 1 else 0.0)
        painter.setFont(_font(each.family, apart / box.size))
        painter.drawText(QPointF(x * _FINE / box.size, 0), each.text)
        x += _width(each, box) + wider * each.gaps
    painter.restore()


def _wider(box: TextBox, spare: float, gaps: int) -> float:
    """Return by how much each gap widens, or, below 0, closes."""
    if not gaps or (spare > 0 and box.align is not Align.JUSTIFY):
        return 0.0
    wider = spare / gaps
    return max(wider, -_CLOSEST * box.size) if wider < _WIDEST_GAP * box.size else 0.0


def _width(stretch: _Stretch, box: TextBox) -> float:
    font = _font(stretch.family, box.spacing / box.size)
    return QFontMetricsF(font).horizontalAdvance(stretch.text) / _FINE * box.size


def _font(family: str, spacing: float) -> QFont:
    font = QFont(family)
    font.setPixelSize(int(_FINE))
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, spacing * _FINE)
    return font
