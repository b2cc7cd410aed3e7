"""Units and the names they are known under."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

LEVELS = ("省", "市", "区", "县", "州", "盟", "旗")
"""First characters that tell a unit's level (区发改局) and that lists often leave out."""


COLLECTIVE = "collective"
"""The kind of a unit that stands for several (各镇人民政府)."""

_COLLECTIVE_NAME = re.compile(
    r"各|有关|相关|(?:其他|其它|责任|成员|职能|主管)(?:单位|部门)$"
    rf"|^[{''.join(LEVELS)}]直(?:单位|部门|机关)$"
    r"|^(?:乡镇|镇乡|镇街|乡镇街道|街道)(?:人民政府|政府|办事处)?$"
)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit with its official place in lists and its other names.

    Attributes:
        kind: `COLLECTIVE`, or empty.
        members: ids of the units that a collective stands for, in their order.
        valid_from: the day it was set up, where a reform tells.
        valid_to: the day it was abolished (撤销); None while it stands.
        successor: id of the one unit that took its place, where there is just one.
    """

    id: int
    name: str
    short_name: str = ""
    position: int = 0
    names: tuple[str, ...] = ()
    kind: str = ""
    contact: str = ""
    phone: str = ""
    members: tuple[int, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    successor: int | None = None

    @property
    def is_abolished(self) -> bool:
        """Whether a reform has taken it out of the list; nothing new is given to it."""
        return self.valid_to is not None

    @property
    def is_collective(self) -> bool:
        """Whether the name stands for several units, by its kind, its members or its words."""
        return (
            self.kind == COLLECTIVE
            or bool(self.members)
            or _COLLECTIVE_NAME.search(name_key(self.name)) is not None
        )


def name_key(name: str) -> str:
    """Return `name` as it is compared: blanks out, half-width brackets; nothing else changes."""
    return re.sub(r"\s", "", name).replace("（", "(").replace("）", ")")


@dataclass(slots=True)
class UnitNames:
    """Finds the unit a printed name stands for.

    A name is known by itself; a name without its level (“文旅局”) stands for the one unit that
    has the level (“区文旅局”) as long as exactly one such unit is known. Names of different
    levels (市水利局, 区水利局) are never taken for each other. A name of a unit that was merged
    into another one stands for that one.
    """

    ids: dict[str, int] = field(default_factory=dict)
    elided: dict[str, set[int]] = field(default_factory=dict)
    successors: dict[int, int] = field(default_factory=dict)
    abolished: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, units: Iterable[UnitRow]) -> UnitNames:
        """Return the finder for a list of units.

        What stands now goes before what was abolished, a unit's own name before its other ones.
        """
        finder = cls()
        ordered = sorted(units, key=lambda unit: unit.is_abolished)
        for unit in ordered:
            if unit.successor is not None:
                finder.successors[unit.id] = unit.successor
            if unit.is_abolished:
                finder.abolished.add(unit.id)
        for standing in (False, True):
            group = [unit for unit in ordered if unit.is_abolished is standing]
            for unit in group:
                finder.learn(unit.name, unit.id)
            for unit in group:
                for name in unit.names:
                    finder.learn(name, unit.id)
            for unit in group:
                if unit.short_name:
                    finder.learn_short(unit.short_name, unit.id)
        return finder

    def learn(self, name: str, unit_id: int) -> None:
        """Remember that `name` stands for the unit `unit_id`."""
        key = name_key(name)
        self.ids.setdefault(key, unit_id)
        if key[:1] in LEVELS and len(key) > 3:
            self.elided.setdefault(key[1:], set()).add(unit_id)

    def learn_short(self, name: str, unit_id: int) -> None:
        """Remember a short name, which several units may have; then it stands for none."""
        key = name_key(name)
        self.elided.setdefault(key, set()).add(unit_id)
        if key[:1] in LEVELS and len(key) > 3:
            self.elided.setdefault(key[1:], set()).add(unit_id)

    def find(self, name: str) -> int | None:
        """Return the unit's id, or None where the name is unknown or could mean several units."""
        key = name_key(name)
        if key in self.ids:
            return self.standing(self.ids[key])
        candidates = {self.standing(unit_id) for unit_id in self.elided.get(key, ())}
        candidates = {c for c in candidates if c not in self.abolished} or candidates
        return next(iter(candidates)) if len(candidates) == 1 else None

    def direct(self, name: str) -> int | None:
        """Return the unit that had the name, be it no more; None as `find` does."""
        key = name_key(name)
        found = self.find(name)
        if found is None or key in self.ids:
            return self.ids.get(key, found)
        same = (c for c in sorted(self.elided.get(key, ())) if self.standing(c) == found)
        return next(same, found)

    def standing(self, unit_id: int) -> int:
        """Return the unit that took the place of this one; itself where none did."""
        seen = {unit_id}
        while (following := self.successors.get(unit_id)) is not None and following not in seen:
            seen.add(following)
            unit_id = following
        return unit_id


class Identities(dict[str, "int | str"]):
    """Printed name → the unit it stands for; an unknown name stands for itself.

    Each name is looked up once.
    """

    def __init__(self, names: UnitNames) -> None:
        """Take the names that are known while this is used."""
        super().__init__()
        self._names = names

    def __missing__(self, name: str) -> int | str:
        unit = self._names.find(name)
        self[name] = name_key(name) if unit is None else unit
        return self[name]
