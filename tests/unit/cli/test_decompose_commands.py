"""`decompose --db` and `breakdown` as a script would call them."""

from __future__ import annotations

import pytest

from tests.helpers.command import command
from tests.helpers.plans import CORRECTED, PLAN, TITLE

ODD = PLAN.replace("县市场监管局", "县域管局、县市场监管局")


@pytest.fixture
def db(tmp_path):
    return tmp_path / "台账 一.db"


@pytest.fixture
def plan(tmp_path):
    path = tmp_path / "方案 一.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def corrected(tmp_path):
    path = tmp_path / "方案 二.txt"
    path.write_text(CORRECTED, encoding="utf-8")
    return path


def codes(db, *more):
    return [task["code"] for task in command("task", "list", "--db", db, "--json", *more).json]


def test_without_apply_nothing_is_made(plan, db):
    ran = command("decompose", plan, "--db", db)
    assert ran.status == 0
    assert f"专项“{TITLE}”：新增 4 项，一致 0 项，有变化 0 项，待定 0 项" in ran.out
    assert ran.out.endswith("未写入；加 --apply 写入台账\n")
    assert not db.exists()


def test_apply_makes_the_file_and_stores_the_tasks(plan, db):
    ran = command("decompose", plan, "--db", db, "--apply")
    assert ran.status == 0
    assert ran.out.endswith("新建 4 项，更新 0 项，新增单位 6 个\n")
    assert codes(db) == ["1-001", "1-002", "1-003", "1-004"]


def test_a_corrected_version_says_what_it_changes_and_what_it_lacks(plan, corrected, db):
    command("decompose", plan, "--db", db, "--apply")
    ran = command("decompose", corrected, "--db", db, "--json")
    assert ran.status == 0
    assert ran.json["create"] == 1
    assert ran.json["same"] == 1
    assert [(u["task"], u["field"]) for u in ran.json["update"]] == [
        ("1-001", "task"),
        ("1-003", "lead"),
        ("1-003", "cooperating"),
    ]
    assert ran.json["missing"] == ["1-002"]
    assert len(ran.json["tasks"]) == 4
    lines = command("decompose", corrected, "--db", db).out
    assert "更新　1-003　牵头单位：县财政局 → 县发改局" in lines
    assert "本次文件里没有　1-002　疏浚东干渠" in lines
    command("decompose", corrected, "--db", db, "--apply")
    assert len(codes(db)) == 5


def test_doubts_wait_and_the_tasks_are_stored_all_the_same(tmp_path, db):
    path = tmp_path / "方案.txt"
    path.write_text(ODD, encoding="utf-8")
    ran = command("decompose", path, "--db", db, "--apply", "--json")
    assert ran.status == 3
    assert ran.json["units_asked"] == [{"name": "县域管局", "units": ["县城管局"]}]
    assert len(codes(db)) == 4
    assert (
        "暂按两个单位"
        in command("decompose", path).out
        + command("decompose", path, "--db", tmp_path / "无.db").out
    )


def test_of_several_ledgers_the_one_that_knows_the_document_is_taken(plan, corrected, db):
    command("ledger", "new", "--db", db, "甲")
    command("decompose", plan, "--db", db, "--ledger", TITLE, "--apply")
    ran = command("decompose", corrected, "--db", db, "--json")
    assert ran.json["ledger"] == TITLE


def test_of_several_ledgers_one_must_be_named_for_a_new_document(plan, db):
    command("ledger", "new", "--db", db, "甲")
    command("ledger", "new", "--db", db, "乙")
    ran = command("decompose", plan, "--db", db, "--apply")
    assert ran.status == 1
    assert "甲、乙" in ran.err
    assert command("decompose", plan, "--db", db, "--apply", "--ledger", "甲").status == 0
    assert len(codes(db, "--ledger", "甲")) == 4


def test_apply_needs_a_database(plan):
    ran = command("decompose", plan, "--apply")
    assert ran.status == 2
    assert "--db" in ran.err


def test_a_document_without_tasks_makes_no_file(tmp_path, db):
    path = tmp_path / "消息.txt"
    path.write_text("县里昨天举行了龙舟比赛，二十支队伍参加。\n", encoding="utf-8")
    ran = command("decompose", path, "--db", db, "--apply")
    assert ran.out.endswith("没有可以写入的任务\n")
    assert not db.exists()


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_the_breakdown_is_written_in_any_format(plan, db, tmp_path, ending):
    command("decompose", plan, "--db", db, "--apply")
    target = tmp_path / f"责任 分解表.{ending}"
    ran = command("breakdown", "--db", db, "--out", target, "--json")
    assert (ran.status, ran.json["rows"]) == (0, 4)
    rows = command("table", target, "--json").json["rows"]
    assert [row["number"] for row in rows] == ["1", "2", "3", "4"]


def test_a_breakdown_in_another_format_is_refused(plan, db, tmp_path):
    command("decompose", plan, "--db", db, "--apply")
    ran = command("breakdown", "--db", db, "--out", tmp_path / "表.odt")
    assert ran.status == 1
    assert ".xlsx、.docx 或 .pdf" in ran.err
