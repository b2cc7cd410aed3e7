"""What the clerk notes by hand about the returns of a round."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tests.helpers.noted_returns import SENT, WHO, note_file, note_sent
from tests.helpers.offices import add_tasks
from tracker.base.errors import UserError
from tracker.domain.board import BoardState
from tracker.domain.returned import (
    ByHand,
    Call,
    FileKind,
    FindingKind,
    Remark,
    Standing,
    Unplaced,
    Way,
)
from tracker.domain.terms import RoundState
from tracker.ops.board import board
from tracker.ops.entries import EntryWords, list_entries, write_entry
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.notes import NoteWords
from tracker.ops.returns import (
    add_call,
    check_file,
    claim_file,
    mark_exempt,
    mark_reported,
    move_due,
    settle_unplaced,
    take_unplaced,
    type_report,
    unmark_exempt,
    unmark_reported,
)
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import TaskWords
from tracker.store.queries import View

UNIT, DUE, TODAY = "县住建局", date(2026, 3, 13), date(2026, 3, 17)
NOW = datetime(2026, 3, 17, 9, 0)
PHONE = ByHand(Way.PHONE, date(2026, 3, 16), "李明", "办公室电话")


@pytest.fixture
def ledger(office, now):
    new_ledger(office, "春季重点工作", who=WHO, now=now)
    row = choose_ledger(office, None)
    add_tasks(office, row, now)
    new_round(office, row, who=WHO, now=now, feedback_due=DUE)
    return choose_ledger(office, None)


@pytest.fixture
def round_(office, ledger):
    found = list_rounds(office, ledger)[-1]
    note_sent(office, found, {UNIT: ("1-001", "1-003"), "县文旅局": ("1-002",)})
    return found


@pytest.fixture
def row(office, ledger, round_):
    return lambda unit=UNIT: board(office, ledger, round_, TODAY).row_of(unit)


@pytest.fixture
def by(office, ledger, round_):
    """Calls an op of this round with who and when."""

    def call(op, *words, **named):
        return op(office, ledger, round_, *words, who=WHO, now=NOW, **named)

    return call


def entry_text(office, ledger, code):
    entries = list_entries(office, ledger)
    task = {"1-001": 1, "1-002": 2, "1-003": 3}[code]
    return entries[task].text if task in entries else ""


def stored(office, round_):
    with office.read() as view:
        assert isinstance(view, View)
        return view.returns(round_.id), view.round_notes(round_.id), view.entries(round_.id)


def test_a_call_counts_as_reported_and_waits_for_its_words(by, row):
    done = by(mark_reported, UNIT, PHONE)
    assert row().state is BoardState.TO_TYPE
    assert row().ways == ("电话",)
    assert row().remark == "电话 3月16日 李明：办公室电话"
    assert done.sentence == "县住建局第1期已登记为已报（电话）"


def test_what_was_said_becomes_notes_and_the_entry_to_the_letter(by, row, office, ledger, round_):
    words = {
        "1-001": NoteWords(" 桥面已通车。\n护栏120米已装。", state="正常推进", percent=85.0),
        "1-003": NoteWords("  "),
    }
    by(mark_reported, "县住建局", PHONE, words)
    (_, notes, entries) = stored(office, round_)
    assert [(n.text, n.origin, n.by) for n in notes] == [
        (" 桥面已通车。\n护栏120米已装。", "phone", "李明")
    ]
    assert entries[1].text == " 桥面已通车。\n护栏120米已装。"
    assert (entries[1].percent, entries[1].state_text) == (85.0, "正常推进")
    assert row().state is BoardState.PARTLY


def test_two_units_words_are_joined_in_the_order_of_the_task(by, office, ledger):
    by(mark_reported, "县交通运输局", PHONE, {"1-001": NoteWords("引道已铺。")})
    by(mark_reported, UNIT, PHONE, {"1-001": NoteWords("桥面已通车。")})
    text = entry_text(office, ledger, "1-001")
    assert text == "县住建局：桥面已通车。\n县交通运输局：引道已铺。"


def test_an_entry_that_the_clerk_edited_is_left_alone(by, office, ledger):
    write_entry(office, "1-001", EntryWords(progress="本室核定。"), who=WHO, now=SENT)
    done = by(mark_reported, UNIT, PHONE, {"1-001": NoteWords("桥面已通车。")})
    assert entry_text(office, ledger, "1-001") == "本室核定。"
    assert [conflict.task for conflict in done.value] == ["1-001"]
    assert "1 项核定稿已改过，未动" in done.sentence


def test_a_unit_does_not_close_its_own_task(by, office, ledger, round_):
    by(mark_reported, UNIT, PHONE, {"1-001": NoteWords("完工。", state="已销号")})
    with office.read() as view:
        assert view.task("1-001").completion.value == "in_progress"
    assert entry_text(office, ledger, "1-001") == "完工。"


@pytest.mark.parametrize(
    ("by_hand", "problem"),
    [
        (ByHand(Way.PAPER, date(2026, 3, 16), " ", ""), "谁报来"),
        (ByHand(Way.PAPER, date(2026, 3, 18), "李明", ""), "还没有到"),
    ],
)
def test_a_mark_names_who_and_a_day_that_has_come(by, by_hand, problem):
    with pytest.raises(UserError, match=problem):
        by(mark_reported, UNIT, by_hand)


def test_a_unit_nobody_knows_is_not_made_up(by, office):
    with pytest.raises(UserError, match="没有叫“县航天局”的单位"):
        by(mark_reported, "县航天局", PHONE)
    with office.read() as view:
        assert "县航天局" not in {unit.name for unit in view.units()}


def test_a_withdrawn_task_takes_no_report(by, office, now, round_):
    withdraw_task(office, "1-003", "并入", who=WHO, now=now)
    with pytest.raises(UserError, match="1-003 已撤回"):
        by(mark_reported, UNIT, PHONE, {"1-003": NoteWords("好。")})
    assert stored(office, round_)[1] == ()


def test_taking_the_mark_back_leaves_what_was_said(by, row, office, round_):
    by(mark_reported, UNIT, PHONE, {"1-001": NoteWords("桥面已通车。")})
    by(unmark_reported, UNIT)
    assert row().by_hand == ()
    assert len(stored(office, round_)[1]) == 1


def test_an_exempt_unit_is_neither_expected_nor_missing(by, office, ledger, round_, row):
    by(mark_exempt, UNIT, "机构改革，职责划转中")
    shown = board(office, ledger, round_, TODAY)
    assert row().state is BoardState.EXEMPT
    assert (shown.expected, [r.unit for r in shown.missing]) == (1, ["县文旅局"])
    by(unmark_exempt, UNIT)
    assert row().state is BoardState.MISSING


def test_a_day_of_its_own_puts_a_unit_off(by, row):
    by(move_due, UNIT, date(2026, 3, 20), "汇总数据未出")
    assert (row().state, row().own_due) == (BoardState.NOT_DUE, True)
    by(move_due, UNIT, None)
    assert row().state is BoardState.MISSING


@pytest.mark.parametrize(
    ("op", "words"),
    [(mark_exempt, (UNIT, " ")), (move_due, (UNIT, date(2026, 3, 20), ""))],
)
def test_exceptions_need_a_reason(by, op, words):
    with pytest.raises(UserError, match="理由"):
        by(op, *words)


def test_calls_are_counted_in_the_order_they_were_made(by, row):
    by(add_call, UNIT, Call(NOW, "王科长", "下午报", ""))
    done = by(add_call, UNIT, Call(NOW - timedelta(days=1), "", "未接", "李四"))
    assert [(c.said, c.by) for c in row().calls] == [("未接", "李四"), ("下午报", WHO)]
    assert done.value == 2


def test_a_claimed_scan_counts_for_its_unit(by, row, office, round_):
    remark = Remark(FindingKind.UNKNOWN_UNIT, "看不出单位")
    file_id = note_file(office, round_, "", kind=FileKind.SCAN, remarks=(remark,))
    claim_file(office, file_id, "县住建局", who=WHO, now=NOW)
    assert row().state is BoardState.TO_TYPE
    with office.read() as view:
        (file,) = view.returned_files(round_.id)
    assert file.remarks[0].settled == "已认领为县住建局"
    by(type_report, UNIT, {"1-001": NoteWords("照片所载。")}, file_id=file_id)
    assert stored(office, round_)[1][0].file_id == file_id


def test_a_scan_claimed_beside_a_readable_form_is_its_sealed_copy(office, round_):
    note_file(office, round_, UNIT)
    file_id = note_file(office, round_, "", kind=FileKind.SCAN)
    claim_file(office, file_id, UNIT, who=WHO, now=NOW)
    with office.read() as view:
        assert view.returned_files(round_.id)[1].standing is Standing.COPY


def test_words_without_a_place_are_given_to_a_task_behind_what_was_said(
    by, row, office, ledger, round_
):
    by(mark_reported, UNIT, PHONE, {"1-001": NoteWords("桥面已通车。", percent=90.0)})
    words = (Unplaced("附页", "另：绿化已补植。"), Unplaced("页脚", "抄送：县府办"))
    file_id = note_file(office, round_, UNIT, unplaced=words)
    assert row().state is BoardState.TO_CHECK
    take_unplaced(office, file_id, 0, "1-001", who=WHO, now=NOW)
    settle_unplaced(office, file_id, 1, "与任务无关", who=WHO, now=NOW)
    assert entry_text(office, ledger, "1-001") == "桥面已通车。\n另：绿化已补植。"
    assert row().state is BoardState.PARTLY
    with office.read() as view:
        (file,) = view.returned_files(round_.id)
    assert [(u.text, u.settled) for u in file.unplaced] == [
        ("另：绿化已补植。", "归入 1-001"),
        ("抄送：县府办", "与任务无关"),
    ]


def test_words_go_to_a_task_once_but_to_two_tasks_if_need_be(office, ledger, round_):
    file_id = note_file(office, round_, UNIT, unplaced=(Unplaced("附页", "均已完工。"),))
    for code in ("1-001", "1-003"):
        take_unplaced(office, file_id, 0, code, who=WHO, now=NOW)
    with pytest.raises(UserError, match="已经归入 1-001"):
        take_unplaced(office, file_id, 0, "1-001", who=WHO, now=NOW)
    assert _files(office, round_)[0].unplaced[0].settled == "归入 1-001、1-003"
    assert entry_text(office, ledger, "1-003") == "均已完工。"


def test_a_file_whose_words_are_noted_does_not_change_hands(by, office, round_):
    file_id = note_file(office, round_, UNIT, kind=FileKind.SCAN)
    by(type_report, UNIT, {"1-001": NoteWords("照片所载。")}, file_id=file_id)
    with pytest.raises(UserError, match="已经记在县住建局名下"):
        claim_file(office, file_id, "县文旅局", who=WHO, now=NOW)


def test_a_collective_name_is_no_unit_that_reports(by, office, ledger, round_, now):
    tasks = (TaskWords(text="整治村容。", lead="各镇人民政府"),)
    add_tasks(office, ledger, now, tasks)
    with pytest.raises(UserError, match="是合称"):
        by(mark_reported, "各镇人民政府", PHONE)


def test_words_of_nobodys_file_must_be_claimed_first(office, round_):
    file_id = note_file(office, round_, "", unplaced=(Unplaced("第1行", "已完工。"),))
    with pytest.raises(UserError, match="先认领"):
        take_unplaced(office, file_id, 0, "1-001", who=WHO, now=NOW)


def test_what_was_found_is_settled_once_looked_at(by, row, office, round_):
    by(mark_reported, UNIT, PHONE, {c: NoteWords("好。") for c in ("1-001", "1-003")})
    remarks = (Remark(FindingKind.ROWS_ADDED, "多了一行"),)
    file_id = note_file(office, round_, UNIT, remarks=remarks)
    assert row().state is BoardState.TO_CHECK
    check_file(office, file_id, who=WHO, now=NOW)
    assert row().state is BoardState.REPORTED


def _every_mark(office, ledger, round_, file_id):
    by = {"who": WHO, "now": NOW}
    first = (office, ledger, round_, UNIT)
    return (
        lambda: mark_reported(*first, PHONE, {"1-001": NoteWords("好。")}, **by),
        lambda: mark_exempt(*first, "改革", **by),
        lambda: move_due(*first, date(2026, 3, 30), "改革", **by),
        lambda: add_call(*first, Call(NOW, "王", "", ""), **by),
        lambda: type_report(*first, {"1-001": NoteWords("好。")}, **by),
        lambda: claim_file(office, file_id, "县文旅局", **by),
        lambda: check_file(office, file_id, **by),
        lambda: settle_unplaced(office, file_id, 0, "无关", **by),
        lambda: take_unplaced(office, file_id, 0, "1-001", **by),
    )


@pytest.fixture
def file_id(office, round_):
    remarks = (Remark(FindingKind.ROWS_ADDED, "多了一行"),)
    return note_file(office, round_, UNIT, remarks=remarks, unplaced=(Unplaced("页脚", "抄送"),))


@pytest.mark.parametrize("place", range(9))
def test_every_mark_is_one_step_that_undo_takes_back(office, ledger, round_, file_id, place):
    before = stored(office, round_), _files(office, round_)
    _every_mark(office, ledger, round_, file_id)[place]()
    assert (stored(office, round_), _files(office, round_)) != before
    office.undo(WHO, NOW)
    assert (stored(office, round_), _files(office, round_)) == before


@pytest.mark.parametrize("place", range(9))
def test_a_closed_round_refuses_every_mark(office, ledger, round_, file_id, place):
    with office.change("定稿", WHO, NOW) as work:
        work.round_by_id(round_.id).state = RoundState.CLOSED.value
    before = stored(office, round_), _files(office, round_)
    with pytest.raises(UserError, match="已定稿"):
        _every_mark(office, ledger, round_, file_id)[place]()
    assert (stored(office, round_), _files(office, round_)) == before


def _files(office, round_):
    with office.read() as view:
        return view.returned_files(round_.id)
