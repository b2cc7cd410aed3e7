"""A reform as it stands while the wizard is open: what the clerk has said so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.domain.reform import NOBODY, ReformKind, ReformRequest

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date

    from tracker.domain.reform import NewUnit, ReformPlan, TaskTouch

NOBODY_WORDS = "移出，不再承担"
CHOOSING = (ReformKind.SPLIT, ReformKind.ABOLISH)
"""Kinds in which each task may go to another unit."""


@dataclass(frozen=True, slots=True)
class Basics:
    """What the second page asks.

    Attributes:
        some: only chosen tasks go over (移交任务, 调整分工).
    """

    kind: ReformKind = ReformKind.RENAME
    old: tuple[str, ...] = ()
    new: tuple[NewUnit, ...] = ()
    on: date | None = None
    basis: str = ""
    leader: str = ""
    units: tuple[str, ...] = ()
    some: bool = False


@dataclass(frozen=True, slots=True)
class TouchRow:
    """A task that is touched, in one row: by one old unit or by several.

    Attributes:
        units: the old units by which it is touched.
        successors: who may be chosen; empty where there is no choice.
    """

    code: str
    ledger: str
    number: str
    text: str
    units: tuple[str, ...]
    roles: tuple[str, ...]
    before: str
    after: str
    successors: tuple[str, ...]
    chosen: tuple[str, ...]
    doubts: tuple[str, ...]
    has_cell: bool
    needs_cell: bool


def rows_of(plan: ReformPlan) -> tuple[TouchRow, ...]:
    """Return a row for each task of a plan, in its order."""
    found: dict[str, list[TaskTouch]] = {}
    for touch in plan.tasks:
        found.setdefault(touch.code, []).append(touch)
    return tuple(_row(touches) for touches in found.values())


def _row(touches: list[TaskTouch]) -> TouchRow:
    first = touches[0]
    return TouchRow(
        code=first.code,
        ledger=first.ledger,
        number=first.number,
        text=first.text,
        units=_once(touch.unit for touch in touches),
        roles=_once(role for touch in touches for role in touch.roles),
        before=first.before,
        after=first.after,
        successors=first.successors,
        chosen=_once(name for touch in touches for name in touch.chosen),
        doubts=_once(doubt for touch in touches for doubt in touch.doubts),
        has_cell=first.has_cell,
        needs_cell=first.needs_cell,
    )


def _once(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


@dataclass(slots=True)
class Choices:
    """What the third page asks.

    Attributes:
        chosen: who takes each task, by its code; what is not here goes with `otherwise`.
        cells: cells of units that the clerk wrote himself, by the task's code.
        ticked: codes of the tasks that go over, where only chosen ones do.
    """

    chosen: dict[str, tuple[str, ...]] = field(default_factory=dict)
    otherwise: tuple[str, ...] = ()
    cells: dict[str, str] = field(default_factory=dict)
    ticked: set[str] = field(default_factory=set)


class ReformDesk(QObject):
    """Holds what was said, and makes the request of it.

    Attributes:
        basics: what the second page asks.
        choices: what the third page asks.

    Signals:
        changed: something was chosen; what the reform would do is another now.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.basics = Basics()
        self.choices = Choices()

    def begin(self, basics: Basics) -> None:
        """Take what the second page holds; other units or tasks make earlier choices void."""
        old = self.basics
        same = (basics.kind, basics.old, basics.new, basics.leader) == (
            old.kind,
            old.old,
            old.new,
            old.leader,
        )
        self.basics = basics
        if not same:
            self.choices = Choices(otherwise=_only(basics))
        self.changed.emit()

    @property
    def is_choosing(self) -> bool:
        """Whether each task may go to another unit."""
        return self.basics.kind in CHOOSING

    def request(self) -> ReformRequest:
        """Return what is to be done."""
        tasks = tuple(sorted(self.choices.ticked)) if self.basics.some else None
        return self._request(tasks)

    def listing(self) -> ReformRequest:
        """Return the request that shows all tasks to choose from."""
        return self._request(None)

    def _request(self, tasks: tuple[str, ...] | None) -> ReformRequest:
        basics, choices = self.basics, self.choices
        old = basics.old[0] if len(basics.old) == 1 else ""
        chosen = {(code, old): names for code, names in choices.chosen.items()}
        return ReformRequest(
            kind=basics.kind,
            old=basics.old,
            new=basics.new,
            on=basics.on,
            basis=basics.basis,
            leader=basics.leader,
            tasks=tasks,
            units=basics.units,
            chosen=chosen if self.is_choosing else {},
            otherwise=choices.otherwise if self.is_choosing else (),
            cells=dict(choices.cells),
        )

    # Choosing

    def taken_by(self, code: str) -> tuple[str, ...]:
        """Return who takes a task as things stand; empty while nobody is chosen."""
        return self.choices.chosen.get(code, self.choices.otherwise)

    def toggle(self, codes: Collection[str], name: str, order: tuple[str, ...]) -> None:
        """Let a unit take these tasks, or no longer where it takes all of them already.

        Args:
            name: of the unit, or `NOBODY`, which goes with no other.
            order: all that may be chosen, in the order in which they are printed.
        """
        held = {code: self.taken_by(code) for code in codes}
        away = all(name in names for names in held.values())
        for code, names in held.items():
            rest = {each for each in names if each not in (name, NOBODY)}
            wanted = rest if away else {name} if name == NOBODY else {*rest, name}
            self.choices.chosen[code] = tuple(n for n in (*order, NOBODY) if n in wanted)
        self.changed.emit()

    def clear(self, codes: Collection[str]) -> None:
        """Forget what was chosen for these tasks; then they go where all others go."""
        for code in codes:
            self.choices.chosen.pop(code, None)
        self.changed.emit()

    def choose_rest(self, names: tuple[str, ...]) -> None:
        """Say who takes every task for which nothing else was chosen."""
        self.choices.otherwise = names
        self.changed.emit()

    def tick(self, codes: Collection[str]) -> None:
        """Let these tasks go over, or stay where all of them go already."""
        ticked = self.choices.ticked
        if ticked.issuperset(codes):
            ticked.difference_update(codes)
        else:
            ticked.update(codes)
        self.changed.emit()

    def write_cell(self, code: str, words: str | None) -> None:
        """Take a cell of units as the clerk wrote it; None takes that back."""
        if self.choices.cells.get(code) == words:
            return
        if words is None:
            self.choices.cells.pop(code, None)
        else:
            self.choices.cells[code] = words
        self.changed.emit()


def _only(basics: Basics) -> tuple[str, ...]:
    """Return the one unit that can take over, where there is just one."""
    is_one = basics.kind is ReformKind.ABOLISH and len(basics.new) == 1
    return (basics.new[0].name,) if is_one else ()
