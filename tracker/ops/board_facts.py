"""What is stored of a round's returns, read at one moment and sorted by unit."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tracker.domain.reporting import reporting_of
from tracker.domain.returned import ReturnRow
from tracker.domain.terms import OPEN
from tracker.domain.unit import UnitNames

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.domain.entry import EntryRow, NoteRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.reporting import Assigned, Duty
    from tracker.domain.returned import ReturnedFileRow
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow
    from tracker.domain.unit_gone import Gone
    from tracker.store.queries import View

Texts = dict[int, str]
"""A text by task id."""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is stored of one unit in one round.

    Attributes:
        tasks: what it reports on: the tasks of its form that still stand, else those of its duty.
        still_asked: at least one of them is still worked on and still its own.
        notes: its latest note by task id.
        typed: ids of those tasks whose entry the office itself wrote since, with no note behind it.
    """

    unit: UnitRow
    returned: ReturnRow
    tasks: tuple[TaskRow, ...] = ()
    still_asked: bool = False
    files: tuple[ReturnedFileRow, ...] = ()
    notes: Mapping[int, NoteRow] = field(default_factory=dict)
    typed: frozenset[int] = frozenset()

    @property
    def said(self) -> dict[int, NoteRow]:
        """The notes that say anything."""
        return {task_id: note for task_id, note in self.notes.items() if has_words(note)}

    @property
    def filled(self) -> tuple[str, ...]:
        """The codes of its tasks on which it said something, or the office wrote for it."""
        said = self.said
        return tuple(t.code for t in self.tasks if t.id in said or t.id in self.typed)


@dataclass(frozen=True, slots=True)
class RoundFacts:
    """What is stored of a round's returns.

    Attributes:
        units: every unit that is asked or did something, in official order.
        by_form: a form was sent to somebody.
        before: the texts of the round before by task id: what was printed.
    """

    round: RoundRow
    units: tuple[UnitFacts, ...]
    files: tuple[ReturnedFileRow, ...]
    by_form: bool
    before: Texts = field(default_factory=dict)


def has_words(note: NoteRow) -> bool:
    """Return whether a note says anything at all."""
    texts = (note.text, note.state_text, note.problems, note.next_steps)
    return note.percent is not None or any(text.strip() for text in texts)


def round_before(view: View, round_: RoundRow) -> RoundRow | None:
    """Return the round before this one in its ledger."""
    earlier = [row for row in view.rounds(round_.ledger_id) if row.number < round_.number]
    return earlier[-1] if earlier else None


def read_facts(view: View, ledger: LedgerRow, round_: RoundRow) -> RoundFacts:
    """Return what is stored of a round's returns."""
    units = view.units()
    returns = {row.unit_id: row for row in view.returns(round_.id)}
    before = round_before(view, round_)
    texts = _texts(view.entries(before.id)) if before else {}
    notes = _notes_by_unit(view.round_notes(round_.id), units)
    files = view.returned_files(round_.id)
    owned: dict[int, list[ReturnedFileRow]] = defaultdict(list)
    for file in files:
        if file.unit_id is not None:
            owned[file.unit_id].append(file)
    by_form = any(row.sent_at for row in returns.values())
    assigned = view.assigned(ledger.id)
    asked = _Asked(view.tasks(ledger.id), assigned, units)
    notes = _handed_down(notes, heirs_of(units, view.gone_units()), assigned)
    entries = _Entries(view, round_, texts, frozenset(t for n in notes.values() for t in n))
    found = []
    for unit in units:
        row = returns.get(unit.id) or ReturnRow(0, round_.id, unit.id, unit.name)
        own = notes.get(unit.id, {})
        tasks, still = asked.of(row, own)
        if not (tasks or own or unit.id in returns or unit.id in owned):
            continue
        typed = entries.typed(tasks, row.sent_at, by_form=by_form)
        found.append(UnitFacts(unit, row, tasks, still, tuple(owned[unit.id]), own, typed))
    return RoundFacts(round_, tuple(found), files, by_form, texts)


def _texts(entries: Mapping[int, EntryRow]) -> Texts:
    return {task_id: entry.text for task_id, entry in entries.items()}


def _notes_by_unit(
    notes: Sequence[NoteRow], units: Sequence[UnitRow]
) -> dict[int, dict[int, NoteRow]]:
    """Return the latest note of each unit by task id; notes come the earliest first."""
    ids = {unit.name: unit.id for unit in units}
    found: dict[int, dict[int, NoteRow]] = defaultdict(dict)
    for note in notes:
        if note.unit in ids:
            found[ids[note.unit]][note.task_id] = note
    return found


