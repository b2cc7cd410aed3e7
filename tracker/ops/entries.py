"""Entries (核定稿): what is printed for a task in a round."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import Completion, RoundState
from tracker.ops.fields import as_typed, set_state
from tracker.ops.outcome import Outcome
from tracker.ops.rounds import choose_round, list_rounds
from tracker.store.models import Entry

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office
    from tracker.store.models import Round, Task
    from tracker.store.work import Work


@dataclass(frozen=True, slots=True)
class EntryWords:
    """What the clerk typed for an entry; None leaves a field as it is."""

    progress: str | None = None
    state: str | None = None
    percent: float | None = None
    problems: str | None = None
    next_steps: str | None = None
    note: str | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, f.name) is not None for f in fields(self))


def list_entries(
    office: Office, ledger: LedgerRow, round_number: int | None = None
) -> dict[int, EntryRow]:
    """Return the entries of a round by task id; none where the ledger has no round yet.

    Raises:
        UserError: there is no round of that number.
    """
    if round_number is None and not list_rounds(office, ledger):
        return {}
    round_ = choose_round(office, ledger, round_number)
    with office.read() as view:
        return view.entries(round_.id)


def write_entry(
    office: Office,
    code: str,
    words: EntryWords,
    *,
    who: str,
    now: datetime,
    round_number: int | None = None,
) -> Outcome[str]:
    """Write a task's entry in a round (the open one if no number is given); return the code.

    Raises:
        UserError: no such task or round, or the round is closed.
    """
    is_state = words.state is not None and words == EntryWords(state=words.state)
    with office.change("修改状态" if is_state else "修改落实情况", who, now) as work:
        number = write_in(work, work.task(code), words, round_number)
    return Outcome(code, work.changes, f"已更新 {code} 第{number}期的落实情况")


def write_entries(
    office: Office,
    texts: Mapping[str, str],
    *,
    who: str,
    now: datetime,
    round_number: int | None = None,
) -> Outcome[int]:
    """Write the texts of several tasks' entries (code → text) in one step; return how many.

    Texts that say what stands there already are not counted and leave nothing behind.

    Raises:
        UserError: no such task or round, or the round is closed; then none is written.
    """
    with office.change(f"填写 {len(texts)} 项落实情况", who, now) as work:
        for code, text in texts.items():
            write_in(work, work.task(code), EntryWords(progress=text), round_number)
    changed = len(work.changes.of("entry"))
    sentence = f"已填写 {changed} 项落实情况" if changed else "没有变化"
    return Outcome(changed, work.changes, sentence)


def confirm_entries(
    office: Office,
    codes: Sequence[str],
    *,
    who: str,
    now: datetime,
    round_number: int | None = None,
) -> Outcome[int]:
    """Let the texts taken over from the round before stand for this round; return how many.

    Raises:
        UserError: no such task or round, or the round is closed.
    """
    with office.change("沿用上期落实情况", who, now) as work:
        for code in dict.fromkeys(codes):
            task = work.task(code)
            entry = work.entry(task, round_to_fill(work, task, round_number))
            if entry is not None:
                entry.carried = False
    confirmed = len(work.changes.of("entry"))
    sentence = f"{confirmed} 项沿用上期" if confirmed else "没有变化"
    return Outcome(confirmed, work.changes, sentence)


def write_in(work: Work, task: Task, words: EntryWords, round_number: int | None) -> int:
    """Write an entry within a unit of work; return the round's number.

    Raises:
        UserError: no such round, or it is closed.
    """
    round_ = round_to_fill(work, task, round_number)
    entry = work.entry(task, round_)
    if not _differs(entry, words):
        return round_.number
    if entry is None:
        entry = Entry(task_id=task.id, round_id=round_.id)
        work.add(entry)
    for column, typed in _texts(words):
        if typed is not None:
            setattr(entry, column, as_typed(getattr(entry, column), typed))
    if words.percent is not None:
        entry.percent = words.percent
    if words.state is not None and words.state.strip() != entry.state_text:
        write_state(work, task, entry, words.state.strip())
    entry.carried = False
    return round_.number


def write_state(work: Work, task: Task, entry: Entry, words: str) -> None:
    """Write a state as printed; a task that it takes up again follows the reforms since.

    Raises:
        UserError: a unit was abolished meanwhile and no single one took its place.
    """
    rested = task.completion == Completion.EXCLUDED
    set_state(task, entry, words)
    if rested and task.completion != Completion.EXCLUDED:
        from tracker.ops.reform_later import follow_reforms

        follow_reforms(work, task, do="恢复办理")


def _texts(words: EntryWords) -> tuple[tuple[str, str | None], ...]:
    return (
        ("text", words.progress),
        ("problems", words.problems),
        ("next_steps", words.next_steps),
        ("remark", words.note),
    )


def _differs(entry: Entry | None, words: EntryWords) -> bool:
    """Tell whether the words would change what is stored; no entry is an empty one."""
    typed = (*_texts(words), ("state_text", words.state))
    percent = entry.percent if entry else None
    if words.percent not in (None, percent):
        return True
    stored = ((getattr(entry, column) if entry else "", text) for column, text in typed)
    return any(text is not None and as_typed(old, text) != old for old, text in stored)


def round_to_fill(work: Work, task: Task, round_number: int | None) -> Round:
    """Return the round of that number, or the open one without a number.

    Raises:
        UserError: no such round, or it is closed.
    """
    ledger = work.ledger(task.ledger_id)
    if round_number is None:
        round_ = work.open_round(ledger)
    else:
        round_ = next((r for r in work.rounds(ledger) if r.number == round_number), None)
    if round_ is None:
        raise UserError("没有可以填写的一期", "", "请先用 round new 新开一期")
    if round_.state == RoundState.CLOSED:
        raise UserError(f"第{round_.number}期已定稿，不能再改", "", "请先重新打开这一期")
    return round_
