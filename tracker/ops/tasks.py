"""Tasks by hand: new, changed, extended, closed (销号), reopened."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import Completion, Role
from tracker.duties.deadlines import find_deadline, read_deadline_cell
from tracker.duties.items import read_items
from tracker.duties.units import split_names
from tracker.ops.entries import EntryWords, write_in
from tracker.ops.fields import set_deadline, set_parts, title_of
from tracker.ops.outcome import Outcome
from tracker.ops.units import Registrar, assign, reassign
from tracker.store.models import Task

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.domain.ledger import LedgerRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office
    from tracker.store.work import Work


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What the clerk typed for a task; None leaves a field as it is, "" empties it."""

    text: str | None = None
    number: str | None = None
    section: str | None = None
    lead: str | None = None
    cooperating: str | None = None
    responsible: str | None = None
    guiding: str | None = None
    persons: str | None = None
    deadline: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) is not None for f in fields(self))


def list_tasks(office: Office, ledger: LedgerRow) -> tuple[TaskRow, ...]:
    """Return a ledger's tasks in their printed order."""
    with office.read() as view:
        return view.tasks(ledger.id)


def find_task(office: Office, code: str) -> TaskRow:
    """Return the task of that code, withdrawn or not.

    Raises:
        UserError: there is none.
    """
    with office.read() as view:
        found = view.task(code)
    if found is None:
        raise UserError(f"没有编号为“{code}”的任务", "", "请用 task list 查看编号")
    return found


def new_task(
    office: Office, ledger: LedgerRow, words: TaskWords, *, who: str, now: datetime
) -> Outcome[str]:
    """Add a task; return its code.

    Raises:
        UserError: the text is empty, or the deadline cannot be read.
    """
    text = (words.text or "").strip()
    if not text:
        raise UserError("任务内容不能为空")
    with office.change("新增事项", who, now) as work:
        row = work.ledger(ledger.id)
        number = work.count(f"task:{row.id}")
        task = Task(
            ledger_id=row.id,
            code=f"{row.id}-{number:03d}",
            text=text,
            title=title_of(text),
            number=(words.number or "").strip(),
            section=(words.section or "").strip(),
            persons=list(split_names(words.persons or "")),
            position=work.next_position(row),
        )
        if words.deadline is None:
            set_deadline(task, find_deadline(text, now.date()))
        else:
            _set_deadline_words(task, words.deadline, now.date())
        set_parts(task, read_items(text))
        work.add(task)
        assign(Registrar(work), task, _roles(words), ())
    return Outcome(task.code, work.changes, f"已新增 {task.code}")


def edit_task(
    office: Office,
    code: str,
    words: TaskWords,
    *,
    who: str,
    now: datetime,
    entry: EntryWords | None = None,
    round_number: int | None = None,
) -> Outcome[str]:
    """Change a task's fields and, where given, its entry in one step; return its code.

    Raises:
        UserError: no such task or round, an empty text, or an unreadable deadline.
    """
    with office.change("修改任务", who, now) as work:
        task = work.task(code)
        _change_fields(work, task, words, now.date())
        if entry:
            write_in(work, task, entry, round_number)
    return Outcome(code, work.changes, f"已修改 {code}")


def _change_fields(work: Work, task: Task, words: TaskWords, today: date) -> None:
    if words.text is not None:
        text = words.text.strip()
        if not text:
            raise UserError("任务内容不能为空")
        task.text, task.title = text, title_of(text)
        set_parts(task, read_items(text))
    if words.number is not None:
        task.number = words.number.strip()
    if words.section is not None:
        task.section = words.section.strip()
    if words.persons is not None:
        task.persons = list(split_names(words.persons))
    if words.deadline is not None:
        _set_deadline_words(task, words.deadline, today)
    registrar = Registrar(work)
    for role in Role:
        names = getattr(words, role.value)
        if names is not None:
            reassign(registrar, task, role, split_names(names))


def _roles(words: TaskWords) -> Roles:
    roles = NO_ROLES
    for role in Role:
        roles = roles.joined(Roles.single(role, split_names(getattr(words, role.value) or "")))
    return roles


def _set_deadline_words(task: Task, words: str, today: date) -> None:
    deadline = read_deadline_cell(words, today)
    if deadline is not None and deadline.date is None and deadline.doubtful:
        raise UserError(
            f"看不懂时限“{words}”", "", "请写成日期（2026-09-30）或“9月底前”“每月25日前”“长期坚持”"
        )
    set_deadline(task, deadline)


def extend_deadline(
    office: Office, code: str, to: str, reason: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Give a task a later deadline; the first one is kept beside it.

    Raises:
        UserError: no such task, no reason, an unreadable date, or no deadline to extend.
    """
    if not reason.strip():
        raise UserError("延期需要写明理由")
    with office.change("延长时限", who, now) as work:
        task = work.task(code)
        if not task.deadline_text and task.deadline_date is None:
            raise UserError(f"任务 {code} 没有时限，谈不上延期", "", "请用 task edit 填写时限")
        first = (task.deadline_text, task.deadline_date)
        _set_deadline_words(task, to, now.date())
        if task.deadline_date is None or (first[1] and task.deadline_date <= first[1]):
            raise UserError("新的时限应晚于原来的时限", "", "请写明具体日期")
        if task.first_deadline_text is None:
            task.first_deadline_text, task.first_deadline_date = first
        task.deadline_reason = reason.strip()
    return Outcome(code, work.changes, f"{code} 的时限已延至 {to}")


@dataclass(frozen=True, slots=True)
class ClosingWords:
    """What a closing (销号) needs: statement, day, who confirmed, evidence or why none."""

    statement: str
    on: date
    by: str
    evidence: str = ""
    no_evidence_because: str = ""


def close_task(
    office: Office, code: str, words: ClosingWords, *, who: str, now: datetime
) -> Outcome[str]:
    """Close a task (销号).

    Raises:
        UserError: no such task, closed already, or something a closing needs is missing.
    """
    _check_closing(words)
    evidence = words.evidence.strip() or f"无需佐证：{words.no_evidence_because.strip()}"
    with office.change("销号", who, now) as work:
        task = work.task(code)
        if task.completion == Completion.CLOSED:
            raise UserError(f"任务 {code} 已经销号")
        closing = {
            "on": words.on.isoformat(),
            "by": words.by.strip(),
            "statement": words.statement.strip(),
            "evidence": evidence,
        }
        task.closings = [*task.closings, closing]
        task.completion = Completion.CLOSED
    return Outcome(code, work.changes, f"{code} 已销号")


def _check_closing(words: ClosingWords) -> None:
    missing = [
        name
        for name, value in (
            ("完成情况说明", words.statement),
            ("确认人", words.by),
            ("佐证材料（或无需佐证的理由）", words.evidence + words.no_evidence_because),
        )
        if not value.strip()
    ]
    if missing:
        raise UserError("销号还缺：" + "、".join(missing))


def reopen_task(office: Office, code: str, reason: str, *, who: str, now: datetime) -> Outcome[str]:
    """Open a closed task again; the old closing stays with the reason.

    Raises:
        UserError: no such task, not closed, or no reason.
    """
    if not reason.strip():
        raise UserError("恢复办理需要写明理由")
    with office.change("恢复办理", who, now) as work:
        task = work.task(code)
        if task.completion != Completion.CLOSED:
            raise UserError(f"任务 {code} 没有销号")
        *earlier, last = task.closings
        task.closings = [*earlier, {**last, "reopened": reason.strip()}]
        task.completion = Completion.IN_PROGRESS
    return Outcome(code, work.changes, f"{code} 已恢复办理")
