"""What a year of a ledger comes to: how each task ended, and what each unit did."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.slip import Late, SlipRow
    from tracker.domain.task import Closing, TaskRow
    from tracker.domain.terms import Role

Codes = tuple[str, ...]
"""Codes of tasks, in printed order: what a figure counts."""


class Ending(StrEnum):
    """How a task stands at the end of a year; each task is in exactly one."""

    ON_TIME = "on_time"
    EXTENDED = "on_time_extended"
    LATE = "late"
    UNDATED = "undated"
    DONE = "done"
    OVERDUE = "overdue"
    OPEN = "open"
    EXCLUDED = "excluded"


ENDING_WORDS = {
    Ending.ON_TIME: "按期销号",
    Ending.EXTENDED: "延期后按期销号",
    Ending.LATE: "时限后销号",
    Ending.UNDATED: "已销号（无日期）",
    Ending.DONE: "已完成未销号",
    Ending.OVERDUE: "未完成已过时限",
    Ending.OPEN: "未完成未过时限",
    Ending.EXCLUDED: "调整/取消",
}

CLOSED = (Ending.ON_TIME, Ending.EXTENDED, Ending.LATE, Ending.UNDATED)
"""Endings of tasks that were closed (销号)."""


@dataclass(frozen=True, slots=True)
class TaskFacts:
    """What is known of a task that tells how it ended.

    Attributes:
        closed_by: the deadline that stood when it was closed; None where there was none.
        was_extended: that deadline was a later one than the first.
        is_finished: the last round says it is done, though nobody closed it.
        done_in: number and cut-off day of the round since which every round says it is done.
    """

    task: TaskRow
    closed_by: Deadline | None = None
    was_extended: bool = False
    is_finished: bool = False
    done_in: tuple[int, date] | None = None

    @property
    def closing(self) -> Closing | None:
        """The closing that stands; None where there is none."""
        standing = [each for each in self.task.closings if not each.reopened]
        return standing[-1] if standing else None


@dataclass(frozen=True, slots=True)
class TaskResult:
    """How a task ended, with the ground for it.

    Attributes:
        days, workdays: how many days past the deadline, until it was closed or until today.
        is_certain: the holidays of every year in between are known.
        basis: the dates that say so, in a sentence.
    """

    ending: Ending
    basis: str
    days: int = 0
    workdays: int = 0
    is_certain: bool = True

    @property
    def late_words(self) -> str:
        """How late, in words; empty where it is not."""
        if not self.days:
            return ""
        if not self.is_certain:
            return f"{self.days}天（放假安排未收录，不计工作日）"
        return f"{self.days}天（{self.workdays}个工作日）"


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """What a unit was asked for in one round, and what came.

    Attributes:
        is_due: it had to report.
        came: it did, in one way or another.
        is_late: it is known to have come after its day.
        is_missing: its day has passed and nothing came.
        state: where it stands, in words.
        received: the day it came, or that its last file was collected.
        basis: how late, in which way it came, why it need not report.
    """

    round: int
    cut_off: date | None
    is_due: bool
    came: bool
    is_late: bool
    is_missing: bool
    state: str
    due: date | None = None
    received: date | None = None
    basis: str = ""


@dataclass(frozen=True, slots=True)
class SlipSent:
    """A slip that a unit was given, and how late its reply is or was."""

    slip: SlipRow
    kind_word: str
    late: Late | None = None


@dataclass(frozen=True, slots=True)
class UnitYear:
    """What a unit had to do in a year of a ledger, and what became of it.

    Attributes:
        roles: tasks by role, withdrawn and merged ones left out.
        endings: the tasks it answers for (牵头, where there is none 责任) by how they ended.
        returns: its rounds, the earliest first; rounds that asked nobody are left out.
        slips: the slips it was given, the earliest first.
    """

    unit: str
    roles: tuple[tuple[Role, Codes], ...] = ()
    endings: tuple[tuple[Ending, Codes], ...] = ()
    returns: tuple[ReturnLine, ...] = ()
    slips: tuple[SlipSent, ...] = ()

    def of(self, role: Role) -> Codes:
        """Return the tasks in which it has a role."""
        return dict(self.roles).get(role, ())

    def ended(self, *endings: Ending) -> Codes:
        """Return the tasks it answers for that ended so."""
        held = dict(self.endings)
        return tuple(code for ending in endings for code in held.get(ending, ()))

    @property
    def answered_for(self) -> int:
        """How many tasks it answers for."""
        return sum(len(codes) for _, codes in self.endings)

    @property
    def returns_due(self) -> int:
        """In how many rounds it had to report."""
        return sum(1 for line in self.returns if line.is_due)

    @property
    def returned(self) -> int:
        """In how many of those it did."""
        return sum(1 for line in self.returns if line.is_due and line.came)

    @property
    def returned_late(self) -> int:
        """In how many of those it is known to have been late."""
        return sum(1 for line in self.returns if line.is_due and line.came and line.is_late)

    @property
    def missing(self) -> int:
        """In how many rounds nothing came although the day has passed."""
        return sum(1 for line in self.returns if line.is_due and line.is_missing)

    @property
    def to_reply(self) -> tuple[SlipSent, ...]:
        """The slips that asked for a reply."""
        return tuple(each for each in self.slips if each.slip.reply_due is not None)

    @property
    def replied(self) -> tuple[SlipSent, ...]:
        """Those of them that were answered."""
        return tuple(each for each in self.to_reply if each.slip.replies)

    @property
    def replied_late(self) -> tuple[SlipSent, ...]:
        """Those answered after their day."""
        return tuple(each for each in self.replied if each.late is not None)

    @property
    def not_replied(self) -> tuple[SlipSent, ...]:
        """Those not answered although their day has passed."""
        return tuple(each for each in self.to_reply if each.late and not each.slip.replies)
