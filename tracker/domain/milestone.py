"""Milestones (节点): the steps that a task is broken down into (分解到月)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class MilestoneState(StrEnum):
    """Where a milestone stands on a day."""

    DONE = "done"
    COMING = "coming"
    PASSED = "passed"
    LEFT = "left"

    @property
    def word(self) -> str:
        """What a reader is told."""
        return _WORDS[self]

    @property
    def shape(self) -> str:
        """The sign that tells it without colour: filled where it is done."""
        return "◆" if self is MilestoneState.DONE else "◇"


_WORDS = {
    MilestoneState.DONE: "已完成",
    MilestoneState.COMING: "未到",
    MilestoneState.PASSED: "已过",
    MilestoneState.LEFT: "未记完成",
}


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step of a task on the way to its deadline.

    Attributes:
        what: what is due then.
        figure: the figure to be reached (“60%”, “3000万元”); may be empty.
        done_on: when it was done; None while it is not.
    """

    due: date
    what: str
    figure: str = ""
    done_on: date | None = None

    @property
    def words(self) -> str:
        """What is due, with its figure."""
        return f"{self.what} {self.figure}" if self.figure else self.what

    def state(self, today: date, *, over: bool = False) -> MilestoneState:
        """Return where it stands.

        Args:
            over: the whole task is finished, closed or taken out; then nothing of it is late.
        """
        if self.done_on is not None:
            return MilestoneState.DONE
        if self.due >= today and not over:
            return MilestoneState.COMING
        return MilestoneState.LEFT if over else MilestoneState.PASSED
