"""The words of the assignment language, read from `resources/` once and shaped for matching."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from tracker.base.resources import load
from tracker.text.numerals import to_half_width

PERSONS = "persons"
OPEN = "open"
ASIDE = "aside"
"""What a unit does that is none of the roles: 督导."""
_SHORT_LABEL = 3


@dataclass(frozen=True, slots=True)
class RoleWords:
    """What `roles.toml` says.

    Attributes:
        labels: label → kind (a role's value or `PERSONS`).
        verbs: verb → kind (a role's value, `OPEN` or `ASIDE`).
        manner, leading_in, joining, others, measures, not_verbs: see the file.
        never_in_names, going_on, prose: words that tell a sentence from a name.
        behind_units: verbs that are some only behind a whole name.
        none: cells that say there is no unit.
    """

    labels: dict[str, str]
    verbs: dict[str, str]
    manner: tuple[str, ...]
    leading_in: tuple[str, ...]
    joining: tuple[str, ...]
    others: tuple[str, ...]
    measures: tuple[str, ...]
    not_verbs: tuple[str, ...]
    never_in_names: tuple[str, ...]
    going_on: tuple[str, ...]
    behind_units: tuple[str, ...]
    prose: tuple[str, ...]
    none: frozenset[str]


@dataclass(frozen=True, slots=True)
class UnitWords:
    """What `units.toml` says about the way units are called."""

    endings: tuple[str, ...]
    not_endings: tuple[str, ...]
    whole: tuple[str, ...]
    belonging: tuple[str, ...]
    tails: frozenset[str]
    known: frozenset[str]
    regions: frozenset[str]
    etc: re.Pattern[str]


@cache
def role_words() -> RoleWords:
    """Return the words of roles."""
    data = load("roles.toml")
    words = {key: tuple(value) for key, value in data["words"].items()}
    none = frozenset(words.pop("none"))
    leaders = data["leaders"]
    labels = {
        f"{duty}{level}领导": PERSONS for duty in leaders["duties"] for level in leaders["levels"]
    }
    labels |= _kinds(data["labels"])
    return RoleWords(labels, _kinds(data["verbs"]), none=none, **words)


@cache
def unit_words() -> UnitWords:
    """Return the words of unit names."""
    data = load("units.toml")
    heads, qualifiers = (any_of(tuple(data["etc"][key])) for key in ("heads", "qualifiers"))
    return UnitWords(
        endings=tuple(data["endings"]),
        not_endings=tuple(data["not_endings"]),
        whole=tuple(data["whole"]),
        belonging=tuple(data["belonging"]),
        tails=frozenset(data["tails"]),
        known=frozenset(data["known"]),
        regions=frozenset(data["regions"]),
        etc=re.compile(rf"等(?:\d*[个家]?{qualifiers}{{0,3}}{heads})?(?=$|和|及|与|以及)"),
    )


def long_labels() -> tuple[str, ...]:
    """Return the labels that can be nothing else (责任单位, not 责任)."""
    return tuple(word for word in role_words().labels if len(word) > _SHORT_LABEL)


LEVEL = r"(?:[国省市县区州镇乡][级直属])?"
"""What may stand before a label without changing it: 县级责任单位."""


def any_of(words: tuple[str, ...]) -> str:
    """Return a pattern for any of `words`, the longest first."""
    return _tree_pattern(words, "")


def spaced_any_of(words: tuple[str, ...]) -> str:
    """Return a pattern for any of `words`, blanks and line breaks between the letters allowed."""
    return _tree_pattern(words, r"\s*")


def _tree_pattern(words: tuple[str, ...], between: str) -> str:
    """Return a pattern in which words that begin alike share their beginning.

    A plain list of some hundred words would be tried word by word at every letter of a text.
    """
    tree: dict[str, Any] = {}  # Any: the same kind of dict, one level down
    for word in words:
        level = tree
        for sign in word:
            level = level.setdefault(sign, {})
        level[""] = {}
    return f"(?:{_branches(tree, between)})"


def _branches(level: dict[str, Any], between: str) -> str:
    """Return the pattern of a level; signs with the same words behind them stand together."""
    signs_of: dict[str, list[str]] = {}
    for sign, below in level.items():
        rest = {next_sign: tree for next_sign, tree in below.items() if next_sign}
        tail = between + _branches(rest, between) if rest else ""
        if sign:
            signs_of.setdefault(f"(?:{tail})?" if rest and "" in below else tail, []).append(sign)
    parts = [_one_of(signs) + tail for tail, signs in signs_of.items()]
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


def _one_of(signs: list[str]) -> str:
    escaped = "".join(map(re.escape, signs))
    return escaped if len(signs) == 1 else f"[{escaped}]"


def closed_up(text: str) -> str:
    """Return `text` without any blanks, to look it up."""
    return "".join(text.split())


def plain(text: str) -> str:
    """Return `text` in the form the words are matched in; its length stays the same."""
    if _foreign().search(text) is None:
        return text
    return to_half_width(text).translate(_variants())


@cache
def _foreign() -> re.Pattern[str]:
    """Return a pattern for the signs that `plain` changes: most texts hold none."""
    wide = "".join(
        chr(code) for code in range(0xFF01, 0xFF5F) if to_half_width(chr(code)).isalnum()
    )
    return re.compile(f"[{re.escape(wide)}{''.join(map(chr, _variants()))}]")


@cache
def _variants() -> dict[int, str]:
    return {ord(one): other for one, other in load("roles.toml")["variants"].items()}


def _kinds(lists: dict[str, list[str]]) -> dict[str, str]:
    return {word: kind for kind, words in lists.items() for word in words}
