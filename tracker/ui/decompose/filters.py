"""The buttons that choose which drafts are listed, each with its count."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from tracker.ui.decompose.model import AGAIN, Sieve, sieves_of

if TYPE_CHECKING:
    from tracker.ui.decompose.desk import Desk
    from tracker.ui.kit import Kit

_SHOWN_EMPTY = frozenset({Sieve.ALL, Sieve.WAITING})


class FilterBar(QWidget):
    """One button is down at a time.

    Signals:
        chosen: a button was pressed (`Sieve`).
    """

    chosen = Signal(object)

    def __init__(self, kit: Kit, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._desk = desk
        self.buttons: dict[Sieve, QPushButton] = {}
        self._group = QButtonGroup(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(4)
        for sieve in Sieve:
            button = QPushButton()
            button.setCheckable(True)
            button.setProperty("tight", True)
            button.clicked.connect(lambda _=False, sieve=sieve: self.chosen.emit(sieve))
            self._group.addButton(button)
            row.addWidget(button)
            self.buttons[sieve] = button
        row.addStretch()
        self.all = QPushButton("全部勾选")
        self.all.setProperty("tight", True)
        self.all.setToolTip("勾选所列各项；存疑的仍须逐项认可，在“存疑”里则一并认可")
        row.addWidget(self.all)
        desk.stepped.connect(self.count)
        kit.theme.changed.connect(self._colour)

    def choose(self, sieve: Sieve) -> None:
        """Press a button for the user."""
        self.buttons[sieve].setChecked(True)

    def count(self) -> None:
        """Write the counts; what counts nothing and is not pressed is not shown."""
        plan = self._desk.plan
        again = plan is not None and bool(plan.tasks)
        kinds = Counter(sieves_of(self._desk, each) for each in self._desk.now.drafts)
        for sieve, button in self.buttons.items():
            number = sum(count for sieves, count in kinds.items() if sieve in sieves)
            button.setText(f"{sieve.value} {number}")
            shown = bool(number) or sieve in _SHOWN_EMPTY or button.isChecked()
            button.setVisible(shown and (again or sieve not in AGAIN))
        self._colour()

    def _colour(self) -> None:
        """What waits is counted in red while something does."""
        button = self.buttons[Sieve.WAITING]
        colours = self._kit.theme.colours
        waits = not button.text().endswith(" 0") and bool(button.text())
        ground = f"background: {colours.red_soft};" if button.isChecked() else ""
        looks = f"QPushButton {{ color: {colours.red}; border-color: {colours.red}; {ground} }}"
        button.setStyleSheet(looks if waits else "")
