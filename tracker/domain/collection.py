"""What came back in a round, before anything is written: files, notes, what would change."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.domain.proposal import Finding
from tracker.domain.returned import FileKind, FindingKind, Remark, Standing, Unplaced

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from tracker.domain.board import Missing
    from tracker.domain.form import FormStamp

WITH_WORDS = frozenset({FileKind.FORM, FileKind.TABLE, FileKind.TEXT})
"""Kinds of files whose words can be read."""

ASKING = frozenset(
    {
        FindingKind.UNKNOWN_UNIT,
        FindingKind.UNREADABLE,
        FindingKind.UNPLACED_TEXT,
        FindingKind.ROWS_ADDED,
        FindingKind.FOREIGN_ROWS,
        FindingKind.WRONG_ROUND,
        FindingKind.TASK_TEXT_ALTERED,
        FindingKind.ROWS_REMOVED,
        FindingKind.EMPTY,
    }
)
"""Findings that wait for the clerk; a form that came twice only says which one holds."""


@dataclass(frozen=True, slots=True)
class CollectedFile:
    """One file that came back, read.

    Attributes:
        path: where it lay, as it was given.
        hash: SHA-256 of its bytes; tells it wherever it lies.
        unit_id: whose it is; None where nobody knows.
        unit_reason: why it was taken for that unit's, or why it is not known, in words.
        saved_at: when it was last saved, by its own word, else by the file system.
        unplaced: words without a place; those that are no report at all (title, signature) are
            settled from the start.
        stored_id: of the stored file that it is, where it was collected before and is read anew.
        content: its bytes; empty where they are stored already.
    """

    path: str
    name: str
    hash: str
    unit_id: int | None
    unit: str
    unit_reason: str
    kind: FileKind
    standing: Standing = Standing.CURRENT
    saved_at: datetime | None = None
    stamp: FormStamp | None = None
    remarks: tuple[Remark, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    stored_id: int | None = None
    content: bytes = field(default=b"", repr=False)


@dataclass(frozen=True, slots=True)
class ProposedNote:
    """What a unit reports on a task in a returned file.

    Attributes:
        file: hash of the file.
        code: of the task.
        place: where it stands in the file, in words.
        said_at: when the file was last saved; tells which of two reports is the later.
        tie: tells the same of two files that were saved at one moment.
    """

    file: str
    code: str
    task_id: int
    unit_id: int
    unit: str
    text: str
    state: str = ""
    percent: float | None = None
    problems: str = ""
    next_steps: str = ""
    by: str = ""
    origin: str = "form"
    place: str = ""
    said_at: datetime | None = None
    tie: str = ""


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One cell of an entry (核定稿) that the returned words would change.

    Attributes:
        task: code of the task.
        field: progress, state, percent, problems or next_steps.
        percent: the number behind `new` where the field is the percentage.
    """

    task: str
    field: str
    old: str
    new: str
    percent: float | None = None


@dataclass(frozen=True, slots=True)
class EntryConflict:
    """A cell on which sources disagree; it waits for the clerk and is not written.

    Attributes:
        values: what stands there or was said, the stored one first where there is one.
        sources: who says each of them.
        changes: for each value what is written where the clerk takes it; None for the stored one.
    """

    task: str
    field: str
    values: tuple[str, ...]
    sources: tuple[str, ...]
    changes: tuple[EntryChange | None, ...]


@dataclass(frozen=True, slots=True)
class Restanding:
    """A stored file whose standing changes because of what came in now."""

    file_id: int
    name: str
    unit: str
    standing: Standing
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """Everything that collecting the files would do.

    Attributes:
        round_id: the round they are collected for.
        files: the files to store, in an order that does not depend on how they were given.
        notes: what units reported, the earliest file first.
        same: how many files or rows bring nothing new.
        restanding: stored files that count otherwise now.
        missing: units that did not report although their day has passed.
        unclaimed: how many files wait for somebody to say whose they are.
    """

    round_id: int
    files: tuple[CollectedFile, ...] = ()
    notes: tuple[ProposedNote, ...] = ()
    update: tuple[EntryChange, ...] = ()
    conflict: tuple[EntryConflict, ...] = ()
    same: int = 0
    findings: tuple[Finding, ...] = ()
    missing: tuple[Missing, ...] = ()
    restanding: tuple[Restanding, ...] = ()
    unclaimed: int = 0

    @property
    def is_waiting(self) -> bool:
        """Whether anything waits for the clerk."""
        kinds = {finding.kind for finding in self.findings}
        return bool(self.conflict or self.missing or kinds & ASKING)


@dataclass(frozen=True, slots=True)
class ReturnDecisions:
    """What the clerk decided about a collection. What is not mentioned stays as proposed.

    Attributes:
        refused: cells (code, field) of entries that shall stay as they are.
        settled: for disputed cells (code, field) which of the values is taken, by its place.
    """

    refused: frozenset[tuple[str, str]] = frozenset()
    settled: Mapping[tuple[str, str], int] = field(default_factory=dict)


def findings_of(files: Iterable[CollectedFile | Restanding]) -> tuple[Finding, ...]:
    """Return the remarks of files as findings, file by file."""
    return tuple(
        Finding(_place(file), file.unit, remark.kind.value, remark.detail)
        for file in files
        for remark in file.remarks
    )


def _place(file: CollectedFile | Restanding) -> str:
    return file.path if isinstance(file, CollectedFile) else file.name
