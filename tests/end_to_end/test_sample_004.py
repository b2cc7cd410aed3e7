"""The real table among the samples: read to the letter, imported, printed, found on paper."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.end_to_end.test_printed_page import Printed, drawable, faults, sheet_rows
from tests.helpers.command import command
from tests.helpers.pages import read_pages, to_pdf

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


@pytest.mark.office
def test_every_character_of_every_cell_is_found_on_paper(db, gold, tmp_path):
    out = tmp_path / "表.xlsx"
    command("export", "--db", db, "--out", out)
    (pdf,) = to_pdf([out], tmp_path / "pdf")
    printed = Printed("004", sheet_rows(out), read_pages(pdf))
    assert faults(printed) == []
    assert len(printed.rows) == 35
    for row, wanted in zip(printed.rows, gold, strict=True):
        assert row.cells[1].text == drawable(plain(wanted["text"]))
        assert row.cells[3].text == drawable(plain(wanted["progress"]))
