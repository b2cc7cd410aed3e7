"""The menu of files opened lately."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSettings

from tracker.ui.recent import Choices
from tracker.ui.recent_menu import FORGET, NONE, RecentMenu


@pytest.fixture
def choices(tmp_path):
    return Choices(QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat))


@pytest.fixture
def opened():
    return []


@pytest.fixture
def menu(qtbot, choices, opened):
    made = RecentMenu(choices, opened.append, lambda: True)
    qtbot.addWidget(made)
    return made


def words(menu):
    menu.fill()
    return [action.text() for action in menu.actions() if action.text()]


@pytest.fixture
def files(tmp_path, choices):
    paths = []
    for name in ("甲县&乙县台账", "二〇二六年台账"):
        path = tmp_path / f"{name}.db"
        path.write_bytes(b"x")
        choices.remember(path)
        paths.append(path)
    return paths


def test_before_the_first_file_it_says_so(menu):
    assert words(menu) == [NONE]
    assert not menu.actions()[0].isEnabled()


def test_the_latest_file_stands_first_and_opens(menu, files, opened):
    listed = words(menu)
    assert listed[0].startswith("&1 二〇二六年台账\t")
    assert listed[1].startswith("&2 甲县&&乙县台账\t")
    menu.actions()[1].trigger()
    assert opened == [files[0]]


def test_a_file_that_is_gone_is_not_offered(menu, files):
    files[1].unlink()
    assert len(words(menu)) == 2


def test_the_list_can_be_emptied_and_the_files_stay(menu, files, choices):
    assert words(menu)[-1] == FORGET
    menu.actions()[-1].trigger()
    assert choices.recent() == ()
    assert all(path.exists() for path in files)


def test_during_a_review_nothing_can_be_opened(qtbot, choices, files, opened):
    menu = RecentMenu(choices, opened.append, lambda: False)
    qtbot.addWidget(menu)
    menu.fill()
    menu.actions()[0].trigger()
    assert opened == []
