"""The styles of a template: what a cell looks like, and looks that differ in one thing."""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.base.errors import UserError
from tracker.reports.template_package import parsed, tag, written

if TYPE_CHECKING:
    from tracker.reports.template_package import Parts

_STACKED = 255
"""The text rotation that stands for characters below each other."""
_TEXT_FORMATS = (0, 1, 49)
"""Number formats that show a whole number as it is: General, 0 and @."""
_HALF_WIDE = ("宋", "仿", "楷", "黑", "隶", "圆", "明", "Sim", "NSim", "Fang", "Kai", "Song", "Hei")
_DIGIT_SHARES = {"arial": 0.556, "verdana": 0.636, "tahoma": 0.546, "times new roman": 0.5}
_DIGIT_SHARE = 0.507
_BLACKS = ({"auto": "1"}, {"theme": "1"}, {"indexed": "8"}, {"indexed": "64"})
_WHITES = ({"theme": "0"}, {"indexed": "9"}, {"indexed": "65"})
_PIXELS_PER_POINT = 96 / 72


@dataclass(frozen=True, slots=True)
class CellStyle:
    """What a cell's style says about its text.

    Attributes:
        rotation: 0, degrees, or 255 for characters below each other.
        plain_number: a whole number is shown by its digits alone.
        fill: the number of its fill, 0 for none.
        color: of its letters; empty for black.
    """

    font: str
    size: float
    bold: bool
    align: str
    wraps: bool
    shrinks: bool
    indent: int
    rotation: int
    plain_number: bool
    border: int
    bordered: bool
    fill: int
    color: str

    @property
    def is_lit(self) -> bool:
        """Whether it has a fill, or letters that are not black."""
        return bool(self.fill or self.color)

    @property
    def is_stacked(self) -> bool:
        """Whether its characters stand below each other."""
        return self.rotation == _STACKED


