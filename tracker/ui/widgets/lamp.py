"""Lights (亮灯) as they are painted everywhere: shape, colour and word, never colour alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QAbstractButton, QWidget

from tracker.domain.light_rules import load_light_rules

if TYPE_CHECKING:
    from collections.abc import Collection

    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QEnterEvent

    from tracker.domain.light_rules import Light, LightRules
    from tracker.ui.theme import Theme

GAP = 4


def rules_shown(keys: Collection[str]) -> LightRules:
    """Return the rule set whose lights were counted; the office may have chosen another one."""
    sets = load_light_rules()
    return next((one for one in sets if {x.key for x in one.lights} == set(keys)), sets[0])


def lamp_colour(light: Light, theme: Theme) -> QColor:
    """Return a light's colour on the ground in force."""
    return QColor(light.on_dark if theme.is_dark else light.on_light)


def paint_lamp(painter: QPainter, box: QRectF, shape: str, colour: QColor) -> None:
    """Paint a light's shape into a square box; drawn, because fonts lack some of the shapes."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    width = max(1.3, box.width() / 8)
    inner = box.adjusted(width / 2, width / 2, -width / 2, -width / 2)
    painter.setPen(QPen(colour, width, c=Qt.PenCapStyle.RoundCap))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    match shape:
        case "●":
            painter.setBrush(colour)
            painter.drawEllipse(inner)
        case "◐":
            painter.drawEllipse(inner)
            painter.setBrush(colour)
            painter.drawPie(inner, 90 * 16, 180 * 16)
        case "○":
            painter.drawEllipse(inner)
        case "◇" | "◆":
            painter.setBrush(colour if shape == "◆" else Qt.BrushStyle.NoBrush)
            painter.drawPolygon(_diamond(inner))
        case "◈":
            painter.drawPolygon(_diamond(inner))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            dot = inner.width() * 0.3
            painter.drawPolygon(_diamond(inner.adjusted(dot, dot, -dot, -dot)))
        case "✓":
            painter.drawPolyline(_tick(inner))
        case "–" | "-" | "—":
            middle = inner.center().y()
            painter.drawLine(QPointF(inner.left(), middle), QPointF(inner.right(), middle))
        case _:  # a shape that an office wrote into its rules
            painter.setPen(colour)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, shape)
    painter.restore()


def _diamond(box: QRectF) -> QPolygonF:
    centre = box.center()
    return QPolygonF(
        [
            QPointF(centre.x(), box.top()),
            QPointF(box.right(), centre.y()),
            QPointF(centre.x(), box.bottom()),
            QPointF(box.left(), centre.y()),
        ]
    )


def _tick(box: QRectF) -> QPolygonF:
    width, height = box.width(), box.height()
    return QPolygonF(
        [
            QPointF(box.left(), box.top() + height * 0.55),
            QPointF(box.left() + width * 0.36, box.bottom() - height * 0.08),
            QPointF(box.right(), box.top() + height * 0.12),
        ]
    )


def lamp_size(text_size: int) -> float:
    """Return the side of a light's square beside text of this size."""
    return round(text_size * 0.78)


class LampButton(QAbstractButton):
    """A light to be switched on and off in a filter: shape, word and how many there are."""

    def __init__(self, light: Light, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.light = light
        self._theme = theme
        self._count = 0
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """Show how many tasks have this light."""
        self._count = count
        self.setText(f"{self.light.word} {count}")
        self.setAccessibleName(self.text())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the shape, the words and the padding."""
        metrics = self.fontMetrics()
        words = metrics.horizontalAdvance(self.text())
        width = 8 + lamp_size(self._theme.size) + GAP + words + 8
        return QSize(int(width), self._theme.size + 15)

    def minimumSizeHint(self) -> QSize:
        """The button is never cut."""
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be clicked."""
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Calm down again."""
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint it flat, filled softly while it is on."""
        colours = self._theme.colours
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        lively = self.isChecked() or self.underMouse() or self.hasFocus()
        painter.setPen(colours.of("accent" if lively else "line"))
        painter.setBrush(colours.of("accent_soft" if self.isChecked() else "surface"))
        painter.drawRoundedRect(box, 5, 5)
        is_dim = not self._count and not self.isChecked()
        colour = colours.of("grey") if is_dim else lamp_colour(self.light, self._theme)
        side = lamp_size(self._theme.size)
        lamp = QRectF(8, (self.height() - side) / 2, side, side)
        paint_lamp(painter, lamp, self.light.shape, colour)
        painter.setPen(colour)
        words = self.rect().adjusted(int(8 + side + GAP), 0, -4, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self.text())
