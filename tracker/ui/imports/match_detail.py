"""The row in hand at full length, the tasks it may be, and the search for another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.proposal import NEW_TASK
from tracker.ui.widgets.difference import BOTH, DifferenceLabel
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from tracker.ui.imports.matching import Choice, Matching, MatchLine
    from tracker.ui.kit import Kit

_FEWEST, _MOST = 6, 12
_CODE = Qt.ItemDataRole.UserRole


class MatchDetail(QFrame):
    """Shows a row beside its candidates.

    Attributes:
        buttons: one for each choice, in their order.
        search: where words of another task are typed; `found` lists what holds them.

    Signals:
        picked: the number of the choice taken.
        task_picked: the code of a task found by the search.
        left: the search was left with Escape.
    """

    picked = Signal(int)
    task_picked = Signal(str)
    left = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._matching: Matching | None = None
        self.buttons: list[QPushButton] = []
        self._title = QLabel()
        self._title.setProperty("heading", True)
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        self._text = QLabel()
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._choices = QVBoxLayout()
        self._choices.setSpacing(8)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找别的任务：序号、文字或单位")
        self.search.setClearButtonEnabled(True)
        self.found = QListWidget()
        self.found.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._lay_out()
        self.search.textChanged.connect(self._find)
        self.search.returnPressed.connect(self._take_found)
        self.search.installEventFilter(self)
        self.found.itemActivated.connect(self._take)
        self.found.itemClicked.connect(self._take)

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(16)
        left = QVBoxLayout()
        left.setSpacing(4)
        left.addWidget(self._title)
        left.addWidget(_scrolled(self._text), 1)
        middle = QVBoxLayout()
        middle.setSpacing(4)
        middle.addWidget(quiet("可以是台账里的（与表中不同处已标出）"))
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 8, 0)
        column.addLayout(self._choices)
        column.addStretch()
        middle.addWidget(_scrolled(inner), 1)
        right = QVBoxLayout()
        right.setSpacing(4)
        right.addWidget(self.search)
        right.addWidget(self.found, 1)
        for side, share in ((left, 3), (middle, 5), (right, 3)):
            row.addLayout(side, share)

    def fit(self, height: int) -> None:
        """Take about a third of a page of this height."""
        line = self.fontMetrics().lineSpacing()
        self.setFixedHeight(min(max(height // 3, line * _FEWEST), line * _MOST) + 24)

    def show_line(self, matching: Matching | None, line: MatchLine | None) -> None:
        """Show a row; nothing where there is none."""
        self._matching = matching
        self._clear()
        self.search.setEnabled(line is not None)
        if matching is None or line is None:
            self._title.setText("")
            self._text.setText("")
            return
        units = "、".join(line.row.roles.names())
        self._title.setText(f"表格第{line.row.origin.row}行")
        section = f"{line.row.section}\n" if line.row.section else ""
        told = f"{section}{line.row.number} {line.row.task}".strip()
        self._text.setText(told + (f"\n单位：{units}" if units else ""))
        code = matching.code(line)
        for number, choice in enumerate(matching.choices(line), 1):
            self._add(number, choice, line, chosen=choice.code == code)

    def _add(self, number: int, choice: Choice, line: MatchLine, *, chosen: bool) -> None:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        is_new = choice.code == NEW_TASK
        button = QPushButton(f"{number} {'新增' if is_new else '是它'}")
        button.setCheckable(True)
        button.setChecked(chosen)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.clicked.connect(lambda: self.picked.emit(0 if chosen else number))
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(0)
        label = DifferenceLabel(self._kit.theme, BOTH)
        if is_new:
            label.show_plain("都不是，新增为一项任务")
        else:
            label.show_texts(choice.text, line.row.task)
        words.addWidget(label)
        score = f"{choice.score:.2f}" if choice.score is not None else ""
        reasons = "　".join(filter(None, (choice.number, score, "，".join(choice.reasons))))
        if reasons:
            told = quiet(reasons)
            told.setWordWrap(True)
            words.addWidget(told)
        row.addLayout(words, 1)
        self._choices.addWidget(box)
        self.buttons.append(button)

    def _clear(self) -> None:
        while (item := self._choices.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self.buttons = []
        self.search.clear()

    # Another task

    def _find(self, words: str) -> None:
        self.found.clear()
        found = self._matching.find(words) if self._matching is not None else []
        for task in found:
            text = " ".join(task.text.split())
            item = QListWidgetItem(f"{task.number} {text}".strip())
            item.setData(_CODE, task.code)
            item.setToolTip(f"{task.text}\n{'、'.join(task.roles.names())}")
            self.found.addItem(item)
        if found:
            self.found.setCurrentRow(0)
        elif words.strip():
            item = QListWidgetItem("没有找到")
            item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.found.addItem(item)

    def _take_found(self) -> None:
        item = self.found.currentItem()
        if item is not None:
            self._take(item)

    def _take(self, item: QListWidgetItem) -> None:
        code = item.data(_CODE)
        if isinstance(code, str):
            self.task_picked.emit(code)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down walk through what was found while words are typed; Escape leaves."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)  # type: ignore[arg-type]  # Qt's type of a key press
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step and self.found.count():
            last = self.found.count() - 1
            self.found.setCurrentRow(min(max(self.found.currentRow() + step, 0), last))
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.search.clear()
            self.left.emit()
            return True
        return False


def _scrolled(widget: QWidget) -> QScrollArea:
    if isinstance(widget, QLabel):
        widget.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    area = QScrollArea()
    area.setWidget(widget)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return area
