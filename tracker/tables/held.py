"""Cells and rows that name a unit that is no more: held back, with the ways they may go."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.domain.table import Roles
from tracker.domain.terms import Role
from tracker.domain.unit_printing import rewritten, successor_name
from tracker.tables.cells import squeezed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from tracker.domain.proposal import CellChange
    from tracker.domain.table import TableRow
    from tracker.domain.unit import Identities, UnitNames, UnitRow
    from tracker.domain.unit_gone import Gone

_MARK = "\x00"


class GoneNames:
    """Knows which names of a table stand for units that are no more."""

    def __init__(self, names: UnitNames, gone: Mapping[int, Gone]) -> None:
        self._names = names
        self._gone = gone

    def among(self, names: Iterable[str]) -> dict[str, Gone]:
        """Return those of the names that stand for units that are no more."""
        if not self._gone:
            return {}
        found = {name: self._names.find(name) for name in names}
        return {n: self._gone[i] for n, i in found.items() if i is not None and i in self._gone}

    def of_cell(self, change: CellChange) -> dict[str, Gone]:
        """Return the units that are no more which a changed cell names."""
        row = change.row
        if change.field not in _ROLES:
            return {}
        return self.among(row.roles.names() if row.units_text else row.roles.of(Role(change.field)))


def words_of(gone: Mapping[str, Gone]) -> str:
    """Return why nothing may be given to these units, in words."""
    said = "；".join(each.words(name) for name, each in gone.items())
    several = any(len(each.into) > 1 for each in gone.values())
    return f"{said}，请选承接单位" if several else said


def rows_instead(row: TableRow, gone: Mapping[str, Gone]) -> Iterator[tuple[str, TableRow]]:
    """Yield the row as it may be written instead, each way with its words.

    Each of the units that took over may take the place, all of them, or nobody.
    """
    if len(gone) != 1:
        return
    ((name, unit),) = gone.items()
    into = unit.into
    choices: list[Sequence[UnitRow]] = [(each,) for each in into]
    if len(into) > 1:
        choices.append(into)
    for chosen in choices:
        words = chosen[0].name if len(chosen) == 1 else f"{len(chosen)}家共同"
        yield f"由{words}承接", _with(row, name, unit.unit, chosen)
    if len(row.roles.names()) > 1:
        yield "不再列它", _with(row, name, unit.unit, ())


def _with(row: TableRow, name: str, old: UnitRow, chosen: Sequence[UnitRow]) -> TableRow:
    new = tuple(successor_name(name, old, each) for each in chosen)

    def swapped(roles: Roles) -> Roles:
        held = {
            role.value: tuple(
                dict.fromkeys(each for n in roles.of(role) for each in (new if n == name else (n,)))
            )
            for role in Role
        }
        return Roles(**held)

    others = [n for n in row.roles.names() if n != name]
    return replace(
        row,
        roles=swapped(row.roles),
        items=tuple(replace(item, roles=swapped(item.roles)) for item in row.items),
        units_text=rewritten(row.units_text, {name: new}, others),
    )


def same_cell(
    one: str, names: Iterable[str], other: str, others: Iterable[str], units: Identities
) -> bool:
    """Tell whether two cells of units say the same but for the names of the same units.

    Args:
        names, others: the names of units in each.
    """
    if squeezed(one) == squeezed(other):
        return True
    if not (one and other):
        return False
    return _without_names(one, names, units) == _without_names(other, others, units)


def _without_names(cell: str, names: Iterable[str], units: Identities) -> str:
    known = sorted(dict.fromkeys(names), key=len, reverse=True)
    if not known:
        return squeezed(cell)
    pattern = "|".join(re.escape(name) for name in known)
    text = re.sub(pattern, lambda found: f"{_MARK}{units[found.group()]}{_MARK}", cell)
    text = re.sub(rf"({_MARK}[^{_MARK}]+{_MARK})(?:[、，,/\s]*\1)+", r"\1", text)
    return squeezed(text)


_ROLES = frozenset(role.value for role in Role)
