"""The menus over what came back and over whom a form is sent to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from tracker.ui.returns.lines import What
from tracker.ui.widgets.menus import add, add_copy

if TYPE_CHECKING:
    from tracker.ui.returns.review_page import ReviewPage
    from tracker.ui.returns.send_model import SendModel
    from tracker.ui.returns.send_table import SendTable


def file_menu(page: ReviewPage) -> QMenu | None:
    """Return what can be done with the file in hand: what its head offers; None without one."""
    line = page.files.line(page.list.currentIndex().row())
    if line is None:
        return None
    head, menu = page.head, QMenu(page.list)
    for button in (head.unlock, head.claim, head.take, head.drop_words, head.open, head.leave_out):
        if not button.isHidden():
            add(menu, button.text(), button.click, enabled=button.isEnabled())
    menu.addSeparator()
    into = page.model.rowCount() > 0
    add(menu, "逐项核对", page.table.setFocus, key="Right", enabled=into)
    add(menu, "下一处待定", page.go_to_next_open, key="F8")
    add_copy(menu, "复制文件名", line.name)
    return menu


def line_menu(page: ReviewPage) -> QMenu | None:
    """Return what can be done with the line in hand of a returned file; None without one."""
    table, review = page.table, page.review
    line = page.model.line(table.currentIndex().row())
    if line is None or review is None:
        return None
    menu = QMenu(table)
    choices = review.choices(line)
    for number, words in enumerate(choices, 1):
        add(menu, words, partial(table.decided.emit, number), key=str(number))
    if choices:
        add(menu, "退回待定", partial(table.decided.emit, 0), key="0")
        menu.addSeparator()
    rows = sorted({index.row() for index in table.selectionModel().selectedIndexes()})
    add(
        menu,
        f"勾选或取消（{len(rows)} 行）" if len(rows) > 1 else "勾选或取消",
        lambda: page.model.toggle(rows),
        key="Space",
        enabled=line.what is What.REPORT and bool(rows),
    )
    add(menu, "本件都采用反馈", table.take_wanted.emit, key="A")
    add(menu, "下一处待定", page.go_to_next_open, key="F8")
    menu.addSeparator()
    add_copy(menu, f"复制{line.old_word or '原来的内容'}", line.old)
    add_copy(menu, f"复制{line.new_word or '来件里的内容'}", line.new)
    return menu


def send_menu(table: SendTable, model: SendModel) -> QMenu | None:
    """Return what can be done with the selected units; None where none is selected."""
    rows = sorted({index.row() for index in table.selectionModel().selectedIndexes()})
    units = [one for row in rows if (one := model.row(row)) is not None]
    if not units:
        return None
    menu = QMenu(table)
    several = f"（{len(units)} 家）" if len(units) > 1 else ""
    add(menu, f"勾选或取消{several}", lambda: model.tick(rows), key="Space")
    add(menu, "全选或全不选", model.tick_all, key="A")
    add(menu, "生成反馈表", table.send_wanted.emit, key="Ctrl+Return")
    menu.addSeparator()
    add_copy(menu, "复制单位名称", "、".join(one.unit for one in units))
    contacts = [" ".join(filter(None, (one.unit, one.contact, one.phone))) for one in units]
    add_copy(menu, "复制联系人和电话", "\n".join(contacts))
    return menu
