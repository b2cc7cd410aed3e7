"""Reforms: open tasks get the new names, closed rounds keep the old, undo takes all back."""

from __future__ import annotations

import pytest

from tracker.base.errors import UserError
from tracker.domain.reform import NOBODY, NewUnit, ReformKind, ReformRequest
from tracker.ops.history import undo_step
from tracker.ops.ledgers import new_ledger
from tracker.ops.office import create_office
from tracker.ops.reforms import carry_out_reform, list_reforms, plan_reform
from tracker.ops.tasks import TaskWords, new_task

WHO = "李四"


@pytest.fixture
def office(tmp_path, now):
    office = create_office(tmp_path / "办.db", now)
    new_ledger(office, "重点工作", who=WHO, now=now)
    yield office
    office.close()


@pytest.fixture
def add(office, now):
    def add(text, **words):
        ledger = next(iter(office_ledgers(office)))
        return new_task(office, ledger, TaskWords(text=text, **words), who=WHO, now=now).value

    return add


def office_ledgers(office):
    with office.read() as view:
        return view.ledgers()


def task(office, code):
    with office.read() as view:
        return view.task(code)


def ask(kind, old, *new, now, **more):
    names = tuple(NewUnit(*each.split("/")) for each in new)
    return ReformRequest(kind, tuple(old.split("、")), names, on=now.date(), **more)


def state(office):
    with office.read() as view:
        ledger = view.ledgers()[0]
        return view.tasks(ledger.id, withdrawn=True), view.units(), view.people(), view.reforms()


def test_a_renamed_unit_is_printed_in_the_form_it_stood_in(office, add, now):
    one = add("抓项目。", lead="县商务局")
    two = add("促消费。", lead="商务局", cooperating="县财政局")
    request = ask(ReformKind.RENAME, "县商务局", "县商务和投资促进局", now=now)
    carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, one).roles.lead == ("县商务和投资促进局",)
    assert task(office, two).roles.lead == ("商务和投资促进局",)
    assert task(office, one).earlier[0].roles.lead == ("县商务局",)
    with office.read() as view:
        assert view.unit_names().find("商务局") == view.unit_names().find("县商务和投资促进局")


def test_merged_units_become_one_lead(office, add, now):
    code = add("抓项目。", lead="县商务局、县招商局", cooperating="县财政局")
    other = add("办节会。", lead="县财政局", cooperating="县招商局、县商务局")
    request = ask(ReformKind.MERGE, "县商务局、县招商局", "县商务招商局/县商招局", now=now)
    plan = plan_reform(office, request, who=WHO, now=now)
    assert task(office, code).roles.lead == ("县商务局", "县招商局")
    done = carry_out_reform(office, request, who=WHO, now=now)
    assert done.value == plan
    assert task(office, code).roles.lead == ("县商务招商局",)
    assert task(office, other).roles.cooperating == ("县商务招商局",)
    with office.read() as view:
        names = view.unit_names()
        assert names.find("县招商局") == names.find("县商务招商局")
        assert [u.name for u in view.units() if u.is_abolished] == ["县商务局", "县招商局"]


def test_a_unit_that_leads_and_cooperates_after_a_merger_leads(office, add, now):
    code = add("抓项目。", lead="县商务局", cooperating="县招商局")
    request = ask(ReformKind.MERGE, "县商务局、县招商局", "县商务局", now=now)
    done = carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, code).roles.lead == ("县商务局",)
    assert task(office, code).roles.cooperating == ()
    assert "只留前者" in done.value.tasks[0].doubts[0]


def test_a_split_asks_who_takes_each_task(office, add, now):
    one, two = add("管招商。", lead="县商务局"), add("管消费。", lead="县商务局")
    request = ask(ReformKind.SPLIT, "县商务局", "县招商局", "县市场局", now=now)
    assert plan_reform(office, request, who=WHO, now=now).faults
    with pytest.raises(UserError, match="承接"):
        carry_out_reform(office, request, who=WHO, now=now)
    chosen = {(one, "县商务局"): ("县招商局",), (two, "县商务局"): ("县市场局", "县招商局")}
    request = ask(ReformKind.SPLIT, "县商务局", "县招商局", "县市场局", now=now, chosen=chosen)
    carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, one).roles.lead == ("县招商局",)
    assert task(office, two).roles.lead == ("县市场局", "县招商局")


def test_nothing_is_given_to_an_abolished_unit(office, add, now):
    code = add("抓项目。", lead="县商务局", cooperating="县财政局")
    request = ask(ReformKind.ABOLISH, "县商务局", now=now, otherwise=(NOBODY,))
    done = carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, code).roles.names() == ("县财政局",)
    assert "没有牵头或责任单位" in "".join(done.value.tasks[0].doubts)
    with pytest.raises(UserError, match="撤销"):
        add("促消费。", lead="县商务局")


