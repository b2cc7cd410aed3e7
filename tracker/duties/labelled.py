"""Assignments in a sentence that lost the colon of its labels: …，责任单位甲局，责任人张三，…"""

from __future__ import annotations

import re
from functools import cache

from tracker.domain.terms import Role
from tracker.duties.notes import is_name, read_unit_cell
from tracker.duties.persons import bare_persons, is_person, is_personal_name
from tracker.duties.prose import NOBODY, Spoken
from tracker.duties.units import ends_as_unit, is_unit_like, split_names
from tracker.duties.vocabulary import PERSONS, any_of, long_labels, plain, role_words

_CLAUSE = re.compile(r"[^，,；;。！？\n]+")


def labelled_roles(text: str) -> Spoken:
    """Return the units and persons of clauses that are nothing but a label and names."""
    said: list[str] = []
    for clause in _CLAUSE.finditer(text):
        words = clause.group().strip()
        label = _label().match(plain(words))
        if label is None:
            continue
        names = words[label.end() :].lstrip("为是：: ")
        if _fits(role_words().labels[label.group()], names):
            said.append(f"{words[: label.end()]}：{names}")
    if not said:
        return NOBODY
    found = read_unit_cell("；".join(said), Role.RESPONSIBLE)
    return Spoken(found.roles, bare_persons(found.persons))


def _fits(kind: str, words: str) -> bool:
    """Whether all of `words` are names of the kind that a label asks for."""
    names = split_names(words)
    if kind == PERSONS:
        return bool(names) and all(is_personal_name(name) or is_person(name) for name in names)
    units = [name for name in names if is_unit_like(name) and is_name(name)]
    return len(units) == len(names) and any(map(ends_as_unit, units))


@cache
def _label() -> re.Pattern[str]:
    people = (word for word, kind in role_words().labels.items() if kind == PERSONS)
    return re.compile(any_of((*long_labels(), *people)))
