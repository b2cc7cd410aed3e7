"""A closed round prints the same to the letter, whatever happens to units, tasks and layouts."""

from __future__ import annotations

import json
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from datetime import date, datetime, timedelta

import openpyxl
import pytest

from tests.helpers.command import command
from tests.helpers.noted_returns import note_file, note_sent
from tests.helpers.offices import add_tasks
from tracker.base.errors import UserError
from tracker.domain.board import BoardState
from tracker.domain.edition import content_hash
from tracker.domain.reform import NewUnit, ReformKind, ReformRequest
from tracker.domain.returned import ByHand, FileKind, Unplaced, Way
from tracker.domain.terms import Completion, RoundState
from tracker.ops.board import board
from tracker.ops.charts import read_charts
from tracker.ops.circular import compose_circular
from tracker.ops.edition_values import (
    before_from,
    entries_from,
    ledger_from,
    tasks_from,
    units_from,
)
from tracker.ops.editions import (
    close_round,
    edition_of,
    list_editions,
    reopen_round,
    what_is_missing,
)
from tracker.ops.entries import EntryWords, confirm_entries, list_entries, write_entry
from tracker.ops.layouts import list_layouts
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.notes import NoteWords, add_note
from tracker.ops.reforms import carry_out_reform
from tracker.ops.reports import export_situation
from tracker.ops.returns import mark_reported
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.stats import read_stats
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, edit_task, list_tasks
from tracker.reports import looks
from tracker.store.check import check_file

WHO = "张三"
CLOSED = datetime(2026, 3, 18, 17, 0)
AFTER = datetime(2026, 5, 6, 9, 0)
WORDS = {
    "1-001": "已完成桥面铺装，护栏安装过半。",
    "1-002": "已建成2处。\n另开展巡讲6场。",
    "1-003": "清理河道12公里。",
}


@pytest.fixture
def ledger(office, now):
    new_ledger(office, "春季重点工作", who=WHO, now=now, filled_by="县政府督查室")
    row = choose_ledger(office, None)
    add_tasks(office, row, now)
    new_round(
        office, row, who=WHO, now=now, cut_off=date(2026, 3, 15), feedback_due=date(2026, 3, 13)
    )
    for code, text in WORDS.items():
        write_entry(office, code, EntryWords(progress=text, state="推进中"), who=WHO, now=now)
    return choose_ledger(office, None)


@pytest.fixture
def round_of(office, ledger):
    return lambda number=1: next(r for r in list_rounds(office, ledger) if r.number == number)


@pytest.fixture
def closed(office, ledger, round_of):
    return close_round(office, ledger, round_of(), who=WHO, now=CLOSED).value


def printed(office, ledger, round_, folder, ending=".xlsx"):
    target = folder / f"落实情况表{ending}"
    export_situation(office, ledger, round_, target, now=AFTER)
    return target.read_bytes()


def rename_unit(office):
    with office.change("改名", WHO, AFTER) as work:
        unit = next(unit for unit in work.units() if unit.name == "县住建局")
        unit.name = "县住房城乡建设局"
        for task in work.tasks(work.find_ledger("春季重点工作")):
            for held in task.assignments:
                if held.unit_id == unit.id:
                    held.printed = unit.name


def edit_a_task(office):
    words = TaskWords(text="拆除城东老桥。", number="九", lead="县文旅局", deadline="2027-01-01")
    edit_task(office, "1-001", words, who=WHO, now=AFTER)


def withdraw(office):
    withdraw_task(office, "1-002", "并入年度计划", who=WHO, now=AFTER)


def delete(office):
    with office.change("删除", WHO, AFTER) as work:
        work.remove(work.task("1-003"))


def add_another(office):
    add_tasks(
        office, choose_ledger(office, None), AFTER, (TaskWords(text="新增。", lead="县林业局"),)
    )


def close_a_task(office):
    words = ClosingWords("完成", date(2026, 5, 5), WHO, no_evidence_because="看过")
    close_task(office, "1-001", words, who=WHO, now=AFTER)


