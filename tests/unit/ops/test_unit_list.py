"""The list of units: ordered, edited, contacts pasted, spellings joined, lists exchanged."""

from __future__ import annotations

import pytest
from openpyxl import Workbook

from tracker.base.errors import UserError
from tracker.domain.reform import NewUnit, ReformKind, ReformRequest
from tracker.domain.unit_list import NO_DAY, PersonWords, UnitWords
from tracker.ops.history import undo_step
from tracker.ops.ledgers import new_ledger
from tracker.ops.office import create_office
from tracker.ops.people import add_person, edit_person, find_person, list_people, order_people
from tracker.ops.reforms import carry_out_reform
from tracker.ops.tasks import TaskWords, new_task
from tracker.ops.unit_duplicates import (
    keep_apart,
    merge_duplicates,
    near_duplicates,
    plan_duplicates,
)
from tracker.ops.unit_list import (
    add_unit,
    edit_unit,
    list_lines,
    order_by_standard,
    order_units,
    read_contacts,
    remove_unit,
    write_contacts,
)
from tracker.ops.unit_page import unit_page
from tracker.ops.unit_table import apply_unit_import, export_units, plan_unit_import

WHO = "李四"


@pytest.fixture
def office(tmp_path, now):
    office = create_office(tmp_path / "办.db", now)
    new_ledger(office, "重点工作", who=WHO, now=now)
    yield office
    office.close()


@pytest.fixture
def step(now):
    return {"who": WHO, "now": now}


@pytest.fixture
def add(office, step):
    def add(*names, **words):
        ids = [add_unit(office, UnitWords(name=name, **words), **step).value for name in names]
        return ids if len(ids) > 1 else ids[0]

    return add


def add_task(office, step, text, **words):
    with office.read() as view:
        ledger = view.ledgers()[0]
    return new_task(office, ledger, TaskWords(text=text, **words), **step).value


def names(office):
    return [line.unit.name for line in list_lines(office)]


def test_units_are_dragged_into_an_order_and_undo_takes_it_back(office, add, step):
    ids = add("县甲局", "县乙局", "县丙局")
    order_units(office, [ids[2], ids[0]], **step)
    assert names(office) == ["县丙局", "县甲局", "县乙局"]
    undo_step(office, **step)
    assert names(office) == ["县甲局", "县乙局", "县丙局"]


def test_the_usual_order_puts_towns_last(office, add, step):
    add("柳河镇人民政府", "县水利局", "柳河街道办事处", "各镇人民政府", "县城投公司")
    add("县发改局", "云岭经开区管委会", "县政府办")
    order_by_standard(office, **step)
    assert names(office) == [
        "县政府办",
        "县发改局",
        "县水利局",
        "云岭经开区管委会",
        "县城投公司",
        "柳河镇人民政府",
        "柳河街道办事处",
        "各镇人民政府",
    ]


def test_a_corrected_name_still_finds_the_unit(office, add, step):
    unit_id = add("县水力局")
    edit_unit(office, unit_id, UnitWords(name="县水利局", short_name="水利局"), **step)
    with office.read() as view:
        found = view.unit_names()
    assert found.find("县水力局") == found.find("县水利局") == found.find("水利局") == unit_id


def test_one_name_is_not_given_to_two_units(office, add, step):
    add("县水利局", names=("县水务局",))
    for name in ("县水利局", "县水务局"):
        with pytest.raises(UserError, match="已在名单里"):
            add(name)


def test_a_unit_that_is_used_is_not_removed(office, add, step):
    used, idle = add("县水利局", "县甲局")
    add_task(office, step, "修渠。", lead="县水利局")
    with pytest.raises(UserError, match="不能删除"):
        remove_unit(office, used, **step)
    remove_unit(office, idle, **step)
    assert names(office) == ["县水利局"]


