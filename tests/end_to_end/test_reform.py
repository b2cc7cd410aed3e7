"""A ledger of 200 tasks through a reform of every kind between rounds 2 and 3.

Round 2 is printed again to the letter, older tables compare as they did before, nothing is given
to a unit that is no more, and every step undone gives back what was there.
"""

from __future__ import annotations

import csv
import random
import shutil
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from tests.helpers.reform_story import (
    LAST,
    NOW,
    TASKS,
    THIS,
    WHO,
    County,
    ask,
    given_to_nobody,
    live,
    printed_names,
    reforms,
    stored,
    written_out,
)
from tests.helpers.returned_forms import fill
from tracker.base.errors import UserError
from tracker.domain.board import BoardState
from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.domain.reform import NOBODY
from tracker.domain.terms import OPEN
from tracker.insight.owners import UnitBook
from tracker.ops.board import board
from tracker.ops.breakdown import export_breakdown
from tracker.ops.charts import read_charts
from tracker.ops.collect import apply_collection, read_returns
from tracker.ops.gantt import read_gantt
from tracker.ops.grouping import group_tasks
from tracker.ops.history import undo_step
from tracker.ops.import_table import propose_import, read_source
from tracker.ops.ledgers import choose_ledger
from tracker.ops.lists import ListKind, read_list
from tracker.ops.office import open_office
from tracker.ops.reforms import carry_out_reform, plan_reform
from tracker.ops.reports import export_situation, situation_content
from tracker.ops.rounds import list_rounds
from tracker.ops.stats import read_stats
from tracker.ops.today import todays_lines
from tracker.ops.unit_years import unit_records
from tracker.printing.pdf_moment import set_moment

ROLES = frozenset({"lead", "cooperating", "responsible", "guiding"})
LAYOUTS = ("standard", "detailed", "compared", "portrait")


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    folder = tmp_path_factory.mktemp("县")
    county = live(folder)
    county.office.close()
    return county


@pytest.fixture
def county(lived, tmp_path):
    path = tmp_path / "台账.db"
    shutil.copyfile(lived.path, path)
    office = open_office(path, NOW)
    yield County(office, path, tmp_path, lived.forms)
    office.close()


def carry_out(county, request):
    """Carry a reform out, writing by hand the cells that nobody could rewrite."""
    plan = plan_reform(county.office, request, who=WHO, now=NOW)
    request = replace(request, cells=written_out(plan))
    return carry_out_reform(county.office, request, who=WHO, now=NOW)


def by_hand(done):
    """Return the tasks whose cell of units the clerk wrote: it says what he wanted."""
    return set(done.value.request.cells)


def exported(county):
    """Write the tables of round 2 and of last year in several layouts and formats."""
    office, folder = county.office, county.folder / "旧表"
    folder.mkdir()
    last = choose_ledger(office, LAST)
    files = []
    for layout in LAYOUTS:
        for ending in ("xlsx", "docx"):
            of_round, of_year = (folder / f"{name}-{layout}.{ending}" for name in ("二期", "去年"))
            round_ = list_rounds(office, last)[-1]
            export_situation(
                office, county.ledger, county.round(2), of_round, now=NOW, layout=layout
            )
            export_situation(office, last, round_, of_year, now=NOW, layout=layout)
            files += [of_round, of_year]
    for name, ledger in (("分解表", county.ledger), ("去年分解表", last)):
        for ending in ("xlsx", "docx"):
            files.append(folder / f"{name}.{ending}")
            export_breakdown(office, ledger, files[-1], now=NOW)
    return [*files, as_csv(files[0])]


def as_csv(path):
    target = path.with_suffix(".csv")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    with target.open("w", newline="", encoding="utf-8-sig") as file:
        csv.writer(file).writerows(sheet.iter_rows(values_only=True))
    return target


def compared(county, path):
    """Return how a table compares: rows alike, new rows, cells that change, cells in doubt."""
    proposal = propose_import(county.office, read_source(path), ledger=THIS).proposal
    updates = Counter((u.task, u.field, u.new) for u in proposal.update)
    doubts = Counter((c.task, c.field, c.values[-1]) for c in proposal.conflict)
    return proposal.same, len(proposal.create), updates, doubts


def no_worse(before, after):
    """Tell whether a table compares as before, or better: two names became one unit.

    A cell that would have been written before may be held back now: its unit is no more.
    """
    alike = after[0] >= before[0] and after[1] <= before[1]
    return alike and not after[2] - before[2] and not after[3] - before[3] - before[2]


