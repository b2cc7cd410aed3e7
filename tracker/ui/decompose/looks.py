"""How marked words look: a ground and an underline for each kind, so that colour is never alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QTextCharFormat

from tracker.domain.terms import Role
from tracker.ui.decompose.marks import DEADLINE, DOUBT, FIGURE, NUMBER, PERSONS

if TYPE_CHECKING:
    from tracker.ui.theme import Colours

_Line = QTextCharFormat.UnderlineStyle


class Look(NamedTuple):
    """A look by names of the palette; an empty name is none."""

    ground: str
    ink: str
    line: _Line


LOOKS = {
    Role.LEAD.value: Look("accent_soft", "accent", _Line.SingleUnderline),
    Role.COOPERATING.value: Look("green_soft", "green", _Line.DashUnderline),
    Role.RESPONSIBLE.value: Look("grey_soft", "grey", _Line.DotLine),
    Role.GUIDING.value: Look("", "grey", _Line.DotLine),
    PERSONS: Look("violet_soft", "violet", _Line.DashDotLine),
    DEADLINE: Look("amber_soft", "amber", _Line.DashDotDotLine),
    DOUBT: Look("red_soft", "red", _Line.WaveUnderline),
    NUMBER: Look("", "accent", _Line.NoUnderline),
    FIGURE: Look("", "text", _Line.SingleUnderline),
}


def format_of(kind: str, colours: Colours) -> QTextCharFormat:
    """Return the look of a kind of mark in a palette."""
    look = LOOKS[kind]
    looks = QTextCharFormat()
    if look.ground:
        looks.setBackground(colours.of(look.ground))
    if kind == NUMBER:
        looks.setForeground(colours.of(look.ink))
    looks.setUnderlineStyle(look.line)
    looks.setUnderlineColor(colours.of(look.ink))
    return looks
