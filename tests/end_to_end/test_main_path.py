"""From last round's table to this round's printed table, as a script would do it."""

from __future__ import annotations

from datetime import timedelta

import openpyxl
import pytest

from tests.helpers.command import MORNING, command
from tests.helpers.samples import ROWS, situation_text


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "上期 落实情况.txt"
    path.write_text(situation_text(), encoding="utf-8")
    return path


@pytest.fixture
def db(tmp_path, table):
    path = tmp_path / "台账.db"
    assert command("import", table, "--db", path, "--apply").status == 0
    return path


def tasks(db):
    return command("task", "list", "--db", db, "--json").json


def test_a_table_is_read_without_touching_anything(table, tmp_path):
    read = command("table", table, "--json").json
    assert [row["number"] for row in read["rows"]] == ["1", "2", "3", "4"]
    assert read["title"] == "王县长在全县干部大会上的讲话部署落实情况表"
    assert read["rows"][0]["deadline_date"] == "2026-12-31"
    assert read["rows"][1]["lead"] == ["县招商办", "县工信局(园区办)"]
    assert read["rows"][1]["progress"].endswith("增速<5%。")
    items = read["rows"][2]["items"]
    assert [(i["mark"], i["lead"]) for i in items] == [
        ("①", ["县城管局"]),
        ("②", ["县城管局"]),
        ("③", ["县商务局", "东关街道办事处"]),
    ]
    assert items[1]["progress"] == "已划线320个，其余正在选址"
    assert list(tmp_path.iterdir()) == [table]


def test_an_import_without_apply_writes_nothing(table, tmp_path):
    ran = command("import", table, "--db", tmp_path / "新.db", "--json")
    assert len(ran.json["create"]) == 4
    assert not (tmp_path / "新.db").exists()


def test_importing_the_same_table_twice_changes_nothing(table, db):
    before = db.read_bytes()
    ran = command("import", table, "--db", db, "--apply", "--json")
    assert ran.status == 0
    assert (ran.json["same"], ran.json["create"], ran.json["update"]) == (4, [], [])
    assert db.read_bytes() == before


def test_an_exported_round_comes_back_as_the_same(db, tmp_path):
    out = tmp_path / "落实情况表.xlsx"
    assert command("export", "--db", db, "--out", out).status == 0
    ran = command("import", out, "--db", db, "--apply", "--json")
    assert ran.status == 0
    assert (ran.json["same"], ran.json["create"], ran.json["update"]) == (4, [], [])


def test_text_that_looks_like_a_formula_stays_text(db, tmp_path):
    out = tmp_path / "落实情况表.xlsx"
    command("export", "--db", db, "--out", out)
    cells = [c for row in openpyxl.load_workbook(out).active.iter_rows() for c in row]
    (cell,) = [c for c in cells if isinstance(c.value, str) and c.value.startswith("=")]
    assert cell.value == ROWS[3][3]
    assert cell.data_type == "s"


def test_a_new_round_starts_from_the_last_and_both_print_as_they_are(db, tmp_path):
    command("round", "new", "--db", db, "--cut-off", "2026-03-31")
    code = tasks(db)[3]["code"]
    command("task", "edit", code, "--db", db, "--progress", "已印发实施。")
    notes = {}
    for number in (1, 2):
        out = tmp_path / f"{number}.xlsx"
        command("export", "--db", db, "--round", number, "--out", out)
        notes[number] = [row["progress"] for row in command("table", out, "--json").json["rows"]]
    assert notes[1][3] == ROWS[3][3]
    assert notes[2][3] == "已印发实施。"
    assert notes[1][:3] == notes[2][:3]


def test_undo_takes_an_import_back_whole(table, db):
    assert command("history", "undo", "--db", db).status == 0
    assert command("ledger", "list", "--db", db, "--json").json == []
    assert command("history", "redo", "--db", db).status == 0
    assert len(tasks(db)) == 4


