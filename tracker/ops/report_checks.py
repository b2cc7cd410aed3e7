"""Sums that do not agree in a round: in our circular, in the entries, in what units reported.

A finding is a hint. It changes nothing; the clerk may wave it off, and it stays away until a word
of its passage changes.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.base.progress import Progress
from tracker.domain.history import Changes
from tracker.domain.sum_check import (
    KIND_WORDS,
    PlacedText,
    SumFinding,
    SumPlace,
    SumSlip,
    SumSource,
)
from tracker.insight.owners import UnitBook
from tracker.insight.round_stats import round_stats
from tracker.insight.sums import check_text
from tracker.insight.sums_across import as_finding, check_fewer, check_percent, check_two_places
from tracker.insight.sums_circular import CircularFacts, check_circular
from tracker.ops.board_facts import round_before
from tracker.ops.circular import compose_circular
from tracker.ops.outcome import Outcome
from tracker.ops.round_facts import RoundContent, counted_on, round_content
from tracker.store.models import Setting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date, datetime

    from tracker.domain.circular import Circular
    from tracker.domain.entry import EntryRow, NoteRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office

_PREFIX = "sum_checked:"
_FIELDS = ("text", "problems", "next_steps", "remark")
_STEP = 50
_SHORTEST = 3
"""Names of units shorter than this stand in many words that mean no unit."""


def check_round(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    now: datetime,
    *,
    progress: Progress | None = None,
) -> tuple[SumFinding, ...]:
    """Return what does not agree in a round, those waved off marked so.

    The circular's come first, then the entries', then the units', each in printed order.

    Raises:
        Cancelled: the user stopped it.
        FileProblem: the wording of the circular is broken.
    """
    steps = progress or Progress()
    facts = _read(office, ledger, round_)
    steps.step("正在核对通报", 0, len(facts.content.tasks))
    findings = _circular_findings(office, ledger, round_, facts, now)
    findings += _text_findings(facts, steps)
    return _marked(office, findings)


def check_words(
    office: Office, ledger: LedgerRow, round_: RoundRow, circular: Circular, now: datetime
) -> tuple[SumFinding, ...]:
    """Return what does not agree in a circular as it would go out, edited or not.

    Findings that were waved off are marked.
    """
    counted = _counted(round_content(office, ledger, round_), round_, now.date())
    return _marked(office, list(check_circular(circular, counted)))


def waiting(findings: Sequence[SumFinding]) -> tuple[SumFinding, ...]:
    """Return the findings that the clerk did not wave off."""
    return tuple(finding for finding in findings if not finding.waved)


def wave_off(office: Office, finding: SumFinding, *, who: str, now: datetime) -> Outcome[str]:
    """Remember that the clerk looked at a finding and found it right (已核，无误)."""
    key = _PREFIX + finding.key
    with office.read() as view:
        if view.setting(key) is not None:
            return Outcome(finding.key, Changes(), "已经核过")
    value = {
        "kind": finding.kind.value,
        "said": finding.reckoning,
        "by": who,
        "on": now.isoformat(),
    }
    place = finding.passages[0].place.words
    with office.change(f"核对无误：{place}", who, now) as work:
        work.add(Setting(key=key, value=value))
    return Outcome(finding.key, work.changes, f"已记为核对无误：{place}")


def take_back(office: Office, finding: SumFinding, *, who: str, now: datetime) -> Outcome[str]:
    """Let a finding that was waved off stand open again."""
    key = _PREFIX + finding.key
    with office.read() as view:
        if view.setting(key) is None:
            return Outcome(finding.key, Changes(), "没有记为核对无误")
    place = finding.passages[0].place.words
    with office.change(f"恢复提示：{place}", who, now) as work:
        kept = work.find_setting(key)
        if kept is not None:
            work.remove(kept)
    return Outcome(finding.key, work.changes, f"重新提示：{place}")


def finding_line(finding: SumFinding) -> str:
    """Return a finding in one line (“第3项·核定稿·落实情况 分项与合计不符：…（请核对）”)."""
    places = "、".join(dict.fromkeys(passage.place.words for passage in finding.passages))
    return f"{places}　{KIND_WORDS[finding.kind]}：{finding.reckoning}（请核对）"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What is stored of a round and of the one before."""

    content: RoundContent
    notes: tuple[NoteRow, ...]
    before: Mapping[int, EntryRow]
    before_row: RoundRow | None
    same_year: bool


