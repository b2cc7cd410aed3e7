"""Rows of a form: how high each is, and where one that fits no page goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.form import FIXED
from tracker.domain.terms import CONTINUED
from tracker.reports.continuation import LONGEST_CELL, PrintedRow, round_up, seam
from tracker.reports.looks import TALLEST_ROW

if TYPE_CHECKING:
    from tracker.domain.form import FormRow
    from tracker.reports.form_look import FormLook
    from tracker.reports.measure import Ruler


_AGAIN = frozenset({"code", "number"})
"""What a row that goes on says again, so that it is known as part of the one above."""


class FormPaginator:
    """Makes rows of the sheet from rows of a form; the open cells of each are empty."""

    def __init__(self, look: FormLook, ruler: Ruler, repeated: float) -> None:
        """Take the height of what stands on every page (`repeated`, points) into account."""
        layout = look.layout
        self._ruler = ruler
        self._columns = layout.columns
        self._padding = layout.body.padding
        self._least = layout.cell.least_height
        self._rooms = [layout.room(c.points, look.size(c.field)) for c in layout.columns]
        pitches = [ruler.pitch(layout.body.font, look.size(c.field)) for c in layout.columns]
        tallest = min(TALLEST_ROW, layout.page.body_height - repeated)
        self._pitches = pitches
        self._most = [max(1, int((tallest - self._padding) / pitch)) for pitch in pitches]

    def rows(self, row: FormRow) -> list[PrintedRow]:
        """Return the rows of the sheet that print `row`: one, or more where it fits no page."""
        texts = [getattr(row, c.field) if c.field in FIXED else "" for c in self._columns]
        pieces = [self._pieces(place, text) for place, text in enumerate(texts)]
        rows = []
        for part in range(max(map(len, pieces))):
            cells = [own[part] if part < len(own) else "" for own in pieces]
            if part:
                cells = [
                    f"{getattr(row, c.field)}\n{CONTINUED}".lstrip() if c.field in _AGAIN else text
                    for c, text in zip(self._columns, cells, strict=True)
                ]
            rows.append(PrintedRow(tuple(cells), self._height(cells)))
        return rows

    def _pieces(self, place: int, text: str) -> list[str]:
        pieces = []
        room, most = self._rooms[place], self._most[place]
        while len(text) > LONGEST_CELL or self._ruler.count_lines(text, room) > most:
            cut = self._cut(text, room, most)
            pieces.append(text[:cut])
            text = text[cut:]
        return [*pieces, text] if text or not pieces else pieces

    def _cut(self, text: str, room: float, most: int) -> int:
        """Return where the longest piece that fits a page ends."""
        cut = 1
        for end in reversed(self._ruler.line_ends(text[:LONGEST_CELL], room)[:most]):
            cut = seam(text, end)
            # A line end that closes the piece opens one more line, which must fit as well
            if self._ruler.count_lines(text[:cut], room) <= most:
                break
        return cut

    def _height(self, cells: list[str]) -> float:
        needed = max(
            self._ruler.count_lines(text, room) * pitch
            for text, room, pitch in zip(cells, self._rooms, self._pitches, strict=True)
        )
        return min(max(round_up(needed + self._padding), self._least), TALLEST_ROW)
