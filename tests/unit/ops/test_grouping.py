"""The list under headings, and filters that have a name."""

from __future__ import annotations

import pytest

from tracker.base.errors import UserError
from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.domain.terms import Completion
from tracker.ops.browse import find_tasks, task_lines
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.grouping import group_tasks
from tracker.ops.history import undo_step
from tracker.ops.saved_filters import list_filters, remove_filter, save_filter

WHO = "张三"


def grouped(office, ledger, today, key, **wanted):
    ids = find_tasks(office, Filter(ledger.id, **wanted), None, today)
    codes = {line.id: line.code[2:] for line in task_lines(office, ids, None, today)}
    groups = group_tasks(office, ids, key, None, today)
    return {group.label: [codes[id_] for id_ in group.ids] for group in groups}


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (GroupKey.NONE, {"": ["001", "002", "003", "004", "005"]}),
        (
            GroupKey.SECTION,
            {"一、城建": ["001", "002"], "二、环保": ["003", "004"], "（未分类别）": ["005"]},
        ),
        (
            GroupKey.UNIT,
            {
                "县住建局": ["001"],
                "县文旅局": ["002"],
                "县水利局": ["003"],
                "县应急局": ["004"],
                "县工信局": ["005"],
            },
        ),
        (GroupKey.LEADER, {"周明": ["002"], "（没有责任领导）": ["001", "003", "004", "005"]}),
        (GroupKey.DOCUMENT, {"（没有来源文件）": ["001", "002", "003", "004", "005"]}),
    ],
)
def test_tasks_stand_under_what_they_share(office, ledger, today, key, expected):
    found = grouped(office, ledger, today, key)
    assert found == expected
    assert list(found) == list(expected)


def test_states_stand_in_their_order(office, ledger, today, now):
    write_entry(office, "1-001", EntryWords(state="已完成"), who=WHO, now=now)
    write_entry(office, "1-003", EntryWords(state="未启动"), who=WHO, now=now)
    found = grouped(office, ledger, today, GroupKey.STATE)
    assert list(found.values()) == [["003"], ["002", "004", "005"], ["001"]]


@pytest.mark.parametrize("key", [key for key in GroupKey if key])
def test_every_task_stands_in_one_group(office, ledger, today, key):
    found = grouped(office, ledger, today, key)
    assert sorted(code for codes in found.values() for code in codes) == [
        "001", "002", "003", "004", "005",
    ]  # fmt: skip
    assert all(found.values())


def test_an_empty_list_has_no_groups(office, ledger, today):
    assert grouped(office, ledger, today, GroupKey.UNIT, text="没有这样的字") == {}


def test_a_filter_keeps_its_name_and_comes_back(office, ledger, now):
    wanted = Filter(
        ledger.id,
        text="书屋",
        lights=frozenset({"red"}),
        section="一、城建",
        completion=frozenset({Completion.IN_PROGRESS}),
        show="due7",
        sort=(("deadline", True), ("unit", False)),
    )
    save_filter(office, " 急件 ", wanted, who=WHO, now=now)
    ((name, kept),) = list_filters(office)
    assert name == "急件"
    assert (kept.text, kept.lights, kept.section, kept.show, kept.sort, kept.completion) == (
        wanted.text,
        wanted.lights,
        wanted.section,
        wanted.show,
        wanted.sort,
        wanted.completion,
    )
    remove_filter(office, "急件", who=WHO, now=now)
    assert list_filters(office) == ()
    undo_step(office, who=WHO, now=now)
    assert [name for name, _ in list_filters(office)] == ["急件"]


def test_a_filter_without_a_name_or_of_a_chart_is_not_kept(office, ledger, now):
    with pytest.raises(UserError, match="起个名字"):
        save_filter(office, " ", Filter(ledger.id), who=WHO, now=now)
    with pytest.raises(UserError, match="不能保存"):
        save_filter(office, "甲", Filter(ledger.id, codes=frozenset({"1"})), who=WHO, now=now)
