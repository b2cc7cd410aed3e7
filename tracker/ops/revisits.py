"""Looks at closed tasks some time later (回访)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import Completion
from tracker.ops.outcome import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.task import Revisit
    from tracker.ops.office import Office


def add_revisit(
    office: Office, code: str, revisit: Revisit, *, who: str, now: datetime
) -> Outcome[str]:
    """Note a look at a closed task; return its code. The task stays closed either way.

    Raises:
        UserError: no such task, it is not closed, nothing was found or nobody named, or a day
            before the closing or still to come.
    """
    if not revisit.found.strip() or not revisit.by.strip():
        raise UserError("回访需要写明回访人和看到的情况", "", "请把两样都填上")
    if revisit.on > now.date():
        raise UserError("回访的日期还没有到", "", "请写实际回访的日期")
    with office.change("记录回访", who, now) as work:
        task = work.task(code)
        if task.completion != Completion.CLOSED:
            raise UserError(f"任务 {code} 没有销号", "回访是对已销号的任务", "请先销号")
        closed_on = task.closings[-1]["on"] if task.closings else ""
        if revisit.on.isoformat() < closed_on:
            raise UserError(f"回访的日期早于销号的日期（{closed_on}）", "", "请写实际回访的日期")
        noted = {
            "on": revisit.on.isoformat(),
            "by": revisit.by.strip(),
            "found": revisit.found.strip(),
            "holds": "yes" if revisit.holds else "no",
        }
        task.revisits = [*task.revisits, noted]
    sentence = f"{code} 已记录回访"
    if not revisit.holds:
        sentence += "；情况有反复，可以恢复办理"
    return Outcome(code, work.changes, sentence)
