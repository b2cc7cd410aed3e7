"""Writing the situation table: its workbook alone, and the whole way from the office's file."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING

from tests.benchmarks.harness import Benchmark, Way
from tests.benchmarks.offices import NOW, make_office, open_first, printed_cells, read_content

if TYPE_CHECKING:
    from pathlib import Path


def ours(path: Path) -> float:
    """Measure, break, style and write what is printed."""
    import openpyxl  # noqa: F401  imported when first needed

    from tracker.reports.looks import load_layout
    from tracker.reports.situation_xlsx import write_situation_xlsx

    content = read_content(path)
    start = perf_counter()
    write_situation_xlsx(content, load_layout(), _target(path))
    return perf_counter() - start


def ours_whole(path: Path) -> float:
    """Read tasks and entries, fix the content, write it beside the target and swap it in."""
    import openpyxl  # noqa: F401  imported when first needed

    from tracker.ops.reports import export_situation
    from tracker.reports.situation_xlsx import write_situation_xlsx  # noqa: F401

    office, ledger, round_ = open_first(path)
    start = perf_counter()
    export_situation(office, ledger, round_, _target(path), now=NOW)
    taken = perf_counter() - start
    office.close()
    return taken


def openpyxl_bare(path: Path) -> float:
    """The same texts by `Workbook()`, `append` and `save`; no style, no height, no page."""
    from openpyxl import Workbook

    lines = printed_cells(path)
    start = perf_counter()
    book = Workbook()
    sheet = book.active
    for line in lines:
        sheet.append(line)
    book.save(_target(path))
    return perf_counter() - start


def openpyxl_write_only(path: Path) -> float:
    """The same texts by openpyxl's way for large files."""
    from openpyxl import Workbook

    lines = printed_cells(path)
    start = perf_counter()
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for line in lines:
        sheet.append(line)
    book.save(_target(path))
    return perf_counter() - start


def xlsxwriter(path: Path) -> float:
    """The same texts by the fastest writer in Python, nothing kept in memory."""
    import xlsxwriter

    lines = printed_cells(path)
    start = perf_counter()
    book = xlsxwriter.Workbook(str(_target(path)), {"constant_memory": True})
    sheet = book.add_worksheet()
    for row, line in enumerate(lines):
        sheet.write_row(row, 0, line)
    book.close()
    return perf_counter() - start


def _target(path: Path) -> Path:
    return path.with_suffix(".out.xlsx")


_LIMIT = Way("XlsxWriter bare", xlsxwriter, needs=("xlsxwriter",))

WRITE = Benchmark(
    name="write",
    work="write the situation table",
    unit="s",
    prepare=make_office,
    ours=ours,
    peers=(
        Way("openpyxl bare", openpyxl_bare, at_most=1.4),
        Way("openpyxl write-only", openpyxl_write_only),
    ),
    limit=_LIMIT,
)
EXPORT = Benchmark(
    name="export",
    work="export from the office's file",
    unit="s",
    prepare=make_office,
    ours=ours_whole,
    peers=(Way("openpyxl bare", openpyxl_bare, at_most=1.4),),
    limit=_LIMIT,
)
