"""The deadline view through real widgets."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.helpers.offices import add_tasks
from tests.helpers.timelines import timeline_rows
from tracker.insight.timeline import Zoom
from tracker.ops.browse import task_lines
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.milestones import MilestoneWords, set_milestones
from tracker.ops.tasks import TaskWords, edit_task, new_task
from tracker.ui.gantt.view import GanttView, tip_words


@pytest.fixture
def codes(kit, office, now):
    """The codes of five tasks in an office that the kit shows."""
    new_ledger(office, "城乡提升专项", who="张三", now=now, year=2026)
    ledger = choose_ledger(office, None)
    made = add_tasks(office, ledger, datetime(2026, 1, 5))
    kit.hub.show(office, ledger, None)
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
    qtbot.keyClick(chart, Qt.Key.Key_Home)
    qtbot.keyClick(chart, Qt.Key.Key_Down)
    assert kit.hub.code == chart.rows.codes[0]


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
    ("place", "titles"),
    [
        (1, ["一、城建", "二、环保", "未分类"]),
        (2, [""]),
    ],
)
def test_the_groups_are_chosen_above_the_chart(qtbot, view, place, titles):
    with qtbot.waitSignal(view.loaded):
        view.grouping.setCurrentIndex(place)
    assert [heading.title for heading in view.chart.rows.headings] == titles


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


@pytest.mark.parametrize("name", ["图.png", "图.svg", "图.pdf", "图"])
def test_the_picture_is_saved_where_the_user_says(qtbot, kit, view, messages, tmp_path, name):
    messages.answers.append(str(tmp_path / name))
    qtbot.mouseClick(view.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    assert not messages.problems
    written = tmp_path / (name if "." in name else "图.png")
    assert written.stat().st_size > 2000
    assert messages.said == [f"已存为“{written.name}”"]


def test_thinking_better_of_a_picture_writes_nothing(qtbot, view, messages):
    messages.answers.append(None)
    view.save_picture()
    assert not messages.said


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
    assert painter._bold.width("牵头单位") <= columns.unit
    assert painter._bold.wrapped("序号", columns.number - 20, 1) == ("序号",)
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


def test_a_task_without_a_day_has_no_end_to_take_hold_of(view, codes):
    row = view.chart.rows.find(codes[1])
    y = view.chart.row_box(row).center().y()
    right = view.chart.viewport().width()
    assert all(view.drag.end_at(QPointF(x, y)) is None for x in range(0, right, 3))
