"""Units and persons of a task moved about: nothing but place and role changes."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.samples import situation_text
from tracker.base.errors import UserError
from tracker.domain.terms import Role
from tracker.ops.browse import trace
from tracker.ops.history import undo_step
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.restore import restore_value
from tracker.ops.tasks import TaskWords, edit_task, find_task
from tracker.ops.unit_moves import move_person, move_unit, remove_person, remove_unit

WHO = "李四"
WITH_PARTS = "1-003"


@pytest.fixture
def table(office, now):
    """An office of four tasks; the third has parts with units of their own."""
    apply_import(office, propose_import(office, read_text(situation_text())), who=WHO, now=now)
    return office


@pytest.fixture
def move(office, now):
    return lambda *args: move_unit(office, *args, who=WHO, now=now)


def roles(office, code="1-001"):
    return find_task(office, code).roles


def parts(office):
    return [(part.mark, part.roles) for part in find_task(office, WITH_PARTS).parts]


@pytest.fixture
def three(office, ledger, now):
    """Three leads and one that cooperates."""
    words = TaskWords(lead="甲局、乙局、丙局", cooperating="丁局")
    edit_task(office, "1-001", words, who=WHO, now=now)
    return office


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("丙局", 0, ("丙局", "甲局", "乙局")),
        ("丙局", 1, ("甲局", "丙局", "乙局")),
        ("甲局", 1, ("乙局", "甲局", "丙局")),
        ("甲局", 9, ("乙局", "丙局", "甲局")),
        ("乙局", 1, ("甲局", "乙局", "丙局")),
    ],
)
def test_a_unit_goes_before_the_one_at_its_new_place(three, move, name, place, expected):
    move("1-001", name, Role.LEAD, Role.LEAD, place)
    assert roles(three).lead == expected
    assert roles(three).cooperating == ("丁局",)


def test_a_unit_that_stays_where_it_is_makes_no_step(three, move):
    outcome = move("1-001", "甲局", Role.LEAD, Role.LEAD, 0)
    assert not outcome.changes
    assert outcome.sentence == "没有变化"


def test_a_unit_changes_its_role_in_one_step_named_for_it(three, move, now):
    outcome = move("1-001", "丁局", Role.COOPERATING, Role.LEAD, 1)
    assert outcome.sentence == "已把“丁局”改为牵头单位"
    assert roles(three).lead == ("甲局", "丁局", "乙局", "丙局")
    assert roles(three).cooperating == ()
    assert trace(three, "1-001")[0].label == "改为牵头单位"
    undo_step(three, who=WHO, now=now)
    assert roles(three).lead == ("甲局", "乙局", "丙局")
    assert roles(three).cooperating == ("丁局",)


def test_a_unit_that_holds_the_new_role_already_stands_there_once(three, move, now):
    edit_task(three, "1-001", TaskWords(cooperating="丁局、乙局"), who=WHO, now=now)
    outcome = move("1-001", "乙局", Role.COOPERATING, Role.LEAD, 0)
    assert roles(three).lead == ("甲局", "乙局", "丙局")
    assert roles(three).cooperating == ("丁局",)
    assert "合为一个" in outcome.sentence


def test_units_keep_their_parts_when_they_are_moved(table, move):
    before = parts(table)
    assert any(roles.lead or roles.responsible for _, roles in before)
    held = roles(table, WITH_PARTS)
    role = next(role for role in Role if len(held.of(role)) > 1)
    *_, last = held.of(role)
    move(WITH_PARTS, last, role, role, 0)
    assert roles(table, WITH_PARTS).of(role)[0] == last
    after = parts(table)
    assert [(mark, set(r.of(role))) for mark, r in after] == [
        (mark, set(r.of(role))) for mark, r in before
    ]


def test_a_moved_unit_keeps_its_parts_in_its_new_role(table, move):
    (name, *_) = roles(table, WITH_PARTS).lead
    marks = [mark for mark, held in parts(table) if name in held.lead]
    assert marks
    move(WITH_PARTS, name, Role.LEAD, Role.COOPERATING, 0)
    assert [mark for mark, held in parts(table) if name in held.cooperating] == marks
    assert name in roles(table, WITH_PARTS).cooperating


def test_the_printed_cell_is_given_up_and_stays_in_the_trace(table, move, now):
    cell = find_task(table, WITH_PARTS).units_text
    assert cell
    held = roles(table, WITH_PARTS)
    outcome = move(WITH_PARTS, held.lead[0], Role.LEAD, Role.COOPERATING, 0)
    assert "不再照印" in outcome.sentence
    assert find_task(table, WITH_PARTS).units_text == ""
    line = next(line for line in trace(table, WITH_PARTS) if line.field == "单位（原文）")
    restore_value(table, line, who=WHO, now=now)
    assert find_task(table, WITH_PARTS).units_text == cell


def test_a_removed_unit_comes_back_with_its_parts_from_the_trace(table, now):
    before, held = parts(table), roles(table, WITH_PARTS)
    remove_unit(table, WITH_PARTS, held.lead[0], Role.LEAD, who=WHO, now=now)
    assert roles(table, WITH_PARTS).lead == held.lead[1:]
    line = next(line for line in trace(table, WITH_PARTS) if line.field == "牵头单位")
    assert line.restorable
    restore_value(table, line, who=WHO, now=now)
    assert roles(table, WITH_PARTS) == held
    assert parts(table) == before


def test_units_that_stay_keep_their_parts_when_one_is_typed_in(table, now):
    before, held = parts(table), roles(table, WITH_PARTS)
    typed = "、".join((*held.lead, "县审计局"))
    edit_task(table, WITH_PARTS, TaskWords(lead=typed), who=WHO, now=now)
    assert roles(table, WITH_PARTS).lead == (*held.lead, "县审计局")
    assert parts(table) == before


def test_a_unit_that_is_gone_is_said_to_be(three, move, now):
    with pytest.raises(UserError, match="已经不是"):
        move("1-001", "丁局", Role.LEAD, Role.COOPERATING, 0)
    with pytest.raises(UserError, match="已经不是"):
        remove_unit(three, "1-001", "戊局", Role.LEAD, who=WHO, now=now)


def test_persons_are_moved_and_removed(office, ledger, now):
    edit_task(office, "1-001", TaskWords(persons="赵一、钱二、孙三"), who=WHO, now=now)
    move_person(office, "1-001", "孙三", 0, who=WHO, now=now)
    assert find_task(office, "1-001").persons == ("孙三", "赵一", "钱二")
    assert not move_person(office, "1-001", "孙三", 0, who=WHO, now=now).changes
    remove_person(office, "1-001", "赵一", who=WHO, now=now)
    assert find_task(office, "1-001").persons == ("孙三", "钱二")
    with pytest.raises(UserError, match="已经不是"):
        remove_person(office, "1-001", "赵一", who=WHO, now=now)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_however_often_units_are_moved_none_is_lost(three, now, data):
    words = TaskWords(lead="甲局、乙局、丙局", cooperating="丁局", responsible="", guiding="")
    edit_task(three, "1-001", words, who=WHO, now=now)
    held = roles(three)
    everyone = sorted(name for role in Role for name in held.of(role))
    for _ in range(3):
        held = roles(three)
        role = data.draw(st.sampled_from([role for role in Role if held.of(role)]))
        name = data.draw(st.sampled_from(held.of(role)))
        to_role = data.draw(st.sampled_from(list(Role)))
        place = data.draw(st.integers(0, 4))
        others = [each for each in held.of(to_role) if each != name]
        expected = (*others[:place], name, *others[place:])
        move_unit(three, "1-001", name, role, to_role, place, who=WHO, now=now)
        assert roles(three).of(to_role) == expected
    held = roles(three)
    assert sorted(name for role in Role for name in held.of(role)) == everyone
