"""Reforms one after the other: names come back, what was joined comes apart again."""

from __future__ import annotations

import pytest

from tests.helpers.reform_story import given_to_nobody, printed_names, stored
from tracker.base.errors import UserError
from tracker.domain.reform import NewUnit, ReformKind, ReformRequest
from tracker.ops.history import undo_step
from tracker.ops.import_table import propose_import, read_text
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.reforms import carry_out_reform, list_reforms
from tracker.ops.tasks import TaskWords, find_task, new_task

WHO = "李四"
TABLE = "序号\t工作任务\t牵头单位\t配合单位\n1\t管招商。\t{}\t{}"


@pytest.fixture
def county(office, now):
    new_ledger(office, "重点工作", who=WHO, now=now)
    ledger = choose_ledger(office, None)
    words = TaskWords(text="管招商。", number="1", lead="县商务局", cooperating="县财政局")
    new_task(office, ledger, words, who=WHO, now=now)
    return office


@pytest.fixture
def reform(county, now):
    def reform(kind, old, *new, **more):
        made = tuple(NewUnit(*each.split("/")) for each in new)
        request = ReformRequest(ReformKind(kind), tuple(old.split("、")), made, now.date(), **more)
        return carry_out_reform(county, request, who=WHO, now=now)

    return reform


def lead(office):
    return find_task(office, "1-001").roles.lead


def cells(office):
    roles = find_task(office, "1-001").roles
    return "、".join(roles.lead), "、".join(roles.cooperating)


def is_same(office, printed):
    proposal = propose_import(office, read_text(TABLE.format(*printed))).proposal
    return (proposal.same, proposal.create, proposal.update, proposal.conflict) == (1, (), (), ())


CHAINS = {
    "renamed twice": [
        ("rename", "县商务局", ("县商投局",)),
        ("rename", "县商投局", ("县开放局",)),
    ],
    "renamed and back": [
        ("rename", "县商务局", ("县商投局",)),
        ("rename", "县商投局", ("县商务局",)),
    ],
    "merged, then renamed": [
        ("merge", "县商务局、县财政局", ("县财商局",)),
        ("rename", "县财商局", ("县财经局",)),
    ],
    "split, then merged again": [
        ("split", "县商务局", ("县招商局", "县市场局")),
        ("merge", "县招商局、县市场局", ("县商务局",)),
    ],
    "merged, then split under the old names": [
        ("rename", "县商务局", ("县商务和粮食局",)),
        ("split", "县商务和粮食局", ("县商务局", "县粮食局")),
    ],
    "abolished and set up again": [
        ("abolish", "县商务局", ("县财政局",)),
        ("split", "县财政局", ("县财政局", "县商务局")),
    ],
}


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_every_table_of_a_chain_of_reforms_still_compares_as_the_same(
    county, office_path, reform, chain
):
    printed = [cells(county)]
    for kind, old, new in chain:
        chosen = (new[-1],) if kind in ("split", "abolish") else ()
        reform(kind, old, *new, otherwise=chosen)
        printed.append(cells(county))
        assert given_to_nobody(office_path) == []
    for names in printed:
        assert is_same(county, names), names


@pytest.mark.parametrize("chain", CHAINS.values(), ids=CHAINS)
def test_every_step_of_a_chain_is_undone_to_the_letter(county, office_path, reform, now, chain):
    states = []
    for kind, old, new in chain:
        states.append(stored(office_path))
        reform(kind, old, *new, otherwise=new[:1])
    for state in reversed(states):
        undo_step(county, who=WHO, now=now)
        assert stored(office_path) == state


def test_what_was_renamed_comes_apart_under_its_old_name(county, office_path, reform):
    reform("rename", "县商务局", "县商务和粮食局")
    reform("split", "县商务和粮食局", "县商务局", "县粮食局", otherwise=("县商务局",))
    assert lead(county) == ("县商务局",)
    with county.read() as view:
        assert [unit.name for unit in view.units() if unit.is_abolished] == ["县商务和粮食局"]
    assert printed_names(office_path) == {"县商务局", "县财政局"}


def test_a_reform_is_kept_under_the_official_name(county, reform):
    reform("rename", "商务局", "县商投局")
    assert list_reforms(county)[0].old == ("县商务局",)


def test_a_unit_that_leads_and_cooperates_does_so_under_its_new_name(county, reform, now):
    ledger = choose_ledger(county, None)
    words = TaskWords(text="办节会。", lead="县商务局", cooperating="县商务局、县财政局")
    code = new_task(county, ledger, words, who=WHO, now=now).value
    reform("rename", "县商务局", "县商投局")
    roles = find_task(county, code).roles
    assert (roles.lead, roles.cooperating) == (("县商投局",), ("县商投局", "县财政局"))


def test_the_name_of_a_unit_that_is_no_more_is_not_taken_for_its_successor(county, reform):
    reform("abolish", "县商务局", "县财政局", otherwise=("县财政局",))
    for kind, old, new in (
        ("rename", "县商务局", ("县商投局",)),
        ("merge", "县商务局、县财政局", ("县财经局",)),
        ("split", "县商务局", ("县招商局", "县市场局")),
    ):
        with pytest.raises(UserError, match=r"“县商务局”已经撤销.*县财政局"):
            reform(kind, old, *new, otherwise=new[:1])


def test_a_unit_is_not_renamed_to_the_name_of_one_that_is_no_more(county, reform):
    reform("abolish", "县商务局", "县财政局", otherwise=("县财政局",))
    with pytest.raises(UserError, match=r"“县商务局”是已经撤销的单位.*重新设立"):
        reform("rename", "县财政局", "县商务局")
    reform("abolish", "县财政局", "县商务局", otherwise=("县商务局",))
    assert lead(county) == ("县商务局",)


def test_a_unit_that_has_its_first_name_again_does_not_go_by_it_besides(county, reform):
    reform("rename", "县商务局", "县商投局")
    reform("rename", "县商投局", "县商务局")
    with county.read() as view:
        assert next(u.names for u in view.units() if u.name == "县商务局") == ("县商投局",)


def test_what_is_merged_into_one_of_the_units_is_told_once(county, reform, now):
    ledger = choose_ledger(county, None)
    for unit in ("县商务局", "县财政局"):
        new_task(county, ledger, TaskWords(text=f"{unit}的事。", lead=unit), who=WHO, now=now)
    plan = reform("merge", "县商务局、县财政局", "县财政局").value
    assert [(touch.code, touch.unit) for touch in plan.tasks] == [
        ("1-001", "县商务局"),
        ("1-002", "县商务局"),
    ]


def test_a_unit_that_is_abolished_does_not_read_as_a_step_undone(county, reform):
    reform("abolish", "县商务局", "县财政局", otherwise=("县财政局",))
    with county.read() as view:
        assert [step.label for step in view.steps()][-1] == "撤销单位：县商务局 → 县财政局"
