"""The board of a round (反馈回收): where each unit stands, who is missing, what waits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.returned import Standing

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.domain.ledger import RoundRow
    from tracker.domain.returned import ByHand, Call, ReturnedFileRow


class BoardState(StrEnum):
    """Where a unit stands in a round."""

    NOT_SENT = "not_sent"
    NOT_DUE = "not_due"
    MISSING = "missing"
    TO_CHECK = "to_check"
    REPORTED = "reported"
    PARTLY = "partly"
    EXEMPT = "exempt"
    TO_TYPE = "to_type"


BOARD_WORDS = {
    BoardState.NOT_SENT: "未发",
    BoardState.NOT_DUE: "未到期",
    BoardState.MISSING: "未报",
    BoardState.TO_CHECK: "待核",
    BoardState.REPORTED: "已报",
    BoardState.PARTLY: "部分",
    BoardState.EXEMPT: "免报",
    BoardState.TO_TYPE: "已报（待录入）",
}

CAME_BACK = frozenset(
    {BoardState.TO_CHECK, BoardState.REPORTED, BoardState.PARTLY, BoardState.TO_TYPE}
)
"""States of units that reported in one way or another."""

UNFILLED, UNFILLED_WORDS = "unfilled", "未填："
"""The finding that names the tasks on which a unit said nothing, and how its detail begins."""

CLAIM_FIRST = "有{count}份来件不知是哪个单位，催报前请先认领"


@dataclass(frozen=True, slots=True)
class BoardFinding:
    """One thing worth seeing about a unit's return.

    Attributes:
        kind: a `FindingKind`, else `unfilled`, `same_as_before`, `earlier_round`, `exempt_but`.
        words: short, for a chip (“改动了任务原文 2处”).
        detail: the whole of it, with the tasks' numbers.
        file_id: the returned file it is about; None where it is about none.
        waits: the clerk has not looked at it yet.
    """

    kind: str
    words: str
    detail: str = ""
    file_id: int | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Where one unit stands in one round.

    Attributes:
        expected: it is to report: it was sent a form, or none was sent to anybody and it has a
            duty; and at least one of its tasks is still worked on.
        tasks, filled: codes of the tasks it reports on, and of those it said something about.
        due: the day its return is due; None where none is set.
        own_due: the due day was moved for this unit alone.
        received_at: when what counts came in; a day without an hour where it was no file.
        working_days_late: past the due day: until today where it is missing, until it came where
            it is known to have come late; 0 else.
        is_late: it is missing, or is known to have come after its due day.
        calendar_known: the holidays of every year between are published.
        is_abolished: a reform has taken it out of the list; others report in its place.
        ways: how it reported where it was no file (“电话”).
        earlier: what is stored of the round before (“第2期也曾迟报”); empty for nothing.
        files: ids of its returned files, the earliest first.
    """

    unit_id: int
    unit: str
    state: BoardState
    expected: bool
    tasks: tuple[str, ...] = ()
    filled: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    sent_at: datetime | None = None
    due: date | None = None
    own_due: bool = False
    due_reason: str = ""
    received_at: datetime | date | None = None
    working_days_late: int = 0
    is_late: bool = False
    calendar_known: bool = True
    findings: tuple[BoardFinding, ...] = ()
    calls: tuple[Call, ...] = ()
    by_hand: tuple[ByHand, ...] = ()
    ways: tuple[str, ...] = ()
    exempt: str = ""
    is_abolished: bool = False
    earlier: str = ""
    remark: str = ""
    files: tuple[int, ...] = ()

    @property
    def came_back(self) -> bool:
        """Whether it reported in one way or another."""
        return self.state in CAME_BACK

    @property
    def late_words(self) -> str:
        """How late it is, in words; empty where it is not."""
        if not self.is_late:
            return ""
        days = self.working_days_late
        words = f"逾期{days}个工作日" if days else "过期未满1个工作日"
        return words if self.calendar_known else f"{words}（当年放假安排未收录，只按周末推算）"


@dataclass(frozen=True, slots=True)
class Board:
    """The whole board of a round.

    Attributes:
        rows: the missing first, then what waits for a look, then the rest; units in order.
        unclaimed: files of which nobody knows whose they are; they are shown first.
        today: the day it speaks of.
        at: the moment, where it is known.
        by_form: a form was sent to somebody in this round.
        sender: the office that asks; empty where the ledger does not name it.
        contact: who there answers questions, with the phone number; empty where nobody is named.
    """

    ledger: str
    round: RoundRow
    rows: tuple[BoardRow, ...]
    unclaimed: tuple[ReturnedFileRow, ...]
    files: tuple[ReturnedFileRow, ...]
    today: date
    at: datetime | None = None
    by_form: bool = False
    sender: str = ""
    contact: str = ""

    @property
    def expected(self) -> int:
        """How many units are to report; exempt ones are not."""
        return sum(1 for row in self._asked)

    @property
    def returned(self) -> int:
        """How many of those did."""
        return sum(1 for row in self._asked if row.came_back)

    @property
    def missing(self) -> tuple[BoardRow, ...]:
        """The units that did not and are past their day."""
        return tuple(row for row in self.rows if row.state is BoardState.MISSING)

    @property
    def late(self) -> tuple[BoardRow, ...]:
        """The units that are known to have reported after their day."""
        return tuple(row for row in self._asked if row.came_back and row.is_late)

    @property
    def exempt(self) -> tuple[BoardRow, ...]:
        """The units that need not report this round."""
        return tuple(row for row in self.rows if row.state is BoardState.EXEMPT)

    @property
    def waiting(self) -> tuple[ReturnedFileRow, ...]:
        """Files with words that have no place yet."""
        return tuple(
            file
            for file in self.files
            if file.standing is not Standing.EARLIER
            and any(not words.settled for words in file.unplaced)
        )

    @property
    def claim_first(self) -> str:
        """What to say before anybody is chased; empty where every file has its unit."""
        return CLAIM_FIRST.format(count=len(self.unclaimed)) if self.unclaimed else ""

    @property
    def _asked(self) -> tuple[BoardRow, ...]:
        return tuple(
            row for row in self.rows if row.expected and row.state is not BoardState.EXEMPT
        )

    def row_of(self, unit: str) -> BoardRow | None:
        """Return the row of a unit by its official name."""
        return next((row for row in self.rows if row.unit == unit), None)


@dataclass(frozen=True, slots=True)
class Missing:
    """A unit that did not report although its day has passed.

    Attributes:
        stage: which wording of the reminder is due (1, 2, 3).
        reminder: that text, ready to be sent.
        calendar_known: the holidays of the years between are published.
    """

    unit: str
    due: date
    working_days_late: int
    reminder: str
    stage: int = 1
    calendar_known: bool = True
