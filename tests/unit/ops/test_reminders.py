"""The words that remind units, and the list for the circular."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from tracker.base.errors import FileProblem
from tracker.domain.board import Board, BoardFinding, BoardRow, BoardState
from tracker.domain.ledger import RoundRow
from tracker.domain.returned import Call, ReturnedFileRow
from tracker.domain.terms import RoundState
from tracker.ops import reminders as module
from tracker.ops.reminders import AHEAD, notice_list, reminder, reminders, stage_of, wordings

TODAY = date(2026, 3, 17)
CALL = Call(datetime(2026, 3, 16, 9, 0), "王科长", "下午报", "张三")
ROW = BoardRow(
    1,
    "县住建局",
    BoardState.MISSING,
    expected=True,
    tasks=("1-001", "1-002"),
    due=date(2026, 3, 13),
    working_days_late=2,
    is_late=True,
)


def made(*rows, **about):
    round_ = RoundRow(1, 1, 3, None, date(2026, 3, 13), RoundState.COLLECTING, "")
    values = {"unclaimed": (), "files": (), "today": TODAY, "sender": "县政府督查室"} | about
    return Board("春季工作", round_, rows, **values)


@pytest.mark.parametrize(
    ("calls", "late", "stage"),
    [(0, 0, 1), (0, 30, 1), (1, 0, 1), (1, 1, 2), (2, 1, 2), (2, 3, 3), (9, 30, 3)],
)
def test_the_wording_goes_by_the_calls_made_and_by_how_late_it_is(calls, late, stage):
    assert stage_of(replace(ROW, calls=(CALL,) * calls, working_days_late=late)) == stage


def test_who_is_not_missing_is_only_asked_kindly():
    row = replace(ROW, state=BoardState.NOT_DUE, is_late=False, working_days_late=0)
    assert stage_of(row) == AHEAD
    text = reminder(made(row), row)
    assert text.startswith("县住建局：“春季工作”第3期进展情况（共2项）请于3月13日（星期五）前反馈")
    assert "逾期" not in text
    assert "未收到" not in text


def test_a_first_reminder_says_what_when_and_how_late():
    text = reminder(made(ROW), replace(ROW, contact="周明"))
    assert text == (
        "县住建局（周明同志）：“春季工作”第3期反馈（共2项）应于3月13日（星期五）前报送，"
        "目前尚未收到贵单位的进展情况，已逾期2个工作日。请尽快报送至县政府督查室；"
        "如已报送，请告知报送方式和时间，以便核对。"
    )


@pytest.mark.parametrize("calls", [0, 1, 2])
def test_earlier_reminders_are_spoken_of_only_where_they_were_noted(calls):
    row = replace(ROW, calls=(CALL,) * calls, working_days_late=5)
    assert (f"已催办{calls}次" in reminder(made(row), row)) is bool(calls)


@pytest.mark.parametrize("wording", wordings())
@pytest.mark.parametrize("due", [None, date(2026, 3, 13), date(2025, 12, 31)])
@pytest.mark.parametrize("sender", ["", "县政府督查室"])
def test_what_is_not_known_leaves_no_gap(wording, due, sender):
    row = replace(ROW, due=due, tasks=(), working_days_late=0)
    text = reminder(made(row, sender=sender), row, wording.stage)
    assert not set("{}") & set(text)
    for gap in ("：：", "，，", "（）", "于前", "至；", "至。", "。。", "，。"):
        assert gap not in text


@pytest.mark.parametrize(
    ("findings", "rest"),
    [
        ((), "谢谢支持。"),
        (
            (BoardFinding("unfilled", "2项未填", "未填：第2项、第5项"),),
            "谢谢支持。其中第2项、第5项尚未填写，请补报。",
        ),
    ],
)
def test_who_reported_is_thanked_and_asked_for_the_rest(findings, rest):
    row = replace(ROW, state=BoardState.PARTLY, is_late=False, findings=findings)
    text = reminder(made(row), row, 2)
    assert text == f"县住建局：“春季工作”第3期反馈已经收到，{rest}"


def test_a_due_day_of_another_year_is_named_with_it():
    row = replace(ROW, due=date(2025, 12, 31))
    assert "2025年12月31日（星期三）" in reminder(made(row), row)


def test_who_in_the_office_answers_is_named_last():
    text = reminder(made(ROW, contact="陈敏 0571-12345"), ROW)
    assert text.endswith("以便核对。联系人：陈敏 0571-12345。")


def test_an_empty_form_is_told_of():
    row = replace(ROW, findings=(BoardFinding("empty", "空白"),))
    assert "收到的反馈表没有填写内容，目前尚未收到" in reminder(made(row), row)


def test_a_year_without_published_holidays_is_told_of():
    row = replace(ROW, calendar_known=False)
    assert "（当年放假安排未收录，只按周末推算）" in reminder(made(row), row)
    assert "放假安排未收录" in notice_list(made(row))


def test_several_reminders_stand_apart():
    rows = (ROW, replace(ROW, unit="县文旅局", unit_id=2))
    assert reminders(made(*rows)).count("\n\n") == 1
    assert reminders(made()) == ""


def test_the_notice_counts_and_names(now):
    late = replace(ROW, unit="县文旅局", unit_id=2, state=BoardState.REPORTED)
    exempt = BoardRow(3, "县林业局", BoardState.EXEMPT, expected=True, exempt="机构改革")
    let_off = BoardRow(4, "县气象局", BoardState.EXEMPT, expected=False)
    shown = made(ROW, late, exempt, let_off, at=datetime(2026, 3, 17, 17, 30))
    assert notice_list(shown).splitlines() == [
        "“春季工作”第3期反馈情况（截至2026年3月17日17时30分）：应报2家，已报1家，未报1家。",
        "未报的1家：县住建局。",
        "迟报的1家（按来件最后保存或登记的日期）：县文旅局。",
        "经同意本期免报的1家：县林业局。",
    ]


def test_the_notice_of_a_round_in_which_all_reported_says_no_more_than_that():
    row = replace(ROW, state=BoardState.REPORTED, is_late=False)
    assert notice_list(made(row)).splitlines() == [
        "“春季工作”第3期反馈情况（截至2026年3月17日）：应报1家，已报1家，未报0家。"
    ]


def test_files_of_nobody_stand_in_the_notice():
    from tracker.domain.returned import FileKind, Standing

    file = ReturnedFileRow(
        1, 1, None, "", "表.xlsx", "", FileKind.FORM, Standing.CURRENT, CALL.at, None
    )
    assert "有1份来件不知是哪个单位" in notice_list(made(ROW, unclaimed=(file,)))


@pytest.mark.parametrize(
    ("entry", "problem"),
    [
        ({"stage": 1, "name": "首次", "calls": 0, "late": 0, "text": ["{单位名}"]}, "单位名"),
        ({"stage": 1, "name": "首次", "calls": 0, "text": []}, "late"),
        ({"stage": 2, "name": "再次", "calls": 0, "late": 0, "text": []}, "首次催报"),
    ],
)
def test_a_broken_list_of_wordings_is_said_plainly(monkeypatch, entry, problem):
    monkeypatch.setattr(module, "load", lambda name: {"wording": [entry]})
    wordings.cache_clear()
    try:
        with pytest.raises(FileProblem, match=problem):
            wordings()
    finally:
        wordings.cache_clear()
