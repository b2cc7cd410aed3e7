"""What charts and the deadline view draw of a round: as its reports count it.

A closed round is drawn from its edition, not from the tasks of today.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.domain.light_rules import Light, LightRules, light_rules
from tracker.domain.milestone import Milestone
from tracker.domain.workdays import load_calendar
from tracker.insight.lights import Lighter, Lit
from tracker.insight.rates import as_reported
from tracker.ops.browse import lighter
from tracker.ops.edition_values import (
    day_from,
    edition_content,
    entries_from,
    ledger_from,
    tasks_from,
    units_from,
)
from tracker.ops.round_facts import counted_on

if TYPE_CHECKING:
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow
    from tracker.store.queries import View

Json = Mapping[str, Any]  # Any: whatever JSON holds


@dataclass(frozen=True, slots=True)
class DrawnRound:
    """A round as its reports count it; a closed one as it was approved.

    Attributes:
        tasks: with where they stand in the round.
        day: the day on which is counted what is past its date.
        rules: under which the lights were given.
        lits: the lights by task id, as they were on that day.
        instructed: the day of the instruction, by code, of tasks that have one.
        milestones: by task id; those of today where the edition is older than they are.
        sources: the name of the document each task came from, by task id; likewise.
    """

    round: RoundRow
    ledger: LedgerRow
    tasks: tuple[TaskRow, ...]
    entries: Mapping[int, EntryRow]
    units: tuple[UnitRow, ...]
    day: date
    rules: LightRules
    lits: Mapping[int, Lit]
    instructed: Mapping[str, date]
    milestones: Mapping[int, tuple[Milestone, ...]]
    sources: Mapping[int, str]


def drawn_round(
    view: View,
    ledger_id: int | None,
    round_id: int | None,
    passing: frozenset[int] | None = None,
    *,
    today: date | None = None,
) -> DrawnRound | None:
    """Return the round in sight as its reports count it; None where it stands open, or none is.

    Args:
        passing: ids of the tasks that count; None for all.
        today: given, one that stands open is returned too, as its reports count it on that day.
    """
    round_ = view.shown_round(ledger_id, round_id) if ledger_id is not None else None
    if round_ is None:
        return None
    stored = edition_content(view, round_.id)
    if stored is not None:
        return _closed(view, round_, stored, passing)
    return _open(view, round_, passing, today) if today is not None else None


def _open(
    view: View, round_: RoundRow, passing: frozenset[int] | None, today: date
) -> DrawnRound | None:
    ledger = next((row for row in view.ledgers() if row.id == round_.ledger_id), None)
    if ledger is None:
        return None
    entries, day = view.entries(round_.id), counted_on(round_, today)
    held = tuple(t for t in view.tasks(ledger.id) if passing is None or t.id in passing)
    tasks, lights, ids = as_reported(held, entries), lighter(view, day), [t.id for t in held]
    return DrawnRound(
        round=round_,
        ledger=ledger,
        tasks=tasks,
        entries=entries,
        units=view.units(),
        day=day,
        rules=lights.rules,
        lits=lights.lits(tasks),
        instructed={
            line.code: line.instruction.on
            for line in view.lines(ids, round_.id)
            if line.instruction is not None and line.instruction.on is not None
        },
        milestones=view.milestones(ids),
        sources=sources_of(view, ids),
    )


def _closed(
    view: View, round_: RoundRow, stored: Json, passing: frozenset[int] | None
) -> DrawnRound:
    entries = entries_from(stored)
    held = tuple(t for t in tasks_from(stored) if passing is None or t.id in passing)
    tasks, rules = as_reported(held, entries), _rules(stored)
    day = date.fromisoformat(stored["stats"]["as_of"])
    return DrawnRound(
        round=round_,
        ledger=ledger_from(stored),
        tasks=tasks,
        entries=entries,
        units=units_from(stored),
        day=day,
        rules=rules,
        lits=_lits(stored, tasks, rules, day),
        instructed=_instructed(stored),
        milestones=_milestones(view, stored, tasks),
        sources=_sources(view, stored, tasks),
    )


def _rules(stored: Json) -> LightRules:
    try:
        return light_rules(stored["light_rules"])
    except UserError:  # the office has no set of that name any more
        return light_rules()


def _lits(stored: Json, tasks: tuple[TaskRow, ...], rules: LightRules, day: date) -> dict[int, Lit]:
    """Return the lights that were kept; made again where the set has other lights by now."""
    told = {task["id"]: task["light"] for task in stored["tasks"]}
    known = {light.key for light in rules.lights}
    if not known >= {light["key"] for light in told.values()}:
        return Lighter(rules, load_calendar(), day).lits(tasks)
    return {task.id: _lit(told[task.id]) for task in tasks}


def _lit(told: Json) -> Lit:
    values = {name: told[name] for name in ("key", "word", "shape", "on_light", "on_dark")}
    return Lit(Light(**values), told["remaining"], told["reason"])


def _instructed(stored: Json) -> dict[str, date]:
    days = {code: day_from(told["on"]) for code, told in stored["instructions"].items()}
    return {code: day for code, day in days.items() if day is not None}


def _milestones(
    view: View, stored: Json, tasks: tuple[TaskRow, ...]
) -> Mapping[int, tuple[Milestone, ...]]:
    told: Json | None = stored.get("milestones")
    if told is None:
        return view.milestones([task.id for task in tasks])
    wanted = {task.id for task in tasks}
    return {
        int(task_id): tuple(_milestone(step) for step in steps)
        for task_id, steps in told.items()
        if int(task_id) in wanted
    }


def sources_of(view: View, ids: Sequence[int]) -> dict[int, str]:
    """Return the name of the document each task came from, by task id; empty for none."""
    return {id_: fact.document for id_, fact in view.group_facts(ids).items()}


def _sources(view: View, stored: Json, tasks: tuple[TaskRow, ...]) -> dict[int, str]:
    told: Json | None = stored.get("sources")
    if told is None:
        return sources_of(view, [task.id for task in tasks])
    return {int(id_): name for id_, name in told.items()}


def _milestone(told: Json) -> Milestone:
    days = {"due": date.fromisoformat(told["due"]), "done_on": day_from(told["done_on"])}
    return Milestone(**{**told, **days})
