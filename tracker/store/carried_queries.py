"""Reads about tasks that go on from one year's ledger into the next (结转)."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from sqlalchemy import select

from tracker.domain.browse import RoundEntry
from tracker.domain.task import Former
from tracker.store.archive_queries import ArchiveView
from tracker.store.browse import AT_ONCE
from tracker.store.tables import ENTRY, LEDGER, ROUND, TASK
from tracker.store.values import entry_of, round_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_COLUMNS = (
    TASK.c.id,
    TASK.c.ledger_id,
    TASK.c.code,
    TASK.c.number,
    TASK.c.carried_from_id,
    LEDGER.c.name.label("ledger"),
)


class CarriedView(ArchiveView):
    """The queries about what was taken over."""

    def former(self, sources: Mapping[int, int | None]) -> dict[int, tuple[Former, ...]]:
        """Return the tasks of earlier years by task id, the latest year first.

        Args:
            sources: by task id the task it was taken over from; None for the others.
        """
        waiting = {task_id: source for task_id, source in sources.items() if source is not None}
        found: dict[int, list[Former]] = defaultdict(list)
        while waiting:
            rows = self._taken_over(waiting.values())
            for task_id, source in tuple(waiting.items()):
                value, further = rows[source]
                found[task_id].append(value)
                del waiting[task_id]
                if further is not None:
                    waiting[task_id] = further
        return {task_id: tuple(years) for task_id, years in found.items()}

    def _taken_over(self, ids: Iterable[int]) -> dict[int, tuple[Former, int | None]]:
        wanted = sorted(set(ids))
        found = {}
        for first in range(0, len(wanted), AT_ONCE):
            some = TASK.c.id.in_(wanted[first : first + AT_ONCE])
            query = select(*_COLUMNS).join(LEDGER, LEDGER.c.id == TASK.c.ledger_id).where(some)
            for r in self._connection.execute(query):
                value = Former(r.id, r.ledger_id, r.ledger, r.code, r.number)
                found[r.id] = (value, r.carried_from_id)
        return found

    def goes_on(self, task_id: int) -> tuple[Former, ...]:
        """Return the tasks of later years that go on from this one directly."""
        query = select(*_COLUMNS).join(LEDGER, LEDGER.c.id == TASK.c.ledger_id)
        query = query.where(TASK.c.carried_from_id == task_id).order_by(TASK.c.id)
        return tuple(
            Former(r.id, r.ledger_id, r.ledger, r.code, r.number)
            for r in self._connection.execute(query)
        )

    def all_going_on(self, ledger_id: int) -> dict[int, Former]:
        """Return by task id where a ledger's tasks go on; only those that do."""
        own = select(TASK.c.id).where(TASK.c.ledger_id == ledger_id)
        query = select(*_COLUMNS).join(LEDGER, LEDGER.c.id == TASK.c.ledger_id)
        query = query.where(TASK.c.carried_from_id.in_(own)).order_by(TASK.c.id.desc())
        return {
            r.carried_from_id: Former(r.id, r.ledger_id, r.ledger, r.code, r.number)
            for r in self._connection.execute(query)
            if r.carried_from_id is not None
        }

    def former_entries(self, former: Sequence[Former]) -> tuple[RoundEntry, ...]:
        """Return the entries of tasks of earlier years, the latest year and round first."""
        found: list[RoundEntry] = []
        for each in former:
            for pair in self.task_entries(each.task_id):
                found.append(RoundEntry(pair.round, pair.entry, each.ledger))
        return tuple(found)

    def last_words(self, former: Mapping[int, Sequence[Former]]) -> dict[int, RoundEntry]:
        """Return by task id the last entry with words that it had in an earlier year."""
        names = {each.task_id: each.ledger for years in former.values() for each in years}
        held = self.last_entries(names)
        found = {}
        for task_id, years in former.items():
            said = next((each for each in years if each.task_id in held), None)
            if said is not None:
                pair = held[said.task_id]
                found[task_id] = RoundEntry(pair.round, pair.entry, said.ledger)
        return found

    def last_entries(self, ids: Iterable[int]) -> dict[int, RoundEntry]:
        """Return by task id its last entry with words; only of tasks that have one."""
        wanted = sorted(set(ids))
        found: dict[int, RoundEntry] = {}
        for first in range(0, len(wanted), AT_ONCE):
            some = ENTRY.c.task_id.in_(wanted[first : first + AT_ONCE])
            numbered = select(ROUND).where(ROUND.c.id.in_(select(ENTRY.c.round_id).where(some)))
            rounds = {r.id: round_of(r) for r in self._connection.execute(numbered)}
            for r in self._connection.execute(select(ENTRY).where(some)):
                held = found.get(r.task_id)
                later = held is None or held.round.number < rounds[r.round_id].number
                if later and r.text.strip():
                    found[r.task_id] = RoundEntry(rounds[r.round_id], entry_of(r))
        return found
