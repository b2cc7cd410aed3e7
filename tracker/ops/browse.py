"""What the window lists and shows: ids in order, a page of lines, counts, one task whole."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from tracker.domain.browse import LightChoice, RoundEntry, SideCounts, TaskCard, TaskLine
from tracker.domain.light_rules import light_rules
from tracker.domain.unit import UnitNames
from tracker.domain.workdays import load_calendar
from tracker.insight.lights import Lighter
from tracker.ops.tasks import no_such_task
from tracker.ops.trace import trace
from tracker.text.pinyin import is_typed, sounds_like

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.browse import Filter, StoredLine
    from tracker.domain.deadline import Deadline
    from tracker.domain.ledger import RoundRow
    from tracker.domain.slip import SlipLine
    from tracker.domain.task import TaskRow
    from tracker.domain.terms import Completion
    from tracker.insight.lights import Lit
    from tracker.ops.office import Office
    from tracker.store.queries import View

__all__ = ["counts", "find_tasks", "lighter", "task_card", "task_lines", "trace"]

DAYS_AHEAD = 7
"""How far “7天内到期” looks, today not counted."""

LIGHT_SETTING = "light_rules"
"""The setting that names the office's rule set of lights."""


def lighter(view: View, today: date) -> Lighter:
    """Return what gives the lights of a day by the office's rules."""
    return Lighter(light_rules(view.setting(LIGHT_SETTING) or ""), load_calendar(), today)


def find_tasks(
    office: Office, wanted: Filter, round_id: int | None, today: date
) -> tuple[int, ...]:
    """Return the ids of the tasks that pass the filter, in its order.

    Args:
        round_id: the round whose entries are searched; None takes each ledger's current one
            (the open round, else the last).
    """
    with office.read() as view:
        choice = _choice(lighter(view, today), wanted.lights) if wanted.lights else None
        spelled = {w: _spelled(view, w) for w in wanted.text.split() if is_typed(w)}
        return view.find_ids(wanted, choice, round_id, _days(today), spelled)


def _spelled(view: View, word: str) -> frozenset[int]:
    """Return the units one of whose names the word spells in pinyin, and their successors."""
    units = view.units()
    found = {
        unit.id
        for unit in units
        if any(sounds_like(word, name) for name in (unit.name, unit.short_name, *unit.names))
    }
    if not any(unit.is_abolished for unit in units):
        return frozenset(found)
    names = UnitNames.of(units)
    return frozenset(found | {names.standing(unit_id) for unit_id in found})


def _choice(lights: Lighter, keys: frozenset[str]) -> LightChoice:
    rules = lights.rules
    return LightChoice(
        ranges=tuple(span for key, span in lights.date_bounds().items() if key in keys),
        recurring=rules.steady.key in keys,
        undated=rules.undated.key in keys,
        done=rules.done.key in keys,
    )


def _days(today: date) -> tuple[date, date]:
    return today, today + timedelta(days=DAYS_AHEAD)


def task_lines(
    office: Office, ids: Sequence[int], round_id: int | None, today: date
) -> tuple[TaskLine, ...]:
    """Return one page of lines in the order of `ids`; ids that are gone are left out."""
    with office.read() as view:
        return lines_of(view, ids, round_id, today)


def lines_of(
    view: View, ids: Sequence[int], round_id: int | None, today: date
) -> tuple[TaskLine, ...]:
    """Return lines from an open view."""
    lights = lighter(view, today)
    made: dict[tuple[Deadline | None, Completion], Lit] = {}
    lines = []
    for stored in view.lines(ids, round_id):
        key = (stored.deadline, stored.completion)
        if key not in made:
            made[key] = lights.lit(*key)
        lines.append(_line(stored, made[key]))
    return tuple(lines)


