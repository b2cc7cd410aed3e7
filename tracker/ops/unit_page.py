"""A unit's page: its tasks, its returns and lateness, what was said to it, its reforms."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.board import BOARD_WORDS
from tracker.domain.slip_words import kind_words
from tracker.domain.terms import LedgerState
from tracker.domain.unit_list import ContactNote, UnitPage, UnitReturn
from tracker.ops.board import board_of
from tracker.ops.unit_list import lines_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from tracker.domain.board import BoardRow
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.slip import SlipRow
    from tracker.ops.office import Office
    from tracker.store.queries import View

_LATEST = 12
"""So many rounds of a ledger are shown."""


def unit_page(office: Office, unit_id: int, today: date) -> UnitPage:
    """Return everything about one unit in the running ledgers.

    Raises:
        UserError: it is gone.
    """
    with office.read() as view:
        line = next((each for each in lines_of(view) if each.unit.id == unit_id), None)
        if line is None:
            raise UserError("这个单位已经不在台账里", "", "请刷新后再试")
        ledgers = [each for each in view.ledgers() if each.state is LedgerState.RUNNING]
        names = {each.id: each.name for each in view.ledgers()}
        tasks = tuple(i for ledger in ledgers for i in _tasks(view, ledger, unit_id))
        rows = [pair for ledger in ledgers for pair in _rounds(view, ledger, unit_id, today)]
        slips = tuple(slip for slip in view.slips() if slip.unit_id == unit_id)
        reforms = tuple(each for each in view.reforms() if unit_id in each.units)
        leaders = tuple(
            person.name
            for person in view.people()
            if unit_id in person.units and person.serves_on(today)
        )
    calls = (note for _, ledger, row in rows for note in _calls(ledger, row))
    told = (_told(slip, names.get(slip.ledger_id, "")) for slip in slips)
    contacts = sorted([*calls, *told], key=_moment, reverse=True)
    returns = tuple(
        _return(ledger, number, row)
        for number, ledger, row in rows
        if row.expected or row.came_back or row.exempt
    )
    return UnitPage(line, tasks, returns, tuple(contacts), slips, reforms, leaders)


def _tasks(view: View, ledger: LedgerRow, unit_id: int) -> Iterator[int]:
    held = {one.task_id for one in view.assigned(ledger.id) if one.unit_id == unit_id}
    if held:
        yield from (task.id for task in view.tasks(ledger.id) if task.id in held)


def _rounds(
    view: View, ledger: LedgerRow, unit_id: int, today: date
) -> Iterator[tuple[int, str, BoardRow]]:
    """Yield number, ledger and row of the rounds in which the unit stands, the latest first."""
    for round_ in list(reversed(view.rounds(ledger.id)))[:_LATEST]:
        for row in board_of(view, ledger, round_, today).rows:
            if row.unit_id == unit_id:
                yield round_.number, ledger.name, row


def _return(ledger: str, number: int, row: BoardRow) -> UnitReturn:
    return UnitReturn(
        ledger=ledger,
        round=number,
        state=BOARD_WORDS[row.state],
        due=row.due,
        late=row.late_words,
        filled=len(row.filled),
        asked=len(row.tasks),
    )


def _calls(ledger: str, row: BoardRow) -> Iterator[ContactNote]:
    for call in row.calls:
        yield ContactNote(call.at, ledger, "催办", call.whom, call.said)


def _told(slip: SlipRow, ledger: str) -> ContactNote:
    word = kind_words(slip.kind).word
    state = "已办结" if slip.closed_on else ("已回复" if slip.replies else "待回复")
    return ContactNote(slip.issued_on, ledger, word, "", f"{slip.code}（{state}）")


def _moment(note: ContactNote) -> tuple[int, int, int, int]:
    at = note.at
    seconds = at.hour * 3600 + at.minute * 60 + at.second if isinstance(at, datetime) else 0
    return at.year, at.month, at.day, seconds
