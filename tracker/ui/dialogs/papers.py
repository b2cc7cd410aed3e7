"""What the dialogs of lists, extracts and the pack share: writing off the thread, progress, end."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout
from shiboken6 import isValid

from tracker.ui.exports import TABLE_KINDS, documents

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from tracker.base.progress import Progress
    from tracker.ops.list_facts import ListFacts
    from tracker.ui.kit import Kit
    from tracker.ui.run import Running

T = TypeVar("T")


class PapersDialog(QDialog):
    """A dialog that writes papers of a round; while it writes, it takes nothing but 停止.

    Subclasses put widgets into `column` and override `save`.

    Attributes:
        facts: the round as it was read when the dialog was opened; its counts are shown.
        agree, leave: the buttons.
        bar: how far the writing is.
    """

    def __init__(
        self, kit: Kit, facts: ListFacts, title: str, verb: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kit = kit
        self.facts = facts
        self._title = ""
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setWindowTitle(title)
        self.about = QLabel(f"{facts.ledger.name}　第{facts.round.number}期")
        self.about.setProperty("quiet", True)
        self.about.setWordWrap(True)
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.doing = QLabel()
        self.doing.setProperty("quiet", True)
        self.agree = QPushButton(verb)
        self.agree.setProperty("primary", True)
        self.agree.setDefault(True)
        self.agree.clicked.connect(self.save)
        self.leave = QPushButton("关闭")
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self._on_leave)
        self._lay_out()
        kit.runner.moved.connect(self._on_moved)
        self._show_busy(busy=False)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.doing, 1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.agree)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        outer.addWidget(self.about)
        outer.addLayout(self.column, 1)
        outer.addWidget(self.bar)
        outer.addLayout(buttons)

    @property
    def is_busy(self) -> bool:
        """Whether it is writing."""
        return bool(self._title)

    def save(self) -> None:
        """Write what is chosen."""
        raise NotImplementedError

    def takes(self) -> tuple[QWidget, ...]:
        """Return the widgets that take nothing while it writes."""
        return ()

    def em(self, characters: float) -> int:
        """Return the width of so many Chinese characters."""
        return int(self.fontMetrics().horizontalAdvance("国") * characters)

    def ask_table(self, title: str, name: str) -> Path | None:
        """Ask where a table goes; a name without an ending that can be written gets the first."""
        from tracker.ops.table_files import ENDINGS

        asked = self.kit.messages.ask_save(title, str(documents() / name), TABLE_KINDS)
        if not asked:
            return None
        target = Path(asked)
        known = target.suffix.lower() in ENDINGS
        return target if known else target.with_name(target.name + ENDINGS[0])

    def write(self, title: str, work: Callable[[Progress], T], done: Callable[[T], None]) -> None:
        """Run what writes files; `done` gets its value while the dialog is still there."""

        def finish(value: T) -> None:
            if isValid(self):
                self._show_busy(busy=False)
            done(value)

        def failed() -> None:
            if isValid(self):
                self._show_busy(busy=False)

        self._title = title
        self._show_busy(busy=True)
        self.kit.runner.write_file(title, work, finish, failed=failed)

    def while_open(self, show: Callable[[T], None]) -> Callable[[T], None]:
        """Return what shows a value that was read, unless the dialog is gone by then."""

        def finish(value: T) -> None:
            if isValid(self):
                show(value)

        return finish

    def tell_written(self, path: Path, sentence: str, link: str = "打开") -> None:
        """Say that something was written, with a link that opens it."""
        self.kit.messages.tell(sentence, link, lambda: open_path(path))

    def reject(self) -> None:
        """Close, unless it is writing."""
        if not self.is_busy:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stay while it is writing: the cross stops it first."""
        if self.is_busy:
            event.ignore()
            self._stop()
        else:
            super().closeEvent(event)

    def _on_leave(self) -> None:
        if self.is_busy:
            self._stop()
        else:
            self.reject()

    def _stop(self) -> None:
        self.leave.setEnabled(False)
        self.doing.setText("正在停止…")
        self.kit.runner.cancel()

    def _on_moved(self, running: Running) -> None:
        if running.title != self._title or not self.leave.isEnabled():
            return
        progress = running.progress
        self.bar.setRange(0, progress.total)
        self.bar.setValue(progress.done)
        width = max(self.doing.width(), self.em(12))
        words = self.fontMetrics().elidedText(progress.text, Qt.TextElideMode.ElideMiddle, width)
        self.doing.setText(words)

    def _show_busy(self, *, busy: bool) -> None:
        if not busy:
            self._title = ""
            self.doing.clear()
            self.bar.reset()
        self.bar.setVisible(busy)
        self.agree.setEnabled(not busy)
        self.leave.setEnabled(True)
        self.leave.setText("停止" if busy else "关闭")
        for widget in self.takes():
            widget.setEnabled(not busy)


def open_path(path: Path) -> bool:
    """Open a file or folder with what the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
