"""`unit`, `reform` and `person`: the list of units and its reforms from the command line."""

from __future__ import annotations

from contextlib import closing

import pytest
from openpyxl import Workbook

from tests.helpers.command import command
from tracker.domain.unit_list import UnitWords
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import create_office
from tracker.ops.tasks import TaskWords, new_task
from tracker.ops.unit_list import add_unit


@pytest.fixture
def db(tmp_path, now):
    path = tmp_path / "办.db"
    with closing(create_office(path, now)) as office:
        new_ledger(office, "重点工作", who="李四", now=now)
        ledger = choose_ledger(office, None)
        for lead, persons in (("县商务局", "张明"), ("县招商局", ""), ("县教育局", "张明")):
            words = TaskWords(text=f"办{lead}的事。", lead=lead, persons=persons)
            new_task(office, ledger, words, who="李四", now=now)
        add_unit(office, UnitWords(name="县甲局"), who="李四", now=now)
    return str(path)


def leads(db):
    return [each["lead"] for each in command("task", "list", "--db", db, "--json").json]


def test_a_rename_prints_the_new_name(db):
    shown = command("unit", "rename", "县商务局", "县商投局", "--db", db, "--plan")
    assert "牵头单位：县商务局 → 牵头单位：县商投局" in shown.out
    assert leads(db)[0] == ["县商务局"]
    command("unit", "rename", "县商务局", "县商投局", "--db", db, "--basis", "云编〔2026〕3号")
    assert leads(db)[0] == ["县商投局"]
    assert "云编〔2026〕3号" in command("reform", "list", "--db", db).out


def test_a_task_of_two_merged_units_is_told_once(db):
    code = command("task", "list", "--db", db, "--json").json[0]["code"]
    command("task", "edit", code, "--db", db, "--lead", "县商务局、县招商局")
    merge = ("unit", "merge", "县商务局", "县招商局", "--into", "县商招局", "--db", db, "--plan")
    assert command(*merge).out.count(f"{code}　") == 1


def test_a_merger_leaves_the_old_units_abolished(db):
    command("unit", "merge", "县商务局", "县招商局", "--into", "县商招局", "--db", db)
    assert leads(db)[:2] == [["县商招局"], ["县商招局"]]
    units = {each["name"]: each for each in command("unit", "list", "--db", db, "--json").json}
    assert units["县招商局"]["successor"] == "县商招局"
    assert "撤销，由县商招局承接" in command("unit", "list", "--db", db).out


def test_a_split_waits_for_who_takes_each_task(db):
    split = ("unit", "split", "县教育局", "--into", "县教育局", "县体育局", "--db", db)
    assert command(*split, "--plan").status == 3
    assert command(*split).status == 1
    code = command("task", "list", "--db", db, "--json").json[2]["code"]
    assert command(*split, "--give", f"{code}=县体育局,县教育局").status == 0
    assert leads(db)[2] == ["县体育局", "县教育局"]


def test_an_abolished_unit_goes_out_of_its_tasks(db):
    command("unit", "abolish", "县招商局", "--to", "县商务局", "--db", db)
    assert leads(db)[1] == ["县商务局"]
    command("unit", "abolish", "县教育局", "--nobody", "--db", db)
    assert leads(db)[2] == []
    assert (
        command("unit", "abolish", "县甲局", "--nobody", "--to", "县商务局", "--db", db).status == 2
    )


def test_tasks_and_leaders_are_handed_over(db):
    command("reform", "hand-over", "县商务局", "县甲局", "--db", db)
    assert leads(db)[0] == ["县甲局"]
    command("person", "add", "张明", "--post", "副县长", "--units", "县教育局", "--db", db)
    command("reform", "charge", "张明", "赵刚", "--units", "县教育局", "--db", db)
    tasks = command("task", "list", "--db", db, "--json").json
    assert [each["persons"] for each in tasks] == [["张明"], [], ["赵刚"]]
    people = {each["name"]: each for each in command("person", "list", "--db", db, "--json").json}
    assert people["赵刚"]["units"] == ["县教育局"]
    assert people["张明"]["units"] == []


def test_the_list_is_kept_from_the_command_line(db, tmp_path):
    command("unit", "add", "县卫健局", "--short", "卫健局", "--db", db)
    command("unit", "add", "县卫健委", "--db", db)
    assert command("unit", "near", "--db", db).status == 3
    command("unit", "same", "县卫健局", "县卫健委", "--db", db)
    assert command("unit", "near", "--db", db).status == 0
    command("unit", "order", "县卫健局", "--db", db)
    assert command("unit", "list", "--db", db).out.startswith("县卫健局")
    command("unit", "remove", "县甲局", "--db", db)
    assert "县甲局" not in command("unit", "list", "--db", db).out
    assert "牵头 1 项" in command("unit", "show", "县商务局", "--db", db).out
    target = tmp_path / "名单.xlsx"
    assert command("unit", "export", str(target), "--db", db).status == 0
    again = command("unit", "import", str(target), "--db", db, "--apply")
    assert "没有要写入" in again.out


def test_an_asked_row_of_a_list_waits_until_it_is_said(db, tmp_path):
    path = tmp_path / "新.xlsx"
    book = Workbook()
    for row in (["单位名称", "联系人"], ["县商务委", "钱一"], ["县数据局", "孙二"]):
        book.active.append(row)
    book.save(path)
    assert command("unit", "import", str(path), "--db", db, "--apply").status == 3
    assert command("unit", "import", str(path), "--db", db, "--apply", "--same", "2=县商务局").out
    names = {
        each["name"]: each["names"] for each in command("unit", "list", "--db", db, "--json").json
    }
    assert "县商务委" in names["县商务局"]
    assert "县数据局" in names
