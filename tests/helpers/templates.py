"""Workbooks as an office would give them for templates, each with another peculiarity."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from io import BytesIO

import openpyxl
from openpyxl.comments import Comment
from openpyxl.drawing.image import Image
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Alignment, Border, Color, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.table import Table

from tracker.domain.content import Content, ContentRow
from tracker.reports.template_value import RoundWords

THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)
OLD = "旧词"
"""Stands in every cell of an old table."""
HEADS = ("序号", "重点任务", "牵头单位", "配合单位", "完成时限", "落实情况", "备注")
WIDTHS = (6, 34, 18, 18, 14, 48, 10)
WORDS = RoundWords("春季重点工作", 3, date(2026, 9, 30), "清源县督查室", date(2026, 10, 8))


def content(rows: int = 12, *, long: bool = False) -> Content:
    """Return a table of tasks; `long` ends with one that fits no page."""
    made = [_row(number) for number in range(1, rows + 1)]
    if long:
        text = "一是完成了征地，二是完成了土建工程；三是启动了设备安装。" * 90
        made.append(
            ContentRow(number=str(rows + 1), task="建成净水厂", units=("县水务局",), progress=text)
        )
    stamp = {"tracker.ledger": "甲", "tracker.round": "3", "tracker.at": "2026-10-01T00:00:00"}
    return Content("2026年春季重点工作落实情况表", rows=tuple(made), properties=stamp)


def _row(number: int) -> ContentRow:
    return ContentRow(
        number=str(number),
        section="一、水利工程" if number < 5 else "二、道路工程",
        task=f"推进第{number}号渠道整治工程，完成清淤{number}.5公里。" * (1 + number % 2),
        units=("县水务局", "县自然资源局")[: 1 + number % 2],
        lead=("县水务局",),
        cooperating=("县财政局",),
        deadline="2026年11月底前",
        progress="①已完成招标；②已完成清淤，累计完成投资一千二百万元。" * (1 + number % 4),
        state="推进中",
        remark="=1+1" if number == 3 else "",
    )


class Builder:
    """Makes one workbook step by step."""

    def __init__(self, heads=HEADS, widths=WIDTHS, font=("仿宋_GB2312", 12)) -> None:
        self.book = openpyxl.Workbook()
        self.sheet = self.book.active
        self.sheet.title = "落实情况"
        self.heads, self.font = heads, Font(name=font[0], size=font[1])
        self.last = 0
        for at, width in enumerate(widths, 1):
            self.sheet.column_dimensions[get_column_letter(at)].width = width

    @cached_property
    def data(self) -> bytes:
        """The file; made once, since openpyxl lets go of pictures when it saves."""
        out = BytesIO()
        self.book.save(out)
        return out.getvalue()

    @property
    def end(self) -> str:
        return get_column_letter(len(self.heads))

    def title(self, text="2026年重点工作落实情况表", meta="填报单位：清源县督查室", annex="附件2"):
        sheet = self.sheet
        sheet["A1"], sheet["A2"], sheet["A3"] = annex, text, meta
        sheet["A1"].font = Font(name="黑体", size=16)
        sheet["A2"].font = Font(name="方正小标宋简体", size=22)
        sheet["A2"].alignment = Alignment(horizontal="center", vertical="center")
        sheet["A3"].font = Font(name="楷体_GB2312", size=12)
        sheet.merge_cells(f"A2:{self.end}2")
        sheet.row_dimensions[2].height = 36
        self.last = 3
        return self

    def header(self, *, fill=False):
        self.last += 1
        for at, head in enumerate(self.heads, 1):
            cell = self.sheet.cell(self.last, at, head)
            cell.font, cell.border = Font(name="黑体", size=12, bold=True), BOX
            cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
            if fill:
                cell.fill = PatternFill("solid", fgColor=Color(indexed=22))
        self.sheet.row_dimensions[self.last].height = 30
        return self

    def two_headers(self):
        """Head the two columns of units by one heading above them."""
        top = self.last + 1
        self.header()
        self.header()
        sheet = self.sheet
        for at, head in enumerate(self.heads, 1):
            letter = get_column_letter(at)
            if head in ("牵头单位", "配合单位"):
                sheet.cell(top, at).value = "责任单位"
            else:
                sheet.cell(top + 1, at).value = None
                sheet.merge_cells(f"{letter}{top}:{letter}{top + 1}")
        at = self.heads.index("牵头单位") + 1
        sheet.cell(top, at + 1).value = None
        sheet.merge_cells(start_row=top, end_row=top, start_column=at, end_column=at + 1)
        return self

    def body(self, rows=5, *, filled=True, wraps=True):
        for number in range(1, rows + 1):
            self.last += 1
            for at, head in enumerate(self.heads, 1):
                cell = self.sheet.cell(self.last, at)
                cell.border, cell.font = BOX, self.font
                side = "center" if at != len(self.heads) - 1 else "left"
                cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=wraps)
                if filled:
                    cell.value = number if head == "序号" else f"{OLD}完成第{number}项{head}。"
            self.sheet.row_dimensions[self.last].height = 42
        return self

    def below(self):
        sheet = self.sheet
        self.last += 1
        sheet.cell(self.last, 1, "注：落实情况请写明进度；存在困难的请说明原因。")
        sheet.merge_cells(f"A{self.last}:{self.end}{self.last}")
        self.last += 2
        sheet.cell(self.last, 1, "填表人：          审核人：          联系电话：")
        return self

    def landscape(self, paper=9, *, fits=True):
        sheet = self.sheet
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", paper
        if fits:
            sheet.sheet_properties.pageSetUpPr = openpyxl.worksheet.properties.PageSetupProperties(
                fitToPage=True
            )
            sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.oddFooter.center.text = "第 &P 页，共 &N 页"
        return self


def plain():
    """The usual one: title, heading, five rows, note, signature."""
    return Builder().title().header().body().below().landscape()


def two_row_header():
    return Builder().title().two_headers().body().below().landscape()


def empty_rows():
    """A form with ruled empty rows."""
    return Builder().title().header().body(8, filled=False).below().landscape()


def numbered_rows():
    """A form whose empty rows are numbered already."""
    made = Builder().title().header().body(8, filled=False)
    for row in range(made.last - 7, made.last + 1):
        made.sheet.cell(row, 1).value = row - made.last + 8
    return made.below().landscape()


def no_rows():
    """Nothing but a heading."""
    return Builder().title().header(fill=True).below().landscape()


def heading_last():
    """A heading, nothing below it."""
    return Builder().title().header().landscape()


def thirty_rows():
    return Builder().title().header().body(30).below().landscape()


def wide_a3():
    heads = ("序号", "类别", "重点任务", "牵头单位", "配合单位", "完成时限", "亮灯", "上期进展",
             "落实情况", "存在问题", "下步打算", "备注")  # fmt: skip
    widths = (6, 12, 36, 16, 16, 14, 10, 36, 44, 20, 20, 8)
    return Builder(heads, widths).title().header().body(6).below().landscape(8)


def several_sheets():
    made = plain()
    notes = made.book.create_sheet("说明", 0)
    notes["A1"] = "请各单位于每月25日前报送。"
    notes["A2"] = "=COUNTA(落实情况!B5:B9)"
    hidden = made.book.create_sheet("代码")
    hidden["A1"], hidden.sheet_state = "甲", "hidden"
    return made


def list_object():
    made = Builder().title().header().body(5)
    made.sheet.add_table(Table(displayName="事项表", ref=f"A4:{made.end}{made.last}"))
    return made.below().landscape()


def formulas_below():
    made = Builder().title().header().body(5)
    first, last = made.last - 4, made.last
    made.last += 1
    sheet = made.sheet
    sheet.cell(made.last, 1, "合计")
    sheet.cell(made.last, 2, f"=COUNTA(B{first}:B{last})")
    sheet.cell(made.last, 3, f"=SUM($A${first}:$A${last})+B{made.last}")
    sheet.cell(made.last, 6, f"=B{first}")
    for at in range(1, len(made.heads) + 1):
        sheet.cell(made.last, at).border = BOX
    return made.below().landscape()


def hidden_column():
    made = plain()
    made.sheet.column_dimensions["D"].hidden = True
    return made


def filter_and_panes():
    made = plain()
    sheet = made.sheet
    sheet.auto_filter.ref = f"A4:{made.end}9"
    sheet.auto_filter.add_filter_column(2, ["县水务局"])
    sheet.row_dimensions[6].hidden = True
    sheet.freeze_panes = "C5"
    return made


def print_set_up():
    made = plain()
    sheet = made.sheet
    sheet.print_title_rows = "2:4"
    sheet.print_area = f"A1:{made.end}{made.last}"
    sheet.print_options.horizontalCentered = True
    sheet.row_breaks.append(Break(id=7))
    sheet.row_breaks.append(Break(id=9))
    sheet.oddHeader.right.text = "{专项}第{期}期"
    made.book.defined_names["事项"] = DefinedName("事项", attr_text="落实情况!$B$5:$B$9")
    return made


def column_styles():
    """Its rows have no cells of their own; the columns say what they look like."""
    made = Builder().title().header()
    for at in range(1, len(made.heads) + 1):
        style = made.sheet.column_dimensions[get_column_letter(at)]
        style.font, style.border = Font(name="仿宋_GB2312", size=14), BOX
        style.alignment = Alignment(wrap_text=True, vertical="center")
    return made.landscape()


def not_wrapping():
    """Indexed colours, theme fonts, and cells that do not break lines."""
    made = Builder(font=("等线", 11)).title().header(fill=True).body(4, wraps=False)
    for row in range(5, 9):
        cell = made.sheet.cell(row, 2)
        cell.font = Font(name="等线", size=11, scheme="minor", color=Color(theme=1))
        cell.alignment = Alignment(shrink_to_fit=True)
    return made.below().landscape()


def rules_and_lists():
    """Conditional formats, choices, links and comments over the old rows."""
    made = plain()
    sheet = made.sheet
    rule = FormulaRule(formula=['ISNUMBER(SEARCH("滞后",$F5))'], font=Font(bold=True))
    sheet.conditional_formatting.add("A5:G9", rule)
    choice = DataValidation(type="list", formula1='"按时,滞后"')
    choice.add("G5:G9")
    sheet.add_data_validation(choice)
    sheet["B6"].comment = Comment("旧批注", "甲")
    sheet["A12"].comment = Comment("签字处", "甲")
    sheet["B7"].hyperlink = "https://example.org/old"
    return made


def section_lines():
    """Heading rows over all columns inside of the table."""
    made = Builder().title().header()
    for name in ("一、旧词甲类", "二、旧词乙类"):
        made.last += 1
        made.sheet.cell(made.last, 1, name).font = Font(name="黑体", size=12)
        for at in range(1, len(made.heads) + 1):
            made.sheet.cell(made.last, at).border = BOX
        made.sheet.merge_cells(f"A{made.last}:{made.end}{made.last}")
        made.body(3)
    return made.below().landscape()


def merged_sections():
    """A column of categories merged over several rows."""
    heads = ("类别", *HEADS)
    made = Builder(heads, (14, *WIDTHS)).title().header().body(6)
    for top in (5, 8):
        for row in range(top, top + 3):
            made.sheet.cell(row, 1).value = None
        made.sheet.cell(top, 1).value = f"{OLD}类"
        made.sheet.merge_cells(start_row=top, end_row=top + 2, start_column=1, end_column=1)
    return made.below().landscape()


def placeholders():
    made = Builder().title("{专项}落实情况表（第{期}期）", "填报单位：{填报单位}　截至{截至}")
    return made.header().body().below().landscape()


def last_round():
    """Its words around the table are of another round."""
    made = Builder().title("2025年重点工作落实情况表（第2期）", "截至2025年6月30日")
    return made.header().body().below().landscape()


def pictures():
    """A logo in the head, a stamp beside the signature."""
    from PIL import Image as Picture

    made = plain()
    for colour, cell in (("red", "A1"), ("blue", "E11")):
        file = BytesIO()
        Picture.new("RGB", (40, 30), colour).save(file, "PNG")
        made.sheet.add_image(Image(file), cell)
    return made


def thick_frame():
    """A thick line round the table."""
    made = plain()
    thick = Side(style="medium")
    for at in range(1, len(made.heads) + 1):
        for row in (5, 9):
            old = made.sheet.cell(row, at)
            edge = {"top": thick} if row == 5 else {"bottom": thick}
            old.border = Border(
                **{"left": THIN, "right": THIN, "top": THIN, "bottom": THIN, **edge}
            )
    return made


PLAIN_ONES = (
    plain, two_row_header, empty_rows, numbered_rows, no_rows, heading_last, thirty_rows, wide_a3,
    several_sheets, list_object, formulas_below, hidden_column, filter_and_panes, print_set_up,
    column_styles, not_wrapping, rules_and_lists, section_lines, merged_sections, placeholders,
    last_round, thick_frame, pictures,
)  # fmt: skip
