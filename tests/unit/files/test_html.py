"""Web pages, whatever they are called: text, tables, spans and damages."""

from __future__ import annotations

import contextlib
import random

import pytest

from tracker.base.errors import FileProblem
from tracker.files.grid import Merge
from tracker.files.reader import read_file, read_pasted

TABLE = """<html><head><meta http-equiv=Content-Type content="text/html; charset=gb2312">
<style>td {{color:red}}</style><title>不算正文</title></head><body>
<h1>重点任务落实情况表</h1><p>截至9月30日</p>
<table border=1>
<tr><th rowspan=2>序号</th><th rowspan=2>具体任务</th><th colspan=2>责任分工</th></tr>
<tr><th>牵头</th><th>配合</th></tr>
<tr><td>1</td><td>修缮<b>东门</b>老桥，<br>
  完成桥面铺装。</td><td><p>县住建局</p><p>县财政局</p></td><td>&nbsp;</td></tr>
{rows}
</table><p>填表人：张三</p></body></html>"""


def page(tmp_path, text, encoding="gb18030", name="进展.xls"):
    path = tmp_path / name
    path.write_bytes(text.encode(encoding))
    return read_file(path)


def texts(grid):
    return [[cell.text for cell in row] for row in grid.rows]


def test_a_page_named_xls_gives_its_text_and_its_table(tmp_path):
    source = page(tmp_path, TABLE.format(rows=""))
    assert source.kind == "html"
    (grid,) = source.grids
    assert texts(grid) == [
        ["序号", "具体任务", "责任分工"],
        ["", "", "牵头", "配合"],
        ["1", "修缮东门老桥，\n完成桥面铺装。", "县住建局\n县财政局", "\xa0"],
    ]
    assert grid.merges == (Merge(0, 0, 1, 0), Merge(0, 1, 1, 1), Merge(0, 2, 0, 3))
    (place,) = source.flow.tables
    assert source.flow.text[place.start : place.end].startswith("序号\t具体任务\t责任分工\n")
    assert source.flow.text.startswith("重点任务落实情况表\n截至9月30日\n")
    assert source.flow.text.endswith("填表人：张三\n")
    assert "不算正文" not in source.flow.text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_any_encoding_of_a_page_gives_the_same(tmp_path, encoding):
    assert page(tmp_path, TABLE.format(rows=""), encoding).grids == (
        page(tmp_path, TABLE.format(rows="")).grids
    )


def test_a_line_end_of_the_source_is_no_blank_between_chinese_characters(tmp_path):
    source = page(tmp_path, "<html><body><p>建成\n   书屋3处，Word\n 2024 版</p></body></html>")
    assert source.flow.text.strip() == "建成书屋3处，Word 2024 版"


def test_the_data_table_is_found_inside_tables_that_lay_out_the_page(tmp_path):
    inner = "<table><tr><td>序号</td><td>任务</td></tr><tr><td>1</td><td>修路</td></tr></table>"
    source = page(tmp_path, f"<html><table><tr><td>导航</td><td>{inner}</td></tr></table></html>")
    assert [texts(grid) for grid in source.grids] == [[["序号", "任务"], ["1", "修路"]]]
    assert "导航" in source.flow.text


@pytest.mark.parametrize(
    "row",
    [
        '<tr><td colspan="0">a</td><td rowspan="99999999999">b</td></tr>',
        '<tr><td colspan="123456789">a</td><td rowspan="-3">b</td></tr>',
        "<tr><td>a<td>b<tr><td>c",
        "<tr style='display:none'><td>藏</td></tr>",
    ],
)
def test_absurd_spans_and_unclosed_cells_do_no_harm(tmp_path, row):
    (grid,) = page(tmp_path, TABLE.format(rows=row)).grids
    assert max(merge.bottom for merge in grid.merges) < len(grid.rows)
    assert all(len(cells) <= 500 for cells in grid.rows)


def test_a_hidden_row_is_read_and_told_to_be_hidden(tmp_path):
    row = "<tr style='display:none'><td>2</td><td>藏着的任务</td></tr>"
    (grid,) = page(tmp_path, TABLE.format(rows=row)).grids
    assert grid.hidden == {3}
    assert grid.rows[3][1].text == "藏着的任务"


