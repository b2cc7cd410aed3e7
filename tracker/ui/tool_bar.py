"""The tool bar: what is done every day, the round always in sight, the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from tracker.domain.terms import ROUND_STATE_WORDS
from tracker.ops.rounds import list_rounds

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

    from tracker.domain.ledger import RoundRow
    from tracker.ui.kit import Kit


class ToolBar(QToolBar):
    """Buttons of the main path, the round and the search field.

    Signals:
        round_chosen: the user picked a round (`RoundRow`).
    """

    round_chosen = Signal(object)

    def __init__(self, kit: Kit, actions: dict[str, QAction]) -> None:
        super().__init__("工具栏")
        self._kit = kit
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self._add(actions["import_table"], "导入表格")
        self._add(actions["new_task"], "新增事项")
        self.round = QToolButton()
        self.round.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._rounds = QMenu(self.round)
        self.round.setMenu(self._rounds)
        self._rounds.aboutToShow.connect(self._list_rounds)
        self._new_round = actions["new_round"]
        self.addWidget(self.round)
        self._add(actions["send_forms"], "发反馈表")
        self._add(actions["collect_returns"], "收反馈表")
        export = self._add(actions["export_table"], "导出落实情况表")
        export.setProperty("primary", True)
        self._add(actions["undo"], "撤销")
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.search = QLineEdit()
        self.search.setPlaceholderText("搜索任务、单位（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(220)
        self.addWidget(self.search)
        # Each keystroke at once: the views read in a worker and drop what is out of date.
        self.search.textChanged.connect(lambda text: kit.hub.narrow(text=text.strip()))
        kit.hub.opened.connect(self._show_round)
        kit.hub.filtered.connect(self._show_filter)

    def _add(self, action: QAction, name: str) -> QToolButton:
        """Add a button that follows its action, with a shorter name than the menu's."""
        button = QToolButton()
        button.setText(name)
        button.setToolTip(f"{name}（{action.shortcut().toString()}）".replace("（）", ""))
        button.setEnabled(action.isEnabled())
        action.enabledChanged.connect(button.setEnabled)
        button.clicked.connect(action.trigger)
        button.setObjectName(name)
        self.addWidget(button)
        return button

    def _show_round(self) -> None:
        hub = self._kit.hub
        self.search.clear()
        self.round.setVisible(hub.ledger is not None)
        self.round.setText(f"{_name(hub.round)} ▾" if hub.round else "还没有轮次 ▾")

    def _list_rounds(self) -> None:
        hub = self._kit.hub
        self._rounds.clear()
        if hub.office is not None and hub.ledger is not None:
            for row in reversed(list_rounds(hub.office, hub.ledger)):
                action = self._rounds.addAction(_name(row))
                action.triggered.connect(lambda _=False, chosen=row: self.round_chosen.emit(chosen))
            self._rounds.addSeparator()
        self._rounds.addAction(self._new_round)

    def _show_filter(self) -> None:
        if self.search.text().split() != self._kit.hub.filter.text.split():
            self.search.setText(self._kit.hub.filter.text)


def _name(row: RoundRow) -> str:
    until = f"　截至{row.cut_off.month}月{row.cut_off.day}日" if row.cut_off else ""
    return f"第{row.number}期　{ROUND_STATE_WORDS[row.state]}{until}"
