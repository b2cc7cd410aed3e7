"""Tables drawn in text, once for all formats, with the rows that a reader sees in them.

A picture has a line per row and “|” between cells. In a cell “^” and “<” say that it is merged
with the one above or to the left, “⏎” is a line end inside the cell, “{x}” a cell with a value
of its own, given beside the picture. A line “: …” stands outside the table (title, 填报单位,
signature), a line “~…” is hidden, a line “.” is empty.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

UP, LEFT = "^", "<"
_LISTS = ("lead", "cooperating", "responsible", "guiding", "persons")
_PAIRS = ("unit_progress", "rounds", "extra")
FIELDS = (
    "number", "section", "sheet", "task", *_LISTS, "deadline_text", "deadline_date", "recurrence",
    "status_text", "percent", "progress", "problems", "next_steps", "note", *_PAIRS, "items",
    "doubtful",
)  # fmt: skip

Row = dict[str, Any]  # Any: text, list, number or pairs, by field


@dataclass(frozen=True, slots=True)
class Typed:
    """A cell with a value behind what it shows.

    Attributes:
        shown: what the reader sees, and what formats without values hold.
        value: a date, a number, or a formula (“=…”) whose result is `result`.
        code: the number format.
        runs: for rich text its pieces, in turn plain and bold.
    """

    shown: str
    value: date | float | str | None = None
    code: str = "General"
    result: float | str | None = None
    runs: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged area, inclusive."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as drawn.

    Attributes:
        rows: cells; those inside a merged area are empty.
        outside: rows that stand outside the table.
        shift: blank columns to its left.
    """

    name: str
    rows: tuple[tuple[str | Typed, ...], ...]
    merges: tuple[Merge, ...]
    hidden: frozenset[int]
    outside: frozenset[int]

    @property
    def width(self) -> int:
        """Number of columns."""
        return max(len(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table and what it says.

    Attributes:
        covers: the phrase of the issue that it stands for.
        rows: the rows expected; a field that is not given is expected to be empty.
        skipped: how the rows begin that are expected to be listed as passed over.
        without: formats that cannot hold it, with the reason.
        date: the date the user gives.
    """

    name: str
    covers: str
    sheets: tuple[Sheet, ...]
    rows: tuple[Row, ...]
    title: str = ""
    skipped: tuple[str, ...] = ()
    without: Mapping[str, str] = field(default_factory=dict)
    date: date | None = None


def layout(
    name: str,
    covers: str,
    picture: str | Mapping[str, str],
    expected: str,
    *,
    values: Mapping[str, Typed] | None = None,
    items: Mapping[int, list[Row]] | None = None,
    title: str = "",
    skipped: tuple[str, ...] = (),
    without: Mapping[str, str] | None = None,
    day: date | None = None,
) -> Layout:
    """Return a layout from its pictures.

    Args:
        picture: the table; by name for several sheets.
        expected: the rows: field names above, a line per row; lists “甲、乙”, pairs “a=b‖c=d”.
        values: the typed cells by the name they have in the picture.
        items: parts of the tasks, by the place of the row.
    """
    pictures = {"Sheet1": picture} if isinstance(picture, str) else picture
    sheets = tuple(draw(text, sheet, values or {}) for sheet, text in pictures.items())
    rows = tuple(_expected(expected))
    for at, parts in (items or {}).items():
        rows[at]["items"] = parts
    if len(sheets) == 1:
        for row in rows:
            row["sheet"] = sheets[0].name
    return Layout(name, covers, sheets, rows, title, skipped, without or {}, day)


def draw(picture: str, name: str, values: Mapping[str, Typed]) -> Sheet:
    """Return the sheet that a picture draws."""
    lines = picture.strip("\n").split("\n")
    outside = frozenset(at for at, line in enumerate(lines) if line.startswith(":"))
    hidden = frozenset(at for at, line in enumerate(lines) if line.startswith("~"))
    marked = outside | hidden
    cut = [_cut(line[1:] if at in marked else line) for at, line in enumerate(lines)]
    width = max(map(len, cut))
    merges = list(_merges(cut))
    for at in outside:
        if len(cut[at]) == 1 and width > 1:
            merges.append(Merge(at, 0, at, width - 1))
    rows = tuple(tuple(_cell(text, values) for text in row) for row in cut)
    return Sheet(name, rows, tuple(merges), hidden, outside)


def parts(*triples: tuple[str, str, list[str], str]) -> list[Row]:
    """Return items from (mark, text, lead, progress)."""
    return [{"mark": m, "text": t, "lead": lead, "progress": p} for m, t, lead, p in triples]


def _cut(line: str) -> list[str]:
    return [] if line.strip() == "." else [cell.strip() for cell in line.split("|")]


def _cell(text: str, values: Mapping[str, Typed]) -> str | Typed:
    if text in (UP, LEFT):
        return ""
    if text.startswith("{") and text.endswith("}"):
        return values[text[1:-1]]
    return text.replace("⏎", "\n")


def _merges(rows: list[list[str]]) -> Iterator[Merge]:
    for top, row in enumerate(rows):
        for left, text in enumerate(row):
            if text in (UP, LEFT):
                continue
            right = left
            while right + 1 < len(row) and row[right + 1] == LEFT:
                right += 1
            bottom = top
            while bottom + 1 < len(rows) and _at(rows, bottom + 1, left) == UP:
                bottom += 1
            if (right, bottom) != (left, top):
                yield Merge(top, left, bottom, right)


def _at(rows: list[list[str]], row: int, column: int) -> str:
    return rows[row][column] if column < len(rows[row]) else ""


def empty_row() -> Row:
    """Return a row in which nothing is said."""
    row: Row = dict.fromkeys(FIELDS, "")
    row |= {name: [] for name in (*_LISTS, "items")} | {name: {} for name in _PAIRS}
    return row | {"deadline_date": None, "recurrence": None, "percent": None, "doubtful": False}


def _expected(text: str) -> Iterator[Row]:
    head, *lines = [_cut(line) for line in text.strip("\n").split("\n")]
    for line in lines:
        if len(line) > len(head):
            raise ValueError(f"more cells than fields: {line}")
        said = {name: _value(name, cell) for name, cell in zip(head, line, strict=False) if cell}
        unknown = said.keys() - set(FIELDS)
        if unknown:
            raise ValueError(f"no such fields: {unknown}")
        yield empty_row() | said


def _value(name: str, text: str) -> object:
    text = text.replace("⏎", "\n")
    if name in _LISTS:
        return text.split("、")
    if name in _PAIRS:
        return dict(pair.split("=", 1) for pair in text.split("‖"))
    if name == "percent":
        return float(text)
    return True if name == "doubtful" else text
