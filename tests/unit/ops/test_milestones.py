"""Tasks broken down into milestones: written, marked, undone, merged, split, traced."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tracker.base.errors import UserError
from tracker.ops.history import redo_step, undo_step
from tracker.ops.milestones import (
    MilestoneWords,
    list_milestones,
    mark_milestone,
    set_milestones,
)
from tracker.ops.task_changes import merge_tasks, reinstate_task, split_task
from tracker.ops.tasks import TaskWords
from tracker.ops.trace import trace

WHO = "张三"
TENDER = MilestoneWords(date(2026, 3, 31), "完成招标")
ROOF = MilestoneWords(date(2026, 6, 30), "主体封顶", "60%")
HANDOVER = MilestoneWords(date(2026, 12, 31), "交付使用", "100%")


@pytest.fixture
def put(office, ledger, now):
    return lambda code, *steps: set_milestones(office, code, steps, who=WHO, now=now)


def steps_in(office):
    with office.read() as view:
        return len(view.steps())


def test_milestones_come_back_by_the_day_they_are_due(office, put):
    outcome = put("1-001", HANDOVER, TENDER, ROOF)
    assert list_milestones(office, "1-001") == outcome.value == (TENDER, ROOF, HANDOVER)
    assert outcome.sentence == "1-001 已分解为 3 个节点"
    assert list_milestones(office, "1-002") == ()


def test_the_same_milestones_again_leave_no_step(office, put):
    put("1-001", TENDER, ROOF)
    before = steps_in(office)
    outcome = put("1-001", ROOF, MilestoneWords(TENDER.due, " 完成招标 "))
    assert (steps_in(office), outcome.sentence) == (before, "没有变化")
    assert not outcome.changes


def test_a_changed_milestone_keeps_its_row(office, put):
    first = put("1-001", TENDER, ROOF, HANDOVER).changes.of("milestone")
    later = MilestoneWords(date(2026, 7, 31), "主体封顶", "70%")
    reworded = MilestoneWords(TENDER.due, "完成施工招标")
    changed = put("1-001", reworded, later, HANDOVER).changes.of("milestone")
    assert changed < first
    assert list_milestones(office, "1-001") == (reworded, later, HANDOVER)


def test_no_milestones_take_all_away_and_undo_brings_them_back(office, put, now):
    put("1-001", TENDER, ROOF)
    assert put("1-001").sentence == "1-001 的节点已清空"
    assert list_milestones(office, "1-001") == ()
    assert undo_step(office, who=WHO, now=now).sentence == "已撤销：分解到月"
    assert list_milestones(office, "1-001") == (TENDER, ROOF)
    redo_step(office, who=WHO, now=now)
    assert list_milestones(office, "1-001") == ()


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ([MilestoneWords(date(2026, 3, 31), "  ")], "没有写要完成什么"),
        ([MilestoneWords(date(2026, 3, 31), "建" * 201)], "太长"),
        ([MilestoneWords(date(2026, 3, 31), "建校", "多" * 51)], "太长"),
        ([MilestoneWords(date(2026, 3, 31), "建校\n修桥")], "换行"),
        ([TENDER, MilestoneWords(TENDER.due, "完成招标 ", "1个")], "写了两次"),
        ([MilestoneWords(date(2026, 3, 31), "建校", done_on=date(2026, 3, 3))], "还没有到"),
    ],
)
def test_what_cannot_stand_is_refused_and_nothing_changes(office, put, steps, says):
    put("1-001", ROOF)
    with pytest.raises(UserError, match=says):
        put("1-001", *steps)
    assert list_milestones(office, "1-001") == (ROOF,)


def test_a_milestone_is_marked_done_and_open_again(office, put, now):
    put("1-001", TENDER, ROOF)
    outcome = mark_milestone(office, "1-001", 1, date(2026, 3, 2), who=WHO, now=now)
    assert outcome.sentence == "节点“完成招标”已完成（3月2日）"
    assert [s.done_on for s in list_milestones(office, "1-001")] == [date(2026, 3, 2), None]
    again = mark_milestone(office, "1-001", 1, date(2026, 3, 2), who=WHO, now=now)
    assert (again.sentence, bool(again.changes)) == ("没有变化", False)
    mark_milestone(office, "1-001", 1, None, who=WHO, now=now)
    assert list_milestones(office, "1-001") == (TENDER, ROOF)


@pytest.mark.parametrize("place", [0, -1, 3])
def test_only_a_milestone_that_is_there_can_be_marked(office, put, now, place):
    put("1-001", TENDER, ROOF)
    with pytest.raises(UserError, match="没有第"):
        mark_milestone(office, "1-001", place, None, who=WHO, now=now)


def test_nothing_is_done_in_the_future(office, put, now):
    put("1-001", TENDER)
    with pytest.raises(UserError, match="还没有到"):
        mark_milestone(office, "1-001", 1, date(2026, 3, 3), who=WHO, now=now)


def test_a_merged_task_gives_its_milestones_and_keeps_them(office, put, now):
    put("1-001", TENDER)
    put("1-004", MilestoneWords(TENDER.due, "完成招标", done_on=date(2026, 3, 1)), ROOF)
    done = merge_tasks(office, ["1-004"], "1-001", "内容相同", who=WHO, now=now)
    assert done.sentence.endswith("1 个节点")
    assert list_milestones(office, "1-001") == (TENDER, ROOF)
    reinstate_task(office, "1-004", who=WHO, now=now)
    assert len(list_milestones(office, "1-004")) == 2


def test_the_milestones_of_a_split_task_stay_with_it_and_that_is_said(office, put, now):
    put("1-001", TENDER, ROOF)
    pieces = [TaskWords(text="修缮老桥。"), TaskWords(text="更换护栏。")]
    done = split_task(office, "1-001", pieces, who=WHO, now=now)
    assert "2 个节点留在 1-001" in done.sentence
    assert [list_milestones(office, code) for code in done.value] == [(), ()]
    assert list_milestones(office, "1-001") == (TENDER, ROOF)


STEPS = st.lists(
    st.builds(
        MilestoneWords,
        st.dates(date(2026, 1, 1), date(2026, 1, 9)),
        st.sampled_from(["招标", "开工", "封顶", "验收"]),
        st.sampled_from(["", "60%"]),
        st.none() | st.dates(date(2026, 1, 1), date(2026, 2, 1)),
    ),
    max_size=6,
    unique_by=lambda step: (step.due, step.what),
)


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS, STEPS)
def test_what_is_set_stands_and_undo_brings_back_what_stood(office, put, now, first, second):
    put("1-003")
    stood = put("1-003", *first).value
    outcome = put("1-003", *second)
    standing = list_milestones(office, "1-003")
    assert standing == tuple(sorted(second, key=lambda step: step.due))
    if outcome.changes:
        undo_step(office, who=WHO, now=now + timedelta(minutes=1))
        assert list_milestones(office, "1-003") == stood


def test_the_trace_tells_it_in_the_clerks_words(office, put, now):
    put("1-001", TENDER, ROOF)
    put("1-001", MilestoneWords(date(2026, 4, 30), "完成招标"), ROOF)
    mark_milestone(office, "1-001", 1, date(2026, 3, 2), who=WHO, now=now)
    put("1-001", ROOF)
    told = [(line.label, line.field, line.old, line.new) for line in trace(office, "1-001")]
    assert told[:5] == [
        ("分解到月", "节点“完成招标”完成", "2026年3月2日", ""),
        ("分解到月", "节点", "2026年4月30日 完成招标", ""),
        ("标记节点完成", "节点“完成招标”完成", "", "2026年3月2日"),
        ("分解到月", "节点", "2026年3月31日 完成招标", "2026年4月30日 完成招标"),
        ("分解到月", "节点", "", "2026年6月30日 主体封顶 60%"),
    ]
    assert not any(line.restorable for line in trace(office, "1-001")[:6])
