"""An old workbook (.xls, .et; Excel 5.0 to 2003) → grids, custom properties, warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.files.cell_text import CellTexts
from tracker.files.limits import MAX_CHARACTERS
from tracker.files.ole import MAGIC, OLE_DAMAGE, Container
from tracker.files.package import Damaged, damaged, too_much
from tracker.files.sheet import column_letters
from tracker.files.sheet_grid import build_grid
from tracker.files.xls_globals import read_globals
from tracker.files.xls_sheet import read_sheet
from tracker.files.xlsx import Workbook

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.files.reading import Request
    from tracker.files.sheet import RawSheet
    from tracker.files.xls_globals import SheetPlace
    from tracker.files.xls_sheet import Beside

STREAMS = ("Workbook", "Book")


def read_old_workbook(data: bytes, request: Request) -> Workbook:
    """Read the visible sheets of a workbook, or the one named.

    Raises:
        FileProblem: no workbook, damaged, too large, or no such sheet.
        PasswordNeeded: it is locked.
        Cancelled: the user asked to stop.
    """
    try:
        if not data.startswith(MAGIC):
            return _read(data, {}, request)
        container = Container(data)
        # A file of both versions holds the newer one under the longer name.
        name = next((name for name in STREAMS if container.has(name)), STREAMS[0])
        return _read(container.stream(name), container.custom_properties(), request)
    except Damaged as error:
        raise damaged(request.name, str(error)) from error
    except OLE_DAMAGE as error:
        raise damaged(request.name) from error


def _read(stream: bytes, properties: dict[str, str], request: Request) -> Workbook:
    from tracker.files.locked_xls import unlocked_stream

    stream = unlocked_stream(stream, request)

    def watch(sheet: str) -> Callable[[int], None]:
        return lambda row: request.step(f"正在读取“{sheet}”", row)

    book = read_globals(stream, watch(request.name))
    chosen, warnings = choose_sheets(book.sheets, request.sheet, request.name)
    grids, room = [], MAX_CHARACTERS
    for sheet in chosen:
        raw, beside = read_sheet(stream, sheet.start, book, watch(sheet.name))
        texts = CellTexts([], book.formats, from_1904=book.from_1904)
        grid, told = build_grid(sheet.name, raw, texts)
        room -= texts.characters
        if room < 0:
            raise too_much(f"最多读 {MAX_CHARACTERS} 个字")
        grids.append(grid)
        warnings += [*told, *_hidden_columns(sheet.name, raw), *_unread(sheet.name, beside)]
    return Workbook(tuple(grids), tuple(warnings), properties)


def choose_sheets(
    sheets: list[SheetPlace], wanted: str | None, name: str
) -> tuple[list[SheetPlace], list[str]]:
    """Return the sheets to read, and what is told of the others.

    Raises:
        FileProblem: there is no sheet of the wanted name.
    """
    tables = [sheet for sheet in sheets if sheet.is_table]
    if wanted is not None:
        for sheet in tables:
            if sheet.name.strip() == wanted.strip():
                return [sheet], []
        listed = "、".join(f"“{sheet.name}”" for sheet in tables)
        raise FileProblem(
            f"“{name}”里没有名为“{wanted}”的工作表", f"它的工作表有：{listed}", "请核对表名"
        )
    warnings = []
    hidden = "、".join(f"“{sheet.name}”" for sheet in tables if sheet.hidden)
    if hidden:
        warnings.append(f"隐藏的工作表{hidden}没有读取")
    charts = "、".join(f"“{sheet.name}”" for sheet in sheets if not sheet.is_table)
    if charts:
        warnings.append(f"{charts}是图表，没有读取")
    return [sheet for sheet in tables if not sheet.hidden], warnings


def _hidden_columns(sheet: str, raw: RawSheet) -> list[str]:
    used = {cell.column for cells in raw.rows.values() for cell in cells}
    hidden = sorted(
        column
        for column in used
        if any(first <= column <= last for first, last in raw.hidden_columns)
    )
    if not hidden:
        return []
    listed = "、".join(column_letters(column) for column in hidden[:20])
    return [f"工作表“{sheet}”有隐藏的列（{listed}），已一并读取"]


def _unread(sheet: str, beside: Beside) -> list[str]:
    warnings = []
    if beside.comments:
        warnings.append(f"工作表“{sheet}”有批注，批注的文字没有读取")
    if beside.boxes:
        warnings.append(f"工作表“{sheet}”有文本框，其中的文字没有读取")
    return warnings
