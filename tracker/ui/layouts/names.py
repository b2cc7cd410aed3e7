"""The layouts there are: those of the program, those of the office."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.ops.layouts import LayoutName

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.ops.templates import KeptTemplate
    from tracker.ui.kit import Kit

_NAME = Qt.ItemDataRole.UserRole
_NONE = "还没有；改好后另存，或点“以此新建”"
_DEFAULT = "✓ 本专项默认"


class LayoutNames(QWidget):
    """Lists the layouts and offers what can be done with a whole one.

    Signals:
        wanted: another layout was chosen; whoever listens shows it or calls `show_current` again.
    """

    wanted = Signal(str)

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.names: Sequence[LayoutName] = ()
        self.templates: Sequence[KeptTemplate] = ()
        self._standing = self._current = ""
        self.list = QListWidget()
        self.list.setObjectName("names")
        self.list.setAccessibleName("版式")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._on_current)
        self.new = QPushButton("以此新建…")
        self.rename = QPushButton("改名…")
        self.remove = QPushButton("删除")
        self.take = QPushButton("导入…")
        self.give = QPushButton("导出…")
        self.stand = QPushButton("设为本专项默认")
        self.template = QPushButton("现成的表作模板…")
        self.template.setToolTip("用本单位现成的 .xlsx 表：样子照原表，只填任务")
        self.new.setToolTip("照左边选中的版式做一个本单位的版式")
        self.take.setToolTip("从 .toml 文件导入别的单位给的版式")
        self.give.setToolTip("把这个版式写成 .toml 文件，给别的单位用")
        self.stand.setToolTip("没有另外选版式时，这个专项的表就按它印")
        buttons = QGridLayout()
        buttons.setSpacing(4)
        buttons.addWidget(self.new, 0, 0, 1, 2)
        for place, button in enumerate((self.rename, self.remove, self.take, self.give)):
            button.setProperty("tight", True)
            buttons.addWidget(button, 1 + place // 2, place % 2)
        buttons.addWidget(self.stand, 3, 0, 1, 2)
        buttons.addWidget(self.template, 4, 0, 1, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.list, 1)
        column.addLayout(buttons)
        kit.theme.changed.connect(self._fill)

    def show_names(
        self,
        names: Sequence[LayoutName],
        templates: Sequence[KeptTemplate],
        standing: str,
        current: str,
    ) -> None:
        """List layouts and templates; `standing` is marked, `current` in hand."""
        self.names, self.templates = names, templates
        self._standing, self._current = standing, current
        self._fill()

    def show_current(self) -> None:
        """Point at the layout in hand."""
        with QSignalBlocker(self.list):
            for row in range(self.list.count()):
                if self.list.item(row).data(_NAME) == self._current:
                    self.list.setCurrentRow(row)
        chosen = next((each for each in self.names if each.name == self._current), None)
        own = chosen is not None and chosen.own
        self.new.setEnabled(chosen is not None)
        self.rename.setEnabled(own)
        self.remove.setEnabled(own or chosen is None)
        other = self._current != self._standing
        self.stand.setEnabled(self._kit.hub.ledger is not None and chosen is not None and other)

    def _fill(self) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            self._add("自带", [each for each in self.names if not each.own])
            self._add("本单位", [each for each in self.names if each.own])
            if not any(each.own for each in self.names):
                self._add_quiet(_NONE)
            if self.templates:
                self._add("现成表模板", [LayoutName(x.layout, x.name) for x in self.templates])
        self.show_current()

    def _add(self, title: str, names: Sequence[LayoutName]) -> None:
        head = self._add_quiet(title)
        font = head.font()
        font.setBold(True)
        head.setFont(font)
        for each in names:
            marked = each.name == self._standing and self._kit.hub.ledger is not None
            item = QListWidgetItem(f"{each.label}\n{_DEFAULT}" if marked else each.label)
            item.setData(_NAME, each.name)
            item.setToolTip(each.label)
            self.list.addItem(item)

    def _add_quiet(self, words: str) -> QListWidgetItem:
        item = QListWidgetItem(words)
        item.setFlags(Qt.ItemFlag.NoItemFlags)
        item.setForeground(self._kit.theme.colours.of("quiet"))
        self.list.addItem(item)
        return item

    def _on_current(self, item: QListWidgetItem | None) -> None:
        name = item.data(_NAME) if item is not None else None
        if name and name != self._current:
            self.wanted.emit(name)
