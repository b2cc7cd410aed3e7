"""Notes (原报): what a unit reported; never edited, a correction is a new note."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.ops.entries import round_to_fill
from tracker.ops.outcome import Outcome
from tracker.ops.units import Registrar
from tracker.store.models import Note

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from tracker.ops.office import Office
    from tracker.store.models import Round, Task

ORIGINS = {
    "typed": "录入",
    "table": "表格",
    "form": "反馈表",
    "text": "文字材料",
    "phone": "电话",
    "paper": "纸质",
    "wechat": "微信",
    "other": "其他方式",
}
"""How a report came in."""


@dataclass(frozen=True, slots=True)
class NoteWords:
    """What a unit reported."""

    text: str
    state: str = ""
    percent: float | None = None
    problems: str = ""
    next_steps: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """What came in on one task.

    Attributes:
        unit: the reporting unit by any of its names; "" where none is known.
        origin: one of `ORIGINS`.
        reported_by: who at the unit gave it.
        round_number: None for the open round.
    """

    code: str
    unit: str
    words: NoteWords
    origin: str = "typed"
    reported_by: str = ""
    round_number: int | None = None


def add_note(
    office: Office,
    code: str,
    unit: str,
    words: NoteWords,
    *,
    who: str,
    now: datetime,
    origin: str = "typed",
    reported_by: str = "",
    round_number: int | None = None,
) -> Outcome[int]:
    """Keep what a unit reported on a task in a round (the open one without a number).

    Args:
        unit, origin, reported_by: as in `Report`.

    Returns:
        The note's id.

    Raises:
        UserError: no such task or round, an empty text, or the round is closed.
    """
    report = Report(code, unit, words, origin, reported_by, round_number)
    kept = add_notes(office, (report,), who=who, now=now)
    return Outcome(kept.value[0], kept.changes, kept.sentence)


def add_notes(
    office: Office, reports: Sequence[Report], *, who: str, now: datetime
) -> Outcome[tuple[int, ...]]:
    """Keep what was reported on several tasks in one step, such as all of a returned form.

    Returns:
        The notes' ids in the order of the reports.

    Raises:
        UserError: one has no such task or round, an empty text, or a closed round; then none is
            kept.
    """
    if not all(report.words.text.strip() for report in reports):
        raise UserError("原报内容不能为空", "", "请填写单位报来的文字")
    label = f"记录 {len(reports)} 项原报" if len(reports) > 1 else "记录原报"
    with office.change(label, who, now) as work:
        registrar = Registrar(work)
        rounds: dict[tuple[int, int | None], Round] = {}
        rows: list[Note] = []
        for report in reports:
            task = work.task(report.code)
            asked = (task.ledger_id, report.round_number)
            if asked not in rounds:
                rounds[asked] = round_to_fill(work, task, report.round_number)
            rows.append(_note(report, task, rounds[asked], registrar, now))
        work.add_all(list(rows))
        ids = tuple(row.id for row in rows)
        numbers = sorted({round_.number for round_ in rounds.values()})
    return Outcome(ids, work.changes, _sentence(reports, numbers))


def _note(report: Report, task: Task, round_: Round, registrar: Registrar, now: datetime) -> Note:
    words, unit = report.words, report.unit.strip()
    return Note(
        task_id=task.id,
        round_id=round_.id,
        unit_id=registrar.speaker_id(unit) if unit else None,
        text=words.text,
        state_text=words.state.strip(),
        percent=words.percent,
        problems=words.problems,
        next_steps=words.next_steps,
        by=report.reported_by.strip(),
        at=now,
        origin=report.origin,
    )


def _sentence(reports: Sequence[Report], numbers: Sequence[int]) -> str:
    if not reports:
        return "没有变化"
    units = {report.unit.strip() for report in reports}
    only = next(iter(units)) if len(units) == 1 else ""
    whose = f"{only}的" if only else ""
    rounds = "、".join(str(number) for number in numbers)
    how_many = f" {len(reports)} 项" if len(reports) > 1 else ""
    return f"已记录{whose}第{rounds}期{how_many}原报"
