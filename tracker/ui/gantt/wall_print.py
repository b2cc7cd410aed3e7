"""The wall chart on its way to the system's printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

from tracker.ui.dialogs.paper import NO_PRINTER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from tracker.printing.canvas import Sheet
    from tracker.ui.kit import Kit


def print_sheets(kit: Kit, sheets: Sequence[Sheet], parent: QWidget) -> bool:
    """Ask for a printer and send the sheets there; return whether they were sent."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo

    from tracker.printing.pdf import page_layout

    if not QPrinterInfo.availablePrinterNames():
        kit.messages.problem(NO_PRINTER)
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(sheets[0]))
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, max(1, len(sheets)))
    if dialog.exec() != QDialog.DialogCode.Accepted:
        return False
    print_on(kit, sheets, printer)
    return True


def print_on(kit: Kit, sheets: Sequence[Sheet], printer: QPrinter) -> None:
    """Send the sheets, or the range that was asked for, to a printer."""
    from PySide6.QtPrintSupport import QPrinter

    from tracker.printing.pdf import draw_sheets

    wanted = sheets
    if printer.printRange() == QPrinter.PrintRange.PageRange:
        wanted = sheets[printer.fromPage() - 1 : printer.toPage()]
    printer.setFullPage(True)
    draw_sheets(wanted, printer)
    kit.messages.tell(f"已送去打印 {len(wanted)} 张")
