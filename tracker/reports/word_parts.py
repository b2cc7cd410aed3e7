"""Pieces of WordprocessingML that every document of ours is made of."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.text.printable import printable

if TYPE_CHECKING:
    from docx.oxml.xmlchemy import BaseOxmlElement

LATIN = "Times New Roman"
"""The font of digits and Latin letters."""
TWIPS = 20
"""Twentieths of a point, in which Word counts widths."""
SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def field_run(name: str, look: str) -> str:
    """Return a field that Word fills in: the page's number, the number of pages."""
    return (
        f'<w:r>{look}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{look}<w:instrText xml:space="preserve"> {name} </w:instrText></w:r>'
        f'<w:r>{look}<w:fldChar w:fldCharType="separate"/></w:r>'
        f"<w:r>{look}<w:t>1</w:t></w:r>"
        f'<w:r>{look}<w:fldChar w:fldCharType="end"/></w:r>'
    )


def run_look(
    font: str, size: float, latin: str = LATIN, *, colour: str = "", spacing: float = 0.0
) -> str:
    """Return the properties of a run.

    Args:
        font, latin: its fonts.
        size: its size in points.
        colour: RRGGBB; empty for the reader's own.
        spacing: what is added between two characters, in points.
    """
    names = " ".join(f'w:{script}="{escape(name)}"' for script, name in script_fonts(font, latin))
    half = round(size * 2)
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    apart = f'<w:spacing w:val="{round(spacing * TWIPS)}"/>' if spacing else ""
    sizes = f'<w:sz w:val="{half}"/><w:szCs w:val="{half}"/>'
    # Without the hint Word prints “ ” and — in the narrow Latin font.
    fonts = f'<w:rFonts w:hint="eastAsia" {names}/>'
    return f"<w:rPr>{fonts}{ink}{apart}{sizes}</w:rPr>"


def script_fonts(font: str, latin: str = LATIN) -> tuple[tuple[str, str], ...]:
    """Return the font of each script."""
    return (("ascii", latin), ("hAnsi", latin), ("eastAsia", font), ("cs", latin))


def inner(escaped: str) -> str:
    """Return the runs' inside for an escaped text: words, tabs and line ends."""
    pieces = re.split(r"([\n\t])", escaped)
    marks = {"\n": "<w:br/>", "\t": "<w:tab/>"}
    return "".join(
        marks.get(piece) or f'<w:t xml:space="preserve">{piece}</w:t>' for piece in pieces if piece
    )


def element(xml: str) -> BaseOxmlElement:
    """Return the element that `xml` says, for python-docx to take in."""
    from docx.oxml import parse_xml

    return parse_xml(re.sub(r"^<(w:\w+)", rf'<\1 xmlns:w="{SPACE}"', xml, count=1))


class CleanTexts:
    """Takes out what a document cannot hold, and counts it."""

    def __init__(self) -> None:
        self._gone = 0

    def clean(self, text: str) -> str:
        """Return `text` without characters that XML forbids."""
        kept, gone = printable(text)
        self._gone += gone
        return kept

    def warnings(self) -> tuple[str, ...]:
        """Say what was left out."""
        return (f"有{self._gone}个文档不能保存的控制字符，已略去",) if self._gone else ()
