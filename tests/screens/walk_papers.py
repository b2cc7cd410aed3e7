"""The part of the walk that shows what is listed, printed, packed, checked and carried over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog

from tracker.domain.grouping import GroupKey
from tracker.ui.cells.dialogs import ReplaceDialog
from tracker.ui.dialogs.circular import CircularDialog
from tracker.ui.dialogs.extracts import ExtractsDialog
from tracker.ui.dialogs.lists import ListsDialog
from tracker.ui.dialogs.notice import NoticeDialog
from tracker.ui.dialogs.year import YearDialog
from tracker.ui.ledger.words import Column

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.screens.walk import Walk

PLAIN = ("edit_wording", "export_pack", "check_sums", "carry_over", "new_slip", "plan_milestones")
PASTED = "已完成\t本期完成验收\t80%\n滞后\t\t\n乱写\t第三行\t一百"


def walk_papers(walk: Walk) -> None:
    """Keep a picture of each dialog of reports, of the tab 今日, and of the list's own dialogs."""
    for name in ("今日", "督办单"):
        walk.window.view(name)
        walk.keep(name)
    walk.window.view("台账")
    ledger_list(walk)
    for name in PLAIN:
        for dialog in _opened(walk, name):
            walk.keep(name, dialog)
    reports(walk)
    for action in walk.window.menuBar().actions():
        walk.show_menu(f"menu-{action.text()}", action.menu())


def reports(walk: Walk) -> None:
    """Keep a picture of each tab, list and paper of the reports."""
    for dialog in _opened(walk, "export_circular"):
        _tabs(walk, dialog, "circular")
    for dialog in _opened(walk, "export_notice"):
        _tabs(walk, dialog, "notice")
    for dialog in _opened(walk, "export_lists"):
        if isinstance(dialog, ListsDialog):
            for row in range(dialog.kinds.count()):
                dialog.kinds.setCurrentRow(row)
                walk.keep(f"list-{row + 1}", dialog)
    for dialog in _opened(walk, "export_extracts"):
        if isinstance(dialog, ExtractsDialog):
            walk.keep("extracts", dialog)
            dialog.search.setText("局")
            walk.keep("extracts-found", dialog)
    for dialog in _opened(walk, "year_papers"):
        if isinstance(dialog, YearDialog):
            for row in range(3):
                dialog.choice.setCurrentIndex(row)
                walk.keep(f"year-{row + 1}", dialog)


def ledger_list(walk: Walk) -> None:
    """Keep a picture of groups, of words replaced and of a range pasted."""
    hub, view = walk.window.kit.hub, walk.window.view("台账")
    hub.narrow(group=GroupKey.UNIT)
    walk.keep("groups")
    hub.narrow(group=GroupKey.NONE)
    walk.settle()
    walk.show_menu("saved-filters", view.bar.saved.menu_of_filters())
    for dialog in _opened(walk, "replace_words"):
        if isinstance(dialog, ReplaceDialog):
            walk.keep("replace", dialog)
            dialog.words.setText("完成")
            dialog.instead.setText("办结")
            walk.wait(400)
            walk.keep("replace-found", dialog)
    QGuiApplication.clipboard().setText(PASTED)
    view.table.setCurrentIndex(view.model.index(0, Column.STATE))
    view.table.selectRow(0)
    view.table.setCurrentIndex(view.model.index(0, Column.STATE))
    view.table.paste_wanted.emit()
    for dialog in _shown(walk):
        walk.keep("paste", dialog)


def _opened(walk: Walk, name: str) -> Iterator[QDialog]:
    """Open dialogs by their action; they are left when they were looked at."""
    walk.window.actions_by_name[name].trigger()
    yield from _shown(walk)


def _shown(walk: Walk) -> Iterator[QDialog]:
    walk.settle()
    for widget in QApplication.topLevelWidgets():
        if isinstance(widget, QDialog) and widget.isVisible():
            yield widget
            widget.close()
            walk.settle()


def _tabs(walk: Walk, dialog: QDialog, name: str) -> None:
    if isinstance(dialog, (CircularDialog, NoticeDialog)):
        for place in range(dialog.tabs.count()):
            dialog.tabs.setCurrentIndex(place)
            walk.keep(f"{name}-{place + 1}", dialog)
