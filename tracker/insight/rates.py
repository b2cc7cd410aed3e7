"""Where tasks stand in a round, the rate of the finished ones, and the rate over the rounds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.domain.terms import COMPLETION_WORDS, PACE_WORDS, Completion, Pace
from tracker.insight.lights import FINISHED
from tracker.insight.tally import NO_TASKS, Cell, Count, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import RoundRow
    from tracker.domain.task import TaskRow

State = tuple[Completion, Pace | None]

_GOES_ON = {
    Completion.DONE: frozenset({Pace.BEHIND, Pace.BLOCKED}),
    Completion.EXCLUDED: frozenset(Pace),
}
"""Paces that say of a task, by what was said of it before, that it goes on."""


def state_of(task: TaskRow, entry: EntryRow | None) -> State:
    """Return where a task stands in the current round.

    The entry's words go before the task's state, except that a closed task is closed: what is
    said to be held up now is not done, and what has a pace now is not taken out, whatever was said
    before. The pace of what is finished or taken out says nothing any more and is left out.
    """
    stated = entry.completion if entry else None
    if stated is None and entry and entry.pace in _GOES_ON.get(task.completion, ()):
        stated = Completion.IN_PROGRESS
    completion = task.completion if task.completion is Completion.CLOSED else stated
    completion = completion or task.completion
    over = completion in FINISHED or completion is Completion.EXCLUDED
    return completion, None if over or entry is None else entry.pace


def as_reported(tasks: Iterable[TaskRow], entries: Mapping[int, EntryRow]) -> tuple[TaskRow, ...]:
    """Return the tasks with where they stand in the round, for lights that say what is counted."""
    return tuple(replace(t, completion=state_of(t, entries.get(t.id))[0]) for t in tasks)


def state_word(state: State) -> str:
    """Return a state in words: “推进中”, “推进中·滞后”."""
    completion, pace = state
    return COMPLETION_WORDS[completion] + (f"·{PACE_WORDS[pace]}" if pace else "")


def state_key(state: State) -> str:
    """Return a state as a column's key: `in_progress`, `in_progress.behind`."""
    completion, pace = state
    return completion.value + (f".{pace.value}" if pace else "")


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its denominator stated.

    Attributes:
        done: tasks finished or closed.
        of: the tasks that count: all less the excluded ones.
        excluded: tasks taken out (调整/取消).
    """

    done: Count
    of: Count
    excluded: Count

    @property
    def percent(self) -> str:
        """The rate in per cent with one decimal; empty where no task counts."""
        return percent(self.done.number, self.of.number)

    @property
    def sentence(self) -> str:
        """The rate in words, with what it is computed over."""
        done, of, out = self.done.number, self.of.number, self.excluded.number
        left_out = f"（共{of + out}项，调整/取消{out}项不计入）" if out else ""
        share = f"，完成率{self.percent}%" if of else ""
        return f"应完成{of}项{left_out}，已完成{done}项{share}。"


def rate_of(states: Mapping[str, Completion]) -> Rate:
    """Return the rate over completions by task code."""
    excluded = tuple(code for code, state in states.items() if state is Completion.EXCLUDED)
    counted = tuple(code for code, state in states.items() if state is not Completion.EXCLUDED)
    done = tuple(code for code in counted if states[code] in FINISHED)
    return Rate(Count(done), Count(counted), Count(excluded))


@dataclass(frozen=True, slots=True)
class RoundPoint:
    """How far the tasks of one round were.

    Attributes:
        unstated: tasks whose entry states no completion; they count as not finished.
    """

    number: int
    cut_off: date | None
    rate: Rate
    unstated: Count = NO_TASKS


@dataclass(frozen=True, slots=True)
class Trend:
    """The rate over the rounds of a ledger, the earliest first."""

    points: tuple[RoundPoint, ...]
    note: str

    def header(self) -> tuple[str, ...]:
        """Return the headings of `rows`."""
        return ("轮次", "已完成", "应完成", "调整/取消", "完成率（%）")

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the numbers as a table."""
        return tuple(
            (
                f"第{p.number}期",
                p.rate.done.number,
                p.rate.of.number,
                p.rate.excluded.number,
                p.rate.percent,
            )
            for p in self.points
        )


def completion_over_rounds(
    rounds: Sequence[tuple[RoundRow, Mapping[int, EntryRow]]],
    tasks: Sequence[TaskRow],
    approved: Mapping[int, Mapping[str, Completion]] | None = None,
) -> Trend:
    """Return the rate round by round.

    The last round counts every task as it stands now. An earlier one counts the tasks that had an
    entry in it, by what that entry says: what a task became later is no news of that round.
    A closed round counts what it approved.

    Args:
        rounds: the rounds with their entries by task id.
        tasks: the tasks that count.
        approved: for closed rounds, by number, the completions by task code.
    """
    ordered = sorted(rounds, key=lambda pair: pair[0].number)
    kept = approved or {}
    points = []
    for place, (row, entries) in enumerate(ordered, 1):
        if row.number in kept:
            points.append(RoundPoint(row.number, row.cut_off, rate_of(kept[row.number])))
        elif place < len(ordered):
            points.append(_past_point(row, entries, tasks))
        else:
            states = {task.code: state_of(task, entries.get(task.id))[0] for task in tasks}
            points.append(RoundPoint(row.number, row.cut_off, rate_of(states)))
    note = "完成率＝已完成（含已销号）÷应完成；应完成＝任务总数减去调整/取消的。"
    if unstated := [p for p in points if p.unstated.number]:
        listed = "、".join(f"第{p.number}期{p.unstated.number}项" for p in unstated)
        note += f"{listed}没有注明状态，按未完成计。"
    return Trend(tuple(points), note)


def _past_point(
    row: RoundRow, entries: Mapping[int, EntryRow], tasks: Sequence[TaskRow]
) -> RoundPoint:
    states: dict[str, Completion] = {}
    unstated: list[str] = []
    for task in tasks:
        entry = entries.get(task.id)
        if entry is None:
            continue
        states[task.code] = entry.completion or Completion.IN_PROGRESS
        if entry.completion is None:
            unstated.append(task.code)
    return RoundPoint(row.number, row.cut_off, rate_of(states), Count(tuple(unstated)))
