"""The most memory that reading and writing takes, above the process at its start.

What is imported on the way counts as well.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks import export, read_table
from tests.benchmarks.harness import Benchmark, Way
from tests.benchmarks.offices import make_office
from tests.benchmarks.sheets import make_sheet

if TYPE_CHECKING:
    from collections.abc import Callable

_STATUS = Path("/proc/self/status")
IS_TOLD = _STATUS.exists()
"""Whether this system tells the peak of a process; only Linux does it as we ask."""


def reading(path: Path) -> float:
    """From the file to tasks."""
    return _above_start(read_table.ours, path)


def reading_pandas(path: Path) -> float:
    """From the file to a data frame."""
    return _above_start(read_table.pandas, path)


def reading_raw(path: Path) -> float:
    """From the file to the cells' texts."""
    return _above_start(read_table.raw, path)


def writing(path: Path) -> float:
    """From the office's file to the workbook."""
    return _above_start(export.ours_whole, path)


def writing_openpyxl(path: Path) -> float:
    """From the texts to a workbook without looks."""
    return _above_start(export.openpyxl_bare, path)


def writing_xlsxwriter(path: Path) -> float:
    """From the texts to a workbook that is never in memory."""
    return _above_start(export.xlsxwriter, path)


def _above_start(work: Callable[[Path], float], path: Path) -> float:
    before = _peak()
    work(path)
    return _peak() - before


def _peak() -> float:
    """Return the most memory this process has held so far, in MB."""
    # `resource` would tell that of the process which started this one, where it held more
    found = re.search(r"VmHWM:\s+(\d+) kB", _STATUS.read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


READING = Benchmark(
    name="memory_read",
    work="memory: read a sheet",
    unit="MB",
    prepare=make_sheet,
    ours=reading,
    peers=(Way("pandas", reading_pandas, needs=("pandas", "openpyxl")),),
    limit=Way("expat, cells kept", reading_raw),
    most=150,
    runs=1,
)
WRITING = Benchmark(
    name="memory_export",
    work="memory: export",
    unit="MB",
    prepare=make_office,
    ours=writing,
    peers=(Way("openpyxl bare", writing_openpyxl),),
    limit=Way("XlsxWriter bare", writing_xlsxwriter, needs=("xlsxwriter",)),
    runs=1,
)
