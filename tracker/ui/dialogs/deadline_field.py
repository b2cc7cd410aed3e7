"""A deadline as the clerk types it, with how it is read shown beneath while typing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from tracker.ui.detail.words import reading

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from tracker.ui.dialogs.form import FormDialog


class DeadlineEdit(QLineEdit):
    """A date, “9月底前” or “5个工作日”."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.setPlaceholderText("如 9月底前、下周五、10日内、5个工作日、2026-09-30、每月25日前")


def add_deadline(
    form: FormDialog,
    name: str,
    text: str = "",
    note: str = "",
    start: Callable[[], date | None] = lambda: None,
) -> DeadlineEdit:
    """Add a field called `deadline` that shows how its words are read.

    Args:
        start: gives the day that “5个工作日” counts from; None for today.
    """
    edit = DeadlineEdit(text)
    field = form.add_field("deadline", name, edit, note)

    def show() -> None:
        understood, words = reading(edit.text(), form.kit.hub.today, start())
        if understood:
            field.tell(words or note)
        else:
            field.complain(words)

    edit.textChanged.connect(show)
    return edit
