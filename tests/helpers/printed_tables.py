"""A table as it was asked for, as its file holds it and as it is drawn, laid beside each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from tests.helpers.pages import digit_pixels
from tests.helpers.random_contents import UNDRAWN
from tracker.domain.content import STACKED
from tracker.domain.terms import CONTINUED

if TYPE_CHECKING:
    from pathlib import Path

    from docx.oxml.table import CT_Tc

    from tests.helpers.pages import DrawnPage, DrawnRow
    from tracker.domain.content import Content, ContentRow
    from tracker.reports.looks import Layout

_POINTS_PER_MM = 72 / 25.4
_HELD_BACK, _HELD_BACK_SHARE = 7.0, 0.02
_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_NOT_DRAWN = UNDRAWN | {"\ufffd", "\0"}


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet: texts by column; a row `across` is one cell over all columns."""

    texts: tuple[str, ...]
    height: float
    across: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """One table: what the file holds below its headings, and what is drawn."""

    name: str
    sheet: list[SheetRow]
    pages: list[DrawnPage]
    headings: tuple[str, ...]

    @property
    def rows(self) -> list[DrawnRow]:
        """Return the drawn rows of all pages, headings left out."""
        return [row for page in self.pages for row in page.rows[1:]]


def as_narrow_as_in_excel(layout: Layout, folder: Path) -> Layout:
    """Return the layout by which LibreOffice draws a column here as narrow as Excel does."""
    normal = layout.normal
    return with_digit(layout, digit_pixels(normal.font, normal.size, folder))


def with_digit(layout: Layout, pixels: float) -> Layout:
    """Return the layout for a program that takes a digit to be `pixels` wide."""
    return replace(layout, normal=replace(layout.normal, digit_px=pixels))


def sheet_rows(file: Path) -> list[SheetRow]:
    """Return the rows below the heading, down to the last bordered one.

    Rows of the sheet of which every cell stands over the next as well are one row of the table:
    none of Excel's can be as high as a page.
    """
    import openpyxl

    sheet = openpyxl.load_workbook(file).active
    first, found = int(sheet.freeze_panes[1:]), []
    below = {
        (row, column)
        for each in sheet.merged_cells.ranges
        for row in range(each.min_row + 1, each.max_row + 1)
        for column in range(each.min_col, each.max_col + 1)
    }
    across = {each.min_row for each in sheet.merged_cells.ranges if each.max_col > each.min_col}
    for row in sheet.iter_rows(min_row=first):
        number = row[0].row
        height = sheet.row_dimensions[number].height
        if all((number, cell.column) in below for cell in row):
            found[-1] = replace(found[-1], height=found[-1].height + height)
            continue
        if not any(cell.border.left and cell.border.left.style for cell in row):
            continue
        texts = tuple("" if cell.value is None else str(cell.value) for cell in row)
        found.append(SheetRow(texts, height, number in across))
    return found


def drawable(text: str) -> str:
    """Return `text` without white space and without what no font draws."""
    return "".join(c for c in text if not c.isspace() and c not in _NOT_DRAWN)


def page_faults(printed: Printed, foot: str = "第{page}页共{pages}页") -> list[str]:
    """Say on which page heading, rows or page number are missing."""
    found, count = [], len(printed.pages)
    wanted = tuple(map(drawable, printed.headings))
    for number, page in enumerate(printed.pages, 1):
        headings = tuple(cell.text for cell in page.rows[0].cells) if page.rows else ()
        if headings != wanted:
            found.append(f"{printed.name} page {number}: heading {headings}")
        if len(page.rows) < 2 and printed.sheet:
            found.append(f"{printed.name} page {number}: no row")
        if not page.below.endswith(foot.format(page=number, pages=count)):
            found.append(f"{printed.name} page {number}: footer {page.below}")
    return found


def faults(printed: Printed) -> list[str]:
    """Say what differs between the sheet and the pages."""
    found = page_faults(printed)
    if len(printed.rows) != len(printed.sheet):
        return [*found, f"{printed.name}: {len(printed.rows)} rows for {len(printed.sheet)}"]
    for index, (line, row) in enumerate(zip(printed.sheet, printed.rows, strict=True), 1):
        if row.over:
            found.append(f"{printed.name} row {index}: over the border {row.over!r}")
        cells = [cell.text for cell in row.cells]
        wanted = [drawable(text) for text in line.texts[: len(cells)]]
        if wanted != [drawable(cell) for cell in cells]:
            found.append(f"{printed.name} row {index}: {line.texts} is drawn as {cells}")
    return found


def content_faults(content: Content, layout: Layout, sheet: list[SheetRow]) -> list[str]:
    """Say which cell of the content the rows of the file, put together, do not hold."""
    fields = [column.field for column in layout.columns]
    rest, found, group = list(sheet), [], ""
    for number, row in enumerate(content.rows, 1):
        parts: list[tuple[str, ...]] = []
        while rest and (not parts or rest[0].across or _goes_on(rest[0], fields, row)):
            if rest[0].across and parts and not _is_again(rest[0].texts[0]):
                break
            line = rest.pop(0)
            if line.across:
                group = line.texts[0]
            else:
                parts.append(line.texts)
        for field, pieces in zip(fields, zip(*parts, strict=True), strict=True):
            if field == "group":
                group = _group_of(pieces) or group
            elif not _is_whole(row, field, pieces):
                found.append(f"row {number} {field}: {pieces}")
        if layout.group and _without_mark(group) != squeezed(row.group):
            found.append(f"row {number} stands under {group!r}, not under {row.group!r}")
    return [*found, *(f"nobody asked for {line.texts}" for line in rest)]


