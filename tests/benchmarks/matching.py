"""Last year's tasks, every one put in other words, found again among the stored ones.

Two tables: one in which the rows also stand elsewhere and have other numbers, and one that keeps
its numbers.
"""

from __future__ import annotations

import random
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.harness import Benchmark, Way
from tests.benchmarks.read_table import rows_in
from tests.benchmarks.sheets import make_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.table import TableRow
    from tracker.domain.task import TaskRow

_OTHER_WORDS = (
    ("完成", "推进"),
    ("实施", "组织开展"),
    ("新建改建", "建设提升"),
    ("培育", "新增"),
    ("建成", "建设"),
    ("消除", "整治"),
    ("惠及", "受益"),
    ("开展重点行业领域", "对重点行业"),
    ("，", "、"),
)


def renumbered(path: Path) -> float:
    """Find the tasks of a table whose every row is reworded, moved and numbered anew."""
    rows, tasks = _reworded(path)
    random.Random(len(rows)).shuffle(rows)
    return _matched([replace(row, number=str(n)) for n, row in enumerate(rows, 1)], tasks)


def same_numbers(path: Path) -> float:
    """Find the tasks of a table whose rows are reworded but keep their numbers."""
    return _matched(*_reworded(path))


def every_pair(path: Path) -> float:
    """Compare every row with every task by rapidfuzz, which says nothing of who is whose."""
    import numpy
    from rapidfuzz import fuzz, process

    rows, tasks = _reworded(path)
    texts, stored = [row.task for row in rows], [task.text for task in tasks]
    start = perf_counter()
    for at in range(0, len(texts), 500):  # a whole table of ratios would not fit into memory
        ratios = process.cdist(texts[at : at + 500], stored, scorer=fuzz.ratio, dtype=numpy.uint8)
        ratios.argmax(axis=1)
    return perf_counter() - start


def equal_texts(path: Path) -> float:
    """Look the texts up as they are, which finds none that was reworded."""
    rows, tasks = _reworded(path)
    start = perf_counter()
    known = {task.text: task for task in tasks}
    found = [known.get(row.task) for row in rows]
    taken = perf_counter() - start
    assert len(found) == rows_in(path)
    return taken


def _matched(rows: list[TableRow], tasks: list[TaskRow]) -> float:
    from tracker.base.collecting import uncollected
    from tracker.tables.match import match_rows

    with uncollected():  # as in a proposal
        start = perf_counter()
        pairs = match_rows(rows, tasks)
        taken = perf_counter() - start
    # Seven patterns of thousands of tasks: where words and number differ, two in five may stay new.
    assert len(pairs) > 0.5 * len(rows), f"only {len(pairs)} reworded tasks were found again"
    return taken


def _reworded(path: Path) -> tuple[list[TableRow], list[TaskRow]]:
    from tests.helpers.proposals import stored_task
    from tracker.files.reader import read_file
    from tracker.tables.pipeline import read_table

    rows = read_table(read_file(path)).rows
    tasks = [stored_task(row, number) for number, row in enumerate(rows, 1)]
    return [replace(row, task=_in_other_words(row.task)) for row in rows], tasks


def _in_other_words(text: str) -> str:
    clauses = text.rstrip("。").split("；")
    text = "；".join(clauses[::-1])
    for word, other in _OTHER_WORDS:
        text = text.replace(word, other)
    return f"{text}。"


_LIMIT = Way("a dict of texts", equal_texts)
_PEERS = (Way("rapidfuzz, every pair", every_pair),)

RENUMBERED = Benchmark(
    name="match_renumbered",
    work="find reworded tasks",
    unit="s",
    prepare=make_sheet,
    ours=renumbered,
    peers=_PEERS,
    limit=_LIMIT,
    most=5,
    runs=1,
)
SAME_NUMBERS = Benchmark(
    name="match_numbered",
    work="… that keep their numbers",
    unit="s",
    prepare=make_sheet,
    ours=same_numbers,
    peers=_PEERS,
    limit=_LIMIT,
    most=5,
    runs=1,
)