def heirs_of(units: Sequence[UnitRow], gone: Mapping[int, Gone]) -> dict[int, tuple[int, ...]]:
    """Return by id of each abolished unit those that may have taken over its tasks."""
    names = UnitNames.of(units)
    found = {}
    for unit in units:
        if unit.is_abolished:
            standing = names.standing(unit.id)
            into = tuple(each.id for each in gone[standing].into) if standing in gone else ()
            found[unit.id] = into or (standing,)
    return found


def _handed_down(
    notes: dict[int, dict[int, NoteRow]],
    heirs: Mapping[int, tuple[int, ...]],
    assigned: Sequence[Assigned],
) -> dict[int, dict[int, NoteRow]]:
    """Let what an abolished unit said on a task count for those that took the task over.

    Nobody is called missing for a task on which the unit before it has reported in this round.
    """
    if not heirs.keys() & notes.keys():
        return notes
    holders = {(each.unit_id, each.task_id) for each in assigned}
    found = defaultdict(dict, {unit_id: dict(own) for unit_id, own in notes.items()})
    for unit_id, into in heirs.items():
        for task_id, note in notes.get(unit_id, {}).items():
            for heir in into:
                if heir != unit_id and (heir, task_id) in holders:
                    found[heir].setdefault(task_id, note)
    return found


class _Asked:
    """Knows what a unit is asked for: the tasks of its form, else those of its duty."""

    def __init__(
        self, tasks: Sequence[TaskRow], assigned: Sequence[Assigned], units: Sequence[UnitRow]
    ) -> None:
        self._by_id = {task.id: task for task in tasks}
        self._by_code = {task.code: task for task in tasks}
        self._duties = reporting_of(tasks, assigned, units).duties
        self._wide = reporting_of(tasks, assigned, units, cooperating=True).duties
        collective = {unit.id for unit in units if unit.is_collective}
        # Whom a collective name stood for when the form was sent, the clerk may have said himself.
        self._anybody = {a.task_id for a in assigned if a.unit_id in collective}
        self._holders = {(a.unit_id, a.task_id) for a in assigned}

    def of(self, row: ReturnRow, notes: Mapping[int, NoteRow]) -> tuple[tuple[TaskRow, ...], bool]:
        """Return a unit's tasks, and whether one of them is still to be reported on."""
        if row.sent_at is None:
            duties: Sequence[Duty] = self._duties.get(row.unit_id, ())
            ids = dict.fromkeys([duty.task.id for duty in duties] + list(notes))
            return tuple(self._by_id[i] for i in ids if i in self._by_id), bool(duties)
        sent = [self._by_code[r.code] for r in row.sent if r.code in self._by_code]
        own = {duty.task.id for duty in self._wide.get(row.unit_id, ())} | self._anybody
        still = any(t.completion in OPEN and t.id in own for t in sent)
        # What a reform has handed to another unit since is no gap in the form.
        kept = [t for t in sent if t.id in notes or not self._went(row.unit_id, t)]
        return tuple(kept or sent), still

    def _went(self, unit_id: int, task: TaskRow) -> bool:
        has = (unit_id, task.id) in self._holders or task.id in self._anybody
        return bool(task.earlier) and not has


class _Entries:
    """Knows which entries the office wrote itself instead of collecting them.

    A clerk who was told on the phone may type into the ledger at once; that unit did report.
    """

    def __init__(self, view: View, round_: RoundRow, before: Texts, noted: frozenset[int]) -> None:
        self._view = view
        self._entries = view.entries(round_.id)
        self._before = before
        self._noted = noted
        self._changed: dict[datetime, frozenset[int]] = {}

    def typed(
        self, tasks: Sequence[TaskRow], sent_at: datetime | None, *, by_form: bool
    ) -> frozenset[int]:
        """Return the ids of the tasks whose entry was written by the office."""
        if by_form and sent_at is None:
            return frozenset()
        return frozenset(
            task.id for task in tasks if task.id not in self._noted and self._own(task.id, sent_at)
        )

    def _own(self, task_id: int, sent_at: datetime | None) -> bool:
        entry = self._entries.get(task_id)
        if entry is None or entry.carried or not entry.text.strip():
            return False
        if entry.text == self._before.get(task_id, ""):
            return False
        return sent_at is None or entry.id in self._since(sent_at)

    def _since(self, moment: datetime) -> frozenset[int]:
        if moment not in self._changed:
            changed = self._view.changed_since(moment, "entry")
            self._changed[moment] = frozenset(
                row_id for row_id, columns in changed.items() if "text" in columns
            )
        return self._changed[moment]
