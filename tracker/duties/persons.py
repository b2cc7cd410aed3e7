"""Telling people from units: posts, names, and who is meant by 分管副县长."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.duties.units import ends_as_unit
from tracker.duties.vocabulary import any_of, plain, unit_words

if TYPE_CHECKING:
    from collections.abc import Sequence

_LONGEST_GIVEN = 2
_ASIDE = re.compile(r"[（(][^（()）]{1,12}[）)]")
"""What a bracket adds to a post or name: 副县长（分管）, 张明（副县长）."""
_NEVER_LAST = "区县市镇乡村局办委部院室处站所队行会社团馆台厅司组园校场路街"


_POST_BEHIND = re.compile(r"(?P<name>[一-鿿]{2,4})[（(](?P<post>[^（）()]{2,20})[）)]")


_POST_APART = re.compile(
    r"(?<![一-鿿])(?P<name>[一-鿿]{2,4})[ \t\u3000]+(?P<post>[一-鿿]{1,14})(?=[、，,；;。\n)）]|$)"
)


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
    matched = _ASIDE.sub("", plain(name))
    if matched in words.groups or matched.endswith(words.called):
        return True
    if ends_as_unit(name) and not matched.endswith("常委"):
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
    """Return whether `text` is nothing but a person's name of three signs or more.

    Names of two signs are not told from 公安 or 水务, so they are none.
    """
    return (
        len(text) > _LONGEST_GIVEN
        and is_personal_name(text)
        and text[-1] not in _NEVER_LAST
        and not ends_as_unit(text)
        and plain(text) not in unit_words().known
    )


def bare_persons(names: Sequence[str]) -> tuple[str, ...]:
    """Return people without their posts: 区委常委、副区长张三 is one, and is 张三.

    A post that nobody's name follows (分管副县长) stays as it is.
    """
    kept: list[str] = []
    posts: list[str] = []
    for name in names:
        name = _without_aside(name)
        found = _words().post_and_name.fullmatch(plain(name).replace(" ", ""))
        person = name[-len(found["name"]) :] if found is not None else name
        alone = found is None and _words().post.fullmatch(_ASIDE.sub("", plain(name))) is not None
        if alone and plain(name) not in _words().groups:
            posts.append(name)
            continue
        if found is None:
            # the posts before belong to nobody named here
            kept += posts if not is_personal_name(name) else []
        posts = []
        kept.append(_uncalled("".join(person.split())))
    return tuple(dict.fromkeys((*kept, *posts)))


def with_posts(text: str) -> str:
    """Return a list with the posts that a blank sets off in brackets: 张三 副县长."""
    return _POST_APART.sub(_as_aside, text)


def _as_aside(found: re.Match[str]) -> str:
    name, post = found["name"], found["post"]
    if not is_personal_name(name) or has_post(name) or not has_post(post, at_end=True):
        return found.group()
    return f"{name}（{post}）"


def _uncalled(name: str) -> str:
    """Return a name without what a person is called besides: 张三同志, 张三（副县长）."""
    found = _POST_BEHIND.fullmatch(name)
    if found is not None and has_post(found["post"], at_end=True):
        name = found["name"]
    bare = next((name.removesuffix(word) for word in _words().called if name.endswith(word)), name)
    return bare if is_personal_name(bare) else name


def _without_aside(name: str) -> str:
    """Return a person without the bracket that adds something; a mere post keeps it."""
    bare = _ASIDE.sub("", name)
    named = _words().post_and_name.fullmatch(plain(bare).replace(" ", ""))
    return bare if named is not None or is_personal_name(bare) else name


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
