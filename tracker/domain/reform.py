"""机构改革 and 分工调整: what is to change, what it touches, and what was done."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime


class ReformKind(StrEnum):
    """What a reform does."""

    RENAME = "rename"
    MERGE = "merge"
    SPLIT = "split"
    ABOLISH = "abolish"
    HAND_OVER = "hand_over"
    CHARGE = "charge"


REFORM_WORDS = {
    ReformKind.RENAME: "更名",
    ReformKind.MERGE: "合并",
    ReformKind.SPLIT: "拆分",
    ReformKind.ABOLISH: "撤销",
    ReformKind.HAND_OVER: "移交任务",
    ReformKind.CHARGE: "调整分工",
}

NOBODY = "-"
"""Chosen instead of a name: the unit goes out of the task and nobody takes its place."""


@dataclass(frozen=True, slots=True)
class NewUnit:
    """A unit after a reform: a new one, or one of the list by any of its names."""

    name: str
    short_name: str = ""


@dataclass(frozen=True, slots=True)
class ReformRequest:
    """What the clerk wants.

    Attributes:
        old: the units that change (rename, split, abolish: one; merge: two or more; hand over:
            the one that gives), or for `CHARGE` the one leader who gives.
        new: what takes their place (rename, merge: one; split: two or more; abolish: those that
            take over, none too; hand over: the one that takes).
        on: the day from which it holds.
        basis: the document's number or the meeting.
        leader: for `CHARGE` the leader who takes over.
        tasks: codes that go over; None for all open ones. Only `HAND_OVER` and `CHARGE`.
        units: for `CHARGE` the units that go over to the other leader; their tasks go along.
        chosen: who takes a unit's place, by (task code, name of the old unit): names of `new`, in
            order, or `NOBODY`. Where a task is not named here, `otherwise` holds.
        otherwise: who takes the place in all other tasks; empty where each must be chosen.
        cells: the cell of units by task code where the clerk wrote it himself.
    """

    kind: ReformKind
    old: tuple[str, ...]
    new: tuple[NewUnit, ...] = ()
    on: date | None = None
    basis: str = ""
    leader: str = ""
    tasks: tuple[str, ...] | None = None
    units: tuple[str, ...] = ()
    chosen: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    otherwise: tuple[str, ...] = ()
    cells: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TaskTouch:
    """An open task that a reform touches.

    Attributes:
        unit: the old unit by which it is touched (a task may be touched by several).
        roles: the roles that unit has, in words (“牵头单位”).
        before, after: the units of the task as they are printed; `after` is empty while nobody
            is chosen.
        successors: names that may be chosen; empty where there is no choice.
        chosen: who takes the place; empty while nobody is chosen.
        doubts: what to look at, each in a few words.
        has_cell: its units are printed from a cell that says more than a list.
        needs_cell: that cell could not be rewritten; the clerk must do it.
    """

    code: str
    ledger: str
    number: str
    text: str
    unit: str
    roles: tuple[str, ...]
    before: str
    after: str
    successors: tuple[str, ...] = ()
    chosen: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    has_cell: bool = False
    needs_cell: bool = False


@dataclass(frozen=True, slots=True)
class FormTouch:
    """A form of an open round that a reform touches.

    Attributes:
        standing: how far it is, in words (“已发，未反馈”).
        then: what becomes of it, in words (“由县商务局接着报”).
        is_changed: whether the form itself changes; else it only wants a look.
    """

    ledger: str
    round: int
    unit: str
    standing: str
    then: str
    is_changed: bool = False


@dataclass(frozen=True, slots=True)
class ReformPlan:
    """What a reform would change; nothing is stored yet.

    Attributes:
        others: what else changes or stays, each a sentence (collectives, leaders, slips).
        faults: what is missing before it can be carried out, each a sentence.
    """

    request: ReformRequest
    tasks: tuple[TaskTouch, ...] = ()
    forms: tuple[FormTouch, ...] = ()
    others: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReformRow:
    """A reform that was carried out.

    Attributes:
        old, new: names before and after.
        units: ids of all units it speaks of.
        tasks: codes of the tasks it touched.
        words: the whole in a sentence.
    """

    id: int
    kind: ReformKind
    on: date
    basis: str
    old: tuple[str, ...]
    new: tuple[str, ...]
    units: tuple[int, ...]
    words: str
    by: str
    at: datetime
    tasks: tuple[str, ...] = ()
