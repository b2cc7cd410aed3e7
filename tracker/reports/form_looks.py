"""A form's look as named styles, locked cells and drop-downs of a workbook."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.domain.content import Content
from tracker.domain.form import FIXED, STAMP_SHEET
from tracker.reports import sheet_looks

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

    from tracker.domain.form import Form
    from tracker.reports.form_look import FormLook

_PREFIX = "台账-form"
_MOST_LISTED = 255
"""Characters that a drop-down's list may have."""
NUMBER = f"{_PREFIX}-number-of-form"
LABEL = f"{_PREFIX}-label"
BLANK = f"{_PREFIX}-blank"


def cell_style(field: str) -> str:
    """Return the name of the style of a column's cells."""
    return f"{_PREFIX}-{field}"


def new_form_book(look: FormLook, form: Form) -> Workbook:
    """Return a workbook with one empty sheet, its look, and the stamp in two places."""
    layout = look.layout
    content = Content(form.title, properties=form.stamp.properties())
    book = sheet_looks.new_book(layout, content)
    _add_styles(book, look)
    hidden = book.create_sheet(STAMP_SHEET)
    hidden.sheet_state = "veryHidden"
    for name, value in form.stamp.properties().items():
        hidden.append((name, value))
    return book


def _add_styles(book: Workbook, look: FormLook) -> None:
    body, grey = look.layout.body, look.code_color
    for column in look.layout.columns:
        _add(
            book,
            cell_style(column.field),
            font=(body.font, look.size(column.field)),
            align=column.align,
            color=grey if column.field == "code" else "000000",
            fill=look.fixed_fill if column.field in FIXED else "",
            locked=column.field in FIXED,
        )
    size = body.sizes[0]
    _add(book, LABEL, font=(body.font, size), align="center", fill=look.fixed_fill)
    _add(book, BLANK, font=(body.font, size), align="center", locked=False)
    small = look.layout.annex
    _add(book, NUMBER, font=(small.font, small.sizes[0]), align="right", color=grey, border=False)


def _add(
    book: Workbook,
    name: str,
    *,
    font: tuple[str, float],
    align: str,
    color: str = "000000",
    fill: str = "",
    locked: bool = True,
    border: bool = True,
) -> None:
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side

    side = Side(style="thin", color="FF000000") if border else None
    style = NamedStyle(
        name,
        font=Font(name=font[0], size=font[1], charset=134, color=f"FF{color}"),
        alignment=Alignment(horizontal=align, vertical="center", wrap_text=True),
        border=Border(left=side, right=side, top=side, bottom=side),
        protection=Protection(locked=locked),
    )
    if fill:
        style.fill = PatternFill("solid", fgColor=f"FF{fill}")
    book.add_named_style(style)


def protect(sheet: Worksheet) -> None:
    """Lock the fixed cells; heights and widths may be changed, and no password is asked."""
    rules = sheet.protection
    rules.sheet = True
    rules.formatRows = rules.formatColumns = rules.formatCells = False


def start_at(sheet: Worksheet, cell: str) -> None:
    """Let the sheet open with `cell` chosen: the first one to fill in."""
    for chosen in sheet.sheet_view.selection:
        chosen.activeCell = chosen.sqref = cell


def offer_states(sheet: Worksheet, cells: str, states: tuple[str, ...]) -> None:
    """Give `cells` a drop-down of the states; another word is asked about, not refused."""
    from openpyxl.worksheet.datavalidation import DataValidation

    listed = ",".join(states)
    if not states or len(listed) > _MOST_LISTED:
        return
    rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=True)
    rule.showErrorMessage = True
    rule.errorStyle = "warning"
    rule.errorTitle, rule.error = "办理状态", "下拉里没有这个词，确定要这样填吗？"
    rule.add(cells)
    sheet.add_data_validation(rule)


def only_percent(sheet: Worksheet, cells: str) -> None:
    """Let `cells` take numbers from 0 to 100 only."""
    from openpyxl.worksheet.datavalidation import DataValidation

    rule = DataValidation(
        "decimal", operator="between", formula1="0", formula2="100", allow_blank=True
    )
    rule.showErrorMessage = True
    rule.errorTitle, rule.error = "完成率", "请填0至100的数"
    rule.add(cells)
    sheet.add_data_validation(rule)
