"""The part of the walk that shows windows of their own: settings, units, reforms, charts, menus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QDialog

from tracker.domain.reform import ReformKind
from tracker.ops.collectives import list_units
from tracker.ui.charts.view import SHOWN
from tracker.ui.ledger.words import Column
from tracker.ui.preferences import REMIND, Preferences
from tracker.ui.settings.window import SettingsWindow
from tracker.ui.units.window import UnitsWindow
from tracker.ui.units.wizard import BASICS, ReformWizard

if TYPE_CHECKING:
    from tests.screens.walk import Walk

INSTRUCTIONS = (
    "1. 王书记 3月2日 请县住建局牵头，抓紧排查老旧小区隐患，4月底前报结果。\n"
    "2. 李县长 3月5日 请县水利局、县农业农村局研究，10日内答复。\n"
    "3. 请信访局逐件核实。"
)
REFORMS = (
    (ReformKind.RENAME, 1),
    (ReformKind.MERGE, 2),
    (ReformKind.SPLIT, 1),
    (ReformKind.ABOLISH, 1),
    (ReformKind.HAND_OVER, 1),
    (ReformKind.CHARGE, 0),
)


def walk_windows(walk: Walk) -> None:
    """Keep a picture of each."""
    reminder(walk)
    lists_and_menus(walk)
    charts(walk)
    settings(walk)
    instructions(walk)
    gantt(walk)
    units(walk)
    for kind, count in REFORMS:
        reform(walk, kind, count)


def reminder(walk: Walk) -> None:
    """The line above the list."""
    walk.window.view("台账")
    Preferences(walk.window.choices).put(REMIND, True)
    walk.window.habits.remind()
    walk.keep("reminder")


def lists_and_menus(walk: Walk) -> None:
    """The list with all columns, its menus, its editors, and the panel of the task in hand."""
    view = walk.window.view("台账")
    walk.settle()
    table = view.table
    kept = table.columns.shown()
    walk.show_menu("columns-menu", table.columns.menu())
    table.columns.show_only(tuple(Column))
    walk.keep("columns-all")
    bar = table.horizontalScrollBar()
    bar.setValue(bar.maximum() // 2)
    walk.keep("columns-frozen")
    bar.setValue(0)
    table.columns.show_only(kept)
    walk.settle()
    table.take_row(1)
    table.setCurrentIndex(view.model.index(1, Column.ENTRY))
    walk.show_menu("row-menu", view._menu.menu())
    table.choose_rows((1, 2, 4))
    walk.show_menu("rows-menu", view._menu.menu())
    table.take_row(1)
    for column in (Column.ENTRY, Column.STATE, Column.DEADLINE):
        view.edit(view.model.index(1, column))
        walk.keep(f"edit-{column.name.lower()}")
        if table.editor is not None:
            table.editor.cancel()
        walk.settle()
    panel = walk.window.furnished_detail()
    walk.settle()
    walk.show_menu("detail-menu", panel.menu())
    down = panel._area.verticalScrollBar()
    for name, share in (("middle", 0.5), ("foot", 1.0)):
        down.setValue(round(down.maximum() * share))
        walk.keep(f"detail-{name}")
    down.setValue(0)


def charts(walk: Walk) -> None:
    """Each chart."""
    view = walk.window.view("统计")
    for kind in SHOWN:
        view.show_kind(kind)
        walk.keep(f"chart-{kind}")
    walk.window.view("台账")


def settings(walk: Walk) -> None:
    """Each group, a search that finds and one that does not."""
    walk.window.actions_by_name["open_settings"].trigger()
    walk.settle()
    for dialog in shown(SettingsWindow):
        for place in range(dialog.groups.count()):
            dialog.groups.setCurrentRow(place)
            walk.keep(f"settings-{dialog.groups.item(place).text()}", dialog)
        for words in ("beifen", "没有这一项"):
            dialog.search.setText(words)
            walk.keep(f"settings-search-{words}", dialog)
        dialog.reject()


def instructions(walk: Walk) -> None:
    """New instructions, one and many."""
    view = walk.window.view("单项批示")
    walk.settle()
    view._add()
    left(walk, "instruction-new")
    QApplication.clipboard().setText(INSTRUCTIONS)
    view.paste()
    left(walk, "instructions-pasted")
    walk.window.view("台账")


def gantt(walk: Walk) -> None:
    """The wall chart."""
    view = walk.window.view("时限图")
    walk.settle()
    view.open_wall()
    walk.wait(1500)
    left(walk, "wall")
    walk.window.view("台账")


def units(walk: Walk) -> None:
    """The window of units, tab by tab, its menus and dialogs."""
    walk.window.actions_by_name["show_units"].trigger()
    walk.settle()
    for window in shown(UnitsWindow):
        for place, name in enumerate(("units", "leaders", "reforms")):
            window.tabs.setCurrentIndex(place)
            walk.keep(name, window)
        window.tabs.setCurrentIndex(0)
        tab = window.units
        if (menu := tab.menu()) is not None:
            walk.show_menu("units-menu", menu)
        tab.search.setText("fgj")
        walk.keep("units-found", window)
        tab.search.setText("没有")
        walk.keep("units-none", window)
        tab.search.clear()
        walk.settle()
        for name, act in (
            ("unit-new", tab.add_unit),
            ("unit-edit", tab.open_unit),
            ("units-near", tab.show_near),
            ("leader-new", window.leaders.add_person),
        ):
            act()
            left(walk, name, but=window)
        names = [unit.name for unit in list_units(walk.window.kit.hub.office)][:3]
        QApplication.clipboard().setText(
            "\n".join(f"{n}\t周某\t138000000{i}" for i, n in enumerate(names))
        )
        tab.paste_contacts()
        left(walk, "contacts", but=window)
        window.close()


def reform(walk: Walk, kind: ReformKind, count: int) -> None:
    """The pages of the wizard up to what would be touched."""
    names = [unit.name for unit in list_units(walk.window.kit.hub.office)]
    walk.window.commands._doors.reform(kind, names[:count], "县综合服务局" if count else "")
    walk.settle()
    for wizard in shown(ReformWizard):
        if kind is ReformKind.RENAME:
            wizard.show_page(0)
            walk.keep("reform-kinds", wizard)
            wizard.show_page(BASICS)
        walk.keep(f"reform-{kind.value}-empty", wizard)
        wizard.forward()
        walk.keep(f"reform-{kind.value}-asked", wizard)
        wizard.basics.basis.setText("某编发〔2026〕3号")
        for place, (name, _short) in enumerate(wizard.basics.new.lines):
            if not name.text():
                name.setText(f"县新设{'甲乙丙'[place]}局")
        wizard.forward()
        walk.wait(600)
        walk.keep(f"reform-{kind.value}-tasks", wizard)
        wizard.accept()
        walk.settle()


def left(walk: Walk, name: str, but: QDialog | None = None) -> None:
    """Keep a picture of the dialogs in sight and leave them."""
    walk.settle()
    for dialog in shown(QDialog):
        if dialog is not but:
            walk.keep(name, dialog)
            dialog.close()
            walk.settle()
    for dialog in shown(QDialog):
        if dialog is not but:
            walk.keep(f"{name}-asks", dialog)
            dialog.accept()
            walk.settle()


def shown(kind: type) -> list:
    """Return the dialogs of a kind that are in sight."""
    return [w for w in QApplication.topLevelWidgets() if isinstance(w, kind) and w.isVisible()]
