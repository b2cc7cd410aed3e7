"""年终: the papers of a year, looked at page by page, printed and written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.dialogs.paper import PageTurner, print_pages_of
from tracker.ui.widgets.labels import side_by_side
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.domain.page import PrintedPage
    from tracker.ops.year_papers import YearPapers
    from tracker.ui.kit import Kit

_LONGEST = 16


class YearDialog(QDialog):
    """Shows the 年度总表, the table of all units, or one unit's record, page by page.

    Flow: choose a paper, turn the pages (PgUp, PgDn), then 打印 or 导出; 每家一份 writes the
    records of all units into a folder.

    Signals:
        shown: pages were laid out and can be seen.
    """

    shown = Signal()

    def __init__(
        self,
        kit: Kit,
        papers: YearPapers,
        export: Callable[[str], None],
        export_all: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("年度总表")
        self._kit = kit
        self._papers = papers
        self._export = export
        self.choice = QComboBox()
        self.choice.setMinimumContentsLength(_LONGEST)
        self.choice.setAccessibleName("年终报表")
        self.choice.addItems(papers.names)
        self.choice.currentIndexChanged.connect(self.lay_out)
        self.words = QLabel(told(papers))
        self.words.setWordWrap(True)
        self.words.setProperty("quiet", True)
        self.turner = PageTurner()
        self._make_buttons(export_all)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(side_by_side(QLabel("报表"), self.choice, None))
        column.addWidget(self.words)
        column.addWidget(self.turner, 1)
        column.addLayout(side_by_side(self.all, None, self.leave, self.print, self.export))
        open_at(self, 76, 54)
        self.lay_out()

    def _make_buttons(self, export_all: Callable[[], None]) -> None:
        self.all = QPushButton("每家一份…")
        self.all.setToolTip("把单位年度记录的汇总和每个单位的一份写到一个文件夹")
        self.all.clicked.connect(export_all)
        self.print = QPushButton("打印…")
        self.print.clicked.connect(self._on_print)
        self.export = QPushButton("导出…")
        self.export.setProperty("primary", True)
        self.export.setDefault(True)
        self.export.clicked.connect(lambda: self._export(self.choice.currentText()))
        self.leave = QPushButton("关闭")
        self.leave.clicked.connect(self.close)
        for button in (self.all, self.leave, self.print):
            button.setAutoDefault(False)

    def lay_out(self) -> None:
        """Lay out the pages of the chosen paper."""
        name, papers = self.choice.currentText(), self._papers

        def show(pages: Sequence[PrintedPage]) -> None:
            if self.choice.currentText() == name:
                self._show_pages(pages)

        self._kit.runner.read("正在排版", lambda _progress: papers.pages(name), show)

    def _show_pages(self, pages: Sequence[PrintedPage]) -> None:
        self.turner.show_pages(pages)
        self.shown.emit()

    def _on_print(self) -> None:
        print_pages_of(self._kit, self.turner.pages, self)


def told(papers: YearPapers) -> str:
    """Return what the year comes to, and which rounds are not approved yet."""
    rounds = "、".join(f"第{number}期" for number in papers.still_open)
    return papers.sentence + (f"。{rounds}还没有定稿，按现在的内容印。" if rounds else "。")
