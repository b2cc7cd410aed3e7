"""Workbooks are read as their reader sees them."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime, time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.comments import Comment
from openpyxl.packaging.custom import BoolProperty, IntProperty, StringProperty
from openpyxl.utils.escape import escape

from tracker.base.errors import Cancelled, FileProblem
from tracker.base.progress import Progress
from tracker.files.grid import Merge
from tracker.files.reader import read_file
from tracker.files.xlsx import read_workbook

RELATIONS = (
    '<Relationships><Relationship Id="r1" Type="http://x/officeDocument" '
    'Target="/xl/workbook.xml"/></Relationships>'
)
BOOK_RELATIONS = (
    '<Relationships><Relationship Id="r1" Type="http://x/worksheet" Target="s.xml"/>'
    '<Relationship Id="r2" Type="http://x/sharedStrings" Target="strings.xml"/></Relationships>'
)
BOOK = '<workbook xmlns:r="r"><sheets><sheet name="表" r:id="r1"/></sheets></workbook>'


def saved(tmp_path, book, name="表.xlsx"):
    path = tmp_path / name
    book.save(path)
    return path


def one_sheet(tmp_path, fill):
    book = Workbook()
    fill(book.active)
    return read_file(saved(tmp_path, book))


def raw_book(sheet, strings="<sst/>", head="<?xml version='1.0' encoding='UTF-8'?>"):
    """Return the bytes of a workbook with this XML inside `worksheet`."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("_rels/.rels", RELATIONS)
        package.writestr("xl/workbook.xml", BOOK)
        package.writestr("xl/_rels/workbook.xml.rels", BOOK_RELATIONS)
        package.writestr("xl/strings.xml", head + strings)
        package.writestr("xl/s.xml", f"{head}<worksheet>{sheet}</worksheet>")
    return file.getvalue()


def raw_grid(sheet, strings="<sst/>"):
    return read_workbook(raw_book(sheet, strings), "表.xlsx", None, None).grids[0]


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def test_strings_numbers_and_dates_look_as_on_the_sheet(tmp_path):
    def fill(sheet):
        sheet.append(["序号", "任务", "完成率", "时限", "是否"])
        sheet.append([1, "修路\n架桥", 0.898, date(2026, 9, 30), True])
        sheet.append([2.5, " 首尾 空格 ", 1234.5, datetime(2026, 9, 30, 8, 5), "#N/A"])
        sheet.append([3, None, None, time(8, 30)])
        sheet["C2"].number_format = "0.0%"
        sheet["C3"].number_format = "#,##0.00"
        sheet["D2"].number_format = 'yyyy"年"m"月"d"日"'

    source = one_sheet(tmp_path, fill)
    assert texts(source.grids[0]) == [
        ["序号", "任务", "完成率", "时限", "是否"],
        ["1", "修路\n架桥", "89.8%", "2026年9月30日", "TRUE"],
        ["2.5", " 首尾 空格 ", "1,234.50", "2026-09-30 8:05:00", "#N/A"],
        ["3", "", "", "8:30:00"],
    ]
    row = source.grids[0].rows[1]
    assert (row[0].value, row[2].value, row[3].value) == (1.0, 0.898, date(2026, 9, 30))
    assert source.kind == "xlsx"
    assert source.name == "表.xlsx"
    assert source.content.startswith(b"PK")
    assert source.flow.text.split("\n")[0] == "序号\t任务\t完成率\t时限\t是否"


def test_rich_text_keeps_its_letters(tmp_path):
    def fill(sheet):
        bold = InlineFont(b=True)
        sheet["A1"] = CellRichText("加快", TextBlock(bold, " 推进 "), "道路")

    assert texts(one_sheet(tmp_path, fill).grids[0]) == [["加快 推进 道路"]]


def test_phonetic_signs_are_left_out_and_escapes_decoded():
    strings = (
        '<sst><si><t>东京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si>'
        "<si><r><t>一</t></r><r><t>二_x000D_\n三</t></r></si>"
        "<si><t>_x005F_x0041_ _x0041_ _x00G1_ _xD83D__xDE00_ _xD83D_ a_x000A_b</t></si></sst>"
    )
    rows = "".join(f'<row r="{i + 1}"><c r="A{i + 1}" t="s"><v>{i}</v></c></row>' for i in range(3))
    assert texts(raw_grid(f"<sheetData>{rows}</sheetData>", strings)) == [
        ["东京"],
        ["一二\n三"],
        ["_x0041_ A _x00G1_ 😀 _xD83D_ a\nb"],
    ]


