"""What cells say, each distinct text read once: the same words in another row say the same."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.deadline import Deadline
from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import Role
from tracker.duties.deadlines import read_deadline_cell
from tracker.duties.notes import Assignment, read_unit_cell
from tracker.duties.persons import bare_persons
from tracker.duties.reading import led_by_first
from tracker.duties.units import ends_as_unit, split_names
from tracker.tables.cells import is_blank_mark, squeezed
from tracker.tables.contacts import without_contacts
from tracker.tables.values import typed_day

if TYPE_CHECKING:
    from datetime import date

    from tracker.tables.matrix import Piece

_LIST_SIGN = "、"
_SHORTEST_UNIT = 4
_LETTERS = re.compile(r"[\u4e00-\u9fff]+")
_PARTY = "各镇党委"
"""What some names stand behind as a half of one name: 各镇党委、政府."""
_SEPARATORS = re.compile(r"[\s、，,；;/|]+")


@dataclass(frozen=True, slots=True)
class UnitCell:
    """A unit cell as read.

    Attributes:
        says_more: it says more than a list of names.
        is_simple: it lists names and nothing else, and every name is plainly one.
        is_blank: it only says that there is nothing to say.
    """

    read: Assignment
    says_more: bool
    is_simple: bool = False
    is_blank: bool = False

    @property
    def is_understood(self) -> bool:
        """Return whether anybody was found in it."""
        return bool(self.is_simple or self.read.roles or self.read.by_mark or self.read.persons)


_BLANK = UnitCell(Assignment(NO_ROLES), says_more=False, is_blank=True)


class Readings:
    """The cells of one table while it is read; thrown away with the reading."""

    def __init__(self) -> None:
        self._units: dict[tuple[str, Role], UnitCell] = {}
        self._simple: dict[str, bool] = {}
        self._names: dict[str, tuple[str, ...]] = {}
        self._deadlines: dict[tuple[str, object, date | None], Deadline | None] = {}

    def units(self, text: str, role: Role) -> UnitCell:
        """Return what a cell for units says in a column for `role`."""
        found = self._units.get((text, role))
        if found is None:
            found = self._units[text, role] = self._listed(text, role) or _read(text, role)
        return found

    def _listed(self, text: str, role: Role) -> UnitCell | None:
        """Return a cell that lists plain names: lists are many, names are few."""
        names = text.split(_LIST_SIGN)
        if len(set(names)) < len(names) or not all(map(self._is_simple, names)):
            return None
        roles = Roles.single(role, tuple(names))
        return UnitCell(Assignment(roles), says_more=False, is_simple=True)

    def _is_simple(self, name: str) -> bool:
        """Tell whether a name means itself alone and in any list, whatever stands beside it."""
        found = self._simple.get(name)
        if found is None:
            found = self._simple[name] = (
                ends_as_unit(name)
                and _LETTERS.fullmatch(name) is not None
                and split_names(f"{_PARTY}{_LIST_SIGN}{name}") == (_PARTY, name)
                and read_unit_cell(name, Role.LEAD) == Assignment(Roles(lead=(name,)))
            )
        return found

    def names(self, text: str) -> tuple[str, ...]:
        """Return the people that a cell lists, without their posts."""
        if text not in self._names:
            self._names[text] = bare_persons(split_names(text))
        return self._names[text]

    def deadline(self, piece: Piece, reference: date | None) -> Deadline | None:
        """Return what a cell for deadlines says, years taken from `reference`."""
        key = piece.text, piece.value, reference
        if key not in self._deadlines:
            text, day = piece.text.strip(), typed_day(piece)
            found = Deadline(text, day) if day else read_deadline_cell(text, reference)
            self._deadlines[key] = found
        return self._deadlines[key]


def is_unit_name(name: str) -> bool:
    """Tell a unit among leaders: 县审批局, but neither 李局 nor 王主任."""
    return len(name) >= _SHORTEST_UNIT and ends_as_unit(name)


def first_leading(cell: UnitCell) -> UnitCell:
    """Return a plain list whose first unit leads the others; any other cell as it is."""
    if cell.says_more:
        return cell
    return replace(cell, read=replace(cell.read, roles=led_by_first(cell.read.roles)))


def _read(text: str, role: Role) -> UnitCell:
    if is_blank_mark(text):
        return _BLANK
    units = without_contacts(text)
    read = read_unit_cell(units, role)
    return UnitCell(read, bool(read.by_mark) or not is_list(text, read.roles.names()))


def is_list(text: str, names: tuple[str, ...]) -> bool:
    """Tell whether a cell holds the names and nothing but separators beside them."""
    rest = squeezed(text)
    for name in sorted(names, key=len, reverse=True):
        rest = rest.replace(squeezed(name), "", 1)
    return not _SEPARATORS.sub("", rest)
