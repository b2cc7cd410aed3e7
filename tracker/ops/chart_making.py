"""The charts as shapes to draw: each count as a piece of a bar, each round as a point."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.base.resources import load
from tracker.insight.tally import NO_TASKS, Column

if TYPE_CHECKING:
    from tracker.domain.light_rules import LightRules
    from tracker.insight.late import LateList
    from tracker.insight.rates import Trend
    from tracker.insight.tally import Tally
    from tracker.printing.chart_shapes import BarChart, Point, Series, TrendChart

MOST_BARS = 100
"""More late tasks than so many are not drawn; the table has them all."""


def light_series(columns: tuple[Column, ...], rules: LightRules) -> tuple[Series, ...]:
    """Return lights as kinds of a chart."""
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


def totals(tally: Tally) -> Tally:
    """Return the total of each column as a line of its own."""
    lines = []
    for place, (column, count) in enumerate(zip(tally.columns, tally.total.counts, strict=True)):
        counts = tuple(count if n == place else NO_TASKS for n in range(len(tally.columns)))
        lines.append(
            replace(tally.total, key=column.key, word=column.word, counts=counts, total=count)
        )
    return replace(tally, lines=tuple(lines), note=f"共{tally.total.total.number}项。")


def bar_shape(title: str, tally: Tally, series: tuple[Series, ...]) -> BarChart:
    """Return counts as bars; kinds that count nothing are left out."""
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
    return BarChart(title, tally.note, tuple(series[n] for n in used), tuple(lines))


def state_series(columns: tuple[Column, ...]) -> tuple[Series, ...]:
    """Return states as kinds of a chart, with the looks of `charts.toml`."""
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


def trend_shape(title: str, trend: Trend) -> TrendChart:
    """Return the rates from round to round as points."""
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
    return TrendChart(title, trend.note, tuple(points))


def late_shape(title: str, late: LateList, rules: LightRules) -> BarChart:
    """Return a bar for each late task, as long as the days it is late; of very many the longest."""
    from tracker.printing.chart_shapes import BarChart, BarLine, Piece

    drawn = late.tasks[:MOST_BARS]
    used = {task.light.key for task in drawn}
    columns = tuple(Column(light.key, light.word) for light in rules.lights if light.key in used)
    places = {column.key: place for place, column in enumerate(columns)}
    lines = tuple(
        BarLine(
            task.code,
            task.name,
            (Piece(places[task.light.key], 0, (task.code,), task.days),),
            (task.code,),
        )
        for task in drawn
    )
    cut = len(late.tasks) > len(drawn)
    note = f"{late.note}图上画最久的{MOST_BARS}项，全部见表。" if cut else late.note
    return BarChart(title, note, light_series(columns, rules), lines, measure="天")
