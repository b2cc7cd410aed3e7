"""Where the value of a label ends, in a whole document."""

from __future__ import annotations

import pytest

_HEAD = "青禾县河道整治任务分解\n1.清理东干渠淤泥。\n"


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "after",
    [
        "各牵头单位要于2月20日前把方案报县政府办公室。",
        "会议强调，各单位要压紧责任，不得拖延。",
        "县水利局探索河道巡查新路子，逐步推行一网通办。",
        "陈述如下。",
    ],
)
def test_a_paragraph_below_a_person_is_none_of_them(document, gap, after):
    (draft,) = document(f"{_HEAD}牵头单位：县水利局\n责任领导：陆大江{gap}{after}\n").drafts
    assert (draft.persons, draft.roles.names()) == (("陆大江",), ("县水利局",))


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    "when", ["每月8日前", "2026年9月底前", "2026年9月", "长期坚持", "持续推进"]
)
def test_a_paragraph_below_a_deadline_is_none_of_it(document, gap, when):
    text = f"{_HEAD}责任单位：县水利局\n完成时限：{when}{gap}会议强调，各单位要压紧责任。\n"
    (draft,) = document(text).drafts
    assert draft.deadline.text == when


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("units", ["", "县水利局、各相关企业"])
def test_a_paragraph_below_units_is_none_of_them(document, gap, units):
    text = f"{_HEAD}责任单位：{units}{gap}县水利局探索河道巡查新路子，逐步推行一网通办。\n"
    drafts = document(text).drafts
    named = [name for draft in drafts for name in draft.roles.names()]
    assert not any("探索" in name or "通办" in name for name in named)
    assert not units or named == units.split("、")


def test_values_that_a_line_end_has_torn_are_whole_again(document):
    text = (
        f"{_HEAD}责任单位：县水利局、县财\n政局，各乡镇\n责任人：陆大江、周\n小溪\n"
        "完成时限：2026年1\n0月底前\n2.清理西干渠。\n责任单位：县水利局\n"
    )
    first, _ = document(text).drafts
    assert first.roles.responsible == ("县水利局", "县财政局", "各乡镇")
    assert first.persons == ("陆大江", "周小溪")
    assert str(first.deadline.date) == "2026-10-31"


def test_the_line_below_a_label_alone_is_its_value(document):
    text = f"{_HEAD}责任单位：\n县水利局、县财政局\n责任领导：陆大江\n"
    (draft,) = document(text).drafts
    assert draft.roles.responsible == ("县水利局", "县财政局")
    assert draft.persons == ("陆大江",)


def test_blank_lines_around_a_page_number_end_no_value(document):
    text = f"{_HEAD}责任单位：县水利局、县财\n\n— 2 —\n\n政局\n2.清理西干渠。\n责任单位：县水利局\n"
    first, _ = document(text).drafts
    assert first.roles.responsible == ("县水利局", "县财政局")
