"""A workbook (.xlsx, .xlsm) → grids, custom properties and what could not be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

from tracker.base.collecting import uncollected
from tracker.base.errors import FileProblem
from tracker.files.cell_text import CellTexts
from tracker.files.format_code import builtin_format
from tracker.files.limits import MAX_CHARACTERS
from tracker.files.package import (
    DAMAGE,
    Damaged,
    Package,
    custom_properties,
    damaged,
    elements_of,
    too_much,
)
from tracker.files.sheet import column_letters, read_sheet, read_strings
from tracker.files.sheet_grid import build_grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.base.progress import Progress
    from tracker.files.grid import Grid
    from tracker.files.sheet import RawSheet

_WORKSHEET = "worksheet"
_COMMENTS = frozenset({"comments", "threadedComment"})
_TEXT_BOX = b"txBody>"


@dataclass(frozen=True, slots=True)
class Workbook:
    """What a workbook gives: its sheets as grids, warnings, custom properties."""

    grids: tuple[Grid, ...]
    warnings: tuple[str, ...]
    properties: dict[str, str]


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    kind: str
    hidden: bool


@dataclass(slots=True)
class _Parts:
    """The parts of a workbook that its workbook part names."""

    sheets: list[_Sheet] = field(default_factory=list)
    strings: str = ""
    styles: str = ""
    from_1904: bool = False


@uncollected()
def read_workbook(data: bytes, name: str, sheet: str | None, progress: Progress | None) -> Workbook:
    """Read the visible sheets of a workbook, or the one named.

    Args:
        data: the file's bytes.
        name: the file's name, for messages.
        sheet: the sheet wanted, a hidden one too; None for every visible one.
        progress: told now and then how far the reading is.

    Raises:
        FileProblem: no workbook, damaged, locked, too large, or no such sheet.
    """
    try:
        package = Package(data, name)
        return _read(package, name, sheet, progress)
    except Damaged as error:
        raise damaged(name, str(error)) from error
    except DAMAGE as error:
        raise damaged(name) from error


def _read(package: Package, name: str, wanted: str | None, progress: Progress | None) -> Workbook:
    parts = _find_parts(package)
    chosen, warnings = _choose(parts.sheets, wanted, name)

    def watch(sheet: str) -> Callable[[int], None]:
        def each(row: int) -> None:
            if progress is not None:
                progress.step(f"正在读取“{sheet}”", row)

        return each

    strings = []
    if parts.strings and package.has(parts.strings):
        strings = read_strings(package.chunks(parts.strings), watch(name))
    formats = _formats(package, parts.styles)
    grids, room = [], MAX_CHARACTERS
    for sheet in chosen:
        raw = read_sheet(package.chunks(sheet.part), watch(sheet.name))
        texts = CellTexts(strings, formats, from_1904=parts.from_1904)
        grid, told = build_grid(sheet.name, raw, texts)
        room -= texts.characters
        if room < 0:
            raise too_much(f"最多读 {MAX_CHARACTERS} 个字")
        grids.append(grid)
        warnings += [*told, *_hidden_columns(sheet.name, raw), *_unread(package, sheet)]
    return Workbook(tuple(grids), tuple(warnings), custom_properties(package))


def _find_parts(package: Package) -> _Parts:
    root = next(
        (link.target for link in package.relations("") if link.type == "officeDocument"),
        "xl/workbook.xml",
    )
    links = package.relations(root)
    by_id = {link.id: link for link in links}
    parts = _Parts()
    for element in package.elements(root):
        given = element.attributes
        if element.tag == "workbookPr":
            parts.from_1904 = given.get("date1904") in ("1", "true")
        elif element.path[-2:] == ("sheets", "sheet"):
            link = by_id.get(given.get("id", ""))
            if link is None or not package.has(link.target):
                raise Damaged(f"工作表“{given.get('name', '')}”的内容不在文件里")
            hidden = given.get("state", "visible") != "visible"
            parts.sheets.append(_Sheet(given.get("name", ""), link.target, link.type, hidden))
    for link in links:
        if link.type == "sharedStrings":
            parts.strings = link.target
        elif link.type == "styles":
            parts.styles = link.target
    if not parts.sheets:
        raise Damaged("文件里没有工作表")
    return parts


def _choose(sheets: list[_Sheet], wanted: str | None, name: str) -> tuple[list[_Sheet], list[str]]:
    tables = [sheet for sheet in sheets if sheet.kind == _WORKSHEET]
    if wanted is not None:
        for sheet in tables:
            if sheet.name.strip() == wanted.strip():
                return [sheet], []
        listed = "、".join(f"“{sheet.name}”" for sheet in tables)
        raise FileProblem(
            f"“{name}”里没有名为“{wanted}”的工作表", f"它的工作表有：{listed}", "请核对表名"
        )
    warnings = []
    hidden = [f"“{sheet.name}”" for sheet in tables if sheet.hidden]
    if hidden:
        warnings.append(f"隐藏的工作表{'、'.join(hidden)}没有读取")
    others = [f"“{sheet.name}”" for sheet in sheets if sheet.kind != _WORKSHEET]
    if others:
        warnings.append(f"{'、'.join(others)}是图表，没有读取")
    return [sheet for sheet in tables if not sheet.hidden], warnings


def _formats(package: Package, styles: str) -> list[str]:
    """Return the format code of each cell style."""
    if not styles or not package.has(styles):
        return []
    return list(_formats_in(b"".join(package.chunks(styles))))


@lru_cache(maxsize=4)
def _formats_in(styles: bytes) -> tuple[str, ...]:
    """Return the same; the forms of a round that come back share their styles."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    for element in elements_of((styles,)):
        given = element.attributes
        if element.path[-2:] == ("numFmts", "numFmt"):
            codes[int(given.get("numFmtId", "0"))] = given.get("formatCode", "General")
        elif element.path[-2:] == ("cellXfs", "xf"):
            numbers.append(int(given.get("numFmtId", "0")))
    return tuple(codes.get(number) or builtin_format(number) for number in numbers)


def _hidden_columns(sheet: str, raw: RawSheet) -> list[str]:
    if not raw.hidden_columns:
        return []
    hidden = sorted(
        column
        for column in raw.columns()
        if any(first <= column <= last for first, last in raw.hidden_columns)
    )
    if not hidden:
        return []
    listed = "、".join(column_letters(column) for column in hidden[:20])
    return [f"工作表“{sheet}”有隐藏的列（{listed}），已一并读取"]


def _unread(package: Package, sheet: _Sheet) -> list[str]:
    """Say what stands on the sheet beside its cells: comments and text boxes."""
    links = package.relations(sheet.part)
    warnings = []
    if any(link.type in _COMMENTS for link in links):
        warnings.append(f"工作表“{sheet.name}”有批注，批注的文字没有读取")
    drawings = [link.target for link in links if link.type == "drawing"]
    if any(_TEXT_BOX in b"".join(package.chunks(part)) for part in drawings if package.has(part)):
        warnings.append(f"工作表“{sheet.name}”有文本框，其中的文字没有读取")
    return warnings
