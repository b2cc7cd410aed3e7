"""Everything that the papers of a year speak of, read at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.board import BOARD_WORDS, BoardState
from tracker.domain.deadline import Deadline
from tracker.domain.slip_words import kind_words
from tracker.domain.terms import Completion, RoundState
from tracker.domain.workdays import load_calendar
from tracker.domain.year import ReturnLine, SlipSent, TaskFacts
from tracker.insight.lights import FINISHED
from tracker.insight.owners import UnitBook
from tracker.insight.year import result_of, unit_years
from tracker.ops.board import board_of
from tracker.ops.edition_values import entries_from

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from tracker.domain.board import Board, BoardRow
    from tracker.domain.browse import StoredChange
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow
    from tracker.domain.year import TaskResult, UnitYear
    from tracker.ops.office import Office
    from tracker.store.queries import View


@dataclass(frozen=True, slots=True)
class YearRound:
    """One round of the year: what was printed by task id, and who reported.

    Attributes:
        entries: of a closed round what its edition approved, to the letter.
    """

    round: RoundRow
    entries: Mapping[int, EntryRow]
    board: Board

    @property
    def is_closed(self) -> bool:
        """Whether it was approved."""
        return self.round.state is RoundState.CLOSED


@dataclass(frozen=True, slots=True)
class YearFacts:
    """What is stored of a ledger's year.

    Attributes:
        tasks: all tasks in printed order, withdrawn and merged ones too.
        gone: codes of those that do not count, with what became of them.
        results: how each task ended, by code.
        files: names of the files kept with a task, by its code.
        units: what each unit did.
        today: the day all this speaks of.
    """

    ledger: LedgerRow
    tasks: tuple[TaskRow, ...]
    gone: Mapping[str, str]
    rounds: tuple[YearRound, ...]
    results: Mapping[str, TaskResult]
    files: Mapping[str, tuple[str, ...]]
    units: tuple[UnitYear, ...]
    note: str
    today: date

    @property
    def counting(self) -> tuple[TaskRow, ...]:
        """The tasks that count."""
        return tuple(task for task in self.tasks if task.code not in self.gone)


def year_facts(office: Office, ledger: LedgerRow, today: date) -> YearFacts:
    """Return what is stored of a ledger's year.

    Raises:
        UserError: the ledger has no task.
    """
    with office.read() as view:
        return year_facts_of(view, ledger, today)


def year_facts_of(view: View, ledger: LedgerRow, today: date) -> YearFacts:
    """Return what is stored of a ledger's year, from an open view.

    Raises:
        UserError: the ledger has no task.
    """
    tasks = view.tasks(ledger.id, withdrawn=True)
    if not tasks:
        raise UserError(f"专项“{ledger.name}”里没有任务，无表可出", "", "请先导入表格或新增任务")
    rounds = tuple(_round(view, ledger, row, today) for row in view.rounds(ledger.id))
    gone = _gone(view, tasks)
    counting = tuple(task for task in tasks if task.code not in gone)
    calendar, rows = load_calendar(), view.units_of(ledger.id)
    results = {
        task.code: result_of(_facts(view, task, rounds), today, calendar) for task in counting
    }
    book = UnitBook.of(rows)
    slips = _slips(view, ledger, rows, today)
    files: dict[str, dict[str, None]] = {}
    for kept in view.evidence_files(ledger.id):
        files.setdefault(kept.code, {})[kept.name] = None
    return YearFacts(
        ledger=ledger,
        tasks=tasks,
        gone=gone,
        rounds=rounds,
        results=results,
        files={code: tuple(names) for code, names in files.items()},
        units=unit_years(counting, results, book, _returns(rounds, rows), slips),
        note=book.note(counting),
        today=today,
    )


def _round(view: View, ledger: LedgerRow, row: RoundRow, today: date) -> YearRound:
    stored = view.edition_part(row.id, "entries")
    entries = entries_from({"entries": stored}) if stored is not None else view.entries(row.id)
    return YearRound(row, entries, board_of(view, ledger, row, today))


def _gone(view: View, tasks: tuple[TaskRow, ...]) -> dict[str, str]:
    """Return what became of tasks that do not count, in words with the reason."""
    numbers = {task.code: task.number for task in tasks}
    found = {}
    for line in view.lines([task.id for task in tasks], None):
        if line.merged_into:
            number = numbers.get(line.merged_into, "")
            into = (
                f"第{number}项（编号{line.merged_into}）" if number else f"编号{line.merged_into}"
            )
            found[line.code] = f"并入{into}：{line.withdrawn}"
        elif line.withdrawn:
            found[line.code] = f"撤回：{line.withdrawn}"
    return found


def _facts(view: View, task: TaskRow, rounds: tuple[YearRound, ...]) -> TaskFacts:
    last = rounds[-1].entries.get(task.id) if rounds else None
    finished = last is not None and last.completion in FINISHED
    stood = (task.deadline, task.first_deadline is not None)
    if task.completion is Completion.CLOSED:
        stood = deadline_when_closed(view.task_changes(task.id)) or stood
    return TaskFacts(task, *stood, finished, _done_in(task, rounds))


def _done_in(task: TaskRow, rounds: tuple[YearRound, ...]) -> tuple[int, date] | None:
    """Return the earliest round since which every round says the task is done."""
    found = None
    for each in reversed(rounds):
        entry, day = each.entries.get(task.id), each.round.cut_off
        if entry is None or entry.completion not in FINISHED:
            break
        if day is not None:
            found = (each.round.number, day)
    return found


def deadline_when_closed(changes: tuple[StoredChange, ...]) -> tuple[Deadline | None, bool] | None:
    """Return the deadline that stood when a task was closed last, and whether it was extended.

    None where the trace does not tell. What was extended afterwards makes nothing on time.
    """
    row: dict[str, object] = {}
    found: tuple[Deadline | None, bool] | None = None
    for change in changes:
        if change.table != "task" or change.after is None:
            continue
        was = row.get("completion")
        row |= change.after
        if row.get("completion") == Completion.CLOSED and was != Completion.CLOSED:
            found = (_deadline(row), row.get("first_deadline_text") is not None)
    return found


def _deadline(row: Mapping[str, object]) -> Deadline | None:
    words, day = str(row.get("deadline_text") or ""), row.get("deadline_date")
    if not words and not day:
        return None
    due = date.fromisoformat(str(day)) if day else None
    return Deadline(words, due, doubtful=bool(row.get("deadline_doubtful")))


def _returns(
    rounds: tuple[YearRound, ...], units: tuple[UnitRow, ...]
) -> dict[str, list[ReturnLine]]:
    """Return by unit what it was asked for; rounds in which nobody was asked are left out."""
    names = {unit.id: unit.name for unit in units}
    found: dict[str, list[ReturnLine]] = {}
    for each in rounds:
        if not (each.board.by_form or each.round.feedback_due):
            continue
        for row in each.board.rows:
            if row.expected or row.came_back:
                name = names.get(row.unit_id, row.unit)
                found.setdefault(name, []).append(_return_line(each.round, row))
    return found


def _return_line(round_: RoundRow, row: BoardRow) -> ReturnLine:
    moment = row.received_at
    received = moment.date() if isinstance(moment, datetime) else moment
    words = (row.late_words, "、".join(row.ways), row.due_reason, row.exempt, row.remark)
    return ReturnLine(
        round=round_.number,
        cut_off=round_.cut_off,
        is_due=row.expected and row.state is not BoardState.EXEMPT,
        came=row.came_back,
        is_late=row.is_late and row.came_back,
        is_missing=row.state is BoardState.MISSING,
        state=BOARD_WORDS[row.state],
        due=row.due,
        received=received,
        basis="；".join(dict.fromkeys(word for word in words if word)),
    )


def _slips(
    view: View, ledger: LedgerRow, units: tuple[UnitRow, ...], today: date
) -> dict[str, list[SlipSent]]:
    names, calendar = {unit.id: unit.name for unit in units}, load_calendar()
    found: dict[str, list[SlipSent]] = {}
    for slip in reversed(view.slips(ledger.id)):
        name = names.get(slip.unit_id or 0, slip.unit)
        sent = SlipSent(slip, kind_words(slip.kind).word, slip.late(today, calendar))
        found.setdefault(name, []).append(sent)
    return found


def unasked_rounds(facts: YearFacts) -> Iterator[int]:
    """Yield the numbers of rounds in which no unit was asked to report."""
    for each in facts.rounds:
        if not (each.board.by_form or each.round.feedback_due):
            yield each.round.number
