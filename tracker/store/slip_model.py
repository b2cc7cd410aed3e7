"""The rows of slips; beside `models`, which holds the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.store import tables
from tracker.store.models import Base

if TYPE_CHECKING:
    from datetime import date, datetime

    from sqlalchemy.orm import Mapped


class Slip(Base):
    """提示单、问题单、督办单 or 反馈单: what it says as printed, and what was answered."""

    __table__ = tables.SLIP
    id: Mapped[int]
    ledger_id: Mapped[int]
    kind: Mapped[str]
    code: Mapped[str]
    unit_id: Mapped[int | None]
    unit: Mapped[str]
    tasks: Mapped[list[str]]
    words: Mapped[dict[str, str]]
    issued_on: Mapped[date]
    days: Mapped[int | None]
    reply_due: Mapped[date | None]
    replies: Mapped[list[dict[str, str]]]
    closed_on: Mapped[date | None]
    closed_words: Mapped[str]
    created_at: Mapped[datetime]
    created_by: Mapped[str]
