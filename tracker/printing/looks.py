"""How a drawing looks: colours, font, size; one value for the screen, one for paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QColor, QFont, QGuiApplication

if TYPE_CHECKING:
    from tracker.domain.light_rules import Light


@dataclass(frozen=True, slots=True)
class Look:
    """Colours as `#rrggbb` and the text size in pixels.

    Attributes:
        dark: lights take their colour for a dark ground.
        hatched: bars are hatched by light, so that they differ in black and white.
        family: the font; empty for the application's own.
    """

    surface: str = "#ffffff"
    panel: str = "#f3f5f7"
    shade: str = "#eef1f4"
    line: str = "#d5dbe1"
    text: str = "#1d252e"
    quiet: str = "#5b6570"
    accent: str = "#1f5fa8"
    accent_soft: str = "#e6effa"
    on_accent: str = "#ffffff"
    alarm: str = "#c2271f"
    dark: bool = False
    hatched: bool = True
    size: float = 13
    family: str = ""

    def light(self, light: Light) -> QColor:
        """Return the colour of a light on this ground."""
        return QColor(light.on_dark if self.dark else light.on_light)

    def font(self, factor: float = 1.0, *, bold: bool = False) -> QFont:
        """Return the font, `factor` times as large as plain text."""
        font = QFont(self.family) if self.family else QFont(QGuiApplication.font())
        font.setPixelSize(max(1, round(self.size * factor)))
        font.setBold(bold)
        if self.hatched:  # paper: letters keep their widths under any scale
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font


PAPER_LOOK = Look()
"""Black on white, readable without colour."""
