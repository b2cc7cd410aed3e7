"""What is kept of a document's drafts as they were read, for its next version.

A corrected version is compared with what was read from the former one, not only with what the
clerk made of it: what the document says as before is no change, whatever he edited since.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.ops.draft_rows import cells_of
from tracker.ops.drafts import changes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tracker.domain.document import Reading
    from tracker.domain.review import Review, ReviewDraft
    from tracker.ops.drafts import DraftPlan

Kept = dict[str, Any]  # Any: values of JSON


def readings_of(plan: DraftPlan, review: Review, codes: Mapping[int, str]) -> list[Kept]:
    """Return what to keep with the document.

    Args:
        plan: what was compared.
        review: what the clerk made of it.
        codes: the task that each stored draft became, by the draft's id.
    """
    made: list[list[ReviewDraft]] = [[] for _ in plan.decomposed.document.drafts]
    for each in review.drafts:
        for origin in each.origins:
            made[origin].append(each)
    kept = [_kept(plan, place, drafts, codes) for place, drafts in enumerate(made)]
    return [reading for reading in kept if reading is not None]


def _kept(
    plan: DraftPlan, place: int, made: Iterable[ReviewDraft], codes: Mapping[int, str]
) -> Kept | None:
    made = list(made)
    former = plan.readings.get(place + 1)
    stored = [each for each in made if each.id in codes]
    fields = cells_of(plan.decomposed.document.drafts[place])
    if stored:
        for each in stored:
            fields |= _still_disputed(plan, each, former)
        tasks = (code for each in stored for code in codes_of(plan, each, codes[each.id]))
        return _as_kept(fields, dict.fromkeys(tasks), dropped=False)
    if made and all(each.dropped for each in made):
        return _as_kept(fields, former.tasks if former else (), dropped=True)
    return _as_kept(former.fields, former.tasks, dropped=former.dropped) if former else None


def codes_of(plan: DraftPlan, each: ReviewDraft, code: str) -> tuple[str, ...]:
    """Return `code` with the other tasks that came from the same draft the last time."""
    former = plan.readings.get(each.id)
    return former.tasks if former is not None and code in former.tasks else (code,)


def _still_disputed(plan: DraftPlan, each: ReviewDraft, former: Reading | None) -> dict[str, str]:
    """Return the former words of cells left in dispute: they are asked about the next time."""
    if former is None:
        return {}
    left = (c for c in changes(plan, each) if c.disputed and c.field in each.kept)
    return {change.field: former.fields.get(change.field, "") for change in left}


def _as_kept(fields: Mapping[str, str], tasks: Iterable[str], *, dropped: bool) -> Kept:
    return {"fields": dict(fields), "tasks": list(tasks), "dropped": dropped}
