"""The breakdown as workbook and document: columns, repeated heading, fonts, page numbers."""

from __future__ import annotations

import re
from datetime import datetime
from zipfile import ZipFile

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn

from tracker.domain.content import Content, ContentRow
from tracker.reports.breakdown import breakdown_layout
from tracker.reports.situation_xlsx import write_situation_xlsx
from tracker.reports.table_docx import write_table_docx


def write_breakdown_xlsx(content, target):
    return write_situation_xlsx(content, breakdown_layout(content), target)


def write_breakdown_docx(content, target):
    return write_table_docx(content, breakdown_layout(content), target)


ROW = ContentRow(
    number="1",
    section="一、工程",
    task="修渠。\n①清淤；②建闸。",
    lead=("县水利局", "县发改局"),
    cooperating=("县财政局、县公安局",),
    persons=("周明",),
    deadline="6月底前",
)
CONTENT = Content("水利方案责任分解表", "附件", rows=(ROW,), created=datetime(2026, 3, 2, 9, 30))


def headings(*rows):
    return [column.heading for column in breakdown_layout(Content("表", rows=rows)).columns]


def test_only_columns_with_something_in_them_are_printed():
    assert headings(ROW) == [
        "序号",
        "类别",
        "工作任务",
        "牵头单位",
        "配合单位",
        "责任领导",
        "完成时限",
    ]
    assert headings(ContentRow(task="修渠。", lead=("县水利局",))) == [
        "序号",
        "工作任务",
        "牵头单位",
    ]
    one = ContentRow(task="修渠。", units=("县水利局",), deadline="年底")
    assert headings(one) == ["序号", "工作任务", "责任单位", "完成时限"]


def test_the_page_is_filled_whatever_columns_there_are():
    def width(*rows):
        columns = breakdown_layout(Content("表", rows=rows)).columns
        return sum(column.pixels for column in columns)

    assert width(ROW) == width(ContentRow(task="甲")) == width(ContentRow(units=("县水利局",)))


@pytest.fixture
def document(tmp_path):
    target = tmp_path / "分解表.docx"
    assert write_breakdown_docx(CONTENT, target) == ()
    return docx.Document(str(target))


def test_the_heading_is_repeated_and_no_row_is_torn(document):
    heading, row = document.tables[0].rows
    assert heading._tr.trPr.find(qn("w:tblHeader")) is not None
    assert row._tr.trPr.find(qn("w:tblHeader")) is None
    for each in (heading, row):
        assert each._tr.trPr.find(qn("w:cantSplit")) is not None


def test_cells_hold_the_texts_to_the_letter(document):
    cells = [cell.text for cell in document.tables[0].rows[1].cells]
    assert cells == [
        "1",
        "一、工程",
        "修渠。\n①清淤；②建闸。",
        "县水利局\n县发改局",
        "县财政局、县公安局",
        "周明",
        "6月底前",
    ]
    assert [p.text for p in document.paragraphs[:2]] == ["附件", "水利方案责任分解表"]


def test_fonts_are_set_for_chinese_and_latin(document):
    fonts = {
        run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia"))
        for run in document.tables[0]._tbl.iter(qn("w:r"))
    }
    assert fonts == {"黑体", "仿宋_GB2312"}
    title = document.paragraphs[1].runs[0]._r.rPr
    assert title.find(qn("w:rFonts")).get(qn("w:eastAsia")) == "方正小标宋简体"
    assert title.find(qn("w:rFonts")).get(qn("w:ascii")) == "Times New Roman"
    assert title.find(qn("w:sz")).get(qn("w:val")) == "44"


def test_the_page_lies_across_with_numbers_outside(document):
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        paragraph = footer.paragraphs[0]
        assert re.sub(r"\s", "", paragraph.text) == "—1—"
        assert "PAGE" in paragraph._p.xml
        assert paragraph._p.pPr.find(qn("w:jc")).get(qn("w:val")) == side
    assert document.settings.odd_and_even_pages_header_footer


def test_the_file_says_nothing_of_the_tool_it_was_made_with(document, tmp_path):
    properties = document.core_properties
    assert (properties.author, properties.comments) == ("", "")
    assert properties.created.replace(tzinfo=None) == CONTENT.created
    with ZipFile(tmp_path / "分解表.docx") as archive:
        assert {info.date_time for info in archive.infolist()} == {(2026, 3, 2, 9, 30, 0)}


def test_a_long_title_takes_the_smaller_size(tmp_path):
    target = tmp_path / "长.docx"
    write_breakdown_docx(Content("关于" * 20, rows=(ROW,)), target)
    run = docx.Document(str(target)).paragraphs[0].runs[0]
    assert run.font.size.pt == 18


@pytest.mark.parametrize("write", [write_breakdown_xlsx, write_breakdown_docx])
def test_what_a_file_cannot_hold_is_left_out_and_told(tmp_path, write):
    row = ContentRow(number="1", task="修\x01渠 <甲> & “乙”\t丙。", lead=("县\x02水利局",))
    target = tmp_path / ("表.docx" if write is write_breakdown_docx else "表.xlsx")
    (warning, *_) = write(Content("表", rows=(row,)), target)
    assert "控制字符" in warning
    if write is write_breakdown_docx:
        cell = docx.Document(str(target)).tables[0].rows[1].cells[1].text
    else:
        cell = openpyxl.load_workbook(target).worksheets[0]["B3"].value
    assert cell == "修渠 <甲> & “乙”\t丙。"


def test_the_workbook_repeats_its_heading_and_numbers_its_pages(tmp_path):
    target = tmp_path / "分解表.xlsx"
    write_breakdown_xlsx(CONTENT, target)
    sheet = openpyxl.load_workbook(target).worksheets[0]
    assert sheet.title == "责任分解表"
    assert sheet.print_title_rows == "$3:$3"
    assert "&P" in sheet.oddFooter.right.text
    assert "&P" in sheet.evenFooter.left.text
    assert sheet.page_setup.orientation == "landscape"


def test_a_table_of_two_thousand_rows_is_written_whole(tmp_path):
    content = Content("表", rows=(ROW,) * 2000)
    write_breakdown_docx(content, tmp_path / "大.docx")
    assert len(docx.Document(str(tmp_path / "大.docx")).tables[0]._tbl.tr_lst) == 2001
