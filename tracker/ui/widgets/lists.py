"""What the lists of a review share: how they are set up, headed and ticked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex
    from PySide6.QtWidgets import QStyleOptionViewItem, QTableView


class RowDelegate(QStyledItemDelegate):
    """Leaves ticking to its table, which answers a click anywhere in the column of the boxes."""

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Do nothing; else a click on the very box would tick twice."""
        return False


def set_up_list(view: QTableView) -> None:
    """Let a table show whole rows of one height, without a grid, edited by its own keys only."""
    view.setShowGrid(False)
    view.setWordWrap(False)
    view.setTabKeyNavigation(False)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    view.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.verticalHeader().hide()
    view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    view.horizontalHeader().setHighlightSections(False)
    view.horizontalHeader().setMinimumSectionSize(24)


def heading(
    headings: Sequence[str],
    section: int,
    orientation: Qt.Orientation,
    role: int,
    figures: Collection[int] = (),
) -> Any:  # whatever Qt can hold
    """Return what `headerData` tells of a list: its headings, those of figures to the right."""
    if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(headings):
        return None
    if role == Qt.ItemDataRole.DisplayRole:
        return headings[section]
    if role == Qt.ItemDataRole.TextAlignmentRole:
        side = Qt.AlignmentFlag.AlignRight if section in figures else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
    return None
