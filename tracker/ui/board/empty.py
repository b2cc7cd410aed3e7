"""What an empty board says: why it is empty, and what to do next."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from tracker.domain.board import Board

CLEAR = "clear"


class EmptyBoard(QWidget):
    """A few words in the middle of an empty list, and the button for the next step.

    Signals:
        action_wanted: an action of the window by its name.
        clear_wanted: the filter is to be cleared.
    """

    action_wanted = Signal(str)
    clear_wanted = Signal()

    def __init__(self, over: QAbstractScrollArea) -> None:
        super().__init__(over.viewport())
        self._over = over
        self._does = ""
        column = QVBoxLayout(self)
        column.setSpacing(8)
        self.what = QLabel()
        self.what.setProperty("heading", True)
        self.next = QLabel()
        self.next.setProperty("quiet", True)
        self.next.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self._on_clicked)
        column.addStretch(2)
        for part in (self.what, self.next):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignCenter)
        column.addStretch(3)
        over.viewport().installEventFilter(self)
        self.hide()

    def show_for(
        self, *, board: Board | None, has_ledger: bool, has_round: bool, shown: int
    ) -> None:
        """Show the words that fit; nothing while there are rows or they are being read."""
        words = _words(board, has_ledger=has_ledger, has_round=has_round)
        if shown or words is None:
            self.hide()
            return
        what, following, button, self._does = words
        self.what.setText(what)
        self.next.setText(following)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self.setGeometry(self._over.viewport().rect())
        self.show()

    def _on_clicked(self) -> None:
        if self._does == CLEAR:
            self.clear_wanted.emit()
        else:
            self.action_wanted.emit(self._does)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fill the list when it changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.viewport().rect())
        return False


def _words(
    board: Board | None, *, has_ledger: bool, has_round: bool
) -> tuple[str, str, str, str] | None:
    """Return what is so, what to do, the button and what it does; None while it is being read."""
    if not has_ledger:
        following = (
            "把上期的表格拖到窗口里，或按 Ctrl+I 导入；也可以用“文件 → 新建专项”从空白开始。"
        )
        return "还没有专项", following, "导入上期表…", "import_table"
    if not has_round:
        following = "先开一期，写上截止日期和反馈期限，再把反馈表发给各单位。"
        return "这个专项还没有轮次", following, "新开一期…", "new_round"
    if board is None:
        return None
    if board.rows:
        return "没有符合条件的单位", "请换一种状态，或清除查找的字。", "看全部", CLEAR
    following = "在办的任务都没有写责任单位；在任务里写上牵头单位，这里就列出该报的单位。"
    return "这一期没有要报送的单位", following, "新增事项…", "new_task"
