"""The commands on layouts and templates."""

from __future__ import annotations

import openpyxl
import pytest

from tests.helpers import templates as made
from tests.helpers.command import command


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "台账.db"
    assert command("ledger", "new", "重点工作", "--db", path).status == 0
    assert (
        command("task", "new", "--db", path, "--text", "修桥。", "--lead", "县交通局").status == 0
    )
    assert command("round", "new", "--db", path).status == 0
    return path


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "上期表.xlsx"
    path.write_bytes(made.plain().data)
    return path


def test_a_template_is_added_listed_used_saved_and_removed(db, file, tmp_path):
    added = command("layout", "add", file, "--name", "常务会表", "--db", db, "--json")
    assert added.json == {"name": "模板:常务会表"}
    listed = command("layout", "list", "--db", db, "--json").json
    assert listed["templates"] == [{"name": "模板:常务会表", "file": "上期表.xlsx"}]
    assert "standard" in {each["name"] for each in listed["layouts"]}
    target = tmp_path / "表.xlsx"
    done = command("export", "--db", db, "--layout", "模板:常务会表", "--out", target)
    assert done.status == 0
    assert openpyxl.load_workbook(target)["落实情况"]["B5"].value == "修桥。"
    back = tmp_path / "取出.xlsx"
    assert command("layout", "save", "模板:常务会表", "--out", back, "--db", db).status == 0
    assert back.read_bytes() == file.read_bytes()
    assert command("layout", "remove", "模板:常务会表", "--db", db).status == 0
    assert command("layout", "list", "--db", db, "--json").json["templates"] == []


def test_columns_may_be_said(db, file, tmp_path):
    words = ("--column", "c=空", "--column", "G=units")
    assert command("layout", "add", file, *words, "--db", db).status == 0
    target = tmp_path / "表.xlsx"
    command("export", "--db", db, "--layout", "模板:上期表", "--out", target)
    sheet = openpyxl.load_workbook(target)["落实情况"]
    assert (sheet["C5"].value, sheet["G5"].value) == (None, "县交通局")


def test_a_layout_file_goes_in_and_out(db, tmp_path):
    shared, again = tmp_path / "窄表.toml", tmp_path / "再次.toml"
    assert command("layout", "save", "portrait", "--out", shared, "--db", db).status == 0
    added = command("layout", "add", shared, "--name", "窄表", "--db", db, "--json")
    assert added.json == {"name": "窄表"}
    listed = command("layout", "list", "--db", db, "--json").json["layouts"]
    assert {"name": "窄表", "label": "窄表", "own": True} in listed
    assert command("layout", "save", "窄表", "--out", again, "--db", db).status == 0
    assert command("layout", "remove", "窄表", "--db", db).status == 0


def test_the_list_needs_no_database():
    listed = command("layout", "list")
    assert listed.status == 0
    assert "standard　标准落实情况表" in listed.out


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (("add", "无.xlsx"), 1, "读不出"),
        (("add", "无.toml"), 1, "读不出"),
        (("save", "模板:无", "--out", "甲.xlsx"), 1, "没有“无”这个模板"),
        (("remove", "模板:无"), 1, "没有“无”这个模板"),
        (("remove", "无"), 1, "没有保存过"),
        (("add", "甲.xlsx", "--column", "remark"), 2, "写得不对"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(db, words, status, told, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = command("layout", *words, "--db", db)
    assert done.status == status
    assert told in done.err