def test_rows_that_a_cell_reaches_over_keep_their_columns(tmp_path):
    rows = "<tr><td rowspan=2>2</td><td>甲</td></tr><tr><td>乙</td><td>县财政局</td></tr>"
    (grid,) = page(tmp_path, TABLE.format(rows=rows)).grids
    assert texts(grid)[3:] == [["2", "甲"], ["", "乙", "县财政局"]]


def test_an_archive_of_pages_is_read(tmp_path):
    import base64

    body = base64.b64encode(TABLE.format(rows="").encode("gb18030")).decode()
    archive = (
        "MIME-Version: 1.0\nContent-Type: multipart/related; boundary=XX\n\n--XX\n"
        "Content-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n"
        f"{body}\n--XX--\n"
    )
    source = page(tmp_path, archive, "ascii", "表.mht")
    assert source.grids == page(tmp_path, TABLE.format(rows="")).grids


def test_a_frame_names_what_to_do(tmp_path):
    with pytest.raises(FileProblem, match="外框"):
        page(tmp_path, "<html><frameset><frame src=x.htm></frameset></html>")


def test_a_page_without_text_is_refused(tmp_path):
    with pytest.raises(FileProblem, match="没有文字"):
        page(tmp_path, "<html><body><script>x()</script></body></html>")


def test_cells_on_the_clipboard_come_from_its_page_where_it_holds_one():
    html = TABLE.format(rows="")
    source = read_pasted("序号\t具体任务\n1\t修缮东门老桥，", html)
    assert source.kind == "html"
    assert texts(source.grids[0])[2][1] == "修缮东门老桥，\n完成桥面铺装。"


def test_prose_on_the_clipboard_comes_from_its_plain_text():
    source = read_pasted("一、修路。\n二、架桥。", "<html><body><p>一、修路。</p></body></html>")
    assert (source.kind, source.flow.text) == ("text", "一、修路。\n二、架桥。")


SHEET = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:x="urn:schemas-microsoft-com:office:excel">
<Worksheet ss:Name="汇总"><Table>
<Row><Cell ss:MergeAcross="2"><Data ss:Type="String">任务表</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">序号</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="String">时限&#10;要求</Data></Cell></Row>
<Row><Cell><Data ss:Type="Number">1</Data></Cell>
<Cell ss:Index="3"><Data ss:Type="DateTime">2026-06-30T00:00:00.000</Data></Cell></Row>
</Table></Worksheet>
<Worksheet ss:Name="藏"><Table><Row><Cell><Data ss:Type="String">x</Data></Cell></Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
</Workbook>"""


def test_a_sheet_saved_as_xml_is_read(tmp_path):
    source = page(tmp_path, SHEET, "utf-8")
    (grid,) = source.grids
    assert texts(grid) == [["任务表"], [], ["序号", "", "时限\n要求"], ["1", "", "2026-06-30"]]
    assert (grid.sheet, grid.merges) == ("汇总", (Merge(0, 0, 0, 2),))


@pytest.mark.parametrize("text", [SHEET, TABLE.format(rows="<tr><td>2</td></tr>")])
def test_a_damaged_page_is_read_or_refused(tmp_path, text):
    chance = random.Random(7)
    for _ in range(60):
        signs = list(text)
        for _ in range(chance.randrange(1, 12)):
            place = chance.randrange(len(signs))
            signs[place] = chance.choice(["", "<", ">", "\0"[:0], "</table>", '"', "任", "\x01"])
        try:
            page(tmp_path, "".join(signs)[: chance.randrange(50, len(text))], "utf-8")
        except FileProblem:
            continue


def test_deeply_nested_elements_do_no_harm(tmp_path):
    deep = "<html><body>" + "<div>" * 20000 + "深" + "<table><tr><td>" * 5000
    with contextlib.suppress(FileProblem):
        page(tmp_path, deep, "utf-8")


def test_blanks_that_excel_holds_apart_are_blanks(tmp_path):
    held = "合<span style='mso-spacerun:yes'>&nbsp;&nbsp; </span>计"
    source = page(tmp_path, f"<table><tr><td>{held}</td><td>2</td></tr></table>")
    assert texts(source.grids[0]) == [["合   计", "2"]]
