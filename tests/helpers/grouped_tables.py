"""Tables with groups, marks, signature and legend, in layouts of all papers and sizes."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.helpers.random_contents import random_content
from tracker.domain.content import ContentRow
from tracker.reports.looks import PIXELS_PER_MM, ColumnLook, load_layout

if TYPE_CHECKING:
    from tracker.domain.content import Content
    from tracker.reports.looks import Layout

SENTENCE = "完成干渠清淤4.6公里，占全年任务的57.5%；其余标段按计划推进。"
GROUPS = (
    "一、城市建设（5项）",
    "二、民生实事",
    "（三）重点改革任务及优化营商环境“一网通办”专项行动工作任务",
    "市场监督管理局",
    "",
)
SIGNATURE = ("填表人：", "审核人：", "分管领导：")
LEGEND = ("图例：● 逾期　◐ 临期　○ 正常　✓ 办结", "注：下划线处为本期新增内容。")
MERGED = (("number", 18.0), ("group", 30.0), ("task", 52.0), ("progress", 130.0))
LINES = (("number", 18.0), ("task", 62.0), ("extra.code", 20.0), ("progress", 130.0))
_SIDES = {(9, False): (210.0, 297.0), (9, True): (297.0, 210.0)}
_SIDES |= {(8, False): (297.0, 420.0), (8, True): (420.0, 297.0)}
_MARGINS = 36.0


def layout_of(
    *columns: tuple[str, float],
    paper: int = 9,
    landscape: bool = True,
    size: float = 12.0,
    group: str = "",
    merged: bool = False,
) -> Layout:
    """Return a layout of columns by field and share of the paper's width."""
    base = load_layout()
    width, height = _SIDES[paper, landscape]
    page = replace(base.page, paper=paper, landscape=landscape, width_mm=width, height_mm=height)
    total = sum(share for _, share in columns)
    looks = tuple(
        ColumnLook(
            field,
            field,
            int(share * (width - _MARGINS) / total * PIXELS_PER_MM),
            "left" if field in ("task", "progress") else "center",
        )
        for field, share in columns
    )
    return replace(
        base,
        page=page,
        columns=looks,
        body=replace(base.body, sizes=(size,)),
        heading=replace(base.heading, sizes=(size,)),
        group=group,
        merged=merged,
    )


def random_layout(seed: int) -> Layout:
    """Return a layout of its own for each `seed`."""
    rng = random.Random(seed * 7 + 1)
    merged = rng.random() < 0.6
    group = rng.choice(["", "section", "unit"])
    columns = [("number", 16.0)]
    if group and merged:
        columns.append(("group", rng.choice([16.0, 20.0, 30.0])))
    columns += [("task", 50.0), ("units", 30.0), ("progress", 100.0)]
    if rng.random() < 0.4:
        columns += [("deadline", 24.0), ("extra.code", 20.0)]
    return layout_of(
        *columns,
        paper=rng.choice([8, 9]),
        landscape=rng.random() < 0.5,
        size=rng.choice([9.0, 10.5, 12.0, 14.0, 16.0]),
        group=group,
        merged=bool(group) and merged,
    )


def grouped_content(seed: int, layout: Layout) -> Content:
    """Return a table of its own for each `seed`: groups, marks, mostly with a signature."""
    rng = random.Random(seed)
    content = random_content(seed)
    rows, group = [], 0
    for place, row in enumerate(content.rows):
        if rng.random() < 0.35:
            group = rng.randrange(len(GROUPS))
        new = {}
        if row.progress and rng.random() < 0.6:
            start = rng.randrange(len(row.progress))
            new = {"progress": ((start, rng.randint(start + 1, len(row.progress))),)}
        extra = {"code": f"1-{place:03}"}
        rows.append(replace(row, group=GROUPS[group], new=new, deadline="9月底前", extra=extra))
    return replace(
        content,
        rows=tuple(rows),
        headings=layout.headings,
        signature=SIGNATURE[: rng.randint(0, 3)],
        legend=LEGEND[: rng.randint(0, 2)],
    )


def rows(*groups: str, sentences: int = 3) -> tuple[ContentRow, ...]:
    """Return a row for each group named, with so many sentences."""
    return tuple(
        ContentRow(
            str(number),
            "推进清淤。",
            ("县水利局",),
            SENTENCE * sentences,
            group=group,
            extra={"code": f"1-{number:03}"},
        )
        for number, group in enumerate(groups, 1)
    )
