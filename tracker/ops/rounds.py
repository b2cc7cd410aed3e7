"""Rounds (轮次): opened, chosen; a new round starts from the last one's entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.terms import RoundState
from tracker.ops.outcome import Outcome
from tracker.store.models import Entry, Round

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.ops.office import Office
    from tracker.store.models import Ledger
    from tracker.store.work import Work

CARRIED_COLUMNS = (
    "text",
    "state_text",
    "completion",
    "pace",
    "percent",
    "problems",
    "next_steps",
    "remark",
    "extra",
)
"""What of an entry goes over into the next round."""


def list_rounds(office: Office, ledger: LedgerRow) -> tuple[RoundRow, ...]:
    """Return a ledger's rounds by number."""
    with office.read() as view:
        return view.rounds(ledger.id)


def choose_round(office: Office, ledger: LedgerRow, number: int | None) -> RoundRow:
    """Return the round of that number; without one the open round, else the last.

    Raises:
        UserError: there is no such round.
    """
    rounds = list_rounds(office, ledger)
    if number is None:
        standing = [r for r in rounds if r.state is not RoundState.CLOSED] or list(rounds)
        if standing:
            return standing[-1]
        raise UserError(
            f"专项“{ledger.name}”还没有轮次", "", "请用 round new 新开一期，或先导入表格"
        )
    for row in rounds:
        if row.number == number:
            return row
    listed = "、".join(str(r.number) for r in rounds) or "无"
    raise UserError(f"专项“{ledger.name}”没有第{number}期", f"现有：{listed}", "请检查期数")


def next_round_number(rounds: tuple[RoundRow, ...]) -> int:
    """Return the number that an import without a number goes to: the open round, else the next."""
    standing = [r.number for r in rounds if r.state is not RoundState.CLOSED]
    if standing:
        return standing[-1]
    return max((r.number for r in rounds), default=0) + 1


def new_round(
    office: Office,
    ledger: LedgerRow,
    *,
    who: str,
    now: datetime,
    number: int | None = None,
    cut_off: date | None = None,
    feedback_due: date | None = None,
) -> Outcome[int]:
    """Open a round; return its number.

    Raises:
        UserError: the number is taken or not positive.
    """
    with office.change("新开一期", who, now) as work:
        row = work.ledger(ledger.id)
        rounds = work.rounds(row)
        if number is None:
            number = max((r.number for r in rounds), default=0) + 1
        if number < 1:
            raise UserError("期数应是从1开始的整数", "", "请写 1、2、3 这样的数")
        if any(r.number == number for r in rounds):
            raise UserError(f"第{number}期已经有了", "", "请换一个期数")
        opened = open_round(work, row, number)
        opened.cut_off, opened.feedback_due = cut_off, feedback_due
    return Outcome(number, work.changes, f"已开第{number}期")


def set_dates(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    *,
    who: str,
    now: datetime,
    cut_off: date | None = None,
    feedback_due: date | None = None,
) -> Outcome[int]:
    """Change the days of a round; None leaves one as it is. Return the round's number.

    Raises:
        UserError: the round is closed.
    """
    with office.change(f"修改第{round_.number}期的日期", who, now) as work:
        row = standing_round(work, round_.id)
        row.cut_off = cut_off or row.cut_off
        row.feedback_due = feedback_due or row.feedback_due
    sentence = f"已修改“{ledger.name}”第{round_.number}期的日期" if work.changes else "没有变化"
    return Outcome(round_.number, work.changes, sentence)


def standing_round(work: Work, round_id: int) -> Round:
    """Return a round that may still be changed, within a unit of work.

    Raises:
        UserError: it is closed.
    """
    row = work.round_by_id(round_id)
    if row.state == RoundState.CLOSED:
        raise is_closed(row.number)
    return row


def is_closed(number: int) -> UserError:
    """Return what to raise where a closed round would be changed."""
    return UserError(f"第{number}期已定稿，不能再改", "", "请先重新打开这一期")


def open_round(work: Work, ledger: Ledger, number: int) -> Round:
    """Open round `number` within a unit of work, starting from the entries of the one before."""
    before = [r for r in work.rounds(ledger) if r.number < number]
    opened = Round(ledger_id=ledger.id, number=number)
    work.add(opened)
    if before:
        carried = [_carry(entry, opened) for entry in work.entries(before[-1]).values()]
        work.add_all(list(carried))
    return opened


def carry_on(work: Work, round_: Round) -> int:
    """Let the rounds after this one that stand open follow what was corrected in it.

    Only entries that say what this round said and that nobody touched since do; return how many.
    """
    before, followed = round_, 0
    for after in work.rounds(work.ledger(round_.ledger_id)):
        if after.number <= round_.number:
            continue
        if after.state == RoundState.CLOSED:
            break
        held = work.entries(after)
        for task_id, entry in work.entries(before).items():
            own = held.get(task_id)
            if own is None:
                work.add(_carry(entry, after))
                followed += 1
            elif own.carried and (values := _differing(entry, own)):
                for column, value in values.items():
                    setattr(own, column, value)
                followed += 1
        before = after
    return followed


def _differing(entry: Entry, own: Entry) -> dict[str, object]:
    values = {column: getattr(entry, column) for column in CARRIED_COLUMNS}
    return {column: value for column, value in values.items() if getattr(own, column) != value}


def _carry(entry: Entry, opened: Round) -> Entry:
    values = {column: getattr(entry, column) for column in CARRIED_COLUMNS}
    return Entry(task_id=entry.task_id, round_id=opened.id, carried=True, **values)
