"""Finding the heading rows of a table, over one, two or three rows of the grid."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.duties.units import is_unit_like
from tracker.tables.cells import number_text, squeezed
from tracker.tables.guessing import UNIT_FIELDS, with_guessed_task
from tracker.tables.headings import Heading, classify, is_period, stand_in_rank
from tracker.tables.notices import is_meta
from tracker.tables.states import is_state

if TYPE_CHECKING:
    from tracker.tables.matrix import Matrix, Piece

DEPTH = 3
_LONGEST_HEADING = 40
_ENDS_LIKE_PROSE = re.compile(r"[。；;！？!?]$|。")
_NUMBER = re.compile(r"[（(]?\d+(?:\.\d+)?[）)]?|[①-⑳]")
_ANY_UNIT = ("单位", "部门", "单位名称", "部门名称")
"""What these mean below 牵头 or 配合 is said there."""
_PLAN = re.compile(r"计划|目标|安排|要求|任务")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        index: its place in the grid, from 0.
        text: its own heading as printed; empty where it has none.
        group: the heading above it that it shares with its neighbours.
        heading: what it stands for.
        above: all headings above it, the outermost first.
    """

    index: int
    text: str
    group: str = ""
    heading: Heading | None = None
    above: tuple[str, ...] = ()

    @property
    def field(self) -> str:
        """The field the column stands for; empty for an unknown one."""
        return self.heading.field if self.heading else ""


@dataclass(frozen=True, slots=True)
class Header:
    """The heading rows `top` to `bottom` (inclusive) of a table.

    Attributes:
        fields: what each column stands for where the clerk said it; empty: by the headings.
        is_remembered: the clerk said it about an earlier table with the same headings.
    """

    top: int
    bottom: int
    columns: tuple[Column, ...]
    fields: tuple[str, ...] = ()
    is_remembered: bool = False

    def same_as(self, other: Header) -> bool:
        """Tell whether both head the same columns."""
        return [squeezed(c.text) for c in self.columns] == [squeezed(c.text) for c in other.columns]


def header_at(matrix: Matrix, row: int) -> Header | None:
    """Return the header whose first row is `row`; the deepest one that makes sense."""
    if not _can_begin(matrix, row):
        return None
    best = None
    for depth in range(DEPTH):
        bottom = row + depth
        if bottom >= matrix.height or (depth and not _goes_on(matrix, row, bottom)):
            break
        columns = columns_between(matrix, row, bottom)
        if not has_task(columns):
            columns = with_guessed_task(columns, matrix, row, bottom)
        if _is_header(columns) and not (depth and not best and _stands_alone(matrix, bottom)):
            best = Header(row, bottom, columns)
    return best


def _can_begin(matrix: Matrix, row: int) -> bool:
    own = matrix.own(row)
    texts = [piece.text for piece in own]
    return (
        len(own) > 1
        and not any(map(str.isdecimal, texts))
        and all(_heading_like(text) and not _NUMBER.fullmatch(number_text(text)) for text in texts)
        and not any(is_meta(text) and not is_period(text) for text in texts)
    )


def _heading_like(text: str) -> bool:
    text = squeezed(text)
    return len(text) <= _LONGEST_HEADING and not _ENDS_LIKE_PROSE.search(text)


def _stands_alone(matrix: Matrix, row: int) -> bool:
    """Tell whether a row is a whole header by itself, so that the row above is none of it."""
    return len(matrix.own(row)) > 1 and _is_header(columns_between(matrix, row, row))


def _goes_on(matrix: Matrix, top: int, row: int) -> bool:
    """Tell whether `row` holds sub-headings: short words below groups, nothing elsewhere."""
    own = matrix.own(row)
    if not own:
        return any(
            (row, c) in matrix.heads and matrix.heads[row, c].top < row for c in _all(matrix)
        )
    understood = [p for p in own if classify(p.text) or is_period(p.text)]
    known = len(own) > 1 and (
        2 * len(understood) >= len(own) or _are_states(own) or _are_speakers(matrix, row, own)
    )
    drawn = any(top <= merge.top < row for merge in matrix.grid.merges)
    # Without merged areas the first column is what tells sub-headings from a row of the table.
    indented = len(own) > 1 and bool(understood) and own[0].place[1] > 0
    return (known or drawn or indented) and all(
        _heading_like(piece.text)
        and not _NUMBER.fullmatch(squeezed(piece.text))
        and _below_group(matrix, top, row, piece.place[1])
        for piece in own
    )


