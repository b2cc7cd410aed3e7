"""An office that took in a progress table of any length, as the clerk would."""

from __future__ import annotations

import pickle
from datetime import datetime
from typing import TYPE_CHECKING

from tests.benchmarks.sheets import make_sheet

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.content import Content
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office

NOW = datetime(2026, 3, 2, 9, 30)


def make_office(folder: Path, rows: int) -> Path:
    """Return the file of an office that imported `make_sheet`, made once in `folder`."""
    path = folder / f"台账 {rows}.db"
    if path.exists():
        return path
    from tracker.ops.import_table import import_as_new_office, propose_import, read_source

    plan = propose_import(None, read_source(make_sheet(folder, rows)), round_number=1)
    office, _ = import_as_new_office(path, plan, who="张三", now=NOW)
    office.close()
    _keep_content(path)
    return path


def sheet_of(path: Path) -> Path:
    """Return the workbook that the office at `path` imported."""
    return path.with_name(f"推进情况 {path.stem.split()[-1]}.xlsx")


def open_first(path: Path) -> tuple[Office, LedgerRow, RoundRow]:
    """Open an office and return it with its ledger and round."""
    from tracker.ops.ledgers import choose_ledger
    from tracker.ops.office import open_office
    from tracker.ops.rounds import choose_round

    office = open_office(path, NOW)
    ledger = choose_ledger(office, None)
    return office, ledger, choose_round(office, ledger, None)


def read_content(path: Path) -> Content:
    """Return what the situation table of the office at `path` prints."""
    content: Content = pickle.loads(_content_path(path).read_bytes())
    return content


def printed_cells(path: Path) -> list[list[str | int]]:
    """Return the cells of that table as our workbook holds them, whole numbers as such."""
    cells: list[list[str | int]] = pickle.loads(_cells_path(path).read_bytes())
    return cells


def _keep_content(path: Path) -> None:
    """Keep them beside the office, so that a way that only writes need not read it."""
    from tracker.ops.reports import situation_content
    from tracker.reports.looks import load_layout

    office, ledger, round_ = open_first(path)
    content = situation_content(office, ledger, round_, NOW)
    office.close()
    cells: list[list[str | int]] = [[content.annex], [content.title], [*load_layout().headings]]
    for row in content.rows:
        number = int(row.number) if row.number.isdecimal() else row.number
        cells.append([number, row.task, "\n".join(row.units), row.progress])
    _content_path(path).write_bytes(pickle.dumps(content))
    _cells_path(path).write_bytes(pickle.dumps(cells))


def _content_path(path: Path) -> Path:
    return path.with_suffix(".content")


def _cells_path(path: Path) -> Path:
    return path.with_suffix(".cells")
