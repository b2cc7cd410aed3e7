"""As much of a difference as fits into two lines, every change still in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.text.difference import Kind, Stretch

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_KEPT = (16, 10, 6)
"""How many signs beside a change are kept; fewer where there is less room."""


def excerpt(parts: Sequence[Stretch], kinds: Collection[Kind], room: int) -> tuple[Stretch, ...]:
    """Return the stretches of `kinds`, what stayed the same shortened until `room` signs do.

    Args:
        parts: the whole difference.
        kinds: which stretches are shown.
        room: about how many signs there is place for.
    """
    shown = tuple(Stretch(kind, _in_one_line(text)) for kind, text in parts if kind in kinds)
    for kept in _KEPT:
        if _length(shown) <= room:
            return shown
        shortened = tuple(
            Stretch(kind, _shortened(text, kept, first=not at, last=at == len(shown) - 1))
            if kind is Kind.SAME
            else Stretch(kind, text)
            for at, (kind, text) in enumerate(shown)
        )
        if any(kind is not Kind.SAME for kind, _ in parts):
            shown = shortened
    return _cut(shown, room)


def _in_one_line(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\n", " ")


def _length(parts: Sequence[Stretch]) -> int:
    return sum(len(text) for _, text in parts)


def _shortened(text: str, kept: int, *, first: bool, last: bool) -> str:
    """Keep the ends that touch a change."""
    if len(text) <= 2 * kept + 2 or (first and last):
        return text
    head = "" if first else text[:kept]
    tail = "" if last else text[-kept:]
    return f"{head}…{tail}"


def _cut(parts: Sequence[Stretch], room: int) -> tuple[Stretch, ...]:
    kept: list[Stretch] = []
    left = room
    for kind, text in parts:
        if len(text) > left:
            kept.append(Stretch(kind, text[: max(left - 1, 0)] + "…"))
            break
        kept.append(Stretch(kind, text))
        left -= len(text)
    return tuple(kept)
