"""What an empty list says: why it is empty, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class EmptyHint(QWidget):
    """A few words in the middle of an empty list.

    Attributes:
        total: how many tasks the ledger has, whatever the filter shows.

    Signals:
        clear_wanted: the user wants the filter cleared.
        action_wanted: an action of the window by its name.
    """

    clear_wanted = Signal()
    action_wanted = Signal(str)

    WAYS = (
        ("导入上期表…", "import_table"),
        ("分解文件…", "decompose_file"),
        ("新建专项…", "new_ledger"),
        ("新增事项…", "new_task"),
    )
    FOR_LEDGER = frozenset({"import_table", "decompose_file", "new_ledger"})
    FOR_TASKS = frozenset({"import_table", "decompose_file", "new_task"})

    def __init__(self, over: QAbstractScrollArea) -> None:
        super().__init__(over.viewport())
        self.total = 0
        self._over = over
        column = QVBoxLayout(self)
        column.setSpacing(8)
        self.what = QLabel()
        self.what.setProperty("heading", True)
        self.next = QLabel()
        self.next.setProperty("quiet", True)
        self.next.setWordWrap(True)
        self.button = QPushButton("清除筛选")
        self.button.clicked.connect(self.clear_wanted)
        column.addStretch(2)
        for part in (self.what, self.next):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignCenter)
        self.ways = {name: QPushButton(words) for words, name in self.WAYS}
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch()
        for name, button in self.ways.items():
            button.clicked.connect(lambda _=False, action=name: self.action_wanted.emit(action))
            row.addWidget(button)
        row.addStretch()
        self.ways["import_table"].setProperty("primary", True)
        column.addLayout(row)
        column.addStretch(3)
        over.viewport().installEventFilter(self)
        self.hide()

    def show_for(self, *, shown: int, narrowed: bool, ledger: bool, loading: bool) -> None:
        """Show the words that fit, or nothing while there are rows or they are being read."""
        if shown or loading:
            self.hide()
            return
        is_filtered = ledger and narrowed and self.total > 0
        if not ledger:
            what = "还没有专项"
            following = "把上期的表格或要分解的文件拖到窗口里，或从下面开始。"
        elif is_filtered:
            what, following = "没有符合条件的任务", "请减少条件，或清除筛选看全部。"
        else:
            what = "这个专项还没有任务"
            following = "把表格或文件拖到窗口里，或按 Ctrl+I 导入表格、按 Ctrl+N 新增事项。"
        self.what.setText(what)
        self.next.setText(following)
        self.button.setVisible(is_filtered)
        offered = self.FOR_TASKS if ledger else self.FOR_LEDGER
        for name, button in self.ways.items():
            button.setVisible(not is_filtered and name in offered)
        self.setGeometry(self._over.viewport().rect())
        self.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fill the list when it changes its size."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.viewport().rect())
        return False
