"""Tasks that are worked on again after a reform: they go to the units that took over since.

A reform changes the tasks that are open when it is carried out. A task that was closed, withdrawn
or put away then keeps the old names; when it is taken up again, it must not go to a unit that is
no more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.reform import NOBODY, NewUnit, ReformKind, ReformRequest
from tracker.domain.terms import Completion, LedgerState
from tracker.domain.unit_gone import gone_units
from tracker.domain.unit_printing import FormerNames
from tracker.ops.reform_tasks import hand_one_over
from tracker.ops.reform_units import UnitChange
from tracker.store.unit_models import Handover

if TYPE_CHECKING:
    from tracker.ops.reform_tasks import Touched
    from tracker.store.models import Task
    from tracker.store.work import Work

RESTING = (Completion.CLOSED, Completion.EXCLUDED)


def is_worked_on(work: Work, task: Task) -> bool:
    """Tell whether a reform would touch the task now."""
    return (
        not task.withdrawn
        and task.merged_into_id is None
        and task.completion not in RESTING
        and work.ledger(task.ledger_id).state == LedgerState.RUNNING
    )


def follow_reforms(work: Work, task: Task, *, do: str = "恢复") -> str:
    """Give a task that is taken up again to the units that took over since.

    Args:
        do: what the clerk is about, as the problem is to name it.

    Returns:
        What changed, in a sentence for the user; empty where nothing did.

    Raises:
        UserError: a unit was abolished and no single one took its place.
    """
    if not is_worked_on(work, task):
        return ""
    followed = Followed(work)
    if lost := followed.lost(task):
        raise UserError(
            f"任务 {task.code} 不能{do}", "；".join(lost), f"请先把它改为承接的单位，再{do}"
        )
    said = followed.take_over(task)
    followed.keep()
    return said


class Followed:
    """Lets tasks follow the reforms that were carried out while they rested."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._reforms = work.reforms()
        self._former = FormerNames(work.unit_rows(), self._reforms)
        self._gone = gone_units(self._former.units.values(), self._reforms)
        self._kept: list[tuple[Task, int, Touched]] = []

    def lost(self, task: Task) -> tuple[str, ...]:
        """Return what became of units of the task that have no single successor, in words."""
        found = {}
        for held in sorted(task.assignments, key=lambda a: (a.position, a.id or 0)):
            gone = self._gone.get(self._former.names.standing(held.unit_id))
            if gone is not None:
                found[held.printed] = gone.words(held.printed)
        return tuple(found.values())

    def take_over(self, task: Task) -> str:
        """Give a task to the units that took over; those that nobody took over from go out.

        Returns:
            What changed, in a sentence; empty where nothing did.
        """
        said = []
        for unit_id in dict.fromkeys(held.unit_id for held in task.assignments):
            said += self._followed(task, unit_id)
        return f"承担单位随机构改革更换：{'；'.join(said)}" if said else ""

    def keep(self) -> None:
        """Store what the tasks said before, so that older tables compare as the same."""
        rows = [
            Handover(reform_id=reform, task_id=task.id, before=touched.before, words=touched.words)
            for task, reform, touched in self._kept
        ]
        self._work.add_all(list(rows))
        self._kept.clear()

    def _followed(self, task: Task, unit_id: int) -> list[str]:
        printed = [held.printed for held in task.assignments if held.unit_id == unit_id]
        standing = self._former.names.standing(unit_id)
        is_gone = standing in self._gone
        if not is_gone and not any(self._former.is_former(unit_id, name) for name in printed):
            return []
        old = self._former.then(unit_id, printed)
        new = () if is_gone else (self._former.units[standing],)
        reform = next((r for r in reversed(self._reforms) if unit_id in r.units), None)
        request = ReformRequest(
            ReformKind.ABOLISH if is_gone else ReformKind.MERGE,
            (old.name,),
            tuple(NewUnit(unit.name) for unit in new),
            on=reform.on if reform is not None else None,
            basis=reform.basis if reform is not None else "",
            otherwise=(NOBODY,) if is_gone else (),
        )
        ledger = self._work.ledger(task.ledger_id).name
        touched = hand_one_over(task, ledger, request, UnitChange((old,), new))
        left = ""
        if touched.needs_cell:
            task.units_text = ""
            left = "（原表的单位写法不再照印）"
        if reform is not None:
            self._kept.append((task, reform.id, touched))
        after = new[0].name if new else "移出"
        return [f"{'、'.join(dict.fromkeys(printed))} → {after}{left}"]
