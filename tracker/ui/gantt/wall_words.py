"""What comes out of the chosen layout, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tracker.domain.wall_chart import WallWishes
    from tracker.printing.gantt_print import LaidOut

_CM = 96 / 2.54


def sheet_words(laid: LaidOut, paper: str, wishes: WallWishes) -> str:
    """Return how many sheets of what come out, how large the letters are, and what may help."""
    count, size = len(laid.sheets), f"文字 {laid.points:g} 磅"
    if laid.tiling is not None:
        tiling = laid.tiling
        wide, high = round(tiling.width / _CM), round(tiling.height / _CM)
        charts = f"分 {laid.posters} 幅，每幅" if laid.posters > 1 else "成图"
        words = f"{charts}约 {wide}×{high} 厘米，共 {count} 张 {wishes.tiles}，{size}。"
        return f"{words}每张标有第几行第几列；沿角线裁切，虚线以外重叠粘贴。"
    words = f"共 {count} 张 {paper}，{size}。"
    if wishes.fit and count > 1:
        return f"{words}字再小就看不清了，所以分成几张；可换更大的纸、少选栏目，或先筛选。"
    return f"{words}每张都有标题、图例和表头。" if count > 1 else words
