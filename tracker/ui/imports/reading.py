"""Reading and comparing a table in a worker, and what the page needs to know beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.domain.stamp import Stamp
from tracker.ops.import_table import propose_import
from tracker.ops.ledgers import list_ledgers
from tracker.ops.rounds import list_rounds
from tracker.ops.table_look import look_at
from tracker.text.dates import find_dates
from tracker.ui.imports.matching import Matching
from tracker.ui.imports.review import Review
from tracker.ui.imports.waiting import short_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.mapping import SheetMapping, TableShape
    from tracker.domain.proposal import Decisions
    from tracker.domain.table import Origin
    from tracker.ops.import_table import Import, Source
    from tracker.ops.office import Office
    from tracker.ops.table_look import Look


@dataclass(frozen=True, slots=True)
class Target:
    """Where a table goes and how it is read, as chosen on the pages; None: not chosen.

    Attributes:
        date: the table's own date, from which deadlines without a year take theirs.
        mappings: headers and columns as the clerk said or confirmed.
        use_memory: read a table with headings once confirmed as it was read then.
        given: rows of which the clerk said which task they are.
    """

    ledger: str | None = None
    round: int | None = None
    date: date | None = None
    mappings: tuple[SheetMapping, ...] = ()
    use_memory: bool = True
    given: Mapping[Origin, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Opened:
    """A file as it was read, before it is compared with anything."""

    source: Source
    target: Target
    look: Look

    @property
    def tables(self) -> tuple[TableShape, ...]:
        """The tables found in its sheets."""
        return tuple(table for shape in self.look.shapes for table in shape.tables)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Why the clerk should look at header and columns."""
        return tuple(doubt for table in self.tables for doubt in table.doubts)

    @property
    def is_remembered(self) -> bool:
        """Whether a table was read as it was last confirmed."""
        return any(table.is_remembered for table in self.tables)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table under review.

    Attributes:
        matching: which task each row stands for.
        ledgers: those of the office; none where no office is open.
        rounds: those of the ledger the table goes to.
        notes: what the clerk should know about the table beside its cells.
        without_year: how many deadlines need the table's date to be read.
    """

    opened: Opened
    review: Review
    matching: Matching
    ledgers: tuple[LedgerRow, ...]
    rounds: tuple[RoundRow, ...]
    notes: tuple[Note, ...]
    without_year: int

    @property
    def target(self) -> Target:
        """Where it goes and how it was read."""
        return self.opened.target


@dataclass(frozen=True, slots=True)
class Note:
    """Something the clerk should know about the table.

    Attributes:
        kind: `跳过`, `存疑` or `注意`.
    """

    kind: str
    text: str


SKIPPED, DOUBT, WARNING = "跳过", "存疑", "注意"


def look(
    office: Office | None, source: Source, target: Target, progress: Progress | None = None
) -> Opened:
    """Read a table as the clerk says; runs in a worker.

    Raises:
        UserError: there is no table, and nothing in which one could be shown.
    """
    seen = look_at(
        source,
        target.date,
        target.mappings,
        office=office,
        use_memory=target.use_memory,
        progress=progress,
    )
    if seen.problem is not None and not seen.may_hold_table:
        raise seen.problem
    return Opened(source, target, seen)


def load(
    office: Office | None,
    source: Source,
    target: Target,
    decisions: Decisions | None,
    progress: Progress,
    *,
    in_sight: str | None = None,
) -> Loaded | Opened:
    """Read a table, and where that is possible compare it; runs in a worker.

    Args:
        office: the opened office; None on the start page.
        source: the file as read.
        target: what was chosen; an exported table finds its own ledger where none was.
        decisions: what was decided about this table before.
        in_sight: the ledger the window shows; taken where nothing else tells one.
    """
    opened = look(office, source, target, progress)
    if opened.look.table is None:
        return opened
    ledgers = list_ledgers(office) if office is not None else ()
    name = target.ledger or _own_ledger(source, ledgers) or in_sight
    if name is None and len(ledgers) > 1:
        name = ledgers[-1].name
    plan = propose_import(
        office,
        source,
        ledger=name,
        round_number=target.round,
        date=target.date,
        mappings=target.mappings,
        given=target.given,
        table=opened.look.table,
        progress=progress,
    )
    standing = next((ledger for ledger in ledgers if ledger.name == plan.ledger), None)
    rounds = list_rounds(office, standing) if office is not None and standing is not None else ()
    chosen = replace(target, ledger=plan.ledger, round=plan.round)
    review = Review(plan, decisions)
    return Loaded(
        replace(opened, target=chosen),
        review,
        Matching(plan, review),
        ledgers,
        rounds,
        notes_of(plan),
        without_year(plan),
    )


def reread(
    office: Office | None, before: Loaded, target: Target
) -> Callable[[Progress], Loaded | Opened]:
    """Return the work of comparing the same table again with another target.

    What was said about its rows holds on, unless it goes to another ledger.
    """
    source = before.review.plan.source
    if target.ledger != before.target.ledger:
        decisions, target = None, replace(target, given={})
    else:
        decisions = before.review.decisions()
        target = replace(target, given=before.matching.given())
    return lambda progress: load(office, source, target, decisions, progress)


def _own_ledger(source: Source, ledgers: tuple[LedgerRow, ...]) -> str | None:
    stamp = Stamp.read(source.properties)
    names = {ledger.name for ledger in ledgers}
    return stamp.ledger if stamp is not None and stamp.ledger in names else None


def notes_of(plan: Import) -> tuple[Note, ...]:
    """Return everything about a table that is no change of a cell."""
    table, proposal = plan.table, plan.proposal
    notes = [Note(WARNING, warning) for warning in table.warnings]
    notes += [Note(WARNING, finding.detail) for finding in proposal.findings]
    if proposal.unmentioned and len(proposal.create) == len(table.rows):
        words = f"表中没有一项与“{plan.ledger}”里的任务相近，请核对是否选对了专项"
        notes.append(Note(WARNING, words))
    elif proposal.unmentioned:
        words = f"台账中有 {len(proposal.unmentioned)} 项任务表里没有，导入后保持不变"
        notes.append(Note(WARNING, words))
    for row in table.rows:
        where = f"第{row.origin.row}行　{row.number} {row.task[:16]}"
        notes += [Note(DOUBT, f"{where}：{doubt}") for doubt in row.doubts]
    undated = [row for row in table.rows if row.deadline is not None and row.deadline.doubtful]
    for row in undated:
        words = row.deadline.text if row.deadline is not None else ""
        notes.append(Note(DOUBT, f"第{row.origin.row}行　时限“{words}”没有读准"))
    for skipped in table.skipped:
        place = f"{skipped.sheet} {skipped.place}".strip()
        words = skipped.text.replace("\t", "　")
        notes.append(Note(SKIPPED, f"{place}（{skipped.why}）：{words}"))
    return tuple(notes)


def without_year(plan: Import) -> int:
    """Return how many deadlines could not be read because nothing says their year."""
    if plan.table.date is not None:
        return 0
    deadlines = (row.deadline for row in plan.table.rows)
    return sum(
        any(found.year is None for found in find_dates(deadline.text, cell=True))
        for deadline in deadlines
        if deadline is not None and deadline.doubtful and deadline.date is None
    )


def about(plan: Import) -> str:
    """Return the file, its sheets and where the table begins, in a line."""
    rows = plan.table.rows
    parts = [short_name(plan.source.name) or "粘贴的文字"]
    sheets = list(dict.fromkeys(row.origin.sheet for row in rows if row.origin.sheet))
    if sheets:
        more = f"等 {len(sheets)} 张" if len(sheets) > 1 else ""
        parts.append(f"工作表“{sheets[0]}”{more}")
    if rows:
        parts.append(f"第{rows[0].origin.row}行起")
    parts.append(f"共 {len(rows)} 项")
    return "　·　".join(parts)
