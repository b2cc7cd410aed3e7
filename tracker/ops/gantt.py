"""The deadline view (时限图): its rows out of the database, and the time that stands above them."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.domain.browse import Filter
from tracker.domain.task import TaskRow
from tracker.domain.workdays import load_calendar
from tracker.insight.owners import UnitBook
from tracker.insight.timeline import (
    NO_SECTION,
    PIXELS_PER_DAY,
    BarKind,
    Zoom,
    build_timeline,
    days_off,
    ticks,
)
from tracker.ops.browse import find_tasks, lighter
from tracker.ops.drawn_round import drawn_round

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.base.progress import Progress
    from tracker.domain.browse import StoredLine
    from tracker.domain.light_rules import LightRules
    from tracker.domain.milestone import Milestone
    from tracker.insight.lights import Lighter, Lit
    from tracker.insight.timeline import Bar, GroupBy
    from tracker.ops.office import Office
    from tracker.printing.canvas import Drawing
    from tracker.printing.gantt_rows import Axis, GanttRows, Heading, Step
    from tracker.store.queries import View

    _Steps = dict[int, tuple[Step, ...]]

AT_ONCE = 5000
"""Tasks turned into bars at once: enough to be quick, few enough to stay small."""

COUNTED_DAY = "截至"
"""What the line of the day is called where a round is drawn as its reports count it."""

_SHADED_DAY = 3.2  # pixels; over narrower days the stripes would cover the whole chart
_LAST_DAY = date.max.toordinal()
_LEAST_PIXELS = ((Zoom.MONTH, 2.7), (Zoom.QUARTER, 1.0))  # so that a label with its year fits
_MARKED_DAYS = (10, 20)
_WIDE_DAY = 7.0  # pixels a day from which on every fifth day is marked


def read_gantt(
    office: Office,
    wanted: Filter,
    round_id: int | None,
    today: date,
    group_by: GroupBy,
    progress: Progress | None = None,
    known: GanttRows | None = None,
) -> GanttRows:
    """Return the tasks that pass a filter as rows of the deadline view.

    Args:
        round_id: the round whose entries the filter searches.
        group_by: `unit`, `section` or `none`; within a group the filter's order stays.
        known: rows read under the same grouping since the last change of the data; where they
            hold every task asked for, nothing else is read. So a filter answers while it is typed.

    Raises:
        Cancelled: the user asked to stop.
    """
    ids = find_tasks(office, wanted, round_id, today)
    with office.read() as view:
        lights = lighter(view, today)
        book = UnitBook.of(view.units())
        groups = _picked(known, ids) if known and known.today == today.toordinal() else None
        if groups is not None and known is not None:
            steps = {id_: known.steps[id_] for id_ in ids if id_ in known.steps}
        else:
            groups, steps = _read_groups(view, ids, round_id, lights, book, group_by, progress)
    titles = _order(groups, book, group_by)
    return _joined(groups, steps, titles, lights.rules, today)


def read_counted(
    office: Office,
    wanted: Filter,
    round_id: int | None,
    today: date,
    group_by: GroupBy,
    *,
    as_counted: bool = False,
) -> GanttRows | None:
    """Return a closed round's tasks as rows, as they were approved; None where it stands open.

    Args:
        wanted, round_id, today, group_by: as `read_gantt` takes them; the order is the printed
            one.
        as_counted: an open round too, as its reports count it.
    """
    free = wanted == Filter(wanted.ledger_id)
    passing = None if free else frozenset(find_tasks(office, wanted, round_id, today))
    with office.read() as view:
        on = today if as_counted else None
        found = drawn_round(view, wanted.ledger_id, round_id, passing, today=on)
    if found is None:
        return None
    begin = date(found.ledger.year or found.day.year, 1, 1)
    dated = [
        (replace(task, title=" ".join(task.text.split())), found.instructed.get(task.code, begin))
        for task in found.tasks
    ]
    book = UnitBook.of(found.units)
    groups: dict[str, _Columns] = {}
    steps: _Steps = {}
    for title, bars in _bars(dated, found.milestones, found.lits, book, found.day, group_by):
        groups.setdefault(title, _Columns()).add(bars, found.rules)
        steps.update(_steps(bars, found.day))
    rows = _joined(groups, steps, _order(groups, book, group_by), found.rules, found.day)
    return replace(rows, day_word=COUNTED_DAY)


def _read_groups(
    view: View,
    ids: Sequence[int],
    round_id: int | None,
    lights: Lighter,
    book: UnitBook,
    group_by: GroupBy,
    progress: Progress | None,
) -> tuple[dict[str, _Columns], _Steps]:
    begins = {row.id: date(row.year or lights.today.year, 1, 1) for row in view.ledgers()}
    groups: dict[str, _Columns] = {}
    steps: _Steps = {}
    for first in range(0, len(ids), AT_ONCE):
        if progress is not None:
            progress.step("正在读取时限", first, len(ids))
        lines = view.lines(ids[first : first + AT_ONCE], round_id)
        milestones = view.milestones(ids[first : first + AT_ONCE])
        dated = [(_task(line), _begin(line, begins)) for line in lines]
        lits = lights.lits(task for task, _ in dated)
        for title, bars in _bars(dated, milestones, lits, book, lights.today, group_by):
            groups.setdefault(title, _Columns()).add(bars, lights.rules)
            steps.update(_steps(bars, lights.today))
    return groups, steps


def _steps(bars: Iterable[Bar], today: date) -> Iterator[tuple[int, tuple[Step, ...]]]:
    """Yield the milestones of the bars that have any, by task id."""
    from tracker.printing.gantt_rows import Step

    for bar in bars:
        if bar.milestones:
            yield (
                bar.task_id,
                tuple(
                    Step(m.due.toordinal(), m.words[:_SHOWN], m.state(today, over=bar.is_over))
                    for m in bar.milestones
                ),
            )


def _picked(known: GanttRows, ids: Sequence[int]) -> dict[str, _Columns] | None:
    """Return rows that are known already in groups; None where one is missing."""
    places = {id_: row for row, id_ in enumerate(known.ids)}
    if not places.keys() >= set(ids):
        return None
    firsts = [heading.first for heading in known.headings]
    groups: dict[str, _Columns] = {}
    for id_ in ids:
        row = places[id_]
        title = known.headings[bisect_right(firsts, row) - 1].title
        groups.setdefault(title, _Columns()).take(known, row)
    return groups


def _bars(
    dated: Sequence[tuple[TaskRow, date]],
    milestones: Mapping[int, tuple[Milestone, ...]],
    lits: Mapping[int, Lit],
    book: UnitBook,
    today: date,
    group_by: GroupBy,
) -> Iterator[tuple[str, tuple[Bar, ...]]]:
    """Yield bars under the title of their group; those that begin on one day together.

    Args:
        dated: tasks, each with the day its bar begins.
    """
    for start, some in groupby(dated, itemgetter(1)):
        timeline = build_timeline(
            [task for task, _ in some],
            lits,
            today=today,
            start=start,
            group_by=group_by,
            book=book,
            milestones=milestones,
        )
        for group in timeline.groups:
            yield group.title, group.bars


def _begin(line: StoredLine, begins: Mapping[int, date]) -> date:
    instructed = line.instruction.on if line.instruction else None
    return instructed or begins[line.ledger_id]


def _task(line: StoredLine) -> TaskRow:
    """Return what a bar is made of."""
    return TaskRow(
        id=line.id,
        ledger_id=line.ledger_id,
        code=line.code,
        number=line.number,
        section=line.section,
        title=" ".join(line.text.split()),
        text=line.text,
        roles=line.roles,
        units_text=line.units_text,
        persons=line.persons,
        deadline=line.deadline,
        first_deadline=line.first_deadline,
        deadline_reason="",
        completion=line.completion,
        position=0,
    )


def _order(groups: Iterable[str], book: UnitBook, group_by: GroupBy) -> tuple[str, ...]:
    if group_by == "unit":
        return book.ordered(groups)
    return tuple(sorted(groups, key=lambda title: title == NO_SECTION))


_KINDS = {BarKind.DATED: 0, BarKind.OPEN_ENDED: 1, BarKind.NONE: 2}
_SHOWN = 160  # characters of a task that a line can hold on the widest paper


@dataclass(slots=True)
class _Columns:
    """The rows of one group while they are gathered."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    codes: list[str] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    remaining: list[str] = field(default_factory=list)
    kinds: bytearray = field(default_factory=bytearray)
    lights: bytearray = field(default_factory=bytearray)
    starts: array[int] = field(default_factory=lambda: array("i"))
    ends: array[int] = field(default_factory=lambda: array("i"))
    first_ends: array[int] = field(default_factory=lambda: array("i"))
    late_to: array[int] = field(default_factory=lambda: array("i"))

    def add(self, bars: Iterable[Bar], rules: LightRules) -> None:
        """Append bars."""
        places = {light.key: place for place, light in enumerate(rules.lights)}
        for bar in bars:
            self.ids.append(bar.task_id)
            self.codes.append(bar.code)
            self.numbers.append(bar.number)
            self.titles.append(bar.title[:_SHOWN])
            self.units.append(bar.unit)
            self.remaining.append(bar.remaining)
            self.kinds.append(_KINDS[bar.kind])
            self.lights.append(places[bar.light.key])
            self.starts.append(bar.start.toordinal())
            self.ends.append(_ordinal(bar.end))
            self.first_ends.append(_ordinal(bar.first_end))
            self.late_to.append(_ordinal(bar.late_to))

    def take(self, known: GanttRows, row: int) -> None:
        """Append a row that is known."""
        for name in self.__slots__:
            getattr(self, name).append(getattr(known, name)[row])

    def join(self, other: _Columns) -> None:
        """Append the rows of another group."""
        for name in self.__slots__:
            getattr(self, name).extend(getattr(other, name))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0


