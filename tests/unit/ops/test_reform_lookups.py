"""After reforms: searches, filters, slips and documents know old units and offer only new ones."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.plans import decomposed
from tests.helpers.reform_story import given_to_nobody
from tracker.base.errors import UserError
from tracker.domain.browse import Filter
from tracker.domain.reform import NOBODY, NewUnit, ReformKind, ReformRequest
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.ops.apply_drafts import apply_drafts
from tracker.ops.browse import counts, find_tasks
from tracker.ops.collectives import find_unit, names_to_offer, set_members
from tracker.ops.drafts import all_decided, propose_drafts
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.reforms import carry_out_reform
from tracker.ops.saved_filters import list_filters, save_filter
from tracker.ops.slips import new_slip
from tracker.ops.tasks import TaskWords, find_task, list_tasks, new_task

WHO = "李四"


@pytest.fixture
def county(office, now):
    new_ledger(office, "重点工作", who=WHO, now=now)
    ledger = choose_ledger(office, None)
    for text, lead in (
        ("管招商。", "县商务局"),
        ("管节会。", "县招商局"),
        ("管文物。", "县文旅局"),
        ("管景区。", "县文旅局、县财政局"),
        ("管档案。", "县档案局、县财政局"),
    ):
        new_task(office, ledger, TaskWords(text=text, lead=lead), who=WHO, now=now)
    return office


@pytest.fixture
def reform(county, now):
    def reform(kind, old, *new, **more):
        made = tuple(NewUnit(*each.split("/")) for each in new)
        request = ReformRequest(ReformKind(kind), tuple(old.split("、")), made, now.date(), **more)
        return carry_out_reform(county, request, who=WHO, now=now)

    return reform


@pytest.fixture
def reformed(county, reform):
    reform("merge", "县商务局、县招商局", "县商投局")
    reform("rename", "县商投局", "县开放局")
    chosen = {("1-004", "县文旅局"): ("县旅游局",)}
    reform("split", "县文旅局", "县文化局", "县旅游局", otherwise=("县文化局",), chosen=chosen)
    reform("abolish", "县档案局", otherwise=(NOBODY,))
    return county


def found(office, words, now):
    ids = find_tasks(office, replace(Filter(None), text=words), None, now.date())
    with office.read() as view:
        return {line.code for line in view.lines(ids, None)}


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("县商务局", {"1-001", "1-002"}),
        ("招商局", {"1-001", "1-002"}),
        ("商投", {"1-001", "1-002"}),
        ("xswj", {"1-001", "1-002"}),
        ("县文旅局", {"1-003", "1-004"}),
        ("xwlj", {"1-003", "1-004"}),
        ("县旅游局", {"1-004"}),
        ("县档案局", {"1-005"}),
    ],
)
def test_an_old_name_finds_the_tasks_of_those_that_took_over(reformed, now, words, codes):
    assert found(reformed, words, now) == codes


def test_a_task_given_to_the_new_unit_later_is_found_by_the_old_name(reformed, now):
    ledger = choose_ledger(reformed, None)
    words = TaskWords(text="管口岸。", lead="县开放局")
    code = new_task(reformed, ledger, words, who=WHO, now=now).value
    assert code in found(reformed, "县商务局", now)


def test_a_saved_filter_follows_its_unit(county, reform, now):
    unit = find_unit(county, "县商务局")
    save_filter(county, "商务", replace(Filter(None), unit_id=unit.id), who=WHO, now=now)
    reform("merge", "县商务局、县招商局", "县商投局")
    ((_, wanted),) = list_filters(county)
    assert wanted.unit_id == find_unit(county, "县商投局").id
    assert len(find_tasks(county, wanted, None, now.date())) == 2


def test_only_units_that_stand_are_offered(reformed):
    offered = names_to_offer(reformed)
    assert not set(offered) & {"县商务局", "县招商局", "县文旅局", "县档案局", "县商投局"}
    assert {"县开放局", "县文化局", "县旅游局", "县财政局"} <= set(offered)


def test_no_slip_is_issued_to_a_unit_that_is_no_more(reformed, now):
    with pytest.raises(UserError, match="拆分为县文化局、县旅游局"):
        choice = SlipChoice(SlipKind.HINT, "县文旅局", ("1-003",))
        new_slip(reformed, None, choice, who=WHO, now=now)
    choice = SlipChoice(SlipKind.HINT, "县商务局", ("1-001",))
    assert "县开放局" in new_slip(reformed, None, choice, who=WHO, now=now).sentence


def test_a_collective_takes_no_member_that_is_no_more(reformed, now):
    ledger = choose_ledger(reformed, None)
    new_task(reformed, ledger, TaskWords(text="共管。", lead="有关部门"), who=WHO, now=now)
    with pytest.raises(UserError, match="撤销"):
        set_members(reformed, "有关部门", ["县文旅局"], who=WHO, now=now)
    names = set_members(reformed, "有关部门", ["县商务局", "县招商局"], who=WHO, now=now).value
    assert names == ("县开放局",)


TEXT = """某县文化旅游工作实施方案
一、重点任务
（一）修缮古戏台6处，年底前完成。（牵头单位：县文旅局；配合单位：县财政局）
（二）整理馆藏档案2万卷，年底前完成。（牵头单位：县档案局）
（三）办好招商推介会3场，年底前完成。（牵头单位：县商务局）
"""


def test_a_document_asks_who_takes_over_from_a_split_unit(reformed, office_path, now):
    plan = propose_drafts(reformed, decomposed(TEXT))
    (question,) = plan.questions
    assert question.units == ("县文化局", "县旅游局")
    doubts = {each.draft.text[:4]: each.draft.doubts for each in plan.review.drafts}
    assert any("是否由“县文化局”承接" in each for each in doubts["修缮古戏"])
    assert any("撤销，请改写单位" in each for each in doubts["整理馆藏"])
    apply_drafts(reformed, plan, all_decided(plan), who=WHO, now=now)
    ledger = choose_ledger(reformed, plan.ledger)
    assert [task.roles.lead for task in list_tasks(reformed, ledger)] == [("县开放局",)]
    again = propose_drafts(reformed, decomposed(TEXT))
    said = replace(again.review, units=(("县文旅局", "县旅游局"),))
    again = replace(again, review=said)
    apply_drafts(reformed, again, all_decided(again), who=WHO, now=now)
    leads = {task.text[:4]: task.roles.lead for task in list_tasks(reformed, ledger)}
    assert leads["修缮古戏"] == ("县旅游局",)
    assert given_to_nobody(office_path) == []


def test_open_tasks_are_counted_under_the_unit_that_stands(reformed, now):
    units = {unit.name for unit in counts(reformed, None, None, now.date()).units}
    assert units == {"县开放局", "县文化局", "县旅游局", "县财政局"}
    assert find_task(reformed, "1-005").roles.lead == ("县财政局",)
