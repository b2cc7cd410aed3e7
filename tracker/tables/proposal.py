"""What a table would change in the ledger, cell by cell. Writes nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.collecting import uncollected
from tracker.domain.proposal import (
    NEW_TASK,
    Candidate,
    CellChange,
    Conflict,
    Creation,
    Match,
    Proposal,
    Question,
    Way,
    held_row,
)
from tracker.domain.table import Roles
from tracker.domain.terms import Role
from tracker.domain.unit import Identities
from tracker.tables.choose import twice_held
from tracker.tables.held import GoneNames, rows_instead, same_cell, words_of
from tracker.tables.match import Pair, match_rows
from tracker.text.printable import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from tracker.base.progress import Progress
    from tracker.domain.entry import EntryRow
    from tracker.domain.table import Origin, Table, TableRow
    from tracker.domain.task import EarlierDuties, TaskRow
    from tracker.domain.unit import UnitNames
    from tracker.domain.unit_gone import Gone


@uncollected()
def propose(
    table: Table,
    tasks: Sequence[TaskRow],
    entries: Mapping[int, EntryRow],
    names: UnitNames,
    changed_later: Callable[[int, str], bool],
    progress: Progress | None = None,
    given: Mapping[Origin, str] | None = None,
    gone: Mapping[int, Gone] | None = None,
) -> Proposal:
    """Compare a table with what is stored.

    Args:
        table: the table as read.
        tasks: the ledger's tasks in printed order.
        entries: the round's entries by task id.
        names: finds units by name.
        changed_later: tells whether a field of a task (by id) was changed after the file was
            exported; such a cell becomes a conflict where the file differs.
        progress: told now and then how far it is; may cancel it.
        given: rows of which the clerk has said which task they are, by its code, or `NEW_TASK`.
        gone: units that are no more, by id; nothing may be given to them.
    """
    comparison = _Comparison(table, tasks, entries, names, changed_later, gone or {})
    pairs = match_rows(table.rows, tasks, progress, _settled(table, tasks, given or {}), names)
    taken = {pair.row: pair for pair in pairs}
    found = {pair.task for pair in pairs}
    create: list[Creation] = []
    update: list[CellChange] = []
    conflict: list[Conflict] = []
    same = 0
    for index, row in enumerate(table.rows):
        if progress is not None and index % 50 == 0:
            progress.step("正在逐格核对", index, len(table.rows))
        pair = taken.get(index)
        if pair is None:
            creation = comparison.creation(row)
            if creation.held:
                conflict.append(held_row(creation))
            else:
                create.append(creation)
        elif not pair.sure:
            conflict.append(comparison.question(row, pair))
        else:
            updates, disputed = comparison.cells(row, tasks[pair.task])
            update += updates
            conflict += disputed
            same += not updates and not disputed
    return Proposal(
        create=tuple(create),
        update=tuple(update),
        same=same,
        conflict=tuple(conflict),
        matches=tuple(
            Match(tasks[p.task].code, table.rows[p.row], round(p.score, 3), p.reasons)
            for p in pairs
        ),
        unmentioned=tuple(task.code for j, task in enumerate(tasks) if j not in found),
    )


def _settled(
    table: Table, tasks: Sequence[TaskRow], given: Mapping[Origin, str]
) -> dict[int, int | None]:
    """Return what the clerk said by place; what is no longer there says nothing.

    Raises:
        UserError: two rows were said to be the same task.
    """
    if not given:
        return {}
    codes = {task.code: j for j, task in enumerate(tasks)}
    settled: dict[int, int | None] = {}
    holders: dict[str, int] = {}
    for index, row in enumerate(table.rows):
        code = given.get(row.origin)
        if code == NEW_TASK:
            settled[index] = None
        elif code is not None and code in codes:
            if code in holders:
                raise twice_held(holders[code], row.origin.row, tasks[codes[code]].text)
            settled[index] = codes[code]
            holders[code] = row.origin.row
    return settled


class _Comparison:
    """Compares rows with the tasks they stand for."""

    def __init__(
        self,
        table: Table,
        tasks: Sequence[TaskRow],
        entries: Mapping[int, EntryRow],
        names: UnitNames,
        changed_later: Callable[[int, str], bool],
        gone: Mapping[int, Gone],
    ) -> None:
        self._gone = GoneNames(names, gone)
        self._table = table
        self._tasks = tasks
        self._entries = entries
        self._names = names
        self._units = Identities(names)
        self._changed_later = changed_later

    def creation(self, row: TableRow) -> Creation:
        """Return the row as a new task."""
        creation = Creation(row, self._unknown(row))
        gone = self._gone.among(row.roles.names())
        if not gone:
            return creation
        rows = rows_instead(row, gone)
        ways = tuple(Way(words, Creation(other, self._unknown(other))) for words, other in rows)
        return replace(creation, held=words_of(gone), ways=ways)

    def _unknown(self, row: TableRow) -> tuple[str, ...]:
        return tuple(name for name in row.roles.names() if self._names.find(name) is None)

    def cells(
        self, row: TableRow, task: TaskRow
    ) -> tuple[tuple[CellChange, ...], tuple[Conflict, ...]]:
        """Return the cells in which the row differs: those to write, and those in dispute."""
        update: list[CellChange] = []
        conflict: list[Conflict] = []
        entry = self._entries.get(task.id)
        for change in _differences(row, task, entry, self._units, self._table):
            gone = self._gone.of_cell(change)
            if gone:
                conflict.append(_held_cell(change, gone))
            elif self._changed_later(task.id, change.field):
                sources = ("台账（导出之后改过）", f"表格第{row.origin.row}行")
                values = (change.old, change.new)
                conflict.append(Conflict(task.code, change.field, values, sources, change))
            else:
                update.append(change)
        return tuple(update), tuple(conflict)

    def question(self, row: TableRow, pair: Pair) -> Conflict:
        """A doubtful match: is this row that task? Nothing of it is written until decided."""
        task = self._tasks[pair.task]
        source = f"表格第{row.origin.row}行（{'，'.join(pair.reasons)}，是否同一任务待定）"
        candidates = tuple(self._candidate(row, each) for each in (pair, *pair.others))
        return Conflict(
            task.code,
            "task",
            (task.text, row.task),
            ("台账", source),
            question=Question(row, candidates, self.creation(row)),
        )

    def _candidate(self, row: TableRow, pair: Pair) -> Candidate:
        task = self._tasks[pair.task]
        update, conflict = self.cells(row, task)
        score = round(pair.score, 3)
        return Candidate(task.code, task.number, task.text, score, pair.reasons, update, conflict)


def _held_cell(change: CellChange, gone: Mapping[str, Gone]) -> Conflict:
    """Return the conflict of a cell that would give a task to a unit that is no more."""
    ways = []
    for words, row in rows_instead(change.row, gone):
        new = row.units_text or "、".join(row.roles.of(Role(change.field)))
        ways.append(Way(words, replace(change, new=new, row=row)))
    source = f"表格第{change.row.origin.row}行（{words_of(gone)}）"
    return Conflict(
        change.task,
        change.field,
        (change.old, change.new),
        ("台账", source),
        held=change,
        ways=tuple(ways),
    )


def _differences(
    row: TableRow, task: TaskRow, entry: EntryRow | None, units: Identities, table: Table
) -> Iterator[CellChange]:
    for field, old, new in _cells(row, task, entry, table):
        if new and printable(new)[0] != printable(old)[0]:
            yield CellChange(task.code, field, old, new, row)
    if any(_had_before(row, duties, units) for duties in task.earlier):
        return
    roles_differ = False
    for role in Role:
        named, known = row.roles.of(role), task.roles.of(role)
        alone = _printed_alone(row.roles, task.roles, units)
        if named and not _same_units(named, known, units) and not alone:
            roles_differ = True
            yield CellChange(task.code, role.value, "、".join(known), "、".join(named), row)
    # A page break puts a line end into a long cell.
    said = (row.units_text, row.roles.names(), task.units_text, task.roles.names())
    if row.units_text and not roles_differ and not same_cell(*said, units):
        # The same units, divided otherwise among the parts.
        role = next((role for role in Role if row.roles.of(role)), Role.LEAD)
        yield CellChange(task.code, role.value, task.units_text, row.units_text, row)


def _cells(
    row: TableRow, task: TaskRow, entry: EntryRow | None, table: Table
) -> Iterator[tuple[str, str, str]]:
    """Yield (field, stored, read) of every cell that is compared as text."""
    yield "number", task.number, row.number
    yield "section", task.section, row.section
    yield "task", task.text, row.task
    if row.persons not in (duties.persons for duties in task.earlier):
        yield "persons", "、".join(task.persons), "、".join(row.persons)
    # A deadline found in the task's own words says nothing about one that was extended since.
    if "deadline" in table.columns and row.deadline is not None and not _is_first(row, task):
        yield "deadline", task.deadline.text if task.deadline else "", row.deadline.text
    yield "progress", entry.text if entry else "", row.progress
    yield "state", entry.state_text if entry else "", row.status_text
    yield "percent", percent_text(entry.percent if entry else None), percent_text(row.percent)
    yield "problems", entry.problems if entry else "", row.problems
    yield "next_steps", entry.next_steps if entry else "", row.next_steps
    yield "note", entry.remark if entry else "", row.note
    kept = dict(entry.extra) if entry else {}
    for heading, text in row.extra:
        yield heading, kept.get(heading, ""), text


def _is_first(row: TableRow, task: TaskRow) -> bool:
    """Tell whether the row still has the deadline from before it was extended: an older table."""
    first = task.first_deadline
    return first is not None and row.deadline is not None and row.deadline.text == first.text


def percent_text(value: float | None) -> str:
    """Return a percentage as it is shown; empty where there is none."""
    return "" if value is None else f"{value:g}%"


def _same_units(named: tuple[str, ...], known: tuple[str, ...], units: Identities) -> bool:
    return _identities(named, units) == _identities(known, units)


def _identities(listed: tuple[str, ...], units: Identities) -> list[int | str]:
    """Return which units the names stand for; each once; unknown names stand for themselves."""
    # Units that a reform has joined into one stand side by side in last year's table.
    return list(dict.fromkeys(units[name] for name in listed))


def _had_before(row: TableRow, before: EarlierDuties, units: Identities) -> bool:
    """Tell whether the row has the units that the task had before a reform: an older table."""
    if not row.roles:
        return False
    if row.units_text:
        held = before.roles.names()
        return same_cell(row.units_text, row.roles.names(), before.units_text, held, units)
    alone = _printed_alone(row.roles, before.roles, units)
    return alone or all(
        _same_units(row.roles.of(role), before.roles.of(role), units)
        for role in Role
        if row.roles.of(role)
    )


def _printed_alone(named: Roles, held: Roles, units: Identities) -> bool:
    """Tell whether the row's one list only shows units that the task has in other roles.

    The standard table has one unit column under 牵头责任单位: it shows the leads, and where a task
    has none, its responsible units. A table with 责任单位 alone lists leads and others together;
    it says nothing against the roles that are stored.
    """
    if named == Roles(lead=named.lead):
        return not held.lead and _same_units(named.lead, held.responsible, units)
    if named == Roles(responsible=named.responsible):
        shown = (held.lead, held.lead + held.responsible, held.names())
        listed = set(_identities(named.responsible, units))
        return bool(held.lead) and any(listed == set(_identities(x, units)) for x in shown)
    return False
