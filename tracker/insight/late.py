"""The list of what is late: each open task past its certain date, the longest late first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.insight.lights import is_overdue
from tracker.insight.owners import NO_BOOK, UnitBook
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracker.domain.light_rules import Light
    from tracker.domain.task import TaskRow
    from tracker.insight.lights import Lit


@dataclass(frozen=True, slots=True)
class LateTask:
    """A task past its date.

    Attributes:
        days: how many days ago its date was; at least 1.
        units: the units it counts with.
    """

    code: str
    number: str
    text: str
    units: tuple[str, ...]
    due: date
    days: int
    light: Light

    @property
    def name(self) -> str:
        """Its unit, number and text in one line, for a bar that has no other room to say them."""
        unit = self.units[0] + ("等" if len(self.units) > 1 else "")
        return " ".join(f"{unit} {self.number or self.code} {self.text}".split())


@dataclass(frozen=True, slots=True)
class LateList:
    """What is late on a day.

    Attributes:
        note: a Chinese sentence on what is counted.
    """

    tasks: tuple[LateTask, ...]
    on: date
    note: str


def late_list(
    tasks: Sequence[TaskRow], lits: Mapping[int, Lit], on: date, book: UnitBook = NO_BOOK
) -> LateList:
    """Return what is past its date; of equal lateness in the order of the tasks.

    Args:
        tasks: the tasks that count.
        lits: their lights by task id.
        on: the day counted on; a task due on it is not late.
    """
    found = [
        LateTask(
            code=task.code,
            number=task.number,
            text=task.text,
            units=book.owners(task),
            due=task.deadline.date,
            days=(on - task.deadline.date).days,
            light=lits[task.id].light,
        )
        for task in tasks
        if task.deadline is not None
        and task.deadline.date is not None
        and is_overdue(task.deadline, task.completion, on)
    ]
    doubtful = sum(1 for task in tasks if task.deadline is not None and task.deadline.doubtful)
    day = f"截至{long_date(on)}，"
    note = f"{day}逾期{len(found)}项；按时限之后的天数计（不扣节假日），最久的在前。"
    if doubtful:
        note += f"另有{doubtful}项时限存疑，核定前不按逾期计。"
    return LateList(tuple(sorted(found, key=lambda late: -late.days)), on, note)
