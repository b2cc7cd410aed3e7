"""A printed page on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tracker.domain.page import PrintedPage

PAGE_SHARE = 0.96
"""The share of the room that a page fills."""
_GAP = 8


class PageView(QWidget):
    """Draws one page as it will be printed, as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: PrintedPage | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_page(self, page: PrintedPage | None) -> None:
        """Show another page."""
        self._page = page
        self.updateGeometry()
        self.setMinimumHeight(self.heightForWidth(self.width()))
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if self._page is None:
            return 0
        return round(width * PAGE_SHARE * self._page.height / self._page.width) + 2 * _GAP

    def resizeEvent(self, event: object) -> None:
        self.setMinimumHeight(self.heightForWidth(self.width()))

    def sizeHint(self) -> QSize:
        return QSize(900, self.heightForWidth(900))

    def paintEvent(self, event: QPaintEvent) -> None:
        page = self._page
        if page is None:
            return
        from tracker.printing.pages import draw_page

        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scale = self.width() * PAGE_SHARE / page.width
        painter.translate((self.width() - page.width * scale) / 2, _GAP)
        painter.scale(scale, scale)
        # Paper is white and ink is black, whatever the window's colours are.
        painter.fillRect(0, 0, round(page.width), round(page.height), QColor("#ffffff"))
        painter.setPen(QColor("#000000"))
        draw_page(painter, page)
        painter.end()
