"""Drafts of a document compared and stored: new, changed, same, missing; undone to the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.plans import CORRECTED, PLAN, TITLE, decomposed
from tracker.base.errors import Cancelled, UserError
from tracker.base.progress import Progress
from tracker.domain import draft_edit as edits
from tracker.domain.table import Roles
from tracker.domain.terms import Role
from tracker.ops.apply_drafts import apply_drafts, decompose_as_new_office
from tracker.ops.browse import task_card
from tracker.ops.drafts import Standing, all_decided, changes, propose_drafts, standing
from tracker.ops.history import redo_step, undo_step
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.ledgers import choose_ledger, list_ledgers, new_ledger
from tracker.ops.tasks import TaskWords, edit_task, extend_deadline, list_tasks
from tracker.ops.units import Registrar

WHO = "张三"


@pytest.fixture
def plan(office):
    return propose_drafts(office, decomposed())


@pytest.fixture
def stored(office, plan, now):
    """The plan taken in whole."""
    return apply_drafts(office, plan, all_decided(plan), who=WHO, now=now)


def tasks_of(office):
    return list_tasks(office, choose_ledger(office, TITLE))


def units_of(office):
    with office.read() as view:
        return [unit.name for unit in view.units()]


def everything(office):
    """All that the file holds of ledgers, tasks, documents and units."""
    with office.read() as view:
        ledgers = view.ledgers()
        return (
            ledgers,
            view.units(),
            [(view.tasks(row.id, withdrawn=True), view.documents(row.id)) for row in ledgers],
        )


def apply_all(office, text, now, **settings_):
    plan = propose_drafts(office, decomposed(text), **settings_)
    return plan, apply_drafts(office, plan, all_decided(plan), who=WHO, now=now)


def standings(plan):
    return [standing(plan, each) for each in plan.review.drafts]


def test_a_new_document_becomes_tasks_with_all_that_was_read(office, stored):
    assert stored.sentence == "新建 4 项，更新 0 项，新增单位 6 个"
    first, second, third, fourth = tasks_of(office)
    assert first.text == "加固北湖水库大坝。完成坝体灌浆1200米，6月底前完工。"
    assert first.title == "加固北湖水库大坝"
    assert first.number == "1"
    assert first.section == "一、重点工程"
    assert first.roles == Roles(("县水利局",), ("县财政局", "北湖镇人民政府"))
    assert first.deadline.date == date(2026, 6, 30)
    assert [(part.mark, part.text) for part in second.parts] == [
        ("①", "清淤18公里"),
        ("②", "新建节制闸3座"),
    ]
    assert third.section == "二、保障措施"
    assert fourth.persons == ("周明",)
    assert fourth.deadline.day == 25


def test_the_ledger_is_named_after_the_document(office, stored):
    (ledger,) = list_ledgers(office)
    assert (ledger.name, ledger.year, ledger.kind) == (TITLE, 2026, "方案、意见、措施")


def test_a_task_shows_the_passage_it_came_from(office, stored, today):
    source = task_card(office, "1-001", None, today).source
    assert source.title == TITLE
    assert source.number == "清政〔2026〕12号"
    assert source.issued_on == date(2026, 2, 10)
    assert source.has_file
    assert source.words == PLAN.splitlines()[8]


def test_an_elided_name_is_the_unit_with_its_prefix(office, stored):
    assert tasks_of(office)[1].roles.responsible == ("县水利局", "农业农村局")
    assert "县农业农村局" in units_of(office)
    assert "农业农村局" not in units_of(office)


def test_the_same_document_again_changes_nothing(office, stored, now, later):
    before = everything(office)
    plan = propose_drafts(office, decomposed())
    assert standings(plan) == [Standing.SAME] * 4
    assert plan.missing == ()
    outcome = apply_drafts(office, plan, plan.review, who=WHO, now=later)
    assert outcome.sentence == "与台账一致，没有要写入的内容"
    assert not outcome.changes
    assert everything(office) == before


def test_a_corrected_version_proposes_only_what_differs(office, stored, later):
    plan = propose_drafts(office, decomposed(CORRECTED))
    assert plan.ledger == TITLE
    assert standings(plan) == [Standing.CHANGED, Standing.CHANGED, Standing.SAME, Standing.NEW]
    found = [(c.field, c.old, c.new) for each in plan.review.drafts for c in changes(plan, each)]
    first = "加固北湖水库大坝。完成坝体灌浆{}米，6月底前完工。"
    assert found == [
        ("task", first.format(1200), first.format(1500)),
        ("lead", "县财政局", "县发改局"),
        ("cooperating", "县发改局", "县财政局"),
    ]
    assert [task.number for task in plan.missing] == ["2"]


def test_a_corrected_version_updates_and_removes_nothing(office, stored, later):
    _, outcome = apply_all(office, CORRECTED, later)
    assert outcome.value.created == ("1-005",)
    assert outcome.value.updated == ("1-001", "1-003")
    tasks = tasks_of(office)
    assert [task.number for task in tasks] == ["1", "2", "3", "4", "5"]
    assert tasks[2].roles == Roles(("县发改局",), ("县财政局",))
    plan, again = apply_all(office, CORRECTED, later)
    assert standings(plan) == [Standing.SAME] * 4
    assert not again.changes


def test_what_the_clerk_changed_since_is_no_change_of_the_document(office, stored, later):
    words = TaskWords(text="加固北湖水库大坝。", lead="县水利局、县应急局", persons="王立")
    edit_task(office, "1-001", words, who=WHO, now=later)
    extend_deadline(office, "1-001", "2026-09-30", "汛期延误", who=WHO, now=later)
    plan = propose_drafts(office, decomposed())
    assert standings(plan) == [Standing.SAME] * 4


def test_a_cell_both_sides_changed_is_disputed_and_stays(office, stored, later):
    edit_task(office, "1-001", TaskWords(text="加固北湖水库大坝，共1300米。"), who=WHO, now=later)
    plan, outcome = apply_all(office, CORRECTED, later)
    (change,) = changes(plan, plan.review.drafts[0])
    assert change.disputed
    assert plan.review.drafts[0].kept == {"task"}
    assert "1-001" not in outcome.value.updated
    assert tasks_of(office)[0].text == "加固北湖水库大坝，共1300米。"
    again = propose_drafts(office, decomposed(CORRECTED))
    assert standing(again, again.review.drafts[0]) is Standing.CHANGED


def test_the_clerk_may_settle_a_dispute_for_the_document(office, stored, later):
    edit_task(office, "1-001", TaskWords(text="加固大坝。", number="9"), who=WHO, now=later)
    plan = propose_drafts(office, decomposed(CORRECTED))
    review = edits.keep_field(all_decided(plan), 1, "task", kept=False)
    apply_drafts(office, plan, review, who=WHO, now=later)
    task = tasks_of(office)[0]
    assert "1500米" in task.text
    assert task.number == "9"


def test_a_deadline_taken_out_of_the_document_is_proposed_to_go(office, stored, later):
    plan = propose_drafts(office, decomposed(PLAN.replace("，6月底前完工", "")))
    fields = {c.field: (c.old, c.new) for c in changes(plan, plan.review.drafts[0])}
    assert fields["deadline"] == ("6月底前（2026-06-30）", "")


def test_undo_takes_all_back_and_redo_brings_it_again(office, plan, now, later):
    before = everything(office)
    apply_drafts(office, plan, all_decided(plan), who=WHO, now=now)
    after = everything(office)
    undo_step(office, who=WHO, now=later)
    assert everything(office) == before
    redo_step(office, who=WHO, now=later)
    assert everything(office) == after


def test_a_draft_left_out_is_proposed_again_and_a_dropped_one_is_not(office, plan, now, later):
    review = edits.drop(edits.choose(all_decided(plan), [1], chosen=False), [4])
    outcome = apply_drafts(office, plan, review, who=WHO, now=now)
    assert outcome.sentence.startswith("新建 2 项，更新 0 项，1 项未选没有写入")
    again = propose_drafts(office, decomposed())
    assert standings(again)[0] is Standing.NEW
    assert [each.dropped for each in again.review.drafts] == [False, False, False, True]


def test_new_tasks_stand_where_they_stand_in_the_document(office, plan, now, later):
    review = edits.choose(all_decided(plan), [1, 3], chosen=False)
    apply_drafts(office, plan, review, who=WHO, now=now)
    apply_all(office, PLAN, later)
    assert [task.number for task in tasks_of(office)] == ["1", "2", "3", "4"]


def test_a_task_taken_back_out_of_the_ledger_is_not_proposed_again(office, stored, later):
    with office.change("撤回", WHO, later) as work:
        work.task("1-002").withdrawn = "与上级重复"
    plan = propose_drafts(office, decomposed())
    assert [each.dropped for each in plan.review.drafts] == [False, True, False, False]


def test_drafts_merged_and_split_stay_the_same_the_next_time(office, plan, now, later):
    review = edits.merge(all_decided(plan), 3, 4)
    review = edits.split_items(review, 2, PLAN)
    apply_drafts(office, plan, review, who=WHO, now=now)
    assert len(tasks_of(office)) == 4
    before = everything(office)
    again = propose_drafts(office, decomposed())
    assert standings(again) == [Standing.SAME] * 4
    apply_drafts(office, again, again.review, who=WHO, now=later)
    assert everything(office) == before


def test_a_change_of_what_was_split_is_asked_about(office, plan, now):
    review = edits.split_items(all_decided(plan), 2, PLAN)
    apply_drafts(office, plan, review, who=WHO, now=now)
    again = propose_drafts(office, decomposed(PLAN.replace("18公里", "20公里")))
    asked = again.review.drafts[1]
    assert standing(again, asked) is Standing.DOUBTFUL
    assert not asked.will_be_stored
    codes = {c.task.code for c in again.candidates[asked.id]}
    assert codes == {task.code for task in tasks_of(office) if task.number.startswith("2")}


def test_the_words_of_another_document_are_asked_about_never_taken(office, stored, later):
    other = PLAN.replace("12号", "45号").replace("冬春季水利建设实施方案", "安全生产工作要点")
    plan = propose_drafts(office, decomposed(other), ledger=TITLE)
    assert plan.former is None
    assert standings(plan) == [Standing.DOUBTFUL] * 4
    assert "另一份文件里的任务" in plan.candidates[1][0].reasons
    new = edits.choose(edits.is_task(plan.review, 1, ""), [1])
    assert apply_drafts(office, plan, new, who=WHO, now=later).value.created == ("1-005",)


def test_tasks_of_a_table_are_found_and_filled(office, now, later):
    heading = "序号\t工作任务\t牵头单位\t落实情况"
    table = f"{heading}\n3\t落实建设资金。统筹涉农资金2亿元。\t县财政局\t已到位。"
    apply_import(office, propose_import(office, read_text(table)), who=WHO, now=now)
    ledger = list_ledgers(office)[0].name
    plan = propose_drafts(office, decomposed(), ledger=ledger)
    assert standings(plan)[2] is Standing.CHANGED
    assert {c.field for c in changes(plan, plan.review.drafts[2])} == {"section", "cooperating"}
    apply_drafts(office, plan, all_decided(plan), who=WHO, now=later)
    tasks = {task.number: task for task in list_tasks(office, choose_ledger(office, ledger))}
    assert len(tasks) == 4
    assert tasks["3"].code == "1-001"
    assert tasks["3"].roles == Roles(("县财政局",), ("县发改局",))


def test_a_former_version_is_told_by_its_number_else_by_its_title(office, stored):
    renamed = PLAN.replace("冬春季水利建设实施方案", "水利建设方案")
    assert propose_drafts(office, decomposed(renamed)).former is not None
    next_year = PLAN.replace("〔2026〕12号", "〔2027〕3号")
    assert propose_drafts(office, decomposed(next_year), ledger=TITLE).former is None
    unnumbered = PLAN.replace("清政〔2026〕12号\n", "")
    assert propose_drafts(office, decomposed(unnumbered)).former is not None


def test_nothing_is_written_where_the_ledger_changed_since(office, stored, later):
    plan = propose_drafts(office, decomposed(CORRECTED))
    edit_task(office, "1-001", TaskWords(text="另改。"), who=WHO, now=later)
    before = everything(office)
    with pytest.raises(UserError, match="又被改动"):
        apply_drafts(office, plan, all_decided(plan), who=WHO, now=later)
    assert everything(office) == before


def test_nothing_is_written_where_a_task_came_since(office, plan, now, later):
    apply_drafts(office, plan, all_decided(plan), who=WHO, now=now)
    before = everything(office)
    with pytest.raises(UserError, match="又被改动"):
        apply_drafts(office, plan, all_decided(plan), who=WHO, now=later)
    assert everything(office) == before


def test_two_drafts_never_write_one_task(office, stored, later):
    plan = propose_drafts(office, decomposed(CORRECTED))
    review = edits.is_task(all_decided(plan), 2, "1-001")
    with pytest.raises(UserError, match="两项草稿"):
        apply_drafts(office, plan, review, who=WHO, now=later)


def test_nothing_chosen_is_an_error(office, plan, now):
    with pytest.raises(UserError, match="没有选中"):
        apply_drafts(
            office, plan, edits.choose(plan.review, [1, 2, 3, 4], chosen=False), who=WHO, now=now
        )
    assert list_ledgers(office) == ()


def test_a_stop_leaves_nothing_behind(office, plan, now):
    progress = Progress(cancel_wanted=True)
    with pytest.raises(Cancelled):
        apply_drafts(office, plan, all_decided(plan), who=WHO, now=now, progress=progress)
    assert list_ledgers(office) == ()
    assert units_of(office) == []


def test_a_new_file_goes_again_where_nothing_could_be_stored(tmp_path, now):
    plan = propose_drafts(None, decomposed())
    path = tmp_path / "新 台账.db"
    with pytest.raises(UserError):
        decompose_as_new_office(path, plan, replace(plan.review, drafts=()), who=WHO, now=now)
    assert not path.exists()
    office, outcome = decompose_as_new_office(path, plan, all_decided(plan), who=WHO, now=now)
    assert len(outcome.value.created) == 4
    office.close()


def test_a_short_name_is_the_unit_known_by_its_whole_name(office, now):
    new_ledger(office, TITLE, who=WHO, now=now)
    with office.change("单位", WHO, now) as work:
        Registrar(work).register(["县发展和改革局"])
    plan, outcome = apply_all(office, PLAN, now, ledger=TITLE)
    assert plan.questions == ()
    assert "县发改局" not in outcome.value.units_new
    assert tasks_of(office)[2].roles.cooperating == ("县发改局",)
    with office.read() as view:
        names = view.unit_names()
        assert names.find("县发改局") == names.find("县发展和改革局")


ODD = PLAN.replace("县市场监管局", "县域管局、县市场监管局")


def test_a_name_close_to_a_known_unit_is_asked_about(office, now):
    with office.change("单位", WHO, now) as work:
        Registrar(work).register(["县城管局"])
    plan = propose_drafts(office, decomposed(ODD))
    (question,) = plan.questions
    assert (question.printed, question.units) == ("县域管局", ("县城管局",))
    assert not plan.review.drafts[3].chosen
    assert any("县城管局" in doubt for doubt in plan.review.drafts[3].doubts)
    review = edits.stands_for(plan.review, "县域管局", "县城管局")
    assert review.drafts[3].chosen
    apply_drafts(office, plan, review, who=WHO, now=now)
    assert "县域管局" not in units_of(office)
    assert tasks_of(office)[3].roles.responsible == ("县域管局", "县市场监管局")
    with office.read() as view:
        names = view.unit_names()
        assert names.find("县域管局") == names.find("县城管局")


def test_a_name_said_to_be_its_own_unit_becomes_one(office, now):
    with office.change("单位", WHO, now) as work:
        Registrar(work).register(["县城管局"])
    plan = propose_drafts(office, decomposed(ODD))
    review = edits.stands_for(plan.review, "县域管局", "县域管局")
    apply_drafts(office, plan, review, who=WHO, now=now)
    assert {"县域管局", "县城管局"} <= set(units_of(office))


EDITS = st.lists(
    st.tuples(
        st.sampled_from(["merge", "split", "drop", "untick", "units", "settle"]),
        st.integers(0, 5),
        st.integers(0, 5),
        st.integers(1, 20),
    ),
    max_size=5,
)


def edited(review, kind, first, second, place):
    ids = [each.id for each in review.drafts]
    one, other = ids[first % len(ids)], ids[second % len(ids)]
    return {
        "merge": lambda: edits.merge(review, one, other),
        "split": lambda: edits.split_at(review, one, place, PLAN),
        "drop": lambda: edits.drop(review, [one]),
        "untick": lambda: edits.choose(review, [one], chosen=False),
        "units": lambda: edits.edit_units(review, one, Role.LEAD, ["县水利局", f"县{place}局"]),
        "settle": lambda: edits.settle(review, one),
    }[kind]()


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(operations=EDITS)
def test_whatever_the_clerk_does_undo_restores_and_a_second_time_is_the_same(
    operations, office, now, later
):
    plan = propose_drafts(office, decomposed())
    review = all_decided(plan)
    for operation in operations:
        try:
            review = edited(review, *operation)
        except UserError:
            continue
    if not review.chosen():
        return
    before = everything(office)
    apply_drafts(office, plan, review, who=WHO, now=now)
    wanted = sorted(each.draft.text for each in review.chosen())
    assert sorted(task.text for task in tasks_of(office)) == wanted
    after = everything(office)
    again = propose_drafts(office, decomposed())
    kept = [each for each in again.review.drafts if each.task]
    if kept:
        only = edits.choose(
            again.review, [d.id for d in again.review.drafts if not d.task], chosen=False
        )
        apply_drafts(office, again, only, who=WHO, now=later)
        assert [row for row, *_ in everything(office)[2]] == [row for row, *_ in after[2]]
    while everything(office)[0] != before[0]:
        undo_step(office, who=WHO, now=later)
    assert everything(office) == before
