"""How tasks of a year ended: on time, late, or nobody can tell."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.deadline import Deadline
from tracker.domain.table import Roles
from tracker.domain.task import Closing, TaskRow
from tracker.domain.terms import Completion, Recurrence, Role
from tracker.domain.workdays import Calendar
from tracker.domain.year import Ending, TaskFacts
from tracker.insight.owners import NO_BOOK
from tracker.insight.year import result_of, unit_years

TODAY = date(2026, 9, 30)
CALENDAR = Calendar(years=frozenset({2026}))
JUNE = Deadline("6月底前", date(2026, 6, 30))


def task(
    code="1-001", *, completion=Completion.IN_PROGRESS, closed=None, deadline=None, roles=None
):
    closings = (Closing(closed, "张三", "办结。", "照片"),) if closed else ()
    return TaskRow(
        id=int(code[-3:]),
        ledger_id=1,
        code=code,
        number=code[-1],
        section="",
        title="",
        text="修桥。",
        roles=roles or Roles(),
        units_text="",
        persons=(),
        deadline=deadline,
        first_deadline=None,
        deadline_reason="",
        completion=completion,
        position=1,
        closings=closings,
    )


def closed(on, deadline, **more):
    held = task(completion=Completion.CLOSED, closed=on)
    return result_of(TaskFacts(held, deadline, **more), TODAY, CALENDAR)


@pytest.mark.parametrize(
    ("on", "deadline", "extended", "ending"),
    [
        (date(2026, 6, 30), JUNE, False, Ending.ON_TIME),
        (date(2026, 7, 1), JUNE, False, Ending.LATE),
        (date(2026, 6, 30), JUNE, True, Ending.EXTENDED),
        (date(2026, 7, 1), JUNE, True, Ending.LATE),
        (date(2026, 7, 1), None, False, Ending.UNDATED),
        (None, JUNE, False, Ending.UNDATED),
        (date(2026, 7, 1), Deadline("近期"), False, Ending.UNDATED),
        (
            date(2026, 7, 1),
            Deadline("6月", date(2026, 6, 30), doubtful=True),
            False,
            Ending.UNDATED,
        ),
        (date(2026, 7, 1), Deadline("每月", None, Recurrence.MONTHLY), False, Ending.UNDATED),
    ],
)
def test_a_closed_task_is_late_only_past_a_certain_day(on, deadline, extended, ending):
    assert closed(on, deadline, was_extended=extended).ending is ending


def test_lateness_is_counted_in_calendar_and_in_working_days():
    late = closed(date(2026, 7, 6), JUNE)
    assert (late.days, late.workdays, late.is_certain) == (6, 4, True)
    assert late.late_words == "6天（4个工作日）"


def test_no_working_days_are_told_of_years_whose_holidays_are_not_known():
    held = task(completion=Completion.CLOSED, closed=date(2027, 1, 8))
    facts = TaskFacts(held, Deadline("年底前", date(2026, 12, 31)))
    late = result_of(facts, date(2027, 2, 1), CALENDAR)
    assert late.late_words == "8天（放假安排未收录，不计工作日）"


def test_a_round_that_reported_it_done_in_time_speaks_against_a_late_confirmation():
    done = closed(date(2026, 8, 10), JUNE, done_in=(2, date(2026, 6, 30)))
    assert done.ending is Ending.ON_TIME
    assert done.basis == "时限2026年6月30日，第2期（截至2026年6月30日）已报完成，2026年8月10日销号"
    late = closed(date(2026, 8, 10), JUNE, done_in=(3, date(2026, 7, 3)))
    assert (late.ending, late.days) == (Ending.LATE, 3)
    after = closed(date(2026, 7, 2), JUNE, done_in=(3, date(2026, 7, 31)))
    assert (after.ending, after.days) == (Ending.LATE, 2)


@pytest.mark.parametrize(
    ("completion", "deadline", "finished", "ending"),
    [
        (Completion.IN_PROGRESS, JUNE, False, Ending.OVERDUE),
        (Completion.IN_PROGRESS, JUNE, True, Ending.DONE),
        (Completion.DONE, JUNE, False, Ending.DONE),
        (Completion.EXCLUDED, JUNE, False, Ending.EXCLUDED),
        (Completion.NOT_STARTED, None, False, Ending.OPEN),
        (Completion.NOT_STARTED, Deadline("9月底", TODAY), False, Ending.OPEN),
        (Completion.NOT_STARTED, Deadline("每周", JUNE.date, doubtful=True), False, Ending.OPEN),
    ],
)
def test_an_open_task_is_overdue_only_past_a_certain_day(completion, deadline, finished, ending):
    held = task(completion=completion, deadline=deadline)
    facts = TaskFacts(held, deadline, is_finished=finished)
    assert result_of(facts, TODAY, CALENDAR).ending is ending


def test_a_unit_answers_for_what_it_leads_and_helps_with_the_rest():
    led = task("1-001", roles=Roles(lead=("甲局",), cooperating=("乙局",)))
    own = task("1-002", roles=Roles(responsible=("乙局",)), deadline=JUNE)
    results = {t.code: result_of(TaskFacts(t, t.deadline), TODAY, CALENDAR) for t in (led, own)}
    first, second = unit_years([led, own], results, NO_BOOK, {}, {})
    assert (first.unit, first.of(Role.LEAD), first.ended(Ending.OPEN)) == (
        "甲局",
        ("1-001",),
        ("1-001",),
    )
    assert (second.of(Role.COOPERATING), second.answered_for) == (("1-001",), 1)
    assert second.ended(Ending.OVERDUE) == ("1-002",)
