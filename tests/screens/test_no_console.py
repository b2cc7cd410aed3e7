"""The window program's command line where there is no console, and the self-test of the window."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPlainTextEdit

import main
from tests.helpers.command import command
from tracker import __version__
from tracker.base import paths
from tracker.printing.fonts import missing_characters
from tracker.ui import no_console, smoke

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (["--version"], 0, __version__),
        (["table", "没有这个.xlsx"], 1, "错误："),
        (["exprt"], 2, "用法有误："),
    ],
)
def test_a_command_to_the_window_program_works_and_shows_what_it_says(
    monkeypatch, words, status, said
):
    shown = []
    monkeypatch.setattr(no_console, "_show", shown.append)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(ROOT / f"{paths.WINDOW_PROGRAM}.exe"))
    monkeypatch.setattr(sys, "argv", [sys.executable, *words])
    monkeypatch.setattr(sys, "stdout", None)
    monkeypatch.setattr(sys, "stderr", None)
    assert main.main() == status
    (text,) = shown
    assert said in text


def test_what_a_command_says_stands_in_a_dialog_that_names_the_console_twin(qtbot):
    dialog = no_console.output_dialog("共 4 项")
    qtbot.addWidget(dialog)
    assert dialog.findChild(QPlainTextEdit).toPlainText() == "共 4 项"
    assert paths.CONSOLE_TWIN in dialog.findChild(QLabel).text()


def test_errors_are_no_trouble_where_nobody_listens():
    ran = subprocess.run(
        [
            "sh",
            "-c",
            'exec "$@" >&- 2>&-',
            "sh",
            sys.executable,
            ROOT / "main.py",
            "check",
            "无.db",
        ],
        check=False,
    )
    assert ran.returncode == 1


@pytest.mark.parametrize(
    ("executable", "words", "window"),
    [
        (paths.WINDOW_PROGRAM, [], True),
        (paths.CONSOLE_TWIN, [], False),
        (f"{paths.CONSOLE_TWIN}.exe", ["台账.db"], True),
        (paths.WINDOW_PROGRAM, ["上期 表.csv"], True),
        (paths.WINDOW_PROGRAM, ["没有这个.csv"], False),
        (paths.WINDOW_PROGRAM, ["table"], False),
    ],
)
def test_words_choose_between_window_and_command_line(
    monkeypatch, tmp_path, executable, words, window
):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / executable))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "上期 表.csv").write_text("序号,任务\n", encoding="utf-8")
    (tmp_path / "table").write_text("no ending: a command is meant")
    assert main._wants_window(words) is window


def test_commands_are_named_as_they_are_typed(monkeypatch):
    assert "用法：main.py" in command("--help").out
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert f"用法：{paths.CONSOLE_TWIN}" in command("--help").out


def test_the_self_test_of_the_window_needs_a_window():
    assert command("smoke", "--window").status == 2


def test_a_dialog_in_the_way_fails_the_self_test_of_the_window(qtbot):
    box = QMessageBox()
    qtbot.addWidget(box)
    box.setText("台账打不开")
    box.open()
    with pytest.raises(AssertionError, match="台账打不开"):
        smoke._wait(lambda: False, "没有出现")
    assert not box.isVisible()


def test_what_never_comes_fails_the_self_test_of_the_window(qapp, monkeypatch):
    monkeypatch.setattr(smoke, "LOOKS", 2)
    with pytest.raises(AssertionError, match="没有出现"):
        smoke._wait(lambda: False, "没有出现")


def test_an_empty_page_fails_the_self_test_of_the_window(qtbot):
    page = QLabel()
    qtbot.addWidget(page)
    page.resize(300, 200)
    with pytest.raises(AssertionError, match="没有画出来"):
        smoke._see(page, "台账")


def test_characters_that_no_font_has_are_found(qapp, theme):
    unassigned = "\u0378"
    assert missing_characters(f"责任{unassigned}分解{unassigned}") == unassigned
