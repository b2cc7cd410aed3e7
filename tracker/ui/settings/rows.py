"""The rows of the settings: words at the left, what they are changed with at the right."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from tracker.ui.settings.entries import Choice, Doors, Folder, Line, Number, Tick
from tracker.ui.widgets.labels import CutLabel, quiet, side_by_side

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.settings.entries import Entry

V = TypeVar("V")

_CONTROL_EMS = 17
_NO_FILE = "先打开一个台账，才能改这一项。"
_DEFAULT = "恢复默认"


class SettingRow(QWidget):
    """One setting.

    Attributes:
        entry: what it shows.
        control: what is changed or clicked, for the keyboard.
        again: sets the default again; only in sight where another value is in force.

    Signals:
        changed: the user has changed it; its key.
    """

    changed = Signal(str)

    def __init__(self, entry: Entry, *, has_file: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.entry = entry
        self._show: Callable[[], None] = lambda: None
        self.name = QLabel(entry.name)
        self.name.setProperty("heading", True)
        self.why = quiet(entry.why)
        self.why.setWordWrap(True)
        self.again = QPushButton(_DEFAULT)
        self.again.setProperty("link", True)
        self.again.setAutoDefault(False)
        self.again.setAccessibleName(f"{entry.name}：{_DEFAULT}")
        self.again.clicked.connect(self._on_again)
        usable = has_file or not entry.in_file
        self.control = self._make() if usable else quiet(_NO_FILE)
        self.control.setAccessibleName(entry.name)
        self.control.setAccessibleDescription(entry.why)
        self._lay_out()
        self.refresh()

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.name)
        words.addWidget(self.why)
        words.addStretch(1)
        holder = _holder(self.control, None)
        holder.setFixedWidth(_CONTROL_EMS * self.fontMetrics().horizontalAdvance("国"))
        values = QVBoxLayout()
        values.setSpacing(4)
        values.addWidget(holder)
        values.addWidget(self.again, 0, Qt.AlignmentFlag.AlignLeft)
        values.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 12, 0, 12)
        row.setSpacing(24)
        row.addLayout(words, 1)
        row.addLayout(values)

    def refresh(self) -> None:
        """Show the value that is in force."""
        self._show()
        self.again.setVisible(self._is_other)

    @property
    def _is_other(self) -> bool:
        control = self.entry.control
        if isinstance(control, Doors) or isinstance(self.control, QLabel):
            return False
        return control.is_other

    def _on_again(self) -> None:
        control = self.entry.control
        if not isinstance(control, Doors):
            control.restore()
            self._tell()
            self.control.setFocus()

    def _put(self, put: Callable[[V], object], value: V) -> None:
        put(value)
        self._tell()

    def _tell(self) -> None:
        self.refresh()
        self.changed.emit(self.entry.key)

    # What it is changed with

    def _make(self) -> QWidget:
        control = self.entry.control
        if isinstance(control, Choice):
            return self._make_choice(control)
        if isinstance(control, Tick):
            return self._make_tick(control)
        if isinstance(control, Number):
            return self._make_number(control)
        if isinstance(control, Line):
            return self._make_line(control)
        if isinstance(control, Folder):
            return self._make_folder(control)
        return self._make_doors(control)

    def _make_choice(self, choice: Choice) -> QWidget:
        box = QComboBox()
        for value, word in choice.options:
            box.addItem(word, value)
        box.activated.connect(lambda _place: self._put(choice.put, box.currentData()))
        box.installEventFilter(_Wheel(box))

        def show() -> None:
            box.setCurrentIndex(box.findData(choice.get()))

        self._show = show
        return box

    def _make_tick(self, tick: Tick) -> QWidget:
        box = QCheckBox(tick.word)
        box.clicked.connect(lambda checked: self._put(tick.put, checked))
        self._show = lambda: box.setChecked(tick.get())
        return box

    def _make_number(self, number: Number) -> QWidget:
        box = QSpinBox()
        box.setRange(number.least, number.most)
        box.setSuffix(f" {number.suffix}")
        box.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet's padding is lost here
        box.setKeyboardTracking(False)
        box.installEventFilter(_Wheel(box))

        def show() -> None:
            box.blockSignals(True)
            box.setValue(number.get())
            box.blockSignals(False)

        self._show = show
        box.valueChanged.connect(lambda value: self._put(number.put, value))
        return box

    def _make_line(self, line: Line) -> QWidget:
        field = QLineEdit()
        field.setPlaceholderText(line.hint)
        field.setMinimumWidth((_CONTROL_EMS - 1) * self.fontMetrics().horizontalAdvance("国"))

        def take() -> None:
            field.setModified(False)
            if field.text().strip() != line.get():
                self._put(line.put, field.text().strip())

        field.editingFinished.connect(take)

        def show() -> None:
            if not field.isModified():  # what is being typed is not taken away
                field.setText(line.get())

        self._show = show
        return field

    def _make_folder(self, folder: Folder) -> QWidget:
        shown = CutLabel(folder.none)
        choose = QPushButton("选择…")
        choose.setAutoDefault(False)

        def ask() -> None:
            asked = folder.ask()
            if asked:
                self._put(folder.put, asked)

        def show() -> None:
            words = folder.get() or folder.none
            shown.setText(words)
            shown.setToolTip(words)

        choose.clicked.connect(ask)
        self._show = show
        holder = _holder(shown, choose)
        holder.setFocusProxy(choose)
        return holder

    def _make_doors(self, doors: Doors) -> QWidget:
        buttons = []
        for words, act in doors.buttons:
            button = QPushButton(words)
            button.setAutoDefault(False)
            button.clicked.connect(act)
            buttons.append(button)
        holder = _holder(*buttons)
        holder.setFocusProxy(buttons[0])
        return holder


def _holder(*widgets: QWidget | None) -> QWidget:
    holder = QWidget()
    row = side_by_side(*widgets)
    row.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(row)
    return holder


class _Wheel(QObject):
    """Leaves the wheel to the list around a field: a value spun by chance would go unseen."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the wheel away."""
        if event.type() == QEvent.Type.Wheel:
            event.ignore()
            return True
        return False
