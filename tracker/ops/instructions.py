"""Single instructions (单项批示): received, sent, replied, reported, closed; no round needed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.instruction import STAGE_WORDS, Instruction, InstructionRow, Stage
from tracker.ops.browse import lines_of
from tracker.ops.outcome import Outcome
from tracker.ops.tasks import close_in, make_task, reach, with_attached
from tracker.store.models import Ledger
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.domain.browse import TaskLine
    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office
    from tracker.ops.tasks import ClosingWords, TaskWords
    from tracker.store.models import Task
    from tracker.store.work import Work

LEDGER_NAME = "单项批示"
LEDGER_KIND = "instructions"
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
    _check_leader(source)
    with office.change("新增批示", who, now) as work:
        row = work.ledger(ledger.id) if ledger is not None else _own_ledger(work)
        code = _add(work, row, words, source, now.date())
    return Outcome(code, work.changes, f"已新增 {code}")


def new_instructions(
    office: Office,
    several: Sequence[tuple[TaskWords, InstructionWords]],
    *,
    who: str,
    now: datetime,
) -> Outcome[tuple[str, ...]]:
    """Add instructions to the ledger of instructions in one step; return their codes.

    Raises:
        UserError: none is given, one has no leader or no words, or an unreadable deadline.
    """
    if not several:
        raise UserError("没有要录入的批示", "", "请粘贴批示，每件一行")
    for number, (_words, source) in enumerate(several, 1):
        _check_leader(source, f"第 {number} 件")
    with office.change(f"新增批示 {len(several)} 件", who, now) as work:
        row = _own_ledger(work)
        codes = tuple(_add(work, row, *each, now.date()) for each in several)
    return Outcome(codes, work.changes, f"已新增 {len(codes)} 件批示")


def _check_leader(source: InstructionWords, which: str = "") -> None:
    if not source.leader.strip():
        raise UserError(f"{which}单项批示没有写批示领导", "", "请填写批示领导")


def _add(work: Work, row: Ledger, words: TaskWords, source: InstructionWords, today: date) -> str:
    on = source.on or today
    typed = replace(
        words,
        text=words.text if (words.text or "").strip() else source.text,
        leader=source.leader.strip(),
        instructed_on=on,
        instruction=source.text,
    )
    task = make_task(work, row, typed, today, position=work.next_position(row))
    reach(task, Stage.RECEIVED, on, "")
    return task.code


def _own_ledger(work: Work) -> Ledger:
    found = work.ledger_of_kind(LEDGER_KIND)
    if found is not None:
        return found
    made = Ledger(name=LEDGER_NAME, kind=LEDGER_KIND)
    if work.find_ledger(LEDGER_NAME) is not None:
        raise UserError(f"已有名为“{LEDGER_NAME}”的专项", "它不是批示专项", "请选定一个专项")
    work.add(made)
    return made


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
    with office.change(f"批示办理：{STAGE_WORDS[stage]}", who, now) as work:
        task = work.task(code)
        _check_stage(task, stage, on, remark)
        if stage is Stage.CLOSED:
            if closing is None:
                raise UserError("办结需要填写完成情况说明、确认人和佐证", "", "请补齐后再办结")
            close_in(task, replace(with_attached(work, task, closing), on=on))
        else:
            reach(task, stage, on, remark.strip())
    return Outcome(code, work.changes, f"{code} {STAGE_WORDS[stage]}")


def _check_stage(task: Task, stage: Stage, on: date, remark: str) -> None:
    if task.stage is None:
        raise UserError(f"任务 {task.code} 不是单项批示", "", "请在“单项批示”里选一件")
    standing = Stage(task.stage)
    if standing is Stage.CLOSED:
        raise UserError(f"批示 {task.code} 已经办结", "", "请先恢复办理")
    if stage is standing:
        raise UserError(f"批示 {task.code} {STAGE_WORDS[stage]}", "", "请选别的环节")
    order = list(Stage)
    if order.index(stage) < order.index(standing) and not remark.strip():
        raise UserError("退回前面的环节需要写明理由", "", "请在备注里写明")
    last = date.fromisoformat(task.stages[-1]["on"])
    if on < last:
        day = long_date(last)
        raise UserError("日期早于上一环节", f"{STAGE_WORDS[standing]}的日期是{day}", "请检查日期")


def list_instructions(office: Office, today: date) -> tuple[InstructionRow, ...]:
    """Return all instructions of all ledgers, those with the fewest days left first.

    Those without a deadline follow, then the closed ones, the latest closed first.
    """
    with office.read() as view:
        lines = lines_of(view, view.instruction_ids(), None, today)
    rows = [_row(line, today) for line in lines]
    return tuple(sorted(rows, key=_urgency))


def _row(line: TaskLine, today: date) -> InstructionRow:
    instruction = line.instruction or Instruction()
    day = line.deadline_date
    closed = instruction.stage is Stage.CLOSED
    return InstructionRow(line, instruction, None if closed or day is None else (day - today).days)


def _urgency(row: InstructionRow) -> tuple[int, int, int]:
    steps = row.instruction.steps
    if row.instruction.stage is Stage.CLOSED:
        return 2, -steps[-1].on.toordinal() if steps else 0, row.line.id
    if row.days_left is None:
        return 1, 0, row.line.id
    return 0, row.days_left, row.line.id
