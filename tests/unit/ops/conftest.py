"""An office with one ledger, two rounds and a handful of tasks, as a clerk would have it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.helpers.offices import add_tasks
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.rounds import list_rounds, new_round

WHO = "张三"


@pytest.fixture
def later(now):
    """A moment after everything that the fixtures did."""
    return now + timedelta(hours=1)


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def ledger(office, now):
    """A ledger with five tasks (1-001 … 1-005), round 1 filled, round 2 open."""
    new_ledger(office, "春季重点工作", who=WHO, now=now)
    row = choose_ledger(office, None)
    add_tasks(office, row, now)
    new_round(office, row, who=WHO, now=now)
    for code, text in (("1-001", "已完成桥面铺装。"), ("1-002", "已建成2处。")):
        write_entry(office, code, EntryWords(progress=text), who=WHO, now=now)
    new_round(office, row, who=WHO, now=now, cut_off=date(2026, 3, 31))
    return choose_ledger(office, None)


@pytest.fixture
def rounds(office, ledger):
    return {row.number: row for row in list_rounds(office, ledger)}
