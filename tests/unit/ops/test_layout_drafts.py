"""Layouts as the office edits, keeps and shares them, and what the tables then print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.errors import FileProblem, UserError
from tracker.domain.layout import (
    NARROWEST_MM,
    ColumnDraft,
    GroupBy,
    LayoutDraft,
    Paper,
)
from tracker.ops.editions import close_round
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import undo_step
from tracker.ops.layout_drafts import data_of, draft_of, font_sets
from tracker.ops.layouts import (
    choose_standing_layout,
    edit_layout,
    layout_named,
    layout_of,
    list_layouts,
    remove_layout,
    save_layout,
    share_layout,
)
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import create_office
from tracker.ops.reports import MARKED, export_situation, situation_in
from tracker.ops.rounds import choose_round, new_round
from tracker.ops.tasks import TaskWords, new_task

NOW = datetime(2026, 6, 30, 9, 0)
WHO = {"who": "李四", "now": NOW}
TASKS = (
    ("1", "修渠。", "水利局", "农业"),
    ("2", "建桥。", "交通运输局", "交通"),
    ("3", "清淤。", "水利局", "农业"),
)


@pytest.fixture
def office(tmp_path):
    office = create_office(tmp_path / "台账.db", NOW)
    new_ledger(office, "水利任务", **WHO)
    ledger = choose_ledger(office, None)
    new_round(office, ledger, cut_off=date(2026, 5, 31), **WHO)
    codes = []
    for number, text, lead, section in TASKS:
        words = TaskWords(number=number, text=text, lead=lead, section=section)
        codes.append(new_task(office, ledger, words, **WHO).value)
    write_entry(office, codes[0], EntryWords(progress="已清淤2公里。"), **WHO)
    new_round(office, ledger, cut_off=date(2026, 6, 30), **WHO)
    write_entry(office, codes[0], EntryWords(progress="已清淤3公里，衬砌开工。"), **WHO)
    yield office
    office.close()


def content_in(office, draft):
    ledger = choose_ledger(office, None)
    content, _ = situation_in(office, ledger, choose_round(office, ledger, 2), NOW, draft)
    return content


@pytest.mark.parametrize("name", [each.name for each in list_layouts()])
def test_a_layout_edited_in_nothing_prints_the_same(name):
    draft = edit_layout(name)
    assert layout_of(draft) == replace(
        layout_of(draft_of(data_of(draft))), name=layout_of(draft).name
    )
    before = layout_named(name)
    after = data_of(draft)
    for part in ("page", "columns", "title", "heading", "body", "meta"):
        assert after[part] == before[part]


def test_what_is_edited_is_printed(office):
    draft = replace(
        edit_layout("standard"),
        title="{专项}第{期}期调度表",
        annex="附件2",
        meta=("填报单位：{填报单位}", "第{期}期，共{项数}项", "截至{截至}"),
        signature=("填表人：", "审核人："),
    )
    content = content_in(office, draft)
    assert content.title == "水利任务第2期调度表"
    assert content.annex == "附件2"
    # The office has not written who fills the table in: nothing is printed for it
    assert content.meta == ("第2期，共3项", "截至2026年6月30日")
    assert content.signature == ("填表人：", "审核人：")


def test_a_word_that_stands_for_nothing_is_refused(office):
    with pytest.raises(UserError, match="没有“单位名”这个占位"):
        content_in(office, replace(edit_layout("standard"), title="{单位名}表"))


@pytest.mark.parametrize(
    ("group", "groups", "order"),
    [
        (GroupBy.SECTION, ["农业", "农业", "交通"], ["1", "3", "2"]),
        (GroupBy.UNIT, ["水利局", "水利局", "交通运输局"], ["1", "3", "2"]),
        (GroupBy.NONE, ["", "", ""], ["1", "2", "3"]),
    ],
)
def test_rows_stand_with_their_group(office, group, groups, order):
    content = content_in(office, replace(edit_layout("standard"), group=group))
    assert [row.number for row in content.rows] == order
    assert [row.group for row in content.rows] == groups


def test_what_is_new_against_last_round_is_marked_and_explained(office):
    draft = replace(edit_layout("standard"), marks=True, legend=True)
    content = content_in(office, draft)
    first = content.rows[0]
    marked = "|".join(first.progress[start:end] for start, end in first.new["progress"])
    assert marked == "3|，衬砌开工"
    assert content.legend == (MARKED,)
    assert not content.rows[1].new


def test_a_layout_is_kept_found_and_taken_back(office):
    draft = replace(edit_layout("portrait"), label="常务会用表", marks=True)
    saved = save_layout(office, draft, **WHO)
    assert [each.label for each in list_layouts(office) if each.own] == ["常务会用表"]
    assert edit_layout("常务会用表", office).marks
    assert saved.value.name == "常务会用表"
    undo_step(office, **WHO)
    assert not any(each.own for each in list_layouts(office))


def test_one_of_the_program_is_not_overwritten(office):
    with pytest.raises(UserError, match="自带的版式"):
        save_layout(office, edit_layout("standard"), **WHO)
    with pytest.raises(UserError, match="没有保存过"):
        remove_layout(office, "standard", **WHO)


@pytest.mark.parametrize("label", ["模板:常务会", "模板：常务会", "常务会.toml", "常务会.XLSX"])
def test_a_name_like_a_file_or_a_template_is_refused(office, label):
    with pytest.raises(UserError, match="版式不能叫"):
        save_layout(office, replace(edit_layout("standard"), label=label), **WHO)


def test_a_layout_wider_than_its_paper_is_not_kept(office):
    draft = edit_layout("standard")
    wide = tuple(replace(column, width_mm=120.0) for column in draft.columns)
    with pytest.raises(FileProblem, match="宽于纸面"):
        save_layout(office, replace(draft, label="太宽", columns=wide), **WHO)
    assert not any(each.own for each in list_layouts(office))


def test_a_shared_file_opens_as_it_was(tmp_path):
    draft = replace(
        edit_layout("detailed"),
        label="带签字",
        signature=("填表人：",),
        meta=("说明“一”\\二",),
        group=GroupBy.UNIT,
        merged=True,
    )
    share_layout(draft, tmp_path / "带签字.toml")
    again = edit_layout(str(tmp_path / "带签字.toml"))
    assert replace(again, data={}) == replace(draft, data={})
    assert layout_of(again) == layout_of(draft)


def test_a_ledger_is_printed_in_its_standing_layout_and_a_closed_round_stays(office, tmp_path):
    ledger = choose_ledger(office, None)
    round_ = choose_round(office, ledger, 2)

    def headings(name):
        export_situation(office, ledger, round_, tmp_path / name, now=NOW)
        rows = openpyxl.load_workbook(tmp_path / name).active.iter_rows(values_only=True)
        return next(row for row in rows if row[0] == "序号")

    draft = replace(
        edit_layout("standard"),
        label="两栏",
        columns=(ColumnDraft("number", "序号", 20.0), ColumnDraft("extra.code", "编号", 100.0)),
    )
    save_layout(office, draft, **WHO)
    choose_standing_layout(office, ledger, "两栏", **WHO)
    assert headings("一.xlsx") == ("序号", "编号")
    close_round(office, ledger, round_, **WHO)
    remove_layout(office, "两栏", **WHO)
    assert headings("二.xlsx") == ("序号", "编号")


def test_fonts_are_changed_as_a_set():
    draft = replace(edit_layout("standard"), fonts=font_sets()[1])
    layout = layout_of(draft)
    assert layout.title.font == "方正小标宋_GBK"
    assert {layout.body.font, layout.meta.font, layout.below.font} == {"方正仿宋_GBK"}
    assert {layout.heading.font, layout.annex.font} == {"方正黑体_GBK"}


@given(
    st.lists(st.floats(0.1, 500), min_size=1, max_size=14),
    st.sampled_from(Paper),
    st.booleans(),
)
def test_fitted_columns_are_as_wide_as_the_paper(widths, paper, landscape):
    draft = LayoutDraft(
        "x",
        "x",
        tuple(ColumnDraft("task", "任务", width) for width in widths),
        paper,
        landscape,
        {"left": 18.0, "right": 18.0},
    ).fitted()
    assert all(column.width_mm >= NARROWEST_MM - 0.1 for column in draft.columns)
    assert draft.room_mm - 0.1 * len(widths) - 1e-6 <= draft.used_mm <= draft.room_mm + 1e-6