def _joined(
    groups: dict[str, _Columns],
    steps: _Steps,
    titles: Sequence[str],
    rules: LightRules,
    today: date,
) -> GanttRows:
    from tracker.printing.gantt_rows import GanttRows, Heading

    every = _Columns()
    headings: list[Heading] = []
    for title in titles:
        columns = groups.pop(title)
        headings.append(Heading(title, len(every.codes), len(columns.codes)))
        every.join(columns)
    days = [today.toordinal(), *(d for d in (*_spread(every.starts), *_spread(every.ends)) if d)]
    days += [d for d in _spread(every.first_ends) if d]
    days += [step.due for some in steps.values() for step in some]
    columns_by_name = {name: getattr(every, name) for name in _Columns.__slots__}
    return GanttRows(
        today=today.toordinal(),
        first=min(days),
        last=max(days),
        palette=rules.lights,
        headings=tuple(headings),
        steps=steps,
        **columns_by_name,
    )


def _spread(days: array[int]) -> tuple[int, ...]:
    return (min((d for d in days if d), default=0), max(days, default=0))


GROUP_WORDS: dict[GroupBy, str] = {
    "unit": "按牵头单位分组",
    "section": "按分类分组",
    "none": "不分组",
}


def gantt_drawing(rows: GanttRows, title: str, group_by: GroupBy) -> Drawing:
    """Return the wall picture of these rows."""
    from tracker.printing.gantt_print import GanttDrawing

    grouping = GROUP_WORDS[group_by] if group_by != "none" else ""
    return GanttDrawing(title, rows, grouping, make_axis)


