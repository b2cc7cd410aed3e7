"""Writing an accepted proposal within one unit of work."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.table import NO_ROLES
from tracker.domain.terms import Role, RoundState
from tracker.ops.fields import set_deadline, set_parts, set_state, title_of
from tracker.ops.rounds import open_round
from tracker.ops.units import Registrar, assign, reassign
from tracker.store.models import Document, Entry, Ledger, Task
from tracker.tables.proposal import percent_text

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.proposal import CellChange, Proposal
    from tracker.domain.table import Table, TableRow
    from tracker.files.source import Source
    from tracker.store.models import Round
    from tracker.store.work import Work

ENTRY_TEXTS = {
    "progress": "text",
    "problems": "problems",
    "next_steps": "next_steps",
    "note": "remark",
}
"""Fields of a row that go to a text column of the entry as they are."""


def write_proposal(
    work: Work,
    ledger_name: str,
    round_number: int,
    source: Source,
    table: Table,
    proposal: Proposal,
    now: datetime,
) -> None:
    """Write what the proposal creates and updates; make ledger and round where there is none.

    Raises:
        UserError: a cell is no longer what the proposal saw.
    """
    ledger = work.find_ledger(ledger_name)
    if ledger is None:
        ledger = Ledger(name=ledger_name, table_title=table.title)
        work.add(ledger)
    elif not ledger.table_title and table.title and not work.tasks(ledger):
        ledger.table_title = table.title
    round_ = next((r for r in work.rounds(ledger) if r.number == round_number), None)
    if round_ is None:
        round_ = open_round(work, ledger, round_number)
    if round_.state == RoundState.CLOSED:
        raise UserError(f"第{round_number}期已定稿，不能再导入", "", "请先重新打开这一期")
    document = _document(work, ledger, source, table, now)
    writer = _Writer(work, ledger, round_, document)
    rows = [c.row for c in proposal.create] + [c.row for c in proposal.update]
    writer.registrar.register(name for row in rows for name in row.roles.names())
    for change in proposal.update:
        writer.update(change)
    created = [(creation.row, writer.create(creation.row)) for creation in proposal.create]
    _place(work, ledger, table, created, {m.row.origin: m.task for m in proposal.matches})


def _document(work: Work, ledger: Ledger, source: Source, table: Table, now: datetime) -> Document:
    digest = work.keep(source.content or source.flow.text.encode())
    found = work.document_of(ledger, digest)
    if found is None:
        found = Document(
            ledger_id=ledger.id,
            title=table.title,
            issued_on=table.date,
            kind="progress_table",
            text=source.flow.text,
            file_name=source.name,
            blob_hash=digest,
            added_at=now,
        )
        work.add(found)
    return found


class _Writer:
    """Writes rows and cells of one import into one ledger and one round."""

    def __init__(self, work: Work, ledger: Ledger, round_: Round, document: Document) -> None:
        self.registrar = Registrar(work)
        self._work = work
        self._ledger = ledger
        self._round = round_
        self._document = document
        self._entries = work.entries(round_)
        self._tasks = {task.code: task for task in work.tasks(ledger)}

    def create(self, row: TableRow) -> Task:
        """Add the row's task with parts, units and entry."""
        number = self._work.count(f"task:{self._ledger.id}")
        task = Task(
            ledger_id=self._ledger.id,
            document_id=self._document.id,
            code=f"{self._ledger.id}-{number:03d}",
            number=row.number,
            section=row.section,
            title=title_of(row.task),
            text=row.task,
            units_text=row.units_text,
            persons=list(row.persons),
            source_sheet=row.origin.sheet,
            source_row=row.origin.row,
        )
        set_deadline(task, row.deadline)
        set_parts(task, [(item.mark, item.text) for item in row.items])
        own = [item.roles for item in row.items]
        assign(self.registrar, task, row.roles, zip(task.parts, own, strict=True))
        task.entries.append(self._new_entry(task, row))
        self._work.add(task)
        return task

    def _new_entry(self, task: Task, row: TableRow) -> Entry:
        entry = Entry(round_id=self._round.id, extra=[list(pair) for pair in row.extra])
        for field, column in ENTRY_TEXTS.items():
            setattr(entry, column, getattr(row, field))
        entry.percent = row.percent
        set_state(task, entry, row.status_text)
        return entry

    def update(self, change: CellChange) -> None:
        """Write one changed cell."""
        task = self._tasks[change.task]
        row = change.row
        if change.field in {role.value for role in Role}:
            reassign(self.registrar, task, Role(change.field), row.roles.of(Role(change.field)))
            _restore_parts(task, row)
            return
        if change.field in {"number", "section", "task", "persons", "deadline"}:
            _update_task(task, change)
            return
        self._update_entry(task, change)

    def _update_entry(self, task: Task, change: CellChange) -> None:
        entry = self._entries.get(task.id)
        if entry is None:
            entry = Entry(task_id=task.id, round_id=self._round.id)
            self._work.add(entry)
            self._entries[task.id] = entry
        entry.carried = False
        if change.field in ENTRY_TEXTS:
            column = ENTRY_TEXTS[change.field]
            _expect(change, getattr(entry, column))
            setattr(entry, column, change.new)
        elif change.field == "state":
            _expect(change, entry.state_text)
            set_state(task, entry, change.new)
        elif change.field == "percent":
            _expect(change, percent_text(entry.percent))
            entry.percent = change.row.percent
        else:
            kept = {pair[0]: pair[1] for pair in entry.extra}
            kept[change.field] = change.new
            entry.extra = [list(pair) for pair in kept.items()]


