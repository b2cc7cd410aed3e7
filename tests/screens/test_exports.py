"""Exports that the menu offers beside the 落实情况表."""

from __future__ import annotations

from dataclasses import replace

import docx
import pdfplumber
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from tests.helpers.command import command
from tracker.ops.reports import situation_pages
from tracker.ops.tasks import list_tasks
from tracker.ui.dialogs.circular import CircularDialog
from tracker.ui.dialogs.preview import PreviewDialog
from tracker.ui.exports import Exports


class Window(QWidget):
    """What an export asks of the window: to finish what is being typed."""

    finished = 0

    def finish_editing(self):
        self.finished += 1


@pytest.fixture
def idle(qtbot):
    return lambda kit: qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=20000)


@pytest.mark.parametrize(("named", "written"), [("表.docx", "表.docx"), ("表", "表.xlsx")])
def test_the_breakdown_is_written_where_the_user_says(
    kit_with_table, idle, messages, tmp_path, named, written
):
    window, hub = Window(), kit_with_table.hub
    messages.answers = [str(tmp_path / named)]
    Exports(window, kit_with_table).breakdown()
    idle(kit_with_table)
    rows = command("table", tmp_path / written, "--json").json["rows"]
    assert [row["task"] for row in rows] == [
        task.text for task in list_tasks(hub.office, hub.ledger)
    ]
    assert messages.said[-1] == f"已导出 {written}"
    assert window.finished == 1


def test_no_place_no_file(kit_with_table, messages, tmp_path):
    messages.answers = [None]
    Exports(Window(), kit_with_table).breakdown()
    assert messages.problems == []
    assert not kit_with_table.runner.is_busy


def test_without_an_office_there_is_nothing_to_export(kit, messages):
    Exports(Window(), kit).breakdown()
    Exports(Window(), kit).situation()
    assert messages.problems == []
    assert not kit.runner.is_busy


def test_a_name_that_no_file_may_have_is_mended(kit_with_table, messages, monkeypatch):
    hub = kit_with_table.hub
    renamed = replace(hub.ledger, name="水利/交通：2026年*重点工作")
    hub.show(hub.office, renamed, hub.round)
    asked = []
    monkeypatch.setattr(messages, "ask_save", lambda title, name, kinds: asked.append(name))
    Exports(Window(), kit_with_table).breakdown()
    assert asked[0].endswith(f"{hub.today} 水利／交通：2026年＊重点工作 责任分解表.xlsx")


def shown_circular(qtbot, kit):
    window = Window()
    qtbot.addWidget(window)
    Exports(window, kit).circular()
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=20000)
    return window, window.findChild(CircularDialog)


def test_the_circular_is_shown_before_it_is_written(
    qtbot, kit_with_table, idle, messages, tmp_path
):
    _window, dialog = shown_circular(qtbot, kit_with_table)
    assert "一、总体情况" in dialog.page.toPlainText()
    messages.answers = [str(tmp_path / "通报.docx")]
    dialog.export.click()
    idle(kit_with_table)
    printed = [p.text for p in docx.Document(tmp_path / "通报.docx").paragraphs]
    assert "一、总体情况" in printed
    assert messages.said[-1] == "已导出 通报.docx"


def test_a_figure_of_the_circular_leads_to_its_tasks(qtbot, kit_with_table):
    _window, dialog = shown_circular(qtbot, kit_with_table)
    hub = kit_with_table.hub
    every = {task.code for task in list_tasks(hub.office, hub.ledger)}
    dialog.page.anchorClicked.emit(QUrl("figure:0"))
    assert hub.filter.codes == every
    assert hub.filter.about == "通报·任务总数"
    assert dialog.isVisible()


@pytest.fixture
def preview(qtbot, kit_with_table):
    window = Window()
    qtbot.addWidget(window)
    exports = Exports(window, kit_with_table)
    exports.preview()
    dialog = window.findChild(PreviewDialog)
    qtbot.waitUntil(lambda: bool(dialog.pages), timeout=20000)
    return dialog


def test_the_preview_shows_the_pages_that_are_printed(qtbot, kit_with_table, preview):
    hub = kit_with_table.hub
    pages = situation_pages(hub.office, hub.ledger, hub.round, hub.now)
    assert list(preview.pages) == list(pages)
    assert preview.place.text() == f"第 1 页，共 {len(pages)} 页"
    assert not preview.back.isEnabled()
    for _ in range(len(pages) + 2):
        preview.turn(1)
    assert not preview.forward.isEnabled()


def test_another_layout_is_laid_out_at_once_and_exported(
    qtbot, kit_with_table, preview, messages, idle, tmp_path
):
    with qtbot.waitSignal(preview.shown, timeout=20000):
        preview.layouts.setCurrentIndex(preview.layouts.findData("portrait"))
    assert preview.pages[0].height > preview.pages[0].width
    messages.answers = [str(tmp_path / "表.pdf")]
    preview.export.click()
    idle(kit_with_table)
    with pdfplumber.open(tmp_path / "表.pdf") as pdf:
        assert pdf.pages[0].height > pdf.pages[0].width
        assert len(pdf.pages) == len(preview.pages)


def test_a_previewed_page_is_black_on_white_in_the_dark_too(qtbot, kit_with_table, preview):
    kit_with_table.theme.set_dark(True)
    preview.view.resize(600, 500)
    image = preview.view.grab().toImage()
    colours = {image.pixelColor(x, 60).name() for x in range(40, 560)}
    assert "#ffffff" in colours
    kit_with_table.theme.set_dark(False)


def test_the_range_that_was_asked_for_is_printed(kit_with_table, preview, messages, tmp_path):
    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "纸.pdf"))
    printer.setFullPage(True)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(1, 1)
    preview.print_on(printer)
    with pdfplumber.open(tmp_path / "纸.pdf") as pdf:
        (page,) = pdf.pages
        assert "落实情况" in "".join(char["text"] for char in page.chars)
    assert messages.said[-1] == "已送去打印 1 页"
