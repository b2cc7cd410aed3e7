"""The list of units as a table: written for others, and other offices' lists brought in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.base.errors import UserError
from tracker.domain.content import Content, ContentRow
from tracker.domain.history import Changes
from tracker.domain.unit import name_key
from tracker.domain.unit_list import UnitCell, UnitImport, UnitRead, UnitWords
from tracker.domain.unit_verdict import Likeness
from tracker.files.reader import read_file
from tracker.ops.outcome import Outcome
from tracker.ops.table_files import Exported, check_ending, export_table
from tracker.ops.unit_duplicates import unit_likeness
from tracker.ops.unit_list import NewUnits, lines_of
from tracker.ops.unit_rows import read_unit_rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.domain.unit import UnitNames, UnitRow
    from tracker.domain.unit_list import UnitLine
    from tracker.domain.unit_verdict import Verdict
    from tracker.files.grid import Cell
    from tracker.ops.office import Office

UNITS = "单位名单"

_WORDS = {
    "short_name": "简称",
    "names": "别称",
    "members": "包括单位",
    "contact": "联系人",
    "phone": "电话",
}


def export_units(office: Office, target: Path, *, now: datetime) -> Exported:
    """Write the list of units as .xlsx, .docx or .pdf, beside the target and swapped in.

    Raises:
        UserError: another ending, no unit, or the target cannot be written.
    """
    from tracker.reports.looks import load_layout

    check_ending(target, UNITS)
    ensure_writable(target)
    with office.read() as view:
        lines = lines_of(view)
    if not lines:
        raise UserError("名单里还没有单位", "", "请先导入表格或新增单位")
    rows = tuple(_row(str(place), line) for place, line in enumerate(lines, 1))
    content = Content(UNITS, rows=rows, created=now)
    return export_table(content, load_layout("units"), target)


def _row(number: str, line: UnitLine) -> ContentRow:
    unit = line.unit
    return ContentRow(
        number=number,
        units=(unit.name,),
        remark=line.state,
        extra={
            "short": unit.short_name,
            "names": "、".join(unit.names),
            "members": "、".join(line.members),
            "contact": unit.contact,
            "phone": unit.phone,
        },
    )


def plan_unit_import(office: Office, path: Path, progress: Progress | None = None) -> UnitImport:
    """Read a list of units and compare it with ours; nothing is stored.

    Raises:
        FileProblem: the file cannot be read.
        UserError: no column of units is found in it.
    """
    source = read_file(path, progress=progress)
    sheets = enumerate(source.grids, 1)
    read = read_unit_rows([(g.sheet or f"第{at}张表", _texts(g.rows)) for at, g in sheets])
    if read is None:
        raise UserError(
            f"“{path.name}”里没有找到单位名单",
            "表头里没有“单位名称”这样的一栏",
            "请在表头写明“单位名称”，可另有“简称、曾用名、联系人、电话”各栏",
        )
    with office.read() as view:
        likeness = unit_likeness(view)
        units = {unit.id: unit for unit in view.units()}
        names = view.unit_names()
    plan = UnitImport(path.name, faults=read.told)
    seen: dict[str, int] = {}
    for row in read.rows:
        key = name_key(row.name)
        if key in seen:
            told = f"第{row.row}行与第{seen[key]}行是同一名称“{row.name}”，只看前一行"
            plan = replace(plan, faults=(*plan.faults, told))
            continue
        seen[key] = row.row
        found = names.find(row.name)
        if found is not None and (held := units[names.direct(row.name) or found]).is_abolished:
            plan = _abolished(plan, row, held, units[found])
            continue
        if found is not None:
            plan = _known(plan, row, units[found], units, names)
            continue
        near = _nearest(row.name, units.values(), likeness.compare)
        if near is None:
            plan = replace(plan, create=(*plan.create, row))
        elif row.row in (other.row for other, _, _ in plan.asked):
            told = f"第{row.row}行的“{row.name}”没有读入：{near[1]}，请另行登记"
            plan = replace(plan, faults=(*plan.faults, told))
        else:
            plan = replace(plan, asked=(*plan.asked, (row, *near)))
    return plan


def _texts(rows: Iterable[Iterable[Cell]]) -> list[list[str]]:
    return [[cell.text for cell in row] for row in rows]


def _abolished(plan: UnitImport, row: UnitRead, held: UnitRow, now: UnitRow) -> UnitImport:
    """Tell of a row on a unit that is no more; nothing of it is the successor's."""
    if (row.name, row.contact, row.phone) == (held.name, held.contact, held.phone):
        return replace(plan, same=plan.same + 1)
    told = f"第{row.row}行“{row.name}”已经撤销，没有读入"
    if now.id != held.id:
        told += f"；现由“{now.name}”承接"
    return replace(plan, faults=(*plan.faults, told))


