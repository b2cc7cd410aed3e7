"""The window of settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.settings.entries import Doors
from tracker.ui.settings.rows import SettingRow
from tracker.ui.widgets.labels import hairline, quiet
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

    from tracker.ui.kit import Kit
    from tracker.ui.settings.entries import Entry

_EVERY = "全部设置"
_HINT = "搜设置：字号、备份、提醒；拼音也行，如 zihao、bf"


class SettingsWindow(QDialog):
    """All settings by group, with a search over all of them.

    Attributes:
        search: words or pinyin; Down goes on to the first row found.
        groups: the list at the left.
        rows: a row for each setting, in order.
        none: says that nothing was found.

    Signals:
        changed: a setting has another value; its key.
    """

    changed = Signal(str)

    def __init__(self, kit: Kit, entries: Sequence[Entry], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.setWindowTitle("设置")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        has_file = kit.hub.office is not None
        self.rows = [SettingRow(entry, has_file=has_file) for entry in entries]
        self._headings: dict[str, QLabel] = {}
        self._lines: dict[str, QFrame] = {}
        self.search = QLineEdit()
        self.search.setPlaceholderText(_HINT)
        self.search.setClearButtonEnabled(True)
        self.search.setAccessibleName("搜设置")
        self.groups = QListWidget()
        self.groups.setAccessibleName("设置的分类")
        self.groups.setObjectName("names")
        self.groups.setSpacing(2)
        self.groups.addItems([_EVERY, *dict.fromkeys(entry.group for entry in entries)])
        self.none = quiet("")
        self.none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._lay_out()
        for row in self.rows:
            row.changed.connect(self._on_changed)
        self.search.textChanged.connect(self._on_searched)
        self.groups.currentRowChanged.connect(self._on_group)
        kit.theme.changed.connect(self._on_theme)
        kit.hub.changed.connect(self._refresh)
        self.groups.setCurrentRow(0)
        self.search.setFocus()
        open_at(self, 64, 44)

    # Building

    def _lay_out(self) -> None:
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(12)
        outer.addWidget(self.search)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(self.groups)
        both.addWidget(self._make_list(), 1)
        outer.addLayout(both, 1)
        outer.addLayout(self._make_foot())
        self._share_out()

    def _make_list(self) -> QScrollArea:
        inner = QWidget()
        inner.setBackgroundRole(QPalette.ColorRole.Base)
        inner.setAutoFillBackground(True)
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 4, 16, 4)
        column.setSpacing(0)
        for row in self.rows:
            group = row.entry.group
            if group not in self._headings:
                heading = self._headings[group] = quiet(group)
                heading.setContentsMargins(0, 12, 0, 0)
                column.addWidget(heading)
            column.addWidget(row)
            line = self._lines[row.entry.key] = hairline()
            column.addWidget(line)
        column.addWidget(self.none)
        column.addStretch(1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        return self._area

    def _make_foot(self) -> QHBoxLayout:
        hint = quiet("改了就生效 · Esc 关闭")
        self.reset = QPushButton("全部恢复默认…")
        self.reset.setAutoDefault(False)
        self.reset.setToolTip("只恢复本机上的个人设置；台账里的不动")
        self.reset.clicked.connect(self.restore)
        self.leave = QPushButton("关闭")
        self.leave.setProperty("primary", True)
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(hint, 1)
        row.addWidget(self.reset)
        row.addWidget(self.leave)
        return row

    def _share_out(self) -> None:
        em = self.fontMetrics().horizontalAdvance("国")
        self.groups.setFixedWidth(9 * em)

    # Finding

    @property
    def shown(self) -> list[SettingRow]:
        """The rows in sight, from above."""
        return [row for row in self.rows if not row.isHidden()]

    def _on_group(self, _place: int) -> None:
        if self.search.text():
            self.search.blockSignals(True)
            self.search.clear()
            self.search.blockSignals(False)
        self._sift()

    def _on_searched(self, words: str) -> None:
        self.groups.blockSignals(True)
        self.groups.setCurrentRow(-1 if words.strip() else 0)
        self.groups.blockSignals(False)
        self._sift()

    def _sift(self) -> None:
        """Show what is found, or the chosen group."""
        query = self.search.text().strip()
        item = self.groups.currentItem()
        group = "" if query or item is None or item.text() == _EVERY else item.text()
        found = set()
        for row in self.rows:
            entry = row.entry
            fits = entry.matches(query) if query else group in ("", entry.group)
            row.setVisible(fits)
            self._lines[entry.key].setVisible(fits)
            if fits:
                found.add(entry.group)
        for name, heading in self._headings.items():
            heading.setVisible(name in found and not group)
        self.none.setText(f"没有找到“{query}”。换个说法试试，如 字号、备份、提醒。")
        self.none.setVisible(not found)
        self._area.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes from the search to the first row found; Esc clears the search, then closes."""
        if event.key() == Qt.Key.Key_Down and self.search.hasFocus() and self.shown:
            self.shown[0].control.setFocus(Qt.FocusReason.TabFocusReason)
        elif event.key() == Qt.Key.Key_Escape and self.search.text():
            self.search.clear()
            self.search.setFocus()
        elif event.key() == Qt.Key.Key_F and event.modifiers() & _CONTROL:
            self.search.setFocus()
            self.search.selectAll()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    # Changing

    def _on_changed(self, key: str) -> None:
        self._refresh()
        self.changed.emit(key)

    def _refresh(self, *_signal: object) -> None:
        for row in self.rows:
            row.refresh()

    def _on_theme(self) -> None:
        self._share_out()
        self._refresh()

    def done(self, result: int) -> None:
        """Take what is being typed, and go."""
        if (field := self.focusWidget()) is not None:
            field.clearFocus()
        super().done(result)

    def restore(self) -> None:
        """Set everything back that is kept on this computer."""
        what = "把本机上的个人设置全部恢复默认吗？"
        why = "包括界面明暗、字号、操作人、启动与提醒、备份；台账里的内容和设置不动。"
        if not self._kit.messages.confirm(what, why, "恢复默认"):
            return
        for row in self.rows:
            control = row.entry.control
            if isinstance(control, Doors) or row.entry.in_file:
                continue
            if control.is_other:
                control.restore()
                self.changed.emit(row.entry.key)
        self._refresh()
        self._kit.messages.tell("个人设置已恢复默认")


_CONTROL = Qt.KeyboardModifier.ControlModifier
