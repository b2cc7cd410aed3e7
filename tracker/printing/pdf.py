"""PDF: the paper one may choose, and a drawing written page by page."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from tracker.base.errors import FileProblem
from tracker.printing.memory import Memory
from tracker.printing.pdf_names import name_characters

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QPagedPaintDevice

    from tracker.base.progress import Progress
    from tracker.printing.canvas import Drawing, Sheet

_RESOLUTION = 288
_UNITS = 96  # a unit of a sheet is 1/96 inch
MM = _UNITS / 25.4
"""A millimetre in units of a sheet."""


class Paper(StrEnum):
    """Paper sizes."""

    A4 = "A4"
    A3 = "A3"
    A2 = "A2"
    A1 = "A1"
    A0 = "A0"

    def unit_size(self) -> tuple[float, float]:
        """Return width and height of the lying sheet in units of 1/96 inch."""
        short, long = _SIDES[self.value]
        return long * MM, short * MM

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
    """Write a drawing on pages of that paper, or on the smaller ones it is cut into.

    Raises:
        OSError: it cannot be written, as on a full disk.
        Cancelled: the user asked to stop.
    """
    pages = drawing.pages(paper)
    memory = Memory()
    writer = QPdfWriter(memory.device)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(drawing.title)
    writer.setCreator("责任分解落实台账")
    draw_sheets(pages, writer, progress, target.name)
    target.write_bytes(name_characters(memory.content()))


def page_layout(sheet: Sheet) -> QPageLayout:
    """Return the page that a sheet is as large as."""
    short, long = sorted((sheet.width / MM, sheet.height / MM))
    named = QPageSize(
        QSizeF(short, long), QPageSize.Unit.Millimeter, "", QPageSize.SizeMatchPolicy.FuzzyMatch
    )
    lies = sheet.width > sheet.height
    way = QPageLayout.Orientation.Landscape if lies else QPageLayout.Orientation.Portrait
    return QPageLayout(named, way, QMarginsF(0, 0, 0, 0))


def draw_sheets(
    sheets: Sequence[Sheet],
    device: QPagedPaintDevice,
    progress: Progress | None = None,
    name: str = "",
) -> None:
    """Draw sheets one after the other on a printer or a PDF.

    Raises:
        FileProblem: it does not take them.
        Cancelled: the user asked to stop.
    """
    device.setPageLayout(page_layout(sheets[0]))
    painter = QPainter()
    if not painter.begin(device):
        raise FileProblem(f"无法写入“{name}”", "", "请换一个位置或文件名再试")
    try:
        scale = device.logicalDpiX() / _UNITS
        painter.scale(scale, scale)
        for number, sheet in enumerate(sheets):
            if progress is not None:
                progress.step(f"正在写第{number + 1}页", number, len(sheets))
            if number:
                device.newPage()
            sheet.draw(painter)
    finally:
        painter.end()
