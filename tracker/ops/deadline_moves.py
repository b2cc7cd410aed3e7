"""A deadline moved to another day, with the reason kept beside the first one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.deadline import Deadline
from tracker.domain.terms import OPEN, Completion
from tracker.ops.fields import set_deadline
from tracker.ops.outcome import Outcome
from tracker.text.days import long_date

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.ops.office import Office


def move_deadline(
    office: Office, code: str, to: date, reason: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Give a task another day, later or earlier; the first deadline stays beside it.

    Raises:
        UserError: no such task, no reason, it has no day to move, or it is over.
    """
    if not reason.strip():
        raise UserError("改时限需要写明理由", "理由记入留痕", "请填写理由")
    with office.change("改时限", who, now) as work:
        task = work.task(code)
        if Completion(task.completion) not in OPEN or task.withdrawn:
            raise UserError(f"任务 {code} 已经办结或撤回", "", "请先恢复办理，再改时限")
        if task.deadline_date is None:
            raise UserError(f"任务 {code} 没有确定的日期", "", "请用“修改任务”填写时限")
        if to != task.deadline_date:
            if task.first_deadline_text is None:
                task.first_deadline_text = task.deadline_text
                task.first_deadline_date = task.deadline_date
            set_deadline(task, Deadline(long_date(to), to))
            task.deadline_reason = reason.strip()
    return Outcome(code, work.changes, f"{code} 的时限已改为{long_date(to)}")
