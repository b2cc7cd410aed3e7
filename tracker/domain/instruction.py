"""A single instruction (单项批示): who gave it, its words, and how far it has come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.browse import TaskLine


class Stage(StrEnum):
    """How far an instruction is; the stages follow each other in this order."""

    RECEIVED = "received"
    SENT = "sent"
    REPLIED = "replied"
    REPORTED = "reported"
    CLOSED = "closed"


STAGE_WORDS = {
    Stage.RECEIVED: "已收到",
    Stage.SENT: "已转办",
    Stage.REPLIED: "已回复",
    Stage.REPORTED: "已呈报",
    Stage.CLOSED: "已办结",
}


@dataclass(frozen=True, slots=True)
class StageStep:
    """An instruction reached a stage on a day; a stage may be reached twice (退回重办)."""

    stage: Stage
    on: date
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Instruction:
    """What makes a task a single instruction.

    Attributes:
        leader: who instructed (批示领导).
        on: the day of the instruction.
        text: the instruction's own words (批示原文), to the letter.
        stage: how far it is; None where only the source is noted and no stages are followed.
        steps: every stage reached, the earliest first.
    """

    leader: str = ""
    on: date | None = None
    text: str = ""
    stage: Stage | None = None
    steps: tuple[StageStep, ...] = ()


@dataclass(frozen=True, slots=True)
class InstructionRow:
    """One line of the list of instructions.

    Attributes:
        days_left: calendar days to the deadline, negative when past; None without a deadline
            or when closed.
    """

    line: TaskLine
    instruction: Instruction
    days_left: int | None
