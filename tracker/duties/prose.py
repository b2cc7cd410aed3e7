"""Units inside sentences: 由甲局牵头…, 甲局会同乙局…. “甲局要…” assigns nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.table import NO_ROLES, Roles
from tracker.domain.terms import Role
from tracker.duties.notes import is_name, read_unit_cell
from tracker.duties.persons import bare_persons, is_bare_name, is_person
from tracker.duties.tokens import Kind, tokenize
from tracker.duties.units import ends_as_unit, is_unit_like, split_names
from tracker.duties.vocabulary import any_of, plain, role_words
from tracker.text.segments import sentences

if TYPE_CHECKING:
    from collections.abc import Collection

_LONGEST_SUBJECT = 120
_CROWD = re.compile(r"(?:干部|领导|同志|人员|群众|代表|党员|职工|企业|各级各部门)$")
_ANYBODY = re.compile(
    r"(?:各|全体|有关|相关|承办|责任|牵头|主办|配合|该|所有|区直|县直|市直|镇街|级)*(?:单位|部门|地区|地)"
)
_CLAUSE = re.compile(r"[，,；;。：:！!？?\n]")
_BEHIND = re.compile(r"[^，,；;。！？：:\n]+")
_CASE = re.compile(r"(?:^|[，,；;])\s*(?:如|若|凡|遇|一旦)[^，,；;]*[，,]$|的[，,]$")
"""What is done in a case (逾期不拆的，由甲局强制拆除) is no task of its own."""
_POST = re.compile(
    r"(?:党委|党组|党工委)?(?:常务)?副?(?:书记|局长|主任|部长|[省市县区州旗镇乡]长|院长|校长|行长|会长|队长|站长|经理|董事长)"
    r"|(?:主要|分管|有关|相关|各)*(?:负责同志|负责人|领导(?!小组)|干部|班子|同志)"
)
_OF = re.compile(
    r"(?:牵头|负责|主办|承办|组织|实施|承建|建设|编制|制定|研发|举办|开发|起草|提出)[^\W\d_]{0,4}的"
)
"""由甲局牵头的平台 tells which one, not who does the task."""
_NOBODY = re.compile(r"(?:第三方|专业|中介|社会|评估|检测|咨询)\w{0,4}(?:机构|公司|单位)")
_LINK = re.compile("[、和及与]|以及")
_LONGEST_TAIL = 4
_ONWARD = tuple("对把将就按在以为从向并及要应须再先")
"""With these the sentence goes on behind a name: 乙局|对办法作修改."""
_LONGEST_NAME = 30


@dataclass(frozen=True, slots=True)
class Spoken:
    """Who does a task, as its sentences say."""

    roles: Roles = NO_ROLES
    persons: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.roles or self.persons)


NOBODY = Spoken()


def prose_roles(text: str, *, anywhere: bool) -> Spoken:
    """Return the units (and leaders) that the sentences of a task name as those who do it.

    Args:
        text: the task's words, its title first.
        anywhere: the document has no assignment notes; else only 由X牵头 at a sentence's start
            counts.
    """
    if not _hint().search(plain(text)):
        return NOBODY
    for number, (start, end) in enumerate(sentences(text)):
        sentence = text[start:end]
        decided = _decided().match(plain(sentence))
        spoken = _sentence(sentence, main=anywhere and (number <= 1 or decided is not None))
        if spoken:
            return spoken
    return NOBODY


def prose_asks(text: str) -> bool:
    """Return whether a sentence opens with a request or order to a unit (请甲局…, 由甲局…)."""
    return any(
        _leading_in().match(plain(text[start:end])) is not None
        and bool(_sentence(text[start:end], main=True))
        for start, end in sentences(text)
    )


def is_anybody(name: str) -> bool:
    """Return whether a name calls on everybody (各单位) rather than on somebody."""
    return _ANYBODY.fullmatch(plain(name)) is not None


def _sentence(sentence: str, *, main: bool) -> Spoken:
    """Return the subject of a sentence with 由 or 会同."""
    matched = plain(sentence)
    for start in _clauses(matched):
        if start and not main:
            return NOBODY
        if start and _CASE.search(matched, 0, start):
            return NOBODY
        by = _leading_in().match(matched, start)
        at = by.end() if by else start
        spoken = _subject(sentence, matched, at, led_in=by is not None, main=main)
        asked = by is not None and by.group().startswith("请")
        if spoken and not (asked and all(map(is_anybody, spoken.roles.names()))):
            return spoken
    return NOBODY


def _clauses(matched: str) -> list[int]:
    return [0, *(found.end() for found in _CLAUSE.finditer(matched) if found.end() < len(matched))]


def _subject(sentence: str, matched: str, at: int, *, led_in: bool, main: bool) -> Spoken:
    """Return who stands at `at`, where a verb of duty or 会同 follows."""
    clause = _clause_end(matched, at)
    found = _verb().search(matched, at, clause)
    joint = _joint().search(matched, at, clause)
    if joint is not None and (led_in or main) and (found is None or joint.start() < found.start()):
        return _together(sentence, at, joint, clause)
    if not led_in:
        return NOBODY
    if found is not None:
        people, names = _people(sentence[at : found.start()])
        return _with_others(sentence, people, names, found) if people or names else NOBODY
    if not main:
        return NOBODY
    if _opens_with_unit(sentence, matched, at):
        return NOBODY
    end = _longest_name(sentence, at, clause)
    names = _names(sentence[at:end]) if end else ()
    named = names and not any(map(_NOBODY.fullmatch, names)) and not _OF.match(sentence, end or at)
    return Spoken(Roles.single(Role.LEAD, names)) if named else NOBODY


def _opens_with_unit(sentence: str, matched: str, at: int) -> bool:
    """Whether the sentence is about another unit before it comes to `at`: 甲局检查，由乙局汇总."""
    first = _clause_end(matched, 0)
    return first < at and _longest_name(sentence, 0, first) is not None


def _people(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the people and the units of a list; nothing where it holds anything else."""
    names = split_names(words.strip())
    people = tuple(name for name in names if is_person(name) or is_bare_name(name))
    units = tuple(name for name in names if name not in people)
    if not all(is_unit_like(name) and is_name(name) for name in units):
        return (), ()
    return people, units


