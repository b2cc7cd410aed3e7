"""Opening a round: its cut-off date and when feedback is due."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import (
    QCheckBox,
    QDateEdit,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from datetime import date


class RoundDialog(QDialog):
    """Asks for the dates of a new round; either may be left open."""

    def __init__(self, number: int, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(f"新开第{number}期")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(12)
        words = QLabel("新的一期沿用上期的落实情况，再逐项更新。")
        words.setProperty("quiet", True)
        layout.addWidget(words)
        form = QFormLayout()
        form.setSpacing(8)
        self._cut_off = _DateField(today)
        self._due = _DateField(today + timedelta(days=7))
        form.addRow("截止日期", self._cut_off)
        form.addRow("反馈期限", self._due)
        layout.addLayout(form)
        hint = QLabel("截止日期印在落实情况表的标题下面。")
        hint.setProperty("quiet", True)
        layout.addWidget(hint)
        agree = QPushButton("新开一期")
        agree.setProperty("primary", True)
        agree.setDefault(True)
        agree.clicked.connect(self.accept)
        leave = QPushButton("取消")
        leave.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(leave)
        buttons.addWidget(agree)
        layout.addLayout(buttons)

    @property
    def cut_off(self) -> date | None:
        """The chosen cut-off date."""
        return self._cut_off.value

    @property
    def feedback_due(self) -> date | None:
        """When the units are to answer."""
        return self._due.value


class _DateField(QWidget):
    """A date that may be left open."""

    def __init__(self, day: date) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        self._set = QCheckBox()
        self._set.setChecked(True)
        self._day = QDateEdit(QDate(day.year, day.month, day.day))
        self._day.setDisplayFormat("yyyy年M月d日")
        self._day.setCalendarPopup(True)
        self._set.toggled.connect(self._day.setEnabled)
        row.addWidget(self._set)
        row.addWidget(self._day, 1)

    @property
    def value(self) -> date | None:
        """The date; None where it is left open."""
        if not self._set.isChecked():
            return None
        day: date = self._day.date().toPython()  # type: ignore[assignment]  # typed as object
        return day
