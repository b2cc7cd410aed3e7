"""The usual official order of units: party, government, parks, bodies, companies, townships.

After the unit lists of several counties: departments, then parks, then companies and units that
are led from above, towns and streets last.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.unit import LEVELS, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.domain.unit import UnitRow

_GROUPS = (
    (("镇人民政府", "镇政府", "镇"), 93),
    (("乡人民政府", "乡政府", "乡"), 94),
    (("街道办事处", "街道办", "街道"), 95),
    (("管理委员会", "管委会", "园区", "开发区", "高新区"), 90),
    (("公司", "集团"), 92),
    (("银行", "支行", "分局", "大队"), 91),
)
_DEPARTMENT, _COLLECTIVE = 80, 99


def standard_order(
    units: Sequence[UnitRow], offices: Mapping[str, Sequence[str]]
) -> tuple[int, ...]:
    """Return the ids of units in the usual order; those of one place stay in the order given.

    Args:
        units: the units as they stand.
        offices: usual short names in official order, each with its other names, without a level.
    """
    places: dict[str, int] = {}
    for place, (short, others) in enumerate(offices.items()):
        for name in (short, *others):
            places.setdefault(name_key(name), place)
    ranked = sorted(units, key=lambda unit: (*_rank(unit, places), unit.position, unit.id))
    return tuple(unit.id for unit in ranked)


def _rank(unit: UnitRow, places: Mapping[str, int]) -> tuple[bool, int, int]:
    """Return whether it is gone, its group, and its place in the group."""
    if unit.is_collective:
        return unit.is_abolished, _COLLECTIVE, 0
    for name in (unit.name, unit.short_name, *unit.names):
        key = name_key(name)
        for form in (key, key[1:] if key[:1] in LEVELS else key):
            if form in places:
                return unit.is_abolished, 0, places[form]
    key = name_key(unit.name)
    for endings, group in _GROUPS:
        if key.endswith(endings):
            return unit.is_abolished, group, 0
    return unit.is_abolished, _DEPARTMENT, 0
