from __future__ import annotations

import pytest

from tests.helpers.noted_returns import note_file
from tests.helpers.offices import add_tasks
from tracker.base.errors import UserError
from tracker.ops.board import board
from tracker.ops.chasing import note_reminders, save_returned_file
from tracker.ops.history import undo_step
from tracker.ops.ledgers import list_ledgers, new_ledger
from tracker.ops.rounds import list_rounds, new_round


@pytest.fixture
def round_(office, now):
    new_ledger(office, "专项", who="张三", now=now)
    (ledger,) = list_ledgers(office)
    add_tasks(office, ledger, now)
    new_round(office, ledger, who="张三", now=now)
    return list_rounds(office, ledger)[0]


def calls(office, round_, now):
    (ledger,) = list_ledgers(office)
    rows = board(office, ledger, round_, now.date()).rows
    return {row.unit: [call.said for call in row.calls] for row in rows if row.calls}


def test_reminders_to_several_units_are_one_step(office, round_, now):
    told = {"县文旅局": "发短信：首次催报", "县水利局": "发短信：再次催报"}
    outcome = note_reminders(office, round_, told, who="张三", now=now)
    assert (outcome.value, outcome.sentence) == (2, "已给2家各记一次催办")
    assert calls(office, round_, now) == {name: [said] for name, said in told.items()}
    undo_step(office, who="张三", now=now)
    assert calls(office, round_, now) == {}


def test_a_unit_that_is_not_known_leaves_nothing_noted(office, round_, now):
    with pytest.raises(UserError, match="没有叫“没有的局”的单位"):
        told = {"县文旅局": "短信", "没有的局": "短信"}
        note_reminders(office, round_, told, who="张三", now=now)
    assert calls(office, round_, now) == {}


def test_a_returned_file_is_written_as_it_came_in(office, round_, now, tmp_path):
    note_file(office, round_, "县文旅局", name="反馈 表.xlsx", content=b"\x00words")
    (ledger,) = list_ledgers(office)
    (file,) = board(office, ledger, round_, now.date()).files
    target = tmp_path / "反馈 表.xlsx"
    save_returned_file(office, file, target)
    assert target.read_bytes() == b"\x00words"
