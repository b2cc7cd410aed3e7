"""Reads printed pages as an independent program draws them.

LibreOffice turns workbooks into PDF; each character is then put into the cell of the table grid
in whose borders it is drawn. What is cut off is missing from its cell or lies over its border.
"""

from __future__ import annotations

import ctypes
import importlib.util
import itertools
import os
import shutil
import subprocess
from bisect import bisect_right
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FONTS = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>{fonts}</dir>
  <cachedir>{cache}</cachedir>
</fontconfig>
"""
_THIN = 2.0
_SLACK = 0.6
_DIGITS = 20


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """What is drawn inside one cell: its text without white space, and on how many lines.

    A cell over several `rows` holds its text in the first; it is empty in the others.
    """

    text: str
    lines: int
    rows: int = 1


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One row of the grid on one page; heights in points of the paper.

    Attributes:
        pitch: the distance of two lines, 0 where no cell holds two.
        over: characters drawn over a border of their cell: cut by a printer.
    """

    cells: tuple[DrawnCell, ...]
    height: float
    pitch: float
    over: str


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page: the grid, and the text above and below it without white space.

    Attributes:
        left, right, top, bottom: the outer borders, from the page's upper left corner.
    """

    rows: tuple[DrawnRow, ...]
    above: str
    below: str
    width: float
    height: float
    left: float
    right: float
    top: float
    bottom: float


def need_office() -> str:
    """Return the LibreOffice program; skip the test where there is none."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice (soffice) is not installed")
    return program


def to_pdf(files: Sequence[Path], folder: Path) -> list[Path]:
    """Convert all `files` by one run of LibreOffice into `folder`; return the PDFs in order."""
    program = need_office()
    folder.mkdir(parents=True, exist_ok=True)
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        *map(str, files),
    ]
    environment = os.environ | {"FONTCONFIG_FILE": str(_font_settings(folder))}
    subprocess.run(command, check=True, env=environment, capture_output=True, timeout=900)
    results = [folder / f"{file.stem}.pdf" for file in files]
    assert all(result.exists() for result in results)
    return results


def digit_pixels(font: str, size: float, folder: Path) -> float:
    """Return how wide LibreOffice takes a digit of the workbook's normal font to be.

    It counts column widths in digits of whatever font stands in for the named one here.
    """
    import openpyxl
    from openpyxl.styles import Border, Font, Side

    book = openpyxl.Workbook()
    book._named_styles["Normal"].font = Font(name=font, size=size)
    line = Side(style="thin")
    cell = book.active["A1"]
    cell.value = "1"
    cell.border = Border(left=line, right=line, top=line, bottom=line)
    book.active.column_dimensions["A"].width = _DIGITS
    file = folder / "digits.xlsx"
    book.save(file)
    (pdf,) = to_pdf([file], folder / "digits")
    (page,) = read_pages(pdf)
    return (page.right - page.left) * 96 / 72 / _DIGITS


def _font_settings(folder: Path) -> Path:
    """Write settings that add a Chinese font where the machine has none."""
    found = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    if found is None or found.origin is None:
        pytest.skip("no Chinese font: the package pylopdf-fonts-zh-cn is not installed")
    settings = folder / "fonts.conf"
    fonts = Path(found.origin).parent
    settings.write_text(_FONTS.format(fonts=fonts, cache=folder / "cache"), encoding="utf-8")
    return settings


@dataclass(frozen=True, slots=True)
class _Char:
    text: str
    left: float
    right: float
    bottom: float
    top: float
    baseline: float


