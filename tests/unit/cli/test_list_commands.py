"""The commands `list`, `extract`, `pack` and `export --charts`."""

from __future__ import annotations

from datetime import datetime

import openpyxl
import pytest

from tests.helpers.command import command
from tests.helpers.writers import furnish
from tracker.store.files import create_store

NOW = datetime(2026, 3, 6, 9)


@pytest.fixture
def database(office_path, now):
    office = create_store(office_path, now)
    furnish(office, now)
    office.close()
    return office_path


@pytest.fixture
def run(database):
    def call(name, *words):
        return command(name, "--db", database, *words, now=NOW)

    return call


def test_a_list_is_shown_where_no_file_is_named(run):
    ran = run("list", "--kind", "overdue")
    assert ran.status == 0
    lines = ran.out.splitlines()
    assert lines[0] == "春季重点工作第1期逾期任务清单"
    assert lines[1].startswith("逾期1项")
    assert lines[2].startswith("序号　具体目标任务")
    assert "逾期2天" in lines[3]
    assert len(lines) == 4


def test_a_list_is_written_and_told_as_json(run, tmp_path):
    told = run(
        "list", "--kind", "due", "--days", 366, "--out", tmp_path / "到期.xlsx", "--json"
    ).json
    assert (told["kind"], told["count"], told["tasks"]) == ("due", 1, ["1-005"])
    assert told["path"] == str(tmp_path / "到期.xlsx")
    assert openpyxl.load_workbook(tmp_path / "到期.xlsx").active["A1"].value.endswith("清单")


def test_an_empty_list_is_no_failure(run, tmp_path):
    ran = run("list", "--kind", "missing", "--out", tmp_path / "未反馈.docx")
    assert ran.status == 0
    assert run("list", "--kind", "missing", "--json").json["count"] == 0


@pytest.mark.parametrize(
    "words",
    [
        ("list",),
        ("list", "--kind", "else"),
        ("list", "--kind", "slow", "--days", 3),
        ("list", "--kind", "due", "--days", 0),
        ("list", "--kind", "due", "--days", 999999),
        ("extract", "--out", "x.xlsx"),
        ("extract", "--unit", "县住建局", "--all", "--out", "x.xlsx"),
        ("extract", "--unit", "县住建局", "--out", "x.xlsx", "--format", "pdf"),
        ("pack",),
        ("pack", "--out", ".", "--only", "else"),
        ("pack", "--out", ".", "--only", "slips", "--days", 3),
    ],
)
def test_words_that_do_not_fit_together_are_wrong_usage(run, words):
    ran = run(*words)
    assert ran.status == 2
    assert ran.err.startswith("用法有误")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("list", "--kind", "slow", "--out", "没有/表.xlsx"), "不存在"),
        (("list", "--kind", "slow", "--out", "表.txt"), "不能写成"),
        (("list", "--kind", "slow", "--round", 9), "没有第9期"),
        (("extract", "--unit", "县天文台", "--out", "表.xlsx"), "没有登记过"),
        (("extract", "--all", "--out", "没有"), "不存在"),
        (("pack", "--out", "没有"), "不存在"),
        (("pack", "--out", ".", "--layout", "花的"), "没有“花的”这种版式"),
        (("export", "--charts", "--out", "表.pdf"), "只加在 Excel"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(run, tmp_path, monkeypatch, words, said):
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    ran = run(*words)
    assert (ran.status, ran.err.count("\n")) == (1, 1)
    assert said in ran.err
    assert sorted(tmp_path.iterdir()) == before


def test_one_extract_or_all_of_them(run, tmp_path):
    one = run("extract", "--unit", "住建局", "--out", tmp_path / "一.docx", "--json").json
    assert (one["unit"], one["total"], one["overdue"], one["tasks"]) == (
        *("县住建局", 1, 1),
        ["1-001"],
    )
    every = run("extract", "--all", "--out", tmp_path, "--format", "pdf", "--json").json
    by_unit = {each["unit"]: each for each in every["extracts"]}
    assert {key: by_unit["县住建局"][key] for key in ("total", "overdue", "tasks")} == {
        key: one[key] for key in ("total", "overdue", "tasks")
    }
    assert all(each["path"].endswith(".pdf") for each in every["extracts"])


def test_a_pack_of_chosen_parts(run, tmp_path):
    told = run("pack", "--out", tmp_path, "--only", "slips", "lists", "--days", 30, "--json").json
    assert {each["part"] for each in told["files"]} == {"slips", "lists"}
    assert (told["empty"], told["left_out"]) == ([], [])
    ran = run("pack", "--out", tmp_path, "--only", "slips")
    assert ran.out.startswith(f"已输出 {tmp_path}")
    assert "（2）" in ran.out


def test_a_table_with_charts_reads_like_one_without(run, tmp_path):
    target = tmp_path / "表.xlsx"
    told = run("export", "--charts", "--out", target, "--json").json
    assert told["rows"] == 5
    assert openpyxl.load_workbook(target).sheetnames == ["落实情况表", "图表"]
    again = run("import", target, "--round", 1, "--json").json
    assert (again["create"], again["update"], again["conflict"]) == ([], [], [])
