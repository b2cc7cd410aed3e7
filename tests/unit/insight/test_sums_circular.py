"""Our own circular: its words against themselves and against what the ledger counts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tracker.domain.circular import Circular, Figure, Level, Passage
from tracker.domain.sum_check import SumKind, SumSource
from tracker.domain.terms import Completion
from tracker.insight.sums_circular import CircularFacts, check_circular

FACTS = CircularFacts(
    total=34,
    completions={
        Completion.CLOSED: 2,
        Completion.DONE: 6,
        Completion.IN_PROGRESS: 25,
        Completion.NOT_STARTED: 1,
    },
    due=34,
    done=8,
    percent="23.5",
    overdue=2,
    rows=34,
    units=frozenset({"县水利局", "县教育局"}),
)
TOTAL = (
    "春季工作共有任务34项，其中已销号2项、已完成6项、推进中25项、未启动1项，"
    "分别占5.9%、17.7%、73.5%、2.9%（以34项计）。应完成34项，已完成（含已销号）8项，完成率23.5%。"
)
BODY = (
    Passage("根据要求，现将截至2026年6月30日的情况通报如下："),
    Passage("一、总体情况", Level.FIRST),
    Passage(TOTAL),
    Passage("推进中的任务里，超序时1项、达序时20项、滞后3项、受阻1项。"),
    Passage("二、存在问题", Level.FIRST),
    Passage("（一）已过时限仍未完成的2项", Level.SECOND),
    Passage("第7项“修缮水闸”（县水利局），时限5月底前，已逾期30天。"),
    Passage("第9项“校舍加固20处”（县教育局），时限5月底前，已逾期30天。"),
    Passage("（二）反馈情况", Level.SECOND),
    Passage("本期应反馈31家，已反馈29家；未反馈的2家：县林业局、县文旅局。"),
)


def check(*changes, facts=FACTS):
    """Check the circular with some words changed, as a clerk would."""
    body = list(BODY)
    for old, new in changes:
        assert any(old in one.text for one in body)
        body = [replace(one, text=one.text.replace(old, new)) for one in body]
    return check_circular(Circular("通报", tuple(body)), facts)


def test_a_circular_that_agrees_with_itself_and_the_ledger_is_left_alone():
    assert check() == ()


@pytest.mark.parametrize(
    ("old", "new", "kind", "said"),
    [
        ("推进中25项、", "推进中24项、", SumKind.STATS, "台账的推进中为25项"),
        ("应完成34项", "应完成33项", SumKind.STATS, "台账的应完成为34项"),
        ("完成率23.5%", "完成率32.5%", SumKind.STATS, "台账的完成率为23.5%"),
        ("17.7%", "17.6%", SumKind.WHOLE, "99.9%"),
        ("已过时限仍未完成的2项", "已过时限仍未完成的3项", SumKind.STATS, "为2项，文中为3项"),
        ("仍未完成的2项", "仍未完成的3项", SumKind.NAMED, "下面列出2项，标题为3项"),
        ("未反馈的2家", "未反馈的3家", SumKind.NAMED, "列出2家，文中为3家"),
        ("县林业局、县文旅局", "县林业局、县林业局", SumKind.NAMED, "“县林业局”列了2次"),
    ],
)
def test_words_that_the_clerk_changed_are_checked_as_they_stand(old, new, kind, said):
    found = check((old, new))
    assert any(one.kind is kind and said in one.reckoning for one in found)
    assert all(one.source is SumSource.CIRCULAR and one.code == "" for one in found)


def test_the_total_is_held_against_ledger_and_annex():
    assert any(
        "台账的任务总数为35项" in one.reckoning for one in check(facts=replace(FACTS, total=35))
    )
    assert any(
        "附件表的行数为33行" in one.reckoning for one in check(facts=replace(FACTS, rows=33))
    )


def test_classes_that_no_longer_add_up_are_shown_with_their_sum():
    kinds = {one.kind for one in check(("未启动1项", "未启动2项"))}
    assert {SumKind.PARTS, SumKind.STATS} <= kinds


def test_what_a_sentence_says_of_one_unit_is_not_held_against_the_ledger():
    own = Passage("县水利局共有任务5项，其中已完成3项、推进中2项、未启动0项。")
    assert check_circular(Circular("通报", (own, *BODY)), FACTS) == ()


def test_a_number_of_units_is_not_held_against_their_tasks():
    for words in ("承担任务的2家单位中", "涉及2个牵头单位"):
        said = Passage(words, figures=(Figure("单位", "2", ("1-001", "1-002", "1-003")),))
        assert check_circular(Circular("通报", (said,)), FACTS) == ()


def test_a_figure_that_leads_to_another_number_of_tasks_is_shown():
    said = Passage("滞后的3项。", figures=(Figure("滞后", "3", ("1-001", "1-002")),))
    (found,) = check_circular(Circular("通报", (said,)), FACTS)
    assert found.kind is SumKind.STATS
    assert "背后的任务有2项" in found.reckoning


def test_a_paragraph_is_named_by_its_place():
    (found,) = check(("未反馈的2家", "未反馈的4家"))
    assert found.passages[0].place.words == "通报第10段"
