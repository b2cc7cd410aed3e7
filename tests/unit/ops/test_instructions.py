"""Single instructions: from received to closed, without any round, the most urgent first."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tracker.base.errors import UserError
from tracker.domain.browse import Filter
from tracker.domain.instruction import Stage
from tracker.domain.terms import Completion
from tracker.ops.browse import find_tasks, task_card, trace
from tracker.ops.history import list_steps, undo_step
from tracker.ops.instructions import (
    InstructionWords,
    advance,
    list_instructions,
    new_instruction,
)
from tracker.ops.ledgers import choose_ledger, list_ledgers, new_ledger
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, find_task, reopen_task

WHO = "李四"
ON = date(2026, 2, 27)
CLOSING = ClosingWords("路灯已修复。", date(2026, 3, 2), "王主任", "照片3张")


def instruct(office, now, deadline="5个工作日", text="抓紧修复东关路灯。", on=ON):
    words = TaskWords(lead="县城管局", deadline=deadline)
    source = InstructionWords("刘县长", on, text)
    return new_instruction(office, None, words, source, who=WHO, now=now).value


def test_an_instruction_needs_no_ledger_and_no_round(office, now, today):
    code = instruct(office, now)
    task = find_task(office, code)
    assert task.text == "抓紧修复东关路灯。"
    assert (task.deadline.text, task.deadline.date) == ("5个工作日", date(2026, 3, 5))
    (row,) = list_instructions(office, today)
    assert row.days_left == 3
    assert (row.instruction.leader, row.instruction.on) == ("刘县长", ON)
    assert row.instruction.text == "抓紧修复东关路灯。"
    assert row.instruction.stage is Stage.RECEIVED
    assert row.line.lead == ("县城管局",)
    assert [(x.name, x.kind) for x in list_ledgers(office)] == [("单项批示", "instructions")]
    instruct(office, now)
    assert len(list_ledgers(office)) == 1
    assert len(find_tasks(office, Filter(None, show="instructions"), None, today)) == 2
    assert find_tasks(office, Filter(None, text="刘县长 路灯"), None, today) == (1, 2)


def test_a_new_instruction_is_one_step(office, now):
    instruct(office, now)
    undo_step(office, who=WHO, now=now)
    assert list_ledgers(office) == ()


def test_an_instruction_may_go_to_any_ledger(office, ledger, now, today):
    source = InstructionWords("刘县长", None, "请核实。")
    words = TaskWords(text="核实河道垃圾。")
    new_instruction(office, ledger, words, source, who=WHO, now=now)
    (row,) = list_instructions(office, today)
    assert (row.line.ledger_id, row.line.text) == (ledger.id, "核实河道垃圾。")
    assert (row.instruction.text, row.instruction.on) == ("请核实。", today)


@pytest.mark.parametrize(
    ("words", "source"),
    [
        (TaskWords(text="甲"), InstructionWords(" ")),
        (TaskWords(), InstructionWords("刘县长")),
        (TaskWords(text="甲", deadline="不知何时"), InstructionWords("刘县长")),
    ],
)
def test_an_instruction_without_leader_or_words_is_refused(office, now, words, source):
    with pytest.raises(UserError):
        new_instruction(office, None, words, source, who=WHO, now=now)
    assert list_ledgers(office) == ()


def test_a_ledger_of_that_name_but_another_kind_is_not_taken(office, now):
    new_ledger(office, "单项批示", who=WHO, now=now)
    with pytest.raises(UserError, match="请选定"):
        instruct(office, now)


def test_stages_follow_each_other_with_their_days(office, now, today):
    code = instruct(office, now)
    days = [ON + timedelta(days=n) for n in range(1, 4)]
    for stage, day in zip((Stage.SENT, Stage.REPLIED, Stage.REPORTED), days, strict=True):
        advance(office, code, stage, day, "回复材料1份", who=WHO, now=now)
    advance(office, code, Stage.CLOSED, today, who=WHO, now=now, closing=CLOSING)
    card = task_card(office, code, None, today)
    assert [step.stage for step in card.instruction.steps] == list(Stage)
    assert card.instruction.steps[2].remark == "回复材料1份"
    assert card.task.completion is Completion.CLOSED
    assert card.task.closings[0].statement == "路灯已修复。"
    assert list_instructions(office, today)[0].days_left is None
    assert trace(office, code)[0].label == "批示办理：已办结"
    undo_step(office, who=WHO, now=now)
    card = task_card(office, code, None, today)
    assert (card.instruction.stage, card.task.closings) == (Stage.REPORTED, ())


def test_a_reply_may_be_sent_back_with_a_reason(office, now):
    code = instruct(office, now)
    advance(office, code, Stage.REPLIED, ON, who=WHO, now=now)
    with pytest.raises(UserError, match="理由"):
        advance(office, code, Stage.SENT, ON, who=WHO, now=now)
    advance(office, code, Stage.SENT, ON, "数字不实，退回重办", who=WHO, now=now)
    steps = task_card(office, code, None, ON).instruction.steps
    assert [step.stage for step in steps] == [Stage.RECEIVED, Stage.REPLIED, Stage.SENT]


def test_a_stage_that_cannot_be_is_refused(office, ledger, now):
    code = instruct(office, now)
    steps = len(list_steps(office))
    with pytest.raises(UserError, match="早于"):
        advance(office, code, Stage.SENT, ON - timedelta(days=1), who=WHO, now=now)
    with pytest.raises(UserError, match="已收到"):
        advance(office, code, Stage.RECEIVED, ON, who=WHO, now=now)
    with pytest.raises(UserError, match="佐证"):
        advance(office, code, Stage.CLOSED, ON, who=WHO, now=now)
    with pytest.raises(UserError, match="不是单项批示"):
        advance(office, "1-001", Stage.SENT, ON, who=WHO, now=now)
    assert len(list_steps(office)) == steps


def test_closing_and_reopening_the_task_moves_the_instruction_along(office, now, today):
    code = instruct(office, now)
    advance(office, code, Stage.SENT, ON, who=WHO, now=now)
    close_task(office, code, CLOSING, who=WHO, now=now)
    assert task_card(office, code, None, today).instruction.stage is Stage.CLOSED
    with pytest.raises(UserError, match="已经办结"):
        advance(office, code, Stage.SENT, today, "再办", who=WHO, now=now)
    reopen_task(office, code, "又坏了", who=WHO, now=now)
    instruction = task_card(office, code, None, today).instruction
    assert (instruction.stage, instruction.steps[-1].remark) == (Stage.SENT, "恢复办理：又坏了")


def test_the_fewest_days_left_come_first_then_the_undated_then_the_closed(office, now, today):
    far = instruct(office, now, "2026-06-30")
    none = instruct(office, now, "")
    near = instruct(office, now, "3日内")
    gone = instruct(office, now, "1个工作日")
    close_task(office, gone, CLOSING, who=WHO, now=now)
    rows = list_instructions(office, today)
    assert [row.line.code for row in rows] == [near, far, none, gone]
    assert [row.days_left for row in rows] == [0, 120, None, None]


def test_instructions_stay_out_of_other_ledgers_counts(office, ledger, now):
    instruct(office, now)
    assert choose_ledger(office, "春季重点工作").tasks == 5
