"""The rows of leaders and of what reforms changed; beside `models`, which holds the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tracker.store import tables
from tracker.store.models import Base

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Mapped


class Person(Base):
    """领导: a leader with the post and what he is in charge of (分管)."""

    __table__ = tables.PERSON
    id: Mapped[int]
    name: Mapped[str]
    post: Mapped[str]
    charge: Mapped[str]
    position: Mapped[int]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    units: Mapped[list[PersonUnit]]


class PersonUnit(Base):
    """A unit that a leader is in charge of."""

    __table__ = tables.PERSON_UNIT
    id: Mapped[int]
    person_id: Mapped[int]
    unit_id: Mapped[int]
    position: Mapped[int]


class Reform(Base):
    """机构改革: one change of units or of who is in charge, as it was carried out."""

    __table__ = tables.REFORM
    id: Mapped[int]
    kind: Mapped[str]
    on: Mapped[date]
    basis: Mapped[str]
    old: Mapped[list[str]]
    new: Mapped[list[str]]
    units: Mapped[list[int]]
    words: Mapped[str]
    at: Mapped[datetime]
    by: Mapped[str]


class Handover(Base):
    """A task that a reform touched, with what stood in its cells of units and leaders before.

    `before` holds `units_text`, `persons`, and by role the printed names in `roles`.
    """

    __table__ = tables.HANDOVER
    id: Mapped[int]
    reform_id: Mapped[int]
    task_id: Mapped[int]
    before: Mapped[dict[str, Any]]
    words: Mapped[str]
