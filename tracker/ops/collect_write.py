"""Writing a collection within one unit of work."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.joining import percent_words
from tracker.domain.terms import OPEN, Completion, RoundState
from tracker.ops.typed import state_in
from tracker.store.models import Entry, Note, ReturnedFile

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.base.progress import Progress
    from tracker.domain.collection import CollectedFile, Collection, EntryChange, ProposedNote
    from tracker.domain.returned import Remark, Unplaced
    from tracker.store.models import Round, Task
    from tracker.store.work import Work

_COLUMNS = {"progress": "text", "problems": "problems", "next_steps": "next_steps"}


def write_collection(
    work: Work, chosen: Collection, now: datetime, progress: Progress | None
) -> None:
    """Store files, notes and what they change.

    Raises:
        UserError: the round is closed, or what was compared is no longer so.
        Cancelled: the user asked to stop.
    """
    round_ = work.round_by_id(chosen.round_id)
    if round_.state == RoundState.CLOSED:
        raise UserError(f"第{round_.number}期已定稿，不能再收反馈表", "", "请先重新打开这一期")
    known = {file.blob_hash for file in work.returned_files(round_)}
    notes: dict[str, list[ProposedNote]] = defaultdict(list)
    for note in chosen.notes:
        notes[note.file].append(note)
    for place, file in enumerate(chosen.files):
        if progress is not None:
            progress.step("正在写入来件", place, len(chosen.files))
        if file.stored_id is None and file.hash in known:
            raise _changed_since(f"“{file.name}”已经收过")
        stored = _file(work, file, round_, now)
        work.add_all([_note_row(note, round_, stored.id, now) for note in notes[file.hash]])
    for each in chosen.restanding:
        row = work.returned_file(each.file_id)
        row.standing, row.remarks = each.standing.value, _remarks(each.remarks)
    write_entries(work, round_, chosen.update, progress)


def _file(work: Work, file: CollectedFile, round_: Round, now: datetime) -> ReturnedFile:
    """Return the stored file: a new row, or the one that was read anew."""
    if file.stored_id is not None:
        row = work.returned_file(file.stored_id)
    else:
        row = ReturnedFile(
            round_id=round_.id,
            name=file.name,
            blob_hash=work.keep(file.content),
            received_at=now,
            saved_at=file.saved_at,
        )
    row.unit_id, row.kind, row.standing = file.unit_id, file.kind.value, file.standing.value
    row.remarks, row.unplaced = _remarks(file.remarks), _unplaced(file.unplaced)
    if file.stored_id is None:
        work.add(row)
    return row


def _remarks(remarks: Sequence[Remark]) -> list[dict[str, str]]:
    return [asdict(remark) | {"kind": remark.kind.value} for remark in remarks]


def _unplaced(unplaced: Sequence[Unplaced]) -> list[dict[str, str]]:
    return [asdict(words) for words in unplaced]


def _note_row(note: ProposedNote, round_: Round, file_id: int, now: datetime) -> Note:
    return Note(
        task_id=note.task_id,
        round_id=round_.id,
        unit_id=note.unit_id,
        text=note.text,
        state_text=note.state,
        percent=note.percent,
        problems=note.problems,
        next_steps=note.next_steps,
        by=note.by,
        at=now,
        origin=note.origin,
        file_id=file_id,
    )


def write_entries(
    work: Work, round_: Round, changes: Sequence[EntryChange], progress: Progress | None = None
) -> None:
    """Write what reports change in a round's entries, to the letter, within a unit of work.

    Raises:
        UserError: a task or an entry is no longer what was compared.
        Cancelled: the user asked to stop.
    """
    tasks = {task.code: task for task in work.tasks(work.ledger(round_.ledger_id))}
    entries = work.entries(round_)
    for place, change in enumerate(changes):
        if progress is not None and place % 20 == 0:
            progress.step("正在写入核定稿", place, len(changes))
        task = tasks.get(change.task)
        if task is None:
            raise _changed_since(f"任务 {change.task} 已不在台账里")
        entry = entries.get(task.id)
        if entry is None:
            entry = Entry(task_id=task.id, round_id=round_.id, text="", extra=[])
            entry.state_text = entry.problems = entry.next_steps = entry.remark = ""
            work.add(entry)
            entries[task.id] = entry
        if _stored(entry, change.field) != change.old:
            raise _changed_since(f"任务 {change.task} 的核定稿与核对时不同")
        _write(task, entry, change)


def _stored(entry: Entry, name: str) -> str:
    if name == "percent":
        return percent_words(entry.percent)
    return str(entry.state_text if name == "state" else getattr(entry, _COLUMNS[name]))


def _write(task: Task, entry: Entry, change: EntryChange) -> None:
    entry.carried = False
    if change.field == "percent":
        entry.percent = change.percent
    elif change.field == "state":
        _write_state(task, entry, change.new)
    else:
        setattr(entry, _COLUMNS[change.field], change.new)


def _write_state(task: Task, entry: Entry, words: str) -> None:
    """Write a state that a unit reports; that a task is done or closed only the office says."""
    completion, pace = state_in(words)
    entry.state_text, entry.completion, entry.pace = words, completion, pace
    if completion in OPEN and Completion(task.completion) in OPEN:
        task.completion = completion


def _changed_since(why: str) -> UserError:
    return UserError("台账在核对之后又被改动，没有写入任何内容", why, "请重新收一次")
