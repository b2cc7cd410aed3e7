"""When a measure of a plan is due."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.resources import load
from tracker.domain.terms import Recurrence
from tracker.domain.workdays import load_calendar
from tracker.duties.deadlines import read_deadline_cell, states_deadline
from tracker.duties.festivals import find_festivals
from tracker.duties.plan_deadlines import find_plan_deadline

_DAY = date(2024, 3, 6)


@pytest.mark.parametrize(
    ("text", "printed", "day"),
    [
        ("9月底前建成。", "9月底前", date(2024, 9, 30)),
        ("力争8月开工。", "8月", date(2024, 8, 31)),
        ("2025年建成厂房3万平方米。", "2025年", date(2025, 12, 31)),
        ("三季度通水调试。", "三季度", date(2024, 9, 30)),
        ("国庆节前上线。", "国庆节前", date(2024, 9, 30)),
        ("五一前开街。", "五一前", date(2024, 4, 30)),
        ("中秋前完工。", "中秋前", date(2024, 9, 16)),
        ("元旦前开通。", "元旦前", date(2024, 12, 31)),
        ("印发后30个工作日内成立专班。", "印发后30个工作日内", date(2024, 4, 18)),
        ("自印发之日起1个月内报方案。", "自印发之日起1个月内", date(2024, 4, 6)),
        ("本周五前报结果。", "本周五前", date(2024, 3, 8)),
        ("3月22日（星期五）前报结果。", "3月22日（星期五）前", date(2024, 3, 22)),
        ("资金拨付不得拖过9月。", "9月", date(2024, 9, 30)),
        ("5月底前选址，11月底前提交方案。", "11月底前", date(2024, 11, 30)),
        ("到2025年底累计建成30座。", "2025年底", date(2025, 12, 31)),
        ("年内外贸新增5亿元。", "年内", date(2024, 12, 31)),
        ("3月底前减免到位。", "3月底前", date(2024, 3, 31)),
    ],
)
def test_a_measure_is_due_when_it_says(text: str, printed: str, day: date) -> None:
    deadline = find_plan_deadline(text, _DAY, _DAY)
    assert deadline is not None
    assert (deadline.text, deadline.date, deadline.doubtful) == (printed, day, False)


@pytest.mark.parametrize(
    ("text", "printed", "recurrence", "day"),
    [
        ("每季度通报一次。", "每季度", Recurrence.QUARTERLY, None),
        ("每月25日前汇总上报。", "每月25日前", Recurrence.MONTHLY, 25),
        ("按月分析并反馈。", "按月", Recurrence.MONTHLY, None),
        ("每年演练一次，各乡镇每半年演练一次。", "每半年", Recurrence.HALF_YEARLY, None),
        ("建立机制，持续推进。", "持续推进", Recurrence.CONTINUOUS, None),
        ("经费要长期坚持保障。", "长期坚持", Recurrence.CONTINUOUS, None),
        ("汛前全部能用。", "汛前", None, None),
        ("尽快启动前期工作。", "尽快", None, None),
        ("摸清底数，尽快补上两处缺口。", "尽快", None, None),
        ("抢修队伍尽快到岗。", "尽快", None, None),
        ("每季度向社会亮一次底牌。", "每季度", Recurrence.QUARTERLY, None),
        ("每周夜巡闸门。", "每周", Recurrence.WEEKLY, None),
        ("迎峰度夏前完成泵站增容。", "迎峰度夏前", None, None),
    ],
)
def test_rhythms_and_events_have_no_date(
    text: str, printed: str, recurrence: Recurrence | None, day: int | None
) -> None:
    deadline = find_plan_deadline(text, _DAY, _DAY)
    assert deadline is not None
    assert (deadline.text, deadline.recurrence, deadline.day) == (printed, recurrence, day)
    assert (deadline.date, deadline.doubtful) == (None, False)


@pytest.mark.parametrize(
    "text",
    [
        "2023年6月建成的泵站要检修。",
        "政策执行至2024年6月30日。",
        "2024年1月至3月，减免租金。",
        "每人每月补助300元。",
        "持续推进乡村建设，持续优化环境。",
        "3个工作日内办结。",
        "全年完成投资5亿元。",
        "去年底前已完成。",
        "落实《2024年底前清欠方案》。",
        "按规定每年每户补贴一次。",
    ],
)
def test_other_times_are_no_deadlines(text: str) -> None:
    assert find_plan_deadline(text, _DAY, _DAY) is None


@pytest.mark.parametrize("text", ["20248月底前完成。", "印发后10个工作日内报。", "国庆前开通。"])
def test_what_cannot_be_dated_is_doubtful(text: str) -> None:
    deadline = find_plan_deadline(text, None, None)
    assert deadline is not None
    assert (deadline.date, deadline.doubtful) == (None, True)


@pytest.mark.parametrize("text", ["2024年底前完成", "6月底", "长期坚持", "每季度1次", "立即"])
def test_a_stretch_that_is_nothing_but_a_time_is_told(text: str) -> None:
    assert states_deadline(text)


@pytest.mark.parametrize("text", ["县水利局", "6月底前完成县级泵站的全部改造工程", "修桥"])
def test_other_stretches_are_no_time(text: str) -> None:
    assert not states_deadline(text)


def test_a_cell_may_name_a_festival() -> None:
    deadline = read_deadline_cell("国庆前", _DAY)
    assert deadline is not None
    assert (deadline.date, deadline.doubtful) == (date(2024, 9, 30), False)


def test_the_listed_festivals_lie_in_their_holidays() -> None:
    names = load_calendar().names
    for festival in ("春节", "清明", "端午", "中秋"):
        for day in map(date.fromisoformat, load("deadlines.toml")["festivals"][festival]):
            if load_calendar().is_known(day.year):
                assert day in names, (festival, day)


@given(st.dates(date(2016, 1, 1), date(2028, 12, 31)))
def test_before_a_festival_is_never_past(day: date) -> None:
    for phrase in find_festivals("春节前、五一前、中秋节前、国庆前", day):
        assert phrase.day is not None
        assert day - timedelta(days=1) <= phrase.day < day + timedelta(days=400)


@pytest.mark.parametrize(
    "text",
    [
        "每月补助200元。",
        "每季度用量不变。",
        "每月3000元。",
        "发现险情，立即处置。",
        "遇险情尽快处置。",
        "一旦漏水，尽快堵上。",
    ],
)
def test_figures_and_cases_of_need_are_no_deadline(text: str) -> None:
    assert find_plan_deadline(text, _DAY, _DAY) is None


def test_a_rhythm_the_ledger_has_no_word_for_is_kept_as_said() -> None:
    deadline = find_plan_deadline("每旬夜巡一次。", _DAY, _DAY)
    assert deadline is not None
    assert (deadline.text, deadline.recurrence, deadline.doubtful) == ("每旬", None, True)


def test_a_year_since_which_something_is_so_is_no_year_of_a_deadline() -> None:
    deadline = find_plan_deadline("2021年以来查出的隐患，6月底前销号。", _DAY, _DAY)
    assert deadline is not None
    assert (deadline.text, deadline.date) == ("6月底前", date(2024, 6, 30))
