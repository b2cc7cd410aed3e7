"""Last round's table comes in: read, proposed, and carried out as one step that undo takes back."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.history import Changes
from tracker.domain.proposal import Finding, Proposal
from tracker.domain.stamp import Stamp
from tracker.domain.terms import Role, RoundState
from tracker.domain.unit import UnitNames
from tracker.files.reader import read_file, read_pasted, read_pasted_bytes
from tracker.files.source import Source as _Source
from tracker.ops.apply_table import write_proposal
from tracker.ops.history import next_undo, undo_step
from tracker.ops.office import create_office
from tracker.ops.outcome import Outcome
from tracker.ops.rounds import next_round_number
from tracker.ops.table_memory import confirmed, list_remembered, remember
from tracker.tables.choose import choose_from
from tracker.tables.pipeline import read_table
from tracker.tables.proposal import propose

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from datetime import date, datetime

    from tracker.base.progress import Progress
    from tracker.domain.entry import EntryRow
    from tracker.domain.history import StepRow
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.mapping import Remembered, SheetMapping
    from tracker.domain.proposal import Decisions
    from tracker.domain.table import Origin, Table
    from tracker.domain.task import TaskRow
    from tracker.domain.unit_gone import Gone
    from tracker.domain.unit_printing import FormerNames
    from tracker.ops.office import Office
    from tracker.store.queries import View

Source = _Source
"""A file or pasted text, read."""

FIELD_COLUMNS = {
    "number": "number",
    "section": "section",
    "task": "text",
    "persons": "persons",
    "deadline": "deadline_text",
    "progress": "text",
    "state": "state_text",
    "percent": "percent",
    "problems": "problems",
    "next_steps": "next_steps",
    "note": "remark",
}
"""The stored column behind each compared field; headings of extra columns stand for `extra`."""

TASK_FIELDS = frozenset({"number", "section", "task", "persons", "deadline"})
ROLE_FIELDS = frozenset({"lead", "cooperating", "responsible", "guiding"})


@dataclass(frozen=True, slots=True)
class Import:
    """A table read and compared; nothing is written yet.

    Attributes:
        ledger: name of the ledger it goes to; the ledger may not exist yet.
        round: number of the round it goes to; the round may not exist yet.
        known: codes of the tasks it was compared with.
        tasks: the tasks it was compared with.
        mappings: headers and columns as the clerk said; applying remembers them.
        given: rows of which the clerk said which task they are (its code, or `NEW_TASK`).
    """

    source: Source
    table: Table
    ledger: str
    round: int
    proposal: Proposal
    known: frozenset[str] = frozenset()
    tasks: tuple[TaskRow, ...] = ()
    mappings: tuple[SheetMapping, ...] = ()
    given: Mapping[Origin, str] = field(default_factory=dict)

    def to_remember(self) -> tuple[Remembered, ...]:
        """Return how the table's columns are read, where the clerk confirmed it."""
        return confirmed(self.table, self.mappings)


def read_source(
    path: Path,
    sheet: str | None = None,
    progress: Progress | None = None,
    password: str | None = None,
) -> Source:
    """Read a file.

    Args:
        path: the file.
        sheet: the one sheet to read; without it all.
        progress: told how far the reading is; may cancel it.
        password: what opens a locked file; used for that only and kept nowhere.

    Raises:
        PasswordNeeded: it is locked and no password was given, or a wrong one.
        FileProblem: it cannot be read, or is of a kind that is not read yet.
    """
    return read_file(path, sheet=sheet, password=password, progress=progress)


def read_text(text: str, html: str = "") -> Source:
    """Read a pasted text, or the page that the clipboard holds beside it where it has a table."""
    return read_pasted(text, html)


def read_piped(data: bytes) -> Source:
    """Read what another program hands over, in any encoding that a text file may have.

    Raises:
        FileProblem: it is no text.
    """
    return read_pasted_bytes(data)


def read_progress_table(
    source: Source,
    date: date | None,
    sheet: str | None = None,
    progress: Progress | None = None,
    office: Office | None = None,
) -> Table:
    """Read the table in a file; store nothing.

    Args:
        source: the file as read.
        date: the table's own date.
        sheet: the one sheet to read; without it all.
        progress: told how far the reading is; may cancel it.
        office: knows how tables were read that were confirmed earlier.

    Raises:
        UserError: there is no table in it.
        Cancelled: the user asked to stop.
    """
    remembered = list_remembered(office) if office is not None else ()
    return read_table(source, date=date, sheet=sheet, remembered=remembered, progress=progress)