def test_a_changed_table_updates_cell_by_cell(table, db):
    changed = situation_text().replace("签约 2 家", "签约 3 家")
    table.write_text(changed, encoding="utf-8")
    ran = command("import", table, "--db", db, "--apply", "--json")
    (update,) = ran.json["update"]
    assert update["field"] == "progress"
    assert "签约 2 家" in update["old"]
    assert "签约 3 家" in update["new"]
    assert ran.json["same"] == 3
    assert "签约 3 家" in tasks(db)[1]["entry"]["progress"]


def test_an_empty_cell_never_empties_a_stored_one(table, db):
    table.write_text(situation_text([(n, t, u, "") for n, t, u, _ in ROWS]), encoding="utf-8")
    assert command("import", table, "--db", db, "--apply", "--json").json["same"] == 4
    assert tasks(db)[3]["entry"]["progress"] == ROWS[3][3]


def test_a_cell_changed_after_the_export_waits_as_a_conflict(db, tmp_path):
    out = tmp_path / "送审.xlsx"
    command("export", "--db", db, "--out", out, now=MORNING + timedelta(hours=1))
    code = tasks(db)[3]["code"]
    later = MORNING + timedelta(hours=2)
    command("task", "edit", code, "--db", db, "--progress", "台账里后改的。", now=later)
    ran = command("import", out, "--db", db, "--apply", "--json", now=MORNING + timedelta(hours=3))
    assert ran.status == 3
    (conflict,) = ran.json["conflict"]
    assert (conflict["task"], conflict["field"]) == (code, "progress")
    assert conflict["values"] == ["台账里后改的。", ROWS[3][3]]
    assert tasks(db)[3]["entry"]["progress"] == "台账里后改的。"


def test_an_extended_deadline_survives_the_old_tables_words(table, db):
    code = tasks(db)[0]["code"]
    ran = command("task", "extend", code, "--db", db, "--to", "2027-03-31", "--reason", "汛期停工")
    assert ran.status == 0, ran.err
    assert command("import", table, "--db", db, "--apply", "--json").json["same"] == 4
    task = tasks(db)[0]
    assert task["deadline"]["date"] == "2027-03-31"
    assert task["first_deadline"]["date"] == "2026-12-31"


def test_an_older_table_with_a_deadline_column_does_not_take_an_extension_back(tmp_path):
    table, db = tmp_path / "表.txt", tmp_path / "台账.db"
    table.write_text(
        "序号\t工作任务\t牵头单位\t完成时限\n1\t修桥\t县交通局\t2026-06-30", encoding="utf-8"
    )
    command("import", table, "--db", db, "--apply")
    code = tasks(db)[0]["code"]
    command("task", "extend", code, "--db", db, "--to", "2026-09-30", "--reason", "汛期停工")
    assert command("import", table, "--db", db, "--apply", "--json").json["same"] == 1
    assert tasks(db)[0]["deadline"]["date"] == "2026-09-30"


def test_a_closing_needs_its_evidence_and_reopening_keeps_it(db):
    code = tasks(db)[0]["code"]
    refused = command("task", "close", code, "--db", db, "--statement", "已完工")
    assert refused.status == 1
    assert "佐证" in refused.err
    command("task", "close", code, "--db", db, "--statement", "已完工", "--evidence", "验收单")
    command("task", "reopen", code, "--db", db, "--reason", "栏杆松动")
    (closing,) = tasks(db)[0]["closings"]
    assert (closing["statement"], closing["reopened"]) == ("已完工", "栏杆松动")


def test_an_edit_that_fails_half_way_changes_nothing(db):
    code = tasks(db)[0]["code"]
    before = db.read_bytes()
    ran = command(
        "task", "edit", code, "--db", db, "--text", "改", "--progress", "改", "--round", "9"
    )
    assert ran.status == 1
    assert db.read_bytes() == before


