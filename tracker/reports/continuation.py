"""Rows that do not fit a page: cut where a reader would pause, and put together to the letter."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.content import STACKED
from tracker.domain.terms import CONTINUED
from tracker.reports.looks import POINTS_PER_PIXEL, TALLEST_ROW
from tracker.reports.measure import CLOSING, JOINERS, OPENING, WIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.content import ContentRow
    from tracker.reports.looks import Layout
    from tracker.reports.measure import Ruler

GROUP = "group"
"""The field that prints the heading of a row's group."""
LONGEST_CELL = 32_000
"""Characters; Excel itself stops at 32,767 halves of UTF-16."""

_SENTENCE = re.compile(r"[。；！？;!?]+[”’）】》」』〕)\]]*[ \t\u3000]*\n*|\n+")
_CLAUSE = re.compile(r"[，、：,:]+[”’）】》」』〕)\]]*[ \t\u3000]*")
# A seam that leaves less than this share of the page filled is worse than a cut at a comma
_LEAST_FILLED = 0.25
# A piece as high as a row of a sheet may be is high enough if it fills this share of a page
_LEAST_OF_PAGE = 0.75
_NO_BEGINNING = re.compile(rf"[{re.escape(CLOSING)}{JOINERS}\n]")
_TIED = re.compile(
    rf"(?:[{re.escape(OPENING)}\u200d]"
    r"|[\u2460-\u24ff\u2776-\u2793\u3220-\u3243]"
    r"|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|(?:^|[。；！？\n])\s*[一二三四五六七八九十\d]{1,3}[、.．])\s*$"
)
_WORD = re.compile(rf"[^{WIDE}\s“”‘’—…·]")


Marks = tuple[tuple[int, int], ...]
"""Stretches of a text: where each starts and ends."""


@dataclass(frozen=True, slots=True)
class PrintedRow:
    """One row of the sheet.

    Attributes:
        texts: of the cells, by column.
        height: in points.
        marks: by column what is new of its text; empty where nothing is.
    """

    texts: tuple[str, ...]
    height: float
    marks: tuple[Marks, ...] = ()


class Paginator:
    """Makes rows of the sheet from rows of the content.

    Attributes:
        tallest: the height that a row may have, in points.
    """

    def __init__(
        self, layout: Layout, ruler: Ruler, repeated: float, limit: float = TALLEST_ROW
    ) -> None:
        """Take the height of what stands on every page (`repeated`, points) into account.

        Args:
            limit: the height that no row may exceed, in points.
        """
        self._limit = limit
        look = layout.body
        self._fields = [column.field for column in layout.columns]
        self._unseen = GROUP if layout.group and layout.merged else ""
        self._rooms = [layout.room(column.points, look.sizes[0]) for column in layout.columns]
        self._ruler = ruler
        self._pitch = ruler.pitch(look.font, look.sizes[0])
        self._padding = look.padding
        self._least = layout.cell.least_height
        self.tallest = min(limit, layout.page.body_height - repeated)
        self._most = self._whole = self.most_lines()

    def most_lines(self, reserved: float = 0.0) -> int:
        """Return how many lines the tallest row has where `reserved` points stand beside it."""
        most = int((self.tallest - reserved - self._padding) / self._pitch)
        if round_up(most * self._pitch + self._padding) > self.tallest - reserved:
            most -= 1
        return max(1, most)

    def rows(self, row: ContentRow, reserved: float = 0.0, whole: bool = False) -> list[PrintedRow]:
        """Return the rows of the sheet that print `row`: one, or more where it fits no page.

        Args:
            reserved: the height of what must stand on the same page, in points.
            whole: with the name of its group, which else stands in a cell over several rows.
        """
        unseen = "" if whole else self._unseen
        texts = ["" if field == unseen else row.text(field) for field in self._fields]
        lines = self._lines(texts)
        self._most = self.most_lines(reserved) if reserved else self._whole
        if lines <= self._most and max(map(len, texts)) <= LONGEST_CELL:
            printed = PrintedRow(tuple(texts), self._height(lines))
            return [replace(printed, marks=self._marks(row, texts))] if row.new else [printed]
        if self.tallest * _LEAST_OF_PAGE <= TALLEST_ROW:
            # cut anyway: then no piece needs more than one row of a sheet
            self._most = min(self._most, int((TALLEST_ROW - self._padding) / self._pitch))
        pieces = [
            self._unit_pieces(row.lines(field), room)
            if field in STACKED
            else self._pieces(text, room)
            for field, text, room in zip(self._fields, texts, self._rooms, strict=True)
        ]
        parts = [self._part(texts, pieces, part) for part in range(max(map(len, pieces)))]
        return self._marked(parts, row, texts, pieces) if row.new else parts

    def _marks(self, row: ContentRow, texts: list[str]) -> tuple[Marks, ...]:
        return tuple(
            in_order(row.new.get(field, ()), len(text))
            for field, text in zip(self._fields, texts, strict=True)
        )

    def _marked(
        self,
        printed: list[PrintedRow],
        row: ContentRow,
        texts: list[str],
        pieces: list[list[str]],
    ) -> list[PrintedRow]:
        """Give each piece its share of what is new."""
        shares = [
            _shares(text, own, marks)
            for text, own, marks in zip(texts, pieces, self._marks(row, texts), strict=True)
        ]
        return [
            replace(one, marks=tuple(own[part] if part < len(own) else () for own in shares))
            for part, one in enumerate(printed)
        ]

    def _part(self, texts: list[str], pieces: list[list[str]], part: int) -> PrintedRow:
        cells = []
        for field, text, own, room in zip(self._fields, texts, pieces, self._rooms, strict=True):
            if part < len(own):
                cells.append(own[part])
            else:
                cells.append(self._again(field, text, room))
        return PrintedRow(tuple(cells), self._height(self._lines(cells)))

    def _again(self, field: str, text: str, room: float) -> str:
        """Return what a cell says in a further row when all its own text is printed."""
        if field == "number":
            # on a line of its own: beside two digits it would break inside its bracket
            return f"{text}\n{CONTINUED}"
        if field not in STACKED or not text:
            return ""
        again = f"{text}\n{CONTINUED}"
        return again if self._ruler.count_lines(again, room) <= self._most else CONTINUED

    def _lines(self, texts: Sequence[str]) -> int:
        count = self._ruler.count_lines
        return max(count(text, room) for text, room in zip(texts, self._rooms, strict=True))

    def _height(self, lines: int) -> float:
        height = round_up(lines * self._pitch + self._padding)
        return min(max(height, self._least), self._limit)

    def _unit_pieces(self, units: tuple[str, ...], room: float) -> list[str]:
        """Cut between units; only a single one that fits no page is cut itself."""
        pieces: list[str] = []
        for unit in units:
            joined = f"{pieces[-1]}\n{unit}" if pieces else unit
            if self._ruler.count_lines(joined, room) <= self._most:
                pieces[-1:] = [joined]
            else:
                pieces += self._pieces(unit, room)
        return pieces or [""]

    def _pieces(self, text: str, room: float) -> list[str]:
        pieces = []
        while len(text) > LONGEST_CELL or self._ruler.count_lines(text, room) > self._most:
            cut = self._cut(text, room)
            pieces.append(text[:cut])
            text = text[cut:]
        return [*pieces, text] if text or not pieces else pieces

    def _cut(self, text: str, room: float) -> int:
        """Return where the longest piece that fits a page ends."""
        ends = self._ruler.line_ends(text[:LONGEST_CELL], room)
        cut = 1
        for end in reversed(ends[: self._most]):
            cut = seam(text, end)
            # A line end that closes the piece opens one more line, which must fit as well
            if self._ruler.count_lines(text[:cut], room) <= self._most:
                break
        return cut


