"""Random tables on paper: as workbook, Word document and our own PDF, nothing cut, nothing torn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.pages import digit_pixels, need_office, read_pages, to_pdf
from tests.helpers.printed_tables import (
    Printed,
    content_faults,
    faults,
    paged_otherwise,
    sheet_rows,
    unfilled,
    with_digit,
    word_rows,
)
from tests.helpers.random_contents import drawn_by_any, random_table
from tracker.printing.fonts import drawing_application
from tracker.printing.pages import write_pages
from tracker.reports.situation_xlsx import write_situation_xlsx
from tracker.reports.table_docx import write_table_docx
from tracker.reports.table_pages import table_pages

if TYPE_CHECKING:
    from pathlib import Path


pytestmark = pytest.mark.office

_BATCH = 25


def printed_faults(seeds: range, folder: Path) -> list[str]:
    """Print the tables of all `seeds` three ways and say what is wrong with any."""
    need_office()
    pixels = digit_pixels("Times New Roman", 12.0, folder)
    tables = {f"table{seed:03}": random_table(seed) for seed in seeds}
    files: list[Path] = []
    with drawing_application():
        for name, (content, layout) in tables.items():
            files += [folder / f"{name}.xlsx", folder / f"{name}-word.docx"]
            assert write_situation_xlsx(content, with_digit(layout, pixels), files[-2]) == ()
            assert write_table_docx(drawn_by_any(content), layout, files[-1]) == ()
            pages = table_pages(content, layout)
            write_pages(pages, content.title, folder / f"{name}-own.pdf")
    office = dict(zip(files, map(read_pages, to_pdf(files, folder / "pdf")), strict=True))
    found = []
    for name, (content, layout) in tables.items():
        book, document = folder / f"{name}.xlsx", folder / f"{name}-word.docx"
        sheet, letter = sheet_rows(book), word_rows(document)
        calc = Printed(name, sheet, office[book], layout.headings)
        word = Printed(f"{name} docx", letter, office[document], layout.headings)
        own = Printed(f"{name} pdf", sheet, read_pages(folder / f"{name}-own.pdf"), layout.headings)
        found += [f"{name}: {fault}" for fault in content_faults(content, layout, sheet)]
        found += [
            f"{name} docx: {fault}"
            for fault in content_faults(drawn_by_any(content), layout, letter)
        ]
        found += faults(calc) + faults(own) + faults(word)
        reckoned = table_pages(drawn_by_any(content), layout)
        # Word ends its pages by itself: a row more or less on one
        if abs(len(word.pages) - len(reckoned)) > 1:
            found.append(f"{name} docx: {len(word.pages)} pages, {len(reckoned)} were reckoned")
        found += unfilled(own, content, layout)
        found += [f"{name}: {fault}" for fault in paged_otherwise(own, calc)]
    return found


def test_no_character_of_a_few_random_tables_is_cut_and_no_row_torn(tmp_path: Path) -> None:
    assert printed_faults(range(5), tmp_path) == []


@pytest.mark.long
@pytest.mark.parametrize("start", range(0, 500, _BATCH))
def test_no_character_of_500_random_tables_is_cut_and_no_row_torn(
    tmp_path: Path, start: int
) -> None:
    assert printed_faults(range(start, start + _BATCH), tmp_path) == []
