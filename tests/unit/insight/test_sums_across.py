"""Numbers of two places: two rows, two rounds, a text and its own column."""

from __future__ import annotations

import pytest

from tracker.domain.sum_check import PlacedText, SumKind, SumPlace, SumSource
from tracker.insight.sums_across import check_fewer, check_percent, check_two_places


def row(number, text, *units, **more):
    place = SumPlace(SumSource.ENTRY, f"1-{number}", number, field="text")
    return PlacedText(place, text, frozenset(units), **more)


TOLD = "目前已征集“两园三带”项目共37个，总投资62.1亿元。"
TOLD_OTHERWISE = "初步征集“两园三带”重点项目共35个，总投资60.3亿元，“两园三带”期间另有安排。"


def test_the_same_named_thing_with_two_totals_is_shown_with_both_places():
    found = check_two_places(
        [row("2", TOLD, "县发改局"), row("9", TOLD_OTHERWISE, "县发改局", "县财政局")]
    )
    (finding,) = found
    assert finding.kind is SumKind.TWO_PLACES
    assert [p.place.number for p in finding.passages] == ["2", "9"]
    assert [[p.text[s:e] for s, e in p.spans] for p in finding.passages] == [
        ["37个", "62.1亿元"],
        ["35个", "60.3亿元"],
    ]
    assert "一处为37个，另一处为35个；总投资62.1亿元，另一处为60.3亿元" in finding.reckoning


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # the name stands in the segment before
        (
            "围绕规划编制，谋划一批“清河”项目，目前已谋划项目共12个。",
            "已谋划“清河”重点项目共14个。",
        ),
        ("全县共有农贸市场58个。", "全县共有农贸市场56个，已改造20个。"),
        ("全县现有58座小型水库。", "全县现有56座小型水库。"),
    ],
)
def test_totals_of_one_thing_differ(one, other):
    assert len(check_two_places([row("1", one, "县水利局"), row("2", other, "县水利局")])) == 1


@pytest.mark.parametrize(
    ("one", "other", "units"),
    [
        # each unit tells what is its own
        ("共排查安全隐患50处。", "共排查安全隐患62处。", ("县应急局", "县应急局")),
        (TOLD, TOLD_OTHERWISE, ("县发改局", "县招商办")),
        ("全县共有农贸市场58个。", "全县共有农贸市场56个。", ("白石县政府", "青岭县政府")),
        # another verb, another thing, another time, another unit, about so many
        (TOLD, "已开工“两园三带”项目共12个。", ("县发改局", "县发改局")),
        (TOLD, "已征集“一江两岸”项目共12个。", ("县发改局", "县发改局")),
        (
            "截至8月底，已征集“两园三带”项目共30个。",
            "截至9月底，已征集“两园三带”项目共37个。",
            ("县发改局", "县发改局"),
        ),
        (TOLD, "已征集“两园三带”项目共37个。", ("县发改局", "县发改局")),
        (TOLD, "已征集“两园三带”项目共40余个。", ("县发改局", "县发改局")),
        (TOLD, "今年新增征集“两园三带”项目共4个。", ("县发改局", "县发改局")),
    ],
)
def test_what_may_be_something_else_is_left_alone(one, other, units):
    rows = [row("1", one, units[0]), row("2", other, units[1])]
    assert check_two_places(rows) == ()


def test_one_row_that_says_two_things_is_no_matter_of_two_rows():
    text = "全县共有农贸市场58个。全县共有农贸市场56个。"
    assert check_two_places([row("1", text, "县商务局")]) == ()


@pytest.mark.parametrize(
    ("before", "now"),
    [
        ("累计完成管网改造42公里。", "累计完成管网改造38公里。"),
        ("截至5月底，累计发放补贴1,260万元。", "截至6月底，累计发放补贴980万元，惠及农户。"),
        ("今年以来，累计培训860人次。", "今年以来，累计培训806人次。"),
    ],
)
def test_a_running_total_that_shrank_is_shown_beside_the_round_before(before, now):
    (finding,) = check_fewer(row("3", now, before=before, before_round=1))
    assert finding.kind is SumKind.FEWER
    assert [p.place.round_number for p in finding.passages] == [0, 1]
    assert finding.code == "1-3"


@pytest.mark.parametrize(
    ("before", "now", "same_year"),
    [
        ("累计完成管网改造38公里。", "累计完成管网改造42公里。", True),
        ("累计完成管网改造42公里。", "完成管网改造38公里。", True),
        ("累计完成管网改造42公里。", "累计完成管网改造约38公里。", True),
        ("累计完成管网改造42公里。", "累计完成雨污分流38公里。", True),
        ("今年以来，累计培训860人次。", "今年以来，累计培训106人次。", False),
        ("累计投资1.3亿元。", "累计投资12900万元。", True),
        ("累计办结20件。累计办结30件。", "累计办结10件。", True),
        ("本月累计办结20件。", "本月累计办结10件。", True),
    ],
)
def test_a_running_total_that_may_be_right_is_left_alone(before, now, same_year):
    text = row("3", now, before=before, before_round=1, same_year=same_year)
    assert list(check_fewer(text)) == []


def test_the_column_of_percent_is_held_against_the_words():
    (finding,) = check_percent(row("4", "主体已封顶，工程进度达75%。", percent=90.0))
    assert finding.kind is SumKind.PERCENT
    assert finding.reckoning == "百分比栏为90%，文字为75%"


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("主体已封顶，工程进度达75%。", 75.0),
        ("主体已封顶，工程进度达75.4%。", 75.0),
        ("主体已封顶，工程进度约75%。", 90.0),
        ("完成投资5亿元，占年度计划的75%。", 90.0),
        ("1标段进度75%，2标段进度60%。", 90.0),
        ("①工程进度75%。②尚未启动。", 40.0),
        ("工程进度75%。", None),
        ("绿化率35%。", 90.0),
    ],
)
def test_a_percentage_of_something_else_is_left_alone(text, percent):
    assert list(check_percent(row("4", text, percent=percent))) == []
