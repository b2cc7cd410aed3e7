"""The view 统计: what is drawn, counted, clicked, copied and saved."""

from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.conftest import NOW
from tracker.ops.browse import find_tasks, task_lines
from tracker.ops.ledgers import choose_ledger
from tracker.ops.office import open_office
from tracker.ops.rounds import list_rounds
from tracker.ops.sample import make_sample
from tracker.ops.tasks import TaskWords, new_task
from tracker.ui.charts.view import NO_ROUND, NONE_LATE, NOTHING, SHOWN, ChartsView

LEDGER = "政府工作报告任务"
NO_GRAB = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(scope="module")
def sample_file(tmp_path_factory):
    return make_sample(tmp_path_factory.mktemp("示例") / "示例.db", who="张三", now=NOW)


@pytest.fixture
def sample_kit(kit, sample_file, tmp_path):
    path = tmp_path / "台账.db"
    path.write_bytes(sample_file.read_bytes())
    office = open_office(path, NOW)
    go_to(kit, office, LEDGER)
    yield kit
    kit.runner.finish()
    office.close()


def go_to(kit, office, name):
    ledger = choose_ledger(office, name)
    rounds = list_rounds(office, ledger)
    kit.hub.show(office, ledger, rounds[-1] if rounds else None)


@pytest.fixture
def view(qtbot, sample_kit):
    made = ChartsView(sample_kit)
    qtbot.addWidget(made)
    made.resize(814, 630)
    show(qtbot, made)
    return made


def show(qtbot, view, kind="units"):
    with qtbot.waitExposed(view):
        view.show()
    settle(qtbot, view)
    view.show_kind(kind)
    QApplication.processEvents()


def settle(qtbot, view):
    qtbot.waitUntil(lambda: not view._kit.runner.is_busy and not view._reading.is_running)


def click(qtbot, view, line, value):
    """Click on a bar as the mouse does."""
    spot = view.plot.spot(line, value).toPoint()
    qtbot.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=spot)


def listed(kit):
    """The codes that the list shows under the shared filter."""
    hub = kit.hub
    ids = find_tasks(hub.office, hub.filter, hub.round.id, hub.today)
    return {line.code for line in task_lines(hub.office, ids, hub.round.id, hub.today)}


def line_of(view, word):
    lines = view._charts.shape(view.kind).lines
    return next((n, line) for n, line in enumerate(lines) if line.word == word)


@pytest.mark.parametrize("kind", [kind for kind in SHOWN if kind != "late"])
def test_every_number_of_the_table_counts_its_tasks(qtmodeltester, view, kind):
    view.show_kind(kind)
    model = view.table.numbers
    qtmodeltester.check(model)
    numbers = model.numbers
    assert numbers.header[0]
    for cells, codes in zip(numbers.rows, numbers.codes, strict=True):
        for cell, behind in zip(cells[1:], codes[1:], strict=True):
            if isinstance(cell, int):
                assert len(behind) == cell


@pytest.mark.parametrize("kind", SHOWN)
def test_numbers_stand_right_and_words_left(view, kind):
    view.show_kind(kind)
    model = view.table.numbers
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            flags = Qt.AlignmentFlag(model.index(row, column).data(Qt.TextAlignmentRole))
            is_number = column >= model.numbers.words
            wanted = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
            assert flags & wanted


def test_a_click_on_a_piece_narrows_to_the_tasks_behind_it(qtbot, view, sample_kit):
    place, line = line_of(view, "县工信局")
    piece = line.pieces[1]
    with qtbot.waitSignal(view.tasks_wanted):
        click(qtbot, view, place, piece.start + 0.5)
    assert listed(sample_kit) == set(piece.codes)
    assert sample_kit.hub.filter.about.startswith("县工信局·")


def test_a_click_beside_a_bar_narrows_to_all_of_it(qtbot, view, sample_kit):
    place, line = line_of(view, "县住建局")
    with qtbot.waitSignal(view.tasks_wanted):
        click(qtbot, view, place, len(line.codes) + 0.1)
    assert listed(sample_kit) == set(line.codes)


def test_after_a_click_the_chart_still_shows_everything(qtbot, view):
    before = view._charts.numbers("units")
    click(qtbot, view, 0, 0.5)
    settle(qtbot, view)
    view.reload()
    settle(qtbot, view)
    assert view._charts.numbers("units") == before
    assert not view.banner.isVisible()


def test_a_click_on_another_ledgers_light_goes_there(qtbot, view, sample_kit):
    view.show_kind("lights")
    place, line = line_of(view, "县长讲话部署")
    piece = line.pieces[0]
    with qtbot.waitSignal(view.tasks_wanted):
        click(qtbot, view, place, piece.start + 0.5)
    assert sample_kit.hub.ledger.name == "县长讲话部署"
    assert listed(sample_kit) == set(piece.codes)
    settle(qtbot, view)


