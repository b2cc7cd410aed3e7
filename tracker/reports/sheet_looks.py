"""A layout as named styles, page set-up and properties of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.text.printable import printable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.content import Content
    from tracker.reports.looks import Layout, NormalLook

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


def new_book(layout: Layout, content: Content) -> Workbook:
    """Return a workbook with one empty sheet, styles, page set-up and properties in place."""
    from openpyxl import Workbook

    book = Workbook()
    _set_normal_font(book, layout.normal)
    for sheet in book.worksheets:
        sheet.title = layout.sheet
        _set_page(sheet, layout)
    _add_styles(book, layout)
    _set_properties(book, content)
    return book


def _set_normal_font(book: Workbook, normal: NormalLook) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils.indexed_list import IndexedList

    font = Font(name=normal.font, size=normal.size, charset=134)
    # openpyxl has no public way to the font that Excel counts column widths in
    book._fonts = IndexedList([font])  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = font  # type: ignore[attr-defined]


def _set_page(sheet: Worksheet, layout: Layout) -> None:
    from openpyxl.worksheet.properties import PageSetupProperties

    page = layout.page
    setup, margins = sheet.page_setup, sheet.page_margins
    setup.paperSize = page.paper
    setup.orientation = "landscape" if page.landscape else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_options.horizontalCentered = True
    for side in ("top", "bottom", "left", "right", "header", "footer"):
        setattr(margins, side, round(getattr(page, f"{side}_mm") / _MM_PER_INCH, 4))
    footer = sheet.oddFooter.center  # type: ignore[union-attr]
    footer.text, footer.size = page.footer, page.footer_size
    footer.font = f"{page.footer_font},常规"
    for index, column in enumerate(layout.columns, 1):
        sheet.column_dimensions[letter(index)].width = layout.excel_width(column)


def _add_styles(book: Workbook, layout: Layout) -> None:
    for part in ("annex", "title", "meta", "heading"):
        look = getattr(layout, part)
        for size in look.sizes:
            name, border = line_style(part, size), part == "heading"
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
