"""The board of a round (反馈回收): where each unit stands and who is missing.

A unit is called missing only where nothing speaks for it: to accuse one wrongly is the worst
error. What is doubtful (a scan nobody typed yet, words without a place) counts as reported.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from tracker.domain.board import (
    Board,
    BoardFinding,
    BoardRow,
    BoardState,
    Missing,
)
from tracker.domain.form import CONTACT_SETTING
from tracker.domain.returned import WAY_WORDS, FileKind, FindingKind, Standing
from tracker.domain.workdays import load_calendar
from tracker.ops.board_facts import read_facts, round_before
from tracker.ops.board_findings import findings_of, to_look_at
from tracker.ops.edition_values import board_from
from tracker.ops.reminders import reminder, stage_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.returned import ReturnedFileRow
    from tracker.domain.workdays import Calendar
    from tracker.ops.board_facts import RoundFacts, UnitFacts
    from tracker.ops.office import Office
    from tracker.store.queries import View

_ORDER = (
    BoardState.MISSING,
    BoardState.TO_CHECK,
    BoardState.TO_TYPE,
    BoardState.PARTLY,
    BoardState.NOT_DUE,
    BoardState.NOT_SENT,
    BoardState.REPORTED,
    BoardState.EXEMPT,
)
_TO_BE_TYPED = frozenset({FileKind.SCAN, FileKind.UNREADABLE})
_DOUBT = timedelta(hours=12)

NO_LONGER_ASKED = "所发任务已办结、撤回或改由其他单位承担，不催报"
BY_ENTRY = "未见来件，核定稿已填{count}项"


def board(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    today: date,
    *,
    at: datetime | None = None,
    besides: Collection[str] = (),
) -> Board:
    """Return the board of a round; that of a closed round as it was when it was closed.

    Args:
        today: the day lateness is counted to.
        at: the moment, for the circular.
        besides: official names of units whose return is in hand, though not stored yet.
    """
    with office.read() as view:
        return board_of(view, ledger, round_, today, at=at, besides=besides)


def board_of(
    view: View,
    ledger: LedgerRow,
    round_: RoundRow,
    today: date,
    *,
    at: datetime | None = None,
    besides: Collection[str] = (),
) -> Board:
    """Return the board from an open view."""
    stored = view.edition_part(round_.id, "board")
    if stored is not None:
        return board_from(stored, round_, view.returned_files(round_.id))
    facts = read_facts(view, ledger, round_)
    maker = RowMaker(facts, today, _earlier(view, ledger, round_), besides)
    return Board(
        ledger=ledger.name,
        round=round_,
        rows=tuple(sorted(maker.rows(), key=lambda row: _ORDER.index(row.state))),
        unclaimed=tuple(file for file in facts.files if file.unit_id is None),
        files=facts.files,
        today=today,
        at=at,
        by_form=facts.by_form,
        sender=ledger.office,
        contact=view.setting(CONTACT_SETTING) or "",
    )


def missing_units(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    today: date,
    *,
    besides: Collection[str] = (),
) -> tuple[Missing, ...]:
    """Return the units that did not report although their day has passed, in official order.

    Args:
        besides: as in `board`.
    """
    return missing_on(board(office, ledger, round_, today, besides=besides))


def missing_on(shown: Board) -> tuple[Missing, ...]:
    """Return the missing units of a board with the reminder that is due to each."""
    found = []
    for row in shown.missing:
        if row.due is not None:
            stage = stage_of(row)
            text = reminder(shown, row, stage)
            late, known = row.working_days_late, row.calendar_known
            found.append(Missing(row.unit, row.due, late, text, stage, known))
    return tuple(found)


class RowMaker:
    """Makes the rows of a board from what is stored."""

    def __init__(
        self,
        facts: RoundFacts,
        today: date,
        earlier: dict[int, str],
        besides: Collection[str] = (),
    ) -> None:
        self._facts = facts
        self._today = today
        self._earlier = earlier
        self._besides = besides
        self._calendar = load_calendar()

    def rows(self) -> Iterator[BoardRow]:
        """Yield a row for every unit, in official order."""
        for unit in self._facts.units:
            yield self._row(unit)

    def _row(self, facts: UnitFacts) -> BoardRow:
        returned, unit = facts.returned, facts.unit
        due = returned.due or self._facts.round.feedback_due
        state = self._state(facts, due)
        came_late = _came_late(facts, due)
        missing = state is BoardState.MISSING
        until = self._today if missing else came_late
        row = BoardRow(
            unit_id=unit.id,
            unit=unit.name,
            state=state,
            expected=self._expected(facts),
            tasks=tuple(task.code for task in facts.tasks),
            filled=facts.filled,
            contact=unit.contact,
            phone=unit.phone,
            sent_at=returned.sent_at,
            due=due,
            own_due=returned.due is not None,
            due_reason=returned.due_reason,
            received_at=_received(facts),
            working_days_late=_workdays(self._calendar, due, until),
            is_late=until is not None,
            calendar_known=_known(self._calendar, due, until),
            findings=tuple(findings_of(facts, self._facts.before)),
            calls=returned.calls,
            by_hand=returned.by_hand,
            ways=tuple(dict.fromkeys(WAY_WORDS[each.way] for each in returned.by_hand)),
            exempt=returned.exempt,
            is_abolished=unit.is_abolished,
            remark=_remark(facts, state),
            files=tuple(file.id for file in facts.files),
        )
        return _with_earlier(row, self._earlier.get(unit.id, ""))

    def _expected(self, facts: UnitFacts) -> bool:
        if facts.unit.is_abolished and facts.returned.exempt:
            return False  # those that took over are asked, and what it said counts for them
        if self._facts.by_form:
            sent = facts.returned.sent_at is not None
            return sent and (facts.still_asked or _came(facts))
        return facts.still_asked or _came(facts)

    def _state(self, facts: UnitFacts, due: date | None) -> BoardState:
        filled, returned = facts.filled, facts.returned
        if facts.said or _waiting_words(facts):
            if _waits(facts):
                return BoardState.TO_CHECK
            return BoardState.REPORTED if len(filled) == len(facts.tasks) else BoardState.PARTLY
        if facts.unit.name in self._besides:
            return BoardState.TO_CHECK
        if returned.by_hand or _unread(facts):
            return BoardState.TO_TYPE
        if returned.exempt:
            return BoardState.EXEMPT
        if facts.typed:
            return BoardState.REPORTED if len(filled) == len(facts.tasks) else BoardState.PARTLY
        return self._silent(facts, due)

    def _silent(self, facts: UnitFacts, due: date | None) -> BoardState:
        """Return the state of a unit of which nothing came."""
        sent = facts.returned.sent_at is not None
        if not facts.still_asked:
            return BoardState.EXEMPT if sent else BoardState.NOT_SENT
        if self._expected(facts) and due is not None and due < self._today:
            return BoardState.MISSING
        return BoardState.NOT_DUE if sent else BoardState.NOT_SENT


def _came(facts: UnitFacts) -> bool:
    """Tell whether anything of the unit came that may be a report."""
    return bool(
        facts.said
        or facts.typed
        or facts.returned.by_hand
        or _unread(facts)
        or _waiting_words(facts)
    )


def _unread(facts: UnitFacts) -> bool:
    """Tell whether a file of the unit holds words that no program reads."""
    return any(f.kind in _TO_BE_TYPED or f.standing is Standing.COPY for f in facts.files)


def _waiting_words(facts: UnitFacts) -> bool:
    """Tell whether words of the unit's files wait for a place."""
    return any(not words.settled for file in facts.files for words in file.unplaced)


