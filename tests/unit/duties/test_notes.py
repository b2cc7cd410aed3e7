"""Assignments in a cell for units."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.table import Roles
from tracker.domain.terms import Role
from tracker.duties.notes import read_unit_cell
from tracker.duties.tokens import tokenize

_ONE, _TWO, _THREE = "县教育局", "县水利局", "县审计局"
_ROLES = {role.value[0]: role for role in Role}


def _roles(**names: str) -> Roles:
    """Return roles by their first letter: l, c, r, g; names joined by 、."""
    given = {_ROLES[letter].value: tuple(value.split("、")) for letter, value in names.items()}
    return Roles(**given)


@pytest.mark.parametrize("default", list(Role))
def test_a_plain_list_has_the_role_of_its_column(default: Role) -> None:
    found = read_unit_cell(f"{_ONE}、{_TWO}\n{_THREE}", default)
    assert found.roles == Roles.single(default, (_ONE, _TWO, _THREE))
    assert not found.doubts


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("牵头单位：县教育局；配合单位：县水利局、县审计局", _roles(l=_ONE, c=f"{_TWO}、{_THREE}")),
        ("牵头单位：县教育局\n责任单位：县水利局", _roles(l=_ONE, c=_TWO)),
        ("责任单位：县教育局、县水利局", _roles(r=f"{_ONE}、{_TWO}")),
        ("主办：县教育局；协办：县水利局", _roles(l=_ONE, c=_TWO)),
        ("牵 头 单\n位：县教育局 责任单位：县水利局", _roles(l=_ONE, c=_TWO)),
        ("牵头 县教育局 配合 县水利局", _roles(l=_ONE, c=_TWO)),
        ("牵头单位：县教育局。各有关单位按职责分工负责。", _roles(l=_ONE, r="各有关单位")),
        ("指导单位：县教育局；落实单位：县水利局", _roles(g=_ONE, r=_TWO)),
    ],
)
def test_labels_say_who_does_what(text: str, roles: Roles) -> None:
    found = read_unit_cell(text, Role.RESPONSIBLE)
    assert (found.roles, found.rest, found.doubts) == (roles, (), ())


@pytest.mark.parametrize(
    ("text", "roles"),
    [
        ("县教育局牵头，县水利局、县审计局配合", _roles(l=_ONE, c=f"{_TWO}、{_THREE}")),
        ("由县教育局牵头，会同县水利局、县审计局", _roles(l=_ONE, c=f"{_TWO}、{_THREE}")),
        ("县教育局会同有关部门负责", _roles(l=_ONE, c="有关部门")),
        ("县教育局（牵头）、县水利局、县审计局（配合）", _roles(l=_ONE, c=f"{_TWO}、{_THREE}")),
        ("县教育局(牵头单位)\n县水利局", _roles(l=_ONE, c=_TWO)),
        ("县教育局牵头负责，县水利局等部门按职责分工负责", _roles(l=_ONE, r=_TWO)),
        ("县教育局、县水利局牵头，各有关单位配合", _roles(l=f"{_ONE}、{_TWO}", c="各有关单位")),
        ("县教育局主办，县水利局协办", _roles(l=_ONE, c=_TWO)),
        ("县教育局指导，各镇负责落实", _roles(g=_ONE, r="各镇")),
        ("（县教育局牵头，县水利局参与）", _roles(l=_ONE, c=_TWO)),
        ("縣教育局牽頭，縣水利局負責", _roles(l="縣教育局", r="縣水利局")),
        ("县教育局 牵头 县水利局 配合", _roles(l=_ONE, c=_TWO)),
        ("县教育局：牵头；县水利局：配合", _roles(l=_ONE, c=_TWO)),
        ("县教育局为牵头单位，县水利局为配合单位", _roles(l=_ONE, c=_TWO)),
    ],
)
def test_verbs_say_who_does_what(text: str, roles: Roles) -> None:
    found = read_unit_cell(text, Role.RESPONSIBLE)
    assert (found.roles, found.rest, found.doubts) == (roles, (), ())


def test_together_responsible_means_what_the_column_means() -> None:
    text = f"{_ONE}、{_TWO}共同负责"
    assert read_unit_cell(text, Role.LEAD).roles == _roles(l=f"{_ONE}、{_TWO}")
    assert read_unit_cell(text, Role.RESPONSIBLE).roles == _roles(r=f"{_ONE}、{_TWO}")


@pytest.mark.parametrize(
    ("text", "by_mark"),
    [
        (
            "第①、②项由县教育局牵头，第③项由县水利局、县审计局共同负责",
            {"①": _roles(l=_ONE), "②": _roles(l=_ONE), "③": _roles(l=f"{_TWO}、{_THREE}")},
        ),
        (
            "①②项县教育局牵头；③项县水利局牵头",
            {"①": _roles(l=_ONE), "②": _roles(l=_ONE), "③": _roles(l=_TWO)},
        ),
        (
            "第（一）、（二）项由县教育局牵头、县水利局配合",
            {"（一）": _roles(l=_ONE, c=_TWO), "（二）": _roles(l=_ONE, c=_TWO)},
        ),
        ("第1、2项县教育局", {"1": _roles(l=_ONE), "2": _roles(l=_ONE)}),
        ("①-③项：县教育局", {mark: _roles(l=_ONE) for mark in "①②③"}),
        ("①项目办②招商办", {"①": _roles(l="项目办"), "②": _roles(l="招商办")}),
        (
            "县教育局牵头；其中第②项由县水利局负责",
            {"②": _roles(r=_TWO)},
        ),
    ],
)
def test_scopes_give_parts_units_of_their_own(text: str, by_mark: dict[str, Roles]) -> None:
    found = read_unit_cell(text, Role.LEAD)
    assert dict(found.by_mark) == by_mark
    assert set(found.roles.names()) >= {n for roles in by_mark.values() for n in roles.names()}
    assert not found.doubts


def test_the_remaining_parts_are_left_to_the_clerk() -> None:
    found = read_unit_cell(f"第①项由{_ONE}牵头，其余由{_TWO}牵头", Role.LEAD)
    assert found.roles == _roles(l=f"{_ONE}、{_TWO}")
    assert dict(found.by_mark) == {"①": _roles(l=_ONE)}
    assert len(found.doubts) == 1


def test_persons_stand_apart_from_units() -> None:
    found = read_unit_cell("责任人：李某某、各副县长；牵头单位：县教育局", Role.RESPONSIBLE)
    assert found.persons == ("李某某", "各副县长")
    assert found.roles == _roles(l=_ONE)


@pytest.mark.parametrize(
    "name",
    [
        "会同县水利局",
        "县创业指导中心",
        "招商引资服务中心",
        "县政协办",
        "县科协办",
        "非遗传承办",
        "各牵头单位",
    ],
)
def test_a_role_word_inside_a_name_is_part_of_the_name(name: str) -> None:
    found = read_unit_cell(f"{name}、{_ONE}", Role.RESPONSIBLE)
    assert found.roles == _roles(r=f"{name}、{_ONE}")
    assert not found.doubts


@pytest.mark.parametrize(
    "text",
    [
        "要结合实际，进一步压实责任，各有关部门按要求抓好落实。",
        "同上",
        "牵头",
        "县教育局负责统筹，县水利局按要求推进的工作",
        "包联单位：县教育局",
        "县教育局牵头县水利局配合",
    ],
)
def test_what_is_no_assignment_stays_to_the_letter(text: str) -> None:
    found = read_unit_cell(text, Role.LEAD)
    assert not found.roles
    assert found.rest == (text,)
    assert found.doubts


def test_a_sentence_beside_names_is_kept_and_doubted() -> None:
    found = read_unit_cell(f"{_ONE}、{_TWO}负责，排在首位的部门为牵头部门，下同", Role.RESPONSIBLE)
    assert found.roles == _roles(r=f"{_ONE}、{_TWO}")
    assert found.rest == ("排在首位的部门", "下同")
    assert found.doubts


def test_a_lead_mark_after_several_names_is_doubted() -> None:
    found = read_unit_cell(f"{_ONE}、{_TWO}（牵头）", Role.RESPONSIBLE)
    assert found.roles == _roles(l=_TWO, c=_ONE)
    assert len(found.doubts) == 1


@pytest.mark.parametrize("text", ["", " \n", "——", "/", "无"])
def test_an_empty_cell_assigns_nothing(text: str) -> None:
    found = read_unit_cell(text, Role.LEAD)
    assert not found.roles
    assert not found.doubts


_NAMES = ["甲丙局", "丁戊中心", "己庚办"]
_WORDS = "牵头 配合 负责 由 会同 等部门 第①、②项 ③项 牵头单位： 责任人： （牵头） 其余 和"
_PIECES = st.sampled_from([*_NAMES, *_WORDS.split(), *"、，；。\n （）："])


@given(st.lists(_PIECES, max_size=14).map("".join))
def test_the_tokens_are_the_text(text: str) -> None:
    assert "".join(token.text for token in tokenize(text)) == text


@given(st.lists(_PIECES, max_size=14).map("".join), st.sampled_from(list(Role)))
def test_no_name_vanishes(text: str, default: Role) -> None:
    found = read_unit_cell(text, default)
    kept = "\n".join((*found.roles.names(), *found.persons, *found.rest))
    for name in re.findall("|".join(_NAMES), text):
        assert name in kept


@pytest.mark.parametrize(
    ("text", "roles", "doubts"),
    [
        ("县教育局主管，县水利局协助", _roles(l=_ONE, c=_TWO), 0),
        ("县教育局牵头，县水利局保障", _roles(l=_ONE, c=_TWO), 0),
        ("县教育局牵头，县水利局提供技术支持", _roles(l=_ONE, c=_TWO), 0),
        ("县教育局抓总，县水利局配合", _roles(l=_ONE, c=_TWO), 0),
        ("县教育局牵头，县水利局配合，县审计局督导", _roles(l=_ONE, c=_TWO), 1),
        ("县教育局牵头，县审计局监督", _roles(l=_ONE), 1),
        ("县教育局牵头、县审计局（督办）、县水利局（配合）", _roles(l=_ONE, c=_TWO), 1),
        ("医疗保障、民政、教育", _roles(r="医疗保障、民政、教育"), 0),
        ("市场监督、县教育局", _roles(r="市场监督、县教育局"), 0),
    ],
)
def test_verbs_behind_a_unit_are_no_part_of_its_name(text: str, roles: Roles, doubts: int) -> None:
    found = read_unit_cell(text, Role.RESPONSIBLE)
    assert (found.roles, len(found.doubts)) == (roles, doubts)


def test_a_name_that_an_unknown_verb_is_glued_to_is_doubtful() -> None:
    found = read_unit_cell("县教育局牵头，县水利局巡护", Role.RESPONSIBLE)
    assert found.roles.lead == (_ONE,)
    assert any("县水利局巡护" in doubt for doubt in found.doubts)
    assert not read_unit_cell("县教育局牵头，各镇街配合", Role.RESPONSIBLE).doubts


def test_a_name_that_runs_into_a_sentence_is_no_unit() -> None:
    found = read_unit_cell("县教育局、县水利局探索一窗通办", Role.RESPONSIBLE)
    assert "县水利局探索一窗通办" not in found.roles.names()
    assert found.doubts


@pytest.mark.parametrize("name", ["中铁4局", "市610办", "县公安局第2分局"])
def test_a_figure_in_a_name_does_not_make_it_an_amount(name: str) -> None:
    found = read_unit_cell(f"{name}、{_TWO}", Role.RESPONSIBLE)
    assert found.roles == Roles.single(Role.RESPONSIBLE, (name, _TWO))
