"""Starting: no display, Chinese words of Qt, the crash dialog."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from tests.benchmarks.large_office import make_large_office
from tracker.ui import app
from tracker.ui.crash import CrashDialog, describe

ROOT = Path(__file__).resolve().parents[2]

SAY_QTS_WORDS = """
import sys
sys.path.insert(0, sys.argv[1])
from tracker.ui.app import make_application
application = make_application(["x"])
from PySide6.QtWidgets import QFileDialog, QFileIconProvider, QLabel, QLineEdit, QMessageBox
from PySide6.QtCore import QFileInfo
box = QMessageBox()
box.setStandardButtons(QMessageBox.StandardButton.Cancel)
line = QLineEdit("x")
menu = line.createStandardContextMenu()
words = [b.text() for b in box.buttons()] + [a.text() for a in menu.actions()]
files = QFileDialog()
files.setOption(QFileDialog.Option.DontUseNativeDialog)
words += [label.text() for label in files.findChildren(QLabel)]
words.append(QFileIconProvider().type(QFileInfo(sys.argv[1])))
sys.stdout.buffer.write("|".join(words).encode("utf-8"))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there always is a display")
def test_without_a_display_one_sentence_names_the_demo():
    environment = {
        k: v
        for k, v in os.environ.items()
        if k not in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    }
    ran = subprocess.run(
        [sys.executable, str(ROOT / "main.py")],
        env=environment,
        capture_output=True,
        timeout=60,
        check=False,
    )
    words = ran.stderr.decode("utf-8")
    assert ran.returncode == 1
    assert words.startswith("错误：")
    assert "demo" in words
    assert words.count("\n") == 1
    assert ran.stdout == b""


def test_qts_own_words_are_chinese():
    made = subprocess.run(
        [
            sys.executable,
            "-c",
            SAY_QTS_WORDS,
            str(ROOT),
        ],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=60,
        check=True,
    )
    words = made.stdout.decode("utf-8")
    assert "取消" in words
    assert "复制" in words
    assert "查找范围" in words
    assert words.endswith("|文件夹")
    assert not re.search("[a-z]{3}", words.replace("Ctrl", ""))


def test_there_is_a_display_where_the_platform_is_named(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert app.has_display()


def test_the_crash_dialog_copies_versions_and_traceback(qtbot, theme):
    try:
        raise ValueError("出错的地方")
    except ValueError as error:
        details = describe(type(error), error, error.__traceback__)
    dialog = CrashDialog(details)
    qtbot.addWidget(dialog)
    dialog.copy()
    copied = QGuiApplication.clipboard().text()
    assert "责任分解落实台账" in copied
    assert "ValueError: 出错的地方" in copied


def test_message_boxes_have_three_parts(qtbot, theme, monkeypatch):
    from PySide6.QtWidgets import QWidget

    from tracker.base.errors import UserError
    from tracker.ui.messages import WindowMessages

    window = QWidget()
    qtbot.addWidget(window)
    shown = []
    monkeypatch.setattr(
        QMessageBox, "exec", lambda box: shown.append((box.text(), box.informativeText()))
    )
    WindowMessages(window).problem(UserError("写不进去", "磁盘已满", "请清理磁盘"))
    assert shown == [("写不进去", "磁盘已满\n请清理磁盘")]


LOADED_WITH_A_FILE = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from tests.benchmarks.start import open_on, settle
application, window, view = open_on(Path(sys.argv[2]))
settle(application, lambda: window.kit.runner.is_busy or not window.is_furnished)
print("|".join(sys.modules))
"""


def test_a_file_opens_without_documents_and_units_of_work(tmp_path):
    path = make_large_office(tmp_path / "20.db", 20)
    done = subprocess.run(
        [sys.executable, "-c", LOADED_WITH_A_FILE, str(ROOT), str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=True,
    )
    loaded = set(done.stdout.split("|"))
    layers = ("tracker.decompose.", "tracker.tables.", "tracker.duties.", "tracker.reports.")
    heavy = {"openpyxl", "lxml", "docx", "numpy", "pyqtgraph", "pypinyin", "tracker.ops.slips"}
    heavy |= {"sqlalchemy.orm", "tracker.store.mapping"}
    assert not {name for name in loaded if name.startswith(layers)} | loaded & heavy
