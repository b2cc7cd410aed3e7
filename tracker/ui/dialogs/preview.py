"""The printed page before it is printed (打印预览): layout chosen, pages turned, printed, saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.ops.layout_choice import approved_label, standing_name
from tracker.ops.layouts import list_layouts
from tracker.ops.reports import situation_pages
from tracker.ops.templates import list_templates
from tracker.ui.dialogs.page_view import PageView
from tracker.ui.dialogs.paper import print_on, print_pages_of
from tracker.ui.widgets.labels import side_by_side
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtPrintSupport import QPrinter

    from tracker.base.progress import Progress
    from tracker.domain.page import PrintedPage
    from tracker.ui.kit import Kit

_NAME_LONG = 16
APPROVED = ""
"""Stands for the layout in which a closed round was approved."""


class PreviewDialog(QDialog):
    """Shows the 落实情况表 of the round in sight page by page.

    Flow: choose a layout, turn the pages (PgUp, PgDn), then 打印 or 导出.

    Signals:
        shown: pages were laid out and can be seen.
    """

    shown = Signal()

    def __init__(
        self, kit: Kit, export: Callable[[str], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("打印预览")
        self._kit = kit
        self.pages: Sequence[PrintedPage] = ()
        self._number = 0
        self.layouts = QComboBox()
        self.layouts.setMinimumContentsLength(_NAME_LONG)
        self.list_layouts(self._first())
        self.layouts.currentIndexChanged.connect(self.lay_out)
        self.edit = QPushButton("版式…")
        self.edit.setToolTip("改栏目、列宽、纸张、字体，或新建本单位的版式")
        self.edit.clicked.connect(self.edit_layouts)
        self.view = PageView()
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.view)
        self.place = QLabel()
        self.place.setProperty("quiet", True)
        self.back, self.forward = QPushButton("上一页"), QPushButton("下一页")
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.print = QPushButton("打印…")
        self.print.setToolTip("打印（Ctrl+P）")
        self.print.clicked.connect(lambda: print_pages_of(self._kit, self.pages, self))
        self.leave = QPushButton("关闭")
        self.leave.clicked.connect(self.close)
        self.export = QPushButton("导出…")
        self.export.setProperty("primary", True)
        self.export.setDefault(True)
        self.export.clicked.connect(lambda: export(self.layouts.currentData()))
        QShortcut(QKeySequence(Qt.Key.Key_PageDown), self, lambda: self.turn(1))
        QShortcut(QKeySequence(Qt.Key.Key_PageUp), self, lambda: self.turn(-1))
        QShortcut(QKeySequence("Ctrl+P"), self, self.print.click)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 16)
        layout.setSpacing(12)
        layout.addLayout(
            side_by_side(QLabel("版式"), self.layouts, self.edit, None, self.back, self.forward)
        )
        layout.addWidget(area, 1)
        layout.addLayout(side_by_side(self.place, None, self.leave, self.print, self.export))
        open_at(self, 72, 54)
        self.lay_out()

    def _first(self) -> str:
        """Return the layout that is shown first: the approved one, else the ledger's own."""
        hub = self._kit.hub
        if hub.office is None or hub.ledger is None or self._approved():
            return APPROVED
        return standing_name(hub.office, hub.ledger)

    def _approved(self) -> str:
        hub = self._kit.hub
        return approved_label(hub.office, hub.round) if hub.office and hub.round else ""

    def list_layouts(self, chosen: str) -> None:
        """List the layouts there are now and point at one."""
        with QSignalBlocker(self.layouts):
            self.layouts.clear()
            if approved := self._approved():
                self.layouts.addItem(f"定稿时的版式（{approved}）", APPROVED)
            for each in list_layouts(self._kit.hub.office):
                self.layouts.addItem(each.label, each.name)
            for kept in list_templates(self._kit.hub.office) if self._kit.hub.office else ():
                self.layouts.addItem(f"模板：{kept.name}", kept.layout)
            self.layouts.setCurrentIndex(max(0, self.layouts.findData(chosen)))

    def edit_layouts(self) -> None:
        """Open the window of the layouts on the one in sight; come back with the one chosen."""
        from tracker.ui.layouts.window import LayoutWindow

        shown = self.layouts.currentData()
        window = LayoutWindow(self._kit, shown, self)
        begun = window.name

        def come_back(name: str) -> None:
            self.list_layouts(shown if name == begun else name)
            self.lay_out()

        window.left.connect(come_back)
        window.open()

    def lay_out(self) -> None:
        """Lay the pages out in the chosen layout."""
        hub = self._kit.hub
        office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now
        if office is None or ledger is None or round_ is None:
            return
        name = self.layouts.currentData()

        def work(_progress: Progress) -> Sequence[PrintedPage]:
            return situation_pages(office, ledger, round_, now, name)

        self._kit.runner.read("正在排版", work, self._show_pages)

    def turn(self, by: int) -> None:
        """Show a page farther on or back."""
        self._number = max(0, min(self._number + by, len(self.pages) - 1))
        page = self.pages[self._number] if self.pages else None
        self.view.show_page(page)
        self.place.setText(f"第 {self._number + 1} 页，共 {len(self.pages)} 页" if page else "")
        self.back.setEnabled(self._number > 0)
        self.forward.setEnabled(self._number + 1 < len(self.pages))

    def _show_pages(self, pages: Sequence[PrintedPage]) -> None:
        self.pages, self._number = pages, 0
        self.turn(0)
        self.shown.emit()

    def print_on(self, printer: QPrinter) -> None:
        """Send the pages, or the range that was asked for, to a printer."""
        print_on(self._kit, self.pages, printer)
