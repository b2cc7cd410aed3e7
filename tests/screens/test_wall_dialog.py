"""The layout of the wall chart through real widgets."""

from __future__ import annotations

from datetime import datetime

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tests.helpers.offices import TASKS, add_tasks
from tracker.domain.grouping import GroupKey
from tracker.domain.wall_chart import PAPERS, WallColumn, WallWishes
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.tasks import TaskWords
from tracker.ui.gantt.view import GanttView
from tracker.ui.gantt.wall_choice import read, written
from tracker.ui.gantt.wall_dialog import WallDialog

MANY = [
    TaskWords(
        text=f"推进第{n + 1}号片区改造，完成外立面和管网更新。",
        number=str(n + 1),
        lead="县住建局",
        deadline="2026-12-31",
    )
    for n in range(60)
]


@pytest.fixture
def filled(kit, office, now):
    """A kit that shows an office; call it with tasks."""

    def fill(tasks=TASKS):
        new_ledger(office, "城乡提升专项", who="张三", now=now, year=2026)
        ledger = choose_ledger(office, None)
        add_tasks(office, ledger, datetime(2026, 1, 5), tasks)
        kit.hub.show(office, ledger, None)
        return kit

    return fill


def opened(qtbot, kit):
    window = QWidget()  # the dialog goes away by itself when it is closed
    qtbot.addWidget(window)
    made = WallDialog(kit, window)
    made.window_held = window
    made.show()
    settle(qtbot, kit, made)
    return made


def settle(qtbot, kit, dialog):
    qtbot.waitUntil(lambda: not dialog._timer.isActive() and not kit.runner.is_busy, timeout=10000)


@pytest.fixture
def dialog(qtbot, filled):
    kit = filled()
    return opened(qtbot, kit)


def test_it_shows_the_sheet_and_says_what_comes_out(dialog):
    assert not dialog.turner.view.image.isNull()
    assert dialog.turner.place.text() == "第 1 张，共 1 张"
    assert dialog.says.text() == "共 1 张 A3，文字 9 磅。"
    assert dialog.save.isEnabled()
    assert dialog.print.isEnabled()


@pytest.mark.parametrize(
    ("paper", "tiles"),
    [("A4", ["整张打印"]), ("A3", ["整张打印", "用 2 张 A4 拼成"])],
)
def test_only_smaller_paper_is_offered_for_tiles(dialog, paper, tiles):
    dialog.paper.setCurrentText(paper)
    shown = [dialog.tiles.itemText(n) for n in range(dialog.tiles.count())]
    assert shown == tiles


def test_a_chosen_layout_is_shown_at_once(qtbot, kit, dialog):
    before = dialog.turner.view.image
    dialog.way.setCurrentIndex(1)
    settle(qtbot, kit, dialog)
    upright = dialog.turner.view.image
    assert upright.height() > upright.width()
    assert before.width() > before.height()
    dialog.columns[WallColumn.DEADLINE].click()
    settle(qtbot, kit, dialog)
    assert dialog.turner.view.image != upright
    assert WallColumn.DEADLINE in dialog.wishes.columns


def test_tiles_are_turned_one_by_one(qtbot, kit, dialog):
    dialog.paper.setCurrentText("A2")
    dialog.tiles.setCurrentIndex(dialog.tiles.findData("A4"))
    settle(qtbot, kit, dialog)
    assert "A4" in dialog.says.text()
    assert "第几行第几列" in dialog.says.text()
    first = dialog.turner.view.image
    qtbot.keyClick(dialog, Qt.Key.Key_PageDown)
    settle(qtbot, kit, dialog)
    assert dialog.turner.place.text().startswith("第 2 张")
    assert dialog.turner.view.image != first
    qtbot.keyClick(dialog, Qt.Key.Key_PageUp)
    settle(qtbot, kit, dialog)
    assert dialog.turner.view.image == first


def test_a_sheet_is_shown_as_large_as_it_is_printed(qtbot, kit, dialog):
    small = dialog.turner.view.image.width()
    dialog.turner.large.click()
    settle(qtbot, kit, dialog)
    assert dialog.turner.view.image.width() == pytest.approx(420 / 25.4 * 96, abs=1)
    assert dialog.turner.view.image.width() > small
    dialog.turner.large.click()
    settle(qtbot, kit, dialog)
    assert dialog.turner.view.image.width() <= small


