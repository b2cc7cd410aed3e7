"""帮助: the manual in a window of its own, and what the program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QTextCursor, QTextDocument
from PySide6.QtWidgets import (
    QDialog,
    QLabel,
    QListWidget,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QVBoxLayout,
)

from tracker import __version__
from tracker.base.paths import resource

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QTextBlock
    from PySide6.QtWidgets import QWidget

ABOUT = (
    f"责任分解落实台账 {__version__}\n\n"
    "程序不联网：不上传、不下载、不检查更新。\n"
    "所有数据都在您打开的台账文件里，可以复制、备份、带走。\n\n"
    "许可证：MIT"
)
_MARGIN = 24
_CHAPTER = 2
_WIDEST_PICTURE = 900


class ManualText(QTextBrowser):
    """The manual's text; its pictures are made to fit the width."""

    def __init__(self) -> None:
        super().__init__()
        path = resource("manual.md")
        self._folder = path.parent
        self._words = path.read_text(encoding="utf-8")
        self._width = 0
        self.setOpenExternalLinks(False)

    def chapters(self) -> list[QTextBlock]:
        """Return the headings of the chapters."""
        found, block = [], self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() == _CHAPTER:
                found.append(block)
            block = block.next()
        return found

    def go_to(self, chapter: int) -> None:
        """Bring a chapter to the top."""
        block = self.chapters()[chapter]
        top = self.document().documentLayout().blockBoundingRect(block).top()
        self.verticalScrollBar().setValue(int(top) - _MARGIN // 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the text out again where the pictures' width changes."""
        super().resizeEvent(event)
        bar = self.verticalScrollBar()
        width = min(self.width() - 2 * _MARGIN - 2 * bar.sizeHint().width(), _WIDEST_PICTURE)
        if width != self._width:
            share = bar.value() / max(bar.maximum(), 1)
            self._width = width
            self.setMarkdown(self._words)
            self.document().setDocumentMargin(_MARGIN)
            self._let_lines_break()
            bar.setValue(round(share * bar.maximum()))

    def _let_lines_break(self) -> None:
        """Commands wrap in a narrow window instead of making the whole text scroll sideways."""
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().nonBreakableLines():
                looks = block.blockFormat()
                looks.setNonBreakableLines(False)
                QTextCursor(block).setBlockFormat(looks)
            block = block.next()

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Return a picture of the manual, no wider than the window."""
        path = self._folder / QUrl(name).path()
        if kind != QTextDocument.ResourceType.ImageResource or not path.is_file():
            return super().loadResource(kind, name)
        picture = QImage(str(path))
        if picture.width() <= self._width:
            return picture
        return picture.scaledToWidth(self._width, Qt.TransformationMode.SmoothTransformation)


class ManualWindow(QSplitter):
    """Shows `resources/manual.md` beside the list of its chapters."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("使用手册")
        self.resize(1080, 760)
        self.contents = QListWidget()
        self.text = ManualText()
        self.addWidget(self.contents)
        self.addWidget(self.text)
        self.setStretchFactor(1, 1)
        self.setSizes([250, 830])
        self.contents.addItems(_chapter_names())
        self.contents.currentRowChanged.connect(self.text.go_to)


def _chapter_names() -> list[str]:
    lines = resource("manual.md").read_text(encoding="utf-8").splitlines()
    return [line[3:] for line in lines if line.startswith("## ")]


class AboutDialog(QDialog):
    """Name, version, and the promise that nothing is sent anywhere."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("关于")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(16)
        layout.addWidget(QLabel(ABOUT))
        close = QPushButton("知道了")
        close.setProperty("primary", True)
        close.clicked.connect(self.accept)
        layout.addWidget(close, alignment=Qt.AlignmentFlag.AlignRight)
