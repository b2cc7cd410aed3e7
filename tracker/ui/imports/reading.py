"""Reading and comparing a table in a worker, and what the page needs to know beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.stamp import Stamp
from tracker.ops.import_table import propose_import
from tracker.ops.ledgers import list_ledgers
from tracker.ops.rounds import list_rounds
from tracker.text.dates import find_dates
from tracker.ui.imports.review import Review

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tracker.base.progress import Progress
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.proposal import Decisions
    from tracker.ops.import_table import Import, Source
    from tracker.ops.office import Office


@dataclass(frozen=True, slots=True)
class Target:
    """Where a table goes and how it is read, as chosen on the page; None: not chosen.

    Attributes:
        date: the table's own date, from which deadlines without a year take theirs.
    """

    ledger: str | None = None
    round: int | None = None
    date: date | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class Loaded:
    """A table under review.

    Attributes:
        ledgers: those of the office; none where no office is open.
        rounds: those of the ledger the table goes to.
        notes: what the clerk should know about the table beside its cells.
        without_year: how many deadlines need the table's date to be read.
    """

    review: Review
    target: Target
    ledgers: tuple[LedgerRow, ...]
    rounds: tuple[RoundRow, ...]
    notes: tuple[Note, ...]
    without_year: int


@dataclass(frozen=True, slots=True)
class Note:
    """Something the clerk should know about the table.

    Attributes:
        kind: `跳过`, `存疑` or `注意`.
    """

    kind: str
    text: str


SKIPPED, DOUBT, WARNING = "跳过", "存疑", "注意"


def load(
    office: Office | None,
    source: Source,
    target: Target,
    decisions: Decisions | None,
    progress: Progress,
    *,
    in_sight: str | None = None,
) -> Loaded:
    """Read and compare a table; runs in a worker.

    Args:
        office: the opened office; None on the start page.
        source: the file as read.
        target: what was chosen; an exported table finds its own ledger where none was.
        decisions: what was decided about this table before.
        in_sight: the ledger the window shows; taken where nothing else tells one.
    """
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
        sheet=target.sheet,
        progress=progress,
    )
    standing = next((ledger for ledger in ledgers if ledger.name == plan.ledger), None)
    rounds = list_rounds(office, standing) if office is not None and standing is not None else ()
    chosen = replace(target, ledger=plan.ledger, round=plan.round)
    review = Review(plan, decisions)
    return Loaded(review, chosen, ledgers, rounds, notes_of(plan), without_year(plan))


def reread(office: Office | None, before: Loaded, target: Target) -> Callable[[Progress], Loaded]:
    """Return the work of comparing the same table again with another target."""
    plan = before.review.plan
    decisions = before.review.decisions() if target.ledger == before.target.ledger else None
    return lambda progress: load(office, plan.source, target, decisions, progress)


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
        notes.append(Note(SKIPPED, f"{place}（{skipped.why}）：{skipped.text}"))
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
    parts = [plan.source.name or "粘贴的文字"]
    sheets = list(dict.fromkeys(row.origin.sheet for row in rows if row.origin.sheet))
    if sheets:
        more = f"等 {len(sheets)} 张" if len(sheets) > 1 else ""
        parts.append(f"工作表“{sheets[0]}”{more}")
    if rows:
        parts.append(f"第{rows[0].origin.row}行起")
    parts.append(f"共 {len(rows)} 项")
    return "　·　".join(parts)
