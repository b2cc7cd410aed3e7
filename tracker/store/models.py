"""The tables. Objects of these classes are seen only inside `store.change`; reads give values."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    """The base of every table. Ids are never used twice, so that the trace stays true."""

    __table_args__: Any = {"sqlite_autoincrement": True}  # noqa: RUF012 - SQLAlchemy's own form


class Ledger(Base):
    """专项: a set of tasks with its own rounds."""

    __tablename__ = "ledger"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    year: Mapped[int | None]
    kind: Mapped[str] = mapped_column(default="")
    rhythm: Mapped[str] = mapped_column(default="")
    state: Mapped[str] = mapped_column(default="running")
    office: Mapped[str] = mapped_column(default="")
    table_title: Mapped[str] = mapped_column(default="")


class Document(Base):
    """A document or table that tasks came from, with its text and its original file.

    `readings` are its drafts as they were read, and which tasks each became.
    """

    __tablename__ = "document"
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), index=True)
    title: Mapped[str] = mapped_column(default="")
    number: Mapped[str] = mapped_column(default="")
    issuer: Mapped[str] = mapped_column(default="")
    issued_on: Mapped[date | None]
    kind: Mapped[str] = mapped_column(default="")
    text: Mapped[str] = mapped_column(default="")
    file_name: Mapped[str] = mapped_column(default="")
    blob_hash: Mapped[str | None] = mapped_column(ForeignKey("blob.hash"))
    added_at: Mapped[datetime]
    readings: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")


class Task(Base):
    """任务: what is counted and printed."""

    __tablename__ = "task"
    __table_args__ = (
        # A list is filtered by light and put in order without touching the tasks' texts.
        Index(
            "ix_task_list",
            "ledger_id",
            "position",
            "id",
            "withdrawn",
            "merged_into_id",
            "completion",
            "deadline_date",
            "deadline_doubtful",
            "deadline_recurrence",
        ),
        {"sqlite_autoincrement": True},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    code: Mapped[str] = mapped_column(unique=True)
    number: Mapped[str] = mapped_column(default="")
    section: Mapped[str] = mapped_column(default="")
    title: Mapped[str] = mapped_column(default="")
    text: Mapped[str]
    units_text: Mapped[str] = mapped_column(default="")
    persons: Mapped[list[str]] = mapped_column(JSON, default=list)
    deadline_text: Mapped[str] = mapped_column(default="")
    deadline_date: Mapped[date | None]
    deadline_recurrence: Mapped[str | None]
    deadline_day: Mapped[int | None]
    deadline_doubtful: Mapped[bool] = mapped_column(default=False)
    first_deadline_text: Mapped[str | None]
    first_deadline_date: Mapped[date | None]
    deadline_reason: Mapped[str] = mapped_column(default="")
    completion: Mapped[str] = mapped_column(default="in_progress")
    position: Mapped[int] = mapped_column(default=0)
    source_sheet: Mapped[str] = mapped_column(default="")
    source_row: Mapped[int | None]
    source_start: Mapped[int | None]
    source_end: Mapped[int | None]
    figures: Mapped[list[list[str]]] = mapped_column(JSON, default=list, server_default="[]")
    closings: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    withdrawn: Mapped[str] = mapped_column(default="")
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"))
    carried_from_id: Mapped[int | None] = mapped_column(ForeignKey("task.id"), index=True)
    instruction_leader: Mapped[str] = mapped_column(default="", server_default="")
    instructed_on: Mapped[date | None]
    instruction_text: Mapped[str] = mapped_column(default="", server_default="")
    stage: Mapped[str | None]
    stages: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    revisits: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list, server_default="[]")
    parts: Mapped[list[Part]] = relationship(
        order_by="Part.position", cascade="all, delete-orphan", back_populates="task"
    )
    assignments: Mapped[list[Assignment]] = relationship(
        order_by="Assignment.position", cascade="all, delete-orphan", back_populates="task"
    )
    entries: Mapped[list[Entry]] = relationship(cascade="all, delete-orphan", back_populates="task")
    milestones: Mapped[list[Milestone]] = relationship(
        order_by="(Milestone.due, Milestone.position)",
        cascade="all, delete-orphan",
        back_populates="task",
    )


class Part(Base):
    """分项 ①②③ of a task."""

    __tablename__ = "part"
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]
    mark: Mapped[str]
    text: Mapped[str]
    deadline_text: Mapped[str] = mapped_column(default="")
    deadline_date: Mapped[date | None]
    task: Mapped[Task] = relationship(back_populates="parts")


class Milestone(Base):
    """节点 of a task, by the day it is due (分解到月)."""

    __tablename__ = "milestone"
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    position: Mapped[int]
    due: Mapped[date]
    what: Mapped[str]
    figure: Mapped[str] = mapped_column(default="")
    done_on: Mapped[date | None]
    task: Mapped[Task] = relationship(back_populates="milestones")


class Unit(Base):
    """单位."""

    __tablename__ = "unit"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    short_name: Mapped[str] = mapped_column(default="")
    kind: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    contact: Mapped[str] = mapped_column(default="")
    phone: Mapped[str] = mapped_column(default="")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    names: Mapped[list[UnitName]] = relationship(cascade="all, delete-orphan")
    members: Mapped[list[UnitMember]] = relationship(
        order_by="UnitMember.position",
        cascade="all, delete-orphan",
        foreign_keys="UnitMember.collective_id",
    )


class UnitMember(Base):
    """Who belongs to a collective (各镇人民政府)."""

    __tablename__ = "unit_member"
    id: Mapped[int] = mapped_column(primary_key=True)
    collective_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    position: Mapped[int]


class UnitName(Base):
    """A former name or abbreviation of a unit, as it was printed somewhere."""

    __tablename__ = "unit_name"
    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(unique=True)


class Assignment(Base):
    """Which unit has which role for a task or a part, with the name as printed."""

    __tablename__ = "assignment"
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    part_id: Mapped[int | None] = mapped_column(ForeignKey("part.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    role: Mapped[str]
    position: Mapped[int]
    printed: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    basis: Mapped[str] = mapped_column(default="")
    task: Mapped[Task] = relationship(back_populates="assignments")
    part: Mapped[Part | None] = relationship()
    unit: Mapped[Unit] = relationship()


class Round(Base):
    """轮次 of a ledger."""

    __tablename__ = "round"
    __table_args__ = (UniqueConstraint("ledger_id", "number"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"))
    number: Mapped[int]
    cut_off: Mapped[date | None]
    feedback_due: Mapped[date | None]
    state: Mapped[str] = mapped_column(default="open")
    circular_number: Mapped[str] = mapped_column(default="")


class Note(Base):
    """原报: what a unit reported; never edited."""

    __tablename__ = "note"
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str]
    state_text: Mapped[str] = mapped_column(default="")
    percent: Mapped[float | None]
    problems: Mapped[str] = mapped_column(default="")
    next_steps: Mapped[str] = mapped_column(default="")
    by: Mapped[str] = mapped_column(default="")
    at: Mapped[datetime]
    origin: Mapped[str]
    file_id: Mapped[int | None] = mapped_column(ForeignKey("returned_file.id"))


class FormReturn(Base):
    """Where one unit stands in one round: what it was sent, and what was done by hand."""

    __tablename__ = "form_return"
    __table_args__ = (UniqueConstraint("round_id", "unit_id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    sent_at: Mapped[datetime | None]
    sent: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    due: Mapped[date | None]
    due_reason: Mapped[str] = mapped_column(default="")
    exempt: Mapped[str] = mapped_column(default="")
    by_hand: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    calls: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)


class ReturnedFile(Base):
    """A file that came back in a round, with what was found about it."""

    __tablename__ = "returned_file"
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    name: Mapped[str]
    blob_hash: Mapped[str] = mapped_column(ForeignKey("blob.hash"))
    kind: Mapped[str]
    standing: Mapped[str]
    received_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    remarks: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    unplaced: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)


class Edition(Base):
    """定稿: what was approved when a round was closed, whole."""

    __tablename__ = "edition"
    __table_args__ = (UniqueConstraint("round_id", "version"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"))
    version: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    hash: Mapped[str]
    reopened_at: Mapped[datetime | None]
    reopened_because: Mapped[str] = mapped_column(default="")


class Attachment(Base):
    """A file that belongs to a task: evidence (佐证材料)."""

    __tablename__ = "attachment"
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"), index=True)
    round_id: Mapped[int | None] = mapped_column(ForeignKey("round.id"))
    name: Mapped[str]
    blob_hash: Mapped[str] = mapped_column(ForeignKey("blob.hash"))
    size: Mapped[int]
    remark: Mapped[str] = mapped_column(default="")
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class Entry(Base):
    """核定稿: what is printed for a task in a round."""

    __tablename__ = "entry"
    __table_args__ = (UniqueConstraint("task_id", "round_id"), {"sqlite_autoincrement": True})
    id: Mapped[int] = mapped_column(primary_key=True)
    task_id: Mapped[int] = mapped_column(ForeignKey("task.id"))
    round_id: Mapped[int] = mapped_column(ForeignKey("round.id"), index=True)
    text: Mapped[str] = mapped_column(default="")
    state_text: Mapped[str] = mapped_column(default="")
    completion: Mapped[str | None]
    pace: Mapped[str | None]
    percent: Mapped[float | None]
    problems: Mapped[str] = mapped_column(default="")
    next_steps: Mapped[str] = mapped_column(default="")
    remark: Mapped[str] = mapped_column(default="")
    extra: Mapped[list[list[str]]] = mapped_column(JSON, default=list)
    carried: Mapped[bool] = mapped_column(default=False)
    confirmed_by: Mapped[str] = mapped_column(default="")
    confirmed_at: Mapped[datetime | None]
    task: Mapped[Task] = relationship(back_populates="entries")


class Setting(Base):
    """The office's own lists and layouts."""

    __tablename__ = "setting"
    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)


