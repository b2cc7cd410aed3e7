"""References to cells, as the rows of the old table give way to the new ones."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CELL = r"(\$?[A-Za-z]{1,3})(\$?)(\d{1,7})"
_ONE = re.compile(rf"{_CELL}(#?)$")
_TWO = re.compile(rf"{_CELL}:{_CELL}$")
_ROWS = re.compile(r"(\$?)(\d{1,7}):(\$?)(\d{1,7})$")
_AREA = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})(?::\$?([A-Za-z]{1,3})\$?(\d{1,7}))?$")


@dataclass(frozen=True, slots=True)
class RowShift:
    """The rows `first` to `last` of a sheet give way to `rows` rows."""

    first: int
    last: int
    rows: int

    @property
    def new_last(self) -> int:
        """Return the last of the new rows."""
        return self.first + self.rows - 1

    @property
    def delta(self) -> int:
        """Return how far what stands below moves down."""
        return self.new_last - self.last

    @property
    def old_rows(self) -> int:
        """Return how many rows the old table has."""
        return self.last - self.first + 1

    def holds(self, row: int) -> bool:
        """Tell whether a row is one of the old table."""
        return self.first <= row <= self.last

    def row(self, row: int) -> int:
        """Return where a row that is none of the old table stands now."""
        return row + self.delta if row > self.last else row

    def span(self, top: int, bottom: int) -> tuple[int, int] | None:
        """Return where the rows from `top` to `bottom` stand now; None: they are gone.

        What reaches into the old table, or covers the better half of it, covers the new one.
        """
        if bottom < self.first or top > self.last:
            return self.row(top), self.row(bottom)
        if self.holds(top) and self.holds(bottom) and 2 * (bottom - top + 1) < self.old_rows:
            return None
        return min(top, self.first), max(self.new_last, self.row(bottom))


@dataclass(frozen=True, slots=True)
class Area:
    """Cells from one corner to the other; columns as letters."""

    left: str
    top: int
    right: str
    bottom: int

    @classmethod
    def read(cls, text: str) -> Area | None:
        """Return the area that a reference names (“A4:C9”, “B7”); None for anything else."""
        found = _AREA.match(text.strip())
        if found is None:
            return None
        left, top, right, bottom = found.groups()
        return cls(left.upper(), int(top), (right or left).upper(), int(bottom or top))

    def starts_at(self, cell: str) -> bool:
        """Tell whether a cell is its upper left one."""
        return cell == f"{self.left}{self.top}"

    def __str__(self) -> str:
        start, end = f"{self.left}{self.top}", f"{self.right}{self.bottom}"
        return start if start == end else f"{start}:{end}"


def shifted_area(text: str, shift: RowShift) -> str:
    """Return an area after the shift; empty where it is gone; whole columns as they are."""
    area = Area.read(text)
    if area is None:
        return text
    rows = shift.span(area.top, area.bottom)
    return "" if rows is None else str(Area(area.left, rows[0], area.right, rows[1]))


def shifted_areas(text: str, shift: RowShift) -> str:
    """Return a list of areas after the shift; many small ones of the same columns count as one."""
    kept: dict[str, None] = {}
    inside: dict[tuple[str, str], int] = {}
    for each in text.split():
        area = Area.read(each)
        if area is None:
            kept[each] = None
        elif shift.holds(area.top) and shift.holds(area.bottom):
            columns = area.left, area.right
            inside[columns] = inside.get(columns, 0) + area.bottom - area.top + 1
        else:
            kept[shifted_area(each, shift)] = None
    for (left, right), rows in inside.items():
        if 2 * rows >= shift.old_rows:
            kept[str(Area(left, shift.first, right, shift.new_last))] = None
    return " ".join(kept)


@dataclass(frozen=True, slots=True)
class Shifted:
    """A formula after the shift.

    Attributes:
        text: without the sign in front.
        touched: it names cells of the table or below it.
        lost: what it names of the old table that no longer means what it did.
    """

    text: str
    touched: bool = False
    lost: tuple[str, ...] = ()


def shifted_formula(text: str, home: str, sheet: str, shift: RowShift) -> Shifted:
    """Return a formula after the shift of rows in `sheet`.

    Args:
        text: without the sign in front.
        home: the sheet that the formula stands in; empty where each reference names its own.
        sheet: the sheet whose rows are shifted.
        shift: which rows.
    """
    from openpyxl.formula.tokenizer import Token, Tokenizer

    tokens = Tokenizer(f"={text}").items
    pieces, touched, lost = [], False, []
    for token in tokens:
        value = token.value
        if token.type == Token.OPERAND and token.subtype == Token.RANGE:
            new, gone = _shifted_reference(value, home, sheet, shift)
            touched = touched or new is not None
            lost += [value] if gone else []
            value = value if new is None else new
        pieces.append(value)
    return Shifted("".join(pieces), touched, tuple(lost))


def _shifted_reference(
    text: str, home: str, sheet: str, shift: RowShift
) -> tuple[str | None, bool]:
    """Return a reference after the shift (None: it does not concern it), and whether it is lost."""
    prefix, mark, reference = text.rpartition("!")
    owner = prefix[1:-1].replace("''", "'") if prefix.startswith("'") else prefix
    if (owner or home).casefold() != sheet.casefold():
        return None, False
    start = f"{prefix}{mark}"
    one, two, rows = _ONE.match(reference), _TWO.match(reference), _ROWS.match(reference)
    if one:
        column, fixed, row, spill = one.groups()
        if int(row) < shift.first:
            return None, False
        if shift.holds(int(row)):
            return text, True
        return f"{start}{column}{fixed}{shift.row(int(row))}{spill}", False
    if two:
        left, fixed, top, right, fixed_too, bottom = two.groups()
        new = shift.span(*sorted((int(top), int(bottom))))
        if int(bottom) < shift.first and int(top) < shift.first:
            return None, False
        if new is None:
            return text, True
        return f"{start}{left}{fixed}{new[0]}:{right}{fixed_too}{new[1]}", False
    if rows:
        fixed, top, fixed_too, bottom = rows.groups()
        new = shift.span(int(top), int(bottom))
        if int(bottom) < shift.first:
            return None, False
        return (
            (text, True) if new is None else (f"{start}{fixed}{new[0]}:{fixed_too}{new[1]}", False)
        )
    return None, False
