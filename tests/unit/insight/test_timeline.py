"""Bars, groups, and the line of days."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.deadline import Deadline
from tracker.domain.light_rules import light_rules
from tracker.domain.milestone import Milestone
from tracker.domain.terms import Completion, Recurrence
from tracker.domain.unit import UnitRow
from tracker.domain.workdays import load_calendar
from tracker.insight.lights import Lighter
from tracker.insight.owners import NO_UNIT, UnitBook
from tracker.insight.timeline import (
    BarKind,
    Zoom,
    build_bars,
    days_off,
    fitted,
    piece_start,
    scale,
    ticks,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.domain.task import TaskRow
    from tracker.insight.timeline import Bar

    MakeTask = Callable[..., TaskRow]

TODAY = date(2026, 9, 30)
START = date(2026, 7, 1)
CALENDAR = load_calendar()
LIGHTER = Lighter(light_rules(), CALENDAR, TODAY)
DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))


def built(tasks: Sequence[TaskRow], book: UnitBook | None = None) -> tuple[Bar, ...]:
    return build_bars(
        tasks,
        LIGHTER.lits(tasks),
        today=TODAY,
        start=START,
        book=book or UnitBook(),
    )


def only(task: TaskRow) -> Bar:
    (bar,) = built([task])
    return bar


def test_a_bar_runs_from_the_ledgers_start_to_the_deadline(make_task: MakeTask) -> None:
    bar = only(make_task(3, "县住建局", deadline=Deadline("10月", date(2026, 10, 30))))
    assert (bar.start, bar.end, bar.light.key) == (START, date(2026, 10, 30), "green")
    assert (bar.code, bar.number, bar.unit, bar.remaining) == ("T0003", "3", "县住建局", "剩30天")
    assert bar.late_to is None


def test_an_open_task_past_its_date_is_drawn_on_to_today(make_task: MakeTask) -> None:
    late = Deadline("9月", date(2026, 9, 18))
    assert only(make_task(1, deadline=late)).late_to == TODAY
    assert only(make_task(1, deadline=late, completion=Completion.DONE)).late_to is None


def test_an_extended_task_shows_its_first_deadline(make_task: MakeTask) -> None:
    now, before = Deadline("12月", date(2026, 12, 31)), Deadline("8月", date(2026, 8, 31))
    assert only(make_task(1, deadline=now, first_deadline=before)).first_end == before.date
    assert only(make_task(1, deadline=now, first_deadline=now)).first_end is None


def test_a_deadline_before_the_start_takes_the_bar_back_to_it(make_task: MakeTask) -> None:
    bar = only(make_task(1, deadline=Deadline("3月", date(2026, 3, 31))))
    assert bar.start == bar.end == date(2026, 3, 31)


@pytest.mark.parametrize(
    ("deadline", "completion", "kind", "light"),
    [
        (None, Completion.IN_PROGRESS, BarKind.NONE, "grey"),
        (Deadline("尽快"), Completion.IN_PROGRESS, BarKind.NONE, "grey"),
        (Deadline("某月", TODAY, doubtful=True), Completion.IN_PROGRESS, BarKind.NONE, "grey"),
        (
            Deadline("长期", recurrence=Recurrence.CONTINUOUS),
            Completion.IN_PROGRESS,
            BarKind.OPEN_ENDED,
            "green",
        ),
        (
            Deadline("长期", recurrence=Recurrence.CONTINUOUS),
            Completion.CLOSED,
            BarKind.NONE,
            "done",
        ),
    ],
)
def test_a_task_without_a_certain_date_has_no_end(
    make_task: MakeTask,
    deadline: Deadline | None,
    completion: Completion,
    kind: BarKind,
    light: str,
) -> None:
    bar = only(make_task(1, deadline=deadline, completion=completion))
    assert (bar.end, bar.kind, bar.light.key) == (None, kind, light)


def test_a_shared_task_names_its_first_lead_officially(make_task: MakeTask) -> None:
    book = UnitBook.of((UnitRow(1, "县教育局"), UnitRow(2, "县住建局", names=("住房建设局",))))
    tasks = [make_task(1), make_task(2, "住房建设局", "县教育局"), make_task(3, "县教育局")]
    assert [(bar.task_id, bar.unit) for bar in built(tasks, book)] == [
        (1, NO_UNIT),
        (2, "县住建局"),
        (3, "县教育局"),
    ]


def test_milestones_go_with_their_task(make_task: MakeTask) -> None:
    tasks = [make_task(1), make_task(2)]
    step = Milestone(date(2026, 8, 1), "完成初稿")
    bars = build_bars(tasks, LIGHTER.lits(tasks), today=TODAY, start=START, milestones={2: (step,)})
    assert [bar.milestones for bar in bars] == [(), (step,)]


@given(st.sampled_from(Zoom), DAYS, DAYS, st.floats(0.5, 3))
def test_a_day_is_found_again_where_it_was_drawn(
    zoom: Zoom, start: date, day: date, factor: float
) -> None:
    line = scale(zoom, start, factor)
    assert line.day_at(line.left(day) + line.pixels / 2) == day
    assert line.right(day) == line.left(day + timedelta(days=1))
    assert line.left(start) >= 0


def test_a_bar_over_one_day_is_as_wide_as_a_day() -> None:
    line = scale(Zoom.MONTH, START)
    assert line.width(START, START) == pytest.approx(line.pixels)
    assert line.day_at(-1e12) == date.min
    assert line.day_at(1e12) == date.max


@given(st.sampled_from(Zoom), DAYS, DAYS)
def test_a_fitted_scale_fills_the_paper(zoom: Zoom, one: date, other: date) -> None:
    start, end = sorted((one, other))
    line = fitted(zoom, start, end, 1000.0)
    assert line.right(end) == pytest.approx(1000.0)
    assert line.origin == piece_start(zoom, start)


@pytest.mark.parametrize(
    ("zoom", "first", "last", "labels"),
    [
        (
            Zoom.MONTH,
            date(2026, 11, 5),
            date(2027, 2, 1),
            ["2026年11月", "12月", "2027年1月", "2月"],
        ),
        (
            Zoom.QUARTER,
            date(2026, 8, 5),
            date(2027, 4, 1),
            ["2026年三季度", "四季度", "2027年一季度", "二季度"],
        ),
        (Zoom.YEAR, date(2026, 8, 5), date(2027, 4, 1), ["2026年", "2027年"]),
        (Zoom.MONTH, date(2026, 8, 5), date(2026, 8, 5), ["2026年8月"]),
    ],
)
def test_pieces_are_labelled_with_the_year_where_it_begins(
    zoom: Zoom, first: date, last: date, labels: list[str]
) -> None:
    assert [tick.label for tick in ticks(zoom, first, last)] == labels


@given(st.sampled_from(Zoom), DAYS, DAYS)
def test_pieces_cover_the_days_without_gap_or_overlap(zoom: Zoom, one: date, other: date) -> None:
    first, last = sorted((one, other))
    pieces = ticks(zoom, first, last)
    assert pieces[0].start <= first <= pieces[0].end
    assert pieces[-1].start <= last <= pieces[-1].end
    for before, after in itertools.pairwise(pieces):
        assert after.start - before.end == timedelta(days=1)


def test_the_last_piece_there_can_be_ends() -> None:
    assert ticks(Zoom.YEAR, date.max, date.max)[-1].end == date.max


def test_days_off_are_runs_with_holidays_and_without_worked_weekends() -> None:
    assert days_off(CALENDAR, date(2026, 9, 19), date(2026, 10, 12)) == (
        (date(2026, 9, 19), date(2026, 9, 19)),
        (date(2026, 9, 25), date(2026, 9, 27)),
        (date(2026, 10, 1), date(2026, 10, 7)),
        (date(2026, 10, 11), date(2026, 10, 11)),
    )
    assert days_off(CALENDAR, TODAY, date(2026, 9, 1)) == ()
