"""The rows of `models` mapped onto their tables, as a unit of work needs them.

Loaded with the first unit of work: SQLAlchemy's ORM and the mapping take longer than all else that
opening a file and reading it needs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session, registry, relationship

from tracker.store.models import (
    Assignment,
    Attachment,
    Base,
    Blob,
    Counter,
    Document,
    Edition,
    Entry,
    FormReturn,
    Ledger,
    Milestone,
    Note,
    Part,
    ReturnedFile,
    Round,
    Setting,
    Task,
    Unit,
    UnitMember,
    UnitName,
)
from tracker.store.slip_model import Slip
from tracker.store.tables import (
    ASSIGNMENT,
    METADATA,
    MILESTONE,
    PART,
    PERSON_UNIT,
    UNIT_MEMBER,
)
from tracker.store.unit_models import Handover, Person, PersonUnit, Reform

if TYPE_CHECKING:
    from sqlalchemy import Connection
    from sqlalchemy.orm import RelationshipProperty

REGISTRY = registry(metadata=METADATA)


def open_session(connection: Connection) -> Session:
    """Return a session for one unit of work, which knows the rows of `models`."""
    return Session(connection)


def _map(row: type[Base], **relations: RelationshipProperty[Any]) -> None:
    REGISTRY.map_imperatively(row, row.__table__, properties=relations)


def _own(row: type[Base], **more: Any) -> RelationshipProperty[Any]:
    """Return the relation to rows that live and die with the one that holds them."""
    return relationship(row, cascade="all, delete-orphan", **more)


_map(Ledger)
_map(Document)
_map(
    Task,
    parts=_own(Part, order_by=PART.c.position, back_populates="task"),
    assignments=_own(Assignment, order_by=ASSIGNMENT.c.position, back_populates="task"),
    entries=_own(Entry, back_populates="task"),
    milestones=_own(
        Milestone, order_by=(MILESTONE.c.due, MILESTONE.c.position), back_populates="task"
    ),
)
_map(Part, task=relationship(Task, back_populates="parts"))
_map(Milestone, task=relationship(Task, back_populates="milestones"))
_map(
    Unit,
    names=_own(UnitName),
    members=_own(
        UnitMember, order_by=UNIT_MEMBER.c.position, foreign_keys=UNIT_MEMBER.c.collective_id
    ),
)
_map(UnitMember)
_map(UnitName)
_map(
    Assignment,
    task=relationship(Task, back_populates="assignments"),
    part=relationship(Part),
    unit=relationship(Unit),
)
_map(Round)
_map(Note)
_map(FormReturn)
_map(ReturnedFile)
_map(Edition)
_map(Attachment)
_map(Entry, task=relationship(Task, back_populates="entries"))
_map(Setting)
_map(Blob)
_map(Counter)
_map(Slip)
_map(Person, units=_own(PersonUnit, order_by=PERSON_UNIT.c.position))
_map(PersonUnit)
_map(Reform)
_map(Handover)
