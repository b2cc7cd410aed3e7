"""Reading the office's own workbook as a template: where its table is and what goes where."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.mapping import RowKind
from tracker.files.sheet import column_letters
from tracker.reports.looks import POINTS_PER_PIXEL
from tracker.reports.template_book import title_rows
from tracker.reports.template_columns import (
    check_one_table,
    column_fields,
    column_warnings,
    heading_of,
)
from tracker.reports.template_package import Parts, parsed
from tracker.reports.template_sheet import Book, SheetView, shared_strings, string_list
from tracker.reports.template_source import found_table, refuse_other_kinds
from tracker.reports.template_styles import Styles
from tracker.reports.template_value import SectionRow, Template, TemplateColumn

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from tracker.domain.mapping import SheetShape, TableShape
    from tracker.files.grid import Grid

NUMBER_ONLY = "只有序号的空行"
_COLUMN_NUMBERS = "列号"
_STATES = ("light", "state")
_FEW_LINES = 3.0
"""In sizes of the font: a row of two lines."""
_MANY_LINES = 9.0
"""In sizes of the font: nobody makes all rows higher than that for looks alone."""
_BODY = (RowKind.TASK, RowKind.CONTINUED)
_MOST_SHOWN = 3


def read_template(
    path: Path,
    *,
    sheet: str | None = None,
    fields: Mapping[str, str | None] | None = None,
) -> Template:
    """Return the template that a workbook is.

    Args:
        path: an .xlsx file.
        sheet: the sheet with the table; without it the first that holds one.
        fields: by the letter of a column the field of `ContentRow` that goes into it, None to
            keep it empty; what is not named is told by the headings.

    Raises:
        UserError: it is no .xlsx, holds no table, or something in it cannot be kept.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UserError(
            f"模板“{path.name}”读不出", error.strerror or str(error), "请核对文件名和位置"
        ) from error
    return template_of(data, path.name, sheet=sheet, fields=fields)


def template_of(
    data: bytes,
    name: str,
    *,
    sheet: str | None = None,
    fields: Mapping[str, str | None] | None = None,
) -> Template:
    """Return the same from the bytes of a file.

    Raises:
        UserError: see `read_template`.
    """
    refuse_other_kinds(data, name)
    parts = Parts.of(data, name)
    book = Book.of(parts)
    shape, grid, told = found_table(data, name, sheet)
    found = _Reader(parts, book, shape, grid, fields or {}).template()
    return replace(found, warnings=(*told, *found.warnings))


