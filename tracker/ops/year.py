"""年终: the table of a whole year, and what each unit did in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.domain.content import Content, ContentRow
from tracker.domain.year import CLOSED, ENDING_WORDS, Ending
from tracker.insight.lights import FINISHED
from tracker.ops.situation_rows import NO_SECTION
from tracker.ops.table_files import Exported, check_ending, export_table
from tracker.ops.year_facts import year_facts
from tracker.ops.year_words import (
    closing_words,
    deadline_words,
    entry_words,
    others_words,
    remark_words,
    round_label,
    titled,
    units_words,
)
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow
    from tracker.domain.task import TaskRow
    from tracker.ops.office import Office
    from tracker.ops.year_facts import YearFacts
    from tracker.reports.looks import Layout

YEAR_TABLE = "年度总表"


def year_table(office: Office, ledger: LedgerRow, *, now: datetime) -> tuple[Content, Layout]:
    """Return what the 年度总表 of a ledger prints, and the layout that has room for its rounds.

    Closed rounds stand in it as they were approved, to the letter.

    Raises:
        UserError: the ledger has no task.
    """
    return table_of(year_facts(office, ledger, now.date()), now)


def table_of(facts: YearFacts, now: datetime) -> tuple[Content, Layout]:
    """Return the 年度总表 of facts that were read before."""
    from tracker.reports.year import has_columns_by_round, year_layout

    said = [_entries(facts, task) for task in facts.tasks]
    in_columns = has_columns_by_round(said)
    labels = [round_label(each, facts.ledger.year) for each in facts.rounds]
    rows = tuple(
        _row(facts, task, words, () if in_columns else labels)
        for task, words in zip(facts.tasks, said, strict=True)
    )
    content = Content(
        title=titled(facts.ledger, YEAR_TABLE),
        meta=("　　".join(_meta(facts, now)),),
        rows=rows,
        created=now,
    )
    return content, year_layout(rows, labels if in_columns else ())


def export_year(office: Office, ledger: LedgerRow, target: Path, *, now: datetime) -> Exported:
    """Write the 年度总表 as .xlsx, .docx or .pdf, beside the target and swapped in.

    Raises:
        UserError: another ending, nothing to print, or the target cannot be written.
    """
    check_ending(target, YEAR_TABLE)
    ensure_writable(target)
    return export_table(*year_table(office, ledger, now=now), target)


def _is_grouped(facts: YearFacts) -> bool:
    """Return whether any task stands in a section, so that the table is printed in groups."""
    return any(task.section for task in facts.tasks)


def _entries(facts: YearFacts, task: TaskRow) -> list[str]:
    return [entry_words(each.entries.get(task.id)) for each in facts.rounds]


def _row(facts: YearFacts, task: TaskRow, said: Sequence[str], labels: Sequence[str]) -> ContentRow:
    """Return a task's row, its entries one below the other where there are labels for them."""
    from tracker.reports.year import round_field

    last = facts.rounds[-1].entries.get(task.id) if facts.rounds else None
    finished = last is not None and last.completion in FINISHED
    cells = {round_field(place): words for place, words in enumerate(said, 1)}
    told = [f"{label}：{words}" for label, words in zip(labels, said, strict=False) if words]
    files = facts.files.get(task.code, ())
    out = facts.gone.get(task.code, "").partition("：")[0]
    state = closing_words(task, files, is_finished=finished, out=out)
    return ContentRow(
        number=task.number,
        task=task.text,
        units=units_words(task),
        cooperating=others_words(task),
        persons=task.persons,
        deadline=deadline_words(task),
        section=task.section,
        group=(task.section or NO_SECTION) if _is_grouped(facts) else "",
        progress="\n".join(told),
        state=state,
        remark=remark_words(task, facts),
        extra={} if labels else cells,
    )


def _meta(facts: YearFacts, now: datetime) -> list[str]:
    """Return who fills the table in, what it counts, and the day."""
    ledger = facts.ledger
    head = [f"填报单位：{ledger.office}"] if ledger.office else []
    return [*head, f"制表日期：{long_date(now.date())}", counted(facts)]


def counted(facts: YearFacts) -> str:
    """Return in a sentence how many tasks there are and how they ended; the parts add up."""
    endings = dict.fromkeys(Ending, 0)
    for result in facts.results.values():
        endings[result.ending] += 1
    parts = []
    closed = sum(endings[ending] for ending in CLOSED)
    if closed:
        kinds = [f"{ENDING_WORDS[e]}{endings[e]}项" for e in CLOSED if endings[e]]
        parts.append(f"已销号{closed}项" + (f"（{'、'.join(kinds)}）" if kinds else ""))
    parts += [
        f"{ENDING_WORDS[ending]}{endings[ending]}项"
        for ending in Ending
        if ending not in CLOSED and endings[ending]
    ]
    gone = len(facts.gone)
    out = f"另有撤回、并入{gone}项" if gone else ""
    counts = f"共{len(facts.results)}项：{'、'.join(parts)}" if parts else "共0项"
    return "；".join(part for part in (counts, out) if part)
