"""Finders of units, leaders and what hangs on them, for the one way to write."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from tracker.base.errors import UserError
from tracker.domain.terms import Completion, LedgerState
from tracker.domain.unit import UnitNames, UnitRow
from tracker.store.models import (
    Assignment,
    FormReturn,
    Ledger,
    Note,
    ReturnedFile,
    Task,
    Unit,
    UnitMember,
    UnitName,
)
from tracker.store.slip_model import Slip
from tracker.store.unit_models import Person, PersonUnit, Reform

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy.orm import Session

Row = TypeVar("Row", Assignment, Note, FormReturn, ReturnedFile, Slip, PersonUnit)


class UnitWork:
    """The part of a unit of work that finds units, leaders, and their tasks, forms and slips."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def open_tasks(self, unit_ids: Iterable[int] | None = None) -> list[Task]:
        """Return the tasks of running ledgers that are neither closed nor out, in printed order.

        Args:
            unit_ids: only those that one of these units has; None for all.
        """
        query = (
            select(Task)
            .join(Ledger, Ledger.id == Task.ledger_id)
            .where(
                Ledger.state == LedgerState.RUNNING.value,
                Task.withdrawn == "",
                Task.merged_into_id.is_(None),
                Task.completion.not_in((Completion.CLOSED.value, Completion.EXCLUDED.value)),
            )
            .order_by(Task.ledger_id, Task.position, Task.id)
            .options(selectinload(Task.parts), selectinload(Task.assignments))
        )
        if unit_ids is not None:
            held = select(Assignment.task_id).where(Assignment.unit_id.in_(list(unit_ids)))
            query = query.where(Task.id.in_(held))
        return list(self._session.scalars(query))

    def person(self, person_id: int) -> Person:
        """Return a leader by his id, as reads give it.

        Raises:
            UserError: he is gone.
        """
        found = self._session.get(Person, person_id)
        if found is None:
            raise UserError("这位领导已经不在名单里", "", "请刷新后再试")
        return found

    def people(self) -> list[Person]:
        """Return all leaders in their order."""
        return list(self._session.scalars(select(Person).order_by(Person.position, Person.id)))

    def reforms(self) -> list[Reform]:
        """Return the reforms that were carried out, the earliest first."""
        return list(self._session.scalars(select(Reform).order_by(Reform.on, Reform.id)))

    def forms_of(self, unit_id: int) -> list[FormReturn]:
        """Return where a unit stands in all rounds in which anything is noted of it."""
        query = select(FormReturn).where(FormReturn.unit_id == unit_id).order_by(FormReturn.id)
        return list(self._session.scalars(query))

    def unit(self, unit_id: int) -> Unit:
        """Return a unit by its id, as reads give it.

        Raises:
            UserError: it is gone.
        """
        found = self._session.get(Unit, unit_id)
        if found is None:
            raise UserError("这个单位已经不在台账里", "", "请刷新后再试")
        return found

    def units(self) -> list[Unit]:
        """Return all units in their official order."""
        return list(self._session.scalars(select(Unit).order_by(Unit.position, Unit.id)))

    def unit_names(self) -> UnitNames:
        """Return the finder of units by any of their names."""
        return UnitNames.of(self.unit_rows())

    def unit_rows(self) -> tuple[UnitRow, ...]:
        """Return all units in their official order, without contacts and members."""
        other: dict[int, list[str]] = {}
        for unit_id, name in self._session.execute(select(UnitName.unit_id, UnitName.name)):
            other.setdefault(unit_id, []).append(name)
        columns = (
            Unit.id,
            Unit.name,
            Unit.short_name,
            Unit.position,
            Unit.valid_from,
            Unit.valid_to,
            Unit.successor_id,
        )
        return tuple(
            UnitRow(
                id=r.id,
                name=r.name,
                short_name=r.short_name,
                position=r.position,
                names=tuple(other.get(r.id, ())),
                valid_from=r.valid_from,
                valid_to=r.valid_to,
                successor=r.successor_id,
            )
            for r in self._session.execute(select(*columns).order_by(Unit.position, Unit.id))
        )

    def open_slips(self, unit_id: int) -> list[Slip]:
        """Return the slips to a unit that are not closed, the earliest first."""
        query = select(Slip).where(Slip.unit_id == unit_id, Slip.closed_on.is_(None))
        return list(self._session.scalars(query.order_by(Slip.id)))

    def is_used(self, unit_id: int) -> bool:
        """Return whether anything but the list itself speaks of a unit."""
        columns = (
            Assignment.unit_id,
            Note.unit_id,
            FormReturn.unit_id,
            ReturnedFile.unit_id,
            Slip.unit_id,
            UnitMember.member_id,
            PersonUnit.unit_id,
            Unit.successor_id,
        )
        return any(
            self._session.scalar(select(column).where(column == unit_id).limit(1)) is not None
            for column in columns
        )

    def of_unit(self, table: type[Row], unit_id: int) -> list[Row]:
        """Return the rows of a table that name a unit (`Assignment`, `Note`, `Slip` …)."""
        query = select(table).where(table.unit_id == unit_id)
        return list(self._session.scalars(query))