def _update_task(task: Task, change: CellChange) -> None:
    if change.field == "task":
        _expect(change, task.text)
        task.text, task.title = change.new, title_of(change.new)
        set_parts(task, [(item.mark, item.text) for item in change.row.items])
    elif change.field == "persons":
        task.persons = list(change.row.persons)
    elif change.field == "deadline":
        _expect(change, task.deadline_text)
        set_deadline(task, change.row.deadline)
    else:
        _expect(change, getattr(task, change.field))
        setattr(task, change.field, change.new)


def _expect(change: CellChange, stored: str) -> None:
    if stored != change.old:
        raise UserError(
            "台账在核对之后又被改动，没有写入任何内容",
            f"任务 {change.task} 与核对时不同",
            "请重新导入，再核对一次",
        )


def _restore_parts(task: Task, row: TableRow) -> None:
    """Tie the units to the parts again, as the row's cell says."""
    task.units_text = row.units_text
    by_mark = {item.mark: item.roles for item in row.items}
    for part in task.parts:
        own = by_mark.get(part.mark, NO_ROLES)
        for assignment in task.assignments:
            if assignment.part is None and assignment.printed in own.of(Role(assignment.role)):
                assignment.part = part


def _place(
    work: Work,
    ledger: Ledger,
    table: Table,
    created: list[tuple[TableRow, Task]],
    matched: dict[object, str],
) -> None:
    """Put new tasks behind the task that stands before them in the table."""
    if not created:
        return
    new = {row.origin: task for row, task in created}
    fresh = {task.id for _, task in created}
    stored = [task for task in work.tasks(ledger) if task.id not in fresh]
    by_code = {task.code: task for task in stored}
    behind: dict[int | None, list[Task]] = defaultdict(list)
    last = stored[-1].id if stored and not matched else None
    for row in table.rows:
        known = by_code.get(matched.get(row.origin, ""))
        if known is not None:
            last = known.id
        elif row.origin in new:
            behind[last].append(new[row.origin])
    order = behind[None] + [task for known in stored for task in (known, *behind[known.id])]
    for position, task in enumerate(order, 1):
        if task.position != position:
            task.position = position
