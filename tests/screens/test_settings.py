"""The window of settings: found by words and pinyin, in force at once, set back, undone."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel

from tests.conftest import NOW
from tracker.base.paths import resource
from tracker.base.resources import load
from tracker.ops.browse import counts
from tracker.ops.forms import kept_contact
from tracker.ops.history import undo_step
from tracker.ops.office_choices import light_set
from tracker.ui import preferences as keys
from tracker.ui.preferences import Preferences
from tracker.ui.settings.catalogue import Catalogue
from tracker.ui.settings.entries import Doors
from tracker.ui.settings.window import SettingsWindow


@pytest.fixture
def acted():
    return []


@pytest.fixture
def make(qtbot, acted):
    def open_one(kit, *, has_tray=True):
        entries = Catalogue(kit, acted.append, "登录名", has_tray=has_tray).entries()
        window = SettingsWindow(kit, entries)
        window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        return window

    return open_one


@pytest.fixture
def settings(make, kit_with_table):
    return make(kit_with_table)


def names(window):
    return [row.entry.name for row in window.shown]


def row_of(window, key):
    return next(row for row in window.rows if row.entry.key == key)


def type_in(field, words):
    """Type as an input method does; `QTest` knows no Chinese keys."""
    event = QInputMethodEvent("", [])
    event.setCommitString(words)
    QApplication.sendEvent(field, event)


def settle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)


def choose(qtbot, row, value):
    """Choose in a list of choices by key, as a clerk without a mouse does."""
    box = row.control
    box.setFocus()
    place = box.findData(value)
    step = Qt.Key.Key_Down if place > box.currentIndex() else Qt.Key.Key_Up
    for _ in range(abs(place - box.currentIndex())):
        qtbot.keyClick(box, step)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("字号", "字号"),
        ("zhao", "字号"),
        ("zihao", "字号"),
        ("备份", "备份"),
        ("bf", "备份"),
        ("U盘", "另存一份到"),
        ("红灯", "亮灯规则"),
        ("lianggui", ""),
        ("jjr", "法定节假日和调休"),
        ("仿宋", "可选的字体组"),
        ("tuopan", "托盘图标"),
        ("启动 上次", "打开上次的台账"),
        ("LIGHTS.TOML", "亮灯规则的各套"),
    ],
)
def test_a_setting_is_found_by_its_words_and_by_pinyin(qtbot, settings, query, expected):
    settings.search.setFocus()
    type_in(settings.search, query)
    assert (expected in names(settings)) if expected else not names(settings)
    assert settings.none.isVisible() is (not expected)
    assert len(names(settings)) < len(settings.rows) // 2


def test_what_is_not_found_says_what_else_to_type(qtbot, settings):
    type_in(settings.search, "云同步")
    assert "云同步" in settings.none.text()
    assert "换个说法" in settings.none.text()
    qtbot.keyClick(settings, Qt.Key.Key_Escape)
    assert settings.isVisible()
    assert len(settings.shown) == len(settings.rows)


def test_down_goes_from_the_search_to_what_was_found(qtbot, settings):
    type_in(settings.search, "操作人")
    qtbot.keyClick(settings.search, Qt.Key.Key_Down)
    assert row_of(settings, "who").control.hasFocus()


def test_every_setting_has_one_line_of_explanation_and_something_to_use(settings):
    assert len({row.entry.key for row in settings.rows}) == len(settings.rows)
    for row in settings.rows:
        assert row.entry.why.endswith("。"), row.entry.name
        assert not isinstance(row.control, QLabel), row.entry.name
        assert row.control.accessibleName() == row.entry.name


def test_a_group_shows_its_own_settings_only(settings):
    settings.groups.setCurrentRow(1)
    assert names(settings) == ["界面明暗", "字号"]
    settings.groups.setCurrentRow(0)
    assert len(settings.shown) == len(settings.rows)


def test_the_palette_changes_at_once_and_is_kept(qtbot, settings, kit_with_table, theme):
    choose(qtbot, row_of(settings, "look"), "dark")
    assert theme.is_dark
    assert Preferences(kit_with_table.choices).dark is True
    row = row_of(settings, "look")
    assert row.again.isVisible()
    qtbot.mouseClick(row.again, Qt.MouseButton.LeftButton)
    assert Preferences(kit_with_table.choices).dark is None
    assert not row.again.isVisible()


def test_the_text_size_is_the_same_as_in_the_menu(qtbot, settings, kit_with_table, theme):
    choose(qtbot, row_of(settings, "text_size"), "18")
    assert (theme.size, kit_with_table.choices.text_size(13)) == (18, 18)
    theme.set_size(15)
    assert row_of(settings, "text_size").control.currentData() == "15"
    theme.set_size(13)


def test_the_name_of_who_works_stands_in_the_next_step(qtbot, settings, kit_with_table):
    hub = kit_with_table.hub
    field = row_of(settings, "who").control
    field.setFocus()
    type_in(field, "李敏")
    assert hub.who == "张三"
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert settings.isVisible()
    assert hub.who == "李敏"
    field.clear()
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert hub.who == "登录名"


def test_what_is_being_typed_is_taken_when_the_window_is_left(qtbot, settings, kit_with_table):
    field = row_of(settings, "who").control
    field.setFocus()
    type_in(field, "王芳")
    qtbot.keyClick(settings, Qt.Key.Key_Escape)
    assert kit_with_table.hub.who == "王芳"


@pytest.mark.parametrize(
    ("key", "kept"),
    [
        ("reopen", keys.REOPEN),
        ("remind", keys.REMIND),
        ("tray", keys.TRAY),
        ("stay_in_tray", keys.STAY),
    ],
)
def test_a_tick_is_kept(qtbot, settings, kit_with_table, key, kept):
    preferences = Preferences(kit_with_table.choices)
    before = preferences.get(kept)
    row_of(settings, key).control.setFocus()
    with qtbot.waitSignal(settings.changed) as told:
        qtbot.keyClick(row_of(settings, key).control, Qt.Key.Key_Space)
    assert told.args == [key]
    assert preferences.get(kept) is not before
    assert row_of(settings, key).again.isVisible()


def test_days_ahead_are_kept_and_the_wheel_changes_nothing(qtbot, settings, kit_with_table):
    box = row_of(settings, "days_ahead").control
    box.lineEdit().selectAll()
    qtbot.keyClicks(box, "15")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert Preferences(kit_with_table.choices).get(keys.DAYS_AHEAD) == 15
    centre = QPointF(box.rect().center())
    wheel = QWheelEvent(
        centre,
        box.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert box.value() == 15


def test_the_second_folder_of_backups_is_asked_for(
    qtbot, settings, kit_with_table, messages, tmp_path
):
    messages.answers = [None, str(tmp_path)]
    button = row_of(settings, "second_copy").control.focusProxy()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert Preferences(kit_with_table.choices).get(keys.SECOND_COPY) == ""
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert Preferences(kit_with_table.choices).get(keys.SECOND_COPY) == str(tmp_path)
    assert not messages.answers


def test_another_set_of_lights_counts_at_once_and_can_be_undone(
    qtbot, settings, kit_with_table, messages
):
    hub = kit_with_table.hub
    hub.narrow(lights=frozenset({"amber"}))
    choose(qtbot, row_of(settings, "lights"), "五级预警")
    settle(qtbot, kit_with_table)
    assert light_set(hub.office).name == "五级预警"
    assert row_of(settings, "lights").control.currentData() == "五级预警"
    assert hub.filter.lights == frozenset()
    assert "blue" in counts(hub.office, hub.ledger.id, None, hub.today).lights
    assert messages.said[-1] == "亮灯规则改为“五级预警”"
    undo_step(hub.office, who="张三", now=NOW)
    assert light_set(hub.office).name == "默认"


def test_the_contact_is_a_step_of_the_file(qtbot, settings, kit_with_table):
    field = row_of(settings, "contact").control
    field.setFocus()
    type_in(field, " 陈敏  1234567 ")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    settle(qtbot, kit_with_table)
    office = kit_with_table.hub.office
    assert kept_contact(office) == "陈敏 1234567"
    undo_step(office, who="张三", now=NOW)
    assert kept_contact(office) == ""


def test_without_a_file_its_settings_say_that_one_is_needed(make, kit):
    window = make(kit)
    row = row_of(window, "lights")
    assert isinstance(row.control, QLabel)
    assert "打开一个台账" in row.control.text()
    assert not row.again.isVisible()
    assert "layouts" not in {each.entry.key for each in window.rows}


def test_without_a_tray_nothing_of_it_is_offered(make, kit):
    assert not [n for n in names(make(kit, has_tray=False)) if "托盘" in n]


def test_a_door_does_what_the_menu_does(qtbot, settings, acted):
    row = row_of(settings, "layouts")
    qtbot.mouseClick(row.control.focusProxy(), Qt.MouseButton.LeftButton)
    assert acted == ["edit_layouts"]


def test_everything_of_the_user_is_set_back_but_nothing_of_the_file(
    qtbot, settings, kit_with_table, messages, theme
):
    choose(qtbot, row_of(settings, "text_size"), "18")
    choose(qtbot, row_of(settings, "lights"), "五级预警")
    row_of(settings, "tray").control.click()
    settle(qtbot, kit_with_table)
    messages.answers = [False, True]
    settings.reset.click()
    assert theme.size == 18
    settings.reset.click()
    assert theme.size == 13
    kept = Preferences(kit_with_table.choices)
    assert kept.get(keys.TRAY) is False
    for row in settings.rows:
        control = row.entry.control
        if not isinstance(control, Doors) and not row.entry.in_file:
            assert not control.is_other, row.entry.name
    assert light_set(kit_with_table.hub.office).name == "五级预警"


@pytest.mark.parametrize("kept", ["", "no", "999", "-1", "7.5"])
def test_what_makes_no_sense_counts_as_the_default(kit, kept):
    kit.choices.keep("days_ahead", kept)
    kit.choices.keep("look", kept)
    kit.choices.keep("reopen", kept)
    preferences = Preferences(kit.choices)
    assert preferences.get(keys.DAYS_AHEAD) == 7
    assert preferences.dark is None
    assert preferences.get(keys.REOPEN) is True


def test_every_list_that_is_offered_is_there_and_says_that_it_may_be_changed():
    for each in load("office_lists.toml")["list"]:
        text = resource(each["file"]).read_text(encoding="utf-8")
        assert text.lstrip().startswith("#"), each["file"]
        assert each["why"].endswith("。")
