"""Last round's table dropped on the empty window, this round's table printed: no manual."""

# ruff: noqa: F401, F811 - fixtures are imported
from __future__ import annotations

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QPushButton

from tests.helpers.county import write_table
from tests.screens.workflow import hands, window
from tracker.ui.dialogs.preview import PreviewDialog
from tracker.ui.imports.stepper import DONE, REVIEW
from tracker.ui.round_dialog import RoundDialog

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


def agree_to(hands, kind):
    """Press Enter in the dialog that a click is about to open."""
    agreed = []

    def agree():
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, kind):
            agreed.append(dialog)
            hands.press(Qt.Key.Key_Return, settle=False)
        else:
            QTimer.singleShot(50, agree)

    QTimer.singleShot(50, agree)
    return agreed


def test_from_last_rounds_table_to_this_rounds_print(
    hands,
    window,
    messages,
    qtbot,
    tmp_path,
    monkeypatch,
):
    table = tmp_path / "上期落实情况表.xlsx"
    write_table(table)
    messages.answers = [str(tmp_path / "台账.db")]
    assert hands.drop(window.start, [table])
    page = window.import_page()
    qtbot.waitUntil(lambda: page.step == REVIEW and not window.kit.runner.is_busy)
    hands.control(Qt.Key.Key_Return)
    assert page.step == DONE
    agreed = agree_to(hands, RoundDialog)
    hands.click(page.done.next.findChild(QPushButton, "new_round"))
    assert agreed
    assert window.kit.hub.round.number == 2
    assert "发反馈表…" in messages.links[-1]
    printed = []
    monkeypatch.setattr(
        "tracker.ui.dialogs.preview.print_pages_of",
        lambda _kit, pages, _over: printed.append(pages),
    )
    hands.control(Qt.Key.Key_P)
    preview = next(w for w in QApplication.topLevelWidgets() if isinstance(w, PreviewDialog))
    qtbot.waitUntil(lambda: len(preview.pages) > 0)
    hands.click(preview.print)
    assert len(printed[0]) > 10
    spent = hands.counts
    preview.close()
    assert spent.questions == 1  # where the new file is to lie
    assert spent.clicks <= 3
    assert spent.keys <= 3
    assert spent.minutes <= 0.25


def test_the_end_of_an_import_leads_on(hands, window, messages, qtbot, tmp_path):
    table = tmp_path / "上期落实情况表.xlsx"
    write_table(table)
    messages.answers = [str(tmp_path / "台账.db")]
    hands.drop(window.start, [table])
    page = window.import_page()
    qtbot.waitUntil(lambda: page.step == REVIEW and not window.kit.runner.is_busy)
    hands.control(Qt.Key.Key_Return)
    for button in page.done.next.findChildren(QPushButton):
        assert button.isVisible()
        assert button.objectName() in window.actions_by_name
    hands.click(page.done.undo)
    assert not page.done.next.isVisible()
