"""One returned file: whose it is, what form, what it says, what was found about it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.collection import CollectedFile, ProposedNote
from tracker.domain.joining import Said
from tracker.domain.returned import FileKind, FindingKind, Remark, Unplaced
from tracker.ops.collect_units import Guess, guess_unit
from tracker.tables.form_stamp import number_of, stamp_of
from tracker.tables.pipeline import read_table
from tracker.tables.returned import Placement, place_table
from tracker.tables.returned_form import is_our_form, mappings_by_code, read_form
from tracker.tables.returned_text import place_text

if TYPE_CHECKING:
    from tracker.domain.form import FormStamp
    from tracker.domain.table import Table
    from tracker.files.source import Source
    from tracker.ops.collect_facts import CollectFacts
    from tracker.ops.collect_files import ReadFile
    from tracker.tables.returned import Expected, PlacedWords

_ORIGINS = {FileKind.FORM: "form", FileKind.TABLE: "table", FileKind.TEXT: "text"}
_ROUND = re.compile(r"第\s*(\d{1,3})\s*期")
_MOST_TOLD = 3
_LONGEST_SHOWN = 24


@dataclass(frozen=True, slots=True)
class Collected:
    """A file, read and placed.

    Attributes:
        at: when it was last saved, as well as is known.
        tie: decides between files saved in one second, by when they were put into the folder.
    """

    file: CollectedFile
    notes: tuple[ProposedNote, ...]
    at: datetime
    tie: str

    def words(self) -> dict[int, tuple[str, ...]]:
        """Return what it says by task id."""
        return {note.task_id: said_by(note).words for note in self.notes}


@dataclass(frozen=True, slots=True)
class _Mark:
    """What tells which form a file is: its stamp, else its printed number."""

    unit: str = ""
    round: int | None = None
    is_ours: bool = True
    at: datetime | None = None
    stamp: FormStamp | None = None


def said_by(note: ProposedNote) -> Said:
    """Return a proposed note as words that are joined with others."""
    return Said(
        note.task_id,
        note.unit,
        note.said_at or datetime.max,
        note.tie,
        note.text,
        note.state,
        note.percent,
        note.problems,
        note.next_steps,
    )


def collect_one(
    read: ReadFile,
    facts: CollectFacts,
    claimed: int | None,
    *,
    as_this_round: bool,
    password: str | None,
) -> Collected:
    """Place what one file says.

    Args:
        read: the file.
        facts: what is stored.
        claimed: whose it is, as the clerk says; None where he says nothing.
        as_this_round: the clerk takes a form of another round for this one.
        password: what opened it.
    """
    found, source = read.found, read.source
    mark = _mark(source, facts, password) if source else _Mark()
    guess = _unit(read, facts, mark, claimed)
    kind, placement, remarks = read.kind or FileKind.TEXT, Placement(), []
    if source is None:
        remarks.append(Remark(FindingKind.UNREADABLE, read.problem))
        if guess.unit_id is None:
            remarks.append(Remark(FindingKind.UNKNOWN_UNIT, guess.reason))
    else:
        table = read_form(source, facts.is_label) if mark.round is not None else None
        table = table or _table(source)
        form = mark.round is not None or (table is not None and is_our_form(table))
        other = "" if as_this_round else _other_round(mark, table, facts, is_form=form)
        made_for = facts.finder.made_for(mark.unit) if mark.unit else None
        expected = facts.expected(None if other else guess.unit_id, made_for)
        expected = _renewed(expected, mark, facts, guess.unit_id)
        if mark.stamp is not None:
            expected = replace(expected, stamped=frozenset(mark.stamp.codes))
        kind, placement = _placed(source, table, facts, expected, is_form=form)
        remarks += _remarks(placement, guess, other)
    stored = facts.by_hash.get(found.hash)
    unit_id = guess.unit_id
    saved_at = facts.plausible(found.saved_at, unit_id)
    file = CollectedFile(
        path=found.path,
        name=found.name,
        hash=found.hash,
        unit_id=unit_id,
        unit=facts.finder.name(unit_id) if unit_id is not None else "",
        unit_reason=guess.reason,
        kind=kind,
        saved_at=saved_at,
        stamp=mark.stamp,
        remarks=tuple(remarks),
        unplaced=_still_settled(placement.unplaced, stored.unplaced if stored else ()),
        stored_id=stored.id if stored else None,
        content=found.content,
    )
    at = saved_at or found.changed_at or (stored.received_at if stored else datetime.max)
    tie = f"1{(found.changed_at or at).isoformat()}{found.hash}"
    notes = [_note(words, file, placement.by, facts) for words in placement.words]
    timed = tuple(replace(note, said_at=at, tie=tie) for note in notes)
    return Collected(file, timed, at, tie)


def _mark(source: Source, facts: CollectFacts, password: str | None) -> _Mark:
    stamp = stamp_of(source, password=password)
    if stamp is not None:
        known = sum(code in facts.known.tasks for code in stamp.codes)
        ours = stamp.ledger == facts.ledger.name or 2 * known > len(stamp.codes)
        return _Mark(stamp.unit, stamp.round, ours, stamp.at, stamp)
    number = number_of(source)
    if number is None:
        return _Mark()
    unit = facts.returns.get(number.unit_id)
    is_ours = number.ledger_id == facts.ledger.id
    return _Mark(unit.unit if unit and is_ours else "", number.round, is_ours)


def _unit(read: ReadFile, facts: CollectFacts, mark: _Mark, claimed: int | None) -> Guess:
    if claimed is not None:
        return Guess(claimed, "经办人认领")
    stored = facts.by_hash.get(read.found.hash)
    if stored is not None and stored.unit_id is not None:
        return Guess(stored.unit_id, "经办人认领")
    found = read.found
    return guess_unit(facts.finder, read.source, found.name, found.folder, mark.unit)


def _table(source: Source) -> Table | None:
    """Return the table of a file; codes stand for the tasks of a form whose column is gone."""
    try:
        return read_table(source, mappings=mappings_by_code(source))
    except UserError:
        return None


def _other_round(mark: _Mark, table: Table | None, facts: CollectFacts, *, is_form: bool) -> str:
    """Return in words of which other round or ledger a form is; empty where it is of this one."""
    if not mark.is_ours:
        of = f"“{mark.stamp.ledger}”" if mark.stamp else "另一个专项"
        return f"这是{of}的反馈表，不是“{facts.ledger.name}”的"
    number = mark.round
    if number is None and is_form and table is not None:
        lines = [table.title, *(skipped.text for skipped in table.skipped)]
        named = {int(n) for line in lines for n in _ROUND.findall(line)}
        number = named.pop() if len(named) == 1 else None
    if number is None or number == facts.round.number:
        return ""
    return f"这是第{number}期的反馈表，不是第{facts.round.number}期的"


def _renewed(expected: Expected, mark: _Mark, facts: CollectFacts, unit_id: int | None) -> Expected:
    """Say where the file is a form that was sent before the one that is compared with."""
    row = facts.returns.get(unit_id) if unit_id is not None else None
    if row is None or row.sent_at is None or mark.at is None or mark.at >= row.sent_at:
        return expected
    return replace(expected, renewed=True)


def _placed(
    source: Source, table: Table | None, facts: CollectFacts, expected: Expected, *, is_form: bool
) -> tuple[FileKind, Placement]:
    if table is not None:
        placed = place_table(source, table, facts.known, expected, is_form=is_form)
        if is_form or placed.matched:
            return (FileKind.FORM if is_form else FileKind.TABLE), placed
    placed = place_text(source, facts.known, expected)
    if is_form:
        return FileKind.FORM, placed
    return (FileKind.TEXT if table is None or placed.words else FileKind.TABLE), placed


def _remarks(placement: Placement, guess: Guess, other: str) -> list[Remark]:
    """Return what is to be told of a file; of one that is not placed at all, why it is not."""
    waiting = [words for words in placement.unplaced if not words.settled]
    if other:
        kept = f"，所填{len(waiting)}处文字没有计入，留待处理" if waiting else "，没有填写内容"
        remarks = [Remark(FindingKind.WRONG_ROUND, other + kept)]
    else:
        remarks = []
    if guess.unit_id is None:
        return [*remarks, Remark(FindingKind.UNKNOWN_UNIT, guess.reason)]
    if other:
        return remarks
    remarks += placement.remarks
    if waiting:
        remarks.append(Remark(FindingKind.UNPLACED_TEXT, _told(waiting)))
    return remarks


def _told(waiting: list[Unplaced]) -> str:
    shown = [f"{words.place}“{_short(words.text)}”" for words in waiting[:_MOST_TOLD]]
    more = f"等{len(waiting)}处" if len(waiting) > _MOST_TOLD else ""
    return f"没有归到任务的文字：{'；'.join(shown)}{more}"


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST_SHOWN else f"{flat[:_LONGEST_SHOWN]}…"


def _still_settled(
    found: tuple[Unplaced, ...], stored: tuple[Unplaced, ...]
) -> tuple[Unplaced, ...]:
    """Keep what the clerk did about words that stand there still."""
    settled = {(words.place, words.text): words.settled for words in stored}
    return tuple(
        replace(words, settled=settled.get((words.place, words.text), "") or words.settled)
        for words in found
    )


def _note(words: PlacedWords, file: CollectedFile, by: str, facts: CollectFacts) -> ProposedNote:
    if file.unit_id is None:
        raise LookupError(f"{file.name} has words but no unit")
    return ProposedNote(
        file=file.hash,
        code=words.code,
        task_id=facts.known.tasks[words.code].id,
        unit_id=file.unit_id,
        unit=file.unit,
        text=words.text,
        state=words.state,
        percent=words.percent,
        problems=words.problems,
        next_steps=words.next_steps,
        by=by,
        origin=_ORIGINS[file.kind],
        place=words.place,
    )
