"""Tables that name units which are no more: held back where nobody can tell who takes over."""

from __future__ import annotations

import pytest

from tests.helpers.reform_story import given_to_nobody
from tracker.domain.proposal import NEW_TASK, Decisions, decision_key
from tracker.domain.reform import NewUnit, ReformKind, ReformRequest
from tracker.ops.import_table import apply_import, choose, propose_import, read_text
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.reforms import carry_out_reform
from tracker.ops.tasks import TaskWords, list_tasks, new_task

WHO = "李四"
HEAD = "序号\t工作任务\t牵头单位\t配合单位\t落实情况"


@pytest.fixture
def county(office, now):
    """An office whose 县文旅局 was split, 县档案局 abolished, and 县商务局 merged and renamed."""
    new_ledger(office, "重点工作", who=WHO, now=now)
    ledger = choose_ledger(office, None)
    for number, text, lead in (
        ("1", "办好民俗文化节。", "县文旅局"),
        ("2", "管招商引资。", "县商务局、县招商局"),
        ("3", "整理全县档案。", "县档案局"),
        ("4", "修编财政预算。", "县财政局"),
    ):
        words = TaskWords(text=text, number=number, lead=lead)
        new_task(office, ledger, words, who=WHO, now=now)
    for kind, old, new, otherwise in (
        ("split", "县文旅局", "县文化局、县旅游局", "县文化局"),
        ("merge", "县商务局、县招商局", "县商投局", ""),
        ("rename", "县商投局", "县开放局", ""),
        ("abolish", "县档案局", "", "-"),
    ):
        made = tuple(NewUnit(name) for name in new.split("、") if name)
        chosen = (otherwise,) if otherwise else ()
        olds = tuple(old.split("、"))
        request = ReformRequest(ReformKind(kind), olds, made, now.date(), otherwise=chosen)
        carry_out_reform(office, request, who=WHO, now=now)
    return office


def table(*rows):
    return read_text("\n".join([HEAD, *("\t".join(row) for row in rows)]))


def tasks(office):
    return list_tasks(office, choose_ledger(office, "重点工作"))


def test_rows_from_before_the_reforms_are_the_same(county):
    rows = (
        ("1", "办好民俗文化节。", "县文旅局", "", ""),
        ("2", "管招商引资。", "县商务局、县招商局", "", ""),
        ("3", "整理全县档案。", "县档案局", "", ""),
    )
    proposal = propose_import(county, table(*rows)).proposal
    assert (proposal.same, proposal.conflict, proposal.findings) == (3, (), ())


def test_a_new_row_for_a_split_unit_is_held_back_and_all_others_go_in(county, office_path, now):
    rows = (
        ("5", "建设游客集散中心。", "县文旅局", "县财政局", ""),
        ("6", "改造老旧管网。", "县财政局", "", "已完成1处。"),
    )
    plan = propose_import(county, table(*rows))
    (conflict,) = plan.proposal.conflict
    assert "拆分为县文化局、县旅游局" in conflict.sources[1]
    assert [way.words for way in conflict.ways] == [
        "由县文化局承接", "由县旅游局承接", "由2家共同承接", "不再列它",
    ]  # fmt: skip
    apply_import(county, plan, who=WHO, now=now)
    assert [task.text for task in tasks(county)][-1] == "改造老旧管网。"
    assert given_to_nobody(office_path) == []


@pytest.mark.parametrize(
    ("way", "lead"),
    [(1, ("县文化局",)), (2, ("县旅游局",)), (3, ("县文化局", "县旅游局")), (4, ())],
)
def test_the_clerk_says_who_takes_a_held_row(county, office_path, now, way, lead):
    plan = propose_import(county, table(("5", "建设游客集散中心。", "县文旅局", "县财政局", "")))
    (conflict,) = plan.proposal.conflict
    chosen = choose(plan, Decisions(settled={decision_key(conflict): way}))
    assert chosen.proposal.conflict == ()
    apply_import(county, chosen, who=WHO, now=now)
    assert tasks(county)[-1].roles.lead == lead
    assert tasks(county)[-1].roles.cooperating == ("县财政局",)
    assert given_to_nobody(office_path) == []


