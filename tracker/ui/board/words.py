"""A unit's row in the words of the board: state, what came in, findings, what to do next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import TYPE_CHECKING

from tracker.domain.board import BOARD_WORDS, BoardState
from tracker.domain.returned import STANDING_WORDS, FindingKind, Standing
from tracker.domain.terms import RoundState
from tracker.ops.reminders import stage_of, wordings
from tracker.ui.board.model import Column
from tracker.ui.detail.words import short_day

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.board import Board, BoardFinding, BoardRow
    from tracker.domain.returned import Call, ReturnedFileRow


class Group(Enum):
    """What the list can be narrowed to."""

    MISSING = "未报"
    COMING = "未到期"
    CHECK = "待核"
    DONE = "已报"
    EXEMPT = "免报"


class Step(Enum):
    """What can be done about a unit; NEXT is what its row offers as a link."""

    NEXT = "next"
    REMIND = "remind"
    COPY = "copy"
    CALL = "call"
    TYPE = "type"
    UNTYPE = "untype"
    DUE = "due"
    UNDUE = "undue"
    EXEMPT = "exempt"
    LIFT = "lift"
    LOOK = "look"
    OPEN = "open"
    TASKS = "tasks"


READING = frozenset({Step.LOOK, Step.OPEN, Step.TASKS})
"""Steps that change nothing; all that is left in a closed round."""


@dataclass(frozen=True, slots=True)
class Look:
    """How a state is shown: a shape, a colour's name, the group it belongs to."""

    shape: str
    colour: str
    group: Group
    strong: bool = False


LOOKS = {
    BoardState.MISSING: Look("●", "red", Group.MISSING, strong=True),
    BoardState.TO_CHECK: Look("◐", "amber", Group.CHECK, strong=True),
    BoardState.TO_TYPE: Look("◐", "amber", Group.CHECK),
    BoardState.PARTLY: Look("◐", "amber", Group.DONE),
    BoardState.REPORTED: Look("✓", "green", Group.DONE),
    BoardState.NOT_DUE: Look("○", "grey", Group.COMING),
    BoardState.NOT_SENT: Look("○", "grey", Group.COMING),
    BoardState.EXEMPT: Look("–", "grey", Group.EXEMPT),
}

CHASE = "催报"
UNKNOWN_YEAR = "当年放假安排未收录，只按周末推算"
_COLOURS = {
    FindingKind.UNREADABLE: "red",
    FindingKind.RETURNED_TWICE: "accent",
    "unfilled": "accent",
    "earlier_round": "grey",
    "same_as_before": "violet",
}
"""Colours of findings; all others are amber while they wait."""


@dataclass(frozen=True, slots=True)
class Tag:
    """A finding as a chip."""

    words: str
    colour: str


@dataclass(frozen=True, slots=True)
class Action:
    """What is most likely to be done next, as a link."""

    words: str
    step: Step


@dataclass(frozen=True, slots=True)
class Line:
    """A unit's row, ready to be painted, ordered and searched.

    Attributes:
        order: its place among the most pressing.
        received_key, filled_key: what those columns are ordered by.
        is_late: what stands under 收到 is a delay.
        is_dim: nothing is expected of it.
    """

    row: BoardRow
    order: int
    look: Look
    received: str
    received_key: tuple[int, str]
    filled: str
    tags: tuple[Tag, ...]
    remark: str
    file: str
    file_tip: str
    action: Action | None
    is_late: bool
    is_dim: bool

    @property
    def unit_id(self) -> int:
        """Of the unit."""
        return self.row.unit_id

    @property
    def unit(self) -> str:
        """The unit's name."""
        return self.row.unit

    @property
    def state(self) -> str:
        """The state in words."""
        return BOARD_WORDS[self.row.state]

    @property
    def group(self) -> Group:
        """What it is counted under."""
        return self.look.group

    @property
    def tasks(self) -> int:
        """How many tasks it reports on."""
        return len(self.row.tasks)

    @property
    def filled_key(self) -> float:
        """The share of its tasks it said something about."""
        return len(self.row.filled) / len(self.row.tasks) if self.row.tasks else -1.0

    @property
    def calls(self) -> int:
        """How often it was chased."""
        return len(self.row.calls)

    def words(self, column: Column) -> str:
        """Return what stands in a cell."""
        tags = "、".join(tag.words for tag in self.tags)
        cells: dict[Column, str] = {
            Column.UNIT: self.unit,
            Column.TASKS: str(self.tasks) if self.tasks else "—",
            Column.STATE: self.state,
            Column.RECEIVED: self.received,
            Column.FILLED: self.filled,
            Column.FINDINGS: "　".join(part for part in (tags, self.remark) if part),
            Column.CALLS: f"{self.calls}次" if self.calls else "",
            Column.FILE: self.file,
            Column.ACTION: self.action.words if self.action else "",
        }
        return cells[column]

    def tip(self, column: Column) -> str | None:
        """Return what a cell says when the pointer rests on it."""
        row = self.row
        if column is Column.UNIT:
            contact = f"联系人：{row.contact} {row.phone}".strip()
            parts = (
                row.unit,
                contact if row.contact or row.phone else "",
                f"任务{self.tasks}项" if self.tasks else "",
                f"催办{self.calls}次" if self.calls else "",
                self.file_tip,
            )
            return "\n".join(part for part in parts if part)
        if column in (Column.RECEIVED, Column.STATE):
            return _dates(row) or None
        if column is Column.FINDINGS:
            lines = [f.detail or f.words for f in row.findings]
            return "\n".join([*lines, self.remark] if self.remark else lines) or None
        if column is Column.CALLS:
            return "\n".join(call_words(call) for call in row.calls) or None
        return self.file_tip or None if column is Column.FILE else None


