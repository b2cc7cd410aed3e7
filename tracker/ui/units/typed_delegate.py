"""Cells that are typed into where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QLineEdit, QStyleOptionViewItem, QWidget

from tracker.ui.widgets.line_delegate import LineDelegate

if TYPE_CHECKING:
    from PySide6.QtCore import QAbstractItemModel

_Index = QModelIndex | QPersistentModelIndex


class TypedDelegate(LineDelegate):
    """Paints a line as its subclass says, and edits a cell in a line that fills it."""

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        """A line to type into."""
        edit = QLineEdit(parent)
        edit.setProperty("cell", True)
        return edit

    def setEditorData(self, editor: QWidget, index: _Index) -> None:
        """Put the cell's words into the editor."""
        if isinstance(editor, QLineEdit):
            editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: _Index) -> None:
        """Give what was typed to the model."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        """The editor fills the cell."""
        editor.setGeometry(option.rect)