def printed(county, folder):
    """Write round 2 in every format; return the bytes."""
    folder.mkdir()
    found = {}
    for ending in ("xlsx", "docx", "pdf"):
        path = folder / f"二期.{ending}"
        export_situation(county.office, county.ledger, county.round(2), path, now=NOW)
        if ending == "pdf":
            set_moment(path, NOW)  # Qt notes the moment of the call
        found[ending] = path.read_bytes()
    return found


def differing_units(county, path):
    """Return the cells of units in which a table of today differs from what is stored."""
    proposal = propose_import(county.office, read_source(path), ledger=THIS).proposal
    disputed = [c.held or c.change for c in proposal.conflict]
    cells = [*proposal.update, *(each for each in disputed if each is not None)]
    return [(c.task, c.new) for c in cells if c.field in ROLES]


def test_the_ledger_is_one_of_200_tasks_of_every_kind(county):
    with county.office.read() as view:
        tasks = view.tasks(county.ledger.id, withdrawn=True)
    assert len(tasks) == TASKS
    assert {task.completion.value for task in tasks} >= {"closed", "excluded", "done"}
    assert sum(bool(task.units_text) for task in tasks) > 20
    assert sum(any(part.roles for part in task.parts) for task in tasks) > 10
    assert any(task.withdrawn for task in tasks)
    assert sum(bool(task.former) for task in tasks) == 30
    assert any("副县长" in name for task in tasks for name in task.persons)


def test_old_tables_compare_and_round_two_prints_as_before_every_reform(county):
    before = {path: compared(county, path) for path in exported(county)}
    pages = printed(county, county.folder / "前")
    states = []
    for number, request in enumerate(reforms(county)):
        states.append(stored(county.path))
        done = carry_out(county, request)
        assert done.value.tasks
        assert given_to_nobody(county.path) == []
        for path, known in before.items():
            assert no_worse(known, compared(county, path)), (request.kind, path.name)
        assert printed(county, county.folder / f"后{number}") == pages
        today = county.folder / f"今{number}.xlsx"
        export_situation(county.office, county.ledger, county.round(3), today, now=NOW)
        assert differing_units(county, today) == []
        export_breakdown(county.office, county.ledger, today, now=NOW)
        assert differing_units(county, today) == []
    gone = {"县工业和信息化局", "县工信局", "县商务局", "商务局", "县招商局", "招商局"}
    assert not printed_names(county.path) & (gone | {"县文旅局", "文旅局", "县档案局"})
    for state in reversed(states):
        undo_step(county.office, who=WHO, now=NOW)
        assert stored(county.path) == state


def test_a_plan_says_what_is_done_and_stores_nothing(county):
    for request in reforms(county):
        before = stored(county.path)
        plan = plan_reform(county.office, request, who=WHO, now=NOW)
        assert stored(county.path) == before
        request = replace(request, cells=written_out(plan))
        plan = plan_reform(county.office, request, who=WHO, now=NOW)
        assert carry_out_reform(county.office, request, who=WHO, now=NOW).value == plan


def rows_of(county):
    shown = board(county.office, county.ledger, county.round(3), NOW.date())
    return {row.unit: row for row in shown.rows}


def come_back(county, unit, name):
    """Let a form that was sent before the reform come back under a name; return what was kept."""
    target = county.folder / name
    target.write_bytes(county.forms[unit].read_bytes())
    fill(target, unit, "三期")
    found = read_returns(county.office, county.ledger, county.round(3), [target])
    return apply_collection(county.office, found, who=WHO, now=NOW).value


def test_forms_of_the_old_names_still_count(county):
    asked = {unit for unit, row in rows_of(county).items() if row.state is BoardState.MISSING}
    for request in reforms(county)[:5]:
        carry_out(county, request)
    rows = rows_of(county)
    still = {unit for unit, row in rows.items() if row.state is BoardState.MISSING}
    # What 县文旅局 owed on a day that was past already, its successors are not late with.
    assert still - asked == {"县工业和科技局"}
    assert rows["县商务和投资促进局"].state is BoardState.PARTLY  # 县招商局 had reported
    for unit in ("县商务局", "县文旅局", "县档案局", "县招商局"):
        assert rows[unit].state in (BoardState.EXEMPT, BoardState.REPORTED), unit
    kept = come_back(county, "县工业和信息化局", "县工信局反馈表.xlsx")
    assert {file.unit for file in kept.files} == {"县工业和科技局"}
    kept = come_back(county, "县商务局", "新建工作表.xlsx")
    assert {file.unit for file in kept.files} == {"县商务和投资促进局"}
    kept = come_back(county, "县档案局", "县档案局反馈表.xlsx")
    assert {file.unit for file in kept.files} == {"县发展和改革局"}
    kept = come_back(county, "县文旅局", "县文旅局反馈表.xlsx")
    assert {file.unit for file in kept.files} == {"县文旅局"}
    rows = rows_of(county)
    for unit in ("县工业和科技局", "县商务和投资促进局", "县文化局", "县旅游局"):
        assert rows[unit].state is not BoardState.MISSING, unit


