"""Tasks and their parts as they come out of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.table import NO_ROLES, Roles

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.draft import Figure
    from tracker.domain.terms import Completion


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part ①②③ of a task; not counted and not printed alone."""

    id: int
    mark: str
    text: str
    roles: Roles = NO_ROLES


@dataclass(frozen=True, slots=True)
class PrintedTask:
    """What is printed of a task in a round.

    Attributes:
        units_text: the unit cell to the letter where it says more than a list of names.
        progress: the round's entry; empty where there is none.
    """

    number: str
    text: str
    units_text: str
    lead: tuple[str, ...]
    responsible: tuple[str, ...]
    progress: str


@dataclass(frozen=True, slots=True)
class Closing:
    """How a task was closed (销号); an earlier closing is kept when a task is reopened.

    Attributes:
        evidence: what proves it, or the reason why none is needed.
        reopened: why it was opened again; empty while the closing stands.
    """

    on: date
    by: str
    statement: str
    evidence: str
    reopened: str = ""


@dataclass(frozen=True, slots=True)
class Revisit:
    """A look at a closed task some time later (回访).

    Attributes:
        found: what was seen.
        holds: whether what was closed still holds.
    """

    on: date
    by: str
    found: str
    holds: bool


@dataclass(frozen=True, slots=True)
class TaskRow:
    """One task.

    Attributes:
        code: given once, never given again.
        number: as printed; may start again in each section.
        roles: names as printed, in the printed order, the parts' units included.
        units_text: the unit cell to the letter where it says more than a list of names.
        first_deadline: the deadline before it was extended; None where it never was.
        closings: every closing, the earliest first.
        figures: quantities of its text that are worth following.
        revisits: every look at it after it was closed, the earliest first.
    """

    id: int
    ledger_id: int
    code: str
    number: str
    section: str
    title: str
    text: str
    roles: Roles
    units_text: str
    persons: tuple[str, ...]
    deadline: Deadline | None
    first_deadline: Deadline | None
    deadline_reason: str
    completion: Completion
    position: int
    parts: tuple[PartRow, ...] = ()
    closings: tuple[Closing, ...] = ()
    withdrawn: str = ""
    figures: tuple[Figure, ...] = ()
    revisits: tuple[Revisit, ...] = ()
