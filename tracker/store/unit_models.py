"""The tables of leaders and of what reforms changed; beside `models`, which holds the rest."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from tracker.store.models import Base


class Person(Base):
    """领导: a leader with the post and what he is in charge of (分管)."""

    __tablename__ = "person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    post: Mapped[str] = mapped_column(default="")
    charge: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    units: Mapped[list[PersonUnit]] = relationship(
        order_by="PersonUnit.position", cascade="all, delete-orphan"
    )


class PersonUnit(Base):
    """A unit that a leader is in charge of."""

    __tablename__ = "person_unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    position: Mapped[int]


class Reform(Base):
    """机构改革: one change of units or of who is in charge, as it was carried out."""

    __tablename__ = "reform"
    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    on: Mapped[date]
    basis: Mapped[str] = mapped_column(default="")
    old: Mapped[list[str]] = mapped_column(JSON, default=list)
    new: Mapped[list[str]] = mapped_column(JSON, default=list)
    units: Mapped[list[int]] = mapped_column(JSON, default=list)
    words: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    by: Mapped[str]


class Handover(Base):
    """A task that a reform touched, with what stood in its cells of units and leaders before.

    `before` holds `units_text`, `persons`, and by role the printed names in `roles`.
    """

    __tablename__ = "handover"
    id: Mapped[int] = mapped_column(primary_key=True)
    reform_id: Mapped[int] = mapped_column(ForeignKey("reform.id"), index=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(JSON)
    words: Mapped[str] = mapped_column(default="")
