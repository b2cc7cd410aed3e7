"""The stages of an instruction as a strip: done ones filled, the present one ringed, with dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.domain.instruction import STAGE_WORDS, Instruction, Stage

if TYPE_CHECKING:
    from datetime import date

    from tracker.ui.theme import Theme

STAGES = tuple(Stage)


def reached(instruction: Instruction) -> dict[Stage, date]:
    """Return the day on which each stage up to the present one was last reached."""
    if instruction.stage is None:
        return {}
    last = STAGES.index(instruction.stage)
    days = {step.stage: step.on for step in instruction.steps}
    return {stage: days[stage] for stage in STAGES[: last + 1] if stage in days}


def word_width(theme: Theme) -> float:
    """Return the room that the word of a stage needs."""
    return max(map(len, STAGE_WORDS.values())) * theme.size * 1.2


def paint_strip(
    painter: QPainter, box: QRectF, instruction: Instruction, theme: Theme, *, dates: bool
) -> None:
    """Paint the five stages side by side: a dot, its word, and the day it was reached.

    Where the words have no room, only the present stage is named.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    standing = STAGES.index(instruction.stage) if instruction.stage else -1
    days = reached(instruction)
    step = box.width() / len(STAGES)
    roomy = step >= word_width(theme)
    radius = max(3.5, theme.size * 0.34)
    lines = 3 if dates else 2
    line = painter.fontMetrics().lineSpacing()
    top = box.top() + (box.height() - lines * line) / 2 + line / 2
    for place, stage in enumerate(STAGES):
        centre = QPointF(box.left() + step * (place + 0.5), top)
        if place:
            _paint_link(painter, centre, step, radius, theme, is_done=place <= standing)
        _paint_dot(painter, centre, radius, theme, place - standing)
        words = QRectF(centre.x() - step / 2, top + line / 2, step, line)
        if not roomy and place != standing:
            continue
        if not roomy:
            words = QRectF(box.left(), words.top(), box.width(), line)
        _paint_word(painter, words, STAGE_WORDS[stage], theme, place - standing)
        if dates and stage in days:
            painter.setPen(theme.colours.of("quiet"))
            day = days[stage]
            painter.drawText(
                words.translated(0, line),
                int(Qt.AlignmentFlag.AlignCenter),
                f"{day.month}月{day.day}日",
            )
    painter.restore()


def _paint_link(
    painter: QPainter, centre: QPointF, step: float, radius: float, theme: Theme, *, is_done: bool
) -> None:
    painter.setPen(QPen(theme.colours.of("accent" if is_done else "line"), 1.5))
    gap = QPointF(radius + 2, 0)
    painter.drawLine(centre - QPointF(step, 0) + gap, centre - gap)


def _paint_dot(
    painter: QPainter, centre: QPointF, radius: float, theme: Theme, distance: int
) -> None:
    """Paint a filled dot for what is reached, a ring around the present one, a circle ahead."""
    colours = theme.colours
    painter.setPen(QPen(colours.of("accent" if distance <= 0 else "grey"), 1.5))
    painter.setBrush(colours.of("accent" if distance <= 0 else "surface"))
    painter.drawEllipse(centre, radius, radius)
    if distance == 0:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(centre, radius + 2.5, radius + 2.5)


def _paint_word(painter: QPainter, box: QRectF, word: str, theme: Theme, distance: int) -> None:
    font = QFont(painter.font())
    font.setBold(distance == 0)
    painter.save()
    painter.setFont(font)
    painter.setPen(theme.colours.of("text" if distance <= 0 else "quiet"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), word)
    painter.restore()


class StageStrip(QWidget):
    """The strip with dates, for a panel or a dialog."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._instruction = Instruction()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_instruction(self, instruction: Instruction) -> None:
        """Show how far an instruction is."""
        self._instruction = instruction
        days = reached(instruction)
        self.setAccessibleName(
            "，".join(
                f"{STAGE_WORDS[stage]} {day.month}月{day.day}日" for stage, day in days.items()
            )
        )
        self.setToolTip(
            "\n".join(
                f"{STAGE_WORDS[step.stage]} {step.on.year}年{step.on.month}月{step.on.day}日 "
                f"{step.remark}".rstrip()
                for step in instruction.steps
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Three lines high; each stage as wide as its word."""
        metrics = self.fontMetrics()
        return QSize(
            metrics.horizontalAdvance("已收到　") * len(STAGES), 3 * metrics.lineSpacing() + 8
        )

    def minimumSizeHint(self) -> QSize:
        """The words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the strip in the palette in force."""
        painter = QPainter(self)
        paint_strip(painter, QRectF(self.rect()), self._instruction, self._theme, dates=True)
