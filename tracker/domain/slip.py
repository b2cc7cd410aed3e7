"""The four slips (提示单、问题单、督办单、反馈单): what one holds, and how late its reply is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.domain.workdays import Calendar

_CODE = re.compile(r"(?P<prefix>.*)〔(?P<year>\d+)〕(?P<number>\d+)号")


class SlipKind(StrEnum):
    """What a slip is for; the keys of `resources/slips.toml`."""

    HINT = "hint"
    PROBLEM = "problem"
    SUPERVISION = "supervision"
    FEEDBACK = "feedback"


class SlipState(StrEnum):
    """How far a slip is."""

    SENT = "sent"
    REPLIED = "replied"
    CLOSED = "closed"


STATE_WORDS = {
    SlipState.SENT: "待回复",
    SlipState.REPLIED: "已回复",
    SlipState.CLOSED: "已办结",
}


SENT = "已发出"
"""The word for a slip that asks for no reply."""


@dataclass(frozen=True, slots=True)
class Late:
    """How long after its day a reply came, or has been waited for.

    Attributes:
        workdays, days: working days and calendar days past the day.
        is_certain: the holidays of every year in between are known.
        is_answered: a reply came, though late.
    """

    workdays: int
    days: int
    is_certain: bool
    is_answered: bool = False

    @property
    def words(self) -> str:
        """In the user's words; where holidays are not known, calendar days only."""
        what = "迟复" if self.is_answered else "逾期"
        if not self.is_certain:
            return f"{what}{self.days}天（放假安排未收录）"
        if not self.workdays:
            return f"{what}未满1个工作日"
        return f"{what}{self.workdays}个工作日"


@dataclass(frozen=True, slots=True)
class SlipReply:
    """What a unit answered (回复).

    Attributes:
        on: the day it came.
        by: who noted it, at the moment `at`.
    """

    on: date
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SlipWords:
    """What a slip says, as it is printed; what is empty is not printed.

    Attributes:
        title: with line ends where the office wants them.
        basis: 依据.
        matter: 事项 or 问题, a paragraph on each line.
        ask: 要求, a paragraph on each line.
        reply: until when a reply is asked for, worked out of the slip's days.
        issuer: 签发人.
        clerk, phone: 经办人 and how to reach them.
        signature: the office that issues it.
    """

    title: str = ""
    basis: str = ""
    matter: str = ""
    ask: str = ""
    reply: str = ""
    issuer: str = ""
    clerk: str = ""
    phone: str = ""
    signature: str = ""


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One slip of the ledger of slips.

    Attributes:
        code: its number as printed (督〔2026〕3号), given once.
        unit: its name as printed then; `unit_id` is None for one that no list holds.
        tasks: codes of the tasks it is about; none for free text.
        days: working days given for the reply; None where no reply is asked for.
        replies: every reply, the first noted first.
    """

    id: int
    ledger_id: int
    kind: SlipKind
    code: str
    unit_id: int | None
    unit: str
    tasks: tuple[str, ...]
    words: SlipWords
    issued_on: date
    days: int | None
    reply_due: date | None
    replies: tuple[SlipReply, ...] = ()
    closed_on: date | None = None
    closed_words: str = ""
    created_at: datetime | None = None
    created_by: str = ""

    @property
    def state(self) -> SlipState:
        """How far it is."""
        if self.closed_on is not None:
            return SlipState.CLOSED
        return SlipState.REPLIED if self.replies else SlipState.SENT

    @property
    def state_word(self) -> str:
        """How far it is, in the user's words; nothing is waited for where no reply was asked."""
        is_waiting = self.state is SlipState.SENT and self.reply_due is not None
        return STATE_WORDS[self.state] if is_waiting or self.state is not SlipState.SENT else SENT

    @property
    def replied_on(self) -> date | None:
        """The day of the earliest reply."""
        return min((reply.on for reply in self.replies), default=None)

    def late(self, today: date, calendar: Calendar) -> Late | None:
        """Return how late the reply came or is; None where it is not.

        What was closed without a reply is nobody's delay any more.
        """
        due, replied = self.reply_due, self.replied_on
        if due is None or (replied is None and self.closed_on is not None):
            return None
        end = replied or today
        if end <= due:
            return None
        known = all(calendar.is_known(year) for year in range(due.year, end.year + 1))
        return Late(
            workdays=calendar.workdays_between(due, end),
            days=(end - due).days,
            is_certain=known,
            is_answered=replied is not None,
        )


