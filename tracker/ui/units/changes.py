"""How a change of units is shown: whole names, for nobody reads half a name."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from tracker.text.difference import Kind, Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator

_PIECE = re.compile(r"[、，；：。,;:（）()\s]|[^、，；：。,;:（）()\s]+")


def unit_difference(old: str, new: str) -> tuple[Stretch, ...]:
    """Return what changed between two cells of units, name by name.

    Joining the same and new stretches gives `new`, joining the same and dropped ones gives `old`.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    return tuple(_stretches(before, after))


def _stretches(before: list[str], after: list[str]) -> Iterator[Stretch]:
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        if tag == "equal":
            yield Stretch(Kind.SAME, "".join(before[i:j]))
            continue
        if i < j:
            yield Stretch(Kind.DROPPED, "".join(before[i:j]))
        if k < m:
            yield Stretch(Kind.NEW, "".join(after[k:m]))
