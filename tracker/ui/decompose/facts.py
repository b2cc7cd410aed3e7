"""What is known of a draft in review; worked out once for each state of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.ops.drafts import Standing, changes, standing
from tracker.ui.decompose.doubts import dispute_of, doubts_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.review import ReviewDraft
    from tracker.ops.drafts import DraftChange, DraftPlan


@dataclass(frozen=True, slots=True)
class Facts:
    """What follows from a draft as it is.

    Attributes:
        of: the draft; of another state of it nothing is known.
        standing: how it stands to what is stored.
        changes: what it would change in its stored task.
        waits: the clerk still has to look at it.
        has_units: some unit has something to do with it.
    """

    of: ReviewDraft
    standing: Standing
    changes: tuple[DraftChange, ...]
    waits: bool
    has_units: bool


def facts_of(plan: DraftPlan, each: ReviewDraft) -> Facts:
    """Return what is known of a draft."""
    found = changes(plan, each)
    disputes = {dispute_of(change) for change in found if change.disputed}
    is_open = each.task is None or bool(doubts_of(each)) or not each.settled >= disputes
    return Facts(
        each,
        standing(plan, each),
        found,
        waits=is_open and not each.dropped,
        has_units=bool(each.draft.all_roles()),
    )


def facts_of_all(plan: DraftPlan, drafts: Iterable[ReviewDraft]) -> dict[int, Facts]:
    """Return what is known of drafts by their ids; for a worker."""
    return {each.id: facts_of(plan, each) for each in drafts}
