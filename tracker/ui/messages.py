"""One door for everything the window says or asks, so that tests can stand in for the user."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.base.errors import UserError


class Messages(Protocol):
    """What screens may say and ask."""

    def tell(self, sentence: str, link: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence that needs no answer; `link` is a word to click, `act` what it does."""

    def problem(self, error: UserError) -> None:
        """Show what happened, why, and what to do now."""

    def confirm(self, what: str, why: str, yes: str) -> bool:
        """Ask before something that undo cannot take back; `yes` is the button's verb."""

    def choose(self, what: str, why: str, answers: Sequence[str]) -> int | None:
        """Ask with a button for each answer; return which, None for neither."""

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        """Ask for a line of text; None when the user thinks better of it."""

    def ask_password(self, what: str, label: str) -> str | None:
        """Ask for a password, which is shown as dots; None when the user thinks better of it."""

    def ask_open(self, title: str, kinds: str) -> str | None:
        """Ask for an existing file."""

    def ask_open_several(self, title: str, kinds: str) -> list[str]:
        """Ask for existing files; empty when the user thinks better of it."""

    def ask_folder(self, title: str, folder: str = "") -> str | None:
        """Ask for an existing folder, starting from `folder`."""

    def ask_save(self, title: str, name: str, kinds: str) -> str | None:
        """Ask where to write a file."""


class WindowMessages(QObject):
    """The real door: boxes for questions and problems, the status bar for the rest.

    Signals:
        told: a sentence, a link word and what the link does, for the status bar.
    """

    told = Signal(str, str, object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window

    def tell(self, sentence: str, link: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence in the status bar."""
        self.told.emit(sentence, link, act)

    def problem(self, error: UserError) -> None:
        """Show a box with the three parts of the message."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("请注意")
        box.setText(error.what)
        box.setInformativeText("\n".join(part for part in (error.why, error.do) if part))
        box.addButton("知道了", QMessageBox.ButtonRole.AcceptRole)
        box.exec()

    def confirm(self, what: str, why: str, yes: str) -> bool:
        """Ask a question with a verb on the button."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("请确认")
        box.setText(what)
        box.setInformativeText(why)
        agree = box.addButton(yes, QMessageBox.ButtonRole.AcceptRole)
        box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        return box.clickedButton() is agree

    def choose(self, what: str, why: str, answers: Sequence[str]) -> int | None:
        """Ask with a button for each answer."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle("请选择")
        box.setText(what)
        box.setInformativeText(why)
        buttons = [box.addButton(words, QMessageBox.ButtonRole.AcceptRole) for words in answers]
        box.addButton("取消", QMessageBox.ButtonRole.RejectRole)
        box.exec()
        clicked = box.clickedButton()
        return next((at for at, button in enumerate(buttons) if button is clicked), None)

    def ask_text(self, title: str, label: str, text: str = "") -> str | None:
        """Ask for a line of text."""
        answer, agreed = QInputDialog.getText(self._window, title, label, text=text)
        return answer if agreed else None

    def ask_password(self, what: str, label: str) -> str | None:
        """Ask for a password; it is shown as dots."""
        answer, agreed = QInputDialog.getText(
            self._window, "打开加密的文件", f"{what}\n{label}", QLineEdit.EchoMode.Password
        )
        return answer if agreed else None

    def ask_open(self, title: str, kinds: str) -> str | None:
        """Ask for an existing file with the system's dialog."""
        return QFileDialog.getOpenFileName(self._window, title, "", kinds)[0] or None

    def ask_open_several(self, title: str, kinds: str) -> list[str]:
        """Ask for existing files with the system's dialog."""
        return QFileDialog.getOpenFileNames(self._window, title, "", kinds)[0]

    def ask_folder(self, title: str, folder: str = "") -> str | None:
        """Ask for an existing folder with the system's dialog."""
        return QFileDialog.getExistingDirectory(self._window, title, folder) or None

    def ask_save(self, title: str, name: str, kinds: str) -> str | None:
        """Ask for a place with the system's dialog, which asks before overwriting."""
        return QFileDialog.getSaveFileName(self._window, title, name, kinds)[0] or None
