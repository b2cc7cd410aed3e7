"""Units and persons of a task put in another order, given another role, or taken away.

What was printed and which part (①②) a unit belongs to stays as it is: only the place among the
others, and the role, change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import ROLE_WORDS, Role
from tracker.ops.outcome import Outcome
from tracker.ops.units import in_order, share_places

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.ops.office import Office
    from tracker.store.models import Assignment, Task

NO_LONGER_PRINTED = "；原表的单位写法不再照印，可在留痕里恢复"


def move_unit(
    office: Office,
    code: str,
    name: str,
    role: Role,
    to_role: Role,
    place: int,
    *,
    who: str,
    now: datetime,
) -> Outcome[str]:
    """Put a unit of a task at another place, in its own role or in another one, in one step.

    Args:
        name: as printed.
        place: before which of the other units of `to_role` it goes, counted from 0; at the end
            where there are not so many.

    Raises:
        UserError: no such task, or the unit does not hold that role.
    """
    label = "调整单位次序" if role is to_role else f"改为{ROLE_WORDS[to_role]}"
    with office.change(label, who, now) as work:
        task = work.task(code)
        moved = _rows_of(task, role, name)
        was_held = role is not to_role and _drop_doubles(task, moved, to_role)
        others = [row for row in in_order(task, to_role) if row not in moved]
        for row in moved:
            row.role = to_role.value
        before = _first_of(others, place)
        ordered = [*others[:before], *moved, *others[before:]]
        has_moved = share_places(ordered)
        is_new = has_moved or role is not to_role
        note = _forget_cell(task) if is_new else ""
    if not is_new:
        return Outcome(code, work.changes, "没有变化")
    words = f"已把“{name}”{label}" if role is not to_role else f"已调整“{name}”的次序"
    if was_held:
        words += f"（原来就是{ROLE_WORDS[to_role]}，合为一个）"
    return Outcome(code, work.changes, words + note)


def remove_unit(
    office: Office, code: str, name: str, role: Role, *, who: str, now: datetime
) -> Outcome[str]:
    """Take a unit out of one role of a task, its parts included.

    Raises:
        UserError: no such task, or the unit does not hold that role.
    """
    with office.change(f"移除{ROLE_WORDS[role]}", who, now) as work:
        task = work.task(code)
        for row in _rows_of(task, role, name):
            task.assignments.remove(row)
        note = _forget_cell(task)
    return Outcome(code, work.changes, f"已移除{ROLE_WORDS[role]}“{name}”{note}")


def move_person(
    office: Office, code: str, name: str, place: int, *, who: str, now: datetime
) -> Outcome[str]:
    """Put a responsible person (责任人) before another one.

    Raises:
        UserError: no such task, or it has no such person.
    """
    with office.change("调整责任人次序", who, now) as work:
        task = work.task(code)
        others = _without(task, name)
        wanted = [*others[:place], name, *others[place:]]
        if wanted == task.persons:
            return Outcome(code, work.changes, "没有变化")
        task.persons = wanted
    return Outcome(code, work.changes, f"已调整“{name}”的次序")


def remove_person(office: Office, code: str, name: str, *, who: str, now: datetime) -> Outcome[str]:
    """Take a responsible person away from a task.

    Raises:
        UserError: no such task, or it has no such person.
    """
    with office.change("移除责任人", who, now) as work:
        task = work.task(code)
        task.persons = _without(task, name)
    return Outcome(code, work.changes, f"已移除责任人“{name}”")


def _without(task: Task, name: str) -> list[str]:
    if name not in task.persons:
        raise UserError(f"“{name}”已经不是这项任务的责任人", "", "请刷新后再试")
    return [each for each in task.persons if each != name]


def _rows_of(task: Task, role: Role, name: str) -> list[Assignment]:
    found = [row for row in in_order(task, role) if row.printed == name]
    if not found:
        raise UserError(f"“{name}”已经不是这项任务的{ROLE_WORDS[role]}", "", "请刷新后再试")
    return found


def _drop_doubles(task: Task, moved: list[Assignment], to_role: Role) -> bool:
    """Take away what would stand twice in the new role for the same part; tell whether any."""
    held = {(row.unit_id, row.part) for row in in_order(task, to_role)}
    doubles = [row for row in moved if (row.unit_id, row.part) in held]
    for row in doubles:
        moved.remove(row)
        task.assignments.remove(row)
    return bool(doubles)


def _first_of(rows: Sequence[Assignment], place: int) -> int:
    """Return where the first row of the unit at a place stands; behind all where there is none."""
    names = list(dict.fromkeys(row.printed for row in rows))
    if not 0 <= place < len(names):
        return len(rows)
    return next(at for at, row in enumerate(rows) if row.printed == names[place])


def _forget_cell(task: Task) -> str:
    """Print the units by their roles again; return what to say where a cell said more."""
    had = bool(task.units_text)
    task.units_text = ""
    return NO_LONGER_PRINTED if had else ""
