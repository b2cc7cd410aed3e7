"""Writing the fields of stored rows that hold more than one column."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.terms import Completion
from tracker.ops.typed import state_in
from tracker.store.models import Part

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.deadline import Deadline
    from tracker.store.models import Entry, Task


def set_parts(task: Task, items: Sequence[tuple[str, str]]) -> None:
    """Give the task its parts (mark, words); the units of a part stay with its mark."""
    if [part.mark for part in task.parts] == [mark for mark, _ in items]:
        for part, (_, words) in zip(task.parts, items, strict=True):
            part.text = words
        return
    for assignment in task.assignments:
        assignment.part = None
    task.parts.clear()
    for position, (mark, words) in enumerate(items, 1):
        task.parts.append(Part(position=position, mark=mark, text=words))


def title_of(text: str) -> str:
    """Return the task's first sentence without its 。."""
    return text.split("\n", 1)[0].split("。", 1)[0]


def as_typed(stored: str, typed: str) -> str:
    """Return what to store for a typed text: without blanks around it, unless nothing changed.

    A text that came from a file may end in a blank or a line break; to leave it alone is no edit.
    """
    return stored if typed == stored else typed.strip()


def set_deadline(task: Task, deadline: Deadline | None) -> None:
    """Write a deadline's words and what they mean."""
    task.deadline_text = deadline.text if deadline else ""
    task.deadline_date = deadline.date if deadline else None
    task.deadline_recurrence = deadline.recurrence if deadline else None
    task.deadline_day = deadline.day if deadline else None
    task.deadline_doubtful = deadline.doubtful if deadline else False


def set_state(task: Task, entry: Entry, words: str) -> None:
    """Write the state as printed and what it means on both axes; a closed task stays closed."""
    completion, pace = state_in(words)
    entry.state_text = words
    entry.completion = completion
    entry.pace = pace
    if completion is not None and task.completion != Completion.CLOSED:
        task.completion = completion
