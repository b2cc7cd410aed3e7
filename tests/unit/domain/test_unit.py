"""Names that stand for several units, and those that only look like it."""

from __future__ import annotations

import pytest

from tracker.domain.unit import COLLECTIVE, UnitRow


@pytest.mark.parametrize(
    "name",
    [
        "各镇人民政府", "沿河各乡镇人民政府", "县直各部门", "各有关单位", "有关乡镇人民政府",
        "县直有关部门", "相关 单位", "其他部门", "成员单位", "责任单位", "县直部门", "市直机关",
        "乡镇人民政府", "街道办事处", "镇街", "行业主管部门",
    ],
)  # fmt: skip
def test_a_name_for_several_units_is_a_collective(name):
    assert UnitRow(1, name).is_collective


@pytest.mark.parametrize(
    "name",
    [
        "东关镇人民政府", "城关街道办事处", "县直机关工委", "市直机关事务局", "县机关事务中心",
        "县乡村振兴服务中心", "县成员企业联合会", "双街道镇",
    ],
)  # fmt: skip
def test_a_single_unit_is_none(name):
    assert not UnitRow(1, name).is_collective


def test_kind_and_members_make_any_name_a_collective():
    assert UnitRow(1, "重点办", kind=COLLECTIVE).is_collective
    assert UnitRow(1, "重点办", members=(2,)).is_collective
