"""责任分解表: the stored tasks with who does what until when, as workbook, document or PDF."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.base.errors import UserError
from tracker.domain.content import Content, ContentRow
from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import ROLE_WORDS, Role
from tracker.duties.notes import read_unit_cell
from tracker.ops.table_files import Exported, check_ending, export_table
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office

_JOINT = "、"


def breakdown_content(office: Office, ledger: LedgerRow, now: datetime) -> Content:
    """Return what the 责任分解表 of a ledger prints.

    Raises:
        UserError: the ledger has no task.
    """
    with office.read() as view:
        tasks = view.tasks(ledger.id)
    return breakdown_of(ledger, tasks, now)


def breakdown_of(ledger: LedgerRow, tasks: Sequence[TaskRow], now: datetime) -> Content:
    """Return what the 责任分解表 of these tasks prints, as those of a closed round.

    Raises:
        UserError: there is no task.
    """
    if not tasks:
        raise UserError(
            f"专项“{ledger.name}”里没有任务，无表可出", "", "请先分解文件、导入表格或新增任务"
        )
    print_row = _by_role if _has_columns_by_role(tasks) else _in_one_column
    return Content(
        title=f"{ledger.name}责任分解表",
        annex="附件",
        rows=tuple(print_row(task) for task in tasks),
        created=now,
    )


def _has_columns_by_role(tasks: Sequence[TaskRow]) -> bool:
    """Tell whether 牵头单位 and 配合单位 say all there is of most tasks' units."""
    plain = sum(not (task.roles.responsible or task.roles.guiding) for task in tasks)
    named = any(task.roles.lead or task.roles.cooperating for task in tasks)
    return named and 2 * plain >= len(tasks)


def export_breakdown(office: Office, ledger: LedgerRow, target: Path, *, now: datetime) -> Exported:
    """Write the 责任分解表 as .xlsx, .docx or .pdf, beside the target and swapped in.

    Raises:
        UserError: another ending, nothing to print, or the target cannot be written.
    """
    check_ending(target, "责任分解表")
    ensure_writable(target)
    content = breakdown_content(office, ledger, now)
    from tracker.reports.breakdown import breakdown_layout

    return export_table(content, breakdown_layout(content), target)


def _by_role(task: TaskRow) -> ContentRow:
    """Print 牵头单位 and 配合单位; other duties stand in the first column with their label."""
    said = _said(task, Role.LEAD)
    if task.units_text and replace(said, cooperating=task.roles.cooperating) == task.roles:
        rest = tuple(n for n in task.roles.cooperating if n not in said.cooperating)
        cooperating = (_JOINT.join(rest),) if rest else ()
        return replace(_row(task), lead=(task.units_text,), cooperating=cooperating)
    own = _own(task)
    lead = list(own.lead)
    if own.responsible or own.guiding:
        lead = _lines(replace(own, cooperating=()), bare=Role.LEAD)
    lead += [
        f"{part.mark}{'，'.join(_lines(replace(part.roles, cooperating=()), bare=Role.LEAD))}"
        for part in task.parts
        if replace(part.roles, cooperating=())
    ]
    others = [_JOINT.join(own.cooperating)] if own.cooperating else []
    others += [
        f"{part.mark}{_JOINT.join(part.roles.cooperating)}"
        for part in task.parts
        if part.roles.cooperating
    ]
    return replace(_row(task), lead=tuple(lead), cooperating=tuple(others))


def _in_one_column(task: TaskRow) -> ContentRow:
    """Print all units of a task in one cell, in the words of an assignment note."""
    if task.units_text and _said(task, Role.RESPONSIBLE) == task.roles:
        return replace(_row(task), units=(task.units_text,))
    lines = _lines(_own(task), bare=Role.RESPONSIBLE)
    parts = (
        f"{part.mark}{'，'.join(_lines(part.roles, bare=Role.RESPONSIBLE))}"
        for part in task.parts
        if part.roles
    )
    return replace(_row(task), units=(*lines, *parts))


def _said(task: TaskRow, heading: Role) -> Roles:
    """Return who does what by the printed words of the unit cell, as they read under a heading."""
    return read_unit_cell(task.units_text, heading).roles


def _row(task: TaskRow) -> ContentRow:
    deadline = task.deadline
    day = deadline.date if deadline is not None else None
    return ContentRow(
        number=task.number,
        task=task.text,
        section=task.section,
        persons=task.persons,
        deadline=(deadline.text if deadline else "") or (long_date(day) if day else ""),
    )


def _own(task: TaskRow) -> Roles:
    """Return the units of the task that none of its parts has."""
    of_parts = NO_ROLES
    for part in task.parts:
        of_parts = of_parts.joined(part.roles)
    held = {role: of_parts.of(role) for role in Role}
    return Roles(
        *(tuple(name for name in task.roles.of(role) if name not in held[role]) for role in Role)
    )


def _lines(roles: Roles, *, bare: Role) -> list[str]:
    """Return units with their labels, or as “A牵头，B按职责分工负责” where a label would mislead.

    Beside a 牵头单位 the label 责任单位 stands for those who cooperate.

    Args:
        roles: the units.
        bare: the role that the column's heading gives, which needs no label.
    """
    named = {role: _JOINT.join(roles.of(role)) for role in Role}
    if named[Role.RESPONSIBLE] and (named[Role.LEAD] or named[Role.COOPERATING]):
        clauses = [f"{named[role]}{verb}" for role, verb in _VERBS.items() if named[role]]
        lines = ["，".join(clauses)]
    else:
        lines = [
            named[role] if role is bare else f"{ROLE_WORDS[role]}：{named[role]}"
            for role in (Role.LEAD, Role.COOPERATING, Role.RESPONSIBLE)
            if named[role]
        ]
    guiding = named[Role.GUIDING]
    return [*lines, f"{ROLE_WORDS[Role.GUIDING]}：{guiding}"] if guiding else lines


_VERBS = {Role.LEAD: "牵头", Role.COOPERATING: "配合", Role.RESPONSIBLE: "按职责分工负责"}
