"""`slip new`, `list`, `reply`, `close`, `export` as a script calls them."""

from __future__ import annotations

import docx
import pytest

from tests.helpers.command import command
from tests.helpers.offices import add_tasks
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import create_office


@pytest.fixture
def db(tmp_path, now):
    path = tmp_path / "台账.db"
    office = create_office(path, now)
    new_ledger(office, "春季重点工作", who="张三", now=now)
    add_tasks(office, choose_ledger(office, None), now)
    office.close()
    return path


def new(db, *more):
    return command("slip", "new", "--db", db, "--kind", "督办单", *more)


def test_a_slip_is_issued_and_written(db, tmp_path):
    out = tmp_path / "单 子.docx"
    words = ("--unit", "水利局", "--task", "1-003", "--ask", "请速办。", "--days", "3")
    ran = new(db, *words, "--issuer", "李主任", "--out", out, "--json")
    assert (ran.status, ran.err) == (0, "")
    made = ran.json
    assert {name: made[name] for name in ("number", "kind", "unit", "tasks", "ask", "days")} == {
        "number": "督〔2026〕1号",
        "kind": "督办单",
        "unit": "县水利局",
        "tasks": ["1-003"],
        "ask": "请速办。",
        "days": 3,
    }
    assert made["reply_due"] == "2026-03-05"
    assert made["warnings"] == []
    assert made["path"] == str(out)
    assert "督〔2026〕1号\t签发人：李主任" in [p.text for p in docx.Document(out).paragraphs]


def test_doubts_are_said_and_told_by_the_status(db):
    ran = new(db, "--unit", "县水利局", "--task", "1-001")
    assert ran.status == 3
    assert "县水利局不是任务 1-001 的承办单位" in ran.out


def test_the_ledger_of_slips_tells_states_and_delays(db, now):
    new(db, "--unit", "县水利局", "--task", "1-003")
    new(db, "--unit", "县工信局", "--task", "1-005", "--days", "1")
    code = "督[2026]1号"
    day = now.replace(day=5)
    assert command("slip", "reply", code, "--db", db, "--words", "已办。", now=day).status == 0
    assert command("slip", "close", code, "--db", db, now=day).status == 0
    second, first = command("slip", "list", "--db", db, "--json", now=day).json
    assert (first["state"], first["replies"][0]["words"]) == ("closed", "已办。")
    assert (first["closed_on"], first["working_days_late"]) == ("2026-03-05", 0)
    assert (second["state"], second["working_days_late"]) == ("sent", 2)
    plain = command("slip", "list", "--db", db, now=day).out.splitlines()
    assert plain[0] == (
        "督〔2026〕2号　督办单　县工信局　任务 1-005　2026-03-03前回复　待回复　逾期2个工作日"
    )


def test_a_slip_is_written_again(db, tmp_path):
    new(db, "--unit", "县水利局", "--task", "1-003", "--out", tmp_path / "一.docx")
    ran = command("slip", "export", "督〔2026〕1号", "--db", db, "--out", tmp_path / "二.docx")
    assert ran.status == 0
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("--unit", "县水利局", "--task", "9-999"), 1, "没有编号为“9-999”的任务"),
        (("--unit", "各镇", "--task", "1-003"), 1, "合称"),
        (("--unit", "县水利局"), 1, "没有写事项"),
        (("--unit", "县水利局", "--task", "1-003", "--out", "单.txt"), 1, ".docx"),
        (("--unit", "县水利局", "--task", "1-003", "--days", "半"), 2, "不是天数"),
        (("--task", "1-003"), 2, "--unit"),
    ],
)
def test_what_is_wrong_is_said_and_takes_no_number(db, words, status, said):
    ran = new(db, *words)
    assert ran.status == status
    assert said in ran.err
    assert command("slip", "list", "--db", db).out == "没有开过单子\n"
    assert new(db, "--unit", "县水利局", "--task", "1-003", "--json").json["number"].endswith("1号")


def test_free_text_goes_to_the_only_ledger(db):
    ran = new(db, "--unit", "县气象局", "--matter", "请报雨情。", "--days", "0", "--json")
    assert (ran.status, ran.json["ledger"]) == (3, "春季重点工作")
    assert ran.json["reply_due"] is None
    assert ran.json["warnings"] == ["单位名单里没有“县气象局”，将按所写印出"]
