"""Who is to report on which task in a round (填报单位); one rule for all that ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.domain.terms import OPEN, Role

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow


@dataclass(frozen=True, slots=True)
class Assigned:
    """One assignment of a task: the unit, the role, the name as printed."""

    task_id: int
    unit_id: int
    role: Role
    printed: str


@dataclass(frozen=True, slots=True)
class Duty:
    """A task that a unit is to report on."""

    task: TaskRow
    role: Role


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A collective name (各有关单位) of which nobody knows who belongs to it.

    Attributes:
        unit_id: the collective itself.
        tasks: the tasks that name it.
    """

    unit_id: int
    printed: str
    tasks: tuple[TaskRow, ...]


@dataclass(frozen=True, slots=True)
class Reporting:
    """Who is to report.

    Attributes:
        duties: by unit id, the units in official order, their tasks in printed order.
        unresolved: collective names without members, which the clerk resolves or leaves.
        without_unit: tasks that nobody is to report on.
    """

    duties: Mapping[int, tuple[Duty, ...]] = field(default_factory=dict)
    unresolved: tuple[Unresolved, ...] = ()
    without_unit: tuple[TaskRow, ...] = ()


def reporting_of(
    tasks: Sequence[TaskRow],
    assigned: Iterable[Assigned],
    units: Sequence[UnitRow],
    *,
    cooperating: bool = False,
    named: Mapping[tuple[int, int], Sequence[int]] | None = None,
) -> Reporting:
    """Return who is to report on the tasks that are still worked on.

    A task is reported on by its leads; where it has none, by the responsible units; by the
    cooperating ones too where the office wants it, and where it has no others.

    Args:
        tasks: the ledger's tasks in printed order.
        assigned: their assignments in printed order.
        units: all units in official order.
        cooperating: cooperating units report too.
        named: for a collective in one task, by (task id, unit id), the units that the clerk named;
            none named leaves it out.
    """
    by_id = {unit.id: unit for unit in units}
    by_task: dict[int, list[Assigned]] = {}
    for each in assigned:
        by_task.setdefault(each.task_id, []).append(each)
    found: dict[int, dict[int, Duty]] = {}
    open_names: dict[tuple[int, str], list[TaskRow]] = {}
    without: list[TaskRow] = []
    for task in tasks:
        if task.completion not in OPEN or task.withdrawn:
            continue
        reporters = list(_reporters(by_task.get(task.id, ()), cooperating=cooperating))
        if not reporters:
            without.append(task)
        for one in reporters:
            members = _members(one, by_id[one.unit_id], named or {})
            if members is None:
                open_names.setdefault((one.unit_id, one.printed), []).append(task)
                continue
            for unit_id in members:
                found.setdefault(unit_id, {}).setdefault(task.id, Duty(task, one.role))
    return Reporting(
        {unit.id: tuple(found[unit.id].values()) for unit in units if unit.id in found},
        tuple(
            Unresolved(unit_id, printed, tuple(held))
            for (unit_id, printed), held in open_names.items()
        ),
        tuple(without),
    )


def _reporters(assigned: Sequence[Assigned], *, cooperating: bool) -> Iterator[Assigned]:
    """Yield who reports on one task, a unit in its strongest role first."""
    roles = [Role.LEAD]
    if not any(a.role is Role.LEAD for a in assigned):
        roles.append(Role.RESPONSIBLE)
    if cooperating or not any(a.role in roles for a in assigned):
        roles += [role for role in (Role.RESPONSIBLE, Role.COOPERATING) if role not in roles]
    for role in roles:
        yield from (a for a in assigned if a.role is role)


def _members(
    one: Assigned, unit: UnitRow, named: Mapping[tuple[int, int], Sequence[int]]
) -> Sequence[int] | None:
    """Return the units that stand behind a name; None where nobody knows them."""
    if (one.task_id, unit.id) in named:
        return named[one.task_id, unit.id]
    if unit.members:
        return unit.members
    return None if unit.is_collective else (unit.id,)
