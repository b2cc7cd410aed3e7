"""The deadline view through real widgets."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QLabel, QMenu

from tests.helpers.offices import add_tasks
from tests.helpers.timelines import timeline_rows
from tracker.domain.grouping import GroupKey
from tracker.insight.timeline import Zoom
from tracker.ops.browse import task_lines
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.milestones import MilestoneWords, set_milestones
from tracker.ops.tasks import TaskWords, edit_task, new_task
from tracker.ui.dialogs.edit_task import EditTaskDialog
from tracker.ui.gantt.tips import tip_words
from tracker.ui.gantt.view import GanttView
from tracker.ui.ledger.view import LedgerView

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def codes(kit, office, now):
    """The codes of five tasks in an office that the kit shows."""
    new_ledger(office, "城乡提升专项", who="张三", now=now, year=2026)
    ledger = choose_ledger(office, None)
    made = add_tasks(office, ledger, datetime(2026, 1, 5))
    kit.hub.show(office, ledger, None)
    kit.hub.narrow(group=GroupKey.UNIT)
    return made


@pytest.fixture
def view(qtbot, kit, codes):
    made = GanttView(kit)
    qtbot.addWidget(made)
    made.resize(1100, 600)
    with qtbot.waitSignal(made.loaded):
        made.show()
    return made


def click_row(qtbot, view, code, x=None):
    row = view.chart.rows.find(code)
    box = view.chart.row_box(row)
    point = QPoint(
        int(x if x is not None else view.chart.columns.total + 40), int(box.center().y())
    )
    qtbot.mouseClick(view.chart.viewport(), Qt.MouseButton.LeftButton, pos=point)


def shot(view):
    return view.chart.viewport().grab().toImage()


def colours_in(image: QImage, xs, ys):
    return {image.pixelColor(int(x), int(y)).name() for x in xs for y in ys}


def test_a_click_on_a_bar_takes_the_task_in_hand(qtbot, kit, view, codes):
    with qtbot.waitSignal(kit.hub.selected) as caught:
        click_row(qtbot, view, codes[3])
    assert caught.args == [codes[3]]
    assert kit.hub.code == codes[3]


def test_a_selection_from_elsewhere_is_brought_into_sight(qtbot, kit, view, codes):
    view.resize(1100, 320)
    view.chart.fold_all()
    kit.hub.select(codes[2])
    box = view.chart.row_box(view.chart.rows.find(codes[2]))
    assert box is not None
    assert view.chart.header_height <= box.top()
    assert box.bottom() <= view.chart.viewport().height() + 1


def test_a_click_on_a_heading_folds_its_group(qtbot, view, codes):
    top = view.chart.lines.top(0)
    place = QPoint(60, int(view.chart.header_height + top + 8))
    before = len(view.chart.lines)
    qtbot.mouseClick(view.chart.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.chart.folded == {view.chart.rows.headings[0].title}
    assert len(view.chart.lines) == before - view.chart.rows.headings[0].tasks
    qtbot.mouseClick(view.chart.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert not view.chart.folded
    assert len(view.chart.lines) == before


def test_folding_outlives_a_change_of_the_data(qtbot, kit, view, codes, office, now):
    title = view.chart.rows.headings[1].title
    view.chart.set_folded(frozenset({title}))
    words = TaskWords(deadline="2026-06-30")
    with qtbot.waitSignal(view.loaded):
        kit.runner.write(
            "修改", lambda progress: edit_task(office, codes[4], words, who="张三", now=now)
        )
    assert view.chart.folded == {title}
    row = view.chart.rows.find(codes[4])
    assert view.chart.rows.ends[row] == date(2026, 6, 30).toordinal()


def test_the_keyboard_walks_over_headings_and_tasks(qtbot, kit, view):
    chart = view.chart
    chart.setFocus()
    for _ in range(2):
        qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert kit.hub.code == chart.rows.codes[0]
    qtbot.keyClick(chart, Qt.Key.Key_Left)
    assert chart.folded == {chart.rows.headings[0].title}
    qtbot.keyClick(chart, Qt.Key.Key_Right)
    assert not chart.folded
    qtbot.keyClick(chart, Qt.Key.Key_End)
    assert kit.hub.code == chart.rows.codes[-1]
    qtbot.keyClick(chart, Qt.Key.Key_Home, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert kit.hub.code == chart.rows.codes[0]


def test_home_brings_today_back_and_plus_and_minus_zoom(qtbot, view):
    chart = view.chart
    chart.setFocus()
    day = chart.day_x(1) - chart.day_x(0)
    qtbot.keyClick(chart, Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    assert chart.day_x(1) - chart.day_x(0) == pytest.approx(day * 1.2)
    qtbot.keyClick(chart, Qt.Key.Key_Minus)
    assert chart.day_x(1) - chart.day_x(0) == pytest.approx(day)
    before = chart.day_x(chart.rows.today)
    chart.horizontalScrollBar().setValue(chart.horizontalScrollBar().maximum())
    assert chart.day_x(chart.rows.today) != pytest.approx(before, abs=2)
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    assert chart.day_x(chart.rows.today) == pytest.approx(before, abs=2)


def test_enter_opens_the_task_in_hand_and_folds_a_heading(qtbot, kit, view):
    chart = view.chart
    chart.setFocus()
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    assert chart.folded == {chart.rows.headings[0].title}
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    qtbot.keyClick(chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: view.findChild(EditTaskDialog) is not None)
    assert view.findChild(EditTaskDialog).windowTitle().startswith("修改")


# The menu


def opened_menu(view):
    menus = [menu for menu in view.findChildren(QMenu) if menu.isVisible()]
    assert len(menus) == 1
    return menus[0]


def ask_menu(target, point, reason):
    event = QContextMenuEvent(reason, point, target.mapToGlobal(point))
    QApplication.sendEvent(target, event)


@pytest.mark.parametrize("reason", ["Mouse", "Keyboard"])
def test_a_bar_has_a_menu_by_mouse_and_by_key(qtbot, kit, view, codes, reason):
    row = view.chart.rows.find(codes[3])
    box = view.chart.row_box(row).center().toPoint()
    if reason == "Mouse":
        ask_menu(view.chart.viewport(), box, QContextMenuEvent.Reason.Mouse)
    else:
        kit.hub.select(codes[3])
        view.chart.setFocus()
        ask_menu(view.chart, QPoint(5, 5), QContextMenuEvent.Reason.Keyboard)
    assert kit.hub.code == codes[3]
    menu = opened_menu(view)
    words = [action.text() for action in menu.actions() if action.isEnabled() and action.text()]
    assert words[0] == "修改任务…"
    assert {"时限推后一天…", "延期…", "分解到月…", "在台账中查看", "挂图…"} <= set(words)
    menu.close()


def test_a_task_without_a_day_offers_no_other_day(qtbot, kit, view, codes):
    kit.hub.select(codes[2])
    ask_menu(view.chart, QPoint(5, 5), QContextMenuEvent.Reason.Keyboard)
    menu = opened_menu(view)
    off = {action.text() for action in menu.actions() if not action.isEnabled()}
    assert {"时限推后一天…", "时限提前一天…", "延期…"} <= off
    menu.close()


def test_the_menu_of_a_heading_folds_it(qtbot, view):
    y = int(view.chart.header_height + 8)
    ask_menu(view.chart.viewport(), QPoint(60, y), QContextMenuEvent.Reason.Mouse)
    menu = opened_menu(view)
    menu.actions()[0].trigger()
    assert view.chart.folded == {view.chart.rows.headings[0].title}
    menu.close()


def test_what_the_chart_says_of_a_task_is_copied(qtbot, kit, view, codes, messages):
    kit.hub.select(codes[0])
    view.chart.setFocus()
    view.copy()
    text = QApplication.clipboard().text()
    assert text.split("\t")[1] == "修缮城东老桥，更换护栏120米。"
    assert messages.said == ["已复制 1 项，可粘贴到 Excel 或 WPS"]


def test_the_buttons_choose_month_quarter_and_year(qtbot, view):
    widths = []
    for zoom in (Zoom.MONTH, Zoom.QUARTER, Zoom.YEAR):
        qtbot.mouseClick(view.zooms[zoom], Qt.MouseButton.LeftButton)
        assert view.chart.zoom is zoom
        assert view.zooms[zoom].isChecked()
        widths.append(view.chart.day_x(1) - view.chart.day_x(0))
    assert widths == sorted(widths, reverse=True)


def test_the_wheel_with_ctrl_zooms_at_the_pointer(qtbot, view):
    chart = view.chart
    x = chart.columns.total + 300
    before = chart.day_x(chart.rows.today + 1) - chart.day_x(chart.rows.today)
    day = chart.rows.today + (x - chart.day_x(chart.rows.today)) / before
    event = QWheelEvent(
        QPointF(x, 200),
        QPointF(chart.viewport().mapToGlobal(QPoint(int(x), 200))),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(chart.viewport(), event)
    after = chart.day_x(chart.rows.today + 1) - chart.day_x(chart.rows.today)
    assert after == pytest.approx(before * 1.44)
    assert chart.day_x(0) + day * after == pytest.approx(x, abs=after)


def test_it_starts_with_today_in_the_middle_and_draws_its_line(view, kit):
    chart = view.chart
    x = chart.day_x(chart.rows.today)
    middle = (chart.columns.total + chart.viewport().width()) / 2
    assert x == pytest.approx(middle, abs=2 * (chart.day_x(1) - chart.day_x(0)))
    image = shot(view)
    accent = kit.theme.colours.accent
    low = image.height() - 20
    assert accent in colours_in(image, range(int(x) - 2, int(x) + 3), [low])


def test_each_light_is_drawn_in_its_colour_in_light_and_dark(view, kit, codes):
    chart = view.chart
    for dark in (False, True):
        kit.theme.set_dark(dark)
        image = shot(view)
        for code, key in ((codes[0], "amber"), (codes[3], "red"), (codes[4], "green")):
            row = chart.rows.find(code)
            light = next(light for light in chart.rows.palette if light.key == key)
            colour = light.on_dark if dark else light.on_light
            y = chart.row_box(row).center().y()
            x = chart.day_x(chart.rows.today) - 50
            if key == "red":
                x = chart.day_x(chart.rows.ends[row]) - 8
            assert colour in colours_in(image, [x], [y]), (key, dark)
    kit.theme.set_dark(None)


def test_a_task_without_a_date_has_words_but_no_bar(view, codes):
    rows = view.chart.rows
    row = rows.find(codes[2])
    assert rows.remaining[row] == "无时限"
    assert rows.ends[row] == 0


@pytest.mark.parametrize(
    ("key", "titles"),
    [
        (GroupKey.SECTION, ["一、城建", "二、环保", "（未分类别）"]),
        (GroupKey.LEADER, ["周明", "（没有责任领导）"]),
        (GroupKey.STATE, ["推进中"]),
        (GroupKey.NONE, [""]),
    ],
)
def test_the_groups_are_chosen_above_the_chart(qtbot, kit, view, key, titles):
    with qtbot.waitSignal(view.loaded):
        view.grouping.setFocus()
        view.grouping.setCurrentIndex(view.grouping.findData(key))
        view.grouping.activated.emit(view.grouping.currentIndex())
    assert [heading.title for heading in view.chart.rows.headings] == titles
    assert kit.hub.filter.group is key


@pytest.mark.parametrize("key", GroupKey)
def test_its_groups_are_those_of_the_ledger(qtbot, kit, view, key):
    ledger = LedgerView(kit)
    qtbot.addWidget(ledger)
    kit.hub.narrow(group=key)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    shown = [ledger.model.group(row) for row in range(len(ledger.model.ids))]
    headings = [(group.label, group.count) for group in shown if group]
    charted = [(one.title, one.tasks) for one in view.chart.rows.headings if one.title]
    assert headings == charted
    assert list(ledger.model.tasks) == list(view.chart.rows.ids)


def test_what_is_folded_here_is_folded_in_the_ledger_and_the_other_way(qtbot, kit, view):
    ledger = LedgerView(kit)
    qtbot.addWidget(ledger)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    first, second = (heading.title for heading in view.chart.rows.headings[:2])
    view.chart.set_folded(frozenset({first}))
    assert ledger.model.group(0).folded
    ledger.fold(1)
    assert view.chart.folded == {first, second}
    assert len(view.chart.lines) == len(ledger.model.ids) == 8
    kit.hub.narrow(group=GroupKey.SECTION)
    assert not kit.hub.folded


def test_a_folded_group_stays_folded_when_the_data_change(qtbot, kit, view, codes, office, now):
    kit.hub.select(codes[4])
    title = next(
        heading.title
        for heading in view.chart.rows.headings
        if codes[4] in view.chart.rows.codes[heading.first : heading.first + heading.tasks]
    )
    view.chart.set_folded(frozenset({title}))
    with qtbot.waitSignal(view.loaded):
        kit.runner.write(
            "修改",
            lambda _p: edit_task(office, codes[4], TaskWords(number="9"), who="张三", now=now),
        )
    assert view.chart.folded == kit.hub.folded == {title}


def test_the_filter_of_the_window_counts(qtbot, kit, view, codes):
    with qtbot.waitSignal(view.loaded):
        kit.hub.narrow(lights=frozenset({"red"}))
    assert list(view.chart.rows.codes) == [codes[3]]
    with qtbot.waitSignal(view.loaded):
        kit.hub.narrow(text="没有这样的任务")
    assert not len(view.chart.rows)
    shot(view)


def test_a_hidden_view_reads_only_when_it_is_shown(qtbot, kit, view, office, now):
    view.hide()
    ledger = choose_ledger(office, None)
    kit.runner.write(
        "新增",
        lambda progress: new_task(
            office, ledger, TaskWords(text="新增一项。"), who="张三", now=now
        ),
    )
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    assert len(view.chart.rows) == 5
    with qtbot.waitSignal(view.loaded):
        view.show()
    assert len(view.chart.rows) == 6


def test_the_tip_says_everything_of_a_task(kit, view, codes, office, now):
    row = view.chart.rows.find(codes[0])
    (line,) = task_lines(office, (view.chart.rows.ids[row],), None, now.date())
    words = tip_words(line)
    assert "修缮城东老桥，更换护栏120米。" in words
    assert "县住建局、县交通运输局" in words
    assert "2026年3月4日" in words


def test_the_words_of_a_bar_name_its_milestones(kit, view, codes, office, now, qtbot):
    steps = [
        MilestoneWords(date(2026, 2, 10), "完成招标"),
        MilestoneWords(date(2026, 4, 30), "开工"),
    ]
    with qtbot.waitSignal(view.loaded):
        kit.runner.write(
            "分解到月",
            lambda _p: set_milestones(office, codes[0], steps, who="张三", now=now),
        )
    row = view.chart.rows.find(codes[0])
    (line,) = task_lines(office, (view.chart.rows.ids[row],), None, now.date())
    words = tip_words(line, view.chart.rows.steps_of(row))
    assert "◇ 2026年2月10日 完成招标（已过）" in words
    assert "◇ 2026年4月30日 开工（未到）" in words


def test_a_milestone_is_painted_on_its_day(kit, view, codes, office, now, qtbot):
    def middle():
        box = view.chart.row_box(view.chart.rows.find(codes[4]))
        x = view.chart.day_x(date(2026, 4, 20).toordinal()) + view.chart._day_width / 2
        return shot(view).pixelColor(int(x), int(box.center().y())).name()

    bar = middle()
    step = MilestoneWords(date(2026, 4, 20), "开工")
    with qtbot.waitSignal(view.loaded):
        kit.runner.write(
            "分解到月",
            lambda _p: set_milestones(office, codes[4], [step], who="张三", now=now),
        )
    assert middle() == kit.theme.colours.surface != bar


def test_a_frame_asks_for_visible_lines_only(view):
    chart = view.chart
    chart.show_rows(timeline_rows(100_000))
    chart.verticalScrollBar().setValue(chart.verticalScrollBar().maximum() // 2)
    strip = chart._strip()
    assert 5 < len(strip.lines) < 40
    assert len(strip.axis.pieces) < 20
    shot(view)


@pytest.mark.parametrize("size", [13, 15, 18])
def test_no_heading_of_a_column_is_cut_at_any_text_size(view, kit, size):
    kit.theme.set_size(size)
    painter = view.chart._painter
    columns = view.chart.columns
    assert painter.bold.width("牵头单位") <= columns.unit
    assert painter.bold.wrapped("序号", columns.number - 20, 1) == ("序号",)
    kit.theme.set_size(13)


# Dragging a deadline


def end_of(view, code):
    chart = view.chart
    row = chart.rows.find(code)
    x = chart.day_x(chart.rows.ends[row] + 1)
    return QPoint(round(x), int(chart.row_box(row).center().y()))


def drag(qtbot, view, code, days, *, escape=False):
    viewport, start = view.chart.viewport(), end_of(view, code)
    width = view.chart.day_x(1) - view.chart.day_x(0)
    there = QPoint(round(start.x() + days * width - width / 2), start.y())
    qtbot.mousePress(viewport, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(viewport, there)
    if escape:
        qtbot.keyClick(view.chart, Qt.Key.Key_Escape)
    qtbot.mouseRelease(viewport, Qt.MouseButton.LeftButton, pos=there)


@pytest.mark.parametrize("days", [9, -12])
def test_the_end_of_a_bar_moves_its_deadline_with_a_reason(
    qtbot, kit, view, codes, office, messages, days
):
    messages.answers.append("汛期停工")
    drag(qtbot, view, codes[0], days)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    with office.read() as stored:
        task = stored.task(codes[0])
    assert task.deadline.date == date(2026, 3, 4) + timedelta(days)
    assert task.first_deadline.date == date(2026, 3, 4)
    assert task.deadline_reason == "汛期停工"


def test_without_a_reason_a_deadline_stays(qtbot, kit, view, codes, office, messages):
    messages.answers.append(None)
    drag(qtbot, view, codes[0], 9)
    messages.answers.append(" ")
    drag(qtbot, view, codes[0], 9)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    assert "理由" in messages.problems[0]
    with office.read() as stored:
        assert stored.task(codes[0]).deadline.date == date(2026, 3, 4)


def test_escape_lets_a_deadline_go_back(qtbot, kit, view, codes, messages):
    drag(qtbot, view, codes[0], 9, escape=True)
    assert not messages.asked


def press(qtbot, view, *keys, held=Qt.KeyboardModifier.ShiftModifier):
    for key in keys:
        qtbot.keyClick(view.chart, key, held)


def test_keys_move_a_deadline_day_by_day_and_enter_asks_for_the_reason(
    qtbot, kit, view, codes, office, messages
):
    messages.answers.append("汛期停工")
    kit.hub.select(codes[0])
    view.chart.setFocus()
    press(qtbot, view, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    both = Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.ControlModifier
    press(qtbot, view, Qt.Key.Key_Right, held=both)
    label = view.chart.viewport().findChild(QLabel, "drag_day")
    assert label.isVisible()
    assert "2026年3月12日 周四" in label.text()
    assert not messages.asked
    qtbot.keyClick(view.chart, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    with office.read() as stored:
        task = stored.task(codes[0])
    assert task.deadline.date == date(2026, 3, 12)
    assert task.deadline_reason == "汛期停工"
    assert not view.drag.is_moving


@pytest.mark.parametrize("how", ["Escape", "away", "back"])
def test_a_deadline_moved_by_keys_goes_back(qtbot, kit, view, codes, messages, how):
    kit.hub.select(codes[0])
    view.chart.setFocus()
    press(qtbot, view, Qt.Key.Key_Right)
    assert view.drag.is_moving
    if how == "Escape":
        qtbot.keyClick(view.chart, Qt.Key.Key_Escape)
    elif how == "away":
        click_row(qtbot, view, codes[3])
    else:
        press(qtbot, view, Qt.Key.Key_Left)
        qtbot.keyClick(view.chart, Qt.Key.Key_Return)
    assert not view.drag.is_moving
    assert not messages.asked


def test_a_task_without_a_day_has_no_end_to_take_hold_of(view, codes):
    row = view.chart.rows.find(codes[1])
    y = view.chart.row_box(row).center().y()
    right = view.chart.viewport().width()
    assert all(view.drag.end_at(QPointF(x, y)) is None for x in range(0, right, 3))
