"""Commands on units: `unit list|members|contact`; the rest in its own modules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.cli import reform_commands, unit_list_commands
from tracker.cli.context import WrongUsage, add_database
from tracker.ops.collectives import (
    find_unit,
    list_units,
    members_of,
    set_contact,
    set_members,
)

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.unit import UnitRow


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    unit = commands.add_parser("unit", help="单位：名单、联系人、合称、更名、合并、拆分、撤销")
    actions = unit.add_subparsers(dest="action", metavar="动作", required=True)
    listed = actions.add_parser("list", help="列出单位")
    listed.set_defaults(run=_list)
    members = actions.add_parser("members", help="合称（如“各镇人民政府”）包括哪些单位")
    members.add_argument("unit", metavar="合称")
    members.add_argument("--set", nargs="+", metavar="单位", help="改为这些单位")
    members.add_argument("--clear", action="store_true", help="清空成员")
    members.set_defaults(run=_members)
    contact = actions.add_parser("contact", help="登记单位的联系人和电话")
    contact.add_argument("unit", metavar="单位")
    contact.add_argument("--name", metavar="姓名", help="联系人")
    contact.add_argument("--phone", metavar="号码", help="电话")
    contact.set_defaults(run=_contact)
    for parser in (listed, members, contact):
        add_database(parser, ledger=False)
    unit_list_commands.add_to_units(actions)
    reform_commands.add_to_units(actions)


def _list(context: Context) -> int:
    with context.office() as office:
        units = list_units(office)
    by_id = {unit.id: unit for unit in units}
    context.put([_json(unit, by_id) for unit in units], [_line(unit, by_id) for unit in units])
    return 0


def _members(context: Context) -> int:
    arguments = context.arguments
    if arguments.set and arguments.clear:
        raise WrongUsage("--set 与 --clear 只能用一个")
    with context.office() as office:
        name = find_unit(office, arguments.unit).name
        said = []
        if arguments.set or arguments.clear:
            wanted = arguments.set or ()
            done = set_members(office, name, wanted, who=context.who, now=context.now)
            said = [done.sentence]
        members = [unit.name for unit in members_of(office, name)]
    lines = said or members or [f"“{name}”还没有登记成员"]
    context.put({"unit": name, "members": members}, lines)
    return 0


def _contact(context: Context) -> int:
    arguments = context.arguments
    if arguments.name is None and arguments.phone is None:
        raise WrongUsage("请写 --name 或 --phone")
    with context.office() as office:
        unit = find_unit(office, arguments.unit)
        name = unit.contact if arguments.name is None else arguments.name
        phone = unit.phone if arguments.phone is None else arguments.phone
        done = set_contact(office, unit.name, name, phone, who=context.who, now=context.now)
    context.put({"unit": done.value, "contact": name, "phone": phone}, [done.sentence])
    return 0


def _json(unit: UnitRow, by_id: dict[int, UnitRow]) -> dict[str, Any]:  # Any: JSON
    return {
        "name": unit.name,
        "short": unit.short_name,
        "abolished": unit.valid_to.isoformat() if unit.valid_to else "",
        "successor": by_id[unit.successor].name if unit.successor is not None else "",
        "names": list(unit.names),
        "collective": unit.is_collective,
        "members": [by_id[unit_id].name for unit_id in unit.members],
        "contact": unit.contact,
        "phone": unit.phone,
    }


def _line(unit: UnitRow, by_id: dict[int, UnitRow]) -> str:
    parts = [unit.name]
    if unit.names:
        parts.append(f"又名{'、'.join(unit.names)}")
    if unit.is_collective:
        members = "、".join(by_id[unit_id].name for unit_id in unit.members)
        parts.append(f"包括：{members}" if members else "合称，成员未登记")
    parts += [part for part in (unit.contact, unit.phone) if part]
    if unit.valid_to is not None:
        after = by_id[unit.successor].name if unit.successor is not None else ""
        parts.append(f"{unit.valid_to}撤销" + (f"，由{after}承接" if after else ""))
    return "　".join(parts)
