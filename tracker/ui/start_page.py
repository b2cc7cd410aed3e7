"""The start page: what to begin with, and the files opened lately."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from pathlib import Path


class StartPage(QWidget):
    """Ways to begin and a list of recent files.

    Signals:
        chosen: the name of the window's method to call.
        picked: a recent file (`Path`).
    """

    chosen = Signal(str)
    picked = Signal(object)

    WAYS = (
        ("导入上期表", "import_table", "有上一期的 Excel、CSV 或文本表格，从它开始"),
        ("分解文件", "decompose_file", "方案、讲话、纪要等（Word、PDF、文本），分解成任务再核对"),
        ("新建台账", "new_office", "从空白开始，逐条新增事项"),
        ("打开", "choose_office", "打开已有的台账文件"),
        ("示例", "open_sample", "先看看一个虚构县的台账"),
    )

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        outer = QHBoxLayout(self)
        outer.addStretch()
        column = QVBoxLayout()
        column.setSpacing(12)
        outer.addLayout(column)
        outer.addStretch()
        column.addStretch(1)
        title = QLabel("责任分解落实台账")
        title.setProperty("big", True)
        column.addWidget(title)
        subtitle = QLabel("数据都在本机的一个文件里，程序不联网。")
        subtitle.setProperty("quiet", True)
        column.addWidget(subtitle)
        column.addSpacing(16)
        for place, (name, method, hint) in enumerate(self.WAYS):
            column.addLayout(self._way(name, method, hint, primary=place == 0))
        column.addSpacing(16)
        self._heading = QLabel("最近打开")
        self._heading.setProperty("heading", True)
        column.addWidget(self._heading)
        self._recent = QVBoxLayout()
        self._recent.setSpacing(4)
        column.addLayout(self._recent)
        column.addStretch(2)

    def _way(self, name: str, method: str, hint: str, *, primary: bool) -> QHBoxLayout:
        button = QPushButton(name)
        button.setObjectName(method)
        button.setMinimumWidth(140)
        button.setProperty("primary", primary)
        button.clicked.connect(lambda: self.chosen.emit(method))
        words = QLabel(hint)
        words.setProperty("quiet", True)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(button)
        row.addWidget(words)
        row.addStretch()
        return row

    def show_recent(self, paths: tuple[Path, ...]) -> None:
        """List the files opened lately."""
        while (item := self._recent.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._heading.setVisible(bool(paths))
        names = [path.name for path in paths]
        for path in paths:
            alike = names.count(path.name) > 1
            button = QPushButton(f"{path.name}（{path.parent.name}）" if alike else path.name)
            button.setProperty("quiet", True)
            button.setToolTip(str(path))
            button.setCursor(Qt.CursorShape.PointingHandCursor)
            button.clicked.connect(lambda _=False, chosen=path: self.picked.emit(chosen))
            self._recent.addWidget(button, alignment=Qt.AlignmentFlag.AlignLeft)
