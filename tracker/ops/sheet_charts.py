"""The 落实情况表 as a workbook with the round's charts on a second sheet (图表)."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable, replace_file
from tracker.base.errors import FileProblem, UserError, reason
from tracker.ops.circular_annexes import chart_pictures
from tracker.ops.reports import export_situation

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.layout import LayoutDraft
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office
    from tracker.ops.table_files import Exported

SHEET = "图表"
ON_A_SHEET = ("states", "units", "trend", "due")
"""Which charts go on the sheet; the wall chart is too large for it."""


def export_with_charts(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    target: Path,
    *,
    now: datetime,
    layout: str | LayoutDraft = "",
) -> Exported:
    """Write the 落实情况表 as .xlsx with its charts as pictures, beside the target and swapped in.

    Args:
        layout: as `export_situation` takes it.

    Raises:
        UserError: another ending, no such layout, nothing to print, or the target cannot be
            written.
    """
    if target.suffix.lower() != ".xlsx":
        raise UserError(
            f"“{target.suffix or target.name}”里不能带图表页",
            "图表页只加在 Excel 工作簿（.xlsx）里",
            "请改用 .xlsx，或把图另存为图片",
        )
    ensure_writable(target)
    from tracker.reports.sheet_pictures import SheetPicture, with_pictures

    try:
        with tempfile.TemporaryDirectory(prefix="tracker-") as folder:
            plain = Path(folder) / target.name
            done = export_situation(office, ledger, round_, plain, now=now, layout=layout)
            book = plain.read_bytes()
    except OSError as error:
        raise FileProblem("临时文件夹不能用", reason(error), "请清理系统盘后再试") from error
    found = chart_pictures(office, ledger, round_, now.date(), ON_A_SHEET)
    pictures = [SheetPicture(p.png, p.caption, p.width, p.height) for p in found]
    whole = with_pictures(book, SHEET, pictures) if pictures else book
    replace_file(target, lambda temporary: _write(temporary, whole))
    return replace(done, path=target)


def _write(target: Path, content: bytes) -> None:
    target.write_bytes(content)
