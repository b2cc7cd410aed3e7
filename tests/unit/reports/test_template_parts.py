"""What Excel writes and openpyxl does not: kept and moved in a filled template."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from warnings import catch_warnings, simplefilter
from zipfile import ZipFile

import openpyxl
import pytest

from tests.helpers.raw_workbook import MAIN, RawBook
from tests.helpers.templates import WORDS, content
from tracker.base.errors import UserError
from tracker.reports.template_fill import filled
from tracker.reports.template_read import template_of

SHEET = "xl/worksheets/sheet1.xml"
ROWS = 6


def fill(book: RawBook):
    """Return the parts of the filled workbook as texts, its first sheet, and the warnings."""
    data, warnings = filled(template_of(book.data, "表.xlsx"), content(ROWS), WORDS)
    with ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    with catch_warnings():
        simplefilter("ignore")  # openpyxl tells what it would lose
        sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    return parts, sheet, warnings


@pytest.fixture
def book():
    made = RawBook()
    made.body()
    return made


def test_the_names_of_elements_may_have_a_prefix():
    book = RawBook(prefix="x")
    book.body()
    parts, sheet, _ = fill(book)
    assert [sheet.cell(row, 1).value for row in range(3, 9)] == [1, 2, 3, 4, 5, 6]
    assert "<x:row" in parts[SHEET]
    assert "<row" not in parts[SHEET]


def test_cells_may_leave_their_places_out(book):
    for row in book.rows:
        book.rows[row] = re.sub(r' r="[A-Z]?\d+"', "", book.rows[row])
    book.text_row(6, {"A": "注：以上为本月情况。"})
    _, sheet, _ = fill(book)
    assert sheet["B8"].value == content(ROWS).rows[5].task
    assert sheet["A9"].value == "注：以上为本月情况。"


def test_a_placeholder_torn_between_runs_is_said_in_the_first_ones_look():
    book = RawBook()
    book.body()
    runs = '<r><rPr><b/><sz val="20"/></rPr><t>第{</t></r><r><t>期}期</t></r>'
    book.text_row(1, {"A": runs})
    parts, sheet, _ = fill(book)
    assert sheet["A1"].value == "第3期"
    assert '<sz val="20"/>' in parts[SHEET]


def test_formulas_given_once_for_several_cells_are_written_out(book):
    book.rows[3] = book.rows[3].replace(
        "</row>", '<c r="F3"><f t="shared" ref="F3:F6" si="0">COUNTA(B3:D3)</f><v>3</v></c></row>'
    )
    book.rows[6] = (
        '<row r="6"><c r="A6" t="str"><f>"合计"&amp;COUNTA(B3:B5)</f><v>合计3</v></c>'
        '<c r="F6"><f t="shared" si="0"/><v>0</v></c></row>'
    )
    book.more["xl/calcChain.xml"] = b"<calcChain/>"
    book.book_links.append(("calcChain", "calcChain.xml"))
    book.types = '<Override PartName="/xl/calcChain.xml" ContentType="a/b"/>'
    parts, sheet, _ = fill(book)
    assert sheet["F9"].value == "=COUNTA(B9:D9)"
    assert sheet["A9"].value == '="合计"&COUNTA(B3:B8)'
    assert "合计3" not in parts[SHEET]
    assert "xl/calcChain.xml" not in parts
    assert "calcChain" not in parts["[Content_Types].xml"] + parts["xl/_rels/workbook.xml.rels"]
    assert 'fullCalcOnLoad="1"' in parts["xl/workbook.xml"]


def test_newer_conditional_formats_are_stretched_as_well(book):
    book.tail = (
        '<extLst><ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        "<x14:conditionalFormattings>"
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        "<xm:f>D4</xm:f><xm:sqref>D4:D5</xm:sqref></x14:conditionalFormatting>"
        '<x14:conditionalFormatting xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">'
        "<xm:f>$A$1</xm:f><xm:sqref>C4</xm:sqref></x14:conditionalFormatting>"
        "</x14:conditionalFormattings></ext></extLst>"
    )
    parts, _, _ = fill(book)
    assert "<xm:f>D3</xm:f><xm:sqref>D3:D8</xm:sqref>" in parts[SHEET]
    assert "<xm:sqref>C4" not in parts[SHEET]
    assert parts[SHEET].count("<x14:conditionalFormatting ") == 1


def test_old_texts_are_emptied_unless_another_cell_says_the_same(book):
    book.rows[6] = '<row r="6"><c r="A6" t="s"><v>7</v></c></row>'  # 县水务局 of the first row
    parts, sheet, _ = fill(book)
    assert "旧任务" not in parts["xl/sharedStrings.xml"]
    assert book.strings[7] in parts["xl/sharedStrings.xml"]
    assert parts["xl/sharedStrings.xml"].count("<si>") == len(book.strings)
    assert sheet["A9"].value == re.sub("<.*?>", "", book.strings[7])


def test_a_sheet_that_is_protected_says_so(book):
    book.tail = '<sheetProtection sheet="1" objects="1"/>'
    parts, _, warnings = fill(book)
    assert '<sheetProtection sheet="1"' in parts[SHEET]
    assert any("保护" in each for each in warnings)


def test_a_table_squeezed_on_one_page_says_so(book):
    book.views = '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
    book.tail = '<pageSetup paperSize="9" orientation="landscape"/>'
    _, _, warnings = fill(book)
    assert any("一页高" in each for each in warnings)


def anchor(top, bottom, offset=0):
    return (
        f"<xdr:twoCellAnchor><xdr:from><xdr:col>0</xdr:col><xdr:colOff>0</xdr:colOff>"
        f"<xdr:row>{top}</xdr:row><xdr:rowOff>{offset}</xdr:rowOff></xdr:from>"
        f"<xdr:to><xdr:col>1</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{bottom}</xdr:row>"
        f"<xdr:rowOff>{offset}</xdr:rowOff></xdr:to><xdr:clientData/></xdr:twoCellAnchor>"
    )


def with_drawing(book, *anchors, text=""):
    book.more["xl/drawings/drawing1.xml"] = (
        '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
        f"{''.join(anchors)}{text}</xdr:wsDr>"
    ).encode()
    book.sheet_links.append(("drawing", "../drawings/drawing1.xml"))
    return book


def rows_of(parts) -> list[tuple[int, int]]:
    drawn = parts["xl/drawings/drawing1.xml"]
    found = [int(each) for each in re.findall(r"<xdr:row>(\d+)", drawn)]
    return list(zip(found[::2], found[1::2], strict=True))


def drawn(book) -> list[tuple[int, int]]:
    data, _ = filled(template_of(book.data, "表.xlsx"), content(ROWS), WORDS)
    with ZipFile(io.BytesIO(data)) as archive:
        return rows_of({name: archive.read(name).decode() for name in archive.namelist()})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ((0, 1), (0, 1)),  # in the head
        ((6, 8), (9, 11)),  # below the table: three rows more
        ((4, 6), (7, 9)),  # begins over the last old row: stays with what stands below
    ],
)
def test_drawings_keep_their_place_beside_the_table(book, before, after):
    assert drawn(with_drawing(book, anchor(*before)))[0][1] == after[1]


def test_a_drawing_from_the_head_into_the_table_keeps_its_height(book):
    ((top, bottom),) = drawn(with_drawing(book, anchor(0, 3)))
    assert top == 0
    assert bottom in (2, 3)  # the new first row is higher than the old ones


def test_a_text_box_may_hold_a_placeholder(book):
    text = "<xdr:sp><xdr:txBody><a:p><a:r><a:t>第{期}期</a:t></a:r></a:p></xdr:txBody></xdr:sp>"
    book = with_drawing(book, anchor(0, 1).replace("<xdr:clientData/>", f"{text}<xdr:clientData/>"))
    data, _ = filled(template_of(book.data, "表.xlsx"), content(ROWS), WORDS)
    with ZipFile(io.BytesIO(data)) as archive:
        assert "第3期" in archive.read("xl/drawings/drawing1.xml").decode()


def note(row):
    return (
        f'<v:shape id="n{row}"><x:ClientData ObjectType="Note"><x:Anchor>1, 15, {row}, 2, 3, 15, '
        f"{row + 3}, 4</x:Anchor><x:Row>{row}</x:Row><x:Column>1</x:Column></x:ClientData>"
        "</v:shape>"
    )


def test_drawn_notes_go_with_their_comments(book):
    listed = "".join(f'<comment ref="B{n}" authorId="0"><text/></comment>' for n in (2, 4, 7))
    book.more["xl/comments1.xml"] = (
        f'<comments xmlns="{MAIN}"><authors><author>甲</author></authors>'
        f"<commentList>{listed}</commentList></comments>"
    ).encode()
    book.more["xl/drawings/vml1.vml"] = (
        '<xml xmlns:v="urn:v" xmlns:x="urn:x">' + note(1) + note(3) + note(6) + "</xml>"
    ).encode()
    book.sheet_links += [
        ("comments", "../comments1.xml"),
        ("vmlDrawing", "../drawings/vml1.vml"),
    ]
    data, warnings = filled(template_of(book.data, "表.xlsx"), content(ROWS), WORDS)
    with ZipFile(io.BytesIO(data)) as archive:
        comments = archive.read("xl/comments1.xml").decode()
        drawn_ = archive.read("xl/drawings/vml1.vml").decode()
    assert re.findall(r'ref="(\w+)"', comments) == ["B2", "B10"]
    assert re.findall(r"<x:Row>(\d+)", drawn_) == ["1", "9"]
    assert re.findall(r"<x:Anchor>[^<]*", drawn_)[1] == "<x:Anchor>1, 15, 9, 2, 3, 15, 12, 4"
    assert any("1 条批注" in each for each in warnings)


def with_chart(book, formula):
    space = "http://schemas.openxmlformats.org/drawingml/2006/chart"
    book.more["xl/charts/chart1.xml"] = (
        f'<c:chartSpace xmlns:c="{space}"><c:numRef><c:f>{formula}</c:f>'
        "<c:numCache><c:v>旧数</c:v></c:numCache></c:numRef></c:chartSpace>"
    ).encode()
    return book


def test_a_chart_reaches_over_the_new_rows_and_forgets_the_old_values(book):
    parts, _, _ = fill(with_chart(book, "表!$A$3:$A$5"))
    chart = parts["xl/charts/chart1.xml"]
    assert "表!$A$3:$A$8" in chart
    assert "旧数" not in chart


def test_a_chart_of_something_else_is_kept_byte_for_byte(book):
    book = with_chart(book, "别处!$A$3:$A$5")
    parts, _, _ = fill(book)
    assert parts["xl/charts/chart1.xml"].encode() == book.more["xl/charts/chart1.xml"]


def test_a_pivot_table_on_the_sheet_is_refused(book):
    book.more["xl/pivotTables/pivotTable1.xml"] = b"<x/>"
    book.sheet_links.append(("pivotTable", "../pivotTables/pivotTable1.xml"))
    with pytest.raises(UserError, match="数据透视表"):
        fill(book)


def test_a_pivot_table_elsewhere_is_made_anew_from_the_new_rows(book):
    book.more["xl/pivotCache/pivotCacheDefinition1.xml"] = (
        f'<pivotCacheDefinition xmlns="{MAIN}"><cacheSource type="worksheet">'
        '<worksheetSource ref="A2:D5" sheet="表"/></cacheSource></pivotCacheDefinition>'
    ).encode()
    book.book_links.append(("pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"))
    data, warnings = filled(template_of(book.data, "表.xlsx"), content(ROWS), WORDS)
    with ZipFile(io.BytesIO(data)) as archive:
        held = archive.read("xl/pivotCache/pivotCacheDefinition1.xml").decode()
    assert 'ref="A2:D8"' in held
    assert 'refreshOnLoad="1"' in held
    assert any("刷新" in each for each in warnings)


def test_totals_right_below_the_heading_stay_and_count_the_new_rows():
    book = RawBook()
    book.rows[3] = (
        '<row r="3"><c r="A3" t="str"><v>合计</v></c>'
        '<c r="B3"><f>COUNTA(B4:B6)</f><v>3</v></c></row>'
    )
    book.body(first=4)
    _, sheet, _ = fill(book)
    assert (sheet["A3"].value, sheet["B3"].value) == ("合计", "=COUNTA(B4:B9)")
    assert sheet["A4"].value == 1


def test_repeated_rows_without_the_heading_are_told(book):
    book.names = (
        '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">表!$1:$1'
        "</definedName></definedNames>"
    )
    _, sheet, warnings = fill(book)
    assert sheet.print_title_rows == "$1:$1"
    assert any("重复标题行" in each for each in warnings)


def test_repeated_columns_are_kept_beside_the_heading(book):
    book.names = (
        '<definedNames><definedName name="_xlnm.Print_Titles" localSheetId="0">表!$A:$B'
        "</definedName></definedNames>"
    )
    _, sheet, _ = fill(book)
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$B", "$2:$2")


def test_an_older_stamp_goes_even_where_there_is_no_new_one(book):
    book.more["docProps/custom.xml"] = (
        b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'custom-properties"><property name="tracker.round" pid="2"/></Properties>'
    )
    book.root_links.append(("custom-properties", "docProps/custom.xml"))
    data, _ = filled(template_of(book.data, "表.xlsx"), replace(content(), properties={}))
    with ZipFile(io.BytesIO(data)) as archive:
        assert b"tracker" not in archive.read("docProps/custom.xml")


def test_a_template_of_excel_becomes_a_plain_workbook(book):
    old = io.BytesIO()
    with ZipFile(io.BytesIO(book.data)) as was, ZipFile(old, "w") as now:
        for name in was.namelist():
            part = was.read(name)
            now.writestr(name, part.replace(b"sheet.main+xml", b"template.main+xml"))
    data, _ = filled(template_of(old.getvalue(), "表.xltx"), content(ROWS), WORDS)
    with ZipFile(io.BytesIO(data)) as archive:
        types = archive.read("[Content_Types].xml")
    assert b"sheet.main+xml" in types
    assert b"template" not in types


@pytest.mark.parametrize(
    ("heights", "least"),
    [
        ((60, 60, 60), 60),
        ((200, 150, 180), 33),
        ((20, 40, 40), 20),
        ((409, 409, 409), 33),
        ((), 15),
    ],
)
def test_rows_are_as_low_as_their_texts_unless_all_were_set_alike(book, heights, least):
    for row, height in zip(range(3, 6), heights, strict=False):
        book.rows[row] = book.rows[row].replace("<row ", f'<row ht="{height}" ')
    assert template_of(book.data, "表.xlsx").least_height == least


def test_a_real_date_in_the_head_is_read_as_it_is_shown(book):
    style = '<xf numFmtId="31" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    book.styles = book.styles.replace("</cellXfs>", style)
    book.rows[1] = book.rows[1].replace("</row>", '<c r="D1" s="3"><v>45838</v></c></row>')
    _, sheet, warnings = fill(book)
    assert sheet["D1"].value == 45838
    assert any("2025年6月30日" in each for each in warnings)


def test_a_string_of_another_sheet_stays_however_it_is_written(book):
    number = book.string("旧任务3")  # the same words as in the table, and a string of its own
    shared = 1 + len(("标题",)) + len(("序号", "重点任务", "责任单位"))
    assert book.strings[shared] == "<t>旧任务3</t>"
    book.more["xl/worksheets/sheet2.xml"] = (
        f"<worksheet xmlns='{MAIN}'><sheetData><row r='1'><c r='A1' t='s'><v>{shared}</v></c>"
        f"<c r='B1' t='s'>\n<v>{number}</v></c></row></sheetData></worksheet>"
    ).encode()
    book.book_links.append(("worksheet", "worksheets/sheet2.xml"))
    book.sheets = '<sheet name="另表" sheetId="2" r:id="rId4"/>'
    parts, _, _ = fill(book)
    assert parts["xl/sharedStrings.xml"].count("旧任务3") == 2
    assert "旧任务4" not in parts["xl/sharedStrings.xml"]


def test_the_picture_of_the_old_first_page_goes(book):
    book.more["docProps/thumbnail.jpeg"] = b"old page"
    book.root_links.append(("metadata/thumbnail", "docProps/thumbnail.jpeg"))
    parts, _, _ = fill(book)
    assert "docProps/thumbnail.jpeg" not in parts
    assert "thumbnail" not in parts["_rels/.rels"]


def test_the_normal_font_is_that_of_the_style_called_so(book):
    book.styles = book.styles.replace(
        '<cellStyleXfs count="1">', '<cellStyleXfs count="2"><xf numFmtId="0" fontId="1"/>'
    ).replace('xfId="0" builtinId="0"', 'xfId="1" builtinId="0"')
    wide = template_of(book.data, "表.xlsx").columns[1].pixels
    assert wide == 320  # forty digits of 宋体 11, eight pixels each
