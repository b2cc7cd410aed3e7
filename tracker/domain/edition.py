"""An edition (定稿): what was approved when a round was closed; evidence kept with a task."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One version of a closed round.

    Attributes:
        content: the whole content, as `ops.editions` wrote it.
        hash: SHA-256 of the content's JSON.
        reopened_at: when the round was opened again; None while the edition holds.
        reopened_because: why.
    """

    id: int
    round_id: int
    version: int
    at: datetime
    by: str
    content: Mapping[str, Any]  # Any: whatever JSON holds
    hash: str
    reopened_at: datetime | None = None
    reopened_because: str = ""


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file that belongs to a task: evidence (佐证材料)."""

    id: int
    task_id: int
    round_id: int | None
    name: str
    blob_hash: str
    size: int
    remark: str
    added_at: datetime
    added_by: str
