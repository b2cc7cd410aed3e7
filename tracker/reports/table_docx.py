"""A printed table as a Word document: title, heading on every page, rows that are not torn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.domain.content import STACKED
from tracker.reports.looks import POINTS_PER_MM, POINTS_PER_PIXEL
from tracker.reports.measure import Ruler
from tracker.reports.word_file import packed
from tracker.reports.word_parts import (
    SPACE,
    TWIPS,
    CleanTexts,
    element,
    field_run,
    inner,
    run_look,
    script_fonts,
)

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

    from tracker.domain.content import Content, ContentRow
    from tracker.reports.looks import ColumnLook, Layout, TextLook

_FIELDS = {"&P": "PAGE", "&N": "NUMPAGES"}
"""Excel's words in a footer and the fields of Word."""


def write_table_docx(content: Content, layout: Layout, target: Path) -> tuple[str, ...]:
    """Write the table to `target` and return warnings in the user's words.

    The heading is repeated on every page, and no row is torn over two as long as it fits one.
    The same content gives the same bytes.
    """
    import docx

    document = docx.Document()
    _set_page(document, layout)
    texts = CleanTexts()
    for place, xml in enumerate([*table_xml(content, layout, texts), _LAST]):
        document.element.body.insert(place, element(xml))
    target.write_bytes(packed(document, content.title, content.created, content.properties))
    return texts.warnings()


def table_xml(content: Content, layout: Layout, texts: CleanTexts) -> tuple[str, ...]:
    """Return the paragraphs above a table and the table, for a document of any kind."""
    lines = (
        (content.annex, layout.annex, layout.annex.sizes[0]),
        (content.title, layout.title, _title_size(layout, content.title)),
        ("\t".join(_ends(content.meta)), layout.meta, layout.meta.sizes[0]),
    )
    far = round(sum(column.points for column in layout.columns) * TWIPS)
    parts = (
        _paragraph(texts.clean(text), look, size, below=look.padding, far=far)
        for text, look, size in lines
        if text
    )
    return (*parts, _table(content, layout, texts))


def _ends(meta: tuple[str, ...]) -> tuple[str, ...]:
    """Return what stands at the left and, where there are several parts, at the right end."""
    return ("　　".join(meta[:-1]), meta[-1]) if len(meta) > 1 else meta


def _set_page(document: Document, layout: Layout) -> None:
    """Set paper, margins, page numbers — odd pages right, even pages left — and fonts."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    page, section = layout.page, document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.header_distance, section.footer_distance = Mm(page.header_mm), Mm(page.footer_mm)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        holder = footer.paragraphs[0]._p
        holder.getparent().replace(holder, element(_page_number(layout, align)))
    normal = document.styles["Normal"]
    normal.font.size = Pt(layout.body.sizes[0])
    normal.paragraph_format.space_after = Pt(0)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for script, name in script_fonts(layout.body.font):
        fonts.set(f"{{{SPACE}}}{script}", name)


def _page_number(layout: Layout, align: str) -> str:
    page = layout.page
    look = run_look(page.footer_font, page.footer_size, latin=page.footer_font)
    runs = "".join(
        field_run(_FIELDS[piece], look)
        if piece in _FIELDS
        else f"<w:r>{look}{inner(escape(piece))}</w:r>"
        for piece in re.split("(&[PN])", page.footer)
        if piece
    )
    side = f'<w:ind w:{align}Chars="100" w:{align}="{page.footer_size * TWIPS}"/>'
    return f'<w:p><w:pPr>{side}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _title_size(layout: Layout, title: str) -> float:
    """Return the largest size that keeps the title on one line, else the smallest."""
    page, ruler = layout.page, Ruler()
    points = (page.width_mm - page.left_mm - page.right_mm) * POINTS_PER_MM
    fitting = (s for s in layout.title.sizes if ruler.width(title) * s <= points)
    return next(fitting, layout.title.sizes[-1])


def _table(content: Content, layout: Layout, texts: CleanTexts) -> str:
    widths = "".join(f'<w:gridCol w:w="{_width(column)}"/>' for column in layout.columns)
    total = sum(_width(column) for column in layout.columns)
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
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{total}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        f"<w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>"
        f"<w:tblGrid>{widths}</w:tblGrid>{_heading(content, layout, texts)}"
        f"{''.join(_row(row, layout, texts) for row in content.rows)}</w:tbl>"
    )


def _heading(content: Content, layout: Layout, texts: CleanTexts) -> str:
    look = layout.heading
    headings = content.headings or layout.headings
    cells = (
        _cell(column, texts.clean(heading), look, look.align)
        for column, heading in zip(layout.columns, headings, strict=True)
    )
    return f"<w:tr>{_row_look(layout, '<w:tblHeader/>')}{''.join(cells)}</w:tr>"


def _row(row: ContentRow, layout: Layout, texts: CleanTexts) -> str:
    cells = (
        _cell(column, texts.clean(_text(row, column.field)), layout.body, column.align)
        for column in layout.columns
    )
    return f"<w:tr>{_row_look(layout)}{''.join(cells)}</w:tr>"


def _row_look(layout: Layout, more: str = "") -> str:
    least = round(layout.cell.least_height * TWIPS)
    return f'<w:trPr><w:cantSplit/><w:trHeight w:val="{least}" w:hRule="atLeast"/>{more}</w:trPr>'


def _text(row: ContentRow, field: str) -> str:
    value = getattr(row, field)
    return "\n".join(value) if field in STACKED else str(value)


def _cell(column: ColumnLook, text: str, look: TextLook, align: str) -> str:
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{_width(column)}" w:type="dxa"/><w:vAlign w:val="center"/>'
        f"</w:tcPr>{_paragraph(text, look, look.sizes[0], align)}</w:tc>"
    )


def _paragraph(
    text: str, look: TextLook, size: float, align: str = "", below: float = 0.0, far: int = 0
) -> str:
    """Return a paragraph; line ends of the text stay inside it, a tab goes to the end at `far`."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{far}"/></w:tabs>' if far and "\t" in text else ""
    after = f'<w:spacing w:after="{round(below * TWIPS)}"/>' if below else ""
    return (
        f'<w:p><w:pPr>{tab}{after}<w:jc w:val="{align or look.align}"/></w:pPr>'
        f"<w:r>{run_look(look.font, size)}{inner(escape(text))}</w:r></w:p>"
    )


def _width(column: ColumnLook) -> int:
    return round(column.pixels * POINTS_PER_PIXEL * TWIPS)


_LAST = (
    '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:r><w:rPr><w:sz w:val="2"/></w:rPr></w:r></w:p>'
)
"""A document may not end with a table; this line is too low to begin a page."""
