"""Units in a unit of work: found by any of their names, added when they are new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import Role
from tracker.domain.unit import LEVELS
from tracker.store.models import Assignment, Part, Task, Unit, UnitName

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.domain.table import Item
    from tracker.store.work import Work


class Registrar:
    """Gives the unit for a printed name within one unit of work, adding the unknown ones.

    Attributes:
        meanings: what printed names stand for in the text at hand (工信局 → 县工信局).
        added: names of the units that were added.
    """

    def __init__(self, work: Work) -> None:
        self.meanings: Mapping[str, str] = {}
        self.added: list[str] = []
        self._work = work
        self._names = work.unit_names()
        self._position = len(work.units())

    def register(self, names: Iterable[str]) -> None:
        """Make units for names nobody knows; full names first, so that short ones find them."""
        ordered = sorted(dict.fromkeys(names), key=lambda name: name[:1] not in LEVELS)
        for name in ordered:
            if self._names.find(name) is None:
                self._position += 1
                unit = Unit(name=name, position=self._position)
                self._work.add(unit)
                self._names.learn(name, unit.id)
                self.added.append(name)

    def also_called(self, name: str, unit: str) -> None:
        """Note for good that `name` is another name of `unit`; a name that is known stays so."""
        if self._names.find(name) is None:
            unit_id = self.unit_id(unit)
            self._work.add(UnitName(unit_id=unit_id, name=name))
            self._names.learn(name, unit_id)

    def unit_id(self, name: str) -> int:
        """Return the unit's id for a printed name."""
        name = self.meanings.get(name, name)
        found = self._names.find(name)
        if found is None:
            self.register([name])
            found = self._names.find(name)
        if found is None:
            raise LookupError(f"unit {name!r} was registered but is not found")
        return found


def assign(
    registrar: Registrar, task: Task, roles: Roles, parts: Iterable[tuple[Part, Roles]]
) -> None:
    """Give the task its units: those of its parts, then those that no part has."""
    position = 0
    held = NO_ROLES
    for part, own in parts:
        held = held.joined(own)
        for role in Role:
            for name in own.of(role):
                position += 1
                task.assignments.append(_assignment(registrar, name, role, position, part))
    for role in Role:
        for name in roles.of(role):
            if name not in held.of(role):
                position += 1
                task.assignments.append(_assignment(registrar, name, role, position, None))


def reassign(registrar: Registrar, task: Task, role: Role, names: tuple[str, ...]) -> None:
    """Replace the units of one role; the parts keep no units of their own in it."""
    for old in [a for a in task.assignments if a.role == role]:
        task.assignments.remove(old)
    start = max((a.position for a in task.assignments), default=0)
    for offset, name in enumerate(names, 1):
        task.assignments.append(_assignment(registrar, name, role, start + offset, None))
    task.units_text = ""


def tie_parts(task: Task, items: Iterable[Item]) -> None:
    """Tie the task's units to its parts again, as the items say; the rest stays the task's."""
    by_mark = {item.mark: item.roles for item in items}
    for part in task.parts:
        own = by_mark.get(part.mark, NO_ROLES)
        for assignment in task.assignments:
            if assignment.part is None and assignment.printed in own.of(Role(assignment.role)):
                assignment.part = part


def _assignment(
    registrar: Registrar, name: str, role: Role, position: int, part: Part | None
) -> Assignment:
    found = Assignment(
        unit_id=registrar.unit_id(name), role=role.value, position=position, printed=name
    )
    if part is not None:
        found.part = part
    return found