def _together(sentence: str, at: int, joint: re.Match[str], clause: int) -> Spoken:
    lead = _names(sentence[at : joint.start()])
    end = _longest_name(sentence, joint.end(), clause)
    others = _names(sentence[joint.end() : end]) if end else ()
    if not lead or not others:
        return NOBODY
    return Spoken(Roles(lead=lead, cooperating=tuple(n for n in others if n not in lead)))


def _with_others(
    sentence: str, people: tuple[str, ...], names: tuple[str, ...], verb: re.Match[str]
) -> Spoken:
    """Return the roles of 由X牵头, with those of the clauses behind it: Y配合, 会同Z."""
    roles = Roles.single(Role.LEAD, names)
    matched = plain(sentence)
    head = "甲局牵头，" if names else ""
    words = ""
    for start, end in _clauses_behind(matched, verb.end()):
        words = f"{words}、{sentence[start:end]}" if words else sentence[start:end]
        joint = _joint().match(matched, start)
        if joint is not None:
            stop = _longest_name(sentence, joint.end(), end)
            others = _names(sentence[joint.end() : stop]) if stop else ()
            roles = roles.joined(Roles.single(Role.COOPERATING, others))
            break
        given = read_unit_cell(head + words, Role.RESPONSIBLE)
        if given.rest or not all(is_unit_like(name) for name in given.roles.names()):
            break
        if any(token.kind is Kind.VERB for token in tokenize(words)):
            lead = tuple(name for name in given.roles.lead if name != "甲局")
            roles = roles.joined(replace(given.roles, lead=lead))
            words = ""
    return Spoken(roles, bare_persons(people))


def _clauses_behind(matched: str, at: int) -> list[tuple[int, int]]:
    """Return the stretches up to the sentence's end, cut at commas and ；."""
    spans: list[tuple[int, int]] = []
    for found in _BEHIND.finditer(matched, at):
        spans.append(found.span())
        if found.end() < len(matched) and matched[found.end()] not in "，,；;":
            break
    return [(start, end) for start, end in spans if matched[start:end].strip()]


