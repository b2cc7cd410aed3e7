"""Units: the list, their contacts, and who belongs to a collective (各镇人民政府)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.unit import COLLECTIVE, UnitRow
from tracker.ops.outcome import Outcome
from tracker.ops.units import Registrar
from tracker.store.models import UnitMember

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.ops.office import Office
    from tracker.store.models import Unit
    from tracker.store.work import Work


def list_units(office: Office) -> tuple[UnitRow, ...]:
    """Return all units in their official order."""
    with office.read() as view:
        return view.units()


def names_to_offer(office: Office) -> tuple[str, ...]:
    """Return the names offered where a unit is typed: of those that stand, in official order."""
    return tuple(unit.name for unit in list_units(office) if not unit.is_abolished)


def find_unit(office: Office, name: str) -> UnitRow:
    """Return the unit with that name, or with that among its other names.

    Raises:
        UserError: there is none, or the name could mean several.
    """
    with office.read() as view:
        found = view.unit_names().find(name)
        units = {unit.id: unit for unit in view.units()}
    if found is None:
        raise UserError(f"没有登记过单位“{name}”", "", "请用 unit list 核对名称")
    return units[found]


def members_of(office: Office, name: str) -> tuple[UnitRow, ...]:
    """Return the units that a collective stands for, in their order.

    Raises:
        UserError: no such unit.
    """
    collective = find_unit(office, name)
    by_id = {unit.id: unit for unit in list_units(office)}
    return tuple(by_id[unit_id] for unit_id in collective.members)


def set_members(
    office: Office, name: str, members: Sequence[str], *, who: str, now: datetime
) -> Outcome[tuple[str, ...]]:
    """Say which units a collective stands for; return their names. None empties the list.

    A member that is not known yet becomes a unit: townships are often printed only together.

    Raises:
        UserError: no such collective, or a member is the collective itself or another one.
    """
    collective = find_unit(office, name)
    with office.change(f"设定“{collective.name}”的成员", who, now) as work:
        before = {unit.id for unit in work.units()}
        unit = work.unit(collective.id)
        ids = member_ids(work, unit, members)
        if ids != [each.member_id for each in unit.members]:
            unit.members = [
                UnitMember(member_id=unit_id, position=place)
                for place, unit_id in enumerate(ids, 1)
            ]
        if ids:
            unit.kind = COLLECTIVE
        names = tuple(work.unit(unit_id).name for unit_id in ids)
        added = [work.unit(unit_id).name for unit_id in ids if unit_id not in before]
    return Outcome(names, work.changes, _sentence(collective.name, names, added))


def member_ids(work: Work, collective: Unit, members: Sequence[str]) -> list[int]:
    """Return the units that a collective is to stand for, those not known yet made.

    Raises:
        UserError: a member is the collective itself, another one, or abolished.
    """
    wanted = [member.strip() for member in members if member.strip()]
    registrar = Registrar(work)
    registrar.register(wanted)
    ids = list(dict.fromkeys(registrar.unit_id(member) for member in wanted))
    for unit_id in ids:
        _check_member(collective, work.unit(unit_id))
    return ids


def _check_member(collective: Unit, member: Unit) -> None:
    if member.id == collective.id:
        raise UserError(f"“{collective.name}”不能是自己的成员", "", "请去掉它再设定")
    own = tuple(each.member_id for each in member.members)
    if UnitRow(member.id, member.name, kind=member.kind, members=own).is_collective:
        raise UserError(
            f"“{member.name}”也是几个单位的合称", "成员要写到具体单位", "请改写为其中的单位"
        )


def _sentence(name: str, members: Sequence[str], added: Sequence[str]) -> str:
    if not members:
        return f"“{name}”现在没有成员"
    words = f"“{name}”现有 {len(members)} 个成员"
    return f"{words}，其中新登记 {len(added)} 个：{'、'.join(added)}" if added else words


def set_contact(
    office: Office, name: str, contact: str, phone: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Keep who is to be spoken to at a unit, and the phone number; return the unit's name.

    Raises:
        UserError: no such unit.
    """
    found = find_unit(office, name)
    with office.change(f"登记“{found.name}”的联系人", who, now) as work:
        unit = work.unit(found.id)
        unit.contact, unit.phone = contact.strip(), phone.strip()
    said = " ".join(part for part in (contact.strip(), phone.strip()) if part) or "无"
    return Outcome(found.name, work.changes, f"“{found.name}”的联系人：{said}")
