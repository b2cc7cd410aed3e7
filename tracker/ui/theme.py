"""Colours, fonts and the style sheet: light and dark with one meaning, three text sizes."""

from __future__ import annotations

import string
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette

from tracker.base.paths import resource
from tracker.printing.fonts import load_fonts as load_fonts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

SIZES = (13, 15, 18)
"""Text sizes in pixels the user can choose from."""


@dataclass(frozen=True, slots=True)
class Colours:
    """One palette. Every name has the same meaning in light and dark."""

    window: str
    surface: str
    panel: str
    line: str
    text: str
    quiet: str
    accent: str
    accent_soft: str
    on_accent: str
    red: str
    red_soft: str
    amber: str
    amber_soft: str
    green: str
    green_soft: str
    grey: str
    grey_soft: str
    violet: str
    violet_soft: str

    def of(self, name: str) -> QColor:
        """Return a colour by its name."""
        return QColor(getattr(self, name))


LIGHT = Colours(
    window="#f3f5f7",
    surface="#ffffff",
    panel="#f8fafc",
    line="#dfe4ea",
    text="#1d252e",
    quiet="#5b6570",
    accent="#1f5fa8",
    accent_soft="#e6effa",
    on_accent="#ffffff",
    red="#c2271f",
    red_soft="#fbe3e1",
    amber="#8f5a00",
    amber_soft="#fdf0d8",
    green="#23774a",
    green_soft="#d9f2e3",
    grey="#5f6973",
    grey_soft="#e9edf1",
    violet="#65379b",
    violet_soft="#efe7f8",
)
DARK = Colours(
    window="#1b2027",
    surface="#232a33",
    panel="#1f252d",
    line="#3a434e",
    text="#e8ecf1",
    quiet="#a9b4c0",
    accent="#7fb2ee",
    accent_soft="#2c3f57",
    on_accent="#10161d",
    red="#ff8a80",
    red_soft="#4a2725",
    amber="#f0b95a",
    amber_soft="#463719",
    green="#76d09b",
    green_soft="#1f4330",
    grey="#a3adb8",
    grey_soft="#343d47",
    violet="#c7a6f2",
    violet_soft="#3b2e4f",
)


class Theme(QObject):
    """The looks in force; every painter asks it at paint time.

    Signals:
        changed: palette or text size is another now.
    """

    changed = Signal()

    def __init__(
        self, application: QApplication, size: int = SIZES[0], *, dark: bool | None = None
    ) -> None:
        super().__init__(application)
        self._application = application
        self._size = size
        self._forced_dark = dark
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.apply)
        self.apply()

    @property
    def colours(self) -> Colours:
        """The palette in force."""
        return DARK if self.is_dark else LIGHT

    @property
    def is_dark(self) -> bool:
        """Whether the dark palette is in force: the system's choice, unless it was set."""
        if self._forced_dark is not None:
            return self._forced_dark
        return QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark

    @property
    def size(self) -> int:
        """The text size in pixels."""
        return self._size

    def set_size(self, size: int) -> None:
        """Choose a text size, one of `SIZES`."""
        self._size = size
        self.apply()

    def set_dark(self, dark: bool | None) -> None:
        """Choose the dark or the light palette; None follows the system."""
        self._forced_dark = dark
        self.apply()

    def apply(self) -> None:
        """Put palette, font and style sheet into force."""
        colours = self.colours
        font = QFont(self._application.font())
        font.setPixelSize(self._size)
        self._application.setFont(font)
        self._application.setPalette(_palette(colours))
        self._application.setStyleSheet(_style_sheet(colours, self._size))
        self.changed.emit()


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "window",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Base: "surface",
        QPalette.ColorRole.AlternateBase: "panel",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.Button: "surface",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipBase: "surface",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.PlaceholderText: "quiet",
        QPalette.ColorRole.Highlight: "accent_soft",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.Link: "accent",
    }
    for role, name in roles.items():
        palette.setColor(role, colours.of(name))
    disabled = QPalette.ColorGroup.Disabled
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(disabled, role, colours.of("grey"))
    return palette


def _style_sheet(colours: Colours, size: int) -> str:
    sheet = string.Template(resource("style/window.qss").read_text(encoding="utf-8"))
    names = {field.name: getattr(colours, field.name) for field in fields(colours)}
    names["arrow"] = resource("style/arrow.svg").as_posix()
    names["arrow_up"] = resource("style/arrow-up.svg").as_posix()
    shade = "dark" if colours is DARK else "light"
    names["check"] = resource(f"style/check-{shade}.svg").as_posix()
    return sheet.substitute(names, size=size, small=size - 2, control=size + 17, box=size)