@dataclass(frozen=True, slots=True)
class SlipChoice:
    """What the clerk chose for a new slip.

    Attributes:
        unit: by any of its names; one that no list holds is printed as written.
        tasks: codes; none for free text.
        issued_on: None is today.
        days: working days for the reply; 0 asks for none, None takes the kind's own.
        number: where the count is to go on from; None is the next.
        signature: the office that issues it; None takes the ledger's, else that of the last slip.
    """

    kind: SlipKind
    unit: str
    tasks: tuple[str, ...] = ()
    issued_on: date | None = None
    days: int | None = None
    number: int | None = None
    signature: str | None = None


@dataclass(frozen=True, slots=True)
class SlipProposal:
    """What a new slip would say, for the clerk to change.

    Attributes:
        code: the number it would get.
        unit: the unit's name as it would be printed.
        days: None where no reply is asked for.
        doubts: what the clerk should look at, in the user's words.
        caution: what to check about the day of reply.
    """

    kind: SlipKind
    code: str
    number: int
    unit_id: int | None
    unit: str
    tasks: tuple[str, ...]
    words: SlipWords
    issued_on: date
    days: int | None
    reply_due: date | None
    doubts: tuple[str, ...] = ()
    caution: str = ""


@dataclass(frozen=True, slots=True)
class SlipPage:
    """A slip as it is printed; what is empty is not.

    Attributes:
        issuer: with its label, beside the number.
        rows: label and text, in order; a paragraph on each line of the text.
        contact: label and text of the clerk and the phone.
        cut: the words on the dashed line above the receipt.
        receipt_unit: label and text of the receipt's first line.
        receipt: labels of a line, and how many lines of writing there is room for.
        created: the file's own time.
    """

    title: str
    code: str
    issuer: str
    rows: tuple[tuple[str, str], ...]
    contact: tuple[tuple[str, str], ...]
    signature: str
    date: date
    cut: str
    receipt_title: str
    receipt_unit: tuple[str, str]
    receipt: tuple[tuple[tuple[str, ...], int], ...]
    created: datetime | None = None


@dataclass(frozen=True, slots=True)
class SlipLine:
    """A slip with what is worked out of it today.

    Attributes:
        kind_word: the kind as the office calls it.
        ledger: name of the ledger it belongs to.
        numbers: printed numbers of its tasks, in the order of `slip.tasks`.
        late: how late its reply is; None where it is not.
        caution: what to check about the day of reply; empty where nothing is.
    """

    slip: SlipRow
    kind_word: str
    ledger: str = ""
    numbers: tuple[str, ...] = ()
    late: Late | None = None
    caution: str = ""


def slip_code(prefix: str, year: int, number: int) -> str:
    """Return a slip's number as printed: 督〔2026〕3号."""
    return f"{prefix}〔{year}〕{number}号"


def unknown_years(start: date, end: date, calendar: Calendar) -> tuple[int, ...]:
    """Return the years between two days whose holidays are not known."""
    return tuple(y for y in range(start.year, end.year + 1) if not calendar.is_known(y))


def counter_name(prefix: str, year: int) -> str:
    """Return the name of a count: two kinds with one prefix share it, so no number comes twice."""
    return f"slip/{prefix}/{year}"


def counted_as(code: str) -> tuple[str, int] | None:
    """Return the name of the count that gave a number, and the number; None where none did."""
    found = _CODE.fullmatch(code)
    if found is None:
        return None
    return counter_name(found["prefix"], int(found["year"])), int(found["number"])
