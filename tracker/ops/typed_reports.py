"""Reports that the clerk types for a unit: a note each, taken into the entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.joining import Said, said_in
from tracker.ops.note_entries import take_in
from tracker.store.models import Note

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from tracker.domain.collection import EntryConflict
    from tracker.domain.entry import NoteRow
    from tracker.domain.ledger import RoundRow
    from tracker.ops.notes import NoteWords
    from tracker.ops.office import Office
    from tracker.store.models import Task, Unit
    from tracker.store.queries import View
    from tracker.store.work import Work


class Typing:
    """Adds notes of one unit in one round and takes them into the entries."""

    def __init__(
        self,
        office: Office,
        work: Work,
        round_: RoundRow,
        unit: Unit,
        *,
        origin: str,
        now: datetime,
        by: str = "",
        file_id: int | None = None,
    ) -> None:
        self._office = office
        self._work = work
        self._round = round_
        self._unit = unit
        self._origin = origin
        self._now = now
        self._by = by.strip()
        self._file = work.returned_file(file_id) if file_id is not None else None

    def add(self, reports: Mapping[str, NoteWords]) -> tuple[int, tuple[EntryConflict, ...]]:
        """Add what says anything; return how many notes these are and the entries left alone."""
        said = [self._note(code, words) for code, words in reports.items() if says(words)]
        with self._office.read() as view:
            return len(said), take_in(self._work, view, self._round, said)

    def _note(self, code: str, words: NoteWords) -> Said:
        task = self._work.task(code)
        if task.ledger_id != self._round.ledger_id:
            raise UserError(f"任务 {code} 不属于这个专项", "", "请检查任务编号")
        if task.withdrawn or task.merged_into_id is not None:
            raise UserError(f"任务 {code} 已撤回或并入其他任务", "", "请先恢复它，或换一项任务")
        state = words.state.strip()
        self._work.add(
            Note(
                task_id=task.id,
                round_id=self._round.id,
                unit_id=self._unit.id,
                text=words.text,
                state_text=state,
                percent=words.percent,
                problems=words.problems,
                next_steps=words.next_steps,
                by=self._by,
                at=self._now,
                origin=self._origin,
                file_id=self._file.id if self._file else None,
            )
        )
        return Said(
            task.id,
            self._unit.name,
            (self._file.saved_at if self._file else None) or self._now,
            self._file.blob_hash if self._file else "",
            words.text,
            state,
            words.percent,
            words.problems,
            words.next_steps,
        )


def says(words: NoteWords) -> bool:
    """Return whether anything at all was typed."""
    texts = (words.text, words.state, words.problems, words.next_steps)
    return words.percent is not None or any(text.strip() for text in texts)


def latest_note(view: View, round_: RoundRow, unit: Unit, task: Task) -> NoteRow | None:
    """Return what counts of a unit's reports on a task."""
    files = {file.id: file for file in view.returned_files(round_.id)}
    own = [n for n in view.round_notes(round_.id) if n.unit == unit.name and n.task_id == task.id]

    def order(note: NoteRow) -> tuple[datetime, str, int]:
        said = said_in(note, files)
        return said.at, said.place, note.id

    return max(own, key=order, default=None)