def propose_import(
    office: Office | None,
    source: Source,
    *,
    ledger: str | None = None,
    round_number: int | None = None,
    date: date | None = None,
    sheet: str | None = None,
    mappings: tuple[SheetMapping, ...] = (),
    given: Mapping[Origin, str] | None = None,
    use_memory: bool = True,
    table: Table | None = None,
    progress: Progress | None = None,
) -> Import:
    """Read a table and compare it with what is stored.

    Args:
        office: the opened database; None where there is none yet, then every row is new.
        ledger: name of the ledger; may be left out where the file holds one or none.
        round_number: the round it speaks of; without it the open round, else the next.
        date: the table's own date.
        sheet: the one sheet to read; without it all.
        mappings: headers and columns as the clerk said; other sheets are read by their words.
        given: rows of which the clerk said which task they are (its code, or `NEW_TASK`).
        use_memory: read a table with headings once confirmed as it was read then.
        table: what was read already, by the same mappings; spares reading it again.
        progress: told how far the work is; may cancel it.

    Raises:
        NoTable: no table in the file.
        UserError: the ledger is not clear, or what the clerk said does not fit together.
        Cancelled: the user asked to stop.
    """
    if table is None:
        known = list_remembered(office) if office is not None and use_memory else ()
        table = read_table(
            source, date=date, sheet=sheet, mappings=mappings, remembered=known, progress=progress
        )
    stamp = Stamp.read(source.properties)
    if office is None:
        stored = Stored(round=round_number or 1)
        name = ledger or ledger_name(table, source)
    else:
        with office.read() as view:
            row = _ledger(view.ledgers(), ledger)
            stored = _stored(view, row, round_number, stamp) if row else _none(view, round_number)
        name = row.name if row else (ledger or ledger_name(table, source))
    said = given or {}
    proposal = propose(
        table, stored.tasks, stored.entries, stored.names, stored.changed_later, progress, said,
        stored.gone,
    )  # fmt: skip
    own = stamp if stamp is not None and stamp.ledger == name else None
    told = tuple(_findings(proposal, stored, own, source))
    proposal = replace(proposal, findings=(*proposal.findings, *told))
    codes = frozenset(task.code for task in stored.tasks)
    return Import(source, table, name, stored.round, proposal, codes, stored.tasks, mappings, said)


def _findings(
    proposal: Proposal, stored: Stored, own: Stamp | None, source: Source
) -> Iterator[Finding]:
    """Yield what to tell of a table: it is of another round, or names units by former names.

    Args:
        own: its stamp, where it was exported from this ledger.
    """
    if own is not None and own.round != stored.round:
        detail = f"这是第{own.round}期导出的表，将导入第{stored.round}期"
        yield Finding(source.name, "", "wrong_round", detail)
    if stored.former is not None:
        yield from _renamed(proposal, stored.former, source.name)


def _renamed(proposal: Proposal, former: FormerNames, file: str) -> Iterator[Finding]:
    """Yield which names from before a reform would be written as they are today."""
    rows = [creation.row.roles.names() for creation in proposal.create]
    rows += [c.row.roles.of(Role(c.field)) for c in proposal.update if c.field in ROLE_FIELDS]
    for name in dict.fromkeys(name for names in rows for name in names):
        today = former.today(name)
        if today != name:
            detail = f"“{name}”机构改革后为“{today}”，写入时用新名称"
            yield Finding(file, today, "former_name", detail)


