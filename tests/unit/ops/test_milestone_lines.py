"""Milestones as they are typed, one a line; what cannot be told for certain is not read."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.base.errors import UserError
from tracker.domain.milestone import Milestone
from tracker.ops.milestone_lines import lines_of, milestones_in, read_lines
from tracker.ops.milestones import checked

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("line", "due", "what", "figure"),
    [
        ("3月底前 完成招标", date(2026, 3, 31), "完成招标", ""),
        ("3月底前完成招标", date(2026, 3, 31), "完成招标", ""),
        ("3月底前，完成招标", date(2026, 3, 31), "完成招标", ""),
        ("3月底前——完成招标", date(2026, 3, 31), "完成招标", ""),
        ("2026-06-30 主体封顶 60%", date(2026, 6, 30), "主体封顶", "60%"),
        ("４月底前　开工　５０％", date(2026, 4, 30), "开工", "５０％"),
        ("12月底前 完成投资 1.2亿元以上", date(2026, 12, 31), "完成投资", "1.2亿元以上"),
        ("12月底前 完成投资 累计60%", date(2026, 12, 31), "完成投资", "累计60%"),
        ("12月底前 改造 2号楼", date(2026, 12, 31), "改造 2号楼", ""),
        ("6月底前 60%", date(2026, 6, 30), "60%", ""),
        ("① 6月中旬 主体封顶", date(2026, 6, 20), "主体封顶", ""),
        ("（1）6月底 主体封顶", date(2026, 6, 30), "主体封顶", ""),
        ("1.6月底前 主体封顶", date(2026, 6, 30), "主体封顶", ""),
        ("- 4月 开工", date(2026, 4, 30), "开工", ""),
        ("3-6月 开工建设", date(2026, 6, 30), "开工建设", ""),
        ("2026年3-6月 开工建设", date(2026, 6, 30), "开工建设", ""),
        ("3月1日至3月5日 勘察", date(2026, 3, 5), "勘察", ""),
        ("6.30 交付", date(2026, 6, 30), "交付", ""),
        ("二季度末完成招标", date(2026, 6, 30), "完成招标", ""),
        ("年底前交付", date(2026, 12, 31), "交付", ""),
        ("20个工作日内 完成方案 2份", date(2026, 3, 30), "完成方案", "2份"),
        ("6月底线任务", date(2026, 6, 30), "底线任务", ""),
        ("9月前期工作完成", date(2026, 9, 30), "前期工作完成", ""),
        ("6月初步设计评审", date(2026, 6, 30), "初步设计评审", ""),
        ("6月起草方案", date(2026, 6, 30), "起草方案", ""),
        ("3月31日\t完成招标\t第二阶段", date(2026, 3, 31), "完成招标", "第二阶段"),
        ("1\t3月31日\t完成招标\t60%", date(2026, 3, 31), "完成招标", "60%"),
    ],
)
def test_a_line_is_day_words_and_figure(line, due, what, figure):
    (read,) = read_lines(line, TODAY)
    assert read.step == Milestone(due, what, figure)


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("完成招标", "哪一天"),
        ("尽快 招标", "哪一天"),
        ("每月25日前 报进度", "哪一天"),
        ("6月初 勘察", "哪一天"),
        ("6月上中旬 勘察", "哪一天"),
        ("6月起 每月调度", "哪一天"),
        ("3月1-5日 勘察", "哪一天"),
        ("6月、7月 分两次验收", "哪一天"),
        ("计划3月底 完成招标", "哪一天"),
        ("13月底前 招标", "哪一天"),
        ("2月30日 招标", "哪一天"),
        ("1月底前 招标", "哪一年"),
        ("3月底前", "没有写要完成什么"),
        ("3月31日\t", "没有写要完成什么"),
        ("3月底前 " + "建" * 201, "太长"),
    ],
)
def test_what_is_not_certain_is_not_guessed(line, problem):
    (read,) = read_lines(line, TODAY)
    assert read.step is None
    assert problem in read.problem


def test_a_line_without_a_year_takes_it_from_the_line_before_that_says_one():
    typed = "2025年3月底 招标\n6月底 封顶\n\n本月底 评估\n2026年11月 交付\n3月底 决算"
    read = read_lines(typed, TODAY)
    assert [line.step and line.step.due for line in read] == [
        date(2025, 3, 31),
        date(2025, 6, 30),
        date(2026, 3, 31),
        date(2026, 11, 30),
        None,  # 2026 again, or the year after
    ]
    assert read[-1].number == 6
    assert "2026年3月底" in read[-1].problem


def test_unreadable_lines_are_all_named_and_nothing_is_given():
    with pytest.raises(UserError) as caught:
        milestones_in("3月底 招标\n随时 封顶\n\n6月底", TODAY)
    assert caught.value.what == "有 2 行没有读懂"
    assert "第 2 行“随时 封顶”" in caught.value.why
    assert "第 4 行“6月底”" in caught.value.why


def test_the_same_line_twice_is_told():
    read = read_lines("3月底 招标\n3月31日 招标", TODAY)
    assert [line.problem for line in read] == ["", "与第 1 行相同"]


TENDER = Milestone(date(2026, 2, 28), "完成招标", "", date(2026, 2, 20))


@pytest.mark.parametrize(
    ("line", "done"),
    [
        ("2026-02-28 完成招标", True),
        ("2026-02-28 完成施工招标", True),
        ("2026-04-30 完成招标 2个", True),
        ("2026-02-28 完成拆迁", False),
        ("2026-04-30 完成施工招标", False),
    ],
)
def test_what_is_done_stays_so_while_it_is_the_same(line, done):
    (step,) = milestones_in(line, TODAY, (TENDER,))
    assert step.done_on == (TENDER.done_on if done else None)


def test_what_is_done_is_done_once():
    typed = "2026-02-28 完成招标\n2026-05-31 完成招标"
    assert [s.done_on for s in milestones_in(typed, TODAY, (TENDER,))] == [TENDER.done_on, None]


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), min_size=1, max_size=9)
FIGURES = st.sampled_from(["", "60%", "3 座", "第二阶段", "3月", "１２０米"])
STEPS = st.lists(
    st.builds(
        Milestone,
        st.dates(date(2000, 1, 1), date(2060, 1, 1)),
        (WORDS | st.sampled_from(["封顶 60%", "3月底前 招标", "底 招标", "-完成", "① 开工", "1 2"]))
        .map(str.strip)
        .filter(bool),
        FIGURES,
        st.none() | st.just(date(2026, 3, 1)),
    ),
    max_size=4,
    unique_by=lambda step: (step.due, step.what),
)


@given(STEPS)
def test_what_the_editor_shows_reads_as_what_stands(steps):
    standing = checked(steps, TODAY)
    assert milestones_in(lines_of(standing), TODAY, standing) == standing


@given(st.text(alphabet="2026年36月10日底初前中旬-.、 至~起\t（）①招标%季度", max_size=14))
def test_whatever_is_typed_is_read_or_told(line):
    for read in read_lines(line, TODAY):
        assert (read.step is None) == bool(read.problem)
        if read.step is not None:
            assert read.step.what.strip() == read.step.what != ""
            assert read.step.what in read.text
            assert "\t" in line or read.step.figure in read.text
