"""The draft in hand below the list: its place, what is open about it, its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.table import NO_ROLES
from tracker.domain.terms import Role
from tracker.ui.decompose.editor import DraftEditor
from tracker.ui.decompose.keys import Command
from tracker.ui.decompose.model import DEADLINE, NUMBER, UNITS
from tracker.ui.decompose.strip import DraftStrip
from tracker.ui.decompose.words import figures_of

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from tracker.domain.review import ReviewDraft
    from tracker.ui.decompose.desk import Desk
    from tracker.ui.kit import Kit

_ACTIONS = (
    ("修改", Command.EDIT, "修改各栏（F2）"),
    ("合并", Command.MERGE, "把选中的几项合成一项（Ctrl+M）"),
    ("拆分", Command.SPLIT, "按①②③拆开，或在光标处拆开（Ctrl+K）"),
    ("删除", Command.DROP, "不要这一项；可在“已删”里恢复（Del）"),
)
_LEAST_LINES = 6


class DraftPanel(QFrame):
    """Shows one draft whole.

    Attributes:
        strip: what is open about it.
        editor: its fields, shown while it is edited.

    Signals:
        asked: a button or key asked for something (`Command`).
    """

    asked = Signal(object)

    def __init__(self, kit: Kit, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._each: ReviewDraft | None = None
        self.strip = DraftStrip(kit, desk)
        self.editor = DraftEditor(kit, desk)
        self._fields = QScrollArea()
        self._fields.setWidget(self.editor)
        self._fields.setWidgetResizable(True)
        self._fields.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fields.hide()
        self.editor.asked.connect(self.asked)
        self._path = QLabel()
        self._path.setProperty("quiet", True)
        self._path.setTextFormat(Qt.TextFormat.PlainText)
        self._path.setMinimumWidth(0)
        self.buttons: dict[Command, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        column.addWidget(self.strip)
        column.addWidget(self._fields)
        kit.theme.changed.connect(self.fit)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(12, 4, 12, 4)
        row.setSpacing(4)
        row.addWidget(self._path, 1)
        for words, command, tip in _ACTIONS:
            button = QPushButton(words)
            button.setProperty("tight", True)
            button.setToolTip(tip)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _=False, command=command: self.asked.emit(command))
            row.addWidget(button)
            self.buttons[command] = button
        self.buttons[Command.EDIT].setCheckable(True)
        return row

    def show_draft(self, each: ReviewDraft | None, chosen: int) -> None:
        """Show a draft; `chosen` is how many are selected in the list."""
        self._each = each
        self._show_path()
        self.strip.show_draft(each)
        self.editor.show_draft(each)
        dropped = each is not None and each.dropped
        for button in self.buttons.values():
            button.setEnabled(each is not None and not dropped)
        self.buttons[Command.DROP].setEnabled(each is not None)
        self.buttons[Command.DROP].setText("恢复" if dropped else "删除")
        self.buttons[Command.MERGE].setText(f"合并 {chosen} 项" if chosen > 1 else "合并")

    def _show_path(self) -> None:
        each = self._each
        words = ""
        if each is not None:
            words = "　›　".join(part.split("。", 1)[0] for part in each.draft.path)
            figures = figures_of(each.draft)
            words += f"　　指标：{figures}" if figures else ""
        wide = self._path.width()
        shown = self._path.fontMetrics().elidedText(words, Qt.TextElideMode.ElideMiddle, wide)
        self._path.setText(shown)
        self._path.setToolTip(words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the path to the new width."""
        super().resizeEvent(event)
        self._show_path()
        self.fit()

    def fit(self) -> None:
        """Ask for no more height than is needed; where there is too little, the fields scroll."""
        self.strip.fit()
        self._fields.setMinimumHeight(self.fontMetrics().lineSpacing() * _LEAST_LINES)
        self._fields.setMaximumHeight(self.editor.sizeHint().height())

    # Editing

    @property
    def is_editing(self) -> bool:
        """Whether the fields are shown."""
        return not self._fields.isHidden()

    def edit(self, column: int = -1) -> None:
        """Show the fields and begin with the one of a column of the list."""
        if self._each is None or self._each.dropped:
            return
        self._fields.show()
        self.fit()
        self.buttons[Command.EDIT].setChecked(True)
        roles = self._each.draft.all_roles() or NO_ROLES
        role = next((role for role in Role if roles.of(role)), Role.LEAD)
        first: dict[int, QWidget] = {
            NUMBER: self.editor.number,
            UNITS: self.editor.units[role],
            DEADLINE: self.editor.deadline,
        }
        first.get(column, self.editor.text).setFocus()

    def close_editor(self) -> None:
        """Take over what was typed and put the fields away."""
        self.editor.take_over()
        self._fields.hide()
        self.buttons[Command.EDIT].setChecked(False)
