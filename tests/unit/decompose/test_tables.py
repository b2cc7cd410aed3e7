"""Tables inside a document, whole, torn or run together."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.draft import DocumentKind
from tracker.domain.table import Roles

_BARS = """青禾县清河任务分解表

| 序号 | 工作任务 | 牵头单位 | 责任单位 | 完成时限 |
|---|---|---|---|---|
| 1 | 清理河道淤泥 | 县水利局 | 县财政局、各乡镇 | 6月底前 |
| 2 | 巡查排污口 | 县生态环境局 | —— | 每月 |
"""
_TABS = (
    "清河任务分解表\n序号\t工作任务\t牵头单位\t责任单位\t完成时限\n"
    "1\t清理河道淤泥\t县水利局\t县财政局、各乡镇\t6月底前\n2\t巡查排污口\t县生态环境局\t\t每月\n"
)
_CELLS = "清河任务分解表\n" + "\n".join(
    [
        *("序号", "工作任务", "牵头单位", "责任单位", "完成时限"),
        *("1", "清理河道淤泥", "县水利局", "县财政局", "各乡镇", "6月底前"),
        *("2", "巡查排污口", "县生态环境局", "——", "每月"),
    ]
)
_BLANKS = (
    "清河任务分解表\n序号 工作任务 牵头单位 责任单位 完成时限\n"
    "1 清理河道淤泥 县水利局 县财政局、各乡镇 6月底前\n2 巡查排污口 县生态环境局 —— 每月\n"
)


@pytest.mark.parametrize("text", [_BARS, _BARS.replace("\n", "\n\n"), _TABS, _CELLS, _BLANKS])
def test_a_table_gives_its_rows_as_drafts(document, text):
    first, second = document(text).drafts
    assert (first.number, first.text) == ("1", "清理河道淤泥")
    assert first.roles == Roles(("县水利局",), ("县财政局", "各乡镇"))
    assert first.deadline.date == date(2026, 6, 30)
    assert second.roles == Roles(("县生态环境局",))
    assert second.deadline.recurrence.value == "monthly"


@pytest.mark.parametrize("text", [_BARS, _TABS, _CELLS, _BLANKS])
def test_a_draft_of_a_row_quotes_its_row(document, text):
    for draft in document(text).drafts:
        quoted = text[draft.quote.start : draft.quote.end]
        assert draft.text in quoted
        assert all(name in quoted for name in draft.roles.names())
        assert quoted.count("清理河道淤泥") + quoted.count("巡查排污口") == 1


def test_cells_without_any_mark_between_are_parted_with_a_doubt(document):
    text = (
        "清河任务表\n序号工作任务牵头单位配合单位完成时限1清理河道淤泥12处县水利局县财政局、各乡镇"
        "2026年6月底前2巡查排污口区生态环境局县住建局长期坚持"
    )
    first, second = document(text).drafts
    assert first.text == "清理河道淤泥12处"
    assert first.roles == Roles(("县水利局",), ("县财政局", "各乡镇"))
    assert second.deadline.recurrence.value == "continuous"
    assert "表格的各格连在一起，已按字面拆开，请对照原文" in first.doubts


def test_what_a_measure_is_called_stands_before_its_words(document):
    text = "\n".join(
        ["序号", "改革举措", "主要内容", "指导部门", "1", "河长制", "逐段落实河长。", "省水利厅"]
    )
    (draft,) = document(text).drafts
    assert (draft.title, draft.text) == ("河长制", "河长制\n逐段落实河长。")
    assert draft.roles.guiding == ("省水利厅",)


def test_a_task_of_the_text_is_not_listed_again_from_a_table(document):
    made = document(
        "清河方案\n1.清理河道。（县水利局负责）\n附件\n" + _TABS.replace("清理河道淤泥", "清理河道")
    )
    assert [draft.title for draft in made.drafts] == ["清理河道", "巡查排污口"]
    assert "正文与表格重复的 1 项任务只列一次" in made.warnings


def test_a_table_of_figures_is_no_list_of_tasks(document):
    made = document("清河投资表\n序号\t项目名称\t投资额\n1\t截污管网\t300\n2\t泵站\t200\n")
    assert made.drafts == ()


def test_a_table_of_progress_is_told_as_one(document):
    made = document("序号\t工作任务\t责任单位\t落实情况\n1\t清河\t县水利局\t已完成。\n")
    assert made.kind is DocumentKind.PROGRESS_TABLE


_UNKNOWN = (
    ("序号", "门类", "攻关要点及分寸", "牵头单位", "责任单位", "完成时限"),
    ("1", "河道", "清理河道淤泥，岸坡没有垃圾", "县水利局", "县财政局、各乡镇", "6月底前"),
    ("2", "渠系", "疏通末级渠道，闸门启闭灵活", "县农业农村局", "各乡镇", "每月"),
)


def _shown(rows, between):
    return "\n".join(between.join(row) for row in rows)


@pytest.mark.parametrize(
    "text",
    [
        _shown(_UNKNOWN, "\t"),
        "| " + _shown((_UNKNOWN[0], ("---",) * 6, *_UNKNOWN[1:]), " | ").replace("\n", " |\n| "),
        _shown(_UNKNOWN, "\n"),
        _shown(_UNKNOWN, "  "),
    ],
)
def test_the_widest_column_under_an_unknown_heading_is_the_tasks(document, text):
    found = document("清河任务分解表\n" + text + "\n")
    first, second = found.drafts
    assert first.text == "清理河道淤泥，岸坡没有垃圾"
    assert first.roles == Roles(("县水利局",), ("县财政局", "各乡镇"))
    assert first.deadline.date == date(2026, 6, 30)
    assert second.roles.lead == ("县农业农村局",)
    assert any("按内容把“攻关要点及分寸”一列读作任务" in one for one in found.warnings)


@pytest.mark.parametrize(
    "rows",
    [
        (("序号", "姓甚", "牵头单位"), ("1", "甲乙", "县水利局"), ("2", "丙丁", "县财政局")),
        (("序号", "牵头单位", "名次"), ("1", "县水利局", "3"), ("2", "县财政局", "4")),
    ],
)
@pytest.mark.parametrize("between", ["\t", "\n", "  "])
def test_a_table_of_units_that_gives_no_task_is_told_of(document, rows, between):
    found = document("清河各单位一览\n" + _shown(rows, between) + "\n")
    assert not found.drafts
    assert any("像表格" in one and "牵头单位" in one for one in found.warnings)


def test_a_table_that_was_read_is_not_told_of(document):
    assert not any("像表格" in one for one in document(_TABS).warnings)
    assert not any("像表格" in one for one in document(_CELLS).warnings)


@pytest.mark.parametrize(
    "signed", ["青禾县人民政府", "青禾县人民政府\n2026年2月4日", "2026年2月4日"]
)
def test_a_signature_behind_the_last_row_is_no_cell_of_it(document, signed):
    table = "\n".join(
        [
            *("序号", "工作任务", "责任单位", "责任领导", "完成时限"),
            *("1", "清理河道淤泥", "县水利局", "何青川", "6月底前"),
            *("2", "巡查排污口", "县住建局", "林一舟", "2026年9月底前"),
        ]
    )
    drafts = document(f"清河任务分解表\n{table}\n{signed}\n{table}").drafts
    found = {(one.number, one.roles.names(), one.deadline.text) for one in drafts}
    assert found == {
        ("1", ("县水利局",), "6月底前"),
        ("2", ("县住建局",), "2026年9月底前"),
    }
