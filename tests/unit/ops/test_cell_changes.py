"""Cells pasted from a sheet and words replaced: shown first, then written in one step."""

from __future__ import annotations

import pytest

from tracker.base.errors import UserError
from tracker.domain.browse import Filter
from tracker.domain.cell_change import Field
from tracker.domain.terms import COMPLETION_WORDS
from tracker.ops.browse import find_tasks, task_lines
from tracker.ops.cell_changes import apply_cells, plan_paste, plan_replacing
from tracker.ops.editions import close_round
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import undo_step
from tracker.ops.tasks import ClosingWords, close_task

WHO = "张三"
CELLS = (Field.PROGRESS, Field.STATE, Field.DEADLINE)


@pytest.fixture
def ids(office, ledger, today):
    return find_tasks(office, Filter(ledger.id), None, today)


def planned(office, ids, rounds, today, text, fields=CELLS):
    return plan_paste(office, ids, fields, text, round_=rounds[2], today=today)


def lines(office, ids, today):
    return task_lines(office, ids, None, today)


def test_a_range_goes_into_rows_and_columns(office, ledger, ids, rounds, today, now):
    text = "桥面已通车。\t已完成\t2026-03-01\r\n已建成3处。\t\t\r\n"
    changes = planned(office, ids, rounds, today, text)
    assert [(c.code[2:], c.field, c.new) for c in changes.good] == [
        ("001", Field.PROGRESS, "桥面已通车。"),
        ("001", Field.STATE, "已完成"),
        ("001", Field.DEADLINE, "2026-03-01"),
        ("002", Field.PROGRESS, "已建成3处。"),
    ]
    assert (changes.empty, changes.bad, changes.beyond) == (2, (), 0)
    apply_cells(office, changes.good, "粘贴 4 格", who=WHO, now=now, round_=rounds[2])
    first, second, *_ = lines(office, ids, today)
    assert (first.entry_text, first.entry_state) == ("桥面已通车。", "已完成")
    assert first.deadline.text == "2026-03-01"
    assert second.entry_text == "已建成3处。"
    undo_step(office, who=WHO, now=now)
    assert lines(office, ids, today)[0].entry_text == "已完成桥面铺装。"


def test_states_copied_as_they_are_shown_and_pasted_back_change_nothing(
    office, ids, rounds, today, now
):
    write_entry(office, "1-001", EntryWords(state=""), who=WHO, now=now)
    closing = ClosingWords("已通车", today, "王主任", "验收报告")
    close_task(office, "1-002", closing, who=WHO, now=now)
    shown = [state_shown(line) for line in lines(office, ids, today)]
    assert "已销号" in shown
    changes = planned(office, ids, rounds, today, "\n".join(shown), (Field.STATE,))
    assert changes.cells == ()
    assert changes.same == len(ids)


def state_shown(line):
    return (
        line.entry_state
        if line.entry_state and line.completion != "closed"
        else (COMPLETION_WORDS[line.completion])
    )


def test_one_copied_cell_fills_every_chosen_row(office, ids, rounds, today):
    changes = planned(office, ids, rounds, today, "正在推进", (Field.STATE,))
    assert len(changes.good) == len(ids)


def test_what_says_so_already_is_counted_and_not_written(office, ids, rounds, today):
    changes = planned(
        office, ids, rounds, today, "已完成桥面铺装。\n已建成2处。", (Field.PROGRESS,)
    )
    assert (changes.cells, changes.same) == ((), 2)


@pytest.mark.parametrize(
    ("field", "words", "problem"),
    [
        (Field.STATE, "已销号", "销号要写明"),
        (Field.PERCENT, "0.85", "看不懂完成率"),
        (Field.PERCENT, "120%", "看不懂完成率"),
        (Field.PERCENT, "大半", "看不懂完成率"),
        (Field.DEADLINE, "13月底", "看不懂时限"),
        (None, "随便", "不能粘贴"),
    ],
)
def test_a_cell_that_cannot_be_written_says_why(office, ids, rounds, today, field, words, problem):
    changes = planned(office, ids[:1], rounds, today, words, (field,))
    assert [problem in cell.problem for cell in changes.bad] == [True]


@pytest.mark.parametrize(
    ("words", "kept"), [("85%", 85.0), ("85", 85.0), ("８５％", 85.0), ("0.5%", 0.5)]
)
def test_a_share_is_read_as_it_is_written(office, ids, rounds, today, now, words, kept):
    changes = planned(office, ids[:1], rounds, today, words, (Field.PERCENT,))
    apply_cells(office, changes.good, "粘贴", who=WHO, now=now, round_=rounds[2])
    assert lines(office, ids, today)[0].percent == kept


def test_rows_below_the_list_are_said(office, ids, rounds, today):
    changes = planned(office, ids[-1:], rounds, today, "甲\n乙\n丙", (Field.PROGRESS,))
    assert (len(changes.good), changes.beyond) == (1, 2)


def test_cells_right_of_the_last_column_are_said(office, ids, rounds, today):
    changes = planned(office, ids[:1], rounds, today, "甲\t乙\t\t丙", (Field.PROGRESS,))
    assert (len(changes.good), changes.outside) == (1, 2)


def test_words_are_replaced_where_they_stand(office, ids, rounds, today, now):
    found = plan_replacing(office, ids, "已", "均已", round_=rounds[2])
    assert [(c.old, c.new) for c in found.good] == [
        ("已完成桥面铺装。", "均已完成桥面铺装。"),
        ("已建成2处。", "均已建成2处。"),
    ]
    apply_cells(office, found.good, "替换", who=WHO, now=now, round_=rounds[2])
    assert lines(office, ids, today)[1].entry_text == "均已建成2处。"


def test_signs_are_looked_for_literally(office, ids, rounds):
    assert not plan_replacing(office, ids, ".", "x", round_=rounds[2]).good
    with pytest.raises(UserError, match="请先写"):
        plan_replacing(office, ids, "", "x", round_=rounds[2])


def test_nothing_is_written_over_what_changed_since(office, ids, rounds, today, now):
    found = plan_replacing(office, ids, "已", "均已", round_=rounds[2])
    write_entry(office, "1-002", EntryWords(progress="已建成5处。"), who=WHO, now=now)
    with pytest.raises(UserError, match="在此期间改过了"):
        apply_cells(office, found.good, "替换", who=WHO, now=now, round_=rounds[2])
    assert lines(office, ids, today)[0].entry_text == "已完成桥面铺装。"


def test_a_closed_round_takes_nothing(office, ledger, ids, rounds, today, now):
    found = plan_replacing(office, ids, "已", "均已", round_=rounds[2])
    close_round(office, ledger, rounds[2], who=WHO, now=now)
    with pytest.raises(UserError, match="定稿"):
        apply_cells(office, found.good, "替换", who=WHO, now=now, round_=rounds[2])
