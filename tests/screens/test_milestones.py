"""Milestones in the window: broken down by month, marked done, taken back by name."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.conftest import NOW
from tracker.ops.browse import task_card
from tracker.ops.history import next_undo, undo_step
from tracker.ops.milestones import MilestoneWords, list_milestones, set_milestones
from tracker.ui import dialogs
from tracker.ui.detail.panel import DetailPanel
from tracker.ui.ledger.view import LedgerView

ENTER = Qt.Key.Key_Return
CONTROL = Qt.KeyboardModifier.ControlModifier
TENDER = MilestoneWords(date(2026, 2, 20), "完成招标", done_on=date(2026, 2, 18))
DESIGN = MilestoneWords(date(2026, 2, 28), "<施工图> 审查")
ROOF = MilestoneWords(date(2026, 6, 30), "主体封顶", "60%")


@pytest.fixture
def window(qtbot, kit_with_table):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    kit_with_table.hub.select("1-001")
    return parent


@pytest.fixture
def stored(kit_with_table):
    """The milestones of the first task, put there before anything is opened."""
    office = kit_with_table.hub.office
    return lambda *steps: set_milestones(office, "1-001", steps, who="李四", now=NOW)


def idle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    QApplication.sendPostedEvents()


def shown(window):
    return next(
        (w for w in QApplication.topLevelWidgets() if w.parent() is window and w.isVisible()), None
    )


@pytest.fixture
def editor(qtbot, kit_with_table, window):
    """Open the form over the task in hand."""

    def open_it():
        dialogs.open_milestones(kit_with_table, window)
        qtbot.waitUntil(lambda: shown(window) is not None)
        idle(qtbot, kit_with_table)
        return shown(window)

    return open_it


@pytest.fixture
def panel(qtbot, kit_with_table):
    """Show the panel over the task in hand."""

    def show():
        made = DetailPanel(kit_with_table)
        qtbot.addWidget(made)
        made.resize(356, 700)
        made.show()
        kit_with_table.hub.select("1-001")
        qtbot.waitUntil(lambda: made.card is not None)
        idle(qtbot, kit_with_table)
        return made

    return show


def kept(kit):
    return list_milestones(kit.hub.office, "1-001")


def words_in(widget):
    return [w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget)]


# The form


def test_lines_are_typed_read_and_saved_with_control_enter(qtbot, kit_with_table, editor):
    form = editor()
    edit = form.fields["steps"].input
    edit.insertPlainText("3月底前 完成招标\n6月底 主体封顶 60%")
    assert "3月31日" in form.reading.text()
    assert "主体封顶" in form.reading.text()
    qtbot.keyClick(edit, ENTER)  # in a text of several lines Enter begins the next one
    assert edit.toPlainText().endswith("\n")
    qtbot.keyClick(edit, ENTER, CONTROL)
    idle(qtbot, kit_with_table)
    assert kept(kit_with_table) == (MilestoneWords(date(2026, 3, 31), "完成招标"), ROOF)
    assert kit_with_table.messages.said == ["1-001 已分解为 2 个节点"]
    assert next_undo(kit_with_table.hub.office).label == "分解到月"


def test_a_line_that_is_not_read_is_told_and_nothing_is_saved(qtbot, kit_with_table, editor):
    form = editor()
    edit = form.fields["steps"].input
    edit.insertPlainText("3月底前 完成招标\n\n有空时 封顶")
    assert "看不出是哪一天" in form.reading.text()
    qtbot.keyClick(edit, ENTER, CONTROL)
    idle(qtbot, kit_with_table)
    assert form.isVisible()
    assert "第 3 行没有读懂" in form.fields["steps"].note.text()
    assert kept(kit_with_table) == ()
    edit.setPlainText("3月底前 完成招标")
    assert not form.fields["steps"].note.text()
    form.save()
    idle(qtbot, kit_with_table)
    assert len(kept(kit_with_table)) == 1


def test_what_is_done_is_shown_and_stays_done(qtbot, kit_with_table, stored, editor):
    stored(TENDER, ROOF)
    form = editor()
    edit = form.fields["steps"].input
    assert edit.toPlainText() == "2026-02-20 完成招标\n2026-06-30 主体封顶 60%"
    assert "◆ 2月18日完成" in form.reading.text()
    edit.setPlainText("2026-02-25 完成招标\n7月底 主体封顶 70%")
    assert "◆ 2月18日完成" in form.reading.text()
    form.save()
    idle(qtbot, kit_with_table)
    assert [s.done_on for s in kept(kit_with_table)] == [TENDER.done_on, None]


def test_it_says_which_done_milestone_would_go(stored, editor):
    stored(TENDER, ROOF)
    form = editor()
    form.fields["steps"].input.setPlainText("6月底 主体封顶 60%")
    assert "不再保留已完成的“完成招标”" in form.reading.text()
    form.fields["steps"].input.setPlainText("")
    assert "保存后没有节点" in form.reading.text()
    form.forget_typing()


def test_a_milestone_after_the_deadline_is_remarked(editor):
    form = editor()  # due on 31 December 2026
    form.fields["steps"].input.setPlainText("12月底 交付")
    assert "晚于" not in form.reading.text()
    form.fields["steps"].input.setPlainText("2027年1月底 交付")
    assert "晚于任务时限" in form.reading.text()
    form.forget_typing()


def test_typed_signs_are_no_markup(stored, editor):
    stored(DESIGN)
    assert "&lt;施工图&gt;" in editor().reading.text()


def test_nothing_changed_is_said_and_leaves_no_step(qtbot, kit_with_table, stored, editor):
    stored(TENDER, ROOF)
    before = next_undo(kit_with_table.hub.office).id
    editor().save()
    idle(qtbot, kit_with_table)
    assert kit_with_table.messages.said == ["没有变化"]
    assert next_undo(kit_with_table.hub.office).id == before


# The panel


def test_without_milestones_the_folded_section_says_how_to_plan_some(qtbot, panel):
    shown = panel().milestones
    assert shown.isVisible()
    assert shown.section.head.text() == "▸ 节点 0"
    shown.section.open()
    assert any("分解到月" in said for said in words_in(shown))
    wanted = []
    shown.plan_wanted.connect(lambda: wanted.append(True))
    next(b for b in shown.findChildren(QPushButton) if b.text() == "分解到月…").click()
    assert wanted == [True]


def test_the_panel_lists_them_with_shape_and_word(stored, panel):
    stored(TENDER, DESIGN, ROOF)
    part = panel().milestones
    words = words_in(part)
    assert "2月20日" in words
    assert "主体封顶 60%" in words
    assert "<施工图> 审查" in words
    assert [b.text() for b in part.buttons] == ["已完成", "已过", "未到"]
    assert [b.accessibleName() for b in part.buttons][2] == "主体封顶：未到"
    assert "2026年2月18日完成" in part.buttons[0].toolTip()


def test_shapes_differ_without_colour(qtbot, stored, panel):
    stored(TENDER, DESIGN, ROOF)
    part = panel().milestones

    def signs(button):
        image = button.grab().toImage()
        ground = image.pixelColor(1, 1)
        return frozenset(
            (x, y)
            for x in range(18)
            for y in range(image.height())
            if image.pixelColor(x, y).value() < ground.value() - 60
            or image.pixelColor(x, y).saturation() > 90
        )

    drawn = [signs(button) for button in part.buttons]
    assert len(set(drawn)) == 3
    assert len(drawn[0]) > len(drawn[1]) > len(drawn[2])


def test_a_click_asks_for_the_day_and_marks_it_done(qtbot, kit_with_table, stored, panel):
    stored(DESIGN, ROOF)
    made = panel()
    qtbot.mouseClick(made.milestones.buttons[0], Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: shown(made) is not None)
    form = shown(made)
    assert form.fields["on"].input.value == NOW.date()
    form.fields["on"].input.value = date(2026, 2, 27)
    qtbot.keyClick(form.fields["on"].input, ENTER)
    idle(qtbot, kit_with_table)
    assert kept(kit_with_table)[0].done_on == date(2026, 2, 27)
    assert kit_with_table.messages.said == ["节点“<施工图> 审查”已完成（2月27日）"]
    qtbot.waitUntil(lambda: made.milestones.buttons[0].text() == "已完成")


def test_a_day_in_the_future_cannot_be_chosen(qtbot, stored, panel):
    stored(ROOF)
    made = panel()
    qtbot.keyClick(made.milestones.buttons[0], Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: shown(made) is not None)
    day = shown(made).fields["on"].input
    day.value = date(2026, 3, 3)
    assert day.value == NOW.date()
    shown(made).forget_typing()


def test_a_click_on_one_that_is_done_takes_that_back(qtbot, kit_with_table, stored, panel):
    stored(TENDER)
    made = panel()
    qtbot.mouseClick(made.milestones.buttons[0], Qt.MouseButton.LeftButton)
    idle(qtbot, kit_with_table)
    assert kept(kit_with_table)[0].done_on is None
    office = kit_with_table.hub.office
    assert next_undo(office).label == "改回未完成"
    kit_with_table.runner.write("撤销", lambda _p: undo_step(office, who="李四", now=NOW))
    idle(qtbot, kit_with_table)
    qtbot.waitUntil(lambda: made.milestones.buttons[0].text() == "已完成")


def test_the_link_asks_for_the_form(qtbot, stored, panel):
    stored(ROOF)
    made = panel()
    (link,) = [b for b in made.findChildren(QPushButton) if b.text() == "分解到月…"]
    with qtbot.waitSignal(made.action_wanted) as caught:
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert caught.args == ["plan_milestones"]


@pytest.mark.parametrize(("size", "dark"), [(13, False), (18, True)])
def test_no_word_is_cut_in_a_narrow_panel(qtbot, kit_with_table, stored, panel, size, dark):
    long = MilestoneWords(date(2027, 3, 20), "通过竣工验收，资料归档移交并完成结算审计", "100%")
    stored(TENDER, long)
    theme = kit_with_table.theme
    theme.set_size(size)
    theme.set_dark(dark)
    made = panel()
    made.resize(276 * size // 13, 700)
    QApplication.processEvents()
    try:
        for button in made.milestones.buttons:
            right = button.mapTo(made, button.rect().topRight()).x()
            assert right <= made.width()
            assert button.width() >= button.sizeHint().width()
        for label in made.milestones.findChildren(QLabel):
            if label.isVisibleTo(made):
                assert label.height() >= label.heightForWidth(label.width())
    finally:
        theme.set_size(13)
        theme.set_dark(None)


# Menus


def test_the_menu_of_one_row_opens_the_form(qtbot, kit_with_table):
    view = LedgerView(kit_with_table)
    qtbot.addWidget(view)
    view.resize(1000, 500)
    with qtbot.waitSignal(view.loaded):
        view.show()
    view.table.selectRow(1)
    menu = view._menu.menu()
    (action,) = [a for a in menu.actions() if a.text() == "分解到月…"]
    action.trigger()
    qtbot.waitUntil(lambda: shown(view) is not None)
    code = view.chosen_codes()[0]
    assert shown(view).windowTitle() == f"分解到月 {code}"
    view.table.selectAll()
    assert not [a for a in view._menu.menu().actions() if a.text() == "分解到月…"]


def test_the_card_knows_them(kit_with_table, stored):
    stored(ROOF, TENDER)
    card = task_card(kit_with_table.hub.office, "1-001", None, NOW.date())
    assert card.milestones == (TENDER, ROOF)
