"""The Qt model over a sheet: its cells as they stand, and what each row was taken for."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from tracker.domain.mapping import IGNORED, ROW_WORDS, RowKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPersistentModelIndex

    from tracker.domain.mapping import SheetShape
    from tracker.ops.table_look import Cell, Sheet

    AnyIndex = QModelIndex | QPersistentModelIndex

MOST_COLUMNS = 60
"""A sheet's columns beyond are read, but not shown."""
NO_INDEX = QModelIndex()
_SPEAKING = frozenset({RowKind.TITLE, RowKind.SECTION, RowKind.SKIPPED, RowKind.UNREAD})
_MOST_SAMPLES = 3
_LOOKED_AT = 60


class SheetModel(QAbstractTableModel):
    """Shows a sheet. A cell merged over rows gives its text to each of them, in grey.

    Attributes:
        sheet: the sheet shown; None for none.
        kinds: what each row was taken for.
        ignored: columns that are not read.
        spans: cells that reach over several columns: row, column, how many.
        unseen: how many columns there are beyond those shown.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.sheet: Sheet | None = None
        self.kinds: Sequence[RowKind] = ()
        self.ignored: frozenset[int] = frozenset()
        self.spans: tuple[tuple[int, int, int], ...] = ()
        self._reasons: dict[int, str] = {}
        self._columns = 0
        self.unseen = 0
        self._heads: dict[tuple[int, int], tuple[int, int]] = {}

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Show another sheet; what its rows are comes with `show_shape`."""
        self.beginResetModel()
        self.sheet = sheet
        rows = sheet.rows if sheet is not None else ()
        merges = sheet.merges if sheet is not None else ()
        width = _width(rows)
        self._columns = min(width, MOST_COLUMNS)
        self.unseen = width - self._columns
        self._heads = {
            (row, merge.left): (merge.top, merge.left)
            for merge in merges
            for row in range(merge.top + 1, min(merge.bottom + 1, len(rows)))
        }
        self.kinds, self._reasons, self.ignored = (), {}, frozenset()
        self.spans = ()
        self.endResetModel()

    def show_shape(self, shape: SheetShape, fields: Sequence[str]) -> None:
        """Show what the rows were taken for, and which columns are not read."""
        self.kinds = shape.kinds
        self._reasons = dict(shape.reasons)
        self.spans = self._spans()
        self.ignored = frozenset(at for at, name in enumerate(fields) if name == IGNORED)
        if self.rowCount() and self._columns:
            last = self.index(self.rowCount() - 1, self._columns - 1)
            self.dataChanged.emit(self.index(0, 0), last)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)

    # What is asked beside Qt's questions

    def kind(self, row: int) -> RowKind:
        """Return what a row was taken for."""
        return self.kinds[row] if 0 <= row < len(self.kinds) else RowKind.BLANK

    def number(self, row: int) -> int:
        """Return a row's number in the file; 0 for a line beside the table of a document."""
        return self.sheet.numbers[row] if self.sheet is not None else 0

    def row_of(self, number: int) -> int | None:
        """Return where the row with this number stands."""
        if self.sheet is None or not number or number not in self.sheet.numbers:
            return None
        return self.sheet.numbers.index(number)

    def reason(self, row: int) -> str:
        """Return why a row was passed over."""
        return self._reasons.get(row, "")

    def words(self, row: int) -> str:
        """Return what is said about a row in its margin."""
        return ROW_WORDS[self.kind(row)]

    def is_lent(self, row: int, column: int) -> bool:
        """Tell whether a cell's words stand in a merged cell above."""
        return (row, column) in self._heads

    def text(self, row: int, column: int) -> str:
        """Return what a cell says."""
        if self.sheet is None:
            return ""
        row, column = self._heads.get((row, column), (row, column))
        cells = self.sheet.rows[row]
        return cells[column].text if column < len(cells) else ""

    def _spans(self) -> tuple[tuple[int, int, int], ...]:
        if self.sheet is None:
            return ()
        spans = [
            (merge.top, merge.left, min(merge.right, self._columns - 1) - merge.left + 1)
            for merge in self.sheet.merges
            if merge.right > merge.left and merge.top < len(self.sheet.rows)
        ]
        merged = {row for row, _, _ in spans}
        for row, cells in enumerate(self.sheet.rows):
            if self.kind(row) in _SPEAKING and row not in merged:
                filled = [at for at, cell in enumerate(cells) if cell.text.strip()]
                if len(filled) == 1:
                    spans.append((row, filled[0], self._columns - filled[0]))
        return tuple(span for span in spans if span[2] > 1)

    def samples(self) -> list[list[str]]:
        """Return by column what the first tasks say."""
        wanted = (RowKind.TASK, RowKind.CONTINUED)
        rows = self._first_rows(wanted) or self._first_rows((RowKind.UNREAD,))
        return [self._said(rows, column) for column in range(self._columns)]

    def _first_rows(self, kinds: tuple[RowKind, ...]) -> list[int]:
        rows = (row for row, kind in enumerate(self.kinds) if kind in kinds)
        return list(islice(rows, _LOOKED_AT))

    def _said(self, rows: list[int], column: int) -> list[str]:
        said = (" ".join(self.text(row, column).split()) for row in rows)
        return list(dict.fromkeys(text for text in said if text))[:_MOST_SAMPLES]

    # Qt's questions

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many rows the sheet has."""
        return 0 if parent.isValid() or self.sheet is None else len(self.sheet.rows)

    def columnCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many columns are shown."""
        return 0 if parent.isValid() else self._columns

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:  # whatever Qt can hold
        """Return a row's number and what it was taken for."""
        if role == Qt.ItemDataRole.ToolTipRole and orientation is Qt.Orientation.Vertical:
            return self.reason(section) or None
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Horizontal:
            return f"第{section + 1}栏"
        number = self.number(section) if section < self.rowCount() else 0
        return f"{number or '文'}　{self.words(section)}"

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a cell's words."""
        if not index.isValid() or self.sheet is None:
            return None
        text = self.text(index.row(), index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role == Qt.ItemDataRole.ToolTipRole:
            why = self.reason(index.row())
            return "\n".join(filter(None, (f"跳过：{why}" if why else "", text))) or None
        return None


def _width(rows: Sequence[Sequence[Cell]]) -> int:
    """Return how many columns there are up to the last that holds words."""
    width = max(map(len, rows), default=0)
    while width and not any(len(row) >= width and row[width - 1].text.strip() for row in rows):
        width -= 1
    return width
