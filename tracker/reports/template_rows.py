"""Our rows in the columns of a template: their heights, and where one too high is cut."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.content import STACKED
from tracker.domain.terms import CONTINUED
from tracker.reports.continuation import LONGEST_CELL, round_up, seam
from tracker.reports.looks import POINTS_PER_PIXEL, TALLEST_ROW

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.content import ContentRow
    from tracker.reports.measure import Ruler
    from tracker.reports.template_styles import CellStyle, Styles
    from tracker.reports.template_value import Template

SIDE_PADDING = 3.0
PADDING = 5.0
WIDTH_SHARE = 0.97
"""Programs break lines a little differently: only this share of a width is reckoned with."""
_INDENT = 3.0
"""An indent of one is this many spaces of the text's font, of half an em each, at most."""
_LEAST_ROOM = 1.0
_LEAST_LINES = 3
_ROOMY = 20_000.0


@dataclass(frozen=True, slots=True)
class Measured:
    """A column as it is reckoned: em on a line, height of a line, most lines in a row."""

    field: str
    room: float
    pitch: float
    most: int
    style: CellStyle
    hidden: bool


@dataclass(frozen=True, slots=True)
class FilledRow:
    """The texts of a row by the template's columns, and its height in points."""

    texts: tuple[str, ...]
    height: float


class RowFitter:
    """Makes rows of the template from rows of the content.

    Attributes:
        tallest: the height that a row may have, in points.
    """

    def __init__(self, template: Template, styles: Styles, ruler: Ruler) -> None:
        page = template.page
        free = page.body_height / page.scale - template.repeated_height
        self._ruler, self._styles = ruler, styles
        self._least = min(template.least_height, TALLEST_ROW)
        look = [styles.look(abs(column.style)) for column in template.columns]
        pitches = [ruler.pitch(each.font, each.size) for each in look]
        self.tallest = min(TALLEST_ROW, max(free, _LEAST_LINES * max(pitches) + PADDING))
        self._columns = [
            Measured(
                column.field,
                room(column.pixels * POINTS_PER_PIXEL, each) if column.pixels else _ROOMY,
                pitch,
                max(1, int((self.tallest - PADDING) / pitch)),
                each,
                not column.pixels,
            )
            for column, each, pitch in zip(template.columns, look, pitches, strict=True)
        ]

    def rows(self, row: ContentRow) -> list[FilledRow]:
        """Return the rows that print `row`: one, or more where it fits no page."""
        texts = [row.text(each.field) if each.field else "" for each in self._columns]
        if self._fits(texts):
            return [FilledRow(tuple(texts), self._height(texts))]
        pieces = [
            self._unit_pieces(row.lines(each.field), each)
            if each.field in STACKED
            else self._pieces(text, each)
            for each, text in zip(self._columns, texts, strict=True)
        ]
        parts = []
        for part in range(max(map(len, pieces))):
            cells = [
                own[part] if part < len(own) else self._again(each, text)
                for each, text, own in zip(self._columns, texts, pieces, strict=True)
            ]
            parts.append(FilledRow(tuple(cells), self._height(cells)))
        return parts

    def _fits(self, texts: Sequence[str]) -> bool:
        return all(
            len(text) <= LONGEST_CELL and self._lines(text, each) <= each.most
            for text, each in zip(texts, self._columns, strict=True)
        )

    def _lines(self, text: str, column: Measured) -> int:
        if column.hidden or not text:
            return 1
        if column.style.is_stacked:
            return max(map(len, text.split("\n")))
        return self._ruler.count_lines(text, column.room)

    def _height(self, texts: Sequence[str]) -> float:
        heights = [
            self._lines(text, each) * each.pitch + PADDING
            for text, each in zip(texts, self._columns, strict=True)
            if not each.hidden
        ]
        return min(max(round_up(max(heights, default=0.0)), self._least), TALLEST_ROW)

    def _again(self, column: Measured, text: str) -> str:
        """Return what a cell says in a further row when all its own text is printed."""
        again = f"{text}\n{CONTINUED}"
        if column.field == "number":
            return again
        if column.field not in STACKED or not text:
            return ""
        return again if self._lines(again, column) <= column.most else CONTINUED

    def _unit_pieces(self, units: tuple[str, ...], column: Measured) -> list[str]:
        """Cut between units; only a single one that fits no page is cut itself."""
        pieces: list[str] = []
        for unit in units:
            joined = f"{pieces[-1]}\n{unit}" if pieces else unit
            if self._lines(joined, column) <= column.most:
                pieces[-1:] = [joined]
            else:
                pieces += self._pieces(unit, column)
        return pieces or [""]

    def _pieces(self, text: str, column: Measured) -> list[str]:
        pieces = []
        while len(text) > LONGEST_CELL or self._lines(text, column) > column.most:
            cut = self._cut(text, column)
            pieces.append(text[:cut])
            text = text[cut:]
        return [*pieces, text] if text or not pieces else pieces

    def _cut(self, text: str, column: Measured) -> int:
        """Return where the longest piece that fits a page ends."""
        if column.hidden or column.style.is_stacked:
            return LONGEST_CELL if column.hidden else column.most
        ends = self._ruler.line_ends(text[:LONGEST_CELL], column.room)
        cut = 1
        for end in reversed(ends[: column.most]):
            cut = seam(text, end)
            # A line end that closes the piece opens one more line, which must fit as well
            if self._ruler.count_lines(text[:cut], column.room) <= column.most:
                break
        return cut

    def line_height(self, text: str, points: float, style: int) -> float:
        """Return how high a row is that holds one text in a cell `points` wide."""
        look = self._styles.look(style)
        lines = self._ruler.count_lines(text, room(points, look))
        return round_up(lines * self._ruler.pitch(look.font, look.size) + PADDING)


def room(points: float, look: CellStyle) -> float:
    """Return how many em stand on a line of a cell `points` wide."""
    indent = look.indent * _INDENT * look.size / 2
    share = (points - 2 * SIDE_PADDING - indent) * WIDTH_SHARE / look.size
    return max(share, _LEAST_ROOM)
