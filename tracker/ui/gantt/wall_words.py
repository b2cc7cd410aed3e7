"""What comes out of the chosen layout, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.domain.wall_chart import WallWishes
    from tracker.ui.gantt.wall_preview import LaidOut

_CM = 96 / 2.54


def sheet_words(laid: LaidOut, paper: str, wishes: WallWishes) -> str:
    """Return how many sheets of what come out, how large the letters are, and what may help."""
    count, size = len(laid.sheets), f"文字 {laid.points:g} 磅"
    if laid.glued is not None:
        wide, high = (round(side / _CM) for side in laid.glued)
        tiles = f"共 {count} 张 {wishes.tiles}（每行 {laid.tiles_a_row} 张）"
        return (
            f"成图约 {wide}×{high} 厘米，{tiles}，{size}。"
            "每张标有第几行第几列；角线是裁切线，虚线以外重叠粘贴。"
        )
    words = f"共 {count} 张 {paper}，{size}。"
    if wishes.fit and count > 1:
        words += "字再小就看不清了，所以分成几张；可换更大的纸、少选栏目，或先筛选。"
    elif count > 1:
        words += "每张都有标题、图例和表头。"
    return words
