"""What an assignment note says."""

from __future__ import annotations

import pytest

from tracker.domain.table import Roles
from tracker.duties.reading import find_order_rule, not_listed_in, read_note


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("（责任单位：甲局、乙局）", Roles(responsible=("甲局", "乙局"))),
        ("（牵头单位：甲局；责任单位：乙局）", Roles(("甲局",), ("乙局",))),
        ("牵头单位:甲局责任单位:乙局、丙局", Roles(("甲局",), ("乙局", "丙局"))),
        ("牵头单位：甲局、各乡镇责任单位：乙局", Roles(("甲局", "各乡镇"), ("乙局",))),
        ("（市级牵头单位：甲局；县级责任单位：乙局）", Roles(("甲局",), ("乙局",))),
        ("（甲局牵头，乙局、丙局按职责分工负责）", Roles(("甲局",), responsible=("乙局", "丙局"))),
        ("（甲局指导，乙局负责落实）", Roles(responsible=("乙局",), guiding=("甲局",))),
        ("（甲局、乙局等有关部门负责）", Roles(responsible=("甲局", "乙局"))),
        ("（甲局会同有关部门负责）", Roles(("甲局",), ("有关部门",))),
        ("【牵头单位】甲局【配合单位】乙局", Roles(("甲局",), ("乙局",))),
        ("甲局【牵头】、乙局【配合】", Roles(("甲局",), ("乙局",))),
        ("（责任单位：甲局[试点]、乙局）", Roles(responsible=("甲局[试点]", "乙局"))),
        ("（责任单位：*甲局、乙局）", Roles(("甲局",), ("乙局",))),
        ("（责任单位：甲局、乙局，排在首位的为牵头单位，下同）", Roles(("甲局",), ("乙局",))),
        ("（责任单位：各乡镇党委和政府）", Roles(responsible=("各乡镇党委和政府",))),
        ("（责任单位：各镇党委、政府，甲局）", Roles(responsible=("各镇党委、政府", "甲局"))),
        ("（县工会、共青团、妇联等群团组织负责）", Roles(responsible=("县工会", "共青团", "妇联"))),
    ],
)
def test_units_have_the_role_the_words_give(text: str, roles: Roles) -> None:
    assert read_note(text).roles == roles


def test_a_name_holds_no_sign_that_its_note_does_not_hold() -> None:
    note = read_note("（责任单位：甲局、乙（三镇责任单位：丙局）科）")
    assert not [name for name in note.roles.names() if "；" in name]
    assert note.roles.responsible[:1] == ("甲局",)
    assert note.rest
    assert note.doubts


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("（责任人：王明、李青山；牵头单位：甲局）", ("王明", "李青山")),
        ("包联领导：县委副书记、县长王明，副县长李青山\n牵头单位：甲局", ("王明", "李青山")),
        ("（副县长王明牵头，甲局负责）", ("王明",)),
        ("（分管副县长牵头；责任单位：甲局）", ("分管副县长",)),
        ("（副县长（分管）牵头，甲局负责）", ("副县长（分管）",)),
        ("（责任人：王明（副县长）、副县长（分管）李青山；责任单位：甲局）", ("王明", "李青山")),
        ("（责任人：各副县长；牵头单位：甲局）", ("各副县长",)),
    ],
)
def test_leaders_are_persons_without_their_posts(text: str, persons: tuple[str, ...]) -> None:
    note = read_note(text)
    assert note.persons == persons
    assert "甲局" in note.roles.names()
    assert not set(persons) & set(note.roles.names())


@pytest.mark.parametrize(
    ("text", "deadline"),
    [
        ("（牵头单位：甲局；完成时限：2026年6月底前）", "2026年6月底前"),
        ("（甲局牵头，乙局配合，6月底前完成）", "6月底前完成"),
        ("责任单位：甲局\n时限要求：长期坚持", "长期坚持"),
        ("（责任单位：甲局）", ""),
    ],
)
def test_a_note_may_say_when(text: str, deadline: str) -> None:
    note = read_note(text)
    assert note.deadline == deadline
    assert note.rest == ()


