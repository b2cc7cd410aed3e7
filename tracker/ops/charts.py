"""The charts (统计): counts out of the database, as shapes to draw and as tables of numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from tracker.base.resources import load
from tracker.domain.browse import Filter
from tracker.domain.terms import Completion, LedgerState
from tracker.insight.owners import UnitBook
from tracker.insight.rates import Trend, completion_over_rounds
from tracker.insight.stats import deadlines_ahead, lights_by_ledger, states_by_unit
from tracker.insight.tally import NO_TASKS
from tracker.ops.browse import find_tasks, lighter
from tracker.ops.drawn_round import drawn_round
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.light_rules import LightRules
    from tracker.domain.task import TaskRow
    from tracker.insight.lights import Lit
    from tracker.insight.tally import Cell, Column, Line, Tally
    from tracker.ops.drawn_round import DrawnRound
    from tracker.ops.office import Office
    from tracker.printing.chart_shapes import BarChart, ChartShape, Point, Series, TrendChart
    from tracker.printing.charts import ChartDrawing
    from tracker.store.queries import View

CHARTS = {
    "units": "各单位任务状态",
    "lights": "各专项亮灯",
    "trend": "各期完成率",
    "due": "到期分布",
    "states": "任务状态分布",
}
"""Every chart with its title; the screen shows the first four, `states` is for paper."""

OF_TODAY = frozenset({"lights"})
"""Charts of all ledgers as they stand today; the others of a closed round show what it approved."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """The numbers behind a chart as a table.

    Attributes:
        rows: a word first, then numbers; the total last where there is one.
        codes: for each cell the tasks it counts; empty where it counts none.
    """

    header: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    codes: tuple[tuple[tuple[str, ...], ...], ...]

    def about(self, row: int, column: int) -> str:
        """Return in words what a cell counts: “县住建局·已完成”."""
        word = str(self.rows[row][0])
        whole = column in (0, len(self.header) - 1)
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
        due_rules: the lights that the columns of `due` stand for.
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

    def shape(self, kind: str) -> ChartShape:
        """Return what a chart is drawn from; `kind` is one of `CHARTS`."""
        if kind == "trend":
            return _trend_shape(self.trend)
        if kind == "states":
            return _bar_shape(kind, _totals(self.units), _state_series(self.units.columns))
        tally = self.tally(kind)
        if kind == "units":
            return _bar_shape(kind, tally, _state_series(tally.columns))
        rules = self.due_rules if kind == "due" else self.rules
        return _bar_shape(kind, tally, _light_series(tally.columns, rules))

    def numbers(self, kind: str) -> Numbers:
        """Return the table of numbers of a chart."""
        if kind == "trend":
            return _trend_numbers(self.trend)
        tally = self.tally(kind)
        lines = (*tally.lines, tally.total)
        return Numbers(tally.header(), tally.rows(), tuple(_cell_codes(line) for line in lines))

    def tally(self, kind: str) -> Tally:
        """Return the counts of a chart of bars."""
        return {"units": self.units, "lights": self.lights, "due": self.due}.get(kind, self.units)


def _light_series(columns: tuple[Column, ...], rules: LightRules) -> tuple[Series, ...]:
    from tracker.printing.chart_shapes import Series

    lights = [rules.light(column.key) for column in columns]
    return tuple(
        Series(
            light.key,
            light.word,
            light.shape,
            light.on_light,
            light.on_dark,
            hollow=light.key == rules.undated.key,
        )
        for light in lights
    )


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
            click on a chart and would leave nothing else of it.
        round_id: the round in sight; other ledgers show their current one.
        as_counted: an open round too is counted as its reports count it, on their day.

    Raises:
        Cancelled: the user asked to stop.
    """
    wanted = replace(wanted, codes=frozenset(), about="", sort=Filter(None).sort)
    free = wanted == Filter(wanted.ledger_id)
    passing = None if free else frozenset(_everywhere(office, wanted, round_id, today))
    with office.read() as view:
        lights = lighter(view, today)
        ledgers = [row for row in view.ledgers() if row.state is LedgerState.RUNNING]
        every: list[TaskRow] = []
        for place, ledger in enumerate(ledgers):
            if progress is not None:
                progress.step("正在统计", place, len(ledgers))
            rows = view.tasks(ledger.id)
            every += [task for task in rows if passing is None or task.id in passing]
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
    lits = lights.lits(every)
    counted = _counted(drawn) or _Counted(own, entries, book, today, lits, lights.rules)
    return Charts(
        units=states_by_unit(counted.tasks, counted.entries, counted.book),
        lights=lights_by_ledger(ledgers, every, lits, lights.rules),
        trend=completion_over_rounds(history, own, states),
        due=_due(counted, drawn),
        rules=lights.rules,
        due_rules=counted.rules,
        today=today,
        narrowed=None if free else len(own),
        as_of=counted.as_of,
        ledgers={row.id: row for row in ledgers},
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


def _due(counted: _Counted, drawn: DrawnRound | None) -> Tally:
    due = deadlines_ahead(counted.tasks, counted.lits, counted.rules, counted.as_of)
    if drawn is None:
        return due
    return replace(due, note=f"{due.note}截至{long_date(drawn.day)}。")


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


def _totals(tally: Tally) -> Tally:
    """Return the total of each column as a line of its own."""
    lines = []
    for place, (column, count) in enumerate(zip(tally.columns, tally.total.counts, strict=True)):
        counts = tuple(count if n == place else NO_TASKS for n in range(len(tally.columns)))
        lines.append(
            replace(tally.total, key=column.key, word=column.word, counts=counts, total=count)
        )
    return replace(tally, lines=tuple(lines), note=f"共{tally.total.total.number}项。")


def _bar_shape(kind: str, tally: Tally, series: tuple[Series, ...]) -> BarChart:
    from tracker.printing.chart_shapes import BarChart, BarLine, Piece

    used = [n for n, count in enumerate(tally.total.counts) if count.number]
    lines = []
    for line in tally.lines:
        pieces: list[Piece] = []
        start = 0
        for place, n in enumerate(used):
            if codes := line.counts[n].codes:
                pieces.append(Piece(place, start, codes))
                start += len(codes)
        lines.append(BarLine(line.key, line.word, tuple(pieces), line.total.codes))
    return BarChart(CHARTS[kind], tally.note, tuple(series[n] for n in used), tuple(lines))


def _state_series(columns: tuple[Column, ...]) -> tuple[Series, ...]:
    from tracker.printing.chart_shapes import Series

    looks: dict[str, Any] = load("charts.toml")
    found = []
    for column in columns:
        completion, _, pace = column.key.partition(".")
        own = looks["completion"][completion]
        look = looks["pace"][pace] if pace else own
        hollow = own.get("hollow", False)
        word = column.word
        found.append(Series(column.key, word, look["shape"], look["light"], look["dark"], hollow))
    return tuple(found)


def _trend_shape(trend: Trend) -> TrendChart:
    from tracker.printing.chart_shapes import Point, TrendChart

    points: list[Point] = []
    for point in trend.points:
        rate, day = point.rate, point.cut_off
        points.append(
            Point(
                word=f"第{point.number}期",
                detail=f"{day.month}月{day.day}日" if day else "",
                percent=float(rate.percent) if rate.percent else None,
                label=f"{rate.percent}%" if rate.percent else "无",
                fraction=f"{rate.done.number}/{rate.of.number}",
                codes=rate.done.codes,
            )
        )
    return TrendChart(CHARTS["trend"], trend.note, tuple(points))


def _trend_numbers(trend: Trend) -> Numbers:
    codes = tuple(
        (p.rate.of.codes, p.rate.done.codes, p.rate.of.codes, p.rate.excluded.codes, ())
        for p in trend.points
    )
    return Numbers(trend.header(), trend.rows(), codes)
