"""Whether what a label says (责任单位：…) goes on in the next line."""

from __future__ import annotations

import re
from functools import cache

from tracker.base.resources import load
from tracker.duties.deadlines import states_deadline
from tracker.duties.notes import is_name
from tracker.duties.persons import is_person, is_personal_name
from tracker.duties.units import ends_as_unit, is_unit_like
from tracker.duties.vocabulary import PERSONS, closed_up, role_words, spaced_any_of, unit_words

_NAME_ENDS = re.compile(r"[、，,；;：:。\s（(）)]")
_STOPS = re.compile("[。；;！!？?：:，,]")
_BROKEN_DATE = re.compile(r"\d\s*$")
_REST_OF_DATE = re.compile(r"(?:[年月日]|[底末初]|之?前|以前|[上中下]旬)")
_SHORT = 12
_DEADLINE = "deadline"


def value_goes_on(said: str, after: str, *, apart: bool) -> bool:
    """Return whether the value that ends `said` is completed by the line `after`.

    Args:
        said: a sentence with a label of an assignment in it, up to the end of its line.
        after: the next line; both in the form words are matched in.
        apart: an empty line stands between them.
    """
    kind, value = _last_value(said)
    if not value.strip():
        return False
    last, first = _NAME_ENDS.split(said)[-1], _NAME_ENDS.split(after, maxsplit=1)[0]
    if kind == _DEADLINE:
        return _BROKEN_DATE.search(value) is not None or (
            not apart and _REST_OF_DATE.match(after) is not None and not states_deadline(value)
        )
    joined = last + first
    if kind == PERSONS:
        named = is_personal_name(joined) or is_person(joined)
        torn = not (is_personal_name(last) or is_person(last)) or len(first) == 1
        return named and torn and not (apart and len(first) > 1 and len(last) > 1)
    if ends_as_unit(last) or said.rstrip().endswith((")", "）")):
        return False
    begins = is_unit_like(first) and (first[0] == "各" or first[0] in unit_words().regions)
    if ends_as_unit(joined) and is_name(joined) and not begins:
        return True
    return not apart and len(after) <= _SHORT and _STOPS.search(after) is None


def _last_value(said: str) -> tuple[str, str]:
    """Return what the last label of `said` asks for, and the words behind it."""
    labels = list(_label().finditer(said))
    if not labels:
        return "", said
    word = closed_up(labels[-1]["word"])
    return role_words().labels.get(word, _DEADLINE), said[labels[-1].end() :]


@cache
def _label() -> re.Pattern[str]:
    words = (*role_words().labels, *load("notes.toml")["deadline_labels"])
    return re.compile(rf"(?P<word>{spaced_any_of(words)})\s*[：:]")
