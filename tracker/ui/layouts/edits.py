"""What can be done to a layout in hand: each edit takes a draft and returns another one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.domain.layout import COLUMN_WORDS, NARROWEST_MM, ColumnDraft, GroupBy
from tracker.ui.layouts.words import BLANK, first_align, first_width

if TYPE_CHECKING:
    from collections.abc import Collection

    from tracker.domain.layout import LayoutDraft, Paper

_FULL_MM = 2.0
"""Columns that leave no more of the paper free are meant to fill it."""
_GROUP_HEADINGS = {GroupBy.SECTION: "类别", GroupBy.UNIT: "牵头单位"}


def addable(draft: LayoutDraft) -> tuple[str, ...]:
    """Return the fields that can be added: those not printed yet, and always a blank one."""
    printed = {column.field for column in draft.columns}
    left = (field for field in COLUMN_WORDS if field not in {*printed, BLANK, "group"})
    return (*left, BLANK)


def add_column(draft: LayoutDraft, field: str, at: int) -> LayoutDraft:
    """Put a column in that is not printed yet; columns that fill the paper make room for it."""
    if field != BLANK and any(column.field == field for column in draft.columns):
        return draft
    column = ColumnDraft(
        _free_name(draft, field), COLUMN_WORDS[field], first_width(field), first_align(field)
    )
    columns = (*draft.columns[:at], column, *draft.columns[at:])
    return _as_full(draft, replace(draft, columns=columns))


def remove_columns(draft: LayoutDraft, rows: Collection[int]) -> LayoutDraft:
    """Take columns out; where they filled the paper the others share the room."""
    left = tuple(column for i, column in enumerate(draft.columns) if i not in rows)
    gone = {draft.columns[i].field for i in rows}
    after = replace(draft, columns=left)
    if "group" in gone:
        after = replace(after, merged=False)
    return _as_full(draft, after)


def move_column(draft: LayoutDraft, row: int, to: int) -> LayoutDraft:
    """Put a column elsewhere; `to` counts as if it had been taken out."""
    columns = list(draft.columns)
    columns.insert(to, columns.pop(row))
    return replace(draft, columns=tuple(columns))


def change_column(draft: LayoutDraft, row: int, **values: object) -> LayoutDraft:
    """Change heading, width or alignment of a column."""
    columns = list(draft.columns)
    columns[row] = replace(columns[row], **values)  # type: ignore[arg-type]  # fields of it
    return replace(draft, columns=tuple(columns))


def move_border(draft: LayoutDraft, row: int, by_mm: float) -> LayoutDraft:
    """Move the border behind a column: the next one gives way, behind the last one the paper."""
    columns = draft.columns
    by_mm = max(by_mm, NARROWEST_MM - columns[row].width_mm)
    last = row + 1 == len(columns)
    spare = draft.room_mm - draft.used_mm if last else columns[row + 1].width_mm - NARROWEST_MM
    by_mm = round(min(by_mm, max(spare, 0.0)), 1)
    moved = change_column(draft, row, width_mm=round(columns[row].width_mm + by_mm, 1))
    if last:
        return moved
    return change_column(moved, row + 1, width_mm=round(columns[row + 1].width_mm - by_mm, 1))


def choose_paper(draft: LayoutDraft, paper: Paper, *, landscape: bool) -> LayoutDraft:
    """Take another paper; columns that filled the old one fill the new one."""
    return _as_full(draft, replace(draft, paper=paper, landscape=landscape))


def change_margin(draft: LayoutDraft, side: str, value: float) -> LayoutDraft:
    """Change a margin; columns that filled the paper go on doing so."""
    return _as_full(draft, replace(draft, margins_mm={**draft.margins_mm, side: value}))


def choose_group(draft: LayoutDraft, group: GroupBy, *, merged: bool) -> LayoutDraft:
    """Group the rows; merged cells need a column of their own, which comes and goes with them."""
    merged = merged and group is not GroupBy.NONE
    after = replace(draft, group=group, merged=merged)
    place = next((i for i, c in enumerate(draft.columns) if c.field == "group"), None)
    if merged and place is None:
        after = replace(add_column(draft, "group", 0), group=group, merged=True)
        place = 0
    elif not merged and place is not None:
        return _as_full(
            draft, replace(after, columns=(*draft.columns[:place], *draft.columns[place + 1 :]))
        )
    if merged and place is not None:
        words = {*_GROUP_HEADINGS.values(), COLUMN_WORDS["group"]}
        if after.columns[place].heading in words:
            after = change_column(after, place, heading=_GROUP_HEADINGS[group])
    return after


def _free_name(draft: LayoutDraft, field: str) -> str:
    used = {column.field for column in draft.columns}
    if field not in used:
        return field
    number = 2
    while f"{field}.{number}" in used:
        number += 1
    return f"{field}.{number}"


def _as_full(before: LayoutDraft, after: LayoutDraft) -> LayoutDraft:
    """Let columns fill the paper if they did before."""
    was_full = abs(before.room_mm - before.used_mm) <= _FULL_MM
    return after.fitted() if was_full and after.columns else after
