"""How the tasks of a year ended and what that says of each unit.

Nobody is called late on uncertain ground: without a certain day a task is neither on time nor
late, and a deadline that was extended with a reason counts as it stood when the task was closed.
A closing is the day of the clerk's confirmation: what a round reported as done before it counts
from that round's cut-off day.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.domain.terms import Completion, Role
from tracker.domain.year import Ending, TaskResult, UnitYear
from tracker.insight.lights import is_overdue
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.task import TaskRow
    from tracker.domain.workdays import Calendar
    from tracker.domain.year import ReturnLine, SlipSent, TaskFacts
    from tracker.insight.owners import UnitBook


def result_of(facts: TaskFacts, today: date, calendar: Calendar) -> TaskResult:
    """Return how a task ended, or stands today, and on what ground."""
    task = facts.task
    if task.completion is Completion.CLOSED:
        return _closed(facts, calendar)
    if task.completion is Completion.EXCLUDED:
        return TaskResult(Ending.EXCLUDED, "已列为“调整/取消”，不计是否按期")
    if task.completion is Completion.DONE or facts.is_finished:
        return TaskResult(Ending.DONE, "已完成、没有销号日期，不计是否按期")
    if is_overdue(task.deadline, task.completion, today):
        return _overdue(task.deadline, today, calendar)
    return TaskResult(Ending.OPEN, _open_words(task.deadline))


def _closed(facts: TaskFacts, calendar: Calendar) -> TaskResult:
    closing, deadline = facts.closing, facts.closed_by
    if closing is None:
        return TaskResult(Ending.UNDATED, "已销号，没有销号日期，不计是否按期")
    closed = f"{long_date(closing.on)}销号"
    day = certain_day(deadline)
    if day is None:
        return TaskResult(Ending.UNDATED, f"{closed}，{_open_words(deadline)}，不计是否按期")
    done, until = "", closing.on
    if facts.done_in is not None and facts.done_in[1] < closing.on:
        number, until = facts.done_in
        done = f"第{number}期（截至{long_date(until)}）已报完成，"
    extended = "（延期后）" if facts.was_extended else ""
    dates = f"时限{long_date(day)}{extended}，{done}{closed}"
    if until > day:
        return _late(Ending.LATE, dates, day, until, calendar)
    return TaskResult(Ending.EXTENDED if facts.was_extended else Ending.ON_TIME, dates)


def _overdue(deadline: Deadline | None, today: date, calendar: Calendar) -> TaskResult:
    day = certain_day(deadline)
    if day is None:
        raise LookupError("an overdue task has a certain day")
    basis = f"时限{long_date(day)}，到{long_date(today)}未完成"
    return _late(Ending.OVERDUE, basis, day, today, calendar)


def _late(ending: Ending, basis: str, due: date, until: date, calendar: Calendar) -> TaskResult:
    known = all(calendar.is_known(year) for year in range(due.year, until.year + 1))
    workdays = calendar.workdays_between(due, until)
    return TaskResult(ending, basis, (until - due).days, workdays, known)


def certain_day(deadline: Deadline | None) -> date | None:
    """Return the day of a deadline that leaves no doubt; None where there is none."""
    return None if deadline is None or deadline.doubtful else deadline.date


def _open_words(deadline: Deadline | None) -> str:
    if deadline is None:
        return "没有写明时限"
    if deadline.doubtful:
        return f"时限“{deadline.text}”待核"
    if deadline.date is None:
        return f"时限“{deadline.text}”没有具体日期"
    return f"时限{long_date(deadline.date)}"


def unit_years(
    tasks: Sequence[TaskRow],
    results: Mapping[str, TaskResult],
    book: UnitBook,
    returns: Mapping[str, Sequence[ReturnLine]],
    slips: Mapping[str, Sequence[SlipSent]],
) -> tuple[UnitYear, ...]:
    """Return what each unit did, the units in official order.

    Args:
        tasks: the tasks that count.
        results: how they ended, by code.
        book: official names and order of the units.
        returns, slips: by the official name of the unit.
    """
    roles: dict[str, dict[Role, list[str]]] = defaultdict(lambda: defaultdict(list))
    endings: dict[str, dict[Ending, list[str]]] = defaultdict(lambda: defaultdict(list))
    for task in tasks:
        for role in Role:
            for unit in dict.fromkeys(map(book.official, task.roles.of(role))):
                roles[unit][role].append(task.code)
        for unit in book.owners(task):
            endings[unit][results[task.code].ending].append(task.code)
    names = book.ordered((*endings, *roles, *returns, *slips))
    return tuple(
        UnitYear(
            unit=unit,
            roles=tuple((role, tuple(roles[unit][role])) for role in Role),
            endings=tuple((ending, tuple(endings[unit][ending])) for ending in Ending),
            returns=tuple(returns.get(unit, ())),
            slips=tuple(slips.get(unit, ())),
        )
        for unit in names
    )