def test_a_formula_shows_its_result_or_itself_with_a_warning(tmp_path):
    source = one_sheet(tmp_path, lambda sheet: sheet.append(["合计", "=SUM(1,2)"]))
    assert texts(source.grids[0]) == [["合计", "=SUM(1,2)"]]
    assert "B1" in source.warnings[0]
    assert "“Sheet”" in source.warnings[0]
    cells = (
        '<c r="A1"><f>1+1</f><v>2</v></c><c r="B1" t="str"><f>""</f><v></v></c>'
        '<c r="C1" t="str"><f>"a"</f><v>a</v></c><c r="D1" t="e"><f>1/0</f><v>#DIV/0!</v></c>'
        '<c r="E1"><f t="shared" ref="E1:F1" si="0">A1+1</f></c>'
        '<c r="F1"><f t="shared" si="0"/></c>'
    )
    grid = raw_grid(f'<sheetData><row r="1">{cells}</row></sheetData>')
    assert texts(grid) == [["2", "", "a", "#DIV/0!", "=A1+1", "=B1+1"]]


def test_merges_and_hidden_rows_are_given_in_rows_of_the_grid(tmp_path):
    def fill(sheet):
        sheet["A1"] = "标题"
        sheet["A300"], sheet["B300"], sheet["B302"] = "牵头", "甲", "乙"
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A300:A305")
        sheet.merge_cells("E400:E401")
        sheet.row_dimensions[301].hidden = True
        sheet.row_dimensions[9000].hidden = True

    grid = one_sheet(tmp_path, fill).grids[0]
    first = grid.numbers.index(300)
    assert grid.numbers[0] == 1
    assert grid.numbers[-1] == 302
    assert set(grid.merges) == {Merge(0, 0, 0, 2), Merge(first, 0, first + 2, 0)}
    assert grid.hidden == {first + 1}
    assert len(grid.rows) < 110


def test_what_a_merged_area_covers_is_told():
    grid_and = read_workbook(
        raw_book(
            '<sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
            '<row r="2"><c r="A2"><v>7</v></c></row></sheetData>'
            '<mergeCells><mergeCell ref="A1:A2"/></mergeCells>'
        ),
        "表.xlsx",
        None,
        None,
    )
    assert texts(grid_and.grids[0]) == [["1"], []]
    assert "A2“7”" in grid_and.warnings[0]


def test_hidden_sheets_are_skipped_by_name_unless_asked_for(tmp_path):
    book = Workbook()
    book.active.title = "总表"
    book.active["A1"] = "甲"
    hidden = book.create_sheet("底稿")
    hidden["A1"] = "乙"
    hidden.sheet_state = "hidden"
    book.create_sheet("分表")["B2"] = "丙"
    book.create_chartsheet("图一")
    path = saved(tmp_path, book)
    source = read_file(path)
    assert [grid.sheet for grid in source.grids] == ["总表", "分表"]
    assert any("底稿" in warning for warning in source.warnings)
    assert any("图一" in warning for warning in source.warnings)
    assert source.flow.text == "甲\n\t丙"
    assert texts(read_file(path, sheet="底稿").grids[0]) == [["乙"]]
    with pytest.raises(FileProblem, match=r"总表.*底稿.*分表"):
        read_file(path, sheet="没有")


def test_comments_and_hidden_columns_are_told(tmp_path):
    def fill(sheet):
        sheet["A1"], sheet["C1"] = "甲", "乙"
        sheet["A1"].comment = Comment("批注里的话", "某人")
        sheet.column_dimensions["C"].hidden = True

    told = "".join(one_sheet(tmp_path, fill).warnings)
    assert "批注" in told
    assert "（C）" in told


def test_custom_properties_are_given_as_texts(tmp_path):
    book = Workbook()
    book.active["A1"] = "甲"
    for given_property in (
        StringProperty(name="台账", value="重点工作 <2026>"),
        IntProperty(name="轮次", value=3),
        BoolProperty(name="定稿", value=True),
    ):
        book.custom_doc_props.append(given_property)
    properties = read_file(saved(tmp_path, book)).properties
    assert properties["台账"] == "重点工作 <2026>"
    assert properties["轮次"] == "3"
    assert properties["定稿"].lower() in ("true", "1")


def test_empty_formatted_cells_and_rows_are_left_out():
    rows = "".join(
        f'<row r="{n}" ht="20"><c r="A{n}" s="1"/><c r="B{n}" s="1"/></row>'
        for n in range(2, 50_000)
    )
    grid = raw_grid(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{rows}</sheetData>')
    assert texts(grid) == [["1"]]


def test_cells_and_rows_without_places_stand_in_order():
    grid = raw_grid(
        '<sheetData><row><c><v>1</v></c><c s="1"/><c><v>3</v></c></row>'
        '<row><c r="B2"/><c><v>9</v></c></row></sheetData>'
    )
    assert texts(grid) == [["1", "", "3"], ["", "", "9"]]


def test_what_looks_like_an_empty_cell_in_a_text_stays():
    inner = '<c r="A1" s="1"/><c r="B1"/></row>'
    grid = raw_grid(
        f'<sheetData><row r="1"><c r="A1" t="inlineStr"><is><t><![CDATA[{inner}]]></t></is></c>'
        "</row></sheetData>"
    )
    assert texts(grid) == [[inner]]


def test_prefixed_names_are_read():
    grid = raw_grid(
        '<x:sheetData xmlns:x="u"><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>甲</x:t></x:is>'
        "</x:c></x:row></x:sheetData>"
    )
    assert texts(grid) == [[], ["", "甲"]]
    assert grid.numbers == (1, 2)


XML_LETTERS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc",), exclude_characters="\ufffe\uffff")
    | st.sampled_from("\t\n县局_x0041_"),
    max_size=20,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(XML_LETTERS, min_size=1, max_size=4), min_size=1, max_size=5))
