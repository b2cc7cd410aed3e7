"""Changes of several tasks at once: withdrawn, merged, split, edited together, moved."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.domain.terms import ROLE_WORDS, Completion, Role
from tracker.ops.milestones import join_milestones
from tracker.ops.outcome import Outcome
from tracker.ops.tasks import change_fields, changed_words, make_task, printed_names, taken_up
from tracker.ops.units import Registrar
from tracker.store.models import Assignment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.ops.office import Office
    from tracker.ops.tasks import TaskWords
    from tracker.store.models import Task
    from tracker.store.work import Work

COPIED_COLUMNS = ("document_id", "source_sheet", "source_row", "instructed_on", "persons")
"""What a piece takes from the task it was split from; its texts only where none are typed."""

DEADLINE_COLUMNS = (
    "deadline_text",
    "deadline_date",
    "deadline_recurrence",
    "deadline_day",
    "deadline_doubtful",
    "first_deadline_text",
    "first_deadline_date",
    "deadline_reason",
)
EDITED_COLUMNS = (
    *DEADLINE_COLUMNS,
    "section",
    "persons",
    "completion",
    "units_text",
    "instruction_leader",
    "instructed_on",
    "instruction_text",
)


def withdraw_task(
    office: Office, code: str, reason: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Take a task out of the ledger; it is kept with the reason, not counted, not printed.

    Raises:
        UserError: no such task, no reason, or withdrawn already.
    """
    if not reason.strip():
        raise UserError("撤回需要写明理由", "理由记入留痕", "请填写理由")
    with office.change("撤回任务", who, now) as work:
        _standing(work, code).withdrawn = reason.strip()
    return Outcome(code, work.changes, f"{code} 已撤回，不再计数和打印")


def reinstate_task(office: Office, code: str, *, who: str, now: datetime) -> Outcome[str]:
    """Bring a withdrawn or merged task back.

    Raises:
        UserError: no such task, or it is not withdrawn.
    """
    with office.change("恢复任务", who, now) as work:
        task = work.task(code)
        if not _is_gone(task):
            raise UserError(f"任务 {code} 没有撤回", "它还在台账里", "不用恢复")
        task.withdrawn, task.merged_into_id = "", None
        followed = taken_up(work, task, "恢复")
    return Outcome(code, work.changes, f"{code} 已恢复{followed}")


