"""The sample office: the same tale on every day it may be made, in the office's own words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from tracker.base.errors import Cancelled, UserError
from tracker.base.progress import Progress
from tracker.base.resources import load
from tracker.domain.instruction import Stage
from tracker.domain.terms import Completion
from tracker.ops.browse import task_card
from tracker.ops.entries import list_entries
from tracker.ops.instructions import list_instructions
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds
from tracker.ops.sample import SampleDays, make_sample, sample_table
from tracker.ops.tasks import list_tasks
from tracker.ops.upkeep import check_office

DAYS = (
    datetime(2026, 1, 4, 8, 0),
    datetime(2026, 6, 30, 17, 30),
    datetime(2028, 2, 29, 7, 15),
    datetime(2026, 12, 31, 23, 59),
)


@pytest.fixture(scope="module", params=DAYS, ids=lambda now: f"{now:%Y-%m-%d}")
def sample(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("示例") / "示例 台账.db"
    make_sample(path, who="督查室", now=request.param)
    office = open_office(path, request.param)
    yield office, request.param
    office.close()


def all_tasks(office):
    return [task for ledger in list_ledgers(office) for task in list_tasks(office, ledger)]


def test_it_has_the_size_of_an_office(sample):
    office, _ = sample
    tasks = all_tasks(office)
    units = {name for task in tasks for name in task.roles.names()}
    assert len(tasks) >= 40
    assert len(units) >= 25
    assert "各乡镇人民政府" in units
    assert sum(name.endswith(("镇人民政府", "乡人民政府")) for name in units) >= 4
    assert sum(bool(task.parts) for task in tasks) >= 3


def test_deadlines_have_passed_and_are_to_come(sample):
    office, now = sample
    open_tasks = [t for t in all_tasks(office) if t.completion is Completion.IN_PROGRESS]
    dates = [t.deadline.date for t in open_tasks if t.deadline and t.deadline.date]
    assert sum(day < now.date() for day in dates) >= 3
    assert sum(now.date() <= day <= now.date() + timedelta(days=7) for day in dates) >= 2
    assert max(dates) > now.date() + timedelta(days=90)
    assert not [t.text for t in open_tasks if t.deadline and t.deadline.doubtful]


def test_some_are_closed_and_some_extended(sample):
    office, _ = sample
    tasks = all_tasks(office)
    assert sum(t.completion is Completion.CLOSED for t in tasks) >= 3
    (extended,) = [t for t in tasks if t.first_deadline]
    assert extended.deadline.date > extended.first_deadline.date
    assert extended.deadline_reason


def test_three_rounds_tell_a_tale(sample):
    office, now = sample
    ledger = choose_ledger(office, "政府工作报告任务")
    rounds = list_rounds(office, ledger)
    assert [r.number for r in rounds] == [1, 2, 3]
    assert [r.cut_off < now.date() for r in rounds] == [True, True, True]
    first, last = list_entries(office, ledger, 1), list_entries(office, ledger, 3)
    changed = [i for i in first if first[i].text != last[i].text]
    assert len(changed) > len(first) * 2 // 3
    assert 2 <= sum(entry.carried for entry in last.values()) < len(last) // 2


def test_every_cell_is_stored_to_the_letter(sample):
    office, now = sample
    days = SampleDays(now.date(), now.date() + timedelta(days=load("sample/office.toml")["issued"]))
    for name in load("sample/office.toml")["ledgers"]:
        book = load(f"sample/{name}")
        ledger = choose_ledger(office, book["name"])
        entries = list_entries(office, ledger, 1)
        for words, task in zip(book["task"], list_tasks(office, ledger), strict=False):
            assert task.text == days.words(words["task"])
            assert entries[task.id].text == days.words(words["notes"][0])


def test_instructions_stand_at_every_stage(sample):
    office, now = sample
    rows = list_instructions(office, now.date())
    assert {row.instruction.stage for row in rows} == set(Stage) - {Stage.REPORTED}
    assert any(row.days_left is not None and row.days_left < 0 for row in rows)
    assert all(row.line.deadline_date for row in rows)


def test_units_have_reported_on_the_last_round(sample):
    office, now = sample
    ledger = choose_ledger(office, "政府工作报告任务")
    (task,) = [t for t in list_tasks(office, ledger) if "绿色建材产业园" in t.text]
    notes = task_card(office, task.code, None, now.date()).notes
    assert {note.unit for note in notes} == set(task.roles.lead)
    assert {note.origin for note in notes} == {"form"}


def test_it_is_whole_and_its_trace_runs_forward_to_now(sample):
    office, now = sample
    assert check_office(office.path, now) == ()
    with office.read() as view:
        moments = [step.at for step in view.steps()]
    assert moments == sorted(moments)
    assert moments[-1] <= now


def test_a_day_of_another_year_names_its_year():
    days = SampleDays(date(2026, 12, 20), date(2026, 7, 1))
    assert (
        days.words("{-1}前，{+12}前，{+45底}，{年}年")
        == "12月19日前，2027年1月1日前，2027年2月底，2026年"
    )


def test_a_table_has_a_cell_under_each_heading():
    book = load("sample/work_report.toml")
    days = SampleDays(date(2026, 12, 20), date(2026, 7, 1))
    _, *rows = sample_table(book, 2, days).splitlines()
    assert {row.count("\t") for row in rows} == {len(book["columns"])}


def test_a_file_that_is_there_is_kept(tmp_path):
    path = tmp_path / "有了.db"
    path.write_bytes(b"mine")
    with pytest.raises(UserError):
        make_sample(path, who="督查室", now=DAYS[0])
    assert path.read_bytes() == b"mine"


def test_a_cancelled_sample_leaves_nothing(tmp_path):
    progress = Progress(cancel_wanted=True)
    with pytest.raises(Cancelled):
        make_sample(tmp_path / "示例.db", who="督查室", now=DAYS[0], progress=progress)
    assert list(tmp_path.iterdir()) == []
