"""`checks` as a script calls it."""

from __future__ import annotations

import pytest

from tests.helpers.command import command
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import create_office, open_office
from tracker.ops.report_checks import check_round, wave_off
from tracker.ops.rounds import choose_round, new_round
from tracker.ops.tasks import TaskWords, new_task


@pytest.fixture
def db(tmp_path, now):
    """An office with one task whose entry does not add up."""
    path = tmp_path / "台账.db"
    office = create_office(path, now)
    new_ledger(office, "安全生产", who="张三", now=now)
    ledger = choose_ledger(office, None)
    code = new_task(
        office, ledger, TaskWords(number="7", text="排查。", lead="县应急局"), who="张三", now=now
    ).value
    new_round(office, ledger, who="张三", now=now)
    words = EntryWords(progress="共排查隐患50处，已整改45处，未整改6处。")
    write_entry(office, code, words, who="张三", now=now)
    office.close()
    return path


def test_what_waits_is_listed_and_told_by_the_exit_status(db):
    ran = command("checks", "--db", db)
    assert (ran.status, ran.err) == (3, "")
    assert ran.out.splitlines() == [
        "第7项·核定稿·落实情况　分项与合计不符：45＋6＝51，文中为50（请核对）",
        "有 1 处数字请核对",
    ]


def test_the_json_names_place_passage_and_numbers(db):
    told = command("checks", "--db", db, "--round", "1", "--json").json
    assert (told["round"], told["waiting"], told["waved"]) == (1, 1, 0)
    (found,) = told["findings"]
    assert found["kind"] == "parts"
    assert found["reckoning"] == "45＋6＝51，文中为50"
    assert found["passages"] == [
        {
            "source": "entry",
            "place": "第7项·核定稿·落实情况",
            "task": "1-001",
            "number": "7",
            "unit": "",
            "field": "text",
            "text": "共排查隐患50处，已整改45处，未整改6处。",
            "numbers": ["50处", "45处", "6处"],
        }
    ]


def test_what_was_waved_off_waits_no_more_but_can_be_listed(db, now):
    office = open_office(db, now)
    ledger = choose_ledger(office, None)
    (found,) = check_round(office, ledger, choose_round(office, ledger, None), now)
    wave_off(office, found, who="张三", now=now)
    office.close()
    ran = command("checks", "--db", db)
    assert ran.status == 0
    assert ran.out == "没有发现对不上的数字，另有 1 处已核对无误\n"
    assert command("checks", "--db", db, "--all").out.startswith("已核　第7项")


def test_a_missing_round_is_said(db):
    ran = command("checks", "--db", db, "--round", "9")
    assert ran.status == 1
    assert "第9期" in ran.err
