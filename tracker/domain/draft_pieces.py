"""A draft cut into pieces: what goes with which words."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from tracker.domain.draft import Quote

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.deadline import Deadline
    from tracker.domain.draft import Draft
    from tracker.domain.table import Item

T = TypeVar("T")
_LOOKED_FOR = 16
"""How many letters are looked for to find a place of a draft's text in the document."""


def title_of(text: str) -> str:
    """Return the first sentence of a task without its 。."""
    return text.strip().split("\n", 1)[0].split("。", 1)[0].strip()


def later_of(one: Deadline | None, other: Deadline | None) -> Deadline | None:
    """Return the deadline of a merged draft: the later date; words without a date give way."""
    if one is None or other is None:
        return one or other
    if one.date is None or other.date is None:
        return one if one.date is not None or other.date is None else other
    return one if one.date >= other.date else other


def united(one: tuple[T, ...], other: tuple[T, ...]) -> tuple[T, ...]:
    """Return what both hold, each once."""
    return tuple(dict.fromkeys(one + other))


def pieces_of(
    draft: Draft, cuts: Sequence[int], document: str, owned: dict[int, Item]
) -> list[Draft]:
    """Return the drafts that `draft` falls into; number, passage and doubts go with the words.

    Args:
        draft: the whole.
        cuts: before which characters of its text it is cut.
        document: the text that `quote` counts in.
        owned: the part ①② that a piece is, by the piece's place.
    """
    edges = [0, *cuts, len(draft.text)]
    quotes = _quotes(draft, cuts, document)
    texts = [draft.text[a:b] for a, b in pairwise(edges)]
    for item in draft.items:
        if not any(_holds(text, item) for text in texts):
            draft = _without_part(draft, item)
    return [
        _piece(draft, texts, index, quotes[index], owned.get(index)) for index in range(len(texts))
    ]


def _holds(text: str, item: Item) -> bool:
    return item.mark in text and item.text in text


def _without_part(draft: Draft, item: Item) -> Draft:
    """Give the task what a part had that is itself cut in two."""
    return replace(
        draft,
        roles=draft.roles.joined(item.roles),
        persons=united(draft.persons, item.persons),
        deadline=later_of(draft.deadline, item.deadline),
        items=tuple(other for other in draft.items if other != item),
    )


def _piece(
    draft: Draft, texts: Sequence[str], index: int, quote: Quote, owner: Item | None
) -> Draft:
    text = texts[index].strip()
    roles, persons, deadline = draft.roles, draft.persons, draft.deadline
    items = [item for item in draft.items if _holds(text, item)]
    if owner is not None:
        roles, items = roles.joined(owner.roles), []
        persons = united(persons, owner.persons)
        deadline = owner.deadline or deadline
    if (
        deadline is draft.deadline
        and deadline is not None
        and not _here(deadline.text, texts, text)
    ):
        deadline = None
    return replace(
        draft,
        number=f"{draft.number}.{index + 1}" if draft.number else "",
        title=title_of(text),
        text=text,
        quote=quote,
        roles=roles,
        persons=persons,
        deadline=deadline,
        items=tuple(items),
        figures=tuple(f for f in draft.figures if _here(f"{f.value}{f.unit}", texts, text)),
        passages=tuple(
            p
            for p in draft.passages
            if quote.start <= p.quote.start < quote.end or p.field not in ("text", "figure")
        ),
        doubts=tuple(d for d in draft.doubts if _concerns(d, texts, text)),
    )


def _here(words: str, texts: Sequence[str], text: str) -> bool:
    """Tell whether words belong to this piece: it states them, or none of the pieces does."""
    return words in text or not any(words in other for other in texts)


def _concerns(doubt: str, texts: Sequence[str], text: str) -> bool:
    quoted = re.findall(r"“([^”]{4,}?)(?:……)?”", doubt)
    return all(_here(words, texts, text) for words in quoted)


def _quotes(draft: Draft, cuts: Sequence[int], document: str) -> list[Quote]:
    """Return the passages of the pieces; the whole one for each where the place is not found."""
    places = [_place(draft, cut, document) for cut in cuts]
    starts = [draft.quote.start, *(place or -1 for place in places), draft.quote.end]
    if any(a >= b for a, b in pairwise(starts)):
        return [draft.quote] * (len(cuts) + 1)
    return [Quote(a, b) for a, b in pairwise(starts)]


def _place(draft: Draft, cut: int, document: str) -> int | None:
    """Return where in the document the character `cut` of the draft's text stands.

    The words from there on are looked for with any blanks between them, as many times as they
    stood in the text before.
    """
    letters = [sign for sign in draft.text[cut:] if not sign.isspace()][:_LOOKED_FOR]
    if not letters:
        return None
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    before = len(
        list(pattern.finditer(draft.text, 0, min(cut + len(letters) - 1, len(draft.text))))
    )
    found = list(pattern.finditer(document, draft.quote.start, draft.quote.end))
    return found[before].start() if before < len(found) else None
