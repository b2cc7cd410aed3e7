"""Reviewed drafts become tasks, in one step that undo takes back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.base.progress import Progress
    from tracker.domain.review import Review
    from tracker.ops.drafts import DraftPlan
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a review did, by codes of tasks."""

    created: tuple[str, ...] = ()
    updated: tuple[str, ...] = ()
    units_new: tuple[str, ...] = ()


def apply_drafts(
    office: Office,
    plan: DraftPlan,
    review: Review,
    *,
    who: str,
    now: datetime,
    progress: Progress | None = None,
) -> Outcome[Stored]:
    """Store what the review has chosen, with the document, as one step that undo takes back.

    Raises:
        UserError: nothing is chosen, or the ledger was changed since it was compared.
        Cancelled: the user asked to stop; nothing was written.
    """
    raise NotImplementedError
