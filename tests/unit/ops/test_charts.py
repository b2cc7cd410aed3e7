"""The counts behind the charts: which tasks count, and that shape, table and list agree."""

from __future__ import annotations

from datetime import date

import pytest

from tests.helpers.samples import situation_text
from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.ops.browse import find_tasks, task_lines
from tracker.ops.charts import CHARTS, read_charts
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.pictures import NothingToDraw, write_picture
from tracker.ops.task_changes import withdraw_task
from tracker.ops.tasks import TaskWords, new_task
from tracker.printing.chart_shapes import BarChart

WHO = "张三"
BARS = [kind for kind in CHARTS if kind != "trend"]


@pytest.fixture
def charts(office, ledger, today):
    return read_charts(office, Filter(ledger.id), None, today)


@pytest.mark.parametrize("kind", BARS)
def test_every_task_is_in_exactly_one_piece_of_its_bar(charts, kind):
    shape = charts.shape(kind)
    assert isinstance(shape, BarChart)
    for line in shape.lines:
        assert sorted(c for p in line.pieces for c in p.codes) == sorted(line.codes)
        assert [p.start for p in line.pieces] == [
            sum(len(q.codes) for q in line.pieces[:n]) for n in range(len(line.pieces))
        ]
    assert all(
        any(p.series == n for x in shape.lines for p in x.pieces) for n in range(len(shape.series))
    )


@pytest.mark.parametrize("kind", ["units", "documents", "lights", "due"])
def test_the_drawing_and_the_table_show_the_same_numbers(charts, kind):
    shape, numbers = charts.shape(kind), charts.numbers(kind)
    drawn = [(line.word, len(line.codes)) for line in shape.lines]
    assert drawn == [(row[0], row[-1]) for row in numbers.rows[:-1]]


def test_a_task_of_two_leads_counts_once_in_the_total(charts):
    by_unit = {line.word: line.codes for line in charts.shape("units").lines}
    assert by_unit["县住建局"] == by_unit["县交通运输局"] == ("1-001",)
    assert charts.numbers("units").rows[-1][-1] == 5


def test_the_filter_narrows_but_the_codes_of_a_click_do_not(office, ledger, today):
    narrowed = read_charts(office, Filter(ledger.id, text="书屋"), None, today)
    assert (narrowed.narrowed, narrowed.units.total.total.codes) == (1, ("1-002",))
    clicked = Filter(ledger.id, codes=frozenset({"1-002"}), about="县文旅局")
    whole = read_charts(office, clicked, None, today)
    assert (whole.narrowed, whole.units.total.total.number) == (None, 5)


def test_headings_narrow_nothing(office, ledger, today):
    grouped = read_charts(office, Filter(ledger.id, group=GroupKey.UNIT), None, today)
    assert grouped.narrowed is None
    assert grouped == read_charts(office, Filter(ledger.id), None, today)


def test_the_codes_of_a_filter_select_those_tasks(office, ledger, today):
    wanted = Filter(ledger.id, codes=frozenset({"1-004", "1-001", "9-999", "' or 1"}))
    ids = find_tasks(office, wanted, None, today)
    assert [line.code for line in task_lines(office, ids, None, today)] == ["1-001", "1-004"]


def test_withdrawn_tasks_and_archived_ledgers_do_not_count(office, ledger, today, later):
    withdraw_task(office, "1-003", "重复", who=WHO, now=later)
    charts = read_charts(office, Filter(ledger.id), None, today)
    assert charts.units.total.total.number == 4


def test_the_lights_stand_ledger_by_ledger(office, ledger, today, later):
    new_ledger(office, "另一个", who=WHO, now=later)
    other = choose_ledger(office, "另一个")
    new_task(office, other, TaskWords(text="巡查河道。"), who=WHO, now=later)
    charts = read_charts(office, Filter(ledger.id), None, today)
    assert {x.word: len(x.codes) for x in charts.shape("lights").lines} == {
        "春季重点工作": 5,
        "另一个": 1,
    }
    assert charts.units.total.total.number == 5


