"""One line of a letter as it is set: two fonts, its own letter spacing, filled to the margin."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QFontMetricsF

from tracker.domain.page import Align

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

    from tracker.domain.page import TextBox

FINE = 100.0
"""Fonts are measured so many times as large, since Qt rounds widths to whole pixels."""
_REPLACING = ("locl", "ccmp")
"""Features that put another glyph for a character: found by no search, since it has no name."""
_MIDDLE = 0.37
"""How far below the middle of its line a Chinese character stands, in its size."""
_LATIN = re.compile("([!-~]+(?: +[!-~]+)*)")
_BESIDE = re.compile("[\u3400-\u9fff][0-9A-Za-z]|[0-9A-Za-z%][\u3400-\u9fff]")
_GAP = 0.25
"""Between a Chinese character and a digit or Latin letter, in the font's size, as Word sets it."""
_SIGNS = re.compile(
    ".[\u0300-\u036f\u20d0-\u20ff\u200d\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL
)
"""A character with the marks that belong to it."""
_WIDEST_GAP = 0.5
"""A gap wider than this, in the font's size, looks torn: such a line is not filled."""
_CLOSEST = 0.06
"""By how much of the font's size letters may come closer."""


@dataclass(frozen=True, slots=True)
class _Letter:
    """A character with what is drawn upon it: its font, its width, whether the line may widen."""

    text: str
    font: QFont
    width: float
    widens: bool


def draw_set_line(painter: QPainter, box: TextBox) -> None:
    """Draw a box of one line in its two fonts, letter by letter.

    Chinese characters and words may move apart to fill a justified line; all come closer, and at
    last grow narrower, where a stand-in for a missing font is too wide.
    """
    letters = _letters("".join(box.lines).rstrip("\n"), box)
    if not letters:
        return
    natural = sum(letter.width for letter in letters) - box.spacing
    gaps = sum(letter.widens for letter in letters[:-1])
    wider = _wider(box, box.width - natural, gaps)
    width = natural + wider * gaps
    squeeze = min(1.0, box.width / width)
    spare = max(0.0, box.width - width)
    moved = {Align.CENTER: spare / 2, Align.RIGHT: spare}.get(box.align, 0.0)
    painter.save()
    painter.translate(box.x + moved, box.y + box.height / 2 + box.size * _MIDDLE)
    painter.scale(squeeze * box.size / FINE, box.size / FINE)
    x = 0.0
    for letter in letters:
        painter.setFont(letter.font)
        painter.drawText(QPointF(x * FINE / box.size, 0), letter.text)
        x += letter.width + (wider if letter.widens else 0.0)
    painter.restore()


def _letters(text: str, box: TextBox) -> list[_Letter]:
    letters: list[_Letter] = []
    gap, before = _GAP * box.size, ""
    for number, part in enumerate(_LATIN.split(text)):
        if part and letters and _BESIDE.match(before + part[0]):
            letters[-1] = replace(letters[-1], width=letters[-1].width + gap)
        before = part[-1:]
        font = fine_font(box.latin if number % 2 else box.font)
        metrics = QFontMetricsF(font)
        signs = _SIGNS.findall(part)
        for place, sign in enumerate(signs, 1):
            width = metrics.horizontalAdvance(sign) / FINE * box.size + box.spacing
            letters.append(_Letter(sign, font, width, not number % 2 or place == len(signs)))
    return letters


def _wider(box: TextBox, spare: float, gaps: int) -> float:
    """Return by how much each gap widens, or, below 0, closes."""
    if not gaps or (spare > 0 and box.align is not Align.JUSTIFY):
        return 0.0
    wider = spare / gaps
    return max(wider, -_CLOSEST * box.size) if wider < _WIDEST_GAP * box.size else 0.0


def fine_font(family: str) -> QFont:
    """Return a font for the page, `FINE` pixels large, that draws each character as itself."""
    font = QFont(family)
    font.setPixelSize(int(FINE))
    for feature in _REPLACING:
        font.setFeature(QFont.Tag(feature), 0)
    return font
