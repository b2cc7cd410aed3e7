"""Which draft answers which labelled task."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.eval.decompose.gold import ROLES, GoldTask, Names

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tracker.domain.deadline import Deadline
    from tracker.domain.draft import Draft
    from tracker.domain.table import Roles

_WIDTHS = str.maketrans("（）【】〔〕；：，．", "()[][];:,.")
_BLANKS = re.compile(r"[\s\u200b\ufeff]+")
_LOOSE = re.compile(r"[①-⑳。;,]")


@dataclass(frozen=True, slots=True)
class Found:
    """A draft, or a part of one that has units of its own."""

    number: str
    title: str
    text: str
    units: Names
    persons: frozenset[str]
    deadline: Deadline | None

    def has_units(self) -> bool:
        """Return whether anyone is charged with it."""
        return any(self.units.values())


def plain(text: str) -> str:
    """Return text without blanks, with brackets and stops in one width."""
    return _BLANKS.sub("", text).translate(_WIDTHS)


def plain_name(text: str) -> str:
    """Return a name as two readers would compare it."""
    return plain(text).strip('。.;,、"“”')


def key_text(text: str) -> str:
    """Return text with everything out that a copy may lose."""
    return _LOOSE.sub("", plain(text))


def flatten(drafts: Iterable[Draft]) -> list[Found]:
    """Return the drafts; one whose parts have units of their own gives its parts."""
    found: list[Found] = []
    for draft in drafts:
        parts = [item for item in draft.items if item.roles]
        for at, item in enumerate(parts):
            text = (draft.title if at == 0 else "") + item.mark + item.text
            persons = frozenset(map(plain_name, item.persons or draft.persons))
            due = item.deadline or draft.deadline
            found.append(Found(draft.number, "", text, names_of(item.roles), persons, due))
        if not parts:
            persons = frozenset(map(plain_name, draft.persons))
            units = names_of(draft.roles)
            whole = Found(draft.number, draft.title, draft.text, units, persons, draft.deadline)
            found.append(whole)
    return found


def names_of(roles: Roles) -> Names:
    """Return the units by role, ready to compare."""
    return {role: frozenset(map(plain_name, getattr(roles, role))) for role in ROLES}


def pair(tasks: Sequence[GoldTask], found: Sequence[Found]) -> list[int | None]:
    """Return for each labelled task the place of the draft that answers it.

    A draft answers the first task whose opening or closing words it holds.
    """
    bodies = [(key_text(f.title + f.text), key_text(f.text)) for f in found]
    free = dict.fromkeys(range(len(found)))
    places: list[int | None] = []
    for task in tasks:
        first, last = key_text(task.starts)[:12], key_text(task.ends)[-12:]
        place = next((i for i in free if _holds(bodies[i], first, last)), None)
        places.append(place)
        if place is not None:
            del free[place]
    return places


def _holds(bodies: tuple[str, str], first: str, last: str) -> bool:
    whole, text = bodies
    return bool(first and first in whole) or bool(last and last in text)
