"""The menu over the drafts of a document: every command of the review with its key."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu

from tracker.ui.decompose.keys import Command
from tracker.ui.widgets.menus import add, add_copy

if TYPE_CHECKING:
    from tracker.ui.decompose.review_page import ReviewPage


def draft_menu(page: ReviewPage) -> QMenu | None:
    """Return what can be done with the selected drafts; None where none is selected."""
    rows = page.table.rows()
    found = (page.model.draft(row) for row in rows)
    chosen = [each for each in found if each is not None]
    if not chosen:
        return None
    count, menu = len(chosen), QMenu(page.table)
    several = f"（{count} 项）" if count > 1 else ""
    gone = all(each.dropped for each in chosen)

    def offer(words: str, command: Command, key: str, *, enabled: bool = True) -> None:
        add(menu, words, partial(page.do, command), key=key, enabled=enabled)

    offer(f"认可{several}", Command.ACCEPT, "A", enabled=not gone)
    add(menu, f"勾选或取消{several}", lambda: page.model.toggle(rows), key="Space")
    offer("修改…", Command.EDIT, "F2", enabled=count == 1 and not gone)
    offer("拆分", Command.SPLIT, "Ctrl+K", enabled=count == 1 and not gone)
    offer(f"合并{several}", Command.MERGE, "Ctrl+M", enabled=count > 1)
    offer(f"恢复{several}" if gone else f"删除{several}", Command.DROP, "Del")
    menu.addSeparator()
    offer("下一处存疑", Command.NEXT, "F8")
    offer("撤回上一步", Command.UNDO, "Ctrl+Z")
    add_copy(menu, "复制任务原句", "\n".join(each.draft.text for each in chosen))
    return menu
