"""The office's own workbook filled: what is kept, what moves, what is new."""

from __future__ import annotations

import io
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Font, PatternFill

from tests.helpers import templates as made
from tests.helpers.filled_templates import column, fill, look, parts
from tests.helpers.templates import HEADS, WORDS, content
from tracker.reports.template_fill import filled
from tracker.reports.template_read import template_of


@pytest.mark.parametrize("builder", [made.plain, made.two_row_header, made.thirty_rows])
def test_rows_look_as_the_old_ones_did(builder):
    case = builder()
    template, book, _, _ = fill(case)
    sheet = book[template.sheet]
    for at in range(1, len(HEADS) + 1):
        old = case.sheet.cell(template.first + 1, at)
        for row in range(template.first, template.first + 12):
            new = sheet.cell(row, at)
            assert look(new) == look(old)


def test_what_stands_below_moves_down_with_its_merges():
    template, book, _, _ = fill(made.plain())
    sheet = book[template.sheet]
    assert sheet["A17"].value.startswith("注：")
    assert sheet["A19"].value.startswith("填表人：")
    assert "A17:G17" in {str(each) for each in sheet.merged_cells.ranges}
    assert "A10:G10" not in {str(each) for each in sheet.merged_cells.ranges}


def test_fewer_rows_than_before_move_it_up():
    template, book, _, _ = fill(made.thirty_rows(), rows=2)
    sheet = book[template.sheet]
    assert column(sheet, 1, 5, 6) == [1, 2]
    assert sheet["A7"].value.startswith("注：")


def test_an_empty_table_keeps_one_empty_row():
    template, book, _, _ = fill(made.plain(), rows=0)
    sheet = book[template.sheet]
    assert [cell.value for cell in sheet[5]] == [None] * 7
    assert sheet["A6"].value.startswith("注：")


def test_a_form_without_rows_gets_ruled_ones_from_its_heading():
    template, book, _, _ = fill(made.no_rows())
    cell = book[template.sheet]["B6"]
    assert cell.border.left.style == cell.border.bottom.style == "thin"
    assert not cell.font.bold
    assert cell.fill.fill_type is None
    assert cell.alignment.wrap_text


def test_columns_alone_may_say_what_the_rows_look_like():
    template, book, _, _ = fill(made.column_styles())
    cell = book[template.sheet]["F9"]
    assert (cell.font.name, cell.font.size, cell.border.top.style) == ("仿宋_GB2312", 14, "thin")


def test_cells_that_do_not_break_lines_break_them_now():
    template, book, _, _ = fill(made.not_wrapping())
    cell = book[template.sheet]["B7"]
    assert cell.alignment.wrap_text
    assert not cell.alignment.shrink_to_fit
    assert cell.font.name == "等线"