def test_a_cell_that_would_give_a_task_to_a_split_unit_is_held_back(county, office_path, now):
    rows = [("4", "修编财政预算。", "县财政局、文旅局", "", "已完成初稿。")]
    plan = propose_import(county, table(*rows))
    (conflict,) = plan.proposal.conflict
    assert (conflict.task, conflict.field, conflict.values) == (
        "1-004", "lead", ("县财政局", "县财政局、文旅局"),
    )  # fmt: skip
    apply_import(county, plan, who=WHO, now=now)
    assert tasks(county)[3].roles.lead == ("县财政局",)
    again = propose_import(county, table(*rows))
    (conflict,) = again.proposal.conflict
    chosen = choose(again, Decisions(settled={decision_key(conflict): 2}))
    apply_import(county, chosen, who=WHO, now=now)
    assert tasks(county)[3].roles.lead == ("县财政局", "旅游局")
    assert given_to_nobody(office_path) == []


def test_a_held_cell_may_stay_as_it_is_stored(county):
    plan = propose_import(county, table(("4", "修编财政预算。", "县档案局", "", "")))
    (conflict,) = plan.proposal.conflict
    assert conflict.ways == ()
    chosen = choose(plan, Decisions(settled={decision_key(conflict): 0}))
    assert (chosen.proposal.conflict, chosen.proposal.update) == ((), ())
    assert choose(plan, Decisions()).proposal.conflict == (conflict,)


def test_a_cell_with_parts_is_given_to_the_chosen_unit_as_a_whole(county, office_path, now):
    words = "第①项由县文旅局牵头，第②项由县财政局牵头"
    row = ("5", "①建设游客集散中心；②安排专项资金", words, "", "")
    plan = propose_import(county, table(row))
    (conflict,) = plan.proposal.conflict
    chosen = choose(plan, Decisions(settled={decision_key(conflict): 2}))
    apply_import(county, chosen, who=WHO, now=now)
    made = tasks(county)[-1]
    assert made.units_text == "第①项由县旅游局牵头，第②项由县财政局牵头"
    assert [part.roles.lead for part in made.parts] == [("县旅游局",), ("县财政局",)]


def test_a_doubtful_row_said_to_be_new_is_held_back_too(county):
    rows = [("9", "办好全县民俗文化旅游节。", "县文旅局", "", "")]
    plan = propose_import(county, table(*rows))
    (conflict,) = plan.proposal.conflict
    assert conflict.question is not None
    origin = conflict.question.row.origin
    chosen = choose(plan, Decisions(answers={origin: NEW_TASK}))
    (held,) = chosen.proposal.conflict
    assert held.held is not None
    key = decision_key(held)
    settled = choose(plan, Decisions(answers={origin: NEW_TASK}, settled={key: 1}))
    assert settled.proposal.create[0].row.roles.lead == ("县文化局",)


def test_a_row_for_a_new_ledger_is_held_back_too(county, now):
    plan = propose_import(county, table(("1", "建博物馆。", "县文旅局", "", "")), ledger="新专项")
    assert [each.held is not None for each in plan.proposal.conflict] == [True]


def test_a_former_name_in_a_new_row_is_written_as_it_is_today_and_told(county, now):
    rows = [("5", "办好投资洽谈会。", "县商务局、县招商局、县财政局", "", "")]
    plan = propose_import(county, table(*rows))
    assert {finding.kind for finding in plan.proposal.findings} == {"former_name"}
    apply_import(county, plan, who=WHO, now=now)
    assert tasks(county)[-1].roles.lead == ("县开放局", "县财政局")
    assert propose_import(county, table(*rows)).proposal.same == 1


def test_a_former_name_in_a_cell_with_parts_comes_in_once(county, now):
    words = "第①项由县招商局牵头，第②项由县财政局牵头"
    rows = [("5", "①办好投资洽谈会；②安排专项资金", words, "", "")]
    apply_import(county, propose_import(county, table(*rows)), who=WHO, now=now)
    made = tasks(county)[-1]
    assert made.units_text == "第①项由县开放局牵头，第②项由县财政局牵头"
    assert [part.roles.lead for part in made.parts] == [("县开放局",), ("县财政局",)]
    assert propose_import(county, table(*rows)).proposal.same == 1
