"""Drafts in the form that tasks are compared, matched and kept in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.table import Origin, Roles, TableRow
from tracker.domain.task import TaskRow
from tracker.domain.terms import Completion, Role
from tracker.tables.sections import joined_section

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.domain.deadline import Deadline
    from tracker.domain.document import Reading
    from tracker.domain.draft import Draft

_JOINT = "、"


def row_of(draft: Draft, place: int = 0) -> TableRow:
    """Return the draft as a row, its parts' units and persons with the task's."""
    return TableRow(
        task=draft.text,
        number=draft.number,
        section=joined_section(*draft.path),
        roles=draft.all_roles(),
        persons=all_persons(draft),
        deadline=draft.deadline,
        items=draft.items,
        origin=Origin("", place),
    )


def all_persons(draft: Draft) -> tuple[str, ...]:
    """Return the persons of the task and of its parts, each once."""
    named = [*draft.persons, *(name for item in draft.items for name in item.persons)]
    return tuple(dict.fromkeys(named))


def cells_of(draft: Draft) -> dict[str, str]:
    """Return the draft's cells as text, by the names of `FIELD_WORDS`."""
    return _cells(row_of(draft))


def stored_cells(task: TaskRow) -> dict[str, str]:
    """Return the same cells of a stored task."""
    return _cells(task)


def _cells(row: TableRow | TaskRow) -> dict[str, str]:
    return {
        "number": row.number,
        "section": row.section,
        "task": row.task if isinstance(row, TableRow) else row.text,
        **{role.value: _JOINT.join(row.roles.of(role)) for role in Role},
        "persons": _JOINT.join(row.persons),
        "deadline": deadline_cell(row.deadline),
    }


def deadline_cell(deadline: Deadline | None) -> str:
    """Return a deadline's words with the day they mean: 6月底前（2026-06-30）."""
    if deadline is None:
        return ""
    day = deadline.date.isoformat() if deadline.date else ""
    return f"{deadline.text}（{day}）" if day and day != deadline.text else deadline.text


def task_of_reading(reading: Reading, place: int) -> TaskRow:
    """Return what was read from a former version as a task to match drafts with."""
    cells: Mapping[str, str] = reading.fields
    names = {role.value: _split(cells.get(role.value, "")) for role in Role}
    return TaskRow(
        id=place,
        ledger_id=0,
        code="",
        number=cells.get("number", ""),
        section=cells.get("section", ""),
        title="",
        text=cells.get("task", ""),
        roles=Roles(**names),
        units_text="",
        persons=(),
        deadline=None,
        first_deadline=None,
        deadline_reason="",
        completion=Completion.IN_PROGRESS,
        position=place,
    )


def _split(names: str) -> tuple[str, ...]:
    return tuple(name for name in names.split(_JOINT) if name)
