"""Reading a progress table of ten columns: the file alone, and the table in it understood."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.harness import Benchmark, Way
from tests.benchmarks.sheets import make_sheet

if TYPE_CHECKING:
    from pathlib import Path


def ours(path: Path) -> float:
    """From the file to tasks with units and deadlines."""
    from tracker.files.reader import read_file
    from tracker.files.xlsx import read_workbook  # noqa: F401  imported when first needed
    from tracker.tables.pipeline import read_table

    start = perf_counter()
    table = read_table(read_file(path))
    taken = perf_counter() - start
    assert len(table.rows) == rows_in(path)
    return taken


def ours_file(path: Path) -> float:
    """From the file to its cells."""
    from tracker.files.reader import read_file
    from tracker.files.xlsx import read_workbook  # noqa: F401  imported when first needed

    start = perf_counter()
    read_file(path)
    return perf_counter() - start


def calamine(path: Path) -> float:
    """From the file to the cells' values, by a reader in Rust."""
    from python_calamine import CalamineWorkbook

    start = perf_counter()
    rows = CalamineWorkbook.from_path(str(path)).get_sheet_by_index(0).to_python()
    taken = perf_counter() - start
    assert len(rows) == rows_in(path) + 2
    return taken


def pandas(path: Path) -> float:
    """From the file to a data frame, by what most scripts of offices call."""
    import openpyxl  # noqa: F401  the engine
    import pandas

    start = perf_counter()
    pandas.read_excel(path, header=1, engine="openpyxl")
    return perf_counter() - start


def raw(path: Path) -> float:
    """From the file to the cells' texts, nothing understood."""
    from tests.benchmarks.raw_sheet import raw_rows

    start = perf_counter()
    rows = raw_rows(path)
    taken = perf_counter() - start
    assert len(rows) == rows_in(path) + 2
    return taken


def rows_in(path: Path) -> int:
    """Return how many tasks a workbook of `sheets.make_sheet` holds."""
    return int(path.stem.split()[-1])


_LIMIT = Way("unzip + expat", raw)

READ_FILE = Benchmark(
    name="read_file",
    work="read a sheet: cells",
    unit="s",
    prepare=make_sheet,
    ours=ours_file,
    peers=(
        Way("python-calamine", calamine, needs=("python_calamine",)),
        Way("pandas (openpyxl)", pandas, needs=("pandas", "openpyxl")),
    ),
    limit=_LIMIT,
)
READ_TABLE = Benchmark(
    name="read_table",
    work="read a sheet: tasks",
    unit="s",
    prepare=make_sheet,
    ours=ours,
    peers=(
        Way("python-calamine", calamine, needs=("python_calamine",), at_most=4),
        Way("pandas (openpyxl)", pandas, needs=("pandas", "openpyxl"), at_most=0.5),
    ),
    limit=_LIMIT,
)
