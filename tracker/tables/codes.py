"""Rows that name their task by its code (任务编码): a column the office took over from a ledger."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from tracker.text.similar import folded_likeness

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.table import TableRow
    from tracker.domain.task import TaskRow

ALIKE = 0.25
"""Likeness that words have where a code means the same task, however reworded."""


def coded_pairs(
    rows: Sequence[TableRow],
    tasks: Sequence[TaskRow],
    row_words: Sequence[str],
    task_words: Sequence[str],
) -> list[tuple[int, int, float]]:
    """Return rows with the tasks whose codes they give, and how alike the words are.

    A code that a task had in an earlier year is as good, unless it is another's now. An office's
    own numbers may look like codes. Only where most of them stand beside words like
    the task's own are they taken for codes.
    """
    places = {code: j for j, task in enumerate(tasks) for code in task.old_codes}
    places |= {task.code: j for j, task in enumerate(tasks) if task.code}
    named = [(i, _code(row, places)) for i, row in enumerate(rows)]
    counted = Counter(places[code] for _, code in named if code)
    found = []
    for i, code in named:
        j = places[code] if code else -1
        if counted[j] == 1:
            found.append((i, j, folded_likeness(row_words[i], task_words[j])))
    alike = sum(like >= ALIKE for _, _, like in found)
    return found if 2 * alike > len(found) else []


def _code(row: TableRow, places: dict[str, int]) -> str:
    values = (row.number, *(text for _, text in row.extra))
    return next((value for value in values if value in places), "")
