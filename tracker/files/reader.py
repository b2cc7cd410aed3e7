"""Reading any file, or pasted text, into a `Source`. The content decides, not the ending."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem
from tracker.files.cells import csv_grid, csv_separator, text_grid
from tracker.files.decode import decode, unify_line_ends
from tracker.files.flow import Flow
from tracker.files.limits import MAX_CHARACTERS, MAX_FILE_BYTES
from tracker.files.package import too_much
from tracker.files.reading import Reading, Request
from tracker.files.sniff import Kind, sniff
from tracker.files.source import Source

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.files.grid import Grid


def read_file(
    path: Path,
    *,
    sheet: str | None = None,
    password: str | None = None,
    progress: Progress | None = None,
) -> Source:
    """Read a file: a workbook, a document, a web page, a comma-separated table or a text.

    Args:
        path: the file.
        sheet: read only this sheet of a workbook; a hidden one too.
        password: what opens a locked file.
        progress: told now and then how far the reading is; may cancel it.

    Raises:
        FileProblem: the file cannot be read; the message says what it is and what to do.
        Cancelled: the user asked to stop.
    """
    request = Request(path.name or str(path), path.suffix, sheet, password, progress)
    request.step(f"正在打开“{request.name}”")
    return read_bytes(_bytes(path, request.name), request)


def read_bytes(data: bytes, request: Request) -> Source:
    """Read the bytes of a file, wherever they came from.

    Raises:
        FileProblem: they cannot be read; the message says what they are and what to do.
        Cancelled: the user asked to stop.
    """
    kind = sniff(data, request.name)
    if request.sheet is not None and kind not in _WITH_SHEETS:
        raise _no_sheets(request)
    got = _READERS[kind](data, request)
    return Source(
        request.name,
        got.kind or kind,
        got.flow,
        got.grids,
        got.warnings,
        got.properties,
        data,
    )


def read_pasted(text: str, html: str = "") -> Source:
    """Read what lies on the clipboard: prose, or cells copied from a sheet or a document.

    Args:
        text: its plain text.
        html: the same as a web page, where the clipboard holds it; tables are taken from there,
            since plain text loses merged cells and lines inside a cell.

    Raises:
        FileProblem: there is no text in it, or too much.
    """
    if html:
        from tracker.files.html import has_table, read_html

        if has_table(html):
            page = read_html(html, Request("剪贴板"))
            if page.flow.tables:
                content = html.encode("utf-8", errors="surrogatepass")
                return Source("", "html", page.flow, page.grids, page.warnings, content=content)
    unified = unify_line_ends(text)
    if not unified.strip():
        raise FileProblem("没有可读的文字", "粘贴的内容是空的", "请先复制文字或表格，再粘贴")
    got = _reading_of(unified, Request(""))
    content = text.encode("utf-8", errors="surrogatepass")
    return Source("", got.kind, got.flow, got.grids, content=content)


def read_pasted_bytes(data: bytes) -> Source:
    """Read a text that comes over a pipe.

    Raises:
        FileProblem: it is no text, or in an encoding that cannot be told.
    """
    return read_pasted(decode(data, "标准输入"))


def _bytes(path: Path, name: str) -> bytes:
    try:
        mode = os.stat(path).st_mode
        if stat.S_ISDIR(mode):
            raise FileProblem(f"“{name}”是文件夹，不是文件", "", "请选择里面的文件")
        if not stat.S_ISREG(mode):
            raise FileProblem(f"“{name}”不是普通文件", "", "请选择表格或文本文件")
        if name.startswith("~$"):
            raise FileProblem(f"“{name}”是打开文档时的临时文件", "", f"请选择“{name[2:]}”那个文件")
        with path.open("rb") as file:
            data = file.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise FileProblem(f"找不到文件“{path}”", "", "请核对文件名和位置") from error
    except PermissionError as error:
        why = "没有读取权限，或者它正被别的程序独占"
        raise FileProblem(f"打不开“{name}”", why, "请关闭占用它的程序，或换一个位置再试") from error
    except (OSError, ValueError) as error:
        words = getattr(error, "strerror", None) or str(error)
        raise FileProblem(f"打不开“{name}”", f"系统提示：{words}", "请核对文件名和位置") from error
    if len(data) > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 1024 // 1024
        raise FileProblem(
            f"“{name}”太大", f"程序最多读 {limit} MB", "请删去其中的图片等内容，另存后再导入"
        )
    if not data:
        raise _empty(name)
    return data


def _empty(name: str) -> FileProblem:
    return FileProblem(f"“{name}”是空的", "文件里没有文字", "请核对是否选对了文件")


def _no_sheets(request: Request) -> FileProblem:
    return FileProblem(
        f"“{request.name}”里没有名为“{request.sheet}”的工作表",
        "它不是 Excel 工作簿",
        "请去掉表名再导入",
    )


def _workbook(data: bytes, request: Request) -> Reading:
    from tracker.files.xlsx import read_workbook

    book = read_workbook(data, request.name, request.sheet, request.progress)
    return Reading(flow_of(book.grids), book.grids, book.warnings, book.properties)


def _document(data: bytes, request: Request) -> Reading:
    from tracker.files.docx import read_document

    return read_document(data, request)


def _old_workbook(data: bytes, request: Request) -> Reading:
    from tracker.files.xls import read_old_workbook

    book = read_old_workbook(data, request)
    return Reading(flow_of(book.grids), book.grids, book.warnings, book.properties)


def _old_document(data: bytes, request: Request) -> Reading:
    from tracker.files.doc import read_old_document

    return read_old_document(data, request)


def _locked(data: bytes, request: Request) -> Reading:
    from tracker.files.locked import open_package

    held = read_bytes(open_package(data, request), request)
    return Reading(held.flow, held.grids, held.warnings, held.properties, held.kind)


def _pdf(data: bytes, request: Request) -> Reading:
    from tracker.files.pdf import read_pdf

    return read_pdf(data, request)


def _text(data: bytes, request: Request) -> Reading:
    from tracker.files.markup import read_markup

    text = decode(data, request.name)
    if not text.strip():
        raise _empty(request.name)
    marked = read_markup(text, data, request)
    if marked is not None:
        return marked
    if request.sheet is not None:
        raise _no_sheets(request)
    return _reading_of(text, request)


def _reading_of(text: str, request: Request) -> Reading:
    if len(text) > MAX_CHARACTERS:
        raise too_much(f"最多读 {MAX_CHARACTERS} 个字")
    separator = csv_separator(text, request.suffix)
    if separator is None:
        return Reading(Flow.of(text), (text_grid(text),), kind="text")
    grid = csv_grid(text, separator)
    return Reading(flow_of((grid,)), (grid,), kind="csv")


def flow_of(grids: Iterable[Grid]) -> Flow:
    """Return the running text of sheets: their non-empty rows, cells joined by tabs."""
    lines = ("\t".join(cell.text for cell in row) for grid in grids for row in grid.rows if row)
    return Flow.of("\n".join(lines))


_READERS: Mapping[Kind, Callable[[bytes, Request], Reading]] = {
    Kind.TEXT: _text,
    Kind.XLSX: _workbook,
    Kind.DOCX: _document,
    Kind.PDF: _pdf,
    Kind.XLS: _old_workbook,
    Kind.DOC: _old_document,
    Kind.LOCKED: _locked,
}
_WITH_SHEETS = frozenset({Kind.TEXT, Kind.XLSX, Kind.DOCX, Kind.XLS, Kind.DOC, Kind.LOCKED})
