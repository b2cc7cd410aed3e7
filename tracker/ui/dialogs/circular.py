"""The circular (通报) before it is written: every figure leads to the tasks it counts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QTextBrowser, QVBoxLayout

from tracker.domain.circular import Level
from tracker.text.days import long_date

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtCore import QUrl
    from PySide6.QtWidgets import QWidget

    from tracker.domain.circular import Circular, Passage
    from tracker.ui.kit import Kit

_LINK = "figure:"
_NO_LIST = "这个数不是由任务数出来的"


class CircularDialog(QDialog):
    """Shows what will be printed; stays open while the ledger behind it shows a figure's tasks.

    Flow: read, click a figure to see its tasks in the ledger, then 导出; words are changed in Word.
    """

    def __init__(
        self,
        kit: Kit,
        circular: Circular,
        export: Callable[[Circular], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("通报预览")
        self._kit = kit
        self._circular = circular
        self._figures = [figure for passage in circular.body for figure in passage.figures]
        self.page = QTextBrowser()
        self.page.setOpenLinks(False)
        self.page.anchorClicked.connect(self._on_link)
        self.note = QLabel("点蓝色的数字，台账里就只列出它数到的任务。措辞导出后可在 Word 里改。")
        self.note.setProperty("quiet", True)
        self.note.setWordWrap(True)
        self.export = QPushButton("导出 Word…")
        self.export.setProperty("primary", True)
        self.export.setDefault(True)
        self.export.clicked.connect(lambda: export(circular))
        leave = QPushButton("关闭")
        leave.clicked.connect(self.close)
        buttons = QHBoxLayout()
        buttons.addWidget(self.note, 1)
        buttons.addWidget(leave)
        buttons.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 20, 20, 20)
        layout.setSpacing(12)
        layout.addWidget(self.page, 1)
        layout.addLayout(buttons)
        em = self.fontMetrics().horizontalAdvance("国")
        self.resize(50 * em, 42 * em)
        kit.theme.changed.connect(self._show)
        self._show()

    def _show(self) -> None:
        circular, colours = self._circular, self._kit.theme.colours
        style = f"a{{color:{colours.accent};text-decoration:none}} p{{line-height:150%}}"
        self.page.document().setDefaultStyleSheet(style)
        lines = [
            f'<p align="center"><big><b>{escape(circular.title)}</b></big></p>',
            f"<p>{escape(circular.addressee)}：</p>" if circular.addressee else "",
        ]
        place = 0
        for passage in circular.body:
            lines.append(_paragraph(passage, place))
            place += len(passage.figures)
        for number, annex in enumerate(circular.annexes, 1):
            lines.append(f"<p>　　附件{number}：{escape(annex)}</p>")
        day = long_date(circular.date) if circular.date else ""
        for end in (circular.signature, day):
            lines.append(f'<p align="right">{escape(end)}　　</p>' if end else "")
        lines.append(f"<p>　　（{escape(circular.note)}）</p>" if circular.note else "")
        self.page.setHtml("".join(lines))

    def _on_link(self, link: QUrl) -> None:
        figure = self._figures[int(link.toString().removeprefix(_LINK))]
        if not figure.codes:
            self._kit.messages.tell(_NO_LIST)
            return
        about = f"通报·{figure.name}"
        self._kit.hub.narrow(codes=frozenset(figure.codes), about=about)


def _paragraph(passage: Passage, first: int) -> str:
    """Return a passage whose figures are links; `first` is the place of its first figure."""
    text, at = "", 0
    for offset, figure in enumerate(passage.figures):
        found = passage.text.find(figure.value, at)
        if found < 0 or not figure.codes:
            continue
        end = found + len(figure.value)
        text += escape(passage.text[at:found])
        link = f"{_LINK}{first + offset}"
        text += f'<a href="{link}">{escape(passage.text[found:end])}</a>'
        at = end
    text += escape(passage.text[at:])
    return f"<p>　　<b>{text}</b></p>" if passage.level is Level.FIRST else f"<p>　　{text}</p>"
