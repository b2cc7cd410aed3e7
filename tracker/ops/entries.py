"""Entries (核定稿): what is printed for a task in a round."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import RoundState
from tracker.ops.fields import set_state
from tracker.ops.outcome import Outcome
from tracker.ops.rounds import choose_round, list_rounds
from tracker.store.models import Entry

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office
    from tracker.store.models import Task
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
    with office.change("修改落实情况", who, now) as work:
        number = write_in(work, work.task(code), words, round_number)
    return Outcome(code, work.changes, f"已更新 {code} 第{number}期的落实情况")


def write_in(work: Work, task: Task, words: EntryWords, round_number: int | None) -> int:
    """Write an entry within a unit of work; return the round's number.

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
    entry = work.entry(task, round_)
    if entry is None:
        entry = Entry(task_id=task.id, round_id=round_.id)
        work.add(entry)
    _write(entry, words)
    if words.state is not None:
        set_state(task, entry, words.state.strip())
    entry.carried = False
    return round_.number


def _write(entry: Entry, words: EntryWords) -> None:
    texts = (
        ("text", words.progress),
        ("problems", words.problems),
        ("next_steps", words.next_steps),
        ("remark", words.note),
    )
    for column, typed in texts:
        if typed is not None:
            setattr(entry, column, typed.strip())
    if words.percent is not None:
        entry.percent = words.percent