def _read(office: Office, ledger: LedgerRow, round_: RoundRow) -> _Facts:
    content = round_content(office, ledger, round_)
    with office.read() as view:
        earlier = round_before(view, round_)
        before = view.entries(earlier.id) if earlier else {}
        notes = view.round_notes(round_.id)
    cut_offs = [row.cut_off for row in (round_, earlier) if row is not None]
    years = {day.year for day in cut_offs if day is not None}
    return _Facts(content, notes, before, earlier, len(years) < 2)


def _circular_findings(
    office: Office, ledger: LedgerRow, round_: RoundRow, facts: _Facts, now: datetime
) -> list[SumFinding]:
    if not facts.content.tasks:
        return []
    circular = compose_circular(office, ledger, round_, now=now)
    return list(check_circular(circular, _counted(facts.content, round_, now.date())))


def _counted(content: RoundContent, round_: RoundRow, today: date) -> CircularFacts:
    as_of = content.as_of or counted_on(round_, today)
    stats = round_stats(content.tasks, content.entries, as_of, UnitBook.of(content.units))
    names = {name for u in content.units for name in (u.name, u.short_name, *u.names)}
    return CircularFacts(
        total=stats.total.number,
        completions={state: count.number for state, count in stats.completions},
        due=stats.rate.of.number,
        done=stats.rate.done.number,
        percent=stats.rate.percent,
        overdue=stats.overdue.number,
        rows=len(content.tasks),
        units=frozenset(name for name in names if len(name) >= _SHORTEST),
    )


def _text_findings(facts: _Facts, steps: Progress) -> list[SumFinding]:
    known: dict[str, tuple[SumSlip, ...]] = {}
    notes = _latest(facts.notes)
    entries: list[PlacedText] = []
    reported: list[PlacedText] = []
    found: dict[SumSource, list[SumFinding]] = {SumSource.ENTRY: [], SumSource.NOTE: []}
    for place, task in enumerate(facts.content.tasks):
        if place % _STEP == 0:
            steps.step("正在核对各项数字", place, len(facts.content.tasks))
        texts = list(_entry_texts(task, facts))
        said = {text.text for text in texts}
        own = [
            text
            for note in notes.get(task.id, ())
            for text in _note_texts(task, note, facts)
            if text.text not in said
        ]
        entries += texts
        reported += own
        for text in (*texts, *own):
            found[text.place.source] += _of_text(text, known)
    return [
        *found[SumSource.ENTRY],
        *check_two_places(entries),
        *found[SumSource.NOTE],
    ]


def _of_text(text: PlacedText, known: dict[str, tuple[SumSlip, ...]]) -> Iterator[SumFinding]:
    slips = known.get(text.text)
    if slips is None:
        slips = known[text.text] = check_text(text.text)
    for slip in slips:
        yield as_finding(text, slip)
    yield from check_fewer(text)
    yield from check_percent(text)


def _latest(notes: Sequence[NoteRow]) -> dict[int, list[NoteRow]]:
    """Return what each unit said last, by task; a correction is a new note."""
    last = {(note.task_id, note.unit): note for note in notes}
    by_task: dict[int, list[NoteRow]] = {}
    for note in last.values():
        by_task.setdefault(note.task_id, []).append(note)
    return by_task


def _entry_texts(task: TaskRow, facts: _Facts) -> Iterator[PlacedText]:
    entry = facts.content.entries.get(task.id)
    if entry is None:
        return
    for field in _FIELDS:
        text = getattr(entry, field)
        if text:
            place = SumPlace(SumSource.ENTRY, task.code, task.number, field=field)
            yield _placed(PlacedText(place, text, percent=entry.percent), task, facts)


def _note_texts(task: TaskRow, note: NoteRow, facts: _Facts) -> Iterator[PlacedText]:
    for field in _FIELDS[:3]:
        text = getattr(note, field)
        if text:
            place = SumPlace(SumSource.NOTE, task.code, task.number, note.unit or "", field)
            yield _placed(PlacedText(place, text, percent=note.percent), task, facts)


def _placed(text: PlacedText, task: TaskRow, facts: _Facts) -> PlacedText:
    """Add what the row says elsewhere; only what was done has a column and a past."""
    units = frozenset((*task.roles.lead, *task.roles.responsible))
    if text.place.field != "text":
        return replace(text, units=units, percent=None)
    before = facts.before.get(task.id)
    number = facts.before_row.number if facts.before_row else 0
    said = before.text if before is not None else ""
    return replace(text, units=units, before=said, before_round=number, same_year=facts.same_year)


def _marked(office: Office, findings: list[SumFinding]) -> tuple[SumFinding, ...]:
    with office.read() as view:
        kept = view.settings(_PREFIX)
    return tuple(replace(one, waved=_PREFIX + one.key in kept) for one in findings)