def test_all_ledgers_together_have_bars_but_no_curve(office, ledger, today):
    charts = read_charts(office, Filter(None), None, today)
    assert charts.units.total.total.number == 5
    assert charts.shape("trend").is_empty


def test_a_cell_says_what_it_counts(charts):
    numbers = charts.numbers("units")
    assert numbers.about(0, 0) == numbers.rows[0][0]
    assert numbers.about(0, 1) == f"{numbers.rows[0][0]}·{numbers.header[1]}"
    assert numbers.as_text().count("\n") == len(numbers.rows)


def test_every_state_that_can_occur_has_its_looks():
    from tracker.domain.terms import Completion, Pace
    from tracker.insight.rates import state_key, state_word
    from tracker.insight.tally import Column
    from tracker.ops.chart_making import state_series

    states = [(completion, pace) for completion in Completion for pace in (None, *Pace)]
    columns = tuple(Column(state_key(state), state_word(state)) for state in states)
    series = state_series(columns)
    plain = [one for one, (_, pace) in zip(series, states, strict=True) if pace is None]
    paced = [
        one for one, (c, pace) in zip(series, states, strict=True) if pace and c == "in_progress"
    ]
    shapes = [one.shape for one in (*plain, *paced)]
    assert len(set(shapes)) == len(shapes)


def test_tasks_stand_with_the_document_they_came_from(office, ledger, today, later):
    plan = propose_import(office, read_text(situation_text()), ledger=ledger.name)
    apply_import(office, plan, who=WHO, now=later)
    lines = {x.word: x.codes for x in read(office, ledger, today).shape("documents").lines}
    *_, last = lines
    assert last == "（没有来源文件）"
    assert len(lines) == 2
    assert "1-001" in lines[last]


def read(office, ledger, today):
    return read_charts(office, Filter(ledger.id), None, today)


def test_the_late_ones_stand_longest_first_with_their_days(office, ledger):
    charts = read(office, ledger, date(2027, 2, 1))
    late = charts.late.tasks
    assert late
    assert [x.days for x in late] == sorted((x.days for x in late), reverse=True)
    assert all(x.days == (date(2027, 2, 1) - x.due).days for x in late)
    past = next(line for line in charts.due.lines if line.key == "overdue")
    assert {x.code for x in late} == set(past.total.codes)


def test_a_late_tasks_bar_is_as_long_as_its_days_and_opens_the_task(office, ledger):
    charts = read(office, ledger, date(2027, 2, 1))
    shape, numbers = charts.shape("late"), charts.numbers("late")
    for line, row, codes, late in zip(
        shape.lines, numbers.rows, numbers.codes, charts.late.tasks, strict=True
    ):
        assert shape.label(line) == f"{late.days}天"
        assert row[-1] == late.days
        assert line.codes == codes[0] == codes[-1] == (late.code,)
    assert numbers.about(0, 3) == numbers.rows[0][0]


def test_what_is_due_today_is_not_late(office, ledger, now, later):
    words = TaskWords(text="修缮书屋。", lead="县文旅局", deadline="2026-03-05")
    new_task(office, ledger, words, who=WHO, now=later)

    def names(day):
        return [late.text for late in read(office, ledger, day).late.tasks]

    assert "修缮书屋。" not in names(date(2026, 3, 5))
    assert "修缮书屋。" in names(date(2026, 3, 6))


def test_without_a_late_task_there_is_nothing_to_draw(office, ledger, tmp_path):
    target = tmp_path / "图.png"
    with pytest.raises(NothingToDraw, match="没有逾期的任务"):
        write_picture(office, "late", ledger, None, target, date(2020, 1, 1))
    assert not target.exists()


def test_of_very_many_late_tasks_the_longest_late_are_drawn(office, ledger, monkeypatch):
    charts = read(office, ledger, date(2027, 2, 1))
    monkeypatch.setattr("tracker.ops.chart_making.MOST_BARS", 1)
    shape = charts.shape("late")
    assert [line.key for line in shape.lines] == [late.code for late in charts.late.tasks[:1]]
    assert shape.note.endswith("图上画最久的1项，全部见表。")
    assert len(charts.numbers("late").rows) > 1
