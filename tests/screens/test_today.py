"""今日: what waits is told with its number, and each line leads to where it is dealt with."""

from __future__ import annotations

from datetime import datetime

import pytest

from tracker.domain.browse import Show
from tracker.domain.today import Waiting
from tracker.ops.tasks import TaskWords, edit_task, list_tasks
from tracker.ops.today import todays_lines
from tracker.ops.upkeep import backup_office
from tracker.store.backup import newest_backup
from tracker.ui.today.view import TodayView

EARLIER = datetime(2026, 1, 5, 9)


@pytest.fixture
def kit(kit_with_table):
    """One task late, one due soon."""
    hub = kit_with_table.hub
    days = ("2026年2月20日前", "2026-03-04", "2026年10月底前", "")
    for task, day in zip(list_tasks(hub.office, hub.ledger), days, strict=True):
        edit_task(hub.office, task.code, TaskWords(deadline=day), who="张三", now=EARLIER)
    return kit_with_table


@pytest.fixture
def view(qtbot, kit):
    made = TodayView(kit)
    qtbot.addWidget(made)
    made.resize(800, 600)
    made.show()
    qtbot.waitUntil(lambda: bool(made.lines))
    return made


def told(kit):
    hub = kit.hub
    lines = todays_lines(hub.office, hub.ledger, hub.round, hub.now)
    return {line.kind: line for line in lines}


def test_what_waits_is_counted(kit):
    found = told(kit)
    assert found[Waiting.OVERDUE].count == 1
    assert found[Waiting.DUE].count == 1
    assert found[Waiting.BACKUP].words == "还没有备份过这个台账"
    assert Waiting.MISSING not in found


def test_the_last_backup_is_told_with_its_age(kit):
    hub = kit.hub
    assert newest_backup(hub.office.path) is None
    backup_office(hub.office.path, datetime(2026, 2, 10, 8))
    backup_office(hub.office.path, datetime(2026, 2, 12, 8))
    line = told(kit)[Waiting.BACKUP]
    assert line.words == "上次备份：2月12日（18天前）"
    assert line.urgent


def test_a_line_leads_to_the_tasks_it_counts(view, kit, qtbot):
    with qtbot.waitSignal(view.tasks_wanted):
        view.buttons[Waiting.DUE].click()
    assert kit.hub.filter.show == Show.DUE_7
    with qtbot.waitSignal(view.tasks_wanted):
        view.buttons[Waiting.OVERDUE].click()
    assert kit.hub.filter.show is None
    assert kit.hub.filter.lights
    with qtbot.waitSignal(view.action_wanted) as asked:
        view.buttons[Waiting.BACKUP].click()
    assert asked.args == ["backup"]


@pytest.mark.parametrize("dark", [False, True])
def test_the_page_paints(view, kit, dark):
    kit.theme.set_dark(dark)
    assert not view.grab().isNull()


def test_without_a_ledger_there_is_nothing_but_the_backup(kit, office):
    lines = todays_lines(office, None, None, kit.hub.now)
    assert [line.kind for line in lines] == [Waiting.BACKUP]
