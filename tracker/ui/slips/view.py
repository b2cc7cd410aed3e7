"""督办单: the ledger of slips, with what may be done about each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.slip import SlipKind, SlipState
from tracker.domain.slip_words import kind_words
from tracker.ops.slips import list_slips
from tracker.ui.board.head import HeadBar, head_label
from tracker.ui.slips.model import Group, SlipsModel, history, is_in
from tracker.ui.slips.table import SlipsTable
from tracker.ui.widgets.folding import FoldingBar
from tracker.ui.widgets.keys import take_keys
from tracker.ui.widgets.labels import hairline
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import add, add_copy, hang_menu

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QShowEvent

    from tracker.domain.history import Changes
    from tracker.domain.slip import SlipLine
    from tracker.ui.kit import Kit

ALL, ALL_KINDS = "全部", "全部种类"
NONE_YET = "还没有开过单子。选中任务后右键“开督办单…”，或点“新开…”。"
NONE_SHOWN = "没有符合条件的单子。"
_LONGEST = 150
"""How much of a reply is shown below the list; the tool tip has it whole."""
KEYS = "Enter 登记回复　/ 查找　右键 更多"


class SlipsView(QWidget):
    """Slips of all ledgers of the office, the latest first.

    Attributes:
        is_wide: slips, not tasks: the panel of the task in hand gives its room to the list.

    Signals:
        tasks_wanted: the slip's task is to be shown in the ledger.
        loaded: another list is shown.
    """

    is_wide = True
    tasks_wanted = Signal()
    loaded = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.model = SlipsModel()
        self.model.setParent(self)
        self.table = SlipsTable(kit, self.model)
        self._make_buttons()
        self._make_filters()
        self._make_labels()
        self._build()
        self._read = LatestRead(kit.runner, "读取督办单", self._lookup, self._show, self)
        self._connect()
        self._read.ask()

    def _make_buttons(self) -> None:
        self.task = QPushButton("打开任务")
        self.export = QPushButton("导出 Word…")
        self.close_slip = QPushButton("办结…")
        self.reply = QPushButton("登记回复…")
        self.new = QPushButton("新开…")
        self.new.setProperty("primary", True)

    def _make_filters(self) -> None:
        self.groups: dict[Group | None, QPushButton] = {}
        shared = QButtonGroup(self)
        for key in (None, *Group):
            button = QPushButton(key.value if key else ALL)
            button.setCheckable(True)
            button.setProperty("tight", True)
            button.clicked.connect(self._narrow)
            shared.addButton(button)
            self.groups[key] = button
        self.groups[None].setChecked(True)
        self.kind = QComboBox()
        self.kind.setAccessibleName("种类")
        self.kind.addItem(ALL_KINDS, "")
        for each in SlipKind:
            word = kind_words(each).word
            self.kind.addItem(word, word)
        self.kind.currentIndexChanged.connect(self._narrow)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找编号、单位、事项")
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(180)
        self.search.textChanged.connect(self._narrow)

    def _make_labels(self) -> None:
        self.title, self.counts = head_label(), QLabel()
        self.title.setText("督办单")
        self.empty = QLabel()
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.keys = QLabel(KEYS)
        self.keys.setMinimumWidth(1)
        for label in (self.counts, self.empty, self.keys):
            label.setProperty("quiet", True)
        for label in (self.told, self.keys):
            label.setContentsMargins(12, 4, 12, 4)

    def _build(self) -> None:
        buttons = (self.task, self.export, self.close_slip, self.reply, self.new)
        head = HeadBar((self.title, self.counts), buttons)
        left = QWidget()
        row = QHBoxLayout(left)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for button in self.groups.values():
            row.addWidget(button)
        bar = FoldingBar((left,), (self.kind, self.search))
        bar.setContentsMargins(12, 0, 12, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (head, bar, hairline()):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.empty, 1)
        column.addWidget(self.told)
        column.addWidget(self.keys)

    def _connect(self) -> None:
        hub = self._kit.hub
        hub.opened.connect(self._read.ask)
        hub.changed.connect(self._on_changed)
        self._kit.theme.changed.connect(self.table.fit)
        self.new.clicked.connect(lambda: self._open_new())
        self.reply.clicked.connect(self._open_reply)
        self.close_slip.clicked.connect(self._open_close)
        self.export.clicked.connect(self._save)
        self.task.clicked.connect(lambda: self._show_task(""))
        self.table.open_wanted.connect(self._on_enter)
        self.table.search_wanted.connect(self.search.setFocus)
        hang_menu(self.table, self.menu)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._enable())

    # Reading

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._read.ask()

    def _lookup(self) -> Callable[[], tuple[list[SlipLine], date]] | None:
        office, today = self._kit.hub.office, self._kit.hub.today
        if office is None:
            self._show(([], today))
            return None
        return lambda: (list_slips(office, today), today)

    def _show(self, found: tuple[list[SlipLine], date]) -> None:
        lines, today = found
        chosen = self.chosen()
        self.model.show_lines(lines, today)
        self._choose(chosen.slip.code if chosen else "")
        waiting = sum(1 for line in lines if is_in(line, Group.WAITING))
        late = sum(1 for line in lines if is_in(line, Group.LATE))
        self.counts.setText(
            f"共 {len(lines)} 张 · 待回复 {waiting} 张 · 其中逾期 {late} 张" if lines else ""
        )
        for key, button in self.groups.items():
            count = sum(1 for line in lines if key is None or is_in(line, key))
            button.setText(f"{key.value if key else ALL} {count}")
        self._show_empty()
        self.loaded.emit()

    def _narrow(self) -> None:
        chosen = self.chosen()
        group = next(key for key, button in self.groups.items() if button.isChecked())
        self.model.narrow(group, str(self.kind.currentData()), self.search.text())
        self._choose(chosen.slip.code if chosen else "")
        self._show_empty()

    def _show_empty(self) -> None:
        is_empty = self.model.rowCount() == 0
        self.table.setVisible(not is_empty)
        self.keys.setVisible(not is_empty)
        self.empty.setVisible(is_empty)
        self.empty.setText(NONE_SHOWN if self.model.lines else NONE_YET)
        self._enable()

    # Doing

    def chosen(self) -> SlipLine | None:
        """Return the selected slip."""
        rows = self.table.selectionModel().selectedRows()
        return self.model.line(rows[0].row()) if rows else None

    def _choose(self, code: str) -> None:
        place = self.model.place_of(code)
        if place is None:
            self.table.clearSelection()
            return
        flag = QItemSelectionModel.SelectionFlag
        index = self.model.index(place, 0)
        self.table.selectionModel().setCurrentIndex(index, flag.ClearAndSelect | flag.Rows)

    def _enable(self) -> None:
        line = self.chosen()
        is_open = line is not None and line.slip.state is not SlipState.CLOSED
        self.reply.setEnabled(is_open)
        self.close_slip.setEnabled(is_open)
        self.export.setEnabled(line is not None)
        self.task.setEnabled(line is not None and bool(line.slip.tasks))
        self.new.setEnabled(self._kit.hub.office is not None)
        said = [*history(line), *([f"▲ {line.caution}"] if line.caution else [])] if line else []
        self.told.setText("\n".join(_cut(each) for each in said))
        self.told.setToolTip("\n".join(said) if any(_cut(each) != each for each in said) else "")
        self.told.setVisible(bool(said))

    def showEvent(self, event: QShowEvent) -> None:
        """The keys go to the list."""
        super().showEvent(event)
        take_keys(self.new if self.table.isHidden() else self.table)

    def _open_new(self) -> None:
        from tracker.ui.slips.new_slip import open_new_slip

        open_new_slip(self._kit, self.window())

    def _on_enter(self) -> None:
        if self.reply.isEnabled():
            self._open_reply()

    def _open_reply(self) -> None:
        from tracker.ui.slips.answers import ReplyDialog

        if (line := self.chosen()) is not None:
            ReplyDialog(self._kit, line, self.window()).open()

    def _open_close(self) -> None:
        from tracker.ui.slips.answers import CloseSlipDialog

        if (line := self.chosen()) is not None:
            CloseSlipDialog(self._kit, line, self.window()).open()

    def _save(self) -> None:
        from tracker.ui.slips.files import save_slip

        if (line := self.chosen()) is not None:
            save_slip(self._kit, line.slip.code)

    def _show_task(self, code: str) -> None:
        """Show a task of the slip, the first where none is named, in the ledger."""
        line = self.chosen()
        if line is not None and line.slip.tasks:
            self._kit.hub.select(code or line.slip.tasks[0])
            self.tasks_wanted.emit()

    def menu(self) -> QMenu | None:
        """Return the menu for the selected slip; None where none is selected."""
        line = self.chosen()
        if line is None:
            return None
        menu = QMenu(self)
        for button in (self.reply, self.close_slip, self.export):
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.triggered.connect(button.click)
        if line.slip.tasks:
            menu.addSeparator()
        for number, code in zip(line.numbers, line.slip.tasks, strict=True):
            name = f"第{number}项" if number else code
            action = menu.addAction(f"打开任务 {name}")
            action.triggered.connect(lambda _=False, wanted=code: self._show_task(wanted))
        menu.addSeparator()
        add_copy(menu, "复制编号", line.slip.code)
        add(menu, self.new.text(), self.new.click)
        return menu


def _cut(said: str) -> str:
    words = " ".join(said.split())
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
