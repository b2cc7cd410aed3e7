"""Many instructions at once: pasted from Word, Excel or a chat, looked over, added in one step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from tracker.ops.instruction_lines import read_instructions
from tracker.ops.instructions import new_instructions
from tracker.ui.dialogs.fields import TextEdit, UnitsEdit
from tracker.ui.dialogs.form import FormDialog
from tracker.ui.instructions.paste_model import (
    COOPERATING,
    DEADLINE,
    LEAD,
    LEADER,
    ON,
    TEXT,
    PastedModel,
)

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from tracker.base.errors import UserError
    from tracker.ui.kit import Kit

_WIDE, _TALL = 80, 44
"""How wide and high the dialog is, in Chinese characters."""
_ABOVE, _BESIDE, _ENDLESS = 6, 10, 4000
_LINES = 4
_ROWS = 9
_WIDTHS = {LEADER: 5, ON: 5, LEAD: 7, COOPERATING: 6, DEADLINE: 7}
"""In Chinese characters; where there is little room, no more than these parts of a hundred."""
_SHARES = {LEADER: 15, ON: 15, LEAD: 16, COOPERATING: 12, DEADLINE: 14}
_HINT = "双击或 F2 改一格 · Delete 去掉一行 · Ctrl+Enter 录入 · Esc 关闭"
_FORMS = (
    "一行一件；表格、带编号的话、聊天记录都可以。"
    "写明了领导和日期的照写明的，没写明的算上面这位、今天。"
)


class _Wrapping(QStyledItemDelegate):
    """Gives a row the height of its words, wrapped in the width of their column."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Measure the words."""
        view = self.parent()
        width = view.columnWidth(index.column()) if isinstance(view, QTableView) else 0
        room = QRect(0, 0, max(width - 2 * _BESIDE, 1), _ENDLESS)
        words = str(index.data() or "")
        box = option.fontMetrics.boundingRect(room, int(Qt.TextFlag.TextWordWrap), words)
        return QSize(width, box.height() + 2 * _ABOVE)


class PasteInstructionsDialog(FormDialog):
    """Takes many instructions.

    Flow: it opens with what is on the clipboard; how each line is read stands in the table below,
    where any cell can be changed; Ctrl+Enter adds all in one step.

    Attributes:
        model: what was read.
        table: where it stands.
    """

    def __init__(
        self, kit: Kit, words: str = "", leader: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, "成批录入批示", "录入", parent)
        self.hint.setText(_HINT)
        self.hint.setWordWrap(True)
        self._leader = UnitsEdit(leader, "没写明领导的，都算这位的")
        self.add_field("leader", "批示领导", self._leader)
        self.words = TextEdit(_LINES, hint="在 Word、Excel 或微信里复制多件批示，粘贴到这里")
        self.add_field("words", "批示", self.words, _FORMS)
        self.model = PastedModel(kit.hub.today, self)
        self.model.leader = leader.strip()
        self.table = QTableView()
        self._set_up_table()
        self.add_wide(self.table)
        self.words.textChanged.connect(self._read)
        self._leader.textChanged.connect(lambda text: self.model.set_leader(text.strip()))
        for changed in (self.model.dataChanged, self.model.modelReset, self.model.rowsRemoved):
            changed.connect(self._count)
        self.words.setPlainText(words or QGuiApplication.clipboard().text())
        self._read()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the width of a table; begin where something is missing, else with what was read."""
        super().showEvent(event)
        screen = self.screen().availableGeometry()
        self.resize(
            min(_WIDE * self.kit.theme.size, screen.width() - 40),
            min(max(self.height(), _TALL * self.kit.theme.size), screen.height() - 60),
        )
        self._share_width()
        if not self.model.lines:
            self.words.setFocus()
        elif not self.model.missing():
            self.table.setFocus()

    def _set_up_table(self) -> None:
        table, size = self.table, self.kit.theme.size
        table.setModel(self.model)
        table.setAccessibleName("读出的批示")
        table.setWordWrap(True)
        table.setShowGrid(False)
        table.setStyleSheet("QTableView::item { padding: 4px 6px; }")
        table.setTabKeyNavigation(False)
        table.verticalHeader().hide()
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.setMinimumHeight(_ROWS * 3 * size)
        table.setItemDelegate(_Wrapping(table))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        head = table.horizontalHeader()
        head.setHighlightSections(False)
        head.setSectionResizeMode(TEXT, QHeaderView.ResizeMode.Stretch)
        remove = QShortcut(QKeySequence(Qt.Key.Key_Delete), table, self._drop)
        remove.setContext(Qt.ShortcutContext.WidgetShortcut)
        send = QShortcut(QKeySequence("Ctrl+Return"), table, self.save)
        send.setContext(Qt.ShortcutContext.WidgetShortcut)

    def _share_width(self) -> None:
        size, room = self.kit.theme.size, self.width() - 80
        for column, signs in _WIDTHS.items():
            width = min((signs + 1) * size, room * _SHARES[column] // 100)
            self.table.setColumnWidth(column, width)

    def _read(self) -> None:
        self.model.show_lines(read_instructions(self.words.toPlainText(), self.kit.hub.today))

    def _count(self) -> None:
        number, missing = self.model.rowCount(), self.model.missing()
        named = any(line.cooperating for line in self.model.lines)
        self.table.setColumnHidden(COOPERATING, not named)
        self.agree.setText(f"录入 {number} 件" if number else "录入")
        self.agree.setEnabled(bool(number))
        note = f"{missing} 件没有写明领导，请在这里填写，或在表中逐件填写" if missing else ""
        self.fields["leader"].tell(note)

    def _drop(self) -> None:
        self.model.drop([index.row() for index in self.table.selectionModel().selectedRows()])

    def save(self) -> None:
        """Check and add all."""
        if not self.model.lines:
            self.complain("words", "还没有批示；请粘贴，每件一行")
            return
        if self.model.missing():
            self.complain("leader", f"{self.model.missing()} 件没有写明领导，请填写")
            return
        if (row := self.model.unread()) is not None:
            index = self.model.index(row, DEADLINE)
            self.table.setCurrentIndex(index)
            words = str(self.model.data(index, Qt.ItemDataRole.ToolTipRole))
            self.complain_generally(f"第 {row + 1} 件的时限{words}")
            return
        office, hub, typed = self.office(), self.kit.hub, self.model.typed()
        who, now = hub.who, hub.now
        self.write(
            "新增批示",
            lambda _p: new_instructions(office, typed, who=who, now=now),
            self.finish,
        )

    def field_of(self, error: UserError) -> str:
        """A missing leader is a matter of its field."""
        return "leader" if "领导" in error.what else super().field_of(error)
