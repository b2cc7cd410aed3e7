"""The lines of one returned file: reports, disputed cells, words without a place, changed texts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from tracker.domain.returned import FINDING_WORDS, Standing
from tracker.domain.terms import FIELD_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.collection import (
        CollectedFile,
        EntryChange,
        EntryConflict,
        ProposedNote,
    )
    from tracker.domain.returned import Remark
    from tracker.ui.returns.gathered import Gathered

NOTHING = "（空）"


class Result(Enum):
    """What becomes of a line; the value is the word on its counter."""

    WAITING = "待定"
    UPDATE = "更新"
    SAME = "一致"


class What(Enum):
    """What a line is about; the value is the word for it."""

    REPORT = "反馈"
    DISPUTE = "两处不一"
    WORDS = "没有归到任务的文字"
    FOUND = "发现"


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """One line of the review.

    Attributes:
        group: the counter it stands under; None for what is only to be seen.
        file: hash of the file.
        code: of the task; empty for none.
        title: the task's number and words, or where the words stand.
        old, new: what stood before, and what the file says.
        old_word, new_word: what each of the two is.
        state, percent: as reported, where they changed behind the old ones.
        changes: cells of the entry that would be written.
        place: of words without a task: their place among the file's.
    """

    group: Result | None
    what: What
    file: str
    code: str
    title: str
    old: str
    new: str
    old_word: str
    new_word: str
    state: str = ""
    percent: str = ""
    note: ProposedNote | None = None
    conflict: EntryConflict | None = None
    changes: tuple[EntryChange, ...] = ()
    remark: Remark | None = None
    place: int = -1

    @property
    def key(self) -> tuple[str, str]:
        """What a decision on a disputed cell is kept under."""
        return (self.code, self.conflict.field if self.conflict is not None else "")


def lines_of(gathered: Gathered) -> dict[str, list[ReturnLine]]:
    """Return the lines of each file, by its hash: what waits first, then reports by task."""
    collection = gathered.collection
    changes: dict[str, list[EntryChange]] = {}
    for change in collection.update:
        changes.setdefault(change.task, []).append(change)
    conflicts: dict[str, list[EntryConflict]] = {}
    for conflict in collection.conflict:
        conflicts.setdefault(conflict.task, []).append(conflict)
    order = {code: place for place, code in enumerate(gathered.tasks)}
    notes: dict[str, list[ProposedNote]] = {}
    for note in collection.notes:
        notes.setdefault(note.file, []).append(note)
    found: dict[str, list[ReturnLine]] = {}
    for file in collection.files:
        held = sorted(notes.get(file.hash, ()), key=lambda note: order.get(note.code, len(order)))
        disputed = {note.code: None for note in held}
        found[file.hash] = [
            *(_dispute(gathered, file, c) for code in disputed for c in conflicts.get(code, ())),
            *_words(file),
            *_found(gathered, file),
            *(_report(gathered, file, note, tuple(changes.get(note.code, ()))) for note in held),
        ]
    return found


def _report(
    gathered: Gathered, file: CollectedFile, note: ProposedNote, changes: tuple[EntryChange, ...]
) -> ReturnLine:
    """Return what a unit reports on a task; where it said more later, that goes to the entry."""
    is_over = file.standing is Standing.EARLIER
    before = gathered.before.get(note.task_id)
    percent = "" if note.percent is None else f"{note.percent:g}%"
    return ReturnLine(
        None if is_over else (Result.UPDATE if changes else Result.SAME),
        What.REPORT,
        note.file,
        note.code,
        gathered.title(note.code),
        before.text if before is not None else "",
        note.text,
        "上期",
        "本期反馈",
        _moved(before.state_text if before is not None else "", note.state),
        percent,
        note=note,
        changes=() if is_over else changes,
    )


def _moved(old: str, new: str) -> str:
    return f"{old} → {new}" if old and new and old != new else new


def _dispute(gathered: Gathered, file: CollectedFile, conflict: EntryConflict) -> ReturnLine:
    """Return a cell on which the stored entry and the reports, or two reports, disagree."""
    own = conflict.sources.index(file.unit) if file.unit in conflict.sources else 1
    word = FIELD_WORDS.get(conflict.field, conflict.field)
    return ReturnLine(
        Result.WAITING,
        What.DISPUTE,
        file.hash,
        conflict.task,
        f"【{word}】{gathered.title(conflict.task)}",
        conflict.values[0] if own else "",
        conflict.values[own],
        conflict.sources[0] if own else "",
        conflict.sources[own],
        conflict=conflict,
    )


def _words(file: CollectedFile) -> Iterator[ReturnLine]:
    for place, words in enumerate(file.unplaced):
        if not words.settled:
            yield ReturnLine(
                Result.WAITING,
                What.WORDS,
                file.hash,
                "",
                words.place,
                "",
                words.text,
                "",
                "来件原文",
                place=place,
            )


def _found(gathered: Gathered, file: CollectedFile) -> Iterator[ReturnLine]:
    """Yield the findings that are a difference; the others stand above the lines in words."""
    for remark in file.remarks:
        if remark.old or remark.new:
            title = gathered.title(remark.task) if remark.task else remark.detail
            yield ReturnLine(
                None,
                What.FOUND,
                file.hash,
                remark.task,
                title,
                remark.old,
                remark.new,
                "发出时",
                f"{FINDING_WORDS[remark.kind]}（不采用）",
                remark=remark,
            )
