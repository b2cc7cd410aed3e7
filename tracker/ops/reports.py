"""Reports of a round: the content is fixed once here, every format prints it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.base.errors import UserError
from tracker.domain.content import Content, ContentRow
from tracker.domain.stamp import Stamp
from tracker.ops.edition_values import edition_content, situation_from
from tracker.ops.layouts import find_layout
from tracker.ops.situation_rows import PLAIN, full_rows
from tracker.ops.table_files import Exported, check_ending, export_table
from tracker.text.days import long_date

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.page import PrintedPage
    from tracker.domain.task import PrintedTask
    from tracker.ops.office import Office
    from tracker.reports.looks import Layout
    from tracker.store.queries import View


def situation_content(
    office: Office, ledger: LedgerRow, round_: RoundRow, now: datetime
) -> Content:
    """Return what the 落实情况表 of a round prints; a closed one prints from its edition.

    Raises:
        UserError: the ledger has no task.
    """
    with office.read() as view:
        stored = edition_content(view, round_.id)
        if stored is not None:
            return situation_from(stored, round_.number, now)
        return situation_of(view, ledger, round_, now)


def situation_of(view: View, ledger: LedgerRow, round_: RoundRow, now: datetime) -> Content:
    """Return what stands in the tasks and entries now, from an open view.

    Raises:
        UserError: the ledger has no task.
    """
    tasks = view.printed(ledger.id, round_.id)
    if not tasks:
        raise UserError(f"专项“{ledger.name}”里没有任务，无表可出", "", "请先导入表格或新增任务")
    return Content(
        title=ledger.table_title or f"{ledger.name}落实情况表",
        annex="附件",
        meta=_meta(ledger, round_),
        rows=tuple(_row(task) for task in tasks),
        properties=Stamp(ledger.name, round_.number, now).properties(),
        created=now,
    )


def _layout(office: Office, round_: RoundRow) -> Layout:
    """Return the layout a round is printed by: that of its edition, else the standing one."""
    from tracker.reports.looks import load_layout, read_layout

    with office.read() as view:
        stored = view.edition_part(round_.id, "layout")
    return read_layout(stored["data"], stored["name"]) if stored is not None else load_layout()


def _meta(ledger: LedgerRow, round_: RoundRow) -> tuple[str, ...]:
    """Return the line under the title: only what the office has filled in."""
    filled_by = (f"填报单位：{ledger.office}",) if ledger.office else ()
    day = round_.cut_off
    return (*filled_by, f"截止日期：{long_date(day)}") if day else filled_by


def _row(task: PrintedTask) -> ContentRow:
    """Print the leads, where there are none the responsible units."""
    names = task.lead or task.responsible
    return ContentRow(
        number=task.number,
        task=task.text,
        units=(task.units_text,) if task.units_text else names,
        progress=task.progress,
    )


def export_situation(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    target: Path,
    *,
    now: datetime,
    layout_name: str = "",
) -> Exported:
    """Write the 落实情况表 of a round as .xlsx, .docx or .pdf, beside the target and swapped in.

    Args:
        layout_name: one of `ops.layouts.list_layouts`, or a file of the office's own; without it
            the standard one, for a closed round the one it was approved in.

    Raises:
        UserError: another ending, no such layout, nothing to print, or the target cannot be
            written.
    """
    check_ending(target, "落实情况表")
    ensure_writable(target)
    content, layout = _in_layout(office, ledger, round_, now, layout_name)
    return export_table(content, layout, target)


def situation_pages(
    office: Office, ledger: LedgerRow, round_: RoundRow, now: datetime, layout_name: str = ""
) -> tuple[PrintedPage, ...]:
    """Return the pages of the 落实情况表 as `export_situation` prints them, for the preview.

    Raises:
        UserError: no such layout, or nothing to print.
    """
    from tracker.reports.table_pages import table_pages

    return table_pages(*_in_layout(office, ledger, round_, now, layout_name))


def _in_layout(
    office: Office, ledger: LedgerRow, round_: RoundRow, now: datetime, layout_name: str
) -> tuple[Content, Layout]:
    layout = find_layout(layout_name) if layout_name else _layout(office, round_)
    content = situation_content(office, ledger, round_, now)
    if not {column.field for column in layout.columns} <= PLAIN:
        rows = full_rows(office, ledger, round_, now.date())
        content = replace(content, rows=rows, headings=layout.headings)
    elif layout_name:
        content = replace(content, headings=layout.headings)
    return content, layout
