"""Rows copied to a sheet and pasted back: nothing changes that was not changed there."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from tests.helpers.odd_office import odd_office
from tracker.domain.cell_change import Field
from tracker.ops.ledgers import list_ledgers
from tracker.ops.rounds import list_rounds
from tracker.text.cells import cells_of
from tracker.ui.cells.dialogs import PasteDialog
from tracker.ui.ledger.clipboard import COPIED, quoted
from tracker.ui.ledger.view import LedgerView
from tracker.ui.ledger.words import Column

CONTROL = Qt.KeyboardModifier.ControlModifier
NOTE, STATE, TEXT, UNITS = (COPIED.index(x) for x in ("本期落实情况", "状态", "任务", "牵头单位"))


@pytest.fixture
def view(qtbot, kit, tmp_path):
    office = odd_office(tmp_path / "某县.db", tasks=24)
    ledger = list_ledgers(office)[0]
    kit.hub.show(office, ledger, list_rounds(office, ledger)[-1])
    made = LedgerView(kit)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    yield made
    kit.runner.finish()
    office.close()


def copied(view):
    view.table.selectAll()
    QTest.keyClick(view.table, Qt.Key.Key_C, CONTROL)
    return [list(row) for row in cells_of(QGuiApplication.clipboard().text())]


def pasted(qtbot, kit, view, rows, *, row=0, column=Column.ENTRY):
    words = "\r\n".join("\t".join(quoted(cell) for cell in cells) for cells in rows)
    QGuiApplication.clipboard().setText(words)
    view.table.take_row(row)
    view.table.setCurrentIndex(view.model.index(row, column))
    QTest.keyClick(view.table, Qt.Key.Key_V, CONTROL)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    return next((d for d in view.window().findChildren(PasteDialog) if d.isVisible()), None)


def test_all_rows_come_back_without_a_change(qtbot, kit, view, messages):
    rows = copied(view)
    assert len(rows) == 24
    for column in (Column.LIGHT, Column.NUMBER, Column.ENTRY):
        assert pasted(qtbot, kit, view, rows, column=column) is None
        assert messages.said[-1].startswith("改动 0 格")
        assert "写不进去" not in messages.said[-1]
    # the notes hold tabs, breaks and quotation marks
    assert any("\t" in row[NOTE] and "\n" in row[NOTE] and '"' in row[NOTE] for row in rows)


def test_rows_sorted_in_the_sheet_find_their_tasks(qtbot, kit, view):
    rows = copied(view)
    rows[3][NOTE], rows[5][STATE] = "改写的情况。", "滞后"
    numbers = (rows[3][0], rows[5][0])
    dialog = pasted(qtbot, kit, view, [list(COPIED), *reversed(rows)])
    good = {(cell.number, cell.field, cell.new) for cell in dialog.list.model.chosen()}
    dialog.close()
    assert good == {
        (numbers[0], Field.PROGRESS, "改写的情况。"),
        (numbers[1], Field.STATE, "滞后"),
    }


def test_what_cannot_be_pasted_and_rows_of_no_task_are_said(qtbot, kit, view):
    rows = copied(view)
    rows[1][UNITS], rows[2][TEXT], rows[3][NOTE] = "县别的局", "别的任务。", "新的。"
    dialog = pasted(qtbot, kit, view, rows)
    said, chosen = dialog.said.text(), dialog.list.model.chosen()
    dialog.close()
    assert [cell.new for cell in chosen] == ["新的。"]
    assert "1 格写不进去" in said
    assert "1 行超出列表" in said


def test_another_range_of_as_many_columns_is_pasted_from_the_chosen_cell_on(qtbot, kit, view):
    cells = [f"第{n}格" for n in range(len(COPIED))]
    dialog = pasted(qtbot, kit, view, [cells])
    chosen = dialog.list.model.chosen()
    dialog.close()
    assert chosen[0].field is Field.PROGRESS
    assert chosen[0].new == "第0格"