def seam(text: str, end: int) -> int:
    """Return where to cut `text`, at most at `end`: after a sentence, a clause, or anywhere.

    Never between a mark (①) and its text, inside a Latin word or number, or before a character
    that may not begin a line, as long as there is another place.
    """
    for pattern in (_SENTENCE, _CLAUSE):
        for found in reversed(list(pattern.finditer(text, 0, end))):
            if found.end() < end * _LEAST_FILLED:
                break
            if may_cut(text, found.end()):
                return found.end()
    for cut in range(end, max(0, end - 200), -1):
        if may_cut(text, cut):
            return cut
    return end


def may_cut(text: str, cut: int) -> bool:
    """Return whether a piece may end before `text[cut]`."""
    if cut >= len(text):
        return True
    if text[cut - 1] == "\n":
        return True
    if _NO_BEGINNING.match(text, cut) or _TIED.search(text[max(0, cut - 12) : cut]):
        return False
    return not (_WORD.match(text, cut - 1) and _WORD.match(text, cut))


def round_up(points: float) -> float:
    """Return `points` in whole pixels of Excel, which rounds row heights to them."""
    return math.ceil(points / POINTS_PER_PIXEL - 1e-6) * POINTS_PER_PIXEL


def _shares(text: str, pieces: list[str], marks: Marks) -> list[Marks]:
    """Return for each piece of a text what of the marks falls into it."""
    shares = []
    at = 0
    for piece in pieces:
        at = max(at, text.find(piece, at))  # between names a line end belongs to no piece
        shares.append(within(marks, at, at + len(piece)))
        at += len(piece)
    return shares


def in_order(marks: Marks, length: int) -> Marks:
    """Return marks of a text so long from its beginning on, none over another."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(marks):
        first = max(start, kept[-1][1] if kept else 0)
        if first < min(end, length):
            kept.append((first, min(end, length)))
    return tuple(kept)


def within(marks: Marks, start: int, end: int) -> Marks:
    """Return what of `marks` lies between two places of a text, counted from the first."""
    cut = ((max(a, start) - start, min(b, end) - start) for a, b in marks)
    return tuple((a, b) for a, b in cut if a < b)
