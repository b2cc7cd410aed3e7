"""A printed table in WordprocessingML: heading on every page, rows that are not torn."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.reports.looks import POINTS_PER_PIXEL
from tracker.reports.plan_lines import Across
from tracker.reports.word_parts import TWIPS, inner, run_look

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tracker.reports.continuation import Marks
    from tracker.reports.looks import ColumnLook, Layout, TextLook
    from tracker.reports.plan_lines import PlacedRow
    from tracker.reports.table_plan import TablePlan
    from tracker.reports.word_parts import CleanTexts

_KEEP = "<w:keepNext/>"
_NO_EDGES = tuple(
    "<w:tcBorders>" + "".join(f'<w:{side} w:val="nil"/>' for side in sides) + "</w:tcBorders>"
    for sides in (("left", "bottom", "right"), ("top", "left", "bottom", "right"))
)
"""Of a line below the table, and of one below another such line."""


def planned_table(plan: TablePlan, texts: CleanTexts) -> str:
    """Return the table of a plan, each row as high as planned, so that it fills the same pages.

    Where they must end as planned, each row stays with the next one of its page as well.
    """
    layout = plan.layout
    widths = "".join(f'<w:gridCol w:w="{_width(column)}"/>' for column in layout.columns)
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    sides = {"left": layout.cell.side_padding, "right": layout.cell.side_padding}
    ends = {"top": layout.body.padding / 2, "bottom": layout.body.padding / 2}
    order = ("top", "left", "bottom", "right")
    margins = "".join(
        f'<w:{side} w:w="{round((sides | ends)[side] * TWIPS)}" w:type="dxa"/>' for side in order
    )
    writer = _Rows(plan, texts)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{table_width(layout)}" w:type="dxa"/>'
        f'<w:jc w:val="center"/><w:tblBorders>{edges}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{widths}</w:tblGrid>{writer.heading()}{''.join(writer.rows())}</w:tbl>"
    )


def table_width(layout: Layout) -> int:
    """Return the width of all columns in twentieths of a point."""
    return sum(_width(column) for column in layout.columns)


def marked_runs(text: str, look: str, marks: Marks) -> str:
    """Return the runs of a text, what is marked of it underlined."""
    lined = look.replace("</w:rPr>", '<w:u w:val="single"/></w:rPr>')
    made, at = [], 0
    for start, end in (*marks, (len(text), len(text))):
        for piece, run in ((text[at:start], look), (text[start:end], lined)):
            if piece:
                made.append(f"<w:r>{run}{inner(escape(piece))}</w:r>")
        at = end
    return "".join(made) or f"<w:r>{look}</w:r>"


class _Rows:
    """Makes the rows of one table."""

    def __init__(self, plan: TablePlan, texts: CleanTexts) -> None:
        self._plan = plan
        self._layout = plan.layout
        self._texts = texts

    def heading(self) -> str:
        """Return the row of headings, which is repeated on every page."""
        look = self._layout.heading
        cells = (
            self._cell(column, heading, look, look.align)
            for column, heading in zip(self._layout.columns, self._plan.headings, strict=True)
        )
        look_of_row = _row_look(self._plan.heading_height, "<w:tblHeader/>")
        return f"<w:tr>{look_of_row}{''.join(cells)}</w:tr>"

    def rows(self) -> Iterator[str]:
        """Give the rows page by page, at last what stands below them.

        Signature and legend are rows without borders: no program keeps a paragraph with a row.
        """
        below = 0
        for page in self._plan.pages:
            for place, line in enumerate(page, 1):
                keep = _KEEP if place < len(page) and self._plan.placed else ""
                if not isinstance(line, Across):
                    yield self._row(line, keep)
                elif line.part == "group_line":
                    yield self._across(line, keep)
                else:
                    yield self._across(line, keep, _NO_EDGES[min(below, 1)])
                    below += 1

    def _row(self, row: PlacedRow, keep: str) -> str:
        group = self._plan.group_column
        cells = (
            self._cell(
                column,
                row.texts[place],
                self._layout.body,
                column.align,
                marks=row.marks[place] if row.marks else (),
                keep=keep,
                merge=_merge(row.span) if place == group else "",
            )
            for place, column in enumerate(self._layout.columns)
        )
        return f"<w:tr>{_row_look(row.height)}{''.join(cells)}</w:tr>"

    def _across(self, line: Across, keep: str, edges: str = "") -> str:
        """Return the line of a group, or one below the table, over all columns."""
        look = line.look(self._layout)
        clean = self._texts.clean("\t".join(line.texts))
        runs = marked_runs(clean, run_look(look.font, line.size), ())
        words = _paragraph(runs, look.align, keep + self._stops(len(line.texts)))
        return (
            f"<w:tr>{_row_look(line.height)}<w:tc><w:tcPr>"
            f'<w:tcW w:w="{table_width(self._layout)}" w:type="dxa"/>'
            f'<w:gridSpan w:val="{len(self._layout.columns)}"/>{edges}'
            f'<w:vAlign w:val="center"/></w:tcPr>{words}</w:tc></w:tr>'
        )

    def _stops(self, count: int) -> str:
        """Return where several texts on a line begin: each has its share of the width."""
        total = table_width(self._layout)
        stops = "".join(
            f'<w:tab w:val="left" w:pos="{round(total * place / count)}"/>'
            for place in range(1, count)
        )
        return f"<w:tabs>{stops}</w:tabs>" if stops else ""

    def _cell(
        self,
        column: ColumnLook,
        text: str,
        look: TextLook,
        align: str,
        *,
        marks: Sequence[tuple[int, int]] = (),
        keep: str = "",
        merge: str = "",
    ) -> str:
        run = run_look(look.font, look.sizes[0])
        if marks:
            words = marked_runs(self._texts.clean(text), run, tuple(marks))
        else:
            words = f"<w:r>{run}{inner(escape(self._texts.clean(text)))}</w:r>"
        return (
            f'<w:tc><w:tcPr><w:tcW w:w="{_width(column)}" w:type="dxa"/>{merge}'
            f'<w:vAlign w:val="center"/></w:tcPr>{_paragraph(words, align, keep)}</w:tc>'
        )


def _merge(span: int) -> str:
    """Return how the cell of a group stands over those of its rows."""
    if span == 1:
        return ""
    return '<w:vMerge w:val="restart"/>' if span else "<w:vMerge/>"


def _paragraph(runs: str, align: str, keep: str = "") -> str:
    return f'<w:p><w:pPr>{keep}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _row_look(height: float, more: str = "") -> str:
    least = round(height * TWIPS)
    return f'<w:trPr><w:cantSplit/><w:trHeight w:val="{least}" w:hRule="atLeast"/>{more}</w:trPr>'


def _width(column: ColumnLook) -> int:
    return round(column.pixels * POINTS_PER_PIXEL * TWIPS)
