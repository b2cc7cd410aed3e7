"""责任分解表: what it prints, and that it reads back as the same tasks."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.helpers.plans import TITLE, decomposed
from tracker.base.errors import UserError
from tracker.domain.deadline import Deadline
from tracker.domain.draft import DecomposedDocument, DocumentHead, DocumentKind, Draft, Quote
from tracker.domain.table import Item, Roles
from tracker.files.flow import Flow
from tracker.files.source import Source
from tracker.ops.apply_drafts import apply_drafts
from tracker.ops.breakdown import breakdown_content, export_breakdown
from tracker.ops.decompose import Decomposed
from tracker.ops.drafts import all_decided, propose_drafts
from tracker.ops.history import undo_step
from tracker.ops.import_table import (
    apply_import,
    propose_import,
    read_progress_table,
    read_source,
    read_text,
)
from tracker.ops.ledgers import choose_ledger, list_ledgers, new_ledger
from tracker.ops.tasks import TaskWords, edit_task, list_tasks

WHO = "张三"
UNITS = ["县水利局", "县财政局", "县发改局", "北湖镇人民政府", "县人力资源和社会保障局", "县公安局"]


@pytest.fixture
def stored(office, now):
    plan = propose_drafts(office, decomposed())
    apply_drafts(office, plan, all_decided(plan), who=WHO, now=now)
    return choose_ledger(office, TITLE)


def store(office, now, drafts):
    """Take invented drafts in; return their ledger."""
    text = "\n".join(draft.text for draft in drafts)
    document = DecomposedDocument(DocumentKind.PLAN, DocumentHead("水利方案"), tuple(drafts))
    source = Source("方案.txt", "text", Flow.of(text), ())
    plan = propose_drafts(office, Decomposed(source, document))
    apply_drafts(office, plan, all_decided(plan), who=WHO, now=now)
    return choose_ledger(office, "水利方案")


def draft_of(number, text="修渠。", **more):
    return Draft(number, ("一、工程",), "修渠", text, Quote(0, len(text)), **more)


def essence(rows):
    return [
        (
            row.number,
            row.section,
            getattr(row, "text", "") or row.task,
            row.roles,
            row.persons,
            row.deadline.text if row.deadline else "",
        )
        for row in rows
    ]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_either_file_reads_back_as_the_same_tasks(office, stored, tmp_path, now, ending):
    target = tmp_path / f"责任 分解表.{ending}"
    written = export_breakdown(office, stored, target, now=now)
    assert (written.path, written.rows, written.warnings) == (target, 4, ())
    table = read_progress_table(read_source(target), None)
    assert table.title == f"{TITLE}责任分解表"
    assert essence(table.rows) == essence(list_tasks(office, stored))
    assert [part.mark for part in table.rows[1].items] == ["①", "②"]


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_same_tasks_give_the_same_bytes(office, stored, tmp_path, now, ending):
    one, other = tmp_path / f"1.{ending}", tmp_path / f"2.{ending}"
    export_breakdown(office, stored, one, now=now)
    export_breakdown(office, stored, other, now=now)
    assert one.read_bytes() == other.read_bytes()


def test_leads_stand_apart_where_most_tasks_have_them(office, now):
    ledger = store(
        office,
        now,
        [
            draft_of("1", "修渠。", roles=Roles(("县水利局", "县发改局"), ("县财政局",))),
            draft_of("2", "清淤。", roles=Roles(("县水利局",))),
            draft_of("3", "巡查。", roles=Roles(responsible=("县公安局",))),
        ],
    )
    rows = breakdown_content(office, ledger, now).rows
    assert rows[0].lead == ("县水利局", "县发改局")
    assert rows[0].cooperating == ("县财政局",)
    assert rows[2].lead == ("责任单位：县公安局",)
    assert all(row.units == () for row in rows)


def test_plain_lists_stand_in_one_column(office, now):
    roles = [Roles(responsible=("县水利局", "县财政局")), Roles(responsible=("县公安局",))]
    drafts = [draft_of(str(i), f"任务{i}。", roles=r) for i, r in enumerate(roles)]
    ledger = store(office, now, drafts)
    rows = breakdown_content(office, ledger, now).rows
    assert [row.units for row in rows] == [("县水利局、县财政局",), ("县公安局",)]


def test_units_of_parts_stay_with_their_mark(office, now):
    items = (
        Item("①", "清淤", Roles(("县水利局",), ("县财政局",))),
        Item("②", "建闸", Roles(("县发改局",))),
    )
    ledger = store(office, now, [draft_of("1", "修渠。①清淤；②建闸。", items=items)])
    (row,) = breakdown_content(office, ledger, now).rows
    assert row.lead == ("①县水利局", "②县发改局")
    assert row.cooperating == ("①县财政局",)
    assert row.task == "修渠。①清淤；②建闸。"


def test_the_words_of_an_imported_unit_cell_are_printed_while_they_hold(office, now):
    cell = "第①项由县水利局牵头，第②项由县发改局牵头，县公安局配合"
    table = (
        "序号\t工作任务\t牵头单位\t配合单位\t落实情况\n"
        f"1\t修渠。①清淤；②建闸。\t{cell}\t县财政局\t已开工。"
    )
    apply_import(office, propose_import(office, read_text(table)), who=WHO, now=now)
    (ledger,) = list_ledgers(office)
    (row,) = breakdown_content(office, ledger, now).rows
    assert (row.lead, row.cooperating) == ((cell,), ("县财政局",))
    edit_task(office, "1-001", TaskWords(lead="县水利局"), who=WHO, now=now)
    (row,) = breakdown_content(office, ledger, now).rows
    assert row.lead == ("县水利局",)


def test_tasks_with_cooperating_units_only_have_no_column_of_leads(office, now):
    ledger = store(office, now, [draft_of("1", roles=Roles(cooperating=("县财政局",)))])
    (row,) = breakdown_content(office, ledger, now).rows
    assert (row.lead, row.cooperating) == ((), ("县财政局",))


def test_a_deadline_without_words_is_printed_as_a_day(office, now):
    ledger = store(office, now, [draft_of("1", deadline=Deadline("", date(2026, 6, 30)))])
    assert breakdown_content(office, ledger, now).rows[0].deadline == "2026年6月30日"


def test_another_ending_is_refused_and_nothing_written(office, stored, tmp_path, now):
    with pytest.raises(UserError, match="格式"):
        export_breakdown(office, stored, tmp_path / "表.odt", now=now)
    assert list(tmp_path.glob("*.odt")) == []


def test_an_empty_ledger_prints_no_table(office, tmp_path, now):
    new_ledger(office, "空", who=WHO, now=now)
    with pytest.raises(UserError, match="没有任务"):
        export_breakdown(office, choose_ledger(office, "空"), tmp_path / "表.xlsx", now=now)


@st.composite
def role_sets(draw, most=6):
    """Roles in which no unit is named twice."""
    names = draw(st.permutations(UNITS))[: draw(st.integers(1, most))]
    cuts = sorted(draw(st.lists(st.integers(0, len(names)), min_size=3, max_size=3)))
    edges = [0, *cuts, len(names)]
    return Roles(*(tuple(names[a:b]) for a, b in pairwise(edges)))


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    roles=st.lists(role_sets(), min_size=1, max_size=4), ending=st.sampled_from(["xlsx", "docx"])
)
def test_whatever_the_units_do_it_reads_back(roles, ending, office, tmp_path, now):
    drafts = [draft_of(str(i), f"第{i}项工作。", roles=r) for i, r in enumerate(roles, 1)]
    ledger = store(office, now, drafts)
    target = tmp_path / f"表.{ending}"
    export_breakdown(office, ledger, target, now=now)
    table = read_progress_table(read_source(target), None)
    assert essence(table.rows) == essence(list_tasks(office, ledger))
    undo_step(office, who=WHO, now=now)


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(first=role_sets(3), second=role_sets(3), other=role_sets(3))
def test_whatever_the_units_of_parts_do_it_reads_back(first, second, other, office, tmp_path, now):
    items = (Item("①", "清淤", first), Item("②", "建闸", second))
    drafts = [
        draft_of("1", "修渠。①清淤；②建闸。", items=items),
        draft_of("2", "巡查堤防。", roles=other),
    ]
    ledger = store(office, now, drafts)
    target = tmp_path / "表.xlsx"
    export_breakdown(office, ledger, target, now=now)
    table = read_progress_table(read_source(target), None)
    wanted = list_tasks(office, ledger)
    assert [sorted_roles(row.roles) for row in table.rows] == [
        sorted_roles(task.roles) for task in wanted
    ]
    undo_step(office, who=WHO, now=now)


def sorted_roles(roles):
    return [sorted(names) for names in (roles.lead, roles.cooperating, roles.responsible)]
