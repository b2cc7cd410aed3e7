"""The charts (统计): counts out of the database, as shapes to draw and as tables of numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.browse import Filter
from tracker.domain.terms import Completion, LedgerState
from tracker.insight.late import late_list
from tracker.insight.owners import UnitBook
from tracker.insight.rates import Trend, completion_over_rounds
from tracker.insight.stats import (
    deadlines_ahead,
    lights_by_document,
    lights_by_ledger,
    states_by_unit,
)
from tracker.ops.browse import find_tasks, lighter
from tracker.ops.chart_making import (
    bar_shape,
    late_shape,
    light_series,
    state_series,
    totals,
    trend_shape,
)
from tracker.ops.drawn_round import drawn_round, sources_of
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.light_rules import LightRules
    from tracker.domain.task import TaskRow
    from tracker.insight.late import LateList
    from tracker.insight.lights import Lit
    from tracker.insight.tally import Cell, Line, Tally
    from tracker.ops.drawn_round import DrawnRound
    from tracker.ops.office import Office
    from tracker.printing.chart_shapes import ChartShape
    from tracker.printing.charts import ChartDrawing
    from tracker.store.queries import View

CHARTS = {
    "units": "各单位任务状态",
    "documents": "各文件亮灯",
    "lights": "各专项亮灯",
    "trend": "各期完成率",
    "due": "到期分布",
    "late": "逾期任务",
    "states": "任务状态分布",
}
"""Every chart with its title; the screen shows all but the last, which is for paper."""

OF_TODAY = frozenset({"lights"})
"""Charts of all ledgers as they stand today; the others of a closed round show what it approved."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers behind a chart as a table.

    Attributes:
        rows: words first, then numbers; the total last where there is one.
        codes: for each cell the tasks it counts; empty where it counts none.
        words: how many columns hold words.
        has_total: the last row is the total.
        is_list: each row is one task, and a cell tells something of it.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    codes: tuple[tuple[tuple[str, ...], ...], ...]
    words: int = 1
    has_total: bool = True
    is_list: bool = False

    def about(self, row: int, column: int) -> str:
        """Return in words what a cell counts: “县住建局·已完成”."""
        word = str(self.rows[row][0])
        whole = self.is_list or column in (0, len(self.header) - 1)
        return word if whole else f"{word}·{self.header[column]}"

    def as_text(self) -> str:
        """Return the table as a sheet takes it from the clipboard."""
        lines = (self.header, *self.rows)
        return "\n".join("\t".join(str(cell) for cell in line) for line in lines)


@dataclass(frozen=True, slots=True)
class Charts:
    """All charts of one moment.

    Attributes:
        narrowed: how many tasks the filter leaves; None where it leaves all.
        as_of: the day the round in sight is counted on: that of its reports, else today.
        ledgers: the ledgers by id, as the lines of `lights` name them.
        due_rules: the lights that the columns of `due` and `documents` and the bars of `late`
            stand for.
    """

    units: Tally
    lights: Tally
    trend: Trend
    due: Tally
    rules: LightRules
    today: date
    narrowed: int | None
    as_of: date
    ledgers: dict[int, LedgerRow]
    due_rules: LightRules
    documents: Tally
    late: LateList

    def shape(self, kind: str) -> ChartShape:
        """Return what a chart is drawn from; `kind` is one of `CHARTS`."""
        title = CHARTS[kind]
        if kind == "trend":
            return trend_shape(title, self.trend)
        if kind == "late":
            return late_shape(title, self.late, self.due_rules)
        if kind == "states":
            return bar_shape(title, totals(self.units), state_series(self.units.columns))
        tally = self.tally(kind)
        if kind == "units":
            return bar_shape(title, tally, state_series(tally.columns))
        rules = self.rules if kind in OF_TODAY else self.due_rules
        return bar_shape(title, tally, light_series(tally.columns, rules))

    def numbers(self, kind: str) -> Numbers:
        """Return the table of numbers of a chart."""
        if kind == "trend":
            return _trend_numbers(self.trend)
        if kind == "late":
            return _late_numbers(self.late)
        tally = self.tally(kind)
        lines = (*tally.lines, tally.total)
        return Numbers(tally.header(), tally.rows(), tuple(_cell_codes(line) for line in lines))

    def tally(self, kind: str) -> Tally:
        """Return the counts of a chart of bars."""
        own = {"documents": self.documents, "lights": self.lights, "due": self.due}
        return own.get(kind, self.units)


def _tasks(
    view: View,
    ledgers: Sequence[LedgerRow],
    passing: frozenset[int] | None,
    progress: Progress | None,
) -> Iterator[TaskRow]:
    """Yield the tasks of the ledgers that pass; None lets all pass."""
    for place, ledger in enumerate(ledgers):
        if progress is not None:
            progress.step("正在统计", place, len(ledgers))
        for task in view.tasks(ledger.id):
            if passing is None or task.id in passing:
                yield task


