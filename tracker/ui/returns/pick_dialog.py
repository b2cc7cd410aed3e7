"""Choosing from a long list: units for a collective name, a unit for a file, a task for words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtGui import QKeyEvent

    from tracker.ui.kit import Kit

_KEY = Qt.ItemDataRole.UserRole
_WIDTH, _HEIGHT = 38, 30


@dataclass(frozen=True, slots=True)
class Pickable:
    """One thing that can be chosen.

    Attributes:
        key: what the choice is told by.
        text: the line shown and searched.
        tip: the whole of it, where the line is cut.
    """

    key: object
    text: str
    tip: str = ""


class PickDialog(QDialog):
    """A list with a search field; one line or several are chosen.

    Attributes:
        search: words that the lines in sight hold.
        list: the lines.
        extra: a box to tick beneath the list; hidden where nothing was offered.
        add: adds what is typed as a new thing; hidden where nothing may be added.
        agree: the button that takes the choice.

    Signals:
        picked: the keys chosen in the order of the list, and whether the box is ticked.
    """

    picked = Signal(object, bool)

    def __init__(self, kit: Kit, title: str, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._several = False
        self._verb = ""
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._words = QLabel(words)
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找")
        self.search.setClearButtonEnabled(True)
        self.list = QListWidget()
        self.list.setSpacing(2)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.extra = QCheckBox()
        self.extra.hide()
        self.add = QPushButton()
        self.add.setAutoDefault(False)
        self.add.hide()
        self.hint = quiet("")
        self.agree = QPushButton()
        self.agree.setProperty("primary", True)
        self.agree.setDefault(True)
        self.leave = QPushButton("取消")
        self.leave.setAutoDefault(False)
        self._lay_out()
        self.search.textChanged.connect(self._narrow)
        self.search.installEventFilter(self)
        self.list.itemSelectionChanged.connect(self._count)
        self.list.itemChanged.connect(self._count)
        self.list.itemDoubleClicked.connect(self._on_double_click)
        self.add.clicked.connect(self._add)
        self.agree.clicked.connect(self._take)
        self.leave.clicked.connect(self.reject)
        sign = self.fontMetrics().horizontalAdvance("国")
        self.resize(sign * _WIDTH, sign * _HEIGHT)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self._words)
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.add)
        column.addLayout(top)
        column.addWidget(self.list, 1)
        column.addWidget(self.extra)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.hint, 1)
        row.addWidget(self.leave)
        row.addWidget(self.agree)
        column.addLayout(row)

    def offer(
        self,
        things: Sequence[Pickable],
        *,
        verb: str,
        several: bool = False,
        chosen: Iterable[object] = (),
        extra: str = "",
        adds: str = "",
    ) -> None:
        """Fill the list.

        Args:
            things: what can be chosen.
            verb: on the button.
            several: whether more than one may be chosen; then each line has a box.
            chosen: keys that are chosen at first.
            extra: a box to tick beneath the list; empty for none.
            adds: what can be added by typing its name (“单位”); its key is that name.
        """
        self.add.setText(f"登记为新{adds}")
        self.add.setVisible(bool(adds))
        self._several, self._verb = several, verb
        held = set(chosen)
        self.list.clear()
        for thing in things:
            item = QListWidgetItem(thing.text)
            item.setData(_KEY, thing.key)
            item.setToolTip(thing.tip or thing.text)
            if several:
                is_held = thing.key in held
                item.setCheckState(Qt.CheckState.Checked if is_held else Qt.CheckState.Unchecked)
            self.list.addItem(item)
            if not several and thing.key in held:
                self.list.setCurrentItem(item)
        self.extra.setText(extra)
        self.extra.setVisible(bool(extra))
        keys = "↑↓ 选行　空格 勾选" if several else "↑↓ 选行"
        self.hint.setText(f"{keys}　Enter {verb}　Esc 取消")
        self._narrow("")
        self.search.setFocus()

    def keys(self) -> tuple[object, ...]:
        """Return what is chosen, in the order of the list."""
        items = [self.list.item(row) for row in range(self.list.count())]
        if self._several:
            items = [item for item in items if item.checkState() is Qt.CheckState.Checked]
        else:
            items = [item for item in items if item.isSelected() and not item.isHidden()]
        return tuple(item.data(_KEY) for item in items)

    def _count(self) -> None:
        count = len(self.keys())
        self.agree.setEnabled(bool(count))
        self.agree.setText(f"{self._verb} {count} 个" if self._several and count else self._verb)

    def _narrow(self, words: str) -> None:
        wanted = words.split()
        first = None
        is_known = not wanted
        for row in range(self.list.count()):
            item = self.list.item(row)
            is_known = is_known or item.text() == "".join(wanted)
            item.setHidden(not all(word in item.text() for word in wanted))
            first = item if first is None and not item.isHidden() else first
        if first is not None and wanted:
            self.list.setCurrentItem(first)
        self.add.setEnabled(not is_known)
        self._count()

    def _add(self) -> None:
        """Add what is typed as a new thing, chosen at once."""
        name = "".join(self.search.text().split())
        item = QListWidgetItem(name)
        item.setData(_KEY, name)
        item.setCheckState(Qt.CheckState.Checked)
        self.list.insertItem(0, item)
        self.search.clear()
        self.list.setCurrentItem(item)
        self.extra.setChecked(True)
        self.extra.setEnabled(False)  # a new unit is kept, so that it can be sent its form
        self.search.setFocus()

    def _on_double_click(self, _item: QListWidgetItem) -> None:
        if not self._several:
            self._take()

    def _take(self) -> None:
        keys = self.keys()
        if keys:
            ticked = self.extra.isChecked()
            self.accept()
            self.picked.emit(keys, ticked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up and down walk through the lines while words are typed; space ticks."""
        if watched is self.search and event.type() == QEvent.Type.KeyPress:
            return self._on_key(event)  # type: ignore[arg-type]  # Qt's type of a key press
        return super().eventFilter(watched, event)

    def _on_key(self, event: QKeyEvent) -> bool:
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self._walk(step)
            return True
        item = self.list.currentItem()
        if event.key() == Qt.Key.Key_Space and self._several and item is not None:
            checked = item.checkState() is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked)
            return True
        return False

    def _walk(self, step: int) -> None:
        row = self.list.currentRow() + step
        while 0 <= row < self.list.count():
            if not self.list.item(row).isHidden():
                self.list.setCurrentRow(row)
                return
            row += step
