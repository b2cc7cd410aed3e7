"""The tool bar: what is done every day, the round always in sight, the search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from tracker.domain.terms import ROUND_STATE_WORDS
from tracker.ops.rounds import list_rounds

if TYPE_CHECKING:
    from PySide6.QtGui import QAction, QResizeEvent

    from tracker.domain.ledger import RoundRow
    from tracker.ui.kit import Kit


_LEAVING = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Escape})
SEARCH_LEAST, SEARCH_MOST = 120, 220
GAP, MARGIN = 6, 16
"""As in the style sheet, the margin with the frame of the extension."""


class ToolBar(QToolBar):
    """Buttons of the main path, the round and the search field.

    Signals:
        round_chosen: the user picked a round (`RoundRow`).
        search_left: the keys are to go on to what was found.
    """

    round_chosen = Signal(object)
    search_left = Signal()

    def __init__(self, kit: Kit, actions: dict[str, QAction]) -> None:
        super().__init__("工具栏")
        self._kit = kit
        self.setMovable(False)
        self.toggleViewAction().setVisible(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        import_table = self._add(actions["import_table"], "导入表格")
        new_task = self._add(actions["new_task"], "新增事项")
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
        undo = self._add(actions["undo"], "撤销")
        space = QWidget()
        space.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(space)
        self.search = QLineEdit()
        self.search.setPlaceholderText("搜任务、单位、拼音（Ctrl+F）")
        self.search.setClearButtonEnabled(True)
        self.search.setFixedWidth(SEARCH_MOST)
        self.addWidget(self.search)
        by_button = {self.widgetForAction(action): action for action in self.actions()}
        self._spare = [by_button[button] for button in (import_table, new_task, undo)]
        # Each keystroke at once: the views read in a worker and drop what is out of date.
        self.search.textChanged.connect(lambda text: kit.hub.narrow(text=text.strip()))
        self.search.installEventFilter(self)
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

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the search field Enter and ↓ go on to what was found; Esc empties it, then leaves."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape and self.search.text():
                self.search.clear()
                return True
            if event.key() in _LEAVING:
                self.search_left.emit()
                return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what the menus have too, where there is no room for all with the search."""
        super().resizeEvent(event)
        self._make_room()

    def changeEvent(self, event: QEvent) -> None:
        """Look at the room anew when the text has another size."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            QTimer.singleShot(0, self, self._make_room)

    def _make_room(self) -> None:
        shown = [a for a in self.actions() if a not in self._spare and a.isVisible()]
        widths = {a: self.widgetForAction(a).sizeHint().width() + GAP for a in self.actions()}
        widths[next(a for a in shown if self.widgetForAction(a) is self.search)] = SEARCH_LEAST
        room = self.width() - 2 * MARGIN - sum(widths[action] for action in shown)
        for action in self._spare:
            room -= widths[action]
            action.setVisible(room >= 0)
            room += 0 if room >= 0 else widths[action]
        width = min(SEARCH_LEAST + max(room, 0), SEARCH_MOST)
        layout = self.layout()
        if width != self.search.width() and layout is not None:
            self.search.setFixedWidth(width)
            layout.invalidate()  # a field that was pushed out of sight does not tell it

    def _show_round(self) -> None:
        hub = self._kit.hub
        self.search.clear()
        self.round.setVisible(hub.ledger is not None)
        self.round.setText(f"{_name(hub.round)} ▾" if hub.round else "还没有轮次 ▾")
        self._make_room()

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
