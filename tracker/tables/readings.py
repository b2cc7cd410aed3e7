"""What cells say, each distinct text read once: the same words in another row say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.duties.deadlines import read_deadline_cell
from tracker.duties.notes import read_unit_cell
from tracker.duties.persons import bare_persons
from tracker.duties.units import split_names
from tracker.tables.cells import squeezed

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.terms import Role
    from tracker.duties.notes import Assignment

_SEPARATORS = re.compile(r"[\s、，,；;/|]+")


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A unit cell as read.

    Attributes:
        says_more: it says more than a list of names.
    """

    read: Assignment
    says_more: bool


class Readings:
    """The cells of one table while it is read; thrown away with the reading."""

    def __init__(self) -> None:
        self._units: dict[tuple[str, Role], UnitCell] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._deadlines: dict[tuple[str, date | None], Deadline | None] = {}

    def units(self, text: str, role: Role) -> UnitCell:
        """Return what a cell for units says in a column for `role`."""
        found = self._units.get((text, role))
        if found is None:
            read = read_unit_cell(text, role)
            says_more = bool(read.by_mark) or not is_list(text, read.roles.names())
            found = self._units[text, role] = UnitCell(read, says_more)
        return found

    def names(self, text: str) -> tuple[str, ...]:
        """Return the people that a cell lists, without their posts."""
        if text not in self._names:
            self._names[text] = bare_persons(split_names(text))
        return self._names[text]

    def deadline(self, text: str, reference: date | None) -> Deadline | None:
        """Return what a cell for deadlines says, years taken from `reference`."""
        key = text, reference
        if key not in self._deadlines:
            self._deadlines[key] = read_deadline_cell(text, reference)
        return self._deadlines[key]


def is_list(text: str, names: tuple[str, ...]) -> bool:
    """Tell whether a cell holds the names and nothing but separators beside them."""
    rest = squeezed(text)
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(squeezed(name), "", 1)
    return not _SEPARATORS.sub("", rest)