def rename_ledger(office):
    with office.change("改名", WHO, AFTER) as work:
        row = work.find_ledger("春季重点工作")
        row.table_title, row.office = "另一张表", "另一个办公室"


CHANGES = (
    rename_unit,
    edit_a_task,
    withdraw,
    delete,
    add_another,
    close_a_task,
    rename_ledger,
)


def change_layout(monkeypatch):
    other = json.loads(json.dumps(looks.layout_data(), default=str))
    other["title"]["sizes"] = [9.0]
    other["columns"][1]["heading"] = "换了的表头"
    monkeypatch.setattr(looks, "load", lambda name: other)


@pytest.mark.parametrize("ending", [".xlsx", ".docx"])
def test_the_table_of_a_closed_round_is_the_same_byte_for_byte_after_everything_changed(
    office, ledger, closed, round_of, tmp_path, monkeypatch, ending
):
    first = printed(office, ledger, round_of(), tmp_path, ending)
    for change in CHANGES:
        change(office)
    change_layout(monkeypatch)
    again = printed(office, choose_ledger(office, None), round_of(), tmp_path, ending)
    assert again == first


@pytest.mark.parametrize("layout", [each.name for each in list_layouts()])
def test_every_layout_prints_a_closed_round_the_same(
    office, ledger, closed, round_of, tmp_path, layout
):
    new_round(office, ledger, who=WHO, now=AFTER)
    write_entry(office, "1-001", EntryWords(progress="二期。"), who=WHO, now=AFTER)
    close_round(office, ledger, round_of(2), who=WHO, now=AFTER)
    target = tmp_path / "表.xlsx"

    def export():
        row = choose_ledger(office, None)
        export_situation(office, row, round_of(2), target, now=AFTER, layout=layout)
        return target.read_bytes()

    first = export()
    for change in CHANGES:
        change(office)
    reopen_round(office, ledger, round_of(), "数字有误", who=WHO, now=AFTER)
    words = EntryWords(progress="更正。")
    write_entry(office, "1-001", words, who=WHO, now=AFTER, round_number=1)
    assert export() == first


def test_the_edition_prints_what_the_round_printed_just_before_it_was_closed(
    office, ledger, round_of, tmp_path
):
    before = tmp_path / "前.xlsx"
    export_situation(office, ledger, round_of(), before, now=CLOSED)
    close_round(office, ledger, round_of(), who=WHO, now=CLOSED)
    after = tmp_path / "后.xlsx"
    export_situation(office, ledger, round_of(), after, now=CLOSED)
    with zipfile.ZipFile(before) as one, zipfile.ZipFile(after) as other:
        assert one.namelist() == other.namelist()
        for name in one.namelist():
            assert one.read(name) == other.read(name), name


@pytest.mark.parametrize("change", CHANGES)
def test_counts_and_board_of_a_closed_round_stay(office, ledger, closed, round_of, change):
    stats = read_stats(office, ledger, round_of(), CLOSED.date())
    rows = board(office, ledger, round_of(), CLOSED.date()).rows
    change(office)
    ledger = choose_ledger(office, None)
    assert read_stats(office, ledger, round_of(), AFTER.date()) == stats
    assert board(office, ledger, round_of(), AFTER.date()).rows == rows


def test_the_circular_of_a_closed_round_says_the_same(office, ledger, closed, round_of):
    first = compose_circular(office, ledger, round_of(), now=AFTER)
    for change in CHANGES:
        change(office)
    assert compose_circular(office, choose_ledger(office, None), round_of(), now=AFTER) == first


def test_charts_of_a_closed_round_stay(office, ledger, closed, round_of):
    from tracker.domain.browse import Filter

    wanted = Filter(ledger.id)
    new_round(office, ledger, who=WHO, now=AFTER)

    def numbers():
        charts = read_charts(office, wanted, round_of().id, AFTER.date())
        return charts.numbers("units").rows, charts.shape("states"), charts.trend.points[0]

    before = numbers()
    for change in CHANGES:
        change(office)
    assert numbers() == before


