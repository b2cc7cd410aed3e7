"""The commands on the returns of a round, on closing it and on its counts."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.helpers.command import MORNING, command
from tests.helpers.noted_returns import note_file, note_sent
from tracker.domain.returned import FileKind, FindingKind, Remark, Unplaced
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds

LATE = datetime(2026, 3, 17, 9, 0)
TASKS = (("修缮城东老桥。", "县住建局"), ("建成书屋3处。", "县文旅局"), ("清理河道。", "县水利局"))


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "县 台账.db"
    command("ledger", "new", "春季工作", "--db", path)
    for text, lead in TASKS:
        command("task", "new", "--db", path, "--text", text, "--lead", lead)
    command("round", "new", "--db", path, "--due", "2026-03-13")
    return path


@pytest.fixture
def office(db):
    store = open_office(db, MORNING)
    yield store
    store.close()


@pytest.fixture
def round_(office):
    (ledger,) = list_ledgers(office)
    return list_rounds(office, ledger)[0]


def run(db, *words, now=LATE):
    return command("round", *words, "--db", db, now=now)


def units(db):
    return {row["unit"]: row for row in run(db, "board", "--json").json["units"]}


def test_the_board_names_the_missing_and_waits_for_them(db):
    ran = run(db, "board", "--json")
    assert ran.status == 3
    assert ran.json["missing"] == ["县住建局", "县文旅局", "县水利局"]
    assert (ran.json["expected"], ran.json["returned"]) == (3, 0)
    words = run(db, "board").out
    assert "已回收 0/3，期限 2026-03-13" in words
    assert "县住建局　未报　0/1　逾期2个工作日" in words


def test_before_the_due_day_nothing_waits(db):
    assert run(db, "board", now=MORNING).status == 0


def test_a_phone_call_is_marked_with_its_words_and_taken_back(db):
    ran = run(
        db, "mark", "县住建局", "--way", "phone", "--by", "李明", "--text", "1-001=已通车=全线。"
    )
    assert (ran.status, ran.out) == (0, "县住建局第1期已登记为已报（电话），记下 1 项原报\n")
    assert units(db)["县住建局"]["state"] == "reported"
    (task, *_) = command("task", "list", "--db", db, "--json").json
    assert task["entry"]["progress"] == "已通车=全线。"
    assert run(db, "mark", "县住建局", "--cancel").status == 0
    assert units(db)["县住建局"]["by_hand"] == []


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (("mark", "县住建局", "--by", "李明"), "--way"),
        (("mark", "县住建局", "--way", "phone", "--by", "李", "--text", "没有等号"), "编号=进展"),
        (("due",), "--to"),
        (("remind", "县航天局"), "县航天局"),
        (("check", 9), "9 号来件"),
    ],
)
def test_calls_that_say_too_little_are_wrong_usage(db, words, problem):
    ran = run(db, *words)
    assert (ran.status, problem in ran.err) == (2, True)


@pytest.mark.parametrize(
    "words",
    [
        ("exempt", "县住建局"),
        ("exempt", "县住建局", "--cancel"),
        ("due", "县住建局", "--to", "2026-03-20"),
        ("call", "县住建局"),
        ("mark", "县航天局", "--way", "paper", "--by", "李明"),
    ],
)
def test_what_the_office_can_mend_is_one_line_and_changes_nothing(db, words):
    before = units(db)
    ran = run(db, *words)
    assert ran.status == 1
    assert ran.err.startswith("错误：")
    assert units(db) == before


def test_exempting_moving_and_calling_show_on_the_board(db):
    run(db, "exempt", "县住建局", "--reason", "机构改革")
    run(db, "due", "县文旅局", "--to", "2026-03-20", "--reason", "数据未出")
    run(db, "call", "县水利局", "--whom", "王科长", "--said", "下午报")
    rows = units(db)
    assert (rows["县住建局"]["state"], rows["县住建局"]["exempt"]) == ("exempt", "机构改革")
    assert (rows["县文旅局"]["state"], rows["县文旅局"]["due"]) == ("not_sent", "2026-03-20")
    assert [call["said"] for call in rows["县水利局"]["calls"]] == ["下午报"]
    assert "催办1次" in run(db, "board").out


def test_the_whole_rounds_due_day_can_be_moved(db):
    assert run(db, "due", "--to", "2026-03-31").status == 0
    assert run(db, "board").status == 0


def test_reminders_go_to_all_who_are_missing_or_to_those_named(db):
    texts = run(db, "remind", "--json").json
    assert [each["unit"] for each in texts] == ["县住建局", "县文旅局", "县水利局"]
    (one,) = run(db, "remind", "县水利局", "--stage", 1, "--json").json
    assert one["reminder"].startswith(
        "县水利局：“春季工作”第1期反馈（共1项）应于3月13日（星期五）前报送"
    )


def test_the_notice_names_who_is_late(db):
    text = run(db, "notice", "--json").json["text"]
    assert "截至2026年3月17日9时" in text
    assert "未报的3家：县住建局、县文旅局、县水利局。" in text


def test_files_are_claimed_and_their_words_given_a_place(db, office, round_):
    note_sent(office, round_, {"县住建局": ("1-001",)})
    remark = Remark(FindingKind.UNKNOWN_UNIT, "看不出单位")
    scan = note_file(office, round_, "", kind=FileKind.SCAN, remarks=(remark,))
    words = (Unplaced("附页", "桥面已通车。"), Unplaced("页脚", "抄送"))
    file_id = note_file(office, round_, "县住建局", unplaced=words)
    assert run(db, "files").status == 3
    assert run(db, "claim", scan, "县文旅局").status == 0
    assert units(db)["县文旅局"]["state"] == "to_type"
    assert run(db, "take", file_id, 1, "1-001").status == 0
    assert run(db, "settle", file_id, 2, "--word", "与任务无关").status == 0
    shown = run(db, "files")
    assert shown.status == 0
    assert "第1段　附页：桥面已通车。（归入 1-001）" in shown.out
    assert units(db)["县住建局"]["state"] == "reported"


def test_what_was_found_can_be_settled(db, office, round_):
    remark = Remark(FindingKind.ROWS_ADDED, "多了一行")
    file_id = note_file(office, round_, "县住建局", remarks=(remark,))
    assert run(db, "check", file_id, "--word", "不采用").status == 0
    assert "加了行：多了一行（不采用）" in run(db, "files").out


def test_closing_says_what_is_missing_and_closes_all_the_same(db):
    looked = run(db, "close", "--check", "--json")
    assert (looked.status, looked.json["waiting"]["no_entry"]) == (3, ["1-001", "1-002", "1-003"])
    closed = run(db, "close", "--json")
    assert (closed.status, closed.json["edition"]["version"]) == (3, 1)
    assert run(db, "close", "--round", 1).err == "错误：第1期已定稿，不能再改。请先重新打开这一期\n"
    assert run(db, "mark", "县住建局", "--round", 1, "--way", "paper", "--by", "李").status == 1


def test_a_round_is_opened_again_with_a_reason(db):
    run(db, "close")
    assert run(db, "reopen").status == 2
    opened = run(db, "reopen", "--reason", "漏了一家", "--json")
    assert opened.json == {"round": 1, "next_version": 2}
    assert run(db, "close", "--json").json["edition"]["version"] == 2


def test_stats_have_every_key_of_the_contract_and_stay_once_closed(db):
    ran = command("stats", "--db", db, "--round", 1, "--json", now=LATE)
    assert ran.status == 0
    assert {
        "ledger",
        "round",
        "as_of",
        "total",
        "by_completion",
        "by_pace",
        "excluded",
        "rate",
        "by_unit",
        "returns",
        "overdue",
    } <= ran.json.keys()
    missing = ["县住建局", "县文旅局", "县水利局"]
    assert ran.json["returns"] == {"due": 3, "returned": 0, "late": 0, "missing": missing}
    run(db, "close")
    command("task", "edit", "1-001", "--db", db, "--lead", "县林业局", now=LATE)
    assert command("stats", "--db", db, "--round", 1, "--json", now=LATE).json == ran.json
    assert "反馈：应报 3 家" in command("stats", "--db", db, "--round", 1, now=LATE).out
