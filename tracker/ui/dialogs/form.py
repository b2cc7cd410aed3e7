"""What all task dialogs share: fields with their complaints beside them, saving, the keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QDateEdit,
    QDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tracker.ui.dialogs.fields import Field, UnitsEdit

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QKeyEvent, QShowEvent

    from tracker.base.errors import UserError
    from tracker.base.progress import Progress
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

T = TypeVar("T")

WIDTH = 42
"""How wide a dialog is, in Chinese characters."""
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class FormDialog(QDialog):
    """A form that writes through an op.

    Enter goes to the next field and saves in the last one of a single line; Ctrl+Enter saves
    anywhere. What is wrong is shown beside its field and the form stays open; while an op is
    writing, the form takes nothing. Leaving it with something typed is asked about.

    Subclasses add fields in their constructor and override `save`.
    """

    def __init__(self, kit: Kit, title: str, verb: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kit = kit
        self.fields: dict[str, Field] = {}
        self.spare = 0  # what subclasses put between fields and buttons
        self._is_saving = False
        self._first_state: tuple[str, ...] | None = None
        self.setWindowTitle(title)
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = outer = QVBoxLayout(self)
        outer.setContentsMargins(20, 16, 20, 16)
        outer.setSpacing(12)
        self._body = QWidget()
        inner = QVBoxLayout(self._body)
        inner.setContentsMargins(0, 0, 8, 0)
        self.grid = QGridLayout()
        inner.addLayout(self.grid)
        inner.addStretch(1)
        self.grid.setHorizontalSpacing(12)
        self.grid.setVerticalSpacing(8)
        self.grid.setColumnStretch(1, 1)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else it is the first to get the keys
        self._area.setWidget(self._body)
        self._area.viewport().setAutoFillBackground(False)
        self._body.setAutoFillBackground(False)  # the area has just switched it on
        outer.addWidget(self._area, 1)
        self._general = QLabel()
        self._general.setProperty("wrong", True)
        self._general.setWordWrap(True)
        self._general.hide()
        outer.addWidget(self._general)
        outer.addLayout(self._foot(verb))

    def _foot(self, verb: str) -> QHBoxLayout:
        self.hint = QLabel("Enter 下一格 · Ctrl+Enter 保存 · Esc 关闭")
        self.hint.setProperty("quiet", True)
        self.agree = QPushButton(verb)
        self.agree.setProperty("primary", True)
        self.agree.setDefault(True)
        self.agree.clicked.connect(self.save)
        self.leave = QPushButton("取消")
        self.leave.setAutoDefault(False)
        self.leave.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.hint, 1)
        row.addWidget(self.leave)
        row.addWidget(self.agree)
        return row

    # Building

    def add_words(self, words: str, *, quiet: bool = True) -> QLabel:
        """Add a sentence over the whole width."""
        label = QLabel(words)
        label.setWordWrap(True)
        label.setProperty("quiet", quiet)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.add_wide(label)
        return label

    def add_wide(self, widget: QWidget) -> None:
        """Add a widget over the whole width."""
        self.grid.addWidget(widget, self.grid.rowCount(), 0, 1, 2)

    def add_field(
        self, key: str, name: str, widget: QWidget, note: str = "", *, enter_moves: bool = False
    ) -> Field:
        """Add a field; its complaint goes away when it is typed into."""
        field = Field(name, widget, note, enter_moves=enter_moves)
        self.fields[key] = field
        row = self.grid.rowCount()
        pad = (widget.sizeHint().height() - field.label.sizeHint().height()) // 2
        field.label.setContentsMargins(0, max(4, min(pad, self.kit.theme.size // 2)), 0, 0)
        self.grid.addWidget(field.label, row, 0, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(field.box, row, 1)
        widget.installEventFilter(self)
        if isinstance(widget, QLineEdit | QPlainTextEdit):
            widget.textChanged.connect(field.calm)
        return field

    def text_of(self, key: str) -> str:
        """Return what is typed in a field, blanks at its ends left out."""
        widget = self.fields[key].input
        if isinstance(widget, QLineEdit):
            return widget.text().strip()
        if isinstance(widget, QPlainTextEdit):
            return widget.toPlainText().strip()
        raise TypeError(f"field {key!r} holds no text")

    # Saving

    def save(self) -> None:
        """Check the fields and write; what subclasses are for."""
        raise NotImplementedError

    def complain(self, key: str, words: str) -> None:
        """Say what is wrong beside a field, and put the cursor there."""
        self.fields[key].complain(words)
        self.fields[key].input.setFocus()
        self._grow()

    def complain_generally(self, words: str) -> None:
        """Say above the buttons what is wrong."""
        self._general.setText(f"▲ {words}")
        self._general.show()
        self._grow()

    def need(self, *keys: str) -> bool:
        """Return whether these fields are filled; complain about the first that is not."""
        for key in keys:
            if not self.text_of(key):
                self.complain(key, f"请填写{self.fields[key].label.text()}")
                return False
        return True

    def office(self) -> Office:
        """Return the opened office; a dialog is only opened over one."""
        found = self.kit.hub.office
        if found is None:
            raise LookupError("no office is open")
        return found

    def write(
        self, title: str, work: Callable[[Progress], Outcome[T]], done: Callable[[Outcome[T]], None]
    ) -> None:
        """Write through an op; `done` follows on success, a complaint otherwise."""
        if self._is_saving:
            return
        self._general.hide()
        self._set_saving(True)

        def finish(outcome: Outcome[T]) -> None:
            if isValid(self):
                self._set_saving(False)
                done(outcome)

        self.kit.runner.write(
            title, work, finish, initiator=self, failed=self._on_failed, refused=self._on_refused
        )

    def finish(self, outcome: Outcome[T]) -> None:
        """Say what was done and close; what `write` is usually given."""
        self.kit.messages.tell(outcome.sentence)
        self.accept()

    def field_of(self, error: UserError) -> str:
        """Return the field that a refused write speaks of; "" where it is none."""
        return "deadline" if "时限" in error.what and "deadline" in self.fields else ""

    def _on_failed(self) -> None:
        if isValid(self):
            self._set_saving(False)

    def _on_refused(self, error: UserError) -> None:
        if not isValid(self):
            self.kit.messages.problem(error)
        elif key := self.field_of(error):
            self.complain(key, str(error))
        else:
            self.complain_generally(str(error))

    def _set_saving(self, saving: bool) -> None:
        self._is_saving = saving
        self._body.setEnabled(not saving)
        self.agree.setEnabled(not saving)

    # Leaving

    def is_dirty(self) -> bool:
        """Return whether something was typed since the form was opened or saved."""
        return self._first_state is not None and self._state() != self._first_state

    def forget_typing(self) -> None:
        """Take what the fields hold now as saved."""
        self._first_state = self._state()

    def reject(self) -> None:
        """Close, after asking where something typed would be lost."""
        if self._is_saving:
            return
        if self.is_dirty() and not self.kit.messages.confirm(
            "放弃正在填写的内容？", "填写的内容还没有保存，关闭后找不回来。", "放弃"
        ):
            return
        super().reject()

    def _state(self) -> tuple[str, ...]:
        return tuple(_content(field.input) for field in self.fields.values())

    # Qt's own

    def showEvent(self, event: QShowEvent) -> None:
        """Take the size the fields need, remember what they hold, and begin with the first."""
        if self._first_state is None:
            self.forget_typing()
            self._grow()
            shown = (field for field in self.fields.values() if field.box.isVisibleTo(self))
            if (first := next(shown, None)) is not None:
                first.input.setFocus()
        super().showEvent(event)

    def _grow(self) -> None:
        """Make room for all fields as far as the screen goes; beyond that they scroll."""
        size = self.kit.theme.size
        screen = self.screen().availableGeometry()
        standing = self.width() if self.isVisible() else 0
        wide = min(max(standing, WIDTH * size), screen.width() - 40)
        needed = self.grid.totalHeightForWidth(wide - 60)
        rest = 76 + size + self.spare + (self._general.isVisibleTo(self) * 3 * size)
        self.resize(wide, min(max(needed + rest, 160), screen.height() - 60))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give Enter its meaning in every field."""
        if event.type() == QEvent.Type.KeyPress:
            pressed: QKeyEvent = event  # type: ignore[assignment]  # a key press is one
            if pressed.key() in _ENTER and self._on_enter(watched, pressed.modifiers()):
                return True
        return super().eventFilter(watched, event)

    def _on_enter(self, watched: QObject, modifiers: Qt.KeyboardModifier) -> bool:
        if modifiers & Qt.KeyboardModifier.ControlModifier:
            self.save()
            return True
        if modifiers & Qt.KeyboardModifier.ShiftModifier or self._is_choosing(watched):
            return False
        shown = [field for field in self.fields.values() if field.box.isVisibleTo(self)]
        place = next((n for n, field in enumerate(shown) if field.input is watched), None)
        if place is None:
            return False
        if isinstance(watched, QPlainTextEdit) and not shown[place].enter_moves:
            return False
        single = [n for n, field in enumerate(shown) if _is_single(field.input)]
        if single and place == single[-1]:
            self.save()
        else:
            shown[(place + 1) % len(shown)].input.setFocus()
        return True

    def _is_choosing(self, watched: QObject) -> bool:
        """Return whether a list of suggestions is open, to which Enter belongs."""
        return isinstance(watched, UnitsEdit) and watched.popup.isVisible()


def _is_single(widget: QWidget) -> bool:
    return isinstance(widget, QLineEdit | QDateEdit | QComboBox)


def _content(widget: QWidget) -> str:
    if isinstance(widget, QLineEdit):
        return widget.text()
    if isinstance(widget, QPlainTextEdit):
        return widget.toPlainText()
    if isinstance(widget, QDateEdit):
        return widget.text()
    if isinstance(widget, QComboBox):
        return widget.currentText()
    if isinstance(widget, QAbstractButton):
        return str(widget.isChecked())
    return ""
