"""A circular (通报) as a Word document after GB/T 9704-2012: 22 lines of 28 characters a page."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from tracker.reports.circular_pages import (
    IMPRINT_LINE,
    SPARE,
    ImprintPlace,
    imprint_place,
    imprint_top,
)
from tracker.reports.circular_parts import RED, CircularBlocks, imprint_lines, load_circular_look
from tracker.reports.looks import POINTS_PER_MM
from tracker.reports.table_docx import free_foot, table_xml
from tracker.reports.table_plan import plan_table
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
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from docx.document import Document
    from docx.oxml.xmlchemy import BaseOxmlElement
    from docx.section import Section

    from tracker.domain.circular import Circular, Picture
    from tracker.domain.content import Content
    from tracker.reports.circular_parts import Block, CircularLook
    from tracker.reports.looks import Layout

_MM = POINTS_PER_MM * TWIPS
_DASH = "—"
_BREAK = (
    '<w:p><w:pPr><w:snapToGrid w:val="0"/><w:spacing w:line="20" w:lineRule="exact"/></w:pPr>'
    '<w:r><w:rPr><w:sz w:val="2"/></w:rPr></w:r></w:p>'
)
"""Ends a section behind a table or a frame, which cannot; too low to begin a page."""


def write_circular_docx(
    circular: Circular,
    target: Path,
    look: CircularLook | None = None,
    annexes: Sequence[tuple[Content, Layout]] = (),
) -> tuple[str, ...]:
    """Write a circular to `target` and return warnings in the user's words.

    Annexed pictures and tables stand behind the text on pages of their own, each table on its own
    paper; page numbers run on. The same circular gives the same bytes.
    """
    import docx

    document = docx.Document()
    writer = _Writer(circular, look or load_circular_look())
    writer.write(document, annexes)
    target.write_bytes(packed(document, circular.title, circular.created, circular.properties))
    return writer.texts.warnings()


class _Writer:
    """Gives the paragraphs of one circular."""

    def __init__(self, circular: Circular, look: CircularLook) -> None:
        self.texts = CleanTexts()
        self._circular = circular
        self._look = look
        self._blocks = CircularBlocks(circular, look)

    def write(self, document: Document, annexes: Sequence[tuple[Content, Layout]]) -> None:
        """Fill an empty document, section after section."""
        footers = self._footers(document)
        self._set_normal(document)
        own = _section_of(self._look)
        has_foot = bool(imprint_lines(self._circular))
        foot = imprint_place(self._circular, annexes, self._look) if has_foot else None
        is_below = foot is ImprintPlace.BELOW_TEXT
        parts = [element(self._paragraph(block)) for block in self._blocks.blocks()]
        imprint = [element(xml) for xml in self._imprint(floats=is_below)]
        sections = [(parts + (imprint if is_below else []), own, footers)]
        for content, layout in annexes:
            xml = [*table_xml(content, layout, self.texts), _BREAK]
            sections.append(([element(each) for each in xml], _table_section(content, layout), []))
        for number, picture in enumerate(self._circular.pictures, 1):
            page = list(self._picture_page(document, picture, number))
            sections.append((page, _section_of(self._look.for_picture(picture), grid=False), []))
        if imprint and not is_below:
            even = own.replace("<w:sectPr>", '<w:sectPr><w:type w:val="evenPage"/>')
            empty = foot is ImprintPlace.BEHIND_EMPTY_PAGE
            sections.append((imprint, even, self._no_footers(document) if empty else []))
        _put(document, sections)

    def _footers(self, document: Document) -> list[BaseOxmlElement]:
        """Return what gives the first section, and all behind it, their page numbers."""
        document.settings.odd_and_even_pages_header_footer = True
        section = document.sections[0]
        for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
            footer.is_linked_to_previous = False
            holder = footer.paragraphs[0]._p
            holder.getparent().replace(holder, element(self._page_number(align)))
        return _references(section)

    def _no_footers(self, document: Document) -> list[BaseOxmlElement]:
        """Return what gives a section no page numbers."""
        section = document.add_section()
        for footer in (section.footer, section.even_page_footer):
            footer.is_linked_to_previous = False
        return _references(section)

    def _set_normal(self, document: Document) -> None:
        from docx.shared import Pt

        normal = document.styles["Normal"]
        normal.font.size = Pt(self._look.sizes["body"])
        normal.paragraph_format.space_after = Pt(0)
        names = normal.element.get_or_add_rPr().get_or_add_rFonts()
        for script, name in script_fonts(self._look.fonts["body"], self._look.fonts["latin"]):
            names.set(f"{{{SPACE}}}{script}", name)

    def _page_number(self, align: str) -> str:
        font, size = self._look.fonts["page_number"], self._look.sizes["page_number"]
        run = run_look(font, size, latin=font)
        side = f'<w:ind w:{align}="{round(size * TWIPS)}"/>'
        dashes = [f"<w:r>{run}{inner(text)}</w:r>" for text in (f"{_DASH} ", f" {_DASH}")]
        return (
            f'<w:p><w:pPr><w:snapToGrid w:val="0"/>{side}<w:jc w:val="{align}"/></w:pPr>'
            f"{dashes[0]}{field_run('PAGE', run)}{dashes[1]}</w:p>"
        )

    def _picture_page(
        self, document: Document, picture: Picture, number: int
    ) -> Iterator[BaseOxmlElement]:
        """Yield a page's paragraphs: mark, title, picture."""
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        look = self._look.for_picture(picture)
        blocks = CircularBlocks(self._circular, look).above_picture(number)
        for block in blocks:
            yield element(self._paragraph(block))
        above = sum(block.line for block in blocks)
        width, height = picture.fitted(look.width, look.height - above - SPARE)
        holder = document.add_paragraph()
        holder.alignment = WD_ALIGN_PARAGRAPH.CENTER
        holder.paragraph_format.line_spacing = 1.0
        holder.paragraph_format.space_after = Pt(0)
        holder.add_run().add_picture(io.BytesIO(picture.png), Pt(width), Pt(height))
        holder._p.getparent().remove(holder._p)
        yield holder._p

    def _paragraph(self, block: Block) -> str:
        look = self._look
        red = RED if block.red else ""
        latin = look.fonts["red_head"] if block.red else look.fonts["latin"]
        closer = look.closer if block.on_grid else 0.0
        run = run_look(look.fonts[block.font], block.size, latin, colour=red, spacing=closer)
        words, mark = (
            (f"<w:r>{run}{self._inner(block.text)}</w:r>", "") if block.text else ("", run)
        )
        edge = f'<w:pBdr><w:bottom w:val="single" w:sz="12" w:space="4" w:color="{RED}"/></w:pBdr>'
        sides = _indents(block.indent, block.hanging, block.right, look.page["character"])
        return (
            f"<w:p><w:pPr>{'<w:keepNext/>' if block.with_next else ''}"
            '<w:widowControl w:val="0"/>'
            f'{edge if block.ruled else ""}<w:snapToGrid w:val="0"/>'
            f'<w:spacing w:line="{round(block.line * TWIPS)}" w:lineRule="exact"/>{sides}'
            f'<w:jc w:val="{block.align}"/>{mark}</w:pPr>{words}</w:p>'
        )

    def _imprint(self, *, floats: bool) -> Iterator[str]:
        """Yield 抄送 and 印发 between their lines at the foot of the page.

        Args:
            floats: it stands below other text; else it is alone on its page.
        """
        look, circular = self._look, self._circular
        lines = imprint_lines(circular)
        if not lines:
            return
        size = look.sizes["imprint"]
        width, side = round(look.width * TWIPS), round(size * TWIPS)
        top = imprint_top(circular, look)
        place = (
            '<w:tblpPr w:vertAnchor="page" w:horzAnchor="margin" w:tblpX="1"'
            f' w:tblpY="{round(top * TWIPS)}"/>'
        )
        if not floats:
            above = top - look.page["top_mm"] * POINTS_PER_MM - SPARE
            yield _BREAK.replace('w:line="20"', f'w:line="{round(above * TWIPS)}"')
        edges = "".join(
            f'<w:{name} w:val="single" w:sz="{thick}" w:space="0" w:color="000000"/>'
            for name, thick in (("top", 8), ("bottom", 8), ("insideH", 6))
        )
        rows = "".join(
            f'<w:tr><w:trPr><w:cantSplit/></w:trPr><w:tc><w:tcPr><w:tcW w:w="{width}"'
            f' w:type="dxa"/></w:tcPr>{self._imprint_line(left, right, width - 2 * side)}'
            "</w:tc></w:tr>"
            for left, right in lines
        )
        yield (
            f'<w:tbl><w:tblPr>{place if floats else ""}<w:tblW w:w="{width}" w:type="dxa"/>'
            f'<w:tblBorders>{edges}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>'
            f'<w:left w:w="{side}" w:type="dxa"/><w:right w:w="{side}" w:type="dxa"/>'
            f'</w:tblCellMar></w:tblPr><w:tblGrid><w:gridCol w:w="{width}"/></w:tblGrid>{rows}'
            "</w:tbl>"
        )
        yield _BREAK

    def _imprint_line(self, left: str, right: str, far: int) -> str:
        look, size = self._look, self._look.sizes["imprint"]
        run = run_look(look.fonts["body"], size, look.fonts["latin"])
        hanging = round(self._blocks.ruler.width(left[: left.find("：") + 1]) * size * TWIPS)
        words = self._inner(f"{left}\t{right}" if right else left)
        return (
            f'<w:p><w:pPr><w:tabs><w:tab w:val="right" w:pos="{far}"/></w:tabs>'
            '<w:snapToGrid w:val="0"/>'
            f'<w:spacing w:line="{round(IMPRINT_LINE * size * TWIPS)}" w:lineRule="exact"/>'
            f'<w:ind w:left="{hanging}" w:hanging="{hanging}"/></w:pPr>'
            f"<w:r>{run}{words}</w:r></w:p>"
        )

    def _inner(self, text: str) -> str:
        return inner(escape(self.texts.clean(text)))


