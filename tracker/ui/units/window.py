"""单位与领导: the units and leaders of the office and the reforms they went through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.units.leaders_tab import LeadersTab
from tracker.ui.units.reforms_tab import ReformsTab
from tracker.ui.units.units_tab import UnitsTab
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from tracker.domain.history import Changes
    from tracker.ui.kit import Kit
    from tracker.ui.units.doors import Doors

TABLES = frozenset(
    {
        "unit",
        "unit_name",
        "unit_member",
        "assignment",
        "task",
        "person",
        "person_unit",
        "reform",
        "form_return",
        "handover",
        "round",
        "returned_file",
        "slip",
        "setting",
    }
)
"""A step that touches none of these changes nothing here."""
_HINTS = (
    "双击改 · Enter 全部栏目 · Alt+↑↓ 或拖动排序 · Ctrl+V 粘贴联系人 · Insert 新增 · Ctrl+Z 撤销",
    "双击改 · Enter 全部栏目 · Alt+↑↓ 或拖动排序 · Insert 新增 · Ctrl+Z 撤销",
    "Ctrl+Z 撤销上一步",
)


_WIDE_EMS = 80


class UnitsWindow(QDialog):
    """Stays open beside the ledger.

    Attributes:
        units, leaders, reforms: the tabs.
        begin: opens the wizard.
    """

    def __init__(self, kit: Kit, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle("单位与领导")
        self.kit, self._doors = kit, doors
        self.units, self.leaders = UnitsTab(kit, doors), LeadersTab(kit, doors)
        self.reforms = ReformsTab(kit, doors)
        self.tabs = QTabWidget()
        self.said, self.hint = QLabel(), QLabel()
        self.begin, self.leave = QPushButton("机构改革…"), QPushButton("关闭")
        self._lay_out()
        self._connect()
        open_at(self, 98, 50)
        self._share_width()
        self.refresh()
        self.units.table.setFocus()

    def _lay_out(self) -> None:
        for tab, words in (
            (self.units, "单位"),
            (self.leaders, "领导"),
            (self.reforms, "改革经过"),
        ):
            self.tabs.addTab(tab, words)
        self.hint.setProperty("quiet", True)
        self.hint.setText(_HINTS[0])
        self.hint.setMinimumWidth(1)  # it is cut before the window cannot be small
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.hint, 1)
        for button in (self.begin, self.leave):
            button.setAutoDefault(False)
            foot.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.tabs, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(lambda place: self.hint.setText(_HINTS[place]))
        self.begin.clicked.connect(lambda: self._doors.reform(None, ()))
        self.leave.clicked.connect(self.close)
        commands = self._doors.window.commands
        for key, act in (
            (QKeySequence.StandardKey.Undo, commands.undo),
            (QKeySequence.StandardKey.Redo, commands.redo),
        ):
            QShortcut(QKeySequence(key), self).activated.connect(lambda do=act: self._step(do))
        find = QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self)
        find.activated.connect(self._find)
        self.kit.hub.changed.connect(self._on_changed)
        self.kit.hub.opened.connect(self._on_opened)

    def _share_width(self) -> None:
        wide = self.width()
        list_ = wide * (58 if wide > _WIDE_EMS * self.kit.theme.size else 52) // 100
        self.units.split.setSizes([list_, wide - list_])

    def refresh(self) -> None:
        """Read everything anew."""
        for tab in (self.units, self.leaders, self.reforms):
            tab.refresh()

    def _on_changed(self, changes: Changes, _initiator: object) -> None:
        if any(table in TABLES for table, _rows in changes.rows):
            self.refresh()

    def _on_opened(self) -> None:
        if self.kit.hub.office is None:
            self.close()
        else:
            self.refresh()

    def _step(self, act: object) -> None:
        """Undo or redo, unless a field is typed into, which has its own undo."""
        focus = self.focusWidget()
        if isinstance(focus, QLineEdit) and focus.isUndoAvailable():
            focus.undo()
        elif not isinstance(focus, QPlainTextEdit) and callable(act):
            self.units.finish_editing()
            act()

    def _find(self) -> None:
        self.tabs.setCurrentWidget(self.units)
        self.units.search.setFocus()
        self.units.search.selectAll()
