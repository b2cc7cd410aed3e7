"""Cells of the ledger changed together: pasted from a sheet, or words replaced; one step each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.cell_change import FIELD_WORDS, TEXTS, CellChange, CellChanges, Field
from tracker.domain.terms import COMPLETION_WORDS, Completion
from tracker.ops.deadline_words import understand_deadline
from tracker.ops.entries import EntryWords, write_in
from tracker.ops.outcome import Outcome
from tracker.ops.tasks import TaskWords, change_fields
from tracker.ops.typed import state_in
from tracker.ops.units import Registrar
from tracker.text.cells import cells_of
from tracker.text.numerals import to_half_width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date, datetime

    from tracker.domain.browse import StoredLine
    from tracker.domain.ledger import RoundRow
    from tracker.ops.office import Office

_JOINT = "、"
_PERCENT = re.compile(r"(\d+(?:\.\d+)?)\s*([%％]?)")
_WHOLE = 100.0


def plan_paste(
    office: Office,
    ids: Sequence[int],
    fields: Sequence[Field | None],
    text: str,
    *,
    round_: RoundRow | None,
    today: date,
) -> CellChanges:
    """Return what pasting a copied range would change.

    Args:
        ids: the tasks from the first chosen row on, in the order of the list. A range of one row
            goes into each of them, one of several rows into as many as it has.
        fields: the columns from the first chosen cell on; None for one that takes no paste.
        text: the copied range as plain text.
        round_: the round whose entries are filled in.
        today: gives a deadline its year.
    """
    rows = cells_of(text)
    if len(rows) == 1:
        rows = rows * len(ids)
    wanted = [
        (task, field, cell)
        for task, row in zip(ids, rows, strict=False)
        for field, cell in zip(fields, row, strict=False)
    ]
    filled = [(task, field, cell) for task, field, cell in wanted if cell.strip()]
    with office.read() as view:
        lines = {line.id: line for line in view.lines(ids[: len(rows)], _id(round_))}
    cells = [
        _pasted(lines[task], field, cell, today) for task, field, cell in filled if task in lines
    ]
    changed = tuple(cell for cell in cells if cell is not None)
    return CellChanges(
        changed,
        same=len(cells) - len(changed),
        empty=len(wanted) - len(filled),
        beyond=max(0, len(rows) - len(ids)),
        outside=sum(bool(cell.strip()) for row in rows for cell in row[len(fields) :]),
    )


def _pasted(line: StoredLine, field: Field | None, words: str, today: date) -> CellChange | None:
    """Return the change of one cell; None where it says so already."""
    if field is None:
        return CellChange(
            line.id, line.code, line.number, Field.NOTE, "", words, "这一栏不能粘贴，请在任务里修改"
        )
    old, new = _stored(line, field), words.strip()
    problem = _problem(line, field, new, today)
    if field is Field.PERCENT and not problem:
        new = f"{_percent(new):g}%"
    if new in (old, old.strip()) or (field is Field.STATE and new == _shown_state(line)):
        return None
    return CellChange(line.id, line.code, line.number, field, old, new, problem)


def _shown_state(line: StoredLine) -> str:
    """Return the state that the list shows where the office has written none, or cannot."""
    entry = line.entry
    is_own = entry is not None and entry.state_text and line.completion is not Completion.CLOSED
    return "" if is_own else COMPLETION_WORDS[line.completion]


def _stored(line: StoredLine, field: Field) -> str:
    entry = line.entry
    if field is Field.DEADLINE:
        return line.deadline.text if line.deadline else ""
    if field is Field.PERSONS:
        return _JOINT.join(line.persons)
    if entry is None:
        return ""
    if field is Field.PERCENT:
        return "" if entry.percent is None else f"{entry.percent:g}%"
    return {
        Field.PROGRESS: entry.text,
        Field.STATE: entry.state_text,
        Field.PROBLEMS: entry.problems,
        Field.NEXT_STEPS: entry.next_steps,
        Field.NOTE: entry.remark,
    }[field]


def _problem(line: StoredLine, field: Field, words: str, today: date) -> str:
    """Say why a cell cannot be written so; nothing where it can."""
    if field is Field.STATE and state_in(words)[0] is Completion.CLOSED:
        return "销号要写明完成情况、确认人和佐证，请用“任务 → 销号”"
    if field is Field.PERCENT and _percent(words) is None:
        return "看不懂完成率，请写成0到100之间的数，如 85%"
    if field is Field.DEADLINE:
        since = line.instruction.on if line.instruction else None
        deadline = understand_deadline(words, today, since)
        if deadline is None or (deadline.date is None and deadline.doubtful):
            return "看不懂时限，请写成日期（2026-09-30）或“9月底前”“长期坚持”"
    return ""


def _percent(words: str) -> float | None:
    """Return a share typed as “85%” or “85”; a fraction without a sign could mean two things."""
    found = _PERCENT.fullmatch(to_half_width(words))
    if found is None:
        return None
    value = float(found[1])
    is_fraction = 0 < value < 1 and not found[2]
    return value if value <= _WHOLE and not is_fraction else None


def plan_replacing(
    office: Office,
    ids: Sequence[int],
    words: str,
    instead: str,
    *,
    round_: RoundRow | None,
    fields: Iterable[Field] = TEXTS,
    match_case: bool = True,
) -> CellChanges:
    """Return where words stand in the texts of a round and how they would read afterwards.

    Raises:
        UserError: nothing is looked for.
    """
    if not words:
        raise UserError("请先写要查找的文字")
    pattern = re.compile(re.escape(words), 0 if match_case else re.IGNORECASE)
    with office.read() as view:
        lines = view.lines(ids, _id(round_))
    return CellChanges(tuple(_replaced(lines, tuple(fields), pattern, instead)))


def _replaced(
    lines: Iterable[StoredLine], fields: Sequence[Field], pattern: re.Pattern[str], instead: str
) -> Iterator[CellChange]:
    for line in lines:
        for field in fields:
            old = _stored(line, field)
            new = pattern.sub(lambda _: instead, old)
            if new != old:
                yield CellChange(line.id, line.code, line.number, field, old, new)


def apply_cells(
    office: Office,
    cells: Sequence[CellChange],
    title: str,
    *,
    who: str,
    now: datetime,
    round_: RoundRow | None = None,
) -> Outcome[int]:
    """Write changed cells in one step; return how many tasks changed.

    Args:
        title: what the step is called (“粘贴 12 格”).
        round_: the round that is filled in.

    Raises:
        UserError: a cell has changed since it was shown, cannot be written so, or the round is
            closed; then none is written.
    """
    number = round_.number if round_ else None
    by_task: dict[str, dict[Field, str]] = {}
    for cell in cells:
        by_task.setdefault(cell.code, {})[cell.field] = cell.new
    with office.change(title, who, now) as work:
        _refuse_stale(office, cells, round_)
        registrar = Registrar(work)
        for code, words in by_task.items():
            task = work.task(code)
            deadline, persons = words.get(Field.DEADLINE), words.get(Field.PERSONS)
            typed = TaskWords(deadline=deadline, persons=persons)
            change_fields(registrar, task, typed, now.date())
            entry = _entry_words(words)
            if entry:
                write_in(work, task, entry, number)
    sentence = f"已修改 {len(by_task)} 项的 {len(cells)} 格"
    return Outcome(len(by_task), work.changes, sentence)


def _refuse_stale(office: Office, cells: Sequence[CellChange], round_: RoundRow | None) -> None:
    """Refuse to write over what somebody else wrote since the change was shown.

    Raises:
        UserError: a cell reads otherwise now.
    """
    ids = tuple(dict.fromkeys(cell.task_id for cell in cells))
    with office.read() as view:
        lines = {line.id: line for line in view.lines(ids, _id(round_))}
    for cell in cells:
        line = lines.get(cell.task_id)
        if line is None or _stored(line, cell.field) != cell.old:
            raise UserError(
                f"“{cell.number or cell.code}”的{FIELD_WORDS[cell.field]}在此期间改过了",
                "为免盖掉新写的内容，这一步没有做",
                "请重新核对后再做一次",
            )


def _id(round_: RoundRow | None) -> int | None:
    return round_.id if round_ else None


def _entry_words(words: Mapping[Field, str]) -> EntryWords:
    share = words.get(Field.PERCENT)
    return EntryWords(
        progress=words.get(Field.PROGRESS),
        state=words.get(Field.STATE),
        percent=_percent(share) if share is not None else None,
        problems=words.get(Field.PROBLEMS),
        next_steps=words.get(Field.NEXT_STEPS),
        note=words.get(Field.NOTE),
    )
