"""Changes of several tasks at once: withdrawn, merged, split, edited together, moved."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ops.tasks import TaskWords


def withdraw_task(
    office: Office, code: str, reason: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Take a task out of the ledger; it is kept with the reason, not counted, not printed.

    Raises:
        UserError: no such task, no reason, or withdrawn already.
    """
    raise NotImplementedError


def reinstate_task(office: Office, code: str, *, who: str, now: datetime) -> Outcome[str]:
    """Bring a withdrawn or merged task back.

    Raises:
        UserError: no such task, or it is not withdrawn.
    """
    raise NotImplementedError


def merge_tasks(
    office: Office, codes: Sequence[str], into: str, reason: str, *, who: str, now: datetime
) -> Outcome[str]:
    """Merge tasks into another one of the same ledger; return the code of that one.

    The merged tasks keep their own words, units and entries and are shown with the task they
    went into; their units join that task in the role they had.

    Raises:
        UserError: no such task, no reason, nothing to merge, different ledgers, or withdrawn.
    """
    raise NotImplementedError


def split_task(
    office: Office, code: str, pieces: Sequence[TaskWords], *, who: str, now: datetime
) -> Outcome[tuple[str, ...]]:
    """Split a task into new ones that stand in its place; return their codes.

    What a piece leaves as None it takes from the task. The task itself is withdrawn with the
    reason “拆分为 …”.

    Raises:
        UserError: no such task, fewer than two pieces, a piece without words, or withdrawn.
    """
    raise NotImplementedError


def edit_many(
    office: Office, codes: Sequence[str], words: TaskWords, *, who: str, now: datetime
) -> Outcome[int]:
    """Change the same fields of several tasks in one step; return how many changed.

    Raises:
        UserError: no such task, or a field that only one task can have (text, number).
    """
    raise NotImplementedError


def move_task(
    office: Office, code: str, behind: str | None, *, who: str, now: datetime
) -> Outcome[str]:
    """Move a task behind another one of its ledger; None moves it to the top.

    Raises:
        UserError: no such task, or another ledger.
    """
    raise NotImplementedError
