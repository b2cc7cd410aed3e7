"""The columns beside the bars of a wall chart: as wide as their words ask for, every word whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from tracker.domain.wall_chart import WALL_COLUMN_WORDS, WallColumn
from tracker.printing.gantt import PAD
from tracker.printing.texts import WHOLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from tracker.printing.gantt_rows import GanttRows
    from tracker.printing.texts import Face

_SHARE = 0.62
"""Of the width, which the columns may take; the rest belongs to the bars."""
_SAMPLES = 40
_LEAST = {WallColumn.TASK: 12.0, WallColumn.NUMBER: 2.0, WallColumn.LEAD: 5.0}
_MOST = {
    WallColumn.NUMBER: 6.0,
    WallColumn.TASK: 34.0,
    WallColumn.LEAD: 10.0,
    WallColumn.COOPERATING: 12.0,
    WallColumn.PERSONS: 6.0,
    WallColumn.DEADLINE: 8.0,
    WallColumn.STEPS: 16.0,
    WallColumn.STATE: 5.0,
}
"""How wide the words of a column are at least and at most, in text sizes."""
_USUAL_LEAST = 4.0
_LISTS = (WallColumn.LEAD, WallColumn.COOPERATING, WallColumn.PERSONS)
_MARK = "、"
_READABLE_TASK = 20.0
"""So far, in text sizes, the task alone gives way before the other columns do too."""
_GAP = 1.5
"""Between two columns, in what `pad_of` gives."""


def pad_of(size: float) -> float:
    """Return what is kept free beside words of a size; never less than on the screen."""
    return max(PAD, 0.6 * size)


@dataclass(frozen=True, slots=True)
class PlacedColumn:
    """One column: where its words begin, how wide they may be."""

    key: WallColumn
    x: float
    width: float

    @property
    def name(self) -> str:
        """Its heading."""
        return WALL_COLUMN_WORDS[self.key]


class WallTable:
    """What stands beside the bars.

    Attributes:
        columns: from left to right.
        total: where the bars begin.
    """

    def __init__(
        self,
        rows: GanttRows,
        wanted: Iterable[WallColumn],
        faces: tuple[Face, Face],
        width: float,
    ) -> None:
        self._face, self._bold = faces
        self._pad = pad_of(self._face.size)
        self._gap = _GAP * self._pad
        self._words = {key: found for key in wanted if (found := _words(rows, key)) is not None}
        widths = self._fitted({key: self._natural(key) for key in self._words}, width * _SHARE)
        x = self._pad
        placed = []
        for key, wide in widths.items():
            placed.append(PlacedColumn(key, x, wide))
            x += wide + self._gap
        self.columns = tuple(placed)
        self.total = x - self._gap / 2 if placed else 0.0

    def _natural(self, key: WallColumn) -> float:
        """Return how wide a column would like to be."""
        longest = sorted(set(self._words[key]), key=len)[-_SAMPLES:]
        parts = (part for words in longest for part in words.split("\n"))
        widest = max((self._face.width(part) for part in parts), default=0.0)
        most = _MOST[key] * self._face.size
        return max(min(widest + 1, most), self._bold.width(WALL_COLUMN_WORDS[key]) + 1)

    def _fitted(self, widths: dict[WallColumn, float], room: float) -> dict[WallColumn, float]:
        """Return widths that leave room for the bars: the task gives way first, then all."""
        room -= self._pad + self._gap * len(widths)
        over = sum(widths.values()) - room
        if over > 0 and WallColumn.TASK in widths:
            spare_task = widths[WallColumn.TASK] - _READABLE_TASK * self._face.size
            widths[WallColumn.TASK] -= min(over, max(0.0, spare_task))
        over = sum(widths.values()) - room
        spare = {key: self._spare(key, widths) for key in widths}
        if over > 0 and (whole := sum(spare.values())):
            share = min(1.0, over / whole)
            widths = {key: width - spare[key] * share for key, width in widths.items()}
        return widths

    def _spare(self, key: WallColumn, widths: dict[WallColumn, float]) -> float:
        least = max(
            _LEAST.get(key, _USUAL_LEAST) * self._face.size,
            self._bold.width(WALL_COLUMN_WORDS[key]) + 1,
        )
        return max(0.0, widths[key] - least)

    def cell(self, column: PlacedColumn, row: int) -> tuple[str, ...]:
        """Return the words of a cell line by line; none is left out."""
        words = self._words[column.key][row]
        if column.key in _LISTS and _MARK in words:
            return tuple(self._packed(words, column.width))
        if "\n" not in words:
            return self._face.wrapped(words, column.width, WHOLE) if words else ()
        parts = (self._face.wrapped(part, column.width, WHOLE) for part in words.split("\n"))
        return tuple(chain.from_iterable(parts))

    def _packed(self, words: str, width: float) -> Iterator[str]:
        """Yield a list of names line by line; a name is broken only where it fills a line."""
        line = ""
        for name in re.findall(f"[^{_MARK}]*{_MARK}|[^{_MARK}]+$", words):
            if self._face.width(line + name) <= width:
                line += name
                continue
            if line:
                yield line
            *full, line = self._face.wrapped(name, width, WHOLE)
            yield from full
        if line:
            yield line

    def lines(self, row: int) -> int:
        """Return how many lines the longest cell of a row takes."""
        return max((len(self.cell(column, row)) for column in self.columns), default=1)


def _words(rows: GanttRows, key: WallColumn) -> Sequence[str] | None:
    """Return what stands in a column; of rows read for the screen only what they have."""
    held = {
        WallColumn.NUMBER: rows.numbers,
        WallColumn.TASK: rows.titles,
        WallColumn.LEAD: rows.units,
    }
    return rows.cells.get(key) or held.get(key)