def _known(
    plan: UnitImport,
    row: UnitRead,
    unit: UnitRow,
    units: Mapping[int, UnitRow],
    names: UnitNames,
) -> UnitImport:
    """Add the cells in which a row differs from the unit we know."""
    cells = []
    for field in ("short_name", "contact", "phone"):
        old, new = getattr(unit, field), getattr(row, field)
        if new and new != old:
            cells.append(UnitCell(unit.name, _WORDS[field], old, new))
    known = {name_key(name) for name in (unit.name, unit.short_name, *unit.names)}
    others = [name for name in row.names if name_key(name) not in known]
    taken = [name for name in others if names.find(name) not in (None, unit.id)]
    others = [name for name in others if name not in taken]
    if others:
        new_names = "、".join((*unit.names, *others))
        cells.append(UnitCell(unit.name, _WORDS["names"], "、".join(unit.names), new_names))
    held = [units[each].name for each in unit.members]
    if row.members and [names.find(each) for each in row.members] != list(unit.members):
        cells.append(
            UnitCell(unit.name, _WORDS["members"], "、".join(held), "、".join(row.members))
        )
    told = tuple(f"第{row.row}行的别称“{name}”是另一个单位的名称，不写入" for name in taken)
    same = plan.same + (not cells)
    update = (*plan.update, *cells)
    return replace(plan, update=update, same=same, faults=(*plan.faults, *told))


def _nearest(
    name: str, units: Iterable[UnitRow], compare: Callable[[str, str], Verdict]
) -> tuple[str, str] | None:
    """Return our unit that a new name may be, with the reason; None where none is near."""
    likely = None
    for unit in units:
        if unit.is_abolished:
            continue
        for own in (unit.name, *unit.names):
            verdict = compare(name, own)
            if verdict.likeness is Likeness.SAME:
                return unit.name, verdict.reason
            if verdict.likeness is Likeness.LIKELY and likely is None:
                likely = (unit.name, verdict.reason)
    return likely


def apply_unit_import(
    office: Office,
    plan: UnitImport,
    *,
    same: Mapping[int, str] | None = None,
    new: Sequence[int] = (),
    who: str,
    now: datetime,
) -> Outcome[UnitImport]:
    """Write what a list would change, as one step.

    Args:
        same: of the rows asked about, those that are one of our units: its name by row; the
            row's name becomes another name of it.
        new: of the rows asked about, those that are new units. Others stay unwritten.

    Raises:
        UserError: a unit was changed in between so that a name is taken.
    """
    asked = {row.row: row for row, _, _ in plan.asked}
    create = [*plan.create, *(asked[number] for number in new if number in asked)]
    joined = [(asked[number], name) for number, name in (same or {}).items() if number in asked]
    left = len(asked) - len(joined) - sum(1 for number in new if number in asked)
    if not create and not plan.update and not joined:
        return Outcome(plan, Changes(), "与名单一致，没有要写入的内容")
    with office.change(f"导入单位名单：{plan.source}", who, now) as work:
        writer = NewUnits(work)
        for row in create:
            writer.add(_words(row))
        for row, name in joined:
            writer.also_called(name, row.name)
            writer.fill(name, _words(row))
            writer.set_cell(name, UnitWords(contact=row.contact or None, phone=row.phone or None))
        for cell in plan.update:
            writer.set_cell(cell.unit, _typed(cell))
    changed = len({cell.unit for cell in plan.update} | {name for _, name in joined})
    sentence = f"新增 {len(create)} 个单位，更新 {changed} 个"
    if left:
        sentence += f"，{left} 个待定没有写入"
    return Outcome(plan, work.changes, sentence)


def _words(row: UnitRead) -> UnitWords:
    return UnitWords(
        name=row.name,
        short_name=row.short_name,
        names=row.names,
        is_collective=True if row.members else None,
        contact=row.contact,
        phone=row.phone,
        members=row.members or None,
    )


def _typed(cell: UnitCell) -> UnitWords:
    listed = tuple(cell.new.split("、"))
    if cell.field == _WORDS["names"]:
        return UnitWords(names=listed)
    if cell.field == _WORDS["members"]:
        return UnitWords(members=listed, is_collective=True)
    if cell.field == _WORDS["contact"]:
        return UnitWords(contact=cell.new)
    if cell.field == _WORDS["phone"]:
        return UnitWords(phone=cell.new)
    return UnitWords(short_name=cell.new)
