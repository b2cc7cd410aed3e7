"""Which units a task counts with: its leads, else the responsible units, under official names."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.domain.unit import UnitNames

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow

NO_UNIT = "未定单位"


@dataclass(frozen=True, slots=True)
class UnitBook:
    """Knows the official name and place of printed unit names; an empty book changes no name."""

    _names: UnitNames = field(default_factory=UnitNames)
    _units: dict[int, tuple[int, str]] = field(default_factory=dict)

    @classmethod
    def of(cls, units: Iterable[UnitRow]) -> UnitBook:
        """Return the book of these units, which come in their official order."""
        rows = tuple(units)
        return cls(
            UnitNames.of(rows), {unit.id: (place, unit.name) for place, unit in enumerate(rows)}
        )

    def official(self, printed: str) -> str:
        """Return the official name of a printed one; a name that is not known stays."""
        if not self._units:
            return printed
        unit_id = self._names.find(printed)
        return printed if unit_id is None else self._units[unit_id][1]

    def owners(self, task: TaskRow) -> tuple[str, ...]:
        """Return the units a task counts with, each once; `NO_UNIT` where it has none."""
        printed = task.roles.lead or task.roles.responsible
        return tuple(dict.fromkeys(self.official(name) for name in printed)) or (NO_UNIT,)

    def ordered(self, names: Iterable[str]) -> tuple[str, ...]:
        """Return the names in official order, unknown ones behind as they came, `NO_UNIT` last."""
        kept = tuple(dict.fromkeys(names))
        last = len(self._units)
        return tuple(sorted(kept, key=lambda name: (name == NO_UNIT, self._place(name, last))))

    def grouped(self, tasks: Iterable[TaskRow]) -> dict[str, list[TaskRow]]:
        """Return the tasks by unit, the units in order; a task is with each of its owners."""
        groups: dict[str, list[TaskRow]] = {}
        for task in tasks:
            for unit in self.owners(task):
                groups.setdefault(unit, []).append(task)
        return {unit: groups[unit] for unit in self.ordered(groups)}

    def note(self, tasks: Iterable[TaskRow]) -> str:
        """Return in a sentence how tasks of several units are counted."""
        held = [len(self.owners(task)) for task in tasks]
        several = sum(1 for count in held if count > 1)
        if not several:
            return f"共{len(held)}项，每项只属一个单位。"
        return (
            f"共{len(held)}项；有两个及以上牵头（责任）单位的{several}项在各单位各计一次，"
            f"合计中只计一次，所以各单位相加为{sum(held)}。"
        )

    def _place(self, name: str, last: int) -> int:
        unit_id = self._names.find(name)
        return last if unit_id is None else self._units[unit_id][0]


NO_BOOK = UnitBook()
"""Leaves every name as printed, in the order the tasks name them."""
