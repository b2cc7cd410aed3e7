"""Tasks that rest while units change, and every way in which they are taken up again."""

from __future__ import annotations

import pytest

from tests.helpers.reform_story import given_to_nobody
from tracker.base.errors import UserError
from tracker.domain.carry import CarryChoice
from tracker.domain.reform import NewUnit, ReformKind, ReformRequest
from tracker.domain.terms import Completion
from tracker.ops.browse import trace
from tracker.ops.carry_over import carry_over, plan_carry
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.history import undo_step
from tracker.ops.import_table import propose_import, read_text
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.reforms import carry_out_reform
from tracker.ops.restore import restore_value
from tracker.ops.rounds import new_round
from tracker.ops.task_changes import (
    edit_many,
    merge_tasks,
    reinstate_task,
    split_task,
    withdraw_task,
)
from tracker.ops.tasks import (
    ClosingWords,
    TaskWords,
    close_task,
    edit_task,
    find_task,
    new_task,
    reopen_task,
)

WHO = "李四"


@pytest.fixture
def ledger(office, now):
    new_ledger(office, "重点工作", who=WHO, now=now, year=2026)
    new_round(office, choose_ledger(office, None), who=WHO, now=now)
    return choose_ledger(office, None)


@pytest.fixture(autouse=True)
def units(office, ledger, now):
    words = TaskWords(text="其他工作。", lead="县招商局、县财政局")
    withdraw(office, new_task(office, ledger, words, who=WHO, now=now).value, now)


@pytest.fixture
def add(office, ledger, now):
    def add(text, **words):
        return new_task(office, ledger, TaskWords(text=text, **words), who=WHO, now=now).value

    return add


@pytest.fixture
def reform(office, now):
    def reform(kind, old, *new, **more):
        made = tuple(NewUnit(*each.split("/")) for each in new)
        request = ReformRequest(ReformKind(kind), tuple(old.split("、")), made, now.date(), **more)
        return carry_out_reform(office, request, who=WHO, now=now)

    return reform


def close(office, code, now):
    words = ClosingWords("已办结。", now.date(), WHO, "照片")
    close_task(office, code, words, who=WHO, now=now)


def put_away(office, code, now):
    edit_many(office, [code], TaskWords(completion=Completion.EXCLUDED), who=WHO, now=now)


def withdraw(office, code, now):
    withdraw_task(office, code, "暂缓", who=WHO, now=now)


def reopen(office, code, now):
    reopen_task(office, code, "群众反映未办好", who=WHO, now=now)


def reinstate(office, code, now):
    reinstate_task(office, code, who=WHO, now=now)


def take_up_by_hand(office, code, now):
    words = TaskWords(completion=Completion.IN_PROGRESS)
    edit_task(office, code, words, who=WHO, now=now)


def take_up_by_state(office, code, now):
    write_entry(office, code, EntryWords(state="推进中"), who=WHO, now=now)


WAYS = [
    pytest.param(close, reopen, id="closed"),
    pytest.param(withdraw, reinstate, id="withdrawn"),
    pytest.param(put_away, take_up_by_hand, id="put away"),
    pytest.param(put_away, take_up_by_state, id="put away, taken up by its state"),
]


@pytest.mark.parametrize(("rest", "take_up"), WAYS)
def test_a_task_taken_up_again_prints_the_new_name(office, add, reform, now, rest, take_up):
    code = add("管招商。", lead="县商务局", cooperating="商务局、县财政局")
    rest(office, code, now)
    reform("rename", "县商务局", "县商务和投资促进局/县商投局")
    assert find_task(office, code).roles.lead == ("县商务局",)
    take_up(office, code, now)
    found = find_task(office, code)
    assert found.roles.lead == ("县商务和投资促进局",)
    assert found.roles.cooperating == ("商务和投资促进局", "县财政局")
    assert found.earlier[0].roles.lead == ("县商务局",)


@pytest.mark.parametrize(("rest", "take_up"), WAYS)
def test_a_task_taken_up_again_goes_to_the_unit_that_took_over(
    office, office_path, add, reform, now, rest, take_up
):
    code = add("管招商。", lead="县商务局、县招商局", cooperating="县财政局")
    rest(office, code, now)
    reform("rename", "县招商局", "县投促局")
    reform("merge", "县商务局、县投促局", "县商投局")
    reform("rename", "县商投局", "县开放局")
    take_up(office, code, now)
    assert find_task(office, code).roles.lead == ("县开放局",)
    assert given_to_nobody(office_path) == []
    undo_step(office, who=WHO, now=now)
    assert find_task(office, code).roles.lead == ("县商务局", "县招商局")


