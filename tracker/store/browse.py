"""The list of tasks out of the database: ids, lines, counts, trace."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, distinct, func, select

from tracker.domain.browse import (
    NamedCount,
    Original,
    Passage,
    Relative,
    RoundEntry,
    Show,
    StoredChange,
    StoredCounts,
    StoredLine,
)
from tracker.domain.deadline import Deadline
from tracker.domain.grouping import GroupFacts
from tracker.domain.terms import Completion, LedgerState, Recurrence
from tracker.store import browse_queries as made
from tracker.store.tables import (
    ASSIGNMENT,
    DOCUMENT,
    ENTRY,
    JOURNAL,
    JOURNAL_CHANGE,
    LEDGER,
    MILESTONE,
    NOTE,
    ROUND,
    TASK,
    UNIT,
)
from tracker.store.values import (
    deadline_of,
    entry_of,
    first_deadline_of,
    instruction_of,
    milestone_of,
    roles_of,
    round_of,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy import Connection

    from tracker.domain.browse import Filter, LightChoice
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import RoundRow
    from tracker.domain.milestone import Milestone as MilestoneValue

AT_ONCE = 5000
"""How many ids one query asks for; SQLite takes at most 32,766."""


class BrowseView:
    """The queries of the list of tasks; a part of `View`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find_ids(
        self,
        wanted: Filter,
        choice: LightChoice | None,
        round_id: int | None,
        days: tuple[date, date],
        spelled: Mapping[str, frozenset[int]],
    ) -> tuple[int, ...]:
        """Return the ids of the tasks that pass the filter, in its order.

        Args:
            choice: the filter's lights as conditions; None for all.
            days: today and the last of the days ahead that “due” looks at.
            spelled: the units that a word of the filter spells in pinyin.
        """
        rounds = made.rounds_by_ledger(self._connection, round_id)
        if wanted.ledger_id is not None:
            rounds = {k: v for k, v in rounds.items() if k == wanted.ledger_id}
        show = made.shown(*days)[wanted.show] if wanted.show else None
        query = made.find_query(wanted, choice, show, rounds, spelled)
        return tuple(self._connection.scalars(query).all())

    def lines(self, ids: Sequence[int], round_id: int | None) -> tuple[StoredLine, ...]:
        """Return lines in the order of `ids`; what is gone is left out."""
        rounds = made.rounds_by_ledger(self._connection, round_id)
        found: dict[int, StoredLine] = {}
        for first in range(0, len(ids), AT_ONCE):
            found |= self._some_lines(ids[first : first + AT_ONCE], rounds)
        return tuple(found[id_] for id_ in ids if id_ in found)

    def group_facts(self, ids: Sequence[int]) -> dict[int, GroupFacts]:
        """Return by task id what a list may be grouped by; what is gone is left out."""
        found: dict[int, GroupFacts] = {}
        for first in range(0, len(ids), AT_ONCE):
            for r in self._connection.execute(made.group_query(ids[first : first + AT_ONCE])):
                # The first row of a task is its first lead; the others follow it
                if r.id not in found:
                    leader = r.persons[0] if r.persons else ""
                    document = r.title or r.file_name or ""
                    found[r.id] = GroupFacts(
                        r.id, document, r.section, r.unit or "", r.place or 0, leader
                    )
        return found

    def _some_lines(self, ids: Sequence[int], rounds: dict[int, int]) -> dict[int, StoredLine]:
        roles = self._roles_by_task(ids)
        shown = list(rounds.values())
        entries = {
            r.task_id: entry_of(r)
            for r in self._connection.execute(
                select(ENTRY).where(ENTRY.c.task_id.in_(ids), ENTRY.c.round_id.in_(shown))
            ).all()
        }
        noted = select(NOTE.c.task_id, func.count()).where(
            NOTE.c.task_id.in_(ids), NOTE.c.round_id.in_(shown)
        )
        notes = {r[0]: r[1] for r in self._connection.execute(noted.group_by(NOTE.c.task_id))}
        query = made.LINES.where(TASK.c.id.in_(ids))
        return {
            r.id: _line(r, roles[r.id], entries.get(r.id), notes.get(r.id, 0))
            for r in self._connection.execute(query).all()
        }

    def _roles_by_task(self, ids: Sequence[int]) -> dict[int, dict[str, list[str]]]:
        roles: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        query = select(ASSIGNMENT.c.task_id, ASSIGNMENT.c.role, ASSIGNMENT.c.printed)
        query = query.where(ASSIGNMENT.c.task_id.in_(ids))
        for task_id, role, printed in self._connection.execute(
            query.order_by(ASSIGNMENT.c.position, ASSIGNMENT.c.id)
        ).all():
            roles[task_id][role].append(printed)
        return roles

    def counted(
        self, ledger_id: int | None, round_id: int | None, days: tuple[date, date]
    ) -> StoredCounts:
        """Return the numbers of one ledger, or of all that are not archived."""
        scope = made.in_scope(ledger_id)
        states = select(
            TASK.c.deadline_date,
            TASK.c.deadline_recurrence,
            TASK.c.deadline_doubtful,
            TASK.c.completion,
            func.count(),
        ).where(scope, made.COUNTS)
        grouped = states.group_by(
            TASK.c.completion,
            TASK.c.deadline_date,
            TASK.c.deadline_recurrence,
            TASK.c.deadline_doubtful,
        )
        return StoredCounts(
            states=tuple(
                (_plain_deadline(day, kind, doubtful), Completion(completion), number)
                for day, kind, doubtful, completion, number in self._connection.execute(
                    grouped
                ).all()
            ),
            shows=self._count_shows(scope, round_id, days),
            ledgers=self._count_ledgers(),
            units=self._count_units(scope),
            sections=self._count_sections(scope),
        )

    def _count_shows(
        self, scope: made.Condition, round_id: int | None, days: tuple[date, date]
    ) -> dict[str, int]:
        rounds = made.rounds_by_ledger(self._connection, round_id)
        columns = [
            func.count(case((condition if name == Show.WITHDRAWN else made.COUNTS & condition, 1)))
            for name, condition in made.shown(*days).items()
        ]
        query = select(*columns).select_from(TASK).outerjoin(ENTRY, made.shown_entry(rounds))
        found = self._connection.execute(query.where(scope)).one()
        return dict(zip(made.shown(*days), found, strict=True))

    def _count_ledgers(self) -> tuple[NamedCount, ...]:
        counted = func.count(case((made.COUNTS, 1)))
        query = (
            select(LEDGER.c.id, LEDGER.c.name, counted)
            .outerjoin(TASK, TASK.c.ledger_id == LEDGER.c.id)
            .where(LEDGER.c.state == LedgerState.RUNNING.value)
            .group_by(LEDGER.c.id)
            .order_by(LEDGER.c.id)
        )
        return tuple(NamedCount(*row) for row in self._connection.execute(query))

    def _count_units(self, scope: made.Condition) -> tuple[NamedCount, ...]:
        tasks = select(TASK.c.id).where(scope, made.COUNTS)
        counted = (
            select(ASSIGNMENT.c.unit_id, func.count(distinct(ASSIGNMENT.c.task_id)).label("n"))
            .where(ASSIGNMENT.c.task_id.in_(tasks))
            .group_by(ASSIGNMENT.c.unit_id)
            .subquery()
        )
        query = select(UNIT.c.id, UNIT.c.name, counted.c.n).join(
            counted, counted.c.unit_id == UNIT.c.id
        )
        rows = self._connection.execute(query.order_by(UNIT.c.position, UNIT.c.id))
        return tuple(NamedCount(*row) for row in rows)

    def _count_sections(self, scope: made.Condition) -> tuple[NamedCount, ...]:
        query = select(TASK.c.section, func.count()).where(scope, made.COUNTS)
        query = query.group_by(TASK.c.section).order_by(func.min(TASK.c.position))
        return tuple(NamedCount(None, *row) for row in self._connection.execute(query))

    def ledger_name(self, ledger_id: int) -> str:
        """Return a ledger's name."""
        query = select(LEDGER.c.name).where(LEDGER.c.id == ledger_id)
        name: str = self._connection.execute(query).scalar_one()
        return name

    def shown_round(self, ledger_id: int, round_id: int | None) -> RoundRow | None:
        """Return the round asked for if it is the ledger's, else the open one, else the last."""
        id_ = made.rounds_by_ledger(self._connection, round_id).get(ledger_id)
        row = self._connection.execute(select(ROUND).where(ROUND.c.id == id_)).one_or_none()
        return round_of(row) if row is not None else None

    def task_entries(self, task_id: int) -> tuple[RoundEntry, ...]:
        """Return a task's entries of all rounds, the latest first."""
        query = select(ENTRY).where(ENTRY.c.task_id == task_id)
        entries = [entry_of(r) for r in self._connection.execute(query)]
        ids = [entry.round_id for entry in entries]
        asked = select(ROUND).where(ROUND.c.id.in_(ids))
        rounds = {r.id: round_of(r) for r in self._connection.execute(asked)}
        pairs = [RoundEntry(rounds[entry.round_id], entry) for entry in entries]
        return tuple(sorted(pairs, key=lambda pair: -pair.round.number))

    def milestones(self, ids: Sequence[int]) -> dict[int, tuple[MilestoneValue, ...]]:
        """Return the milestones of tasks by task id, each by its day; only where there are any."""
        found: dict[int, list[MilestoneValue]] = defaultdict(list)
        for first in range(0, len(ids), AT_ONCE):
            some = MILESTONE.c.task_id.in_(ids[first : first + AT_ONCE])
            query = select(MILESTONE).where(some)
            order = (MILESTONE.c.due, MILESTONE.c.position, MILESTONE.c.id)
            for r in self._connection.execute(query.order_by(*order)):
                found[r.task_id].append(milestone_of(r))
        return {task_id: tuple(steps) for task_id, steps in found.items()}

    def passage(self, task_id: int) -> Passage:
        """Return where a task came from."""
        query = (
            select(
                DOCUMENT.c.id,
                DOCUMENT.c.title,
                DOCUMENT.c.number,
                DOCUMENT.c.issued_on,
                DOCUMENT.c.file_name,
                DOCUMENT.c.blob_hash,
                TASK.c.source_sheet,
                TASK.c.source_row,
                func.substr(
                    DOCUMENT.c.text,
                    TASK.c.source_start + 1,
                    TASK.c.source_end - TASK.c.source_start,
                ).label("words"),
            )
            .select_from(TASK)
            .outerjoin(DOCUMENT, DOCUMENT.c.id == TASK.c.document_id)
            .where(TASK.c.id == task_id)
        )
        r = self._connection.execute(query).one()
        if r.id is None:
            return Passage()
        return Passage(
            document_id=r.id,
            title=r.title,
            number=r.number,
            issued_on=r.issued_on,
            file_name=r.file_name,
            has_file=r.blob_hash is not None,
            sheet=r.source_sheet,
            row=r.source_row,
            words=r.words or "",
        )

    def original(self, task_id: int) -> Original | None:
        """Return the whole document a task came from; None where it came from none."""
        query = (
            select(
                DOCUMENT.c.title,
                DOCUMENT.c.file_name,
                DOCUMENT.c.text,
                DOCUMENT.c.blob_hash,
                TASK.c.source_start,
                TASK.c.source_end,
            )
            .join(TASK, TASK.c.document_id == DOCUMENT.c.id)
            .where(TASK.c.id == task_id)
        )
        r = self._connection.execute(query).one_or_none()
        if r is None:
            return None
        span = (r.source_start, r.source_end)
        return Original(r.title, r.file_name, r.text, r.blob_hash, None if None in span else span)

    def merged_with(self, task_id: int) -> tuple[tuple[Relative, ...], Relative | None]:
        """Return the tasks merged into this one, and the one that this was merged into."""
        own = select(TASK.c.merged_into_id).where(TASK.c.id == task_id).scalar_subquery()
        query = select(
            TASK.c.id,
            TASK.c.code,
            TASK.c.number,
            TASK.c.text,
            TASK.c.withdrawn,
            TASK.c.merged_into_id,
        )
        query = query.where((TASK.c.merged_into_id == task_id) | (TASK.c.id == own))
        rows = self._connection.execute(query.order_by(TASK.c.position, TASK.c.id)).all()
        roles = self._roles_by_task([r.id for r in rows])
        kin = [
            (r, Relative(r.code, r.number, r.text, roles_of(roles[r.id]), r.withdrawn))
            for r in rows
        ]
        merged = tuple(value for r, value in kin if r.merged_into_id == task_id)
        return merged, next((value for r, value in kin if r.merged_into_id != task_id), None)

    def instruction_ids(self) -> tuple[int, ...]:
        """Return the ids of the tasks that are single instructions and count."""
        query = select(TASK.c.id).where(TASK.c.stage.is_not(None), made.COUNTS)
        return tuple(self._connection.scalars(query.order_by(TASK.c.id)))

    def task_changes(self, task_id: int) -> tuple[StoredChange, ...]:
        """Return what the journal holds of a task and its rows, the earliest first."""
        query = (
            select(
                JOURNAL_CHANGE.c.step_id,
                JOURNAL.c.at,
                JOURNAL.c.who,
                JOURNAL.c.label,
                JOURNAL_CHANGE.c.table_name,
                JOURNAL_CHANGE.c.row_id,
                JOURNAL_CHANGE.c.before,
                JOURNAL_CHANGE.c.after,
            )
            .join(JOURNAL, JOURNAL.c.id == JOURNAL_CHANGE.c.step_id)
            .where(JOURNAL_CHANGE.c.task_id == task_id)
            .order_by(JOURNAL_CHANGE.c.id)
        )
        return tuple(
            StoredChange(r[0], r[1], r[2], r[3], r[4], int(r[5]), r[6], r[7])
            for r in self._connection.execute(query).all()
        )


def _line(
    r: Any,  # Any: SQLAlchemy 2.0 and 2.1 type rows differently
    roles: dict[str, list[str]],
    entry: EntryRow | None,
    notes: int,
) -> StoredLine:
    return StoredLine(
        id=r.id,
        ledger_id=r.ledger_id,
        code=r.code,
        number=r.number,
        section=r.section,
        text=r.text,
        roles=roles_of(roles),
        units_text=r.units_text,
        persons=tuple(r.persons),
        deadline=deadline_of(r),
        first_deadline=first_deadline_of(r),
        completion=Completion(r.completion),
        withdrawn=r.withdrawn,
        merged_into=r.merged_into or "",
        instruction=instruction_of(r),
        entry=entry,
        notes=notes,
    )


def _plain_deadline(day: date | None, kind: str | None, doubtful: bool) -> Deadline | None:
    """Return a deadline without its words: those never decide a light."""
    if day is None and kind is None and not doubtful:
        return None
    return Deadline("", day, Recurrence(kind) if kind else None, doubtful=doubtful)