def test_several_ledgers_must_be_named(table, db):
    command("ledger", "new", "第二个专项", "--db", db)
    ran = command("task", "list", "--db", db)
    assert ran.status == 1
    assert "第二个专项" in ran.err
    assert ran.err.count("\n") == 1
    listed = command("task", "list", "--db", db, "--ledger", "第二个专项", "--json")
    assert listed.json == []


def test_an_export_that_cannot_be_written_leaves_the_old_file(db, tmp_path):
    out = tmp_path / "表.xlsx"
    out.write_bytes(b"old")
    out.chmod(0o444)
    ran = command("export", "--db", db, "--out", out)
    assert ran.status == 1
    assert "只读" in ran.err
    assert out.read_bytes() == b"old"
    missing = command("export", "--db", db, "--out", tmp_path / "无此文件夹" / "表.xlsx")
    assert missing.status == 1
    wrong = command("export", "--db", db, "--out", tmp_path / "表.odt")
    assert wrong.status == 1


def test_a_meta_line_is_printed_when_the_office_filled_it_in(tmp_path, table):
    db = tmp_path / "新.db"
    command("ledger", "new", "干部大会部署", "--db", db, "--unit", "县政府督查室")
    command("import", table, "--db", db, "--apply")
    command("round", "new", "--db", db, "--cut-off", "2026-03-31")
    out = tmp_path / "表.xlsx"
    command("export", "--db", db, "--out", out)
    text = [c.value for row in openpyxl.load_workbook(out).active.iter_rows() for c in row]
    assert "填报单位：县政府督查室" in text
    assert "截止日期：2026年3月31日" in text


def test_check_backup_and_restore_go_round(db, tmp_path):
    assert "完好" in command("check", db).out
    backup = command("backup", db, "--json").json["path"]
    command("history", "undo", "--db", db)
    assert command("restore", backup, "--to", db).status == 0
    assert len(tasks(db)) == 4


def test_smoke_walks_the_main_path():
    ran = command("smoke")
    assert ran.status == 0
    assert "自检通过" in ran.out


def test_without_a_command_the_commands_are_listed():
    assert "import" in command().out


@pytest.mark.parametrize("words", [("import",), ("exprt",), ("task", "edit", "1", "--db", "x.db")])
def test_a_wrong_call_is_told_in_chinese(words):
    ran = command(*words)
    assert ran.status == 2
    assert ran.err.startswith("用法有误")


def test_a_table_with_one_unit_column_leaves_the_stored_roles(tmp_path):
    db, first, second = tmp_path / "台账.db", tmp_path / "一.txt", tmp_path / "二.txt"
    head = "序号\t工作任务\t"
    first.write_text(f"{head}牵头单位\t配合单位\n1\t修桥\t县交通局\t县水利局", encoding="utf-8")
    second.write_text(
        f"{head}责任单位\t进展情况\n1\t修桥\t县交通局、县水利局\t已开工。", encoding="utf-8"
    )
    command("import", first, "--db", db, "--apply")
    changes = command("import", second, "--db", db, "--apply", "--json").json["update"]
    assert [change["field"] for change in changes] == ["progress"]
    (task,) = tasks(db)
    assert (task["lead"], task["responsible"]) == (["县交通局"], [])


def test_a_table_exported_to_word_comes_back_as_the_same(db, tmp_path):
    out = tmp_path / "表.docx"
    assert command("export", "--db", db, "--out", out).status == 0
    back = command("import", out, "--db", db, "--json").json
    assert (back["same"], back["create"], back["update"], back["conflict"]) == (4, [], [], [])


def test_a_table_in_word_edited_after_the_export_is_no_silent_update(db, tmp_path):
    out = tmp_path / "表.docx"
    command("export", "--db", db, "--out", out, now=MORNING)
    later = MORNING + timedelta(hours=1)
    code = tasks(db)[0]["code"]
    edited = command("task", "edit", code, "--db", db, "--progress", "后来核定的话。", now=later)
    assert edited.status == 0
    back = command("import", out, "--db", db, "--json", now=later).json
    assert [(c["task"], c["field"]) for c in back["conflict"]] == [(code, "progress")]
