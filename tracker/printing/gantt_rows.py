"""What the deadline view (时限图) is drawn from: columns of values, small for very many tasks.

Days are ordinals (`date.toordinal`); 0 stands for none. Nothing here needs Qt.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field
from enum import IntEnum
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from tracker.domain.light_rules import Light
    from tracker.domain.milestone import MilestoneState


TODAY = "今天"


class Kind(IntEnum):
    """What is drawn for a task: a bar, a bar without end, or the words that there is none."""

    DATED = 0
    OPEN_ENDED = 1
    NONE = 2


class Heading(NamedTuple):
    """A group: its title and which rows belong to it; the title is empty without groups."""

    title: str
    first: int
    tasks: int


class Step(NamedTuple):
    """A milestone: the day it is due, what is due with its figure, where it stands."""

    due: int
    words: str
    state: MilestoneState


@dataclass(frozen=True, slots=True)
class GanttRows:
    """All tasks in the order drawn, one list or array for each value.

    Attributes:
        first, last: the days that everything lies between.
        kinds, lights: a byte a task; a light is its place in `palette`.
        remaining: “剩3天”, “逾期12天”, “无时限” …
        starts, ends: first and last day of the bar.
        first_ends: the deadline before it was extended.
        late_to: today, where the date of an open task has passed.
        steps: milestones by task id; only of tasks that have any.
        day_word: what the line of `today` is called.
        grouping: by what they are grouped, in words; empty for not at all.
        cells: for paper, the words of each column beside the bars, whole; by `WallColumn`.
    """

    today: int
    first: int
    last: int
    palette: tuple[Light, ...]
    headings: tuple[Heading, ...] = ()
    ids: Sequence[int] = field(default_factory=lambda: array("q"))
    codes: Sequence[str] = ()
    numbers: Sequence[str] = ()
    titles: Sequence[str] = ()
    units: Sequence[str] = ()
    remaining: Sequence[str] = ()
    kinds: Sequence[int] = b""
    lights: Sequence[int] = b""
    starts: Sequence[int] = field(default_factory=lambda: array("i"))
    ends: Sequence[int] = field(default_factory=lambda: array("i"))
    first_ends: Sequence[int] = field(default_factory=lambda: array("i"))
    late_to: Sequence[int] = field(default_factory=lambda: array("i"))
    steps: Mapping[int, tuple[Step, ...]] = field(default_factory=dict)
    day_word: str = TODAY
    grouping: str = ""
    cells: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.codes)

    @property
    def late_word(self) -> str:
        """What the dashes behind a date that has passed stand for."""
        return "逾期至今" if self.day_word == TODAY else "逾期至截止日"

    def light(self, row: int) -> Light:
        """Return the light of a row."""
        return self.palette[self.lights[row]]

    def steps_of(self, row: int) -> tuple[Step, ...]:
        """Return the milestones of a row by the day they are due."""
        return self.steps.get(self.ids[row], ()) if self.steps else ()

    def find(self, code: str) -> int | None:
        """Return the row of a task; None where it is not shown."""
        try:
            return self.codes.index(code)
        except ValueError:
            return None


class Item(NamedTuple):
    """A line of the view: a heading (`row` is -1) or a task."""

    heading: int
    row: int

    @property
    def is_heading(self) -> bool:
        """Whether it is the heading of its group."""
        return self.row < 0


class Lines:
    """Where lines stand under each other; every question is answered by bisection.

    Headings have their own height; a folded group shows its heading only, and groups without a
    title have none.
    """

    def __init__(
        self,
        headings: Sequence[Heading],
        heading_height: float,
        row_height: float,
        folded: frozenset[str] = frozenset(),
    ) -> None:
        self._headings = headings
        self._heading_height = heading_height
        self._row_height = row_height
        self.folded = folded
        self._firsts = [heading.first for heading in headings]
        shown = [0 if h.title in folded and h.title else h.tasks for h in headings]
        titled = [int(bool(h.title)) for h in headings]
        pairs = list(zip(titled, shown, strict=True))
        self._counts = list(accumulate((t + n for t, n in pairs), initial=0))
        heights = (t * heading_height + n * row_height for t, n in pairs)
        self._tops = list(accumulate(heights, initial=0.0))

    @property
    def height(self) -> float:
        """The height of all lines."""
        return self._tops[-1]

    def __len__(self) -> int:
        return self._counts[-1]

    def item(self, index: int) -> Item:
        """Return the line at a place, counted from 0."""
        group = self._group(self._counts, index)
        inner = index - self._counts[group] - self._has_heading(group)
        return Item(group, self._headings[group].first + inner if inner >= 0 else -1)

    def item_height(self, item: Item) -> float:
        """Return how high a line is."""
        return self._heading_height if item.is_heading else self._row_height

    def index_at(self, y: float) -> int | None:
        """Return the place of the line at `y`; None outside of all lines."""
        if not 0 <= y < self.height:
            return None
        group = self._group(self._tops, y)
        inner = y - self._tops[group]
        titled = self._has_heading(group)
        if titled and inner < self._heading_height:
            return self._counts[group]
        below = int((inner - titled * self._heading_height) // self._row_height)
        last = self._counts[group + 1] - 1
        return min(self._counts[group] + titled + below, last)

    def index_of(self, item: Item) -> int | None:
        """Return the place of a line; None for a task of a folded group."""
        if item.is_heading:
            return self._counts[item.heading]
        if self._headings[item.heading].title in self.folded:
            return None
        inner = item.row - self._headings[item.heading].first
        return self._counts[item.heading] + self._has_heading(item.heading) + inner

    def top(self, index: int) -> float:
        """Return where the line at a place begins."""
        group = self._group(self._counts, index)
        inner = index - self._counts[group]
        titled = self._has_heading(group)
        if not inner:
            return self._tops[group]
        return (
            self._tops[group] + titled * self._heading_height + (inner - titled) * self._row_height
        )

    def item_of_row(self, row: int) -> Item:
        """Return the line of a task, folded away or not."""
        return Item(bisect_right(self._firsts, row) - 1, row)

    def between(self, top: float, bottom: float) -> Iterator[tuple[Item, float]]:
        """Yield the lines that touch the range with where each begins, and no others."""
        index = self.index_at(max(0.0, top))
        if index is None:
            return
        y = self.top(index)
        while index < len(self) and y < bottom:
            item = self.item(index)
            yield item, y
            y += self.item_height(item)
            index += 1

    def _has_heading(self, group: int) -> int:
        return int(bool(self._headings[group].title))

    @staticmethod
    def _group(sums: Sequence[float], place: float) -> int:
        """Return the group a place lies in; empty groups are stepped over."""
        return min(bisect_right(sums, place), len(sums) - 1) - 1


@dataclass(frozen=True, slots=True)
class Axis:
    """The piece of time that is drawn: what a day takes, and what stands above the bars.

    Attributes:
        first: the day at the left edge, as an ordinal.
        width: how wide the piece is.
        pixels: how wide a day is.
        pieces: months, quarters or years: first day, last day, words.
        marks: days with a small number between them.
        off: runs of days nobody works: first and last.
    """

    first: int
    width: float
    pixels: float
    pieces: tuple[tuple[int, int, str], ...] = ()
    marks: tuple[tuple[int, str], ...] = ()
    off: tuple[tuple[int, int], ...] = ()

    def left(self, day: int) -> float:
        """Return where a day begins."""
        return (day - self.first) * self.pixels

    def right(self, day: int) -> float:
        """Return where a day ends."""
        return (day - self.first + 1) * self.pixels

    def within(self, x: float) -> float:
        """Return `x` held between the edges."""
        return max(0.0, min(self.width, x))
