"""A layout (版式) of the 落实情况表 as the office edits it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

NARROWEST_MM = 8.0
"""No column is narrower: one character of any size stands on a line."""


class Paper(StrEnum):
    """A size of paper, by the name printers know it."""

    A4 = "A4"
    A3 = "A3"
    B4 = "B4"


PAPER_CODES = {Paper.A4: 9, Paper.A3: 8, Paper.B4: 12}
"""How Excel calls the papers."""
PAPER_MM = {Paper.A4: (210.0, 297.0), Paper.A3: (297.0, 420.0), Paper.B4: (257.0, 364.0)}
"""Width and height of the papers held upright."""


class GroupBy(StrEnum):
    """By what the rows are grouped."""

    NONE = ""
    SECTION = "section"
    UNIT = "unit"


GROUP_WORDS = {GroupBy.NONE: "不分组", GroupBy.SECTION: "按类别", GroupBy.UNIT: "按牵头单位"}

COLUMN_WORDS = {
    "number": "序号",
    "group": "分组",
    "section": "类别",
    "task": "具体目标任务",
    "units": "牵头责任单位",
    "lead": "牵头单位",
    "cooperating": "配合单位",
    "responsible": "责任单位",
    "guiding": "指导单位",
    "persons": "责任领导",
    "deadline": "完成时限",
    "extra.first_deadline": "原定时限",
    "light": "亮灯",
    "state": "办理状态",
    "percent": "完成率",
    "progress": "落实情况",
    "before": "上期落实情况",
    "problems": "存在问题",
    "next_steps": "下步打算",
    "remark": "备注",
    "extra.code": "任务编号",
    "extra.source": "来源文件",
    "extra.closed": "销号日期",
    "extra.blank": "空白栏",
}
"""The columns that a layout may print, with the heading each has at first."""

PLACES = ("标题", "专项", "期", "填报单位", "截至", "日期", "项数")
"""What title, 附件 mark, meta and signature may name in braces."""


@dataclass(frozen=True, slots=True)
class ColumnDraft:
    """One column.

    Attributes:
        field: one of `COLUMN_WORDS`; `extra.blank` and what begins so may stand more than once
            (`extra.blank.2`).
        align: `left`, `center` or `right`.
    """

    field: str
    heading: str
    width_mm: float
    align: str = "left"


@dataclass(frozen=True, slots=True)
class FontSet:
    """Fonts that go together, by the name of their set (`resources/font_sets.toml`)."""

    name: str
    label: str
    title: str
    heading: str
    body: str
    page_number: str


@dataclass(frozen=True, slots=True)
class LayoutDraft:
    """A layout as it is edited.

    Attributes:
        name: by which it is found; one that comes with the program keeps its name.
        label: what the office calls it.
        fonts: the set in use; of no set where the fonts are of the layout's own.
        sizes_pt: of `title`, `heading`, `body`, `meta` in points.
        margins_mm: `top`, `bottom`, `left`, `right`.
        title, annex, meta: None says what the report says; else words with `PLACES`.
        footer: with `&P` for the page and `&N` for how many there are.
        data: all of the layout as it was read; what is not edited stays as it is there.
    """

    name: str
    label: str
    columns: tuple[ColumnDraft, ...]
    paper: Paper = Paper.A4
    landscape: bool = True
    margins_mm: Mapping[str, float] = field(default_factory=dict)
    fonts: FontSet | None = None
    sizes_pt: Mapping[str, float] = field(default_factory=dict)
    title: str | None = None
    annex: str | None = None
    meta: tuple[str, ...] | None = None
    signature: tuple[str, ...] = ()
    legend: bool = False
    marks: bool = False
    group: GroupBy = GroupBy.NONE
    merged: bool = False
    footer: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)  # Any: values of TOML

    @property
    def page_mm(self) -> tuple[float, float]:
        """Return width and height of the paper as it lies."""
        short, long = PAPER_MM[self.paper]
        return (long, short) if self.landscape else (short, long)

    @property
    def room_mm(self) -> float:
        """Return the width between the margins."""
        sides = self.margins_mm.get("left", 0.0) + self.margins_mm.get("right", 0.0)
        return self.page_mm[0] - sides

    @property
    def used_mm(self) -> float:
        """Return the width of all columns."""
        return sum(column.width_mm for column in self.columns)

    def fitted(self) -> LayoutDraft:
        """Return the layout with its columns as wide as the paper, in the proportions they have.

        A column that would get too narrow keeps `NARROWEST_MM`, the others give way.
        """
        widths = [column.width_mm for column in self.columns]
        kept: set[int] = set()
        while True:
            free = self.room_mm - NARROWEST_MM * len(kept)
            total = sum(width for i, width in enumerate(widths) if i not in kept) or 1.0
            narrow = {
                i
                for i, width in enumerate(widths)
                if i not in kept and width * free / total < NARROWEST_MM
            }
            if not narrow:
                break
            kept |= narrow
        fitted = [
            NARROWEST_MM if i in kept else int(width * free / total * 10) / 10
            for i, width in enumerate(widths)
        ]
        return replace(
            self,
            columns=tuple(
                replace(column, width_mm=width)
                for column, width in zip(self.columns, fitted, strict=True)
            ),
        )
