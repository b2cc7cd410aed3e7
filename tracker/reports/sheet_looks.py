"""A layout as named styles, page set-up and properties of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.text.printable import printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.content import Content
    from tracker.reports.looks import Layout, NormalLook, PageLook

_PREFIX = "台账"
_MM_PER_INCH = 25.4


def line_style(part: str, size: float) -> str:
    """Return the name of the style of a part of the page (`title`, `heading` …)."""
    return f"{_PREFIX}-{part}-{size:g}"


def right_style(style: str) -> str:
    """Return the name of the style that differs from `style` by standing at the right."""
    return f"{style}-right"


def body_style(field: str) -> str:
    """Return the name of the style of a column's cells."""
    return f"{_PREFIX}-column-{field}"


def style_part(part: str) -> str:
    """Return whose style a part of the page has."""
    return "below" if part in ("signature", "legend") else part


def end_page(sheet: Worksheet, row: int) -> None:
    """Let a page end below a row."""
    from openpyxl.worksheet.pagebreak import Break

    sheet.row_breaks.append(Break(id=row))


def new_book(layout: Layout, content: Content, *, placed: bool = False) -> Workbook:
    """Return a workbook with one empty sheet, styles, page set-up and properties in place.

    Args:
        placed: pages end where the sheet says; else where the paper does, the columns made fit.
    """
    from openpyxl import Workbook

    book = Workbook()
    _set_normal_font(book, layout.normal)
    for sheet in book.worksheets:
        sheet.title = layout.sheet
        _set_page(sheet, layout, placed)
    _add_styles(book, layout, placed)
    _set_properties(book, content)
    return book


def _set_normal_font(book: Workbook, normal: NormalLook) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    font = Font(name=normal.font, size=normal.size, charset=134)
    # openpyxl has no public way to the font that Excel counts column widths in
    book._fonts = IndexedList([font])  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = font  # type: ignore[attr-defined]


def _set_page(sheet: Worksheet, layout: Layout, placed: bool) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    page = layout.page
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.paperSize = page.paper
    setup.orientation = "landscape" if page.landscape else "portrait"
    if placed:
        # Excel minds no break of ours once it has to fit the columns to the paper
        setup.scale = 100
    else:
        setup.fitToWidth, setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    for side in ("top", "bottom", "left", "right", "header", "footer"):
        setattr(margins, side, round(getattr(page, f"{side}_mm") / _MM_PER_INCH, 4))
    _set_footer(sheet, page)
    for index, column in enumerate(layout.columns, 1):
        sheet.column_dimensions[letter(index)].width = layout.excel_width(column)


def _set_footer(sheet: Worksheet, page: PageLook) -> None:
    """Set the footer: in the middle, or at the right of odd pages and the left of even ones."""
    places = [sheet.oddFooter.center]  # type: ignore[union-attr]
    if page.sides:
        sheet.HeaderFooter.differentOddEven = True
        places = [sheet.oddFooter.right, sheet.evenFooter.left]  # type: ignore[union-attr]
    for place in places:
        place.text, place.size = page.footer, page.footer_size
        place.font = f"{page.footer_font},常规"


def _add_styles(book: Workbook, layout: Layout, placed: bool) -> None:
    more = ("group_line", "below") if placed else ()
    for part in ("annex", "title", "meta", "heading", *more):
        look = getattr(layout, part)
        for size in look.sizes:
            name, border = line_style(part, size), part in ("heading", "group_line")
            _add_style(book, name, look.font, size, look.align, border)
            if part == "meta":
                _add_style(book, right_style(name), look.font, size, "right", border)
    body = layout.body
    for column in layout.columns:
        name = body_style(column.field)
        _add_style(book, name, body.font, body.sizes[0], column.align, border=True)


def _add_style(book: Workbook, name: str, font: str, size: float, align: str, border: bool) -> None:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, Side

    side = Side(style="thin", color="FF000000") if border else None
    style = NamedStyle(
        name,
        font=Font(name=font, size=size, charset=134, color="FF000000"),
        alignment=Alignment(horizontal=align, vertical="center", wrap_text=True),
        border=Border(left=side, right=side, top=side, bottom=side),
    )
    book.add_named_style(style)


def _set_properties(book: Workbook, content: Content) -> None:
    from openpyxl.packaging.custom import StringProperty

    book.properties.creator = ""
    book.properties.title = content.title
    for name, value in content.properties.items():
        stamp = StringProperty(name=name, value=printable(value)[0])
        book.custom_doc_props.append(stamp)  # type: ignore[attr-defined]


def letter(column: int) -> str:
    """Return the letter of a 1-based column."""
    from openpyxl.utils import get_column_letter

    return get_column_letter(column)
