"""A title on several lines: no word torn, the lines like a trapezium or a diamond (GB/T 9704)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.reports.continuation import may_cut

if TYPE_CHECKING:
    from tracker.reports.measure import Ruler

_NO_END = "的和与及对关于在为将把被由《（“"
"""A line that ends with one of these leaves a word hanging."""
_GOOD_BEGINNINGS = ("《", "关于", "落实", "贯彻", "情况", "重点", "任务", "第", "部署")
_GOOD_ENDS = ("报告", "讲话", "会议", "方案", "意见", "计划", "行动", "项目", "任务", "文件", "会")


def title_lines(title: str, room: float, ruler: Ruler) -> tuple[str, ...]:
    """Return the title's lines, as few as fit `room` em, of like lengths, cut between words.

    A line end of the title's own is kept.
    """
    return tuple(line for part in title.split("\n") for line in _lines(part, room, ruler))


def _lines(text: str, room: float, ruler: Ruler) -> list[str]:
    whole = ruler.width(text)
    if whole <= room:
        return [text]
    count = int(whole // room) + 1
    while True:
        lines = _cut(text, count, room, ruler)
        if all(ruler.width(line) <= room for line in lines):
            return lines
        count += 1


def _cut(text: str, count: int, room: float, ruler: Ruler) -> list[str]:
    lines: list[str] = []
    rest = text
    for left in range(count, 1, -1):
        wanted = ruler.width(rest) / left
        cut = max(
            range(1, len(rest)),
            key=lambda place: _worth(rest, place, wanted, room, ruler),
        )
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest]


def _worth(text: str, place: int, wanted: float, room: float, ruler: Ruler) -> float:
    """Tell how good a cut before `text[place]` is."""
    width = ruler.width(text[:place])
    worth = -abs(width - wanted)
    if width > room or not may_cut(text, place):
        worth -= 1000
    if text[place - 1] in _NO_END or text[place] in "的》）”、，":
        worth -= 8
    if text.count("《", 0, place) > text.count("》", 0, place):
        worth -= 5
    if text.startswith(_GOOD_BEGINNINGS, place):
        worth += 3
    if text.endswith(_GOOD_ENDS, 0, place):
        worth += 3
    return worth