def test_an_edition_knows_who_had_a_task_before_a_reform(office, ledger, round_of):
    old, new = ("县文旅局", "县住建局"), (NewUnit("县文住局"),)
    request = ReformRequest(ReformKind.MERGE, old, new, on=CLOSED.date())
    carry_out_reform(office, request, who=WHO, now=CLOSED)
    with office.read() as view:
        tasks, units = view.tasks(ledger.id), view.units()
    content = close_round(office, ledger, round_of(), who=WHO, now=CLOSED).value.content
    assert any(task.earlier for task in tasks)
    assert tasks_from(content) == tasks
    assert units_from(content) == units


def test_the_values_of_an_edition_are_those_of_the_moment_of_closing(office, ledger, round_of):
    note_sent(office, round_of(), {"县住建局": ("1-001",), "县文旅局": ("1-002",)})
    note_file(office, round_of(), "县文旅局", kind=FileKind.SCAN)
    by_hand = ByHand(Way.PHONE, date(2026, 3, 12), "李明", "办公室")
    mark_reported(office, ledger, round_of(), "县住建局", by_hand, who=WHO, now=CLOSED)
    with office.read() as view:
        tasks, entries, units = view.tasks(ledger.id), view.entries(round_of().id), view.units()
    shown = board(office, ledger, round_of(), CLOSED.date(), at=CLOSED)
    content = close_round(office, ledger, round_of(), who=WHO, now=CLOSED).value.content
    assert tasks_from(content) == tasks
    assert entries_from(content) == entries
    assert units_from(content) == units
    assert ledger_from(content) == ledger
    kept = board(office, ledger, round_of(), AFTER.date())
    assert kept == replace(shown, round=round_of())
    (light, *_) = [task["light"] for task in content["tasks"] if task["code"] == "1-001"]
    assert {"word", "shape", "remaining", "reason"} <= light.keys()


def test_an_edition_carries_its_schema_and_the_hash_of_its_content(office, closed, round_of):
    assert (closed.version, closed.by, closed.content["schema"]) == (1, WHO, 2)
    assert closed.hash == content_hash(closed.content)
    assert edition_of(office, round_of()) == closed
    assert json.loads(json.dumps(closed.content)) == closed.content


def test_the_health_check_finds_an_edition_that_was_tampered_with(
    office, closed, office_path, round_of
):
    assert check_file(office_path) == ()
    with sqlite3.connect(office_path) as raw:
        raw.execute("update edition set content = replace(content, '12公里', '21公里')")
    raw.close()
    assert check_file(office_path) == ("专项“春季重点工作”第1期定稿（第1版）已变样",)


def test_no_way_in_writes_to_a_closed_round(office, ledger, closed, office_path, tmp_path):
    table = tmp_path / "表.xlsx"
    shutil.copyfile(_table(office, ledger, tmp_path), table)
    before = list_entries(office, ledger, 1), list_editions(office, _round(office, ledger))
    for words in (
        ("import", table, "--round", 1, "--apply"),
        ("forms", "--round", 1, "--out", tmp_path / "发出"),
        ("collect", table, "--round", 1, "--apply"),
        ("task", "edit", "1-001", "--progress", "改", "--round", 1),
        ("round", "due", "--round", 1, "--to", "2026-04-01"),
        ("round", "close", "--round", 1),
    ):
        ran = command(*words, "--db", office_path, now=AFTER)
        assert (ran.status, "第1期已定稿" in ran.err) == (1, True), words
    after = list_entries(office, ledger, 1), list_editions(office, _round(office, ledger))
    assert after == before


def _round(office, ledger):
    return list_rounds(office, ledger)[0]


def _table(office, ledger, folder):
    """The situation table with one text changed."""
    target = folder / "改过.xlsx"
    export_situation(office, ledger, _round(office, ledger), target, now=AFTER)
    book = openpyxl.load_workbook(target)
    for row in book.active.iter_rows():
        for cell in row:
            if cell.value == WORDS["1-003"]:
                cell.value = "清理河道99公里。"
    book.save(target)
    return target


