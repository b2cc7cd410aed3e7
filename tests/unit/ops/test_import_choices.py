"""What the clerk chose of an import is carried out as one step, and nothing else."""

from __future__ import annotations

import pytest

from tracker.base.errors import Cancelled, StoreProblem, UserError
from tracker.base.progress import Progress
from tracker.domain.proposal import NEW_TASK, Decisions
from tracker.ops.history import list_steps, next_undo, undo_step
from tracker.ops.import_table import (
    apply_import,
    choose,
    import_as_new_office,
    propose_import,
    read_text,
    undo_import,
)
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds
from tracker.ops.tasks import list_tasks

WHO = "张三"
HEAD = "序号\t工作任务\t牵头单位\t配合单位\t落实情况\t备注"
FIRST = (
    ("1", "修复水毁堤防8处。", "县水利局", "县财政局", "已修复3处。", ""),
    ("2", "建设城东停车场，新增泊位300个。", "县城管局", "", "已开工。", ""),
    ("3", "①新建考点1个；②培训教师200名。", "第①项由县住建局牵头，第②项由县教育局牵头", "", "", ""),
)
SECOND = (
    ("1", "修复水毁堤防9处。", "县应急局", "县财政局", "已修复5处。", "跨年"),
    ("8", "城东停车场建设，新增车位。", "县城管局", "", "已封顶。", ""),
    (
        "3",
        "①新建考点1个；②培训教师200名。",
        "第①项由县教育局牵头，第②项由县住建局牵头",
        "",
        "①已启用。",
        "",
    ),
    ("4", "编制防汛预案。", "县应急局", "", "已印发。", ""),
)


def text(rows):
    return "\n".join(["民生实事落实情况表", HEAD, *("\t".join(row) for row in rows)])


@pytest.fixture
def filled(office, now):
    apply_import(office, propose_import(office, read_text(text(FIRST))), who=WHO, now=now)
    return office


@pytest.fixture
def plan(filled):
    return propose_import(filled, read_text(text(SECOND)))


@pytest.fixture
def carry_out(filled, plan, now):
    def run(**decisions):
        chosen = choose(plan, Decisions(**decisions))
        return apply_import(filled, chosen, who=WHO, now=now)

    return run


def tasks(office):
    return {task.number: task for task in list_tasks(office, choose_ledger(office, None))}


def entries(office):
    ledger = choose_ledger(office, None)
    (round_,) = list_rounds(office, ledger)
    with office.read() as view:
        found = view.entries(round_.id)
    return {number: found.get(task.id) for number, task in tasks(office).items()}


def question(plan):
    return next(c.question for c in plan.proposal.conflict if c.question is not None)


def test_the_second_table_asks_about_the_one_row_it_cannot_place(plan):
    assert question(plan).row.number == "8"
    assert [c.row.number for c in plan.proposal.create] == ["4"]


def test_without_decisions_all_but_the_doubt_is_written(filled, carry_out):
    outcome = carry_out()
    assert outcome.sentence == "新建 1 项，更新 2 项，1 项待定没有写入"
    assert sorted(tasks(filled)) == ["1", "2", "3", "4"]
    assert tasks(filled)["1"].text == "修复水毁堤防9处。"
    assert entries(filled)["2"].text == "已开工。"


def test_a_refused_cell_stays_as_it_was_and_the_others_go_in(filled, carry_out):
    carry_out(refused=frozenset({("1-001", "task"), ("1-001", "lead")}))
    assert tasks(filled)["1"].text == "修复水毁堤防8处。"
    assert tasks(filled)["1"].roles.lead == ("县水利局",)
    assert entries(filled)["1"].text == "已修复5处。"
    assert entries(filled)["1"].remark == "跨年"


def test_a_row_not_wanted_is_not_created(filled, plan, carry_out):
    (creation,) = plan.proposal.create
    carry_out(not_created=frozenset({creation.row.origin}))
    assert sorted(tasks(filled)) == ["1", "2", "3"]


def test_the_doubtful_row_updates_the_task_it_is_said_to_be(filled, plan, carry_out):
    carry_out(answers={question(plan).row.origin: "1-002"})
    (task,) = [task for task in tasks(filled).values() if task.code == "1-002"]
    assert (task.number, task.text) == ("8", "城东停车场建设，新增车位。")
    assert entries(filled)["8"].text == "已封顶。"
    assert len(tasks(filled)) == 4


def test_the_doubtful_row_becomes_a_task_behind_the_row_before_it(filled, plan, carry_out):
    carry_out(answers={question(plan).row.origin: NEW_TASK})
    assert list(tasks(filled)) == ["1", "8", "2", "3", "4"]
    assert entries(filled)["8"].text == "已封顶。"


