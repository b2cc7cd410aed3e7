"""Where units stand in a round, and who is called missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from tests.helpers.noted_returns import SENT, WHO, note_file, note_sent
from tests.helpers.offices import add_tasks
from tracker.domain.board import BoardState
from tracker.domain.form import CONTACT_SETTING
from tracker.domain.returned import FileKind, FindingKind, Remark, Standing, Unplaced
from tracker.ops.board import board, missing_units
from tracker.ops.entries import EntryWords, confirm_entries, write_entry
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.notes import NoteWords, Report, add_notes
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, edit_task
from tracker.store.models import Setting

DUE = date(2026, 3, 13)
LATE = date(2026, 3, 17)
UNITS = ("县住建局", "县交通运输局", "县文旅局", "县水利局", "县应急局", "县工信局")


@pytest.fixture
def ledger(office, now):
    """Five tasks of six units; round 1 empty, round 2 due on a Friday."""
    new_ledger(office, "春季重点工作", who=WHO, now=now, filled_by="县政府督查室")
    row = choose_ledger(office, None)
    add_tasks(office, row, now)
    new_round(office, row, who=WHO, now=now)
    new_round(office, row, who=WHO, now=now, feedback_due=DUE)
    return choose_ledger(office, None)


@pytest.fixture
def round_(office, ledger):
    return list_rounds(office, ledger)[-1]


@pytest.fixture
def send(office, round_):
    """Notes that a form was sent to units: name → codes of its tasks."""
    return lambda forms: note_sent(office, round_, forms)


@pytest.fixture
def arrive(office, round_):
    """Stores a returned file; returns its id."""
    return lambda unit, **about: note_file(office, round_, unit, **about)


@pytest.fixture
def says(office, now):
    """A unit reports on a task, in no file."""

    def note(unit, code, text="已开工。", **about):
        report = Report(code, unit, NoteWords(text=text), round_number=2, **about)
        add_notes(office, (report,), who=WHO, now=now + timedelta(days=1))

    return note


@pytest.fixture
def look(office, ledger, round_):
    def read(today=LATE, **about):
        return board(office, ledger, round_, today, **about)

    return read


def state(shown, unit):
    return shown.row_of(unit).state


def sent_all(send):
    send({"县住建局": ("1-001",), "县文旅局": ("1-002",), "县水利局": ("1-003",)})


def test_where_no_form_was_sent_every_unit_with_a_duty_is_expected(look):
    shown = look()
    assert {row.unit for row in shown.missing} == set(UNITS)
    assert (shown.expected, shown.returned) == (6, 0)


def test_once_a_form_was_sent_only_those_units_are_expected(look, send):
    sent_all(send)
    shown = look()
    assert [row.unit for row in shown.missing] == ["县住建局", "县文旅局", "县水利局"]
    assert state(shown, "县应急局") is BoardState.NOT_SENT
    assert shown.expected == 3


@pytest.mark.parametrize(
    ("today", "expected"), [(DUE, BoardState.NOT_DUE), (LATE, BoardState.MISSING)]
)
def test_nobody_is_missing_on_the_due_day_itself(look, send, today, expected):
    sent_all(send)
    assert state(look(today), "县住建局") is expected


def test_without_a_due_day_nobody_is_missing(office, ledger, now):
    new_round(office, ledger, who=WHO, now=now)
    last = list_rounds(office, ledger)[-1]
    shown = board(office, ledger, last, date(2027, 1, 1))
    assert not shown.missing
    assert {row.state for row in shown.rows} == {BoardState.NOT_SENT}


def test_lateness_counts_working_days(look, send):
    sent_all(send)
    row = look(date(2026, 3, 17)).row_of("县住建局")
    assert (row.working_days_late, row.late_words) == (2, "逾期2个工作日")
    weekend = look(date(2026, 3, 14)).row_of("县住建局")
    assert weekend.late_words == "过期未满1个工作日"


def test_a_weekend_worked_in_exchange_counts_as_late(office, ledger, round_, send, look):
    sent_all(send)
    with office.change("延期", WHO, SENT) as work:
        returned = work.form_return(work.round_by_id(round_.id), look().row_of("县住建局").unit_id)
        returned.due = date(2026, 2, 13)  # the two Saturdays around the spring festival are worked
    row = look(date(2026, 2, 14)).row_of("县住建局")
    assert row.working_days_late == 1
    assert row.own_due


def test_a_year_without_published_holidays_says_so(office, ledger, round_, send):
    sent_all(send)
    row = board(office, ledger, round_, date(2031, 1, 6)).row_of("县住建局")
    assert not row.calendar_known
    assert "放假安排未收录" in row.late_words
    (first, *_) = missing_units(office, ledger, round_, date(2031, 1, 6))
    assert not first.calendar_known
    assert "放假安排未收录" in first.reminder


def test_a_unit_that_said_anything_is_not_missing(look, send, says):
    sent_all(send)
    says("县住建局", "1-001")
    assert state(look(), "县住建局") is BoardState.REPORTED


def test_words_on_some_tasks_make_a_part(look, send, says):
    send({"县住建局": ("1-001", "1-003")})
    says("县住建局", "1-001")
    row = look().row_of("县住建局")
    assert (row.state, row.filled, row.tasks) == (BoardState.PARTLY, ("1-001",), ("1-001", "1-003"))
    assert "第3项未填" in [finding.words for finding in row.findings]


@pytest.mark.parametrize(
    "about",
    [
        {"kind": FileKind.SCAN},
        {"kind": FileKind.UNREADABLE, "remarks": (Remark(FindingKind.UNREADABLE, "有密码"),)},
        {"kind": FileKind.SCAN, "standing": Standing.COPY},
        {"kind": FileKind.SCAN, "standing": Standing.EARLIER},
    ],
)
def test_a_file_that_nobody_can_read_counts_as_reported_and_waits_to_be_typed(
    look, send, arrive, about
):
    sent_all(send)
    arrive("县住建局", **about)
    shown = look()
    assert state(shown, "县住建局") is BoardState.TO_TYPE
    assert shown.returned == 1


def test_words_without_a_place_are_in_doubt_not_missing(look, send, arrive):
    sent_all(send)
    arrive("县住建局", unplaced=(Unplaced("第3行", "桥面已通车。"),))
    shown = look()
    assert state(shown, "县住建局") is BoardState.TO_CHECK
    assert [file.unit for file in shown.waiting] == ["县住建局"]


def test_an_empty_form_is_shown_and_still_missing(look, send, arrive):
    sent_all(send)
    arrive("县住建局", remarks=(Remark(FindingKind.EMPTY, "一项也没有填"),))
    row = look().row_of("县住建局")
    assert row.state is BoardState.MISSING
    assert [finding.kind for finding in row.findings] == ["empty"]


def test_a_finding_makes_a_return_wait_until_somebody_settled_it(look, send, arrive, says, office):
    sent_all(send)
    says("县住建局", "1-001")
    file_id = arrive(
        "县住建局",
        remarks=(Remark(FindingKind.TASK_TEXT_ALTERED, "第1项", "1-001", "甲", "乙"),) * 2,
    )
    row = look().row_of("县住建局")
    assert row.state is BoardState.TO_CHECK
    assert row.findings[0].words == "改动了任务原文 2处"
    with office.change("核对", WHO, SENT) as work:
        file = work.returned_file(file_id)
        file.remarks = [{**remark, "settled": "不采用"} for remark in file.remarks]
    assert state(look(), "县住建局") is BoardState.REPORTED


def test_a_file_of_nobody_is_shown_first_and_asks_to_be_claimed(look, send, arrive):
    sent_all(send)
    arrive("（不明）")
    shown = look()
    assert [file.name for file in shown.unclaimed] == ["（不明）.xlsx"]
    assert shown.claim_first == "有1份来件不知是哪个单位，催报前请先认领"


def test_what_the_office_typed_since_the_form_went_out_speaks_for_the_unit(look, send, office, now):
    sent_all(send)
    after = SENT + timedelta(days=3)
    write_entry(office, "1-001", EntryWords(progress="电话了解：已通车。"), who=WHO, now=after)
    row = look().row_of("县住建局")
    assert row.state is BoardState.REPORTED
    assert row.remark == "未见来件，核定稿已填1项"


def test_what_stood_there_before_the_form_went_out_speaks_for_nobody(look, send, office, now):
    write_entry(office, "1-001", EntryWords(progress="上月情况。"), who=WHO, now=now)
    sent_all(send)
    assert state(look(), "县住建局") is BoardState.MISSING


def test_letting_last_rounds_words_stand_is_no_report(look, send, office, ledger, now):
    write_entry(office, "1-003", EntryWords(progress="一期。"), who=WHO, now=now, round_number=1)
    write_entry(office, "1-003", EntryWords(progress="一期。"), who=WHO, now=now)
    confirm_entries(office, ["1-003"], who=WHO, now=SENT + timedelta(days=1))
    assert state(look(), "县水利局") is BoardState.MISSING


def test_another_units_words_do_not_speak_for_a_unit(look, send, says):
    send({"县住建局": ("1-001",), "县交通运输局": ("1-001",)})
    says("县交通运输局", "1-001")
    assert state(look(), "县住建局") is BoardState.MISSING


@pytest.mark.parametrize("way", ["withdrawn", "closed", "given to another"])
def test_nobody_is_chased_for_tasks_that_are_no_longer_his(look, send, office, now, way):
    sent_all(send)
    if way == "withdrawn":
        withdraw_task(office, "1-002", "并入年度计划", who=WHO, now=now)
    elif way == "closed":
        words = ClosingWords("完成", date(2026, 3, 3), WHO, no_evidence_because="现场看过")
        close_task(office, "1-002", words, who=WHO, now=now)
    else:
        edit_task(office, "1-002", TaskWords(lead="县工信局"), who=WHO, now=now)
    row = look().row_of("县文旅局")
    assert row.state is not BoardState.MISSING
    assert not row.expected
    assert "不催报" in row.remark


def test_only_a_file_saved_past_the_day_is_known_to_be_late(look, send, arrive, says):
    sent_all(send)
    for unit, code in (("县住建局", "1-001"), ("县文旅局", "1-002"), ("县水利局", "1-003")):
        says(unit, code)
    received = datetime(2026, 3, 16, 9, 0)
    arrive("县住建局", received_at=received, saved_at=datetime(2026, 3, 16, 8, 0))
    arrive("县文旅局", received_at=received, saved_at=datetime(2026, 3, 13, 17, 0))
    arrive("县水利局", received_at=received, saved_at=None)
    says("县工信局", "1-005")
    arrive("县工信局", received_at=received, saved_at=datetime(2026, 3, 14, 7, 0))
    shown = look()
    assert [row.unit for row in shown.late] == ["县住建局"]
    assert shown.row_of("县住建局").working_days_late == 1


def test_a_correction_after_the_day_makes_nobody_late(look, send, arrive, says):
    sent_all(send)
    says("县住建局", "1-001")
    arrive("县住建局", standing=Standing.EARLIER)
    arrive(
        "县住建局",
        received_at=datetime(2026, 3, 16, 9, 0),
        saved_at=datetime(2026, 3, 16, 8, 0),
    )
    assert not look().late


def test_the_round_before_is_told_of_only_from_what_is_stored(
    office, ledger, look, send, arrive, says, now
):
    sent_all(send)
    says("县住建局", "1-001")
    received = datetime(2026, 3, 16, 9, 0)
    arrive("县住建局", received_at=received, saved_at=received)
    new_round(office, ledger, who=WHO, now=now, feedback_due=date(2026, 4, 10))
    third = list_rounds(office, ledger)[-1]
    rows = {row.unit: row for row in board(office, ledger, third, date(2026, 4, 1)).rows}
    assert rows["县住建局"].earlier == "第2期曾迟报"
    assert rows["县文旅局"].earlier == ""
    late = board(office, ledger, third, date(2026, 4, 14)).row_of("县住建局")
    assert late.earlier == "第2期也曾迟报"


def test_the_same_words_as_last_round_are_pointed_out(look, send, says, office, now):
    sent_all(send)
    write_entry(office, "1-001", EntryWords(progress="已 开工。"), who=WHO, now=now, round_number=1)
    says("县住建局", "1-001", "已开工。")
    assert "1项与上期雷同" in [f.words for f in look().row_of("县住建局").findings]


def test_units_whose_files_are_in_hand_are_not_missing(office, ledger, round_, send, look):
    sent_all(send)
    missing = missing_units(office, ledger, round_, LATE, besides={"县住建局"})
    assert [each.unit for each in missing] == ["县文旅局", "县水利局"]
    assert look(besides={"县住建局"}).returned == 1


def test_the_contact_named_when_forms_were_sent_stands_on_the_board(look, office):
    assert look().contact == ""
    with office.change("联系人", WHO, SENT) as work:
        work.add(Setting(key=CONTACT_SETTING, value="陈敏 0571-12345"))
    assert look().contact == "陈敏 0571-12345"


def test_the_missing_come_first_and_units_in_official_order(look, send, says):
    sent_all(send)
    says("县住建局", "1-001")
    shown = look()
    assert [row.unit for row in shown.rows[:2]] == ["县文旅局", "县水利局"]
    assert replace(shown, rows=()).expected == 0
