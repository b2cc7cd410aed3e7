"""How the chart looks under the theme of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.printing.looks import Look

if TYPE_CHECKING:
    from tracker.ui.theme import Theme


def look_of(theme: Theme) -> Look:
    """Return how the chart looks under the theme in force."""
    colours = theme.colours
    return Look(
        surface=colours.surface,
        panel=colours.panel,
        shade=colours.window,
        line=colours.line,
        text=colours.text,
        quiet=colours.quiet,
        accent=colours.accent,
        accent_soft=colours.accent_soft,
        on_accent=colours.on_accent,
        alarm=colours.red,
        dark=theme.is_dark,
        hatched=False,
        size=theme.size,
    )
