"""Words of a status column → completion and pace, by `resources/states.toml`."""

from __future__ import annotations

import re
from functools import cache

from tracker.base.resources import load
from tracker.domain.terms import Completion, Pace
from tracker.tables.cells import squeezed

_BETWEEN = re.compile(r"[、，,；;/|（）()\[\]【】。：:]+")

State = tuple[Completion | None, Pace | None]
_UNKNOWN: State = (None, None)


def read_state(text: str) -> State:
    """Return what a printed status says; (None, None) where a word of it is not known.

    “推进中（达序时）” is read word by word; words that contradict each other say nothing.
    """
    words = [word for word in _BETWEEN.split(squeezed(text)) if word]
    states = [_whole(squeezed(text))] if squeezed(text) in _states() else [_whole(w) for w in words]
    if not states or _UNKNOWN in states:
        return _UNKNOWN
    completions = {completion for completion, _ in states if completion}
    paces = {pace for _, pace in states if pace}
    if len(completions) > 1 or len(paces) > 1:
        return _UNKNOWN
    return next(iter(completions), None), next(iter(paces), None)


def is_state(text: str) -> bool:
    """Tell whether a text is a state word (已完成, 推进中)."""
    return read_state(text) != _UNKNOWN


def _whole(word: str) -> State:
    return _states().get(word, _UNKNOWN)


@cache
def _states() -> dict[str, State]:
    return {
        word: (
            Completion(entry["completion"]) if "completion" in entry else None,
            Pace(entry["pace"]) if "pace" in entry else None,
        )
        for entry in load("states.toml")["state"]
        for word in entry["words"]
    }
