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
    """What is drawn inside one cell: its text without white space, and on how many lines."""

    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """One row of the grid on one page; heights in points of the paper.

    Attributes:
        pitch: the distance of two lines, 0 where no cell holds two.
        over: characters drawn over the upper or lower border: cut by a printer.
    """

    cells: tuple[DrawnCell, ...]
    height: float
    pitch: float
    over: str


@dataclass(frozen=True, slots=True)
class DrawnPage:
    """One page: the grid, and the text above and below it without white space."""

    rows: tuple[DrawnRow, ...]
    above: str
    below: str
    width: float
    height: float
    left: float
    right: float


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
    rows, columns = _grid(page)
    chars = _chars(page)
    width, height = page.get_size()
    if len(rows) < 2 or len(columns) < 2:
        return DrawnPage((), _joined(chars), "", width, height, 0.0, width)
    above = [char for char in chars if _middle(char) > rows[0]]
    below = [char for char in chars if _middle(char) < rows[-1]]
    drawn = [
        _row([char for char in chars if bottom <= _middle(char) <= top], top, bottom, columns)
        for top, bottom in itertools.pairwise(rows)
    ]
    return DrawnPage(
        tuple(drawn), _joined(above), _joined(below), width, height, columns[0], columns[-1]
    )


def _row(chars: list[_Char], top: float, bottom: float, columns: list[float]) -> DrawnRow:
    cells, pitch = [], 0.0
    for left, right in itertools.pairwise(columns):
        lines = _lines([c for c in chars if left <= (c.left + c.right) / 2 < right])
        cells.append(DrawnCell("".join(c.text for line in lines for c in line), len(lines)))
        baselines = [line[0].baseline for line in lines]
        steps = [upper - lower for upper, lower in itertools.pairwise(baselines)]
        pitch = max([pitch, *([min(steps)] if steps else [])])
    over = [c.text for c in chars if c.top > top + _SLACK or c.bottom < bottom - _SLACK]
    return DrawnRow(tuple(cells), top - bottom, pitch, "".join(over))


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


def _grid(page) -> tuple[list[float], list[float]]:
    """Return the heights of the horizontal borders, from the top, and the vertical ones' places."""
    import pypdfium2.raw as raw

    across, down = [], []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        left, bottom, right, top = drawn.get_bounds()
        if top - bottom < _THIN < right - left:
            across.append((top + bottom) / 2)
        elif right - left < _THIN < top - bottom:
            down.append((left + right) / 2)
    return _distinct(across)[::-1], _distinct(down)


def _distinct(places: list[float]) -> list[float]:
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
