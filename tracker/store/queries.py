"""Reads: rows of the database come out as frozen values."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, func, or_, select

from tracker.domain.document import DocumentRow
from tracker.domain.history import StepRow
from tracker.domain.ledger import LedgerRow, RoundRow
from tracker.domain.task import PartRow, PrintedTask, TaskRow
from tracker.domain.terms import LedgerState, Role
from tracker.domain.unit import UnitNames, UnitRow
from tracker.store import journal
from tracker.store.reform_queries import ReformView
from tracker.store.tables import (
    ASSIGNMENT,
    BLOB,
    DOCUMENT,
    ENTRY,
    JOURNAL,
    JOURNAL_CHANGE,
    LEDGER,
    NOTE,
    PART,
    ROUND,
    SETTING,
    TASK,
    UNIT,
    UNIT_MEMBER,
    UNIT_NAME,
)
from tracker.store.values import entry_of, note_of, reading_of, roles_of, round_of, task_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Row

    from tracker.domain.entry import EntryRow, NoteRow


class View(ReformView):
    """The queries, all answered from one moment of the database."""

    def ledgers(self) -> tuple[LedgerRow, ...]:
        """Return all ledgers, the oldest first."""
        counted = (
            select(TASK.c.ledger_id, func.count().label("n"))
            .where(TASK.c.withdrawn == "", TASK.c.merged_into_id.is_(None))
            .group_by(TASK.c.ledger_id)
            .subquery()
        )
        query = (
            select(LEDGER, func.coalesce(counted.c.n, 0).label("tasks"))
            .outerjoin(counted, counted.c.ledger_id == LEDGER.c.id)
            .order_by(LEDGER.c.id)
        )
        return tuple(
            LedgerRow(
                id=r.id,
                name=r.name,
                year=r.year,
                kind=r.kind,
                rhythm=r.rhythm,
                state=LedgerState(r.state),
                office=r.office,
                table_title=r.table_title,
                tasks=r.tasks,
            )
            for r in self._connection.execute(query)
        )

    def rounds(self, ledger_id: int) -> tuple[RoundRow, ...]:
        """Return a ledger's rounds by number."""
        query = select(ROUND).where(ROUND.c.ledger_id == ledger_id).order_by(ROUND.c.number)
        return tuple(round_of(r) for r in self._connection.execute(query))

    def tasks(self, ledger_id: int, *, withdrawn: bool = False) -> tuple[TaskRow, ...]:
        """Return a ledger's tasks in their printed order; withdrawn and merged ones on wish."""
        query = select(TASK).where(TASK.c.ledger_id == ledger_id)
        if not withdrawn:
            query = query.where(TASK.c.withdrawn == "", TASK.c.merged_into_id.is_(None))
        rows = self._connection.execute(query.order_by(TASK.c.position, TASK.c.id)).all()
        return self._with_duties(rows, TASK.c.ledger_id == ledger_id)

    def printed(self, ledger_id: int, round_id: int) -> tuple[PrintedTask, ...]:
        """Return what is printed of a ledger's tasks in their order: only that is read."""
        condition = and_(
            TASK.c.ledger_id == ledger_id, TASK.c.withdrawn == "", TASK.c.merged_into_id.is_(None)
        )
        named = (
            select(ASSIGNMENT.c.task_id, ASSIGNMENT.c.role, ASSIGNMENT.c.printed)
            .join(TASK, TASK.c.id == ASSIGNMENT.c.task_id)
            .where(condition, ASSIGNMENT.c.role.in_((Role.LEAD.value, Role.RESPONSIBLE.value)))
            .order_by(ASSIGNMENT.c.position, ASSIGNMENT.c.id)
        )
        names: dict[str, dict[int, dict[str, None]]] = {"lead": {}, "responsible": {}}
        for task_id, role, printed in self._connection.execute(named).all():
            names[role].setdefault(task_id, {})[printed] = None
        entry = and_(ENTRY.c.task_id == TASK.c.id, ENTRY.c.round_id == round_id)
        query = (
            select(TASK.c.id, TASK.c.number, TASK.c.text, TASK.c.units_text, ENTRY.c.text)
            .outerjoin(ENTRY, entry)
            .where(condition)
            .order_by(TASK.c.position, TASK.c.id)
        )
        lead, responsible = names.values()
        return tuple(
            PrintedTask(
                number=number,
                text=text,
                units_text=units_text,
                lead=tuple(lead.get(id_, ())),
                responsible=tuple(responsible.get(id_, ())),
                progress=progress or "",
            )
            for id_, number, text, units_text, progress in self._connection.execute(query).all()
        )

    def task(self, code: str) -> TaskRow | None:
        """Return the task with this code, withdrawn or not."""
        rows = self._connection.execute(select(TASK).where(TASK.c.code == code)).all()
        return next(iter(self._with_duties(rows, TASK.c.code == code)), None)

    def _with_duties(self, rows: Sequence[Row[Any]], condition: Any) -> tuple[TaskRow, ...]:
        duties = (
            select(
                ASSIGNMENT.c.task_id, ASSIGNMENT.c.part_id, ASSIGNMENT.c.role, ASSIGNMENT.c.printed
            )
            .join(TASK, TASK.c.id == ASSIGNMENT.c.task_id)
            .where(condition)
            .order_by(ASSIGNMENT.c.position, ASSIGNMENT.c.id)
        )
        by_task: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        by_part: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
        for task_id, part_id, role, printed in self._connection.execute(duties):
            by_task[task_id][role].append(printed)
            if part_id is not None:
                by_part[part_id][role].append(printed)
        parts: dict[int, list[PartRow]] = defaultdict(list)
        query = select(PART).join(TASK, TASK.c.id == PART.c.task_id).where(condition)
        for p in self._connection.execute(query.order_by(PART.c.position)):
            parts[p.task_id].append(PartRow(p.id, p.mark, p.text, roles_of(by_part[p.id])))
        former = self.former({r.id: r.carried_from_id for r in rows})
        earlier = self.earlier_duties(former, [r.id for r in rows])
        return tuple(
            task_of(
                r,
                roles_of(by_task[r.id]),
                tuple(parts[r.id]),
                former.get(r.id, ()),
                earlier.get(r.id, ()),
            )
            for r in rows
        )

    def entries(self, round_id: int) -> dict[int, EntryRow]:
        """Return a round's entries by task id."""
        query = select(ENTRY).where(ENTRY.c.round_id == round_id)
        return {r.task_id: entry_of(r) for r in self._connection.execute(query)}

    def notes(self, task_id: int) -> tuple[NoteRow, ...]:
        """Return what units reported on a task, the earliest first."""
        query = (
            select(NOTE, UNIT.c.name.label("unit"))
            .outerjoin(UNIT, UNIT.c.id == NOTE.c.unit_id)
            .where(NOTE.c.task_id == task_id)
            .order_by(NOTE.c.id)
        )
        return tuple(note_of(r) for r in self._connection.execute(query))

    def units(self) -> tuple[UnitRow, ...]:
        """Return all units in their official order with their other names and their members."""
        names: dict[int, list[str]] = defaultdict(list)
        for unit_id, name in self._connection.execute(
            select(UNIT_NAME.c.unit_id, UNIT_NAME.c.name)
        ):
            names[unit_id].append(name)
        members: dict[int, list[int]] = defaultdict(list)
        listed = select(UNIT_MEMBER.c.collective_id, UNIT_MEMBER.c.member_id)
        for unit_id, member_id in self._connection.execute(listed.order_by(UNIT_MEMBER.c.position)):
            members[unit_id].append(member_id)
        query = select(UNIT).order_by(UNIT.c.position, UNIT.c.id)
        return tuple(
            UnitRow(
                id=r.id,
                name=r.name,
                short_name=r.short_name,
                position=r.position,
                names=tuple(names[r.id]),
                kind=r.kind,
                contact=r.contact,
                phone=r.phone,
                members=tuple(members[r.id]),
                valid_from=r.valid_from,
                valid_to=r.valid_to,
                successor=r.successor_id,
            )
            for r in self._connection.execute(query)
        )

    def unit_names(self) -> UnitNames:
        """Return the finder of units by any of their names."""
        return UnitNames.of(self.units())

    def setting(self, key: str) -> Any:  # Any: whatever JSON the office's setting holds
        """Return a setting's value; None where it was never set."""
        return self._connection.scalar(select(SETTING.c.value).where(SETTING.c.key == key))

    def settings(self, prefix: str) -> dict[str, Any]:  # Any: as in `setting`
        """Return all settings whose key begins with `prefix`, by key."""
        query = select(SETTING.c.key, SETTING.c.value).where(SETTING.c.key.startswith(prefix))
        return {r.key: r.value for r in self._connection.execute(query.order_by(SETTING.c.key))}

    def documents(self, ledger_id: int) -> tuple[DocumentRow, ...]:
        """Return a ledger's documents, the oldest first."""
        sources: dict[int, set[int]] = defaultdict(set)
        named = select(TASK.c.id, TASK.c.document_id).where(
            TASK.c.ledger_id == ledger_id, TASK.c.document_id.is_not(None)
        )
        for task_id, document_id in self._connection.execute(named):
            if document_id is not None:
                sources[document_id].add(task_id)
        columns = (
            DOCUMENT.c.id,
            DOCUMENT.c.ledger_id,
            DOCUMENT.c.title,
            DOCUMENT.c.number,
            DOCUMENT.c.kind,
            DOCUMENT.c.blob_hash,
            DOCUMENT.c.readings,
        )
        query = select(*columns).where(DOCUMENT.c.ledger_id == ledger_id).order_by(DOCUMENT.c.id)
        return tuple(
            DocumentRow(
                id=r.id,
                ledger_id=r.ledger_id,
                title=r.title,
                number=r.number,
                kind=r.kind,
                blob_hash=r.blob_hash,
                tasks=frozenset(sources[r.id]),
                readings=tuple(reading_of(each) for each in r.readings),
            )
            for r in self._connection.execute(query)
        )

    def blob(self, digest: str) -> bytes | None:
        """Return the bytes of a file kept under its SHA-256; None where there are none."""
        return self._connection.scalar(select(BLOB.c.content).where(BLOB.c.hash == digest))

    def steps(self) -> tuple[StepRow, ...]:
        """Return the whole trace, the earliest step first."""
        query = select(JOURNAL).order_by(JOURNAL.c.id)
        return tuple(
            StepRow(r.id, r.label, r.who, r.at, r.kind, r.barrier)
            for r in self._connection.execute(query)
        )

    def undoable(self) -> StepRow | None:
        """Return the step that undo would take back next, a barrier included."""
        standing = journal.stacks(self._connection).undo
        return standing[-1] if standing else None

    def redoable(self) -> StepRow | None:
        """Return the step that redo would do again next."""
        standing = journal.stacks(self._connection).redo
        return standing[-1] if standing else None

    def changed_since(self, moment: datetime, table: str) -> dict[int, frozenset[str]]:
        """Return which columns of which rows of `table` were changed after `moment`."""
        query = (
            select(JOURNAL_CHANGE.c.row_id, JOURNAL_CHANGE.c.before, JOURNAL_CHANGE.c.after)
            .join(JOURNAL, JOURNAL.c.id == JOURNAL_CHANGE.c.step_id)
            .where(JOURNAL.c.at > moment, JOURNAL_CHANGE.c.table_name == table)
        )
        changed: dict[int, set[str]] = defaultdict(set)
        for row_id, before, after in self._connection.execute(query):
            changed[int(row_id)].update((before or {}) | (after or {}))
        return {row_id: frozenset(columns) for row_id, columns in changed.items()}

    def reassigned_since(self, moment: datetime) -> frozenset[int]:
        """Return the ids of tasks whose units were changed after `moment`."""
        query = (
            select(JOURNAL_CHANGE.c.before, JOURNAL_CHANGE.c.after)
            .join(JOURNAL, JOURNAL.c.id == JOURNAL_CHANGE.c.step_id)
            .where(
                JOURNAL.c.at > moment,
                JOURNAL_CHANGE.c.table_name == ASSIGNMENT.name,
                or_(JOURNAL_CHANGE.c.before.is_not(None), JOURNAL_CHANGE.c.after.is_not(None)),
            )
        )
        found: set[int] = set()
        for before, after in self._connection.execute(query):
            found.update(side["task_id"] for side in (before, after) if side and "task_id" in side)
        return frozenset(found)
