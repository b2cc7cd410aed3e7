"""Commands on leaders: `person list|add|edit|remove`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.cli.context import add_database, day
from tracker.domain.unit_list import NO_DAY, PersonWords
from tracker.ops.collectives import list_units
from tracker.ops.people import add_person, edit_person, find_person, list_people, remove_person

if TYPE_CHECKING:
    import argparse

    from tracker.cli.context import Context
    from tracker.domain.person import PersonRow


def add_to(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the commands of this module."""
    person = commands.add_parser("person", help="领导：职务、分管、任职起止")
    actions = person.add_subparsers(dest="action", metavar="动作", required=True)
    listed = actions.add_parser("list", help="列出领导")
    listed.set_defaults(run=_list)
    add = actions.add_parser("add", help="新增领导")
    edit = actions.add_parser("edit", help="修改领导")
    remove = actions.add_parser("remove", help="从名单里删除领导")
    for parser, run in ((add, _add), (edit, _edit), (remove, _remove)):
        parser.add_argument("person", metavar="姓名")
        parser.set_defaults(run=run)
    edit.add_argument("--name", metavar="姓名", help="改正姓名")
    for parser in (add, edit):
        parser.add_argument("--post", metavar="职务", help="职务")
        parser.add_argument("--charge", metavar="分管", help="分管什么")
        parser.add_argument("--units", nargs="*", metavar="单位", help="分管的单位")
        parser.add_argument("--from", dest="since", type=day, metavar="日期", help="任职起日")
        parser.add_argument("--to", dest="until", type=day, metavar="日期", help="任职止日")
    edit.add_argument("--in-office", action="store_true", help="去掉任职止日")
    for parser in (listed, add, edit, remove):
        add_database(parser, ledger=False)


def _words(arguments: argparse.Namespace, name: str | None) -> PersonWords:
    until = NO_DAY if getattr(arguments, "in_office", False) else arguments.until
    return PersonWords(
        name=name,
        post=arguments.post,
        charge=arguments.charge,
        units=None if arguments.units is None else tuple(arguments.units),
        valid_from=arguments.since,
        valid_to=until,
    )


def _list(context: Context) -> int:
    with context.office() as office:
        people, units = list_people(office), {unit.id: unit.name for unit in list_units(office)}
    context.put(
        [_json(person, units) for person in people],
        [_line(person, units) for person in people] or ["领导名单是空的"],
    )
    return 0


def _add(context: Context) -> int:
    words = _words(context.arguments, context.arguments.person)
    with context.office() as office:
        done = add_person(office, words, who=context.who, now=context.now)
    context.put({"person": context.arguments.person}, [done.sentence])
    return 0


def _edit(context: Context) -> int:
    arguments = context.arguments
    with context.office() as office:
        found = find_person(office, arguments.person)
        words = _words(arguments, arguments.name)
        done = edit_person(office, found.id, words, who=context.who, now=context.now)
    context.put({"person": arguments.name or found.name}, [done.sentence])
    return 0


def _remove(context: Context) -> int:
    with context.office() as office:
        found = find_person(office, context.arguments.person)
        done = remove_person(office, found.id, who=context.who, now=context.now)
    context.put({"person": done.value}, [done.sentence])
    return 0


def _json(person: PersonRow, units: dict[int, str]) -> dict[str, Any]:  # Any: JSON
    return {
        "name": person.name,
        "post": person.post,
        "charge": person.charge,
        "units": [units[unit_id] for unit_id in person.units],
        "from": person.valid_from.isoformat() if person.valid_from else "",
        "to": person.valid_to.isoformat() if person.valid_to else "",
    }


def _line(person: PersonRow, units: dict[int, str]) -> str:
    parts = [person.name, person.post, person.charge]
    parts.append("、".join(units[unit_id] for unit_id in person.units))
    if person.valid_from or person.valid_to:
        parts.append(f"{person.valid_from or ''}至{person.valid_to or '今'}")
    return "　".join(part for part in parts if part)
