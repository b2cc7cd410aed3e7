"""Counts that remember their tasks: the numbers behind a chart, with a click to each task."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.domain.task import TaskRow

Cell = str | int

TOTAL = "合计"


@dataclass(frozen=True, slots=True)
class Count:
    """A number and the codes of the tasks it counts, in their order."""

    codes: tuple[str, ...] = ()

    @property
    def number(self) -> int:
        """How many tasks these are."""
        return len(self.codes)


NO_TASKS = Count()


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of task in a tally; the key is a light's or a state's."""

    key: str
    word: str


@dataclass(frozen=True, slots=True)
class Line:
    """One bar of a chart: a count for each column, and for all of them together."""

    key: str
    word: str
    counts: tuple[Count, ...]
    total: Count


@dataclass(frozen=True, slots=True)
class Tally:
    """A table of counts.

    Attributes:
        title: what is counted.
        corner: the heading above the lines' words.
        total: each task once, so it may be less than the sum of the lines; `note` says so.
        note: a Chinese sentence on how was counted.
    """

    title: str
    corner: str
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    total: Line
    note: str = ""

    def header(self) -> tuple[str, ...]:
        """Return the headings of `rows`."""
        return (self.corner, *(column.word for column in self.columns), self.total.word)

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the numbers as a table, the total last."""
        return tuple(
            (line.word, *(count.number for count in line.counts), line.total.number)
            for line in (*self.lines, self.total)
        )


def percent(part: int, whole: int) -> str:
    """Return `part` of `whole` in per cent with one decimal (“89.8”); empty for a whole of 0."""
    if whole == 0:
        return ""
    share = Decimal(part) * 100 / Decimal(whole)
    return str(share.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP))


def line_of(
    key: str,
    word: str,
    tasks: Iterable[TaskRow],
    columns: Sequence[Column],
    kinds: Mapping[int, str],
) -> Line:
    """Return the line that counts `tasks` in the column whose key `kinds` gives by task id."""
    codes: dict[str, list[str]] = {column.key: [] for column in columns}
    every: list[str] = []
    for task in tasks:
        codes[kinds[task.id]].append(task.code)
        every.append(task.code)
    counts = tuple(Count(tuple(codes[column.key])) for column in columns)
    return Line(key, word, counts, Count(tuple(every)))
