"""责任分解表: the stored tasks with who does what until when, as a workbook or a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable, replace_file
from tracker.base.errors import UserError
from tracker.domain.content import Content, ContentRow
from tracker.domain.table import NO_ROLES, Roles
from tracker.ops.reports import Exported

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office

ENDINGS = (".xlsx", ".docx")
"""What a breakdown can be written as."""
_JOINT = "、"


def breakdown_content(office: Office, ledger: LedgerRow, now: datetime) -> Content:
    """Return what the 责任分解表 of a ledger prints.

    Raises:
        UserError: the ledger has no task.
    """
    with office.read() as view:
        tasks = view.tasks(ledger.id)
    if not tasks:
        raise UserError(
            f"专项“{ledger.name}”里没有任务，无表可出", "", "请先分解文件、导入表格或新增任务"
        )
    by_role = all(_fits_two_columns(task) for task in tasks)
    alone = all(_is_plain_list(task) for task in tasks)
    return Content(
        title=f"{ledger.name}责任分解表",
        annex="附件",
        rows=tuple(_row(task, by_role=by_role and not alone) for task in tasks),
        created=now,
    )


def export_breakdown(office: Office, ledger: LedgerRow, target: Path, *, now: datetime) -> Exported:
    """Write the 责任分解表 as .xlsx or .docx, beside the target and swapped in.

    Raises:
        UserError: another ending, nothing to print, or the target cannot be written.
    """
    if target.suffix.lower() not in ENDINGS:
        raise UserError(
            f"不能写成“{target.suffix or target.name}”格式",
            "责任分解表可以写成 .xlsx 或 .docx",
            "请把文件名改为以 .xlsx 或 .docx 结尾",
        )
    ensure_writable(target)
    content = breakdown_content(office, ledger, now)
    warnings: list[str] = []

    def write(temporary: Path) -> None:
        if target.suffix.lower() == ".docx":
            from tracker.reports.breakdown_docx import write_breakdown_docx as write_file
        else:
            from tracker.reports.breakdown import write_breakdown_xlsx as write_file
        warnings.extend(write_file(content, temporary))

    replace_file(target, write)
    return Exported(target, len(content.rows), tuple(warnings))


def _row(task: TaskRow, *, by_role: bool) -> ContentRow:
    deadline = task.deadline
    day = deadline.date if deadline is not None else None
    return ContentRow(
        number=task.number,
        task=task.text,
        section=task.section,
        units=() if by_role else _together(task),
        lead=_column(task, "lead") if by_role else (),
        cooperating=_column(task, "cooperating") if by_role else (),
        persons=task.persons,
        deadline=(deadline.text if deadline else "")
        or (f"{day.year}年{day.month}月{day.day}日" if day else ""),
    )


def _fits_two_columns(task: TaskRow) -> bool:
    """Tell whether 牵头单位 and 配合单位 say all there is of a task's units."""
    return not (task.units_text or task.roles.responsible or task.roles.guiding)


def _is_plain_list(task: TaskRow) -> bool:
    return task.roles == Roles(responsible=task.roles.responsible)


def _column(task: TaskRow, role: str) -> tuple[str, ...]:
    """Return the names that hold a role, one a line; those of a part behind its mark."""
    names: tuple[str, ...] = getattr(task.roles, role)
    of_parts = [(part.mark, getattr(part.roles, role)) for part in task.parts]
    held = {name for _, own in of_parts for name in own}
    whole = tuple(name for name in names if name not in held)
    if role == "cooperating" or held:
        whole = (_JOINT.join(whole),) if whole else ()
    return (*whole, *(f"{mark}{_JOINT.join(own)}" for mark, own in of_parts if own))


def _together(task: TaskRow) -> tuple[str, ...]:
    """Return all units of a task in one cell, in the words of an assignment note."""
    if task.units_text:
        return (task.units_text,)
    of_parts = NO_ROLES
    for part in task.parts:
        of_parts = of_parts.joined(part.roles)
    own = _without(task.roles, of_parts)
    parts = (f"{p.mark}{'，'.join(_words(p.roles))}" for p in task.parts if p.roles)
    return (*_words(own), *parts)


def _without(roles: Roles, others: Roles) -> Roles:
    return Roles(
        *(
            tuple(name for name in mine if name not in theirs)
            for mine, theirs in (
                (roles.lead, others.lead),
                (roles.cooperating, others.cooperating),
                (roles.responsible, others.responsible),
                (roles.guiding, others.guiding),
            )
        )
    )


def _words(roles: Roles) -> Sequence[str]:
    """Return roles as lines: labels, or “A牵头，B配合，C按职责分工负责” where all three are met."""
    lead, cooperating, responsible, guiding = (
        _JOINT.join(names)
        for names in (roles.lead, roles.cooperating, roles.responsible, roles.guiding)
    )
    lines: list[str] = []
    if responsible and (lead or cooperating):
        clauses = [f"{lead}牵头"] if lead else []
        clauses += [f"{cooperating}配合"] if cooperating else []
        lines.append("，".join([*clauses, f"{responsible}按职责分工负责"]))
    else:
        lines += [f"牵头单位：{lead}"] if lead else []
        lines += [f"配合单位：{cooperating}"] if cooperating else []
        lines += [responsible] if responsible else []
    return [*lines, f"指导单位：{guiding}"] if guiding else lines