def test_closing_twice_is_refused(office, ledger, closed, round_of):
    with pytest.raises(UserError, match="已定稿"):
        close_round(office, ledger, round_of(), who=WHO, now=AFTER)
    assert len(list_editions(office, round_of())) == 1


def test_a_round_without_a_task_has_nothing_to_approve(office, now):
    new_ledger(office, "空专项", who=WHO, now=now)
    ledger = choose_ledger(office, None)
    new_round(office, ledger, who=WHO, now=now)
    (round_,) = list_rounds(office, ledger)
    with pytest.raises(UserError, match="没有任务"):
        close_round(office, ledger, round_, who=WHO, now=now)
    assert list_rounds(office, ledger)[0].state is RoundState.OPEN


def test_neither_closing_nor_reopening_can_be_undone(office, ledger, closed, round_of):
    with pytest.raises(UserError, match="已定稿"):
        office.undo(WHO, AFTER)
    reopen_round(office, ledger, round_of(), "漏了一家", who=WHO, now=AFTER)
    with pytest.raises(UserError, match="重新打开"):
        office.undo(WHO, AFTER)


def test_reopening_keeps_the_edition_and_the_next_one_is_the_second(
    office, ledger, closed, round_of, tmp_path
):
    first = printed(office, ledger, round_of(), tmp_path)
    with pytest.raises(UserError, match="理由"):
        reopen_round(office, ledger, round_of(), " ", who=WHO, now=AFTER)
    reopened = reopen_round(office, ledger, round_of(), "漏了一家", who=WHO, now=AFTER)
    assert reopened.value == 2
    assert round_of().state is RoundState.OPEN
    assert edition_of(office, round_of()) is None
    write_entry(office, "1-003", EntryWords(progress="清理15公里。"), who=WHO, now=AFTER)
    second = close_round(office, ledger, round_of(), who=WHO, now=AFTER).value
    assert second.version == 2
    one, two = list_editions(office, round_of())
    assert two == second
    assert (one.content, one.hash) == (closed.content, closed.hash)
    assert (one.reopened_at, one.reopened_because) == (AFTER, "漏了一家")
    assert printed(office, ledger, round_of(), tmp_path) != first


def test_an_open_round_cannot_be_reopened(office, ledger, round_of):
    with pytest.raises(UserError, match="没有定稿"):
        reopen_round(office, ledger, round_of(), "看看", who=WHO, now=AFTER)


def test_a_round_with_forms_out_is_collecting_again_once_reopened(office, ledger, round_of):
    note_sent(office, round_of(), {"县住建局": ("1-001",)})
    close_round(office, ledger, round_of(), who=WHO, now=CLOSED)
    reopen_round(office, ledger, round_of(), "漏了一家", who=WHO, now=AFTER)
    assert round_of().state is RoundState.COLLECTING


def test_entries_and_notes_of_a_closed_round_cannot_be_written(office, ledger, closed, round_of):
    writes = (
        lambda: write_entry(
            office, "1-001", EntryWords(progress="改"), who=WHO, now=AFTER, round_number=1
        ),
        lambda: confirm_entries(office, ["1-001"], who=WHO, now=AFTER, round_number=1),
        lambda: add_note(
            office, "1-001", "县住建局", NoteWords("改"), who=WHO, now=AFTER, round_number=1
        ),
        lambda: edit_task(
            office,
            "1-001",
            TaskWords(number="8"),
            who=WHO,
            now=AFTER,
            entry=EntryWords(progress="改"),
            round_number=1,
        ),
    )
    for write in writes:
        with pytest.raises(UserError, match="已定稿"):
            write()
    assert list_entries(office, ledger, 1) == entries_from(closed.content)
    assert list_tasks(office, ledger)[0].number == "1"


