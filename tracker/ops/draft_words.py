"""Words the clerk types or marks in review, read as `decompose` reads them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.decompose.by_hand import draft_of_stretch
from tracker.domain import draft_edit
from tracker.domain.table import Item
from tracker.duties.deadlines import read_deadline_cell
from tracker.duties.items import read_items
from tracker.ops.deadline_words import understand_deadline

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.draft import Draft
    from tracker.domain.review import Review
    from tracker.ops.decompose import Decomposed


def read_deadline(words: str, day: date | None) -> Deadline | None:
    """Return how typed words are read as a deadline; None for none.

    Args:
        words: what the clerk typed.
        day: the document's date, for the year and for 30日内; without it a year must be typed.
    """
    if day is None:
        return read_deadline_cell(words, None)
    return understand_deadline(words, day)


def edit_text(review: Review, draft_id: int, text: str) -> Review:
    """Change a draft's words; its parts are read again, the units of a part stay with its mark.

    Where a part with units of its own goes, its units become the task's.

    Raises:
        UserError: no words are left.
    """
    draft = review.of(draft_id).draft
    held = {item.mark: item for item in draft.items}
    items = [
        replace(held[mark], text=words) if mark in held else Item(mark, words)
        for mark, words in read_items(text)
    ]
    kept = {item.mark for item in items}
    roles = draft.roles
    for item in draft.items:
        if item.mark not in kept:
            roles = roles.joined(item.roles)
    gone = [name for item in draft.items if item.mark not in kept for name in item.persons]
    persons = tuple(dict.fromkeys((*draft.persons, *gone)))
    review = draft_edit.put(review, draft_id, replace(draft, roles=roles, persons=persons))
    return draft_edit.edit_text(review, draft_id, text, items)


def draft_from_text(decomposed: Decomposed, start: int, end: int) -> Draft:
    """Make a draft of a stretch of the document; number, note and deadline are read from it.

    Args:
        decomposed: the document.
        start: where the stretch begins in `decomposed.source.flow.text`.
        end: where it ends.

    Raises:
        UserError: there are no words in it.
    """
    text, document = decomposed.source.flow.text, decomposed.document
    noted = any(p.field == "note" for draft in document.drafts for p in draft.passages)
    start, end = max(start, 0), min(end, len(text))
    draft = draft_of_stretch(text, start, end, day=document.head.date, prose=not noted)
    if draft is None:
        raise UserError("选中的地方没有文字", "", "请在左侧选中任务的原文")
    before = [d for d in document.drafts if d.quote.start <= start]
    return replace(draft, path=before[-1].path if before else ())
