"""Reading an assignment: who leads, who cooperates, for the whole or for single parts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache

from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import Role
from tracker.duties.items import mark_number
from tracker.duties.tokens import Kind, Token, tokenize
from tracker.duties.units import ends_as_unit, is_unit_like, split_names
from tracker.duties.vocabulary import (
    ASIDE,
    OPEN,
    PERSONS,
    any_of,
    closed_up,
    plain,
    role_words,
    unit_words,
)
from tracker.text.segments import outer_pairs

_PLAIN = "plain"
"""Names with neither verb nor label: the column says what they are."""
_REST = "rest"
_OTHERS = ("*",)
"""The scope of 其余各项: parts, but nobody knows which."""
_COLLECTIVE = re.compile(r"(?:牵头|配合)(?=单位$|部门$)")
"""各牵头单位 are units; elsewhere 牵头 in a name means that the text was not understood."""
_LONGEST_NAME, _LONGEST_UNIT = 25, 45
_SHORTEST_NAME, _SHORTEST_VERB = 3, 2
_FIGURES = re.compile(
    r"\d\s*(?:年|月|%|％|万|亿|余?[个家台座处项件户亩名人次套间栋辆条]|公里|平方)"
    r"|[初上中下]旬|[月年季]度?[底末]|季度"
)
"""Dates and amounts are in no name, unless it ends as units do (2026年省运会筹备办公室)."""
_COUNTED = re.compile(
    r"\d\s*[日号](?:之前|以前|前|内|起)|^[于自至]\d|\d\s*余?[^\W\d_局办]$"
    r"|[\d一二三四五六七八九十]月[底末]?(?:之前|以前|前)"
)
"""Not even then: 更新100台, 9月底前完成首站; but 中铁4局, 市610办."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What an assignment text says.

    Attributes:
        roles: the units; the union over the parts where parts carry units.
        by_mark: the units of single parts, in the order of their marks.
        persons: leaders named beside the units.
        rest: words that could not be understood, to the letter.
        doubts: what the clerk should look at, in Chinese.
    """

    roles: Roles
    by_mark: tuple[tuple[str, Roles], ...] = ()
    persons: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Duty:
    """Names, what they have to do, and the parts it is about (none: the whole)."""

    kind: str
    names: tuple[str, ...]
    scope: tuple[str, ...]


def read_unit_cell(text: str, default: Role) -> Assignment:
    """Return what a cell for units says.

    Args:
        text: the cell: a plain list, labelled lists (牵头单位：…), sentences
            (甲局牵头，乙局配合), with or without scopes (第①、②项由…).
        default: the role of the column, for names about which the cell says nothing.
    """
    stripped = text.strip()
    if not re.search(r"\w", stripped) or plain(stripped) in role_words().none:
        return Assignment(NO_ROLES)
    reader = _Reader()
    for token in tokenize(_unwrapped(stripped)):
        reader.take(token)
    reader.flush()
    if reader.is_prose():
        return Assignment(
            NO_ROLES, rest=(text,), doubts=("这一格不像单位名单，未作分派，请对照原文",)
        )
    return _settled(reader, default)


def _unwrapped(text: str) -> str:
    """Take off one pair of brackets around a whole note: （甲局牵头，乙局配合）."""
    if text[0] in "（([【" and outer_pairs(text).get(0) == len(text):
        inner = text[1:-1]
        if any(token.kind in (Kind.LABEL, Kind.VERB) for token in tokenize(inner)):
            return inner
    return text


@dataclass(slots=True)
class _Reader:
    """Goes over the tokens and collects duties.

    Attributes:
        pending: texts whose role is not known yet.
        label: the kind a label above gives to names; empty for none.
        after_joint: names after 会同 cooperate, whatever verb follows.
        label_is_old: a stop has passed since the label, so “负责” speaks for itself.
        led_under_label: a verb below the label named who leads (责任单位：甲局牵头，乙局负责).
        label_over_scope: the label stood before the scopes and holds for each.
    """

    duties: list[_Duty] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    label: str = ""
    after_joint: bool = False
    label_is_old: bool = False
    label_over_scope: bool = False
    scope: tuple[str, ...] = ()
    led_under_label: bool = False
    longest_rest: int = 0
    has_verbs: bool = False

    def take(self, token: Token) -> None:
        """Take in the next token."""
        match token.kind:
            case Kind.TEXT:
                self.pending.append(token.text)
            case Kind.VERB:
                self._verb(token.role, token.text)
            case Kind.ROLE_MARK if token.role == ASIDE:
                self._aside(token.text)
            case Kind.ROLE_MARK:
                self._role_mark(token.role)
            case Kind.LABEL | Kind.STRANGE_LABEL:
                self._label(token)
            case Kind.SCOPE:
                self._scope(token)
            case Kind.JOINT:
                self._joint()
            case Kind.LEADING_IN:
                self.flush()
            case Kind.STOP:
                self.flush()
                self.label_is_old = True
                self.label = "" if self.label == _REST else self.label

    def flush(self) -> None:
        """Give the pending names what the label above says, or nothing of their own."""
        kind = Role.COOPERATING.value if self.after_joint else self.label or _PLAIN
        self._assign(kind)
        self.after_joint = False

    def is_prose(self) -> bool:
        """Whether the text is rather a sentence than an assignment."""
        names = [name for duty in self.duties if duty.kind != _REST for name in duty.names]
        broken = sum(len(duty.names) for duty in self.duties if duty.kind == _REST)
        odd = sum(not is_unit_like(name) for name in names) if broken else 0
        return not names or self.longest_rest > _LONGEST_NAME or broken + 2 * odd > len(names)

    def _verb(self, kind: str, said: str) -> None:
        self.has_verbs = True
        if kind == ASIDE:
            self._aside(said)
        elif self.after_joint:
            self.flush()
        elif self.label and kind == OPEN and not (self.label_is_old or self.led_under_label):
            self._assign(self.label)
        else:
            self.led_under_label = bool(self.label) and kind == Role.LEAD.value
            self._assign(kind)

    def _aside(self, said: str) -> None:
        """Leave out units that only watch over the others, and say so."""
        named = "、".join(self._names())
        self.pending.clear()
        if named:
            self.doubts.append(f"“{named}{said}”不属于牵头、配合、责任、指导，未作分派，请确认")

    def _role_mark(self, kind: str) -> None:
        names = self._names()
        self.pending.clear()
        last = names[-1:]
        if kind == Role.LEAD.value and len(names) > 1:
            earlier = "、".join(names[:-1])
            self.doubts.append(f"“{last[0]}”注明牵头，前面的“{earlier}”是否也牵头，请确认")
            self._add(_PLAIN, names[:-1])
        else:
            last = names
        self._add(kind, last)

    def _label(self, token: Token) -> None:
        self.flush()
        if self.label_over_scope:
            self.scope = ()
        self.label_over_scope = not self.scope
        self.label = token.role or _REST
        self.label_is_old = self.led_under_label = False
        if token.kind is Kind.STRANGE_LABEL:
            self.pending.append(token.text)

    def _scope(self, token: Token) -> None:
        self.flush()
        self.scope = token.marks or _OTHERS
        if not self.label_over_scope:
            self.label = ""
        if not token.marks:
            self.doubts.append(f"“{token.text.strip()}”指哪几项没有写明，请确认")

    def _joint(self) -> None:
        self._assign(self.label or Role.LEAD.value)
        self.after_joint = True

    def _assign(self, kind: str) -> None:
        if kind == _REST:
            words = "".join(self.pending).strip(" 、，,\n\t")
            self._add(_REST, (words,) if words else ())
        else:
            self._add(kind, self._names())
        self.pending.clear()

    def _names(self) -> tuple[str, ...]:
        return split_names("\n".join(self.pending))

    def _add(self, kind: str, names: tuple[str, ...]) -> None:
        sound = names if kind in (_REST, PERSONS) else tuple(n for n in names if is_name(n))
        broken = tuple(name for name in names if name not in sound)
        for names_of_kind, used in ((sound, kind), (broken, _REST)):
            if names_of_kind:
                self.duties.append(_Duty(used, names_of_kind, self.scope))
        self.longest_rest = max((self.longest_rest, *(len(name) for name in broken)))


def is_name(text: str) -> bool:
    """Return whether `text` can be a unit's name rather than a piece of a sentence."""
    words = role_words()
    matched = plain(text)
    if ends_as_unit(matched) and closed_up(matched).startswith("各"):
        matched = _COLLECTIVE.sub("", matched)
    bare = _without_inner(matched)
    if any(word in bare for word in (*words.never_in_names, ":", "：")) or "牵头" in matched:
        return False
    if _going_on().search(bare):
        return False
    if _COUNTED.search(bare):
        return False
    if ends_as_unit(text):
        return len(bare) <= _LONGEST_UNIT
    if _FIGURES.search(bare):
        return False
    return len(bare) <= _LONGEST_NAME and not any(word in bare for word in words.prose)


