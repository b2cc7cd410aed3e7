from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.proposals import COLUMNS, due, make_row, make_table, names_of, stored
from tracker.base.errors import UserError
from tracker.domain.proposal import NEW_TASK, Decisions
from tracker.domain.table import Item, Origin, Roles
from tracker.tables.choose import choose_from
from tracker.tables.proposal import propose

NAMES = names_of("县水利局", ("县教育局", "县教体局"), "县文旅局", "县财政局")
ROWS = (
    make_row("修复水毁堤防8处。", "1", lead="县水利局", progress="已修复3处。"),
    make_row("新建标准化考点1个。", "2", lead="县教育局", progress="正在装修。"),
    make_row("办好丰收文化节。", "3", lead="县文旅局", deadline=due("9月底前", date(2026, 9, 30))),
)


def compare(rows, kept=ROWS, *, columns=COLUMNS, later=lambda _task, _field: False, names=NAMES):
    tasks, entries = stored(kept)
    return propose(make_table(rows, columns), tasks, entries, names, later)


def changes(proposal):
    return [(c.task, c.field, c.old, c.new) for c in proposal.update]


def changed(row=ROWS[0], **fields):
    return (replace(row, **fields), *ROWS[1:])


def test_the_same_table_changes_nothing():
    proposal = compare(ROWS)
    assert (proposal.same, proposal.create, proposal.update, proposal.conflict) == (3, (), (), ())
    assert proposal.unmentioned == ()


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"progress": "已修复5处。"}, ("progress", "已修复3处。", "已修复5处。")),
        ({"number": "11"}, ("number", "1", "11")),
        ({"section": "一、水利"}, ("section", "", "一、水利")),
        ({"status_text": "完成"}, ("state", "", "完成")),
        ({"percent": 37.5}, ("percent", "", "37.5%")),
        ({"percent": 100.0}, ("percent", "", "100%")),
        ({"problems": "资金缺口大"}, ("problems", "", "资金缺口大")),
        ({"next_steps": "抓紧招标"}, ("next_steps", "", "抓紧招标")),
        ({"note": "跨年项目"}, ("note", "", "跨年项目")),
        ({"persons": ("赵明", "钱亮")}, ("persons", "", "赵明、钱亮")),
        ({"deadline": due("6月底前")}, ("deadline", "", "6月底前")),
        ({"extra": (("项目编号", "A-7"),)}, ("项目编号", "", "A-7")),
        ({"roles": Roles(lead=("县财政局",))}, ("lead", "县水利局", "县财政局")),
        ({"task": "修复水毁堤防9处。"}, ("task", "修复水毁堤防8处。", "修复水毁堤防9处。")),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_changed_cell_is_an_update(fields, expected):
    proposal = compare(changed(**fields))
    assert changes(proposal) == [("1-001", *expected)]
    assert proposal.same == 2
    assert proposal.conflict == ()


