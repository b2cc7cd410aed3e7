"""Every cell that a layout of the 落实情况表 may print, of one round."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.content import ContentRow
from tracker.domain.layout import GroupBy
from tracker.domain.terms import Completion
from tracker.insight.lights import FINISHED
from tracker.insight.owners import UnitBook
from tracker.insight.rates import as_reported, state_of, state_word
from tracker.ops.browse import lighter
from tracker.ops.edition_values import before_from, edition_content
from tracker.ops.last_year import entries_before
from tracker.ops.round_facts import counted_on, round_content
from tracker.text.days import long_date
from tracker.text.difference import Kind, difference

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.deadline import Deadline
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office
    from tracker.ops.round_facts import RoundContent
    from tracker.store.queries import View

PLAIN = frozenset({"number", "task", "units", "progress"})
"""Fields of the standard layout, which are read without the rest."""
NO_SECTION = "（未分类别）"


@dataclass(frozen=True, slots=True)
class Arranged:
    """The rows of a table with every field filled, in the order in which a layout prints them.

    Attributes:
        lights: the lights that occur, with their words; each once.
    """

    rows: tuple[ContentRow, ...]
    lights: tuple[str, ...] = ()


def full_rows(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    today: date,
    group: GroupBy = GroupBy.NONE,
    *,
    marks: bool = False,
) -> Arranged:
    """Return the rows with every field filled; those of a closed round from its edition.

    Args:
        group: by what the rows stand together; the groups keep the order of the tasks, units
            stand in their official order. A task of several units stands with the first one.
        marks: also tell what is new in the text against the round before.
    """
    content = round_content(office, ledger, round_)
    with office.read() as view:
        standing = as_reported(content.tasks, content.entries)
        lights = _lights(view, round_, standing, counted_on(round_, today))
        before = _before(view, round_)
    sources = {i: d.title for d in content.documents for i in d.tasks if d.title}
    groups = _groups(content, group)
    rows = []
    for task in _ordered(content.tasks, groups):
        light = lights.get(task.code)
        row = _row(task, content.entries.get(task.id), before.get(task.id, ""))
        row = replace(
            row,
            light=f"{light.shape} {light.remaining}" if light else "",
            group=groups.get(task.id, ""),
            extra=_extra(task, sources.get(task.id, "")),
        )
        rows.append(replace(row, new=_new(row)) if marks else row)
    used = dict.fromkeys(f"{x.shape} {x.word}" for t in content.tasks if (x := lights.get(t.code)))
    return Arranged(tuple(rows), tuple(used))


def _groups(content: RoundContent, group: GroupBy) -> dict[int, str]:
    """Return the group of each task by its id, in the order in which the groups are printed."""
    if group is GroupBy.SECTION:
        return {task.id: task.section or NO_SECTION for task in content.tasks}
    if group is GroupBy.UNIT:
        book = UnitBook.of(content.units)
        first = {task.id: book.owners(task)[0] for task in content.tasks}
        place = {unit: n for n, unit in enumerate(book.ordered(first.values()))}
        return dict(sorted(first.items(), key=lambda each: place[each[1]]))
    return {}


def _ordered(tasks: tuple[TaskRow, ...], groups: dict[int, str]) -> list[TaskRow]:
    """Return the tasks group by group, within a group as they were."""
    place = {group: n for n, group in enumerate(dict.fromkeys(groups.values()))}
    return sorted(tasks, key=lambda task: place[groups[task.id]]) if groups else list(tasks)


def _extra(task: TaskRow, source: str) -> dict[str, str]:
    first, closing = task.first_deadline, task.closings[-1] if task.closings else None
    closed = closing.on if closing is not None and task.completion is Completion.CLOSED else None
    return {
        "code": task.code,
        "source": source,
        "first_deadline": _deadline_words(first),
        "closed": long_date(closed) if closed else "",
    }


def _new(row: ContentRow) -> dict[str, tuple[tuple[int, int], ...]]:
    """Tell what the round before did not print; nothing where it printed nothing."""
    if not row.before or not row.progress or row.before == row.progress:
        return {}
    stretches, at = [], 0
    for kind, text in difference(row.before, row.progress):
        if kind is Kind.NEW:
            stretches.append((at, at + len(text)))
        if kind is not Kind.DROPPED:
            at += len(text)
    return {"progress": tuple(stretches)}


@dataclass(frozen=True, slots=True)
class _Shown:
    """A light as it is printed."""

    shape: str
    word: str
    remaining: str


def _lights(
    view: View, round_: RoundRow, tasks: tuple[TaskRow, ...], today: date
) -> dict[str, _Shown]:
    stored = edition_content(view, round_.id)
    if stored is not None:
        told = {task["code"]: task["light"] for task in stored["tasks"]}
        return {c: _Shown(x["shape"], x["word"], x["remaining"]) for c, x in told.items()}
    lits = lighter(view, today).lits(tasks)
    found = ((task.code, lits[task.id]) for task in tasks)
    return {c: _Shown(x.light.shape, x.light.word, x.remaining) for c, x in found}


def _before(view: View, round_: RoundRow) -> dict[int, str]:
    stored = edition_content(view, round_.id)
    if stored is not None:
        return before_from(stored)
    return {i: entry.text for i, entry in entries_before(view, round_).items()}


def _deadline_words(deadline: Deadline | None) -> str:
    if deadline is None:
        return ""
    return deadline.text or (long_date(deadline.date) if deadline.date else "")


def _row(task: TaskRow, entry: EntryRow | None, before: str) -> ContentRow:
    roles = task.roles
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
        deadline=_deadline_words(task.deadline),
        responsible=roles.responsible,
        guiding=roles.guiding,
        state=_state(task, entry),
        percent="" if share is None else f"{share:g}%",
        problems=entry.problems if entry is not None else "",
        next_steps=entry.next_steps if entry is not None else "",
        remark=entry.remark if entry is not None else "",
        before=before,
    )


def _state(task: TaskRow, entry: EntryRow | None) -> str:
    """Return the office's own words, unless the task was closed since they were written."""
    state = state_of(task, entry)
    if entry is None or not entry.state_text:
        return state_word(state)
    outdated = state[0] is Completion.CLOSED and entry.completion not in FINISHED
    return state_word(state) if outdated else entry.state_text
