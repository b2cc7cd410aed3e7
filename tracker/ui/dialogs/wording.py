"""The wording of the circular as the office edits it: sentence by sentence, the result beside."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPlainTextEdit,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from tracker.base.errors import UserError
from tracker.domain.wording import WordKind
from tracker.ops.circular import try_words
from tracker.ops.circular_words import (
    SENTENCES,
    as_typed,
    default_words,
    from_typed,
    load_words,
    read_words,
    save_words,
    share_words,
    value_of,
    with_value,
)
from tracker.ui.dialogs.letter_text import LIT, letter_html, letter_style
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.circular import Circular
    from tracker.domain.wording import Sentence
    from tracker.ui.kit import Kit

    Words = dict[str, Any]  # Any: values of TOML

_ROW = Qt.ItemDataRole.UserRole
_KINDS = "用语文件 (*.toml)"
_HINTS = {
    WordKind.TEXT: "",
    WordKind.PARTS: "“｜”把一句分成几段；占位没有内容时，它所在的那一段不写。",
    WordKind.LINES: "一行一段。",
    WordKind.LISTED: "一行一个；“｜”把一行分成几段。",
    WordKind.SWITCH: "勾上就写这一段。",
}
_LIT = {
    "overall.section_item": "overall.sections",
    "overall.by_section": "overall.sections",
    "overall.unit_item": "overall.by_units",
    "overall.by_unit": "overall.by_units",
    "problems.overdue_item": "problems.overdue:",
    "problems.slow_item": "problems.slow:",
    "next.paragraphs": "next:",
}
"""Which paragraphs show a sentence that is not a paragraph of the same name."""


class WordingDialog(QDialog):
    """Edits the office's wording; the circular of the round in sight shows it at once.

    Flow: choose a sentence, change it, look at the result; 保存 keeps all as one step. A sentence
    that cannot be filled in says why and cannot be saved.
    """

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("通报用语")
        self._kit = kit
        office = kit.hub.office
        self.words: Words = read_words(office) if office is not None else default_words()
        self._kept = self.words
        self._wrong: dict[str, str] = {}
        self._typed: dict[str, str] = {}
        self._is_filling = False
        self._sentence = SENTENCES[0]
        self._make_widgets()
        self._lay_out()
        self._latest: LatestRead[Circular | str] = LatestRead(
            kit.runner, "正在试拟", self._compose, self._show_result, self
        )
        kit.theme.changed.connect(self._latest.ask)
        self._fill_list()
        self.list.setCurrentRow(1)

    def choose(self, path: str) -> None:
        """Take the sentence of that name in hand."""
        for row in range(self.list.count()):
            place = self.list.item(row).data(_ROW)
            if place is not None and SENTENCES[place].path == path:
                self.list.setCurrentRow(row)

    def reject(self) -> None:
        """Close, after asking where changed sentences would be lost."""
        is_changed = self.words != self._kept or bool(self._wrong)
        if not is_changed or self._kit.messages.confirm(
            "放弃改过的用语？", "改动还没有保存，关闭后找不回来。", "放弃"
        ):
            super().reject()

    def save(self) -> None:
        """Keep the wording in the office's file and close."""
        hub = self._kit.hub
        office, words, who, now = hub.office, self.words, hub.who, hub.now
        if office is None or self._wrong:
            return

        def done(outcome: Any) -> None:  # Any: the outcome of `save_words`
            self._kit.messages.tell(outcome.sentence)
            self.accept()

        self._kit.runner.write(
            "正在保存用语", lambda _progress: save_words(office, words, who=who, now=now), done
        )

    def load_file(self) -> None:
        """Take the wording of a file; it is kept only by 保存."""
        asked = self._kit.messages.ask_open("载入通报用语", _KINDS)
        if not asked:
            return
        try:
            words = load_words(Path(asked))
        except UserError as error:
            self._kit.messages.problem(error)
            return
        self._take(words)

    def share(self) -> None:
        """Write the wording as a file for others."""
        asked = self._kit.messages.ask_save("另存通报用语", "通报用语.toml", _KINDS)
        if not asked:
            return
        path = Path(asked)
        path = path if path.suffix.lower() == ".toml" else path.with_name(f"{path.name}.toml")
        try:
            share_words(self.words, path)
        except UserError as error:
            self._kit.messages.problem(error)
            return
        self._kit.messages.tell(f"用语已存为 {path.name}")

    def restore_one(self) -> None:
        """Take the default of the sentence in hand."""
        value = value_of(default_words(), self._sentence)
        self._put(value)
        self._fill_sentence()

    def restore_all(self) -> None:
        """Take the default of every sentence; it is kept only by 保存."""
        self._take(default_words())

    def _take(self, words: Words) -> None:
        self.words = words
        self._wrong.clear()
        self._typed.clear()
        self._fill_list()
        self._fill_sentence()

    def _make_widgets(self) -> None:
        self.list = QListWidget()
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.currentItemChanged.connect(self._on_chosen)
        self.name = QLabel()
        self.name.setProperty("heading", True)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.textChanged.connect(self._on_typed)
        self.switch = QCheckBox("写这一段")
        self.switch.toggled.connect(self._on_switched)
        self.hint, self.places, self.wrong = QLabel(), QLabel(), QLabel()
        for label in (self.hint, self.places, self.wrong):
            label.setWordWrap(True)
            label.setProperty("wrong" if label is self.wrong else "quiet", True)
        self.places.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.shown_result = QTextBrowser()
        self.shown_result.setOpenLinks(False)
        self.buttons: dict[str, QPushButton] = {}
        for words, act in (
            ("恢复这一句", self.restore_one),
            ("全部恢复默认", self.restore_all),
            ("从文件载入…", self.load_file),
            ("另存为文件…", self.share),
            ("取消", self.reject),
            ("保存", self.save),
        ):
            self.buttons[words] = QPushButton(words)
            self.buttons[words].clicked.connect(lambda _on=False, act=act: act())
        for button in self.buttons.values():
            button.setAutoDefault(False)
        self.buttons["保存"].setProperty("primary", True)
        self.buttons["保存"].setDefault(True)

    def _lay_out(self) -> None:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(8, 0, 8, 0)
        column.setSpacing(8)
        for widget in (self.name, self.hint, self.switch):
            column.addWidget(widget)
        column.addWidget(self.text, 2)
        for label in (self.wrong, self.places):
            column.addWidget(label)
        column.addWidget(self.buttons["恢复这一句"], 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        split = QSplitter(Qt.Orientation.Horizontal)
        for part in (self.list, middle, self.shown_result):
            split.addWidget(part)
        foot = QHBoxLayout()
        foot.setSpacing(8)
        for words in ("从文件载入…", "另存为文件…", "全部恢复默认"):
            foot.addWidget(self.buttons[words])
        foot.addStretch(1)
        for words in ("取消", "保存"):
            foot.addWidget(self.buttons[words])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addWidget(split, 1)
        layout.addLayout(foot)
        em = self.fontMetrics().horizontalAdvance("国")
        open_at(self, 80, 44)
        split.setSizes([17 * em, 27 * em, 36 * em])

    def _fill_list(self) -> None:
        row, group = self.list.currentRow(), ""
        self._is_filling = True
        self.list.clear()
        for place, sentence in enumerate(SENTENCES):
            if sentence.group != group:
                group = sentence.group
                head = QListWidgetItem(group)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(head)
            item = QListWidgetItem(self._label(sentence))
            item.setData(_ROW, place)
            self.list.addItem(item)
        self._is_filling = False
        if row >= 0:
            self.list.setCurrentRow(row)

    def _label(self, sentence: Sentence) -> str:
        own = value_of(self.words, sentence) != value_of(default_words(), sentence)
        mark = "▲ " if sentence.path in self._wrong else ""
        return f"　{mark}{sentence.label}{'（已改）' if own else ''}"

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is None or self._is_filling or item.data(_ROW) is None:
            return
        self._sentence = SENTENCES[item.data(_ROW)]
        self._fill_sentence()

    def _fill_sentence(self) -> None:
        sentence = self._sentence
        value = value_of(self.words, sentence)
        is_switch = sentence.kind is WordKind.SWITCH
        self._is_filling = True
        self.name.setText(sentence.label)
        self.hint.setText(_HINTS[sentence.kind])
        self.hint.setVisible(bool(_HINTS[sentence.kind]))
        self.switch.setVisible(is_switch)
        self.text.setVisible(not is_switch)
        self.places.setVisible(not is_switch)
        if is_switch:
            self.switch.setChecked(value)
        else:
            self.text.setPlainText(self._typed.get(sentence.path, as_typed(sentence, value)))
        told = "　".join(f"{{{name}}}" for name in sentence.places)
        self.places.setText(f"可用的占位：{told}")
        self._is_filling = False
        self._tell()

    def _on_typed(self) -> None:
        if self._is_filling:
            return
        sentence, typed = self._sentence, self.text.toPlainText()
        try:
            self._put(from_typed(sentence, typed))
        except UserError as error:
            self._wrong[sentence.path] = "；".join(part for part in (error.what, error.why) if part)
            self._typed[sentence.path] = typed
            self._tell()

    def _on_switched(self, on: bool) -> None:
        if not self._is_filling:
            self._put(on)

    def _put(self, value: Any) -> None:  # Any: a value of TOML
        self._wrong.pop(self._sentence.path, None)
        self._typed.pop(self._sentence.path, None)
        self.words = with_value(self.words, self._sentence, value)
        self._tell()

    def _tell(self) -> None:
        """Show what is wrong with the sentence in hand, and what the circular becomes."""
        wrong = self._wrong.get(self._sentence.path, "")
        self.wrong.setText(f"▲ {wrong}" if wrong else "")
        self.wrong.setVisible(bool(wrong))
        self.buttons["保存"].setEnabled(not self._wrong)
        item = self.list.currentItem()
        if item is not None and item.data(_ROW) is not None:
            item.setText(self._label(self._sentence))
        self._latest.ask()

    def _compose(self) -> Callable[[], Circular | str] | None:
        hub, words = self._kit.hub, self.words
        office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now
        if office is None or ledger is None or round_ is None:
            return None

        def compose() -> Circular | str:
            try:
                return try_words(office, ledger, round_, words, now=now)
            except UserError as error:  # an empty ledger: the sentences can be edited all the same
                return error.what

        return compose

    def _show_result(self, circular: Circular | str) -> None:
        if isinstance(circular, str):
            self.shown_result.setPlainText(circular)
            return
        path = self._sentence.path
        style = letter_style(self._kit.theme.colours, has_links=False)
        self.shown_result.document().setDefaultStyleSheet(style)
        self.shown_result.setHtml(letter_html(circular, _LIT.get(path, path)))
        self.shown_result.scrollToAnchor(LIT)
