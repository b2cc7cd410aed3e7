"""Rows are matched to stored tasks as a careful clerk would: never wrongly, seldom asking."""

from __future__ import annotations

import pytest

from tests.eval.tables.rounds import ROUNDS, Round, match


@pytest.mark.parametrize("case", ROUNDS, ids=[case.name for case in ROUNDS])
def test_no_row_is_taken_for_another_task_and_none_is_lost(case):
    matched = match(case)
    assert matched.wrong == ()
    assert matched.missed == ()


def test_hardly_a_row_is_asked_about_without_need():
    found = [match(case) for case in ROUNDS]
    assert sum(len(each.asked) for each in found) <= 0.05 * sum(each.rows for each in found)


def test_a_wrong_mark_is_counted():
    case = next(case for case in ROUNDS if case.name == "swapped")
    turned = match(Round(case.name, case.stored, case.next, "=1 + =3"))
    assert len(turned.wrong) == 2
    assert match(Round(case.name, case.stored, case.next, "?2 =1 =3")).wrong
    assert match(Round("none", case.next, case.stored, "=2 =1 =3 + =2 +")).missed
