"""The words of a line of the ledger, column by column: for painting, tool tips and copying."""

from __future__ import annotations

from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.instruction import STAGE_WORDS
from tracker.domain.terms import COMPLETION_WORDS, Completion
from tracker.ui.widgets.chips import unit_words

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.browse import TaskLine
    from tracker.domain.deadline import Deadline


class Column(IntEnum):
    """The columns of the list; those a user has not chosen are hidden, not gone."""

    LIGHT = 0
    NUMBER = 1
    TASK = 2
    UNITS = 3
    DEADLINE = 4
    ENTRY = 5
    STATE = 6
    SECTION = 7
    PERSONS = 8
    PERCENT = 9
    PROBLEMS = 10
    NEXT_STEPS = 11
    REMARK = 12


HEADINGS = (
    *("灯", "序号", "任务", "牵头 / 配合", "时限", "本期落实情况", "状态"),
    *("类别", "责任领导", "完成率", "存在问题", "下步打算", "备注"),
)
SORTS = (
    *("light", "position", "task", "unit", "deadline", "entry", "state"),
    *("section", "", "", "", "", ""),
)
"""What a click on each heading sorts by; nothing where it does not."""
STANDARD = (
    *(Column.LIGHT, Column.NUMBER, Column.TASK, Column.UNITS, Column.DEADLINE),
    *(Column.ENTRY, Column.STATE),
)
"""What is shown until the user chooses otherwise."""
FROZEN = (Column.LIGHT, Column.NUMBER, Column.TASK)
"""Stay in sight, and in their place, when the list is scrolled sideways."""
CARRIED = "（沿用上期）"
NOT_FILLED = "（本期未填）"


def one_line(text: str) -> str:
    """Return `text` with its line breaks as blanks."""
    return " ".join(text.split()) if "\n" in text or "\t" in text else text.strip()


def day_words(day: date, today: date) -> str:
    """Return “9月30日”, with the year where it is another one."""
    year = f"{day.year}年" if day.year != today.year else ""
    return f"{year}{day.month}月{day.day}日"


def deadline_words(deadline: Deadline | None, today: date) -> str:
    """Return a deadline for a list: its day where it has a certain one, else its words."""
    if deadline is None:
        return ""
    if deadline.date is not None and not deadline.doubtful:
        return day_words(deadline.date, today)
    return one_line(deadline.text)


def deadline_pair(line: TaskLine, today: date) -> tuple[str, str]:
    """Return the two lines of the deadline's cell; the second says what remains."""
    words = deadline_words(line.deadline, today)
    if not words:
        return line.remaining, ""
    if line.first_deadline is not None:
        words += "（延）"
    return words, line.remaining if line.remaining != words else ""


def state_pair(line: TaskLine) -> tuple[str, str]:
    """Return the two lines of the state's cell: the office's word, and how much is done."""
    percent = f"{line.percent:g}%" if line.percent is not None else ""
    if line.withdrawn:
        return ("已并入" if line.withdrawn.startswith("并入") else "已撤回"), ""
    if line.completion is Completion.CLOSED:
        return COMPLETION_WORDS[line.completion], percent
    stage = line.instruction.stage if line.instruction else None
    second = STAGE_WORDS[stage] if stage else percent
    return line.entry_state or COMPLETION_WORDS[line.completion], second


def entry_words(line: TaskLine) -> str:
    """Return the entry, marked where it should be new and was taken over from the round before."""
    waits = line.carried and line.is_open
    return f"{CARRIED}{line.entry_text}" if waits else line.entry_text


def cell_text(line: TaskLine, column: int, today: date) -> str:
    """Return a cell in words, for readers and for sorting by eye."""
    if column == Column.LIGHT:
        return line.remaining
    if column == Column.NUMBER:
        return line.number
    if column == Column.TASK:
        return line.text
    if column == Column.UNITS:
        return unit_words(line)
    if column == Column.DEADLINE:
        return "，".join(part for part in deadline_pair(line, today) if part)
    if column == Column.ENTRY:
        return entry_words(line)
    if column == Column.STATE:
        return "，".join(part for part in state_pair(line) if part)
    return further_words(line, column)


def further_words(line: TaskLine, column: int) -> str:
    """Return a cell of one of the columns that are not shown at first."""
    if column == Column.PERCENT:
        return "" if line.percent is None else f"{line.percent:g}%"
    return {
        Column.SECTION: line.section,
        Column.PERSONS: "、".join(line.persons),
        Column.PROBLEMS: line.problems,
        Column.NEXT_STEPS: line.next_steps,
        Column.REMARK: line.remark,
    }[Column(column)]


def tip_text(line: TaskLine, column: int) -> str:
    """Return what a cell has no room for."""
    if column == Column.NUMBER:
        return "　".join(part for part in (line.code, line.section) if part)
    if column == Column.TASK:
        return "\n".join(part for part in (line.text, line.withdrawn) if part)
    if column == Column.UNITS:
        return "\n".join(part for part in (unit_words(line), line.units_text) if part)
    if column in (Column.LIGHT, Column.DEADLINE):
        return "\n".join(part for part in (_printed_deadlines(line), line.reason) if part)
    if column == Column.ENTRY:
        return entry_words(line)
    return line.withdrawn if column == Column.STATE else further_words(line, column)


def _printed_deadlines(line: TaskLine) -> str:
    now = line.deadline.text if line.deadline else ""
    first = line.first_deadline.text if line.first_deadline else ""
    return f"时限：{now}（原定{first}）" if first else f"时限：{now}" if now else ""


@cache
def state_choices() -> tuple[str, ...]:
    """Return the states to choose from: the first word of each state that needs no closing."""
    return tuple(
        str(entry["words"][0])
        for entry in load("states.toml")["state"]
        if entry.get("completion") != Completion.CLOSED.value
    )


@cache
def closing_words() -> frozenset[str]:
    """Return the words that mean a closing (销号), which is more than a word."""
    return frozenset(
        str(word)
        for entry in load("states.toml")["state"]
        if entry.get("completion") == Completion.CLOSED.value
        for word in entry["words"]
    )
