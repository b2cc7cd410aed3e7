"""The sample office: the same tale on every day it may be made, in the office's own words."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from tracker.base.errors import Cancelled, UserError
from tracker.base.progress import Progress
from tracker.base.resources import load
from tracker.domain.instruction import Stage
from tracker.domain.light_rules import load_light_rules
from tracker.domain.milestone import MilestoneState
from tracker.domain.terms import Completion, Pace, Recurrence
from tracker.domain.workdays import load_calendar
from tracker.insight.lights import Lighter
from tracker.ops.browse import task_card
from tracker.ops.entries import list_entries
from tracker.ops.instructions import list_instructions
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.ops.milestones import list_milestones
from tracker.ops.office import open_office
from tracker.ops.rounds import choose_round, list_rounds
from tracker.ops.sample import make_sample
from tracker.ops.sample_words import AGAIN, SampleDays, note_of, sample_table, words_by_unit
from tracker.ops.tasks import list_tasks
from tracker.ops.upkeep import check_office

DAYS = (
    datetime(2024, 12, 31, 23, 59),
    datetime(2025, 10, 5, 10, 0),
    datetime(2026, 1, 4, 8, 0),
    datetime(2026, 2, 18, 9, 0),
    datetime(2026, 3, 31, 12, 0),
    datetime(2026, 6, 30, 17, 30),
    datetime(2026, 7, 1, 0, 0),
    datetime(2026, 10, 7, 20, 0),
    datetime(2027, 5, 31, 9, 0),
    datetime(2028, 2, 29, 7, 15),
)
"""Ends of months and years, a leap day, long holidays, a year whose holidays nobody knows yet."""

USUAL = (DAYS[2], DAYS[5], DAYS[7], DAYS[9])
"""The days of every run; the others with `-m long`, as each making takes two seconds."""

MADE_ON = [pytest.param(day, marks=() if day in USUAL else pytest.mark.long) for day in DAYS]

REPORT = "政府工作报告任务"


@pytest.fixture(scope="module", params=MADE_ON, ids=lambda now: f"{now:%Y-%m-%d}")
def sample(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("示例") / "示例 台账.db"
    make_sample(path, who="督查室", now=request.param)
    office = open_office(path, request.param)
    yield office, request.param
    office.close()


@pytest.fixture(scope="module")
def books():
    return [load(f"sample/{name}") for name in load("sample/office.toml")["ledgers"]]


def all_tasks(office):
    return [task for ledger in list_ledgers(office) for task in list_tasks(office, ledger)]


def days_of(now):
    return SampleDays(now.date(), now.date() + timedelta(days=load("sample/office.toml")["issued"]))


def stored(path, query):
    connection = sqlite3.connect(path)
    try:
        return connection.execute(query).fetchall()
    finally:
        connection.close()


def test_it_has_the_size_of_an_office(sample):
    office, _ = sample
    tasks = all_tasks(office)
    units = {name for task in tasks for name in task.roles.names()}
    assert len(list_ledgers(office)) == 3
    assert len(tasks) >= 100
    assert len(units) >= 40
    assert "各乡镇人民政府" in units
    assert sum(name.endswith(("镇人民政府", "乡人民政府")) for name in units) >= 5
    assert len({name for task in tasks for name in task.persons}) >= 6
    with_parts = [task for task in tasks if task.parts]
    assert len(with_parts) >= 6
    assert sum(any(part.roles.lead for part in task.parts) for task in with_parts) >= 4


def test_every_light_of_every_rule_set_is_lit(sample):
    office, now = sample
    tasks = all_tasks(office)
    for rules in load_light_rules():
        lits = Lighter(rules, load_calendar(), now.date()).lits(tasks).values()
        count = Counter(lit.light.key for lit in lits)
        assert set(count) == {light.key for light in rules.lights}, rules.name
        assert count[rules.steady.key] > len(tasks) / 3


def test_every_light_would_be_lit_on_any_other_day(sample):
    """The deadlines lie so many days before or after the day of making, whichever it is."""
    office, now = sample
    deadlines = [
        task.deadline
        for task in all_tasks(office)
        if task.completion is Completion.IN_PROGRESS and task.deadline and task.deadline.date
    ]
    ahead = {d.date - now.date() for d in deadlines if not d.doubtful and "底" not in d.text}
    for rules in load_light_rules():
        wanted = {band.light.key for band in rules.bands}
        for number in range(5 * 365):
            day = date(2024, 1, 1) + timedelta(days=number)
            bounds = Lighter(rules, load_calendar(), day).date_bounds()
            lit = {
                key
                for key, (first, last) in bounds.items()
                if any((first or day + n) <= day + n <= (last or day + n) for n in ahead)
            }
            assert lit == wanted, (rules.name, day)


def test_every_state_is_there(sample):
    office, _ = sample
    assert {task.completion for task in all_tasks(office)} == set(Completion)
    paces = set()
    for ledger in list_ledgers(office):
        if list_rounds(office, ledger):
            paces |= {entry.pace for entry in list_entries(office, ledger).values()}
    assert set(Pace) <= paces


def test_deadlines_have_passed_are_to_come_come_again_or_are_in_doubt(sample):
    office, now = sample
    today = now.date()
    open_tasks = [t for t in all_tasks(office) if t.completion is Completion.IN_PROGRESS]
    deadlines = [t.deadline for t in open_tasks if t.deadline]
    days = [d.date for d in deadlines if d.date and not d.doubtful]
    assert sum(day < today for day in days) >= 8
    assert today in days
    assert sum(today <= day <= today + timedelta(days=7) for day in days) >= 6
    assert max(days) > today + timedelta(days=90)
    assert {d.recurrence for d in deadlines} >= {
        Recurrence.WEEKLY,
        Recurrence.MONTHLY,
        Recurrence.QUARTERLY,
        Recurrence.HALF_YEARLY,
        Recurrence.CONTINUOUS,
    }
    assert 25 in {d.day for d in deadlines}
    assert {"尽快", "汛前"} <= {d.text for d in deadlines if d.date is None and not d.doubtful}
    assert len({d.text for d in deadlines if d.doubtful}) == 2


def test_each_deadline_is_read_as_it_is_meant(sample, books):
    office, now = sample
    days = days_of(now)
    read = {task.text: task.deadline for task in all_tasks(office)}
    meant = 0
    for task in (task for book in books for task in book["task"]):
        words = task["extend"]["to"] if "extend" in task else task.get("due", task["task"])
        dated = re.findall(r"\{([+-]\d+)(底)?\}前", words)
        text = days.words(task["task"])
        if not dated or text not in read:
            continue
        offset, end = dated[-1]
        day = days.day(int(offset))
        if end:
            day = (day.replace(day=1) + timedelta(days=31)).replace(day=1) - timedelta(days=1)
        assert (read[text].date, read[text].doubtful) == (day, False), text
        meant += 1
    assert meant >= 70


def test_closed_reopened_extended_withdrawn_merged_and_excluded_tasks_are_there(sample):
    office, _ = sample
    tasks = all_tasks(office)
    closed = [t for t in tasks if t.completion is Completion.CLOSED]
    assert len(closed) >= 5
    assert all(t.closings[-1].evidence and t.closings[-1].statement for t in closed)
    (reopened,) = [t for t in tasks if t.closings and t not in closed]
    assert reopened.closings[-1].reopened
    assert reopened.completion is Completion.IN_PROGRESS
    (extended,) = [t for t in tasks if t.first_deadline]
    assert extended.deadline.date > extended.first_deadline.date
    assert extended.deadline_reason
    assert sum(t.completion is Completion.EXCLUDED for t in tasks) == 1
    gone = stored(office.path, "SELECT withdrawn, merged_into_id FROM task WHERE withdrawn != ''")
    assert all(reason for reason, _ in gone)
    assert sorted(into is None for _, into in gone) == [False, True]


def test_tasks_are_broken_down_by_month(sample):
    office, now = sample
    steps = {t.code: list_milestones(office, t.code) for t in all_tasks(office)}
    broken_down = [row for row in steps.values() if row]
    assert len(broken_down) >= 12
    assert {len(row) for row in broken_down} <= {3, 4, 5}
    states = Counter(step.state(now.date()) for row in broken_down for step in row)
    assert states[MilestoneState.DONE] >= 20
    assert states[MilestoneState.PASSED] >= 6
    assert states[MilestoneState.COMING] >= 12


def test_no_milestone_lies_behind_its_deadline(sample):
    office, _ = sample
    for task in all_tasks(office):
        steps = list_milestones(office, task.code)
        if steps and task.deadline.date:
            assert steps[-1].due <= task.deadline.date, task.title


def test_three_rounds_tell_a_tale(sample):
    office, now = sample
    ledger = choose_ledger(office, REPORT)
    rounds = list_rounds(office, ledger)
    assert [r.number for r in rounds] == [1, 2, 3]
    assert [r.cut_off < now.date() for r in rounds] == [True, True, True]
    first, last = list_entries(office, ledger, 1), list_entries(office, ledger, 3)
    changed = [i for i in first if first[i].text != last[i].text]
    assert len(changed) > len(first) * 2 // 3
    assert 2 <= sum(entry.carried for entry in last.values()) < len(last) // 2
    assert sum(entry.percent is not None for entry in last.values()) >= 15


def test_every_cell_is_stored_to_the_letter(sample, books):
    office, now = sample
    days = days_of(now)
    for book in books:
        ledger = choose_ledger(office, book["name"])
        standing = [w for w in book["task"] if not {"withdrawn", "merged"} & set(w)]
        tasks = list_tasks(office, ledger)
        for number in (1, 2, 3):
            entries = list_entries(office, ledger, number)
            for words, task in zip(standing, tasks, strict=False):
                assert task.text == days.words(words["task"])
                said = [note_of(words, n) for n in range(1, number + 1)]
                newest = next((note for note in reversed(said) if note), "")
                assert entries[task.id].text == days.words(newest)


def test_instructions_stand_at_every_stage(sample):
    office, now = sample
    rows = list_instructions(office, now.date())
    assert len(rows) >= 12
    assert {row.instruction.stage for row in rows} == set(Stage)
    assert any(row.days_left is not None and row.days_left < 0 for row in rows)


def test_units_have_reported_in_time_late_and_not_at_all(sample):
    office, _ = sample
    ledger = choose_ledger(office, REPORT)
    due = choose_round(office, ledger, 3).feedback_due
    rows = stored(
        office.path,
        "SELECT u.name, n.at, n.origin FROM note n JOIN unit u ON u.id = n.unit_id",
    )
    returned = {name: datetime.fromisoformat(at).date() for name, at, _ in rows}
    late = {name for name, on in returned.items() if on > due}
    leads = {name for task in all_tasks(office) for name in task.roles.lead}
    assert 3 <= len(late) < len(returned) // 3
    assert len(leads - set(returned)) >= 5
    assert {origin for _, _, origin in rows} == {"form", "phone", "paper", "typed"}


def test_each_unit_said_its_own_part_of_a_long_note(sample):
    office, now = sample
    ledger = choose_ledger(office, REPORT)
    (task,) = [t for t in list_tasks(office, ledger) if "雨污分流" in t.text]
    notes = task_card(office, task.code, None, now.date()).notes
    entry = list_entries(office, ledger, 3)[task.id].text
    assert {note.unit for note in notes} == {"县住建局", "县城管局", "县水务公司"}
    assert all(f"{note.unit}：{note.text}" in entry for note in notes)


def test_it_is_whole_and_its_trace_runs_forward_to_now(sample):
    office, now = sample
    assert check_office(office.path, now) == ()
    with office.read() as view:
        moments = [step.at for step in view.steps()]
    assert moments == sorted(moments)
    assert moments[-1] <= now


def test_no_date_stands_without_its_year_where_the_years_differ(sample):
    office, now = sample
    days = days_of(now)
    texts = [
        row[0] for row in stored(office.path, "SELECT text FROM entry UNION SELECT text FROM task")
    ]
    assert not [text for text in texts if "{" in text or "}" in text]
    if days.issued.year != days.today.year:
        bare = re.compile(r"(?<![年\d])\d{1,2}月(?:\d{1,2}日|底)")
        assert not [found.group() for text in texts for found in bare.finditer(text)]


def test_the_texts_do_not_repeat_except_where_it_is_meant(books):
    """Every text is one of its own; what a unit reports again is written 〃."""
    owners: dict[str, set[int]] = {}
    for book in books:
        for task in book["task"]:
            texts = [task["task"], *task["notes"], task.get("problem", ""), task.get("next", "")]
            assert len({t for t in texts if len(t) > 1}) == len([t for t in texts if len(t) > 1])
            for sentence in re.split(r"[。；\n]", "\n".join(texts)):
                if len(sentence) >= 10:
                    owners.setdefault(sentence, set()).add(id(task))
    assert not [sentence for sentence, tasks in owners.items() if len(tasks) > 1]
    again = [task for book in books for task in book["task"] if AGAIN in task["notes"]]
    assert 5 <= len(again) <= 12


def test_notes_read_like_real_ones(books):
    notes = [note_of(task, 3) for book in books for task in book["task"]]
    assert sum(400 <= len(note) <= 700 for note in notes) >= 8
    assert sum(len(note) > 900 for note in notes) == 1
    assert sum(0 < len(note) < 40 for note in notes) >= 20
    assert sum("一是" in note and "二是" in note for note in notes) >= 6
    assert sum(bool(re.match(r"\w+：", note)) for note in notes) >= 6
    problems = [task for book in books for task in book["task"] if task.get("problem")]
    assert len(problems) >= 12


def test_two_figures_are_wrong_on_purpose(books):
    """Those who look for wrong sums and shares must find something."""
    notes = [task["notes"][1] for book in books for task in book["task"]]
    assert [n for n in notes if "5.6公里" in n and "1.8公里" in n and "合计7.6公里" in n]
    assert [n for n in notes if "1105户，占任务的64.1%" in n]


def test_full_width_punctuation_is_used_throughout(books):
    for book in books:
        for task in book["task"]:
            texts = [task["task"], task["lead"], *task["notes"], task.get("problem", "")]
            for text in texts:
                assert not re.search(r"[\u4e00-\u9fff][,;:!?()]|[,;:!?()][\u4e00-\u9fff]", text)
                assert not re.search(r"[。，；：]{2}|\s[\u4e00-\u9fff]{0,2} ", text), text
                assert text.count("“") == text.count("”")


def test_a_date_names_its_year_where_any_of_the_years_differ():
    december = SampleDays(date(2026, 12, 20), date(2026, 7, 1))
    assert december.words("{-1}前，{+12}前，{+45底}") == "12月19日前，2027年1月1日前，2027年2月底"
    january = SampleDays(date(2027, 1, 9), date(2026, 7, 21))
    assert january.words("{-20}至{+3}") == "2026年12月20日至2027年1月12日"


def test_a_table_has_a_cell_under_each_heading():
    book = load("sample/work_report.toml")
    days = SampleDays(date(2026, 12, 20), date(2026, 7, 1))
    table = re.sub(r'"[^"]*"', "", sample_table(book, 3, days))
    _, *rows = table.splitlines()
    assert {row.count("\t") for row in rows} == {len(book["columns"])}


@pytest.mark.parametrize(
    ("task", "leads", "expected"),
    [
        ({"notes": ["甲。"]}, ["县甲局"], {"县甲局": "甲。"}),
        ({"notes": ["甲。"]}, ["县甲局", "县乙局"], {}),
        ({"notes": ["甲。", ""]}, ["县甲局"], {}),
        ({"notes": ["甲。", AGAIN]}, ["县甲局"], {"县甲局": "甲。"}),
        (
            {"notes": ["县甲局：一。\n县乙局：二：三。"]},
            ["县甲局"],
            {"县甲局": "一。", "县乙局": "二：三。"},
        ),
        ({"notes": ["甲。"], "said": {"县乙局": "乙。"}}, ["县甲局"], {"县乙局": "乙。"}),
    ],
)
def test_a_unit_says_what_stands_behind_its_name(task, leads, expected):
    assert words_by_unit(task, leads) == expected


def test_making_it_twice_on_a_day_gives_the_same(tmp_path):
    tables = ("task", "entry", "note", "unit", "milestone", "assignment", "round")
    pictures = []
    for name in ("甲.db", "乙.db"):
        make_sample(tmp_path / name, who="督查室", now=DAYS[2])
        pictures.append([stored(tmp_path / name, f"SELECT * FROM {table}") for table in tables])
    assert pictures[0] == pictures[1]
    assert all(pictures[0])


def test_a_file_that_is_there_is_kept(tmp_path):
    path = tmp_path / "有了.db"
    path.write_bytes(b"mine")
    with pytest.raises(UserError):
        make_sample(path, who="督查室", now=DAYS[0])
    assert path.read_bytes() == b"mine"


class StopsAt(Progress):
    """Asks to stop once so many steps are done."""

    def __init__(self, last):
        super().__init__()
        self._last = last

    def step(self, label="", done=0, total=0):
        super().step(label, done, total)
        if done >= self._last:
            raise Cancelled


@pytest.mark.parametrize("last", [0, 20, 60])
def test_a_cancelled_sample_leaves_nothing(tmp_path, last):
    with pytest.raises(Cancelled):
        make_sample(tmp_path / "示例.db", who="督查室", now=DAYS[0], progress=StopsAt(last))
    assert list(tmp_path.iterdir()) == []
