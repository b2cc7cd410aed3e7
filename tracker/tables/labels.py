"""Units that speak in turn inside one progress cell (“甲局：……乙局：……”)."""

from __future__ import annotations

import re

from tracker.duties.units import is_unit_like
from tracker.tables.cells import squeezed

_LABEL = re.compile(
    r"(?:^|(?<=[。；;！!\n\s]))[ \t　]*(?P<open>[【\[])?"
    r"(?P<name>[^\s。；;：:，,、！!？?【】\[\]\d]{2,24}?)(?:[（(][^（()）]{1,8}[）)])?"
    r"(?(open)[】\]][：:]?|[：:])"
)
_ENDS_LABEL = re.compile(r"[：:】\]]")
_BRACKETS = re.compile(r"[（(【〔\[].*$", re.DOTALL)
_PLACE = re.compile(r"^[省市区县州盟旗]")
_LONGEST_STRANGER = 14


def spoken_by_units(text: str, names: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """Return (unit, words) for a progress cell in which the row's units speak in turn.

    A label counts where it is one of the row's units; beside such a one any other unit counts too.
    The name is the row's name for the unit where there is one, else the label.
    """
    if not _ENDS_LABEL.search(text):
        return ()
    known = {_key(name): name for name in reversed(names)}
    found = [(m, known.get(_key(m["name"]))) for m in _LABEL.finditer(text)]
    if not any(name for _, name in found):
        return ()
    spoken = [(m, name or m["name"]) for m, name in found if name or _is_stranger(m["name"])]
    ends = [m.start() for m, _ in spoken[1:]] + [len(text)]
    notes: dict[str, str] = {}
    for (match, name), end in zip(spoken, ends, strict=True):
        words = text[match.end() : end].strip()
        notes[name] = f"{notes[name]}\n{words}" if name in notes else words
    return tuple(notes.items())


def _key(name: str) -> str:
    """Return a name without its bracketed alias and without 区, 县, 市 before it."""
    bare = _BRACKETS.sub("", squeezed(name))
    return _PLACE.sub("", bare) if len(bare) > len("区某局") else bare


def _is_stranger(name: str) -> bool:
    return len(name) <= _LONGEST_STRANGER and is_unit_like(name)
