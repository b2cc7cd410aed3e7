"""结转: which tasks of a ledger go on in the next year's, and what the clerk should look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.domain.browse import RoundEntry
    from tracker.domain.task import Former, TaskRow

MUST_DATE = "已过时限，请核定新时限"
"""What is said of a deadline that has passed: the program never moves one."""


@dataclass(frozen=True, slots=True)
class CarryLine:
    """One task of the old ledger.

    Attributes:
        proposed: it is unfinished, so that it goes on unless the clerk says otherwise.
        state: how far it is, in words.
        doubts: what to look at before it goes on, in words.
        gone_on: where it goes on already; such a task is not taken again.
        last: its last entry with words.
    """

    task: TaskRow
    proposed: bool
    state: str
    doubts: tuple[str, ...] = ()
    gone_on: Former | None = None
    last: RoundEntry | None = None

    @property
    def may_go(self) -> bool:
        """Whether it can be taken over at all."""
        return self.gone_on is None


@dataclass(frozen=True, slots=True)
class CarryPlan:
    """Every task of the old ledger that counts, in printed order."""

    ledger: str
    lines: tuple[CarryLine, ...]

    @property
    def proposed(self) -> tuple[str, ...]:
        """The codes of the tasks that go on unless the clerk says otherwise."""
        return tuple(line.task.code for line in self.lines if line.proposed)


@dataclass(frozen=True, slots=True)
class CarryChoice:
    """What the clerk chose.

    Attributes:
        codes: the tasks that go on; None takes those that are proposed.
        keep_numbers: they keep their printed numbers; else they are numbered from 1.
    """

    codes: tuple[str, ...] | None = None
    keep_numbers: bool = False


@dataclass(frozen=True, slots=True)
class CarriedOver:
    """What was taken over.

    Attributes:
        ledger: the name of the new ledger.
        codes: new code by old code, in the new order.
        to_date: new codes of tasks whose deadline has passed and must be set anew.
        to_assign: new codes of tasks that lost a unit: it was abolished, and no single one took
            its place.
    """

    ledger: str
    codes: tuple[tuple[str, str], ...]
    to_date: tuple[str, ...] = ()
    to_assign: tuple[str, ...] = ()