def zoom_of(pixels: float) -> Zoom:
    """Return the length of pieces that suits so many pixels a day."""
    return next((zoom for zoom, least in _LEAST_PIXELS if pixels >= least), Zoom.YEAR)


def make_axis(first: int, width: float, pixels: float, text_size: float = 13.0) -> Axis:
    """Return what stands above the bars from the day `first` on.

    Args:
        first: an ordinal.
        pixels: how wide a day is.
        text_size: larger text takes longer pieces.
    """
    from tracker.printing.gantt_rows import Axis

    start = date.fromordinal(max(1, min(first, _LAST_DAY)))
    end = date.fromordinal(max(1, min(first + int(width / pixels) + 1, _LAST_DAY)))
    plain = pixels * 13.0 / text_size
    zoom = zoom_of(plain)
    shades = days_off(load_calendar(), start, end) if plain >= _SHADED_DAY else ()
    return Axis(
        first=first,
        width=width,
        pixels=pixels,
        pieces=tuple(
            (tick.start.toordinal(), tick.end.toordinal(), tick.label)
            for tick in ticks(zoom, start, end)
        ),
        marks=_marks(zoom, start, end, plain),
        off=tuple((a.toordinal(), b.toordinal()) for a, b in shades),
    )


def _marks(zoom: Zoom, start: date, end: date, pixels: float) -> tuple[tuple[int, str], ...]:
    """Return days of a month where pieces are months, months where they are quarters."""
    if zoom is Zoom.MONTH:
        days = _MARKED_DAYS if pixels < _WIDE_DAY else tuple(range(5, 31, 5))
        months = [tick.start for tick in ticks(Zoom.MONTH, start, end)]
        found = (
            (month.toordinal() + day - 1, str(day))
            for month in months
            for day in days
            if month.month != 2 or day <= 28
        )
        return tuple(found)
    if zoom is Zoom.QUARTER:
        months = [tick.start for tick in ticks(Zoom.MONTH, start, end)]
        return tuple((month.toordinal(), f"{month.month}月") for month in months)
    if pixels < PIXELS_PER_DAY[Zoom.YEAR]:
        return ()
    quarters = [tick.start for tick in ticks(Zoom.QUARTER, start, end)]
    return tuple((day.toordinal(), f"{day.month}月") for day in quarters)