def test_a_text_like_a_formula_stays_a_text():
    template, book, _, _ = fill(made.plain())
    cell = book[template.sheet]["G7"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=1+1", "s", True)


def test_formulas_below_stretch_over_the_new_rows():
    template, book, data, warnings = fill(made.formulas_below())
    sheet = book[template.sheet]
    assert sheet["B17"].value == "=COUNTA(B5:B16)"
    assert sheet["C17"].value == "=SUM($A$5:$A$16)+B17"
    assert sheet["F17"].value == "=B5"
    assert any("F17" in each and "B5" in each for each in warnings)
    assert b'fullCalcOnLoad="1"' in parts(data)["xl/workbook.xml"]


def test_a_formula_on_another_sheet_and_a_name_stretch_too():
    _, book, _, _ = fill(made.several_sheets())
    assert book["说明"]["A2"].value == "=COUNTA(落实情况!B5:B16)"
    assert book["代码"].sheet_state == "hidden"
    _, book, _, _ = fill(made.print_set_up())
    assert book.defined_names["事项"].attr_text == "落实情况!$B$5:$B$16"


def test_print_area_titles_and_page_breaks_follow_the_rows():
    template, book, _, _ = fill(made.print_set_up())
    sheet = book[template.sheet]
    assert sheet.print_title_rows == "$2:$4"
    assert sheet.print_area == "'落实情况'!$A$1:$G$19"
    assert [each.id for each in sheet.row_breaks.brk] == [16]
    assert sheet.oddHeader.right.text == "春季重点工作第3期"


def test_a_list_object_reaches_over_the_new_rows():
    template, book, _, _ = fill(made.list_object())
    table = book[template.sheet].tables["事项表"]
    assert table.ref == "A4:G16"
    assert table.autoFilter.ref == "A4:G16"


def test_a_filter_is_lifted_and_no_row_stays_hidden():
    template, book, _, warnings = fill(made.filter_and_panes())
    sheet = book[template.sheet]
    assert sheet.auto_filter.ref == "A4:G16"
    assert not sheet.auto_filter.filterColumn
    assert not any(each.hidden for each in sheet.row_dimensions.values())
    assert any("筛选" in each for each in warnings)


def test_conditional_formats_and_choices_stretch_old_links_and_comments_go():
    template, book, _, warnings = fill(made.rules_and_lists())
    sheet = book[template.sheet]
    (areas,) = (str(each.sqref) for each in sheet.conditional_formatting)
    assert areas == "A5:G16"
    (choice,) = sheet.data_validations.dataValidation
    assert str(choice.sqref) == "G5:G16"
    assert sheet["A19"].comment.text == "签字处"
    assert sum(cell.comment is not None for row in sheet for cell in row) == 1
    assert all(cell.hyperlink is None for row in sheet for cell in row)
    assert any("批注" in each for each in warnings)


def test_section_lines_stand_before_their_tasks():
    template, book, _, _ = fill(made.section_lines())
    sheet = book[template.sheet]
    assert sheet["A5"].value == "一、水利工程"
    assert column(sheet, 1, 6, 9) == [1, 2, 3, 4]
    assert sheet["A10"].value == "二、道路工程"
    merged = {str(each) for each in sheet.merged_cells.ranges}
    assert {"A5:G5", "A10:G10"} <= merged
    assert sheet["A10"].font.name == "黑体"


def test_categories_once_merged_are_written_in_each_row():
    template, book, _, _ = fill(made.merged_sections())
    sheet = book[template.sheet]
    assert column(sheet, 1, 5, 9) == ["一、水利工程"] * 4 + ["二、道路工程"]
    assert not any(each.max_row > each.min_row for each in sheet.merged_cells.ranges)


def test_placeholders_are_said_and_other_words_are_kept():
    template, book, _, warnings = fill(made.placeholders())
    sheet = book[template.sheet]
    assert sheet["A2"].value == "春季重点工作落实情况表（第3期）"
    assert sheet["A3"].value == "填报单位：清源县督查室　截至2026年9月30日"
    assert sheet["A2"].font.name == "方正小标宋简体"
    assert warnings == ()


def test_another_round_in_the_head_is_told_and_kept():
    template, book, _, warnings = fill(made.last_round())
    assert book[template.sheet]["A2"].value == "2025年重点工作落实情况表（第2期）"
    assert any("第2期" in each and "本期是第3期" in each for each in warnings)
    assert any("2025年6月30日" in each and "2026年9月30日" in each for each in warnings)


def test_pictures_stay_in_the_head_and_move_below():
    case = made.pictures()
    _, book, data, _ = fill(case)
    images = book["落实情况"]._images
    rows = sorted(each.anchor._from.row for each in images)
    assert rows == [0, 17]
    before = parts(case.data)
    for name, part in parts(data).items():
        if "media" in name:
            assert part == before[name]


def test_a_thick_frame_stays_round_the_table():
    template, book, _, _ = fill(made.thick_frame())
    sheet = book[template.sheet]
    assert sheet["C5"].border.top.style == "medium"
    assert sheet["C16"].border.bottom.style == "medium"
    assert {sheet.cell(row, 3).border.bottom.style for row in range(5, 16)} == {"thin"}


def test_the_stamp_of_an_older_export_gives_way():
    case = made.plain()
    case.book.custom_doc_props.append(StringProperty(name="tracker.round", value="1"))
    case.book.custom_doc_props.append(StringProperty(name="密级", value="内部"))
    _, book, _, _ = fill(case)
    held = {each.name: each.value for each in book.custom_doc_props.props}
    assert held == {
        "密级": "内部",
        "tracker.ledger": "甲",
        "tracker.round": "3",
        "tracker.at": "2026-10-01T00:00:00",
    }


def test_like_input_gives_like_bytes():
    data = made.plain().data
    results = {filled(template_of(data, "表.xlsx"), content(), WORDS)[0] for _ in range(2)}
    assert len(results) == 1


def test_a_text_too_long_for_a_page_goes_on_in_a_further_row():
    template = template_of(made.plain().data, "表.xlsx")
    text = content(1, long=True).rows[-1].progress
    data, _ = filled(template, content(1, long=True), WORDS)
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    pieces = [sheet.cell(row, 6).value for row in range(6, sheet.max_row + 1)]
    assert "".join(each or "" for each in pieces) == text
    assert sheet["A7"].value == "2\n（续）"


def test_control_characters_are_left_out_with_a_word_about_it():
    template = template_of(made.plain().data, "表.xlsx")
    rows = (replace(content(1).rows[0], progress="已\x07完\x0b成"),)
    data, warnings = filled(template, replace(content(1), rows=rows), WORDS)
    assert openpyxl.load_workbook(io.BytesIO(data)).active["F5"].value == "已完\n成"
    assert any("控制字符" in each for each in warnings)


@pytest.mark.parametrize(
    ("meta", "told"),
    [
        ("截至2026年9月30日", False),
        ("填报日期：2026年10月8日", False),
        ("截至9月底", False),
        ("第三季度", False),
        ("第3期", False),
        ("表号：2-03-019", False),
        ("截至8月底", True),
        ("2026年第二季度", True),
        ("第十二期", True),
        ("第２期", True),
        ("2025年10月8日填报", True),
    ],
)
def test_a_period_in_the_head_is_told_where_it_is_not_the_rounds(meta, told):
    case = made.Builder().title(meta=meta).header().body().landscape()
    _, book, _, warnings = fill(case)
    assert book["落实情况"]["A3"].value == meta
    assert any(meta in each for each in warnings) is told


def test_colours_that_told_old_rows_apart_say_nothing_of_ours():
    case = made.wide_a3()
    lights = ("FFFF0000", "FFFF0000", "FFFFFF00", "FF00B050", "FFFF0000", "FFFF0000")
    for row, light in enumerate(lights, 5):
        case.sheet.cell(row, 7).fill = PatternFill("solid", fgColor=light)
        case.sheet.cell(row, 2).fill = PatternFill("solid", fgColor="FFEEEEEE")
        if row > 5:
            case.sheet.cell(row, 9).font = Font(name="仿宋_GB2312", size=12, color="FFFF0000")
    template, book, _, warnings = fill(case)
    sheet = book[template.sheet]
    for row in range(5, 17):
        assert sheet.cell(row, 7).fill.fill_type is None
        assert sheet.cell(row, 9).font.color is None
        assert sheet.cell(row, 9).font.name == "仿宋_GB2312"
        assert sheet.cell(row, 2).fill.fgColor.rgb == "FFEEEEEE"
    assert any("颜色" in each for each in warnings)


def test_one_light_in_the_only_row_is_not_every_rows():
    case = made.Builder(("序号", "重点任务", "责任单位", "亮灯", "落实情况"), (6, 30, 20, 10, 40))
    case.title().header().body(1)
    case.sheet["D5"].fill = PatternFill("solid", fgColor="FFFF0000")
    template, book, _, _ = fill(case)
    assert book[template.sheet]["D7"].fill.fill_type is None


def test_a_sheets_name_may_hold_blanks_and_quotes():
    case = made.print_set_up()
    case.sheet.title = "2026年 'A' 表"
    case.sheet.print_title_rows = "2:4"
    notes = case.book.create_sheet("说明")
    notes["A1"] = "=COUNTA('2026年 ''A'' 表'!B5:B9)"
    template, book, _, _ = fill(case)
    sheet = book[template.sheet]
    assert sheet.print_title_rows == "$2:$4"
    assert sheet.print_area.endswith("!$A$1:$G$19")
    assert book["说明"]["A1"].value == "=COUNTA('2026年 ''A'' 表'!B5:B16)"


def test_two_old_rows_a_task_give_way_to_one():
    case = made.Builder().title().header().body(8)
    for row in range(5, 13, 2):
        for at in (1, 2, 3, 4, 5, 7):
            case.sheet.merge_cells(start_row=row, end_row=row + 1, start_column=at, end_column=at)
    template, book, _, _ = fill(case.below().landscape(), rows=4)
    sheet = book[template.sheet]
    assert column(sheet, 1, 5, 8) == [1, 2, 3, 4]
    assert sheet["A9"].value.startswith("注：")
    assert not any(each.max_row > each.min_row for each in sheet.merged_cells.ranges)


@pytest.mark.parametrize(
    "words", ["填报人（签字）：    分管领导（签字）：", "以上任务由督查室负责解释并按季度更新"]
)
def test_a_ruled_line_over_all_columns_below_the_rows_is_none_of_them(words):
    case = made.Builder().title().header().body(5)
    for at in range(1, 8):
        case.sheet.cell(10, at).border = made.BOX
    case.sheet["A10"] = words
    case.sheet.merge_cells("A10:G10")
    template, book, _, _ = fill(case.landscape(), rows=3)
    sheet = book[template.sheet]
    assert sheet["A8"].value == words
    assert "A8:G8" in {str(each) for each in sheet.merged_cells.ranges}


def test_a_number_format_that_would_show_another_number_gets_a_text():
    case = made.plain()
    for row in range(5, 10):
        case.sheet.cell(row, 1).number_format = "000"
    template, book, _, _ = fill(case)
    assert column(book[template.sheet], 1, 5, 7) == ["1", "2", "3"]


def test_a_title_said_too_long_for_its_line_gets_a_second_one():
    case = made.Builder().title("{标题}（第{期}期）" + "重点工作" * 12).header().body()
    _, book, _, _ = fill(case.landscape())
    sheet = book["落实情况"]
    assert sheet["A2"].alignment.wrap_text
    assert sheet["A2"].alignment.horizontal == "center"
    assert sheet.row_dimensions[2].height > 60
    short = made.placeholders()
    _, book, _, _ = fill(short)
    assert not book["落实情况"]["A2"].alignment.wrap_text
    assert book["落实情况"].row_dimensions[2].height == 36


def test_rows_that_only_go_on_are_told_where_formulas_would_count_them():
    template = template_of(made.formulas_below().data, "表.xlsx")
    for long, told in ((True, True), (False, False)):
        _, warnings = filled(template, content(3, long=long), WORDS)
        assert any("续行" in each for each in warnings) is told
    _, warnings = filled(template_of(made.plain().data, "表.xlsx"), content(3, long=True), WORDS)
    assert not any("续行" in each for each in warnings)