def _section(width: float, height: float, margins: Sequence[float], line: int = 0) -> str:
    """Return a section's paper in mm, its margins (top, right, bottom, left, footer), its grid."""
    top, right, bottom, left, footer = (round(each * _MM) for each in margins)
    lying = ' w:orient="landscape"' if width > height else ""
    grid = f'<w:docGrid w:type="lines" w:linePitch="{line}"/>' if line else ""
    return (
        f'<w:sectPr><w:pgSz w:w="{round(width * _MM)}" w:h="{round(height * _MM)}"{lying}/>'
        f'<w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}"'
        f' w:header="851" w:footer="{footer}" w:gutter="0"/>{grid}</w:sectPr>'
    )


def _section_of(look: CircularLook, *, grid: bool = True) -> str:
    """Return a section of this look; a picture would take whole lines of the grid."""
    page = look.page
    margins = [page[f"{name}_mm"] for name in ("top", "right", "bottom", "left", "footer")]
    return _section(page["width_mm"], page["height_mm"], margins, look.line if grid else 0)


def _table_section(content: Content, layout: Layout) -> str:
    """Return the section of a table: where its rows are placed on pages, their foot stays free."""
    page, plan = layout.page, plan_table(content, layout)
    foot = page.bottom_mm + free_foot(plan)
    margins = (page.top_mm, page.right_mm, foot, page.left_mm, page.footer_mm)
    return _section(page.width_mm, page.height_mm, margins)


