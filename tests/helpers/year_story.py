"""A ledger with a year behind it: rounds closed and open, tasks closed, late, withdrawn, merged."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tests.helpers.offices import TASKS, add_tasks
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.domain.task import Revisit
from tracker.ops.editions import close_round
from tracker.ops.entries import write_entries
from tracker.ops.evidence import attach_bytes
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.revisits import add_revisit
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.slips import new_slip, reply_slip
from tracker.ops.task_changes import merge_tasks, withdraw_task
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, edit_task, extend_deadline

if TYPE_CHECKING:
    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office

WHO = "张三"
NAME = "城乡建设重点工作"
FIRST = datetime(2026, 3, 2, 9, 30)
MORE = (
    TaskWords(text="栽植行道树600株。", number="11", lead="县住建局", deadline="2026-03-31"),
    TaskWords(text="栽植行道树（二期）。", number="12", lead="县林业局", deadline="2026-06-30"),
    TaskWords(text="举办灯会1场。", number="13", lead="县文旅局"),
)
CODES = tuple(f"1-{number:03d}" for number in range(1, len(TASKS) + len(MORE) + 1))


def said(code: str, number: int) -> str:
    """Return what the entry of a task in a round says: no other entry says it."""
    return f"{code}的第{number}回：已推进{number}步。"


def live_a_year(office: Office, rounds: int = 3, *, name: str = NAME) -> LedgerRow:
    """Make the ledger; the last round stays open, the others are approved.

    1-001 is extended and closed in time, 1-002 never ends, 1-003 is closed and has no day, 1-004 is
    closed after its day, 1-005 is open, 1-006 is overdue, 1-007 merged into it, 1-008 withdrawn.
    """
    new_ledger(office, name, who=WHO, now=FIRST, year=2026, filled_by="县政府督查室")
    ledger = choose_ledger(office, name)
    codes = add_tasks(office, ledger, FIRST, (*TASKS, *MORE))
    sure = TaskWords(deadline="2026-02-20")
    edit_task(office, codes[3], sure, who=WHO, now=FIRST)
    for number in range(1, rounds + 1):
        at = FIRST + timedelta(days=14 * number)
        new_round(office, ledger, who=WHO, now=at, cut_off=at.date())
        write_entries(office, {code: said(code, number) for code in codes}, who=WHO, now=at)
        if number == 1:
            _first_round(office, codes, at)
        if number < rounds:
            close_round(office, ledger, list_rounds(office, ledger)[-1], who=WHO, now=at)
    return choose_ledger(office, name)


def _first_round(office: Office, codes: list[str], at: datetime) -> None:
    """Let tasks end in every way, and units be given slips."""
    by = {"who": WHO, "now": at}
    extend_deadline(office, codes[0], "2026-04-30", "护栏到货推迟", **by)
    for code, on in ((codes[0], 14), (codes[2], 14), (codes[3], 14)):
        words = ClosingWords("已办结。", (FIRST + timedelta(days=on)).date(), WHO, "照片3张")
        close_task(office, code, words, **by)
    attach_bytes(office, codes[0], "验收单.txt", "验收合格".encode(), **by)
    add_revisit(office, codes[0], Revisit(at.date(), WHO, "护栏完好", holds=True), **by)
    merge_tasks(office, [codes[6]], codes[5], "两项合办", **by)
    withdraw_task(office, codes[7], "活动取消", **by)
    issued = new_slip(office, None, SlipChoice(SlipKind.SUPERVISION, "县住建局", (codes[5],)), **by)
    late = date(2026, 4, 20)
    reply = {"who": WHO, "now": datetime(2026, 4, 20, 9)}
    reply_slip(office, issued.value, late, "已安排补植。", **reply)