def read_charts(
    office: Office,
    wanted: Filter,
    round_id: int | None,
    today: date,
    progress: Progress | None = None,
    *,
    as_counted: bool = False,
) -> Charts:
    """Count for the charts; of a closed round in sight they show what it approved.

    Args:
        wanted: which tasks count; its `codes` are left out of account, as they come from a
            click on a chart and would leave nothing else of it; headings select nothing.
        round_id: the round in sight; other ledgers show their current one.
        as_counted: an open round too is counted as its reports count it, on their day.

    Raises:
        Cancelled: the user asked to stop.
    """
    plain = Filter(None)
    wanted = replace(wanted, codes=plain.codes, about="", sort=plain.sort, group=plain.group)
    free = wanted == Filter(wanted.ledger_id)
    passing = None if free else frozenset(_everywhere(office, wanted, round_id, today))
    with office.read() as view:
        lights = lighter(view, today)
        ledgers = [row for row in view.ledgers() if row.state is LedgerState.RUNNING]
        every = list(_tasks(view, ledgers, passing, progress))
        book = UnitBook.of(view.units())
        own = [t for t in every if wanted.ledger_id in (None, t.ledger_id)]
        on = today if as_counted else None
        drawn = drawn_round(view, wanted.ledger_id, round_id, passing, today=on)
        entries = _entries(view, ledgers, wanted.ledger_id, round_id) if not drawn else {}
        rounds = view.rounds(wanted.ledger_id) if wanted.ledger_id is not None else ()
        if drawn is not None:
            rounds = tuple(row for row in rounds if row.number <= drawn.round.number)
        history = [(row, view.entries(row.id)) for row in rounds]
        states = dict(_approved_states(view, rounds, passing))
        sources = sources_of(view, [t.id for t in own]) if drawn is None else drawn.sources
    lits = lights.lits(every)
    counted = _counted(drawn) or _Counted(own, entries, book, today, lits, lights.rules)
    lit = (counted.tasks, counted.lits, counted.rules)
    return Charts(
        units=states_by_unit(counted.tasks, counted.entries, counted.book),
        lights=lights_by_ledger(ledgers, every, lits, lights.rules),
        trend=completion_over_rounds(history, own, states),
        due=_dated(deadlines_ahead(*lit, counted.as_of), drawn),
        rules=lights.rules,
        due_rules=counted.rules,
        today=today,
        narrowed=None if free else len(own),
        as_of=counted.as_of,
        ledgers={row.id: row for row in ledgers},
        documents=_dated(lights_by_document(*lit, sources), drawn),
        late=late_list(counted.tasks, counted.lits, counted.as_of, counted.book),
    )


def chart_drawing(charts: Charts, kind: str, heading: str) -> ChartDrawing:
    """Return a chart as a picture for paper.

    Args:
        heading: which ledger and round, under the title; the day is added.
    """
    from tracker.printing.charts import ChartDrawing

    on = charts.today if kind in OF_TODAY else charts.as_of
    day = long_date(on)
    return ChartDrawing(charts.shape(kind), "　".join(part for part in (heading, day) if part))


@dataclass(frozen=True, slots=True)
class _Counted:
    """What the charts of the round in sight count, and the day they count on."""

    tasks: Sequence[TaskRow]
    entries: Mapping[int, EntryRow]
    book: UnitBook
    as_of: date
    lits: Mapping[int, Lit]
    rules: LightRules


def _counted(drawn: DrawnRound | None) -> _Counted | None:
    if drawn is None:
        return None
    book = UnitBook.of(drawn.units)
    return _Counted(drawn.tasks, drawn.entries, book, drawn.day, drawn.lits, drawn.rules)


def _dated(tally: Tally, drawn: DrawnRound | None) -> Tally:
    """Return counts of a round as its reports have them with the day they are of."""
    if drawn is None:
        return tally
    return replace(tally, note=f"{tally.note}截至{long_date(drawn.day)}。")


def _approved_states(
    view: View, rounds: Iterable[RoundRow], passing: frozenset[int] | None
) -> Iterator[tuple[int, dict[str, Completion]]]:
    """Yield number and completions by task code of each closed round."""
    for row in rounds:
        stored = view.edition_part(row.id, "states")
        if stored is not None:
            yield (
                row.number,
                {
                    code: Completion(state)
                    for id_, code, state in stored
                    if passing is None or id_ in passing
                },
            )


def _everywhere(
    office: Office, wanted: Filter, round_id: int | None, today: date
) -> tuple[int, ...]:
    """Return the tasks of all ledgers that pass: one chart shows the ledgers side by side."""
    return find_tasks(office, replace(wanted, ledger_id=None), round_id, today)


def _entries(
    view: View, ledgers: Iterable[LedgerRow], ledger_id: int | None, round_id: int | None
) -> dict[int, EntryRow]:
    found: dict[int, EntryRow] = {}
    for ledger in ledgers:
        if ledger_id in (None, ledger.id):
            own = round_id if ledger.id == ledger_id else None
            round_: RoundRow | None = view.shown_round(ledger.id, own)
            if round_ is not None:
                found |= view.entries(round_.id)
    return found


def _cell_codes(line: Line) -> tuple[tuple[str, ...], ...]:
    return (line.total.codes, *(count.codes for count in line.counts), line.total.codes)


def _trend_numbers(trend: Trend) -> Numbers:
    codes = tuple(
        (p.rate.of.codes, p.rate.done.codes, p.rate.of.codes, p.rate.excluded.codes, ())
        for p in trend.points
    )
    return Numbers(trend.header(), trend.rows(), codes, has_total=False)


def _late_numbers(late: LateList) -> Numbers:
    """Return the late tasks as a table; with their lights where these differ."""
    differ = len({task.light.key for task in late.tasks}) > 1
    header = ("序号", "任务", "牵头单位", "时限", *(("亮灯",) if differ else ()), "逾期天数")
    rows = tuple(
        (
            task.number or task.code,
            " ".join(task.text.split()),
            "、".join(task.units),
            long_date(task.due),
            *((f"{task.light.shape} {task.light.word}",) if differ else ()),
            task.days,
        )
        for task in late.tasks
    )
    codes = tuple(((task.code,),) * len(header) for task in late.tasks)
    words = len(header) - 1
    return Numbers(header, rows, codes, words=words, has_total=False, is_list=True)
