"""A document's text as the text view holds it, and the way back to its characters.

Qt counts UTF-16 units, and a line of a whole document is cut to stay readable and fast; both
move places. Quotes count characters of the text as read.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

LONGEST = 1200
"""Longer lines are cut for the view: before each draft, and at ends of sentences."""
_ENDS = "。；！？;"
_BMP = 0xFFFF


class Places:
    """The text as shown.

    Args:
        text: as read.
        starts: where drafts begin in it.

    Attributes:
        shown: what the view holds.
    """

    def __init__(self, text: str, starts: Iterable[int] = ()) -> None:
        self._text = text
        self._breaks = list(_breaks(text, sorted(set(starts))))
        self._wide = [] if text.isascii() else _wide(text)
        edges = [0, *self._breaks, len(text)]
        pieces = [text[a:b] for a, b in pairwise(edges)]
        self.shown = "\n".join(pieces)

    def to_view(self, at: int) -> int:
        """Return where the character `at` of the text stands in the view."""
        return at + bisect_right(self._breaks, at) + bisect_left(self._wide, at)

    def to_text(self, position: int) -> int:
        """Return which character stands at a position of the view."""
        whole = range(len(self._text) + 1)
        return max(bisect_right(whole, position, key=self.to_view) - 1, 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return from where to where a stretch of the text stands in the view."""
        if end <= start:
            return self.to_view(start), self.to_view(start)
        return self.to_view(start), self.to_view(end - 1) + _units(self._text[end - 1 : end])


def _wide(text: str) -> list[int]:
    if max(text) <= chr(_BMP):
        return []
    return [at for at, sign in enumerate(text) if ord(sign) > _BMP]


def _units(sign: str) -> int:
    return 2 if ord(sign) > _BMP else 1


def _breaks(text: str, starts: Sequence[int]) -> Iterator[int]:
    """Yield where lines that are too long are cut, each place before the character named."""
    line = 0
    while line < len(text):
        end = text.find("\n", line)
        end = len(text) if end < 0 else end
        if end - line > LONGEST:
            yield from _cuts(text, line, end, starts)
        line = end + 1


def _cuts(text: str, line: int, end: int, starts: Sequence[int]) -> Iterator[int]:
    inside = starts[bisect_right(starts, line) : bisect_left(starts, end)]
    last = line
    for start in (*inside, end):
        while start - last > LONGEST:
            last = _sentence_end(text, last, last + LONGEST)
            yield last
        if start < end and start > last:
            last = start
            yield last


def _sentence_end(text: str, start: int, end: int) -> int:
    found = max(text.rfind(sign, start, end) for sign in _ENDS)
    return found + 1 if found > start else end
