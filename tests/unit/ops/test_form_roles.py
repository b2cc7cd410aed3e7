"""The role on a form: with the parts that are the unit's, or the collective it is asked by."""

from __future__ import annotations

import pytest

from tracker.domain.reporting import Assigned, Duty
from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.task import PartRow, TaskRow
from tracker.domain.terms import Completion, Role
from tracker.domain.unit import UnitRow
from tracker.ops.form_roles import RoleWords

BOOKS, PRESS, TOWNS, EAST = (
    UnitRow(1, "县文旅局"),
    UnitRow(2, "县委宣传部"),
    UnitRow(3, "各镇人民政府", members=(4,)),
    UnitRow(4, "东关镇"),
)
PARTS = (
    PartRow(1, "①", "建成书屋3处", Roles(lead=("文旅局",))),
    PartRow(2, "②", "开展巡讲20场", Roles(lead=("县委宣传部",))),
    PartRow(3, "③", "评选先进", Roles(lead=("文旅局",))),
)


def duty(role, parts=()):
    task = TaskRow(
        7, 1, "1-007", "7", "", "建设", "建设。", NO_ROLES, "", (), None, None, "",
        Completion.IN_PROGRESS, 7, parts,
    )  # fmt: skip
    return Duty(task, role)


@pytest.mark.parametrize(
    ("unit", "parts", "said"),
    [
        (BOOKS, PARTS, "牵头单位（①③）"),
        (PRESS, PARTS, "牵头单位（②）"),
        (BOOKS, PARTS[::2], "牵头单位"),
        (BOOKS, (), "牵头单位"),
    ],
)
def test_the_parts_are_named_where_not_all_are_the_units(unit, parts, said):
    assigned = (Assigned(7, 1, Role.LEAD, "文旅局"), Assigned(7, 2, Role.LEAD, "县委宣传部"))
    words = RoleWords(assigned, (BOOKS, PRESS))
    assert words.of(duty(Role.LEAD, parts), unit.id) == said


def test_a_member_is_told_the_collective():
    assigned = (Assigned(7, 3, Role.RESPONSIBLE, "各镇人民政府"),)
    words = RoleWords(assigned, (TOWNS, EAST, BOOKS))
    assert words.of(duty(Role.RESPONSIBLE), EAST.id) == "责任单位\n（各镇人民政府）"
    named = RoleWords(assigned, (TOWNS, EAST, BOOKS), {(7, 3): (BOOKS.id,)})
    assert named.of(duty(Role.RESPONSIBLE), BOOKS.id) == "责任单位\n（各镇人民政府）"
    assert named.of(duty(Role.RESPONSIBLE), EAST.id) == "责任单位"


def test_a_unit_named_itself_needs_no_collective():
    assigned = (
        Assigned(7, 3, Role.COOPERATING, "各镇人民政府"),
        Assigned(7, 4, Role.COOPERATING, "东关镇"),
    )
    words = RoleWords(assigned, (TOWNS, EAST))
    assert words.of(duty(Role.COOPERATING), EAST.id) == "配合单位"