def test_a_click_on_a_round_shows_what_was_finished_then(qtbot, view, sample_kit):
    view.show_kind("trend")
    QApplication.processEvents()
    point = view._charts.shape("trend").points[2]
    scene = view.plot.getPlotItem().vb.mapViewToScene(QPointF(2, point.percent))
    with qtbot.waitSignal(view.tasks_wanted):
        where = view.plot.mapFromScene(scene)
        qtbot.mouseClick(view.plot.viewport(), Qt.MouseButton.LeftButton, pos=where)
    assert listed(sample_kit) == set(point.codes)


def test_enter_on_a_number_shows_its_tasks(qtbot, view, sample_kit):
    model = view.table.numbers
    last = model.index(model.rowCount() - 1, model.columnCount() - 1)
    view.table.setCurrentIndex(last)
    with qtbot.waitSignal(view.tasks_wanted):
        qtbot.keyClick(view.table, Qt.Key.Key_Return)
    assert len(listed(sample_kit)) == model.numbers.rows[-1][-1]


def test_the_window_filter_counts_and_can_be_lifted(qtbot, view, sample_kit):
    sample_kit.hub.narrow(text="柑橘")
    settle(qtbot, view)
    assert view.banner.isVisible()
    assert "1 项" in view.narrowed.text()
    view.widen.click()
    settle(qtbot, view)
    assert not view.banner.isVisible()
    assert view._charts.units.total.total.number == sample_kit.hub.ledger.tasks


def test_a_new_task_is_counted(qtbot, view, sample_kit):
    hub = sample_kit.hub
    office, ledger, now = hub.office, hub.ledger, hub.now
    words = TaskWords(text="新修栈道一处。", lead="县文旅局")
    sample_kit.runner.write(
        "新增", lambda _progress: new_task(office, ledger, words, who="张三", now=now)
    )
    wanted = ledger.tasks + 1
    qtbot.waitUntil(lambda: view._charts.units.total.total.number == wanted)


def test_units_with_two_leads_are_explained(view):
    assert "合计中只计一次" in view.note.text()


def test_numbers_are_copied_as_a_sheet_takes_them(qtbot, view, messages):
    view.copy_table.click()
    lines = QGuiApplication.clipboard().text().splitlines()
    assert lines[0].split("\t")[0] == "单位"
    assert lines[-1].split("\t")[0] == "合计"
    assert messages.said
    view.table.setFocus()
    view.table.selectColumn(0)
    qtbot.keyClick(view.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text().splitlines()[0] == "县住建局"


def test_a_chart_is_copied_as_a_picture(view):
    view.copy_picture.click()
    assert QGuiApplication.clipboard().image().width() > 1000


@pytest.mark.parametrize("ending", [".png", ".svg", ".pdf", ""])
def test_a_chart_is_saved_as_a_file(qtbot, view, messages, tmp_path, ending):
    target = tmp_path / f"图{ending}"
    messages.answers.append(str(target))
    view.show_kind("due")
    view.save.click()
    qtbot.waitUntil(lambda: bool(messages.said or messages.problems))
    assert not messages.problems
    written = target if ending else tmp_path / "图.png"
    assert written.stat().st_size > 1000
    assert messages.links[-1][0] == "打开"


def test_without_tasks_the_view_says_what_to_do(qtbot, kit, office):
    from tracker.ops.ledgers import new_ledger

    new_ledger(office, "空的", who="张三", now=NOW)
    kit.hub.show(office, choose_ledger(office, None), None)
    view = ChartsView(kit)
    qtbot.addWidget(view)
    show(qtbot, view)
    assert view.empty.isVisible()
    assert view.empty.text() == NOTHING
    assert not view.save.isEnabled()
    view.show_kind("trend")
    assert view.empty.text() == NO_ROUND


def test_a_ledger_without_rounds_has_bars_but_no_curve(qtbot, sample_kit):
    go_to(sample_kit, sample_kit.hub.office, "单项批示")
    view = ChartsView(sample_kit)
    qtbot.addWidget(view)
    show(qtbot, view, "due")
    assert not view.empty.isVisible()
    view.show_kind("trend")
    assert view.empty.isVisible()


def test_the_wheel_is_left_to_the_list_and_there_is_no_menu_of_the_plots_own(qtbot, view):
    plot = view.plot
    before = plot.getPlotItem().vb.viewRange()
    centre = QPointF(plot.width() / 2, 20)
    wheel = QWheelEvent(
        centre,
        plot.mapToGlobal(centre),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    plot.wheelEvent(wheel)
    assert not wheel.isAccepted()
    assert plot.getPlotItem().vb.viewRange() == before
    assert not plot.getPlotItem().vb.menuEnabled()
    assert plot.getPlotItem().buttonsHidden


def test_both_palettes_draw_on_their_own_ground(view, sample_kit, theme):
    for dark in (False, True):
        theme.set_dark(dark)
        QApplication.processEvents()
        image = view.plot.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
        corner = image.pixelColor(image.width() - 2, 2)
        assert corner == theme.colours.of("surface")
    theme.set_dark(None)


@pytest.mark.parametrize("size", [(814, 630), (1400, 950), (560, 420)])
@pytest.mark.parametrize("text", [13, 18])
def test_names_and_numbers_have_room_at_every_size(qtbot, view, theme, size, text):
    theme.set_size(text)
    view.resize(*size)
    QApplication.processEvents()
    line, count = line_of(view, "县工信局")[0], 5
    end = view.plot.spot(line, count).x()
    assert view.plot.getAxis("left").width() < end < view.plot.width() - text
    theme.set_size(13)


def test_drawing_takes_no_reference_of_none(view):
    """PySide6 6.12 on Python 3.11 loses some at every frame until the interpreter aborts."""
    for kind in ("units", "trend"):
        view.show_kind(kind)
        shape, look = view._charts.shape(kind), view.plot.look
        view.plot.grab()
        before = sys.getrefcount(None)
        for _ in range(50):
            view.plot.show_chart(shape, look)
            view.plot.grab()
        assert sys.getrefcount(None) >= before - 20


@pytest.mark.parametrize("module", ["tracker.ui.main_window", "tracker.ui.charts.view"])
def test_heavy_libraries_are_not_loaded_at_the_start(module):
    heavy = "pyqtgraph", "numpy", "openpyxl", "PySide6.QtSvg"
    script = f"import sys, {module}; print([m for m in {heavy!r} if m in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", script], capture_output=True, timeout=60)
    assert ran.stdout.decode("utf-8").strip() == "[]", ran.stderr.decode("utf-8")


