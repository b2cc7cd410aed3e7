"""PDF: the paper one may choose, and a drawing written page by page."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from tracker.base.errors import FileProblem
from tracker.printing.memory import Memory
from tracker.printing.pdf_names import name_characters

if TYPE_CHECKING:
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.printing.canvas import Drawing

_RESOLUTION = 288
_UNITS = 96  # a unit of a sheet is 1/96 inch
_MM = _UNITS / 25.4


class Paper(StrEnum):
    """Paper sizes, used lying."""

    A4 = "A4"
    A3 = "A3"
    A2 = "A2"
    A1 = "A1"
    A0 = "A0"

    def unit_size(self) -> tuple[float, float]:
        """Return width and height of the lying sheet in units of 1/96 inch."""
        short, long = _SIDES[self.value]
        return long * _MM, short * _MM

    @property
    def text_size(self) -> float:
        """Text size that is read at the distance such a sheet is looked at from."""
        return {"A4": 11.0, "A3": 12.0, "A2": 15.0, "A1": 19.0, "A0": 25.0}[self.value]


_SIDES = {
    "A4": (210, 297),
    "A3": (297, 420),
    "A2": (420, 594),
    "A1": (594, 841),
    "A0": (841, 1189),
}


def write_pdf(
    drawing: Drawing, target: Path, paper: Paper, progress: Progress | None = None
) -> None:
    """Write a drawing on pages of that paper.

    Raises:
        OSError: it cannot be written, as on a full disk.
        Cancelled: the user asked to stop.
    """
    memory = Memory()
    writer = QPdfWriter(memory.device)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(drawing.title)
    writer.setCreator("责任分解落实台账")
    size = QPageSize(getattr(QPageSize.PageSizeId, paper.value))
    margins = QMarginsF(0, 0, 0, 0)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Landscape, margins))
    pages = drawing.pages(paper)
    painter = QPainter()
    if not painter.begin(writer):
        raise FileProblem(f"无法写入“{target.name}”", "", "请换一个位置或文件名再试")
    try:
        painter.scale(_RESOLUTION / _UNITS, _RESOLUTION / _UNITS)
        for number, page in enumerate(pages):
            if progress is not None:
                progress.step(f"正在写第{number + 1}页", number, len(pages))
            if number:
                writer.newPage()
            page.draw(painter)
    finally:
        painter.end()
    target.write_bytes(name_characters(memory.content()))