def test_many_tasks_take_more_sheets_or_smaller_letters(qtbot, filled):
    kit = filled(MANY)
    dialog = opened(qtbot, kit)
    dialog.paper.setCurrentText("A4")
    settle(qtbot, kit, dialog)
    assert dialog.turner.count > 1
    assert "每张都有标题、图例和表头" in dialog.says.text()
    dialog.paper.setCurrentText("A2")
    dialog.fit.setCurrentIndex(1)
    settle(qtbot, kit, dialog)
    assert dialog.turner.count == 1


@pytest.mark.parametrize("name", ["图.png", "图.svg", "图.pdf", "图"])
def test_the_chart_is_saved_where_the_user_says(qtbot, kit, dialog, messages, tmp_path, name):
    messages.answers.append(str(tmp_path / name))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    assert not messages.problems
    target = tmp_path / (name if "." in name else "图.pdf")
    assert target.stat().st_size > 2000
    assert messages.said == [f"已存为“{target.name}”"]


def test_thinking_better_of_it_writes_nothing(qtbot, kit, dialog, messages, tmp_path):
    messages.answers.append(None)
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    assert not messages.said
    assert dialog.isVisible()


def test_what_was_chosen_is_offered_again_the_next_time(qtbot, kit, dialog, messages, tmp_path):
    dialog.paper.setCurrentText("A1")
    dialog.tiles.setCurrentIndex(dialog.tiles.findData("A3"))
    dialog.way.setCurrentIndex(1)
    dialog.columns[WallColumn.STATE].click()
    settle(qtbot, kit, dialog)
    chosen = dialog.wishes
    messages.answers.append(str(tmp_path / "图.pdf"))
    qtbot.mouseClick(dialog.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    again = opened(qtbot, kit)
    assert (again.paper.currentText(), again.wishes) == ("A1", chosen)


def test_it_prints_sheet_by_sheet(qtbot, kit, dialog, messages, tmp_path):
    dialog.paper.setCurrentText("A3")
    dialog.tiles.setCurrentIndex(dialog.tiles.findData("A4"))
    settle(qtbot, kit, dialog)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "印.pdf"))
    dialog.print_on(printer)
    document = pypdfium2.PdfDocument(tmp_path / "印.pdf")
    assert len(document) == dialog.turner.count == 2
    sizes = [page.get_size() for page in document]
    document.close()
    assert all(size == pytest.approx((595, 842), abs=2) for size in sizes)
    assert messages.said == ["已送去打印 2 张"]


def test_without_tasks_it_says_so_and_writes_nothing(qtbot, kit, office, now, messages):
    new_ledger(office, "空专项", who="张三", now=now)
    kit.hub.show(office, choose_ledger(office, None), None)
    dialog = opened(qtbot, kit)
    assert "没有任务可画" in messages.problems[0]
    assert not dialog.save.isEnabled()
    assert not dialog.print.isEnabled()


def test_the_groups_of_the_list_are_printed(qtbot, kit, dialog, tmp_path, messages):
    dialog.close()
    kit.hub.narrow(group=GroupKey.SECTION)
    again = opened(qtbot, kit)
    messages.answers.append(str(tmp_path / "图.svg"))
    qtbot.mouseClick(again.save, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    text = (tmp_path / "图.svg").read_text(encoding="utf-8")
    assert "一、城建" in text
    assert "按类别分组" in text


def test_the_button_over_the_chart_opens_it(qtbot, filled):
    kit = filled()
    view = GanttView(kit)
    qtbot.addWidget(view)
    with qtbot.waitSignal(view.loaded):
        view.show()
    qtbot.mouseClick(view.wall_button, Qt.MouseButton.LeftButton)
    dialog = view.findChild(WallDialog)
    assert dialog.windowTitle() == "挂图"
    settle(qtbot, kit, dialog)
    dialog.close()


@pytest.mark.parametrize("paper", PAPERS)
def test_a_layout_is_kept_as_text(paper):
    wishes = WallWishes(tuple(WallColumn), upright=True, fit=True, tiles="A4")
    assert read(written(paper, wishes)) == (paper, wishes)


@pytest.mark.parametrize("kept", ["", "A3", "B5|0|0||task", "A3|0|0||number", "a|b|c|d|e"])
def test_what_cannot_be_read_is_the_usual(kept):
    assert read(kept) == ("A3", WallWishes()) or read(kept)[1] == WallWishes()
