"""Reads every number of a pack back from its files, whatever they are written as."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import docx
import openpyxl

from tests.helpers.pages import read_pages

if TYPE_CHECKING:
    from pathlib import Path

_HEADING = "序号"
_FOOT = re.compile(r"—\d+—$")


def said(path: Path) -> str:
    """Return all that a file says above its table, or all of a letter, without blanks."""
    if path.suffix == ".pdf":
        pages = read_pages(path)
        held = pages if pages[0].rows == () else pages[:1]
        return "".join(_FOOT.sub("", page.above) for page in held)
    if path.suffix == ".docx":
        return _packed("".join(p.text for p in docx.Document(path).paragraphs))
    lines = []
    for row in openpyxl.load_workbook(path).active.iter_rows(values_only=True):
        if row[0] == _HEADING:
            break
        lines.append("".join(str(value) for value in row if value is not None))
    return _packed("".join(lines))


def rows(path: Path) -> list[tuple[str, ...]]:
    """Return the rows of a table below its headings, without blanks; continued ones left out."""
    if path.suffix == ".pdf":
        found = [tuple(cell.text for cell in row.cells) for p in read_pages(path) for row in p.rows]
    elif path.suffix == ".docx":
        (table,) = docx.Document(path).tables
        found = [tuple(_packed(cell.text) for cell in row.cells) for row in table.rows]
    else:
        sheet = openpyxl.load_workbook(path).active
        found = [
            tuple(_packed("" if value is None else str(value)) for value in row)
            for row in sheet.iter_rows(values_only=True)
        ]
        found = found[[row[0] for row in found].index(_HEADING) :]
    return [row for row in found if row[0] != _HEADING and any(row) and "（续）" not in row[0]]


def numbers(pattern: str, text: str) -> tuple[int, ...]:
    """Return the groups of the one place where a pattern stands."""
    found = re.findall(pattern, text)
    assert len(found) == 1, (pattern, text)
    return tuple(int(n) for n in ((found[0],) if isinstance(found[0], str) else found[0]))


def _packed(text: str) -> str:
    return "".join(text.split())
