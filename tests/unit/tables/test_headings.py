from __future__ import annotations

import pytest

from tracker.tables.headings import classify, is_period


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("序号", "number"),
        ("序 号", "number"),
        ("No.", "number"),
        ("具体目标任务", "task"),
        ("工作\n任务", "task"),
        ("2026年度重点工作任务", "task"),
        ("工作任务（共25项）", "task"),
        ("任务", "task"),
        ("牵头责任单位", "lead"),
        ("牵头（责任）单位", "lead"),
        ("*牵头单位", "lead"),
        ("牵头单位及责任领导", "lead"),
        ("责任单位", "responsible"),
        ("责任单位（排名第一的牵头）", "responsible"),
        ("责任（配合）单位", "cooperating"),
        ("指导单位", "guiding"),
        ("责任人", "persons"),
        ("分管县领导", "persons"),
        ("具体责任人", "contact"),
        ("完成时限", "deadline"),
        ("任务完成时间", "deadline"),
        ("落实情况", "progress"),
        ("落实情况（截至9月底）", "progress"),
        ("截至2026年9月底进展情况", "progress"),
        ("目标任务完成情况", "progress"),
        ("工作进展及存在问题", "progress"),
        ("目标任务完成情况及存在问题", "progress"),
        ("各责任单位工作进展情况", "progress"),
        ("上期进展", "previous"),
        ("完成率", "percent"),
        ("完成进度（%）", "percent"),
        ("序时进度", "pace"),
        ("办理状态", "status"),
        ("是否完成", "status"),
        ("存在问题及下一步打算", "problems"),
        ("存在的问题及原因", "problems"),
        ("下一步工作打算", "next_steps"),
        ("年度目标（单位：万元）", "target"),
        ("佐证材料", "evidence"),
        ("备 注", "note"),
        ("说明", "note"),
        ("任务类别", "section"),
        ("任务来源", "source"),
    ],
)
def test_a_heading_is_known_by_its_longest_word(heading: str, field: str) -> None:
    found = classify(heading)
    assert found is not None
    assert found.field == field


@pytest.mark.parametrize(
    "text",
    [
        "",
        "县水利局",
        "进一步压实工作任务，确保责任单位按完成时限推进。",
        "请各单位于月底前将本表的落实情况连同佐证材料一并报送县政府督查室汇总",
        "其他说明见附件一览",
        "3",
    ],
)
def test_a_sentence_or_a_name_is_no_heading(text: str) -> None:
    assert classify(text) is None


@pytest.mark.parametrize(
    "text", ["7月", "8月份", "第一季度", "2026年9月", "上半年", "第三期", "1-8月"]
)
def test_months_quarters_and_rounds_are_periods(text: str) -> None:
    assert is_period(text)


@pytest.mark.parametrize("text", ["7月进展", "任务", "第三条", "12"])
def test_other_words_are_no_periods(text: str) -> None:
    assert not is_period(text)
