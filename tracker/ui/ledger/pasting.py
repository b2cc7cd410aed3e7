"""A range copied in Excel or WPS pasted into the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from tracker.domain.cell_change import Field
from tracker.ops.cell_changes import plan_paste
from tracker.text.cells import cells_of
from tracker.ui.ledger.words import Column

if TYPE_CHECKING:
    from tracker.domain.cell_change import CellChanges
    from tracker.ui.kit import Kit
    from tracker.ui.ledger.view import LedgerView

PASTED = {
    Column.DEADLINE: Field.DEADLINE,
    Column.ENTRY: Field.PROGRESS,
    Column.STATE: Field.STATE,
    Column.PERSONS: Field.PERSONS,
    Column.PERCENT: Field.PERCENT,
    Column.PROBLEMS: Field.PROBLEMS,
    Column.NEXT_STEPS: Field.NEXT_STEPS,
    Column.REMARK: Field.NOTE,
}
"""The columns that a copied range may be pasted into."""


class Paster:
    """Puts what lies on the clipboard into cells, from the chosen one on."""

    def __init__(self, kit: Kit, view: LedgerView) -> None:
        self._kit = kit
        self._view = view

    def paste(self) -> None:
        """Show what would change, and write it if wished.

        A single cell is written at once; it is one step that can be undone.
        """
        hub, text = self._kit.hub, QGuiApplication.clipboard().text()
        table = self._view.table
        rows = table.chosen_rows()
        office, round_, today = hub.office, hub.round, hub.today
        if office is None or not rows or not text.strip():
            return
        ids = self._ids(rows, text)
        columns = table.columns.shown()
        first = columns.index(Column(max(table.currentIndex().column(), 0)))
        fields = [PASTED.get(column) for column in columns[first:]]
        self._kit.runner.read(
            "正在核对要粘贴的内容",
            lambda _progress: plan_paste(office, ids, fields, text, round_=round_, today=today),
            self._show,
        )

    def _ids(self, rows: list[int], text: str) -> tuple[int, ...]:
        """Return the chosen tasks; where several rows are pasted from one on, those below too."""
        ids = self._view.model.ids
        if len(rows) > 1 or len(cells_of(text)) == 1:
            return tuple(ids[row] for row in rows)
        return tuple(id_ for id_ in ids[rows[0] :] if id_ >= 0)

    def _show(self, changes: CellChanges) -> None:
        from tracker.ui.cells.dialogs import PasteDialog, paste_words

        if not changes.cells:
            self._kit.messages.tell(paste_words(changes))
        elif len(changes.good) == 1 and not (changes.bad or changes.beyond or changes.outside):
            self._view.writer.write_cells(changes.good, "粘贴")
        else:
            PasteDialog(self._kit, changes, self._view.window()).show()
