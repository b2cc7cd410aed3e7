"""Which words of a document stand for what: the passages of drafts as they are marked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.domain.terms import ROLE_WORDS, Role
from tracker.ui.decompose.doubts import doubts_of, quoted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.draft import Draft, Passage
    from tracker.domain.review import ReviewDraft

PERSONS, DEADLINE, DOUBT, NUMBER, FIGURE = "persons", "deadline", "doubt", "number", "figure"
MARK_WORDS = {
    Role.LEAD.value: "牵头",
    Role.COOPERATING.value: "配合",
    Role.RESPONSIBLE.value: "责任",
    Role.GUIDING.value: "指导",
    PERSONS: "领导",
    DEADLINE: "时限",
    FIGURE: "指标",
    DOUBT: "存疑",
}
"""In the order of the legend."""
ALWAYS_SHOWN = frozenset(MARK_WORDS) - {Role.GUIDING.value, FIGURE}
_ROLES = frozenset(role.value for role in Role)


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of the document, `start` to `end`, and what they say in a tool tip."""

    kind: str
    start: int
    end: int
    words: str


def marks_of(each: ReviewDraft, text: str) -> tuple[Mark, ...]:
    """Return the marks of a draft as it is now: what the clerk took away is not marked any more.

    Args:
        each: the draft in review.
        text: the document's text.
    """
    found = [*_passages(each.draft), *_doubts(each, text)]
    return tuple(sorted(found, key=lambda mark: (mark.kind == DOUBT, mark.start)))


def _passages(draft: Draft) -> Iterator[Mark]:
    held = draft.all_roles()
    persons = {*draft.persons, *(name for item in draft.items for name in item.persons)}
    deadlines = [draft.deadline, *(item.deadline for item in draft.items)]
    due = {deadline.text for deadline in deadlines if deadline is not None}
    whole = dict(draft.full_names)
    for passage in draft.passages:
        kind, words = passage.field, passage.value
        if kind in _ROLES:
            roles = [role for role in Role if words in held.of(role)]
            role = Role(kind) if Role(kind) in roles else next(iter(roles), None)
            if role is not None:
                yield _mark(passage, role.value, f"{ROLE_WORDS[role]}：{_named(words, whole)}")
        elif kind == PERSONS and words in persons:
            yield _mark(passage, PERSONS, f"责任人：{words}")
        elif kind == DEADLINE and words in due:
            yield _mark(passage, DEADLINE, f"时限：{words}")
        elif kind == NUMBER:
            yield _mark(passage, NUMBER, "")
        elif kind == FIGURE:
            yield _mark(passage, FIGURE, f"指标：{words}")


def _mark(passage: Passage, kind: str, words: str) -> Mark:
    return Mark(kind, passage.quote.start, passage.quote.end, words)


def _named(name: str, whole: dict[str, str]) -> str:
    return f"{name}＝{whole[name]}" if whole.get(name, name) != name else name


def _doubts(each: ReviewDraft, text: str) -> Iterator[Mark]:
    """Yield the words that open doubts quote, where they stand in the draft's passage."""
    quote = each.draft.quote
    for doubt in doubts_of(each):
        for words in quoted(doubt):
            pattern = r"\s*".join(re.escape(sign) for sign in words if not sign.isspace())
            found = re.compile(pattern).search(text, quote.start, quote.end) if pattern else None
            if found is not None:
                yield Mark(DOUBT, found.start(), found.end(), f"存疑：{doubt}")
