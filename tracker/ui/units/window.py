"""单位与领导: the units and leaders of the office and the reforms they went through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
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
UNITS, LEADERS, REFORMS = range(3)
_TABS = (("单位", UnitsTab), ("领导", LeadersTab), ("改革经过", ReformsTab))


class UnitsWindow(QDialog):
    """Stays open beside the ledger.

    The frame is shown first and each tab made when it is wanted, so that nothing stands still.

    Attributes:
        begin: opens the wizard.
    """

    def __init__(self, kit: Kit, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowFlag(Qt.WindowType.WindowMaximizeButtonHint)
        self.setWindowTitle("单位与领导")
        self.kit, self._doors = kit, doors
        self._made: dict[int, UnitsTab | LeadersTab | ReformsTab] = {}
        self._rooms: list[QVBoxLayout] = []
        self.tabs = QTabWidget()
        self.said, self.hint = QLabel(), QLabel()
        self.begin, self.leave = QPushButton("机构改革…"), QPushButton("关闭")
        self._lay_out()
        self._connect()
        open_at(self, 98, 50)
        QTimer.singleShot(0, self, self._begin)

    def _begin(self) -> None:
        """Fill the tab in sight, once the frame is painted."""
        self._tab(self.tabs.currentIndex())
        self._share_width()
        if UNITS in self._made and self.isActiveWindow():
            self.units.table.setFocus()

    def _tab(self, place: int) -> UnitsTab | LeadersTab | ReformsTab:
        if place not in self._made:
            tab = _TABS[place][1](self.kit, self._doors)
            self._made[place] = tab
            self._rooms[place].addWidget(tab)
            tab.refresh()
        return self._made[place]

    @property
    def units(self) -> UnitsTab:
        """The tab of units."""
        found = self._tab(UNITS)
        assert isinstance(found, UnitsTab)
        return found

    @property
    def leaders(self) -> LeadersTab:
        """The tab of leaders."""
        found = self._tab(LEADERS)
        assert isinstance(found, LeadersTab)
        return found

    @property
    def reforms(self) -> ReformsTab:
        """The tab of reforms."""
        found = self._tab(REFORMS)
        assert isinstance(found, ReformsTab)
        return found

    def _lay_out(self) -> None:
        for words, _make in _TABS:
            holder = QWidget()
            room = QVBoxLayout(holder)
            room.setContentsMargins(0, 0, 0, 0)
            self._rooms.append(room)
            self.tabs.addTab(holder, words)
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
        self.tabs.currentChanged.connect(self._on_tab)
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

    def _on_tab(self, place: int) -> None:
        self.hint.setText(_HINTS[place])
        self._tab(place)

    def _share_width(self) -> None:
        wide = self.width()
        list_ = wide * (58 if wide > _WIDE_EMS * self.kit.theme.size else 52) // 100
        self.units.split.setSizes([list_, wide - list_])

    def refresh(self) -> None:
        """Read everything anew."""
        for tab in self._made.values():
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
        self.tabs.setCurrentIndex(UNITS)
        self.units.search.setFocus()
        self.units.search.selectAll()
