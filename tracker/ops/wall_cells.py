"""What stands in the columns of the wall chart: every word of a task, nothing cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.terms import COMPLETION_WORDS
from tracker.domain.wall_chart import WallColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from tracker.domain.task import TaskRow
    from tracker.insight.timeline import Bar

_JOINED = "、"


class WallCells:
    """Words of the columns that are wanted, gathered task by task.

    Attributes:
        columns: the words of each column, in the order of the tasks.
    """

    def __init__(self, wanted: Sequence[WallColumn]) -> None:
        self.columns: dict[str, list[str]] = {column.value: [] for column in wanted}

    def add(self, tasks: Sequence[TaskRow], bars: Sequence[Bar], today: date) -> None:
        """Append the words of tasks, each with its bar."""
        for key, words in self.columns.items():
            cell = _CELLS[WallColumn(key)]
            words += [cell(task, bar, today) for task, bar in zip(tasks, bars, strict=True)]


def _number(task: TaskRow, _bar: Bar, _today: date) -> str:
    return task.number


def _text(task: TaskRow, _bar: Bar, _today: date) -> str:
    return task.title


def _lead(task: TaskRow, bar: Bar, _today: date) -> str:
    return _JOINED.join(task.roles.lead or task.roles.responsible) or bar.unit


def _cooperating(task: TaskRow, _bar: Bar, _today: date) -> str:
    return _JOINED.join(task.roles.cooperating)


def _persons(task: TaskRow, _bar: Bar, _today: date) -> str:
    return _JOINED.join(task.persons)


def _deadline(task: TaskRow, _bar: Bar, _today: date) -> str:
    return task.deadline.text if task.deadline else ""


def _milestones(_task: TaskRow, bar: Bar, today: date) -> str:
    return "\n".join(
        f"{_day(step.due, today)} {step.words}（{step.state(today, over=bar.is_over).word}）"
        for step in bar.milestones
    )


def _day(day: date, today: date) -> str:
    """Return a day; of another year with it."""
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


def _state(task: TaskRow, _bar: Bar, _today: date) -> str:
    return COMPLETION_WORDS[task.completion]


_CELLS: dict[WallColumn, Callable[[TaskRow, Bar, date], str]] = {
    WallColumn.NUMBER: _number,
    WallColumn.TASK: _text,
    WallColumn.LEAD: _lead,
    WallColumn.COOPERATING: _cooperating,
    WallColumn.PERSONS: _persons,
    WallColumn.DEADLINE: _deadline,
    WallColumn.STEPS: _milestones,
    WallColumn.STATE: _state,
}
