"""The ways into the review of a document: menu, start page, clipboard, a dropped file, later."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication

from tests.conftest import NOW
from tests.helpers.documents_to_review import FIRST, SECOND, TITLE, document
from tests.helpers.samples import situation_text
from tracker.ops.import_table import read_text
from tracker.ops.incoming import Nature, nature_of
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office import create_office
from tracker.ops.put_by import open_reviews
from tracker.ui.decompose.page import DecomposePage
from tracker.ui.decompose.saved_dialog import SavedReviewsDialog
from tracker.ui.imports.page import ImportPage
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices
from tracker.ui.theme import load_fonts

ROWS = (
    "序号\t工作任务\t牵头单位\t完成时限\n"
    "1\t改造管网\t县水利局\t6月底前\n2\t整修公路\t县交通局\t9月底前"
)


@pytest.fixture
def window(qtbot, qapp, tmp_path, messages):
    qapp.setStyle("Fusion")
    load_fonts()
    settings = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    window = MainWindow(qapp, "张三", lambda: NOW, choices=Choices(settings), messages=messages)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    yield window
    window.close()


@pytest.fixture
def idle(qtbot, window):
    return lambda: qtbot.waitUntil(lambda: not window.kit.runner.is_busy, timeout=20_000)


@pytest.fixture
def written(tmp_path):
    path = tmp_path / "方案 一.txt"
    path.write_text(document(), encoding="utf-8")
    return path


def in_front(window):
    return window.centralWidget().currentWidget()


def drop(window, path):
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(event)


def test_the_start_page_takes_a_document_apart(window, idle, qtbot, messages, written):
    messages.answers = [str(written)]
    button = window.start.findChild(object, "decompose_file")
    assert button.text() == "分解文件"
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    idle()
    page = in_front(window)
    assert isinstance(page, DecomposePage)
    assert page.review.model.rowCount() == 5
    page.cancel()
    assert in_front(window) is window.start


def test_the_clipboard_holds_a_document(window, idle, messages):
    QGuiApplication.clipboard().setText("")
    window.actions_by_name["paste_document"].trigger()
    assert "剪贴板里没有文字" in messages.said[-1]
    QGuiApplication.clipboard().setText(document())
    window.actions_by_name["paste_document"].trigger()
    idle()
    assert window.decompose_page().review.model.rowCount() == 5
    window.decompose_page().cancel()


@pytest.mark.parametrize(
    ("text", "page"), [(situation_text(), ImportPage), (document(), DecomposePage)]
)
def test_a_dropped_file_goes_where_its_content_belongs(window, idle, qtbot, tmp_path, text, page):
    path = tmp_path / "文件.txt"
    path.write_text(text, encoding="utf-8")
    drop(window, path)
    qtbot.waitUntil(lambda: isinstance(in_front(window), page), timeout=20_000)
    idle()
    in_front(window).cancel()


@pytest.mark.parametrize(("answer", "page"), [(0, ImportPage), (1, DecomposePage)])
def test_a_document_with_a_table_is_asked_about(
    window, idle, qtbot, messages, tmp_path, answer, page
):
    path = tmp_path / "方案带表.txt"
    path.write_text(f"{document()}\n附件\n任务分工表\n{ROWS}\n", encoding="utf-8")
    messages.answers = [answer]
    drop(window, path)
    qtbot.waitUntil(lambda: isinstance(in_front(window), page), timeout=20_000)
    assert messages.asked == ["“方案带表.txt”里既有表格，也有正文"]
    idle()
    in_front(window).cancel()


def test_an_unanswered_question_opens_nothing(window, idle, qtbot, messages, tmp_path):
    path = tmp_path / "方案带表.txt"
    path.write_text(f"{document()}\n附件\n任务分工表\n{ROWS}\n", encoding="utf-8")
    messages.answers = [None]
    drop(window, path)
    qtbot.waitUntil(lambda: bool(messages.asked), timeout=20_000)
    idle()
    assert in_front(window) is window.start


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        (document(), Nature.DOCUMENT),
        ("只是一句话。", Nature.DOCUMENT),
        (ROWS, Nature.TABLE),
        (f"某县任务分工表\n填报单位：督查室\n{ROWS}\n注：以上任务按月报送。", Nature.TABLE),
        (f"{document()}\n附件\n{ROWS}", Nature.EITHER),
    ],
)
def test_content_tells_a_table_from_a_document(text, nature):
    assert nature_of(read_text(text)) is nature


def test_a_review_hides_what_acts_on_the_ledger(window, idle, tmp_path):
    window.commands.open_path(create_office(tmp_path / "空.db", NOW).path)
    idle()
    window.decompose_page().start_paste(document())
    idle()
    assert not window.actions_by_name["undo"].isEnabled()
    assert not window.actions_by_name["plan_milestones"].isEnabled()
    assert not window.actions_by_name["export_table"].isEnabled()
    window.decompose_page().review.write.click()
    idle()
    assert window.actions_by_name["export_table"].isEnabled()
    assert window.actions_by_name["undo"].isEnabled()


def test_undo_in_a_review_is_the_reviews_own(window, idle, qtbot, tmp_path):
    window.commands.open_path(create_office(tmp_path / "空.db", NOW).path)
    idle()
    window.decompose_page().start_paste(document())
    idle()
    review = window.decompose_page().review
    qtbot.keyClick(review.table, Qt.Key.Key_Delete)
    assert review.model.rowCount() == 4
    qtbot.keyClick(review.table, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert review.model.rowCount() == 5
    window.decompose_page().cancel()


def test_closing_the_window_asks_before_work_is_lost(window, idle, qtbot, messages):
    window.decompose_page().start_paste(document())
    idle()
    review = window.decompose_page().review
    qtbot.keyClick(review.table, Qt.Key.Key_Delete)
    messages.answers = [False]
    assert not window.close()
    assert window.isVisible()
    messages.answers = [True]
    assert window.close()
    window.decompose_page().review.desk.begin(None)


def test_nothing_else_is_dropped_into_a_review(window, idle, written):
    window.decompose_page().start_paste(document())
    idle()
    held = QMimeData()
    held.setUrls([QUrl.fromLocalFile(str(written))])
    event = QDragEnterEvent(
        window.rect().center(),
        Qt.DropAction.CopyAction,
        held,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    event.ignore()
    window.dragEnterEvent(event)
    assert not event.isAccepted()
    window.decompose_page().cancel()
    window.dragEnterEvent(event)
    assert event.isAccepted()


def test_reviews_put_by_are_told_of_and_listed(window, idle, qtbot, messages, tmp_path):
    path = create_office(tmp_path / "暂存.db", NOW).path
    window.commands.open_path(path)
    idle()
    for text in (document(FIRST), document(FIRST, SECOND).replace(TITLE, "另一份方案任务分工")):
        window.decompose_page().start_paste(text)
        idle()
        window.decompose_page().review.keep.click()
        idle()
    assert len(open_reviews(window.kit.hub.office)) == 2
    window.actions_by_name["resume_review"].trigger()
    dialog = window.findChild(SavedReviewsDialog)
    assert dialog.list.count() == 2
    qtbot.mouseClick(dialog.discard, Qt.MouseButton.LeftButton)
    idle()
    assert dialog.list.count() == 1
    with qtbot.waitSignal(dialog.chosen):
        qtbot.mouseClick(dialog.go_on, Qt.MouseButton.LeftButton)
    idle()
    page = in_front(window)
    assert isinstance(page, DecomposePage)
    assert page.review.model.rowCount() in (1, 2)
    page.cancel()
    window.commands.open_path(path)
    idle()
    assert messages.said[-1].endswith("暂存着，还没有核对完")
    word, act = messages.links[-1]
    assert word == "接着核对"
    act()
    idle()
    assert isinstance(in_front(window), DecomposePage)
    assert list_ledgers(window.kit.hub.office) == ()
    in_front(window).cancel()


def test_without_reviews_put_by_the_menu_says_so(window, idle, messages, tmp_path):
    window.commands.open_path(create_office(tmp_path / "空.db", NOW).path)
    idle()
    window.actions_by_name["resume_review"].trigger()
    assert messages.said[-1].startswith("没有暂存的文件")
