"""A cell of units after a reform: it must say what is stored, and no unit twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.domain.terms import Role
from tracker.duties.notes import read_unit_cell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Held = dict[Role, tuple[str, ...]]
"""Printed names by role."""

_DEFAULTS = (Role.LEAD, Role.RESPONSIBLE)
"""The roles that a column of units gives to names of which its cells say nothing."""
_MOST_DROPPED = 4


def says(cell: str, held: Mapping[Role, Sequence[str]]) -> bool:
    """Tell whether a cell, as a table is read, gives just these units these roles."""
    wanted = {role: sorted(held.get(role, ())) for role in Role}
    for default in _DEFAULTS:
        roles = read_unit_cell(cell, default).roles
        if {role: sorted(roles.of(role)) for role in Role} == wanted:
            return True
    return False


def without(cell: str, names: Sequence[str], held: Mapping[Role, Sequence[str]]) -> str | None:
    """Return the cell with one mention of each name taken out, so that it says what is stored.

    Args:
        names: names that stand once too often: the unit has the stronger of its two roles only.
        held: what the cell is to say.

    Returns:
        None where no way of taking them out leaves the cell saying so.
    """
    if len(names) > _MOST_DROPPED:
        return None
    if not names:
        return cell if says(cell, held) else None
    for shorter in _with_one_less(cell, names[0]):
        found = without(shorter, names[1:], held)
        if found is not None:
            return found
    return None


def _with_one_less(cell: str, name: str) -> Iterator[str]:
    """Yield the cell without one mention of a name, the least taken away first."""
    own = re.escape(name)
    patterns = (
        rf"、\s*{own}",
        rf"{own}\s*、",
        rf"[，,]\s*{own}(?=[，,；;。\n]|$)",
        rf"(?:^|(?<=[\n：:；;，,])){own}\s*[，,]",
        rf"(?:^|\n)[^\n：:]*[：:]\s*{own}\s*(?=\n|$)",
        rf"[，,；;。]?[^，,；;。\n]*{own}[^，,；;。\n]*(?=[，,；;。\n]|$)",
    )
    for pattern in patterns:
        mentions = list(re.finditer(pattern, cell))
        for found in reversed(mentions):
            yield (cell[: found.start()] + cell[found.end() :]).strip("\n，,；;")
