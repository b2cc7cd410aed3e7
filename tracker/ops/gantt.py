"""The deadline view (时限图): its rows out of the database, under the headings of the list."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING

from tracker.domain.browse import Filter
from tracker.domain.grouping import GROUP_KEY_WORDS, NOT_NAMED, ORDERED, GroupKey
from tracker.domain.task import TaskRow
from tracker.domain.terms import COMPLETION_WORDS
from tracker.insight.owners import NO_UNIT, UnitBook
from tracker.insight.timeline import BarKind, build_bars
from tracker.ops.browse import find_tasks, lighter
from tracker.ops.drawn_round import drawn_round
from tracker.ops.gantt_axis import make_axis
from tracker.ops.grouping import group_in, under_headings
from tracker.ops.wall_cells import WallCells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.base.progress import Progress
    from tracker.domain.browse import StoredLine
    from tracker.domain.grouping import TaskGroup
    from tracker.domain.light_rules import LightRules
    from tracker.domain.wall_chart import WallColumn, WallWishes
    from tracker.insight.lights import Lighter
    from tracker.insight.timeline import Bar
    from tracker.ops.drawn_round import DrawnRound
    from tracker.ops.office import Office
    from tracker.printing.gantt_print import GanttDrawing
    from tracker.printing.gantt_rows import GanttRows, Heading, Step
    from tracker.store.queries import View

AT_ONCE = 5000
"""Tasks turned into bars at once: enough to be quick, few enough to stay small."""

COUNTED_DAY = "截至"
"""What the line of the day is called where a round is drawn as its reports count it."""

_KINDS = {BarKind.DATED: 0, BarKind.OPEN_ENDED: 1, BarKind.NONE: 2}
_SHOWN = 160  # characters of a task that a line on the screen can hold


def read_gantt(
    office: Office,
    wanted: Filter,
    round_id: int | None,
    today: date,
    progress: Progress | None = None,
    known: GanttRows | None = None,
    columns: Sequence[WallColumn] = (),
) -> GanttRows:
    """Return the tasks that pass a filter as rows of the deadline view, in its groups.

    Args:
        round_id: the round whose entries the filter searches.
        known: rows read since the last change of the data; where they are grouped alike and hold
            every task asked for, nothing else is read. So a filter answers while it is typed.
        columns: given, the words of these columns come too, whole: for paper.

    Raises:
        Cancelled: the user asked to stop.
    """
    ids = find_tasks(office, wanted, round_id, today)
    with office.read() as view:
        lights = lighter(view, today)
        gathered = _Gathered(wanted.group, lights.rules, today, WallCells(columns))
        if known is not None and not columns and _may_use(known, wanted.group, today):
            labels = _labels_of(known)
            if labels.keys() >= set(ids):
                order = list(dict.fromkeys(labels.values())) if wanted.group in ORDERED else []
                gathered.take(known, under_headings(ids, wanted.group, labels, order))
                return gathered.rows()
        groups = group_in(view, ids, wanted.group, round_id, today)
        gathered.head(groups)
        _read(view, gathered, groups, round_id, lights, progress)
    return gathered.rows()


def read_counted(
    office: Office,
    wanted: Filter,
    round_id: int | None,
    today: date,
    *,
    as_counted: bool = False,
    columns: Sequence[WallColumn] = (),
) -> GanttRows | None:
    """Return a closed round's tasks as rows, as they were approved; None where it stands open.

    Args:
        wanted, round_id, today, columns: as `read_gantt` takes them; the order is the printed one.
        as_counted: an open round too, as its reports count it.
    """
    free = replace(wanted, group=GroupKey.NONE) == Filter(wanted.ledger_id)
    passing = None if free else frozenset(find_tasks(office, wanted, round_id, today))
    with office.read() as view:
        on = today if as_counted else None
        found = drawn_round(view, wanted.ledger_id, round_id, passing, today=on)
        if found is None:
            return None
        groups = _counted_groups(view, found, wanted.group)
    begin = date(found.ledger.year or found.day.year, 1, 1)
    tasks = {task.id: task for task in found.tasks}
    gathered = _Gathered(wanted.group, found.rules, found.day, WallCells(columns))
    gathered.head(groups)
    dated = [
        (replace(task, title=" ".join(task.text.split())), found.instructed.get(task.code, begin))
        for task in (tasks[id_] for group in groups for id_ in group.ids)
    ]
    book = UnitBook.of(found.units)
    for start, some in groupby(dated, itemgetter(1)):
        held = [task for task, _ in some]
        bars = build_bars(
            held, found.lits, today=found.day, start=start, book=book, milestones=found.milestones
        )
        gathered.add(held, bars)
    return replace(gathered.rows(), day_word=COUNTED_DAY)


def gantt_drawing(
    rows: GanttRows,
    title: str,
    paper: str = "A3",
    wishes: WallWishes | None = None,
    progress: Progress | None = None,
) -> GanttDrawing:
    """Return the wall chart of these rows.

    Args:
        paper: one of `PAPERS`; a picture of one piece is as wide as this paper.
        wishes: how it is laid out; the columns must have been read with the rows.
        progress: told while it is laid out and drawn; stops it.
    """
    from tracker.domain.wall_chart import NO_WALL_WISHES
    from tracker.printing.gantt_print import GanttDrawing

    return GanttDrawing(title, rows, make_axis, paper, wishes or NO_WALL_WISHES, progress)


def _read(
    view: View,
    gathered: _Gathered,
    groups: Iterable[TaskGroup],
    round_id: int | None,
    lights: Lighter,
    progress: Progress | None,
) -> None:
    begins = {row.id: date(row.year or lights.today.year, 1, 1) for row in view.ledgers()}
    book = UnitBook.of(view.units())
    ids = [id_ for group in groups for id_ in group.ids]
    for first in range(0, len(ids), AT_ONCE):
        if progress is not None:
            progress.step("正在读取时限", first, len(ids))
        some_ids = ids[first : first + AT_ONCE]
        lines = view.lines(some_ids, round_id)
        milestones = view.milestones(some_ids)
        dated = [(_task(line), _begin(line, begins)) for line in lines]
        lits = lights.lits(task for task, _ in dated)
        for start, some in groupby(dated, itemgetter(1)):
            held = [task for task, _ in some]
            bars = build_bars(
                held, lits, today=lights.today, start=start, book=book, milestones=milestones
            )
            gathered.add(held, bars)


def _counted_groups(view: View, found: DrawnRound, key: GroupKey) -> tuple[TaskGroup, ...]:
    """Return the groups of a round as its reports count it, from what its edition holds."""
    ids = [task.id for task in found.tasks]
    if key is GroupKey.NONE:
        return under_headings(ids, key, {}, ())
    book = UnitBook.of(found.units)
    documents = view.group_facts(ids) if key is GroupKey.DOCUMENT else {}
    labels: dict[int, str] = {}
    for task in found.tasks:
        labels[task.id] = {
            GroupKey.DOCUMENT: documents[task.id].document if task.id in documents else "",
            GroupKey.SECTION: task.section,
            GroupKey.UNIT: book.owners(task)[0],
            GroupKey.LEADER: task.persons[0] if task.persons else "",
            GroupKey.STATE: COMPLETION_WORDS[task.completion],
            GroupKey.LIGHT: _light_heading(found, task.id),
        }[key]
        if labels[task.id] in ("", NO_UNIT):
            labels[task.id] = NOT_NAMED[key]
    order = {
        GroupKey.UNIT: book.ordered(labels.values()),
        GroupKey.STATE: tuple(COMPLETION_WORDS.values()),
        GroupKey.LIGHT: tuple(f"{light.shape} {light.word}" for light in found.rules.lights),
    }
    return under_headings(ids, key, labels, order.get(key, ()))


def _light_heading(found: DrawnRound, task_id: int) -> str:
    light = found.lits[task_id].light
    return f"{light.shape} {light.word}"


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


def _may_use(known: GanttRows, key: GroupKey, today: date) -> bool:
    return known.today == today.toordinal() and known.grouping == _grouping(key)


def _grouping(key: GroupKey) -> str:
    return GROUP_KEY_WORDS[key] if key else ""


def _labels_of(known: GanttRows) -> dict[int, str]:
    """Return under what heading each known task stands, in the order of the headings."""
    firsts = [heading.first for heading in known.headings]
    return {
        id_: known.headings[bisect_right(firsts, row) - 1].title
        for row, id_ in enumerate(known.ids)
    }


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


@dataclass(slots=True)
class _Gathered:
    """Rows while they are gathered, in the order of their groups.

    Attributes:
        cells: the words of columns on paper.
    """

    key: GroupKey
    rules: LightRules
    today: date
    cells: WallCells
    groups: Sequence[TaskGroup] = ()
    steps: dict[int, tuple[Step, ...]] = field(default_factory=dict)
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

    def head(self, groups: Sequence[TaskGroup]) -> None:
        """Say which groups there are; their tasks follow in this order."""
        self.groups = groups

    def add(self, tasks: Sequence[TaskRow], bars: Sequence[Bar]) -> None:
        """Append tasks with their bars."""
        places = {light.key: place for place, light in enumerate(self.rules.lights)}
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
        self.steps.update(_steps(bars, self.today))
        self.cells.add(tasks, bars, self.today)

    def take(self, known: GanttRows, groups: Sequence[TaskGroup]) -> None:
        """Take rows that are known."""
        self.head(groups)
        places = {id_: row for row, id_ in enumerate(known.ids)}
        rows = [places[id_] for group in groups for id_ in group.ids]
        for name in _VALUES:
            values = getattr(known, name)
            getattr(self, name).extend(values[row] for row in rows)
        self.steps = {id_: known.steps[id_] for id_ in self.ids if id_ in known.steps}

    def rows(self) -> GanttRows:
        """Return what was gathered."""
        from tracker.printing.gantt_rows import GanttRows

        days = [self.today.toordinal(), *_spread(self.starts), *_spread(self.ends)]
        days += [*_spread(self.first_ends)]
        days += [step.due for some in self.steps.values() for step in some]
        return GanttRows(
            today=self.today.toordinal(),
            first=min(day for day in days if day),
            last=max(days),
            palette=self.rules.lights,
            headings=tuple(self._headings()),
            steps=self.steps,
            grouping=_grouping(self.key),
            cells=self.cells.columns,
            **{name: getattr(self, name) for name in _VALUES},
        )

    def _headings(self) -> Iterator[Heading]:
        from tracker.printing.gantt_rows import Heading

        held, first = set(self.ids), 0
        complete = len(held) == sum(len(group.ids) for group in self.groups)
        for group in self.groups:
            # a task that went away between two reads is in a group, but has no row
            tasks = len(group.ids) if complete else sum(id_ in held for id_ in group.ids)
            if tasks:
                yield Heading(group.label, first, tasks)
            first += tasks


_VALUES = (
    "ids",
    "codes",
    "numbers",
    "titles",
    "units",
    "remaining",
    "kinds",
    "lights",
    "starts",
    "ends",
    "first_ends",
    "late_to",
)


def _spread(days: array[int]) -> tuple[int, ...]:
    return (min((d for d in days if d), default=0), max(days, default=0))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day else 0
