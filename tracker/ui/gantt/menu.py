"""The context menu of the deadline view: what can be done with a bar, or with a heading."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from tracker.printing.gantt_rows import Kind
from tracker.ui.widgets.menus import add

if TYPE_CHECKING:
    from tracker.printing.gantt_rows import Item
    from tracker.ui.gantt.view import GanttView


def menu_of(view: GanttView, item: Item) -> QMenu:
    """Return the menu for a line of the chart; a task in it is the one in hand."""
    menu = QMenu(view)
    if item.is_heading:
        _fill_heading(menu, view, item)
    else:
        _fill_task(menu, view, item.row)
        menu.addSeparator()
    _fill_view(menu, view)
    return menu


def _fill_task(menu: QMenu, view: GanttView, row: int) -> None:
    from tracker.ui import dialogs

    rows, kit, window = view.chart.rows, view.kit, view.window()
    is_dated = rows.kinds[row] == Kind.DATED
    add(menu, "修改任务…", view.open_task, key="Return")
    add(menu, "时限推后一天…", lambda: view.drag.nudge(1), key="Shift+Right", enabled=is_dated)
    add(menu, "时限提前一天…", lambda: view.drag.nudge(-1), key="Shift+Left", enabled=is_dated)
    add(menu, "延期…", lambda: dialogs.open_extend_task(kit, window), enabled=is_dated)
    add(menu, "分解到月…", lambda: dialogs.open_milestones(kit, window))
    menu.addSeparator()
    add(menu, "在台账中查看", view.tasks_wanted.emit)
    add(menu, "把时限移到画面中", lambda: view.chart.show_end(row), enabled=is_dated)
    add(menu, "复制", view.copy, key=QKeySequence.StandardKey.Copy)


def _fill_heading(menu: QMenu, view: GanttView, item: Item) -> None:
    title = view.chart.rows.headings[item.heading].title
    is_folded = title in view.chart.folded
    words = "展开这一组" if is_folded else "收起这一组"
    add(menu, words, lambda: view.chart.set_folded(view.chart.folded ^ {title}), key="Return")


def _fill_view(menu: QMenu, view: GanttView) -> None:
    has_groups = any(heading.title for heading in view.chart.rows.headings)
    add(menu, "全部展开", lambda: view.chart.set_folded(frozenset()), enabled=has_groups)
    add(menu, "全部收起", view.chart.fold_all, enabled=has_groups)
    add(menu, "回到今天", view.chart.centre_today, key="Home")
    add(menu, "挂图…", view.open_wall)
