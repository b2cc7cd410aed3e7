"""How a table is read, once confirmed, is kept in the office file and used again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.command import command
from tracker.base.errors import NoTable, UserError
from tracker.domain.mapping import SheetMapping
from tracker.domain.proposal import NEW_TASK, Decisions
from tracker.domain.table import Origin
from tracker.ops.history import list_steps, next_undo, undo_step
from tracker.ops.import_table import (
    apply_import,
    choose,
    import_as_new_office,
    propose_import,
    read_text,
)
from tracker.ops.ledgers import choose_ledger
from tracker.ops.office import open_office
from tracker.ops.table_look import look_at
from tracker.ops.table_memory import forget_tables, list_remembered
from tracker.ops.tasks import list_tasks
from tracker.store.models import Setting

WHO = "张三"
MAPPING = SheetMapping("", 1, 1, ("number", "task", "responsible", "progress"))
HEAD = "号头\t要干的活\t谁来干\t截至{}月干到哪了"
ROWS = (
    "1\t修缮东河桥面，更换护栏二百米。\t县交通局\t备料。",
    "2\t清理西河淤积，疏通沟渠三公里。\t县水利局\t",
)


def text(*rows, month=9):
    return "\n".join([HEAD.format(month), *(rows or ROWS)])


def read(office, *rows, month=9, **options):
    return propose_import(office, read_text(text(*rows, month=month)), **options)


def apply(office, plan, now):
    return apply_import(office, plan, who=WHO, now=now)


def tasks(office):
    return list_tasks(office, choose_ledger(office, None))


@pytest.fixture
def filled(office, now):
    apply(office, read(office, mappings=(MAPPING,), ledger="河桥"), now)
    return office


def test_a_table_without_known_words_is_read_again_by_itself(filled):
    (kept,) = list_remembered(filled)
    assert kept.fields == MAPPING.fields
    assert kept.printed == ("号头", "要干的活", "谁来干", "截至9月干到哪了")
    assert (kept.file, kept.day) == ("粘贴的文字", "2026-03-02")
    plan = read(filled, ROWS[0].replace("备料", "完工"), month=10)
    assert [change.new for change in plan.proposal.update] == ["完工。"]
    assert "按上次确认的各栏读取" in plan.table.warnings


def test_without_memory_the_words_alone_count(filled):
    with pytest.raises(NoTable):
        read(filled, use_memory=False)


def test_what_was_not_said_is_not_remembered(office, now):
    plan = propose_import(office, read_text("序号\t任务\n1\t修桥。"))
    apply(office, plan, now)
    assert list_remembered(office) == ()


def test_undoing_the_import_forgets_what_it_taught(filled, now):
    undo_step(filled, who=WHO, now=now)
    assert list_remembered(filled) == ()
    assert next_undo(filled) is None


def test_the_memory_travels_with_a_new_office_file(tmp_path, now):
    plan = read(None, mappings=(MAPPING,))
    path = tmp_path / "新 台账.db"
    made, _ = import_as_new_office(path, plan, who=WHO, now=now)
    made.close()
    office = open_office(path, now)
    assert len(list_remembered(office)) == 1
    assert read(office).proposal.same == 2
    office.close()


def test_a_table_in_which_nothing_is_new_still_teaches_its_columns(filled, now):
    (kept,) = list_remembered(filled)
    forget_tables(filled, [kept], who=WHO, now=now)
    done = apply(filled, read(filled, mappings=(MAPPING,)), now)
    assert done.sentence.endswith("已记住各栏的读法")
    assert len(list_remembered(filled)) == 1
    assert list_steps(filled)[-1].label == "记住表头：粘贴的文字"
    steps = len(list_steps(filled))
    apply(filled, read(filled), now)
    assert len(list_steps(filled)) == steps


def test_confirming_other_columns_replaces_what_was_kept(filled, now):
    other = replace(MAPPING, fields=("number", "task", "lead", "note"))
    apply(filled, read(filled, mappings=(other,)), now)
    (kept,) = list_remembered(filled)
    assert kept.fields == other.fields


def test_forgetting_is_a_step_that_undo_takes_back(filled, now):
    kept = list_remembered(filled)
    assert forget_tables(filled, kept, who=WHO, now=now).value == 1
    assert list_remembered(filled) == ()
    undo_step(filled, who=WHO, now=now)
    assert list_remembered(filled) == kept
    assert forget_tables(filled, [], who=WHO, now=now).sentence == "没有要忘记的表头"


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {"headings": ["甲"], "depth": 1, "fields": ["number"]},
        {"headings": ["甲"], "depth": 0, "fields": ["task"]},
        {"headings": ["甲"], "depth": 1, "fields": ["task", "colour"]},
        {"headings": "甲", "depth": 1, "fields": ["task"]},
        {"headings": [], "depth": 1, "fields": ["task"]},
    ],
)
def test_a_setting_that_says_nothing_sensible_is_passed_over(office, now, value):
    with office.change("外来", WHO, now) as work:
        work.add(Setting(key="table_columns:x", value=value))
    assert list_remembered(office) == ()
    assert propose_import(office, read_text("序号\t任务\n1\t修桥。")).proposal.create


def test_a_look_shows_the_sheet_though_it_cannot_be_read_yet():
    look = look_at(read_text(text()))
    assert look.table is None
    assert isinstance(look.problem, NoTable)
    assert look.may_hold_table
    assert look.sheets[0].rows[1][1].text == "修缮东河桥面，更换护栏二百米。"
    shown = look_at(read_text(text()), mappings=(SheetMapping("", 1, 1),))
    (table,) = shown.shapes[0].tables
    assert shown.table is None
    assert table.mapping.fields == ("extra",) * 4
    assert table.printed[1] == "要干的活"


def test_a_look_at_prose_sees_no_table():
    assert not look_at(read_text("只是一句话。\n又一句。")).may_hold_table


def test_a_look_uses_the_memory(filled):
    look = look_at(read_text(text(month=11)), office=filled)
    assert look.table is not None
    assert look.shapes[0].tables[0].is_remembered


# What the clerk says about matches


def test_a_row_said_to_be_another_task_updates_it(filled, now):
    first, second = tasks(filled)
    row = "7\t整治城区窨井盖。\t县城管局\t过半。"
    plan = read(filled, row, given={Origin("", 2): second.code})
    assert {change.task for change in plan.proposal.update} == {second.code}
    assert plan.proposal.create == ()
    (match,) = plan.proposal.matches
    assert match.reasons[0] == "已选定任务"
    assert plan.proposal.unmentioned == (first.code,)


def test_a_row_said_to_be_new_leaves_its_task_to_others(filled):
    first, _ = tasks(filled)
    twin = ROWS[0].replace("1\t", "9\t")
    plan = read(filled, ROWS[0], twin, given={Origin("", 2): NEW_TASK})
    assert [creation.row.number for creation in plan.proposal.create] == ["1"]
    assert [match.task for match in plan.proposal.matches] == [first.code]


def test_what_was_said_of_rows_and_tasks_that_are_gone_says_nothing(filled):
    plan = read(filled, given={Origin("", 77): NEW_TASK, Origin("", 2): "9-999"})
    assert plan.proposal.same == 2


def test_two_rows_said_to_be_one_task_are_refused(filled):
    first, _ = tasks(filled)
    with pytest.raises(UserError, match="第2行和第3行都对到了同一任务"):
        read(filled, given={Origin("", 2): first.code, Origin("", 3): first.code})


def test_choosing_keeps_what_is_to_be_remembered(filled):
    plan = choose(read(filled, mappings=(MAPPING,)), Decisions())
    assert len(plan.to_remember()) == 1


# The command line


def test_the_commands_read_by_what_the_office_remembers(filled, office_path, tmp_path):
    filled.close()
    path = tmp_path / "十月.txt"
    path.write_text(text(month=10), encoding="utf-8")
    assert command("table", path).status == 1
    ran = command("table", path, "--db", office_path, "--json")
    assert [row["task"] for row in ran.json["rows"]] == [r.split("\t")[1] for r in ROWS]
    assert "按上次确认的各栏读取" in ran.json["warnings"]
    ran = command("import", path, "--db", office_path, "--json")
    assert ran.json["same"] == 2
    shown = command("import", path, "--db", office_path)
    assert "注意　按上次确认的各栏读取" in shown.out
