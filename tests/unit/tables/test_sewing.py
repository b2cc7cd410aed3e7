"""Rows of a copied text that line breaks inside a cell have torn apart."""

from __future__ import annotations

import pytest

from tracker.files.reader import read_pasted
from tracker.tables.pipeline import read_table

HEAD = "序号\t工作任务\t牵头单位\t落实情况\n"
NEXT = "2\t建成书屋。\t县文旅局\t已开放。"


def rows(text):
    return read_table(read_pasted(text)).rows


def test_a_bracketed_line_of_the_unit_cell_comes_back_to_its_unit():
    table = HEAD + "1\t新院区投入使用。\t县卫健局\n（新院区指挥部）\t已封顶。\n" + NEXT
    first, second = rows(table)
    assert first.roles.lead == ("县卫健局（新院区指挥部）",)
    assert first.progress == "已封顶。"
    assert second.task == "建成书屋。"


def test_a_cell_torn_several_times_is_whole_again():
    table = HEAD + "1\t修路，\n通到各村。\t县交通局\n县水利局\t已修3条，\n其余在建。\n" + NEXT
    first, _ = rows(table)
    assert first.task == "修路，\n通到各村。"
    assert first.roles.lead == ("县交通局", "县水利局")


def test_paragraphs_of_a_note_between_two_numbered_rows_belong_to_the_note():
    note = "一是建立台账。\n二是逐户走访。\n三是限期整改。"
    table = read_table(read_pasted(HEAD + f"1\t排查隐患。\t县应急局\t{note}\n" + NEXT))
    assert table.rows[0].progress == note
    assert any("断开" in warning for warning in table.warnings)


@pytest.mark.parametrize(
    "between",
    [
        "二、城乡建设",
        "合计\t5项",
        "注：数据截至月底。",
        "填报人：张三",
        "",
        "序号\t工作任务\t牵头单位\t落实情况",
    ],
)
def test_headings_totals_and_remarks_are_not_sewn_in(between):
    table = HEAD + f"1\t排查隐患。\t县应急局\n{between}\n" + NEXT
    assert rows(table)[0].roles.lead == ("县应急局",)
    assert rows(table)[0].progress == ""
    table = HEAD + f"1\t排查隐患。\t县应急局\t已完成。\n{between}\n" + NEXT
    assert rows(table)[0].progress == "已完成。"


def test_prose_below_the_last_row_is_not_taken_for_its_note():
    table = HEAD + NEXT + "\n以上情况，请各单位认真抓好整改落实。"
    assert rows(table)[0].progress == "已开放。"