def test_contacts_are_pasted_in_any_order_of_columns(office, add, step):
    add("县水利局", "县财政局", "县甲局")
    text = "单位\t联系人\t电话\n县水利局\t王芳\t0599-1234567\n"
    text += "13800001111，赵强，财政局\n县丁局 钱一 5551234"
    lines = read_contacts(office, text)
    assert [(x.unit, x.contact, x.phone) for x in lines] == [
        ("县水利局", "王芳", "0599-1234567"),
        ("县财政局", "赵强", "13800001111"),
        ("", "", ""),
    ]
    assert write_contacts(office, lines, **step).value == 2
    units = {line.unit.name: line.unit for line in list_lines(office)}
    assert (units["县财政局"].contact, units["县财政局"].phone) == ("赵强", "13800001111")


def test_two_spellings_are_shown_joined_and_taken_apart_again(office, add, step):
    keep, other = add("县卫健局", "县卫健委")
    code = add_task(office, step, "建院。", lead="县卫健委", cooperating="县甲局")
    pair = next(p for p in near_duplicates(office) if {p.one.id, p.other.id} == {keep, other})
    assert pair.reason
    plan = plan_duplicates(office, keep, [other])
    assert (plan.tasks, plan.notes) == (1, 0)
    before = list_lines(office)
    merge_duplicates(office, keep, [other], **step)
    with office.read() as view:
        assert view.task(code).roles.lead == ("县卫健委",)
        assert view.unit_names().find("县卫健委") == keep
    assert not [p for p in near_duplicates(office) if keep in (p.one.id, p.other.id)]
    undo_step(office, **step)
    assert list_lines(office) == before


def test_units_kept_apart_are_not_shown_again(office, add, step):
    one, other = add("县卫健局", "县卫健委")
    assert near_duplicates(office)
    keep_apart(office, one, other, **step)
    assert near_duplicates(office) == ()


def test_forms_of_both_spellings_in_one_round_are_joined(office, add, step, now):
    from tracker.ops.rounds import new_round

    keep, other = add("县卫健局", "县卫健委")
    with office.read() as view:
        ledger = view.ledgers()[0]
    new_round(office, ledger, **step)
    with office.change("发表", WHO, now) as work:
        round_ = work.round_of(work.ledger(ledger.id), 1)
        for unit_id, code in ((keep, "1-001"), (other, "1-002")):
            row = work.form_return(round_, unit_id)
            row.sent_at, row.sent = now, [{"code": code}]
            row.calls = [{"at": now.isoformat(), "whom": code, "said": "", "by": WHO}]
    merge_duplicates(office, keep, [other], **step)
    with office.change("看", WHO, now) as work:
        row = work.form_return(work.round_of(work.ledger(ledger.id), 1), keep)
        assert [each["code"] for each in row.sent] == ["1-001", "1-002"]
        assert len(row.calls) == 2


def test_leaders_are_listed_with_their_units(office, add, step, now):
    add("县水利局", "县财政局")
    words = PersonWords(name="王强", post="副县长", charge="分管水利", units=("水利局",))
    person = add_person(office, words, **step).value
    add_person(office, PersonWords(name="赵刚"), **step)
    with pytest.raises(UserError, match="没有登记过"):
        edit_person(office, person, PersonWords(units=("县丁局",)), **step)
    edit_person(office, person, PersonWords(valid_to=now.date()), **step)
    assert find_person(office, "王强").valid_to == now.date()
    edit_person(office, person, PersonWords(valid_to=NO_DAY), **step)
    assert find_person(office, "王强").valid_to is None
    order_people(office, [list_people(office)[1].id], **step)
    assert [p.name for p in list_people(office)] == ["赵刚", "王强"]


def test_the_list_goes_out_and_comes_in_as_the_same(office, add, step, tmp_path, now):
    add("县水利局", short_name="水利局", contact="王芳", phone="0599-1234567")
    add("县财政局", names=("县财税局", "财政"))
    add("各镇人民政府", members=("柳河镇", "青石镇"))
    target = tmp_path / "名单.xlsx"
    export_units(office, target, now=now)
    plan = plan_unit_import(office, target)
    assert (plan.create, plan.update, plan.asked, plan.faults) == ((), (), (), ())
    assert plan.same == 5


