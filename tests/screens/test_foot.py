"""What is told at the foot of the window stays readable where there is little room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication

from tracker.ui.foot import Foot
from tracker.ui.qt_words import MoreChinese

LONG = "这是虚构的示例，关闭程序时删除；有改动会先问您是否留下，也可以现在就另存为一个台账文件"


@pytest.fixture
def foot(qtbot, kit_with_table):
    made = Foot(kit_with_table)
    qtbot.addWidget(made)
    made.resize(1400, made.sizeHint().height())
    made.show()
    qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy)
    return made


def shown(foot, width):
    foot.resize(width, foot.height())
    QApplication.processEvents()
    return foot._message.text()


def test_a_sentence_without_room_ends_in_dots_and_pushes_nothing_out(foot):
    foot.tell(LONG)
    assert shown(foot, 1400) == LONG
    assert shown(foot, 620).endswith("…")
    assert foot._message.toolTip() == LONG
    assert foot._offline.geometry().right() <= foot.width()
    assert shown(foot, 1400) == LONG


def test_the_word_to_click_is_never_cut(foot, qtbot):
    done = []
    foot.tell(LONG, "打开所在文件夹", lambda: done.append(True))
    words = shown(foot, 700)
    assert "打开所在文件夹</a>" in words
    assert "…" in words
    foot._message.linkActivated.emit("#")
    assert done


def test_signs_in_a_sentence_are_shown_as_they_are(foot):
    foot.tell("增速<5% & 达标", "打开", lambda: None)
    assert foot._message.textFormat() is Qt.TextFormat.AutoText
    assert "增速&lt;5% &amp; 达标" in shown(foot, 1400)


def test_keys_in_menus_are_named_as_on_the_screen(qapp):
    words = MoreChinese()
    qapp.installTranslator(words)
    native = QKeySequence.SequenceFormat.NativeText
    assert QKeySequence("Alt+Up").toString(native) == "Alt+↑"
    assert QKeySequence("Return").toString(native) == "Enter"
    qapp.removeTranslator(words)
