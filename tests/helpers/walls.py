"""Rows of a wall chart with long words, invented, in any number."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tests.helpers.timelines import timeline_rows
from tracker.domain.wall_chart import WallColumn

if TYPE_CHECKING:
    from tracker.printing.gantt_rows import GanttRows

_PIECES = (
    "完成沿河步道铺装与照明改造",
    "建成社区便民服务点并投入使用",
    "推进农田水利设施维修，当年见效",
    "开展特种设备专项检查，问题逐项销号",
)
_UNITS = ("县住建局", "县教育局", "县市场监管局", "白石镇人民政府", "县自然资源局")


def task_words(row: int) -> str:
    """Return the words of a task, no two alike; some are long."""
    parts = [_PIECES[(row + n) % len(_PIECES)] for n in range(1 + row * 7 % 6)]
    return "；".join(f"{part}{row * 13 + n}处" for n, part in enumerate(parts)) + "。"


def wall_rows(count: int, groups: int = 12) -> GanttRows:
    """Return `count` tasks with the words of every column."""
    rows = timeline_rows(count, groups=min(groups, count))
    leads = ["、".join(_UNITS[(n + k) % 5] for k in range(1 + n % 3)) for n in range(count)]
    cells = {
        WallColumn.NUMBER.value: rows.numbers,
        WallColumn.TASK.value: [task_words(n) for n in range(count)],
        WallColumn.LEAD.value: leads,
        WallColumn.COOPERATING.value: ["、".join(_UNITS[n % 4 :]) for n in range(count)],
        WallColumn.PERSONS.value: ["周明、李立" if n % 2 else "王秋" for n in range(count)],
        WallColumn.DEADLINE.value: [f"{n % 12 + 1}月底前" for n in range(count)],
        WallColumn.STEPS.value: ["3月1日 开工（已完成）\n9月1日 完工（未到）"] * count,
        WallColumn.STATE.value: ["推进中"] * count,
    }
    return replace(rows, cells=cells, grouping="按牵头单位")
