"""What an import would do, cell by cell, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.domain.table import TableRow


@dataclass(frozen=True, slots=True)
class Creation:
    """A row that becomes a new task."""

    row: TableRow
    units_new: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CellChange:
    """One stored cell that the table would change.

    Attributes:
        field: task, lead, cooperating, responsible, guiding, persons, deadline, progress, state,
            percent, problems, next_steps, note.
        row: the row it comes from.
    """

    task: str
    field: str
    old: str
    new: str
    row: TableRow


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell on which two sources disagree; it waits for the clerk and is not written."""

    task: str
    field: str
    values: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """Something about a file that the clerk should know, in plain words."""

    file: str
    unit: str
    kind: str
    detail: str


@dataclass(frozen=True, slots=True)
class Match:
    """Why a row was taken for a stored task."""

    task: str
    row: TableRow
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything an import would do.

    Attributes:
        same: how many rows agree with what is stored in every cell.
        matches: rows and the tasks they were taken for.
        unmentioned: codes of stored tasks that the table does not hold; they stay as they are.
    """

    create: tuple[Creation, ...] = ()
    update: tuple[CellChange, ...] = ()
    same: int = 0
    conflict: tuple[Conflict, ...] = ()
    findings: tuple[Finding, ...] = ()
    matches: tuple[Match, ...] = field(default=())
    unmentioned: tuple[str, ...] = ()