@cache
def _going_on() -> re.Pattern[str]:
    return re.compile(f"{any_of(unit_words().endings)}{any_of(role_words().going_on)}")


def _tailed(reader: _Reader) -> tuple[str, ...]:
    """Return names that an unknown verb may have been glued to: 甲牵头，乙局巡护."""
    names = _names_of_kind(reader.duties, _PLAIN) if reader.has_verbs else ()
    return tuple(name for name in names if _is_tailed(plain(name)))


def _is_tailed(name: str) -> bool:
    if is_unit_like(name):
        return False
    heads = (name[:end] for end in range(len(name) - _SHORTEST_VERB, _SHORTEST_NAME - 1, -1))
    return any(ends_as_unit(head) for head in heads)


def _without_inner(text: str) -> str:
    """Return `text` without what stands in brackets and quotes."""
    kept, position = [], 0
    for start, end in outer_pairs(text).items():
        kept.append(text[position:start])
        position = end
    return "".join((*kept, text[position:]))


def _settled(reader: _Reader, default: Role) -> Assignment:
    roles, by_mark = NO_ROLES, dict[str, Roles]()
    leads = [duty.scope for duty in reader.duties if duty.kind == Role.LEAD.value]
    led_as_a_whole, led = not all(leads), {mark for scope in leads for mark in scope}
    for duty in reader.duties:
        if duty.kind in (PERSONS, _REST):
            continue
        for mark in duty.scope or ("",):
            role = _role(duty.kind, default, led_as_a_whole or mark in led)
            given = Roles.single(role, duty.names)
            roles = roles.joined(given)
            if duty.scope and duty.scope != _OTHERS:
                by_mark[mark] = by_mark.get(mark, NO_ROLES).joined(given)
    rest = _names_of_kind(reader.duties, _REST)
    unread = tuple(f"“{words}”没有读懂，未作分派" for words in rest)
    unread += tuple(
        f"“{name}”像是单位名称带着别的说法，请确认单位和分工" for name in _tailed(reader)
    )
    return Assignment(
        roles,
        tuple(sorted(by_mark.items(), key=lambda pair: mark_number(pair[0]) or 0)),
        tuple(dict.fromkeys(_names_of_kind(reader.duties, PERSONS))),
        rest,
        (*reader.doubts, *unread),
    )


def _names_of_kind(duties: list[_Duty], kind: str) -> tuple[str, ...]:
    return tuple(name for duty in duties if duty.kind == kind for name in duty.names)


def _role(kind: str, default: Role, has_lead: bool) -> Role:
    """Return the role names have: said outright, or by what stands beside them."""
    if kind == OPEN:
        return Role.RESPONSIBLE if has_lead else default
    if kind == Role.RESPONSIBLE.value:
        beside_lead = has_lead or default is Role.COOPERATING
        return Role.COOPERATING if beside_lead else Role.RESPONSIBLE
    if kind == _PLAIN:
        by_column = default not in (Role.LEAD, Role.RESPONSIBLE) or not has_lead
        return default if by_column else Role.COOPERATING
    return Role(kind)
