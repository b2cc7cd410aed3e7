"""From a keystroke in the filter to painted rows."""

from __future__ import annotations

import sqlite3
import statistics
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks import start
from tests.benchmarks.harness import Benchmark, Way

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("老桥", "县第7局", "惠及", "", "老桥")
_CELLS = """
select task.code, task.text, task.deadline_text, entry.text,
       (select group_concat(unit.name, '、') from assignment join unit on unit.id = unit_id
        where assignment.task_id = task.id)
from task left join entry on entry.task_id = task.id order by task.position
"""


def ours(path: Path) -> float:
    """Type into the filter of the window; the list is searched in the office's file."""
    application, window, view = start.open_on(path)
    start.settle(application, lambda: window.kit.runner.is_busy)
    times = []
    for word in WORDS:
        begun = perf_counter()
        window.kit.hub.narrow(text=word)
        start.settle(application, lambda: view._find.is_running)
        view.grab()
        times.append(perf_counter() - begun)
    start.settle(application, lambda: window.kit.runner.is_busy)
    return statistics.median(times) * 1000


def proxy_model(path: Path) -> float:
    """Type into Qt's own filter over a table that holds every cell in memory."""
    from PySide6.QtCore import QSortFilterProxyModel
    from PySide6.QtGui import QStandardItem, QStandardItemModel
    from PySide6.QtWidgets import QApplication, QTableView

    application = QApplication([])
    model = QStandardItemModel()
    for row in _cells(path):
        model.appendRow([QStandardItem(text) for text in row])
    proxy = QSortFilterProxyModel()
    proxy.setFilterKeyColumn(-1)
    proxy.setSourceModel(model)
    table = QTableView()
    table.setModel(proxy)
    table.resize(1366, 768)
    table.show()
    table.grab()
    times = []
    for word in WORDS:
        begun = perf_counter()
        proxy.setFilterFixedString(word)
        application.processEvents()
        table.grab()
        times.append(perf_counter() - begun)
    return statistics.median(times) * 1000


def in_memory(path: Path) -> float:
    """Look for the word in every cell, all of them in memory, nothing shown."""
    rows = _cells(path)
    times = []
    for word in WORDS:
        begun = perf_counter()
        [number for number, row in enumerate(rows) if any(word in text for text in row)]
        times.append(perf_counter() - begun)
    return statistics.median(times) * 1000


def _cells(path: Path) -> list[tuple[str, ...]]:
    with closing(sqlite3.connect(path)) as connection:
        return [tuple(text or "" for text in row) for row in connection.execute(_CELLS)]


FILTER = Benchmark(
    name="filter",
    work="keystroke in the filter to rows",
    unit="ms",
    prepare=start.prepare,
    ours=ours,
    peers=(Way("Qt proxy model", proxy_model),),
    limit=Way("look through texts", in_memory),
    sizes=(1_000, 10_000, 100_000),
)
