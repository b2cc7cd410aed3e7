"""The command `task milestones`."""

from __future__ import annotations

import io
import sys
from datetime import datetime

import pytest

from tests.helpers.command import command
from tests.helpers.offices import add_tasks
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.store.files import create_store

PLAN = "2026年2月底前 完成招标\n6月底 主体封顶 60%\n12月底前 交付使用"


@pytest.fixture
def run(office_path, now):
    office = create_store(office_path, now)
    new_ledger(office, "城乡提升专项", who="张三", now=now, year=2026)
    add_tasks(office, choose_ledger(office, None), datetime(2026, 1, 5))
    office.close()
    return lambda *words: command("task", "milestones", "1-001", "--db", office_path, *words)


def test_milestones_are_set_and_shown(run):
    assert run().out == "还没有分解到月\n"
    ran = run("--set", PLAN)
    assert ran.status == 0
    assert ran.out.splitlines() == [
        "1-001 已分解为 3 个节点",
        "1　2026年2月28日　完成招标　◇ 已过",
        "2　2026年6月30日　主体封顶 60%　◇ 未到",
        "3　2026年12月31日　交付使用　◇ 未到",
        "共 3 个节点，已完成 0 个",
    ]


def test_one_is_marked_done_and_stays_so_when_others_are_set(run):
    run("--set", PLAN)
    assert "◆ 已完成（2026年2月27日）" in run("--done", 1, "--on", "2026-02-27").out
    shown = run("--set", PLAN.replace("6月底", "7月底"), "--json").json
    assert shown["task"] == "1-001"
    assert shown["milestones"][:2] == [
        {
            "due": "2026-02-28",
            "what": "完成招标",
            "figure": "",
            "done_on": "2026-02-27",
            "state": "done",
        },
        {
            "due": "2026-07-31",
            "what": "主体封顶",
            "figure": "60%",
            "done_on": None,
            "state": "coming",
        },
    ]


def test_without_a_day_it_was_done_today(run):
    run("--set", PLAN)
    assert run("--done", 2, "--json").json["milestones"][1]["done_on"] == "2026-03-02"


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_they_are_read_from_a_pipe(run, monkeypatch, encoding):
    typed = io.TextIOWrapper(io.BytesIO(PLAN.encode(encoding)))
    monkeypatch.setattr(sys, "stdin", typed)
    assert len(run("--set", "@-", "--json").json["milestones"]) == 3


def test_nothing_typed_takes_them_all_away(run):
    run("--set", PLAN)
    assert run("--set", "").out == "1-001 的节点已清空\n还没有分解到月\n"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--set", "3月底 招标\n有空时 封顶"), "第 2 行“有空时 封顶”"),
        (("--done", 4), "没有第 4 个节点"),
        (("--done", 1, "--on", "2026-03-03"), "还没有到"),
    ],
)
def test_what_cannot_be_done_is_told_in_one_line_and_nothing_changes(run, words, says):
    run("--set", PLAN)
    before = run("--json").out
    ran = run(*words)
    assert (ran.status, ran.out) == (1, "")
    assert ran.err.startswith("错误：")
    assert ran.err.count("\n") == 1
    assert says in ran.err
    assert run("--json").out == before


@pytest.mark.parametrize("words", [("--set", PLAN, "--done", 1), ("--on", "2026-03-01")])
def test_words_that_do_not_fit_together_are_wrong_usage(run, words):
    assert run(*words).status == 2
