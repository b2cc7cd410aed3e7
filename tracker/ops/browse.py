"""What the window lists and shows: ids in order, a page of lines, counts, one task whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.browse import Filter, SideCounts, TaskCard, TaskLine, TraceLine
    from tracker.ops.office import Office


def find_tasks(
    office: Office, wanted: Filter, round_id: int | None, today: date
) -> tuple[int, ...]:
    """Return the ids of the tasks that pass the filter, in its order.

    Args:
        round_id: the round whose entries are searched; None takes each ledger's current one
            (the open round, else the last).
    """
    raise NotImplementedError


def task_lines(
    office: Office, ids: Sequence[int], round_id: int | None, today: date
) -> tuple[TaskLine, ...]:
    """Return one page of lines in the order of `ids`; ids that are gone are left out."""
    raise NotImplementedError


def counts(office: Office, ledger_id: int | None, round_id: int | None, today: date) -> SideCounts:
    """Return the numbers on the left and at the foot; `ledger_id` None counts all ledgers."""
    raise NotImplementedError


def task_card(office: Office, code: str, round_id: int | None, today: date) -> TaskCard:
    """Return everything the detail panel shows of a task.

    Raises:
        UserError: there is no task of that code.
    """
    raise NotImplementedError


def trace(office: Office, code: str) -> tuple[TraceLine, ...]:
    """Return every change of a task's values, the newest first.

    Raises:
        UserError: there is no task of that code.
    """
    raise NotImplementedError
