"""How a unit is printed after a reform, in the form the old name was printed in."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from tracker.domain.reform import ReformKind
from tracker.domain.unit import LEVELS, UnitNames, UnitRow, name_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_BETWEEN = r"[、，,/\s]*"
_ENDS = r"(?=$|[\W_]|牵头|配合|负责|等|分别|会同|参与|落实|按|为)"
"""Behind a name that is not the beginning of a longer one."""


def successor_name(printed: str, old: UnitRow, new: UnitRow) -> str:
    """Return how `new` is printed where `old` stood as `printed`.

    A full name becomes the full one, a short one the short one; where the level was left out
    (文旅局 for 区文旅局), it is left out again, and where it stood it stands. What is printed
    under the new unit's own name already stays.
    """
    key, full = name_key(printed), name_key(old.name)
    if key in (name_key(new.name), name_key(new.name)[1:]) and key != full:
        return printed
    was_full = key in (full, full[1:])
    name = new.name if was_full or not new.short_name else new.short_name
    has_level = key[:1] in LEVELS and len(key) > 3
    level = new.name[:1] if new.name[:1] in LEVELS else ""
    is_elidable = name[:1] in LEVELS and len(name) > 3 and name[1] != "委"
    if has_level and name != new.name and name[:1] != level:
        return level + name
    if not has_level and is_elidable and full[:1] in LEVELS:
        return name[1:]
    return name


def rewritten(text: str, names: Mapping[str, Sequence[str]], standing: Sequence[str]) -> str:
    """Return a cell of units with old names replaced; nothing else of it changes.

    Args:
        text: the cell.
        names: by printed old name those that take its place; none takes it out of its list.
        standing: other names in the cell, which may hold an old one within them (县发改局).
    """
    known = sorted({*names, *standing}, key=len, reverse=True)
    if not known:
        return text
    pattern = "|".join(re.escape(name) for name in known)

    def replaced(found: re.Match[str]) -> str:
        name = found.group()
        if name not in names:
            return name
        return "、".join(names[name]) or _OUT

    text = re.sub(pattern, replaced, text)
    text = re.sub(rf"[、，,]\s*{_OUT}|{_OUT}[、，,]?\s*", "", text)
    for name in {each for some in names.values() for each in some}:
        own = re.escape(name)
        text = re.sub(rf"({own})(?:{_BETWEEN}{own}{_ENDS})+", r"\1", text)
    return text


class Renaming(Protocol):
    """A reform as it is kept."""

    @property
    def kind(self) -> str:
        """What it did."""

    @property
    def units(self) -> Sequence[int]:
        """Ids of the units it speaks of."""

    @property
    def old(self) -> Sequence[str]:
        """Official names before it."""


class FormerNames:
    """Knows which names units had before reforms, and how they are printed today."""

    def __init__(self, units: Iterable[UnitRow], reforms: Iterable[Renaming]) -> None:
        self.units = {unit.id: unit for unit in units}
        self.names = UnitNames.of(self.units.values())
        self._former: dict[int, list[str]] = {}
        for reform in reforms:
            if reform.kind == ReformKind.RENAME:
                for unit_id in reform.units:
                    self._former.setdefault(unit_id, []).extend(reform.old)

    def today(self, printed: str) -> str:
        """Return how a name is printed today; one that no reform touched stays as it is."""
        unit_id = self.names.direct(printed)
        if unit_id is None:
            return printed
        standing = self.names.standing(unit_id)
        if standing in self.names.abolished or not self.is_former(unit_id, printed):
            return printed
        return successor_name(printed, self.then(unit_id, (printed,)), self.units[standing])

    def taken_over(self, printed: str, by: str) -> str:
        """Return how the unit that takes over from one that is no more is printed in its place.

        Where the printed name is not that of an abolished unit, it stays.
        """
        old, new = self.names.find(printed), self.names.find(by)
        if old is None or new is None or old == new or old not in self.names.abolished:
            return printed
        return successor_name(printed, self.units[old], self.units[new])

    def is_former(self, unit_id: int, printed: str) -> bool:
        """Tell whether a unit that was printed so is printed otherwise since a reform."""
        if self.names.standing(unit_id) != unit_id:
            return True
        unit = self.units[unit_id]
        forms = {form for name in (unit.name, unit.short_name) if name for form in _forms(name)}
        return unit_id in self._former and name_key(printed) not in forms

    def then(self, unit_id: int, printed: Iterable[str]) -> UnitRow:
        """Return the unit under the official name it had when it was printed so."""
        unit, former = self.units[unit_id], self._former.get(unit_id, [])
        keys = {name_key(name) for name in printed}
        fitting = (name for name in (unit.name, *former) if keys & set(_forms(name)))
        return replace(unit, name=next(fitting, former[0] if former else unit.name))


def _forms(name: str) -> tuple[str, str]:
    """Return a name as it is compared, and without its first character: its level."""
    key = name_key(name)
    return key, key[1:]


_OUT = "\x00"
"""Marks the place of a name that goes out of its list."""
