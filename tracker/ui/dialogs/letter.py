"""A letter before it is printed: its text with the tasks behind it, and its pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
)

from tracker.base.errors import UserError
from tracker.ui.dialogs.letter_text import LINK, letter_html, letter_style
from tracker.ui.dialogs.paper import PageTurner, print_pages_of
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QWidget

    from tracker.domain.circular import Figure
    from tracker.ops.letters import Letter
    from tracker.ui.kit import Kit

_TOLD = 3
"""So many doubts are told in full."""
_NOTE = "点蓝色的数字，台账里就只列出它数到的任务。"
_NO_LIST = "这个数不是由任务数出来的"


class LetterDialog(QDialog):
    """Shows what will be printed; stays open while the ledger behind it shows a figure's tasks.

    Flow: read, click a figure to see its tasks in the ledger, look at the pages, then 打印 or
    导出.

    Attributes:
        letter: what is shown; None until it is composed.

    Signals:
        shown: the letter was composed and can be read.
    """

    shown = Signal()

    def __init__(
        self,
        kit: Kit,
        title: str,
        export: Callable[[Letter], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(f"{title}预览")
        self._title = title
        self.kit = kit
        self.letter: Letter | None = None
        self._figures: Sequence[Figure] = ()
        self._latest: LatestRead[Letter | UserError] = LatestRead(
            kit.runner, "正在拟稿", self._work, self._take, self
        )
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._on_link)
        self.turner = PageTurner()
        self.tabs = QTabWidget()
        self.tabs.addTab(self.page, "内容与出处")
        self.tabs.addTab(self.turner, "打印预览")
        self.tabs.currentChanged.connect(self._show_note)
        self.options = QHBoxLayout()
        self.options.setSpacing(16)
        self.options.addStretch(1)
        self.doubts = QLabel()
        self.doubts.setProperty("wrong", True)
        self.doubts.setWordWrap(True)
        self.doubts.setVisible(False)
        self.note = QLabel()
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        self.print = QPushButton("打印…")
        self.print.clicked.connect(lambda: self.when_saved(self._on_print))
        self.export = QPushButton("导出…")
        self.export.setProperty("primary", True)
        self.export.setDefault(True)
        self.export.clicked.connect(lambda: self.when_saved(lambda: self._send(export)))
        leave = QPushButton("关闭")
        leave.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.note, 1)
        for button in (leave, self.print, self.export):
            buttons.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        layout.addLayout(self.options)
        layout.addWidget(self.doubts)
        layout.addWidget(self.tabs, 1)
        layout.addLayout(buttons)
        open_at(self, 66, 52)
        kit.theme.changed.connect(self._show_text)
        kit.hub.changed.connect(self._on_changed)

    def option(self, words: str, *, on: bool = False) -> QCheckBox:
        """Return a box for something that may follow the letter; ticking it composes anew."""
        box = QCheckBox(words)
        box.setChecked(on)
        box.toggled.connect(lambda _on: self.when_saved(self.reload))
        self.options.insertWidget(self.options.count() - 1, box)
        return box

    def work(self) -> Callable[[], Letter] | None:
        """Return what composes the letter; None where nothing is in sight."""
        raise NotImplementedError

    def _work(self) -> Callable[[], Letter | UserError] | None:
        work = self.work()
        if work is None:
            return None

        def compose() -> Letter | UserError:
            try:
                return work()
            except UserError as error:
                return error

        return compose

    def _take(self, found: Letter | UserError) -> None:
        """Show a letter; where there is none to be shown, say why and close."""
        if isinstance(found, UserError):
            self.kit.messages.problem(found)
            self.close()
        else:
            self.take(found)

    def take(self, letter: Letter) -> None:
        """Show a letter that was composed."""
        self.letter = letter
        body = letter.circular.body
        self._figures = [figure for passage in body for figure in passage.figures]
        self._show_text()
        self._show_note()
        self.doubts.setText(_doubts(letter.doubts))
        self.doubts.setVisible(bool(letter.doubts))
        self.turner.show_pages(letter.pages)
        self.shown.emit()

    def when_saved(self, then: Callable[[], object]) -> None:
        """Go on when nothing is left to be saved."""
        then()

    def reload(self) -> None:
        """Compose the letter anew."""
        self._latest.ask()

    def _on_changed(self, _changes: object, _initiator: object) -> None:
        self.reload()

    def _show_text(self) -> None:
        if self.letter is None:
            return
        place = self.page.verticalScrollBar().value()
        self.page.document().setDefaultStyleSheet(letter_style(self.kit.theme.colours))
        self.page.setHtml(letter_html(self.letter.circular))
        self.page.verticalScrollBar().setValue(place)

    def _on_link(self, link: QUrl) -> None:
        figure = self._figures[int(link.toString().removeprefix(LINK))]
        if not figure.codes:
            self.kit.messages.tell(_NO_LIST)
            return
        about = f"{self._title}·{figure.name}"
        self.kit.hub.narrow(codes=frozenset(figure.codes), about=about)

    def _show_note(self) -> None:
        """Say what a click does where there is something to click."""
        self.note.setText(_NOTE if self._figures and self.tabs.currentIndex() == 0 else "")

    def _send(self, export: Callable[[Letter], None]) -> None:
        if self.letter is not None:
            export(self.letter)

    def _on_print(self) -> None:
        if self.letter is not None:
            print_pages_of(self.kit, self.letter.pages, self)


def _doubts(found: Sequence[str]) -> str:
    """Say which numbers do not agree, the first few of them in full."""
    more = f"；等{len(found)}处。" if len(found) > _TOLD else "。"
    return f"▲ 数字对不上，打印前请核对：{'；'.join(found[:_TOLD])}{more}"