@pytest.mark.parametrize(
    "fields",
    [
        {"progress": ""},
        {"number": ""},
        {"roles": Roles()},
        {"persons": ()},
        {"deadline": None},
        {"percent": None},
        {"extra": ()},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_an_empty_cell_never_empties_a_stored_one(fields):
    full = replace(
        ROWS[0],
        persons=("赵明",),
        deadline=due("6月底前"),
        percent=40.0,
        extra=(("项目编号", "A-7"),),
    )
    proposal = compare([replace(full, **fields)], [full])
    assert (proposal.update, proposal.conflict, proposal.same) == ((), (), 1)


def test_rows_are_added_and_missing_tasks_stay():
    added = make_row("编制地质灾害应急预案。", "4", lead="县应急局")
    proposal = compare([ROWS[0], ROWS[2], added])
    assert [(c.row.task, c.units_new) for c in proposal.create] == [(added.task, ("县应急局",))]
    assert proposal.unmentioned == ("1-002",)
    assert proposal.update == ()


@pytest.mark.parametrize(
    ("printed", "differs"),
    [("县教体局", False), ("县 教育局", False), ("教育局", False), ("市教育局", True)],
)
def test_units_are_compared_by_what_they_stand_for(printed, differs):
    proposal = compare([ROWS[0], replace(ROWS[1], roles=Roles(lead=(printed,))), ROWS[2]])
    assert bool(proposal.update) is differs


def test_the_order_of_units_counts():
    kept = [replace(ROWS[0], roles=Roles(lead=("县水利局", "县财政局")))]
    row = replace(ROWS[0], roles=Roles(lead=("县财政局", "县水利局")))
    assert changes(compare([row], kept)) == [
        ("1-001", "lead", "县水利局、县财政局", "县财政局、县水利局")
    ]


def test_a_deadline_in_the_tasks_own_words_is_no_news():
    row = make_row("9月底前办好丰收文化节。", "3", deadline=due("9月底前", date(2026, 9, 30)))
    kept = [replace(row, deadline=due("10月底前", date(2026, 10, 31)))]
    columns = {name: word for name, word in COLUMNS.items() if name != "deadline"}
    assert compare([row], kept, columns=columns).same == 1
    assert [c.field for c in compare([row], kept).update] == ["deadline"]


def test_units_divided_otherwise_among_the_parts_are_an_update():
    items = (Item("①", "修渠"), Item("②", "建站"))
    both = Roles(lead=("县水利局", "县财政局"))
    kept = make_row("①修渠；②建站。", roles=both, items=items, units_text="①县水利局②县财政局")
    row = replace(kept, units_text="①县财政局②县水利局")
    assert changes(compare([row], [kept])) == [
        ("1-001", "lead", "①县水利局②县财政局", "①县财政局②县水利局")
    ]


def test_a_line_end_inside_the_unit_cell_is_no_change():
    words = "第①项由县水利局牵头；第②项由县财政局牵头"
    kept = changed(units_text=words)
    assert compare(changed(units_text=words.replace("；", "；\n")), kept).same == 3


def test_the_one_list_that_the_printed_table_shows_is_no_change():
    kept = replace(ROWS[0], roles=Roles(responsible=("县水利局",)))
    assert compare([ROWS[0]], [kept]).same == 1


def test_line_ends_of_another_system_are_no_change():
    kept = replace(ROWS[0], progress="已修复3处。\r\n其余在建。")
    assert compare([replace(kept, progress="已修复3处。\n其余在建。")], [kept]).same == 1


def test_characters_that_no_file_can_hold_are_no_change():
    kept = changed(progress="已修复\x07\x0b3处。")
    assert compare(changed(progress="已修复\n3处。"), kept).same == 3


def test_a_cell_changed_after_the_export_is_a_conflict_that_knows_its_change():
    proposal = compare(
        changed(progress="已修复5处。", number="11"),
        later=lambda task, field: (task, field) == (1, "progress"),
    )
    (conflict,) = proposal.conflict
    assert (conflict.task, conflict.field) == ("1-001", "progress")
    assert conflict.values == ("已修复3处。", "已修复5处。")
    assert conflict.change.new == "已修复5处。"
    assert [c.field for c in proposal.update] == ["number"]


# Which task a doubtful row is

EAST = make_row("建设城东停车场，新增泊位300个。", "1", lead="县财政局", progress="已开工。")
WEST = make_row("建设城西停车场，新增泊位300个。", "2", lead="县财政局", progress="未开工。")
NORTH = make_row("建设城北停车场，新增泊位300个。", "9", lead="县财政局", progress="在选址。")


def doubtful():
    proposal = compare([NORTH], [EAST, WEST])
    (conflict,) = proposal.conflict
    return proposal, conflict.question


def test_a_doubtful_row_is_a_question_with_all_it_could_change():
    proposal, question = doubtful()
    assert (proposal.create, proposal.update) == ((), ())
    assert {c.task for c in question.candidates} == {"1-001", "1-002"}
    first = question.candidates[0]
    assert [c.field for c in first.update] == ["number", "task", "progress"]
    assert question.creation.row.task == NORTH.task


def test_an_undecided_question_stays_and_writes_nothing():
    proposal, _ = doubtful()
    assert choose_from(proposal, Decisions()) == proposal


@pytest.mark.parametrize("code", ["1-001", "1-002"])
def test_the_chosen_task_is_updated(code):
    proposal, question = doubtful()
    chosen = choose_from(proposal, Decisions(answers={question.row.origin: code}))
    assert {c.task for c in chosen.update} == {code}
    assert [m.task for m in chosen.matches] == [code]
    assert (chosen.create, chosen.conflict) == ((), ())


def test_a_row_that_is_none_of_the_tasks_becomes_a_new_one():
    proposal, question = doubtful()
    chosen = choose_from(proposal, Decisions(answers={question.row.origin: NEW_TASK}))
    assert [c.row.task for c in chosen.create] == [NORTH.task]
    assert (chosen.update, chosen.conflict, chosen.matches) == ((), (), ())


def test_two_rows_cannot_be_said_to_be_one_task():
    other = replace(NORTH, task="建设城南停车场，新增泊位300个。", number="8")
    proposal = compare([NORTH, other], [EAST, WEST])
    origins = [conflict.question.row.origin for conflict in proposal.conflict]
    assert len(origins) == 2
    with pytest.raises(UserError, match="都对到了同一任务"):
        choose_from(proposal, Decisions(answers=dict.fromkeys(origins, "1-001")))


# Taking only a part

THREE = (
    replace(ROWS[0], progress="已修复5处。", number="11"),
    replace(ROWS[1], progress="已完工。"),
    make_row("编制地质灾害应急预案。", "4"),
)


@pytest.mark.parametrize(
    ("decisions", "updates", "created"),
    [
        (Decisions(), [("1-001", "number"), ("1-001", "progress"), ("1-002", "progress")], 1),
        (
            Decisions(refused=frozenset({("1-001", "number")})),
            [("1-001", "progress"), ("1-002", "progress")],
            1,
        ),
        (
            Decisions(refused=frozenset({("1-001", "number"), ("1-001", "progress")})),
            [("1-002", "progress")],
            1,
        ),
        (
            Decisions(not_created=frozenset({Origin("", 5)})),
            [("1-001", "number"), ("1-001", "progress"), ("1-002", "progress")],
            0,
        ),
    ],
    ids=["all", "without a cell", "without a row", "nothing new"],
)
def test_only_what_is_wanted_is_left(decisions, updates, created):
    chosen = choose_from(compare(THREE), decisions)
    assert [(c.task, c.field) for c in chosen.update] == updates
    assert len(chosen.create) == created


@pytest.mark.parametrize(("taken", "left"), [(None, 1), (True, 0), (False, 0)])
def test_a_disputed_cell_is_written_only_when_the_table_is_taken(taken, left):
    proposal = compare(changed(progress="已修复5处。"), later=lambda *_: True)
    settled = {} if taken is None else {("1-001", "progress"): taken}
    chosen = choose_from(proposal, Decisions(settled=settled))
    assert [c.new for c in chosen.update] == (["已修复5处。"] if taken else [])
    assert len(chosen.conflict) == left


def test_a_unit_cell_that_divides_units_goes_in_whole_or_not_at_all():
    row = replace(
        ROWS[0],
        roles=Roles(lead=("县财政局",), cooperating=("县文旅局",)),
        units_text="①县财政局牵头，县文旅局配合",
    )
    proposal = compare([row])
    assert [c.field for c in proposal.update] == ["lead", "cooperating"]
    assert choose_from(proposal, Decisions(refused=frozenset({("1-001", "units")}))).update == ()


# Laws

CELLS = st.sampled_from(["", "已完工。", "正在推进，已完成60%。", "①已建成；②在建。"])
WORDS = st.lists(
    st.sampled_from(["修建", "道路", "3公里", "5公里", "学校", "验收", "，", "一期", "合计"]),
    min_size=1,
    max_size=6,
).map("".join)
LEADS = st.lists(st.sampled_from(["县水利局", "水利局", "各乡镇"]), unique=True, max_size=2)
ANY_ROWS = st.lists(
    st.builds(
        lambda task, number, lead, progress, note: make_row(
            task, number, lead=lead, progress=progress, note=note
        ),
        WORDS,
        st.sampled_from(["", "1", "2", "（一）"]),
        LEADS,
        CELLS,
        CELLS,
    ),
    max_size=8,
)


@settings(deadline=None)
@given(rows=ANY_ROWS)
def test_importing_twice_changes_nothing(rows):
    proposal = compare(rows, rows)
    assert proposal.same == len(rows)
    assert (proposal.create, proposal.update, proposal.conflict) == ((), (), ())


@settings(deadline=None)
@given(rows=ANY_ROWS, data=st.data())
def test_any_part_of_an_export_creates_and_asks_nothing(rows, data):
    part = data.draw(st.lists(st.sampled_from(rows), unique_by=id) if rows else st.just([]))
    proposal = compare(part, rows)
    assert (proposal.create, proposal.conflict) == ((), ())
    assert len(proposal.matches) == len(part)