def test_leaving_a_plot_takes_the_words_away(qtbot, view):
    QApplication.sendEvent(view.plot, QEvent(QEvent.Type.Leave))
    assert view.plot is not None


def test_each_late_task_stands_with_its_unit_and_days(qtmodeltester, view, sample_kit):
    view.show_kind("late")
    model = view.table.numbers
    qtmodeltester.check(model)
    assert model.headerData(model.columnCount() - 1, Qt.Orientation.Horizontal) == "逾期天数"
    assert model.rowCount() == len(view._charts.late.tasks) > 0
    days = [row[-1] for row in model.numbers.rows]
    assert days == sorted(days, reverse=True)
    assert all(row[2] for row in model.numbers.rows)


def test_a_click_on_a_late_bar_opens_that_task(qtbot, view, sample_kit):
    view.show_kind("late")
    QApplication.processEvents()
    line = view._charts.shape("late").lines[0]
    with qtbot.waitSignal(view.tasks_wanted):
        click(qtbot, view, 0, line.length / 2)
    assert listed(sample_kit) == {line.key}


def menu_words(view):
    return [action.text() for action in view.menu.actions() if action.text()]


def ask_menu(widget, where, reason=QContextMenuEvent.Reason.Mouse):
    event = QContextMenuEvent(reason, where, widget.mapToGlobal(where))
    QApplication.sendEvent(widget, event)


@NO_GRAB
def test_a_bar_has_a_menu_that_opens_its_tasks(qtbot, view, sample_kit):
    place, line = line_of(view, "县住建局")
    ask_menu(view.plot.viewport(), view.plot.spot(place, len(line.codes) + 0.1).toPoint())
    assert menu_words(view)[0] == "查看任务：县住建局"
    assert menu_words(view)[1:] == ["复制图", "复制表", "存为图片…"]
    with qtbot.waitSignal(view.tasks_wanted):
        view.menu.actions()[0].trigger()
    assert listed(sample_kit) == set(line.codes)


@NO_GRAB
def test_beside_all_bars_the_menu_copies_and_saves(view, messages):
    view.resize(814, 900)
    view.show_kind("trend")
    QApplication.processEvents()
    ask_menu(view.plot.viewport(), QPoint(2, 2))
    assert menu_words(view) == ["复制图", "复制表", "存为图片…"]
    view.menu.actions()[0].trigger()
    assert messages.said == ["已复制“各期完成率”的图，可粘贴到文档"]


@NO_GRAB
def test_the_menu_key_opens_the_menu_of_the_number_in_hand(qtbot, view, sample_kit):
    model = view.table.numbers
    view.table.setCurrentIndex(model.index(0, model.columnCount() - 1))
    keyboard = QContextMenuEvent.Reason.Keyboard
    ask_menu(view.table.viewport(), QPoint(0, 0), keyboard)
    codes = model.numbers.codes[0][-1]
    assert codes
    assert menu_words(view)[0].startswith("查看任务：县")
    with qtbot.waitSignal(view.tasks_wanted):
        view.menu.actions()[0].trigger()
    assert listed(sample_kit) == set(codes)


def test_without_anything_late_the_list_says_so(qtbot, view, sample_kit):
    sample_kit.hub.narrow(text="柑橘")
    settle(qtbot, view)
    view.show_kind("late")
    late = view._charts.late.tasks
    assert view.empty.isVisible() is (not late)
    if not late:
        assert view.empty.text() == NONE_LATE


def test_in_a_low_view_the_rounds_under_the_line_stay_in_sight(qtbot, view):
    view.resize(814, 470)
    view.show_kind("trend")
    settle(qtbot, view)
    assert view.split.orientation() is Qt.Orientation.Horizontal
    area = view.plot.parentWidget().parentWidget()
    assert area.verticalScrollBar().maximum() == 0
