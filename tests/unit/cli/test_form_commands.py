"""`forms` and `unit` as a script calls them."""

from __future__ import annotations

from datetime import date

import pytest

from tests.helpers.command import MORNING, command
from tests.helpers.offices import TASKS, add_tasks
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import create_office
from tracker.ops.rounds import new_round
from tracker.ops.tasks import TaskWords

WAITING = (
    TaskWords(text="清理积案。", number="20", lead="各有关单位"),
    TaskWords(text="印发通知。", number="21"),
)


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "台账 一.db"
    office = create_office(path, MORNING)
    new_ledger(office, "春季重点工作", who="张三", now=MORNING)
    ledger = choose_ledger(office, None)
    add_tasks(office, ledger, MORNING, TASKS[:3])
    new_round(office, ledger, who="张三", now=MORNING, feedback_due=date(2026, 3, 13))
    office.close()
    return path


@pytest.fixture
def waiting_db(db):
    from tracker.ops.office import open_office

    office = open_office(db, MORNING)
    add_tasks(office, choose_ledger(office, None), MORNING, WAITING)
    office.close()
    return db


def test_forms_prints_what_was_sent(db, tmp_path):
    ran = command("forms", "--db", db, "--round", 1, "--out", tmp_path / "表", "--json")
    assert (ran.status, ran.err) == (0, "")
    value = ran.json
    assert [each["unit"] for each in value["forms"]] == [
        "县住建局", "县交通运输局", "县文旅局", "县水利局"
    ]  # fmt: skip
    first = value["forms"][0]
    assert first["tasks"] == ["1-001"]
    assert first["files"] == [str(tmp_path / "表" / "01期-县住建局-反馈表.xlsx")]
    assert first["note"].startswith("县住建局：")
    assert first["due"] == "2026-03-13"
    assert (value["unresolved"], value["without_unit"], value["warnings"]) == ([], [], [])


def test_each_form_lists_all_its_files(db, tmp_path):
    ran = command("forms", "--db", db, "--out", tmp_path, "--word", "--json")
    files = [name.rpartition("/")[2] for each in ran.json["forms"] for name in each["files"]]
    units = ("县住建局", "县交通运输局", "县文旅局", "县水利局")
    assert files == [f"01期-{u}-反馈表.{e}" for u in units for e in ("xlsx", "docx")]


def test_what_waits_is_told_and_the_rest_is_sent(waiting_db, tmp_path):
    ran = command("forms", "--db", waiting_db, "--out", tmp_path / "表")
    assert ran.status == 3
    assert "4 家单位的反馈表（3 项任务）；另有 2 处待定" in ran.out
    assert "待定　“各有关单位”是哪些单位（任务 20），没有发" in ran.out
    assert "待定　任务 21 没有责任单位，没有发：印发通知" in ran.out
    assert len(list((tmp_path / "表").iterdir())) == 5


def test_a_collective_is_named_for_once_or_left_out(waiting_db, tmp_path):
    named = command(
        "forms", "--db", waiting_db, "--out", tmp_path / "一", "--json",
        "--named", "各有关单位=县文旅局、县水利局",
    )  # fmt: skip
    tasks = {each["unit"]: each["tasks"] for each in named.json["forms"]}
    assert tasks["县水利局"] == ["1-003", "1-004"]
    assert named.json["unresolved"] == []
    left = command(
        "forms", "--db", waiting_db, "--out", tmp_path / "二", "--json", "--named", "各有关单位="
    )
    assert left.json["unresolved"] == []
    assert left.json["renewed"] == ["县住建局", "县交通运输局", "县文旅局", "县水利局"]


@pytest.mark.parametrize("words", ["各有关单位", "=县文旅局"])
def test_a_naming_without_a_sign_is_wrong_usage(db, tmp_path, words):
    ran = command("forms", "--db", db, "--out", tmp_path / "表", "--named", words)
    assert ran.status == 2
    assert not (tmp_path / "表").exists()


def test_a_round_that_is_not_there_is_an_error(db, tmp_path):
    ran = command("forms", "--db", db, "--round", 9, "--out", tmp_path / "表")
    assert ran.status == 1
    assert ran.err.startswith("错误：专项“春季重点工作”没有第9期")
    assert not (tmp_path / "表").exists()


def test_units_are_listed_with_members_and_contacts(waiting_db):
    assert command(
        "unit", "members", "各有关单位", "--db", waiting_db, "--set", "县文旅局", "县档案馆"
    ).out == "“各有关单位”现有 2 个成员，其中新登记 1 个：县档案馆\n"  # fmt: skip
    command("unit", "contact", "县文旅局", "--db", waiting_db, "--name", "王芳")
    command("unit", "contact", "县文旅局", "--db", waiting_db, "--phone", "0999-6601")
    lines = command("unit", "list", "--db", waiting_db).out.splitlines()
    assert "县文旅局　王芳　0999-6601" in lines
    assert "各有关单位　包括：县文旅局、县档案馆" in lines
    listed = {
        each["name"]: each for each in command("unit", "list", "--db", waiting_db, "--json").json
    }
    assert listed["各有关单位"]["members"] == ["县文旅局", "县档案馆"]
    assert listed["各有关单位"]["collective"]
    shown = command("unit", "members", "各有关单位", "--db", waiting_db)
    assert shown.out.splitlines() == ["县文旅局", "县档案馆"]
    command("unit", "members", "各有关单位", "--db", waiting_db, "--clear")
    shown = command("unit", "members", "各有关单位", "--db", waiting_db)
    assert shown.out == "“各有关单位”还没有登记成员\n"


def test_unit_commands_say_what_does_not_fit_together(db):
    both = ("--set", "县文旅局", "--clear")
    assert command("unit", "members", "县水利局", "--db", db, *both).status == 2
    assert command("unit", "contact", "县水利局", "--db", db).status == 2
    assert command("unit", "members", "各镇", "--db", db).status == 1
