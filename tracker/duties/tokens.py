"""The token stream of the assignment language.

A text is cut into labels (牵头单位：), verbs (牵头), scopes (第①、②项), joints (会同), words that
lead in a name (由), role marks in brackets, stops, and the texts between them, which hold the
names. The tokens together are the text: nothing is left out, so nothing can vanish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from functools import cache

from tracker.duties.scopes import match_scope
from tracker.duties.units import is_unit_like
from tracker.duties.vocabulary import LEVEL, any_of, closed_up, plain, role_words, spaced_any_of
from tracker.text.segments import outer_pairs

_SEPARATORS = "、，,；;/|。：:）)】"
_STOPS = "；;。"
_RULES = ("按", "依", "根据")
_BY_RULE = (
    r"(?:按照?|依据|依照|根据)[^\W\d_]{0,8}?(?:原则|权限|分工|职责|职能|规定|要求|归属|范围|进行)"
)
"""甲局|按属地原则|负责: by what rule it does so is no part of the name."""


class Kind(Enum):
    """What a token is."""

    TEXT = auto()
    LABEL = auto()
    STRANGE_LABEL = auto()
    VERB = auto()
    ROLE_MARK = auto()
    SCOPE = auto()
    JOINT = auto()
    LEADING_IN = auto()
    STOP = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """A stretch of the text.

    Attributes:
        text: its letters, as printed.
        role: for labels, verbs and role marks: a role's value, `persons` or `open`.
        marks: for scopes: the marks meant; empty for 其余.
    """

    kind: Kind
    text: str
    role: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Patterns:
    label: re.Pattern[str]
    strange: re.Pattern[str]
    verb: re.Pattern[str]
    mark: re.Pattern[str]
    joint: re.Pattern[str]
    leading_in: re.Pattern[str]
    blocked: re.Pattern[str]


def tokenize(text: str) -> tuple[Token, ...]:
    """Return the tokens of `text` in order; their texts joined give `text` again."""
    matched = plain(text)
    pairs = outer_pairs(text)
    blocked = {i for m in _patterns().blocked.finditer(matched) for i in range(*m.span())}
    tokens: list[Token] = []
    start = position = 0
    while position < len(text):
        fresh = (
            position == start or text[position - 1] in _SEPARATORS or text[position - 1].isspace()
        )
        may_begin = fresh or matched[position] in _starters() or not text[position].isalpha()
        token = (
            _token_at(text, matched, position, pairs, fresh)
            if may_begin and position not in blocked
            else None
        )
        if token is None:
            position = pairs.get(position, position + 1)
            continue
        if start < position:
            tokens.append(Token(Kind.TEXT, text[start:position]))
        tokens.append(token)
        start = position = position + len(token.text)
    if start < len(text):
        tokens.append(Token(Kind.TEXT, text[start:]))
    return tuple(tokens)


def _token_at(text: str, matched: str, at: int, pairs: dict[int, int], fresh: bool) -> Token | None:
    """Return the token that begins at `at`; `fresh` says that something may begin there."""
    if text[at] in _STOPS:
        return Token(Kind.STOP, text[at])
    scope = match_scope(matched, at)
    if scope:
        length, marks = scope
        return Token(Kind.SCOPE, text[at : at + length], marks=marks)
    if at in pairs:
        return _role_mark(text, matched, at, pairs[at])
    return (_opening(text, matched, at) if fresh else None) or _word(text, matched, at)


def _role_mark(text: str, matched: str, at: int, end: int) -> Token | None:
    found = _patterns().mark.fullmatch(matched, at + 1, end - 1)
    if found is None or text[at] not in "（(【[":
        return None
    words = role_words()
    word = closed_up(found["word"])
    role = words.labels.get(word) or words.verbs[word]
    return Token(Kind.ROLE_MARK, text[at:end], role)


def _opening(text: str, matched: str, at: int) -> Token | None:
    """Return what can only stand where something begins: a label, or 由."""
    patterns = _patterns()
    found = patterns.label.match(matched, at)
    if found and (found["colon"] or _opens_line(matched, at, found["word"])):
        role = role_words().labels[closed_up(found["word"])]
        return Token(Kind.LABEL, text[at : found.end()], role)
    strange = patterns.strange.match(matched, at)
    if strange and not found and not is_unit_like(strange["word"]):
        return Token(Kind.STRANGE_LABEL, text[at : strange.end()])
    lead_in = patterns.leading_in.match(matched, at)
    return Token(Kind.LEADING_IN, text[at : lead_in.end()]) if lead_in else None


def _opens_line(matched: str, at: int, word: str) -> bool:
    """Whether a label without a colon is one: “牵头 甲局 配合 乙局”, not “甲局 牵头 乙局 配合”."""
    if at == 0 or _patterns().label.match(matched):
        return True
    return word not in role_words().verbs and matched[at - 1] in "\n；;。"


def _word(text: str, matched: str, at: int) -> Token | None:
    patterns = _patterns()
    verb = patterns.verb.match(matched, at)
    word = closed_up(verb["word"]) if verb else ""
    if verb and not _ends_a_name(matched, at, word) and _may_follow(matched, at, word):
        role = role_words().verbs[word]
        return Token(Kind.VERB, text[at : verb.end()], role)
    joint = patterns.joint.match(matched, at)
    # 会同 is a county too: at the start of a list or item it belongs to the name.
    return (
        Token(Kind.JOINT, text[at : joint.end()]) if joint and at and _links(matched, at) else None
    )


def _links(matched: str, at: int) -> bool:
    before = matched[at - 1]
    return not before.isspace() and before not in "、/|："


def _ends_a_name(matched: str, at: int, word: str) -> bool:
    """Tell 区政协办, an office, from 乙局协办: a whole unit stands before such a verb."""
    before = re.split(rf"[{_SEPARATORS}\s]", matched[:at])[-1]
    return word.endswith("办") and before != "" and not is_unit_like(before)


def _may_follow(matched: str, at: int, word: str) -> bool:
    """Tell 甲局保障 from 医疗保障: before such a verb stands a whole unit."""
    if word not in role_words().behind_units:
        return True
    return is_unit_like(re.split(rf"[{_SEPARATORS}\s]", matched[:at])[-1])


@cache
def _starters() -> frozenset[str]:
    """Return the letters with which a verb, a joint or a scope can begin inside a name."""
    words = role_words()
    return frozenset(
        word[0] for word in (*words.verbs, *words.manner, *words.joining, *_RULES, "第")
    )


@cache
def _patterns() -> _Patterns:
    words = role_words()
    manner = f"(?:{_BY_RULE}|{any_of(words.manner)}){{0,3}}"
    verb = rf"(?:{manner})(?P<word>{spaced_any_of(tuple(words.verbs))})"
    joint = any_of(words.joining)
    labels = spaced_any_of(tuple(words.labels))
    either = spaced_any_of((*words.verbs, *words.labels))
    return _Patterns(
        label=re.compile(rf"{LEVEL}(?P<word>{labels})(?:(?P<colon>\s*[：:])|\s+(?=\S))"),
        strange=re.compile(r"(?P<word>[^\W\d]{2,10})\s*[：:]"),
        verb=re.compile(rf"{verb}(?=[{_SEPARATORS}\s]|$|第|{joint})"),
        mark=re.compile(rf"\s*(?:{manner})(?P<word>{either})\s*"),
        joint=re.compile(rf"{joint}(?!$)"),
        leading_in=re.compile(any_of(words.leading_in)),
        blocked=re.compile(any_of(words.not_verbs)),
    )
