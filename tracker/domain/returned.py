"""What came back in a round: files, findings, words without a place; what was done by hand."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, datetime

    from tracker.domain.form import FormRow


class FindingKind(StrEnum):
    """What may be found about a returned file; the keys of the command line's JSON."""

    TASK_TEXT_ALTERED = "task_text_altered"
    ROWS_REMOVED = "rows_removed"
    ROWS_ADDED = "rows_added"
    WRONG_ROUND = "wrong_round"
    RETURNED_TWICE = "returned_twice"
    FOREIGN_ROWS = "foreign_rows"
    UNREADABLE = "unreadable"
    UNKNOWN_UNIT = "unknown_unit"
    EMPTY = "empty"
    UNPLACED_TEXT = "unplaced_text"


FINDING_WORDS = {
    FindingKind.TASK_TEXT_ALTERED: "改动了任务原文",
    FindingKind.ROWS_REMOVED: "删了行",
    FindingKind.ROWS_ADDED: "加了行",
    FindingKind.WRONG_ROUND: "版本不是本期",
    FindingKind.RETURNED_TWICE: "重复报送",
    FindingKind.FOREIGN_ROWS: "串了单位",
    FindingKind.UNREADABLE: "读不出",
    FindingKind.UNKNOWN_UNIT: "不知哪个单位",
    FindingKind.EMPTY: "空白",
    FindingKind.UNPLACED_TEXT: "有文字没有归到任务",
}


class FileKind(StrEnum):
    """What a returned file was taken for."""

    FORM = "form"
    TABLE = "table"
    TEXT = "text"
    SCAN = "scan"
    UNREADABLE = "unreadable"


class Standing(StrEnum):
    """Whether a returned file counts."""

    CURRENT = "current"
    EARLIER = "earlier"
    COPY = "copy"


STANDING_WORDS = {
    Standing.CURRENT: "采用",
    Standing.EARLIER: "已有更晚的一份",
    Standing.COPY: "盖章件",
}


class Way(StrEnum):
    """How a unit reported where it was not by a file of ours."""

    PAPER = "paper"
    PHONE = "phone"
    WECHAT = "wechat"
    OTHER = "other"


WAY_WORDS = {Way.PAPER: "纸质", Way.PHONE: "电话", Way.WECHAT: "微信", Way.OTHER: "其他方式"}


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding about one returned file, kept with it.

    Attributes:
        detail: in plain words, with the tasks' numbers.
        task: code of the one task it speaks of; empty for several or none.
        old, new: both texts where the finding is a difference.
        settled: what the clerk said to it; empty while it waits to be looked at.
    """

    kind: FindingKind
    detail: str
    task: str = ""
    old: str = ""
    new: str = ""
    settled: str = ""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Words of a returned file that belong to no task as far as was seen.

    Attributes:
        place: where they stand, in words (“反馈表 第12行”).
        settled: what the clerk did about them; empty while they wait.
    """

    place: str
    text: str
    settled: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedFileRow:
    """A file that came back in a round.

    Attributes:
        unit: official name; empty where nobody knows whose it is.
        saved_at: when it was last saved, by its own word; None where it does not say.
        received_at: when it was collected.
    """

    id: int
    round_id: int
    unit_id: int | None
    unit: str
    name: str
    blob_hash: str
    kind: FileKind
    standing: Standing
    received_at: datetime
    saved_at: datetime | None
    remarks: tuple[Remark, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """One call or message that chased a unit (催办).

    Attributes:
        whom: who was spoken to.
        said: what he said.
        by: who called.
    """

    at: datetime
    whom: str
    said: str
    by: str


@dataclass(frozen=True, slots=True)
class ByHand:
    """A return that was no file: who gave it, how, when, and a word about it."""

    way: Way
    on: date
    given_by: str
    word: str


@dataclass(frozen=True, slots=True)
class ReturnRow:
    """Where one unit stands in one round.

    Attributes:
        sent_at: when its form was made; None where none was.
        sent: the fixed cells of its form, to the letter.
        due: its own cut-off; None where the round's holds.
        due_reason: why it was moved.
        exempt: why it need not report this round; empty where it has to.
        by_hand: returns that were no files.
        calls: every call, the earliest first.
    """

    id: int
    round_id: int
    unit_id: int
    unit: str
    sent_at: datetime | None = None
    sent: tuple[FormRow, ...] = ()
    due: date | None = None
    due_reason: str = ""
    exempt: str = ""
    by_hand: tuple[ByHand, ...] = ()
    calls: tuple[Call, ...] = ()