def test_the_next_round_starts_from_what_was_approved(office, ledger, closed, round_of):
    new_round(office, ledger, who=WHO, now=AFTER)
    carried = list_entries(office, ledger, 2)
    approved = entries_from(closed.content)
    assert {i: e.text for i, e in carried.items()} == {i: e.text for i, e in approved.items()}
    assert all(entry.carried for entry in carried.values())
    second = close_round(office, ledger, round_of(2), who=WHO, now=AFTER).value.content
    assert before_from(second) == {i: e.text for i, e in approved.items()}
    reopen_round(office, ledger, round_of(2), "再改", who=WHO, now=AFTER)
    write_entry(office, "1-001", EntryWords(progress="二期。"), who=WHO, now=AFTER)
    assert entries_from(edition_of(office, round_of()).content) == approved


def test_what_the_next_round_only_carried_follows_a_correction(office, ledger, closed, round_of):
    new_round(office, ledger, who=WHO, now=AFTER)
    write_entry(office, "1-001", EntryWords(progress="二期。"), who=WHO, now=AFTER)
    reopen_round(office, ledger, round_of(), "数字有误", who=WHO, now=AFTER)
    for code, text in (("1-001", "更正。"), ("1-003", "清理15公里。"), ("1-004", "初稿已成。")):
        words = EntryWords(progress=text)
        write_entry(office, code, words, who=WHO, now=AFTER, round_number=1)
    done = close_round(office, ledger, round_of(), who=WHO, now=AFTER)
    assert done.sentence.endswith("沿用而未改的 2 项随之更新")
    texts = {task_id: entry.text for task_id, entry in list_entries(office, ledger, 2).items()}
    assert texts == {1: "二期。", 2: WORDS["1-002"], 3: "清理15公里。", 4: "初稿已成。"}


def test_what_is_missing_is_said_before_closing(office, ledger, round_of, now):
    note_sent(office, round_of(), {"县住建局": ("1-001",), "县文旅局": ("1-002",)})
    note_file(office, round_of(), "", unplaced=(Unplaced("第1行", "绿化已补植。"),))
    write_entry(office, "1-003", EntryWords(state="基本可以"), who=WHO, now=now)
    add_note(office, "1-002", "县文旅局", NoteWords("已建成3处。"), who=WHO, now=CLOSED)
    check = what_is_missing(office, ledger, round_of(), CLOSED.date())
    assert check.missing == ("县住建局",)
    assert (check.unclaimed, check.unplaced) == (1, 1)
    assert check.no_entry == ("1-004", "1-005")
    assert check.not_taken == ("1-002",)
    assert check.doubtful == (("1-003", "基本可以"),)
    assert "1家未报：县住建局" in check.lines()
    close_round(office, ledger, round_of(), who=WHO, now=CLOSED)
    assert not what_is_missing(office, ledger, round_of(), CLOSED.date())


def test_an_entry_edited_after_a_report_is_the_answer_to_it(office, ledger, round_of):
    add_note(office, "1-002", "县文旅局", NoteWords("已建成3处。"), who=WHO, now=CLOSED)
    after = CLOSED + timedelta(minutes=5)
    write_entry(office, "1-002", EntryWords(progress="建成三处。"), who=WHO, now=after)
    assert not what_is_missing(office, ledger, round_of(), CLOSED.date()).not_taken


def test_a_missing_unit_of_a_closed_round_is_remembered_in_the_next(office, ledger, round_of):
    note_sent(office, round_of(), {"县应急局": ("1-004",)})
    close_round(office, ledger, round_of(), who=WHO, now=CLOSED)
    new_round(office, ledger, who=WHO, now=AFTER)
    row = board(office, ledger, round_of(2), AFTER.date()).row_of("县应急局")
    assert (row.earlier, row.state) == ("第1期曾未报", BoardState.NOT_SENT)


def test_states_and_dates_come_back_as_they_were(office, ledger, round_of, now):
    edit_task(office, "1-005", TaskWords(completion=Completion.DONE), who=WHO, now=now)
    content = close_round(office, ledger, round_of(), who=WHO, now=CLOSED).value.content
    tasks = {task.code: task for task in tasks_from(content)}
    assert tasks["1-005"].completion is Completion.DONE
    assert tasks["1-001"].deadline.date == date(2026, 3, 4)
