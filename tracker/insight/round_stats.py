"""Every count of a round that a report prints and the `stats` command tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from tracker.domain.terms import COMPLETION_WORDS, Completion, Pace
from tracker.insight.lights import is_overdue
from tracker.insight.owners import NO_BOOK, UnitBook
from tracker.insight.rates import Rate, rate_of, state_of
from tracker.insight.tally import TOTAL, Cell, Count

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from tracker.domain.entry import EntryRow
    from tracker.domain.task import TaskRow

K = TypeVar("K", Completion, Pace)


@dataclass(frozen=True, slots=True)
class UnitFigures:
    """A unit's tasks: all, finished, past their date."""

    unit: str
    total: Count
    done: Count
    overdue: Count


@dataclass(frozen=True, slots=True)
class RoundStats:
    """Every count of a round that a report prints.

    Attributes:
        completions: tasks by completion, those that occur, in the order of the glossary.
        paces: tasks by pace; tasks without one are in none.
        excluded: code and reason of each task taken out.
    """

    as_of: date
    total: Count
    completions: tuple[tuple[Completion, Count], ...]
    paces: tuple[tuple[Pace, Count], ...]
    excluded: tuple[tuple[str, str], ...]
    rate: Rate
    units: tuple[UnitFigures, ...]
    overdue: Count
    note: str

    def as_json(self) -> dict[str, Any]:  # Any: a JSON document
        """Return the counts under the keys of the `stats` command."""
        rate = self.rate
        return {
            "as_of": self.as_of.isoformat(),
            "total": self.total.number,
            "by_completion": {state.value: count.number for state, count in self.completions},
            "by_pace": {pace.value: count.number for pace, count in self.paces},
            "excluded": [{"task": code, "why": why} for code, why in self.excluded],
            "rate": {
                "done": rate.done.number,
                "of": rate.of.number,
                "percent": rate.percent,
            },
            "by_unit": [
                {
                    "unit": unit.unit,
                    "total": unit.total.number,
                    "done": unit.done.number,
                    "overdue": unit.overdue.number,
                }
                for unit in self.units
            ],
            "overdue": list(self.overdue.codes),
        }

    def header(self) -> tuple[str, ...]:
        """Return the headings of `rows`."""
        return ("单位", "任务数", "已完成", "逾期")

    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """Return the units' numbers as a table, the total last."""
        units = [(u.unit, u.total.number, u.done.number, u.overdue.number) for u in self.units]
        total = (TOTAL, self.total.number, self.rate.done.number, self.overdue.number)
        return (*units, total)


def round_stats(
    tasks: Sequence[TaskRow],
    entries: Mapping[int, EntryRow],
    as_of: date,
    book: UnitBook = NO_BOOK,
) -> RoundStats:
    """Return the counts of the current round.

    Args:
        tasks: the tasks that count.
        entries: the round's entries by task id.
        as_of: the day overdue tasks are counted on.
        book: official names and order of the units.
    """
    states = {task.id: state_of(task, entries.get(task.id)) for task in tasks}
    late = [t for t in tasks if is_overdue(t.deadline, states[t.id][0], as_of)]
    rate = rate_of({task.code: states[task.id][0] for task in tasks})
    done, overdue = frozenset(rate.done.codes), frozenset(t.code for t in late)
    units = tuple(
        _figures(unit, owned, done, overdue) for unit, owned in book.grouped(tasks).items()
    )
    return RoundStats(
        as_of=as_of,
        total=Count(tuple(task.code for task in tasks)),
        completions=tuple(_grouped(tasks, {i: s[0] for i, s in states.items()}, Completion)),
        paces=tuple(_grouped(tasks, {i: s[1] for i, s in states.items()}, Pace)),
        excluded=tuple(
            (task.code, _why_excluded(task, entries.get(task.id)))
            for task in tasks
            if states[task.id][0] is Completion.EXCLUDED
        ),
        rate=rate,
        units=units,
        overdue=Count(tuple(t.code for t in late)),
        note=book.note(tasks),
    )


def _figures(
    unit: str, tasks: Sequence[TaskRow], done: frozenset[str], overdue: frozenset[str]
) -> UnitFigures:
    codes = tuple(task.code for task in tasks)
    finished = tuple(code for code in codes if code in done)
    late = tuple(code for code in codes if code in overdue)
    return UnitFigures(unit, Count(codes), Count(finished), Count(late))


def _grouped(
    tasks: Sequence[TaskRow], kinds: Mapping[int, K | None], order: Iterable[K]
) -> Iterator[tuple[K, Count]]:
    for kind in order:
        codes = tuple(task.code for task in tasks if kinds[task.id] == kind)
        if codes:
            yield kind, Count(codes)


def _why_excluded(task: TaskRow, entry: EntryRow | None) -> str:
    """Return the office's own words; what it did not state is not made up."""
    stated = (entry.state_text, entry.remark) if entry else ()
    words = "；".join(text.strip() for text in (task.withdrawn, *stated) if text.strip())
    return words or COMPLETION_WORDS[Completion.EXCLUDED]
