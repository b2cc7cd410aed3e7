"""Agreements that decide by themselves which task a row stands for, the strictest first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator, Sequence

    from tracker.domain.table import TableRow
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import Identities

_NEVER = object()
"""A key that agrees with no row."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """A row and a task with the same key agree.

    Attributes:
        reason: in the user's words.
        row_key, task_key: the key of a row, of a task, by index.
    """

    reason: str
    row_key: Callable[[int], Hashable]
    task_key: Callable[[int], Hashable]


class ExactKeys:
    """Knows the keys of rows and tasks.

    Where the same words stand several times (完成招商任务, one row a town), the units tell which.
    """

    def __init__(
        self,
        rows: Sequence[TableRow],
        tasks: Sequence[TaskRow],
        row_words: Sequence[str],
        task_words: Sequence[str],
        units: Identities,
    ) -> None:
        """Take rows and tasks with their folded words."""
        self._rows, self._tasks = rows, tasks
        self._row_words, self._task_words = row_words, task_words
        self._units = units
        self._often = {
            text
            for words in (row_words, task_words)
            for text, count in Counter(words).items()
            if count > 1
        }

    def agreements(self) -> Iterator[Agreement]:
        """Yield what decides, the strictest first."""
        rows, tasks = self._rows, self._tasks
        yield Agreement(
            "分类、序号、任务文字都相同",
            lambda i: (rows[i].section, rows[i].number, self._row(i)),
            lambda j: (tasks[j].section, tasks[j].number, self._task(j)),
        )
        yield Agreement(
            "序号、任务文字相同",
            self._numbered_row,
            lambda j: (tasks[j].number, self._task(j)),
        )
        yield Agreement(
            "上年序号、任务文字相同",
            self._numbered_row,
            lambda j: (next(iter(tasks[j].old_numbers), None), self._task(j)),
        )
        yield from self._before_reforms()
        yield Agreement("任务文字相同", self._row, self._task)

    def _before_reforms(self) -> Iterator[Agreement]:
        """Yield agreements with the units before the last one, two, … reforms."""
        reason = "改革前的单位、任务文字相同"
        most = max((len(task.earlier) for task in self._repeated()), default=0)
        for back in range(1, most + 1):
            yield Agreement(reason, self._numbered_row, partial(self._numbered_before, back))
        for back in range(1, most + 1):
            yield Agreement(reason, self._row, partial(self._task_before, back))

    def _repeated(self) -> Iterator[TaskRow]:
        for task, words in zip(self._tasks, self._task_words, strict=True):
            if words in self._often:
                yield task

    def _row(self, i: int) -> Hashable:
        words = self._row_words[i]
        names = self._rows[i].roles.names() if words in self._often else ()
        return words, frozenset(self._units[name] for name in names)

    def _task(self, j: int) -> Hashable:
        words = self._task_words[j]
        names = self._tasks[j].roles.names() if words in self._often else ()
        return words, frozenset(self._units[name] for name in names)

    def _numbered_row(self, i: int) -> Hashable:
        return self._rows[i].number, self._row(i)

    def _numbered_before(self, back: int, j: int) -> Hashable:
        return self._tasks[j].number, self._task_before(back, j)

    def _task_before(self, back: int, j: int) -> Hashable:
        words, earlier = self._task_words[j], self._tasks[j].earlier
        if words not in self._often or len(earlier) < back:
            return _NEVER
        names = earlier[back - 1].roles.names()
        return words, frozenset(self._units[name] for name in names)
