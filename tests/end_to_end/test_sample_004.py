"""The real table among the samples: read to the letter, imported, printed, found on paper."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.helpers.command import command
from tests.helpers.pages import digit_pixels, read_pages, to_pdf
from tests.helpers.printed_tables import (
    Printed,
    drawable,
    faults,
    page_faults,
    paged_otherwise,
    sheet_rows,
    unfilled,
)
from tracker.domain.content import Content
from tracker.reports.looks import load_layout

LAYOUTS = ("standard", "portrait")
SHARED = Path(__file__).resolve().parents[3] / "shared"

pytestmark = pytest.mark.skipif(
    not (SHARED / "gold" / "004.json").exists(), reason="the sample documents are not here"
)


@pytest.fixture(scope="module")
def seed():
    return next((SHARED / "seeds").glob("004*"))


@pytest.fixture(scope="module")
def gold():
    return json.loads((SHARED / "gold" / "004.json").read_text(encoding="utf-8"))["rows"]


@pytest.fixture
def db(seed, tmp_path):
    path = tmp_path / "台账.db"
    assert command("import", seed, "--db", path, "--apply").status == 0
    return path


def plain(text):
    return re.sub(r"<[^>]+>", "", text or "").strip()


def test_every_letter_of_every_row_is_read(seed, gold):
    rows = command("table", seed, "--json").json["rows"]
    assert [r["number"] for r in rows] == [g["number"] for g in gold]
    for row, wanted in zip(rows, gold, strict=True):
        assert row["task"] == plain(wanted["text"])
        assert row["progress"] == plain(wanted["progress"])
        assert row["lead"] == wanted["lead"]
        assert row["deadline_date"] == wanted["deadline_date"]
        leads = [(i["mark"], i["lead"]) for i in row["items"] if i["lead"]]
        assert leads == [(i["mark"], i["lead"]) for i in wanted["items"]]


def test_it_comes_in_once_and_its_export_is_the_same(seed, db, tmp_path):
    again = command("import", seed, "--db", db, "--apply", "--json").json
    assert (again["same"], again["create"], again["update"]) == (35, [], [])
    out = tmp_path / "表.xlsx"
    command("export", "--db", db, "--out", out)
    back = command("import", out, "--db", db, "--json").json
    assert (back["same"], back["create"], back["update"], back["conflict"]) == (35, [], [], [])


@pytest.fixture(scope="module")
def printed(seed, tmp_path_factory):
    """The table by layout and kind of file: its pages, and what the file holds."""
    folder = tmp_path_factory.mktemp("第四份")
    db = folder / "台账.db"
    assert command("import", seed, "--db", db, "--apply").status == 0
    narrow = folder / "窄.toml"
    pixels = digit_pixels("Times New Roman", 12.0, folder)
    kinds = [(name, kind) for name in LAYOUTS for kind in ("xlsx", "docx", "pdf")]
    files = {kind: folder / f"{'-'.join(kind)}.{kind[1]}" for kind in kinds}
    for (name, _), out in files.items():
        narrow.write_text(
            f'base = "{name}"\nname = "{name}"\nlabel = "{name}"\n[normal]\ndigit_px = {pixels}\n',
            encoding="utf-8",
        )
        assert command("export", "--db", db, "--out", out, "--layout", narrow).status == 0
    office = [out for kind, out in files.items() if kind[1] != "pdf"]
    pdfs = dict(zip(office, to_pdf(office, folder / "pdf"), strict=True))
    return {kind: (read_pages(pdfs.get(out, out)), out) for kind, out in files.items()}


@pytest.mark.office
@pytest.mark.parametrize("kind", ["xlsx", "docx", "pdf"])
@pytest.mark.parametrize("name", LAYOUTS)
def test_every_character_of_every_cell_is_found_on_paper(printed, gold, name, kind):
    pages, out = printed[name, kind]
    layout = load_layout(name)
    sheet = sheet_rows(out) if kind == "xlsx" else []
    table = Printed(f"004 {name} {kind}", sheet, pages, layout.headings)
    assert (faults(table) if kind == "xlsx" else page_faults(table)) == []
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert [(row[1], row[3]) for row in cells] == [
        (drawable(plain(row["text"])), drawable(plain(row["progress"]))) for row in gold
    ], "no row stands on two pages"
    assert [row.over for row in table.rows if row.over] == []
    assert kind == "docx" or unfilled(table, Content(""), layout) == []


@pytest.mark.office
@pytest.mark.parametrize("name", LAYOUTS)
def test_it_fills_as_many_pages_as_our_own_pagination_says(printed, name):
    reckoned, drawn, word = (
        Printed(kind, [], printed[name, kind][0], ()) for kind in ("pdf", "xlsx", "docx")
    )
    assert paged_otherwise(reckoned, drawn) == []
    # Word sets lines closer where it can: never more pages than were reckoned
    assert len(word.pages) <= len(reckoned.pages)


@pytest.mark.office
@pytest.mark.parametrize("name", LAYOUTS)
def test_no_page_is_less_than_half_used_unless_the_next_row_would_not_fit(printed, name):
    layout = load_layout(name)
    end = (layout.page.height_mm - layout.page.bottom_mm) * 72 / 25.4
    top = layout.page.top_mm * 72 / 25.4
    for kind in ("xlsx", "docx", "pdf"):
        pages = printed[name, kind][0]
        for this, following in pairwise(pages):
            if (this.bottom - top) * 2 < end - top:
                assert following.rows[1].height > end - this.bottom - 1