def _are_states(own: tuple[Piece, ...]) -> bool:
    """Tell whether all cells are state words, to be ticked below (已完成 | 推进中 | 未启动)."""
    different = len({squeezed(piece.text) for piece in own}) == len(own)
    return different and all(is_state(piece.text) for piece in own)


def _are_speakers(matrix: Matrix, row: int, own: tuple[Piece, ...]) -> bool:
    """Tell whether units stand below 进展情况, a column for each (甲镇 | 乙镇 | 丙街道)."""
    above = classify(matrix.at(row - 1, own[0].place[1]).text)
    in_progress = above is not None and above.field == "progress"
    return in_progress and own[0].place[1] > 0 and all(_is_speaker(p.text) for p in own)


def _is_speaker(text: str) -> bool:
    return is_unit_like(text) and not is_state(text)


def _all(matrix: Matrix) -> range:
    return range(matrix.width)


def _below_group(matrix: Matrix, top: int, row: int, column: int) -> bool:
    """Tell whether the cell lies below a heading that reaches over several columns."""
    if matrix.span(row - 1, column) > 1:
        return True
    above = matrix.at(row - 1, column)
    if not above:
        return bool(_group(matrix, top, row - 1, column)) or row - 1 > top
    if (row - 1, column) in matrix.heads:
        return False
    right = column + 1
    while right < matrix.width and not matrix.at(row - 1, right):
        if matrix.pieces[row][right]:
            return True
        right += 1
    return False


def _group(matrix: Matrix, top: int, bottom: int, column: int) -> str:
    """Return the nearest heading above: the merged one, else the next one to the left."""
    for row in range(bottom, top - 1, -1):
        for left in range(column, -1, -1):
            piece = matrix.at(row, left)
            if piece:
                merge = matrix.heads.get((row, left))
                reaches = merge is None or merge.right >= column or merge.right == merge.left
                return piece.text.strip() if reaches else ""
    return ""


def columns_between(matrix: Matrix, top: int, bottom: int) -> tuple[Column, ...]:
    """Return the columns as the rows from `top` to `bottom` head them."""
    return tuple(_column(matrix, top, bottom, index) for index in _all(matrix))


def _column(matrix: Matrix, top: int, bottom: int, index: int) -> Column:
    for row in range(bottom, top - 1, -1):
        piece = matrix.at(row, index)
        if not piece:
            continue
        group, over = "", []
        if row > top and piece.place[0] > top:
            group = _group(matrix, top, piece.place[0] - 1, index)
            over = [_group(matrix, at, at, index) for at in range(top, piece.place[0])]
        text = piece.text.strip()
        above = tuple(dict.fromkeys(filter(None, over)))
        return Column(index, text, group, _meaning(text, group), above)
    return Column(index, "")


def _meaning(text: str, group: str) -> Heading | None:
    """Return what a heading means by itself, else together with the group above it."""
    own = classify(text)
    above = classify(group) if group else None
    if above and above.field == "progress" and not own and _is_speaker(text):
        return None
    if above and above.field in UNIT_FIELDS and squeezed(text) in _ANY_UNIT:
        return above
    if group and is_period(group):
        own = _of_period(own, text)
    if above and above.field == "progress" and is_state(text) and not own:
        return None
    if is_period(text):
        if above and above.field != "progress":
            return above if above.field in ("percent", "previous") else None
        return None if _PLAN.search(group) else Heading("progress", period=True)
    if own and (own.exact or not above):
        return own
    return classify(f"{text}{group}") or own or above


def _of_period(own: Heading | None, text: str) -> Heading | None:
    """Return what a heading below a month or quarter means: 进展情况 of it, 工作计划 for it."""
    if own and own.field == "progress":
        return replace(own, period=True)
    is_plan = own is not None and own.field == "next_steps" and not text.startswith("下")
    return Heading("target") if is_plan else own


def has_task(columns: tuple[Column, ...]) -> bool:
    """Tell whether a column holds the tasks, by its name or for want of a better one."""
    if any(column.field == "task" for column in columns):
        return True
    return any(stand_in_rank(column.text) is not None for column in columns)


def _is_header(columns: tuple[Column, ...]) -> bool:
    known = [column for column in columns if column.heading]
    places = {(column.text, column.group, column.field) for column in known}
    return (
        has_task(columns)
        and len(places) > 1
        and any(column.heading and column.heading.exact for column in known)
        and all(_heading_like(column.text) for column in columns)
    )
