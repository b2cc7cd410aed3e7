"""The rows as ops change them, seen only inside `store.change`; reads give values.

The columns are declared in `tables`; the annotations tell the type checker what a row holds, and a
test holds them to the tables. `mapping` maps these classes with the first unit of work; until
then they cost nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from tracker.store import tables

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy import Table
    from sqlalchemy.orm import Mapped


class Base:
    """The base of every row."""

    __table__: ClassVar[Table]

    def __init__(self, **values: Any) -> None:  # Any: of whatever type the column is
        for name, value in values.items():
            if not hasattr(type(self), name):
                raise TypeError(f"{type(self).__name__} has no {name}, or is not mapped yet")
            setattr(self, name, value)


class Ledger(Base):
    """专项: a set of tasks with its own rounds."""

    __table__ = tables.LEDGER
    id: Mapped[int]
    name: Mapped[str]
    year: Mapped[int | None]
    kind: Mapped[str]
    rhythm: Mapped[str]
    state: Mapped[str]
    office: Mapped[str]
    table_title: Mapped[str]


class Document(Base):
    """A document or table that tasks came from, with its text and its original file.

    `readings` are its drafts as they were read, and which tasks each became.
    """

    __table__ = tables.DOCUMENT
    id: Mapped[int]
    ledger_id: Mapped[int]
    title: Mapped[str]
    number: Mapped[str]
    issuer: Mapped[str]
    issued_on: Mapped[date | None]
    kind: Mapped[str]
    text: Mapped[str]
    file_name: Mapped[str]
    blob_hash: Mapped[str | None]
    added_at: Mapped[datetime]
    readings: Mapped[list[dict[str, Any]]]


class Task(Base):
    """任务: what is counted and printed."""

    __table__ = tables.TASK
    id: Mapped[int]
    ledger_id: Mapped[int]
    document_id: Mapped[int | None]
    code: Mapped[str]
    number: Mapped[str]
    section: Mapped[str]
    title: Mapped[str]
    text: Mapped[str]
    units_text: Mapped[str]
    persons: Mapped[list[str]]
    deadline_text: Mapped[str]
    deadline_date: Mapped[date | None]
    deadline_recurrence: Mapped[str | None]
    deadline_day: Mapped[int | None]
    deadline_doubtful: Mapped[bool]
    first_deadline_text: Mapped[str | None]
    first_deadline_date: Mapped[date | None]
    deadline_reason: Mapped[str]
    completion: Mapped[str]
    position: Mapped[int]
    source_sheet: Mapped[str]
    source_row: Mapped[int | None]
    source_start: Mapped[int | None]
    source_end: Mapped[int | None]
    figures: Mapped[list[list[str]]]
    closings: Mapped[list[dict[str, str]]]
    withdrawn: Mapped[str]
    merged_into_id: Mapped[int | None]
    carried_from_id: Mapped[int | None]
    instruction_leader: Mapped[str]
    instructed_on: Mapped[date | None]
    instruction_text: Mapped[str]
    stage: Mapped[str | None]
    stages: Mapped[list[dict[str, str]]]
    revisits: Mapped[list[dict[str, str]]]
    parts: Mapped[list[Part]]
    assignments: Mapped[list[Assignment]]
    entries: Mapped[list[Entry]]
    milestones: Mapped[list[Milestone]]


class Part(Base):
    """分项 ①②③ of a task."""

    __table__ = tables.PART
    id: Mapped[int]
    task_id: Mapped[int]
    position: Mapped[int]
    mark: Mapped[str]
    text: Mapped[str]
    deadline_text: Mapped[str]
    deadline_date: Mapped[date | None]
    task: Mapped[Task]


class Milestone(Base):
    """节点 of a task, by the day it is due (分解到月)."""

    __table__ = tables.MILESTONE
    id: Mapped[int]
    task_id: Mapped[int]
    position: Mapped[int]
    due: Mapped[date]
    what: Mapped[str]
    figure: Mapped[str]
    done_on: Mapped[date | None]
    task: Mapped[Task]


class Unit(Base):
    """单位."""

    __table__ = tables.UNIT
    id: Mapped[int]
    name: Mapped[str]
    short_name: Mapped[str]
    kind: Mapped[str]
    position: Mapped[int]
    contact: Mapped[str]
    phone: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor_id: Mapped[int | None]
    names: Mapped[list[UnitName]]
    members: Mapped[list[UnitMember]]


class UnitMember(Base):
    """Who belongs to a collective (各镇人民政府)."""

    __table__ = tables.UNIT_MEMBER
    id: Mapped[int]
    collective_id: Mapped[int]
    member_id: Mapped[int]
    position: Mapped[int]


class UnitName(Base):
    """A former name or abbreviation of a unit, as it was printed somewhere."""

    __table__ = tables.UNIT_NAME
    id: Mapped[int]
    unit_id: Mapped[int]
    name: Mapped[str]


class Assignment(Base):
    """Which unit has which role for a task or a part, with the name as printed."""

    __table__ = tables.ASSIGNMENT
    id: Mapped[int]
    task_id: Mapped[int]
    part_id: Mapped[int | None]
    unit_id: Mapped[int]
    role: Mapped[str]
    position: Mapped[int]
    printed: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    basis: Mapped[str]
    task: Mapped[Task]
    part: Mapped[Part | None]
    unit: Mapped[Unit]


class Round(Base):
    """轮次 of a ledger."""

    __table__ = tables.ROUND
    id: Mapped[int]
    ledger_id: Mapped[int]
    number: Mapped[int]
    cut_off: Mapped[date | None]
    feedback_due: Mapped[date | None]
    state: Mapped[str]
    circular_number: Mapped[str]


class Note(Base):
    """原报: what a unit reported; never edited."""

    __table__ = tables.NOTE
    id: Mapped[int]
    task_id: Mapped[int]
    round_id: Mapped[int]
    unit_id: Mapped[int | None]
    text: Mapped[str]
    state_text: Mapped[str]
    percent: Mapped[float | None]
    problems: Mapped[str]
    next_steps: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    origin: Mapped[str]
    file_id: Mapped[int | None]


class FormReturn(Base):
    """Where one unit stands in one round: what it was sent, and what was done by hand."""

    __table__ = tables.FORM_RETURN
    id: Mapped[int]
    round_id: Mapped[int]
    unit_id: Mapped[int]
    sent_at: Mapped[datetime | None]
    sent: Mapped[list[dict[str, str]]]
    due: Mapped[date | None]
    due_reason: Mapped[str]
    exempt: Mapped[str]
    by_hand: Mapped[list[dict[str, str]]]
    calls: Mapped[list[dict[str, str]]]


class ReturnedFile(Base):
    """A file that came back in a round, with what was found about it."""

    __table__ = tables.RETURNED_FILE
    id: Mapped[int]
    round_id: Mapped[int]
    unit_id: Mapped[int | None]
    name: Mapped[str]
    blob_hash: Mapped[str]
    kind: Mapped[str]
    standing: Mapped[str]
    received_at: Mapped[datetime]
    saved_at: Mapped[datetime | None]
    remarks: Mapped[list[dict[str, str]]]
    unplaced: Mapped[list[dict[str, str]]]


class Edition(Base):
    """定稿: what was approved when a round was closed, whole."""

    __table__ = tables.EDITION
    id: Mapped[int]
    round_id: Mapped[int]
    version: Mapped[int]
    at: Mapped[datetime]
    by: Mapped[str]
    content: Mapped[dict[str, Any]]
    hash: Mapped[str]
    reopened_at: Mapped[datetime | None]
    reopened_because: Mapped[str]


class Attachment(Base):
    """A file that belongs to a task: evidence (佐证材料)."""

    __table__ = tables.ATTACHMENT
    id: Mapped[int]
    task_id: Mapped[int]
    round_id: Mapped[int | None]
    name: Mapped[str]
    blob_hash: Mapped[str]
    size: Mapped[int]
    remark: Mapped[str]
    added_at: Mapped[datetime]
    added_by: Mapped[str]


class Entry(Base):
    """核定稿: what is printed for a task in a round."""

    __table__ = tables.ENTRY
    id: Mapped[int]
    task_id: Mapped[int]
    round_id: Mapped[int]
    text: Mapped[str]
    state_text: Mapped[str]
    completion: Mapped[str | None]
    pace: Mapped[str | None]
    percent: Mapped[float | None]
    problems: Mapped[str]
    next_steps: Mapped[str]
    remark: Mapped[str]
    extra: Mapped[list[list[str]]]
    carried: Mapped[bool]
    confirmed_by: Mapped[str]
    confirmed_at: Mapped[datetime | None]
    task: Mapped[Task]


class Setting(Base):
    """The office's own lists and layouts."""

    __table__ = tables.SETTING
    key: Mapped[str]
    value: Mapped[Any]


class Blob(Base):
    """A file's bytes, once, by their SHA-256. Outside undo: the journal holds the hash."""

    __table__ = tables.BLOB
    hash: Mapped[str]
    size: Mapped[int]
    content: Mapped[bytes]


class Counter(Base):
    """The last number given of each kind. Outside undo: a code is never given twice."""

    __table__ = tables.COUNTER
    name: Mapped[str]
    value: Mapped[int]
