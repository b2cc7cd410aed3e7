"""Drafts of a document compared with what is stored: what is new, what changes, what is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tracker.base.progress import Progress
    from tracker.domain.review import Review, ReviewDraft
    from tracker.domain.task import TaskRow
    from tracker.ops.decompose import Decomposed
    from tracker.ops.office import Office


class Standing(StrEnum):
    """How a draft stands to what is stored."""

    NEW = "new"
    SAME = "same"
    CHANGED = "changed"
    DOUBTFUL = "doubtful"


STANDING_WORDS = {
    Standing.NEW: "新增",
    Standing.SAME: "一致",
    Standing.CHANGED: "有变化",
    Standing.DOUBTFUL: "待定",
}


@dataclass(frozen=True, slots=True)
class DraftChange:
    """A cell of a stored task that the draft would change.

    Attributes:
        field: number, section, task, lead, cooperating, responsible, guiding, persons, deadline
            (`FIELD_WORDS` names them).
        disputed: both the document and the stored cell changed since the document was taken in;
            the stored one stays unless the clerk says otherwise.
    """

    field: str
    old: str
    new: str
    disputed: bool = False


@dataclass(frozen=True, slots=True)
class DraftCandidate:
    """A stored task that a draft may be, with the reasons in the user's words."""

    task: TaskRow
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UnitQuestion:
    """A printed name close to a unit that is known: is it the same?

    Attributes:
        printed: the name as the document has it.
        units: names of the units it may be, the likeliest first.
    """

    printed: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DraftPlan:
    """Drafts compared with what is stored; nothing is written.

    Attributes:
        ledger: name of the ledger they go to; it may not exist yet.
        review: the review to begin with.
        tasks: the stored tasks they were compared with, by code.
        candidates: for drafts whose task is not clear, by id: what they may be.
        missing: tasks of the former version that this one does not hold; they stay.
        questions: names close to known units.
        former: title of the former version; empty where there is none.
    """

    decomposed: Decomposed
    ledger: str
    review: Review
    tasks: Mapping[str, TaskRow] = field(default_factory=dict)
    candidates: Mapping[int, tuple[DraftCandidate, ...]] = field(default_factory=dict)
    missing: tuple[TaskRow, ...] = ()
    questions: tuple[UnitQuestion, ...] = ()
    former: str = ""


def propose_drafts(
    office: Office | None,
    decomposed: Decomposed,
    *,
    ledger: str | None = None,
    progress: Progress | None = None,
) -> DraftPlan:
    """Compare drafts with what is stored.

    Args:
        office: the opened database; None where there is none yet, then every draft is new.
        decomposed: the document (`decompose_source`), with its source.
        ledger: the ledger's name; without it the one that holds the former version, else the
            document's title.
        progress: told how far it is; may cancel it.

    Raises:
        Cancelled: the user asked to stop.
    """
    raise NotImplementedError


def standing(plan: DraftPlan, each: ReviewDraft) -> Standing:
    """Return how a draft, as it is now, stands to what is stored."""
    raise NotImplementedError


def changes(plan: DraftPlan, each: ReviewDraft) -> tuple[DraftChange, ...]:
    """Return what a draft, as it is now, would change in its stored task."""
    raise NotImplementedError
