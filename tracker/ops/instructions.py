"""Single instructions (单项批示): received, sent, replied, reported, closed; no round needed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.domain.instruction import InstructionRow, Stage
    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ops.tasks import ClosingWords, TaskWords

LEDGER_NAME = "单项批示"
"""The ledger that instructions go to where none is named."""


@dataclass(frozen=True, slots=True)
class InstructionWords:
    """Where an instruction came from.

    Attributes:
        leader: who instructed (批示领导).
        on: the day of the instruction; without it today.
        text: the instruction's own words (批示原文).
    """

    leader: str
    on: date | None = None
    text: str = ""


def new_instruction(
    office: Office,
    ledger: LedgerRow | None,
    words: TaskWords,
    source: InstructionWords,
    *,
    who: str,
    now: datetime,
) -> Outcome[str]:
    """Add an instruction as a task at the stage “received”; return its code.

    A deadline such as “5个工作日” counts from the day of the instruction. Without words for the
    task the instruction's own words are the task.

    Args:
        ledger: where it goes; None takes the ledger of instructions, made where there is none.

    Raises:
        UserError: no leader, no words, or an unreadable deadline.
    """
    raise NotImplementedError


def advance(
    office: Office,
    code: str,
    stage: Stage,
    on: date,
    remark: str = "",
    *,
    who: str,
    now: datetime,
    closing: ClosingWords | None = None,
) -> Outcome[str]:
    """Take an instruction to a stage; back to an earlier one (退回重办) with a remark.

    Args:
        closing: what a closing (销号) needs; must be given for the stage CLOSED.

    Raises:
        UserError: no such task, no instruction, at that stage already, a day before the stage
            before, or something that the stage needs is missing.
    """
    raise NotImplementedError


def list_instructions(office: Office, today: date) -> tuple[InstructionRow, ...]:
    """Return all instructions of all ledgers, those with the fewest days left first.

    Those without a deadline follow, then the closed ones, the latest closed first.
    """
    raise NotImplementedError
