"""The table of slips; beside `models`, which holds the rest."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from tracker.store.models import Base


class Slip(Base):
    """提示单、问题单、督办单 or 反馈单: what it says as printed, and what was answered."""

    __tablename__ = "slip"
    id: Mapped[int] = mapped_column(primary_key=True)
    ledger_id: Mapped[int] = mapped_column(ForeignKey("ledger.id"), index=True)
    kind: Mapped[str]
    code: Mapped[str] = mapped_column(unique=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    unit: Mapped[str]
    tasks: Mapped[list[str]] = mapped_column(JSON, default=list)
    words: Mapped[dict[str, str]] = mapped_column(JSON)
    issued_on: Mapped[date]
    days: Mapped[int | None]
    reply_due: Mapped[date | None]
    replies: Mapped[list[dict[str, str]]] = mapped_column(JSON, default=list)
    closed_on: Mapped[date | None]
    closed_words: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime]
    created_by: Mapped[str]
