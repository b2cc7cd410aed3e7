"""What a reminder tells: the same as the list counts, ledger by ledger."""

from __future__ import annotations

from datetime import date

import pytest

from tracker.domain.browse import Filter, Show
from tracker.ops.browse import counts, find_tasks
from tracker.ops.due import whats_due
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.tasks import TaskWords, new_task
from tracker.ops.today import overdue_lights

WHO = "张三"
DAY = date(2026, 3, 10)


@pytest.fixture
def due(office, ledger):
    (found,) = whats_due(office, DAY, 7)
    return found


def test_late_and_soon_are_what_the_list_counts(office, ledger, due):
    found = counts(office, ledger.id, None, DAY)
    assert due.late == sum(found.lights.get(key, 0) for key in overdue_lights(office, DAY)) > 0
    wanted = Filter(ledger.id, show=Show.DUE_7)
    assert len(due.soon) == len(find_tasks(office, wanted, None, DAY))


@pytest.mark.parametrize(("days", "expected"), [(1, 0), (3, 1), (30, 1)])
def test_the_days_ahead_are_those_asked_for(office, ledger, later, days, expected):
    words = TaskWords(text="修缮书屋。", lead="县文旅局", deadline="2026-03-13")
    code = new_task(office, ledger, words, who=WHO, now=later).value
    (found,) = whats_due(office, DAY, days)
    assert (code in found.soon) is bool(expected)


def test_a_ledger_in_which_nothing_waits_is_not_told(office, ledger, later):
    new_ledger(office, "另一个", who=WHO, now=later)
    assert [found.ledger.name for found in whats_due(office, DAY, 7)] == [ledger.name]
    words = TaskWords(text="巡查河道。", deadline="2026-03-01")
    new_task(office, choose_ledger(office, "另一个"), words, who=WHO, now=later)
    assert [found.ledger.name for found in whats_due(office, DAY, 7)] == [ledger.name, "另一个"]


def test_it_is_told_in_one_sentence_without_zeros(due):
    assert due.sentence().startswith(f"已逾期 {due.late} 项")
    assert " 0 " not in due.sentence()
