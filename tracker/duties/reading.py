"""Reading an assignment note of a document: units, persons, a deadline, rules for what follows."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import Role
from tracker.duties.deadlines import states_deadline
from tracker.duties.notes import Assignment, read_unit_cell
from tracker.duties.objects import without_objects
from tracker.duties.persons import bare_persons, is_bare_name, is_person, with_posts
from tracker.duties.tokens import Kind, tokenize
from tracker.duties.units import is_unit_like, split_names
from tracker.duties.vocabulary import (
    LEVEL,
    PERSONS,
    any_of,
    closed_up,
    long_labels,
    plain,
    role_words,
    spaced_any_of,
)
from tracker.text.dates import find_dates
from tracker.text.segments import outer_pairs

if TYPE_CHECKING:
    from collections.abc import Collection

_OPENERS, _CLOSERS = "（(【[〔［", "）)】]〕］"
_STOPS = "；;。，,\n"
_EDGES = "。；;：:\n"
_LONGEST_CLAUSE = 120
_STRETCH = re.compile(r"[^。；;\n]+")
_SHORT_LABEL = 3
_STEP = re.compile(r"[；;。]\s*(?P<said>[^；;。\n（）()【】]+)")
_PUT_IN = re.compile("[；：]")
_STARS = "*＊★☆▲△●◆#＃"


@dataclass(frozen=True, slots=True)
class Note:
    """What an assignment note says.

    Attributes:
        deadline: its words about when, to the letter; empty where it says nothing.
        ordered: it says that the first of a list leads.
        onward: the same holds for the notes that follow (下同).
        not_listed: “以下均需…落实，不再列出”, to the letter.
        rest: words that could not be understood.
        same_as_above: it says 同上 in place of names.
    """

    roles: Roles = NO_ROLES
    by_mark: tuple[tuple[str, Roles], ...] = ()
    persons: tuple[str, ...] = ()
    deadline: str = ""
    ordered: bool = False
    onward: bool = False
    not_listed: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    same_as_above: bool = False
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderRule:
    """A sentence that says that the first of a list leads, and whether it holds onward."""

    start: int
    end: int
    onward: bool


@dataclass(frozen=True, slots=True)
class _Words:
    label: re.Pattern[str]
    inside: re.Pattern[str]
    people: re.Pattern[str]
    deadline: re.Pattern[str]
    order: re.Pattern[str]
    order_hint: re.Pattern[str]
    onward: re.Pattern[str]
    ditto: re.Pattern[str]
    not_listed: re.Pattern[str]


@lru_cache(maxsize=1024)
def read_note(text: str, *, first_leads: bool = False) -> Note:
    """Return what the assignment note `text` says.

    Args:
        text: the note, with or without its brackets.
        first_leads: an earlier note said 排在首位的为牵头单位，下同.
    """
    rest, ordered, onward = _without_order(_unwrapped(text))
    rest, not_listed = _without_not_listed(rest)
    if _words().ditto.fullmatch(plain(rest)):
        doubt = f"责任单位写“{rest}”，已按上一项填写，请确认"
        return Note(same_as_above=True, doubts=(doubt,))
    rest, deadline = without_deadline(rest)
    bracketed = text.lstrip()[:1] in _OPENERS
    rest = without_objects(rest) if bracketed else rest
    named = with_posts(rest) if _words().people.search(plain(rest)) else rest
    assignment = _to_the_letter(read_unit_cell(named, Role.RESPONSIBLE), text)
    doubts = list(assignment.doubts)
    roles, people = _without_persons(assignment)
    persons = bare_persons(people)
    roles, starred = _starred(roles)
    if starred:
        doubts.append(f"带“{starred}”的单位按牵头单位读，请确认")
    if ordered or first_leads:
        roles = led_by_first(roles)
    return Note(
        roles,
        assignment.by_mark,
        persons,
        deadline,
        ordered,
        onward,
        not_listed,
        assignment.rest,
        doubts=tuple(doubts),
    )


def led_by_first(roles: Roles) -> Roles:
    """Return a plain list as one whose first unit leads and whose others cooperate."""
    if roles.lead or not roles.responsible:
        return roles
    first, *others = roles.responsible
    return replace(roles, lead=(first,), cooperating=(*others, *roles.cooperating), responsible=())


def find_order_rule(text: str) -> OrderRule | None:
    """Return the sentence of `text` by which the first of a list leads; None without one."""
    matched = plain(text)
    words = _words()
    for stretch in _STRETCH.finditer(matched):
        start, end = stretch.span()
        if not words.order_hint.search(matched, start, end):
            continue
        found = words.order.search(matched, start, end)
        if found is not None:
            behind = words.onward.match(matched, found.end())
            last = behind.end() if behind is not None else found.end()
            onward = words.onward.search(matched, found.start(), last) is not None
            return OrderRule(found.start(), last, onward)
    return None


def not_listed_in(text: str) -> tuple[str, ...]:
    """Return the sentences of `text` by which units are not named any more (不再列出)."""
    spans = _not_listed_spans(plain(text))
    found = [text[start:end].strip("，,；;。、： \n") for start, end in spans]
    return tuple(dict.fromkeys(found))


def _not_listed_spans(matched: str) -> list[tuple[int, int]]:
    spans: list[tuple[int, int]] = []
    for found in _words().not_listed.finditer(matched):
        first = max(found.start() - _LONGEST_CLAUSE, spans[-1][1] if spans else 0, 0)
        start = _edge_before(matched, first, found.start())
        spans.append((start, _edge_behind(matched, found.end())))
    return spans


def _edge_before(matched: str, first: int, end: int) -> int:
    """Return where the clause that goes on at `end` begins, whole brackets inside it passed."""
    closed: list[int] = []
    for at in range(end - 1, first - 1, -1):
        sign = matched[at]
        if sign in _CLOSERS:
            closed.append(at)
        elif sign in _OPENERS and closed:
            closed.pop()
        elif sign in _OPENERS or (sign in _EDGES and not closed):
            return at + 1
    return closed[0] + 1 if closed else first


def _edge_behind(matched: str, start: int) -> int:
    depth = 0
    for at in range(start, len(matched)):
        sign = matched[at]
        if sign == "\n":
            return at
        if sign in _OPENERS:
            depth += 1
        elif sign in _CLOSERS and depth:
            depth -= 1
        elif sign in _CLOSERS or (sign in _EDGES and not depth):
            return at
    return len(matched)


def _unwrapped(text: str) -> str:
    """Take off the brackets around the whole note, closed or not, of whatever kind."""
    inner = text.strip().lstrip("—")
    if inner[:1] and inner[0] in _OPENERS and not _opens_with_bracketed(inner):
        inner = inner[1:]
        depth = sum(sign in _OPENERS for sign in inner) - sum(sign in _CLOSERS for sign in inner)
        if inner[-1:] and inner[-1] in _CLOSERS and depth < 0:
            inner = inner[:-1]
    inner = _LABEL_IN_BRACKETS.sub(_as_label, inner).strip()
    return _parted(_words().label.sub(r"\g<label>：", inner))


def _parted(text: str) -> str:
    """Put a stop before a label that a lost line end glued to the name before it."""
    pieces: list[str] = []
    position = 0
    for found in _words().inside.finditer(plain(text)):
        before = text[found.start() - 1 : found.start()]
        if before and not before.isspace() and before not in _STOPS + _OPENERS + "：:、":
            pieces.append(text[position : found.start()])
            position = found.start()
    return "；".join([*pieces, text[position:]])


_LABEL_IN_BRACKETS = re.compile(
    r"[【\[〔［]\s*([^【\[〔［】\]〕］：:，,、]{2,10}?)\s*[】\]〕］]\s*[：:]?"
)


def _opens_with_bracketed(text: str) -> bool:
    found = _LABEL_IN_BRACKETS.match(text)
    return found is not None and _is_label(found)


def _as_label(found: re.Match[str]) -> str:
    return f"\n{found[1]}：" if _is_label(found) else found.group()


def _is_label(found: re.Match[str]) -> bool:
    """Tell 【责任单位】甲局 from 【甲局负责】, which is a whole note."""
    word = closed_up(plain(found[1]))
    timed = word in load("notes.toml")["deadline_labels"]
    if timed or found.group()[-1] in "：:" or word.endswith(long_labels()):
        return True
    text = found.string
    before = text[: found.start()].rstrip(" ")
    if before and before[-1] not in _STOPS + _CLOSERS:  # 甲局【试点】; 甲局【牵头】 is a role mark
        return word in role_words().labels and _LABEL_IN_BRACKETS.match(text.strip()) is not None
    if word in role_words().labels:
        return True
    kinds = {token.kind for token in tokenize(found[1])}
    return not (is_unit_like(found[1]) or {Kind.TEXT, Kind.VERB} <= kinds)


def _without_order(text: str) -> tuple[str, bool, bool]:
    rule = find_order_rule(text)
    ordered, onward = rule is not None, rule is not None and rule.onward
    if rule is not None:
        text = text[: rule.start] + "；" + text[rule.end :]
    left = _words().onward.search(plain(text))
    if left is not None:
        onward = True
        text = text[: left.start()] + "；" + text[left.end() :]
    return text.strip(" ，,；;。\n"), ordered, onward and ordered


def _without_not_listed(text: str) -> tuple[str, tuple[str, ...]]:
    spans = _not_listed_spans(plain(text))
    if not spans:
        return text, ()
    start, end = spans[0]
    said = text[start:end].strip("，,；;。 \n")
    return (text[:start] + "。" + text[end:]).strip("；;。 \n"), (said,)


def without_deadline(text: str) -> tuple[str, str]:
    """Take the words about when out: labelled, or a stretch that is nothing but a date."""
    found = _words().deadline.search(plain(text))
    if found is not None:
        end = _end_of_steps(text, found.end("when"))
        said = text[found.start("when") : end].strip(" ，,、；;。）)】]")
        return (text[: found.start()] + "；" + text[end:]).strip("；; \n"), said
    for start, end in _stretches(text):
        words = text[start:end].strip()
        if states_deadline(words):
            return (text[:start] + text[end:]).strip(_STOPS + " "), words
    return text, ""


def _end_of_steps(text: str, end: int) -> int:
    """Return where a list of steps ends: 4月底前签约；9月底前开工；年底前完工."""
    while (step := _STEP.match(text, end)) is not None and find_dates(plain(step["said"])):
        if _words().inside.search(plain(step["said"])):
            break
        end = step.end()
    return end


def _stretches(text: str) -> list[tuple[int, int]]:
    """Return the spans between stops outside brackets."""
    pairs = outer_pairs(text)
    spans: list[tuple[int, int]] = []
    start = position = 0
    while position < len(text):
        if text[position] in _STOPS:
            spans.append((start, position))
            start = position + 1
        position = pairs.get(position, position + 1)
    spans.append((start, len(text)))
    return [(a, b) for a, b in spans if text[a:b].strip()]


def _to_the_letter(assignment: Assignment, text: str) -> Assignment:
    """Leave out names that the note does not hold: stops put in for reading lie inside them."""
    printed = closed_up(text)
    names = (*assignment.roles.names(), *assignment.persons)
    torn = {n for n in names if _PUT_IN.search(n) and closed_up(n) not in printed}
    if not torn:
        return assignment
    return replace(
        assignment,
        roles=_less(assignment.roles, torn),
        by_mark=tuple((mark, _less(roles, torn)) for mark, roles in assignment.by_mark),
        persons=tuple(name for name in assignment.persons if name not in torn),
        rest=(*assignment.rest, *sorted(torn)),
        doubts=(*assignment.doubts, "责任单位中的括号不成对，有名称没有读出，请对照原文"),
    )


def _less(roles: Roles, names: Collection[str]) -> Roles:
    return Roles(*(tuple(n for n in roles.of(role) if n not in names) for role in Role))


def _without_persons(assignment: Assignment) -> tuple[Roles, tuple[str, ...]]:
    """Move those who are people from the units to the persons."""
    people = [name for name in assignment.roles.names() if is_person(name) or is_bare_name(name)]
    if not people:
        return assignment.roles, assignment.persons
    persons = tuple(dict.fromkeys((*assignment.persons, *people)))
    return _less(assignment.roles, people), persons


def _starred(roles: Roles) -> tuple[Roles, str]:
    """Make those lead that a sign before their name marks (*甲局、乙局); return the sign."""
    marked = [name for name in roles.responsible if name[:1] in _STARS and name[1:]]
    if not marked or roles.lead or len(marked) == len(roles.responsible):
        return roles, ""
    others = tuple(name for name in roles.responsible if name not in marked)
    lead = tuple(name[1:] for name in marked)
    given = replace(roles, lead=lead, responsible=(), cooperating=others + roles.cooperating)
    return given, marked[0][0]


def names_in(text: str) -> tuple[str, ...]:
    """Return the names of a plain list, without brackets around it."""
    return split_names(_unwrapped(text))


@cache
def _words() -> _Words:
    data = load("notes.toml")
    order = data["order"]
    before, places, roles, onward = (
        any_of(tuple(order[key])) for key in ("before", "places", "roles", "onward")
    )
    what = r"[^，,。；;、：:（）()]{0,12}?"
    unit = r"(?:责任)?(?:单位|部门|者|方)?"
    rule = (
        rf"[，,；;。（(]?\s*(?:注[：:]|其中[，,]?|以上)?{what}(?:{before}{what}{places}|{places}{what}单位)"
        rf"{what}(?:为|是|系|作为|负责)?(?:总)?{roles}{unit}"
        rf"(?:[，,]其[他余]{what}(?:为|是){what}(?:单位|部门))?"
        rf"(?:[（(，,、。]\s*{onward}[）)]?)?[）)]?"
    )
    labels = spaced_any_of(tuple(data["deadline_labels"]))
    timed = tuple(word for word in data["deadline_labels"] if len(word) > _SHORT_LABEL)
    never = any_of(tuple(data["not_listed"]))
    people = tuple(word for word, kind in role_words().labels.items() if kind == PERSONS)
    return _Words(
        label=re.compile(rf"^\s*(?P<label>{LEVEL}{spaced_any_of(long_labels())})\s*[；;]"),
        inside=re.compile(rf"{LEVEL}{spaced_any_of((*long_labels(), *timed))}\s*[：:]"),
        people=re.compile(rf"{spaced_any_of(people)}\s*[】\]〕］]?\s*[：:]"),
        deadline=re.compile(
            rf"(?:^|(?<=[；;，,。、\s（(）)])){labels}\s*[：:]\s*(?P<when>[^；;。\n]*)"
        ),
        order=re.compile(rule),
        order_hint=re.compile(rf"{places}[^。；;\n]{{0,30}}{roles}"),
        onward=re.compile(rf"[，,、；;。（(]?\s*{onward}[）)]?"),
        ditto=re.compile(
            rf"\s*(?:{spaced_any_of(long_labels())}\s*[：:])?\s*{any_of(tuple(data['ditto']))}[。；;]?\s*"
        ),
        not_listed=re.compile(never),
    )
