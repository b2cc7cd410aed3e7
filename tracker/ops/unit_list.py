"""The list of units: shown, ordered, added to, edited; contacts pasted from Excel."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.base.resources import load
from tracker.domain.history import Changes
from tracker.domain.terms import LedgerState, Role
from tracker.domain.unit import COLLECTIVE, UnitRow, name_key
from tracker.domain.unit_list import ContactLine, UnitLine, UnitWords
from tracker.domain.unit_order import standard_order
from tracker.ops.collectives import member_ids
from tracker.ops.outcome import Outcome
from tracker.store.models import Unit, UnitMember, UnitName
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.domain.unit import UnitNames
    from tracker.ops.office import Office
    from tracker.store.queries import View
    from tracker.store.work import Work

_PHONE = re.compile(r"[（(+]?\d[\d\-—－（）() 　]{5,}\d(?:转\d+)?")
_HEADINGS = frozenset({"单位", "单位名称", "责任单位", "部门", "名称"})


def list_lines(office: Office) -> tuple[UnitLine, ...]:
    """Return the units in their official order, those that were abolished last."""
    with office.read() as view:
        return lines_of(view)


def lines_of(view: View) -> tuple[UnitLine, ...]:
    """Return the list from an open view."""
    units = view.units()
    names = {unit.id: unit.name for unit in units}
    held: dict[int, set[int]] = defaultdict(set)
    leads: dict[int, set[int]] = defaultdict(set)
    for ledger in view.ledgers():
        if ledger.state is not LedgerState.RUNNING:
            continue
        standing = {task.id: task for task in view.tasks(ledger.id) if task.is_open}
        for one in view.assigned(ledger.id):
            task = standing.get(one.task_id)
            if task is None:
                continue
            held[one.unit_id].add(task.id)
            answering = Role.LEAD if task.roles.lead else Role.RESPONSIBLE
            if one.role is answering:
                leads[one.unit_id].add(task.id)
    ordered = sorted(units, key=lambda unit: unit.is_abolished)
    return tuple(
        UnitLine(
            unit,
            len(held[unit.id]),
            len(leads[unit.id]),
            tuple(names[member] for member in unit.members),
            _state(unit, names),
        )
        for unit in ordered
    )


def _state(unit: UnitRow, names: dict[int, str]) -> str:
    if unit.valid_to is None:
        return ""
    gone = f"{long_date(unit.valid_to)}撤销"
    return f"{gone}，由{names[unit.successor]}承接" if unit.successor is not None else gone


def add_unit(office: Office, words: UnitWords, *, who: str, now: datetime) -> Outcome[int]:
    """Add a unit at the end of the list; return its id.

    Raises:
        UserError: no name, or one that is known already.
    """
    name = (words.name or "").strip()
    with office.change(f"新增单位：{name}", who, now) as work:
        unit_id = NewUnits(work).add(words)
    return Outcome(unit_id, work.changes, f"已新增单位“{name}”")


class NewUnits:
    """Adds units, names and cells within one unit of work."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._place = max((unit.position for unit in work.units()), default=0)

    def add(self, words: UnitWords) -> int:
        """Add a unit at the end; return its id."""
        name = (words.name or "").strip()
        _refuse_known(self._work, name, None)
        self._place += 1
        unit = Unit(name=name, position=self._place)
        self._work.add(unit)
        _write(self._work, unit, words)
        return unit.id

    def also_called(self, unit: str, name: str) -> None:
        """Note another name of a unit."""
        _also_called(self._work, self._unit(unit), name)

    def fill(self, unit: str, words: UnitWords) -> None:
        """Write what a unit has none of yet: short name, contact, phone."""
        held = self._unit(unit)
        for field in ("short_name", "contact", "phone"):
            if not getattr(held, field):
                setattr(held, field, getattr(words, field) or "")

    def set_cell(self, unit: str, words: UnitWords) -> None:
        """Write a cell of a unit."""
        _write(self._work, self._unit(unit), words)

    def _unit(self, name: str) -> Unit:
        found = self._work.unit_names().find(name)
        if found is None:
            raise UserError(f"没有登记过单位“{name}”", "", "请刷新后再试")
        return self._work.unit(found)


def edit_unit(
    office: Office, unit_id: int, words: UnitWords, *, who: str, now: datetime
) -> Outcome[int]:
    """Edit a unit in the list; return its id.

    A corrected name is for the list; the old one stays as another name, and what is printed of
    tasks stays as it is. A unit that is really called otherwise from now on is renamed by
    `carry_out_reform`.

    Raises:
        UserError: no name, one that another unit has, or members that do not fit.
    """
    with office.change("修改单位", who, now) as work:
        unit = work.unit(unit_id)
        if words.name is not None and words.name.strip() != unit.name:
            _refuse_known(work, words.name.strip(), unit_id)
        _write(work, unit, words)
        name = unit.name
    return Outcome(unit_id, work.changes, f"已修改“{name}”")


def remove_unit(office: Office, unit_id: int, *, who: str, now: datetime) -> Outcome[str]:
    """Take a unit out of the list that nothing speaks of; return its name.

    Raises:
        UserError: a task, a report, a form, a slip or a collective names it.
    """
    with office.change("删除单位", who, now) as work:
        unit = work.unit(unit_id)
        if work.is_used(unit_id):
            raise UserError(
                f"“{unit.name}”还有任务或往来记录，不能删除",
                "",
                "不再设置的单位请用“机构改革”撤销；重复登记的请用“合并”",
            )
        name = unit.name
        work.remove(unit)
    return Outcome(name, work.changes, f"已删除“{name}”")


