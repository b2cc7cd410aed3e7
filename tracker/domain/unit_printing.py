"""How a unit is printed after a reform, in the form the old name was printed in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.domain.unit import LEVELS, name_key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.domain.unit import UnitRow

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


_OUT = "\x00"
"""Marks the place of a name that goes out of its list."""
