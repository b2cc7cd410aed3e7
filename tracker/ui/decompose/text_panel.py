"""The left side: the document with its marks, what they mean, and taking words by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from tracker.ui.decompose.legend import Legend
from tracker.ui.decompose.marks import MARK_WORDS
from tracker.ui.decompose.text_view import DocumentView

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from PySide6.QtCore import QPoint
    from PySide6.QtGui import QResizeEvent

    from tracker.ui.decompose.places import Places
    from tracker.ui.kit import Kit


class TextPanel(QWidget):
    """Shows a document's text.

    Signals:
        take_wanted: the selected words shall become a task.
    """

    take_wanted = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = DocumentView(kit)
        self.legend = Legend(kit)
        self.take = QPushButton("选文作任务")
        self.take.setProperty("tight", True)
        self.take.setToolTip("把选中的文字取为一项任务（Ctrl+T）")
        self.take.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.take.setEnabled(False)
        self._words = ""
        self._about = QLabel()
        self._about.setProperty("quiet", True)
        self._about.setTextFormat(Qt.TextFormat.PlainText)
        self._about.setMinimumWidth(0)
        head = QHBoxLayout()
        head.setContentsMargins(16, 8, 8, 8)
        head.setSpacing(8)
        head.addWidget(self._about, 1)
        head.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addWidget(self.legend)
        self.setAutoFillBackground(True)
        self.setBackgroundRole(self.view.backgroundRole())
        self.take.clicked.connect(self.take_wanted)
        self.view.selectionChanged.connect(self._on_selection)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(self._open_menu)

    def show_document(self, text: str, places: Places, kinds: AbstractSet[str], about: str) -> None:
        """Show another document.

        Args:
            text: as read.
            places: where its characters stand in the view.
            kinds: what its passages stand for.
            about: its number, name and kind.
        """
        self._words = about
        self._cut_words()
        self.view.show_text(text, places)
        self.legend.show_kinds(kinds & MARK_WORDS.keys())

    def _cut_words(self) -> None:
        wide = max(self._about.width(), 80)
        shown = self._about.fontMetrics().elidedText(
            self._words, Qt.TextElideMode.ElideMiddle, wide
        )
        self._about.setText(shown)
        self._about.setToolTip(self._words)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut the document's name to the new width."""
        super().resizeEvent(event)
        self._cut_words()

    def _on_selection(self) -> None:
        self.take.setEnabled(self.view.chosen_span() is not None)

    def _open_menu(self, at: QPoint) -> None:
        menu = self.view.createStandardContextMenu()
        take = QAction(self.take.text(), menu)
        take.setEnabled(self.take.isEnabled())
        take.triggered.connect(self.take_wanted)
        first = menu.actions()[0] if menu.actions() else None
        if first is None:
            menu.addAction(take)
        else:
            menu.insertAction(first, take)
            menu.insertSeparator(first)
        menu.exec(self.view.viewport().mapToGlobal(at))
        menu.deleteLater()
