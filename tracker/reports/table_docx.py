"""A printed table as a Word document: title, heading on every page, rows that are not torn."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.reports.looks import POINTS_PER_MM
from tracker.reports.measure import Ruler
from tracker.reports.table_plan import BORDERS, plan_table
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
from tracker.reports.word_table import planned_table, table_width

if TYPE_CHECKING:
    from pathlib import Path

    from docx.document import Document

    from tracker.domain.content import Content
    from tracker.reports.looks import Layout, TextLook
    from tracker.reports.plan_lines import Across
    from tracker.reports.table_plan import TablePlan

_FIELDS = {"&P": "PAGE", "&N": "NUMPAGES"}
"""Excel's words in a footer and the fields of Word."""


def write_table_docx(content: Content, layout: Layout, target: Path) -> tuple[str, ...]:
    """Write the table to `target` and return warnings in the user's words.

    The heading is repeated on every page, and no row is torn over two as long as it fits one.
    The same content gives the same bytes.
    """
    import docx

    plan = plan_table(content, layout)
    document = docx.Document()
    _set_page(document, plan)
    texts = CleanTexts()
    for place, xml in enumerate([*_parts(plan, texts), _LAST]):
        document.element.body.insert(place, element(xml))
    target.write_bytes(packed(document, content.title, content.created, content.properties))
    return texts.warnings()


def table_xml(content: Content, layout: Layout, texts: CleanTexts) -> tuple[str, ...]:
    """Return a table with the paragraphs above it, for a document of any kind."""
    return _parts(plan_table(content, layout), texts)


def _parts(plan: TablePlan, texts: CleanTexts) -> tuple[str, ...]:
    layout = plan.layout
    side = _beside(plan)
    far = side + round(sum(column.points for column in layout.columns) * TWIPS)
    parts = (
        _paragraph(texts.clean("\t".join(line.texts)), line.look(layout), line, far, side)
        for line in plan.top
    )
    return (*parts, planned_table(plan, texts))


def free_foot(plan: TablePlan) -> float:
    """Return how many millimetres at the foot of a page of Word stay free."""
    held_back = plan.layout.page.body_height - plan.body_height - BORDERS
    return held_back / POINTS_PER_MM if plan.placed else 0.0


def _set_page(document: Document, plan: TablePlan) -> None:
    """Set paper, margins, fonts, and page numbers where the other formats have them."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Mm, Pt

    layout = plan.layout
    page, section = layout.page, document.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE if page.landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(page.width_mm), Mm(page.height_mm)
    spare = free_foot(plan)
    section.top_margin, section.bottom_margin = Mm(page.top_mm), Mm(page.bottom_mm + spare)
    section.left_margin, section.right_margin = Mm(page.left_mm), Mm(page.right_mm)
    section.header_distance, section.footer_distance = Mm(page.header_mm), Mm(page.footer_mm)
    document.settings.odd_and_even_pages_header_footer = page.sides
    footers = [(section.footer, "right"), (section.even_page_footer, "left")]
    for footer, align in footers if page.sides else [(section.footer, "center")]:
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
    indent = f'<w:ind w:{align}Chars="100" w:{align}="{page.footer_size * TWIPS}"/>'
    side = "" if align == "center" else indent
    return f'<w:p><w:pPr>{side}<w:jc w:val="{align}"/></w:pPr>{runs}</w:p>'


def _beside(plan: TablePlan) -> int:
    """Return how far from the margin the table begins, which stands in the middle; in twips."""
    page = plan.layout.page
    room = (page.width_mm - page.left_mm - page.right_mm) * POINTS_PER_MM * TWIPS
    return max(0, round((room - table_width(plan.layout)) / 2)) if plan.placed else 0


def _indent(side: int) -> str:
    return f'<w:ind w:left="{side}" w:right="{side}"/>' if side else ""


def _paragraph(text: str, look: TextLook, line: Across, far: int, side: int) -> str:
    """Return a paragraph as high as planned; a tab goes to the end at `far`."""
    tab = f'<w:tabs><w:tab w:val="right" w:pos="{far}"/></w:tabs>' if "\t" in text else ""
    pitch = Ruler().pitch(look.font, line.size)
    space = (
        f'<w:spacing w:after="{int(look.padding * TWIPS)}" w:line="{int(pitch * TWIPS)}"'
        ' w:lineRule="exact"/>'
    )
    return (
        f'<w:p><w:pPr>{tab}{space}{_indent(side)}<w:jc w:val="{look.align}"/></w:pPr>'
        f"<w:r>{run_look(look.font, line.size)}{inner(escape(text))}</w:r></w:p>"
    )


_LAST = (
    '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:r><w:rPr><w:sz w:val="2"/></w:rPr></w:r></w:p>'
)
"""A document may not end with a table; this line is too low to begin a page."""
