"""What an import would do, cell by cell, before anything is written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.domain.terms import Role

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.domain.table import Origin, TableRow


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
class Candidate:
    """A stored task that a doubtful row may be.

    Attributes:
        score: likeness of the words, helped by number and units.
        update: what the row would change in the task.
        conflict: the cells of the task that were changed after the file was exported.
    """

    task: str
    number: str
    text: str
    score: float
    reasons: tuple[str, ...]
    update: tuple[CellChange, ...] = ()
    conflict: tuple[Conflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A row of which the clerk must say which task it is.

    Attributes:
        candidates: the tasks it may be, the likeliest first.
        creation: what it becomes where it is none of them.
    """

    row: TableRow
    candidates: tuple[Candidate, ...]
    creation: Creation


@dataclass(frozen=True, slots=True)
class Conflict:
    """A cell on which two sources disagree; it waits for the clerk and is not written.

    Attributes:
        change: what is written where the clerk takes the table's value; None for a doubtful row.
        question: the doubtful row; None where the cell itself is disputed.
    """

    task: str
    field: str
    values: tuple[str, ...]
    sources: tuple[str, ...]
    change: CellChange | None = None
    question: Question | None = None


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


NEW_TASK = ""
"""Answers a question: the row is none of the tasks, it is a new one."""

UNITS = "units"
"""Stands for all role fields of a row whose unit cell says more than a list of names."""


def cell_key(change: CellChange) -> tuple[str, str]:
    """Return what a decision on a cell is kept under: the task and the field.

    A unit cell that divides units among parts goes in whole or not at all, so that its words and
    the units by role never disagree.
    """
    in_one = bool(change.row.units_text) and change.field in {role.value for role in Role}
    return change.task, UNITS if in_one else change.field


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the clerk decided about a proposal. What is not mentioned stays as proposed.

    Attributes:
        not_created: rows that shall not become tasks.
        refused: cells (`cell_key`) that shall stay as they are stored.
        answers: for doubtful rows the code of the task, or `NEW_TASK`.
        settled: for disputed cells (`cell_key`) whether the table's value is taken.
    """

    not_created: frozenset[Origin] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()
    answers: Mapping[Origin, str] = field(default_factory=dict)
    settled: Mapping[tuple[str, str], bool] = field(default_factory=dict)
