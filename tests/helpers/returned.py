"""Returned files put straight into an office, for tests of what is done with them afterwards."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from tracker.domain.returned import FileKind, Remark, Standing, Unplaced
from tracker.store.models import ReturnedFile

if TYPE_CHECKING:
    from datetime import datetime


def add_file(
    office: object,
    round_: object,
    unit: str,
    name: str,
    *,
    now: datetime,
    kind: FileKind = FileKind.FORM,
    standing: Standing = Standing.CURRENT,
    remarks: tuple[Remark, ...] = (),
    unplaced: tuple[Unplaced, ...] = (),
    content: bytes = b"",
) -> int:
    """Keep a file as if it had been collected; return its id. An empty unit is an unknown one."""
    with office.change("收反馈表", "张三", now) as work:
        row = ReturnedFile(
            round_id=round_.id,
            unit_id=work.unit_names().find(unit) if unit else None,
            name=name,
            blob_hash=work.keep(content or name.encode()),
            kind=kind.value,
            standing=standing.value,
            received_at=now,
            saved_at=now,
            remarks=[{**asdict(remark), "kind": remark.kind.value} for remark in remarks],
            unplaced=[asdict(words) for words in unplaced],
        )
        work.add(row)
        return row.id
