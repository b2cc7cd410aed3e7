"""Reports of a round: the content is fixed once here, every format prints it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.atomic import ensure_writable
from tracker.base.errors import UserError
from tracker.domain.content import Content, ContentRow
from tracker.domain.layout import PLACES, GroupBy, LayoutDraft
from tracker.domain.stamp import Stamp
from tracker.ops.edition_values import closed_on, edition_content, ledger_from, situation_from
from tracker.ops.layouts import find_layout, layout_of, standing_layout
from tracker.ops.situation_rows import PLAIN, full_rows
from tracker.ops.table_files import Exported, check_ending, export_table
from tracker.ops.templates import fill_named, find_template, is_template, table_in
from tracker.text.days import long_date
from tracker.text.wording import filled

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.page import PrintedPage
    from tracker.domain.task import PrintedTask
    from tracker.ops.office import Office
    from tracker.reports.looks import Layout
    from tracker.store.queries import View

MARKED = "注：下划线处为本期新增或改动的内容。"


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


def printed_layout(office: Office, ledger: LedgerRow, round_: RoundRow) -> Layout:
    """Return the layout a round is printed by: that of its edition, else the ledger's standing."""
    from tracker.reports.looks import read_layout

    with office.read() as view:
        stored = view.edition_part(round_.id, "layout")
        data = stored["data"] if stored is not None else standing_layout(view, ledger)
    return read_layout(data, data["name"])


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
    layout: str | LayoutDraft = "",
) -> Exported:
    """Write the 落实情况表 of a round as .xlsx, .docx or .pdf, beside the target and swapped in.

    Args:
        layout: one of `ops.layouts.list_layouts`, a file of the office's own, one that is
            being edited, or a template (`ops.templates`); without it the ledger's own, for a
            closed round the one it was approved in.

    Raises:
        UserError: another ending, no such layout, nothing to print, or the target cannot be
            written.
    """
    if isinstance(layout, str) and is_template(layout):
        return fill_named(office, ledger, round_, target, layout, now)
    check_ending(target, "落实情况表")
    ensure_writable(target)
    return export_table(*situation_in(office, ledger, round_, now, layout), target)


def situation_pages(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    now: datetime,
    layout: str | LayoutDraft = "",
) -> tuple[PrintedPage, ...]:
    """Return the pages of the 落实情况表 as `export_situation` prints them, for the preview.

    Raises:
        UserError: no such layout, or nothing to print.
    """
    from tracker.reports.table_pages import table_pages

    return table_pages(*situation_in(office, ledger, round_, now, layout))


def situation_in(
    office: Office,
    ledger: LedgerRow,
    round_: RoundRow,
    now: datetime,
    layout: str | LayoutDraft = "",
) -> tuple[Content, Layout]:
    """Return what the 落实情况表 of a round prints in a layout, and the layout.

    Raises:
        UserError: no such layout, or nothing to print.
    """
    if isinstance(layout, str) and is_template(layout):
        return table_in(office, ledger, round_, find_template(office, layout), now)
    look = _chosen(office, ledger, round_, layout)
    content = situation_content(office, ledger, round_, now)
    fields = {column.field for column in look.columns}
    lights: tuple[str, ...] = ()
    if look.group or look.frame.marks or not fields <= PLAIN:
        by, marks = GroupBy(look.group), look.frame.marks
        arranged = full_rows(office, ledger, round_, now.date(), by, marks=marks)
        content = replace(content, rows=arranged.rows)
        lights = arranged.lights if "light" in fields else ()
    content = replace(content, headings=look.headings)
    with office.read() as view:
        stored = edition_content(view, round_.id)
    held = ledger if stored is None else ledger_from(stored)
    values = {
        "标题": content.title,
        "专项": held.name,
        "期": str(round_.number),
        "填报单位": held.office,
        "截至": long_date(round_.cut_off) if round_.cut_off else "",
        "日期": long_date(now.date() if stored is None else closed_on(stored)),
        "项数": str(len(content.rows)),
    }
    return framed(content, look, values, lights), look


def framed(
    content: Content, look: Layout, values: Mapping[str, str], lights: tuple[str, ...] = ()
) -> Content:
    """Return the content with what its layout says round the table.

    Args:
        values: what the layout's words may name, see `domain.layout.PLACES`.
        lights: the lights that occur, with their words.

    Raises:
        UserError: the words name something that there is not.
    """
    frame = look.frame

    def said(words: str) -> str:
        try:
            return filled(words, values)
        except KeyError as error:
            raise UserError(
                f"版式“{look.label}”里没有“{error.args[0]}”这个占位",
                f"可用的占位：{'、'.join(PLACES)}",
                "请改正版式里的标题、附件、说明或签字栏",
            ) from error

    meta = content.meta
    if frame.meta is not None:
        meta = tuple(words for each in frame.meta if (words := said(each)))
    return replace(
        content,
        title=content.title if frame.title is None else said(frame.title),
        annex=content.annex if frame.annex is None else said(frame.annex),
        meta=meta,
        signature=tuple(words for each in frame.signature if (words := said(each))),
        legend=_legend(content, look, lights) if frame.legend else (),
    )


def _legend(content: Content, look: Layout, lights: tuple[str, ...]) -> tuple[str, ...]:
    lines = [f"图例：{'　'.join(lights)}"] if lights else []
    if look.frame.marks and any(any(row.new.values()) for row in content.rows):
        lines.append(MARKED)
    return tuple(lines)


def _chosen(
    office: Office, ledger: LedgerRow, round_: RoundRow, layout: str | LayoutDraft
) -> Layout:
    if isinstance(layout, LayoutDraft):
        return layout_of(layout)
    return find_layout(layout, office) if layout else printed_layout(office, ledger, round_)
