"""The demonstration: the sample office and everything that can be written from it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from tracker.base.errors import FileProblem, reason
from tracker.base.file_names import free_path, report_name
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.domain.terms import OPEN
from tracker.insight.lights import is_overdue
from tracker.ops.breakdown import export_breakdown
from tracker.ops.circular import export_circular
from tracker.ops.circular_files import ENDINGS as LETTER_ENDINGS
from tracker.ops.collectives import find_unit
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.ledgers import list_ledgers
from tracker.ops.notice import export_notice
from tracker.ops.office import open_office
from tracker.ops.pictures import ENDINGS, KINDS, NothingToDraw, write_picture
from tracker.ops.reports import export_situation
from tracker.ops.rounds import choose_round, list_rounds
from tracker.ops.sample import SAMPLE_NAME, make_sample
from tracker.ops.slips import export_slip, file_name, find_slip, new_slip
from tracker.ops.table_files import ENDINGS as TABLE_ENDINGS
from tracker.ops.tasks import list_tasks

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow
    from tracker.ops.office import Office

WHO = "示例"
ACROSS_LEDGERS = frozenset({"lights"})
"""Kinds of picture that show all ledgers at once."""
FOR_THE_WALL = frozenset({"gantt"})
"""Kinds of picture that are printed large, so in every format."""


def run_demo(out: Path, now: datetime) -> tuple[Path, ...]:
    """Make the sample office in the folder `out` and write every report and picture from it.

    A sample office that lies there already is kept; the new one gets a number.

    Returns:
        The written files, the office first.

    Raises:
        UserError: the folder cannot be made, or a file cannot be written there.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(f"不能建立文件夹“{out}”", reason(error), "请换一个位置") from error
    path = make_sample(free_path(out / SAMPLE_NAME), who=WHO, now=now)
    office = open_office(path, now)
    try:
        written = (*_reports(office, out, now), *_pictures(office, out, now))
        return (path, *written, *_slips(office, out, now), *_forms(office, out, now))
    finally:
        office.close()


def _reports(office: Office, out: Path, now: datetime) -> Iterator[Path]:
    """Write duties with their notice, each round's table, the last one's circular."""
    for ledger in list_ledgers(office):
        rounds = list_rounds(office, ledger)
        day = now.date()
        for ending in TABLE_ENDINGS if rounds else ():
            target = out / report_name(ledger.name, "责任分解表", ending, day=day)
            yield export_breakdown(office, ledger, target, now=now).path
        for ending in LETTER_ENDINGS if rounds else ():
            target = out / report_name(ledger.name, "责任分解通知", ending, day=day)
            export_notice(office, ledger, target, now=now)
            yield target
        for round_ in rounds:
            is_last = round_ is rounds[-1]
            named = partial(report_name, ledger.name, round_number=round_.number, day=day)
            for ending in TABLE_ENDINGS if is_last else (".xlsx",):
                target = out / named("落实情况表", ending)
                yield export_situation(office, ledger, round_, target, now=now).path
            for ending in LETTER_ENDINGS if is_last else ():
                target = out / named("通报", ending)
                export_circular(office, ledger, round_, target, now=now)
                yield target


def _forms(office: Office, out: Path, now: datetime) -> Iterator[Path]:
    """Send the open round's forms of the first ledger that has rounds."""
    for ledger in list_ledgers(office):
        if list_rounds(office, ledger):
            round_ = choose_round(office, ledger, None)
            number = round_.number
            name = report_name(ledger.name, "反馈表", "", round_number=number, day=now.date())
            folder = free_path(out / name)
            plan = plan_forms(office, ledger, round_)
            sent = send_forms(office, ledger, round_, folder, plan=plan, who=WHO, now=now).value
            yield from (*sent.paths, sent.index_path)
            return


def _slips(office: Office, out: Path, now: datetime) -> Iterator[Path]:
    """Issue a slip of each kind about open tasks of single units, the overdue ones first."""
    ledger = next((row for row in list_ledgers(office) if list_rounds(office, row)), None)
    kinds = (SlipKind.SUPERVISION, SlipKind.PROBLEM, SlipKind.HINT, SlipKind.FEEDBACK)
    tasks = _for_slips(office, ledger, now.date()) if ledger else []
    for kind, (code, unit) in zip(kinds, tasks, strict=False):
        issued = new_slip(office, ledger, SlipChoice(kind, unit, (code,)), who=WHO, now=now)
        target = out / file_name(find_slip(office, issued.value))
        export_slip(office, issued.value, target)
        yield target


def _for_slips(office: Office, ledger: LedgerRow, today: date) -> list[tuple[str, str]]:
    """Return tasks with their unit."""
    found = []
    for task in list_tasks(office, ledger):
        units = task.roles.lead or task.roles.responsible
        is_one = len(units) == 1 and not find_unit(office, units[0]).is_collective
        if is_one and task.completion in OPEN:
            late = is_overdue(task.deadline, task.completion, today)
            found.append((not late, (task.code, units[0])))
    return [pair for _on_time, pair in sorted(found, key=lambda each: each[0])]


def _pictures(office: Office, out: Path, now: datetime) -> Iterator[Path]:
    for place, ledger in enumerate(list_ledgers(office)):
        rounds = list_rounds(office, ledger)
        round_ = choose_round(office, ledger, None) if rounds else None
        for kind, word in KINDS.items():
            if (kind == "trend" and not rounds) or (kind in ACROSS_LEDGERS and place):
                continue
            shown = "" if kind in ACROSS_LEDGERS else ledger.name
            for ending in ENDINGS if kind in FOR_THE_WALL else (".png",):
                target = out / report_name(shown, word, ending, day=now.date())
                try:
                    yield write_picture(office, kind, ledger, round_, target, now.date())
                except NothingToDraw:  # not every ledger has something late
                    continue
