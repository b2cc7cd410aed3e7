"""The counts behind the charts: states by unit, lights by ledger and document, deadlines ahead.

A task with two leads counts once in a total and once with each unit; the result's note says so.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.domain.grouping import NOT_NAMED, GroupKey
from tracker.domain.terms import Completion, Pace
from tracker.insight.lights import FINISHED, is_overdue
from tracker.insight.owners import NO_BOOK, UnitBook
from tracker.insight.rates import state_key, state_of, state_word
from tracker.insight.tally import TOTAL, Column, Tally, line_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.light_rules import LightRules
    from tracker.domain.task import TaskRow
    from tracker.insight.lights import Lit

MONTHS_AHEAD = 12


def states_by_unit(
    tasks: Sequence[TaskRow], entries: Mapping[int, EntryRow], book: UnitBook = NO_BOOK
) -> Tally:
    """Return for each unit how many of its tasks are in which state.

    Args:
        tasks: the tasks that count.
        entries: the current round's entries by task id.
        book: official names and order of the units.
    """
    states = {task.id: state_of(task, entries.get(task.id)) for task in tasks}
    found = set(states.values())
    order = [(c, p) for c in Completion for p in (None, *Pace) if (c, p) in found]
    columns = tuple(Column(state_key(state), state_word(state)) for state in order)
    kinds = {task_id: state_key(state) for task_id, state in states.items()}
    lines = tuple(
        line_of(unit, unit, owned, columns, kinds) for unit, owned in book.grouped(tasks).items()
    )
    total = line_of("", TOTAL, tasks, columns, kinds)
    return Tally("各单位任务状态", "单位", columns, lines, total, book.note(tasks))


def lights_by_ledger(
    ledgers: Sequence[LedgerRow],
    tasks: Sequence[TaskRow],
    lits: Mapping[int, Lit],
    rules: LightRules,
) -> Tally:
    """Return for each ledger how many of its tasks have which light.

    Args:
        ledgers: the ledgers in the order shown; tasks of others are not counted.
        tasks: the tasks that count, of all ledgers.
        lits: the lights by task id, made under `rules`.
        rules: gives columns, words and order.
    """
    columns = tuple(Column(light.key, light.word) for light in rules.lights)
    by_ledger: dict[int, list[TaskRow]] = defaultdict(list)
    for task in tasks:
        by_ledger[task.ledger_id].append(task)
    shown = [task for ledger in ledgers for task in by_ledger[ledger.id]]
    kinds = {task.id: lits[task.id].light.key for task in shown}
    lines = tuple(
        line_of(str(ledger.id), ledger.name, by_ledger[ledger.id], columns, kinds)
        for ledger in ledgers
    )
    total = line_of("", TOTAL, shown, columns, kinds)
    note = f"按“{rules.name}”亮灯规则，共{len(shown)}项。"
    return Tally("各专项亮灯", "专项", columns, lines, total, note)


def lights_by_document(
    tasks: Sequence[TaskRow],
    lits: Mapping[int, Lit],
    rules: LightRules,
    sources: Mapping[int, str],
) -> Tally:
    """Return for each document how many of the tasks that came from it have which light.

    Args:
        tasks: the tasks that count.
        lits: the lights by task id, made under `rules`.
        rules: gives columns, words and order.
        sources: the name of its document by task id; a task without one stands in the last line.
    """
    columns = tuple(Column(light.key, light.word) for light in rules.lights)
    rest = NOT_NAMED[GroupKey.DOCUMENT]
    held: dict[str, list[TaskRow]] = defaultdict(list)
    for task in tasks:
        held[sources.get(task.id) or rest].append(task)
    names = sorted(held, key=lambda name: name == rest)
    kinds = {task.id: lits[task.id].light.key for task in tasks}
    lines = tuple(line_of(name, name, held[name], columns, kinds) for name in names)
    total = line_of("", TOTAL, tasks, columns, kinds)
    note = f"按“{rules.name}”亮灯规则，共{len(tasks)}项。"
    return Tally("各文件亮灯", "来源文件", columns, lines, total, note)


def deadlines_ahead(
    tasks: Sequence[TaskRow],
    lits: Mapping[int, Lit],
    rules: LightRules,
    today: date,
    months: int = MONTHS_AHEAD,
) -> Tally:
    """Return what is due when: past dates, each month from this one on, later, without a date.

    Months without a task are there too, up to the last that has one. Only open tasks count.

    Args:
        tasks: the tasks that count.
        lits: the lights by task id, made under `rules` for `today`.
        rules: gives the columns.
        today: the day that parts past from ahead.
        months: how many months are listed at most, this one included.
    """
    closed = FINISHED | {Completion.EXCLUDED}
    still = [task for task in tasks if task.completion not in closed]
    listed = _months(today, months)
    known = frozenset(key for key, _ in listed)
    due: dict[str, list[TaskRow]] = defaultdict(list)
    for task in still:
        due[_due_key(task, today, known)].append(task)
    ahead = [*listed, ("later", f"{listed[-1][1]}以后" if listed else "以后")]
    while ahead and ahead[-1][0] not in due:
        ahead.pop()
    keys = [("overdue", "已过时限"), *ahead]
    keys += [("recurring", "周期性、长期"), ("doubtful", "时限存疑"), ("undated", "无时限")]
    kinds = {task.id: lits[task.id].light.key for task in still}
    columns = tuple(
        Column(light.key, light.word) for light in rules.lights if light.key != rules.done.key
    )
    lines = tuple(line_of(key, word, due[key], columns, kinds) for key, word in keys)
    total = line_of("", TOTAL, still, columns, kinds)
    note = (
        f"只计未办结的{len(still)}项；已完成、已销号和调整/取消的{len(tasks) - len(still)}项不计。"
    )
    return Tally("到期分布", "到期", columns, lines, total, note)


def _months(today: date, months: int) -> list[tuple[str, str]]:
    first = today.year * 12 + today.month - 1
    pairs = [divmod(n, 12) for n in range(first, first + months)]
    return [(f"{year}-{month + 1:02}", f"{year}年{month + 1}月") for year, month in pairs]


def _due_key(task: TaskRow, today: date, months: frozenset[str]) -> str:
    deadline = task.deadline
    if deadline is None:
        return "undated"
    if deadline.doubtful:
        return "doubtful"
    if deadline.date is None:
        return "recurring" if deadline.recurrence else "undated"
    if is_overdue(deadline, task.completion, today):
        return "overdue"
    month = f"{deadline.date.year}-{deadline.date.month:02}"
    return month if month in months else "later"
