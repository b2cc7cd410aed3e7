"""Sending forms: who gets which, all files or none, what is kept, what waits for the clerk."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date, timedelta

import openpyxl
import pytest

from tests.helpers.offices import TASKS
from tracker.base.errors import Cancelled, FileProblem, UserError
from tracker.base.progress import Progress
from tracker.domain.form import FormNumber, FormStamp, digest_of
from tracker.domain.terms import RoundState
from tracker.files.reader import read_file
from tracker.ops.collectives import set_contact, set_members
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.forms import (
    form_of_number,
    name_members,
    plan_forms,
    send_forms,
    sent_form,
)
from tracker.ops.history import undo_step
from tracker.ops.rounds import list_rounds
from tracker.ops.tasks import TaskWords, new_task

WHO = "张三"
EVERYBODY = ["县住建局", "县交通运输局", "县文旅局", "县水利局", "县应急局", "县工信局"]


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "发 出"


@pytest.fixture
def send(office, ledger, rounds, folder, now):
    def run(**given):
        plan = given.pop("plan", None) or plan_forms(office, ledger, rounds[2])
        target = given.pop("folder", folder)
        return send_forms(
            office, ledger, rounds[2], target, plan=plan, who=WHO, **{"now": now, **given}
        )

    return run


def add(office, ledger, now, **words):
    return new_task(office, ledger, TaskWords(**words), who=WHO, now=now).value


def names_in(folder):
    return sorted(path.name for path in folder.iterdir())


def held(office, rounds):
    with office.read() as view:
        return {row.unit: row for row in view.returns(rounds[2].id)}


def test_every_unit_that_reports_gets_its_own_tasks(office, ledger, rounds):
    plan = plan_forms(office, ledger, rounds[2])
    assert [form.unit for form in plan.forms] == EVERYBODY
    assert {form.unit: [row.number for row in form.rows] for form in plan.forms} == {
        "县住建局": ["1"],
        "县交通运输局": ["1"],
        "县文旅局": ["2"],
        "县水利局": ["3"],
        "县应急局": ["3.1"],
        "县工信局": ["10"],
    }
    assert (plan.unresolved, plan.without_unit, plan.exempt) == ((), (), ())


def test_cooperating_units_are_asked_where_the_office_wants_it(office, ledger, rounds):
    plan = plan_forms(office, ledger, rounds[2], cooperating=True)
    (form,) = (form for form in plan.forms if form.unit == "东关镇")
    assert [(row.number, row.role) for row in form.rows] == [("1", "配合单位")]


def test_a_row_says_what_the_task_says_and_what_was_said_last(office, ledger, rounds, now):
    words = EntryWords(progress="已完成桥面铺装。", state="正常推进", percent=62.5)
    write_entry(office, "1-001", words, who=WHO, now=now, round_number=1)
    form = plan_forms(office, ledger, rounds[2]).forms[0]
    (row,) = form.rows
    assert (row.code, row.task, row.role) == ("1-001", TASKS[0].text, "牵头单位")
    assert row.deadline == "2026-03-04"
    assert row.before == "【正常推进（62.5%）】\n已完成桥面铺装。"
    assert (form.cut_off, form.due) == (date(2026, 3, 31), None)
    assert form.stamp.digest == digest_of(form.rows)


def test_the_first_round_has_nothing_from_before(office, ledger, rounds):
    plan = plan_forms(office, ledger, rounds[1])
    assert not any(row.before for form in plan.forms for row in form.rows)


def test_the_files_are_named_by_round_and_unit_and_listed(send, folder, office, now):
    set_contact(office, "县水利局", "王芳", "0999-6601", who=WHO, now=now)
    sent = send(contact="周明 0999-8812").value
    assert names_in(folder) == sorted(
        [*(f"02期-{unit}-反馈表.xlsx" for unit in EVERYBODY), "02期-发出清单.xlsx"]
    )
    assert [path.name for path in sent.paths] == [f"02期-{u}-反馈表.xlsx" for u in EVERYBODY]
    rows = list(openpyxl.load_workbook(sent.index_path).active.iter_rows(values_only=True))
    (line,) = (row for row in rows if row[1] == "县水利局")
    assert line[2:6] == ("1项：3", "02期-县水利局-反馈表.xlsx", "王芳", "0999-6601")
    (note,) = (note.text for note in sent.notes if note.unit == "县水利局")
    assert line[7] == note
    assert note.startswith("县水利局：请报“春季重点工作”第2期进展情况，涉及你单位1项任务")
    assert note.endswith("联系人：周明 0999-8812。")


def test_a_round_without_a_due_day_is_told(send):
    (told,) = send().value.warnings
    assert told.startswith("第2期没有定反馈时限")


def test_what_a_killed_sending_left_is_removed_unless_it_keeps_files(send, folder):
    for name in ("旧", "新", "有"):
        left = folder / f".~发出.{name}"
        (left / "原有").mkdir(parents=True)
        (left / "甲.xlsx").write_text("甲", encoding="utf-8")
        if name == "有":
            (left / "原有" / "乙.xlsx").write_text("乙", encoding="utf-8")
        if name != "新":
            os.utime(left, (1e9, 1e9))
    send()
    assert [path.name for path in sorted(folder.glob(".~*"))] == [".~发出.新", ".~发出.有"]


def test_what_each_unit_was_sent_is_kept_to_the_letter(send, office, ledger, rounds, now):
    send()
    plan = plan_forms(office, ledger, rounds[2])
    rows = held(office, rounds)
    assert list(rows) == EVERYBODY
    for form in plan.forms:
        assert rows[form.unit].sent_at == now
        assert rows[form.unit].sent == form.rows
    assert list_rounds(office, ledger)[1].state is RoundState.COLLECTING


def test_the_files_stamp_leads_back_to_what_was_sent(send, office, ledger, rounds, now):
    sent = send().value
    for path in sent.paths:
        stamp = FormStamp.read(read_file(path).properties)
        number = FormNumber.read(read_file(path).flow.text)
        form = form_of_number(office, number)
        assert (form.stamp, form.stamp.at) == (stamp, now)
        assert form == sent_form(office, ledger, rounds[2], number.unit_id)
    assert form_of_number(office, FormNumber(1, 2, 999)) is None
    assert form_of_number(office, FormNumber(1, 1, 1)) is None
    assert form_of_number(office, FormNumber(8, 2, 1)) is None


def test_word_forms_lie_beside_the_workbooks(send, folder):
    sent = send(word=True).value
    assert len(sent.paths) == 12
    assert {path.suffix for path in sent.paths} == {".xlsx", ".docx"}
    assert "“02期-县住建局-反馈表.xlsx”、“02期-县住建局-反馈表.docx”" in sent.notes[0].text


def test_sending_cannot_be_undone(send, office, now):
    send()
    with pytest.raises(UserError, match="反馈表已经发给各单位"):
        undo_step(office, who=WHO, now=now)


def test_sending_again_renews_the_forms_in_place(send, folder, office, rounds, now, later):
    send()
    before = names_in(folder)
    write_entry(office, "1-001", EntryWords(progress="改了。"), who=WHO, now=now, round_number=1)
    again = send(now=later)
    assert again.value.renewed == tuple(EVERYBODY)
    assert "6 家是重发" in again.sentence
    assert names_in(folder) == before
    rows = held(office, rounds)
    assert {row.sent_at for row in rows.values()} == {later}
    assert rows["县住建局"].sent[0].before == "改了。"


def test_forms_may_go_to_some_units_only(send, folder, office, ledger, rounds, now, later):
    send()
    plan = plan_forms(office, ledger, rounds[2])
    send(plan=replace(plan, forms=plan.forms[:1]), now=later)
    moments = {unit: row.sent_at for unit, row in held(office, rounds).items()}
    assert moments == {unit: later if unit == "县住建局" else now for unit in EVERYBODY}


def test_a_form_that_was_filled_in_is_never_replaced(send, folder, office, rounds, later):
    path = send().value.paths[2]
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["G5"] = "已建成书屋2处。"
    book.save(path)
    before = {name: (folder / name).read_bytes() for name in names_in(folder)}
    with pytest.raises(UserError, match="没有覆盖"):
        send(now=later)
    assert {name: (folder / name).read_bytes() for name in names_in(folder)} == before
    assert later not in {row.sent_at for row in held(office, rounds).values()}


@pytest.mark.parametrize("name", ["02期-县水利局-反馈表.xlsx", "02期-发出清单.xlsx"])
def test_a_file_of_somebody_else_is_never_replaced(send, folder, office, rounds, name):
    folder.mkdir()
    (folder / name).write_text("别人的", encoding="utf-8")
    with pytest.raises(UserError, match=f"{name}”，没有覆盖"):
        send()
    assert names_in(folder) == [name]
    assert (folder / name).read_text(encoding="utf-8") == "别人的"
    assert held(office, rounds) == {}


def test_cancelling_leaves_nothing(send, folder, office, ledger, rounds):
    class Impatient(Progress):
        def step(self, text, done=0, total=0):
            super().step(text, done, total)
            self.cancel_wanted = done == 2

    with pytest.raises(Cancelled):
        send(progress=Impatient())
    assert not folder.exists()
    assert held(office, rounds) == {}
    assert list_rounds(office, ledger)[1].state is RoundState.OPEN


def test_a_file_that_cannot_be_put_in_place_takes_all_back(
    send, folder, office, rounds, later, monkeypatch
):
    send()
    before = {name: (folder / name).read_bytes() for name in names_in(folder)}
    replace_file = os.replace

    def locked(source, target):
        if target.name == "02期-县工信局-反馈表.xlsx" and source.parent.name.startswith(".~"):
            raise PermissionError(13, "used by another process")
        replace_file(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(FileProblem, match="02期-县工信局-反馈表"):
        send(now=later)
    monkeypatch.undo()
    assert {name: (folder / name).read_bytes() for name in names_in(folder)} == before
    assert later not in {row.sent_at for row in held(office, rounds).values()}


def test_no_file_is_lost_where_even_taking_back_fails(
    send, folder, office, rounds, later, monkeypatch
):
    send()
    before = {name: (folder / name).read_bytes() for name in names_in(folder)}
    replace_file = os.replace

    def locked(source, target):
        if target == folder / "02期-县工信局-反馈表.xlsx":
            raise PermissionError(13, "used by another process")
        replace_file(source, target)

    monkeypatch.setattr(os, "replace", locked)
    with pytest.raises(FileProblem, match="02期-县工信局-反馈表"):
        send(now=later)
    monkeypatch.undo()
    left = {path.read_bytes() for path in folder.rglob("02期*") if path.is_file()}
    assert set(before.values()) <= left
    assert later not in {row.sent_at for row in held(office, rounds).values()}


def test_a_folder_that_cannot_be_made_is_told(send, tmp_path):
    (tmp_path / "文件").write_text("", encoding="utf-8")
    with pytest.raises(FileProblem, match="不能写入文件夹"):
        send(folder=tmp_path / "文件" / "里面")


def test_collectives_without_members_and_tasks_without_units_wait(office, ledger, rounds, now):
    towns = add(office, ledger, now, text="防汛备汛。", number="20", lead="各镇人民政府")
    alone = add(office, ledger, now, text="印发通知。", number="21")
    plan = plan_forms(office, ledger, rounds[2])
    assert [(u.printed, [t.code for t in u.tasks]) for u in plan.unresolved] == [
        ("各镇人民政府", [towns])
    ]
    assert [task.code for task in plan.without_unit] == [alone]


def test_the_members_of_a_collective_get_its_tasks(office, ledger, rounds, now):
    add(office, ledger, now, text="防汛备汛。", number="20", lead="各镇人民政府")
    set_members(office, "各镇人民政府", ["东关镇", "西关镇"], who=WHO, now=now)
    plan = plan_forms(office, ledger, rounds[2])
    forms = {form.unit: [row.number for row in form.rows] for form in plan.forms}
    assert plan.unresolved == ()
    assert (forms["东关镇"], forms["西关镇"]) == (["20"], ["20"])


def test_a_member_is_told_by_which_name_it_is_asked(office, ledger, rounds, now):
    add(office, ledger, now, text="防汛备汛。", number="31", responsible="各镇人民政府、县水利局")
    set_members(office, "各镇人民政府", ["东关镇"], who=WHO, now=now)
    roles = {
        (form.unit, row.number): row.role
        for form in plan_forms(office, ledger, rounds[2]).forms
        for row in form.rows
    }
    assert roles["东关镇", "31"] == "责任单位\n（各镇人民政府）"
    assert roles["县水利局", "31"] == "责任单位"


def test_the_clerk_names_a_collective_for_one_sending(office, ledger, rounds, now):
    add(office, ledger, now, text="清理积案。", number="20", lead="各有关单位")
    plan = plan_forms(office, ledger, rounds[2])
    named = name_members(office, plan, {"各有关单位": ["县水利局", "县文旅局"]})
    forms = plan_forms(office, ledger, rounds[2], named=named).forms
    assert [f.unit for f in forms if "20" in {r.number for r in f.rows}] == ["县文旅局", "县水利局"]
    left = name_members(office, plan, {"各有关单位": []})
    assert plan_forms(office, ledger, rounds[2], named=left).unresolved == ()
    with pytest.raises(UserError, match="县外事办"):
        name_members(office, plan, {"各有关单位": ["县外事办"]})
    with pytest.raises(UserError, match="待定的：各有关单位"):
        name_members(office, plan, {"各部门": ["县水利局"]})


def test_exempt_units_get_no_form_and_a_moved_cut_off_is_theirs(office, ledger, rounds, now):
    unit_ids = {
        form.unit: FormNumber.read(f"表号：{form.number}").unit_id
        for form in plan_forms(office, ledger, rounds[2]).forms
    }
    with office.change("免报、延期", WHO, now) as work:
        row = work.round_of(work.ledger(ledger.id), 2)
        work.form_return(row, unit_ids["县水利局"]).exempt = "整体搬迁"
        work.form_return(row, unit_ids["县文旅局"]).due = date(2026, 4, 9)
    plan = plan_forms(office, ledger, rounds[2])
    assert plan.exempt == ("县水利局",)
    assert {form.unit: form.due for form in plan.forms} == {
        unit: date(2026, 4, 9) if unit == "县文旅局" else None
        for unit in EVERYBODY
        if unit != "县水利局"
    }


def test_a_closed_round_is_refused(office, ledger, rounds, folder, now):
    plan = plan_forms(office, ledger, rounds[2])
    with office.change("定稿", WHO, now) as work:
        work.round_of(work.ledger(ledger.id), 2).state = RoundState.CLOSED
    with pytest.raises(UserError, match="已定稿"):
        send_forms(office, ledger, rounds[2], folder, plan=plan, who=WHO, now=now)
    assert not folder.exists()
    with pytest.raises(UserError, match="已定稿"):
        plan_forms(office, ledger, list_rounds(office, ledger)[1])


def test_nothing_to_send_is_told(office, ledger, rounds, folder, now):
    plan = replace(plan_forms(office, ledger, rounds[2]), forms=())
    with pytest.raises(UserError, match="没有可发的反馈表"):
        send_forms(office, ledger, rounds[2], folder, plan=plan, who=WHO, now=now)
    assert not folder.exists()


def test_units_of_hostile_names_get_files_of_their_own(office, ledger, rounds, send, now, folder):
    strange = (
        "县/文:旅*局?",
        "县＼文：旅＊局？",
        "A局",
        "a局",
        "..局.. ",
        "局" * 80 + "甲",
        "局" * 80 + "乙",
    )
    for place, unit in enumerate(strange):
        add(office, ledger, now, text=f"任务{place}。", number=str(50 + place), lead=unit)
    sent = send().value
    assert len(sent.paths) == len({path.name.casefold() for path in sent.paths})
    assert all(path.exists() for path in sent.paths)
    assert not any(set(path.name) & set('<>:"/\\|?*') for path in sent.paths)
    assert max(len(path.name.encode()) for path in sent.paths) < 255
    assert [note.unit for note in sent.notes][:6] == EVERYBODY


def test_the_contact_is_remembered(send, tmp_path, now):
    send(contact="周明 0999-8812")
    again = send(folder=tmp_path / "另一处", now=now + timedelta(days=1)).value
    assert "联系人：周明 0999-8812。" in again.notes[0].text
    none = send(folder=tmp_path / "三", contact="", now=now + timedelta(days=2)).value
    assert "联系人" not in none.notes[0].text
