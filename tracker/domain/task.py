"""Tasks and their parts as they come out of the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import Completion

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.draft import Figure


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
class Former:
    """A task as it was in the ledger of another year (结转自), or as it goes on there.

    Attributes:
        ledger: the name of that ledger.
        number: as printed there.
    """

    task_id: int
    ledger_id: int
    ledger: str
    code: str
    number: str

    @property
    def words(self) -> str:
        """Where it stands, in words: “重点工作”第3项（编号1-003）."""
        number = f"第{self.number}项" if self.number else ""
        return f"“{self.ledger}”{number}（编号{self.code}）"


@dataclass(frozen=True, slots=True)
class EarlierDuties:
    """Who had a task before a reform, as it was printed then.

    Attributes:
        units_text: the unit cell to the letter where it said more than a list of names.
    """

    roles: Roles
    units_text: str = ""
    persons: tuple[str, ...] = ()


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
        former: the tasks of earlier years that it goes on from, the latest year first.
        earlier: who had it before each reform that touched it, the latest first.
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
    former: tuple[Former, ...] = ()
    earlier: tuple[EarlierDuties, ...] = ()

    @property
    def is_open(self) -> bool:
        """Whether it stands and is neither closed nor taken out; what a reform touches."""
        gone = (Completion.CLOSED, Completion.EXCLUDED)
        return self.completion not in gone and not self.withdrawn

    @property
    def old_codes(self) -> tuple[str, ...]:
        """The codes it had in earlier years."""
        return tuple(each.code for each in self.former)

    @property
    def old_numbers(self) -> tuple[str, ...]:
        """The numbers it was printed under in earlier years."""
        return tuple(each.number for each in self.former if each.number)
