"""What stands round the table: title, 附件 mark, lines under the title, signature line."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QEvent, QObject, QSignalBlocker
from PySide6.QtWidgets import (
    QCheckBox,
    QGridLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from tracker.domain.layout import PLACES
from tracker.ui.layouts.section import Section

if TYPE_CHECKING:
    from tracker.ui.layouts.desk import DraftDesk

_AS_REPORT = "同报表"
_CHIPS_IN_A_ROW = 4
_SEEN = {"title": "{标题}", "annex": "附件", "meta": "填报单位：{填报单位}\n截止日期：{截至}"}
"""What stands in a field when it stops saying what the report says."""


class WordsSection(Section):
    """Words with places that the report fills in; a place is put in by its button."""

    places: ClassVar[tuple[str, ...]] = ("title", "annex", "meta", "signature")

    def __init__(self, desk: DraftDesk) -> None:
        super().__init__("表头表尾文字", desk)
        self.chips = {name: self._chip(name) for name in PLACES}
        self.add_row("可插入", self._chip_box())
        self.title_text, self.annex = QLineEdit(), QLineEdit()
        self.annex.setPlaceholderText("空着就不印")
        self.meta, self.signature = QPlainTextEdit(), QPlainTextEdit()
        self.meta.setPlaceholderText("一行一项；有几项时最后一项靠右；空着就不印")
        self.signature.setPlaceholderText("一行一项，如 填表人：　　　；空着就不印")
        self.as_report = {name: QCheckBox(_AS_REPORT) for name in ("title", "annex", "meta")}
        self._last: QLineEdit | QPlainTextEdit = self.title_text
        self._add_fields()

    def _add_fields(self) -> None:
        for name, words, line in (
            ("title", "标题", self.title_text),
            ("annex", "附件标记", self.annex),
        ):
            line.setAccessibleName(words)
            line.textChanged.connect(lambda _text, key=name: self._on_typed(key))
            self.add_row(words, line, self.as_report[name])
        for name, words, text in (
            ("meta", "标题下", self.meta),
            ("signature", "签字行", self.signature),
        ):
            text.setAccessibleName(words)
            text.setTabChangesFocus(True)
            text.setUndoRedoEnabled(False)
            text.setFixedHeight(text.fontMetrics().lineSpacing() * 3 + 12)
            text.textChanged.connect(lambda key=name: self._on_typed(key))
            boxes = [self.as_report[name]] if name in self.as_report else []
            self.add_row(words, text, *boxes)
        for name, box in self.as_report.items():
            box.toggled.connect(lambda on, key=name: self._on_as_report(key, on))
        for field in self._fields().values():
            field.installEventFilter(self)

    def _fields(self) -> dict[str, QLineEdit | QPlainTextEdit]:
        return {
            "title": self.title_text,
            "annex": self.annex,
            "meta": self.meta,
            "signature": self.signature,
        }

    def _chip_box(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(4)
        for place, chip in enumerate(self.chips.values()):
            grid.addWidget(chip, place // _CHIPS_IN_A_ROW, place % _CHIPS_IN_A_ROW)
        grid.setColumnStretch(_CHIPS_IN_A_ROW, 1)
        return holder

    def _chip(self, name: str) -> QPushButton:
        chip = QPushButton(name)
        chip.setProperty("tight", True)
        chip.setToolTip(f"在光标处插入“{{{name}}}”，印的时候换成实际内容")
        chip.clicked.connect(lambda: self.insert(name))
        return chip

    def insert(self, name: str) -> None:
        """Put a place in where the cursor stands, in the field that had the cursor last."""
        field = self._last
        key = next(key for key, each in self._fields().items() if each is field)
        if not field.isEnabled():
            self.as_report[key].setChecked(False)
        if isinstance(field, QLineEdit):
            field.insert(f"{{{name}}}")
        else:
            field.insertPlainText(f"{{{name}}}")
        field.setFocus()

    def show_draft(self) -> None:
        """Show the words."""
        draft = self.desk.draft
        said = {"title": draft.title, "annex": draft.annex, "meta": _joined(draft.meta)}
        for name, text in said.items():
            with QSignalBlocker(self.as_report[name]):
                self.as_report[name].setChecked(text is None)
            self._fields()[name].setEnabled(text is not None)
            self._show(name, _SEEN[name] if text is None else text)
        self._show("signature", "\n".join(draft.signature))

    def _show(self, name: str, text: str) -> None:
        field = self._fields()[name]
        with QSignalBlocker(field):
            if isinstance(field, QLineEdit):
                if field.text() != text:
                    field.setText(text)
            elif _lines(field.toPlainText()) != _lines(text):
                field.setPlainText(text)

    def _text(self, name: str) -> str:
        field = self._fields()[name]
        return field.text() if isinstance(field, QLineEdit) else field.toPlainText()

    def _on_typed(self, name: str) -> None:
        text = self._text(name)
        value = _lines(text) if name in ("meta", "signature") else text
        self.desk.edit(replace(self.desk.draft, **{name: value}), f"words {name}")  # type: ignore[arg-type]  # a field of it

    def _on_as_report(self, name: str, on: bool) -> None:
        seen = _SEEN[name]
        value = None if on else _lines(seen) if name == "meta" else seen
        self.desk.edit(replace(self.desk.draft, **{name: value}))  # type: ignore[arg-type]  # as above
        if not on:
            self._fields()[name].setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QLineEdit | QPlainTextEdit):
            self._last = watched
        if event.type() == QEvent.Type.FocusOut:
            self.desk.rest()
        return super().eventFilter(watched, event)


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in text.split("\n") if line.strip())


def _joined(lines: tuple[str, ...] | None) -> str | None:
    return None if lines is None else "\n".join(lines)
