"""A table that names a split unit: what cannot go in waits, and a button says who takes it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from tests.conftest import NOW
from tracker.domain.reform import NewUnit, ReformKind, ReformRequest
from tracker.ops.import_table import apply_import, propose_import, read_text
from tracker.ops.ledgers import list_ledgers
from tracker.ops.reforms import carry_out_reform
from tracker.ops.rounds import list_rounds
from tracker.ops.tasks import list_tasks
from tracker.ui.imports.page import ImportPage
from tracker.ui.imports.stepper import COLUMNS, MATCHES, REVIEW

HEAD = "序号\t工作任务\t牵头单位\t完成时限\t落实情况"
STORED = (
    ("1", "办好民俗文化节。", "县文旅局", "2026年9月底前", "已定方案。"),
    ("2", "修编财政预算。", "县财政局", "2026年9月底前", "已编初稿。"),
)
NEW = ("3", "建设游客集散中心。", "县文旅局、县财政局", "2026年9月底前", "正在选址。")
CHANGED = ("2", "修编财政预算。", "县财政局、县文旅局", "2026年9月底前", "已编初稿。")


def table(*rows):
    return "\n".join(["某县重点工作台账", HEAD, *("\t".join(row) for row in rows)])


@pytest.fixture
def page(qtbot, kit, office):
    apply_import(office, propose_import(office, read_text(table(*STORED))), who="张三", now=NOW)
    new = (NewUnit("县文化局"), NewUnit("县旅游局"))
    request = ReformRequest(
        ReformKind.SPLIT, ("县文旅局",), new, NOW.date(), otherwise=("县文化局",)
    )
    carry_out_reform(office, request, who="张三", now=NOW)
    (ledger,) = list_ledgers(office)
    kit.hub.show(office, ledger, list_rounds(office, ledger)[-1])
    page = ImportPage(kit)
    qtbot.addWidget(page)
    page.resize(1366, 700)
    page.show()
    page.start_paste(table(STORED[0], CHANGED, NEW))
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=60_000)
    if page.step in (COLUMNS, MATCHES):
        qtbot.mouseClick(page.steps.buttons[REVIEW], Qt.MouseButton.LeftButton)
        qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=60_000)
    return page


def buttons(review):
    return [button.text() for button in review.detail.buttons]


def choose(qtbot, review, row, words):
    review.table.go_to(row)
    button = next(each for each in review.detail.buttons if words in each.text())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_what_names_a_split_unit_waits_with_the_reason_and_its_choices(page):
    review = page.review
    counted = [button.text() for button in review.counters.values()]
    assert counted == ["待定 2", "更新 0", "新增 0", "一致 1"]
    review.table.go_to(0)
    assert buttons(review)[0] == "1 保留台账"
    assert buttons(review)[1:3] == ["2 由县文化局承接", "3 由县旅游局承接"]
    review.table.go_to(1)
    assert buttons(review)[0] == "1 先不写入"
    assert "拆分为县文化局、县旅游局" in review.model.line(1).why


def test_the_chosen_units_are_written(qtbot, kit, page, office):
    review = page.review
    choose(qtbot, review, 0, "3 由县旅游局")
    choose(qtbot, review, 1, "2 由县文化局")
    assert review.apply.text() == "应用 2 项"
    qtbot.mouseClick(review.apply, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=60_000)
    leads = [task.roles.lead for task in list_tasks(office, kit.hub.ledger)]
    assert leads == [("县文化局",), ("县财政局", "县旅游局"), ("县文化局", "县财政局")]


def test_what_is_left_undecided_is_not_written(qtbot, kit, page, office):
    choose(qtbot, page.review, 0, "1 保留台账")
    assert page.review.apply.text() == "应用 0 项（1 项待定先不写入）"
    leads = [task.roles.lead for task in list_tasks(office, kit.hub.ledger)]
    assert leads == [("县文化局",), ("县财政局",)]
