"""结转: what is unfinished goes on with its history; the old year stays as it is."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.year_story import NAME, WHO, live_a_year, said
from tracker.base.errors import UserError
from tracker.domain.browse import Filter
from tracker.domain.carry import CarryChoice
from tracker.domain.milestone import Milestone
from tracker.domain.slip import SlipChoice, SlipKind
from tracker.domain.terms import Completion, Role
from tracker.ops.browse import find_tasks, task_card, trace
from tracker.ops.carry_over import carry_over, plan_carry
from tracker.ops.collect import read_returns
from tracker.ops.editions import close_round
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.forms import plan_forms
from tracker.ops.history import undo_step
from tracker.ops.import_table import propose_import, read_text
from tracker.ops.last_year import code_in
from tracker.ops.ledgers import archive_ledger, choose_ledger, list_ledgers
from tracker.ops.milestones import list_milestones, mark_milestone, set_milestones
from tracker.ops.reports import export_situation
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.situation_rows import full_rows
from tracker.ops.slips import new_slip
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import TaskWords, edit_task, extend_deadline, find_task, list_tasks
from tracker.ops.upkeep import check_office

END = datetime(2026, 12, 28, 9)
NEXT = "2027年城乡建设重点工作"
UNFINISHED = ("1-002", "1-005", "1-006")


@pytest.fixture
def year(office):
    return live_a_year(office)


def carry(office, ledger, name=NEXT, *, now=END, codes=None, keep=False):
    choice = CarryChoice(codes, keep)
    return carry_over(office, ledger, name, 2027, choice=choice, who=WHO, now=now)


def contents(path):
    """Every row of every table but the trace and the counters."""
    names = "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    left_out = {"journal", "journal_change", "counter", "migration"}
    with closing(sqlite3.connect(path)) as connection:
        return {
            table: connection.execute(f"select * from {table} order by 1").fetchall()
            for (table,) in connection.execute(names).fetchall()
            if table not in left_out
        }


def test_the_unfinished_go_on_and_the_old_ledger_stays(office, year):
    before = list_tasks(office, year)
    done = carry(office, year)
    made = list_tasks(office, choose_ledger(office, NEXT))
    assert tuple(old for old, _ in done.value.codes) == UNFINISHED
    assert [(t.code, t.number) for t in made] == [("2-001", "1"), ("2-002", "2"), ("2-003", "3")]
    assert [t.old_codes for t in made] == [(code,) for code in UNFINISHED]
    assert list_tasks(office, year) == before


def test_text_units_parts_persons_and_deadlines_go_along(office, year):
    carry(office, year)
    old, new = find_task(office, "1-002"), find_task(office, "2-001")
    for name in ("text", "title", "section", "persons", "deadline", "roles", "units_text"):
        assert getattr(new, name) == getattr(old, name)
    assert [(p.mark, p.text, p.roles) for p in new.parts] == [
        (p.mark, p.text, p.roles) for p in old.parts
    ]
    assert new.completion is Completion.IN_PROGRESS


def test_a_deadline_that_has_passed_is_kept_and_pointed_out(office, year):
    done = carry(office, year)
    assert done.value.to_date == ("2-003",)
    assert done.sentence.endswith("其中 1 项已过时限，请核定新时限：第3项")
    assert find_task(office, "2-003").deadline == find_task(office, "1-006").deadline
    assert task_card(office, "2-003", None, END.date()).must_date
    extend_deadline(office, "2-003", "2027-06-30", "跨年续办", who=WHO, now=END)
    assert not task_card(office, "2-003", None, END.date()).must_date


def test_only_steps_that_are_not_done_go_along(office, year):
    steps = [Milestone(date(2026, 5, 1), "选址"), Milestone(date(2026, 11, 1), "开工", "3处")]
    set_milestones(office, "1-005", steps, who=WHO, now=END)
    mark_milestone(office, "1-005", 1, date(2026, 5, 2), who=WHO, now=END)
    carry(office, year)
    assert list_milestones(office, "2-002") == (steps[1],)


def test_numbers_are_kept_on_wish(office, year):
    carry(office, year, keep=True)
    assert [t.number for t in list_tasks(office, choose_ledger(office, NEXT))] == ["2", "10", "11"]


def test_carrying_over_again_takes_only_what_is_left(office, year):
    carry(office, year, codes=("1-005",))
    carry(office, year)
    made = list_tasks(office, choose_ledger(office, NEXT))
    assert [t.old_codes[0] for t in made] == ["1-005", "1-002", "1-006"]
    assert [t.number for t in made] == ["1", "2", "3"]
    with pytest.raises(UserError, match="没有要结转的任务"):
        carry(office, year)
    with pytest.raises(UserError, match="已经结转到"):
        carry(office, year, name="另一个", codes=("1-005",))
    assert len(list_ledgers(office)) == 2


def test_a_closed_task_goes_on_only_where_the_clerk_says_so(office, year):
    carry(office, year, codes=("1-004",))
    task = find_task(office, "2-001")
    assert (task.completion, task.closings) == (Completion.IN_PROGRESS, ())
    assert find_task(office, "1-004").completion is Completion.CLOSED


@pytest.mark.parametrize("code", ["1-008", "1-007", "9-999"])
def test_what_does_not_count_cannot_go_on(office, year, code):
    with pytest.raises(UserError, match="不能结转"):
        carry(office, year, codes=(code,))


def test_a_ledger_does_not_go_into_itself_or_into_an_archived_one(office, year):
    with pytest.raises(UserError, match="不能与原专项同名"):
        carry(office, year, name=NAME)
    carry(office, year, codes=("1-005",))
    archive_ledger(office, choose_ledger(office, NEXT), who=WHO, now=END)
    with pytest.raises(UserError, match="已归档"):
        carry(office, year)


def test_undo_takes_the_new_ledger_away_whole(office, year, office_path):
    set_milestones(office, "1-005", [Milestone(date(2026, 5, 1), "选址")], who=WHO, now=END)
    before = contents(office_path)
    carry(office, year)
    undo_step(office, who=WHO, now=END)
    assert contents(office_path) == before
    assert [ledger.name for ledger in list_ledgers(office)] == [NAME]
    carry(office, year)
    assert find_task(office, "3-001").old_codes == ("1-002",)
    assert check_office(office_path, END) == ()


def test_the_year_before_is_read_from_the_new_task(office, year):
    carry(office, year)
    now = datetime(2027, 1, 20, 9)
    new_round(office, choose_ledger(office, NEXT), who=WHO, now=now)
    write_entry(office, "2-002", EntryWords(progress="已接续推进。"), who=WHO, now=now)
    card = task_card(office, "2-002", None, now.date())
    told = [(e.ledger, e.round.number, e.entry.text) for e in card.entries]
    old = [(NAME, number, said("1-005", number)) for number in (3, 2, 1)]
    assert told == [("", 1, "已接续推进。"), *old]
    assert card.before is not None
    assert (card.before.ledger, card.before.entry.text) == (NAME, said("1-005", 3))
    fields = [line.field for line in trace(office, "2-002")]
    assert f"落实情况（第1期）（{NAME}）" in fields
    assert not any(line.restorable for line in trace(office, "2-002") if NAME in line.field)


def test_the_old_task_says_where_it_goes_on(office, year):
    carry(office, year)
    first = trace(office, "1-005")[0]
    assert (first.field, first.label) == ("结转", f"结转到“{NEXT}”")
    assert first.new == f"结转到“{NEXT}”第2项（编号2-002）"
    assert [each.code for each in task_card(office, "1-005", None, END.date()).goes_on] == ["2-002"]


def test_old_codes_reach_over_several_years(office, year):
    carry(office, year)
    carry_over(
        office,
        choose_ledger(office, NEXT),
        "2028年城乡建设重点工作",
        2028,
        choice=CarryChoice(("2-002",)),
        who=WHO,
        now=datetime(2027, 12, 28),
    )
    latest = choose_ledger(office, "2028年城乡建设重点工作")
    assert find_task(office, "3-001").old_codes == ("2-002", "1-005")
    for words in ("1-005", "2-002", "3-001"):
        wanted = Filter(ledger_id=latest.id, text=words)
        assert len(find_tasks(office, wanted, None, END.date())) == 1
        assert code_in(office, latest, words) == "3-001"
    assert code_in(office, latest, "1-006") == "1-006"


def test_a_slip_about_an_old_code_is_about_the_task_that_goes_on(office, year):
    carry(office, year)
    ledger = choose_ledger(office, NEXT)
    code = code_in(office, ledger, "1-006")
    choice = SlipChoice(SlipKind.HINT, "县住建局", (code,))
    new_slip(office, ledger, choice, who=WHO, now=END)
    assert code == "2-003"


@pytest.mark.parametrize("heading", ["任务编码", "序号"])
def test_a_table_with_last_years_codes_finds_the_new_tasks(office, year, heading):
    carry(office, year)
    rows = "\n".join(
        f"{code}\t{text}\t{units}\t接着办。"
        for code, text, units in (
            ("1-002", "①建成书屋；②开展巡讲。", "县文旅局"),
            ("1-005", "推广5G应用场景。", "县工信局"),
            ("1-006", "栽植行道树（续）600株。", "县住建局"),
        )
    )
    table = read_text(f"{heading}\t工作任务\t牵头单位\t落实情况\n{rows}\n")
    proposal = propose_import(office, table, ledger=NEXT)
    assert not proposal.proposal.create
    assert [match.task for match in proposal.proposal.matches] == ["2-001", "2-002", "2-003"]


def test_a_units_own_table_with_last_years_codes_finds_the_new_tasks(office, year, tmp_path):
    carry(office, year)
    ledger = choose_ledger(office, NEXT)
    new_round(office, ledger, who=WHO, now=END)
    book = openpyxl.Workbook()
    for row in (
        ("填报单位：县工信局",),
        ("任务编号", "工作任务", "本期进展"),
        ("1-005", "推广5G在厂矿的应用", "新开通基站6个。"),
    ):
        book.active.append(row)
    book.save(tmp_path / "县工信局.xlsx")
    round_ = list_rounds(office, ledger)[-1]
    found = read_returns(office, ledger, round_, [tmp_path / "县工信局.xlsx"], today=END.date())
    assert [(note.code, note.text) for note in found.notes] == [("2-002", "新开通基站6个。")]


def test_first_forms_and_tables_show_what_the_year_before_said(office, year):
    carry(office, year)
    ledger = choose_ledger(office, NEXT)
    new_round(office, ledger, who=WHO, now=END)
    round_ = list_rounds(office, ledger)[-1]
    rows = full_rows(office, ledger, round_, END.date())
    before = [row.before for row in getattr(rows, "rows", rows)]
    assert before == [said(code, 3) for code in UNFINISHED]
    forms = plan_forms(office, ledger, round_).forms
    told = {row.before for form in forms for row in form.rows}
    assert told == set(before)


def test_a_closed_year_prints_the_same_after_the_carry(office, year, tmp_path):
    close_round(office, year, list_rounds(office, year)[-1], who=WHO, now=END)
    rounds = list_rounds(office, year)

    def printed(folder):
        folder.mkdir()
        for round_ in rounds:
            for ending in (".xlsx", ".docx"):
                target = folder / f"{round_.number}{ending}"
                export_situation(office, year, round_, target, now=END)
        return [path.read_bytes() for path in sorted(folder.iterdir())]

    before = printed(tmp_path / "前")
    carry(office, year)
    assert printed(tmp_path / "后") == before


def test_the_plan_says_what_to_look_at(office, year):
    plan = plan_carry(office, year, END.date())
    doubts = {line.task.code: line.doubts for line in plan.lines}
    assert doubts["1-006"] == ("已过时限，请核定新时限（原时限2026年3月31日）",)
    assert doubts["1-001"][-1] == "已销号；结转后为推进中"
    assert plan.proposed == UNFINISHED
    last = {line.task.code: line.last for line in plan.lines}
    assert last["1-005"].entry.text == said("1-005", 3)


def test_a_deadline_without_its_year_is_pointed_out(office, year):
    edit_task(office, "1-002", TaskWords(deadline="12月底前"), who=WHO, now=END)
    doubts = {line.task.code: line.doubts for line in plan_carry(office, year, END.date()).lines}
    assert doubts["1-002"] == ("时限“12月底前”没有写年份（2026年12月31日），请核定",)
    assert doubts["1-005"] == ()


@settings(max_examples=12, deadline=None)
@given(st.sets(st.sampled_from(UNFINISHED)), st.booleans())
def test_whatever_is_chosen_undo_brings_everything_back(tmp_path_factory, chosen, keep):
    from tracker.store.files import create_store

    path = tmp_path_factory.mktemp("结转") / "台账.db"
    office = create_store(path, END)
    try:
        year = live_a_year(office, 1)
        for code in chosen - {"1-006"}:
            withdraw_task(office, code, "不再办理", who=WHO, now=END)
        before = contents(path)
        plan = plan_carry(office, year, END.date())
        done = carry(office, year, keep=keep)
        made = list_tasks(office, choose_ledger(office, NEXT))
        assert len(done.value.codes) == len(plan.proposed) == len(made)
        for task in made:
            assert task.roles.of(Role.LEAD) == find_task(office, task.old_codes[0]).roles.lead
        undo_step(office, who=WHO, now=END)
        assert contents(path) == before
    finally:
        office.close()
