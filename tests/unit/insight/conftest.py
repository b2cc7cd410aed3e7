"""Makers of the values that insight reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tracker.domain.entry import EntryRow
from tracker.domain.table import Roles
from tracker.domain.task import TaskRow
from tracker.domain.terms import Completion

if TYPE_CHECKING:
    from tracker.domain.deadline import Deadline


class MakeTask(Protocol):
    def __call__(
        self,
        task_id: int,
        *lead: str,
        deadline: Deadline | None = None,
        completion: Completion = Completion.IN_PROGRESS,
        **more: Any,
    ) -> TaskRow: ...


class MakeEntry(Protocol):
    def __call__(self, task_id: int, **more: Any) -> EntryRow: ...


@pytest.fixture(scope="session")
def make_task() -> MakeTask:
    """Makes a task by its id and its leads."""

    def make(
        task_id: int,
        *lead: str,
        deadline: Deadline | None = None,
        completion: Completion = Completion.IN_PROGRESS,
        **more: Any,
    ) -> TaskRow:
        values: dict[str, Any] = {
            "ledger_id": 1,
            "code": f"T{task_id:04}",
            "number": str(task_id),
            "section": "",
            "title": f"第{task_id}项工作",
            "text": f"第{task_id}项工作。",
            "roles": Roles(lead=lead),
            "units_text": "",
            "persons": (),
            "first_deadline": None,
            "deadline_reason": "",
            "position": task_id,
        }
        values |= more
        return TaskRow(id=task_id, deadline=deadline, completion=completion, **values)

    return make


@pytest.fixture(scope="session")
def make_entry() -> MakeEntry:
    """Makes the entry of a task."""

    def make(task_id: int, **more: Any) -> EntryRow:
        return EntryRow(id=task_id, task_id=task_id, round_id=1, text="进展。", **more)

    return make
