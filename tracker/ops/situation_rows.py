"""Every cell that a layout of the 落实情况表 may print, of one round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.content import ContentRow
from tracker.insight.rates import state_of, state_word
from tracker.ops.board_facts import round_before
from tracker.ops.browse import lighter
from tracker.ops.edition_values import before_from, edition_content
from tracker.ops.round_facts import round_content
from tracker.text.days import long_date

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office
    from tracker.store.queries import View

PLAIN = frozenset({"number", "task", "units", "progress"})
"""Fields of the standard layout, which are read without the rest."""


def full_rows(
    office: Office, ledger: LedgerRow, round_: RoundRow, today: date
) -> tuple[ContentRow, ...]:
    """Return the rows with every field filled; those of a closed round from its edition."""
    content = round_content(office, ledger, round_)
    with office.read() as view:
        lights = _lights(view, round_, content.tasks, today)
        before = _before(view, round_)
    return tuple(
        _row(task, content.entries.get(task.id), before.get(task.id, ""), lights.get(task.code, ""))
        for task in content.tasks
    )


def _lights(
    view: View, round_: RoundRow, tasks: tuple[TaskRow, ...], today: date
) -> dict[str, str]:
    stored = edition_content(view, round_.id)
    if stored is not None:
        told = {task["code"]: task["light"] for task in stored["tasks"]}
        return {code: f"{x['shape']} {x['remaining']}" for code, x in told.items()}
    lits = lighter(view, today).lits(tasks)
    return {t.code: f"{lits[t.id].light.shape} {lits[t.id].remaining}" for t in tasks}


def _before(view: View, round_: RoundRow) -> dict[int, str]:
    stored = edition_content(view, round_.id)
    if stored is not None:
        return before_from(stored)
    earlier = round_before(view, round_)
    return {i: entry.text for i, entry in view.entries(earlier.id).items()} if earlier else {}


def _row(task: TaskRow, entry: EntryRow | None, before: str, light: str) -> ContentRow:
    roles, deadline = task.roles, task.deadline
    day = deadline.date if deadline is not None else None
    names = roles.lead or roles.responsible
    share = entry.percent if entry is not None else None
    return ContentRow(
        number=task.number,
        task=task.text,
        units=(task.units_text,) if task.units_text else names,
        progress=entry.text if entry is not None else "",
        section=task.section,
        lead=roles.lead,
        cooperating=roles.cooperating,
        persons=task.persons,
        deadline=(deadline.text if deadline else "") or (long_date(day) if day else ""),
        responsible=roles.responsible,
        guiding=roles.guiding,
        state=(entry.state_text if entry else "") or state_word(state_of(task, entry)),
        light=light,
        percent="" if share is None else f"{share:g}%",
        problems=entry.problems if entry is not None else "",
        next_steps=entry.next_steps if entry is not None else "",
        remark=entry.remark if entry is not None else "",
        before=before,
    )
