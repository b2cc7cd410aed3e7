"""A printed page as texts and lines at places, whatever draws it; all measures in points."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """Where a line of text stands in its box."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"
    JUSTIFY = "both"


@dataclass(frozen=True, slots=True)
class TextBox:
    """A text in a box, upright in the middle.

    Attributes:
        x, y, width, height: the box, from the page's upper left corner.
        lines: the text broken by the widest of the fonts it may be drawn in: whatever stands in
            for a font, it needs no more lines. Line ends of the text's own end a line with “\\n”.
        size: of the font.
        pitch: from one line to the next.
        latin: the font of letters and digits; empty for the same as the rest.
        spacing: what is added behind each character.
        colour: `#rrggbb`; empty for black.
        marks: stretches of the lines joined that are underlined: where each starts and ends.
    """

    x: float
    y: float
    width: float
    height: float
    lines: tuple[str, ...]
    font: str
    size: float
    pitch: float
    align: Align = Align.LEFT
    latin: str = ""
    spacing: float = 0.0
    colour: str = ""
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """A line, thin and black if nothing else is said."""

    x1: float
    y1: float
    x2: float
    y2: float
    thick: float = 0.5
    colour: str = ""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A PNG that fills a box."""

    x: float
    y: float
    width: float
    height: float
    png: bytes


@dataclass(frozen=True, slots=True)
class PrintedPage:
    """One page."""

    width: float
    height: float
    boxes: tuple[TextBox, ...] = ()
    rules: tuple[Rule, ...] = ()
    pictures: tuple[PlacedPicture, ...] = ()
