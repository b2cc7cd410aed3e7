"""Charts and deadline view of a closed round: drawn as approved, whatever happens afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from tests.helpers.offices import add_tasks
from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.domain.milestone import Milestone
from tracker.ops.charts import chart_drawing, read_charts
from tracker.ops.drawn_round import drawn_round
from tracker.ops.editions import close_round
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.gantt import read_counted
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.milestones import set_milestones
from tracker.ops.pack import PackPart, PackWishes, write_pack
from tracker.ops.pictures import PictureWishes, write_picture
from tracker.ops.rounds import list_rounds, new_round
from tracker.ops.stats import read_stats
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import TaskWords, extend_deadline, new_task

WHO = "张三"
CLOSED, LATER = datetime(2026, 3, 10, 17), datetime(2026, 6, 1, 9)
STATED = ("1-001", EntryWords(progress="护栏已换80米。", state="滞后"))
DONE = ("1-002", EntryWords(progress="书屋全部建成。", state="已完成"))


@pytest.fixture
def ledger(office, now):
    new_ledger(office, "春季重点工作", who=WHO, now=now, year=2026)
    row = choose_ledger(office, None)
    add_tasks(office, row, now)
    new_round(office, row, who=WHO, now=now, cut_off=date(2026, 3, 8))
    for code, words in (STATED, DONE):
        write_entry(office, code, words, who=WHO, now=now)
    steps = [Milestone(date(2026, 3, 3), "护栏进场")]
    set_milestones(office, "1-001", steps, who=WHO, now=now)
    return choose_ledger(office, None)


def the_round(office, ledger, number=1):
    return next(row for row in list_rounds(office, ledger) if row.number == number)


def change_everything(office, ledger):
    new_round(office, ledger, who=WHO, now=LATER)
    extend_deadline(office, "1-001", "2026-12-31", "雨季停工", who=WHO, now=LATER)
    set_milestones(office, "1-001", [], who=WHO, now=LATER)
    withdraw_task(office, "1-004", "不再办理", who=WHO, now=LATER)
    write_entry(office, "1-005", EntryWords(state="已完成"), who=WHO, now=LATER)
    words = TaskWords(text="后来的事。", lead="县档案馆", deadline="2026-05-01")
    new_task(office, ledger, words, who=WHO, now=LATER)


def drawn(office, ledger, today, **options):
    round_ = the_round(office, ledger)
    charts = read_charts(office, Filter(ledger.id), round_.id, today, **options)
    rows = read_counted(office, Filter(ledger.id, group=GroupKey.UNIT), round_.id, today, **options)
    kinds = ("units", "documents", "states", "trend", "due", "late")
    return (
        [charts.shape(kind) for kind in kinds],
        [charts.numbers(kind) for kind in kinds if kind != "states"],
        [chart_drawing(charts, kind, "春季重点工作").heading for kind in kinds],
        rows,
    )


def test_a_closed_round_is_drawn_the_same_after_everything_changed(office, ledger):
    close_round(office, ledger, the_round(office, ledger), who=WHO, now=CLOSED)
    before = drawn(office, ledger, CLOSED.date())
    change_everything(office, ledger)
    assert drawn(office, ledger, LATER.date()) == before
    rows = before[3]
    assert (date.fromordinal(rows.today), rows.day_word) == (date(2026, 3, 8), "截至")
    assert [step.words for step in rows.steps_of(rows.find("1-001"))] == ["护栏进场"]


def test_it_is_drawn_as_its_reports_counted_it_before_it_was_closed(office, ledger):
    before = drawn(office, ledger, CLOSED.date(), as_counted=True)
    close_round(office, ledger, the_round(office, ledger), who=WHO, now=CLOSED)
    assert drawn(office, ledger, CLOSED.date()) == before


def test_what_is_past_its_date_in_the_charts_is_what_is_counted(office, ledger):
    round_ = the_round(office, ledger)
    counted = read_stats(office, ledger, round_, LATER.date())
    charts = read_charts(office, Filter(ledger.id), round_.id, LATER.date(), as_counted=True)
    past = next(line for line in charts.due.lines if line.key == "overdue")
    assert list(past.total.codes) == counted["overdue"] == ["1-001"]
    assert charts.due.note.endswith("截至2026年3月8日。")
    assert charts.due.total.total.number == counted["total"] - counted["rate"]["done"]


def test_the_window_shows_an_open_round_as_it_stands_today(office, ledger):
    round_ = the_round(office, ledger)
    today = date(2026, 3, 4)
    charts = read_charts(office, Filter(ledger.id), round_.id, today)
    assert charts.as_of == today
    assert read_counted(office, Filter(ledger.id), round_.id, today) is None


def test_a_closed_rounds_trend_ends_with_it(office, ledger):
    close_round(office, ledger, the_round(office, ledger), who=WHO, now=CLOSED)
    change_everything(office, ledger)
    first, second = (
        read_charts(office, Filter(ledger.id), the_round(office, ledger, n).id, LATER.date())
        for n in (1, 2)
    )
    assert [p.number for p in first.trend.points] == [1]
    assert [p.number for p in second.trend.points] == [1, 2]


def test_an_edition_older_than_milestones_shows_those_of_today(office, ledger, monkeypatch):
    from tracker.ops import drawn_round as module

    close_round(office, ledger, the_round(office, ledger), who=WHO, now=CLOSED)
    kept = module.edition_content

    def older(view, round_id):
        return {k: v for k, v in kept(view, round_id).items() if k != "milestones"}

    monkeypatch.setattr(module, "edition_content", older)
    with office.read() as view:
        found = drawn_round(view, ledger.id, the_round(office, ledger).id)
    assert list(found.milestones.values()) == [(Milestone(date(2026, 3, 3), "护栏进场"),)]


def test_a_rule_set_that_is_gone_leaves_the_lights_in_todays(office, ledger, monkeypatch):
    from tracker.ops import drawn_round as module

    close_round(office, ledger, the_round(office, ledger), who=WHO, now=CLOSED)
    kept = module.edition_content
    monkeypatch.setattr(
        module, "edition_content", lambda v, i: {**kept(v, i), "light_rules": "没有的规则"}
    )
    with office.read() as view:
        found = drawn_round(view, ledger.id, the_round(office, ledger).id)
    assert {lit.light.key for lit in found.lits.values()} <= {x.key for x in found.rules.lights}


def test_pictures_of_a_closed_round_stay(office, ledger, tmp_path):
    close_round(office, ledger, the_round(office, ledger), who=WHO, now=CLOSED)

    def written(name, today):
        texts = {}
        for kind in ("gantt", "due", "units"):
            target = tmp_path / f"{name}-{kind}.svg"
            round_ = the_round(office, ledger)
            wishes = replace(PictureWishes(), as_counted=False)
            write_picture(office, kind, ledger, round_, target, today, wishes=wishes)
            texts[kind] = target.read_text(encoding="utf-8")
        return texts

    before = written("前", CLOSED.date())
    change_everything(office, ledger)
    assert written("后", LATER.date()) == before


def test_the_pack_of_a_closed_round_leaves_the_lights_of_today_out(office, ledger, tmp_path):
    parts = PackWishes(frozenset({PackPart.CHARTS}))
    still_open = write_pack(
        office, ledger, the_round(office, ledger), tmp_path, now=CLOSED, wishes=parts
    )
    close_round(office, ledger, the_round(office, ledger), who=WHO, now=CLOSED)
    closed = write_pack(
        office, ledger, the_round(office, ledger), tmp_path, now=LATER, wishes=parts
    )
    before, after = ({file.what for file in p.files} for p in (still_open, closed))
    assert before - after == {"各专项亮灯"}
