"""Writing an accepted proposal within one unit of work."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.base.collecting import uncollected
from tracker.base.errors import UserError
from tracker.domain.terms import Role, RoundState
from tracker.ops.entries import write_state
from tracker.ops.fields import set_deadline, set_parts, set_state, title_of
from tracker.ops.rounds import open_round
from tracker.ops.units import Registrar, assign, reassign, tie_parts
from tracker.store.models import Document, Entry, Ledger, Task
from tracker.tables.proposal import percent_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from tracker.base.progress import Progress
    from tracker.domain.proposal import CellChange
    from tracker.domain.table import Origin, Table, TableRow
    from tracker.files.source import Source
    from tracker.ops.import_table import Import
    from tracker.store.models import Round
    from tracker.store.work import Work

ENTRY_TEXTS = {
    "progress": "text",
    "problems": "problems",
    "next_steps": "next_steps",
    "note": "remark",
}
"""Fields of a row that go to a text column of the entry as they are."""
NO_TEXTS = dict.fromkeys((*ENTRY_TEXTS.values(), "state_text"), "")
"""The texts of an entry that says nothing yet."""
_OF_PARTS = frozenset({"task", *(role.value for role in Role)})
"""Fields that change with a task's parts or units."""
PORTION = 200
"""How many rows are stored at once."""


@uncollected()
def write_proposal(work: Work, plan: Import, now: datetime, progress: Progress | None) -> None:
    """Write what the plan creates and updates; make ledger and round where there is none.

    Raises:
        UserError: a cell is no longer what the proposal saw, or a task came or went since.
        Cancelled: the user asked to stop.
    """
    table, proposal = plan.table, plan.proposal
    step = _steps(progress, len(proposal.update) + len(proposal.create))
    ledger = _ledger(work, plan.ledger, table)
    stored = work.tasks(ledger)
    standing = (t for t in stored if not t.withdrawn and t.merged_into_id is None)
    if {task.code for task in standing} != plan.known:
        raise _changed_since("任务有增减")
    round_ = _round(work, ledger, plan.round)
    document = _document(work, ledger, plan.source, table, now)
    writer = _Writer(work, ledger, round_, document, stored)
    rows = [c.row for c in proposal.create] + [c.row for c in proposal.update]
    writer.registrar.register(name for row in rows for name in row.roles.names())
    writer.prepare(proposal.update)
    for change in proposal.update:
        step()
        writer.update(change)
    created = {}
    for creation in proposal.create:
        step()
        created[creation.row.origin] = writer.create(creation.row)
    _place(stored, table, created, {m.row.origin: m.task for m in proposal.matches})
    writer.finish(list(created.values()), progress)


def _steps(progress: Progress | None, total: int) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        if done % 20 == 0:
            _tell(progress, done, total)
        done += 1

    return step


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress.step("正在写入台账", done, total)


def _ledger(work: Work, name: str, table: Table) -> Ledger:
    ledger = work.find_ledger(name)
    if ledger is None:
        ledger = Ledger(name=name, table_title=table.title)
        work.add(ledger)
    elif not ledger.table_title and table.title and not work.tasks(ledger):
        ledger.table_title = table.title
    return ledger


def _round(work: Work, ledger: Ledger, number: int) -> Round:
    round_ = next((r for r in work.rounds(ledger) if r.number == number), None)
    if round_ is None:
        round_ = open_round(work, ledger, number)
    if round_.state == RoundState.CLOSED:
        raise UserError(f"第{number}期已定稿，不能再导入", "", "请先重新打开这一期")
    return round_


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

    def __init__(
        self, work: Work, ledger: Ledger, round_: Round, document: Document, stored: list[Task]
    ) -> None:
        self.registrar = Registrar(work)
        self._work = work
        self._ledger = ledger
        self._round = round_
        self._document = document
        self._entries = work.entries(round_)
        self._tasks = {task.code: task for task in stored}
        self._new_entries: list[Entry] = []

    def prepare(self, changes: Iterable[CellChange]) -> None:
        """Read what the changes touch besides tasks and entries."""
        touched = {change.task for change in changes if change.field in _OF_PARTS}
        self._work.load_parts_and_units([self._tasks[code] for code in sorted(touched)])

    def create(self, row: TableRow) -> Task:
        """Return the row's task with parts, units and entry; `finish` stores it."""
        number = self._work.count(f"task:{self._ledger.id}")
        task = Task(
            ledger_id=self._ledger.id,
            document_id=self._document.id,
            code=f"{self._ledger.id}-{number:03d}",
            number=row.number,
            section=row.section,
            title=title_of(row.task),
            text=row.task,
            units_text=self.registrar.cell(row.units_text, row.roles.names()),
            persons=list(row.persons),
            source_sheet=row.origin.sheet,
            source_row=row.origin.row,
        )
        set_deadline(task, row.deadline)
        set_parts(task, [(item.mark, item.text) for item in row.items])
        own = [item.roles for item in row.items]
        assign(self.registrar, task, row.roles, zip(task.parts, own, strict=True))
        task.entries.append(self._new_entry(task, row))
        return task

    def finish(self, tasks: list[Task], progress: Progress | None) -> None:
        """Store what was made; in portions, so that the user can stop in between."""
        total = len(self._new_entries) + len(tasks)
        for start in range(0, len(self._new_entries), PORTION):
            _tell(progress, start, total)
            entries = self._new_entries[start : start + PORTION]
            self._work.add_all(list(entries))
            self._work.let_go(entries)
        for start in range(0, len(tasks), PORTION):
            _tell(progress, len(self._new_entries) + start, total)
            self._work.add_tasks(tasks[start : start + PORTION])

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
            task.units_text = self.registrar.cell(row.units_text, row.roles.names())
            tie_parts(self.registrar, task, row.items)
            return
        if change.field in {"number", "section", "task", "persons", "deadline"}:
            _update_task(task, change)
            return
        self._update_entry(task, change)

    def _update_entry(self, task: Task, change: CellChange) -> None:
        entry = self._entries.get(task.id)
        if entry is None:
            entry = Entry(task_id=task.id, round_id=self._round.id, extra=[], **NO_TEXTS)
            self._new_entries.append(entry)
            self._entries[task.id] = entry
        entry.carried = False
        if change.field in ENTRY_TEXTS:
            column = ENTRY_TEXTS[change.field]
            _expect(change, getattr(entry, column))
            setattr(entry, column, change.new)
        elif change.field == "state":
            _expect(change, entry.state_text)
            write_state(self._work, task, entry, change.new)
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
        raise _changed_since(f"任务 {change.task} 与核对时不同")


def _changed_since(why: str) -> UserError:
    return UserError("台账在核对之后又被改动，没有写入任何内容", why, "请重新导入，再核对一次")


def _place(
    stored: list[Task],
    table: Table,
    created: dict[Origin, Task],
    matched: dict[Origin, str],
) -> None:
    """Put new tasks behind the task that stands before them in the table."""
    if not created:
        return
    codes = {task.code for task in stored}
    behind: dict[str, list[Task]] = defaultdict(list)
    last = stored[-1].code if stored and not matched else ""
    for row in table.rows:
        known = matched.get(row.origin, "")
        if known in codes:
            last = known
        elif row.origin in created:
            behind[last].append(created[row.origin])
    order = behind[""] + [task for known in stored for task in (known, *behind[known.code])]
    for position, task in enumerate(order, 1):
        if task.position != position:
            task.position = position