def _waits(facts: UnitFacts) -> bool:
    """Tell whether the clerk has still to look at a file that counts."""
    for file in facts.files:
        if file.standing is Standing.EARLIER and facts.said:
            continue
        if any(not words.settled for words in file.unplaced):
            return True
        if any(to_look_at(remark) for remark in file.remarks):
            return True
    return False


def _is_empty(file: ReturnedFileRow) -> bool:
    return any(remark.kind is FindingKind.EMPTY for remark in file.remarks)


def _received(facts: UnitFacts) -> datetime | date | None:
    counted = [f for f in facts.files if f.standing is Standing.CURRENT] or list(facts.files)
    if counted:
        return max(file.received_at for file in counted)
    if facts.returned.by_hand:
        return max(each.on for each in facts.returned.by_hand)
    return max((note.at for note in facts.said.values()), default=None)


def _came_late(facts: UnitFacts, due: date | None) -> date | None:
    """Return the day a unit's first return came, where it is known to be past its due day.

    When a file was collected says nothing about when it was sent in; only one that was saved
    past the day cannot have come before it. Programs write that moment now in local time, now
    in that of Greenwich, so that half a day more is allowed.
    """
    if due is None or not _came(facts):
        return None
    days: list[date] = [each.on for each in facts.returned.by_hand]
    for file in facts.files:
        if _is_empty(file):
            continue
        if file.saved_at is None or file.received_at.date() <= due:
            return None
        if (file.saved_at - _DOUBT).date() <= due:
            return None
        days.append(min(file.saved_at, file.received_at).date())
    first = min(days, default=None)
    return first if first is not None and first > due else None


def _workdays(calendar: Calendar, due: date | None, until: date | None) -> int:
    if due is None or until is None:
        return 0
    return max(calendar.workdays_between(due, until), 0)


def _known(calendar: Calendar, due: date | None, until: date | None) -> bool:
    if due is None or until is None:
        return True
    return all(calendar.is_known(year) for year in range(due.year, until.year + 1))


def _remark(facts: UnitFacts, state: BoardState) -> str:
    returned = facts.returned
    if returned.exempt:
        came = "，仍有来件" if state is not BoardState.EXEMPT else ""
        return f"免报：{returned.exempt}{came}"
    if state is BoardState.EXEMPT:
        return NO_LONGER_ASKED
    if facts.typed and not (facts.said or returned.by_hand or facts.files):
        return BY_ENTRY.format(count=len(facts.typed))
    return "；".join(
        f"{WAY_WORDS[each.way]} {each.on.month}月{each.on.day}日 {each.given_by}"
        + (f"：{each.word}" if each.word else "")
        for each in returned.by_hand
    )


def _with_earlier(row: BoardRow, earlier: str) -> BoardRow:
    if not earlier:
        return row
    again = earlier.replace("曾", "也曾") if row.is_late else earlier
    finding = BoardFinding("earlier_round", again)
    return replace(row, earlier=again, findings=(*row.findings, finding))


def _earlier(view: View, ledger: LedgerRow, round_: RoundRow) -> dict[int, str]:
    """Return what is stored of units that were late or missing in the round before."""
    before = round_before(view, round_)
    if before is None:
        return {}
    stored = view.edition_part(before.id, "board")
    if stored is not None:
        rows = board_from(stored, before, ()).rows
    else:
        facts = read_facts(view, ledger, before)
        # Of a round that stands open nothing is said but what is proved: no day is past yet.
        rows = tuple(RowMaker(facts, date.min, {}).rows())
    found = {}
    for row in rows:
        if row.state is BoardState.MISSING and row.sent_at is not None:
            found[row.unit_id] = f"第{before.number}期曾未报"
        elif row.came_back and row.is_late:
            found[row.unit_id] = f"第{before.number}期曾迟报"
    return found