class Styles:
    """The styles of a workbook; new ones are added behind those it has."""

    def __init__(self, parts: Parts, workbook: str) -> None:
        """Read them.

        Raises:
            UserError: the workbook has none.
        """
        found = parts.targets(workbook, "styles")
        if not found:
            raise UserError(
                f"“{parts.name}”没有格式信息，不能作模板", "", "请在 Excel 里打开并保存后再选"
            )
        self._parts, self._part = parts, found[0]
        self._root = parsed(parts.read(self._part))
        self._xfs = self._root.find(tag("cellXfs"))
        self._fonts = self._list("fonts")
        self._borders = self._list("borders")
        self._fills = self._list("fills")
        self._variants: dict[tuple[int, str], int] = {}
        self._looks: dict[int, CellStyle] = {}

    def _list(self, name: str) -> list[Any]:  # Any: elements of lxml
        found = self._root.find(tag(name))
        return [] if found is None else [each for each in found if isinstance(each.tag, str)]

    def _xf(self, style: int) -> Any:  # Any: an element of lxml
        xfs = [] if self._xfs is None else self._xfs.findall(tag("xf"))
        if not xfs:
            return None
        return xfs[style] if 0 <= style < len(xfs) else xfs[0]

    def look(self, style: int) -> CellStyle:
        """Return what a style says."""
        if style not in self._looks:
            self._looks[style] = self._read(style)
        return self._looks[style]

    def _read(self, style: int) -> CellStyle:
        xf = self._xf(style)
        given = {} if xf is None else xf.attrib
        found = None if xf is None else xf.find(tag("alignment"))
        alignment = {} if found is None else found.attrib
        number = int(given.get("fontId", "0"))
        name, size, bold = self._font(number)
        border = int(given.get("borderId", "0"))
        return CellStyle(
            font=name,
            size=size,
            bold=bold,
            align=alignment.get("horizontal", "general"),
            wraps=_is_on(alignment.get("wrapText", "0")),
            shrinks=_is_on(alignment.get("shrinkToFit", "0")),
            indent=int(alignment.get("indent", "0")),
            rotation=int(alignment.get("textRotation", "0")),
            plain_number=int(given.get("numFmtId", "0")) in _TEXT_FORMATS[:2],
            border=border,
            bordered=self._is_bordered(border),
            fill=self._fill(int(given.get("fillId", "0"))),
            color=self._color(number),
        )

    def _font(self, number: int) -> tuple[str, float, bool]:
        font = self._fonts[number] if number < len(self._fonts) else None
        if font is None:
            return "宋体", 11.0, False
        name, size, bold = (font.find(tag(each)) for each in ("name", "sz", "b"))
        return (
            "宋体" if name is None else name.get("val", "宋体"),
            11.0 if size is None else float(size.get("val", "11")),
            bold is not None and _is_on(bold.get("val", "1")),
        )

    def _fill(self, number: int) -> int:
        """Return the number of a fill that shows; 0 for one that does not."""
        found = self._fills[number] if number < len(self._fills) else None
        pattern = None if found is None else found.find(tag("patternFill"))
        if found is None or (pattern is None and not len(found)):
            return 0
        shown = pattern is None or pattern.get("patternType", "none") not in ("none", "gray125")
        white = (
            pattern is not None
            and (color := pattern.find(tag("fgColor"))) is not None
            and (color.get("rgb", "")[2:] == "FFFFFF" or dict(color.attrib) in _WHITES)
        )
        return number if shown and not white else 0

    def _color(self, number: int) -> str:
        found = self._fonts[number].find(tag("color")) if number < len(self._fonts) else None
        if found is None or found.get("rgb", "")[2:] == "000000" or dict(found.attrib) in _BLACKS:
            return ""
        return " ".join(f"{name}={value}" for name, value in sorted(found.attrib.items()))

    def _is_bordered(self, number: int) -> bool:
        if number >= len(self._borders):
            return False
        sides = self._borders[number]
        return any(side.get("style", "none") != "none" for side in sides)

    @property
    def normal(self) -> tuple[str, float]:
        """Return the font that column widths are counted in."""
        named = self._root.iterfind(f"{tag('cellStyles')}/{tag('cellStyle')}")
        place = next((int(x.get("xfId", "0")) for x in named if x.get("builtinId") == "0"), 0)
        styles = self._list("cellStyleXfs")
        number = int(styles[place].get("fontId", "0")) if place < len(styles) else 0
        name, size, _ = self._font(number)
        return name, size

    def wrapping(self, style: int) -> int:
        """Return the style that differs from `style` by breaking lines and not shrinking."""
        look = self.look(style)
        if look.wraps and not look.shrinks:
            return style

        def change(xf: Any) -> None:  # Any: an element of lxml
            alignment = _alignment(xf)
            alignment.set("wrapText", "1")
            alignment.attrib.pop("shrinkToFit", None)
            if alignment.get("horizontal") == "fill":
                alignment.set("horizontal", "left")

        return self._variant(style, "wraps", change)

    def quoted(self, style: int) -> int:
        """Return the style that differs from `style` by the mark of a text."""
        return self._variant(style, "quoted", lambda xf: xf.set("quotePrefix", "1"))

    def body_of_heading(self, style: int) -> int:
        """Return the style of cells below a heading: its borders and font, neither bold nor lit."""

        def change(xf: Any) -> None:  # Any: an element of lxml
            xf.set("fontId", str(self._font_without(int(xf.get("fontId", "0")), "b")))
            xf.set("fillId", "0")
            alignment = _alignment(xf)
            alignment.set("wrapText", "1")
            alignment.set("vertical", "center")
            alignment.attrib.pop("textRotation", None)

        return self._variant(style, "body", change)

    def unlit(self, style: int) -> int:
        """Return the style that differs from `style` by having no fill and black letters."""
        if not self.look(style).is_lit:
            return style

        def change(xf: Any) -> None:  # Any: an element of lxml
            xf.set("fillId", "0")
            xf.set("fontId", str(self._font_without(int(xf.get("fontId", "0")), "color")))

        return self._variant(style, "unlit", change)

    def _font_without(self, number: int, name: str) -> int:
        """Return the number of a font that lacks one of its marks."""
        fonts = self._root.find(tag("fonts"))
        mark = None if number >= len(self._fonts) else self._fonts[number].find(tag(name))
        if fonts is None or mark is None:
            return number
        font = copy.deepcopy(self._fonts[number])
        font.remove(font.find(tag(name)))
        fonts.append(font)
        self._fonts.append(font)
        fonts.set("count", str(len(self._fonts)))
        return len(self._fonts) - 1

    def _variant(self, style: int, kind: str, change: Any) -> int:  # Any: takes an lxml element
        known = self._variants.get((style, kind))
        if known is not None:
            return known
        xf = copy.deepcopy(self._xf(style))
        change(xf)
        self._xfs.append(xf)
        number = len(self._xfs.findall(tag("xf"))) - 1
        self._xfs.set("count", str(number + 1))
        self._variants[style, kind] = number
        return number

    def store(self) -> None:
        """Put the styles back into the package where some were added."""
        if self._variants:
            self._parts.write(self._part, written(self._root))


def _alignment(xf: Any) -> Any:  # Any: elements of lxml
    """Return the alignment of a style, a new one in its right place where it has none."""
    found = xf.find(tag("alignment"))
    if found is None:
        from lxml import etree

        found = etree.Element(tag("alignment"))
        xf.insert(0, found)
    xf.set("applyAlignment", "1")
    return found


def _is_on(value: str) -> bool:
    return value in ("1", "true", "on")


def digit_pixels(font: str, size: float) -> int:
    """Return how wide Excel takes a digit of a workbook's normal font to be, in pixels."""
    if any(font.startswith(begin) or begin in font[:4] for begin in _HALF_WIDE):
        return math.ceil(round(size * _PIXELS_PER_POINT) / 2)
    share = _DIGIT_SHARES.get(font.lower(), _DIGIT_SHARE)
    if font in ("等线", "DengXian", "微软雅黑", "Microsoft YaHei"):
        share = 0.54
    return max(1, round(size * _PIXELS_PER_POINT * share))


def column_pixels(width: float, digit: int) -> int:
    """Return how wide Excel draws a column of `width` characters."""
    return int((256 * width + int(128 / digit)) / 256 * digit)
