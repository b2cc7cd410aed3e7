"""Lists of a round (清单): unfinished, overdue, slow, due soon, units that did not report."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.domain.board import BOARD_WORDS, BoardState
from tracker.domain.content import Content, ContentRow
from tracker.domain.terms import COMPLETION_WORDS, OPEN, PACE_WORDS, Completion, Pace
from tracker.ops.list_facts import list_facts
from tracker.ops.table_files import check_ending, export_table
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime
    from pathlib import Path

    from tracker.domain.board import BoardRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.ops.list_facts import ListFacts
    from tracker.ops.office import Office


class ListKind(StrEnum):
    """What a list shows."""

    UNFINISHED = "unfinished"
    OVERDUE = "overdue"
    SLOW = "slow"
    MISSING = "missing"
    DUE = "due"


LIST_WORDS = {
    ListKind.UNFINISHED: "未完成清单",
    ListKind.OVERDUE: "逾期清单",
    ListKind.SLOW: "滞后受阻清单",
    ListKind.MISSING: "未反馈清单",
    ListKind.DUE: "到期清单",
}
DAYS_AHEAD = 7
"""How far a list of what is due looks where nothing else is said."""
MOST_DAYS = 3650
NONE_WORD = "无"
"""What the one row of an empty list says."""

_SLOW = (Pace.BEHIND, Pace.BLOCKED)


@dataclass(frozen=True, slots=True)
class RoundList:
    """A list with what it counts.

    Attributes:
        codes: of the tasks it shows; none for units.
        units: the units it names, in official order.
    """

    kind: ListKind
    content: Content
    codes: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many tasks, or units where it lists units."""
        return len(self.units if self.kind is ListKind.MISSING else self.codes)


@dataclass(frozen=True, slots=True)
class ExportedList:
    """A written list: where it lies, what it says, and what the clerk should know."""

    path: Path
    list: RoundList
    warnings: tuple[str, ...]


def read_list(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    kind: ListKind,
    *,
    now: datetime,
    days: int = DAYS_AHEAD,
) -> RoundList:
    """Return a list of a round; that of a closed one as it was approved.

    Raises:
        UserError: the ledger has no task.
    """
    return make_list(list_facts(office, ledger, round_, now), kind, days)


def export_list(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    kind: ListKind,
    target: Path,
    *,
    now: datetime,
    days: int = DAYS_AHEAD,
) -> ExportedList:
    """Write a list as .xlsx, .docx or .pdf, beside the target and swapped in.

    Raises:
        UserError: another ending, the ledger has no task, or the target cannot be written.
    """
    check_ending(target, LIST_WORDS[kind])
    ensure_writable(target)
    return write_list(read_list(office, ledger, round_, kind, now=now, days=days), target)


def write_list(found: RoundList, target: Path) -> ExportedList:
    """Write a list that is made already.

    Raises:
        UserError: the target cannot be written.
    """
    from tracker.reports.looks import load_layout

    written = export_table(found.content, load_layout(f"list_{found.kind}"), target)
    return ExportedList(target, found, written.warnings)


def list_columns(kind: ListKind) -> tuple[tuple[str, str], ...]:
    """Return field and heading of each column of a list."""
    from tracker.reports.looks import load_layout

    return tuple((c.field, c.heading) for c in load_layout(f"list_{kind}").columns)


def make_list(facts: ListFacts, kind: ListKind, days: int = DAYS_AHEAD) -> RoundList:
    """Return a list from what is read of a round.

    Args:
        days: how many days a list of what is due looks ahead.
    """
    if kind is ListKind.MISSING:
        return _missing(facts)
    if kind is ListKind.DUE:
        return _due(facts, days)
    return {
        ListKind.UNFINISHED: _unfinished,
        ListKind.OVERDUE: _overdue,
        ListKind.SLOW: _slow,
    }[kind](facts)


def _unfinished(facts: ListFacts) -> RoundList:
    stats = facts.stats
    counted = dict(stats.completions)
    open_ones = [state for state in Completion if state in OPEN and state in counted]
    tasks = facts.tasks(code for state in open_ones for code in counted[state].codes)
    parts = "、".join(f"{COMPLETION_WORDS[s]}{counted[s].number}项" for s in open_ones)
    said = f"未完成{len(tasks)}项" + (f"（{parts}）" if len(open_ones) > 1 else "")
    rate = stats.rate
    excluded = f"，调整/取消{rate.excluded.number}项" if rate.excluded.number else ""
    whole = f"任务共{stats.total.number}项，已完成{rate.done.number}项{excluded}"
    return _of_tasks(facts, ListKind.UNFINISHED, "未完成任务清单", tasks, f"{whole}，{said}")


