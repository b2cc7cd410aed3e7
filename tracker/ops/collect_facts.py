"""What is stored of a round, as collecting its files needs it; read once."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.form import SIGNATURE, FormRow
from tracker.domain.joining import Speakers, percent_words, stored_tie
from tracker.domain.reporting import reporting_of
from tracker.domain.returned import FileKind, FindingKind
from tracker.domain.terms import ROLE_WORDS
from tracker.ops.board import missing_units
from tracker.ops.board_facts import heirs_of
from tracker.ops.collect_files import FoundFile
from tracker.ops.collect_standing import HeldFile
from tracker.ops.collect_units import UnitFinder
from tracker.tables.returned import Expected
from tracker.tables.returned_match import KnownTasks

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date, datetime

    from tracker.domain.board import Missing
    from tracker.domain.collection import Collection as Collected_
    from tracker.domain.entry import EntryRow, NoteRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.reporting import Duty
    from tracker.domain.returned import ReturnedFileRow, ReturnRow
    from tracker.ops.collect_one import Collected
    from tracker.ops.collect_standing import Words
    from tracker.ops.office import Office

_WORDS = "form_words.toml"
_PLACEHOLDER = re.compile(r"\\\{[^{}]+\\\}")
_FORM_NUMBER = r"表号[：:][\s\d\-－–—]+"


@dataclass(slots=True)
class CollectFacts:
    """What is stored of a ledger and a round.

    Attributes:
        returns: what units were sent, by unit id.
        report_duties: gives what units are to report on where no form was sent, by unit id.
        entries, entries_before: of this round and the one before, by task id.
        notes, files: what was reported and came back in this round so far.
    """

    ledger: LedgerRow
    round: RoundRow
    known: KnownTasks
    finder: UnitFinder
    speakers: Speakers
    returns: Mapping[int, ReturnRow]
    report_duties: Callable[[], Mapping[int, tuple[Duty, ...]]]
    entries: Mapping[int, EntryRow]
    entries_before: Mapping[int, EntryRow]
    notes: tuple[NoteRow, ...]
    files: tuple[ReturnedFileRow, ...]
    is_label: Callable[[str], bool]
    by_hash: dict[str, ReturnedFileRow] = field(default_factory=dict)
    _expected: dict[tuple[int, int], Expected] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_hash = {row.blob_hash: row for row in self.files}

    def number_of(self, task_id: int) -> str:
        """Return how a task is called in a sentence, by its id."""
        code = next((c for c, t in self.known.tasks.items() if t.id == task_id), "")
        return self.known.number(code) if code else "一项已撤回的任务"

    def expected(self, unit_id: int | None, made_for: int | None = None) -> Expected:
        """Return what a file of the unit is compared with.

        Args:
            made_for: the unit that the form was made for, where a reform has given its place to
                this one since: the rows are those that were sent to it.
        """
        if unit_id is None:
            return Expected(is_label=self.is_label)
        sender = made_for if made_for is not None and self._was_sent(made_for) else unit_id
        key = (unit_id, sender)
        if key not in self._expected:
            sent = self.returns[sender].sent if sender in self.returns else ()
            rows = sent or tuple(map(_row_of, self.report_duties().get(unit_id, ())))
            self._expected[key] = Expected(
                {row.code: row for row in rows if row.code in self.known.tasks},
                lambda code: self.speakers.has_duty(self.known.tasks[code].id, unit_id),
                {row.code: row for row in rows if row.code not in self.known.tasks},
                is_sent=bool(sent),
                is_label=self.is_label,
            )
        return self._expected[key]

    def _was_sent(self, unit_id: int) -> bool:
        return unit_id in self.returns and bool(self.returns[unit_id].sent)

    def plausible(self, saved_at: datetime | None, unit_id: int | None) -> datetime | None:
        """Return when a file was saved; None where it says a day before the form was sent.

        Some programs keep the moment of the template they start from.
        """
        row = self.returns.get(unit_id) if unit_id is not None else None
        if saved_at is None or row is None or row.sent_at is None:
            return saved_at
        return saved_at if saved_at.date() >= row.sent_at.date() else None

    def is_to_read(self, digest: str, again: Collection[str], *, unlocked: bool) -> bool:
        """Tell whether a file is new, or there is a reason to read it anew."""
        row = self.by_hash.get(digest)
        if row is None:
            return True
        if any(note.file_id == row.id for note in self.notes):
            return False
        claimed_since = row.unit_id is not None and FindingKind.UNKNOWN_UNIT in _kinds(row)
        return digest in again or claimed_since or (unlocked and row.kind is FileKind.UNREADABLE)

    def from_store(self, office: Office, digest: str) -> Iterator[FoundFile]:
        """Yield a file of this round as it is stored."""
        row = self.by_hash.get(digest)
        if row is not None:
            with office.read() as view:
                content = view.blob(digest)
            if content is not None:
                yield FoundFile(row.name, row.name, "", digest, content, row.saved_at, None)

    def is_as_stored(self, one: Collected) -> bool:
        """Tell whether a file that was read anew says what is stored of it already."""
        row = next((row for row in self.files if row.id == one.file.stored_id), None)
        if row is None or one.notes:
            return False
        told = {(r.kind, r.detail) for r in row.remarks} >= {
            (r.kind, r.detail) for r in one.file.remarks
        }
        words = {(u.place, u.text) for u in row.unplaced} == {
            (u.place, u.text) for u in one.file.unplaced
        }
        return (row.unit_id, row.kind) == (one.file.unit_id, one.file.kind) and told and words

    def held(self, without: Collection[int | None]) -> Iterator[HeldFile]:
        """Yield the stored files with what they say, but for those that are read anew."""
        words: dict[int, dict[int, Words]] = defaultdict(dict)
        for note in self.notes:
            if note.file_id is not None:
                shown = percent_words(note.percent)
                said = (note.text, note.state_text, shown, note.problems, note.next_steps)
                words[note.file_id][note.task_id] = said
        for row in self.files:
            if row.id not in without:
                at = row.saved_at or row.received_at
                yield HeldFile(at, stored_tie(row), words[row.id], row=row)

    def missing(
        self, office: Office, collection: Collected_, today: date | None
    ) -> tuple[Missing, ...]:
        """Return who is missing once the collection is stored."""
        if today is None:
            return ()
        besides = _speaking(collection)
        with office.read() as view:
            units = view.units()
            heirs = heirs_of(units, view.gone_units())
        names = {unit.id: unit.name for unit in units}
        for unit in units:
            if unit.name in besides:
                besides |= {names[heir] for heir in heirs.get(unit.id, ())}
        return missing_units(office, self.ledger, self.round, today, besides=besides)


def _speaking(collection: Collected_) -> set[str]:
    """Return the units whose files say anything, be it unread or without a place."""
    noted = {note.file for note in collection.notes}
    unread = (FileKind.SCAN, FileKind.UNREADABLE)
    return {
        file.unit
        for file in collection.files
        if file.hash in noted
        or file.kind in unread
        or any(not words.settled for words in file.unplaced)
    }


def _kinds(row: ReturnedFileRow) -> set[FindingKind]:
    return {remark.kind for remark in row.remarks}


def collect_facts(office: Office, ledger: LedgerRow, round_: RoundRow) -> CollectFacts:
    """Read what is stored of a round."""
    with office.read() as view:
        tasks, units = view.tasks(ledger.id), view.units()
        assigned = view.assigned(ledger.id)
        earlier = [r for r in view.rounds(ledger.id) if r.number < round_.number]
        entries = view.entries(round_.id)
        before = view.entries(earlier[-1].id) if earlier else {}
        return CollectFacts(
            ledger,
            round_,
            KnownTasks(tasks, (entries, before)),
            UnitFinder(units, heirs_of(units, view.gone_units())),
            Speakers(assigned, units),
            {row.unit_id: row for row in view.returns(round_.id)},
            cache(lambda: reporting_of(tasks, assigned, units).duties),
            entries,
            before,
            view.round_notes(round_.id),
            view.returned_files(round_.id),
            label_test(),
        )


def _row_of(duty: Duty) -> FormRow:
    task = duty.task
    deadline = task.deadline.text if task.deadline else ""
    return FormRow(task.code, task.number, task.text, ROLE_WORDS[duty.role], deadline)


def label_test() -> Callable[[str], bool]:
    """Return what tells a text that our form prints beside its table, as the office words it."""
    words = load(_WORDS)
    pieces = [*words["line"], *words["guide"], words["filled_on"], words["seal"]]
    patterns = [_pattern(piece, r"[^\s。]*") for piece in pieces]
    patterns += [re.escape(label) for label in SIGNATURE.values()]
    rest = re.compile("|".join([*patterns, _FORM_NUMBER]))
    title = re.compile(_pattern(words["title"], r"[^。]{0,60}") + r"\s*(?:[（(]第\d+期[）)])?")

    def is_label(text: str) -> bool:
        if title.fullmatch(text.strip()):
            return True
        left = rest.sub("", text)
        return len(left) < len(text) and not left.strip(" 　\t\n：:")

    return is_label


def _pattern(words: str, placeholder: str) -> str:
    return _PLACEHOLDER.sub(lambda _found: placeholder, re.escape(words))
