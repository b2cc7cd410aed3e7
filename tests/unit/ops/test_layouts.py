"""Layouts: those that come with the program, files of the office's own, what each prints."""

from __future__ import annotations

from datetime import date, datetime

import openpyxl
import pytest

from tracker.base.errors import FileProblem, UserError
from tracker.ops.editions import close_round
from tracker.ops.entries import EntryWords, write_entry
from tracker.ops.layouts import find_layout, list_layouts
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.office import create_office
from tracker.ops.reports import export_situation
from tracker.ops.rounds import choose_round, new_round
from tracker.ops.tasks import TaskWords, edit_task, new_task

NOW = datetime(2026, 6, 30, 9, 0)
WHO = {"who": "李四", "now": NOW}
LAYOUTS = [each.name for each in list_layouts()]


@pytest.fixture
def office(tmp_path):
    office = create_office(tmp_path / "台账.db", NOW)
    new_ledger(office, "水利任务", **WHO)
    ledger = choose_ledger(office, None)
    new_round(office, ledger, cut_off=date(2026, 5, 31), **WHO)
    words = TaskWords(
        number="1", text="修渠。", lead="县水利局", cooperating="县财政局", deadline="2026年5月底前"
    )
    code = new_task(office, ledger, words, **WHO).value
    first = EntryWords(progress="已清淤。", state="滞后")
    write_entry(office, code, first, **WHO)
    new_round(office, ledger, cut_off=date(2026, 6, 30), **WHO)
    second = EntryWords(progress="已衬砌。", percent=60, problems="缺料。", next_steps="调料。")
    write_entry(office, code, second, **WHO)
    yield office
    office.close()


def printed(office, target, layout):
    ledger = choose_ledger(office, None)
    round_ = choose_round(office, ledger, 2)
    export_situation(office, ledger, round_, target, now=NOW, layout=layout)
    rows = list(openpyxl.load_workbook(target).active.iter_rows(values_only=True))
    heading = next(i for i, row in enumerate(rows) if row[0] == "序号")
    return dict(zip(rows[heading], rows[heading + 1], strict=True))


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_fits_its_page_and_prints(office, tmp_path, layout):
    row = printed(office, tmp_path / "表.xlsx", layout)
    assert row["具体目标任务"] == "修渠。"


def test_the_standard_one_comes_first():
    assert list_layouts()[0].name == "standard"
    assert "breakdown" not in {each.name for each in list_layouts()}


def test_the_detailed_one_prints_deadline_light_problems_and_next_steps(office, tmp_path):
    row = printed(office, tmp_path / "表.xlsx", "detailed")
    assert row["配合单位"] == "县财政局"
    assert row["完成时限"] == "2026年5月底前"
    assert "逾期" in row["亮灯"]
    assert row["亮灯"][0] in "●◐○✓"
    assert row["状态"] == "滞后"
    assert (row["落实情况"], row["存在问题"], row["下步打算"]) == ("已衬砌。", "缺料。", "调料。")


def test_the_compared_one_prints_both_rounds(office, tmp_path):
    row = printed(office, tmp_path / "表.xlsx", "compared")
    assert (row["上期落实情况"], row["本期落实情况"]) == ("已清淤。", "已衬砌。")


def test_a_file_of_the_office_takes_what_it_does_not_say_from_the_standard(office, tmp_path):
    own = tmp_path / "本县版式.toml"
    own.write_text(
        'label = "本县"\n[[columns]]\nfield = "number"\nheading = "序号"\nwidth_mm = 20\n'
        'align = "center"\n[[columns]]\nfield = "task"\nheading = "具体目标任务"\nwidth_mm = 120\n'
        'align = "left"\n[[columns]]\nfield = "percent"\nheading = "完成率"\nwidth_mm = 30\n'
        'align = "center"\n',
        encoding="utf-8",
    )
    row = printed(office, tmp_path / "表.xlsx", str(own))
    assert row == {"序号": 1, "具体目标任务": "修渠。", "完成率": "60%"}
    assert find_layout(str(own)).page == find_layout("standard").page


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("不是 toml", "写法有误"),
        ('base = "没有"', "没有叫“没有”的版式"),
        ('[[columns]]\nfield = "task"', "缺少或写错了"),
        (
            '[[columns]]\nfield = "task"\nheading = "任务"\nwidth_mm = 900\nalign = "left"',
            "宽于纸面",
        ),
        (
            '[[columns]]\nfield = "colour"\nheading = "颜色"\nwidth_mm = 90\nalign = "left"',
            "没有“colour”这一栏",
        ),
    ],
)
def test_a_file_that_is_written_wrongly_is_told_and_nothing_is_written(
    office, tmp_path, words, told
):
    own = tmp_path / "版式.toml"
    own.write_text(words, encoding="utf-8")
    with pytest.raises(FileProblem, match=told):
        printed(office, tmp_path / "表.xlsx", str(own))
    assert not (tmp_path / "表.xlsx").exists()


def test_a_name_nobody_knows_is_refused_with_those_there_are():
    with pytest.raises(UserError, match="standard（标准落实情况表）"):
        find_layout("花式")


def test_a_closed_round_prints_in_any_layout_what_it_approved(office, tmp_path):
    before = {name: printed(office, tmp_path / f"{name}.xlsx", name) for name in LAYOUTS}
    ledger = choose_ledger(office, None)
    round_ = choose_round(office, ledger, 2)
    close_round(office, ledger, round_, **WHO)
    edit_task(office, "1-001", TaskWords(text="别的。", lead="县林业局"), **WHO)
    for name in LAYOUTS:
        assert printed(office, tmp_path / f"{name}-定稿.xlsx", name) == before[name]
