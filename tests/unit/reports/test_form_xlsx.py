"""The form as a workbook: what is locked, offered, printed, and by what it is known again."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace

import openpyxl
import pytest
from openpyxl.cell.cell import MergedCell

from tests.helpers.forms import LONG, SENT, form, row
from tracker.domain.form import FIXED, OPEN, STAMP_SHEET, FormStamp
from tracker.domain.form_words import guide_of, is_form_text, line_of, number_line
from tracker.files.reader import read_file
from tracker.reports.form_look import load_form_look
from tracker.reports.form_xlsx import write_form_xlsx
from tracker.reports.looks import TALLEST_ROW
from tracker.reports.measure import Ruler
from tracker.tables.form_stamp import number_of, stamp_of
from tracker.tables.pipeline import read_table

HEADINGS = (*FIXED.values(), *OPEN.values())


def written(sent, folder):
    target = folder / "03期 反馈表.xlsx"
    assert write_form_xlsx(sent, target, SENT) == ()
    return target


def sheet_of(path):
    return openpyxl.load_workbook(path).worksheets[0]


def cells_under(sheet, heading):
    top = int(sheet.freeze_panes[1:]) - 1
    column = next(c.column for c in sheet[top] if c.value == heading)
    return [sheet.cell(r, column) for r in range(top + 1, sheet.max_row - 1)]


def test_title_unit_days_and_number_stand_above_the_table(tmp_path):
    sent = form()
    sheet = sheet_of(written(sent, tmp_path))
    assert sheet["A1"].value == sent.title == "春季重点工作进展情况反馈表"
    assert sheet["A2"].value == line_of(sent)
    assert sheet["J2"].value == number_line(sent) == "表号：2-03-017-92"
    assert sheet["A3"].value == guide_of(sent)
    assert tuple(cell.value for cell in sheet[4]) == HEADINGS


def test_fixed_cells_are_locked_and_open_cells_are_not(tmp_path):
    sheet = sheet_of(written(form(), tmp_path))
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert not any((sheet.protection.formatRows, sheet.protection.formatColumns))
    for heading in FIXED.values():
        assert all(cell.protection.locked for cell in cells_under(sheet, heading))
    for heading in OPEN.values():
        cells = cells_under(sheet, heading)
        assert not any(cell.protection.locked or cell.value for cell in cells)


def test_there_is_an_open_cell_behind_every_label_below_the_table(tmp_path):
    sheet = sheet_of(written(form(), tmp_path))
    last = sheet.max_row
    labels = [(c.row, c.column) for r in (last - 1, last) for c in sheet[r] if c.value]
    words = [sheet.cell(*place).value for place in labels]
    assert words == [
        "填报人：", "联系电话：", "单位负责人（签字）：", "填报日期：", "单位（盖章）："
    ]  # fmt: skip
    for place in labels:
        right = sheet.cell(*place).column + 1
        while isinstance(sheet.cell(place[0], right), MergedCell):
            right += 1
        assert not sheet.cell(place[0], right).protection.locked


def test_states_are_offered_and_percentages_are_bounded(tmp_path):
    sent = form()
    rules = {
        rule.type: rule
        for rule in sheet_of(written(sent, tmp_path)).data_validations.dataValidation
    }
    assert rules["list"].formula1 == f'"{",".join(sent.states)}"'
    assert str(rules["list"].sqref) == "H5:H6"
    assert rules["list"].errorStyle == "warning"
    assert (rules["decimal"].formula1, rules["decimal"].formula2) == ("0", "100")
    assert str(rules["decimal"].sqref) == "I5:I6"


def test_states_too_many_for_a_drop_down_are_left_to_the_guide(tmp_path):
    sheet = sheet_of(written(replace(form(), states=("推进中",) * 90), tmp_path))
    assert [rule.type for rule in sheet.data_validations.dataValidation] == ["decimal"]


def test_the_page_is_ready_to_print(tmp_path):
    sheet = sheet_of(written(form(), tmp_path))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.print_area.replace("$", "") == f"'反馈表'!A1:K{sheet.max_row}"
    assert "第 &P 页 共 &N 页" in sheet.oddFooter.center.text


def test_it_opens_at_the_first_cell_to_fill_in(tmp_path):
    view = sheet_of(written(form(), tmp_path)).sheet_view
    assert {chosen.activeCell for chosen in view.selection} == {"G5"}


def test_a_row_grows_when_more_is_typed_into_it(tmp_path):
    path = written(form(), tmp_path)
    with zipfile.ZipFile(path) as archive:
        rows = re.findall(r"<row [^>]*>", archive.read("xl/worksheets/sheet1.xml").decode())
    assert [number for number, each in enumerate(rows, 1) if "customHeight" not in each] == [5, 6]
    least = load_form_look().layout.cell.least_height
    assert all(sheet_of(path).row_dimensions[r].height >= least for r in (5, 6))


@pytest.mark.parametrize("cell", ["task", "before", "deadline"])
def test_a_row_that_fits_no_page_goes_on_and_is_read_as_one(tmp_path, cell):
    sent = form(row("1"), row("2", **{cell: LONG * 25}), row("3"))
    path = written(sent, tmp_path)
    sheet = sheet_of(path)
    heights = [sheet.row_dimensions[r].height for r in range(1, sheet.max_row + 1)]
    assert max(heights) <= TALLEST_ROW
    pieces = [c.value or "" for c in cells_under(sheet, FIXED[cell])]
    assert "".join(pieces[1:-1]) == LONG * 25
    codes = [c.value for c in cells_under(sheet, "任务编号")]
    again = ["1-002\n（续）"] * (len(codes) - 3)
    assert codes == ["1-001", "1-002", *again, "1-003"]
    table = read_table(read_file(path))
    assert [each.number for each in table.rows] == ["1-001", "1-002", "1-003"]
    assert table.rows[1].task == sent.rows[1].task


def test_five_hundred_characters_of_progress_fit_the_tallest_row():
    look, ruler = load_form_look(), Ruler()
    (column,) = (c for c in look.layout.columns if c.field == "progress")
    size = look.size("progress")
    lines = ruler.count_lines((LONG * 9)[:500], look.layout.room(column.points, size))
    assert lines * ruler.pitch(look.layout.body.font, size) <= TALLEST_ROW


def test_the_stamp_lies_in_the_properties_and_in_a_hidden_sheet(tmp_path):
    sent = form()
    path = written(sent, tmp_path)
    book = openpyxl.load_workbook(path)
    assert FormStamp.read({p.name: p.value for p in book.custom_doc_props}) == sent.stamp
    assert book[STAMP_SHEET].sheet_state == "veryHidden"
    source = read_file(path)
    assert stamp_of(source) == sent.stamp
    assert stamp_of(replace(source, properties={})) == sent.stamp
    assert str(number_of(source)) == sent.number


def test_a_workbook_that_is_no_form_has_no_stamp(tmp_path):
    path = tmp_path / "a.xlsx"
    openpyxl.Workbook().save(path)
    source = read_file(path)
    assert stamp_of(source) is None
    assert number_of(source) is None


def test_only_the_tasks_are_read_as_a_table(tmp_path):
    sent = form()
    table = read_table(read_file(written(sent, tmp_path)))
    assert [each.task for each in table.rows] == [each.task for each in sent.rows]
    assert not any(each.progress or each.status_text for each in table.rows)


def test_every_cell_beside_the_rows_is_the_forms_own_text(tmp_path):
    sent = form()
    sheet = sheet_of(written(sent, tmp_path))
    rows = {5, 6}
    beside = [c.value for r in sheet.iter_rows() for c in r if c.row not in rows and c.value]
    assert len(beside) == 4 + 11 + 5
    assert all(is_form_text(text, sent) for text in beside)


@pytest.mark.parametrize("text", ["=1+1", "-3", "0012", "_x0041_", "甲\n乙", " 前后 ", "<b>&"])
def test_fixed_text_stays_text_to_the_letter(tmp_path, text):
    sent = form(replace(row("1", task=text, before=text), number=text))
    sheet = sheet_of(written(sent, tmp_path))
    for heading in ("工作任务", "上期进展", "序号"):
        (cell,) = cells_under(sheet, heading)
        assert (cell.value, cell.data_type) == (text, "s")


def test_characters_that_a_file_cannot_hold_are_left_out_with_a_warning(tmp_path):
    target = tmp_path / "a.xlsx"
    warnings = write_form_xlsx(form(row("1", task="推\x07进")), target, SENT)
    assert warnings == ("“县住建局”的反馈表里有1个文件不能保存的控制字符，已略去",)
    assert cells_under(sheet_of(target), "工作任务")[0].value == "推进"


def test_the_same_form_gives_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_form_xlsx(form(), tmp_path / name, SENT)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
