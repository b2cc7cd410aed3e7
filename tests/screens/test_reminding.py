"""The reminder above the tabs and in the tray: what it tells, where it leads, when it is still."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication

from tracker.ops.browse import find_tasks
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds
from tracker.ops.sample import make_sample
from tracker.ops.tasks import TaskWords, new_task
from tracker.ui import preferences as keys
from tracker.ui import tray as tray_module
from tracker.ui.habits import Habits
from tracker.ui.hub import Hub
from tracker.ui.kit import Kit
from tracker.ui.main_window import MainWindow
from tracker.ui.preferences import Preferences
from tracker.ui.recent import Choices
from tracker.ui.reminding import ReminderBar
from tracker.ui.run import Runner
from tracker.ui.settings.window import SettingsWindow
from tracker.ui.tray import Tray

MORNING = datetime(2026, 9, 18, 9, 30)
LEDGER = "政府工作报告任务"
NO_TRAY = pytest.mark.qt_log_ignore("systemTrayWindowChanged", "does not support")


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = MORNING

    def __call__(self):
        return self.now


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory):
    return make_sample(tmp_path_factory.mktemp("示例") / "示例.db", who="张三", now=MORNING)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def choices(tmp_path):
    settings = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    return Choices(settings)


@pytest.fixture
def kept(choices):
    return Preferences(choices)


@pytest.fixture
def copied(sample_file, tmp_path):
    path = tmp_path / "台账.db"
    path.write_bytes(sample_file.read_bytes())
    return path


@pytest.fixture
def sample_kit(qtbot, theme, messages, clock, choices, copied):
    hub = Hub("张三", clock)
    kit = Kit(hub, Runner(hub, messages), messages, theme, choices)
    office = open_office(copied, MORNING)
    ledger = choose_ledger(office, LEDGER)
    hub.show(office, ledger, list_rounds(office, ledger)[-1])
    yield kit
    kit.runner.finish()
    office.close()


def settle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    QApplication.processEvents()


@pytest.fixture
def bar(qtbot, sample_kit):
    made = ReminderBar(sample_kit)
    qtbot.addWidget(made)
    made.ask()
    settle(qtbot, sample_kit)
    return made


def follow(bar, name):
    bar.told.linkActivated.emit(name)


def listed(kit):
    hub = kit.hub
    return find_tasks(hub.office, hub.filter, hub.round.id, hub.today)


def test_it_tells_what_is_late_due_and_not_returned(bar):
    assert not bar.isHidden()
    for words in ("已逾期", "7 天内到期", "逾期未反馈", "另有“"):
        assert words in bar.told.text()
    assert LEDGER in bar.told.toolTip()


def test_each_count_leads_to_as_many_tasks(qtbot, bar, sample_kit):
    for name in ("late", "soon"):
        words = bar.told.text().split(f'href="{name}"')[1].split("</a>")[0]
        with qtbot.waitSignal(bar.tasks_wanted):
            follow(bar, name)
        assert f" {len(listed(sample_kit))} 项" in words
    assert sample_kit.hub.filter.about == "7 天内到期"


def test_what_was_not_returned_leads_to_the_board(qtbot, bar):
    with qtbot.waitSignal(bar.view_wanted) as wanted:
        follow(bar, "missing")
    assert wanted.args == ["反馈回收"]


def test_another_ledger_is_one_click_away(qtbot, bar, sample_kit):
    with qtbot.waitSignal(bar.ledger_wanted) as wanted:
        follow(bar, "other")
    known = {row.id: row.name for row in list_ledgers(sample_kit.hub.office)}
    assert known[wanted.args[0]] != LEDGER


def test_it_looks_as_far_ahead_as_was_chosen(qtbot, bar, sample_kit, kept):
    before = len(bar._due)
    kept.put(keys.DAYS_AHEAD, 60)
    bar.ask()
    settle(qtbot, sample_kit)
    assert "60 天内到期" in bar.told.text()
    assert len(bar._due) >= before


def test_it_stays_away_for_the_day_and_comes_again_the_next(
    qtbot, bar, sample_kit, clock, kept, messages
):
    qtbot.mouseClick(bar.quiet_today, Qt.MouseButton.LeftButton)
    assert bar.isHidden()
    assert "今天不再提醒" in messages.said[-1]
    for day, hidden in ((0, True), (1, False)):
        clock.now = MORNING + timedelta(days=day)
        again = ReminderBar(sample_kit)
        qtbot.addWidget(again)
        again.ask()
        settle(qtbot, sample_kit)
        assert again.isHidden() is hidden


def test_closed_it_does_not_come_back_with_the_next_change(qtbot, bar, sample_kit):
    qtbot.mouseClick(bar.leave, Qt.MouseButton.LeftButton)
    sample_kit.hub.opened.emit()
    settle(qtbot, sample_kit)
    assert bar.isHidden()


def test_after_a_change_it_counts_again(qtbot, bar, sample_kit):
    hub = sample_kit.hub
    late = bar.told.text()
    words = TaskWords(text="新修栈道一处。", lead="县文旅局", deadline="2026-09-01")
    office, ledger = hub.office, hub.ledger
    sample_kit.runner.write(
        "新增", lambda _: new_task(office, ledger, words, who="张三", now=MORNING)
    )
    qtbot.waitUntil(lambda: bar.told.text() != late)
    assert "已逾期 6 项" in bar.told.text()


def test_where_nothing_is_due_nothing_is_shown(qtbot, sample_kit, clock):
    clock.now = datetime(2020, 1, 1, 9)
    bar = ReminderBar(sample_kit)
    qtbot.addWidget(bar)
    bar.ask()
    settle(qtbot, sample_kit)
    assert bar.isHidden()


# The tray


@pytest.fixture
def tray(sample_kit, kept):
    kept.put(keys.TRAY, True)
    made = Tray(sample_kit, is_available=lambda: True)
    made.apply()
    yield made
    made.vanish()


def told(qtbot, kit, tray):
    """What is told when the timer comes round."""
    said = []
    tray.told.connect(said.append)
    tray._timer.timeout.emit()
    settle(qtbot, kit)
    tray.told.disconnect(said.append)
    return said


@NO_TRAY
def test_the_tray_tells_once_a_day(qtbot, sample_kit, tray, clock):
    (words,) = told(qtbot, sample_kit, tray)
    assert LEDGER in words
    assert "已逾期" in words
    assert told(qtbot, sample_kit, tray) == []
    clock.now = MORNING + timedelta(days=1)
    assert len(told(qtbot, sample_kit, tray)) == 1


@NO_TRAY
@pytest.mark.parametrize("hour", [0, 7])
def test_nobody_is_told_at_night(qtbot, sample_kit, tray, clock, hour):
    clock.now = MORNING.replace(hour=hour)
    assert told(qtbot, sample_kit, tray) == []


@NO_TRAY
def test_who_wants_no_more_today_is_left_alone_by_the_tray_too(qtbot, sample_kit, tray, kept):
    kept.put(keys.QUIET_ON, MORNING.date().isoformat())
    assert told(qtbot, sample_kit, tray) == []


@NO_TRAY
def test_a_day_on_which_nothing_is_due_is_not_used_up(qtbot, sample_kit, tray, clock, kept):
    clock.now = datetime(2020, 1, 1, 9)
    assert told(qtbot, sample_kit, tray) == []
    assert kept.get(keys.TOLD_ON) == ""


@NO_TRAY
def test_the_icon_goes_when_it_is_no_longer_wanted(tray, kept):
    assert tray.icon is not None
    assert [action.text() for action in tray._menu.actions()] == ["打开窗口", "今日", "退出"]
    kept.put(keys.TRAY, False)
    tray.apply()
    assert tray.icon is None


def test_without_a_tray_there_is_no_icon(sample_kit, kept):
    kept.put(keys.TRAY, True)
    tray = Tray(sample_kit, is_available=lambda: False)
    tray.apply()
    assert tray.icon is None
    assert not tray.keeps_window


# In the window


@pytest.fixture
def make(qtbot, qapp, choices, messages, clock):
    windows = []

    def open_one():
        window = MainWindow(qapp, "登录名", clock, choices=choices, messages=messages)
        windows.append(window)
        qtbot.addWidget(window)
        window.show()
        return window

    yield open_one
    for window in windows:
        window.habits.leave()
        window.kit.runner.finish()
        if window.habits.tray is not None:
            window.habits.tray.vanish()


def open_file(qtbot, window, path):
    window.commands.open_path(path)
    qtbot.waitUntil(lambda: window.is_furnished and not window.kit.runner.is_busy, timeout=20000)


def test_unless_it_is_wanted_nothing_is_made(qtbot, make, copied):
    window = make()
    open_file(qtbot, window, copied)
    assert window.habits.bar is None
    assert window.habits.tray is None


def test_the_line_stands_above_the_tabs_and_leads_to_the_list(qtbot, make, copied, kept):
    kept.put(keys.REMIND, True)
    window = make()
    open_file(qtbot, window, copied)
    window.view("统计")
    qtbot.waitUntil(lambda: window.habits.bar.isVisible())
    follow(window.habits.bar, next(iter(window.habits.bar.links)))
    assert window.tab_in_sight == "台账"
    settle(qtbot, window.kit)


def test_the_chosen_name_and_palette_are_there_from_the_start(make, kept):
    kept.put(keys.WHO, "李敏")
    kept.put(keys.LOOK, "dark")
    window = make()
    assert window.kit.hub.who == "李敏"
    assert window.kit.theme.is_dark


def test_who_begins_at_the_start_page_is_not_taken_to_the_last_file(qtbot, make, copied, kept):
    window = make()
    open_file(qtbot, window, copied)
    window.place.keep()
    assert window.place.last_file() == copied
    kept.put(keys.REOPEN, False)
    assert window.place.last_file() is None


@NO_TRAY
def test_a_closed_window_stays_in_the_tray_only_where_that_was_chosen(
    qtbot, make, copied, kept, monkeypatch
):
    monkeypatch.setattr(tray_module, "has_tray", lambda: True)
    kept.put(keys.TRAY, True)
    window = make()
    open_file(qtbot, window, copied)
    window.habits.apply_tray()
    kept.put(keys.STAY, True)
    window.close()
    assert window.isHidden()
    assert window.kit.hub.office is not None
    window.habits.tray.icon.activated.emit(window.habits.tray.icon.ActivationReason.Trigger)
    assert window.isVisible()
    window.habits.tray.today_wanted.emit()
    assert window.tab_in_sight == "今日"
    settle(qtbot, window.kit)
    window.close()
    window.actions_by_name["leave"].trigger()
    assert window.isHidden()
    assert window.habits.tray.icon is None


@NO_TRAY
def test_without_that_choice_closing_ends_it(qtbot, make, copied, kept, monkeypatch):
    monkeypatch.setattr(tray_module, "has_tray", lambda: True)
    kept.put(keys.TRAY, True)
    window = make()
    open_file(qtbot, window, copied)
    window.habits.apply_tray()
    assert window.close()
    assert window._is_over


def test_the_settings_open_from_the_menu_and_a_door_leaves_them(qtbot, make, copied):
    window = make()
    open_file(qtbot, window, copied)
    window.actions_by_name["open_settings"].trigger()
    settings = window.findChild(SettingsWindow)
    assert settings.isVisible()
    row = next(row for row in settings.rows if row.entry.key == "memory")
    row.control.focusProxy().click()
    qtbot.waitUntil(lambda: window.findChild(SettingsWindow) is None)
    names = [
        dialog.windowTitle() for dialog in QApplication.topLevelWidgets() if dialog.isVisible()
    ]
    assert "记住的表头" in names


def test_a_backup_is_put_into_the_second_folder_too(qtbot, make, copied, kept, messages, tmp_path):
    second = tmp_path / "U盘"
    second.mkdir()
    kept.put(keys.SECOND_COPY, str(second))
    window = make()
    open_file(qtbot, window, copied)
    window.actions_by_name["backup"].trigger()
    settle(qtbot, window.kit)
    (copy,) = second.iterdir()
    (first,) = (copied.parent / "备份").iterdir()
    assert copy.name == first.name
    open_office(copy, MORNING).close()
    assert "另存到" in messages.said[-1]


def test_a_second_folder_that_is_gone_is_told_and_the_backup_made(
    qtbot, make, copied, kept, messages, tmp_path
):
    kept.put(keys.SECOND_COPY, str(tmp_path / "拔掉的U盘"))
    window = make()
    open_file(qtbot, window, copied)
    window.actions_by_name["backup"].trigger()
    settle(qtbot, window.kit)
    assert len(list((copied.parent / "备份").iterdir())) == 1
    assert "没有另存" in messages.said[-1]
    assert "拔掉的U盘" in messages.problems[-1]


def test_habits_know_the_name_the_system_gives(make):
    window = make()
    assert isinstance(window.habits, Habits)
    assert window.kit.hub.who == "登录名"
