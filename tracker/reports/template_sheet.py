"""The sheet of a template as it stands: rows, cells, widths, page set-up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.files.sheet import column_letters, column_number
from tracker.reports.looks import POINTS_PER_MM
from tracker.reports.template_package import RELATIONS, main_part, parsed, tag
from tracker.reports.template_refs import Area
from tracker.reports.template_styles import Styles, column_pixels, digit_pixels
from tracker.reports.template_value import TemplatePage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.reports.template_package import Parts

_PLACE = re.compile(r"([A-Z]{1,3})(\d+)")
_POINTS_PER_INCH = 72.0
_A4 = 9
PAPERS = {
    1: (215.9, 279.4),
    5: (215.9, 355.6),
    8: (297.0, 420.0),
    9: (210.0, 297.0),
    11: (148.0, 210.0),
    12: (257.0, 364.0),
    13: (182.0, 257.0),
}
"""Excel's number of a paper: its width and height in millimetres."""
_MARGINS = {
    "left": 0.7,
    "right": 0.7,
    "top": 0.75,
    "bottom": 0.75,
    "header": 0.3,
    "footer": 0.3,
}
_DEFAULT_HEIGHT = 15.0


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook's list of sheets.

    Attributes:
        part: the part that lists them.
        root: its XML.
        sheets: name and part of each, in order; charts have their part as well.
    """

    part: str
    root: Any  # an element of lxml
    sheets: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, parts: Parts) -> Book:
        """Read the list."""
        part = main_part(parts)
        root = parsed(parts.read(part))
        targets = {link.id: link.target for link in parts.relations(part)}
        listed = root.find(tag("sheets"))
        sheets = tuple(
            (each.get("name", ""), targets.get(each.get(f"{{{RELATIONS}}}id", ""), ""))
            for each in listed
        )
        return cls(part, root, sheets)

    def part_of(self, sheet: str) -> str:
        """Return the part of a sheet."""
        return next(part for name, part in self.sheets if name == sheet)

    def index(self, sheet: str) -> int:
        """Return the place of a sheet among the others, from 0."""
        return next(at for at, (name, _) in enumerate(self.sheets) if name == sheet)


class SheetView:
    """Reads one sheet's XML."""

    def __init__(self, root: Any, styles: Styles, strings: list[Any]) -> None:  # Any: of lxml
        """Take the sheet, the workbook's styles and its shared strings (elements)."""
        self.root, self.styles, self.strings = root, styles, strings
        self.digit = digit_pixels(*styles.normal)
        data = root.find(tag("sheetData"))
        self.rows: dict[int, Any] = {}  # Any: elements of lxml
        number = 0
        for row in () if data is None else data.iterchildren(tag("row")):
            number = int(row.get("r", number + 1))
            self.rows[number] = row
        self._columns = self._read_columns()
        self._format = root.find(tag("sheetFormatPr"))

    def _read_columns(self) -> list[tuple[int, int, Any]]:  # Any: elements of lxml
        found = self.root.find(tag("cols"))
        return [
            (int(each.get("min", "1")), int(each.get("max", "1")), each)
            for each in (() if found is None else found.iterchildren(tag("col")))
        ]

    def _column(self, index: int) -> Any:  # Any: an element of lxml
        return next((c for first, last, c in self._columns if first <= index <= last), None)

    def cells(self, row: int) -> Iterator[tuple[int, Any]]:  # Any: elements of lxml
        """Yield the cells of a row with their columns."""
        found = self.rows.get(row)
        column = 0
        for cell in () if found is None else found.iterchildren(tag("c")):
            place = _PLACE.match(cell.get("r", ""))
            column = column_number(place.group(1)) if place else column + 1
            yield column, cell

    def styles_of(self, row: int) -> dict[int, int]:
        """Return the style of each cell of a row."""
        return {column: int(cell.get("s", "0")) for column, cell in self.cells(row)}

    def column_style(self, column: int) -> int:
        """Return the style of a whole column; 0 for none."""
        found = self._column(column)
        return 0 if found is None else int(found.get("style", "0"))

    def pixels(self, column: int) -> int:
        """Return how wide Excel draws a column; 0 for a hidden one."""
        found = self._column(column)
        if found is not None and found.get("hidden") in ("1", "true"):
            return 0
        if found is not None and found.get("width"):
            return column_pixels(float(found.get("width")), self.digit)
        given = None if self._format is None else self._format.get("defaultColWidth")
        if given:
            return column_pixels(float(given), self.digit)
        base = 8 if self._format is None else int(self._format.get("baseColWidth", "8"))
        return -(-(base * self.digit + 5) // 8) * 8

    def height(self, row: int) -> float:
        """Return the height of a row in points; 0 for a hidden one."""
        found = self.rows.get(row)
        if found is not None and found.get("hidden") in ("1", "true"):
            return 0.0
        if found is not None and found.get("ht"):
            return float(found.get("ht"))
        given = None if self._format is None else self._format.get("defaultRowHeight")
        return float(given) if given else _DEFAULT_HEIGHT

    def merges(self) -> list[Area]:
        """Return the merged areas."""
        found = self.root.find(tag("mergeCells"))
        areas = [] if found is None else [Area.read(each.get("ref", "")) for each in found]
        return [area for area in areas if area is not None]

    def text_element(self, cell: Any) -> Any:  # Any: elements of lxml
        """Return the element that holds a cell's text in runs; None where it has none."""
        kind, value = cell.get("t", "n"), cell.find(tag("v"))
        if kind == "s" and value is not None and value.text and value.text.isdecimal():
            number = int(value.text)
            return self.strings[number] if number < len(self.strings) else None
        return cell.find(tag("is")) if kind == "inlineStr" else None

    def text(self, cell: Any) -> str:  # Any: an element of lxml
        """Return the text or the value of a cell."""
        held = self.text_element(cell)
        if held is not None:
            return "".join(each.text or "" for each in text_runs(held))
        value = cell.find(tag("v"))
        return "" if value is None else value.text or ""

    def page(self, columns: float) -> TemplatePage:
        """Return the page set-up; `columns` is the width of what is printed, in points."""
        setup, margins = self.root.find(tag("pageSetup")), self.root.find(tag("pageMargins"))
        given = {} if setup is None else dict(setup.attrib)
        inches = {
            side: float(default if margins is None else margins.get(side, default))
            for side, default in _MARGINS.items()
        }
        paper = int(given.get("paperSize", _A4))
        width, height = (mm * POINTS_PER_MM for mm in PAPERS.get(paper, PAPERS[_A4]))
        landscape = given.get("orientation") == "landscape"
        if landscape:
            width, height = height, width
        points = {side: value * _POINTS_PER_INCH for side, value in inches.items()}
        room = width - points["left"] - points["right"]
        fits = self._fits_page()
        scale = int(given.get("scale", "100")) / 100
        if fits:
            across = given.get("fitToWidth", "1") != "0"
            scale = min(1.0, int(100 * room / columns) / 100) if across and columns else 1.0
        high = fits and given.get("fitToHeight", "1") == "1"
        return TemplatePage(
            paper, landscape, width, height, **points, scale=scale or 1.0, one_page_high=high
        )

    def _fits_page(self) -> bool:
        found = self.root.find(f"{tag('sheetPr')}/{tag('pageSetUpPr')}")
        return found is not None and found.get("fitToPage") in ("1", "true")


def text_runs(held: Any) -> list[Any]:  # Any: elements of lxml
    """Return the elements whose texts make up a string, without the readings above it."""
    return [each for each in held.iter(tag("t")) if each.getparent().tag != tag("rPh")]


def shared_strings(parts: Parts, book: Book) -> tuple[str, Any]:  # Any: an element of lxml
    """Return the part of the shared strings with its XML; none: an empty name."""
    found = parts.targets(book.part, "sharedStrings")
    return (found[0], parsed(parts.read(found[0]))) if found else ("", None)


def string_list(root: Any) -> list[Any]:  # Any: elements of lxml
    """Return the strings of the part."""
    return [] if root is None else list(root.iterchildren(tag("si")))


def place(column: int, row: int) -> str:
    """Return the reference of a cell."""
    return f"{column_letters(column)}{row}"
