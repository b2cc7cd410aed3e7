"""Lines of a letter as Word sets them: half-width digits, gaps beside them, signs that hang."""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

from tracker.reports.measure import Ruler, is_tied

if TYPE_CHECKING:
    from collections.abc import Mapping

HANGING = "，。、；：！？"
"""May stand behind the end of a full line."""
_BESIDE = re.compile("(?<=[\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%])(?=[\u3400-\u9fff])")
_GAP = 0.25
"""Between a Chinese character and a digit or Latin letter, in the font's size."""


class LetterRuler(Ruler):
    """Measures the text of a letter in characters of its grid.

    Unlike `Ruler`, which never reckons too little, it reckons what the named fonts take.
    """

    def __init__(self, latin: Mapping[str, str], size: float, character: float) -> None:
        """Take the widths of Latin letters in their size, and the letter's own sizes.

        Args:
            latin: characters by their width in em.
            size: of the font, in points.
            character: the room of a Chinese character on its line, in points.
        """
        super().__init__()
        self._gap = _GAP * size / character
        self._known = {
            sign: (float(em) * size + character - size) / character
            for em, signs in latin.items()
            for sign in signs
        }

    def width(self, text: str) -> float:
        """Return the width of `text` on one line in characters."""
        return self._reach(text)[-1]

    def lines(self, text: str, first: float, further: float) -> list[str]:
        """Return the lines of a text, line ends left out, where this much room is.

        Args:
            first, further: the room of the first and of every other line, in characters.
        """
        found: list[str] = []
        for part in text.split("\n"):
            rest, is_first = part, True
            while rest or is_first:
                end = self._end(rest, further if found else first)
                found.append(rest[:end])
                rest, is_first = rest[end:], False
        return found

    def _end(self, text: str, room: float) -> int:
        """Return where the first line of a text ends."""
        reach = self._reach(text)
        if reach[-1] <= room:
            return len(text)
        fitting = max(1, bisect_right(reach, room) - 1)
        if fitting < len(text) and text[fitting] in HANGING:
            fitting += 1
        end = fitting
        while end and end < len(text) and is_tied(text, end):
            end -= 1
        return end or fitting

    def _reach(self, text: str) -> list[float]:
        """Return how far the text reaches before each of its characters, and as a whole."""
        gaps = {found.start() for found in _BESIDE.finditer(text)}
        widths = (
            self._known.get(sign, min(1.0, self._widths[sign]))
            + (self._gap if place in gaps else 0.0)
            for place, sign in enumerate(text, 1)
        )
        return list(accumulate(widths, initial=0.0))