def test_a_cell_of_units_gets_the_new_names(office, add, now):
    code = add("抓项目。", lead="县商务局")
    with office.change("写单位栏", WHO, now) as work:
        work.task(code).units_text = "县商务局（项目股）\n县财政局配合"
    request = ask(ReformKind.RENAME, "县商务局", "县商务和投资促进局", now=now)
    carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, code).units_text == "县商务和投资促进局（项目股）\n县财政局配合"


def test_a_cell_that_cannot_be_rewritten_is_asked_for(office, add, now):
    code = add("抓项目。", lead="县商务局")
    with office.change("写单位栏", WHO, now) as work:
        work.task(code).units_text = "商务、财政两家"
    request = ask(ReformKind.RENAME, "县商务局", "县商务和投资促进局", now=now)
    with pytest.raises(UserError, match="单位栏"):
        carry_out_reform(office, request, who=WHO, now=now)
    request = ask(
        ReformKind.RENAME, "县商务局", "县商务和投资促进局", now=now, cells={code: "商投、财政两家"}
    )
    carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, code).units_text == "商投、财政两家"


def test_only_chosen_tasks_are_handed_over(office, add, now):
    one, two = add("管招商。", lead="县商务局"), add("管消费。", lead="县商务局")
    request = ask(ReformKind.HAND_OVER, "县商务局", "县财政局", now=now, tasks=(one,))
    carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, one).roles.lead == ("县财政局",)
    assert task(office, two).roles.lead == ("县商务局",)


def test_a_leader_takes_over_from_another(office, add, now):
    one = add("管招商。", lead="县商务局", persons="张明")
    two = add("管消费。", lead="县财政局", persons="副县长张明、王强")
    three = add("管交通。", lead="县交通局", persons="张明远")
    request = ReformRequest(ReformKind.CHARGE, ("张明",), on=now.date(), leader="赵刚")
    carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, one).persons == ("赵刚",)
    assert task(office, two).persons == ("副县长赵刚", "王强")
    assert task(office, three).persons == ("张明远",)


@pytest.mark.parametrize(
    ("printed", "after"),
    [
        ("张明（副县长）", "赵刚（副县长）"),
        ("张明 县委常委、副县长", "赵刚 县委常委、副县长"),
        ("张明副县长", "赵刚副县长"),
        ("张明秘书长", "赵刚秘书长"),
        ("张明县委书记", "赵刚县委书记"),
        ("县委书记张明同志", "县委书记赵刚同志"),
        ("张明远副县长", "张明远副县长"),
        ("张明长", "张明长"),
        ("张明东书记", "张明东书记"),
        ("小张明", "小张明"),
    ],
)
def test_only_the_leader_himself_is_replaced(office, add, now, printed, after):
    add("管招商。", lead="县商务局", persons="张明")
    code = add("管消费。", lead="县财政局")
    with office.change("写责任人", WHO, now) as work:
        work.task(code).persons = [printed]
    request = ReformRequest(ReformKind.CHARGE, ("张明",), on=now.date(), leader="赵刚")
    carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, code).persons == (after,)


@pytest.mark.parametrize("kind", ["rename", "merge", "split", "abolish", "hand_over", "charge"])
def test_undo_takes_a_reform_back_whole(office, add, now, kind):
    add("管招商。", lead="县商务局、县招商局", persons="张明")
    add("管消费。", lead="县财政局", cooperating="县商务局")
    before = state(office)
    new = {
        "rename": ("县商投局",),
        "merge": ("县商招局",),
        "split": ("县甲局", "县乙局"),
        "abolish": ("县财政局",),
        "hand_over": ("县财政局",),
        "charge": (),
    }[kind]
    old = {"merge": "县商务局、县招商局", "charge": "张明"}.get(kind, "县商务局")
    request = ask(
        ReformKind(kind),
        old,
        *new,
        now=now,
        leader="赵刚" if kind == "charge" else "",
        otherwise=new[:1],
    )
    carry_out_reform(office, request, who=WHO, now=now)
    assert list_reforms(office)[0].kind == kind
    assert state(office) != before
    undo_step(office, who=WHO, now=now)
    assert state(office) == before


def test_a_plan_stores_nothing(office, add, now):
    add("管招商。", lead="县商务局")
    before = state(office)
    plan_reform(office, ask(ReformKind.ABOLISH, "县商务局", now=now), who=WHO, now=now)
    assert state(office) == before


def test_a_closed_task_keeps_the_old_name(office, add, now):
    code = add("管招商。", lead="县商务局")
    with office.change("销号", WHO, now) as work:
        work.task(code).completion = "closed"
    request = ask(ReformKind.RENAME, "县商务局", "县商投局", now=now)
    carry_out_reform(office, request, who=WHO, now=now)
    assert task(office, code).roles.lead == ("县商务局",)
