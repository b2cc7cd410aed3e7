"""The original text of the document that a task came from, its passage marked."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from tracker.base.file_names import safe_file_name
from tracker.ops.sources import original_of, save_original
from tracker.ui.decompose.places import Places
from tracker.ui.widgets.stored_files import NO_PROGRAM, TemporaryCopies

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from tracker.domain.browse import Original
    from tracker.ui.kit import Kit

WIDTH, HEIGHT = 52, 40
"""In characters."""
ALL_KINDS = "所有文件 (*)"
FOUND = "{}　标出的一段是这项任务的原句"
NOT_FOUND = "▲ 在原文里没有找到这项任务的原句，可能在台账里改写过；请自行查看"


def open_source(kit: Kit, parent: QWidget | None = None) -> None:
    """Open the original text of the task in hand."""
    office, code = kit.hub.office, kit.hub.code
    if office is None or not code:
        return
    kit.runner.read(
        "读取原文",
        lambda _progress: original_of(office, code),
        lambda original: SourceDialog(kit, original, parent).open(),
    )


class SourceDialog(QDialog):
    """Shows the text, scrolled to the passage; Ctrl+G comes back to it.

    Attributes:
        text: the whole document as it was read.
        copies: opens the file itself with the system's program.
    """

    def __init__(self, kit: Kit, original: Original, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._original = original
        self.copies = TemporaryCopies()
        self.setWindowTitle(f"原文 — {original.title or original.file_name or '粘贴的文字'}")
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._places = Places(original.text)
        self.text = QPlainTextEdit(self._places.shown)
        self.text.setReadOnly(True)
        self.text.setAccessibleName("文件原文")
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.note = QLabel(FOUND.format(original.file_name).strip() if original.span else NOT_FOUND)
        self.note.setWordWrap(True)
        self.note.setProperty("quiet", original.span is not None)
        self.note.setProperty("wrong", original.span is None)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.note)
        column.addWidget(self.text, 1)
        column.addLayout(self._foot())
        size = kit.theme.size
        room = parent.size() if parent is not None else None
        self.resize(
            min(WIDTH * size, room.width() if room else WIDTH * size),
            min(HEIGHT * size, room.height() if room else HEIGHT * size),
        )
        kit.theme.changed.connect(self._mark)
        self._mark()

    def _foot(self) -> QHBoxLayout:
        self.back = QPushButton("回到这一段")
        self.back.setShortcut("Ctrl+G")
        self.back.setToolTip("Ctrl+G")
        self.back.setEnabled(self._original.span is not None)
        self.back.clicked.connect(self.show_passage)
        self.open_file = QPushButton("打开原件")
        self.open_file.clicked.connect(self._open)
        self.save_file = QPushButton("另存原件…")
        self.save_file.clicked.connect(self._save)
        has_file = self._original.blob_hash is not None and bool(self._original.file_name)
        leave = QPushButton("关闭")
        leave.setDefault(True)
        leave.clicked.connect(self.accept)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addStretch(1)
        for button in (self.open_file, self.save_file) if has_file else ():
            row.addWidget(button)
        row.addWidget(leave)
        return row

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the passage, once the lines are laid out."""
        super().showEvent(event)
        QTimer.singleShot(0, self, self.show_passage)

    def show_passage(self) -> None:
        """Bring the passage into the middle."""
        if self._original.span is None:
            return
        cursor = self._cursor()
        cursor.setPosition(cursor.selectionStart())
        self.text.setTextCursor(cursor)
        self.text.centerCursor()
        self.text.setFocus()

    def _cursor(self) -> QTextCursor:
        """Return a cursor over the passage."""
        first, last = self._places.span(*(self._original.span or (0, 0)))
        cursor = QTextCursor(self.text.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _mark(self) -> None:
        if self._original.span is None:
            return
        colours = self._kit.theme.colours
        looks = QTextCharFormat()
        looks.setBackground(colours.of("amber_soft"))
        looks.setForeground(colours.of("text"))
        looks.setFontUnderline(True)
        selection = QTextEdit.ExtraSelection()
        selection.format, selection.cursor = looks, self._cursor()
        self.text.setExtraSelections([selection])

    def _open(self) -> None:
        office, original = self._kit.hub.office, self._original
        if office is None:
            return

        def opened(path: Path) -> None:
            if not self.copies.open(path):
                self._kit.messages.tell(NO_PROGRAM)

        self._kit.runner.read(
            f"打开“{original.file_name}”",
            lambda _progress: self.copies.place(
                original.file_name, lambda path: save_original(office, original, path)
            ),
            opened,
        )

    def _save(self) -> None:
        office, original = self._kit.hub.office, self._original
        asked = self._kit.messages.ask_save(
            "另存原件", safe_file_name(original.file_name), ALL_KINDS
        )
        if office is None or not asked:
            return
        target = Path(asked)
        self._kit.runner.read(
            f"另存“{original.file_name}”",
            lambda _progress: save_original(office, original, target),
            lambda _: self._kit.messages.tell(f"已另存为 {target.name}"),
        )
