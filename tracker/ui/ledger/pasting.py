"""A range copied in Excel or WPS pasted into the list."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from tracker.domain.cell_change import Field
from tracker.ops.browse import task_lines
from tracker.ops.cell_changes import plan_paste
from tracker.text.cells import cells_of
from tracker.ui.ledger.clipboard import COPIED, copied_cells, quoted
from tracker.ui.ledger.words import Column

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from tracker.domain.cell_change import CellChanges
    from tracker.domain.ledger import RoundRow
    from tracker.ops.office import Office
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
_OF_ROWS = {
    "时限": Field.DEADLINE,
    "本期落实情况": Field.PROGRESS,
    "状态": Field.STATE,
    "完成率": Field.PERCENT,
}
_NUMBER, _TEXT = COPIED.index("序号"), COPIED.index("任务")


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
        shown, chosen = self._view.model.ids, tuple(rows)
        columns = table.columns.shown()
        first = columns.index(Column(max(table.currentIndex().column(), 0)))
        fields = [PASTED.get(column) for column in columns[first:]]
        listed = self._view.model.tasks

        def plan(_progress: object) -> CellChanges:
            whole = rows_of(text)
            found = plan_rows(office, listed, whole, round_, today) if whole else None
            if found is not None:
                return found
            ids = _ids(shown, chosen, text)
            return plan_paste(office, ids, fields, text, round_=round_, today=today)

        self._kit.runner.read("正在核对要粘贴的内容", plan, self._show)

    def _show(self, changes: CellChanges) -> None:
        from tracker.ui.cells.dialogs import PasteDialog, paste_words

        if not changes.cells:
            self._kit.messages.tell(paste_words(changes))
        elif len(changes.good) == 1 and not (changes.bad or changes.beyond or changes.outside):
            self._view.writer.write_cells(changes.good, "粘贴")
        else:
            PasteDialog(self._kit, changes, self._view.window()).show()


def _ids(ids: Sequence[int], rows: Sequence[int], text: str) -> tuple[int, ...]:
    """Return the chosen tasks; where several rows are pasted from one on, those below too."""
    if len(rows) > 1 or len(cells_of(text)) == 1:
        return tuple(ids[row] for row in rows)
    return tuple(id_ for id_ in ids[rows[0] :] if id_ >= 0)


def rows_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return rows that have the shape of those copied here, headings left out; else nothing."""
    rows = tuple(row for row in cells_of(text) if row != COPIED)
    return rows if all(len(row) == len(COPIED) for row in rows) else ()


def plan_rows(
    office: Office,
    ids: Sequence[int],
    rows: Sequence[Sequence[str]],
    round_: RoundRow | None,
    today: date,
) -> CellChanges | None:
    """Return what whole rows would change that were copied here and come back from a sheet.

    A row finds its task by number and text, in whatever order the rows come back. None where no
    row finds one: it is another range then.
    """
    lines = task_lines(office, ids, round_.id if round_ else None, today)
    known = {(line.number, line.text): line for line in lines}
    found = [(known[key], row) for row in rows if (key := (row[_NUMBER], row[_TEXT])) in known]
    if not found:
        return None
    new, same = [], 0
    for line, row in found:
        pairs = list(zip(row, copied_cells(line, today), strict=True))
        same += sum(cell == now != "" for cell, now in pairs)
        new.append("\t".join("" if cell == now else quoted(cell) for cell, now in pairs))
    fields = [_OF_ROWS.get(heading) for heading in COPIED]
    tasks = [line.id for line, _row in found]
    plan = plan_paste(office, tasks, fields, "\n".join(new), round_=round_, today=today)
    beyond = len(rows) - len(found)
    return replace(plan, same=plan.same + same, empty=plan.empty - same, beyond=beyond)
