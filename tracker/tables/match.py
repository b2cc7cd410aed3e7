"""Which stored task a row of a table stands for.

Exact agreement decides first (number and words, then words alone); what is left is scored by
likeness of the words, helped by number and units, in one assignment over all rows, so that two
rows never take one task. A sure match is taken; a doubtful one is asked with its reasons.
"""

from __future__ import annotations

from collections import defaultdict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.text.segments import fold
from tracker.text.similar import likeness

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from tracker.domain.table import TableRow
    from tracker.domain.task import TaskRow

SURE = 0.9
"""Likeness of the words that is enough by itself."""
SURE_WITH_HELP = 0.7
"""Likeness that is enough where number or units agree as well."""
POSSIBLE = 0.5
"""Likeness from which a row is asked about, if number or units agree."""
POSSIBLE_ALONE = 0.75
"""Likeness from which a row is asked about by its words alone."""
MARGIN = 0.08
"""A sure match must be better than the next candidate by this much."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A row (index) taken for a task (index), with the reasons in the user's words."""

    row: int
    task: int
    score: float
    sure: bool
    reasons: tuple[str, ...]


def match_rows(rows: Sequence[TableRow], tasks: Sequence[TaskRow]) -> tuple[Pair, ...]:
    """Return the pairs found, by row; a row without a pair is new."""
    pairs: list[Pair] = []
    open_rows = list(range(len(rows)))
    open_tasks = list(range(len(tasks)))
    row_words = [fold(row.task) for row in rows]
    task_words = [fold(task.text) for task in tasks]
    exact: list[tuple[str, Callable[[int], Hashable], Callable[[int], Hashable]]] = [
        (
            "分类、序号、任务文字都相同",
            lambda i: (rows[i].section, rows[i].number, row_words[i]),
            lambda j: (tasks[j].section, tasks[j].number, task_words[j]),
        ),
        (
            "序号、任务文字相同",
            lambda i: (rows[i].number, row_words[i]),
            lambda j: (tasks[j].number, task_words[j]),
        ),
        ("任务文字相同", lambda i: row_words[i], lambda j: task_words[j]),
    ]
    for reason, row_key, task_key in exact:
        found = _pair_by_key(open_rows, open_tasks, row_key, task_key)
        pairs += [Pair(i, j, 1.0, True, (reason,)) for i, j in found]
        open_rows = _without(open_rows, (i for i, _ in found))
        open_tasks = _without(open_tasks, (j for _, j in found))
    scored = [
        candidate
        for i in open_rows
        for j in open_tasks
        if (candidate := _score(i, j, rows[i], tasks[j], row_words[i], task_words[j]))
    ]
    pairs += _assign(scored)
    return tuple(sorted(pairs, key=lambda pair: pair.row))


def _pair_by_key(
    open_rows: list[int],
    open_tasks: list[int],
    row_key: Callable[[int], Hashable],
    task_key: Callable[[int], Hashable],
) -> list[tuple[int, int]]:
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for j in open_tasks:
        waiting[task_key(j)].append(j)
    return [(i, waiting[key].popleft()) for i in open_rows if waiting.get(key := row_key(i))]


def _without(indexes: list[int], gone: Iterable[int]) -> list[int]:
    taken = set(gone)
    return [i for i in indexes if i not in taken]


def _score(i: int, j: int, row: TableRow, task: TaskRow, words: str, stored: str) -> Pair | None:
    like = likeness(words, stored)
    if like < POSSIBLE:
        return None
    same_number = bool(row.number) and row.number == task.number
    named, known = set(row.roles.names()), set(task.roles.names())
    shared = len(named & known) / len(named | known) if named | known else 0.0
    helped = same_number or shared >= 0.5
    if like < POSSIBLE_ALONE and not helped:
        return None
    reasons = [f"任务文字相似度 {like:.2f}"]
    reasons += ["序号相同"] if same_number else []
    reasons += ["单位相同"] if shared == 1 else (["单位部分相同"] if shared else [])
    sure = like >= SURE or (like >= SURE_WITH_HELP and helped)
    return Pair(i, j, like + 0.1 * same_number + 0.1 * shared, sure, tuple(reasons))


def _assign(scored: list[Pair]) -> list[Pair]:
    """Give each row its best free task, the best pair first; a close second makes it doubtful."""
    by_row: dict[int, list[Pair]] = defaultdict(list)
    for pair in scored:
        by_row[pair.row].append(pair)
    taken_rows: set[int] = set()
    taken_tasks: set[int] = set()
    chosen = []
    for pair in sorted(scored, key=lambda p: (-p.score, p.row, p.task)):
        if pair.row in taken_rows or pair.task in taken_tasks:
            continue
        rivals = [
            p.score for p in by_row[pair.row] if p.task != pair.task and p.task not in taken_tasks
        ]
        close = bool(rivals) and pair.score - max(rivals) < MARGIN
        reasons = (*pair.reasons, "还有一项同样相近") if close else pair.reasons
        chosen.append(Pair(pair.row, pair.task, pair.score, pair.sure and not close, reasons))
        taken_rows.add(pair.row)
        taken_tasks.add(pair.task)
    return chosen
