"""Tasks by hand: new, changed, extended, closed (销号), reopened."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.instruction import Stage
from tracker.domain.terms import Completion, Role
from tracker.ops.deadline_words import understand_deadline
from tracker.ops.entries import EntryWords, write_in
from tracker.ops.fields import as_typed, set_deadline, set_parts, title_of
from tracker.ops.outcome import Outcome
from tracker.ops.typed import deadline_in, names_in, parts_in
from tracker.ops.units import Registrar, hold_only
from tracker.store.models import Task

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.domain.ledger import LedgerRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office
    from tracker.store.models import Ledger
    from tracker.store.work import Work


@dataclass(frozen=True, slots=True)
class TaskWords:
    """What the clerk typed for a task; None leaves a field as it is, "" empties it.

    Attributes:
        deadline: a date or words (`understand_deadline`); spans count from `instructed_on`.
        completion: any state but closed, which needs `close_task`.
        leader, instructed_on, instruction: who instructed it (批示领导), when, in which words.
    """

    text: str | None = None
    number: str | None = None
    section: str | None = None
    lead: str | None = None
    cooperating: str | None = None
    responsible: str | None = None
    guiding: str | None = None
    persons: str | None = None
    deadline: str | None = None
    completion: Completion | None = None
    leader: str | None = None
    instructed_on: date | None = None
    instruction: str | None = None

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
        raise no_such_task(code)
    return found


def no_such_task(code: str) -> UserError:
    """Return what to raise where no task has this code."""
    return UserError(f"没有编号为“{code}”的任务", "", "请用 task list 查看编号")


def new_task(
    office: Office, ledger: LedgerRow, words: TaskWords, *, who: str, now: datetime
) -> Outcome[str]:
    """Add a task; return its code.

    Raises:
        UserError: the text is empty, or the deadline cannot be read.
    """
    with office.change("新增事项", who, now) as work:
        row = work.ledger(ledger.id)
        task = make_task(work, row, words, now.date(), position=work.next_position(row))
    return Outcome(task.code, work.changes, f"已新增 {task.code}")


def make_task(work: Work, ledger: Ledger, words: TaskWords, today: date, *, position: int) -> Task:
    """Add a task within a unit of work.

    Raises:
        UserError: the text is empty, or the deadline cannot be read.
    """
    text = (words.text or "").strip()
    if not text:
        raise UserError("任务内容不能为空", "", "请填写任务内容")
    number = work.count(f"task:{ledger.id}")
    task = Task(
        ledger_id=ledger.id,
        code=f"{ledger.id}-{number:03d}",
        text=text,
        title=title_of(text),
        position=position,
    )
    set_parts(task, parts_in(text))
    if words.deadline is None:
        set_deadline(task, deadline_in(text, today))
    work.add(task)
    change_fields(Registrar(work), task, replace(words, text=None), today)
    return task


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
    title = f"修改{changed_words(words) or '任务'}" if not entry else "修改任务"
    with office.change(title, who, now) as work:
        task = work.task(code)
        change_fields(Registrar(work), task, words, now.date())
        if entry:
            write_in(work, task, entry, round_number)
    return Outcome(code, work.changes, f"已修改 {code}")


_CHANGED = {
    "deadline": "时限",
    "completion": "状态",
    "persons": "责任人",
    **dict.fromkeys((role.value for role in Role), "单位"),
}
"""What a step is called after that changes nothing else."""
_NAMED_AT_MOST = 2


def changed_words(words: TaskWords) -> str:
    """Return in a word or two what is changed; empty where a step has no such short name."""
    given = [f.name for f in fields(words) if getattr(words, f.name) is not None]
    named = dict.fromkeys(_CHANGED.get(name, "") for name in given)
    return "、".join(named) if all(named) and len(named) <= _NAMED_AT_MOST else ""


def change_fields(registrar: Registrar, task: Task, words: TaskWords, today: date) -> None:
    """Write the typed fields of a task; what stays the same is not touched.

    Raises:
        UserError: an empty text, an unreadable deadline, or a state that needs another way.
    """
    if words.text is not None:
        _set_text(task, as_typed(task.text, words.text))
    for column, typed in _plain_texts(words):
        if typed is not None:
            setattr(task, column, as_typed(getattr(task, column) or "", typed))
    if words.instructed_on is not None:
        task.instructed_on = words.instructed_on
    if words.persons is not None:
        task.persons = list(names_in(words.persons))
    if words.deadline is not None:
        _set_deadline_words(task, words.deadline, today)
    for role in Role:
        typed = getattr(words, role.value)
        if typed is not None and names_in(typed) != printed_names(task, role):
            hold_only(registrar, task, role, names_in(typed))
    if words.completion is not None:
        _set_completion(registrar.work, task, words.completion)


def _set_text(task: Task, text: str) -> None:
    if not text.strip():
        raise UserError("任务内容不能为空", "", "请填写任务内容")
    if text != task.text:
        task.text, task.title = text, title_of(text)
        set_parts(task, parts_in(text))


def _plain_texts(words: TaskWords) -> tuple[tuple[str, str | None], ...]:
    return (
        ("number", words.number),
        ("section", words.section),
        ("instruction_leader", words.leader),
        ("instruction_text", words.instruction),
    )


def printed_names(task: Task, role: Role) -> tuple[str, ...]:
    """Return the printed names of the units that hold a role, each once."""
    held = sorted(
        (a for a in task.assignments if a.role == role), key=lambda a: (a.position, a.id or 0)
    )
    return tuple(dict.fromkeys(a.printed for a in held))


def taken_up(work: Work, task: Task, do: str) -> str:
    """Let a task that is worked on again follow the reforms since; return what changed, in words.

    Raises:
        UserError: a unit was abolished and no single one took its place.
    """
    from tracker.ops.reform_later import follow_reforms

    said = follow_reforms(work, task, do=do)
    return f"；{said}" if said else ""


def _set_completion(work: Work, task: Task, completion: Completion) -> None:
    if completion == task.completion:
        return
    if completion is Completion.CLOSED:
        raise UserError(f"任务 {task.code} 不能直接改为“已销号”", "", "请用“销号”填写说明和佐证")
    if task.completion == Completion.CLOSED:
        raise UserError(f"任务 {task.code} 已经销号", "", "请先恢复办理，再改状态")
    rested = task.completion == Completion.EXCLUDED
    task.completion = completion
    if rested:
        taken_up(work, task, "恢复办理")


def _set_deadline_words(task: Task, words: str, today: date) -> None:
    if words.strip() == task.deadline_text and not task.deadline_doubtful:
        return  # read again in another year, the same words could mean another date
    deadline = understand_deadline(words, today, task.instructed_on)
    if deadline is not None and deadline.date is None and deadline.doubtful:
        raise _unreadable(words)
    set_deadline(task, deadline)


def _unreadable(words: str) -> UserError:
    return UserError(
        f"看不懂时限“{words}”",
        "",
        "请写成日期（2026-09-30）或“9月底前”“5个工作日”“每月25日前”“长期坚持”",
    )


def extend_deadline(
    office: Office, code: str, to: str, reason: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Give a task a later deadline; the first one is kept beside it.

    Raises:
        UserError: no such task, no reason, an unreadable date, or no deadline to extend.
    """
    if not reason.strip():
        raise UserError("延期需要写明理由", "理由记入留痕", "请填写理由")
    with office.change("延长时限", who, now) as work:
        task = work.task(code)
        if not task.deadline_text and task.deadline_date is None:
            raise UserError(f"任务 {code} 没有时限，谈不上延期", "", "请用 task edit 填写时限")
        first = (task.deadline_text, task.deadline_date)
        later = understand_deadline(to, now.date(), task.instructed_on)
        if later is not None and later.date is None and later.doubtful:
            raise _unreadable(to)
        set_deadline(task, later)
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
    """Close a task (销号); where no evidence is named, the files kept with the task are.

    Raises:
        UserError: no such task, closed already, or something a closing needs is missing.
    """
    with office.change("销号", who, now) as work:
        task = work.task(code)
        close_in(task, with_attached(work, task, words))
    return Outcome(code, work.changes, f"{code} 已销号")


