"""Withdrawing, merging, splitting, editing together, moving: one step each, undone whole."""

from __future__ import annotations

from datetime import date

import pytest

from tests.helpers.offices import add_tasks
from tracker.base.errors import UserError
from tracker.domain.terms import Completion
from tracker.ops.browse import find_tasks, task_card
from tracker.ops.history import list_steps, undo_step
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.reports import situation_content
from tracker.ops.task_changes import (
    edit_many,
    merge_tasks,
    move_task,
    reinstate_task,
    split_task,
    withdraw_task,
)
from tracker.ops.tasks import (
    ClosingWords,
    TaskWords,
    close_task,
    edit_task,
    extend_deadline,
    find_task,
    list_tasks,
)

WHO = "李四"


def everything(office):
    with office.read() as view:
        return [
            (view.tasks(x.id, withdrawn=True), [view.entries(r.id) for r in view.rounds(x.id)])
            for x in view.ledgers()
        ]


@pytest.fixture
def one_step(office, ledger, now):
    """Check after the test that what it did was one step, and that undo takes it back whole."""
    before, steps = everything(office), len(list_steps(office))
    yield
    assert everything(office) != before
    assert len(list_steps(office)) == steps + 1
    undo_step(office, who=WHO, now=now)
    assert everything(office) == before


def numbers(office, ledger):
    return [task.code[2:] for task in list_tasks(office, ledger)]


@pytest.mark.usefixtures("one_step")
def test_a_withdrawn_task_is_kept_but_neither_counted_nor_printed(office, ledger, rounds, now):
    withdraw_task(office, "1-002", " 职责调整 ", who=WHO, now=now)
    assert numbers(office, ledger) == ["001", "003", "004", "005"]
    assert find_task(office, "1-002").withdrawn == "职责调整"
    printed = situation_content(office, ledger, rounds[2], now).rows
    assert len(printed) == 4


def test_a_withdrawn_task_can_be_reinstated(office, ledger, now):
    before = everything(office)
    withdraw_task(office, "1-002", "误删", who=WHO, now=now)
    with pytest.raises(UserError, match="已经撤回"):
        withdraw_task(office, "1-002", "又一次", who=WHO, now=now)
    reinstate_task(office, "1-002", who=WHO, now=now)
    assert everything(office) == before
    with pytest.raises(UserError, match="没有撤回"):
        reinstate_task(office, "1-002", who=WHO, now=now)


@pytest.mark.usefixtures("one_step")
def test_merged_tasks_bring_their_units_along(office, ledger, now, today):
    done = merge_tasks(office, ["1-003", "1-004", "1-001"], "1-001", "同一件事", who=WHO, now=now)
    assert numbers(office, ledger) == ["001", "002", "005"]
    roles = find_task(office, "1-001").roles
    assert roles.lead == ("县住建局", "县交通运输局", "县应急局")
    assert roles.cooperating == ("东关镇",)
    assert roles.responsible == ("县水利局",)
    assert "牵头单位县应急局" in done.sentence
    assert [m.code for m in task_card(office, "1-001", None, today).merged] == ["1-003", "1-004"]


def test_merging_adds_no_unit_twice(office, ledger, now):
    edit_task(office, "1-003", TaskWords(lead="东关镇", responsible=""), who=WHO, now=now)
    before = find_task(office, "1-001").roles
    merge_tasks(office, ["1-003"], "1-001", "同一件事", who=WHO, now=now)
    assert find_task(office, "1-001").roles == before


@pytest.mark.parametrize(
    ("codes", "into", "reason", "what"),
    [
        (["1-001"], "1-001", "理由", "至少"),
        (["1-002"], "1-001", " ", "理由"),
        (["2-001"], "1-001", "理由", "不同专项"),
        (["1-002"], "1-005", "理由", "已经撤回"),
        (["1-999"], "1-001", "理由", "没有编号"),
    ],
)
def test_a_merge_that_makes_no_sense_is_refused(office, ledger, now, codes, into, reason, what):
    new_ledger(office, "另一专项", who=WHO, now=now)
    add_tasks(office, choose_ledger(office, "另一专项"), now)
    withdraw_task(office, "1-005", "取消", who=WHO, now=now)
    before = everything(office)
    with pytest.raises(UserError, match=what):
        merge_tasks(office, codes, into, reason, who=WHO, now=now)
    assert everything(office) == before


@pytest.mark.usefixtures("one_step")
def test_a_split_task_gives_way_to_its_pieces_in_place(office, ledger, now):
    pieces = (
        TaskWords(text="修缮城东老桥。"),
        TaskWords(text="更换护栏120米。", lead="县城管局", deadline="2026-06-30", number="1a"),
    )
    done = split_task(office, "1-001", pieces, who=WHO, now=now)
    assert done.value == ("1-006", "1-007")
    assert numbers(office, ledger) == ["006", "007", "002", "003", "004", "005"]
    assert find_task(office, "1-001").withdrawn == "拆分为 1-006、1-007"
    first, second = (find_task(office, code) for code in done.value)
    assert (first.number, second.number) == ("1.1", "1a")
    assert first.roles.lead == ("县住建局", "县交通运输局")
    assert second.roles.lead == ("县城管局",)
    assert second.roles.cooperating == ("东关镇",)
    assert first.deadline == find_task(office, "1-001").deadline
    assert second.deadline.date == date(2026, 6, 30)
    assert first.section == "一、城建"


