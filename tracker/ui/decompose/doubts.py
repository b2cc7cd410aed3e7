"""What the clerk still has to look at in a draft, in words that a settled doubt is kept by."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.domain.review import ReviewDraft
    from tracker.ops.drafts import DraftChange

_ELIDED = "……"


def doubts_of(each: ReviewDraft) -> tuple[str, ...]:
    """Return the doubts that wait; a deadline that could not be read is one, said or not."""
    said = each.doubts
    deadline = each.draft.deadline
    if deadline is None or not deadline.doubtful:
        return said
    if any(deadline.text in quoted(doubt) for doubt in each.draft.doubts):
        return said
    own = f"时限“{deadline.text}”没有读准，请核对"
    return said if own in each.settled else (*said, own)


def quoted(doubt: str) -> list[str]:
    """Return the words that a doubt quotes, those cut short up to the cut."""
    words, depth, start = [], 0, 0
    for at, sign in enumerate(doubt):
        if sign == "“":
            depth += 1
            start = at + 1 if depth == 1 else start
        elif sign == "”" and depth:
            depth -= 1
            if not depth:
                words.append(doubt[start:at].removesuffix(_ELIDED))
    return [each for each in words if each]


def dispute_of(change: DraftChange) -> str:
    """Return under which words it is kept that the clerk looked at a disputed cell."""
    return f"{change.field}：{change.new}"


def without_doubts_on(each: ReviewDraft, words: str) -> ReviewDraft:
    """Return a draft whose doubts about `words` are settled, because they were written anew."""
    about = {doubt for doubt in doubts_of(each) if words and words in quoted(doubt)}
    return replace(each, settled=each.settled | about) if about else each
