"""Words the clerk types or marks in review, read as `decompose` reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

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
        day: the document's date, for the year.
    """
    raise NotImplementedError


def edit_text(review: Review, draft_id: int, text: str) -> Review:
    """Change a draft's words; its parts are read again, the units of a part stay with its mark.

    Raises:
        UserError: no words are left.
    """
    raise NotImplementedError


def draft_from_text(decomposed: Decomposed, start: int, end: int) -> Draft:
    """Make a draft of a stretch of the document; number, note and deadline are read from it.

    Args:
        decomposed: the document.
        start: where the stretch begins in `decomposed.source.flow.text`.
        end: where it ends.

    Raises:
        UserError: there are no words in it.
    """
    raise NotImplementedError
