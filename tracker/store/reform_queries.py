"""Reads about leaders, about reforms, and about who had a task before one."""

from __future__ import annotations

from collections import defaultdict
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from tracker.domain.person import PersonRow
from tracker.domain.task import EarlierDuties
from tracker.domain.terms import LedgerState
from tracker.store.browse import AT_ONCE
from tracker.store.carried_queries import CarriedView
from tracker.store.tables import (
    ASSIGNMENT,
    FORM_RETURN,
    HANDOVER,
    JOURNAL_CHANGE,
    LEDGER,
    NOTE,
    PERSON,
    PERSON_UNIT,
    REFORM,
    SLIP,
    TASK,
)
from tracker.store.values import roles_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlalchemy import ColumnElement

    from tracker.domain.reform import ReformRow
    from tracker.domain.task import Former
    from tracker.domain.unit import UnitRow
    from tracker.domain.unit_gone import Gone
    from tracker.domain.unit_printing import FormerNames

_Kept = dict[str, Any]  # Any: values of JSON


class ReformView(CarriedView):
    """The queries about leaders and reforms."""

    def units(self) -> tuple[UnitRow, ...]:
        """Return all units in their official order."""
        raise NotImplementedError

    def people(self) -> tuple[PersonRow, ...]:
        """Return all leaders in their order, those who have left too."""
        units: dict[int, list[int]] = defaultdict(list)
        held = select(PERSON_UNIT.c.person_id, PERSON_UNIT.c.unit_id)
        for person_id, unit_id in self._connection.execute(held.order_by(PERSON_UNIT.c.position)):
            units[person_id].append(unit_id)
        query = select(PERSON).order_by(PERSON.c.position, PERSON.c.id)
        return tuple(
            PersonRow(
                id=r.id,
                name=r.name,
                post=r.post,
                charge=r.charge,
                position=r.position,
                units=tuple(units[r.id]),
                valid_from=r.valid_from,
                valid_to=r.valid_to,
            )
            for r in self._connection.execute(query)
        )

    def reforms(self) -> tuple[ReformRow, ...]:
        """Return the reforms that were carried out, the latest first."""
        from tracker.domain.reform import ReformKind, ReformRow  # few offices have any

        codes: dict[int, list[str]] = defaultdict(list)
        touched = select(HANDOVER.c.reform_id, TASK.c.code).join(
            TASK, TASK.c.id == HANDOVER.c.task_id
        )
        for reform_id, code in self._connection.execute(touched.order_by(HANDOVER.c.id)):
            codes[reform_id].append(code)
        query = select(REFORM).order_by(REFORM.c.on.desc(), REFORM.c.id.desc())
        return tuple(
            ReformRow(
                id=r.id,
                kind=ReformKind(r.kind),
                on=r.on,
                basis=r.basis,
                old=tuple(r.old),
                new=tuple(r.new),
                units=tuple(r.units),
                words=r.words,
                by=r.by,
                at=r.at,
                tasks=tuple(codes[r.id]),
            )
            for r in self._connection.execute(query)
        )

    def counts_of_units(self, ids: Sequence[int]) -> tuple[int, int, int, int]:
        """Return how many tasks, notes, forms and slips name one of these units."""
        tasks, notes, forms, slips = (
            self._connection.scalar(
                select(func.count(func.distinct(column))).where(unit.in_(list(ids)))
            )
            or 0
            for column, unit in (
                (ASSIGNMENT.c.task_id, ASSIGNMENT.c.unit_id),
                (NOTE.c.id, NOTE.c.unit_id),
                (FORM_RETURN.c.id, FORM_RETURN.c.unit_id),
                (SLIP.c.id, SLIP.c.unit_id),
            )
        )
        return tasks, notes, forms, slips

    def gone_units(self) -> dict[int, Gone]:
        """Return the abolished units whose place no single one took, by id."""
        units = self.units()
        if not any(unit.is_abolished for unit in units):
            return {}
        from tracker.domain.unit_gone import gone_units

        return gone_units(units, self.reforms())

    def units_of(self, ledger_id: int) -> tuple[UnitRow, ...]:
        """Return the units by which a ledger is counted: of an archived one as they were then."""
        units, archived = self.units(), self._archived(ledger_id)
        if archived is None:
            return units
        from tracker.domain.unit_gone import as_before

        steps = ((reform, self._step("reform", reform.id)) for reform in self.reforms())
        later = [reform for reform, step in steps if step is not None and step > archived]
        return as_before(units, later)

    def _archived(self, ledger_id: int) -> int | None:
        """Return the step that archived a ledger; None while it runs."""
        state = self._connection.scalar(select(LEDGER.c.state).where(LEDGER.c.id == ledger_id))
        if state != LedgerState.ARCHIVED.value:
            return None
        is_it = func.json_extract(JOURNAL_CHANGE.c.after, "$.state") == LedgerState.ARCHIVED.value
        return self._step("ledger", ledger_id, is_it)

    def _step(self, table: str, row_id: int, *further: ColumnElement[bool]) -> int | None:
        """Return the last step that changed a row."""
        query = select(func.max(JOURNAL_CHANGE.c.step_id)).where(
            JOURNAL_CHANGE.c.table_name == table, JOURNAL_CHANGE.c.row_id == str(row_id), *further
        )
        step: int | None = self._connection.scalar(query)
        return step

    def former_names(self) -> FormerNames | None:
        """Return what knows the names from before reforms; None where there was no reform."""
        reforms = self.reforms()
        if not reforms:
            return None
        from tracker.domain.unit_printing import FormerNames

        return FormerNames(self.units(), reversed(reforms))

    def earlier_duties(
        self, former: Mapping[int, Sequence[Former]], ids: Iterable[int]
    ) -> dict[int, tuple[EarlierDuties, ...]]:
        """Return by task id who had it before each reform, the latest first.

        Args:
            former: by task id the tasks of earlier years it goes on from; their reforms count too.
            ids: the tasks asked for.
        """
        if self._connection.scalar(select(HANDOVER.c.id).limit(1)) is None:
            return {}
        behind = {i: (i, *(each.task_id for each in former.get(i, ()))) for i in ids}
        held = self._handovers({each for chain in behind.values() for each in chain})
        found = {
            i: sorted(
                (pair for each in chain for pair in held.get(each, ())),
                key=itemgetter(0),
                reverse=True,
            )
            for i, chain in behind.items()
        }
        return {i: tuple(_duties(kept) for _, kept in pairs) for i, pairs in found.items() if pairs}

    def _handovers(self, ids: Iterable[int]) -> dict[int, list[tuple[int, _Kept]]]:
        wanted = sorted(ids)
        found: dict[int, list[tuple[int, _Kept]]] = defaultdict(list)
        for first in range(0, len(wanted), AT_ONCE):
            some = HANDOVER.c.task_id.in_(wanted[first : first + AT_ONCE])
            query = select(HANDOVER.c.task_id, HANDOVER.c.id, HANDOVER.c.before).where(some)
            for task_id, handover_id, before in self._connection.execute(query):
                found[task_id].append((handover_id, before))
        return found


def _duties(kept: _Kept) -> EarlierDuties:
    return EarlierDuties(roles_of(kept["roles"]), kept["units_text"], tuple(kept["persons"]))
