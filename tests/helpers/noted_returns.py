"""Forms sent and files returned, written into the database as sending and collecting do."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from tracker.domain.form import FormRow
from tracker.domain.returned import FileKind, Standing
from tracker.store.models import ReturnedFile

WHO = "张三"
SENT = datetime(2026, 3, 2, 10, 0)
_RECEIVED = datetime(2026, 3, 12, 16, 0)
_SAVED = datetime(2026, 3, 12, 15, 0)


def note_sent(office, round_, forms, at=SENT):
    """Note that units (name → codes of their tasks) were sent a form."""
    with office.change("发反馈表", WHO, at) as work:
        row = work.round_by_id(round_.id)
        ids = {unit.name: unit.id for unit in work.units()}
        for unit, codes in forms.items():
            returned = work.form_return(row, ids[unit])
            returned.sent_at = at
            returned.sent = [asdict(FormRow(c, c, "任务", "牵头单位")) for c in codes]


def note_file(
    office,
    round_,
    unit,
    *,
    name="",
    content=b"",
    kind=FileKind.FORM,
    standing=Standing.CURRENT,
    received_at=_RECEIVED,
    saved_at=_SAVED,
    remarks=(),
    unplaced=(),
):
    """Note that a file came back; return its id. A unit nobody knows makes it nobody's."""
    with office.change("收反馈表", WHO, received_at) as work:
        ids = {row.name: row.id for row in work.units()}
        known = len(work.returned_files(work.round_by_id(round_.id)))
        row = ReturnedFile(
            round_id=round_.id,
            unit_id=ids.get(unit),
            name=name or f"{unit}.xlsx",
            blob_hash=work.keep(content or f"{unit}{known}".encode()),
            kind=kind.value,
            standing=standing.value,
            received_at=received_at,
            saved_at=saved_at,
            remarks=[asdict(remark) for remark in remarks],
            unplaced=[asdict(words) for words in unplaced],
        )
        work.add(row)
        return row.id