def order_units(
    office: Office, ids: Sequence[int], *, who: str, now: datetime
) -> Outcome[tuple[int, ...]]:
    """Put the units into an order; those not named follow in the order they had."""
    with office.change("调整单位顺序", who, now) as work:
        units = {unit.id: unit for unit in work.units()}
        wanted = [unit_id for unit_id in dict.fromkeys(ids) if unit_id in units]
        rest = [unit_id for unit_id in units if unit_id not in set(wanted)]
        for place, unit_id in enumerate([*wanted, *rest], 1):
            if units[unit_id].position != place:
                units[unit_id].position = place
    return Outcome((*wanted, *rest), work.changes, "单位顺序已调整")


def order_by_standard(office: Office, *, who: str, now: datetime) -> Outcome[tuple[int, ...]]:
    """Put the units into the usual official order (`resources/offices.toml`)."""
    with office.read() as view:
        ids = standard_order(view.units(), load("offices.toml")["names"])
    return order_units(office, ids, who=who, now=now)


def read_contacts(office: Office, text: str) -> tuple[ContactLine, ...]:
    """Read pasted rows with a unit, a contact and a phone, in any order; nothing is stored."""
    with office.read() as view:
        names, units = view.unit_names(), {unit.id: unit for unit in view.units()}
    lines = []
    for line in text.splitlines():
        if line.strip():
            lines.append(_contact(line, names, units))
    return tuple(line for line in lines if line is not None)


def _contact(line: str, names: UnitNames, units: dict[int, UnitRow]) -> ContactLine | None:
    cells = [cell.strip() for cell in re.split(r"\t|,|，|;|；| {2,}|　", line) if cell.strip()]
    if len(cells) == 1:
        cells = line.split()
    if any(name_key(cell) in _HEADINGS for cell in cells):
        return None
    at = next((i for i, cell in enumerate(cells) if names.find(cell) is not None), None)
    if at is None:
        return ContactLine(line.strip(), "")
    found = names.find(cells[at])
    unit = units[found] if found is not None else None
    rest = [cell for i, cell in enumerate(cells) if i != at]
    phones = [cell for cell in rest if _PHONE.fullmatch(cell)]
    people = [c for c in rest if c not in phones and not c.isdigit()]
    if unit is None:
        return ContactLine(line.strip(), "")
    contact, phone = "、".join(people), "、".join(phones)
    old = " ".join(part for part in (unit.contact, unit.phone) if part)
    new = " ".join(part for part in (contact or unit.contact, phone or unit.phone) if part)
    return ContactLine(line.strip(), unit.name, contact, phone, old, new)


def write_contacts(
    office: Office, lines: Sequence[ContactLine], *, who: str, now: datetime
) -> Outcome[int]:
    """Keep contacts that were read, in one step; empty cells change nothing. Return how many."""
    wanted = [line for line in lines if line.unit and line.old != line.new]
    if not wanted:
        return Outcome(0, Changes(), "没有要改的联系人")
    with office.change(f"登记 {len(wanted)} 个单位的联系人", who, now) as work:
        by_name = {unit.name: unit for unit in work.units()}
        for line in wanted:
            unit = by_name[line.unit]
            unit.contact, unit.phone = line.contact or unit.contact, line.phone or unit.phone
    return Outcome(len(wanted), work.changes, f"已登记 {len(wanted)} 个单位的联系人")


def _refuse_known(work: Work, name: str, unit_id: int | None) -> None:
    if not name:
        raise UserError("请填写单位名称")
    key = name_key(name)
    for unit in work.units():
        names = (unit.name, *(each.name for each in unit.names))
        if unit.id != unit_id and key in map(name_key, names):
            if unit.valid_to is not None:
                raise UserError(
                    f"“{unit.name}”是已经撤销的单位",
                    "",
                    "要重新设立的，请在机构改革里把它写为新单位或承接单位",
                )
            called = f"“{unit.name}”" if key == name_key(unit.name) else f"“{unit.name}”的别称"
            raise UserError(
                f"“{name}”已在名单里，是{called}", "", "同一单位登记了两次的，请用“合并”"
            )


def _write(work: Work, unit: Unit, words: UnitWords) -> None:
    """Write what was typed; a corrected name stays findable by the old one."""
    if words.name is not None and words.name.strip() != unit.name:
        _also_called(work, unit, unit.name)
        unit.name = words.name.strip()
    for field in ("short_name", "contact", "phone"):
        typed = getattr(words, field)
        if typed is not None:
            setattr(unit, field, typed.strip())
    if words.names is not None:
        _set_names(work, unit, words.names)
    if words.is_collective is not None:
        unit.kind = COLLECTIVE if words.is_collective else ""
    if words.members is not None:
        ids = member_ids(work, unit, words.members)
        if ids != [each.member_id for each in unit.members]:
            unit.members = [
                UnitMember(member_id=each, position=at) for at, each in enumerate(ids, 1)
            ]


def _set_names(work: Work, unit: Unit, names: Sequence[str]) -> None:
    wanted = dict.fromkeys(name.strip() for name in names if name.strip())
    for row in [row for row in unit.names if row.name not in wanted]:
        unit.names.remove(row)
    for name in wanted:
        _also_called(work, unit, name)


def _also_called(work: Work, unit: Unit, name: str) -> None:
    if name == unit.name and not any(row.name == name for row in unit.names):
        unit.names.append(UnitName(name=name))
        return
    if any(row.name == name for row in unit.names):
        return
    _refuse_known(work, name, unit.id)
    unit.names.append(UnitName(name=name))
