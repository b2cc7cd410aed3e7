"""Text → grid: lines cut at tabs, comma-separated values, Markdown tables."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

from tracker.files.grid import EMPTY, Cell, Grid

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_SEPARATORS = (",", ";", "\t")
_PLAIN_CSV_COLUMNS = 3
_SNIFFED_CHARACTERS = 200_000
_RULE = re.compile(r"\s*\|?(\s*:?-+:?\s*\|)+(\s*:?-+:?\s*)?$")
_BAR = re.compile(r"(?<!\\)\|")
_PROSE = re.compile(r"[。；，：！？]|.{21}", re.DOTALL)
_DECLARED = re.compile(r"sep=(.)\n")


def text_grid(text: str) -> Grid:
    """Return one row a line, cells cut at tabs.

    Excel's clipboard wraps a cell that holds line breaks in quotes; that is undone. Any other
    quote is a character of the text.
    """
    if "\t" in text:
        return grid_of("", cut(text, "\t", keep_plain_quotes=True))
    lines = text.split("\n")
    tables = _markdown_rows(lines)
    rows = ((number, tables.get(number, [line])) for number, line in enumerate(lines, 1))
    return grid_of("", ((number, cells) for number, cells in rows if cells is not None))


def csv_grid(text: str, separator: str) -> Grid:
    """Return the records of a comma-separated text; quoted cells may hold line breaks."""
    declared = _DECLARED.match(text)
    if declared:
        return grid_of("", cut(text[declared.end() :], separator, first=2))
    return grid_of("", cut(text, separator))


def csv_separator(text: str, suffix: str) -> str | None:
    """Return the sign that separates the cells, or None where the text is no such table.

    Args:
        text: the text with `\\n` line ends.
        suffix: the file's ending; `.csv` and `.tsv` decide where the content leaves a doubt.
    """
    ending = suffix.lower()
    if ending not in (".csv", ".tsv"):
        return "," if "\t" not in text and _is_plainly_csv(text) else None
    declared = _DECLARED.match(text)
    if declared:
        return declared[1]
    wanted = "\t" if ending == ".tsv" else ","
    order = sorted(_SEPARATORS, key=lambda sign: sign != wanted)
    return max(order, key=lambda sign: _agreement(text, sign))


def cut(
    text: str, separator: str, *, first: int = 1, keep_plain_quotes: bool = False
) -> list[tuple[int, list[str]]]:
    """Return the rows of `text`, each with the number of its first line.

    A quote that opens a cell counts only where its partner stands at the end of a cell; otherwise
    it is a character like any other, so that no character is lost.

    Args:
        text: the text with `\\n` line ends.
        separator: what stands between cells.
        first: the number of the first line.
        keep_plain_quotes: leave the quotes on where nothing in the cell calls for them.
    """
    sign = re.escape(separator)
    quoted = re.compile(rf'"((?:[^"]++|"")*+)"(?=[{sign}\n]|\Z)')
    plain = re.compile(rf"[^{sign}\n]*")
    rows: list[tuple[int, list[str]]] = []
    cells: list[str] = []
    position, number, started = 0, first, first
    while True:
        found = quoted.match(text, position) if text.startswith('"', position) else None
        if found and (not keep_plain_quotes or _calls_for_quotes(found[1], separator)):
            cells.append(found[1].replace('""', '"'))
            number += found[1].count("\n")
        else:
            found = plain.match(text, position)
            cells.append(found[0] if found else "")
        position = found.end() if found else position
        at_end = position >= len(text)
        if at_end or text[position] == "\n":
            rows.append((started, cells))
            if at_end:
                return rows
            cells, number = [], number + 1
            started = number
        position += 1


def grid_of(sheet: str, rows: Iterable[tuple[int, Sequence[str]]]) -> Grid:
    """Return a grid of untyped cells, without empty cells and rows at the ends."""
    numbers: list[int] = []
    cells: list[tuple[Cell, ...]] = []
    for number, texts in rows:
        width = len(texts)
        while width and not texts[width - 1]:
            width -= 1
        numbers.append(number)
        cells.append(tuple(Cell(text) if text else EMPTY for text in texts[:width]))
    while cells and not cells[-1]:
        cells.pop()
    return Grid(sheet, tuple(cells), tuple(numbers[: len(cells)]))


def _calls_for_quotes(inner: str, separator: str) -> bool:
    """Tell a quoted cell from quotes of the text: a cell holds line breaks or tabs, hardly both.

    Both together are rows that happen to begin and end with a quote.
    """
    if "\n" in inner:
        return separator not in inner
    return '""' in inner or separator in inner


def _is_plainly_csv(text: str) -> bool:
    """Tell a table from prose with commas: one count of cells, and a first record of headings."""
    if len(text) > _SNIFFED_CHARACTERS:  # the last record may be torn
        text = text[:_SNIFFED_CHARACTERS].rpartition("\n")[0]
    records = [cells for _, cells in cut(text.strip("\n"), ",")]
    head = records[0]
    return (
        len(records) > 1
        and len(head) >= _PLAIN_CSV_COLUMNS
        and all(len(cells) == len(head) for cells in records)
        and all(cell and not _PROSE.search(cell) for cell in head)
    )


def _agreement(text: str, separator: str) -> int:
    """Return how many records have the commonest count of cells above one."""
    records = cut(text[:_SNIFFED_CHARACTERS], separator)
    widths = Counter(len(cells) for _, cells in records if len(cells) > 1)
    return max(widths.values(), default=0)


def _markdown_rows(lines: list[str]) -> dict[int, list[str] | None]:
    """Return the cells of the lines of Markdown tables by line number; None for their rules."""
    rows: dict[int, list[str] | None] = {}
    for index in range(1, len(lines)):
        rule, head = lines[index], _bar_cells(lines[index - 1])
        if index in rows or not _RULE.match(rule) or len(head) < 2:
            continue
        if len(_bar_cells(rule)) != len(head):
            continue
        rows[index], rows[index + 1] = head, None
        for below in range(index + 1, len(lines)):
            if not _BAR.search(lines[below]):
                break
            rows[below + 1] = _bar_cells(lines[below])
    return rows


def _bar_cells(line: str) -> list[str]:
    inner = line.strip()
    if not _BAR.search(inner):
        return [line]
    inner = inner.removeprefix("|")
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [cell.strip().replace("\\|", "|") for cell in _BAR.split(inner)]
