"""Closing a round (定稿) and opening it again; what was approved is kept whole as an edition."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.domain.board import BoardState
from tracker.domain.edition import SCHEMA, ClosingCheck, canonical, content_hash
from tracker.domain.terms import OPEN, RoundState
from tracker.insight.rates import as_reported, state_of
from tracker.ops.board import board_of
from tracker.ops.browse import lighter
from tracker.ops.circular import circular_in
from tracker.ops.drawn_round import sources_of
from tracker.ops.edition_values import board_json, circular_json, plain
from tracker.ops.last_year import entries_before
from tracker.ops.layouts import standing_layout
from tracker.ops.outcome import Outcome
from tracker.ops.reports import situation_of
from tracker.ops.round_facts import counted_on
from tracker.ops.rounds import carry_on, standing_round
from tracker.ops.stats import stats_of
from tracker.ops.typed import state_in
from tracker.store.models import Edition

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date, datetime

    from tracker.domain.board import Board
    from tracker.domain.edition import EditionRow
    from tracker.domain.entry import EntryRow, NoteRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.insight.lights import Lit
    from tracker.ops.office import Office
    from tracker.store.queries import View

Json = dict[str, Any]  # Any: whatever JSON holds


def close_round(
    office: Office, ledger: LedgerRow, round_: RoundRow, *, who: str, now: datetime
) -> Outcome[EditionRow]:
    """Close a round and keep what was approved; return its edition. It cannot be undone.

    Raises:
        UserError: it is closed already, of another ledger, or there is nothing to print.
    """
    with office.change(f"第{round_.number}期定稿", who, now) as work:
        row = standing_round(work, round_.id)
        if row.ledger_id != ledger.id:
            raise UserError(f"第{round_.number}期不是专项“{ledger.name}”的", "", "请重新选择期数")
        with office.read() as view:
            content = content_of(view, ledger, round_, who, now)
        version = max((each.version for each in work.editions(row)), default=0) + 1
        edition = Edition(
            round_id=row.id,
            version=version,
            at=now,
            by=who,
            content=content,
            hash=content_hash(content),
        )
        work.add(edition)
        row.state = RoundState.CLOSED.value
        followed = carry_on(work, row) if version > 1 else 0
        work.barrier = f"第{round_.number}期已定稿；要改请重新打开"
    kept = edition_of(office, round_)
    if kept is None:
        raise LookupError("the edition that was just kept is not found")
    rows = len(content["situation"]["rows"])
    sentence = f"第{round_.number}期已定稿（第{version}版，{rows} 项）"
    if followed:
        sentence += f"；以后各期中沿用而未改的 {followed} 项随之更新"
    return Outcome(kept, work.changes, sentence)


def reopen_round(
    office: Office, ledger: LedgerRow, round_: RoundRow, reason: str, *, who: str, now: datetime
) -> Outcome[int]:
    """Open a closed round again; its edition stays with the reason; return the next version.

    Raises:
        UserError: it is not closed, of another ledger, or no reason is given.
    """
    if not reason.strip():
        raise UserError("重新打开需要写明理由", "理由记入留痕", "请填写理由")
    with office.change(f"重新打开第{round_.number}期", who, now) as work:
        row = work.round_by_id(round_.id)
        if row.ledger_id != ledger.id:
            raise UserError(f"第{round_.number}期不是专项“{ledger.name}”的", "", "请重新选择期数")
        if row.state != RoundState.CLOSED:
            raise UserError(f"第{round_.number}期没有定稿", "", "不用重新打开")
        editions = work.editions(row)
        for edition in editions:
            if edition.reopened_at is None:
                edition.reopened_at, edition.reopened_because = now, reason.strip()
        with office.read() as view:
            sent = any(each.sent_at for each in view.returns(row.id))
        row.state = (RoundState.COLLECTING if sent else RoundState.OPEN).value
        work.barrier = f"第{round_.number}期已重新打开"
    version = len(editions) + 1
    sentence = f"第{round_.number}期已重新打开；下次定稿为第{version}版"
    return Outcome(version, work.changes, sentence)


def edition_of(office: Office, round_: RoundRow) -> EditionRow | None:
    """Return the edition that holds for a round; None while it is open."""
    standing = [each for each in list_editions(office, round_) if each.reopened_at is None]
    return standing[-1] if standing else None


def list_editions(office: Office, round_: RoundRow) -> tuple[EditionRow, ...]:
    """Return all editions of a round by version, those that were opened again too."""
    with office.read() as view:
        return view.editions(round_.id)


def what_is_missing(
    office: Office, ledger: LedgerRow, round_: RoundRow, today: date
) -> ClosingCheck:
    """Return what is missing before a round is closed; nothing of a closed one."""
    with office.read() as view:
        if view.edition_part(round_.id, "closed") is not None:
            return ClosingCheck()
        shown = board_of(view, ledger, round_, today)
        tasks = view.tasks(ledger.id)
        entries = view.entries(round_.id)
        not_taken = tuple(_not_taken(view, tasks, entries, view.round_notes(round_.id)))
    still = [task for task in tasks if task.completion in OPEN]
    held = [(task, entries.get(task.id)) for task in still]
    units = _units_by_state(shown)
    return ClosingCheck(
        missing=units[BoardState.MISSING],
        not_due=units[BoardState.NOT_DUE],
        to_type=units[BoardState.TO_TYPE],
        to_check=units[BoardState.TO_CHECK],
        unclaimed=len(shown.unclaimed),
        unplaced=sum(1 for f in shown.waiting for words in f.unplaced if not words.settled),
        no_entry=tuple(t.code for t, entry in held if entry is None or not entry.text.strip()),
        carried=tuple(t.code for t, e in held if e is not None and e.carried and e.text.strip()),
        not_taken=not_taken,
        doubtful=tuple(_doubtful(tasks, entries)),
        numbers=_numbers(tasks),
    )


def _numbers(tasks: Sequence[TaskRow]) -> dict[str, str]:
    """Return what tasks are called on paper; not where a number stands twice."""
    counted = Counter(task.number for task in tasks)
    return {t.code: f"第{t.number}项" for t in tasks if t.number and counted[t.number] == 1}


def _units_by_state(shown: Board) -> dict[BoardState, tuple[str, ...]]:
    return {
        state: tuple(row.unit for row in shown.rows if row.state is state) for state in BoardState
    }


def _not_taken(
    view: View,
    tasks: Iterable[TaskRow],
    entries: dict[int, EntryRow],
    notes: Iterable[NoteRow],
) -> Iterator[str]:
    """Yield the tasks with a report that is not in the entry and that nobody dealt with since.

    An entry that was edited after the report came in is the clerk's answer to it.
    """
    latest: dict[tuple[int, str], NoteRow] = {(note.task_id, note.unit): note for note in notes}
    codes = {task.id: task.code for task in tasks}
    waiting: dict[str, None] = {}
    since: dict[datetime, frozenset[int]] = {}
    for note in latest.values():
        entry = entries.get(note.task_id)
        said = "".join(note.text.split())
        if note.task_id not in codes or not said:
            continue
        if entry is not None and said in "".join(entry.text.split()):
            continue
        if note.at not in since:
            since[note.at] = frozenset(view.changed_since(note.at, "entry"))
        if entry is not None and entry.id in since[note.at]:
            continue
        waiting[codes[note.task_id]] = None
    return iter(waiting)


def _doubtful(tasks: Iterable[TaskRow], entries: dict[int, EntryRow]) -> Iterator[tuple[str, str]]:
    for task in tasks:
        entry = entries.get(task.id)
        words = entry.state_text.strip() if entry is not None else ""
        if words and state_in(words) == (None, None):
            yield task.code, words


def content_of(view: View, ledger: LedgerRow, round_: RoundRow, who: str, now: datetime) -> Json:
    """Return everything that a report of this round prints, now or later, as JSON.

    Raises:
        UserError: there is nothing to print.
    """
    layout = standing_layout(view, ledger)
    today = now.date()
    shown = board_of(view, ledger, round_, today, at=now)
    tasks, entries = view.tasks(ledger.id), view.entries(round_.id)
    lights = lighter(view, counted_on(round_, today))
    situation = situation_of(view, ledger, round_, now)
    lines = view.lines([task.id for task in tasks], round_.id)
    content = {
        "schema": SCHEMA,
        "ledger": plain(ledger),
        "round": {**plain(round_), "state": RoundState.CLOSED.value},
        "closed": {"at": now.isoformat(), "by": who},
        "layout": {"name": layout["name"], "data": plain(layout)},
        "situation": {
            "title": situation.title,
            "annex": situation.annex,
            "meta": list(situation.meta),
            "headings": [column["heading"] for column in layout["columns"]],
            "rows": [plain(row) for row in situation.rows],
        },
        "light_rules": lights.rules.name,
        "tasks": _tasks_json(tasks, lights.lits(as_reported(tasks, entries))),
        "instructions": {x.code: plain(x.instruction) for x in lines if x.instruction},
        "milestones": plain(view.milestones([task.id for task in tasks])),
        "entries": [plain(entry) for entry in entries.values()],
        "before": _before(view, round_),
        "notes": [plain(note) for note in view.round_notes(round_.id)],
        "states": _states(tasks, entries),
        "stats": stats_of(view, ledger, round_, today, shown),
        "board": board_json(shown),
        "circular": circular_json(circular_in(view, ledger, round_, now)),
        "units": [plain(unit) for unit in view.units()],
        "documents": [plain(replace(d, readings=())) for d in view.documents(ledger.id)],
        "sources": sources_of(view, [task.id for task in tasks]),
    }
    read_back: Json = json.loads(canonical(content))
    return read_back


def _states(tasks: Iterable[TaskRow], entries: dict[int, EntryRow]) -> list[list[Any]]:
    """Return id, code and completion of each task: all that the rate over the rounds needs."""
    return [[t.id, t.code, state_of(t, entries.get(t.id))[0].value] for t in tasks]


def _before(view: View, round_: RoundRow) -> list[list[Any]]:
    """Return id and text of what the round before printed, for layouts that show both."""
    entries = entries_before(view, round_).values()
    return [[entry.task_id, entry.text] for entry in entries if entry.text]


def _tasks_json(tasks: Iterable[TaskRow], lits: dict[int, Lit]) -> list[Json]:
    found = []
    for task in tasks:
        lit = lits[task.id]
        light = {**plain(lit.light), "remaining": lit.remaining, "reason": lit.reason}
        found.append({**plain(task), "light": light})
    return found