def _clause_end(matched: str, at: int) -> int:
    found = _CLAUSE.search(matched, at)
    end = found.start() if found else len(matched)
    return min(end, at + _LONGEST_SUBJECT)


def _longest_name(sentence: str, start: int, end: int) -> int | None:
    """Return where the names that begin at `start` end, the words of the sentence behind them.

    None where there are none, or where the last is that of a person's office (甲局局长).
    """
    first = start
    reached: int | None = None
    position = start + 1
    while position < end:
        position += 1
        name = sentence[first:position]
        if position - first > _LONGEST_NAME:
            break
        if not ends_as_unit(name) or not is_name(name) or _says_how().search(name):
            continue
        if reached is not None and first < reached and not _extends(sentence[reached:position]):
            break
        if _POST.match(sentence, position):
            return None
        reached = position
        link = _LINK.match(sentence, position, end)
        if link is not None:
            first = position = link.end()
    return reached


def _extends(tail: str) -> bool:
    """Whether a name goes on over an end (县政府|办公室), rather than the sentence behind it."""
    onward = tail.startswith(_ONWARD)
    return len(tail) <= _LONGEST_TAIL and not onward and not tail.endswith(("部门", "单位", "机构"))


def _names(words: str) -> tuple[str, ...]:
    names = split_names(words.strip())
    units = [name for name in names if is_unit_like(name) and is_name(name)]
    return names if names and len(units) == len(names) else ()


def unassigned_sentences(text: str, known: Collection[str] = ()) -> list[str]:
    """Return the beginnings of sentences that say what units must do (甲局要…).

    Args:
        text: the words of a task.
        known: the units its note assigns it to, about which there is nothing to ask.
    """
    matched = plain(text)
    if not _must().search(matched):
        return []
    found: list[str] = []
    for start, end in sentences(text, clauses=True):
        must = _must().search(matched, start, min(end, start + _LONGEST_SUBJECT))
        if must is None:
            continue
        subject = _CLAUSE.split(text[start : must.start()])[-1]
        if _leading_in().match(plain(subject)) or _CROWD.search(plain(subject)):
            continue
        names = _names(subject) if subject else ()
        if names and not all(is_anybody(name) or name in known for name in names):
            found.append(text[must.start() - len(subject) : end])
    return found


def further_sentences(text: str, known: Collection[str]) -> list[str]:
    """Return the sentences that give others than those `known` a part (由乙局负责验收).

    Args:
        text: the words of a task without a note.
        known: whom its sentences were found to assign it to.
    """
    if not _hint().search(plain(text)):
        return []
    found: list[str] = []
    for start, end in sentences(text, clauses=True):
        names = _sentence(text[start:end], main=True).roles.names()
        if any(name not in known and not is_anybody(name) for name in names):
            found.append(text[start:end].strip())
    return found


@cache
def _says_how() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("notes.toml")["prose"]["how"])))


@cache
def _decided() -> re.Pattern[str]:
    words = load("notes.toml")["prose"]
    return re.compile(rf"{any_of(tuple(words['deciding']))}[，,：:]?")


@cache
def _leading_in() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("notes.toml")["prose"]["leading_in"])))


@cache
def _verb() -> re.Pattern[str]:
    words = load("notes.toml")["prose"]
    manner = any_of(role_words().manner)
    verbs = any_of(tuple(words["verbs"]))
    return re.compile(rf"(?:{manner}){{0,2}}{verbs}(?!的|部门|单位|领导|责任|人)")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(any_of(role_words().joining))


@cache
def _must() -> re.Pattern[str]:
    words = load("notes.toml")["prose"]
    not_must = any_of(tuple(words["not_must"]))
    return re.compile(rf"(?!{not_must}){any_of(tuple(words['must']))}")


@cache
def _hint() -> re.Pattern[str]:
    words = (*load("notes.toml")["prose"]["leading_in"], *role_words().joining)
    return re.compile(any_of(words))
