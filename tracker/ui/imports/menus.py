"""The menus over the rows of an import: what may be said about the row in hand."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from tracker.ui.widgets.menus import add, add_copy

if TYPE_CHECKING:
    from tracker.ui.imports.match_page import MatchPage
    from tracker.ui.imports.review_page import ReviewPage

_MOST = 24
"""How many characters of a task a menu shows."""


def review_menu(page: ReviewPage) -> QMenu | None:
    """Return what can be done with the selected lines; None where none is in hand."""
    table, model = page.table, page.model
    row = table.currentIndex().row()
    line, review = model.line(row), model.review
    if line is None or review is None:
        return None
    menu, rows = QMenu(table), table.rows() or [row]
    choices = review.choices(line)
    for number, words in enumerate(choices, 1):
        add(menu, words, partial(table.decided.emit, number), key=str(number))
    if choices:
        add(menu, "退回待定", partial(table.decided.emit, 0), key="0")
        menu.addSeparator()
    can_tick = any(
        each is not None and each.question is None and review.is_checked(each) is not None
        for each in map(model.line, rows)
    )
    several = f"（{len(rows)} 行）" if len(rows) > 1 else ""
    add(menu, f"勾选或取消{several}", lambda: model.toggle(rows), key="Space", enabled=can_tick)
    add(menu, "整项勾选或取消", lambda: model.toggle_whole(row), key="Shift+Space")
    add(menu, "下一条待定", table.go_to_next_open, key="Return")
    menu.addSeparator()
    add_copy(menu, "复制台账里的内容", model.old(line))
    add_copy(menu, "复制表中的内容", line.new)
    return menu


def match_menu(page: MatchPage) -> QMenu | None:
    """Return which tasks the row in hand may be said to be; None where none is in hand."""
    table, model = page.table, page.model
    line, matching = model.line(table.currentIndex().row()), model.matching
    if line is None or matching is None:
        return None
    menu = QMenu(table)
    for number, choice in enumerate(matching.choices(line), 1):
        text = " ".join(f"{choice.number} {choice.text}".split())
        text = text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
        words = f"对应“{text}”" if text else "不是已有任务，新建"
        key = str(number) if number <= 9 else None
        add(menu, words, partial(table.picked.emit, number), key=key)
    add(menu, "退回", partial(table.picked.emit, 0), key="0")
    menu.addSeparator()
    add(menu, "查找别的任务", page.detail.search.setFocus, key="/")
    add(menu, "下一条待定", table.go_to_next_open, key="Return")
    add_copy(menu, "复制表中的任务", line.row.task)
    return menu