def test_the_rule_of_the_first_holds_onward_only_where_it_says_so() -> None:
    assert read_note("（甲局、乙局负责，列第一位者为牵头单位）").onward is False
    assert read_note("（甲局、乙局负责。列第一位者为牵头单位，下同）").onward is True
    assert read_note("（甲局、乙局负责）", first_leads=True).roles == Roles(("甲局",), ("乙局",))
    assert read_note("（甲局牵头，乙局负责）", first_leads=True).roles.lead == ("甲局",)


@pytest.mark.parametrize(
    "text",
    [
        "各项任务中排首位的为牵头单位",
        "注：列第一位的部门为牵头部门，其他为配合部门",
        "第一个单位为牵头单位",
    ],
)
def test_the_rule_is_found_in_a_sentence(text: str) -> None:
    assert find_order_rule(text) is not None


@pytest.mark.parametrize("text", ["把项目放在首位，压实牵头责任。", "争创全省第一，由甲局牵头。"])
def test_other_firsts_are_no_rule(text: str) -> None:
    assert find_order_rule(text) is None


def test_units_that_are_not_listed_any_more_are_told() -> None:
    note = read_note("（甲局负责。以下均需乙局配合，不再列出）")
    assert (note.roles.responsible, note.not_listed) == (("甲局",), ("以下均需乙局配合，不再列出",))
    assert not_listed_in("说明：各乡镇均需配合，不再逐一列出。") == (
        "各乡镇均需配合，不再逐一列出",
    )


def test_the_same_as_above_names_nobody_by_itself() -> None:
    note = read_note("（责任单位：同上）")
    assert note.same_as_above
    assert not note.roles
    assert note.doubts


def test_brackets_inside_a_note_end_neither_it_nor_what_is_not_listed() -> None:
    text = "以下均需各乡（镇、街道）政府落实，不再列出"
    note = read_note(f"（甲局牵头，乙局参与，各乡（镇、街道）政府负责落实。{text}）")
    assert (note.roles.lead, note.roles.cooperating) == (("甲局",), ("乙局",))
    assert note.roles.responsible == ("各乡（镇、街道）政府",)
    assert not_listed_in(f"修渠。（甲局牵头。{text}）修路。") == (text,)
    assert not_listed_in(f"修渠（含支渠）。{text}。") == (text,)


@pytest.mark.parametrize("brackets", ["【】", "[]", "〔〕", "（）"])
@pytest.mark.parametrize("verb", ["负责", "牵头", ""])
def test_one_unit_in_brackets_of_any_kind_is_a_note(brackets: str, verb: str) -> None:
    note = read_note(f"{brackets[0]}县水利局{verb}{brackets[1]}")
    assert note.roles.names() == ("县水利局",)
    assert not note.doubts


def test_a_label_in_brackets_stays_one() -> None:
    note = read_note("【牵头单位】县水利局【责任单位】县财政局")
    assert (note.roles.lead, note.roles.cooperating) == (("县水利局",), ("县财政局",))


@pytest.mark.parametrize(
    ("note", "persons"),
    [
        ("责任领导：赵刚 副县长", ("赵刚",)),
        ("（责任领导：赵刚　副县长、李明 县政府党组成员；责任单位：县水利局）", ("赵刚", "李明")),
        ("责任人：赵刚 李明", ("赵刚", "李明")),
        ("责任领导：赵刚、分管副县长", ("赵刚", "分管副县长")),
    ],
)
def test_a_post_behind_a_blank_belongs_to_the_name_before(note, persons):
    assert read_note(note).persons == persons


def test_a_post_behind_a_unit_of_two_signs_adds_no_bracket():
    assert not any("（" in name for name in read_note("责任单位：高新 管委会主任").roles.names())
