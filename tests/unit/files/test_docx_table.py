"""Tables of a document: merged cells once, columns as a reader sees them."""

from __future__ import annotations

import pytest

from tests.helpers.documents import cell, paragraph, read, row, table, texts
from tracker.files.grid import Merge

RESTART = '<w:vMerge w:val="restart"/>'
ON = "<w:vMerge/>"


def span(count):
    return f'<w:gridSpan w:val="{count}"/>'


def grid_of(*rows, widths=()):
    return read(table(*rows, widths=widths)).grids[0]


def test_merged_cells_speak_once():
    grid = grid_of(
        row("序号", cell("责任分工", span(2)), "时限"),
        row(cell("1", RESTART), "甲局", "乙局", cell("年底", RESTART)),
        row(cell("", ON), "丙局", "", cell("", '<w:vMerge w:val="continue"/>')),
        row(cell("小计", span(4))),
    )
    assert texts(grid) == [
        ["序号", "责任分工", "", "时限"], ["1", "甲局", "乙局", "年底"], ["", "丙局"], ["小计"],
    ]  # fmt: skip
    assert set(grid.merges) == {
        Merge(0, 1, 0, 2), Merge(1, 0, 2, 0), Merge(1, 3, 2, 3), Merge(3, 0, 3, 3),
    }  # fmt: skip
    assert grid.numbers == (1, 2, 3, 4)


def test_an_area_over_rows_and_columns_is_one():
    grid = grid_of(
        row("甲", cell("乙", span(2) + RESTART)),
        row("丙", cell("", span(2) + ON)),
        row("a", "b", "c"),
    )
    assert grid.merges == (Merge(0, 1, 1, 2),)


def test_two_areas_one_below_the_other_stay_apart():
    grid = grid_of(
        row(cell("甲", RESTART), "1"), row(cell("", ON), "2"),
        row(cell("乙", RESTART), "3"), row(cell("", ON), "4"),
    )  # fmt: skip
    assert grid.merges == (Merge(0, 0, 1, 0), Merge(2, 0, 3, 0))
    assert [line[0] for line in texts(grid)] == ["甲", "", "乙", ""]


def test_words_unseen_in_a_merged_area_are_told():
    got = read(table(row(cell("甲", RESTART), "1"), row(cell("藏着的", ON), "2")))
    assert "藏着的" not in got.flow.text
    assert any("藏着的" in warning for warning in got.warnings)


def test_the_old_way_to_merge_is_understood():
    grid = grid_of(
        row(cell("甲", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), "乙"),
        row("1", "2", "3"),
    )
    assert texts(grid) == [["甲", "", "乙"], ["1", "2", "3"]]
    assert grid.merges == (Merge(0, 0, 0, 1),)


def test_columns_left_free_shift_the_cells():
    grid = grid_of(
        row("甲", "乙", "丙"),
        row("1", "2", properties='<w:gridBefore w:val="1"/>'),
        row("3", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
    )
    assert texts(grid) == [["甲", "乙", "丙"], ["", "1", "2"], ["", "3"]]


def test_columns_that_no_cell_ends_at_vanish():
    grid = grid_of(
        row(cell("甲", span(2)), cell("乙", span(3))), row(cell("1", span(2)), cell("2", span(3)))
    )
    assert texts(grid) == [["甲", "乙"], ["1", "2"]]
    assert grid.merges == ()


def test_edges_dragged_apart_are_one_column_to_the_reader():
    grid = grid_of(
        row("序号", cell("任务", span(2)), cell("单位", span(2))),
        row(cell("1", span(2)), cell("修路", span(2)), "甲局"),
        row("2", cell("架桥", span(2)), cell("乙局", span(2))),
        row(cell("一、分类", span(5))),
        row(cell("左两栏", span(3)), cell("右栏", span(2))),
        widths=(700, 60, 4000, 50, 2000),
    )
    assert texts(grid) == [
        ["序号", "任务", "单位"], ["1", "修路", "甲局"], ["2", "架桥", "乙局"],
        ["一、分类"], ["左两栏", "", "右栏"],
    ]  # fmt: skip
    assert grid.merges == (Merge(3, 0, 3, 2), Merge(4, 0, 4, 1))


def test_a_cell_of_several_paragraphs_has_lines():
    grid = grid_of(
        row(cell(paragraph() + paragraph("甲局") + paragraph("乙局") + paragraph()), "丙")
    )
    assert texts(grid) == [["甲局\n乙局", "丙"]]


def test_a_nested_table_stays_in_its_cell():
    inner = table(row("一月", "二月"), row("10", "20"))
    got = read(table(row("甲", cell(paragraph("前") + inner + paragraph())), row("乙", "丙")))
    assert len(got.grids) == 1
    assert texts(got.grids[0]) == [["甲", "前\n一月\t二月\n10\t20"], ["乙", "丙"]]


def test_a_frame_around_a_table_is_taken_off():
    inner = table(row("序号", "任务"), row("1", "修路"))
    framed = table(row(cell(paragraph("某区任务表") + inner + paragraph("注：略"))), row("页尾"))
    twice = table(row(cell(framed + paragraph())))
    for body in (framed, twice):
        got = read(body)
        assert [texts(grid) for grid in got.grids] == [[["序号", "任务"], ["1", "修路"]]]
        assert got.flow.text.split("\n")[:4] == ["某区任务表", "序号\t任务", "1\t修路", "注：略"]


def test_several_tables_are_named_in_order():
    got = read(table(row("甲")) + paragraph("中") + table(row("乙")))
    assert [grid.sheet for grid in got.grids] == ["表1", "表2"]
    assert [got.flow.text[p.start : p.end] for p in got.flow.tables] == ["甲", "乙"]
    assert read(table(row("甲"))).grids[0].sheet == ""


@pytest.mark.parametrize("bad", ["-5", "0", "x", "99999999999", "1e400", ""])
def test_absurd_spans_are_bounded(bad):
    properties = f'<w:gridSpan w:val="{bad}"/>'
    grid = grid_of(row(cell("甲", properties), "乙"), row("1", "2"))
    assert texts(grid) == [["甲", "乙"], ["1", "2"]]


def test_a_row_without_cells_is_an_empty_row():
    grid = grid_of(row("甲"), row(), row("乙"))
    assert texts(grid) == [["甲"], [""], ["乙"]]