def test_pieces_keep_an_extended_deadline_with_its_first_one(office, ledger, now):
    extend_deadline(office, "1-001", "2026-09-30", "汛期停工", who=WHO, now=now)
    pieces = (TaskWords(text="甲。"), TaskWords(text="乙。"))
    code = split_task(office, "1-001", pieces, who=WHO, now=now).value[0]
    piece = find_task(office, code)
    assert piece.first_deadline.date == date(2026, 3, 4)
    assert (piece.deadline.date, piece.deadline_reason) == (date(2026, 9, 30), "汛期停工")


@pytest.mark.parametrize(
    "pieces", [(), (TaskWords(text="甲"),), (TaskWords(text="甲"), TaskWords(text=" "))]
)
def test_a_split_needs_two_pieces_with_words(office, ledger, now, pieces):
    before = everything(office)
    with pytest.raises(UserError):
        split_task(office, "1-001", pieces, who=WHO, now=now)
    assert everything(office) == before


@pytest.mark.usefixtures("one_step")
def test_several_tasks_are_changed_in_one_step(office, ledger, now):
    words = TaskWords(
        lead="县水利局", persons="周明", deadline="2026-10-31", completion=Completion.DONE
    )
    done = edit_many(office, ["1-001", "1-002", "1-001"], words, who=WHO, now=now)
    assert done.value == 2
    for code in ("1-001", "1-002"):
        task = find_task(office, code)
        assert task.roles.lead == ("县水利局",)
        assert task.persons == ("周明",)
        assert task.deadline.date == date(2026, 10, 31)
        assert task.completion is Completion.DONE


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (TaskWords(completion=Completion.DONE), "改 2 项的状态"),
        (TaskWords(persons="周明"), "改 2 项的责任人"),
        (TaskWords(deadline="2026-10-31", lead="县水利局"), "改 2 项的单位、时限"),
        (TaskWords(section="城建"), "批量修改 2 项"),
    ],
)
def test_the_step_says_what_was_changed_in_how_many(office, ledger, now, words, name):
    edit_many(office, ["1-001", "1-002", "1-001"], words, who=WHO, now=now)
    assert list_steps(office)[-1].label == name


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (TaskWords(deadline="2026-10-31"), "修改时限"),
        (TaskWords(lead="县水利局", cooperating=""), "修改单位"),
        (TaskWords(text="修一座桥。", deadline="2026-10-31"), "修改任务"),
    ],
)
def test_a_step_on_one_task_says_what_was_changed(office, ledger, now, words, name):
    edit_task(office, "1-001", words, who=WHO, now=now)
    assert list_steps(office)[-1].label == name


def test_only_tasks_that_change_are_counted(office, ledger, now):
    steps = len(list_steps(office))
    words = TaskWords(lead="县文旅局", persons="周明")
    assert edit_many(office, ["1-002"], words, who=WHO, now=now).value == 0
    assert len(list_steps(office)) == steps
    assert edit_many(office, ["1-001", "1-002"], words, who=WHO, now=now).value == 1


@pytest.mark.parametrize(
    "words", [TaskWords(text="甲"), TaskWords(number="1"), TaskWords(completion=Completion.CLOSED)]
)
def test_what_only_one_task_can_have_is_not_written_to_many(office, ledger, now, words):
    with pytest.raises(UserError):
        edit_many(office, ["1-001", "1-002"], words, who=WHO, now=now)


def test_a_closed_task_changes_its_state_only_by_reopening(office, ledger, now):
    words = ClosingWords("完成", date(2026, 3, 2), "王主任", "照片")
    close_task(office, "1-001", words, who=WHO, now=now)
    with pytest.raises(UserError, match="恢复办理"):
        edit_task(office, "1-001", TaskWords(completion=Completion.IN_PROGRESS), who=WHO, now=now)


@pytest.mark.usefixtures("one_step")
def test_a_task_is_moved_behind_another(office, ledger, now, today):
    move_task(office, "1-001", "1-003", who=WHO, now=now)
    assert numbers(office, ledger) == ["002", "003", "001", "004", "005"]


def test_a_task_is_moved_to_the_top_and_stays_where_it_is(office, ledger, now):
    move_task(office, "1-005", None, who=WHO, now=now)
    assert numbers(office, ledger) == ["005", "001", "002", "003", "004"]
    steps = len(list_steps(office))
    move_task(office, "1-005", None, who=WHO, now=now)
    move_task(office, "1-001", "1-001", who=WHO, now=now)
    move_task(office, "1-001", "1-005", who=WHO, now=now)
    assert len(list_steps(office)) == steps


@pytest.mark.parametrize(
    "words",
    [
        TaskWords(text="修缮城东老桥，更换护栏120米。"),
        TaskWords(lead="县住建局、县交通运输局", cooperating="东关镇"),
        TaskWords(deadline="2026-03-04", number="1", section="一、城建", persons=""),
        TaskWords(),
    ],
)
def test_editing_to_the_same_words_leaves_no_step(office, ledger, now, words):
    steps = len(list_steps(office))
    assert not edit_task(office, "1-001", words, who=WHO, now=now.replace(year=2027)).changes
    assert len(list_steps(office)) == steps


def test_a_deadline_without_a_year_is_not_read_anew_next_year(office, ledger, now):
    edit_task(office, "1-003", TaskWords(deadline="9月底前"), who=WHO, now=now)
    words = TaskWords(deadline="9月底前", number="3b")
    edit_task(office, "1-003", words, who=WHO, now=now.replace(year=2027))
    assert find_task(office, "1-003").deadline.date == date(2026, 9, 30)


def test_withdrawn_tasks_leave_the_list_at_once(office, ledger, now, today):
    from tracker.domain.browse import Filter

    withdraw_task(office, "1-002", "取消", who=WHO, now=now)
    assert len(find_tasks(office, Filter(ledger.id), None, today)) == 4
