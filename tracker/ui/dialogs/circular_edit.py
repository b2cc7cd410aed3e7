"""One circular changed before it is printed: what stands around the text, and each paragraph."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate, Qt, Signal
from PySide6.QtWidgets import (
    QDateEdit,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.circular import Level
from tracker.domain.circular_edit import FIELDS, LATE, Addition, CircularEdits, Rewording

if TYPE_CHECKING:
    from datetime import date

    from tracker.domain.circular import Circular, Passage
    from tracker.ops.letters import Draft

_WORDS = {
    "red_head": "红头",
    "number": "发文字号",
    "title": "标题",
    "addressee": "主送",
    "signature": "署名",
    "note": "附注",
    "copies": "抄送",
    "printed_by": "印发机关",
}
_KEY = Qt.ItemDataRole.UserRole
_CLOSED = "本期已定稿，通报只能补填发文字号和日期；要改内容请先“轮次 → 重新打开”。"
_OPEN = "改动只用于这一期；改所有各期的字句请用“通报用语…”。"


class CircularEditor(QWidget):
    """Changes the circular of one round; nothing is kept until `edits` are saved.

    Flow: choose a paragraph at the left, change it at the right; 新增 and 删去 beside.

    Signals:
        touched: something was changed.
    """

    touched = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._composed: Circular | None = None
        self._saved = CircularEdits()
        self.edits = CircularEdits()
        self._key = ""
        self._is_filling = False
        self._is_closed = False
        self.about = QLabel()
        self.about.setProperty("quiet", True)
        self.about.setWordWrap(True)
        self.fields = {name: QLineEdit() for name in FIELDS}
        self.day = QDateEdit()
        self.day.setDisplayFormat("yyyy年M月d日")
        self.day.setCalendarPopup(True)
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._on_text)
        self.before = QLabel()
        self.before.setProperty("quiet", True)
        self.before.setWordWrap(True)
        self.before.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add = QPushButton("在后面加一段")
        self.drop = QPushButton("删去这段")
        self.restore = QPushButton("恢复原句")
        self.reset = QPushButton("全部恢复")
        self.add.clicked.connect(self.add_paragraph)
        self.drop.clicked.connect(self.drop_paragraph)
        self.restore.clicked.connect(self.restore_paragraph)
        self.reset.clicked.connect(self.restore_all)
        for line in self.fields.values():
            line.textEdited.connect(lambda _text: self._on_field())
        self.day.dateChanged.connect(lambda _day: self._on_field())
        self._lay_out()

    @property
    def is_dirty(self) -> bool:
        """Whether something was changed since it was saved."""
        return self.edits != self._saved

    def settle(self, saved: CircularEdits) -> None:
        """Take changes as saved."""
        self._saved = saved

    def show_draft(self, draft: Draft) -> None:
        """Show what is kept; changes that are not saved yet stay."""
        edits = self.edits if self.is_dirty else draft.edits
        if (self._composed, self._saved, self.edits) == (draft.composed, draft.edits, edits):
            return
        self._composed, self._saved, self.edits = draft.composed, draft.edits, edits
        self._is_closed = draft.is_closed
        self.about.setText(_CLOSED if draft.is_closed else _OPEN)
        for name, line in self.fields.items():
            line.setReadOnly(draft.is_closed and name not in LATE)
        for widget in (self.text, self.add, self.drop, self.restore):
            widget.setEnabled(not draft.is_closed)
        self._fill()

    def add_paragraph(self) -> None:
        """Add an empty paragraph behind the one in hand."""
        numbers = [int(each.key.split(":")[1]) for each in self.edits.added]
        key = f"added:{max(numbers, default=0) + 1}"
        one = Addition(key, self._key, "")
        # The newest stands nearest to the paragraph it was added behind.
        self._change(replace(self.edits, added=(one, *self.edits.added)), key)
        self.text.setFocus()

    def drop_paragraph(self) -> None:
        """Leave out the paragraph in hand; a dropped one comes back."""
        key, edits = self._key, self.edits
        if key in edits.removed:
            kept = tuple(each for each in edits.removed if each != key)
            self._change(replace(edits, removed=kept), key)
        elif any(each.key == key for each in edits.added):
            gone = next(each for each in edits.added if each.key == key)
            kept_added = tuple(
                replace(each, after=gone.after) if each.after == key else each
                for each in edits.added
                if each.key != key
            )
            self._change(replace(edits, added=kept_added), gone.after)
        else:
            self._change(replace(edits, removed=(*edits.removed, key)), key)

    def restore_paragraph(self) -> None:
        """Take the composed words of the paragraph in hand again."""
        kept = {key: words for key, words in self.edits.reworded.items() if key != self._key}
        self._change(replace(self.edits, reworded=kept), self._key)

    def restore_all(self) -> None:
        """Take back every change; of a closed round what may still change."""
        settled = replace(self.edits, fields=self._settled_fields())
        self._change(settled if self._is_closed else CircularEdits(), self._key)

    def _settled_fields(self) -> dict[str, str]:
        """Return what was changed before the round was closed; it stays."""
        kept = self.edits.fields.items() if self._is_closed else ()
        return {name: words for name, words in kept if name not in LATE}

    def _change(self, edits: CircularEdits, key: str) -> None:
        self.edits = edits
        self._fill(key)
        self.touched.emit()

    def _fill(self, key: str = "") -> None:
        composed = self._composed
        if composed is None:
            return
        self._is_filling = True
        around = self.edits.with_fields(composed)
        for name, line in self.fields.items():
            line.setText(getattr(around, name))
            line.setCursorPosition(0)
        day = around.date
        if day is not None:
            self.day.setDate(QDate(day.year, day.month, day.day))
        wanted = key or self._key
        self.list.clear()
        for passage in self._every():
            item = QListWidgetItem(_line(passage, passage.key in self.edits.removed))
            item.setData(_KEY, passage.key)
            self.list.addItem(item)
        self._is_filling = False
        rows = [self.list.item(row).data(_KEY) for row in range(self.list.count())]
        self.list.setCurrentRow(rows.index(wanted) if wanted in rows else 0)

    def _every(self) -> tuple[Passage, ...]:
        """Return the paragraphs as changed, those left out in their places too."""
        if self._composed is None:
            return ()
        return replace(self.edits, removed=()).applied(self._composed).body

    def _passage(self) -> Passage | None:
        return next((each for each in self._every() if each.key == self._key), None)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None or self._is_filling:
            return
        self._key = item.data(_KEY)
        passage = self._passage()
        self._is_filling = True
        self.text.setPlainText(passage.text if passage else "")
        self._is_filling = False
        self._tell()

    def _on_text(self) -> None:
        if self._is_filling:
            return
        typed, key, edits = self.text.toPlainText(), self._key, self.edits
        if any(each.key == key for each in edits.added):
            added = tuple(
                replace(each, text=typed) if each.key == key else each for each in edits.added
            )
            self.edits = replace(edits, added=added)
        elif self._composed is not None:
            was = next((p.text for p in self._composed.body if p.key == key), "")
            reworded = {k: words for k, words in edits.reworded.items() if k != key}
            if typed != was:
                reworded[key] = Rewording(typed, was)
            self.edits = replace(edits, reworded=reworded)
        passage, item = self._passage(), self.list.currentItem()
        if passage is not None and item is not None:
            item.setText(_line(passage, key in self.edits.removed))
        self._tell()
        self.touched.emit()

    def _on_field(self) -> None:
        if self._is_filling or self._composed is None:
            return
        fields = self._settled_fields() | {
            name: line.text().strip()
            for name, line in self.fields.items()
            if line.text().strip() != getattr(self._composed, name)
        }
        shown = self.day.date()
        day: date | None = self._composed.date
        words = shown.toString("yyyy-MM-dd")
        if day is None or words != day.isoformat():
            fields["date"] = words
        self.edits = replace(self.edits, fields=fields)
        self.touched.emit()

    def _tell(self) -> None:
        """Say under the paragraph what it stands in place of."""
        passage = self._passage()
        is_dropped = self._key in self.edits.removed
        self.drop.setText("放回这段" if is_dropped else "删去这段")
        is_changed = passage is not None and bool(passage.before)
        self.restore.setEnabled(is_changed and self.text.isEnabled())
        words = ""
        if is_dropped:
            words = "这段不印。"
        elif passage is not None and passage.is_stale:
            words = f"▲ 台账有变，原句现为：{passage.before}"
        elif passage is not None and passage.before:
            words = f"原句：{passage.before}"
        elif passage is not None and passage.before == "":
            words = "这段是新增的。"
        self.before.setText(words)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(8)
        inputs = [(_WORDS[name], line) for name, line in self.fields.items()]
        inputs.insert(2, ("日期", self.day))  # type: ignore[arg-type]  # a field as good as a line
        for place, (words, widget) in enumerate(inputs):
            label = QLabel(words)
            label.setBuddy(widget)
            widget.setAccessibleName(words)
            row, column = divmod(place, 3)
            grid.addWidget(label, row, 2 * column)
            grid.addWidget(widget, row, 2 * column + 1)
        right = QWidget()
        column_of = QVBoxLayout(right)
        column_of.setContentsMargins(8, 0, 0, 0)
        column_of.setSpacing(8)
        column_of.addWidget(self.text, 1)
        column_of.addWidget(self.before)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self.add, self.drop, self.restore):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self.reset)
        column_of.addLayout(buttons)
        split = QSplitter(Qt.Orientation.Horizontal)
        split.addWidget(self.list)
        split.addWidget(right)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self.about)
        layout.addLayout(grid)
        layout.addWidget(split, 1)


def _line(passage: Passage, is_dropped: bool) -> str:
    """Return a paragraph's line in the list: what happened to it, and how it begins."""
    mark = ""
    if is_dropped:
        mark = "［删去］"
    elif passage.is_stale:
        mark = "［需核］"
    elif passage.before:
        mark = "［已改］"
    elif passage.before == "":
        mark = "［新增］"
    indent = "　" if passage.level is Level.BODY else ""
    return f"{indent}{mark}{passage.text or '（空）'}"