def _overdue(facts: ListFacts) -> RoundList:
    tasks = sorted(facts.tasks(facts.stats.overdue.codes), key=_day)
    doubtful = sum(
        1
        for task in facts.content.tasks
        if task.deadline is not None and task.deadline.doubtful and facts.completion(task) in OPEN
    )
    said = f"逾期{len(tasks)}项"
    if doubtful:
        said += f"；另有{doubtful}项时限待核，核定前不按逾期计"

    def late(row: ContentRow, task: TaskRow) -> ContentRow:
        words = f"逾期{(facts.as_of - _day(task)).days}天"
        return replace(row, extra={**row.extra, "late": words})

    return _of_tasks(facts, ListKind.OVERDUE, "逾期任务清单", tasks, said, late)


def _slow(facts: ListFacts) -> RoundList:
    counted = dict(facts.stats.paces)
    paces = [pace for pace in _SLOW if pace in counted]
    tasks = facts.tasks(code for pace in paces for code in counted[pace].codes)
    said = "、".join(f"{PACE_WORDS[pace]}{counted[pace].number}项" for pace in paces)
    said = said or "没有滞后或受阻的任务"
    return _of_tasks(facts, ListKind.SLOW, "滞后受阻任务清单", tasks, said)


def _due(facts: ListFacts, days: int) -> RoundList:
    """List what falls due from the day counted on; before that it is overdue."""
    until = facts.today + timedelta(days=days)
    tasks = sorted(
        (
            task
            for task in facts.content.tasks
            if facts.completion(task) in OPEN
            and task.deadline is not None
            and task.deadline.date is not None
            and not task.deadline.doubtful
            and facts.as_of <= task.deadline.date <= until
        ),
        key=_day,
    )
    past = sum(1 for task in tasks if _day(task) < facts.today)
    said = f"{days}天内（至{long_date(until)}）到期{len(tasks) - past}项"
    if past:
        said += f"；截至日以后、{_short(facts.today)}以前已到期{past}项，未计入逾期"

    def left(row: ContentRow, task: TaskRow) -> ContentRow:
        return replace(row, extra={**row.extra, "left": _left((_day(task) - facts.today).days)})

    return _of_tasks(facts, ListKind.DUE, f"{days}天内到期任务清单", tasks, said, left)


def _left(days: int) -> str:
    if days == 0:
        return "今天到期"
    return f"剩{days}天" if days > 0 else f"已过{-days}天"


def _day(task: TaskRow) -> date:
    day = task.deadline.date if task.deadline is not None else None
    if day is None:
        raise LookupError(f"{task.code} has no date")
    return day


def _of_tasks(
    facts: ListFacts,
    kind: ListKind,
    title: str,
    tasks: Sequence[TaskRow],
    said: str,
    finish: Callable[[ContentRow, TaskRow], ContentRow] = lambda row, _task: row,
) -> RoundList:
    units = facts.units_of(tasks)
    meta = f"{said}，涉及{len(units)}个单位" if units else said
    rows = tuple(finish(facts.rows[task.code], task) for task in tasks)
    content = _content(facts, title, meta, rows or (ContentRow(task=NONE_WORD),))
    return RoundList(kind, content, tuple(task.code for task in tasks), units)


def _missing(facts: ListFacts) -> RoundList:
    shown = facts.board
    counted = Counter(row.state for row in shown.rows)
    numbers = {task.code: task.number or task.code for task in facts.content.tasks}
    said = f"应报{shown.expected}家，已报{shown.returned}家，未反馈{len(shown.missing)}家"
    for state in (BoardState.TO_TYPE, BoardState.NOT_DUE):
        if counted[state]:
            said += f"，{BOARD_WORDS[state]}{counted[state]}家"
    told = [said, *([shown.claim_first] if shown.claim_first and shown.missing else [])]
    rows = tuple(
        _missing_row(str(place), row, numbers) for place, row in enumerate(shown.missing, 1)
    )
    content = _content(
        facts, "未反馈单位清单", "；".join(told), rows or (ContentRow(units=(NONE_WORD,)),)
    )
    units = tuple(row.unit for row in shown.missing)
    return RoundList(ListKind.MISSING, content, units=units)


def _missing_row(number: str, row: BoardRow, numbers: dict[str, str]) -> ContentRow:
    asked = "、".join(numbers[code] for code in row.tasks if code in numbers)
    remarks: Iterable[str] = (
        f"期限改过：{row.due_reason}" if row.own_due and row.due_reason else "",
        row.earlier,
        row.remark,
    )
    return ContentRow(
        number=number,
        units=(row.unit,),
        task=f"{len(row.tasks)}项：{asked}" if asked else f"{len(row.tasks)}项",
        deadline=long_date(row.due) if row.due else "",
        remark="；".join(part for part in remarks if part),
        extra={
            "late": row.late_words,
            "contact": row.contact,
            "phone": row.phone,
            "calls": f"{len(row.calls)}次" if row.calls else "",
        },
    )


def _content(facts: ListFacts, title: str, meta: str, rows: tuple[ContentRow, ...]) -> Content:
    name = f"{facts.ledger.name}第{facts.round.number}期{title}"
    counted = f"截至{long_date(facts.as_of)}"
    return Content(name, meta=(meta, counted), rows=rows, created=facts.now)


def _short(day: date) -> str:
    return f"{day.month}月{day.day}日"
