"""Which layout a ledger prints in, layouts under another name, the invented table."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest

from tracker.base.errors import UserError
from tracker.domain.layout import COLUMN_WORDS, ColumnDraft, GroupBy
from tracker.ops.editions import close_round
from tracker.ops.history import undo_step
from tracker.ops.layout_choice import approved_label, rename_layout, standing_name
from tracker.ops.layout_example import example_pages
from tracker.ops.layouts import (
    choose_standing_layout,
    edit_layout,
    find_layout,
    list_layouts,
    save_layout,
)
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import create_office
from tracker.ops.rounds import choose_round, new_round
from tracker.ops.tasks import TaskWords, new_task
from tracker.ops.template_columns import fill_column, template_use
from tracker.ops.templates import add_template

NOW = datetime(2026, 6, 30, 9, 0)
WHO = {"who": "李四", "now": NOW}


@pytest.fixture
def office(tmp_path):
    office = create_office(tmp_path / "台账.db", NOW)
    new_ledger(office, "水利任务", **WHO)
    ledger = choose_ledger(office, None)
    new_round(office, ledger, cut_off=date(2026, 5, 31), **WHO)
    new_task(office, ledger, TaskWords(number="1", text="修渠。", lead="县水利局"), **WHO)
    yield office
    office.close()


def kept(office, label):
    return save_layout(office, replace(edit_layout("portrait"), label=label), **WHO).value


def test_a_ledger_prints_in_the_standard_layout_until_another_is_chosen(office):
    ledger = choose_ledger(office, None)
    assert standing_name(office, ledger) == "standard"
    choose_standing_layout(office, ledger, "detailed", **WHO)
    assert standing_name(office, ledger) == "detailed"


def test_a_closed_round_names_the_layout_it_was_approved_in(office):
    ledger = choose_ledger(office, None)
    round_ = choose_round(office, ledger, 1)
    assert approved_label(office, round_) == ""
    kept(office, "竖表")
    choose_standing_layout(office, ledger, "竖表", **WHO)
    close_round(office, ledger, round_, **WHO)
    choose_standing_layout(office, ledger, "standard", **WHO)
    assert approved_label(office, round_) == "竖表"


def test_a_renamed_layout_stays_the_standing_one_in_one_step(office):
    ledger = choose_ledger(office, None)
    kept(office, "甲")
    choose_standing_layout(office, ledger, "甲", **WHO)
    done = rename_layout(office, "甲", " 乙 ", **WHO)
    assert done.value.name == "乙"
    assert standing_name(office, ledger) == "乙"
    assert find_layout("乙", office).label == "乙"
    assert [each.name for each in list_layouts(office) if each.own] == ["乙"]
    undo_step(office, **WHO)
    assert standing_name(office, ledger) == "甲"
    assert [each.name for each in list_layouts(office) if each.own] == ["甲"]


@pytest.mark.parametrize(
    ("name", "label", "words"),
    [
        ("甲", " ", "还没有名称"),
        ("甲", "standard", "已有叫"),
        ("甲", "丙", "已有叫"),
        ("丁", "戊", "没有保存过版式"),
        ("standard", "戊", "没有保存过版式"),
    ],
)
def test_a_name_that_is_empty_taken_or_of_nothing_is_refused(office, name, label, words):
    kept(office, "甲")
    kept(office, "丙")
    with pytest.raises(UserError, match=words):
        rename_layout(office, name, label, **WHO)
    assert {each.name for each in list_layouts(office) if each.own} == {"甲", "丙"}


def test_a_layout_may_be_renamed_to_its_own_name(office):
    kept(office, "甲")
    assert not rename_layout(office, "甲", "甲", **WHO).changes
    assert find_layout("甲", office).label == "甲"


@pytest.mark.parametrize("group", list(GroupBy))
@pytest.mark.parametrize("merged", [False, True])
def test_the_invented_table_fills_every_column_there_is(group, merged):
    draft = replace(edit_layout("detailed"), group=group, merged=merged, legend=True, marks=True)
    for field, words in COLUMN_WORDS.items():
        if field == "group" and not (group and merged):
            continue
        columns = (ColumnDraft(field, words, 60.0), ColumnDraft("task", "任务", 60.0))
        if field == "task":
            columns = columns[:1]
        if group and merged and field != "group":
            columns = (ColumnDraft("group", "组", 30.0), *columns)
        pages = example_pages(replace(draft, columns=columns), NOW.date())
        printed = "".join("".join(box.lines) for page in pages for box in page.boxes)
        assert words in printed, field


def test_a_column_of_a_template_is_filled_as_the_office_says(office, tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["序号", "工作任务", "责任单位", "进展情况", "核查人"])
    book.active.append([1, "旧任务", "旧单位", "旧进展", "甲"])
    book.save(tmp_path / "表.xlsx")
    add_template(office, tmp_path / "表.xlsx", "甲表", **WHO)
    said = {column.letter: column.field for column in template_use(office, "甲表").columns}
    assert said == {"A": "number", "B": "task", "C": "units", "D": "progress", "E": ""}
    fill_column(office, "甲表", "E", "remark", **WHO)
    assert template_use(office, "甲表").columns[4].field == "remark"
    fill_column(office, "甲表", "E", "", **WHO)
    assert template_use(office, "甲表").columns[4].field == ""
    with pytest.raises(UserError, match="没有“Z”栏"):
        fill_column(office, "甲表", "Z", "remark", **WHO)
    with pytest.raises(UserError, match="没有“乙表”这个模板"):
        fill_column(office, "乙表", "A", "remark", **WHO)
