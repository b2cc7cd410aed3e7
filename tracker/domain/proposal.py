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
    """A row that becomes a new task.

    Attributes:
        held: why it cannot as it stands: it names a unit that is no more; empty where it can.
        ways: what may be written instead.
    """

    row: TableRow
    units_new: tuple[str, ...] = ()
    held: str = ""
    ways: tuple[Way, ...] = ()


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
class Way:
    """What may be written instead of a cell or row that names a unit that is no more.

    Attributes:
        words: the way, as it is offered (“由县旅游局承接”).
        written: the cell, or the new task.
    """

    words: str
    written: CellChange | Creation


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
        held: the cell or row that cannot be written as it stands; `ways` says what can instead.
    """

    task: str
    field: str
    values: tuple[str, ...]
    sources: tuple[str, ...]
    change: CellChange | None = None
    question: Question | None = None
    held: CellChange | Creation | None = None
    ways: tuple[Way, ...] = ()

    @property
    def row(self) -> TableRow | None:
        """The row of the table that it is about."""
        asked = self.change or self.question or self.held
        return asked.row if asked is not None else None


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


def decision_key(conflict: Conflict) -> tuple[str, str]:
    """Return what a decision on a disputed or held cell, or on a held row, is kept under.

    Raises:
        ValueError: a doubtful row is answered, not settled.
    """
    asked = conflict.change or conflict.held
    if isinstance(asked, Creation):
        origin = asked.row.origin
        return "", f"{origin.sheet}!{origin.row}!{origin.column}"
    if asked is None:
        raise ValueError("a doubtful row is kept under its place")
    return cell_key(asked)


def held_row(creation: Creation) -> Conflict:
    """Return the conflict of a row that cannot become a task as it stands."""
    row = creation.row
    role = next((role for role in Role if row.roles.of(role)), Role.LEAD)
    return Conflict(
        "",
        role.value,
        ("没有这项任务", "、".join(row.roles.names())),
        ("台账", f"表格第{row.origin.row}行（{creation.held}）"),
        held=creation,
        ways=creation.ways,
    )


@dataclass(frozen=True, slots=True)
class Decisions:
    """What the clerk decided about a proposal. What is not mentioned stays as proposed.

    Attributes:
        not_created: rows that shall not become tasks.
        refused: cells (`cell_key`) that shall stay as they are stored.
        answers: for doubtful rows the code of the task, or `NEW_TASK`.
        settled: for disputed cells (`decision_key`) whether the table's value is taken; for what
            is held the number of the way it goes, from 1. 0 leaves what is stored.
    """

    not_created: frozenset[Origin] = frozenset()
    refused: frozenset[tuple[str, str]] = frozenset()
    answers: Mapping[Origin, str] = field(default_factory=dict)
    settled: Mapping[tuple[str, str], int] = field(default_factory=dict)
