"""帮助: the manual in a window of its own, and what the program is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QTextBrowser, QVBoxLayout

from tracker import __version__
from tracker.base.paths import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

ABOUT = (
    f"责任分解落实台账 {__version__}\n\n"
    "程序不联网：不上传、不下载、不检查更新。\n"
    "所有数据都在您打开的台账文件里，可以复制、备份、带走。\n\n"
    "许可证：MIT"
)


class ManualWindow(QTextBrowser):
    """Shows `resources/manual.md`."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("使用手册")
        self.resize(860, 700)
        self.setOpenExternalLinks(False)
        path = resource("manual.md")
        self.setSearchPaths([str(path.parent)])
        self.setMarkdown(path.read_text(encoding="utf-8"))
        self.document().setDocumentMargin(24)


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
        close.clicked.connect(self.accept)
        layout.addWidget(close)
