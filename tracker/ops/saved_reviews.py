"""Reviews put by (暂存) and gone on with later."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.review import Review
    from tracker.ops.drafts import DraftPlan
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome


@dataclass(frozen=True, slots=True)
class SavedReview:
    """A review put by (暂存)."""

    id: str
    title: str
    ledger: str
    saved_at: datetime
    drafts: int
    waiting: int


def save_review(
    office: Office, plan: DraftPlan, review: Review, *, who: str, now: datetime, review_id: str = ""
) -> Outcome[str]:
    """Put a review by (暂存) and return its id; the same id writes over it."""
    raise NotImplementedError


def open_reviews(office: Office) -> tuple[SavedReview, ...]:
    """Return the reviews put by, the newest first."""
    raise NotImplementedError


def resume_review(office: Office, review_id: str) -> tuple[DraftPlan, Review]:
    """Return a review put by, compared anew with what is stored.

    Raises:
        UserError: it is no longer there.
    """
    raise NotImplementedError


def discard_review(office: Office, review_id: str, *, who: str, now: datetime) -> Outcome[str]:
    """Throw a review put by away."""
    raise NotImplementedError
