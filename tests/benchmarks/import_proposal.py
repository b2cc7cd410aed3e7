"""Last round's table again, nothing changed in it: what a table costs that changes nothing."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.harness import Benchmark, Way
from tests.benchmarks.offices import make_office, open_first, sheet_of
from tests.benchmarks.read_table import rows_in

if TYPE_CHECKING:
    from pathlib import Path

_STORED = """
select task.number, task.section, task.text, task.deadline_text, entry.text, entry.problems,
       entry.next_steps, entry.remark
from task left join entry on entry.task_id = task.id order by task.position
"""
_COLUMNS = (0, 1, 2, 5, 6, 7, 8, 9)
"""The columns of the sheet that `_STORED` asks for."""


def ours(path: Path) -> float:
    """Read the sheet, read the ledger, compare every cell and find that all are the same."""
    from tracker.files.xlsx import read_workbook  # noqa: F401  imported when first needed
    from tracker.ops.import_table import propose_import, read_source

    office, ledger, round_ = open_first(path)
    start = perf_counter()
    plan = propose_import(
        office, read_source(sheet_of(path)), ledger=ledger.name, round_number=round_.number
    )
    taken = perf_counter() - start
    office.close()
    assert plan.proposal.same == rows_in(path), "a table that was imported differs from itself"
    return taken


def pandas(path: Path) -> float:
    """Read the sheet and the ledger into data frames and compare them."""
    import openpyxl  # noqa: F401  the engine
    import pandas

    start = perf_counter()
    sheet = pandas.read_excel(sheet_of(path), header=1, dtype=str, engine="openpyxl")
    sheet = sheet.iloc[:, list(_COLUMNS)]
    with closing(sqlite3.connect(path)) as connection:
        stored = pandas.read_sql(_STORED, connection)
    stored.columns = sheet.columns
    differences = sheet.fillna("").compare(stored.fillna("").astype(str))
    taken = perf_counter() - start
    assert differences.empty
    return taken


def raw(path: Path) -> float:
    """Parse the sheet, select the ledger, compare tuples."""
    from tests.benchmarks.raw_sheet import raw_rows

    start = perf_counter()
    rows = raw_rows(sheet_of(path))[2:]
    with closing(sqlite3.connect(path)) as connection:
        stored = [tuple(text or "" for text in row) for row in connection.execute(_STORED)]
    same = [tuple(row[column] for column in _COLUMNS) for row in rows] == stored
    taken = perf_counter() - start
    assert same
    return taken


PROPOSE = Benchmark(
    name="import_proposal",
    work="propose an unchanged sheet",
    unit="s",
    prepare=make_office,
    ours=ours,
    peers=(Way("pandas compare", pandas, needs=("pandas", "openpyxl")),),
    limit=Way("expat + select", raw),
)
