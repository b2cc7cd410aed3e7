"""The trace of a task in words, and old values written again."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.base.errors import UserError
from tracker.domain.terms import Completion
from tracker.ops.browse import trace
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import next_redo, next_undo, undo_step
from tracker.ops.notes import NoteWords, add_note
from tracker.ops.restore import restore_value
from tracker.ops.rounds import new_round
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import (
    ClosingWords,
    TaskWords,
    close_task,
    edit_task,
    extend_deadline,
    find_task,
)

WHO = "李四"


def lines(office, code="1-001", label=None):
    return [
        (line.field, line.old, line.new)
        for line in trace(office, code)
        if label is None or line.label == label
    ]


def line_of(office, field, code="1-001"):
    return next(line for line in trace(office, code) if line.field == field)


def test_the_newest_change_stands_first_with_who_and_when(office, ledger, later):
    edit_task(office, "1-001", TaskWords(number="7"), who=WHO, now=later)
    first = trace(office, "1-001")[0]
    assert (first.who, first.at, first.label) == (WHO, later, "修改任务")
    assert (first.field, first.old, first.new) == ("序号", "1", "7")
    assert trace(office, "1-001")[-1].label == "新增事项"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            TaskWords(deadline="2026-05-31"),
            [("时限", "2026-03-04（2026年3月4日）", "2026-05-31（2026年5月31日）")],
        ),
        (TaskWords(lead="县住建局"), [("牵头单位", "县住建局、县交通运输局", "县住建局")]),
        (TaskWords(persons="周明、吴芳"), [("责任人", "", "周明、吴芳")]),
        (TaskWords(completion=Completion.DONE), [("状态", "推进中", "已完成")]),
        (TaskWords(cooperating=""), [("配合单位", "东关镇", "")]),
    ],
)
def test_values_read_as_the_office_writes_them(office, ledger, later, words, expected):
    edit_task(office, "1-001", words, who=WHO, now=later)
    assert lines(office, label=trace(office, "1-001")[0].label) == expected


def test_entries_and_notes_name_their_round(office, ledger, later):
    write_entry(
        office, "1-001", EntryWords(progress="已竣工。", state="已完成"), who=WHO, now=later
    )
    add_note(office, "1-001", "县住建局", NoteWords("护栏已装。"), who=WHO, now=later)
    assert lines(office)[:4] == [
        ("原报（第2期）", "", "护栏已装。"),
        ("状态（第2期）", "", "已完成"),
        ("落实情况（第2期）", "已完成桥面铺装。", "已竣工。"),
        ("状态", "推进中", "已完成"),
    ]


def test_closing_extending_and_withdrawing_leave_readable_lines(office, ledger, later):
    extend_deadline(office, "1-001", "2026-09-30", "汛期停工", who=WHO, now=later)
    words = ClosingWords("已竣工。", date(2026, 3, 2), "王主任", "验收单")
    close_task(office, "1-001", words, who=WHO, now=later)
    withdraw_task(office, "1-002", "职责调整", who=WHO, now=later)
    assert ("销号", "", "2026年3月2日 王主任：已竣工。（验收单）") in lines(office)
    assert ("延期理由", "", "汛期停工") in lines(office)
    assert lines(office, "1-002")[0] == ("撤回、并入的理由", "", "职责调整")


def test_an_undone_step_stays_in_the_trace_with_its_undo(office, ledger, later):
    edit_task(office, "1-001", TaskWords(lead="县水利局"), who=WHO, now=later)
    undo_step(office, who=WHO, now=later)
    assert lines(office)[:2] == [
        ("牵头单位", "县水利局", "县住建局、县交通运输局"),
        ("牵头单位", "县住建局、县交通运输局", "县水利局"),
    ]
    assert trace(office, "1-001")[0].label == "撤销：修改单位"


@pytest.mark.parametrize(
    ("field", "words"),
    [
        ("任务", TaskWords(text="①拆除老桥；②新建大桥。")),
        ("时限", TaskWords(deadline="每月25日前")),
        ("牵头单位", TaskWords(lead="县水利局")),
        ("配合单位", TaskWords(cooperating="")),
        ("责任人", TaskWords(persons="吴芳")),
        ("分类", TaskWords(section="三、其他")),
    ],
)
def test_an_old_value_is_written_again_whole_as_a_new_step(office, ledger, later, field, words):
    before = find_task(office, "1-001")
    edit_task(office, "1-001", words, who=WHO, now=later)
    assert find_task(office, "1-001") != before
    done = restore_value(office, line_of(office, field), who=WHO, now=later)
    assert find_task(office, "1-001") == before
    assert done.changes
    assert next_undo(office).label == f"恢复原值：{field}"
    assert not [x for x in trace(office, "1-001") if x.field == field and x.new == x.old]


def test_an_older_value_than_the_last_can_be_restored(office, ledger, later):
    for lead in ("县水利局", "县财政局", "县审计局"):
        edit_task(office, "1-001", TaskWords(lead=lead), who=WHO, now=later)
    line = next(x for x in trace(office, "1-001") if x.new == "县财政局")
    restore_value(office, line, who=WHO, now=later)
    assert find_task(office, "1-001").roles.lead == ("县水利局",)


def test_an_entry_gets_its_old_text_and_state_back(office, ledger, rounds, later):
    words = EntryWords(progress="误填 ", state="滞后", percent=30)
    write_entry(office, "1-001", words, who=WHO, now=later)
    for field in ("落实情况（第2期）", "状态（第2期）", "完成率（第2期）"):
        restore_value(office, line_of(office, field), who=WHO, now=later)
    with office.read() as view:
        entry = view.entries(rounds[2].id)[1]
    assert (entry.text, entry.state_text, entry.completion) == ("已完成桥面铺装。", "", None)
    assert entry.percent is None
    assert not entry.carried


def test_what_stands_there_already_or_never_stood_alone_cannot_be_restored(office, ledger, later):
    edit_task(office, "1-001", TaskWords(number="7"), who=WHO, now=later)
    edit_task(office, "1-001", TaskWords(number="1"), who=WHO, now=later)
    first, second, *_ = [x for x in trace(office, "1-001") if x.field == "序号"]
    assert (first.restorable, second.restorable) == (True, False)
    made = [x for x in trace(office, "1-001") if x.label == "新增事项"]
    assert made
    assert not any(line.restorable for line in made)
    with pytest.raises(UserError, match="不能单独恢复"):
        restore_value(office, made[0], who=WHO, now=later)


def test_an_entry_of_a_closed_round_is_not_restored(office, ledger, later):
    write_entry(office, "1-001", EntryWords(progress="误填"), who=WHO, now=later)
    with office.change("定稿", WHO, later) as work:
        work.rounds(work.ledger(1))[-1].state = "closed"
    with pytest.raises(UserError, match="已定稿"):
        restore_value(office, line_of(office, "落实情况（第2期）"), who=WHO, now=later)


def test_undo_and_redo_are_named(office, ledger, later):
    edit_task(office, "1-001", TaskWords(number="7"), who=WHO, now=later)
    assert next_undo(office).label == "修改任务"
    assert next_redo(office) is None
    undo_step(office, who=WHO, now=later)
    assert next_redo(office).label == "修改任务"
    assert next_undo(office).label == "新开一期"


def test_a_new_round_shows_in_the_trace_as_taken_over(office, ledger, later):
    new_round(office, ledger, who=WHO, now=later)
    assert lines(office)[0] == ("落实情况（第3期）", "", "已完成桥面铺装。")
