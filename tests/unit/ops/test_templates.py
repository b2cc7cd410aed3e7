"""Templates of the office: kept, listed, taken away, written out, and filled with a round."""

from __future__ import annotations

import openpyxl
import pytest

from tests.helpers import templates as made
from tracker.base.errors import UserError
from tracker.ops.editions import close_round
from tracker.ops.history import undo_step
from tracker.ops.reports import export_situation, situation_in, situation_pages
from tracker.ops.tasks import TaskWords, edit_task
from tracker.ops.templates import (
    add_template,
    find_template,
    is_template,
    list_templates,
    remove_template,
    save_template,
)

WHO = "张三"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "常务会表.xlsx"
    path.write_bytes(made.two_row_header().data)
    return path


@pytest.fixture
def kept(office, file, now):
    return add_template(office, file, who=WHO, now=now).value


def test_a_template_is_kept_and_listed_under_its_files_name(office, kept, now):
    (found,) = list_templates(office)
    assert found == kept
    assert (found.name, found.file, found.kept_at) == ("常务会表", "常务会表.xlsx", now)
    assert found.layout == "模板:常务会表"


def test_it_comes_out_again_byte_for_byte(office, kept, file, tmp_path):
    target = tmp_path / "取出.xlsx"
    save_template(office, "模板:常务会表", target)
    assert target.read_bytes() == file.read_bytes()


def test_the_same_name_writes_over_it(office, kept, tmp_path, later):
    other = tmp_path / "新表.xlsx"
    other.write_bytes(made.plain().data)
    add_template(office, other, "常务会表", who=WHO, now=later)
    (found,) = list_templates(office)
    assert found.file == "新表.xlsx"
    undo_step(office, who=WHO, now=later)
    assert list_templates(office) == (kept,)


def test_a_removed_one_comes_back_with_undo(office, kept, later):
    remove_template(office, "常务会表", who=WHO, now=later)
    assert list_templates(office) == ()
    with pytest.raises(UserError, match="没有“常务会表”这个模板"):
        find_template(office, "模板:常务会表")
    undo_step(office, who=WHO, now=later)
    assert list_templates(office) == (kept,)
    assert find_template(office, "模板：常务会表").name == "常务会表"


@pytest.mark.parametrize("name", ["模板:无", "没有.xlsx"])
def test_one_that_is_not_there_is_told(office, ledger, name):
    with pytest.raises(UserError):
        find_template(office, name)


def test_nothing_is_kept_of_a_file_that_cannot_be_one(office, tmp_path, now):
    path = tmp_path / "通讯录.xlsx"
    path.write_bytes(made.Builder().data)
    with pytest.raises(UserError):
        add_template(office, path, who=WHO, now=now)
    assert list_templates(office) == ()


def test_a_name_that_is_too_long_is_refused(office, file, now):
    with pytest.raises(UserError, match="太长"):
        add_template(office, file, "表" * 41, who=WHO, now=now)


def test_what_the_office_says_of_the_columns_is_kept(office, file, now):
    add_template(office, file, who=WHO, now=now, fields={"G": "state", "D": None})
    fields = [each.field for each in find_template(office, "模板:常务会表").columns]
    assert fields == ["number", "task", "units", "", "deadline", "progress", "state"]


@pytest.mark.parametrize(
    ("name", "told"),
    [("模板:甲", True), ("模板：甲", True), ("表.XLSX", True), ("表.xls", True),
     ("standard", False), ("版式.toml", False), ("我的模板", False)],
)  # fmt: skip
def test_a_template_is_told_from_a_layout_by_its_name(name, told):
    assert is_template(name) is told


def test_a_round_is_written_in_a_template(office, ledger, rounds, kept, now, tmp_path):
    target = tmp_path / "表.xlsx"
    written = export_situation(office, ledger, rounds[1], target, now=now, layout=kept.layout)
    sheet = openpyxl.load_workbook(target)["落实情况"]
    assert sheet["F6"].value == "已完成桥面铺装。"
    assert written.rows == 5
    assert [sheet.cell(row, 1).value for row in range(6, 11)] == [1, 2, 3, "3.1", 10]
    assert sheet["A2"].value == "2026年重点工作落实情况表"


def test_a_path_does_as_well_as_a_kept_one(office, ledger, rounds, kept, file, now, tmp_path):
    targets = [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    for target, layout in zip(targets, (kept.layout, str(file)), strict=True):
        export_situation(office, ledger, rounds[1], target, now=now, layout=layout)
    assert targets[0].read_bytes() == targets[1].read_bytes()


def test_a_closed_round_prints_what_it_approved(office, ledger, rounds, kept, now, later, tmp_path):
    targets = [tmp_path / "一.xlsx", tmp_path / "二.xlsx"]
    close_round(office, ledger, rounds[1], who=WHO, now=later)
    export_situation(office, ledger, rounds[1], targets[0], now=later, layout=kept.layout)
    edit_task(office, "1-001", TaskWords(text="另一件事。"), who=WHO, now=later)
    export_situation(office, ledger, rounds[1], targets[1], now=later, layout=kept.layout)
    assert targets[0].read_bytes() == targets[1].read_bytes()


def test_pages_and_documents_look_like_it(office, ledger, rounds, kept, now, tmp_path):
    pages = situation_pages(office, ledger, rounds[1], now, kept.layout)
    texts = ["".join(box.lines) for box in pages[0].boxes]
    assert {"2026年重点工作落实情况表", "牵头单位", "配合单位", "已完成桥面铺装。"} <= set(texts)
    assert pages[0].width > pages[0].height
    content, layout = situation_in(office, ledger, rounds[1], now, kept.layout)
    assert content.headings == (
        "序号",
        "重点任务",
        "牵头单位",
        "配合单位",
        "完成时限",
        "落实情况",
        "备注",
    )
    assert layout.body.font == "仿宋_GB2312"
    assert layout.title.font == "方正小标宋简体"
    assert layout.page.footer == "第 &P 页，共 &N 页"
    for ending in (".docx", ".pdf"):
        target = tmp_path / f"表{ending}"
        export_situation(office, ledger, rounds[1], target, now=now, layout=kept.layout)
        assert target.stat().st_size > 2000


def test_another_ending_is_refused(office, ledger, rounds, kept, now, tmp_path):
    with pytest.raises(UserError, match="落实情况表可以写成"):
        export_situation(
            office, ledger, rounds[1], tmp_path / "表.txt", now=now, layout=kept.layout
        )


def test_a_template_is_not_written_over(office, ledger, rounds, file, now):
    before = file.read_bytes()
    with pytest.raises(UserError, match="模板本身"):
        export_situation(office, ledger, rounds[1], file, now=now, layout=str(file))
    assert file.read_bytes() == before
