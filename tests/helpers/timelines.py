"""Rows of the deadline view, invented, in any number."""

from __future__ import annotations

from array import array
from datetime import date

from tracker.domain.light_rules import light_rules
from tracker.printing.gantt_rows import GanttRows, Heading, Kind

TODAY = date(2026, 9, 30).toordinal()
_UNITS = ("县住建局", "县教育局", "县工信局", "县自然资源局", "县信访局", "县应急管理局")
_WORK = ("整治背街小巷", "新建公办幼儿园", "修缮乡村道路", "清理河道", "更新老旧管网，方便居民出行")


def timeline_rows(count: int, groups: int = 40) -> GanttRows:
    """Return `count` tasks in `groups` groups with deadlines on both sides of today."""
    palette = light_rules().lights
    size = -(-count // groups)
    firsts = range(0, count, size)
    starts = [TODAY - 270 + n * 7 % 90 for n in range(count)]
    ends = [TODAY - 60 + n * 37 % 400 for n in range(count)]
    late = [end < TODAY for end in ends]
    return GanttRows(
        today=TODAY,
        first=min(starts),
        last=max(ends),
        palette=palette,
        headings=tuple(
            Heading(f"{_UNITS[n % len(_UNITS)]}{n + 1}", first, min(size, count - first))
            for n, first in enumerate(firsts)
        ),
        ids=array("q", range(1, count + 1)),
        codes=[f"1-{n + 1:03d}" for n in range(count)],
        numbers=[str(n + 1) for n in range(count)],
        titles=[f"{_WORK[n % len(_WORK)]}{n % 90 + 10}处。" for n in range(count)],
        units=[_UNITS[n % len(_UNITS)] for n in range(count)],
        remaining=["逾期5天" if is_late else "剩30天" for is_late in late],
        kinds=bytes(Kind.DATED for _ in range(count)),
        lights=bytes(0 if is_late else 2 for is_late in late),
        starts=array("i", starts),
        ends=array("i", ends),
        first_ends=array("i", [end - 30 if n % 9 == 0 else 0 for n, end in enumerate(ends)]),
        late_to=array("i", [TODAY if is_late else 0 for is_late in late]),
    )
