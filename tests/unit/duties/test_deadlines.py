"""Deadlines in cells and in sentences."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.domain.terms import Recurrence
from tracker.duties.deadlines import find_deadline, read_deadline_cell

_REFERENCE = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026年底前", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("年内", date(2026, 12, 31)),
        ("9月底", date(2026, 9, 30)),
        ("三季度", date(2026, 9, 30)),
        ("上半年", date(2026, 6, 30)),
        ("2026/10/8", date(2026, 10, 8)),
        ("2026.9", date(2026, 9, 30)),
        ("2026年\n12月底前", date(2026, 12, 31)),
        ("6月底前完成设计，11月底前完工", date(2026, 11, 30)),
        ("2026年6月底前完成设计，次年3月底前完工", date(2027, 3, 31)),
        ("4月至10月", date(2026, 10, 31)),
        ("立即启动，5月底前完成", date(2026, 5, 31)),
        ("下月底前", date(2026, 4, 30)),
    ],
)
def test_a_date_in_a_cell_gives_the_last_day(text: str, day: date) -> None:
    deadline = read_deadline_cell(text, _REFERENCE)
    assert deadline is not None
    assert (deadline.text, deadline.date, deadline.doubtful) == (text, day, False)


@pytest.mark.parametrize(
    ("text", "recurrence", "day"),
    [
        ("长期坚持", Recurrence.CONTINUOUS, None),
        ("持续推进", Recurrence.CONTINUOUS, None),
        ("全年", Recurrence.CONTINUOUS, None),
        ("每周调度", Recurrence.WEEKLY, None),
        ("每半个月", Recurrence.HALF_MONTHLY, None),
        ("每月25日前", Recurrence.MONTHLY, 25),
        ("每季度1次", Recurrence.QUARTERLY, None),
        ("每半年", Recurrence.HALF_YEARLY, None),
        ("每年6月底前", Recurrence.YEARLY, None),
    ],
)
def test_a_deadline_that_comes_again_has_no_date(
    text: str, recurrence: Recurrence, day: int | None
) -> None:
    deadline = read_deadline_cell(text, _REFERENCE)
    assert deadline is not None
    assert (deadline.recurrence, deadline.day) == (recurrence, day)
    assert (deadline.date, deadline.doubtful) == (None, False)


@pytest.mark.parametrize("text", ["立即", "尽快", "近期", "汛前"])
def test_words_without_a_date_are_kept_and_not_doubted(text: str) -> None:
    deadline = read_deadline_cell(text, _REFERENCE)
    assert deadline is not None
    assert (deadline.text, deadline.date, deadline.doubtful) == (text, None, False)


@pytest.mark.parametrize(
    "text",
    [
        "待定",
        "20265月底前",
        "2026年2月30日",
        "202612",
        "9.3",
        "印发后20个工作日内",
        "9月起",
        "9月初",
    ],
)
def test_what_cannot_be_read_waits_for_the_clerk(text: str) -> None:
    deadline = read_deadline_cell(text, _REFERENCE)
    assert deadline is not None
    assert (deadline.text, deadline.date, deadline.doubtful) == (text, None, True)


@pytest.mark.parametrize("text", ["", "  \n", "——", "/", "无"])
def test_an_empty_cell_states_no_deadline(text: str) -> None:
    assert read_deadline_cell(text, _REFERENCE) is None


@pytest.mark.parametrize("text", ["2025年12月底前", "1月底前", "2026年12月前设计，4月底前完工"])
def test_a_result_too_early_is_kept_and_doubted(text: str) -> None:
    deadline = read_deadline_cell(text, _REFERENCE)
    assert deadline is not None
    assert deadline.date is not None
    assert deadline.doubtful


def test_without_any_year_there_is_no_date() -> None:
    deadline = read_deadline_cell("9月底前", None)
    assert deadline is not None
    assert (deadline.date, deadline.doubtful) == (None, True)


@pytest.mark.parametrize(
    ("text", "printed", "day"),
    [
        ("11月底前清理三处积水点。", "11月底前", date(2026, 11, 30)),
        ("到2027年底建成两座水厂。", "2027年底", date(2027, 12, 31)),
        ("6月底前全部开工，10月底前完工。", "10月底前", date(2026, 10, 31)),
        ("2027年启动设计，5月底前完成招标。", "5月底前", date(2027, 5, 31)),
        ("年内新建站点30个。", "年内", date(2026, 12, 31)),
        ("三季度末完成验收。", "三季度末", date(2026, 9, 30)),
        ("于9月20日17时前报送。", "9月20日17时前", date(2026, 9, 20)),
        ("2024年已建一期，二期2026年8月底前投用。", "2026年8月底前", date(2026, 8, 31)),
    ],
)
def test_a_date_that_bounds_a_deliverable_is_the_deadline(
    text: str, printed: str, day: date
) -> None:
    deadline = find_deadline(text, _REFERENCE)
    assert deadline is not None
    assert (deadline.text, deadline.date, deadline.doubtful) == (printed, day, False)


@pytest.mark.parametrize(
    "text",
    [
        "1-8月完成投资3亿元",
        "截至9月29日，已签约30户",
        "截至8月底前后",
        "上半年实现增收",
        "做好2026年秋季学期开学工作",
        "9月24日提交会议研究",
        "谋划四季度招商活动",
        "列入2026年第七批计划",
        "3年内累计投入2亿元",
        "2025年12月底前已完成一期",
        "缓缴执行期2026年内，期满补缴",
        "2026年9月30日前，免征场地租金",
        "对2026年6月30日前开工的企业给予奖励",
        "推进2026年内环路改造",
        "落实《2026年底前清欠方案》要求",
        "去年底前完成",
        "预计11月底",
        "提早谋划，尽快启动",
    ],
)
def test_other_dates_are_no_deadlines(text: str) -> None:
    assert find_deadline(text, _REFERENCE) is None


def test_a_damaged_date_in_a_sentence_is_doubtful() -> None:
    deadline = find_deadline("20265月底前公布名单。", _REFERENCE)
    assert deadline is not None
    assert (deadline.text, deadline.date, deadline.doubtful) == ("20265月底前", None, True)


def test_working_days_after_issue_are_left_to_the_clerk() -> None:
    deadline = find_deadline("本方案印发后20个工作日内制定细则。", _REFERENCE)
    assert deadline is not None
    assert (deadline.text, deadline.date) == ("印发后20个工作日内", None)
    assert deadline.doubtful


@given(st.text(alphabet="0123456789年月日底前内每季度一二截至完成，。 "))
def test_the_words_of_a_deadline_stand_in_the_text(text: str) -> None:
    cell, found = read_deadline_cell(text, _REFERENCE), find_deadline(text, _REFERENCE)
    assert cell is None or cell.text == text.strip()
    assert found is None or found.text in text
