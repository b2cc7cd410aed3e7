"""Full and short names of the units after a reform, a line for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from tracker.domain.reform import NewUnit
from tracker.ui.dialogs.fields import UnitsEdit

if TYPE_CHECKING:
    from collections.abc import Iterable

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class NewUnitsEdit(QWidget):
    """Lines of full name and short name; as many as the kind of reform takes.

    Signals:
        changed: something was typed.
        left: Enter in the last line.
    """

    changed = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[tuple[UnitsEdit, QLineEdit]] = []
        self._known: tuple[str, ...] = ()
        self._most = 1
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.more = QPushButton("＋ 再加一个单位")
        self.more.setProperty("link", True)
        self.more.setAutoDefault(False)
        self.more.clicked.connect(self._on_more)
        self._column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._add()
        self.setFocusProxy(self.lines[0][0])

    def ask_for(self, least: int, most: int) -> None:
        """Show as many lines as must be filled at least; what is typed stays."""
        self._most = most
        while len(self.lines) < max(least, 1):
            self._add()
        while len(self.lines) > max(least, 1) and not self._is_filled(self.lines[-1]):
            self._drop()
        while len(self.lines) > most:
            self._drop()
        self.more.setVisible(len(self.lines) < most)

    def set_names(self, names: Iterable[str]) -> None:
        """Say which units are known."""
        self._known = tuple(names)
        for name, _short in self.lines:
            name.set_names(self._known)

    def names(self) -> tuple[NewUnit, ...]:
        """Return what is typed; empty lines are left out."""
        return tuple(
            NewUnit(words, short.text().strip())
            for name, short in self.lines
            if (words := name.text().strip(" 　、"))
        )

    def fill(self, names: Iterable[str]) -> None:
        """Put names in, one in each line."""
        for place, name in enumerate(names):
            while len(self.lines) <= place:
                self._add()
            self.lines[place][0].setText(name)

    def clear(self) -> None:
        """Empty all lines."""
        for name, short in self.lines:
            name.clear()
            short.clear()

    def _is_filled(self, line: tuple[UnitsEdit, QLineEdit]) -> bool:
        return bool(line[0].text().strip() or line[1].text().strip())

    def _add(self) -> None:
        name = UnitsEdit("", "全称")
        name.set_names(self._known)
        name.setAccessibleName(f"新单位全称{len(self.lines) + 1}")
        short = QLineEdit()
        short.setPlaceholderText("简称（可以不写）")
        short.setAccessibleName(f"新单位简称{len(self.lines) + 1}")
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(name, 3)
        row.addWidget(short, 2)
        self._column.insertLayout(len(self.lines), row)
        for edit in (name, short):
            edit.textChanged.connect(self.changed)
            edit.installEventFilter(self)
        self.lines.append((name, short))

    def _drop(self) -> None:
        name, short = self.lines.pop()
        for edit in (name, short):
            edit.hide()
            edit.deleteLater()

    def _on_more(self) -> None:
        self._add()
        self.more.setVisible(len(self.lines) < self._most)
        self.lines[-1][0].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field."""
        if event.type() == QEvent.Type.KeyPress:
            key, modifiers = event.key(), event.modifiers()  # type: ignore[attr-defined]  # a key
            choosing = isinstance(watched, UnitsEdit) and watched.popup.isVisible()
            if key in _ENTER and not choosing and not modifiers:
                fields = [edit for line in self.lines for edit in line]
                place = next((n for n, edit in enumerate(fields) if edit is watched), -1)
                if place + 1 < len(fields):
                    fields[place + 1].setFocus()
                else:
                    self.left.emit()
                return True
        return super().eventFilter(watched, event)