def merge_tasks(
    office: Office, codes: Sequence[str], into: str, reason: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Merge tasks into another one of the same ledger; return the code of that one.

    The merged tasks keep their own words, units and entries and are shown with the task they
    went into; their units join that task in the role they had, and so do their milestones.

    Raises:
        UserError: no such task, no reason, nothing to merge, different ledgers, or withdrawn.
    """
    if not reason.strip():
        raise UserError("合并需要写明理由", "理由记入留痕", "请填写理由")
    others = [code for code in dict.fromkeys(codes) if code != into]
    if not others:
        raise UserError("合并至少要选两项任务", "", "请再选一项")
    with office.change("合并任务", who, now) as work:
        target = _standing(work, into)
        merged = [_standing(work, code) for code in others]
        if any(task.ledger_id != target.ledger_id for task in merged):
            raise UserError("不同专项的任务不能合并", "", "请只选同一个专项的任务")
        joined = [_join_units(Registrar(work), target, merged)]
        steps = join_milestones(target, merged)
        joined.append(f"{steps} 个节点" if steps else "")
        for task in merged:
            task.merged_into_id, task.withdrawn = target.id, reason.strip()
    sentence = f"已把 {'、'.join(others)} 并入 {into}"
    new = "，".join(part for part in joined if part)
    return Outcome(into, work.changes, f"{sentence}；新增{new}" if new else sentence)


def _join_units(registrar: Registrar, target: Task, merged: list[Task]) -> str:
    """Give the target the units it lacks; return them in words."""
    joined = []
    held = {assignment.unit_id for assignment in target.assignments}
    position = max((assignment.position for assignment in target.assignments), default=0)
    for role in Role:
        offered = dict.fromkeys(name for task in merged for name in printed_names(task, role))
        new = {registrar.unit_id(name): name for name in offered}
        new = {i: registrar.printed(name) for i, name in new.items() if i not in held}
        for unit_id, name in new.items():
            held.add(unit_id)
            position += 1
            target.assignments.append(
                Assignment(unit_id=unit_id, role=role.value, position=position, printed=name)
            )
        if new:
            joined.append(f"{ROLE_WORDS[role]}{'、'.join(new.values())}")
    if joined:
        target.units_text = ""  # the printed cell would leave the new units out
    return "，".join(joined)


def split_task(
    office: Office, code: str, pieces: Sequence[TaskWords], *, who: str, now: datetime
) -> Outcome[tuple[str, ...]]:
    """Split a task into new ones that stand in its place; return their codes.

    What a piece leaves as None it takes from the task. The task itself is withdrawn with the
    reason “拆分为 …”; its milestones stay with it, for no one can tell whose they become.

    Raises:
        UserError: no such task, fewer than two pieces, a piece without words, or withdrawn.
    """
    if len(pieces) < 2:
        raise UserError("拆分至少要有两项", "", "请把任务内容分成两段以上")
    with office.change("拆分任务", who, now) as work:
        task = _standing(work, code)
        if task.completion == Completion.CLOSED:
            raise UserError(f"任务 {code} 已经销号", "", "请先恢复办理，再拆分")
        made = [
            _piece(work, task, words, f"{task.number}.{place}" if task.number else "", now)
            for place, words in enumerate(pieces, 1)
        ]
        _place_behind(work, task, made)
        codes = tuple(piece.code for piece in made)
        task.withdrawn = f"拆分为 {'、'.join(codes)}"
        left = len(task.milestones)
    sentence = f"{code} 已{task.withdrawn}"
    if left:
        sentence += f"；原有的 {left} 个节点留在 {code}，请给新任务分别分解到月"
    return Outcome(codes, work.changes, sentence)


def _piece(work: Work, task: Task, words: TaskWords, number: str, now: datetime) -> Task:
    filled: dict[str, Any] = {  # Any: texts and a state, as the fields are
        "number": number,
        "section": task.section,
        "leader": task.instruction_leader,
        "instruction": task.instruction_text,
        "completion": Completion(task.completion),
    }
    filled |= {role.value: "、".join(printed_names(task, role)) for role in Role}
    missing = {name: value for name, value in filled.items() if getattr(words, name) is None}
    typed = replace(words, deadline="" if words.deadline is None else words.deadline, **missing)
    ledger = work.ledger(task.ledger_id)
    piece = make_task(work, ledger, typed, now.date(), position=task.position)
    columns = list(COPIED_COLUMNS) if words.persons is None else list(COPIED_COLUMNS[:-1])
    if words.deadline is None:
        columns += DEADLINE_COLUMNS
    for column in columns:
        setattr(piece, column, getattr(task, column))
    return piece


def edit_many(
    office: Office, codes: Sequence[str], words: TaskWords, *, who: str, now: datetime
) -> Outcome[int]:
    """Change the same fields of several tasks in one step; return how many changed.

    Raises:
        UserError: no such task, or a field that only one task can have (text, number).
    """
    if words.text is not None or words.number is not None:
        raise UserError("任务内容和序号只能逐项修改", "", "请选一项任务再改")
    named, number = changed_words(words), len(set(codes))
    title = f"改 {number} 项的{named}" if named else f"批量修改 {number} 项"
    with office.change(title, who, now) as work:
        registrar = Registrar(work)
        changed = 0
        for task in work.tasks_called(codes):
            before = _picture(task)
            change_fields(registrar, task, words, now.date())
            changed += before != _picture(task)
    return Outcome(changed, work.changes, f"已修改 {changed} 项" if changed else "没有变化")


def _picture(task: Task) -> tuple[object, ...]:
    """Return what `edit_many` may change of a task."""
    names = (printed_names(task, role) for role in Role)
    return (*(getattr(task, column) for column in EDITED_COLUMNS), *names)


def move_task(
    office: Office, code: str, behind: str | None, *, who: str, now: datetime
) -> Outcome[str]:
    """Move a task behind another one of its ledger; None moves it to the top.

    Raises:
        UserError: no such task, or another ledger.
    """
    with office.change("调整次序", who, now) as work:
        task = work.task(code)
        before = work.task(behind) if behind is not None else None
        if before is not None and before.ledger_id != task.ledger_id:
            raise UserError("不能移到另一个专项里", "", "请在本专项里移动")
        if before is not task:
            _place_behind(work, before, [task])
    return Outcome(code, work.changes, f"{code} 已移动")


def _place_behind(work: Work, before: Task | None, moved: list[Task]) -> None:
    """Number the ledger's tasks anew with `moved` behind `before`; untouched ones stay as is."""
    ledger = work.ledger(moved[0].ledger_id)
    order = [task for task in work.tasks(ledger) if task not in moved]
    place = order.index(before) + 1 if before is not None else 0
    order[place:place] = moved
    for position, task in enumerate(order, 1):
        if task.position != position:
            task.position = position


def _standing(work: Work, code: str) -> Task:
    task = work.task(code)
    if _is_gone(task):
        raise UserError(f"任务 {code} 已经撤回或并入别的任务", "", "请先恢复它")
    return task


def _is_gone(task: Task) -> bool:
    return bool(task.withdrawn) or task.merged_into_id is not None
