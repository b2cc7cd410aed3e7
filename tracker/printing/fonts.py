"""Chinese fonts for Qt, and an application to draw with where there is no window."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QGuiApplication

if TYPE_CHECKING:
    from collections.abc import Iterator

_SHIPPED_FAMILY = "Noto Sans SC"


def load_fonts() -> None:
    """Give Qt a Chinese font where the system has none, and stand-ins for the printed ones."""
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if all("Fallback" in family for family in chinese):  # made to fill gaps, not to be read
        _load_shipped_fonts()
    QFont.insertSubstitutions("仿宋_GB2312", ["仿宋", "FangSong", "Noto Serif SC"])
    QFont.insertSubstitutions("楷体_GB2312", ["楷体", "KaiTi", "Noto Serif SC"])
    QFont.insertSubstitutions("方正小标宋简体", ["宋体", "SimSun", "Noto Serif SC"])
    QFont.insertSubstitutions("宋体", ["SimSun", "Noto Serif SC"])
    QFont.insertSubstitutions("Times New Roman", ["Liberation Serif", "Noto Serif SC"])


def missing_characters(text: str) -> str:
    """Return the characters of a text that would be drawn as boxes; needs an application."""
    metrics = QFontMetrics(QGuiApplication.font())
    return "".join(c for c in dict.fromkeys(text) if not metrics.inFontUcs4(ord(c)))


def _load_shipped_fonts() -> None:
    try:
        import pylopdf_fonts_zh_cn as fonts
    except ImportError:
        return  # other systems bring their own fonts; without any, boxes are all Qt can draw
    for path in sorted(Path(fonts.__file__).parent.rglob("*.?tf")):
        QFontDatabase.addApplicationFont(str(path))
    if _SHIPPED_FAMILY in QFontDatabase.families():
        # Left to itself Qt picks a stand-in character by character, and mixes two faces.
        QGuiApplication.setFont(QFont(_SHIPPED_FAMILY))


@contextmanager
def drawing_application() -> Iterator[None]:
    """Give Qt what it draws with: the running application, else one that needs no display."""
    if QGuiApplication.instance() is not None:
        yield
        return
    # A display that is named but cannot be reached would make Qt abort.
    platform = ["-platform", "offscreen"] if sys.platform == "linux" else []
    made = QGuiApplication(["tracker", *platform])
    try:
        load_fonts()
        yield
    finally:
        made.shutdown()  # else no window could be opened in this process any more
