"""`year`, `archive` and `ledger carry` on the command line."""

from __future__ import annotations

import json
from datetime import datetime

import pytest

from tests.helpers.command import command
from tests.helpers.year_story import NAME, live_a_year
from tracker.cli.context import WAITING
from tracker.store.files import create_store

END = datetime(2026, 12, 28, 9)
NEXT = "2027年重点工作"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """An office with a year behind it, made once."""
    path = tmp_path_factory.mktemp("年") / "台账.db"
    office = create_store(path, END)
    live_a_year(office, 2)
    office.close()
    return path


@pytest.fixture
def db(made, tmp_path):
    path = tmp_path / "台账.db"
    path.write_bytes(made.read_bytes())
    return path


def call(*words):
    return command(*words, "--json", now=END)


def told(result):
    return json.loads(result.out)


def test_the_table_of_the_year_is_written(db, tmp_path):
    result = call("year", "table", "--db", db, "--out", tmp_path / "总表.docx")
    assert told(result)["rows"] == 8
    assert (tmp_path / "总表.docx").stat().st_size


def test_records_of_units_are_written_as_one_file_or_into_a_folder(db, tmp_path):
    one = told(call("year", "units", "--db", db, "--out", tmp_path / "单位.xlsx"))
    assert one["paths"] == [str(tmp_path / "单位.xlsx")]
    (housing,) = (unit for unit in one["units"] if unit["unit"] == "县住建局")
    assert housing["endings"]["overdue"] == ["1-006"]
    assert housing["slips"] == {"given": 1, "to_reply": 1, "replied": 1, "late": 1, "overdue": 0}
    folder = tmp_path / "记录"
    several = told(call("year", "units", "--db", db, "--out", folder, "--format", "docx"))
    assert len(several["paths"]) == len(several["units"]) + 1
    assert all(path.suffix == ".docx" for path in folder.iterdir())


def test_a_wrong_ending_makes_no_folder(db, tmp_path):
    result = call("year", "units", "--db", db, "--out", tmp_path / "单位.xls")
    assert result.status == 1
    assert not (tmp_path / "单位.xls").exists()


def test_an_archive_is_made_and_checked(db, tmp_path):
    folder = tmp_path / "归档"
    done = told(call("archive", "make", "--db", db, "--out", folder))
    assert done["files"] == sum(path.is_file() for path in folder.rglob("*")) - 1
    assert call("archive", "check", folder).status == 0
    (folder / "年度总表.pdf").write_bytes(b"x")
    checked = call("archive", "check", folder)
    assert checked.status == WAITING
    assert told(checked)["changed"] == ["年度总表.pdf"]


def test_what_is_unfinished_is_carried_over(db):
    words = ("ledger", "carry", "--db", db, "--ledger", NAME)
    looked = call(*words, "--check")
    assert [task["from"] for task in told(looked)["tasks"]] == ["1-002", "1-005", "1-006"]
    done = call(*words, "--to", NEXT, "--year", "2027", "--only", "1-005", "1-006")
    assert done.status == WAITING
    assert told(done)["to_date"] == ["2-002"]
    kept = call(*words, "--to", NEXT, "--keep-numbers")
    assert [(task["from"], task["code"]) for task in told(kept)["tasks"]] == [("1-002", "2-003")]
    again = call(*words, "--to", NEXT)
    assert (again.status, "没有要结转的任务" in again.err) == (1, True)


def test_an_old_code_names_the_task_that_goes_on(db):
    call("ledger", "carry", "--db", db, "--ledger", NAME, "--to", NEXT)
    slip = ("slip", "new", "--db", db, "--kind", "督办单", "--unit", "县住建局", "--task", "1-006")
    assert told(call(*slip, "--ledger", NEXT))["tasks"] == ["2-003"]
    assert told(call(*slip))["tasks"] == ["1-006"]
