"""Units in a unit of work: found by any of their names, added when they are new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import Role
from tracker.domain.unit import LEVELS
from tracker.domain.unit_gone import Gone, gone_units
from tracker.domain.unit_printing import FormerNames, rewritten
from tracker.store.models import Assignment, Part, Task, Unit, UnitName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.domain.table import Item
    from tracker.store.work import Work


class Registrar:
    """Gives the unit for a printed name within one unit of work, adding the unknown ones.

    Attributes:
        meanings: what printed names stand for in the text at hand (工信局 → 县工信局).
        added: names of the units that were added.
        work: the unit of work.
    """

    def __init__(self, work: Work) -> None:
        self.meanings: Mapping[str, str] = {}
        self.added: list[str] = []
        self.work = work
        self._names = work.unit_names()
        self._position = len(work.units())
        self._former: FormerNames | None = None
        self._is_reformed: bool | None = None

    def register(self, names: Iterable[str]) -> None:
        """Make units for names nobody knows; full names first, so that short ones find them."""
        ordered = sorted(dict.fromkeys(names), key=lambda name: name[:1] not in LEVELS)
        for name in ordered:
            if self._names.find(name) is None:
                self._position += 1
                unit = Unit(name=name, position=self._position)
                self.work.add(unit)
                self._names.learn(name, unit.id)
                self.added.append(name)

    def also_called(self, name: str, unit: str) -> None:
        """Note for good that `name` is another name of `unit`; a name that is known stays so."""
        if self._names.find(name) is None:
            unit_id = self.unit_id(unit)
            self.work.add(UnitName(unit_id=unit_id, name=name))
            self._names.learn(name, unit_id)

    def unit_id(self, name: str) -> int:
        """Return the unit's id for a printed name.

        Raises:
            UserError: the unit was abolished, and no single one took its place.
        """
        found = self.speaker_id(name)
        if found in self._names.abolished:
            raise self._abolished(self.meanings.get(name, name), found)
        return found

    def speaker_id(self, name: str) -> int:
        """Return the unit's id for a printed name, of one that is no more too: it may have spoken.

        A name that nobody knows is added.
        """
        name = self.meanings.get(name, name)
        found = self._names.find(name)
        if found is None:
            self.register([name])
            found = self._names.find(name)
        if found is None:
            raise LookupError(f"unit {name!r} was registered but is not found")
        return found

    def printed(self, name: str) -> str:
        """Return the name as an open task prints it: one from before a reform as it is today."""
        if self._is_reformed is None:
            reforms = self.work.reforms()
            self._is_reformed = bool(reforms)
            if reforms:
                self._former = FormerNames(self.work.unit_rows(), reforms)
        if self._former is None:
            return name
        meant = self.meanings.get(name, name)
        today = self._former.today(meant)
        return self._former.taken_over(name, meant) if today == meant else today

    def once(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names without those that a reform has made one with an earlier one."""
        found: dict[str, str] = {}
        for name in names:
            found.setdefault(self.printed(name), name)
        return tuple(found.values())

    def cell(self, text: str, names: Iterable[str]) -> str:
        """Return a cell of units as an open task prints it.

        Args:
            names: the printed names in it.
        """
        listed = tuple(dict.fromkeys(names))
        today = {name: (self.printed(name),) for name in listed}
        changed = {name: new for name, new in today.items() if new != (name,)}
        if not text or not changed:
            return text
        return rewritten(text, changed, [name for name in listed if name not in changed])

    def _abolished(self, name: str, unit_id: int) -> UserError:
        units = {unit.id: unit for unit in self.work.unit_rows()}
        known = gone_units(units.values(), self.work.reforms())
        gone = known.get(unit_id) or Gone(units[unit_id])
        return UserError(
            f"{gone.words(name)}，不能再承担任务",
            "",
            "请改写为承接它的单位；改革经过见“单位与领导”",
        )


