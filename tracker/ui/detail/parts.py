"""Small building blocks of the panel: chips that wrap, a light with its word, folding sections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.widgets.chips import GAP, Chip, chip_font, chip_height, paint_chips, place_chips
from tracker.ui.widgets.lamp import lamp_colour, lamp_size, paint_lamp
from tracker.ui.widgets.menus import one_stop

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.domain.light_rules import Light
    from tracker.ui.theme import Theme
    from tracker.ui.widgets.chips import PlacedChip

_ALL_ROWS = 1000


class ChipFlow(QWidget):
    """Units as chips, in as many rows as they need.

    Attributes:
        chips: what is shown.
    """

    def __init__(self, theme: Theme, chips: Sequence[Chip], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chips = tuple(chips)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName("、".join(chip.text for chip in chips))
        self.setToolTip(self.accessibleName())
        theme.changed.connect(self.updateGeometry)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Room for all rows."""
        height = chip_height(self._theme.size)
        placed = self.placed(width)
        return int(placed[-1].box.bottom()) + 1 if placed else height

    def sizeHint(self) -> QSize:
        """One row of a usual width."""
        return QSize(self._theme.size * 12, self.heightForWidth(self._theme.size * 18))

    def minimumSizeHint(self) -> QSize:
        """Long names are cut before the panel grows wider."""
        return QSize(self._theme.size * 6, chip_height(self._theme.size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint all chips."""
        font = chip_font(self.font())
        paint_chips(QPainter(self), self.placed(), (0.0, 0.0), font, self._theme.colours)

    def placed(self, width: int | None = None) -> tuple[PlacedChip, ...]:
        """Return the chips with their places, in the width they have or would have."""
        wide = self.width() if width is None else width
        height = chip_height(self._theme.size)
        return place_chips(self.chips, chip_font(self.font()), wide, _ALL_ROWS, height)


class LampWord(QWidget):
    """A light with the remaining time in words; why it is lit stands in the tool tip."""

    def __init__(
        self, theme: Theme, light: Light, words: str, reason: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._light = light
        self._words = words
        self.setToolTip(reason)
        self.setAccessibleName(words)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Room for shape and words."""
        metrics = self.fontMetrics()
        width = lamp_size(self._theme.size) + GAP + metrics.horizontalAdvance(self._words) + 2
        return QSize(int(width), metrics.lineSpacing())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape and the words in the light's colour."""
        painter = QPainter(self)
        colour = lamp_colour(self._light, self._theme)
        side = lamp_size(self._theme.size)
        paint_lamp(
            painter, QRectF(0, (self.height() - side) / 2, side, side), self._light.shape, colour
        )
        painter.setPen(colour)
        words = self.rect().adjusted(int(side + GAP), 0, 0, 0)
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), self._words)


class Section(QWidget):
    """A heading that folds what is below it; hidden while there is nothing.

    Signals:
        unfolded: it was opened by the user.
    """

    unfolded = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._count = 0
        self.head = QPushButton()
        self.head.setProperty("link", True)
        self.head.setCheckable(True)
        self.head.setCursor(Qt.CursorShape.PointingHandCursor)
        self.head.toggled.connect(self._fold)
        self.body = QWidget()
        self.column = QVBoxLayout(self.body)
        self.column.setContentsMargins(0, 0, 0, 8)
        self.column.setSpacing(8)
        self.body.hide()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(6)
        outer.addWidget(self.head, alignment=Qt.AlignmentFlag.AlignLeft)
        outer.addWidget(self.body)
        self.hide()

    def fill(self, widgets: Sequence[QWidget], count: int | None = None) -> None:
        """Show these below the heading.

        Args:
            count: the number in the heading, where it is not that of the widgets.
        """
        clear(self.column)
        for widget in widgets:
            self.column.addWidget(widget)
        one_stop(widgets)
        self._count = len(widgets) if count is None else count
        self.setVisible(bool(widgets))
        self._name_head()

    def open(self) -> None:
        """Unfold it."""
        self.head.setChecked(True)

    def _fold(self, unfolded: bool) -> None:
        self.body.setVisible(unfolded)
        self._name_head()
        if unfolded:
            self.unfolded.emit()

    def _name_head(self) -> None:
        arrow = "▾" if self.head.isChecked() else "▸"
        self.head.setText(f"{arrow} {self._name} {self._count}")


def clear(layout: QLayout) -> None:
    """Take everything out of a layout."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear(inner)


def words_label(text: str, *, quiet: bool = False, heading: bool = False) -> QLabel:
    """Return a label that wraps, whose text can be selected, and which is never rich text."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("quiet", quiet)
    label.setProperty("heading", heading)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def link_button(text: str) -> QPushButton:
    """Return a button that looks like a link."""
    button = QPushButton(text)
    button.setProperty("link", True)
    button.setCursor(Qt.CursorShape.PointingHandCursor)
    button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return button


def row_of(*widgets: QWidget, stretch: int | None = None) -> QWidget:
    """Return the widgets side by side, the one at `stretch` taking the rest of the width."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    for place, widget in enumerate(widgets):
        row.addWidget(widget, int(place == stretch))
    if stretch is None:
        row.addStretch(1)
    return holder
