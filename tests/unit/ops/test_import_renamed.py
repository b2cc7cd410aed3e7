"""Last year's table prints the names that units had before a reform."""

from __future__ import annotations

import pytest

from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.ledgers import choose_ledger
from tracker.ops.tasks import list_tasks
from tracker.ops.units import Registrar

HEAD = "序号\t工作任务\t牵头单位\t配合单位\t落实情况"
NOW_CALLED = (
    (
        "1",
        "整治集贸市场12处，规范经营秩序。",
        "县市场监管局",
        "县农业农村局、县城管局",
        "已整治5处。",
    ),
    ("2", "修缮文物保护单位3处。", "县文旅局", "", "已完成1处。"),
    ("3", "开展食品安全抽检。", "县市场监管局", "", "抽检40批次。"),
    ("4", "开展食品安全抽检。", "县农业农村局", "", "抽检20批次。"),
)
FORMER = {
    "县质监局": "县市场监管局",
    "县工商局": "县市场监管局",
    "县农业局": "县农业农村局",
    "县文广新局": "县文旅局",
}


def table_of(rows):
    return read_text("\n".join(["重点工作台账", HEAD, *("\t".join(row) for row in rows)]))


def with_former_names(rows):
    renamed = {new: old for old, new in FORMER.items()}

    def old(cell):
        return "、".join(renamed.get(name, name) for name in cell.split("、"))

    return [(n, task, old(lead), old(others), said) for n, task, lead, others, said in rows]


@pytest.fixture
def reformed(office, now):
    """An office whose units were renamed by a reform."""
    apply_import(office, propose_import(office, table_of(NOW_CALLED)), who="张三", now=now)
    with office.change("改名", "张三", now) as work:
        registrar = Registrar(work)
        for former, unit in FORMER.items():
            registrar.also_called(former, unit)
    return office


def test_the_former_names_are_the_same_units(reformed):
    proposal = propose_import(reformed, table_of(with_former_names(NOW_CALLED))).proposal
    assert proposal.same == len(NOW_CALLED)
    assert (proposal.create, proposal.update, proposal.conflict) == ((), (), ())


def test_units_that_were_joined_into_one_are_the_one(reformed):
    number, task, _, others, said = NOW_CALLED[0]
    row = (number, task, "县工商局、县质监局", others, said)
    assert propose_import(reformed, table_of([row])).proposal.same == 1


def test_the_names_as_stored_stay_when_other_cells_change(reformed, now):
    rows = [(*row[:4], f"{row[4]}已验收。") for row in with_former_names(NOW_CALLED)]
    plan = propose_import(reformed, table_of(rows))
    assert {change.field for change in plan.proposal.update} == {"progress"}
    apply_import(reformed, plan, who="张三", now=now)
    tasks = list_tasks(reformed, choose_ledger(reformed, None))
    assert [task.roles.lead for task in tasks] == [(row[2],) for row in NOW_CALLED]


def test_a_former_name_helps_to_find_a_reworded_task(reformed):
    row = ("9", "整治全县集贸市场12处，全面规范经营秩序。", "县工商局", "县农业局、县城管局", "")
    (match,) = propose_import(reformed, table_of([row])).proposal.matches
    assert match.task == "1-001"
    assert "单位相同" in match.reasons


def test_a_former_name_tells_tasks_of_the_same_words_apart(reformed):
    rows = [("", row[1], row[2], "", row[4]) for row in with_former_names(NOW_CALLED[2:])][::-1]
    proposal = propose_import(reformed, table_of(rows)).proposal
    assert [match.task for match in proposal.matches] == ["1-004", "1-003"]
    assert proposal.same == 2