def _references(section: Section) -> list[BaseOxmlElement]:
    return [child for child in section._sectPr if child.tag.endswith("footerReference")]


def _put(
    document: Document,
    sections: Sequence[tuple[Sequence[BaseOxmlElement], str, Sequence[BaseOxmlElement]]],
) -> None:
    """Put sections into the document: parts, paper, footers; without these those before hold."""
    body = document.element.body
    for child in list(body):
        body.remove(child)
    for number, (parts, xml, footers) in enumerate(sections):
        ending = element(xml)
        for place, footer in enumerate(footers):
            ending.insert(place, footer)
        for part in parts:
            body.append(part)
        if number == len(sections) - 1:
            body.append(ending)
        else:
            body[-1].get_or_add_pPr().append(ending)


def _indents(indent: float, hanging: float, right: float, character: float) -> str:
    """Return a paragraph's indents, in hundredths of a character and in twips for old readers."""

    def side(name: str, characters: float) -> str:
        twips = round(characters * character * TWIPS)
        return f' w:{name}Chars="{round(characters * 100)}" w:{name}="{twips}"'

    words = ""
    if right:
        words += side("right", right)
    if hanging:
        words += side("left", hanging)
        if hanging > indent:
            words += side("hanging", hanging - indent)
    elif indent:
        words += side("firstLine", indent)
    return f"<w:ind{words}/>" if words else ""