def assign(
    registrar: Registrar, task: Task, roles: Roles, parts: Iterable[tuple[Part, Roles]]
) -> None:
    """Give the task its units: those of its parts, then those that no part has."""
    position = 0
    held = NO_ROLES
    for part, own in parts:
        held = held.joined(own)
        for role in Role:
            for name in registrar.once(own.of(role)):
                position += 1
                task.assignments.append(_assignment(registrar, name, role, position, part))
    for role in Role:
        for name in registrar.once(roles.of(role)):
            if name not in held.of(role):
                position += 1
                task.assignments.append(_assignment(registrar, name, role, position, None))


def reassign(registrar: Registrar, task: Task, role: Role, names: tuple[str, ...]) -> None:
    """Replace the units of one role; the parts keep no units of their own in it."""
    for old in [a for a in task.assignments if a.role == role]:
        task.assignments.remove(old)
    start = max((a.position for a in task.assignments), default=0)
    for offset, name in enumerate(registrar.once(names), 1):
        task.assignments.append(_assignment(registrar, name, role, start + offset, None))
    task.units_text = ""


def hold_only(registrar: Registrar, task: Task, role: Role, names: Sequence[str]) -> None:
    """Let just these units hold a role, in this order; those that stay keep their parts.

    Where a part loses all its units, the names are those of the whole task: whoever typed them
    saw no parts, and the others' marks would say who does not do the rest.
    """
    standing = in_order(task, role)
    wanted: list[tuple[str, Part | None]] = []
    for name in registrar.once(names):
        parts = [row.part for row in standing if row.printed == name]
        wanted += [(name, part) for part in parts or [None]]
    if {row.part for row in standing} - {part for _, part in wanted} - {None}:
        wanted = [(name, None) for name in registrar.once(names)]
    hold_rows(registrar, task, role, wanted)


def hold_rows(
    registrar: Registrar, task: Task, role: Role, wanted: Sequence[tuple[str, Part | None]]
) -> None:
    """Let just these units hold a role, each for the task or for one part, in this order."""
    standing = in_order(task, role)
    rows = []
    done: set[tuple[str, Part | None]] = set()
    for name, part in wanted:
        today = registrar.printed(name)
        if (today, part) in done:
            continue
        done.add((today, part))
        same = (row for row in standing if row.printed in (name, today) and row.part is part)
        row = next(same, None)
        if row is None:
            last = max((each.position for each in task.assignments), default=0)
            row = _assignment(registrar, name, role, last + 1, part)
            task.assignments.append(row)
        else:
            standing.remove(row)
        rows.append(row)
    for gone in standing:
        task.assignments.remove(gone)
    share_places(rows)
    task.units_text = ""


def in_order(task: Task, role: Role) -> list[Assignment]:
    """Return the rows of the units that hold a role, as they are printed."""
    held = (row for row in task.assignments if row.role == role)
    return sorted(held, key=lambda row: (row.position, row.id or 0))


def share_places(rows: Sequence[Assignment]) -> bool:
    """Share the rows' own places out among them in the order given; tell whether any moved."""
    places = sorted(row.position for row in rows)
    for at in range(1, len(places)):  # no two stand at the same place
        places[at] = max(places[at], places[at - 1] + 1)
    moved = [(row, place) for row, place in zip(rows, places, strict=True) if row.position != place]
    for row, place in moved:
        row.position = place
    return bool(moved)


def tie_parts(registrar: Registrar, task: Task, items: Iterable[Item]) -> None:
    """Tie the task's units to its parts again, as the items say; the rest stays the task's."""
    by_mark = {item.mark: item.roles for item in items}
    for part in task.parts:
        own = by_mark.get(part.mark, NO_ROLES)
        for assignment in task.assignments:
            names = [registrar.printed(name) for name in own.of(Role(assignment.role))]
            if assignment.part is None and assignment.printed in names:
                assignment.part = part


def _assignment(
    registrar: Registrar, name: str, role: Role, position: int, part: Part | None
) -> Assignment:
    found = Assignment(
        unit_id=registrar.unit_id(name),
        role=role.value,
        position=position,
        printed=registrar.printed(name),
    )
    if part is not None:
        found.part = part
    return found
