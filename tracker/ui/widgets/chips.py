"""Units as chips: the lead filled, the others outlined; as many as fit, then “+3”."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPen

from tracker.domain.terms import ROLE_WORDS, Role

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.browse import TaskLine
    from tracker.domain.table import Roles
    from tracker.ui.theme import Colours

GAP = 4
PADDING = 5
RADIUS = 3


class Tone(Enum):
    """How a chip looks."""

    FILLED = "filled"
    OUTLINED = "outlined"
    DASHED = "dashed"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Chip:
    """A word with a frame."""

    text: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class PlacedChip:
    """A chip with its place, and its words cut to fit."""

    chip: Chip
    text: str
    box: QRectF


def unit_chips(roles: Roles | TaskLine) -> tuple[Chip, ...]:
    """Return the chips of a task's units: lead first; without a lead the responsible are filled."""
    responsible = Tone.OUTLINED if roles.lead else Tone.FILLED
    groups = (
        (roles.lead, Tone.FILLED),
        (roles.responsible, responsible),
        (roles.cooperating, Tone.OUTLINED),
        (roles.guiding, Tone.DASHED),
    )
    return tuple(Chip(name, tone) for names, tone in groups for name in names)


def unit_words(roles: Roles | TaskLine) -> str:
    """Return the same in words, for tool tips and readers: “牵头单位：县住建局”."""
    parts = [
        f"{ROLE_WORDS[role]}：{'、'.join(names)}"
        for role in Role
        if (names := getattr(roles, role.value))
    ]
    return "\n".join(parts)


def chip_font(font: QFont) -> QFont:
    """Return the font of chips beside text in `font`."""
    small = QFont(font)
    small.setPixelSize(max(10, font.pixelSize() - 1))
    return small


def chip_height(text_size: int) -> int:
    """Return how high a chip is beside text of this size."""
    return round(text_size * 1.5)


def place_chips(
    chips: Sequence[Chip], font: QFont, width: float, rows: int, height: int
) -> tuple[PlacedChip, ...]:
    """Lay chips out in rows from the point (0, 0); what does not fit is counted in a last chip.

    Args:
        font: the chips' own font.
        rows: how many rows there are room for.
        height: of one chip.
    """
    metrics = QFontMetricsF(font)
    placed: list[PlacedChip] = []
    x, row = 0.0, 0
    for index, chip in enumerate(chips):
        left = len(chips) - index - 1
        rest = _width(metrics, f"+{left}") + GAP if left and row == rows - 1 else 0.0
        wide = _width(metrics, chip.text)
        if x and x + wide + rest > width and row < rows - 1:
            x, row = 0.0, row + 1
            rest = _width(metrics, f"+{left}") + GAP if left and row == rows - 1 else 0.0
        if x and x + wide + rest > width:
            placed.append(_placed(metrics, Chip(f"+{left + 1}", Tone.REST), x, row, height, width))
            break
        own = _placed(metrics, chip, x, row, height, width - rest)
        placed.append(own)
        x = own.box.right() + GAP
    return tuple(placed)


def _width(metrics: QFontMetricsF, text: str) -> float:
    return metrics.horizontalAdvance(text) + 2 * PADDING


def _placed(
    metrics: QFontMetricsF, chip: Chip, x: float, row: int, height: int, width: float
) -> PlacedChip:
    wide = min(_width(metrics, chip.text), max(width - x, 3.0 * PADDING))
    text = metrics.elidedText(chip.text, Qt.TextElideMode.ElideRight, wide - 2 * PADDING + 0.5)
    return PlacedChip(chip, text, QRectF(x, row * (height + GAP), wide, height))


def paint_chips(
    painter: QPainter,
    placed: Sequence[PlacedChip],
    origin: tuple[float, float],
    font: QFont,
    colours: Colours,
) -> None:
    """Paint chips that were laid out, their point (0, 0) at `origin`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font)
    for one in placed:
        box = one.box.translated(*origin).adjusted(0.5, 0.5, -0.5, -0.5)
        tone = one.chip.tone
        if tone is not Tone.REST:
            is_filled = tone is Tone.FILLED
            style = Qt.PenStyle.DashLine if tone is Tone.DASHED else Qt.PenStyle.SolidLine
            painter.setPen(QPen(colours.of("accent" if is_filled else "line"), 1, style))
            painter.setBrush(colours.of("accent_soft" if is_filled else "surface"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
        names = {Tone.FILLED: "accent", Tone.REST: "quiet"}
        painter.setPen(colours.of(names.get(tone, "text")))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), one.text)
    painter.restore()
