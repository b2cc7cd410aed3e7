"""A progress table as it was read, before anything is matched or stored."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.mapping import SheetShape
    from tracker.domain.terms import Role


@dataclass(frozen=True, slots=True)
class Roles:
    """Units by role, names as printed, in the order printed."""

    lead: tuple[str, ...] = ()
    cooperating: tuple[str, ...] = ()
    responsible: tuple[str, ...] = ()
    guiding: tuple[str, ...] = ()

    def of(self, role: Role) -> tuple[str, ...]:
        """Return the names that hold `role`."""
        names: tuple[str, ...] = getattr(self, role.value)
        return names

    def __bool__(self) -> bool:
        return bool(self.lead or self.cooperating or self.responsible or self.guiding)

    def names(self) -> tuple[str, ...]:
        """Return every name once, in the order lead, cooperating, responsible, guiding."""
        listed = self.lead + self.cooperating + self.responsible + self.guiding
        return tuple(dict.fromkeys(listed))

    def joined(self, other: Roles) -> Roles:
        """Return the union of both, keeping the order and dropping repeats within a role."""
        return Roles(
            _union(self.lead, other.lead),
            _union(self.cooperating, other.cooperating),
            _union(self.responsible, other.responsible),
            _union(self.guiding, other.guiding),
        )

    @classmethod
    def single(cls, role: Role, names: tuple[str, ...]) -> Roles:
        """Return roles in which only `role` is held, by `names`."""
        return cls(**{role.value: names})


def _union(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    # Most roles of most tasks are held by nobody.
    return tuple(dict.fromkeys(one + other)) if one or other else ()


NO_ROLES = Roles()


@dataclass(frozen=True, slots=True)
class Item:
    """A part ①②③ inside one paragraph or cell.

    Attributes:
        mark: the mark as printed (“①”).
        text: the words without the mark and without a closing ；or 。.
        roles: its own units; empty where the task's units hold for it.
        progress: what the progress cell says under the same mark.
    """

    mark: str
    text: str
    roles: Roles = NO_ROLES
    persons: tuple[str, ...] = ()
    deadline: Deadline | None = None
    progress: str = ""


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row stood: sheet name (empty for text) and the 1-based row or line number.

    Attributes:
        column: where its table begins, from 0; tells rows of tables side by side apart.
    """

    sheet: str = ""
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row of a progress table. Texts are the cells' texts to the letter.

    `roles` is the union of the parts' roles where parts carry units of their own.
    `units_text` is the unit cell to the letter where it says more than a list of names
    (“第①项由A牵头，第②项由B牵头”); printing uses it as long as the units stay as they are.
    `extra` keeps the cells of columns that stand for no field, by heading.
    """

    task: str
    number: str = ""
    section: str = ""
    roles: Roles = NO_ROLES
    units_text: str = ""
    persons: tuple[str, ...] = ()
    deadline: Deadline | None = None
    status_text: str = ""
    percent: float | None = None
    progress: str = ""
    problems: str = ""
    next_steps: str = ""
    note: str = ""
    unit_progress: tuple[tuple[str, str], ...] = ()
    rounds: tuple[tuple[str, str], ...] = ()
    items: tuple[Item, ...] = ()
    extra: tuple[tuple[str, str], ...] = ()
    origin: Origin = Origin()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row that is no task, with the reason and its words, so that nothing vanishes unseen.

    Attributes:
        row: its number in the file; 0 for a line beside a table of a document.
    """

    row: int
    why: str
    text: str
    sheet: str = ""

    @property
    def place(self) -> str:
        """Where it stands, in words."""
        return f"第{self.row}行" if self.row else "表外文字"


@dataclass(frozen=True, slots=True)
class Table:
    """A whole table as read.

    Attributes:
        title: the printed title above the table; empty where there is none.
        columns: field name → heading as printed.
        date: the table's own date (文件日期、截至日期), where it states one.
        rows: the tasks in the order printed.
        shapes: how each sheet was read: its header, its columns, what each row was taken for.
    """

    title: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    date: date | None = None
    rows: tuple[TableRow, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    warnings: tuple[str, ...] = ()
    shapes: tuple[SheetShape, ...] = ()