def _group_of(pieces: tuple[str, ...]) -> str:
    """Return the group named in the cells of a row: whole or in pieces, or once more."""
    again = [_without_mark(piece) for piece in pieces if piece and _is_again(piece)]
    return "".join(piece for piece in pieces if not _is_again(piece)) or "".join(again[-1:])


def _goes_on(line: SheetRow, fields: list[str], row: ContentRow) -> bool:
    return line.texts[fields.index("number")] == f"{row.number}\n{CONTINUED}"


def _is_again(text: str) -> bool:
    return text.rstrip().endswith(CONTINUED)


def _without_mark(text: str) -> str:
    return squeezed(text).removesuffix(CONTINUED)


def squeezed(text: str) -> str:
    """Return `text` without white space."""
    return "".join(text.split())


def _is_whole(row: ContentRow, field: str, pieces: tuple[str, ...]) -> bool:
    if field == "number":
        return pieces[0] == row.number
    wanted = row.text(field)
    if field not in STACKED:
        return "".join(pieces) == wanted
    printed = [piece for piece in pieces if not piece.endswith(CONTINUED)]
    return squeezed("".join(printed)) == squeezed(wanted)


def word_rows(file: Path) -> list[SheetRow]:
    """Return the rows of a Word file's table below its heading."""
    import docx

    table, found = docx.Document(file).tables[0], []
    for row in table.rows[1:]:
        texts: list[str] = []
        for cell in row._tr.tc_lst:
            merged = cell.tcPr.find(f"{_WORD}vMerge") if cell.tcPr is not None else None
            goes_on = merged is not None and merged.get(f"{_WORD}val") != "restart"
            texts.append("" if goes_on else docx.table._Cell(cell, table).text)
        across = len(texts) == 1 < len(table.columns)
        if not _has_no_border(row._tr.tc_lst[0]):
            found.append(SheetRow(tuple(texts), 0.0, across))
    return found


def _has_no_border(cell: CT_Tc) -> bool:
    """Return whether a cell is of what stands below the table: no line at its left."""
    left = cell.find(f"{_WORD}tcPr/{_WORD}tcBorders/{_WORD}left")
    return left is not None and left.get(f"{_WORD}val") in {"nil", "none"}


def unfilled(printed: Printed, content: Content, layout: Layout) -> list[str]:
    """Say which page has room left for the first row of the next one.

    What must stand together — a group's line or cell and its rows, the last row and the signature
    — may leave more room; a little is held back at the foot, for programs that need more.
    """
    if layout.group or content.signature or content.legend:
        return []
    page = layout.page
    end = (page.height_mm - page.bottom_mm) * _POINTS_PER_MM
    held_back = (end - page.top_mm * _POINTS_PER_MM) * _HELD_BACK_SHARE + _HELD_BACK
    found = []
    for number, (this, following) in enumerate(pairwise(printed.pages), 1):
        left = end - this.bottom - held_back
        if len(following.rows) > 1 and following.rows[1].height < left:
            found.append(f"{printed.name} page {number}: {left:.0f} points left empty")
    return found


def is_shrunk(own: Printed, office: Printed) -> bool:
    """Return whether the other program prints at less than full size."""
    ours, theirs = (table.pages[0].right - table.pages[0].left for table in (own, office))
    return theirs < ours * 0.995


def differing_rows(one: Printed, other: Printed) -> list[str]:
    """Say where two programs draw other words into a cell, on whatever page."""
    if len(one.rows) != len(other.rows):
        return [f"{len(one.rows)} rows and {len(other.rows)}"]
    found = []
    for index, (this, that) in enumerate(zip(one.rows, other.rows, strict=True), 1):
        cells = ("|".join(cell.text for cell in row.cells) for row in (this, that))
        found += _differing(0, f"row {index}", *cells)
    return found


def paged_otherwise(own: Printed, office: Printed) -> list[str]:
    """Say where the pages of LibreOffice are not ours.

    It prints at 98 % where this saves a page: then it may have fewer pages, with the same rows.
    """
    if not is_shrunk(own, office):
        return differing_pages(own.pages, office.pages)
    fewer = len(office.pages) <= len(own.pages)
    return differing_rows(own, office) + ([] if fewer else ["more pages than were reckoned"])


def differing_pages(one: list[DrawnPage], other: list[DrawnPage]) -> list[str]:
    """Say where two programs draw other words into a cell, page for page."""
    if len(one) != len(other):
        return [f"{len(one)} pages and {len(other)} pages"]
    found = []
    for number, (left, right) in enumerate(zip(one, other, strict=True), 1):
        for part in ("above", "below"):
            found += _differing(number, part, getattr(left, part), getattr(right, part))
        if len(left.rows) != len(right.rows):
            found.append(f"page {number}: {len(left.rows)} rows and {len(right.rows)}")
            continue
        for index, (this, that) in enumerate(zip(left.rows, right.rows, strict=True)):
            cells = ("|".join(cell.text for cell in row.cells) for row in (this, that))
            found += _differing(number, f"row {index}", *cells)
    return found


def _differing(page: int, place: str, left: str, right: str) -> list[str]:
    left, right = drawable(left), drawable(right)
    if left == right:
        return []
    left, right = _from_first_difference(left, right)
    return [f"page {page} {place}: {left!r} and {right!r}"]


def _from_first_difference(left: str, right: str) -> tuple[str, str]:
    pairs = zip(left, right, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
    start = max(0, same - 8)
    return left[start : same + 24], right[start : same + 24]
