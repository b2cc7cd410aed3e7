"""The list of tasks: what passes a filter, in which order, with which words and numbers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.helpers.offices import TASKS, add_tasks
from tracker.base.errors import UserError
from tracker.domain.browse import SHOW_WORDS, SORT_KEYS, Filter, Show
from tracker.domain.terms import Completion
from tracker.ops.browse import counts, find_tasks, lighter, task_card, task_lines
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.ledgers import archive_ledger, choose_ledger, new_ledger
from tracker.ops.notes import NoteWords, add_note
from tracker.ops.task_changes import merge_tasks, withdraw_task
from tracker.ops.tasks import ClosingWords, TaskWords, close_task, edit_task, extend_deadline

WHO = "张三"


def codes(office, wanted, today, round_id=None):
    ids = find_tasks(office, wanted, round_id, today)
    return [line.code[2:] for line in task_lines(office, ids, round_id, today)]


def found(office, ledger, today, **wanted):
    return codes(office, Filter(ledger.id, **wanted), today)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["001", "002", "003", "004", "005"]),
        ("书屋", ["002"]),
        ("桥 护栏", ["001"]),
        ("桥 书屋", []),
        ("住建局", ["001"]),
        ("东关", ["001"]),
        ("桥面铺装", ["001"]),
        ("100%", ["003"]),
        ("%", ["003"]),
        ("手册_初", ["004"]),
        ("_", ["004"]),
        ("5g", ["005"]),
        ("1-003", ["003"]),
        ("3.1", ["004"]),
        ("　桥　", ["001"]),
        ("'", []),
        ("zjj", ["001"]),
        ("zhujianju", ["001"]),
        ("qiao zjj", []),
    ],
)
def test_words_are_looked_for_everywhere_and_literally(office, ledger, today, text, expected):
    assert found(office, ledger, today, text=text) == expected


def test_a_unit_is_found_by_its_other_names(office, ledger, today, now):
    from tracker.store.models import UnitName

    with office.change("简称", WHO, now) as work:
        unit = next(unit for unit in work.units() if unit.name == "县住建局")
        work.add(UnitName(unit_id=unit.id, name="县建设局"))
    assert found(office, ledger, today, text="建设局") == ["001"]


def test_only_the_entry_of_the_round_shown_is_searched(office, ledger, rounds, today, later):
    write_entry(office, "1-001", EntryWords(progress="已竣工。"), who=WHO, now=later)
    wanted = Filter(ledger.id, text="铺装")
    assert codes(office, wanted, today, rounds[1].id) == ["001"]
    assert codes(office, wanted, today, rounds[2].id) == []
    assert codes(office, wanted, today) == []


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ((("position", True),), ["005", "004", "003", "002", "001"]),
        ((("deadline", False),), ["004", "001", "005", "003", "002"]),
        ((("deadline", True),), ["005", "001", "004", "002", "003"]),
        ((("light", False),), ["001", "005", "004", "002", "003"]),
        ((("number", True),), ["005", "004", "003", "002", "001"]),
        ((("section", True), ("position", False)), ["005", "003", "004", "001", "002"]),
        ((("entry", True),), ["002", "001", "003", "004", "005"]),
    ],
)
def test_a_list_is_sorted_by_any_column(office, ledger, today, sort, expected):
    assert found(office, ledger, today, sort=sort) == expected


@pytest.mark.parametrize("key", SORT_KEYS)
def test_every_sort_shows_every_task_once(office, ledger, today, key):
    for downwards in (False, True):
        ids = find_tasks(office, Filter(ledger.id, sort=((key, downwards),)), None, today)
        assert sorted(ids) == [1, 2, 3, 4, 5]


def test_units_sort_in_their_official_order(office, ledger, today):
    assert found(office, ledger, today, sort=(("unit", False),)) == [
        "001",
        "002",
        "003",
        "004",
        "005",
    ]


@pytest.mark.parametrize("day", [date(2026, 2, 1), date(2026, 3, 2), date(2027, 1, 1)])
def test_a_filter_by_light_finds_exactly_the_lines_of_that_light(office, ledger, later, day):
    words = ClosingWords("已印发。", day, "王主任", "手册一份")
    close_task(office, "1-004", words, who=WHO, now=later)
    edit_task(office, "1-003", TaskWords(completion=Completion.EXCLUDED), who=WHO, now=later)
    ids = find_tasks(office, Filter(ledger.id), None, day)
    lines = task_lines(office, ids, None, day)
    with office.read() as view:
        keys = [light.key for light in lighter(view, day).rules.lights]
    numbers = counts(office, ledger.id, None, day).lights
    for key in keys:
        chosen = find_tasks(office, Filter(ledger.id, lights=frozenset({key})), None, day)
        assert list(chosen) == [line.id for line in lines if line.light == key]
        assert numbers[key] == len(chosen)
    assert set(find_tasks(office, Filter(ledger.id, lights=frozenset(keys)), None, day)) == set(ids)


def test_filters_join(office, ledger, today):
    with office.read() as view:
        unit = next(unit.id for unit in view.units() if unit.name == "县交通运输局")
    assert found(office, ledger, today, unit_id=unit) == ["001"]
    assert found(office, ledger, today, section="二、环保") == ["003", "004"]
    assert found(office, ledger, today, section="") == ["005"]
    assert found(office, ledger, today, section="二、环保", text="手册") == ["004"]
    done = frozenset({Completion.DONE})
    assert found(office, ledger, today, completion=done) == []


def test_the_ready_made_selections_agree_with_their_counts(office, ledger, today, later):
    extend_deadline(office, "1-005", "2027-03-31", "设备未到", who=WHO, now=later)
    withdraw_task(office, "1-003", "职责调整", who=WHO, now=later)
    write_entry(office, "1-002", EntryWords(progress="已建成3处。"), who=WHO, now=later)
    edit_task(office, "1-004", TaskWords(lead="", completion=Completion.DONE), who=WHO, now=later)
    expected = {
        Show.DUE_7: ["001"],
        Show.CARRIED: ["001"],
        Show.NO_ENTRY: ["005"],
        Show.TO_CLOSE: ["004"],
        Show.EXTENDED: ["005"],
        Show.DOUBTFUL: ["004"],
        Show.NO_UNIT: ["004"],
        Show.WITHDRAWN: ["003"],
    }
    numbers = counts(office, ledger.id, None, today)
    for show in Show:
        assert found(office, ledger, today, show=show) == expected.get(show, []), show
        assert numbers.shows[show] == len(expected.get(show, [])), show
    assert set(SHOW_WORDS) == set(Show)
    assert numbers.total == 4
    assert numbers.completion == {Completion.IN_PROGRESS: 3, Completion.DONE: 1}


@pytest.mark.parametrize(
    "end",
    [
        TaskWords(completion=Completion.DONE),
        TaskWords(completion=Completion.EXCLUDED),
        ClosingWords("已竣工。", date(2026, 3, 2), "王主任", "验收单"),
        "职责调整",
    ],
)
def test_nothing_is_waited_for_from_a_task_that_is_over(office, ledger, today, later, end):
    for code in ("1-001", "1-005"):
        if isinstance(end, TaskWords):
            edit_task(office, code, end, who=WHO, now=later)
        elif isinstance(end, ClosingWords):
            close_task(office, code, end, who=WHO, now=later)
        else:
            withdraw_task(office, code, end, who=WHO, now=later)
    numbers = counts(office, ledger.id, None, today)
    for show, expected in ((Show.CARRIED, ["002"]), (Show.NO_ENTRY, ["003", "004"])):
        assert found(office, ledger, today, show=show) == expected
        assert numbers.shows[show] == len(expected)
    assert not task_card(office, "1-001", None, today).line.is_open
    assert task_card(office, "1-002", None, today).line.is_open


def test_counts_name_ledgers_units_and_sections_in_their_order(office, ledger, today, now):
    new_ledger(office, "另一专项", who=WHO, now=now)
    numbers = counts(office, ledger.id, None, today)
    assert [(x.name, x.count) for x in numbers.ledgers] == [("春季重点工作", 5), ("另一专项", 0)]
    assert [(x.name, x.count) for x in numbers.sections] == [
        ("一、城建", 2),
        ("二、环保", 2),
        ("", 1),
    ]
    assert [x.name for x in numbers.units][:3] == ["县住建局", "县交通运输局", "东关镇"]
    assert all(x.count == 1 for x in numbers.units)


def test_all_ledgers_are_listed_together_but_not_the_archived_ones(office, ledger, today, now):
    new_ledger(office, "往年", who=WHO, now=now)
    old = choose_ledger(office, "往年")
    add_tasks(office, old, now, TASKS[:1])
    assert len(find_tasks(office, Filter(None), None, today)) == 6
    assert counts(office, None, None, today).total == 6
    assert len(find_tasks(office, Filter(None, text="铺装"), None, today)) == 1
    archive_ledger(office, old, who=WHO, now=now)
    assert len(find_tasks(office, Filter(None), None, today)) == 5
    assert len(find_tasks(office, Filter(old.id), None, today)) == 1


def test_a_line_shows_the_task_with_its_light_and_entry(office, ledger, today, later):
    add_note(office, "1-001", "县住建局", NoteWords("护栏已到货。"), who=WHO, now=later)
    (line,) = task_lines(office, [1], None, today)
    assert (line.code, line.number, line.section) == ("1-001", "1", "一、城建")
    assert line.lead == ("县住建局", "县交通运输局")
    assert line.cooperating == ("东关镇",)
    assert line.deadline_date == date(2026, 3, 4)
    assert (line.light, line.remaining) == ("amber", "剩2个工作日")
    assert "2026年" in line.reason or "3月4日" in line.reason
    assert (line.entry_text, line.carried, line.notes) == ("已完成桥面铺装。", True, 1)


def test_a_page_comes_in_the_order_of_its_ids_and_leaves_out_what_is_gone(office, ledger, today):
    lines = task_lines(office, [3, 99, 1], None, today)
    assert [line.id for line in lines] == [3, 1]
    assert task_lines(office, [], None, today) == ()


def test_a_page_takes_the_same_number_of_queries_whatever_its_length(office, ledger, today):
    from sqlalchemy import event

    asked = []
    event.listen(office._reader, "before_cursor_execute", lambda *a: asked.append(a[2]))
    task_lines(office, [1], None, today)
    one = len(asked)
    task_lines(office, [1, 2, 3, 4, 5], None, today)
    assert len(asked) == 2 * one


def test_a_card_shows_everything_of_a_task(office, ledger, rounds, today, later):
    write_entry(office, "1-001", EntryWords(progress="护栏已安装。"), who=WHO, now=later)
    add_note(office, "1-001", "县住建局", NoteWords("护栏已到货。"), who=WHO, now=later)
    merge_tasks(office, ["1-004"], "1-001", "同一件事", who=WHO, now=later)
    card = task_card(office, "1-001", None, today)
    assert card.ledger_name == "春季重点工作"
    assert card.round == rounds[2]
    assert card.entry.text == "护栏已安装。"
    assert (card.before.round.number, card.before.entry.text) == (1, "已完成桥面铺装。")
    assert [e.round.number for e in card.entries] == [2, 1]
    assert [n.text for n in card.notes] == ["护栏已到货。"]
    assert [(m.code, m.why, m.roles.lead) for m in card.merged] == [
        ("1-004", "同一件事", ("县应急局",))
    ]
    assert card.merged_into is None
    assert card.source.document_id is None
    merged = task_card(office, "1-004", None, today)
    assert merged.merged_into.code == "1-001"
    assert merged.line.withdrawn == "并入 1-001：同一件事"
    first = task_card(office, "1-001", rounds[1].id, today)
    assert (first.entry.text, first.before) == ("已完成桥面铺装。", None)


def test_a_card_names_the_file_and_row_a_task_came_from(office, tmp_path, now, today):
    from tests.helpers.samples import situation_text
    from tracker.ops.import_table import apply_import, propose_import, read_source

    path = tmp_path / "上期.txt"
    path.write_text(situation_text(), encoding="utf-8")
    apply_import(office, propose_import(office, read_source(path)), who=WHO, now=now)
    card = task_card(office, "1-002", None, today)
    assert card.source.file_name == "上期.txt"
    assert card.source.has_file
    assert card.source.row is not None
    assert card.before is None


def test_a_card_of_an_unknown_code_is_refused(office, today):
    with pytest.raises(UserError, match="没有编号"):
        task_card(office, "9-999", None, today)


def test_a_ledger_without_rounds_shows_its_tasks(office, now, today):
    new_ledger(office, "新", who=WHO, now=now)
    row = choose_ledger(office, None)
    add_tasks(office, row, now, TASKS[:2])
    assert len(find_tasks(office, Filter(row.id, text="老桥"), None, today)) == 1
    card = task_card(office, "1-001", None, today)
    assert (card.round, card.entry, card.before) == (None, None, None)
    assert counts(office, row.id, None, today).shows[Show.NO_ENTRY] == 2


def test_due_soon_looks_seven_days_ahead(office, ledger, today):
    for back, expected in ((0, ["001"]), (5, ["001"]), (-3, [])):
        day = today - timedelta(days=back)
        assert found(office, ledger, day, show="due7") == expected
