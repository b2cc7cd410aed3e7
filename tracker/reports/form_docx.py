"""The feedback form (反馈表) as a Word document, for units that work in Word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.domain.form import FIXED
from tracker.domain.form_words import guide_of, line_of, number_line, signature_labels
from tracker.reports.form_look import load_form_look
from tracker.reports.form_xlsx import SIGN_PLACES, writable
from tracker.reports.looks import POINTS_PER_MM
from tracker.reports.measure import Ruler
from tracker.reports.word_file import packed
from tracker.reports.word_parts import TWIPS, element, field_run, inner, run_look

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from docx.document import Document

    from tracker.domain.form import Form, FormRow
    from tracker.reports.form_look import FormLook
    from tracker.reports.looks import Layout, TextLook

_FIELDS = {"&P": "PAGE", "&N": "NUMPAGES"}
_BLACK = "000000"
_SMALL = 2.0
"""Size of the line between the two tables, in points."""


def write_form_docx(form: Form, target: Path, created: datetime) -> tuple[str, ...]:
    """Write a form to `target` and return warnings in the user's words.

    It says the same as the workbook; the heading is repeated on every page, and no row is torn
    over two as long as it fits one. The same form gives the same bytes.
    """
    import docx

    form, warnings = writable(form)
    look = load_form_look()
    document = docx.Document()
    _set_page(document, look.layout)
    parts = [*_top(form, look.layout), _table(form, look), _gap(), _signature(look), _gap()]
    for place, xml in enumerate(parts):
        document.element.body.insert(place, element(xml))
    target.write_bytes(packed(document, form.title, created, form.stamp.properties()))
    return warnings


def _set_page(document: Document, layout: Layout) -> None:
    """Set paper, margins and page numbers."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm

    page, section = layout.page, document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.header_distance, section.footer_distance = Mm(page.header_mm), Mm(page.footer_mm)
    section.footer.is_linked_to_previous = False
    holder = section.footer.paragraphs[0]._p
    look = run_look(page.footer_font, page.footer_size, latin=page.footer_font)
    runs = "".join(
        field_run(_FIELDS[piece], look)
        if piece in _FIELDS
        else f"<w:r>{look}{inner(escape(piece))}</w:r>"
        for piece in re.split("(&[PN])", page.footer)
        if piece
    )
    numbered = element(f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{runs}</w:p>')
    holder.getparent().replace(holder, numbered)


def _top(form: Form, layout: Layout) -> Iterator[str]:
    """Yield what stands above the table: title, unit, days and number, how to fill it in."""
    number = number_line(form)
    yield _line(form.title, layout.title, layout)
    yield _line(f"{line_of(form)}\t{number}" if number else line_of(form), layout.meta, layout)
    yield _line(guide_of(form), layout.annex, layout)


def _line(text: str, look: TextLook, layout: Layout) -> str:
    """Return a line in the largest size that keeps it on one line, else the smallest.

    What stands behind a tab goes to the right end.
    """
    page, width = layout.page, Ruler().width(text)
    points = (page.width_mm - page.left_mm - page.right_mm) * POINTS_PER_MM
    fitting = (size for size in look.sizes if width * size <= points)
    size = next(fitting, look.sizes[-1])
    line = _paragraph(text, look, size, look.align, gap=look.padding)
    far = f'<w:tabs><w:tab w:val="right" w:pos="{round(points * TWIPS)}"/></w:tabs>'
    return line.replace("<w:pPr>", f"<w:pPr>{far}", 1) if "\t" in text else line


def _table(form: Form, look: FormLook) -> str:
    layout = look.layout
    widths = [round(column.points * TWIPS) for column in layout.columns]
    heading = "".join(
        _cell(
            width, _paragraph(column.heading, layout.heading, layout.heading.sizes[0], "center"), ""
        )
        for column, width in zip(layout.columns, widths, strict=True)
    )
    rows = (_row(row, look, widths) for row in form.rows)
    first = f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{heading}</w:tr>"
    return _ruled(widths, layout, (first, *rows))


def _row(row: FormRow, look: FormLook, widths: list[int]) -> str:
    layout = look.layout
    cells = []
    for column, width in zip(layout.columns, widths, strict=True):
        fixed = column.field in FIXED
        text = getattr(row, column.field) if fixed else ""
        color = look.code_color if column.field == "code" else _BLACK
        size = look.size(column.field)
        words = _paragraph(text, layout.body, size, column.align, color=color)
        cells.append(_cell(width, words, look.fixed_fill if fixed else ""))
    return _tall(layout.cell.least_height, cells)


def _signature(look: FormLook) -> str:
    """Return the cells for who filled it in, who signs it and the seal: a table of its own."""
    layout, labels = look.layout, signature_labels()
    widths = [round(column.points * TWIPS) for column in layout.columns]
    body = layout.body
    rows = []
    for height, places in zip(look.sign_heights, SIGN_PLACES, strict=True):
        cells = []
        for name, label, blank in places:
            for (first, last), text in ((label, labels[name]), (blank, "")):
                words = _paragraph(text, body, body.sizes[0], "center")
                span = last - first + 1
                width = sum(widths[first - 1 : last])
                cells.append(_cell(width, words, look.fixed_fill if text else "", span))
        rows.append(_tall(height, cells, keep=height is look.sign_heights[0]))
    return _ruled(widths, layout, rows)


def _tall(points: float, cells: Iterable[str], *, keep: bool = False) -> str:
    """Return a row that is at least so high; `keep` holds it on the page of the next."""
    height = f'<w:trHeight w:val="{round(points * TWIPS)}" w:hRule="atLeast"/>'
    inside = "".join(cells)
    if keep:
        inside = inside.replace("<w:pPr>", "<w:pPr><w:keepNext/>")
    return f"<w:tr><w:trPr><w:cantSplit/>{height}</w:trPr>{inside}</w:tr>"


def _ruled(widths: list[int], layout: Layout, rows: Iterable[str]) -> str:
    """Return a table of that many columns with lines around its cells."""
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{_BLACK}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    side, end = layout.cell.side_padding, layout.body.padding / 2
    margins = "".join(
        f'<w:{name} w:w="{round(points * TWIPS)}" w:type="dxa"/>'
        for name, points in (("top", end), ("left", side), ("bottom", end), ("right", side))
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(width: int, words: str, fill: str, span: int = 1) -> str:
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>' if fill else ""
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}{shade}'
        f'<w:vAlign w:val="center"/></w:tcPr>{words}</w:tc>'
    )


def _paragraph(
    text: str,
    look: TextLook,
    size: float,
    align: str,
    *,
    color: str = _BLACK,
    gap: float = 0.0,
) -> str:
    """Return a paragraph; what is typed into an empty one looks like the form's own text."""
    run = run_look(look.font, size)
    if color != _BLACK:
        run = run.replace("<w:sz ", f'<w:color w:val="{color}"/><w:sz ', 1)
    after = f'<w:spacing w:before="0" w:after="{round(gap * TWIPS)}"/>'
    words = f"<w:r>{run}{inner(escape(text))}</w:r>" if text else ""
    return f'<w:p><w:pPr>{after}<w:jc w:val="{align}"/>{run}</w:pPr>{words}</w:p>'


def _gap() -> str:
    """Return the low line that keeps two tables apart, and that a document may end with."""
    return (
        f'<w:p><w:pPr><w:spacing w:before="0" w:after="0" w:line="{round(_SMALL * TWIPS)}" '
        f'w:lineRule="exact"/></w:pPr><w:r><w:rPr><w:sz w:val="{round(_SMALL * 2)}"/></w:rPr>'
        "</w:r></w:p>"
    )