@pytest.mark.parametrize(("rest", "take_up"), WAYS)
def test_a_task_of_a_split_unit_is_not_taken_up_before_it_is_given_to_one(
    office, office_path, add, reform, now, rest, take_up
):
    code = add("管招商。", lead="县文旅局", cooperating="县财政局")
    rest(office, code, now)
    reform("split", "县文旅局", "县文化局", "县旅游局", otherwise=("县文化局",))
    with pytest.raises(UserError, match="拆分为县文化局、县旅游局"):
        take_up(office, code, now)
    edit_task(office, code, TaskWords(lead="县旅游局"), who=WHO, now=now)
    take_up(office, code, now)
    assert find_task(office, code).roles.lead == ("县旅游局",)
    assert given_to_nobody(office_path) == []


def test_a_task_can_be_taken_up_and_given_to_another_unit_at_once(office, add, reform, now):
    code = add("管招商。", lead="县文旅局")
    put_away(office, code, now)
    reform("abolish", "县文旅局")
    words = TaskWords(completion=Completion.IN_PROGRESS, lead="县财政局")
    edit_task(office, code, words, who=WHO, now=now)
    assert find_task(office, code).roles.lead == ("县财政局",)


def test_a_table_from_before_compares_as_the_same_after_a_task_was_taken_up(
    office, add, reform, now
):
    code = add("管招商。", number="1", lead="县商务局、县财政局")
    close(office, code, now)
    reform("merge", "县商务局、县招商局", "县商投局")
    reopen(office, code, now)
    table = read_text("序号\t工作任务\t牵头单位\n1\t管招商。\t县商务局、县财政局")
    proposal = propose_import(office, table).proposal
    assert (proposal.same, proposal.update, proposal.conflict) == (1, (), ())


def test_the_units_of_a_merged_task_join_under_their_new_name(office, add, reform, now):
    one, two = add("管招商。", lead="县商务局"), add("管消费。", lead="县财政局")
    withdraw(office, one, now)
    reform("merge", "县商务局、县招商局", "县商投局")
    reinstate(office, one, now)
    merge_tasks(office, [one], two, "合办", who=WHO, now=now)
    assert find_task(office, two).roles.lead == ("县财政局", "县商投局")


def test_pieces_of_a_task_go_to_the_units_of_today(office, add, reform, now):
    code = add("管招商。", lead="县商务局")
    put_away(office, code, now)
    reform("merge", "县商务局、县招商局", "县商投局")
    pieces = [TaskWords(text="管招商一。"), TaskWords(text="管招商二。")]
    made = split_task(office, code, pieces, who=WHO, now=now).value
    assert {find_task(office, each).roles.lead for each in made} == {("县商投局",)}


def test_units_restored_from_the_trace_stand_under_their_new_name(office, add, reform, now):
    code = add("管招商。", lead="县商务局、县招商局")
    edit_task(office, code, TaskWords(lead="县财政局"), who=WHO, now=now)
    reform("merge", "县商务局、县招商局", "县商投局")
    line = next(line for line in trace(office, code) if line.old == "县商务局、县招商局")
    outcome = restore_value(office, line, who=WHO, now=now)
    assert find_task(office, code).roles.lead == ("县商投局",)
    assert "县商投局" in outcome.sentence


def test_an_old_name_typed_for_an_open_task_is_printed_as_it_is_today(office, add, reform, now):
    add("管招商。", lead="县商务局")
    reform("rename", "县商务局", "县商投局")
    reform("merge", "县商投局、县招商局", "县开放局")
    code = add("办节会。", lead="县商务局、县财政局、县招商局")
    assert find_task(office, code).roles.lead == ("县开放局", "县财政局")


def carried(office, ledger, now, codes=None):
    choice = CarryChoice(codes)
    made = carry_over(office, ledger, "明年", 2027, choice=choice, who=WHO, now=now)
    return [find_task(office, new) for _, new in made.value.codes]


def test_a_closed_task_carried_over_goes_to_the_unit_that_took_over(
    office, office_path, ledger, add, reform, now
):
    code = add("管招商。", lead="县商务局")
    close(office, code, now)
    reform("merge", "县商务局、县招商局", "县商投局")
    (task,) = carried(office, ledger, now, (code,))
    assert task.roles.lead == ("县商投局",)
    assert find_task(office, code).roles.lead == ("县商务局",)
    assert given_to_nobody(office_path) == []


def test_a_task_of_a_split_unit_is_carried_over_without_it_and_named(
    office, office_path, ledger, add, reform, now
):
    code = add("管招商。", number="3", lead="县文旅局", cooperating="县财政局")
    close(office, code, now)
    reform("split", "县文旅局", "县文化局", "县旅游局", otherwise=("县文化局",))
    (line,) = plan_carry(office, ledger, now.date()).lines
    assert "拆分为县文化局、县旅游局" in "".join(line.doubts)
    choice = CarryChoice((code,))
    made = carry_over(office, ledger, "明年", 2027, choice=choice, who=WHO, now=now)
    (new,) = made.value.to_assign
    assert "请指定承接单位：第1项" in made.sentence
    assert find_task(office, new).roles.names() == ("县财政局",)
    assert given_to_nobody(office_path) == []
    table = read_text("序号\t工作任务\t牵头单位\n3\t管招商。\t县文旅局")
    assert propose_import(office, table, ledger="明年").proposal.conflict == ()