def test_any_texts_come_back_to_the_letter(tmp_path, rows):
    book = Workbook()
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = book.active.cell(number, column)
            cell.value = escape(text).replace("\ufffe", "")
            cell.data_type = "s"
    got = texts(read_file(saved(tmp_path, book)).grids[0])
    assert got == [list(row) for row in _trimmed(rows)]


def _trimmed(rows):
    rows = [list(row) for row in rows]
    for row in rows:
        while row and not row[-1]:
            row.pop()
    while rows and not rows[-1]:
        rows.pop()
    return rows


def test_reading_reports_and_can_be_cancelled(tmp_path):
    book = Workbook()
    for number in range(1200):
        book.active.append([number])
    path = saved(tmp_path, book)
    progress = Progress()
    read_file(path, progress=progress)
    assert "Sheet" in progress.text
    assert progress.done >= 1000
    with pytest.raises(Cancelled):
        read_file(path, progress=Progress(cancel_wanted=True))


@pytest.mark.parametrize(
    "sheet",
    [
        '<sheetData><row r="1"><c r="A1" t="s"><v>5</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="A1" t="s"><v>x</v></c></row></sheetData>',
        '<sheetData><row r="1048577"><c r="A1"><v>1</v></c></row></sheetData>',
        '<sheetData><row r="1"><c r="ZZZZ1"><v>1</v></c></row></sheetData>',
        '<mergeCells><mergeCell ref="A1:?"/></mergeCells>',
        "<sheetData><row>",
    ],
)
def test_a_sheet_that_makes_no_sense_is_damaged(sheet):
    with pytest.raises(FileProblem, match="已损坏"):
        read_workbook(raw_book(sheet), "表.xlsx", None, None)


def test_a_document_type_is_refused():
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(FileProblem, match="已损坏"):
        read_workbook(raw_book("<sheetData/>", head=bomb), "表.xlsx", None, None)


def test_merged_areas_laid_over_each_other_end_in_time():
    rows = "".join(f'<row r="{n}"><c r="A{n}"><v>1</v></c></row>' for n in range(1, 2001))
    merges = '<mergeCell ref="A1:XFD1048576"/>' * 5000
    with pytest.raises(FileProblem, match="合并区域太多"):
        read_workbook(
            raw_book(f"<sheetData>{rows}</sheetData><mergeCells>{merges}</mergeCells>"),
            "表.xlsx",
            None,
            None,
        )


def test_an_escape_cut_in_two_runs_is_no_escape(tmp_path):
    book = Workbook()
    book.active["A1"] = CellRichText(["代码 _", "x0041_"])
    path = tmp_path / "表.xlsx"
    book.save(path)
    assert read_file(path).grids[0].rows[0][0].text == "代码 _x0041_"


def test_one_number_is_shown_by_the_format_of_each_of_its_cells(tmp_path):
    def fill(sheet):
        sheet.append([0.5, 0.5, 0.5, 0.5])
        sheet["B1"].number_format = "0%"
        sheet["C1"].number_format = "0.00"
        sheet.append([0.5, 0.5])

    grid = one_sheet(tmp_path, fill).grids[0]
    assert texts(grid) == [["0.5", "50%", "0.50", "0.5"], ["0.5", "0.5"]]


def test_white_space_between_the_tags_is_no_text():
    strings = "<sst>\n <si>\n  <t>桥</t>\n </si>\n</sst>"
    sheet = (
        '<sheetData>\n <row r="1">\n  <c r="A1" t="s">\n   <v>0</v>\n  </c>\n  '
        '<c r="B1" t="inlineStr">\n <is>\n <t>渠</t>\n </is>\n </c>\n '
        '<c r="C1">\n <f>1+1</f>\n <v>2</v>\n </c>\n <c r="D1">\n </c>\n </row>\n</sheetData>'
    )
    assert texts(raw_grid(sheet, strings)) == [["桥", "渠", "2"]]


def test_of_two_cells_in_one_place_the_later_counts():
    row = '<c r="A1"><v>1</v></c><c r="C1"><v>3</v></c><c r="C1"><v>4</v></c><c r="B1"><v>2</v></c>'
    grid = raw_grid(f'<sheetData><row r="1">{row}</row></sheetData>')
    assert texts(grid) == [["1", "2", "4"]]
