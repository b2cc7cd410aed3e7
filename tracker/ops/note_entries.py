"""Reports that came by hand (原报) into the entries (核定稿), as collecting does with files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.joining import (
    NOTHING_SAID,
    EntryStanding,
    Said,
    Speakers,
    changes_of,
    joined_entry,
    said_in,
)
from tracker.domain.terms import Completion
from tracker.ops.board_facts import round_before
from tracker.ops.collect_write import write_entries
from tracker.ops.typed import state_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.collection import EntryChange, EntryConflict
    from tracker.domain.ledger import RoundRow
    from tracker.store.queries import View
    from tracker.store.work import Work


def take_in(
    work: Work, view: View, round_: RoundRow, said: Sequence[Said]
) -> tuple[EntryConflict, ...]:
    """Write what was reported just now into the entries that nobody edited; return the others.

    Args:
        work: the unit of work in which the notes were added.
        view: the database as it was before.
        round_: the round they were added to.
        said: what they say.
    """
    if not said:
        return ()
    speakers = Speakers(view.assigned(round_.ledger_id), view.units())
    files = {file.id: file for file in view.returned_files(round_.id)}
    stored = [said_in(note, files) for note in view.round_notes(round_.id)]
    before_by_task, now_by_task = speakers.latest(stored), speakers.latest([*stored, *said])
    entries = view.entries(round_.id)
    before = round_before(view, round_)
    texts = view.entries(before.id) if before else {}
    tasks = {task.id: task for task in view.tasks(round_.ledger_id)}
    changes: list[EntryChange] = []
    waiting: list[EntryConflict] = []
    for task_id in dict.fromkeys(one.task_id for one in said):
        earlier = before_by_task.get(task_id)
        joined = joined_entry(earlier) if earlier else NOTHING_SAID
        standing = EntryStanding(entries.get(task_id), texts.get(task_id), joined)
        code = tasks[task_id].code
        update, conflict = changes_of(code, standing, joined_entry(now_by_task[task_id]), _is_known)
        changes += update
        waiting += conflict
    write_entries(work, work.round_by_id(round_.id), changes)
    return tuple(waiting)


def _is_known(words: str) -> bool:
    """Tell whether a word for the state is understood; a unit does not close its own task."""
    completion, pace = state_in(words)
    return completion is not Completion.CLOSED and (completion is not None or pace is not None)