class _Reader:
    """Puts a template together."""

    def __init__(
        self,
        parts: Parts,
        book: Book,
        shape: SheetShape,
        grid: Grid,
        fields: Mapping[str, str | None],
    ) -> None:
        self.parts, self.book, self.shape, self.grid = parts, book, shape, grid
        self.table: TableShape = shape.tables[0]
        self.part = book.part_of(shape.sheet)
        self.styles = Styles(parts, book.part)
        strings = string_list(shared_strings(parts, book)[1])
        self.view = SheetView(parsed(parts.read(self.part)), self.styles, strings)
        self.lines = dict(zip(grid.numbers, grid.rows, strict=True))
        self.given = {letter.upper(): field for letter, field in fields.items()}
        self.top, self.bottom = self.table.mapping.top, self.table.mapping.bottom
        self.kinds = dict(zip(grid.numbers, shape.kinds, strict=True))
        self.reasons = {grid.numbers[at]: why for at, why in shape.reasons.items()}
        self.warnings: list[str] = []
        self.rounds: frozenset[int] = frozenset()
        check_one_table(self.table, shape.sheet)
        if self.reasons.get(self.bottom + 1) == _COLUMN_NUMBERS:
            self.bottom += 1

    def template(self) -> Template:
        """Return it."""
        first = self._first()
        width = self._width()
        last = self._last(first, width)
        self._say_dropped(first, last, width)
        tasks = [row for row in range(first, last + 1) if self.kinds.get(row) is RowKind.TASK]
        rows = tasks or [r for r in range(first, last + 1) if self.kinds.get(r) != RowKind.SECTION]
        styles = self._styles(rows, width)
        columns = self._columns(styles, width)
        shown = sum(column.pixels for column in columns) * POINTS_PER_PIXEL
        return Template(
            name=self.parts.name,
            content=self.parts.data,
            sheet=self.shape.sheet,
            part=self.part,
            top=self.top,
            bottom=self.bottom,
            first=first,
            last=last,
            columns=columns,
            styles=styles,
            first_styles=self._edge(rows[:1], rows, styles),
            last_styles=self._edge([last] if len(rows) > 1 else [], rows, styles),
            page=self.view.page(shown),
            least_height=self._least(rows, styles),
            repeated_height=sum(map(self.view.height, self._repeated())),
            section=self._section(first, last),
            above=self._texts(range(1, first)),
            below=self._texts(row for row in self.view.rows if row > last),
            titles=self._titles(),
            rounds=self.rounds,
            unlit=self._unlit(rows, columns),
            warnings=tuple(self.warnings),
        )

    def _least(self, rows: list[int], styles: dict[int, int]) -> float:
        """Return the height that a row has at least.

        One that all rows share was chosen; rows of different heights are as high as their texts.
        """
        heights = [self.view.height(row) for row in rows if self.view.height(row)]
        if not heights:
            return self.view.height(-1)
        if all(map(self._is_empty, rows)):
            return min(heights)
        size = max(self.styles.look(abs(style)).size for style in styles.values())
        alike = len(heights) > 1 and len(set(heights)) == 1
        if alike and heights[0] <= _MANY_LINES * size:
            return heights[0]
        return min(*heights, _FEW_LINES * size)

    def _titles(self) -> tuple[int, ...]:
        """Return the rows of the title; where none was told from the rest, the widest merged."""
        found = tuple(row for row in range(1, self.top) if self.kinds.get(row) is RowKind.TITLE)
        wide = [area for area in self.view.merges() if area.bottom < self.top]
        if found or not wide:
            return found
        return (max(wide, key=_span).top,)

    def _repeated(self) -> range:
        """Return the rows that stand on every page: the sheet's own choice, else the heading."""
        top, bottom = title_rows(self.book, self.shape.sheet) or (self.top, self.bottom)
        if not top <= self.top <= self.bottom <= bottom:
            self.warnings.append(
                f"模板设置的重复标题行是第{top}至{bottom}行，不是表头（第{self.top}至{self.bottom}行）"
            )
        return range(top, bottom + 1)

    def _first(self) -> int:
        """Return the first row of the old table, behind a line of totals that opens it."""
        start = first = self.bottom + 1
        while self.reasons.get(first, NUMBER_ONLY) != NUMBER_ONLY:
            first += 1
        width = self._width()
        has_rows = (
            self.kinds.get(first) in (*_BODY, RowKind.SECTION)
            or first in self.reasons
            or (self._is_empty(first) and self._is_ruled(first, width))
        )
        return first if has_rows else start

    def _width(self) -> int:
        """Return the table's last column."""
        headed = [at for at, text in enumerate(self.table.printed, 1) if text]
        reach = [column for column, cell in self.view.cells(self.bottom) if self._bordered(cell)]
        return max([*headed, *(c for c in reach if c <= max(headed, default=0) + 1)])

    def _bordered(self, cell: object) -> bool:
        return self.styles.look(int(cell.get("s", "0"))).bordered  # type: ignore[attr-defined]

    def _last(self, first: int, width: int) -> int:
        """Return the last row of the old table, the empty ruled ones below it included."""
        numbers = self.grid.numbers
        body = [
            row
            for row in numbers
            if row >= first
            and (
                (self.kinds[row] in _BODY and not self._is_line(row, width))
                or self.reasons.get(row) == NUMBER_ONLY
                or self.kinds[row] is RowKind.HEADER
            )
        ]
        last = max(body, default=first - 1)
        while self._is_empty(last + 1) and self._is_ruled(last + 1, width):
            last += 1
        return last

    def _is_line(self, row: int, width: int) -> bool:
        """Tell whether a row that goes on with a task is rather a line below the table."""
        if self.kinds[row] is not RowKind.CONTINUED:
            return False
        tasks = [r for r in self.grid.numbers if self.kinds[r] is RowKind.TASK]
        wide = any(a.top == row == a.bottom and _span(a) >= width for a in self.view.merges())
        bare = self._is_ruled(tasks[0], width) and not self._is_ruled(row, width)
        return row > tasks[-1] and (wide or bare)

    def _is_empty(self, row: int) -> bool:
        return row in self.view.rows and not any(
            self.view.text(cell).strip() for _, cell in self.view.cells(row)
        )

    def _is_ruled(self, row: int, width: int) -> bool:
        cells = [cell for column, cell in self.view.cells(row) if column <= width]
        return 2 * sum(map(self._bordered, cells)) > width

    def _styles(self, rows: list[int], width: int) -> dict[int, int]:
        """Return the usual style of each column of the old table."""
        seen: dict[int, Counter[int]] = {}
        for row in rows:
            for column, style in self.view.styles_of(row).items():
                seen.setdefault(column, Counter())[style] += 1
        usual = {column: count.most_common(1)[0][0] for column, count in seen.items()}
        for column in range(1, width + 1):
            style = usual.get(column) or self.view.column_style(column)
            usual[column] = style or (0 if rows else self._below_heading(column))
        return usual

    def _below_heading(self, column: int) -> int:
        """Return the style of the heading; it is made one of a body when it is filled."""
        styles = [self.view.styles_of(row).get(column, 0) for row in (self.bottom, self.top)]
        return -next((style for style in styles if style), 0)

    def _unlit(self, rows: list[int], columns: tuple[TemplateColumn, ...]) -> frozenset[int]:
        """Return the columns in which colours told the old rows apart, or stood for a state."""
        states = {column.index for column in columns if column.field in _STATES}
        seen: dict[int, set[tuple[int, str]]] = {}
        for row in rows:
            for column, style in self.view.styles_of(row).items():
                look = self.styles.look(style)
                seen.setdefault(column, set()).add((look.fill, look.color))
        found = {
            column
            for column, lights in seen.items()
            if len(lights) > 1 or (column in states and lights != {(0, "")})
        }
        if found:
            self.warnings.append("旧表用底色或字色标出的行，颜色没有带到新表")
        return frozenset(found)

    def _edge(self, edge: list[int], rows: list[int], usual: dict[int, int]) -> dict[int, int]:
        """Return the styles of the first or last row where only its borders differ."""
        if not edge or len(rows) < 2:
            return {}
        look = self.styles.look
        own = self.view.styles_of(edge[0])
        found = {}
        for column, style in own.items():
            mine, other = look(style), look(max(0, usual.get(column, style)))
            if (
                mine.border != other.border
                and replace(mine, border=other.border, bordered=other.bordered) == other
            ):
                found[column] = style
        return found

    def _section(self, first: int, last: int) -> SectionRow | None:
        rows = [r for r in range(first, last + 1) if self.kinds.get(r) is RowKind.SECTION]
        if not rows:
            return None
        row = rows[0]
        merge = next((a for a in self.view.merges() if a.top == row == a.bottom), None)
        held = [column for column, cell in self.view.cells(row) if self.view.text(cell).strip()]
        column = held[0] if held else 1
        until = column if merge is None else column + _span(merge) - 1
        return SectionRow(self.view.styles_of(row), column, until, self.view.height(row))

    def _columns(self, styles: dict[int, int], width: int) -> tuple[TemplateColumn, ...]:
        named, self.rounds = column_fields(self.table, width, self.given)
        columns = tuple(
            TemplateColumn(
                index,
                heading_of(self.table, index),
                named.get(index, ""),
                styles[index],
                self.view.pixels(index),
            )
            for index in range(1, width + 1)
        )
        self.warnings += column_warnings(columns, self.given, self.rounds)
        return columns

    def _texts(self, rows: Iterable[int]) -> dict[int, tuple[str, ...]]:
        found = {}
        for row in rows:
            texts = tuple(text for cell in self.lines.get(row, ()) if (text := cell.text.strip()))
            if texts:
                found[row] = texts
        return found

    def _say_dropped(self, first: int, last: int, width: int) -> None:
        """Say which words between the tasks are neither tasks nor section headings."""
        rows = range(first, last + 1)
        lines = [
            f"第{row}行“{' '.join(self._texts([row]).get(row, ()))[:20]}”"
            for row in rows
            if self.kinds.get(row) is RowKind.SKIPPED and self.reasons.get(row) != NUMBER_ONLY
        ]
        if lines:
            shown = "、".join(lines[:_MOST_SHOWN])
            more = f"等 {len(lines)} 行" if len(lines) > _MOST_SHOWN else ""
            self.warnings.append(f"模板旧表中间的{shown}{more}不是任务，没有保留")
        beside = [
            column_letters(column)
            for row in rows
            for column, cell in self.view.cells(row)
            if column > width and self.view.text(cell).strip()
        ]
        if beside:
            letters = "、".join(dict.fromkeys(beside))
            self.warnings.append(f"模板旧表右边（{letters}列）的文字没有保留")


def _span(area: object) -> int:
    from tracker.files.sheet import column_number

    return column_number(area.right) - column_number(area.left) + 1  # type: ignore[attr-defined]
