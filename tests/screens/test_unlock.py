"""A locked file in the window: its password is asked for until it opens."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QLineEdit, QWidget

from tests.helpers.locking import locked_package, workbook
from tracker.ui.imports.page import ImportPage
from tracker.ui.messages import WindowMessages


@pytest.fixture
def page(qtbot, kit):
    page = ImportPage(kit)
    qtbot.addWidget(page)
    page.show()
    return page


@pytest.fixture
def path(tmp_path):
    rows = (("序号", "工作任务", "牵头单位"), (1, "整修东山渠道三公里。", "县水利局"))
    path = tmp_path / "加密的表.xlsx"
    path.write_bytes(locked_package(workbook(*rows), "钥匙7"))
    return path


def settle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=60_000)


def test_a_wrong_password_is_told_and_asked_for_again(qtbot, kit, messages, page, path):
    messages.answers += ["错的", "钥匙7"]
    page.start_file(path)
    qtbot.waitUntil(lambda: page.review.loaded is not None, timeout=60_000)
    settle(qtbot, kit)
    first, second = messages.asked
    assert first == "“加密的表.xlsx”加了打开密码。请输入打开密码（不会保存）："
    assert second.startswith("打开“加密的表.xlsx”的密码不对。请核对大小写")
    assert messages.problems == []
    (new,) = page.review.loaded.review.plan.proposal.create
    assert new.row.task == "整修东山渠道三公里。"


def test_who_gives_no_password_is_back_where_he_was(qtbot, kit, messages, page, path):
    messages.answers.append(None)
    with qtbot.waitSignal(page.finished, timeout=60_000):
        page.start_file(path)
    settle(qtbot, kit)
    assert (messages.problems, len(messages.asked)) == ([], 1)


def test_nothing_is_asked_once_the_import_was_given_up(qtbot, kit, messages, page, path):
    page.start_file(path)
    page.cancel()
    settle(qtbot, kit)
    assert messages.asked == []


def test_the_password_is_kept_nowhere_in_what_was_read(qtbot, kit, messages, page, path):
    messages.answers.append("钥匙7")
    page.start_file(path)
    qtbot.waitUntil(lambda: page.review.loaded is not None, timeout=60_000)
    plan = page.review.loaded.review.plan
    assert "钥匙7" not in repr(plan.table) + repr(plan.proposal) + repr(plan.source)
    assert plan.source.content == path.read_bytes()


def test_the_password_is_shown_as_dots(qtbot, theme):
    window = QWidget()
    qtbot.addWidget(window)
    seen = []

    def answer():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        field = dialog.findChild(QLineEdit)
        seen.append((dialog.windowTitle(), field.echoMode()))
        field.setText("钥匙")
        dialog.accept()

    QTimer.singleShot(0, answer)
    assert WindowMessages(window).ask_password("“表.xls”加了打开密码。", "请输入：") == "钥匙"
    assert seen == [("打开加密的文件", QLineEdit.EchoMode.Password)]
