"""The unit of work: all or nothing, one step, and undo that takes everything back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import inspect

from tracker.base.errors import UserError
from tracker.store.files import create_store
from tracker.store.models import Assignment, Entry, Ledger, Part, Round, Task, Unit


def fill(office, now, texts=("修桥。", "建校。")):
    with office.change("新建", "张三", now) as work:
        ledger = Ledger(name="民生实事")
        work.add(ledger)
        work.add(Round(ledger_id=ledger.id, number=1, cut_off=date(2026, 3, 31)))
        unit = Unit(name="县住建局", position=1)
        work.add(unit)
        for position, text in enumerate(texts, 1):
            task = Task(
                ledger_id=ledger.id,
                code=f"1-{work.count('task:1'):03d}",
                text=text,
                position=position,
                deadline_date=date(2026, 6, 30),
            )
            task.parts.append(Part(mark="①", text="测量", position=1))
            task.assignments.append(
                Assignment(unit_id=unit.id, role="lead", position=1, printed="县住建局")
            )
            work.add(task)
    return work


def picture(office):
    """Everything the office holds, as values."""
    with office.read() as view:
        ledgers = view.ledgers()
        return (
            ledgers,
            [(view.tasks(x.id, withdrawn=True), view.rounds(x.id)) for x in ledgers],
            [[view.entries(r.id) for r in view.rounds(x.id)] for x in ledgers],
            view.units(),
        )


def test_an_exception_leaves_nothing_behind(office, now):
    with pytest.raises(RuntimeError), office.change("新建", "张三", now) as work:
        work.add(Ledger(name="半途而废"))
        raise RuntimeError
    with office.read() as view:
        assert view.ledgers() == ()
        assert view.steps() == ()


def test_a_unit_of_work_leaves_one_step_and_says_what_it_touched(office, now):
    work = fill(office, now)
    with office.read() as view:
        (step,) = view.steps()
    assert (step.label, step.who, step.at) == ("新建", "张三", now)
    assert work.changes.of("task") == {1, 2}
    assert work.changes.of("note") == frozenset()


def test_a_unit_of_work_that_changes_nothing_leaves_no_step(office, now):
    fill(office, now)
    with office.change("空转", "张三", now) as work:
        task = work.task("1-001")
        task.text = task.text + ""
    assert not work.changes
    with office.read() as view:
        assert len(view.steps()) == 1


def test_undo_takes_back_new_changed_and_deleted_rows(office, now):
    fill(office, now)
    before = picture(office)
    with office.change("改", "李四", now) as work:
        task = work.task("1-001")
        task.text = "修两座桥。"
        task.deadline_date = date(2026, 9, 30)
        work.add(Entry(task_id=task.id, round_id=1, text="已开工。"))
        work.remove(work.task("1-002"))
    after = picture(office)
    assert after != before
    office.undo("李四", now)
    assert picture(office) == before
    office.redo("李四", now)
    assert picture(office) == after


def test_a_row_made_and_changed_in_one_step_is_undone_whole(office, now):
    with office.change("新建", "张三", now) as work:
        ledger = Ledger(name="甲")
        work.add(ledger)
        ledger.name = "乙"
        work.add(Round(ledger_id=ledger.id, number=1))
        ledger.year = 2026
    office.undo("张三", now)
    with office.read() as view:
        assert view.ledgers() == ()
    office.redo("张三", now)
    with office.read() as view:
        assert [(x.name, x.year) for x in view.ledgers()] == [("乙", 2026)]


def test_rows_taken_out_of_their_parents_list_come_back_with_undo(office, now):
    fill(office, now)
    before = picture(office)
    with office.change("改", "李四", now) as work:
        task = work.task("1-001")
        task.assignments.clear()
        task.parts.clear()
        work.add(unit := Unit(name="县水利局", position=2))
        task.assignments.append(
            Assignment(unit_id=unit.id, role="lead", position=1, printed="县水利局")
        )
    after = picture(office)
    office.undo("李四", now)
    assert picture(office) == before
    office.redo("李四", now)
    assert picture(office) == after


def _tasks(ledger, round_, unit, texts):
    """New tasks with all that may hang on them; the second has nothing."""
    tasks = [
        Task(ledger_id=ledger.id, code=f"1-{number:03d}", text=text, position=number)
        for number, text in enumerate(texts, 1)
    ]
    first = tasks[0]
    first.persons, first.deadline_date = ["李四"], date(2026, 6, 30)
    first.parts.append(Part(mark="①", text="测量", position=1))
    for place, part in enumerate((first.parts[0], None), 1):
        held = Assignment(unit_id=unit.id, role="lead", position=place, printed="县住建局")
        first.assignments.append(held)
        held.part = part
    first.entries.append(Entry(round_id=round_.id, text="已开工。", extra=[["挂图", "是"]]))
    return tasks


def _stored(path, now, store):
    """What an office holds and what its trace tells once `store` has stored the tasks."""
    office = create_store(path, now)
    with office.change("新建", "张三", now) as work:
        work.add(ledger := Ledger(name="民生实事"))
        work.add(round_ := Round(ledger_id=ledger.id, number=1))
        work.add(unit := Unit(name="县住建局", position=1))
        store(work, _tasks(ledger, round_, unit, ("修桥。", "建校。")))
    with office.read() as view:
        trace = [
            {(c.table, c.row_id): (c.before, c.after) for c in view.task_changes(task)}
            for task in (1, 2)
        ]
    return office, trace, work.changes


def test_tasks_stored_at_once_and_one_by_one_are_the_same(tmp_path, now):
    whole = _stored(tmp_path / "a.db", now, lambda work, tasks: work.add_tasks(tasks))
    single = _stored(tmp_path / "b.db", now, lambda work, tasks: work.add_all(tasks))
    assert whole[1:] == single[1:]
    assert len(whole[1][0]) == 5
    pictures = [picture(office) for office, _, _ in (whole, single)]
    assert pictures[0] == pictures[1]
    whole[0].undo("李四", now)
    assert picture(whole[0])[1] == []
    whole[0].redo("李四", now)
    assert picture(whole[0]) == pictures[1]


def test_ids_go_on_behind_tasks_that_were_stored_at_once_and_undone(office, now):
    def store(work):
        ledger = work.find_ledger("民生实事")
        work.add_tasks([Task(ledger_id=ledger.id, code="1-009", text="修路。")])

    fill(office, now)
    with office.change("导入", "张三", now) as work:
        store(work)
    assert work.changes.of("task") == {3}
    office.undo("张三", now)
    with office.change("导入", "张三", now) as work:
        store(work)
        work.add(Task(ledger_id=1, code="1-010", text="修渠。"))
    assert work.changes.of("task") == {4, 5}


def test_parts_and_units_of_many_tasks_are_read_at_once(office, now):
    fill(office, now)
    with office.change("改", "张三", now) as work:
        tasks = work.tasks(work.find_ledger("民生实事"))
        work.load_parts_and_units(tasks)
        read = [inspect(task).unloaded & {"parts", "assignments"} for task in tasks]
    assert read == [set(), set()]


def test_undo_goes_back_step_by_step_and_redo_ends_at_a_new_step(office, now):
    fill(office, now)
    for text in ("甲", "乙"):
        with office.change(f"改为{text}", "张三", now) as work:
            work.task("1-001").text = text
    assert office.undo("张三", now)[0].label == "改为乙"
    assert office.undo("张三", now)[0].label == "改为甲"
    assert office.redo("张三", now)[0].label == "改为甲"
    with office.change("改为丙", "张三", now) as work:
        work.task("1-001").text = "丙"
    with pytest.raises(UserError, match="没有可以重做"):
        office.redo("张三", now)
    labels = []
    while True:
        try:
            labels.append(office.undo("张三", now)[0].label)
        except UserError:
            break
    assert labels == ["改为丙", "改为甲", "新建"]


def test_undo_stops_at_a_barrier_with_its_reason(office, now):
    fill(office, now)
    with office.change("定稿", "张三", now) as work:
        work.barrier = "定稿的一期不能退回"
    with pytest.raises(UserError, match="定稿的一期不能退回"):
        office.undo("张三", now)


def test_a_code_is_never_given_again_after_undo(office, now):
    fill(office, now)
    office.undo("张三", now)
    with office.change("新建", "张三", now) as work:
        assert work.count("task:1") == 3


def test_the_trace_is_never_erased(office, now):
    fill(office, now)
    office.undo("张三", now)
    office.redo("张三", now)
    with office.read() as view:
        assert [s.label for s in view.steps()] == ["新建", "撤销：新建", "重做：新建"]
        assert view.undoable().label == "新建"
        assert view.redoable() is None


def test_changed_since_tells_columns_by_row(office, now):
    fill(office, now)
    with office.change("改", "张三", now + timedelta(minutes=5)) as work:
        work.task("1-002").text = "建两所校。"
    with office.read() as view:
        assert view.changed_since(now, "task") == {2: frozenset({"text"})}
        assert view.reassigned_since(now) == frozenset()


OPERATIONS = st.lists(
    st.one_of(
        st.tuples(st.just("text"), st.integers(0, 2), st.text(max_size=5)),
        st.tuples(st.just("remove"), st.integers(0, 2), st.just("")),
        st.tuples(st.just("entry"), st.integers(0, 2), st.text(max_size=5)),
        st.tuples(st.just("unit"), st.integers(0, 9), st.text(max_size=3)),
    ),
    max_size=6,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(operations=OPERATIONS)
def test_undo_after_any_change_restores_every_letter(operations, tmp_path_factory, now):
    from tracker.store.files import create_store

    office = create_store(tmp_path_factory.mktemp("law") / "台账.db", now)
    fill(office, now, ("甲", "乙", "丙"))
    before = picture(office)
    with office.change("乱改", "张三", now) as work:
        tasks = work.tasks(work.ledger(1))
        round_ = work.rounds(work.ledger(1))[0]
        for name, index, text in operations:
            task = tasks[index % len(tasks)] if tasks else None
            if name == "unit":
                if not any(u.name == f"{index}{text}" for u in work.units()):
                    work.add(Unit(name=f"{index}{text}", position=9))
            elif task is None:
                continue
            elif name == "text":
                task.text = text
            elif name == "remove":
                work.remove(task)
                tasks.remove(task)
            elif work.entry(task, round_) is None:
                work.add(Entry(task_id=task.id, round_id=round_.id, text=text))
    after = picture(office)
    if work.changes:
        office.undo("张三", now)
        assert picture(office) == before
        office.redo("张三", now)
        assert picture(office) == after
    office.close()