@pytest.mark.parametrize("refused", [True, False])
def test_units_divided_among_parts_change_together_or_not(filled, carry_out, refused):
    before = tasks(filled)["3"]
    carry_out(refused=frozenset({("1-003", "units")}) if refused else frozenset())
    after = tasks(filled)["3"]
    assert (after.units_text == before.units_text) is refused
    first = after.parts[0].roles.lead
    assert first == (("县住建局",) if refused else ("县教育局",))
    assert entries(filled)["3"].text == "①已启用。"


def test_whatever_was_chosen_is_one_step_that_undo_takes_back(filled, plan, carry_out, now):
    before = (tasks(filled), entries(filled))
    steps = len(list_steps(filled))
    carry_out(answers={question(plan).row.origin: "1-002"})
    assert len(list_steps(filled)) == steps + 1
    undo_step(filled, who=WHO, now=now)
    assert (tasks(filled), entries(filled)) == before


def test_refusing_everything_writes_nothing(filled, plan, carry_out):
    steps = len(list_steps(filled))
    outcome = carry_out(
        refused=frozenset((c.task, c.field) for c in plan.proposal.update) | {("1-003", "units")},
        not_created=frozenset(c.row.origin for c in plan.proposal.create),
    )
    assert not outcome.changes
    assert len(list_steps(filled)) == steps


def test_what_was_left_out_is_proposed_again(filled, plan, carry_out):
    carry_out(refused=frozenset({("1-001", "progress")}))
    again = propose_import(filled, read_text(text(SECOND))).proposal
    assert [(c.task, c.field) for c in again.update] == [("1-001", "progress")]
    assert len(again.conflict) == 1


def test_a_cancelled_import_leaves_no_trace(filled, plan, now):
    before = (tasks(filled), entries(filled), list_steps(filled))
    with pytest.raises(Cancelled):
        apply_import(filled, plan, who=WHO, now=now, progress=Progress(cancel_wanted=True))
    assert (tasks(filled), entries(filled), list_steps(filled)) == before


def test_a_new_office_is_made_and_filled(tmp_path, now):
    path = tmp_path / "新 台账.db"
    plan = propose_import(None, read_text(text(FIRST)))
    made, outcome = import_as_new_office(path, plan, who=WHO, now=now)
    assert sorted(tasks(made)) == ["1", "2", "3"]
    assert outcome.sentence == "新建 3 项，更新 0 项"
    made.close()
    again = open_office(path, now)
    assert [ledger.name for ledger in list_ledgers(again)] == ["民生实事"]
    again.close()


def test_a_new_office_that_was_cancelled_is_gone(tmp_path, now):
    plan = propose_import(None, read_text(text(FIRST)))
    stop = Progress(cancel_wanted=True)
    with pytest.raises(Cancelled):
        import_as_new_office(tmp_path / "新.db", plan, who=WHO, now=now, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_not_written_over(tmp_path, now):
    path = tmp_path / "已有.db"
    path.write_bytes(b"kept")
    plan = propose_import(None, read_text(text(FIRST)))
    with pytest.raises(StoreProblem):
        import_as_new_office(path, plan, who=WHO, now=now)
    assert path.read_bytes() == b"kept"


def test_an_import_is_taken_back_only_while_it_is_the_last_step(filled, carry_out, now):
    carry_out()
    step = next_undo(filled)
    undo_import(filled, step.id, who=WHO, now=now)
    assert tasks(filled)["1"].text == "修复水毁堤防8处。"
    with pytest.raises(UserError, match="不能只撤销这次导入"):
        undo_import(filled, step.id, who=WHO, now=now)


def test_a_cell_changed_since_the_proposal_stops_the_whole_import(filled, plan, carry_out, now):
    carry_out()
    before = (tasks(filled), list_steps(filled))
    with pytest.raises(UserError):
        apply_import(filled, plan, who=WHO, now=now)
    assert (tasks(filled), list_steps(filled)) == before


def test_a_plan_made_before_other_tasks_came_in_writes_nothing(office, now):
    source = read_text(text(FIRST))
    early, late = propose_import(office, source), propose_import(office, source)
    apply_import(office, early, who=WHO, now=now)
    with pytest.raises(UserError, match="任务有增减"):
        apply_import(office, late, who=WHO, now=now)
    assert len(list_tasks(office, choose_ledger(office, None))) == len(FIRST)


def test_withdrawn_tasks_do_not_stand_in_the_way(filled, now):
    code = list_tasks(filled, choose_ledger(filled, None))[1].code
    with filled.change("撤销任务", WHO, now) as work:
        work.task(code).withdrawn = "职责调整"
    plan = propose_import(filled, read_text(text(SECOND[-1:])))
    assert "新建 1 项" in apply_import(filled, plan, who=WHO, now=now).sentence
