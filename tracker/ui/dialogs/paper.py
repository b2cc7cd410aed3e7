"""Pages on their way to paper: turned one by one, sent to the system's printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.base.errors import UserError
from tracker.ui.dialogs.page_view import PageView

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtPrintSupport import QPrinter

    from tracker.domain.page import PrintedPage
    from tracker.ui.kit import Kit

NO_PRINTER = UserError(
    "还不能打印", "这台电脑上没有打印机", "请先装好打印机；也可以导出 PDF，到别的电脑上打印"
)


class PageTurner(QWidget):
    """Shows pages one at a time (PgUp, PgDn).

    Attributes:
        pages: those that will be printed.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pages: Sequence[PrintedPage] = ()
        self._number = 0
        self.view = PageView()
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setWidget(self.view)
        self.place = QLabel()
        self.place.setProperty("quiet", True)
        self.back, self.forward = QPushButton("上一页"), QPushButton("下一页")
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        around = Qt.ShortcutContext.WidgetWithChildrenShortcut
        for key, by in ((Qt.Key.Key_PageDown, 1), (Qt.Key.Key_PageUp, -1)):
            shortcut = QShortcut(QKeySequence(key), self)
            shortcut.setContext(around)
            shortcut.activated.connect(lambda by=by: self.turn(by))
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.place)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.forward)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 12, 12, 12)
        layout.setSpacing(8)
        layout.addWidget(self._area, 1)
        layout.addLayout(foot)

    def show_pages(self, pages: Sequence[PrintedPage]) -> None:
        """Show other pages, staying at the same number where there is one."""
        self.pages = pages
        self.turn(0)

    def turn(self, by: int) -> None:
        """Show a page farther on or back."""
        self._number = max(0, min(self._number + by, len(self.pages) - 1))
        page = self.pages[self._number] if self.pages else None
        self.view.show_page(page)
        if by:
            self._area.verticalScrollBar().setValue(0)
        self.place.setText(f"第 {self._number + 1} 页，共 {len(self.pages)} 页" if page else "")
        self.back.setEnabled(self._number > 0)
        self.forward.setEnabled(self._number + 1 < len(self.pages))


def print_pages_of(kit: Kit, pages: Sequence[PrintedPage], parent: QWidget) -> None:
    """Ask for a printer and send the pages there."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    if not QPrinterInfo.availablePrinterNames():
        kit.messages.problem(NO_PRINTER)
        return
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, max(1, len(pages)))
    if dialog.exec() == QDialog.DialogCode.Accepted:
        print_on(kit, pages, printer)


def print_on(kit: Kit, pages: Sequence[PrintedPage], printer: QPrinter) -> None:
    """Send the pages, or the range that was asked for, to a printer."""
    from PySide6.QtPrintSupport import QPrinter

    from tracker.printing.pages import print_pages

    wanted = pages
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        wanted = pages[printer.fromPage() - 1 : printer.toPage()]
    print_pages(wanted, printer)
    kit.messages.tell(f"已送去打印 {len(wanted)} 页")
