"""Printed pages drawn as they are told: on paper (PDF, printer) and on the screen (preview)."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QLineF, QMarginsF, QPointF, QRectF, QSizeF
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QTextLayout,
)

from tracker.base.errors import FileProblem
from tracker.domain.page import Align
from tracker.printing.memory import Memory
from tracker.printing.pdf_names import name_characters
from tracker.printing.set_lines import FINE, draw_set_line, fine_font

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtGui import QPagedPaintDevice

    from tracker.base.progress import Progress
    from tracker.domain.page import PrintedPage, TextBox

_RESOLUTION = 600
_POINTS = 72
_MIDDLE = 0.37
"""How far below the middle of its line a Chinese character stands, in its size."""
_UNDER = 0.18
"""How far below the foot of a character its underline stands, in its size."""
_UNDERLINE = 0.05
"""How thick it is, in the size."""


def write_pages(
    pages: Sequence[PrintedPage], title: str, target: Path, progress: Progress | None = None
) -> None:
    """Write pages as a PDF; needs an application (`drawing_application`).

    Raises:
        OSError: it cannot be written, as on a full disk.
        Cancelled: the user asked to stop.
    """
    memory = Memory()
    writer = QPdfWriter(memory.device)
    writer.setResolution(_RESOLUTION)
    writer.setTitle(title)
    writer.setCreator("责任分解落实台账")
    print_pages(pages, writer, progress, target.name)
    target.write_bytes(name_characters(memory.content()))


def print_pages(
    pages: Sequence[PrintedPage],
    device: QPagedPaintDevice,
    progress: Progress | None = None,
    name: str = "",
) -> None:
    """Draw pages one after the other on a printer or a PDF.

    Raises:
        FileProblem: it does not take them.
        Cancelled: the user asked to stop.
    """
    painter = QPainter()
    for number, page in enumerate(pages):
        if progress is not None:
            progress.step(f"正在写第{number + 1}页", number, len(pages))
        device.setPageLayout(_layout(page))
        if number:
            device.newPage()
        elif not painter.begin(device):
            raise FileProblem(f"无法写入“{name}”", "", "请换一个位置或文件名再试")
        painter.resetTransform()
        scale = device.logicalDpiX() / _POINTS
        painter.scale(scale, scale)
        draw_page(painter, page)
    if painter.isActive():
        painter.end()


def _layout(page: PrintedPage) -> QPageLayout:
    lying = page.width > page.height
    short, long = sorted((page.width, page.height))
    size = QPageSize(QSizeF(short, long), QPageSize.Unit.Point)
    turned = QPageLayout.Orientation.Landscape if lying else QPageLayout.Orientation.Portrait
    return QPageLayout(size, turned, QMarginsF(0, 0, 0, 0))


def draw_page(painter: QPainter, page: PrintedPage) -> None:
    """Draw one page; a unit of the painter is a point."""
    ink = painter.pen().color()
    for place in page.pictures:
        target = QRectF(place.x, place.y, place.width, place.height)
        painter.drawImage(target, QImage.fromData(place.png))
    for rule in page.rules:
        painter.setPen(QPen(QColor(rule.colour) if rule.colour else ink, rule.thick))
        painter.drawLine(QLineF(rule.x1, rule.y1, rule.x2, rule.y2))
    for box in page.boxes:
        painter.setPen(QColor(box.colour) if box.colour else ink)
        if box.latin:
            draw_set_line(painter, box)
        else:
            _draw_box(painter, box)
    painter.setPen(ink)


def _draw_box(painter: QPainter, box: TextBox) -> None:
    font = fine_font(box.font)
    metrics = QFontMetricsF(font)
    lines = _lines(box, font)
    marked = _marked(box, lines) if box.marks else []
    top = box.y + (box.height - box.pitch * len(lines)) / 2
    for number, line in enumerate(lines):
        width = metrics.horizontalAdvance(line) / FINE * box.size
        # What stands in for a missing font may be wider: closer letters, never a cut one.
        squeeze = min(1.0, box.width / width) if width else 1.0
        spare = box.width - width * squeeze
        x = box.x + {Align.LEFT: 0.0, Align.CENTER: spare / 2, Align.RIGHT: spare}[box.align]
        y = top + box.pitch * (number + 0.5) + box.size * _MIDDLE
        painter.save()
        painter.translate(QPointF(x, y))
        painter.scale(squeeze * box.size / FINE, box.size / FINE)
        painter.setFont(font)
        painter.drawText(QPointF(0, 0), line)
        painter.restore()
        for start, end in marked[number] if marked else ():
            left, right = (metrics.horizontalAdvance(line[:place]) for place in (start, end))
            scale = squeeze * box.size / FINE
            below = y + box.size * _UNDER
            painter.save()
            painter.setPen(QPen(painter.pen().color(), box.size * _UNDERLINE))
            painter.drawLine(QLineF(x + left * scale, below, x + right * scale, below))
            painter.restore()


def _marked(box: TextBox, lines: Sequence[str]) -> list[list[tuple[int, int]]]:
    """Return for each line what of it is underlined."""
    text = "".join(box.lines)
    marked, at = [], 0
    for line in lines:
        at = max(at, text.find(line, at))  # a line end of the text's own belongs to no line
        cut = ((max(a, at) - at, min(b, at + len(line)) - at) for a, b in box.marks)
        marked.append([(a, b) for a, b in cut if a < b])
        at += len(line)
    return marked


def _lines(box: TextBox, font: QFont) -> tuple[str, ...]:
    """Return the lines as the font at hand fills them; as they were reckoned if it needs more."""
    reckoned = tuple(line.rstrip("\n") for line in box.lines)
    if len(reckoned) == 1:
        return reckoned
    room = box.width / box.size * FINE
    filled = [
        line for part in "".join(box.lines).split("\n") for line in _wrapped(part, font, room)
    ]
    return tuple(filled) if len(filled) <= len(reckoned) else reckoned


def _wrapped(text: str, font: QFont, room: float) -> list[str]:
    layout = QTextLayout(text, font)
    layout.beginLayout()
    cuts = [0]
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room)
        cuts.append(line.textStart() + line.textLength())
    layout.endLayout()
    return [_utf16(text, start, end) for start, end in pairwise(cuts)] or [""]


def _utf16(text: str, start: int, end: int) -> str:
    """Return a stretch of a text whose places are counted as Qt does, in halves of UTF-16."""
    if text.isascii() or max(text) <= "\uffff":
        return text[start:end]
    return text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le")
