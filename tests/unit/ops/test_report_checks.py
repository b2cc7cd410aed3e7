"""Sums of a round that do not agree: found, led to their place, waved off, back when changed."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.helpers.command import command
from tracker.base.errors import Cancelled
from tracker.base.progress import Progress
from tracker.domain.sum_check import SumKind, SumSource
from tracker.insight.sums import check_text
from tracker.ops.circular import compose_circular
from tracker.ops.editions import close_round
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import undo_step
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.notes import NoteWords, add_note
from tracker.ops.report_checks import (
    check_round,
    check_words,
    finding_line,
    take_back,
    waiting,
    wave_off,
)
from tracker.ops.rounds import choose_round, new_round
from tracker.ops.tasks import TaskWords, new_task

WHO = "张三"
SHARED = Path(__file__).resolve().parents[4] / "shared"
WRONG = "全县共排查隐患50处，已整改45处，未整改6处。"


@pytest.fixture
def codes(office, now):
    """Three tasks in two rounds."""
    new_ledger(office, "安全生产", filled_by="县督查室", who=WHO, now=now)
    ledger = choose_ledger(office, None)
    new_round(office, ledger, cut_off=date(2026, 1, 31), who=WHO, now=now)
    tasks = (("1", "排查隐患。", "县应急局"), ("2", "改造管网。", "县住建局"))
    codes = [
        new_task(
            office,
            ledger,
            TaskWords(number=number, text=text, lead=lead, deadline="年底前"),
            who=WHO,
            now=now,
        ).value
        for number, text, lead in tasks
    ]
    write_entry(office, codes[1], EntryWords(progress="累计改造42公里。"), who=WHO, now=now)
    new_round(office, ledger, cut_off=date(2026, 2, 28), who=WHO, now=now)
    return codes


def write(office, code, now, text, **more):
    write_entry(office, code, EntryWords(progress=text, **more), who=WHO, now=now)


def check(office, now, **more):
    ledger = choose_ledger(office, None)
    return check_round(office, ledger, choose_round(office, ledger, None), now, **more)


def test_a_sound_round_has_no_finding(office, codes, now):
    write(office, codes[0], now, "全县共排查隐患50处，已整改45处，未整改5处。")
    write(office, codes[1], now, "累计改造45公里。")
    assert check(office, now) == ()


def test_a_finding_leads_to_its_task_its_unit_and_its_field(office, codes, now):
    write(office, codes[0], now, WRONG, problems="存在问题8个，其中已解决9个。")
    words = NoteWords("应改造48户，已改造30户，未改造15户。")
    add_note(office, codes[1], "县住建局", words, who=WHO, now=now)
    found = check(office, now)
    assert [(f.source, f.code, f.passages[0].place.field) for f in found] == [
        (SumSource.ENTRY, codes[0], "text"),
        (SumSource.ENTRY, codes[0], "problems"),
        (SumSource.NOTE, codes[1], "text"),
    ]
    assert found[2].passages[0].place.unit == "县住建局"
    assert finding_line(found[0]) == (
        "第1项·核定稿·落实情况　分项与合计不符：45＋6＝51，文中为50（请核对）"
    )


def test_what_the_entry_says_in_the_units_own_words_is_told_once(office, codes, now):
    add_note(office, codes[0], "县应急局", NoteWords(WRONG), who=WHO, now=now)
    write(office, codes[0], now, WRONG)
    assert [f.source for f in check(office, now)] == [SumSource.ENTRY]


def test_only_what_a_unit_said_last_is_checked(office, codes, now):
    for text in (WRONG, "全县共排查隐患50处，已整改45处，未整改5处。"):
        add_note(office, codes[0], "县应急局", NoteWords(text), who=WHO, now=now)
    write(office, codes[0], now, "正在排查。")
    assert check(office, now) == ()


def test_a_running_total_is_held_against_the_round_before(office, codes, now):
    write(office, codes[1], now, "累计改造38公里。")
    (found,) = check(office, now)
    assert found.kind is SumKind.FEWER
    assert [p.text for p in found.passages] == ["累计改造38公里。", "累计改造42公里。"]
    assert found.passages[1].place.words == "第2项·第1期·核定稿·落实情况"


def test_the_column_of_percent_is_held_against_the_text(office, codes, now):
    write(office, codes[0], now, "工程进度达75%。", percent=90.0)
    assert [f.kind for f in check(office, now)] == [SumKind.PERCENT]


def test_what_is_waved_off_stays_away_until_its_passage_changes(office, codes, now):
    write(office, codes[0], now, WRONG + "正在整改。")
    (found,) = check(office, now)
    outcome = wave_off(office, found, who=WHO, now=now)
    assert "核对无误" in outcome.sentence
    assert [f.waved for f in check(office, now)] == [True]
    assert waiting(check(office, now)) == ()
    write(office, codes[0], now, WRONG + "已约谈3家。")  # another sentence of the same cell
    assert waiting(check(office, now)) == ()
    write(office, codes[0], now, WRONG.replace("未整改6处", "未整改7处"))
    (again,) = waiting(check(office, now))
    assert again.reckoning == "45＋7＝52，文中为50"


def test_waving_off_can_be_taken_back_and_undone(office, codes, now):
    write(office, codes[0], now, WRONG)
    (found,) = check(office, now)
    wave_off(office, found, who=WHO, now=now)
    assert not wave_off(office, found, who=WHO, now=now).changes
    assert take_back(office, found, who=WHO, now=now).changes
    assert len(waiting(check(office, now))) == 1
    wave_off(office, found, who=WHO, now=now + timedelta(minutes=1))
    undo_step(office, who=WHO, now=now + timedelta(minutes=2))
    assert len(waiting(check(office, now))) == 1
    assert not take_back(office, found, who=WHO, now=now).changes


def test_a_circular_with_words_of_the_clerks_is_checked_before_it_goes_out(office, codes, now):
    ledger = choose_ledger(office, None)
    round_ = choose_round(office, ledger, None)
    circular = compose_circular(office, ledger, round_, now=now)
    assert check_words(office, ledger, round_, circular, now) == ()
    body = tuple(replace(p, text=p.text.replace("任务2项", "任务3项")) for p in circular.body)
    edited = replace(circular, body=body)
    (found,) = check_words(office, ledger, round_, edited, now)
    assert "台账的任务总数为2项，文中为3项" in found.reckoning


def test_a_closed_round_is_checked_as_it_was_approved(office, codes, now):
    write(office, codes[0], now, WRONG)
    ledger = choose_ledger(office, None)
    close_round(office, ledger, choose_round(office, ledger, 2), who=WHO, now=now)
    round_ = choose_round(office, ledger, 2)
    assert len(check_round(office, ledger, round_, now)) == 1


def test_a_ledger_without_tasks_has_nothing_to_check(office, now):
    new_ledger(office, "空", who=WHO, now=now)
    ledger = choose_ledger(office, None)
    new_round(office, ledger, who=WHO, now=now)
    assert check(office, now) == ()


def test_the_check_can_be_stopped(office, codes, now):
    with pytest.raises(Cancelled):
        check(office, now, progress=Progress(cancel_wanted=True))


def test_three_thousand_rows_are_checked_in_seconds():
    text = (
        "一是加强调度，全县共排查隐患{n}处，已整改45处，整改率按月通报。二是强化保障，落实资金860万元，"
        "其中公益金310万元、产业奖补420万元，其余130万元用于管护；组织培训12期860人次，发放资料3000份。"
    )
    begun = time.process_time()
    for n in range(3000):
        check_text(text.format(n=100 + n))
    assert time.process_time() - begun < 6  # about one on a quiet machine


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the shared samples are not here")
def test_the_real_table_has_the_one_slip_that_is_known(tmp_path):
    seed = next((SHARED / "seeds").glob("004*"))
    db = tmp_path / "台账.db"
    assert command("import", seed, "--db", db, "--apply").status == 0
    ran = command("checks", "--db", db, "--json", now=datetime(2020, 10, 15, 9, 0))
    assert ran.status == 3
    (found,) = ran.json["findings"]
    assert found["kind"] == "two_places"
    assert [p["number"] for p in found["passages"]] == ["4", "31"]


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the shared samples are not here")
@pytest.mark.parametrize("folder", ["seeds", "corpus", "circulars"])
def test_no_sample_document_is_accused(folder):
    for path in sorted((SHARED / folder).glob("*.txt")):
        assert check_text(path.read_text(encoding="utf-8")) == (), path.name
