"""The first page of the wizard: what the reform does, each kind explained in a line."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QLabel, QRadioButton, QVBoxLayout, QWidget

from tracker.domain.reform import REFORM_WORDS, ReformKind

EXPLAINED = {
    ReformKind.RENAME: "单位还是那个单位，名称变了。在办任务改用新名称，旧名称记作曾用名。",
    ReformKind.MERGE: "两个以上单位并成一个，任务都归合并后的单位；可以并入其中原有的一个。",
    ReformKind.SPLIT: "一个单位分成几个，逐项选定各任务由谁承接；原单位保留的，也写在里面。",
    ReformKind.ABOLISH: "单位不再设立，逐项选定任务由谁承接；没有单位承接的可以移出。",
    ReformKind.HAND_OVER: "单位都不变，勾选的任务从一个单位移交给另一个。",
    ReformKind.CHARGE: "一位领导接任另一位的全部工作、一部分分管单位或勾选的任务。",
}


class KindPage(QWidget):
    """Asks for one of the kinds; ↑↓ chooses.

    Attributes:
        choices: the button of each kind.

    Signals:
        taken: a kind was chosen by a double click.
    """

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.choices: dict[ReformKind, QRadioButton] = {}
        self._group = QButtonGroup(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(4, 4, 4, 4)
        column.setSpacing(4)
        for kind, words in EXPLAINED.items():
            choice = _Choice(REFORM_WORDS[kind])
            choice.setProperty("heading", True)
            choice.taken.connect(self.taken)
            choice.setAccessibleDescription(words)
            self._group.addButton(choice)
            self.choices[kind] = choice
            told = _Told(words, choice)
            column.addWidget(choice)
            column.addWidget(told)
            column.addSpacing(8)
        column.addStretch(1)
        self.choices[ReformKind.RENAME].setChecked(True)

    @property
    def kind(self) -> ReformKind:
        """The kind chosen."""
        return next(kind for kind, choice in self.choices.items() if choice.isChecked())

    def focus(self) -> None:
        """Let the keys go to what is chosen."""
        self.choices[self.kind].setFocus()


class _Choice(QRadioButton):
    """A kind; a double click goes on with it."""

    taken = Signal()

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Go on."""
        self.setChecked(True)
        self.taken.emit()


class _Told(QLabel):
    """The line under a kind; a click on it chooses the kind."""

    def __init__(self, words: str, choice: _Choice) -> None:
        super().__init__(words)
        self._choice = choice
        self.setWordWrap(True)
        self.setProperty("quiet", True)
        self.setIndent(choice.style().pixelMetric(choice.style().PixelMetric.PM_IndicatorWidth) + 8)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def mousePressEvent(self, event: object) -> None:
        """Choose the kind."""
        self._choice.setChecked(True)
        self._choice.setFocus()

    def mouseDoubleClickEvent(self, event: object) -> None:
        """Go on with it."""
        self._choice.taken.emit()
