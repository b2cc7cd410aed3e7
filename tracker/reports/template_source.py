"""Opening a workbook that is to be a template: what it is, and which of its sheets is meant."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.errors import NoTable, PasswordNeeded, UserError
from tracker.files.reader import read_bytes
from tracker.files.reading import Request
from tracker.files.sniff import Kind, sniff
from tracker.tables.form_stamp import stamp_of
from tracker.tables.pipeline import read_table, sheets_of

if TYPE_CHECKING:
    from tracker.domain.mapping import SheetShape
    from tracker.files.grid import Grid
    from tracker.files.source import Source


def refuse_other_kinds(data: bytes, name: str) -> None:
    """Refuse what is no plain workbook.

    Raises:
        UserError: it says what the file is and what to do.
    """
    kind = sniff(data, name) if data else Kind.TEXT
    if kind is Kind.XLSX and not name.lower().endswith((".xlsm", ".xltm")):
        return
    why = {
        Kind.LOCKED: ("它加了打开密码", "请在 Excel 里去掉密码后另存"),
        Kind.XLS: ("它是旧版的 .xls 或 .et 表格", "请在 Excel 或 WPS 里另存为 .xlsx"),
        Kind.DOCX: ("它是 Word 文档", "请选 Excel 的 .xlsx 表格"),
        Kind.DOC: ("它是 Word 文档", "请选 Excel 的 .xlsx 表格"),
        Kind.PDF: ("它是 PDF", "请选 Excel 的 .xlsx 表格"),
        Kind.XLSX: ("它是启用宏的工作簿，填好的表里宏不能照常运行", "请另存为不带宏的 .xlsx"),
    }.get(kind, ("它不是 Excel 工作簿", "请选 Excel 的 .xlsx 表格"))
    raise UserError(f"“{name}”不能作模板", why[0], f"{why[1]}，再选那个文件")


def _source(data: bytes, name: str, sheet: str | None) -> Source:
    try:
        return read_bytes(data, Request(name, Path(name).suffix, sheet))
    except PasswordNeeded as error:
        raise UserError(f"“{name}”不能作模板", "它加了打开密码", "请去掉密码后另存") from error


def found_table(data: bytes, name: str, sheet: str | None) -> tuple[SheetShape, Grid, list[str]]:
    """Return the sheet with the table, as it was read and as it stands, and what to tell.

    Raises:
        UserError: there is none, more than one on the sheet, or it is a form of ours.
    """
    source = _source(data, name, sheet)
    if stamp_of(source) is not None:
        raise UserError(
            f"“{name}”是发给单位的反馈表，不能作模板",
            "填好的表会被当作单位交回的反馈表",
            "请选一份落实情况表作模板",
        )
    try:
        table = read_table(source, sheet=sheet)
    except NoTable as error:
        raise UserError(
            f"在“{name}”里没有找到落实情况表的表头",
            "表头里要有“工作任务”“重点任务”一类的栏名",
            "请补上栏名，或换一个文件作模板",
        ) from error
    grids = {grid.sheet: grid for grid in sheets_of(source)}
    shape, *more = (each for each in table.shapes if each.tables)
    if len(shape.tables) > 1:
        tops = "、".join(f"第{each.mapping.top}行" for each in shape.tables)
        raise UserError(
            f"模板的工作表“{shape.sheet}”里有 {len(shape.tables)} 个不同的表头",
            f"它们在{tops}",
            "请只留一个表，另存后再作模板",
        )
    others = [f"“{each.sheet}”" for each in more]
    told = [f"工作表{'、'.join(others)}里也有表，没有填，仍是原来的内容"] if others else []
    return shape, grids[shape.sheet], told
