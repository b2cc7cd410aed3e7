"""How late a reply is, from stored days only."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from tracker.domain.slip import SlipKind, SlipReply, SlipRow, SlipState, SlipWords, slip_code
from tracker.domain.workdays import load_calendar

DUE = date(2026, 4, 30)  # the last day before the holiday of 1 to 5 May; 9 May is worked


def slip(due=DUE, replied=(), closed=None):
    return SlipRow(
        id=1,
        ledger_id=1,
        kind=SlipKind.SUPERVISION,
        code="督〔2026〕1号",
        unit_id=None,
        unit="县水利局",
        tasks=(),
        words=SlipWords(matter="清淤。"),
        issued_on=date(2026, 4, 23),
        days=5,
        reply_due=due,
        replies=tuple(SlipReply(day, "已办", "张三", datetime(2026, 5, 9)) for day in replied),
        closed_on=closed,
    )


@pytest.mark.parametrize(
    ("held", "today", "words"),
    [
        (slip(), date(2026, 4, 30), None),
        (slip(), date(2026, 5, 3), "逾期未满1个工作日"),
        (slip(), date(2026, 5, 6), "逾期1个工作日"),
        (slip(), date(2026, 5, 9), "逾期4个工作日"),
        (slip(), date(2026, 5, 10), "逾期4个工作日"),
        (slip(replied=[date(2026, 4, 30)]), date(2026, 5, 9), None),
        (slip(replied=[date(2026, 5, 7)]), date(2026, 8, 1), "迟复2个工作日"),
        (slip(replied=[date(2026, 5, 7), date(2026, 4, 28)]), date(2026, 8, 1), None),
        (slip(closed=date(2026, 5, 20)), date(2026, 8, 1), None),
        (slip(due=None), date(2026, 8, 1), None),
        (slip(due=date(2026, 12, 31)), date(2027, 1, 4), "逾期4天（放假安排未收录）"),
    ],
)
def test_a_reply_is_late_by_working_days_after_its_day(held, today, words):
    found = held.late(today, load_calendar())
    assert (found.words if found else None) == words


@pytest.mark.parametrize(
    ("held", "state", "word"),
    [
        (slip(), SlipState.SENT, "待回复"),
        (slip(due=None), SlipState.SENT, "已发出"),
        (slip(replied=[DUE]), SlipState.REPLIED, "已回复"),
        (slip(replied=[DUE], closed=DUE), SlipState.CLOSED, "已办结"),
    ],
)
def test_the_state_follows_from_what_was_noted(held, state, word):
    assert (held.state, held.state_word) == (state, word)


def test_a_number_stands_as_documents_write_it():
    assert slip_code("督", 2026, 3) == "督〔2026〕3号"
