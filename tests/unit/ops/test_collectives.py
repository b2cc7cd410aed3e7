"""Who belongs to a collective; contacts of units."""

from __future__ import annotations

import pytest

from tracker.base.errors import UserError
from tracker.ops.collectives import find_unit, list_units, members_of, set_contact, set_members
from tracker.ops.history import undo_step
from tracker.ops.tasks import TaskWords, new_task

WHO = "张三"
TOWNS = "各镇人民政府"


@pytest.fixture
def towns(office, ledger, now):
    new_task(office, ledger, TaskWords(text="备汛。", number="20", lead=TOWNS), who=WHO, now=now)
    return TOWNS


def names(office, collective=TOWNS):
    return [unit.name for unit in members_of(office, collective)]


def test_members_keep_the_order_they_were_given_in(office, towns, now):
    done = set_members(office, towns, ["西关镇", "东关镇", " 东关镇 "], who=WHO, now=now)
    assert names(office) == ["西关镇", "东关镇"]
    assert done.sentence == "“各镇人民政府”现有 2 个成员，其中新登记 1 个：西关镇"
    set_members(office, towns, ["东关镇"], who=WHO, now=now)
    assert names(office) == ["东关镇"]
    set_members(office, towns, [], who=WHO, now=now)
    assert names(office) == []


def test_setting_the_same_members_changes_nothing(office, towns, now):
    set_members(office, towns, ["西关镇", "东关镇"], who=WHO, now=now)
    assert not set_members(office, towns, ["西关镇", "东关镇"], who=WHO, now=now).changes


def test_setting_members_can_be_undone(office, towns, now):
    before = list_units(office)
    set_members(office, towns, ["西关镇", "东关镇"], who=WHO, now=now)
    undo_step(office, who=WHO, now=now)
    assert list_units(office) == before


@pytest.mark.parametrize(
    ("members", "told"),
    [([TOWNS], "不能是自己的成员"), (["各有关单位"], "也是几个单位的合称")],
)
def test_a_collective_has_only_single_units(office, towns, now, members, told):
    with pytest.raises(UserError, match=told):
        set_members(office, towns, ["东关镇", *members], who=WHO, now=now)
    assert names(office) == []
    assert "各有关单位" not in {unit.name for unit in list_units(office)}


def test_an_unknown_collective_is_told(office, ledger, now):
    with pytest.raises(UserError, match="没有登记过单位“各街道”"):
        set_members(office, "各街道", ["东关镇"], who=WHO, now=now)


def test_a_unit_is_found_without_its_level(office, ledger, now):
    set_contact(office, "水利局", " 王芳 ", "0999-6601", who=WHO, now=now)
    unit = find_unit(office, "县水利局")
    assert (unit.contact, unit.phone) == ("王芳", "0999-6601")
