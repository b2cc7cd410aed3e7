"""Reads about rounds: who is to report, what was sent, what came back, what was approved.

Their values are loaded with the first row of theirs: the window opens without them.
"""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from tracker.domain.terms import Role
from tracker.store.browse import BrowseView
from tracker.store.tables import (
    ASSIGNMENT,
    ATTACHMENT,
    EDITION,
    FORM_RETURN,
    NOTE,
    RETURNED_FILE,
    TASK,
    UNIT,
)
from tracker.store.values import note_of

if TYPE_CHECKING:
    from sqlalchemy import Row

    from tracker.domain.edition import AttachmentRow, EditionRow
    from tracker.domain.entry import NoteRow
    from tracker.domain.reporting import Assigned
    from tracker.domain.returned import ReturnedFileRow, ReturnRow


class RoundView(BrowseView):
    """The queries about sending, collecting and closing."""

    def assigned(self, ledger_id: int) -> tuple[Assigned, ...]:
        """Return the assignments of a ledger's standing tasks in printed order."""
        from tracker.domain.reporting import Assigned

        query = (
            select(
                ASSIGNMENT.c.task_id, ASSIGNMENT.c.unit_id, ASSIGNMENT.c.role, ASSIGNMENT.c.printed
            )
            .join(TASK, TASK.c.id == ASSIGNMENT.c.task_id)
            .where(
                TASK.c.ledger_id == ledger_id,
                TASK.c.withdrawn == "",
                TASK.c.merged_into_id.is_(None),
            )
            .order_by(ASSIGNMENT.c.task_id, ASSIGNMENT.c.position, ASSIGNMENT.c.id)
        )
        return tuple(
            Assigned(r.task_id, r.unit_id, Role(r.role), r.printed)
            for r in self._connection.execute(query)
        )

    def returns(self, round_id: int) -> tuple[ReturnRow, ...]:
        """Return where each unit stands in a round, in official order."""
        query = (
            select(FORM_RETURN, UNIT.c.name.label("unit"))
            .join(UNIT, UNIT.c.id == FORM_RETURN.c.unit_id)
            .where(FORM_RETURN.c.round_id == round_id)
            .order_by(UNIT.c.position, UNIT.c.id)
        )
        return tuple(_return_of(r) for r in self._connection.execute(query))

    def returned_files(self, round_id: int) -> tuple[ReturnedFileRow, ...]:
        """Return the files that came back in a round, as they were collected."""
        query = (
            select(RETURNED_FILE, UNIT.c.name.label("unit"))
            .outerjoin(UNIT, UNIT.c.id == RETURNED_FILE.c.unit_id)
            .where(RETURNED_FILE.c.round_id == round_id)
            .order_by(RETURNED_FILE.c.id)
        )
        return tuple(_file_of(r) for r in self._connection.execute(query))

    def round_notes(self, round_id: int) -> tuple[NoteRow, ...]:
        """Return what units reported in a round, the earliest first."""
        query = (
            select(NOTE, UNIT.c.name.label("unit"))
            .outerjoin(UNIT, UNIT.c.id == NOTE.c.unit_id)
            .where(NOTE.c.round_id == round_id)
            .order_by(NOTE.c.id)
        )
        return tuple(note_of(r) for r in self._connection.execute(query))

    def editions(self, round_id: int) -> tuple[EditionRow, ...]:
        """Return the editions of a round by version."""
        from tracker.domain.edition import EditionRow

        query = select(EDITION).where(EDITION.c.round_id == round_id).order_by(EDITION.c.version)
        return tuple(
            EditionRow(
                id=r.id,
                round_id=r.round_id,
                version=r.version,
                at=r.at,
                by=r.by,
                content=r.content,
                hash=r.hash,
                reopened_at=r.reopened_at,
                reopened_because=r.reopened_because,
            )
            for r in self._connection.execute(query)
        )

    def edition_part(self, round_id: int, name: str) -> Any:  # Any: whatever JSON holds
        """Return a part (object or list) of the edition that holds; None where none does.

        The whole content of a round is large; what a list needs of it is not.
        """
        query = (
            select(func.json_extract(EDITION.c.content, f"$.{name}"))
            .where(EDITION.c.round_id == round_id, EDITION.c.reopened_at.is_(None))
            .order_by(EDITION.c.version.desc())
            .limit(1)
        )
        found = self._connection.scalar(query)
        return json.loads(found) if found is not None else None

    def attachments(self, task_id: int) -> tuple[AttachmentRow, ...]:
        """Return the files kept with a task, the earliest first."""
        from tracker.domain.edition import AttachmentRow

        query = select(ATTACHMENT).where(ATTACHMENT.c.task_id == task_id).order_by(ATTACHMENT.c.id)
        return tuple(
            AttachmentRow(
                id=r.id,
                task_id=r.task_id,
                round_id=r.round_id,
                name=r.name,
                blob_hash=r.blob_hash,
                size=r.size,
                remark=r.remark,
                added_at=r.added_at,
                added_by=r.added_by,
            )
            for r in self._connection.execute(query)
        )


def _return_of(r: Row[Any]) -> ReturnRow:
    from tracker.domain.form import FormRow
    from tracker.domain.returned import ByHand, Call, ReturnRow, Way

    return ReturnRow(
        id=r.id,
        round_id=r.round_id,
        unit_id=r.unit_id,
        unit=r.unit,
        sent_at=r.sent_at,
        sent=tuple(FormRow(**cells) for cells in r.sent),
        due=r.due,
        due_reason=r.due_reason,
        exempt=r.exempt,
        by_hand=tuple(
            ByHand(Way(b["way"]), date.fromisoformat(b["on"]), b["given_by"], b["word"])
            for b in r.by_hand
        ),
        calls=tuple(
            Call(datetime.fromisoformat(c["at"]), c["whom"], c["said"], c["by"]) for c in r.calls
        ),
    )


def _file_of(r: Row[Any]) -> ReturnedFileRow:
    from tracker.domain.returned import (
        FileKind,
        FindingKind,
        Remark,
        ReturnedFileRow,
        Standing,
        Unplaced,
    )

    return ReturnedFileRow(
        id=r.id,
        round_id=r.round_id,
        unit_id=r.unit_id,
        unit=r.unit or "",
        name=r.name,
        blob_hash=r.blob_hash,
        kind=FileKind(r.kind),
        standing=Standing(r.standing),
        received_at=r.received_at,
        saved_at=r.saved_at,
        remarks=tuple(Remark(**{**m, "kind": FindingKind(m["kind"])}) for m in r.remarks),
        unplaced=tuple(Unplaced(**words) for words in r.unplaced),
    )
