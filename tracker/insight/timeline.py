"""Values for the deadline view (时限图): bars, and where days lie on a line."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.terms import Completion
from tracker.insight.lights import FINISHED, is_overdue
from tracker.insight.owners import NO_BOOK, UnitBook

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.domain.light_rules import Light
    from tracker.domain.milestone import Milestone
    from tracker.domain.task import TaskRow
    from tracker.domain.workdays import Calendar
    from tracker.insight.lights import Lit

_DAY = timedelta(days=1)


class BarKind(StrEnum):
    """What is drawn for a task."""

    DATED = "dated"
    OPEN_ENDED = "open_ended"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Bar:
    """One task on the time line.

    Attributes:
        unit: the first unit the task counts with.
        start: where the bar begins; never behind its end.
        end: the deadline; None where there is none or it is doubtful.
        first_end: the deadline before it was extended; None where it never was.
        remaining: the short text beside the bar.
        late_to: today, where an open task's date has passed: so far reaches the dashed part.
        is_over: the task is finished, closed or taken out.
        kind: `OPEN_ENDED` runs to the right edge (周期性、长期), `NONE` has no bar (无时限).
    """

    task_id: int
    code: str
    number: str
    title: str
    unit: str
    start: date
    end: date | None
    first_end: date | None
    light: Light
    remaining: str = ""
    late_to: date | None = None
    kind: BarKind = BarKind.DATED
    milestones: tuple[Milestone, ...] = ()
    is_over: bool = False


def build_bars(
    tasks: Sequence[TaskRow],
    lits: Mapping[int, Lit],
    *,
    today: date,
    start: date,
    book: UnitBook = NO_BOOK,
    milestones: Mapping[int, tuple[Milestone, ...]] | None = None,
) -> tuple[Bar, ...]:
    """Return the bars of `tasks`, one for each and in their order.

    Args:
        lits: the lights by task id.
        today: where the today line stands.
        start: where bars begin: the ledger's own start.
        book: official names of the units.
        milestones: steps by task id.
    """
    steps = milestones or {}
    return tuple(
        _bar(task, lits[task.id], book.owners(task)[0], start, today, steps.get(task.id, ()))
        for task in tasks
    )


def _bar(
    task: TaskRow, lit: Lit, unit: str, start: date, today: date, steps: tuple[Milestone, ...]
) -> Bar:
    deadline, first = task.deadline, task.first_deadline
    end = None if deadline is None or deadline.doubtful else deadline.date
    first_end = first.date if first and first.date != end else None
    late = is_overdue(deadline, task.completion, today)
    return Bar(
        task_id=task.id,
        code=task.code,
        number=task.number,
        title=task.title,
        unit=unit,
        start=min([start, *(day for day in (end, first_end) if day)]),
        end=end,
        first_end=first_end,
        light=lit.light,
        remaining=lit.remaining,
        late_to=today if late else None,
        kind=_kind(task, end),
        milestones=steps,
        is_over=is_over(task),
    )


def is_over(task: TaskRow) -> bool:
    """Return whether a task is finished, closed or taken out, so that nothing of it is late."""
    return task.completion in FINISHED or task.completion is Completion.EXCLUDED


def _kind(task: TaskRow, end: date | None) -> BarKind:
    if end is not None:
        return BarKind.DATED
    deadline = task.deadline
    if is_over(task) or deadline is None or deadline.doubtful or not deadline.recurrence:
        return BarKind.NONE
    return BarKind.OPEN_ENDED


class Zoom(StrEnum):
    """How long the pieces of the time line are."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"

    @property
    def word(self) -> str:
        """The word on the button."""
        return {"month": "月", "quarter": "季", "year": "年"}[self.value]

    @property
    def months(self) -> int:
        """How many months a piece has."""
        return {"month": 1, "quarter": 3, "year": 12}[self.value]


PIXELS_PER_DAY = {Zoom.MONTH: 3.6, Zoom.QUARTER: 1.4, Zoom.YEAR: 0.4}
"""A piece is wide enough for its label at 13 px text."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One piece of the time line; `end` is its last day."""

    start: date
    end: date
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps days to x: a day takes `pixels` and begins at its own x.

    Attributes:
        origin: the day at x = 0.
    """

    zoom: Zoom
    origin: date
    pixels: float

    def left(self, day: date) -> float:
        """Return where `day` begins."""
        return (day - self.origin).days * self.pixels

    def right(self, day: date) -> float:
        """Return where `day` ends, which is where the next one begins."""
        return ((day - self.origin).days + 1) * self.pixels

    def width(self, start: date, end: date) -> float:
        """Return how wide a bar over both days and all between is."""
        return self.right(end) - self.left(start)

    def day_at(self, x: float) -> date:
        """Return the day that lies at `x`, held within what a date can be."""
        ordinal = self.origin.toordinal() + int(x // self.pixels)
        return date.fromordinal(max(1, min(ordinal, date.max.toordinal())))


def scale(zoom: Zoom, start: date, factor: float = 1.0) -> Scale:
    """Return the scale of a zoom that begins with the piece `start` lies in.

    Args:
        zoom: the length of the pieces.
        start: a day that is to be seen.
        factor: makes everything wider, for large text.
    """
    return Scale(zoom, piece_start(zoom, start), PIXELS_PER_DAY[zoom] * factor)


def fitted(zoom: Zoom, start: date, end: date, width: float) -> Scale:
    """Return the scale under which both days and all between take `width`, for paper."""
    origin = piece_start(zoom, start)
    return Scale(zoom, origin, width / (max(end, origin) - origin + _DAY).days)


def piece_start(zoom: Zoom, day: date) -> date:
    """Return the first day of the month, quarter or year of `day`."""
    return date(day.year, (day.month - 1) // zoom.months * zoom.months + 1, 1)


def ticks(zoom: Zoom, first: date, last: date) -> tuple[Tick, ...]:
    """Return the pieces that touch the days from `first` to `last`.

    The year stands with the first piece and with the first one of each year.
    """
    found: list[Tick] = []
    start = piece_start(zoom, first)
    while start <= last:
        end = _piece_end(zoom, start)
        found.append(Tick(start, end, _label(zoom, start, with_year=not found)))
        if end == date.max:
            break
        start = end + _DAY
    return tuple(found)


def _piece_end(zoom: Zoom, start: date) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + zoom.months, 12)
    return date.max if year > date.max.year else date(year, month + 1, 1) - _DAY


def _label(zoom: Zoom, start: date, *, with_year: bool) -> str:
    year = f"{start.year}年"
    if zoom is Zoom.YEAR:
        return year
    quarter = f"{'一二三四'[(start.month - 1) // 3]}季度"
    word = quarter if zoom is Zoom.QUARTER else f"{start.month}月"
    return year + word if with_year or start.month == 1 else word


def days_off(calendar: Calendar, first: date, last: date) -> tuple[tuple[date, date], ...]:
    """Return the runs of days nobody works from `first` to `last`, for a visible range only."""
    runs: list[tuple[date, date]] = []
    for n in range((last - first).days + 1):
        day = first + timedelta(days=n)
        if calendar.is_workday(day):
            continue
        if runs and day - runs[-1][1] == _DAY:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return tuple(runs)
