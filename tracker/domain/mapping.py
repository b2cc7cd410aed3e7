"""How the columns of a table are read: as found, as the clerk said, as remembered."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

TASK = "task"
EXTRA = "extra"
"""A column kept as a column of its own, under its heading."""
IGNORED = "ignored"
"""A column the clerk does not want; what it holds is not read, and a warning says so."""

BY_UNIT = "by_unit"
"""A column for the progress of one unit, which heads it."""
COLUMN_WORDS = {
    "number": "序号",
    "section": "分类",
    TASK: "任务",
    "lead": "牵头单位",
    "responsible": "责任单位",
    "cooperating": "配合单位",
    "guiding": "指导单位",
    "persons": "责任人",
    "deadline": "时限",
    "progress": "落实情况",
    "rounds": "各期进展",
    BY_UNIT: "各单位进展",
    "previous": "上期进展",
    "status": "状态",
    "percent": "完成率",
    "problems": "存在问题",
    "next_steps": "下步打算",
    "note": "备注",
    EXTRA: "另存一栏",
    IGNORED: "不读取",
}
"""What a column can stand for, in the user's words. `rounds` are columns of several months or
rounds side by side, of which the last filled one gives the progress; `previous` is of the past."""

SINGLE = (
    "number", "section", "deadline", "progress", "percent", "status",
    "problems", "next_steps", "note",
)  # fmt: skip
"""Fields that only one column of a table can give."""


class RowKind(StrEnum):
    """What a row of a sheet was taken for."""

    UNREAD = "unread"
    BLANK = "blank"
    TITLE = "title"
    HEADER = "header"
    SECTION = "section"
    TASK = "task"
    CONTINUED = "continued"
    SKIPPED = "skipped"


ROW_WORDS = {
    RowKind.UNREAD: "未读取",
    RowKind.BLANK: "",
    RowKind.TITLE: "标题",
    RowKind.HEADER: "表头",
    RowKind.SECTION: "分类行",
    RowKind.TASK: "任务",
    RowKind.CONTINUED: "续行",
    RowKind.SKIPPED: "跳过",
}


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """Where the header of a table stands and what each of its columns stands for.

    Attributes:
        sheet: name of the sheet; empty for a text and for the only table of a document.
        top: first row of the header, as the file counts; 0 says that the sheet is not wanted.
        bottom: last row of the header.
        fields: for each column of the sheet a name out of `COLUMN_WORDS`; columns beyond are
            `extra`. Empty: by the headings themselves.
    """

    sheet: str
    top: int
    bottom: int
    fields: tuple[str, ...] = ()

    @property
    def is_left_out(self) -> bool:
        """Whether the sheet is not to be read."""
        return self.top == 0


def left_out(sheet: str) -> SheetMapping:
    """Say that a sheet is not to be read."""
    return SheetMapping(sheet, 0, 0)


@dataclass(frozen=True, slots=True)
class Remembered:
    """How a table with these headings was read when the clerk last confirmed it.

    Attributes:
        headings: the headings, normalised: without blanks, months and years.
        depth: how many rows they stand in.
        fields: as in `SheetMapping`.
        printed: the headings as they were printed, for showing them.
        file: the file it was confirmed for.
        day: the day it was confirmed on, `2026-09-30`.
    """

    headings: tuple[str, ...]
    depth: int
    fields: tuple[str, ...]
    printed: tuple[str, ...] = ()
    file: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class TableShape:
    """One table of a sheet, as it was read.

    Attributes:
        mapping: its header and columns; reading by it gives the same table again.
        printed: the heading of each column; the group above it stands before it.
        headings: the same, normalised, as in `Remembered`.
        doubts: why the clerk should look at header and columns, in the user's words.
        is_remembered: its columns were read as they were last confirmed.
    """

    mapping: SheetMapping
    printed: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    is_remembered: bool = False


@dataclass(frozen=True, slots=True)
class SheetShape:
    """How a sheet was read, row by row.

    Attributes:
        kinds: what each row of the grid was taken for.
        reasons: why a row was passed over, by its place in the grid.
        tables: the tables found in it, from the top; none where there is no header.
    """

    sheet: str
    kinds: tuple[RowKind, ...] = ()
    reasons: Mapping[int, str] = field(default_factory=dict)
    tables: tuple[TableShape, ...] = ()
