"""An invented table that shows a layout where the office has nothing to print yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.domain.content import STACKED, Content, ContentRow
from tracker.domain.layout import GroupBy
from tracker.ops.layouts import layout_of
from tracker.ops.reports import framed
from tracker.text.days import long_date

if TYPE_CHECKING:
    from datetime import date
    from typing import Any

    from tracker.domain.layout import LayoutDraft
    from tracker.domain.page import PrintedPage


def example_pages(draft: LayoutDraft, today: date) -> tuple[PrintedPage, ...]:
    """Return the pages of an invented table of three rows in a layout.

    Raises:
        FileProblem: the layout cannot be printed so.
        UserError: its words name something that there is not.
    """
    from tracker.reports.table_pages import table_pages

    look = layout_of(draft)
    told = load("example_table.toml")
    rows = tuple(_row(entry, draft) for entry in told["rows"])
    content = Content(
        title=told["title"],
        annex=told["annex"],
        meta=(f"填报单位：{told['office']}", f"截止日期：{long_date(today)}"),
        headings=look.headings,
        rows=rows,
    )
    values = {
        "标题": content.title,
        "专项": told["ledger"],
        "期": "1",
        "填报单位": told["office"],
        "截至": long_date(today),
        "日期": long_date(today),
        "项数": str(len(rows)),
    }
    lights = tuple(told["lights"]) if any(c.field == "light" for c in draft.columns) else ()
    return table_pages(framed(content, look, values, lights), look)


def _row(entry: dict[str, Any], draft: LayoutDraft) -> ContentRow:  # Any: values of TOML
    told: dict[str, Any] = {
        key: tuple(value) if key in STACKED else value for key, value in entry.items()
    }
    before, progress = entry.get("before", ""), entry["progress"]
    added = draft.marks and before and progress.startswith(before)
    headings = {GroupBy.SECTION: entry["section"], GroupBy.UNIT: entry["units"][0]}
    told |= {"group": headings.get(draft.group, "")}
    if added:
        told["new"] = {"progress": ((len(before), len(progress)),)}
    return ContentRow(**told)
