"""What Qt's own Chinese leaves in English, from `resources/qt_words.toml`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTranslator

from tracker.base import resources

if TYPE_CHECKING:
    from PySide6.QtCore import QObject


class MoreChinese(QTranslator):
    """Asked before Qt's own translation; knows only what that one lacks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words: dict[str, dict[str, str]] = resources.load("qt_words.toml")

    def isEmpty(self) -> bool:
        """Qt asks no translator that says it is empty, and one without a file is."""
        return False

    def translate(
        self,
        context: str,
        source: str,
        disambiguation: str | None = None,
        n: int = -1,
    ) -> str | None:  # None is Qt's null string; "" would be shown
        """Return the Chinese words, or None where Qt's own translation is to be asked."""
        return self._words.get(context, {}).get(source)
