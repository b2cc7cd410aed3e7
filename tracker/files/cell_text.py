"""A raw cell → the text that the sheet shows and the value behind it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tracker.files.format_code import GENERAL
from tracker.files.grid import EMPTY, Cell
from tracker.files.number_format import is_date_format, show
from tracker.files.package import Damaged
from tracker.files.sheet import RawCell, column_letters, column_number, unescape

if TYPE_CHECKING:
    from tracker.files.plain_xml import PlainCell
    from tracker.files.sheet import Formula

_LISTED = 10
_MOST_KEPT = 20_000
"""How many different numbers are kept to be shown again: percentages, states, days repeat."""


class CellTexts:
    """Turns the raw cells of one sheet into cells.

    Attributes:
        characters: how many characters it has given out.
    """

    def __init__(self, strings: list[str], formats: list[str], *, from_1904: bool) -> None:
        """Take the workbook's shared strings, its format code by style, its way to count days."""
        self.characters = 0
        self._strings = strings
        self._formats = formats
        self._from_1904 = from_1904
        self._shared: dict[str, tuple[str, str]] = {}
        self._without_value: list[str] = []
        self._numbers: dict[tuple[int, str], Cell] = {}
        self._by_index: dict[str, Cell] = {}
        self._columns: dict[str, int] = {}

    def cell(self, raw: RawCell, row: int) -> Cell:
        """Return the cell; one without text is the common empty one unless it has a value."""
        if raw.formula is not None:
            self._remember(raw.formula, raw.column, row)
        cell = self._cell(raw, row)
        self.characters += len(cell.text)
        return cell if cell.text or cell.value is not None else EMPTY

    def plain_row(self, cells: list[PlainCell], number: int) -> list[Cell] | None:
        """Return the cells of a plain row in their places; None where they stand in no order."""
        row: list[Cell] = []
        columns, strings = self._columns, self._by_index
        width = 0
        for letters, style, kind, value in cells:
            column = columns.get(letters) or self._column(letters)
            if column != width + 1:
                if column <= width:
                    return None
                row.extend([EMPTY] * (column - width - 1))
            width = column
            found = strings.get(value) if kind == "s" else None
            row.append(self._plain(style, kind, value, number) if found is None else found)
        self.characters += sum([len(cell.text) for cell in row])
        while row and row[-1] is EMPTY:
            row.pop()
        return row

    def _column(self, letters: str) -> int:
        column = self._columns[letters] = column_number(letters)
        return column

    def _plain(self, style: str, kind: str, value: str, row: int) -> Cell:
        cell = self._cell(RawCell(0, kind or "n", int(style or 0), value, "", None), row)
        cell = cell if cell.text or cell.value is not None else EMPTY
        if kind == "s":
            self._by_index[value] = cell
        return cell

    def warnings(self, sheet: str) -> list[str]:
        """Name the formulas whose results the file does not hold."""
        count = len(self._without_value)
        if not count:
            return []
        places = "、".join(self._without_value[:_LISTED]) + ("等" if count > _LISTED else "")
        what = f"工作表“{sheet}”有 {count} 个公式没有计算结果（{places}），显示的是公式本身"
        return [f"{what}；请在 Excel 或 WPS 里打开并保存一次，再重新导入"]

    def _cell(self, raw: RawCell, row: int) -> Cell:
        value = raw.value
        if raw.type == "inlineStr":
            return Cell(raw.inline or unescape(value or ""))
        if raw.type == "str":
            return Cell(unescape(value or ""))
        if value is None or not value.strip():
            return Cell(self._formula_text(raw, row) if raw.formula else raw.inline)
        if raw.type == "s":
            return Cell(self._string(value, row))
        return self._typed(raw, value.strip())

    def _typed(self, raw: RawCell, value: str) -> Cell:
        if raw.type == "n":
            return self._number(raw, value)
        if raw.type == "b":
            return Cell("TRUE" if value in ("1", "true") else "FALSE")
        if raw.type == "d":
            return self._iso_date(raw, value)
        return Cell(unescape(value))

    def _number(self, raw: RawCell, value: str) -> Cell:
        found = self._numbers.get((raw.style, value))
        if found is None:
            found = Cell(*show(value, self._format(raw), from_1904=self._from_1904))
            if len(self._numbers) < _MOST_KEPT:
                self._numbers[raw.style, value] = found
        return found

    def _format(self, raw: RawCell) -> str:
        return self._formats[raw.style] if raw.style < len(self._formats) else GENERAL

    def _string(self, value: str, row: int) -> str:
        index = int(value)
        if not 0 <= index < len(self._strings):
            raise Damaged(f"第 {row} 行有一格的文字不在文件里")
        return self._strings[index]

    def _iso_date(self, raw: RawCell, value: str) -> Cell:
        try:
            moment = datetime.fromisoformat(value).replace(tzinfo=None)
        except ValueError:
            return Cell(value)
        code = self._format(raw)
        if not is_date_format(code):
            return Cell(value.partition("T")[0], moment.date())
        serial = (moment - datetime(1899, 12, 30)).total_seconds() / 86400
        return Cell(show(repr(serial), code)[0], moment.date())

    def _remember(self, formula: Formula, column: int, row: int) -> None:
        if formula.shared is not None and formula.text:
            self._shared[formula.shared] = (formula.text, f"{column_letters(column)}{row}")

    def _formula_text(self, raw: RawCell, row: int) -> str:
        place = f"{column_letters(raw.column)}{row}"
        self._without_value.append(place)
        formula = raw.formula
        if formula is None or formula.text or formula.shared not in self._shared:
            return f"={unescape(formula.text)}" if formula else ""
        from openpyxl.formula.tokenizer import TokenizerError
        from openpyxl.formula.translate import Translator, TranslatorError

        text, origin = self._shared[formula.shared]
        try:
            return str(Translator(f"={text}", origin).translate_formula(place))
        except (TokenizerError, TranslatorError):
            return f"={unescape(text)}"
