"""Rows and stored tasks for tests of matching and comparing, without a file or a database."""

from __future__ import annotations

from dataclasses import replace

from tracker.domain.deadline import Deadline
from tracker.domain.entry import EntryRow
from tracker.domain.table import Origin, Roles, Table, TableRow
from tracker.domain.task import PartRow, TaskRow
from tracker.domain.terms import Completion
from tracker.domain.unit import UnitNames

COLUMNS = {
    "number": "序号",
    "task": "工作任务",
    "lead": "牵头单位",
    "deadline": "完成时限",
    "progress": "落实情况",
}


def make_row(task, number="", *, lead=(), at=0, **fields):
    """A row of a table; `lead` names its leads."""
    names = (lead,) if isinstance(lead, str) else tuple(lead)
    roles = fields.pop("roles", Roles(lead=names))
    return TableRow(task, number, roles=roles, origin=Origin("", at), **fields)


def make_table(rows, columns=COLUMNS):
    """A table of these rows, each in a line of its own."""
    placed = [replace(row, origin=Origin("", at)) for at, row in enumerate(rows, 3)]
    return Table("落实情况表", dict(columns), None, tuple(placed))


def stored_task(row, number=1):
    """The task that a row became when it was imported."""
    return TaskRow(
        id=number,
        ledger_id=1,
        code=f"1-{number:03d}",
        number=row.number,
        section=row.section,
        title=row.task,
        text=row.task,
        roles=row.roles,
        units_text=row.units_text,
        persons=row.persons,
        deadline=row.deadline,
        first_deadline=None,
        deadline_reason="",
        completion=Completion.IN_PROGRESS,
        position=number,
        parts=tuple(PartRow(n, i.mark, i.text, i.roles) for n, i in enumerate(row.items, 1)),
    )


def stored_entry(row, number=1):
    """The entry that a row became when it was imported."""
    return EntryRow(
        id=100 + number,
        task_id=number,
        round_id=1,
        text=row.progress,
        state_text=row.status_text,
        percent=row.percent,
        problems=row.problems,
        next_steps=row.next_steps,
        remark=row.note,
        extra=row.extra,
    )


def stored(rows):
    """The tasks and, by task id, the entries that rows became."""
    tasks = [stored_task(row, number) for number, row in enumerate(rows, 1)]
    entries = {number: stored_entry(row, number) for number, row in enumerate(rows, 1)}
    return tasks, entries


def names_of(*known):
    """A finder of units: each argument is one unit with all its names."""
    names = UnitNames()
    for number, own in enumerate(known, 1):
        for name in (own,) if isinstance(own, str) else own:
            names.learn(name, number)
    return names


def due(text, day=None):
    """A deadline as read."""
    return Deadline(text, day)
