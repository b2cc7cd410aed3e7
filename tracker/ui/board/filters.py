"""What the board is narrowed to: a group of states, words in a unit's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLineEdit, QPushButton, QWidget

from tracker.ui.board.words import Group

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.ui.board.words import Line

ALL = "全部"


class BoardFilters(QWidget):
    """Buttons with their counts, and a search field.

    Attributes:
        buttons: by group; None is the one for all.

    Signals:
        changed: the group (None for all) and the words searched for.
    """

    changed = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[Group | None, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        group = QButtonGroup(self)
        for key in (None, *Group):
            button = QPushButton(key.value if key else ALL)
            button.setCheckable(True)
            button.setProperty("tight", True)
            button.clicked.connect(self._tell)
            group.addButton(button)
            row.addWidget(button)
            self.buttons[key] = button
        self.buttons[None].setChecked(True)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找单位、来件（/）")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(160)
        self.search.textChanged.connect(self._tell)
        row.addSpacing(8)
        row.addWidget(self.search)

    @property
    def group(self) -> Group | None:
        """The group shown; None for all."""
        return next(key for key, button in self.buttons.items() if button.isChecked())

    @property
    def is_narrowed(self) -> bool:
        """Whether some units may be hidden."""
        return self.group is not None or bool(self.search.text().strip())

    def clear(self) -> None:
        """Show all again."""
        self.buttons[None].setChecked(True)
        self.search.clear()
        self._tell()

    def choose(self, group: Group | None) -> None:
        """Show one group."""
        self.buttons[group].setChecked(True)
        self._tell()

    def show_counts(self, lines: Sequence[Line]) -> None:
        """Write how many units there are into the buttons."""
        for key, button in self.buttons.items():
            count = sum(1 for line in lines if key in (None, line.group))
            button.setText(f"{key.value if key else ALL} {count}")
            unused = key in (Group.COMING, Group.EXEMPT) and not count
            button.setVisible(not unused or button.isChecked())

    def _tell(self) -> None:
        self.changed.emit(self.group, self.search.text())
