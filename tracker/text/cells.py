"""Cells copied from a sheet as plain text: tabs between cells, line ends between rows."""

from __future__ import annotations

_QUOTE = '"'


def cells_of(text: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a copied range.

    A cell in quotation marks keeps its line ends and tabs, as Excel and WPS write it; a quotation
    mark that nothing closes before the end of a cell is the cell's own.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    at = 0
    while True:
        cell, at = _cell(text, at)
        cells.append(cell)
        if at < len(text) and text[at] == "\t":
            at += 1
            continue
        rows.append(tuple(cells))
        if at >= len(text):
            return tuple(rows)
        cells, at = [], at + 1


def _cell(text: str, at: int) -> tuple[str, int]:
    """Return the cell that begins at `at`, and where it ends."""
    if text[at : at + 1] == _QUOTE:
        end = at + 1
        while (end := text.find(_QUOTE, end)) >= 0:
            if text[end + 1 : end + 2] != _QUOTE:
                break
            end += 2
        if end >= 0 and text[end + 1 : end + 2] in {"", "\t", "\n"}:
            return text[at + 1 : end].replace(_QUOTE * 2, _QUOTE), end + 1
    ends = [place for sign in "\t\n" if (place := text.find(sign, at)) >= 0]
    end = min(ends, default=len(text))
    return text[at:end], end
