"""Reads about the files of a ledger: documents, evidence, returned files."""

from __future__ import annotations

from sqlalchemy import select

from tracker.domain.archive import KeptFile
from tracker.store.slip_queries import SlipView
from tracker.store.tables import (
    ATTACHMENT,
    DOCUMENT,
    RETURNED_FILE,
    ROUND,
    TASK,
    UNIT,
)


class ArchiveView(SlipView):
    """The queries about kept files."""

    def document_files(self, ledger_id: int) -> tuple[KeptFile, ...]:
        """Return the original files of a ledger's documents, the oldest first.

        A task that was taken over from another year brings its document with it.
        """
        of_tasks = select(TASK.c.document_id).where(TASK.c.ledger_id == ledger_id)
        query = select(DOCUMENT.c.title, DOCUMENT.c.file_name, DOCUMENT.c.blob_hash).where(
            (DOCUMENT.c.ledger_id == ledger_id) | DOCUMENT.c.id.in_(of_tasks),
            DOCUMENT.c.blob_hash.is_not(None),
        )
        rows = self._connection.execute(query.order_by(DOCUMENT.c.id))
        return tuple(
            KeptFile(r.file_name or r.title, r.blob_hash) for r in rows if r.blob_hash is not None
        )

    def evidence_files(self, ledger_id: int) -> tuple[KeptFile, ...]:
        """Return the files kept with a ledger's tasks, in the printed order of the tasks."""
        query = (
            select(ATTACHMENT.c.name, ATTACHMENT.c.blob_hash, TASK.c.number, TASK.c.code)
            .join(TASK, TASK.c.id == ATTACHMENT.c.task_id)
            .where(TASK.c.ledger_id == ledger_id)
            .order_by(TASK.c.position, TASK.c.id, ATTACHMENT.c.id)
        )
        return tuple(
            KeptFile(r.name, r.blob_hash, number=r.number, code=r.code)
            for r in self._connection.execute(query)
        )

    def all_returned_files(self, ledger_id: int) -> tuple[KeptFile, ...]:
        """Return every file that came back, by round and unit, the earliest first."""
        query = (
            select(
                RETURNED_FILE.c.name,
                RETURNED_FILE.c.blob_hash,
                ROUND.c.number.label("round"),
                UNIT.c.name.label("unit"),
            )
            .join(ROUND, ROUND.c.id == RETURNED_FILE.c.round_id)
            .outerjoin(UNIT, UNIT.c.id == RETURNED_FILE.c.unit_id)
            .where(ROUND.c.ledger_id == ledger_id)
            .order_by(ROUND.c.number, UNIT.c.position, UNIT.c.id, RETURNED_FILE.c.id)
        )
        return tuple(
            KeptFile(r.name, r.blob_hash, unit=r.unit or "", round=r.round)
            for r in self._connection.execute(query)
        )
