"""A table as it was asked for, as its file holds it and as it is drawn, laid beside each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tests.helpers.pages import digit_pixels
from tests.helpers.random_contents import UNDRAWN
from tracker.domain.content import STACKED
from tracker.domain.terms import CONTINUED

if TYPE_CHECKING:
    from pathlib import Path

    from tests.helpers.pages import DrawnPage, DrawnRow
    from tracker.domain.content import Content, ContentRow
    from tracker.reports.looks import Layout

_POINTS_PER_MM = 72 / 25.4
_NOT_DRAWN = UNDRAWN | {"\ufffd", "\0"}


@dataclass(frozen=True, slots=True)
class Printed:
    """One table: what the sheet holds below its headings, and what is drawn.

    Attributes:
        sheet: texts by column and the height of each row.
        headings: of the columns, as asked for.
    """

    name: str
    sheet: list[tuple[tuple[str, ...], float]]
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


def sheet_rows(file: Path) -> list[tuple[tuple[str, ...], float]]:
    """Return texts and height of each row below the heading, down to the last bordered one."""
    import openpyxl

    sheet = openpyxl.load_workbook(file).active
    first = int(sheet.freeze_panes[1:])
    return [
        (
            tuple("" if cell.value is None else str(cell.value) for cell in row),
            sheet.row_dimensions[row[0].row].height,
        )
        for row in sheet.iter_rows(min_row=first)
        if row[0].border.left.style
    ]


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
    for index, ((texts, _), row) in enumerate(zip(printed.sheet, printed.rows, strict=True), 1):
        if row.over:
            found.append(f"{printed.name} row {index}: over the border {row.over!r}")
        cells = [cell.text for cell in row.cells]
        wanted = [drawable(text) for text in texts[: len(cells)]]
        if wanted != [drawable(cell) for cell in cells]:
            found.append(f"{printed.name} row {index}: {texts} is drawn as {cells}")
    return found


def content_faults(content: Content, layout: Layout, sheet: list[tuple[tuple[str, ...], float]]):
    """Say which cell of the content the rows of the sheet, put together, do not hold."""
    fields = [column.field for column in layout.columns]
    rest, found = [texts for texts, _ in sheet], []
    for number, row in enumerate(content.rows, 1):
        parts = [rest.pop(0)] if rest else [("",) * len(fields)]
        while rest and _goes_on(rest[0], fields, row):
            parts.append(rest.pop(0))
        for field, pieces in zip(fields, zip(*parts, strict=True), strict=True):
            if not _is_whole(row, field, pieces):
                found.append(f"row {number} {field}: {pieces}")
    return [*found, *(f"nobody asked for {texts}" for texts in rest)]


def _goes_on(texts: tuple[str, ...], fields: list[str], row: ContentRow) -> bool:
    return texts[fields.index("number")] == f"{row.number}\n{CONTINUED}"


def _is_whole(row: ContentRow, field: str, pieces: tuple[str, ...]) -> bool:
    if field == "number":
        return pieces[0] == row.number
    wanted = row.text(field)
    if field not in STACKED:
        return "".join(pieces) == wanted
    printed = [piece for piece in pieces if not piece.endswith(CONTINUED)]
    return "".join("".join(printed).split()) == "".join(wanted.split())


def word_faults(content: Content, layout: Layout, printed: Printed) -> list[str]:
    """Say what a Word table's pages lack; a row may be torn only where it fits no page."""
    found = page_faults(printed, "第{page}页共{pages}页")
    fields = [column.field for column in layout.columns]
    page = layout.page
    room = (page.height_mm - page.top_mm - page.bottom_mm) * _POINTS_PER_MM
    heading = max(page.rows[0].height for page in printed.pages if page.rows)
    drawn = [(row, row.height) for row in printed.rows]
    for number, row in enumerate(content.rows, 1):
        wanted = [drawable(row.text(field)) for field in fields]
        cells, height, over, torn = [""] * len(fields), 0.0, "", 0
        while drawn and (cells != wanted or not torn):
            part, more = drawn.pop(0)
            cells = [a + drawable(b.text) for a, b in zip(cells, part.cells, strict=False)]
            height, over, torn = height + more, over + part.over, torn + 1
        if cells != wanted:
            return [*found, f"{printed.name} row {number}: {wanted} is drawn as {cells}"]
        if over:
            found.append(f"{printed.name} row {number}: over the border {over!r}")
        if torn > 1 and height + heading < room - _POINTS_PER_MM:
            found.append(f"{printed.name} row {number}: torn, with {height:.0f} of {room:.0f}")
    return found + [f"{printed.name}: nobody asked for {row}" for row, _ in drawn]


def unfilled(printed: Printed, layout: Layout) -> list[str]:
    """Say which page has room left for the first row of the next one."""
    page = layout.page
    end = (page.height_mm - page.bottom_mm) * _POINTS_PER_MM
    found = []
    for number, (this, following) in enumerate(
        zip(printed.pages[:-1], printed.pages[1:], strict=True), 1
    ):
        left = end - this.bottom
        if len(following.rows) > 1 and following.rows[1].height < left - 1:
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
        cells = (" | ".join(cell.text for cell in row.cells) for row in (this, that))
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
            cells = (" | ".join(cell.text for cell in row.cells) for row in (this, that))
            found += _differing(number, f"row {index}", *cells)
    return found


def _differing(page: int, place: str, left: str, right: str) -> list[str]:
    if drawable(left) == drawable(right):
        return []
    left, right = _from_first_difference(left, right)
    return [f"page {page} {place}: {left!r} and {right!r}"]


def _from_first_difference(left: str, right: str) -> tuple[str, str]:
    pairs = zip(left, right, strict=False)
    same = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(left), len(right)))
    start = max(0, same - 8)
    return left[start : same + 24], right[start : same + 24]
