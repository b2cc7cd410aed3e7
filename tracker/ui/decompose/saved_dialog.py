"""The reviews put by: which one to go on with, or to throw away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.ops.saved_reviews import discard_review
from tracker.ui.widgets.menus import add, hang_menu

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.ops.outcome import Outcome
    from tracker.ops.put_by import SavedReview
    from tracker.ui.kit import Kit


class SavedReviewsDialog(QDialog):
    """Lists reviews that were put by.

    Signals:
        chosen: id and title of the one to go on with.
    """

    chosen = Signal(str, str)

    def __init__(
        self, kit: Kit, kept: Sequence[SavedReview], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kit = kit
        self._kept = [(each.id, each.title) for each in kept]
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("接着核对暂存的文件")
        self.resize(560, 320)
        self.list = QListWidget()
        self.list.setAccessibleName("暂存的文件")
        for each in kept:
            self.list.addItem(_words(each))
        self.list.setCurrentRow(0)
        self.go_on = QPushButton("接着核对")
        self.go_on.setProperty("primary", True)
        self.go_on.setDefault(True)
        self.discard = QPushButton("删除")
        leave = QPushButton("取消")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        words = QLabel("这些文件暂存着，还没有写入台账。")
        words.setProperty("quiet", True)
        column.addWidget(words)
        column.addWidget(self.list, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.discard)
        row.addStretch()
        row.addWidget(leave)
        row.addWidget(self.go_on)
        column.addLayout(row)
        self.go_on.clicked.connect(self._on_go_on)
        self.list.itemDoubleClicked.connect(lambda _item: self._on_go_on())
        self.discard.clicked.connect(self._on_discard)
        hang_menu(self.list, self._menu)
        leave.clicked.connect(self.reject)

    def _menu(self) -> QMenu | None:
        if self._current() is None:
            return None
        menu = QMenu(self.list)
        add(menu, self.go_on.text(), self.go_on.click)
        add(menu, self.discard.text(), self.discard.click)
        return menu

    def _current(self) -> tuple[str, str] | None:
        row = self.list.currentRow()
        return self._kept[row] if row >= 0 else None

    def _on_go_on(self) -> None:
        found = self._current()
        if found is not None:
            self.chosen.emit(*found)
            self.accept()

    def _on_discard(self) -> None:
        found, hub = self._current(), self._kit.hub
        if found is None or hub.office is None:
            return
        office, who, now, row = hub.office, hub.who, hub.now, self.list.currentRow()

        def done(outcome: Outcome[str]) -> None:
            self._kit.messages.tell(f"{outcome.sentence}，可在“编辑”里撤销")
            self.list.takeItem(row)
            del self._kept[row]
            if not self.list.count():
                self.reject()

        self._kit.runner.write(
            "正在删除", lambda _progress: discard_review(office, found[0], who=who, now=now), done
        )


def _words(each: SavedReview) -> str:
    day = each.saved_at
    waiting = f"，{each.waiting} 项未选" if each.waiting else ""
    when = f"{day.month}月{day.day}日 {day:%H:%M}"
    return f"{each.title}\n{when} 暂存　共 {each.drafts} 项{waiting}　写入“{each.ledger}”"
