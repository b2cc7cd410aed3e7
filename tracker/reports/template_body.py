"""The new rows of a template's sheet as XML, in the look of the old ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.files.sheet import column_letters
from tracker.reports.cell_text import could_be_misread, is_plain_number, runs
from tracker.reports.looks import POINTS_PER_PIXEL
from tracker.reports.template_refs import Area
from tracker.reports.template_rows import RowFitter

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from tracker.domain.content import ContentRow
    from tracker.reports.measure import Ruler
    from tracker.reports.template_styles import Styles
    from tracker.reports.template_value import Template


@dataclass(slots=True)
class Body:
    """The new rows.

    Attributes:
        xml: each row's, from the first on.
        heights: in points.
        merges: merged areas among them.
        continued: how many rows only go on with the one above.
    """

    xml: list[str] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    merges: list[Area] = field(default_factory=list)
    continued: int = 0


class BodyWriter:
    """Writes the rows."""

    def __init__(self, template: Template, styles: Styles, ruler: Ruler, prefix: str) -> None:
        """Take the template; `prefix` stands before the names of elements (“x:”, mostly empty)."""
        self._template, self._styles, self._prefix = template, styles, prefix
        self._fitter = RowFitter(template, styles, ruler)
        self._body = Body()
        self._fields = {column.index: column for column in template.columns}
        self._places = {column.index: at for at, column in enumerate(template.columns)}
        self._own: dict[tuple[int, bool, bool], int] = {}

    def body(self, rows: Sequence[ContentRow]) -> Body:
        """Return the rows; one empty row where there is none."""
        section = ""
        printed: list[tuple[tuple[str, ...], float]] = []
        for row in rows:
            if self._template.section is not None and row.section and row.section != section:
                section = row.section
                self._flush(printed, is_last=False)
                self._section(section)
            parts = self._fitter.rows(row)
            self._body.continued += len(parts) - 1
            printed += [(each.texts, each.height) for each in parts]
        if not rows:
            empty = ("",) * len(self._template.columns)
            printed.append((empty, max(self._template.least_height, 1.0)))
        self._flush(printed, is_last=True)
        return self._body

    def _flush(self, printed: list[tuple[tuple[str, ...], float]], *, is_last: bool) -> None:
        for at, (texts, height) in enumerate(printed):
            edge: Mapping[int, int] = {}
            if is_last and at == len(printed) - 1:
                edge = self._template.last_styles
            elif not self._body.xml:
                edge = self._template.first_styles
            self._row(texts, height, edge)
        printed.clear()

    def _row(self, texts: Sequence[str], height: float, edge: Mapping[int, int]) -> None:
        cells = []
        for index in sorted({*self._template.styles, *self._places}):
            style = edge.get(index, self._template.styles.get(index, 0))
            at = self._places.get(index)
            text = "" if at is None else texts[at]
            cells.append(self._cell(index, text, style, self._is_number(index)))
        self._add("".join(cells), height)

    def _is_number(self, index: int) -> bool:
        column = self._fields.get(index)
        return column is not None and column.field == "number"

    def _section(self, text: str) -> None:
        look = self._template.section
        if look is None:
            return
        row = self._next
        inside = [c for c in self._template.columns if look.column <= c.index <= look.last_column]
        width = sum(column.pixels for column in inside) * POINTS_PER_PIXEL
        style = self._of(look.styles.get(look.column, 0))
        height = max(look.height, self._fitter.line_height(text, width, style))
        cells = [
            self._cell(
                index,
                text if index == look.column else "",
                look.styles.get(index, 0),
                heading=True,
            )
            for index in sorted({*look.styles, look.column})
        ]
        if look.last_column > look.column:
            left, right = column_letters(look.column), column_letters(look.last_column)
            self._body.merges.append(Area(left, row, right, row))
        self._add("".join(cells), height)

    @property
    def _next(self) -> int:
        return self._template.first + len(self._body.xml)

    def _add(self, cells: str, height: float) -> None:
        p = self._prefix
        opening = f'<{p}row r="{self._next}" ht="{height:.16g}" customHeight="1">'
        self._body.xml.append(f"{opening}{cells}</{p}row>")
        self._body.heights.append(height)

    def _of(self, style: int, *, quoted: bool = False, unlit: bool = False) -> int:
        """Return the style that a cell of ours takes for one of the template."""
        key = style, quoted, unlit
        if key not in self._own:
            own = self._styles.body_of_heading(-style) if style < 0 else style
            own = self._styles.unlit(own) if unlit else own
            own = self._styles.wrapping(own)
            self._own[key] = self._styles.quoted(own) if quoted else own
        return self._own[key]

    def _cell(
        self, index: int, text: str, style: int, number: bool = False, heading: bool = False
    ) -> str:
        p, place = self._prefix, f"{column_letters(index)}{self._next}"
        unlit = not heading and index in self._template.unlit
        if not text:
            return f'<{p}c r="{place}" s="{self._of(style, unlit=unlit)}"/>'
        if number and is_plain_number(text):
            own = self._of(style, unlit=unlit)
            if self._styles.look(own).plain_number:
                return f'<{p}c r="{place}" s="{own}"><{p}v>{text}</{p}v></{p}c>'
        own = self._of(style, quoted=could_be_misread(text), unlit=unlit)
        return f'<{p}c r="{place}" s="{own}" t="inlineStr"><{p}is>{self._text(text)}</{p}is></{p}c>'

    def _text(self, text: str) -> str:
        p, pieces = self._prefix, runs(text)
        if len(pieces) == 1:
            return self._piece(text)
        return "".join(f"<{p}r>{self._piece(piece)}</{p}r>" for piece in pieces)

    def _piece(self, text: str) -> str:
        return f'<{self._prefix}t xml:space="preserve">{escape(text)}</{self._prefix}t>'
