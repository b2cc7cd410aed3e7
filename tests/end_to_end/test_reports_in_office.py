"""Every report of an office as LibreOffice opens and prints it: all words, headings, no cut."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.golden.office import write_reports
from tests.helpers.pages import need_office, read_lines, read_pages, to_pdf
from tests.helpers.parse_back import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.helpers.pages import DrawnPage

pytestmark = pytest.mark.office


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Every workbook and document by its name, with what LibreOffice prints."""
    need_office()
    folder = tmp_path_factory.mktemp("全部 材料")
    reports = {n: p for n, p in write_reports(folder).items() if p.suffix != ".pdf"}
    copies = [folder / f"{number}{path.suffix}" for number, path in enumerate(reports.values())]
    for copy, path in zip(copies, reports.values(), strict=True):
        copy.write_bytes(path.read_bytes())
    pdfs = to_pdf(copies, folder / "pdf")
    return dict(zip(reports, zip(reports.values(), pdfs, strict=True), strict=True))


def cells_of(path: Path) -> Iterator[str]:
    """Give the words of each cell and paragraph of a file."""
    if path.suffix == ".xlsx":
        import openpyxl

        book = openpyxl.load_workbook(path)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                for row in sheet.iter_rows(values_only=True):
                    yield from (str(value) for value in row if value is not None)
        return
    import docx

    document = docx.Document(path)
    yield from (paragraph.text for paragraph in document.paragraphs)
    for table in document.tables:
        yield from (cell.text for row in table.rows for cell in row.cells)


def headings_of(path: Path) -> list[tuple[str, ...]]:
    """Return the rows that a file repeats on every page of a table."""
    if path.suffix == ".xlsx":
        import openpyxl

        found = []
        for sheet in openpyxl.load_workbook(path).worksheets:
            if sheet.sheet_state == "visible" and sheet.print_title_rows:
                last = int(sheet.print_title_rows.rpartition("$")[2])
                found.append(tuple(squeezed(cell.value) for cell in sheet[last]))
        return found
    import docx

    tables = docx.Document(path).tables
    return [
        tuple(squeezed(cell.text) for cell in table.rows[0].cells)
        for table in tables
        if table.rows[0]._tr.xpath("./w:trPr/w:tblHeader")
    ]


def drawn_in(pages: list[DrawnPage], pdf: Path) -> tuple[str, str]:
    """Return all that is drawn: cell by cell, and line by line without page numbers."""
    cells = [cell.text for page in pages for row in page.rows for cell in row.cells]
    around = [text for page in pages for text in (page.above, page.below)]
    lines = [line.text for page in read_lines(pdf) for line in page[:-1]]
    return "|".join((*cells, *around)), "".join(lines)


def test_every_word_of_every_report_is_on_paper(printed: dict[str, tuple[Path, Path]]) -> None:
    missing = []
    for name, (path, pdf) in printed.items():
        cells, lines = drawn_in(read_pages(pdf), pdf)
        for text in cells_of(path):
            words = squeezed(text)
            if words not in cells and words not in lines:
                missing.append(f"{name}: {text}")
    assert missing == []


def test_every_table_repeats_its_heading_and_cuts_nothing(
    printed: dict[str, tuple[Path, Path]],
) -> None:
    found, tables = [], 0
    for name, (path, pdf) in printed.items():
        headings = headings_of(path)
        tables += bool(headings)
        for number, page in enumerate(read_pages(pdf), 1):
            first = tuple(cell.text for cell in page.rows[0].cells) if page.rows else ()
            if headings and first and first not in headings:
                found.append(f"{name} page {number}: {first}")
            found += [f"{name} page {number}: over {row.over}" for row in page.rows if row.over]
    assert found == []
    assert tables > 20
