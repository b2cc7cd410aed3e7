"""年度总表 and 单位年度记录 as an independent program prints them: every word on paper."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest

from tests.helpers.pages import need_office, read_pages, to_pdf
from tests.helpers.printed_tables import Printed, content_faults, faults, sheet_rows
from tests.helpers.year_story import CODES, WHO, live_a_year, said
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.table_files import export_table
from tracker.ops.unit_years import unit_table, units_table
from tracker.ops.year import table_of
from tracker.ops.year_facts import year_facts
from tracker.reports.table_pages import table_pages
from tracker.store.files import create_store

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.domain.content import Content
    from tracker.reports.looks import Layout

pytestmark = pytest.mark.office

END = datetime(2026, 12, 28, 9)
LONG = "完成北环路“白改黑”工程量的62.5%，新铺管线3.8公里（含支线），其余路段按计划推进。" * 45


def tables(folder: Path, rounds: int, *, long: bool) -> dict[str, tuple[Content, Layout]]:
    """Return the papers of an invented year of so many rounds."""
    office = create_store(folder / f"{rounds}.db", END)
    try:
        ledger = live_a_year(office, rounds)
        if long:
            write_entry(office, "1-005", EntryWords(progress=LONG), who=WHO, now=END)
        facts = year_facts(office, ledger, END.date())
    finally:
        office.close()
    made = {f"year{rounds}": table_of(facts, END)}
    if rounds == 3:
        made["units"] = units_table(facts, END)
        made["unit"] = unit_table(facts, facts.units[0], END)
    return made


@pytest.fixture(scope="module")
def papers(tmp_path_factory):
    """Every paper with its content, its layout and what LibreOffice draws of its workbook."""
    need_office()
    folder = tmp_path_factory.mktemp("年终")
    made = tables(folder, 3, long=False) | tables(folder, 9, long=True)
    files = [folder / f"{name}.xlsx" for name in made]
    for file, table in zip(files, made.values(), strict=True):
        assert export_table(*table, file).warnings == ()
    pdfs = to_pdf(files, folder / "pdf")
    return {
        name: (content, layout, Printed(name, sheet_rows(file), read_pages(pdf), layout.headings))
        for (name, (content, layout)), file, pdf in zip(made.items(), files, pdfs, strict=True)
    }


@pytest.mark.parametrize("name", ["year3", "year9", "units", "unit"])
def test_every_character_stands_in_its_cell_below_a_heading_on_each_page(papers, name):
    content, layout, printed = papers[name]
    assert faults(printed) == []
    assert content_faults(content, layout, printed.sheet) == []


@pytest.mark.parametrize("name", ["year3", "year9", "units", "unit"])
def test_as_many_pages_are_printed_as_our_own_pagination_says(papers, name):
    content, layout, printed = papers[name]
    assert len(printed.pages) == len(table_pages(content, layout))


@pytest.mark.parametrize(("name", "rounds"), [("year3", 3), ("year9", 9)])
def test_every_entry_is_on_paper_once(papers, name, rounds):
    _content, _layout, printed = papers[name]
    drawn = "".join(cell.text for row in printed.rows for cell in row.cells)
    for code in CODES:
        for number in range(1, rounds + 1):
            replaced = name == "year9" and (code, number) == ("1-005", rounds)
            assert drawn.count(said(code, number)) == int(not replaced)


def test_what_is_below_the_table_is_on_paper_too(papers):
    content, _layout, printed = papers["units"]
    below = printed.pages[-1].below
    assert all("".join(line.split()) in below for line in content.legend)