def lines_of(board: Board) -> tuple[Line, ...]:
    """Return the rows of a board as they are shown."""
    files = {file.id: file for file in board.files}
    is_closed = board.round.state is RoundState.CLOSED
    lines = []
    for order, row in enumerate(board.rows):
        held = [files[each] for each in row.files if each in files]
        action = _action(row, held)
        if is_closed and action is not None and action.step not in READING:
            action = Action("打开", Step.OPEN) if held else None
        lines.append(_line(row, order, held, action, board.today))
    return tuple(lines)


def _line(
    row: BoardRow,
    order: int,
    held: list[ReturnedFileRow],
    action: Action | None,
    today: date,
) -> Line:
    counts = bool(row.filled) or row.came_back
    return Line(
        row=row,
        order=order,
        look=LOOKS[row.state],
        received=_received(row, today),
        received_key=_received_key(row),
        filled=f"{len(row.filled)}/{len(row.tasks)}" if counts and row.tasks else "—",
        tags=tuple(_tag(finding) for finding in row.findings),
        remark=_remark(row),
        file=_file_words(row, held),
        file_tip="\n".join(file_words(file, today) for file in held),
        action=action,
        is_late=row.state is BoardState.MISSING,
        is_dim=row.state in (BoardState.EXEMPT, BoardState.NOT_DUE, BoardState.NOT_SENT),
    )


def _received(row: BoardRow, today: date) -> str:
    if row.came_back and row.received_at is not None:
        words = moment_words(row.received_at, today)
        return f"{words} 迟报" if row.is_late else words
    if row.state is BoardState.MISSING:
        return _delay(row)
    if row.state is BoardState.EXEMPT:
        return "—"
    if row.due is None:
        return "没有截止日期"
    return f"{'延至' if row.own_due else '应于'}{short_day(row.due, today)}" + (
        "" if row.own_due else "前"
    )


def _received_key(row: BoardRow) -> tuple[int, str]:
    if row.state is BoardState.MISSING:
        return 0, f"{99999 - row.working_days_late:05}"
    if row.came_back and row.received_at is not None:
        return 1, row.received_at.isoformat()
    return 2, row.due.isoformat() if row.due else ""


def _delay(row: BoardRow) -> str:
    """Return how late a unit is; how that was counted stands beside it."""
    return row.late_words.partition("（")[0]


def _tag(finding: BoardFinding) -> Tag:
    colour = _COLOURS.get(finding.kind, "amber" if finding.waits else "grey")
    return Tag(finding.words, colour)


def _remark(row: BoardRow) -> str:
    late = _delay(row).replace("逾期", "迟报") if row.came_back else ""
    moved = f"延期：{row.due_reason}" if row.own_due and not row.came_back else ""
    by_weekends = UNKNOWN_YEAR if row.is_late and not row.calendar_known else ""
    parts = (late, by_weekends, moved, row.remark)
    return "；".join(part for part in parts if part)


def _file_words(row: BoardRow, held: list[ReturnedFileRow]) -> str:
    current = [file for file in held if file.standing is not Standing.EARLIER] or held
    if not current:
        return "、".join(row.ways)
    more = f"等{len(held)}份" if len(held) > 1 else ""
    return f"{current[-1].name}{more}"


def _action(row: BoardRow, held: list[ReturnedFileRow]) -> Action | None:
    if row.state is BoardState.MISSING:
        stage = stage_of(row)
        named = {wording.stage: wording.name for wording in wordings()}
        return Action(named.get(stage, CHASE) if stage > 1 else CHASE, Step.REMIND)
    if row.state is BoardState.TO_CHECK:
        altered = any(f.waits and f.kind == FindingKind.TASK_TEXT_ALTERED for f in row.findings)
        return Action("看差异" if altered else "核对", Step.LOOK)
    if row.state is BoardState.TO_TYPE:
        return Action("录入…", Step.TYPE)
    if row.state is BoardState.EXEMPT:
        return Action("取消免报", Step.LIFT)
    return Action("打开", Step.OPEN) if held else None


def _dates(row: BoardRow) -> str:
    parts = [
        f"发出：{row.sent_at:%Y-%m-%d %H:%M}" if row.sent_at else "",
        f"截止：{row.due:%Y-%m-%d}" if row.due else "",
        f"延期理由：{row.due_reason}" if row.own_due else "",
        f"免报理由：{row.exempt}" if row.exempt else "",
        row.late_words,
    ]
    return "\n".join(part for part in parts if part)


def moment_words(moment: datetime | date, today: date) -> str:
    """Return a moment as lists show it: 9月25日 16:20; a day without an hour as 9月25日."""
    if isinstance(moment, datetime):
        return f"{short_day(moment.date(), today)} {moment:%H:%M}"
    return short_day(moment, today)


def call_words(call: Call) -> str:
    """Return a call as one line: when, whom, what he said, who called."""
    when = f"{call.at.month}月{call.at.day}日 {call.at:%H:%M}"
    return f"{when} {call.by}找{call.whom}：{call.said}"


def file_words(file: ReturnedFileRow, today: date) -> str:
    """Return a returned file as one line: name, when, whether it counts."""
    when = moment_words(file.received_at, today)
    return f"{file.name}　{when}收　{STANDING_WORDS[file.standing]}"
