"""The units of a reform: found, made, renamed, abolished; collectives and leaders follow."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.reform import ReformKind
from tracker.domain.unit import UnitRow, name_key
from tracker.store.models import Unit, UnitMember, UnitName
from tracker.store.unit_models import PersonUnit

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.reform import NewUnit, ReformRequest
    from tracker.domain.unit import UnitNames
    from tracker.store.work import Work


@dataclass(frozen=True, slots=True)
class UnitChange:
    """What became of the units.

    Attributes:
        old: the units that change, as they were before.
        successors: the units that may take their place, as they are now; by their own names.
        gone: ids of those that were abolished.
        others: what else changed, each a sentence.
        made: ids of those that it set up.
    """

    old: tuple[UnitRow, ...]
    successors: tuple[UnitRow, ...]
    gone: frozenset[int] = frozenset()
    others: tuple[str, ...] = ()
    made: frozenset[int] = frozenset()

    @property
    def ids(self) -> tuple[int, ...]:
        """Ids of all units it speaks of, each once."""
        return tuple(dict.fromkeys(unit.id for unit in (*self.old, *self.successors)))

    @property
    def old_names(self) -> tuple[str, ...]:
        """Names of the units that change, as they were."""
        return tuple(unit.name for unit in self.old)


def row_of(unit: Unit) -> UnitRow:
    """Return a unit as a value."""
    return UnitRow(
        id=unit.id,
        name=unit.name,
        short_name=unit.short_name,
        position=unit.position,
        names=tuple(each.name for each in unit.names),
        kind=unit.kind,
        contact=unit.contact,
        phone=unit.phone,
        members=tuple(each.member_id for each in unit.members),
        valid_from=unit.valid_from,
        valid_to=unit.valid_to,
        successor=unit.successor_id,
    )


def change_units(work: Work, request: ReformRequest) -> UnitChange:
    """Rename, make and abolish units as a reform says.

    Raises:
        UserError: a unit is not known, is abolished already, or stands on both sides.
    """
    names = work.unit_names()
    old = [_old_unit(work, names, name, request.kind) for name in dict.fromkeys(request.old)]
    if len({unit.id for unit in old}) < len(old):
        raise UserError("原单位里有同一单位的两个名称", "、".join(request.old), "请去掉一个")
    before = tuple(row_of(unit) for unit in old)
    day = _day(request)
    if request.kind is ReformKind.RENAME:
        _rename(work, names, old[0], request.new[0])
        return UnitChange(before, (row_of(old[0]),))
    place = min(unit.position for unit in old)
    wanted = [each for each in request.new if each.name.strip()]
    again = old if request.kind is ReformKind.SPLIT else []
    known = {unit.id for unit in work.units()}
    new = [_new_unit(work, names, each, day, place, again) for each in wanted]
    if len({unit.id for unit in new}) < len(new):
        raise UserError("新单位里有同一单位的两个名称", "", "请去掉一个")
    kept = {unit.id for unit in new}
    if request.kind is ReformKind.HAND_OVER:
        if kept & {unit.id for unit in old}:
            raise UserError("移交前后是同一个单位", old[0].name, "请另选接收单位")
        return UnitChange(before, tuple(row_of(unit) for unit in new))
    if request.kind is ReformKind.ABOLISH and kept & {unit.id for unit in old}:
        raise UserError(f"“{old[0].name}”不能由自己承接", "", "请另选承接单位")
    gone = [unit for unit in old if unit.id not in kept]
    for unit in gone:
        unit.valid_to = day
        unit.successor_id = new[0].id if len(new) == 1 else None
    others = _follow(work, gone, new)
    ids, made = frozenset(unit.id for unit in gone), frozenset(unit.id for unit in new) - known
    return UnitChange(before, tuple(row_of(unit) for unit in new), ids, tuple(others), made)


def _day(request: ReformRequest) -> date:
    if request.on is None:
        raise UserError("请写明生效日期")
    return request.on


def _old_unit(work: Work, names: UnitNames, name: str, kind: ReformKind) -> Unit:
    found = names.find(name)
    if found is None:
        raise UserError(f"没有登记过单位“{name}”", "", "请从单位名单里选择")
    unit = work.unit(found)
    if kind is ReformKind.HAND_OVER:
        return unit
    meant = work.unit(names.direct(name) or found)
    if meant.valid_to is not None:
        said = f"由“{unit.name}”承接" if unit.valid_to is None else ""
        raise UserError(f"“{meant.name}”已经撤销", said, "请另选单位")
    return unit


def _rename(work: Work, names: UnitNames, unit: Unit, new: NewUnit) -> None:
    name, short = new.name.strip(), new.short_name.strip()
    gone = _own_name(work, name)
    if gone is not None and gone.valid_to is not None:
        raise UserError(
            f"“{gone.name}”是已经撤销的单位",
            "名称仍归它，以前各期照此打印",
            f"要重新设立的，请用“撤销”把“{unit.name}”的任务交给“{gone.name}”",
        )
    other = names.find(name)
    if other is not None and other != unit.id:
        raise UserError(
            f"“{name}”是名单里的另一个单位“{work.unit(other).name}”",
            "",
            "两个单位变成一个，请用“合并”",
        )
    if name_key(name) == name_key(unit.name) and short == unit.short_name:
        raise UserError("新名称与原名称相同", unit.name, "请写新的名称或简称")
    former = [each for each in (unit.name, unit.short_name) if each and each not in (name, short)]
    known = {each.name for each in unit.names}
    taken = {key for key, held in names.ids.items() if held != unit.id}
    for each in dict.fromkeys(former):
        if each not in known and name_key(each) not in taken:
            unit.names.append(UnitName(name=each))
    unit.names = [each for each in unit.names if name_key(each.name) != name_key(name)]
    unit.name, unit.short_name = name, short


def _new_unit(
    work: Work, names: UnitNames, new: NewUnit, day: date, place: int, again: Sequence[Unit]
) -> Unit:
    """Return the unit of that name, made where there is none; an abolished one stands again.

    Args:
        again: units a former name of which is that of a new unit: what was joined comes apart.
    """
    name, short = new.name.strip(), new.short_name.strip()
    found = _own_name(work, name)
    if found is None:
        known = names.find(name)
        found = work.unit(known) if known is not None else None
        if found is not None and (found.valid_to is not None or _was_called(found, name, again)):
            found = None  # a name that an abolished unit also went by, or this one did
    if found is None:
        found = Unit(name=name, short_name=short, position=place, valid_from=day)
        work.add(found)
        return found
    if found.valid_to is not None:
        found.valid_to, found.successor_id = None, None
    if short:
        found.short_name = short
    return found


def _was_called(unit: Unit, name: str, again: Sequence[Unit]) -> bool:
    own = {name_key(unit.name), name_key(unit.name)[1:], name_key(unit.short_name)}
    return unit in again and name_key(name) not in own


def _own_name(work: Work, name: str) -> Unit | None:
    key = name_key(name)
    return next((unit for unit in work.units() if name_key(unit.name) == key), None)


def _follow(work: Work, gone: Sequence[Unit], new: Sequence[Unit]) -> list[str]:
    """Let the new units take the place of the old ones in collectives and with leaders."""
    ids = {unit.id for unit in gone}
    said = []
    for collective in work.units():
        held = [each.member_id for each in collective.members]
        wanted = _replaced(held, ids, [unit.id for unit in new if unit.id != collective.id])
        if wanted != held:
            collective.members = [
                UnitMember(member_id=unit_id, position=at) for at, unit_id in enumerate(wanted, 1)
            ]
            said.append(f"“{collective.name}”的成员随之更换")
    for person in work.people():
        held = [each.unit_id for each in person.units]
        wanted = _replaced(held, ids, [unit.id for unit in new])
        if wanted != held:
            person.units = [
                PersonUnit(unit_id=unit_id, position=at) for at, unit_id in enumerate(wanted, 1)
            ]
            said.append(f"{person.name}分管的单位随之更换")
    return said


def _replaced(held: Sequence[int], gone: set[int], new: Sequence[int]) -> list[int]:
    """Return the ids with the new ones where the first old one stood."""
    if not gone & set(held):
        return list(held)
    found: list[int] = []
    for unit_id in held:
        found += new if unit_id in gone else [unit_id]
    return list(dict.fromkeys(found))
