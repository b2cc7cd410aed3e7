"""Words of the panel that are changed where they stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from shiboken6 import isValid

from tracker.ops.tasks import TaskWords, edit_task
from tracker.ui.detail.entry import EntryEditor
from tracker.ui.detail.parts import words_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.base.errors import UserError
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

HINT = "双击就地修改（选中后按 Enter）"
KEYS = "Ctrl+Enter 保存　Esc 放弃"
LINE_KEYS = "Enter 保存　Esc 放弃"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class InPlace(QWidget):
    """Shows words of a task; a double click or Enter puts a field in their place.

    Leaving the field saves what was changed, Esc gives it up. What the op refuses stays in the
    field with the reason beneath it.

    Attributes:
        editor: the field while it is open; else None.

    Signals:
        began: the field is open and wants the whole width.
        ended: the field is closed again; what was read meanwhile can be shown.
    """

    began = Signal()
    ended = Signal()

    def __init__(
        self,
        kit: Kit,
        code: str,
        label: QWidget,
        field: tuple[str, str, str],
        note: Callable[[str], str] | None = None,
    ) -> None:
        """Make it.

        Args:
            label: what is shown while nothing is changed.
            field: the name of the field in `TaskWords`, its Chinese name, its words.
            note: says of typed words how they are read.
        """
        super().__init__()
        self._kit, self._code, self._label = kit, code, label
        self._name, self._word, self._words = field
        self._note = note
        self._is_line = self._name == "deadline"
        self.editor: EntryEditor | None = None
        self._told = words_label("", quiet=True)
        self._told.hide()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(f"{self._word}：{self._words}")
        self.setToolTip(HINT)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(label)
        self._column.addWidget(self._told)
        for each in (label, *label.findChildren(QLabel)):
            each.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether something is being changed."""
        return self.editor is not None

    def start(self) -> None:
        """Put the field in the words' place."""
        if self.editor is not None:
            return
        self.editor = editor = EntryEditor(self, fewest=1 if self._is_line else 2)
        editor.setPlaceholderText("")
        editor.setAccessibleName(self._word)
        editor.setPlainText(self._words)
        self._column.insertWidget(1, editor)
        self._label.hide()
        editor.left.connect(self.save)
        editor.textChanged.connect(self._tell_reading)
        editor.installEventFilter(self)
        self._tell_reading()
        editor.show()
        self.began.emit()
        editor.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.moveCursor(QTextCursor.MoveOperation.End)

    def save(self) -> None:
        """Write what was changed; close the field where nothing was."""
        office, editor, hub = self._kit.hub.office, self.editor, self._kit.hub
        if editor is None or editor.isReadOnly():
            return
        typed = editor.toPlainText()
        if office is None or typed.strip() == self._words.strip():
            self.close_field()
            return
        code, who, now = self._code, hub.who, hub.now
        words = TaskWords(text=typed) if self._name == "text" else TaskWords(deadline=typed)
        editor.setReadOnly(True)  # until it is known whether the words were taken

        def done(outcome: Outcome[str]) -> None:
            self._kit.messages.tell(outcome.sentence)
            if isValid(self):
                self.close_field()

        def refuse(error: UserError) -> None:
            if isValid(self) and self.editor is not None:
                self.editor.setReadOnly(False)
                self._tell(f"▲ 没有保存：{error}", is_wrong=True)
            else:
                self._kit.messages.problem(error)

        self._kit.runner.write(
            f"修改{self._word}",
            lambda _progress: edit_task(office, code, words, who=who, now=now),
            done,
            initiator=self,
            refused=refuse,
        )

    def close_field(self) -> None:
        """Show the words again."""
        editor, self.editor = self.editor, None
        if editor is None:
            return
        had_keys = editor.hasFocus()
        editor.removeEventFilter(self)
        editor.left.disconnect(self.save)
        editor.hide()
        editor.deleteLater()
        self._told.hide()
        self._label.show()
        if had_keys:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.ended.emit()

    def _tell_reading(self) -> None:
        typed = self.editor.toPlainText() if self.editor is not None else ""
        said = self._note(typed) if self._note is not None else ""
        self._tell(
            "　".join(filter(None, (said, LINE_KEYS if self._is_line else KEYS))), is_wrong=False
        )

    def _tell(self, words: str, *, is_wrong: bool) -> None:
        self._told.setProperty("wrong", is_wrong)
        self._told.setProperty("quiet", not is_wrong)
        self._told.style().unpolish(self._told)
        self._told.style().polish(self._told)
        self._told.setText(words)
        self._told.show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A double click on the words opens the field, Esc closes it."""
        if watched is self.editor:
            is_escape = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
            if is_escape and event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride):
                if event.type() is QEvent.Type.KeyPress:
                    self.close_field()
                event.accept()
                return True
            is_enter = isinstance(event, QKeyEvent) and event.key() in _ENTER
            if self._is_line and is_enter and event.type() is QEvent.Type.KeyPress:
                self.save()
                return True
            return False
        if event.type() is QEvent.Type.MouseButtonDblClick:
            self.start()
            return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the field."""
        if event.key() in _ENTER and self.editor is None:
            self.start()
        else:
            super().keyPressEvent(event)