def sheet(path, *rows):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_another_list_adds_updates_and_asks(office, add, step, tmp_path):
    add("县卫健委", "县水利局", "县财政局")
    path = sheet(
        tmp_path / "新名单.xlsx",
        ["云岭县机关名单"],
        ["序号", "机构名称", "联络员", "联系电话（办）", "曾用名"],
        [1, "县卫健局", "钱一", "5551234", ""],
        [2, "县水利局", "王芳", "", "县水务局"],
        [3, "县财政局", "", "", "县水利局"],
        [4, "县数据局", "孙二", "5550000", ""],
        [5, "县数据局", "重复", "", ""],
    )
    plan = plan_unit_import(office, path)
    assert [row.name for row in plan.create] == ["县数据局"]
    assert [(c.unit, c.field, c.new) for c in plan.update] == [
        ("县水利局", "联系人", "王芳"),
        ("县水利局", "别称", "县水务局"),
    ]
    assert [(row.name, ours) for row, ours, _ in plan.asked] == [("县卫健局", "县卫健委")]
    assert len(plan.faults) == 2
    before = list_lines(office)
    asked = plan.asked[0][0].row
    done = apply_unit_import(office, plan, same={asked: "县卫健委"}, **step)
    assert "新增 1 个单位" in done.sentence
    with office.read() as view:
        known = view.unit_names()
    assert known.find("县卫健局") == known.find("县卫健委")
    joined = next(x.unit for x in list_lines(office) if x.unit.name == "县卫健委")
    assert (joined.contact, joined.phone) == ("钱一", "5551234")
    assert plan_unit_import(office, path).create == ()
    undo_step(office, **step)
    assert list_lines(office) == before


def test_a_list_does_not_write_the_contact_of_an_abolished_unit_to_its_successor(
    office, add, step, now, tmp_path
):
    add("县商务局", "县招商局")
    request = ReformRequest(
        ReformKind.MERGE, ("县商务局", "县招商局"), (NewUnit("县商招局"),), on=now.date()
    )
    carry_out_reform(office, request, **step)
    path = sheet(tmp_path / "旧名单.xlsx", ["单位", "联系人"], ["县商务局", "王芳"])
    plan = plan_unit_import(office, path)
    assert (plan.create, plan.update, plan.same) == ((), (), 0)
    ours = tmp_path / "本办名单.xlsx"
    export_units(office, ours, now=now)
    again = plan_unit_import(office, ours)
    assert (again.create, again.update, again.faults, again.same) == ((), (), (), 3)
    assert plan.faults == ("第2行“县商务局”已经撤销，没有读入；现由“县商招局”承接",)


def test_an_abolished_unit_is_not_registered_again_but_set_up_by_a_reform(office, add, step, now):
    add("县商务局", "县招商局")
    request = ReformRequest(
        ReformKind.ABOLISH, ("县商务局",), (NewUnit("县招商局"),), on=now.date()
    )
    carry_out_reform(office, request, **step)
    with pytest.raises(UserError, match=r"已经撤销的单位.*重新设立"):
        add("县商务局")


def test_the_page_of_a_unit_tells_what_it_went_through(office, add, step, now):
    add("县商务局", "县招商局")
    add_task(office, step, "招商。", lead="县招商局")
    request = ReformRequest(
        ReformKind.MERGE, ("县商务局", "县招商局"), (NewUnit("县商招局"),), on=now.date()
    )
    carry_out_reform(office, request, **step)
    new = next(line.unit for line in list_lines(office) if line.unit.name == "县商招局")
    page = unit_page(office, new.id, now.date())
    assert len(page.tasks) == 1
    assert page.reforms[0].old == ("县商务局", "县招商局")
    gone = [line for line in list_lines(office) if line.state]
    assert [line.unit.name for line in gone] == ["县商务局", "县招商局"]
    assert "由县商招局承接" in gone[0].state
