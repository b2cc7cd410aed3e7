"""What every picture is: something that draws itself whole or cut into pages; and its files."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter

from tracker.base.errors import FileProblem, UserError
from tracker.printing.memory import Memory

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.printing.pdf import Paper

_MOST_PIXELS = 60_000_000
_LONGEST_SIDE = 32_000  # Qt's painter counts in 16 bits on images
_DOTS_PER_METRE = 3780  # 96 dots an inch


@dataclass(frozen=True, slots=True)
class Sheet:
    """One surface: its size in units of 1/96 inch, and what draws on it from (0, 0).

    Attributes:
        least_scale: how much smaller than a screen shows it an image may be and still be read.
        used: how much of the height is drawn on, where that is known; else 0.
    """

    width: float
    height: float
    draw: Callable[[QPainter], None]
    least_scale: float = 1.0
    used: float = 0.0


class Drawing(Protocol):
    """A picture that can be written to a file."""

    @property
    def title(self) -> str:
        """What it is called, for the file's properties."""

    def whole(self) -> Sheet:
        """Return it on one surface, as large as it needs (PNG, SVG)."""

    def pages(self, paper: Paper) -> Sequence[Sheet]:
        """Return it cut into pages of that paper, each as large as `paper.unit_size()`."""


def write_image(drawing: Drawing, target: Path) -> None:
    """Write a PNG, twice as fine as a screen where the size allows it.

    Raises:
        UserError: it is too large for one image.
        FileProblem: it cannot be written.
    """
    write_sheet(drawing.whole(), target)


def write_sheet(sheet: Sheet, target: Path) -> None:
    """Write one surface as a PNG, as `write_image` does.

    Raises:
        UserError: it is too large for one image.
        FileProblem: it cannot be written.
    """
    scale = _scale(sheet)
    if scale < sheet.least_scale:
        raise UserError(
            "内容太多，一张 PNG 图片放不下",
            "图片的边长和大小有上限",
            "请存为 PDF（自动分页），或先筛选再存",
        )
    image = painted(sheet, scale)
    image.setDotsPerMeterX(round(_DOTS_PER_METRE * scale))
    image.setDotsPerMeterY(round(_DOTS_PER_METRE * scale))
    memory = Memory()
    if not image.save(memory.device, "PNG"):  # type: ignore[call-overload]  # it wants bytes
        raise _unwritten(target)
    target.write_bytes(memory.content())


def painted(sheet: Sheet, scale: float) -> QImage:
    """Return a surface as an image, `scale` pixels for each unit."""
    size = QSize(max(1, round(sheet.width * scale)), max(1, round(sheet.height * scale)))
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    try:
        painter.scale(scale, scale)
        _prepare(painter)
        sheet.draw(painter)
    finally:
        painter.end()
    return image


def _scale(sheet: Sheet) -> float:
    """Return the largest scale up to 2 that one image can be drawn in; whole from 1 on."""
    by_side = _LONGEST_SIDE / max(sheet.width, sheet.height)
    by_size = (_MOST_PIXELS / (sheet.width * sheet.height)) ** 0.5
    scale = min(2.0, by_side, by_size)
    return float(int(scale)) if scale >= 1 else scale


def write_svg(drawing: Drawing, target: Path) -> None:
    """Write an SVG whose texts are texts.

    Raises:
        FileProblem: it cannot be written.
    """
    from PySide6.QtSvg import QSvgGenerator

    sheet = drawing.whole()
    memory = Memory()
    generator = QSvgGenerator()
    generator.setOutputDevice(memory.device)
    generator.setResolution(96)
    generator.setSize(QSize(round(sheet.width), round(sheet.height)))
    generator.setViewBox(QRectF(0, 0, sheet.width, sheet.height))
    generator.setTitle(drawing.title)
    painter = QPainter()
    if not painter.begin(generator):
        raise _unwritten(target)
    try:
        _prepare(painter)
        sheet.draw(painter)
    finally:
        painter.end()
    target.write_bytes(memory.content())


def write_drawing(
    drawing: Drawing, target: Path, ending: str, paper: Paper, progress: Progress | None = None
) -> None:
    """Write a picture in the format that `ending` names (`.png`, `.svg`, `.pdf`).

    Raises:
        UserError: another ending, or too large for the format.
        FileProblem: it cannot be written.
    """
    if ending == ".png":
        write_image(drawing, target)
    elif ending == ".svg":
        write_svg(drawing, target)
    elif ending == ".pdf":
        from tracker.printing.pdf import write_pdf

        write_pdf(drawing, target, paper, progress)
    else:
        raise UserError(
            f"不能存为“{ending or target.name}”格式",
            "图片可存为 .png、.svg 或 .pdf",
            "请改用其中一种结尾",
        )


def _prepare(painter: QPainter) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)


def _unwritten(target: Path) -> FileProblem:
    return FileProblem(f"无法写入“{target.name}”", "", "请换一个位置或文件名再试")