def _line(stored: StoredLine, lit: Lit) -> TaskLine:
    entry = stored.entry
    merged = f"并入 {stored.merged_into}" if stored.merged_into else ""
    return TaskLine(
        id=stored.id,
        ledger_id=stored.ledger_id,
        code=stored.code,
        number=stored.number,
        section=stored.section,
        text=stored.text,
        lead=stored.roles.lead,
        cooperating=stored.roles.cooperating,
        responsible=stored.roles.responsible,
        guiding=stored.roles.guiding,
        units_text=stored.units_text,
        persons=stored.persons,
        deadline=stored.deadline,
        first_deadline=stored.first_deadline,
        completion=stored.completion,
        light=lit.light.key,
        remaining=lit.remaining,
        reason=lit.reason,
        entry_id=entry.id if entry else None,
        entry_text=entry.text if entry else "",
        entry_state=entry.state_text if entry else "",
        pace=entry.pace if entry else None,
        percent=entry.percent if entry else None,
        problems=entry.problems if entry else "",
        next_steps=entry.next_steps if entry else "",
        remark=entry.remark if entry else "",
        carried=entry.carried if entry else False,
        notes=stored.notes,
        withdrawn="：".join(part for part in (merged, stored.withdrawn) if part),
        instruction=stored.instruction,
    )


def counts(office: Office, ledger_id: int | None, round_id: int | None, today: date) -> SideCounts:
    """Return the numbers on the left and at the foot; `ledger_id` None counts all ledgers."""
    with office.read() as view:
        lights = lighter(view, today)
        stored = view.counted(ledger_id, round_id, _days(today))
    by_light: Counter[str] = Counter({light.key: 0 for light in lights.rules.lights})
    by_completion: Counter[Completion] = Counter()
    for deadline, completion, number in stored.states:
        by_light[lights.light(deadline, completion).key] += number
        by_completion[completion] += number
    return SideCounts(
        total=by_completion.total(),
        lights=dict(by_light),
        shows=stored.shows,
        completion=dict(by_completion),
        ledgers=stored.ledgers,
        units=stored.units,
        sections=stored.sections,
    )


def task_card(office: Office, code: str, round_id: int | None, today: date) -> TaskCard:
    """Return everything the detail panel shows of a task.

    Args:
        round_id: the round shown; None takes the open one of the task's ledger, else the last.

    Raises:
        UserError: there is no task of that code.
    """
    from tracker.ops.last_year import must_date  # the list is read first, and needs none of it

    with office.read() as view:
        task = view.task(code)
        if task is None:
            raise no_such_task(code)
        (line,) = lines_of(view, (task.id,), round_id, today)
        own = view.task_entries(task.id)
        entries = (*own, *view.former_entries(task.former))
        round_ = view.shown_round(task.ledger_id, round_id)
        merged, merged_into = view.merged_with(task.id)
        return TaskCard(
            task=task,
            line=line,
            ledger_name=view.ledger_name(task.ledger_id),
            source=view.passage(task.id),
            round=round_,
            entry=next((e.entry for e in entries if round_ and e.round.id == round_.id), None),
            before=_before(entries, round_),
            entries=entries,
            notes=tuple(reversed(view.notes(task.id))),
            merged=merged,
            merged_into=merged_into,
            instruction=line.instruction,
            milestones=view.milestones((task.id,)).get(task.id, ()),
            goes_on=view.goes_on(task.id),
            must_date=must_date(view, task, today),
            slips=_slips(view, task, today),
        )


def _slips(view: View, task: TaskRow, today: date) -> tuple[SlipLine, ...]:
    """Return the slips that name a task; most tasks have none, and nothing is loaded for them."""
    named = [slip for slip in view.slips(task.ledger_id) if task.code in slip.tasks]
    if not named:
        return ()
    from tracker.ops.slips import slip_lines

    return tuple(slip_lines(view, named, today))


def _before(entries: tuple[RoundEntry, ...], round_: RoundRow | None) -> RoundEntry | None:
    """Return the latest entry of a round before the one shown; entries come latest first.

    Where its ledger has none stands what the year before said last.
    """
    if round_ is None:
        return None
    own = (e for e in entries if not e.ledger and e.round.number < round_.number)
    earlier = (e for e in entries if e.ledger and e.entry.text.strip())
    return next(own, None) or next(earlier, None)