class Blob(Base):
    """A file's bytes, once, by their SHA-256. Outside undo: the journal holds the hash."""

    __tablename__ = "blob"
    hash: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    content: Mapped[bytes] = mapped_column(LargeBinary)


class Counter(Base):
    """The last number given of each kind. Outside undo: a code is never given twice."""

    __tablename__ = "counter"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class Journal(Base):
    """A step of the trace, in the user's words."""

    __tablename__ = "journal"
    id: Mapped[int] = mapped_column(primary_key=True)
    label: Mapped[str]
    who: Mapped[str]
    at: Mapped[datetime]
    kind: Mapped[str]
    target_id: Mapped[int | None]
    barrier: Mapped[str] = mapped_column(default="")


class JournalChange(Base):
    """One row before and after a step; only changed columns for an update.

    `task_id` names the task that the row belongs to, so that its trace is found at once.
    """

    __tablename__ = "journal_change"
    id: Mapped[int] = mapped_column(primary_key=True)
    step_id: Mapped[int] = mapped_column(ForeignKey("journal.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(index=True)
    table_name: Mapped[str]
    row_id: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))


class Migration(Base):
    """A change of shape that this file has been through."""

    __tablename__ = "migration"
    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[datetime]


UNJOURNALED = frozenset({"blob", "counter", "journal", "journal_change", "migration"})
"""Tables that undo leaves alone."""
