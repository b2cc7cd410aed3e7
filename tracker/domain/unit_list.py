"""单位与领导: the list as it is shown and edited, a unit's page, and other offices' lists."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.domain.reform import ReformRow
    from tracker.domain.slip import SlipRow
    from tracker.domain.unit import UnitRow


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the list.

    Attributes:
        open: how many open tasks of running ledgers it has a role in.
        lead: how many of them it leads, or is responsible for where nobody leads.
        members: names of the units a collective stands for.
        state: what became of it (“2026年3月1日撤销，由县商务局承接”); empty while it stands.
    """

    unit: UnitRow
    open: int = 0
    lead: int = 0
    members: tuple[str, ...] = ()
    state: str = ""


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What is typed of a unit; None leaves a field as it is.

    Attributes:
        names: its other names (曾用名、别称), all of them.
        is_collective: whether it stands for several units.
        members: names of those units; only of a collective.
    """

    name: str | None = None
    short_name: str | None = None
    names: tuple[str, ...] | None = None
    is_collective: bool | None = None
    contact: str | None = None
    phone: str | None = None
    members: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class PersonWords:
    """What is typed of a leader; None leaves a field as it is.

    Attributes:
        units: names of the units he is in charge of, all of them.
        valid_from, valid_to: a day, or `NO_DAY` for none.
    """

    name: str | None = None
    post: str | None = None
    charge: str | None = None
    units: tuple[str, ...] | None = None
    valid_from: date | str | None = None
    valid_to: date | str | None = None


NO_DAY = ""
"""Takes a day away."""


@dataclass(frozen=True, slots=True)
class NearPair:
    """Two units of the list that may be one.

    Attributes:
        one, other: the units, the earlier in the list first.
        reason: why, in words.
        is_same: the names are certainly two spellings of one; else the clerk must know.
    """

    one: UnitRow
    other: UnitRow
    reason: str
    is_same: bool


@dataclass(frozen=True, slots=True)
class DuplicatePlan:
    """What joining units of two spellings would move; no printed word changes.

    Attributes:
        keep: the unit that stays; the names of the others become its other names.
        tasks, notes, forms, slips: how many of each then count with it.
    """

    keep: UnitRow
    others: tuple[UnitRow, ...]
    tasks: int
    notes: int
    forms: int
    slips: int


@dataclass(frozen=True, slots=True)
class ContactLine:
    """One pasted line with a unit's contact.

    Attributes:
        unit: the unit found; empty where the name is not known, which `said` tells.
        old, new: “张三 0000-1234567” before and after.
    """

    said: str
    unit: str
    contact: str = ""
    phone: str = ""
    old: str = ""
    new: str = ""


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A cell of another list that differs from ours."""

    unit: str
    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class UnitRead:
    """A row of another list of units, as read.

    Attributes:
        row: its row in the sheet.
    """

    row: int
    name: str
    short_name: str = ""
    names: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""


@dataclass(frozen=True, slots=True)
class UnitImport:
    """What another list would change; nothing is stored yet.

    Attributes:
        create: units that nobody knows here.
        update: cells that differ; an empty cell of the list changes nothing.
        same: how many rows change nothing.
        asked: rows whose name is near one of ours: (row, our unit's name, the reason). They are
            left out until the clerk says.
        faults: rows that cannot be read, each in words.
    """

    source: str
    create: tuple[UnitRead, ...] = ()
    update: tuple[UnitCell, ...] = ()
    same: int = 0
    asked: tuple[tuple[UnitRead, str, str], ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class UnitReturn:
    """How a unit stood in one round.

    Attributes:
        state: in words (“已报”, “未报”).
        late: how late, in words; empty where it was not.
    """

    ledger: str
    round: int
    state: str
    due: date | None = None
    late: str = ""
    filled: int = 0
    asked: int = 0


@dataclass(frozen=True, slots=True)
class ContactNote:
    """A call or a reminder, or a slip: what was said to a unit."""

    at: date | datetime
    ledger: str
    what: str
    whom: str
    said: str


@dataclass(frozen=True, slots=True)
class UnitPage:
    """Everything about one unit.

    Attributes:
        tasks: ids of its open and finished tasks in running ledgers, in printed order.
        returns: the latest round first.
        contacts: calls and slips, the latest first.
        reforms: those it went through, the latest first.
        leaders: names of those in charge of it now.
    """

    line: UnitLine
    tasks: tuple[int, ...] = ()
    returns: tuple[UnitReturn, ...] = ()
    contacts: tuple[ContactNote, ...] = ()
    slips: tuple[SlipRow, ...] = ()
    reforms: tuple[ReformRow, ...] = ()
    leaders: tuple[str, ...] = ()