def some_reform(county, dice, number):
    """Return a reform that an office might carry out next, of whatever stands now."""
    with county.office.read() as view:
        standing = [u.name for u in view.units() if not u.is_abolished and not u.is_collective]
        gone = [u.name for u in view.units() if u.is_abolished]
    kind = dice.choice(("rename", "merge", "split", "abolish", "hand_over"))
    one, two, other = dice.sample(standing, 3)
    fresh = f"县第{number}局"
    again = dice.choice(gone) if gone and dice.random() < 0.3 else fresh
    if kind == "rename":
        return ask(kind, one, fresh)
    if kind == "merge":
        return ask(kind, f"{one}、{two}", dice.choice((again, one)))
    if kind == "split":
        into = (again, dice.choice((f"{fresh}分局", one, other)))
        return ask(kind, one, "、".join(into), otherwise=dice.choice((into, into[1:])))
    if kind == "abolish":
        otherwise = dice.choice(((NOBODY,), (two,)))
        return ask(kind, one, "" if otherwise == (NOBODY,) else two, otherwise=otherwise)
    return ask(kind, one, two)


@pytest.mark.parametrize(
    "seed", [*range(3), *(pytest.param(n, marks=pytest.mark.long) for n in range(3, 30))]
)
def test_any_sequence_of_reforms_keeps_the_laws(county, seed):
    dice = random.Random(seed)
    old = county.folder / "分解表.xlsx"
    export_breakdown(county.office, county.ledger, old, now=NOW)
    known, states, own = compared(county, old), [], set()
    pages = situation_content(county.office, county.ledger, county.round(2), NOW)
    while len(states) < 6:
        request = some_reform(county, dice, len(states))
        before = stored(county.path)
        try:
            own |= by_hand(carry_out(county, request))
        except UserError:
            assert stored(county.path) == before
            continue
        states.append(before)
        assert given_to_nobody(county.path) == []
        assert no_worse(known, compared(county, old)), (seed, request)
        today = county.folder / f"今{len(states)}.xlsx"
        export_breakdown(county.office, county.ledger, today, now=NOW)
        assert [c for c in differing_units(county, today) if c[0] not in own] == [], request
        assert situation_content(county.office, county.ledger, county.round(2), NOW) == pages
        board(county.office, county.ledger, county.round(3), NOW.date())
    for state in reversed(states):
        undo_step(county.office, who=WHO, now=NOW)
        assert stored(county.path) == state


def test_every_page_counts_open_tasks_under_units_that_stand(county):
    office, ledger, round_, today = county.office, county.ledger, county.round(3), NOW.date()
    all_of_it = Filter(ledger.id)
    closed = unit_records(office, choose_ledger(office, LAST), now=NOW)
    for request in reforms(county):
        carry_out(county, request)
    gone = {"县工业和信息化局", "县商务局", "县招商局", "县文旅局", "县档案局"}
    with office.read() as view:
        tasks = view.tasks(ledger.id)
        working = [task for task in tasks if task.completion in OPEN]
        book = UnitBook.of(view.units())
    assert not {unit for task in working for unit in book.owners(task)} & gone
    ids = [task.id for task in working]
    headings = {each.label for each in group_tasks(office, ids, GroupKey.UNIT, round_.id, today)}
    assert not headings & gone
    assert "县商务和投资促进局" in headings
    assert read_stats(office, ledger, round_, today)["returns"]["missing"] == [
        row.unit for row in board(office, ledger, round_, today).missing
    ]
    assert not set(read_stats(office, ledger, round_, today)["returns"]["missing"]) & gone
    for kind in ListKind:
        read_list(office, ledger, round_, kind, now=NOW)
    assert todays_lines(office, ledger, round_, NOW)
    assert read_charts(office, all_of_it, round_.id, today)
    assert read_gantt(office, all_of_it, round_.id, today)
    assert unit_records(office, ledger, now=NOW)
    assert unit_records(office, choose_ledger(office, LAST), now=NOW) == closed
