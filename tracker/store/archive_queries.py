"""Reads about the files of a ledger: documents, evidence, returned files."""

from __future__ import annotations

from sqlalchemy import select

from tracker.domain.archive import KeptFile
from tracker.store.models import Attachment, Document, ReturnedFile, Round, Task, Unit
from tracker.store.slip_queries import SlipView


class ArchiveView(SlipView):
    """The queries about kept files."""

    def document_files(self, ledger_id: int) -> tuple[KeptFile, ...]:
        """Return the original files of a ledger's documents, the oldest first.

        A task that was taken over from another year brings its document with it.
        """
        of_tasks = select(Task.document_id).where(Task.ledger_id == ledger_id)
        query = select(Document.title, Document.file_name, Document.blob_hash).where(
            (Document.ledger_id == ledger_id) | Document.id.in_(of_tasks),
            Document.blob_hash.is_not(None),
        )
        rows = self._connection.execute(query.order_by(Document.id))
        return tuple(
            KeptFile(r.file_name or r.title, r.blob_hash) for r in rows if r.blob_hash is not None
        )

    def evidence_files(self, ledger_id: int) -> tuple[KeptFile, ...]:
        """Return the files kept with a ledger's tasks, in the printed order of the tasks."""
        query = (
            select(Attachment.name, Attachment.blob_hash, Task.number, Task.code)
            .join(Task, Task.id == Attachment.task_id)
            .where(Task.ledger_id == ledger_id)
            .order_by(Task.position, Task.id, Attachment.id)
        )
        return tuple(
            KeptFile(r.name, r.blob_hash, number=r.number, code=r.code)
            for r in self._connection.execute(query)
        )

    def all_returned_files(self, ledger_id: int) -> tuple[KeptFile, ...]:
        """Return every file that came back, by round and unit, the earliest first."""
        query = (
            select(
                ReturnedFile.name,
                ReturnedFile.blob_hash,
                Round.number.label("round"),
                Unit.name.label("unit"),
            )
            .join(Round, Round.id == ReturnedFile.round_id)
            .outerjoin(Unit, Unit.id == ReturnedFile.unit_id)
            .where(Round.ledger_id == ledger_id)
            .order_by(Round.number, Unit.position, Unit.id, ReturnedFile.id)
        )
        return tuple(
            KeptFile(r.name, r.blob_hash, unit=r.unit or "", round=r.round)
            for r in self._connection.execute(query)
        )
