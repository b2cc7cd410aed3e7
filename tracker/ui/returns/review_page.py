"""What came back, under review: files on the left, the lines of the one in hand on the right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.imports.foot import StepFoot
from tracker.ui.returns.file_head import FileHead
from tracker.ui.returns.file_list import FileList, FileModel
from tracker.ui.returns.line_detail import LineDetail
from tracker.ui.returns.line_model import LineModel
from tracker.ui.returns.line_table import KEYS, LineTable
from tracker.ui.returns.lines import Result, What
from tracker.ui.returns.menus import file_menu, line_menu
from tracker.ui.widgets.labels import hairline, quiet
from tracker.ui.widgets.menus import hang_menu

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

    from tracker.ui.kit import Kit
    from tracker.ui.returns.lines import ReturnLine
    from tracker.ui.returns.review import CollectReview

_ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})
_LIST = 22
"""How wide the list of files is, in Chinese characters."""


class ReviewPage(QWidget):
    """Shows returned files under review.

    Attributes:
        review: what is under review; None for nothing.
        file: hash of the file in hand.

    Signals:
        apply_wanted: what is decided shall be written.
        claim_wanted, unlock_wanted, take_wanted, leave_wanted, open_wanted: for the file in hand.
        task_wanted: a task is to be chosen for the words in hand (their line).
        more_wanted: more files shall be read.
        cancelled: given up.
    """

    apply_wanted = Signal()
    claim_wanted = Signal()
    unlock_wanted = Signal()
    take_wanted = Signal()
    leave_wanted = Signal()
    open_wanted = Signal()
    task_wanted = Signal(object)
    more_wanted = Signal()
    cancelled = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.review: CollectReview | None = None
        self.file = ""
        self.counters = {result: QPushButton() for result in Result}
        self.arrived = quiet("")
        self.files = FileModel(self)
        self.list = FileList(kit, self.files)
        self.head = FileHead(kit)
        self.model = LineModel(self)
        self.table = LineTable(kit, self.model)
        self.fate = QLabel()
        self.fate.setWordWrap(True)
        self.fate.setMargin(24)
        self.fate.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.fate.setTextFormat(Qt.TextFormat.PlainText)
        self.detail = LineDetail(kit)
        self.foot = StepFoot(KEYS)
        self.foot.back.setText("再加文件…")
        self.apply = self.foot.forward
        self._split = QSplitter(Qt.Orientation.Horizontal)
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        for button in self.counters.values():
            button.setCheckable(True)
            button.setChecked(True)
            row.addWidget(button)
        row.addWidget(self.arrived)
        row.addStretch()
        row.addWidget(quiet("尚未写入；写入后可撤销"))
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for part in (self.head, hairline()):
            column.addWidget(part)
        column.addWidget(self.table, 1)
        column.addWidget(self.fate, 1)
        column.addWidget(hairline())
        column.addWidget(self.detail)
        self._split.addWidget(self.list)
        self._split.addWidget(right)
        self._split.setStretchFactor(1, 1)
        self._split.setChildrenCollapsible(False)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row)
        whole.addWidget(hairline())
        whole.addWidget(self._split, 1)
        whole.addWidget(self.foot)

    def _connect(self) -> None:
        for button in self.counters.values():
            button.clicked.connect(self._show_lines)
        self.list.moved.connect(self._show_file)
        self.list.next_wanted.connect(self.go_to_next_open)
        self.list.into_wanted.connect(self._go_into)
        self.list.act_wanted.connect(self._act_on_file)
        hang_menu(self.list, lambda: file_menu(self))
        hang_menu(self.table, lambda: line_menu(self))
        self.table.moved.connect(self._show_line)
        self.table.decided.connect(self._decide)
        self.table.take_wanted.connect(self._take_reports)
        self.table.next_wanted.connect(self.go_to_next_open)
        self.table.back_wanted.connect(self.list.setFocus)
        for part in (self.list, self.table):
            part.apply_wanted.connect(self.apply.click)
            part.cancel_wanted.connect(self.cancelled)
        self.head.claim_wanted.connect(self.claim_wanted)
        self.head.unlock_wanted.connect(self.unlock_wanted)
        self.head.take_wanted.connect(self.take_wanted)
        self.head.leave_wanted.connect(self.leave_wanted)
        self.head.open_wanted.connect(self.open_wanted)
        self.head.drop_wanted.connect(self._drop_words)
        self.detail.decided.connect(self._decide)
        self.model.decided.connect(self.refresh)
        self.apply.clicked.connect(self.apply_wanted)
        self.foot.back.clicked.connect(self.more_wanted)
        self.foot.cancel.clicked.connect(self.cancelled)
        self._kit.theme.changed.connect(self._on_theme)

    # What is shown

    def show_review(self, review: CollectReview | None) -> None:
        """Show what was read; None lets go of the last one."""
        held = self.file
        self.review = review
        if review is None:
            self.file = ""
            self.files.show(())
            self._show_lines()
            self.head.show_file(None, "")
            return
        self.files.show(review.files())
        row = max(self.files.row_of(held), 0)
        self.list.go_to(row)
        self._show_file(row)
        self._count()
        self._fit()
        self.list.setFocus()
        if not held and review.waiting():
            self.go_to_next_open()

    def refresh(self) -> None:
        """Show what was decided."""
        if self.review is None:
            return
        self.files.renew(self.review)
        self._show_line(self.table.currentIndex().row())
        self._count()

    def _show_file(self, row: int) -> None:
        line = self.files.line(row)
        self.file = line.key if line is not None else ""
        self.head.show_file(self.review, self.file)
        self._show_lines()

    def _show_lines(self) -> None:
        shown = [result for result, button in self.counters.items() if button.isChecked()]
        self.model.show(self.review, self.file, shown)
        review = self.review
        is_bare = review is not None and not review.lines(self.file, frozenset(Result))
        self.fate.setText(review.fate(self.file) if review is not None and is_bare else "")
        self.fate.setVisible(is_bare)
        for part in (self.table, self.detail):
            part.setVisible(not is_bare)
        if self.model.rowCount():
            self.table.go_to(0)
        else:
            self._show_line(-1)

    def _show_line(self, row: int) -> None:
        self.detail.show_line(self.review, self.model.line(row))

    def _count(self) -> None:
        review = self.review
        if review is None:
            return
        counts = review.counts()
        for result, number in counts.items():
            self.counters[result].setText(f"{result.value} {number}")
        self.arrived.setText(f"来件 {self.files.rowCount()}")
        written, waiting = review.to_write(), counts[Result.WAITING]
        rest = f"（{waiting} 项待定先不写入）" if waiting else ""
        if written:
            self.apply.setText(f"写入 {written} 项{rest}")
        elif review.to_keep():
            self.apply.setText(f"只存 {review.to_keep()} 份来件{rest}")
        else:
            self.apply.setText("没有要写入的内容")
        self.apply.setEnabled(bool(written or review.to_keep()))
        self._colour()

    def _colour(self) -> None:
        """The counter of what waits is red while something does."""
        waits = self.review is not None and bool(self.review.waiting())
        button, colours = self.counters[Result.WAITING], self._kit.theme.colours
        ground = f"background: {colours.red_soft};" if button.isChecked() else ""
        looks = f"QPushButton {{ color: {colours.red}; border-color: {colours.red}; {ground} }}"
        button.setStyleSheet(looks if waits else "")

    def _fit(self) -> None:
        width = self.fontMetrics().horizontalAdvance("国") * _LIST
        width = min(width, self.width() * 3 // 10)
        self._split.setSizes([width, max(self.width() - width, 1)])
        self.detail.fit(self.height())
        self._colour()

    def _on_theme(self) -> None:
        self._fit()
        self.head.show_file(self.review, self.file)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new size."""
        super().resizeEvent(event)
        self._fit()

    # Walking

    def go_to_next_open(self) -> None:
        """Take the next thing that waits in hand, in this file or in the next that has one."""
        review = self.review
        if review is None:
            return
        if not review.waiting():
            self._kit.messages.tell("没有待定的了；按 Enter 写入")
            self.apply.setFocus()
            return
        button = self.counters[Result.WAITING]
        if not button.isChecked():
            button.setChecked(True)
            self._show_lines()
        at = -1 if self.list.hasFocus() else self.table.currentIndex().row()
        row = self.model.next_open(at)
        if row is not None:
            self._take_line(row)
            return
        here, count = self.list.currentIndex().row(), self.files.rowCount()
        for step in range(1, count + 1):
            if self._take_file((here + step) % count):
                return

    def _take_file(self, row: int) -> bool:
        """Take a file in hand where something about it waits."""
        review, line = self.review, self.files.line(row)
        if review is None or line is None:
            return False
        asked = review.asks(line.key)
        lines = review.lines(line.key, frozenset(Result))
        if not asked and not any(review.is_open(one) for one in lines):
            return False
        self.list.go_to(row)
        first = None if asked else self.model.next_open(-1)
        if first is None:
            self.list.setFocus()
        else:
            self._take_line(first)
        return True

    def _take_line(self, row: int) -> None:
        self.table.go_to(row)
        self.table.setFocus()

    def _go_into(self) -> None:
        if self.model.rowCount():
            self.table.setFocus()

    # Deciding

    def _line(self) -> ReturnLine | None:
        return self.model.line(self.table.currentIndex().row())

    def _decide(self, choice: int) -> None:
        review, line = self.review, self._line()
        if review is None or line is None or choice > len(review.choices(line)):
            return
        if line.what is What.WORDS and choice == 1:
            self.task_wanted.emit(line)
        elif line.what is What.WORDS:
            self.place_words(line, "" if choice else None)
        else:
            waited = review.is_open(line)
            review.settle(line, choice)
            self.model.tell()
            self._go_on(waited and not review.is_open(line))

    def place_words(self, line: ReturnLine, code: str | None) -> None:
        """Say which task words belong to, that they are not wanted, or that they wait again."""
        if self.review is not None:
            waited = self.review.is_open(line)
            self.review.place_words(line, code)
            self.model.tell()
            self._go_on(waited and not self.review.is_open(line))

    def _go_on(self, decided: bool) -> None:
        """After something that waited was decided: to the next, or to writing."""
        if not decided or self.review is None:
            return
        if self.review.waiting():
            self.go_to_next_open()
        else:
            self._kit.messages.tell("待定的都定了；按 Enter 写入")
            self.apply.setFocus()

    def _take_reports(self) -> None:
        if self.review is None or not self.file:
            return
        taken = self.review.take_reports(self.file)
        words = f"这份来件有 {taken} 处改为采用反馈" if taken else "这份来件没有可以一起采用的"
        self.model.tell()
        self._go_on(bool(taken))
        self._kit.messages.tell(words)

    def _drop_words(self) -> None:
        if self.review is not None and self.file:
            dropped = self.review.drop_words(self.file)
            self.model.tell()
            self._go_on(bool(dropped))

    def _act_on_file(self) -> None:
        """Do what the file in hand needs first."""
        if self.head.unlock.isVisibleTo(self.head):
            self.unlock_wanted.emit()
        elif self.head.claim.isVisibleTo(self.head):
            self.claim_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys at the foot work beside the lists too."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
        elif event.key() == Qt.Key.Key_F8:
            self.go_to_next_open()
        elif event.key() in _ENTER and (control or self.apply.hasFocus()):
            self.apply.click()
        else:
            super().keyPressEvent(event)