def with_attached(work: Work, task: Task, words: ClosingWords) -> ClosingWords:
    """Return the words with the names of the task's files where they say nothing of evidence."""
    if words.evidence.strip() or words.no_evidence_because.strip():
        return words
    return replace(words, evidence="、".join(kept.name for kept in work.attachments(task)))


def close_in(task: Task, words: ClosingWords) -> None:
    """Close a task within a unit of work; an instruction is at its last stage then.

    Raises:
        UserError: closed already, or something a closing needs is missing.
    """
    _check_closing(words)
    if task.completion == Completion.CLOSED:
        raise UserError(f"任务 {task.code} 已经销号", "", "要再办理的，请先恢复办理")
    closing = {
        "on": words.on.isoformat(),
        "by": words.by.strip(),
        "statement": words.statement.strip(),
        "evidence": words.evidence.strip() or f"无需佐证：{words.no_evidence_because.strip()}",
    }
    task.closings = [*task.closings, closing]
    task.completion = Completion.CLOSED
    if task.stage is not None:
        reach(task, Stage.CLOSED, words.on, closing["statement"])


def reach(task: Task, stage: Stage, on: date, remark: str) -> None:
    """Note that an instruction reached a stage."""
    step = {"stage": stage.value, "on": on.isoformat(), "remark": remark}
    task.stages = [*task.stages, step]
    task.stage = stage.value


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
        raise UserError("销号还缺：" + "、".join(missing), "", "请补齐后再销号")


def reopen_task(office: Office, code: str, reason: str, *, who: str, now: datetime) -> Outcome[str]:
    """Open a closed task again; the old closing stays with the reason.

    Raises:
        UserError: no such task, not closed, or no reason.
    """
    if not reason.strip():
        raise UserError("恢复办理需要写明理由", "理由记入留痕", "请填写理由")
    with office.change("恢复办理", who, now) as work:
        task = work.task(code)
        if task.completion != Completion.CLOSED:
            raise UserError(f"任务 {code} 没有销号", "它还在办理", "不用恢复")
        *earlier, last = task.closings
        task.closings = [*earlier, {**last, "reopened": reason.strip()}]
        task.completion = Completion.IN_PROGRESS
        if task.stage == Stage.CLOSED:
            standing = [s["stage"] for s in task.stages if s["stage"] != Stage.CLOSED]
            back = Stage(standing[-1]) if standing else Stage.RECEIVED
            reach(task, back, now.date(), f"恢复办理：{reason.strip()}")
        followed = taken_up(work, task, "恢复办理")
    return Outcome(code, work.changes, f"{code} 已恢复办理{followed}")
