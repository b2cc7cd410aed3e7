"""Telling people from units: posts, names, and who is meant by 分管副县长."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tracker.base.resources import load
from tracker.duties.units import ends_as_unit
from tracker.duties.vocabulary import any_of, plain, unit_words

_LONGEST_GIVEN = 2


@dataclass(frozen=True, slots=True)
class _Words:
    groups: frozenset[str]
    post: re.Pattern[str]
    post_and_name: re.Pattern[str]
    post_end: re.Pattern[str]
    post_inside: re.Pattern[str]
    called: tuple[str, ...]
    surnames: frozenset[str]
    double: frozenset[str]


def is_person(name: str) -> bool:
    """Return whether a name in a list of units is a person: by post, by 同志, by group."""
    words = _words()
    matched = plain(name)
    if matched in words.groups or matched.endswith(words.called):
        return True
    if ends_as_unit(name):
        return False
    found = words.post_and_name.fullmatch(matched)
    if found is not None:
        return is_personal_name(found["name"])
    return words.post.fullmatch(matched) is not None


def is_personal_name(text: str) -> bool:
    """Return whether `text` looks like a person's name: a usual surname and one or two signs."""
    words = _words()
    name = "".join(text.split())
    if not 2 <= len(name) <= _LONGEST_GIVEN + 2 or not all("一" <= sign <= "鿿" for sign in name):
        return False
    if name[:2] in words.double:
        return len(name) > 2
    return len(name) <= _LONGEST_GIVEN + 1 and name[0] in words.surnames


def surname_length(text: str) -> int:
    """Return how many signs of `text` are a usual surname: 2, 1 or 0."""
    words = _words()
    if text[:2] in words.double:
        return 2
    return int(text[:1] in words.surnames and bool(text))


def has_post(text: str, *, at_end: bool = False) -> bool:
    """Return whether `text` names a post or the unit of one; `at_end`: it ends with a post."""
    matched = plain(text.strip())
    ending = _words().post_end.search(matched) is not None
    if at_end:
        return ending
    return ending or ends_as_unit(matched) or _words().post_inside.search(matched) is not None


def is_bare_name(text: str) -> bool:
    """Return whether `text` is nothing but a person's name, and no unit known by it."""
    return (
        is_personal_name(text) and not ends_as_unit(text) and plain(text) not in unit_words().known
    )


@cache
def _words() -> _Words:
    data = load("notes.toml")["posts"]
    post = any_of(tuple(data["endings"]))
    level = r"[^\W\d_]{0,12}?"
    return _Words(
        groups=frozenset(data["groups"]),
        post=re.compile(rf"{level}{post}"),
        post_and_name=re.compile(rf"{level}{post}\s*(?P<name>[一-鿿]{{2,4}})"),
        post_end=re.compile(
            rf"(?:{post}|经理|负责人|专员|队长|站长|科长|股长|所长|校长|行长|关长)$"
        ),
        post_inside=re.compile(post),
        called=tuple(data["called"]),
        surnames=frozenset("".join(data["surnames"].split())),
        double=frozenset(data["double_surnames"]),
    )