def read_pages(pdf: Path) -> list[DrawnPage]:
    """Return what is drawn on each page of `pdf`."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [_page(document[index]) for index in range(len(document))]
    finally:
        document.close()


def _page(page) -> DrawnPage:
    grid = _grid(page)
    chars = _chars(page)
    width, height = page.get_size()
    if len(grid.across) < 2 or len(grid.down) < 2:
        return DrawnPage((), _joined(chars), "", width, height, 0.0, width, 0.0, 0.0)
    highest, lowest = grid.across[0], grid.across[-1]
    above = [char for char in chars if _middle(char) > highest]
    below = [char for char in chars if _middle(char) < lowest]
    return DrawnPage(
        _rows([char for char in chars if lowest <= _middle(char) <= highest], grid),
        _joined(above),
        _joined(below),
        width,
        height,
        grid.down[0],
        grid.down[-1],
        height - highest,
        height - lowest,
    )


def _rows(chars: list[_Char], grid: _Grid) -> tuple[DrawnRow, ...]:
    """Put every character into the cell that it is drawn in."""
    held: dict[tuple[int, int], list[_Char]] = {}
    for char in chars:
        row = bisect_right(grid.across, -_middle(char), key=lambda y: -y) - 1
        column = bisect_right(grid.down, (char.left + char.right) / 2) - 1
        if 0 <= row < len(grid.across) - 1 and 0 <= column < len(grid.down) - 1:
            held.setdefault(grid.cell_at[row, column], []).append(char)
    return tuple(_row(row, held, grid) for row in range(len(grid.across) - 1))


def _row(row: int, held: dict[tuple[int, int], list[_Char]], grid: _Grid) -> DrawnRow:
    cells, pitch, over = [], 0.0, ""
    for column in range(len(grid.down) - 1):
        place = grid.cell_at[row, column]
        if place[1] != column:
            continue
        if place[0] != row:
            cells.append(DrawnCell("", 0))
            continue
        rows, columns = grid.reach[place]
        lines = _lines(held.get(place, ()))
        cells.append(DrawnCell("".join(c.text for line in lines for c in line), len(lines), rows))
        if rows == 1:
            steps = [a[0].baseline - b[0].baseline for a, b in itertools.pairwise(lines)]
            pitch = max([pitch, *([min(steps)] if steps else [])])
        top, bottom = grid.across[row], grid.across[row + rows]
        left, right = grid.down[column], grid.down[column + columns]
        over += "".join(
            c.text
            for line in lines
            for c in line
            if c.top > top + _SLACK
            or c.bottom < bottom - _SLACK
            or c.left < left - _SLACK
            or c.right > right + _SLACK
        )
    return DrawnRow(tuple(cells), grid.across[row] - grid.across[row + 1], pitch, over)


def _lines(chars: Iterable[_Char]) -> list[list[_Char]]:
    lines: list[list[_Char]] = []
    for char in sorted(chars, key=lambda c: -c.baseline):
        if lines and lines[-1][0].baseline - char.baseline < (char.right - char.left + 4) / 4:
            lines[-1].append(char)
        else:
            lines.append([char])
    return [sorted(line, key=lambda c: c.left) for line in lines]


def _joined(chars: list[_Char]) -> str:
    return "".join(char.text for line in _lines(chars) for char in line)


def _middle(char: _Char) -> float:
    return (char.top + char.bottom) / 2


@dataclass(frozen=True, slots=True)
class _Grid:
    """The borders of a page.

    Attributes:
        across: the heights of the horizontal borders, from the top.
        down: the places of the vertical ones, from the left.
        cell_at: by row and column between two borders, where the cell around them begins.
        reach: by a cell's beginning, over how many rows and columns it goes.
    """

    across: list[float]
    down: list[float]
    cell_at: dict[tuple[int, int], tuple[int, int]]
    reach: dict[tuple[int, int], tuple[int, int]]


def _grid(page) -> _Grid:
    """Return the borders of the page: a line under a word touches no upright one."""
    import pypdfium2.raw as raw

    flat, upright = [], []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = drawn.get_bounds()
        if top - bottom < _THIN < right - left:
            flat.append(((top + bottom) / 2, left, right))
        elif right - left < _THIN < top - bottom:
            upright.append(((left + right) / 2, bottom, top))
    down = _distinct(place for place, _, _ in upright)
    flat = [line for line in flat if _at(down, line[1]) and _at(down, line[2])]
    across = _distinct(place for place, _, _ in flat)[::-1]
    cell_at = _cells(across, down, _shut(flat, across), _shut(upright, down))
    reach: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), (first, left) in cell_at.items():
        rows, columns = reach.get((first, left), (1, 1))
        reach[first, left] = (max(rows, row - first + 1), max(columns, column - left + 1))
    return _Grid(across, down, cell_at, reach)


def _shut(
    lines: list[tuple[float, float, float]], places: list[float]
) -> dict[float, list[tuple[float, float]]]:
    """Return which stretches of each border are drawn."""
    drawn: dict[float, list[tuple[float, float]]] = {}
    for place, start, end in lines:
        nearest = min(places, key=lambda each: abs(each - place))
        drawn.setdefault(nearest, []).append((start, end))
    return drawn


def _cells(across, down, flat, upright) -> dict[tuple[int, int], tuple[int, int]]:
    """Return the cell around each place between borders: no line stands inside a cell."""

    def is_drawn(stretches, middle: float) -> bool:
        return any(start <= middle <= end for start, end in stretches)

    cell_at: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(across) - 1):
        height = (across[row] + across[row + 1]) / 2
        for column in range(len(down) - 1):
            middle = (down[column] + down[column + 1]) / 2
            if column and not is_drawn(upright.get(down[column], ()), height):
                cell_at[row, column] = cell_at[row, column - 1]
            elif row and not is_drawn(flat.get(across[row], ()), middle):
                cell_at[row, column] = cell_at[row - 1, column]
            else:
                cell_at[row, column] = (row, column)
    return cell_at


def _at(places: list[float], place: float) -> bool:
    return any(abs(each - place) < _THIN for each in places)


def _distinct(places: Iterable[float]) -> list[float]:
    kept: list[float] = []
    for place in sorted(places):
        if not kept or place - kept[-1] > _THIN:
            kept.append(place)
    return kept


def _chars(page) -> list[_Char]:
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    chars: list[_Char] = []
    x, y = ctypes.c_double(), ctypes.c_double()
    half = 0
    for index in range(textpage.count_chars()):
        code = raw.FPDFText_GetUnicode(textpage, index)
        if 0xD800 <= code < 0xDC00:
            half = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + code - 0xDC00
        # PDFium reads a hyphen at the end of a line as U+0002
        text = "-" if code == 2 else chr(code)
        if text.isspace() or raw.FPDFText_IsGenerated(textpage, index) == 1:
            continue
        left, bottom, right, top = textpage.get_charbox(index)
        raw.FPDFText_GetCharOrigin(textpage, index, x, y)
        chars.append(_Char(text, left, right, bottom, top, y.value))
    return chars


@dataclass(frozen=True, slots=True)
class DrawnLine:
    """One line of text on a page: its words without white space, and where it stands in points."""

    text: str
    left: float
    right: float
    baseline: float


def read_lines(pdf: Path) -> list[list[DrawnLine]]:
    """Return the lines of each page from the top, page numbers among them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [
            [
                DrawnLine(
                    "".join(char.text for char in line),
                    line[0].left,
                    line[-1].right,
                    line[0].baseline,
                )
                for line in _lines(_chars(document[index]))
            ]
            for index in range(len(document))
        ]
    finally:
        document.close()
