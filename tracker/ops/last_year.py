"""What the year before said of tasks that go on: 上年落实情况, and old codes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.terms import OPEN
from tracker.ops.board_facts import round_before

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office
    from tracker.store.queries import View


def entries_before(view: View, round_: RoundRow) -> Mapping[int, EntryRow]:
    """Return by task id what was said before a round: in the round before it.

    Before a ledger's first round stands what the year before said last of each task.
    """
    before = round_before(view, round_)
    if before is not None:
        return view.entries(before.id)
    former = {task.id: task.former for task in view.tasks(round_.ledger_id) if task.former}
    return {task_id: pair.entry for task_id, pair in view.last_words(former).items()}


def code_in(office: Office, ledger: LedgerRow | None, code: str) -> str:
    """Return the code by which a task goes in a ledger; an old code finds what goes on there.

    Without a ledger, and where none is found, the code itself.
    """
    if ledger is None:
        return code
    with office.read() as view:
        own = view.task(code)
        if own is not None and own.ledger_id == ledger.id:
            return code
        tasks = view.tasks(ledger.id, withdrawn=True)
    return next((task.code for task in tasks if code in task.old_codes), code)


def must_date(view: View, task: TaskRow, today: date) -> bool:
    """Return whether a task's deadline came over from the year before and has passed."""
    deadline = task.deadline
    if not task.former or task.completion not in OPEN or deadline is None:
        return False
    if deadline.doubtful or deadline.date is None or deadline.date >= today:
        return False
    old = view.task(task.former[0].code)
    return old is not None and old.deadline == deadline