def _never(_task_id: int, _field: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Stored:
    """What a table is compared with."""

    round: int
    tasks: tuple[TaskRow, ...] = ()
    entries: Mapping[int, EntryRow] = field(default_factory=dict)
    names: UnitNames = field(default_factory=UnitNames)
    changed_later: Callable[[int, str], bool] = _never
    gone: Mapping[int, Gone] = field(default_factory=dict)
    former: FormerNames | None = None


def _ledger(ledgers: tuple[LedgerRow, ...], name: str | None) -> LedgerRow | None:
    """Return the ledger meant; None where the import will make it."""
    if name is not None:
        return next((ledger for ledger in ledgers if ledger.name == name), None)
    if len(ledgers) > 1:
        listed = "、".join(ledger.name for ledger in ledgers)
        raise UserError(
            "台账里有几个专项，请指明导入到哪一个", f"现有专项：{listed}", "请加 --ledger 名称"
        )
    return ledgers[0] if ledgers else None


def _stored(view: View, ledger: LedgerRow, number: int | None, stamp: Stamp | None) -> Stored:
    rounds = view.rounds(ledger.id)
    number = number if number is not None else next_round_number(rounds)
    standing = next((r for r in rounds if r.number == number), None)
    if standing is not None and standing.state is RoundState.CLOSED:
        raise UserError(
            f"第{number}期已定稿，不能再导入", "", "请先重新打开这一期，或导入到新的一期"
        )
    before = [r for r in rounds if r.number < number]
    based_on = standing or (before[-1] if before else None)
    entries = view.entries(based_on.id) if based_on else {}
    later: Callable[[int, str], bool] = _never
    if stamp is not None and stamp.ledger == ledger.name:
        later = _changed_later(view, stamp.at, entries)
    tasks, names = view.tasks(ledger.id), view.unit_names()
    gone, former = view.gone_units(), view.former_names()
    return Stored(number, tasks, entries, names, later, gone, former)


def _none(view: View, number: int | None) -> Stored:
    """Return what a table of a new ledger is compared with: the office's units are known."""
    names, gone = view.unit_names(), view.gone_units()
    return Stored(number or 1, names=names, gone=gone, former=view.former_names())


def _changed_later(
    view: View, moment: datetime, entries: Mapping[int, EntryRow]
) -> Callable[[int, str], bool]:
    tasks = view.changed_since(moment, "task")
    changed_entries = view.changed_since(moment, "entry")
    reassigned = view.reassigned_since(moment)

    def changed(task_id: int, name: str) -> bool:
        if name in ROLE_FIELDS:
            return task_id in reassigned
        column = FIELD_COLUMNS.get(name, "extra")
        if name in TASK_FIELDS:
            return column in tasks.get(task_id, frozenset())
        entry = entries.get(task_id)
        return entry is not None and column in changed_entries.get(entry.id, frozenset())

    return changed


def ledger_name(table: Table, source: Source) -> str:
    """Return a new ledger's name: the title without “落实情况表”, else the file's name."""
    name = re.sub(
        r"((贯彻|部署|任务)?(落实|进展|推进|完成|办理)?情况(统计|汇总|一览)?|(任务|责任)?分[解工])表$",
        "",
        table.title,
    )
    return name.strip() or table.title or Path(source.name).stem or "导入的台账"


def choose(plan: Import, decisions: Decisions) -> Import:
    """Return the plan reduced to what the clerk wants; `apply_import` carries it out.

    Raises:
        UserError: two rows were said to be the same task.
    """
    return replace(plan, proposal=choose_from(plan.proposal, decisions))


def apply_import(
    office: Office, plan: Import, *, who: str, now: datetime, progress: Progress | None = None
) -> Outcome[Proposal]:
    """Carry a proposal out as one step. Conflicts stay unwritten and wait for the clerk.

    The step also keeps how the clerk said the columns are to be read.

    Raises:
        UserError: the ledger was changed since the proposal was made.
        Cancelled: the user asked to stop; nothing was written.
    """
    name = plan.source.name or "粘贴的文字"
    if not plan.proposal.create and not plan.proposal.update:
        return _without_changes(office, plan, name, who, now)
    with office.change(f"导入表格：{name}", who, now) as work:
        write_proposal(work, plan, now, progress)
        remember(work, plan.to_remember(), name, now)
    changed = len({change.task for change in plan.proposal.update})
    sentence = f"新建 {len(plan.proposal.create)} 项，更新 {changed} 项"
    if plan.proposal.conflict:
        sentence += f"，{len(plan.proposal.conflict)} 项待定没有写入"
    return Outcome(plan.proposal, work.changes, sentence)


def _without_changes(
    office: Office, plan: Import, name: str, who: str, now: datetime
) -> Outcome[Proposal]:
    """Keep how the columns are read, where that is all there is to write."""
    sentence = "与台账一致，没有要写入的内容"
    tables = plan.to_remember()
    if not tables:
        return Outcome(plan.proposal, Changes(), sentence)
    with office.change(f"记住表头：{name}", who, now) as work:
        remember(work, tables, name, now)
    return Outcome(plan.proposal, work.changes, f"{sentence}；已记住各栏的读法")


def import_as_new_office(
    path: Path, plan: Import, *, who: str, now: datetime, progress: Progress | None = None
) -> tuple[Office, Outcome[Proposal]]:
    """Make a new database file and carry a plan out in it; return the opened office.

    Raises:
        StoreProblem: there is such a file.
        FileProblem: it cannot be written there.
        Cancelled: the user asked to stop; the file is gone again.
    """
    office = create_office(path, now)
    try:
        return office, apply_import(office, plan, who=who, now=now, progress=progress)
    except BaseException:
        office.close()
        path.unlink()
        raise


def undo_import(office: Office, step_id: int, *, who: str, now: datetime) -> Outcome[StepRow]:
    """Take an import back, if nothing was done since.

    Args:
        step_id: the import's step in the trace.

    Raises:
        UserError: something was done since, or the import was taken back already.
    """
    last = next_undo(office)
    if last is None or last.id != step_id:
        raise UserError(
            "不能只撤销这次导入",
            "导入之后又有了别的操作，或者已经撤销过",
            "请用“编辑”菜单里的“撤销”逐步撤回",
        )
    return undo_step(office, who=who, now=now)
