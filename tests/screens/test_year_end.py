"""The end of a year in the window: papers looked at and written, archive, 结转."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from PySide6.QtCore import QSettings, Qt

from tests.helpers.year_story import NAME, WHO, live_a_year, said
from tracker.ops.carry_over import plan_carry
from tracker.ops.history import undo_step
from tracker.ops.ledgers import choose_ledger, list_ledgers
from tracker.ops.tasks import list_tasks
from tracker.ui.dialogs import carry_over
from tracker.ui.dialogs.carry_over import CarryDialog, next_name
from tracker.ui.dialogs.year import YearDialog
from tracker.ui.main_window import MainWindow
from tracker.ui.recent import Choices
from tracker.ui.theme import load_fonts

NEXT = f"2027年{NAME}"
END = datetime(2026, 12, 28, 9)


@pytest.fixture
def window(qtbot, qapp, tmp_path, messages, office, office_path):
    live_a_year(office)
    qapp.setStyle("Fusion")
    load_fonts()
    settings = QSettings(str(tmp_path / "choices.ini"), QSettings.Format.IniFormat)
    window = MainWindow(qapp, WHO, lambda: END, choices=Choices(settings), messages=messages)
    qtbot.addWidget(window)
    window.show()
    window.commands.open_path(office_path)
    qtbot.waitUntil(lambda: window.is_furnished and not window.kit.runner.is_busy, timeout=20000)
    yield window
    try:
        window.close()
    finally:
        window.kit.runner.finish()


@pytest.fixture
def kit(window):
    return window.kit


def waited(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy, timeout=30000)


def dialog_of(qtbot, window, kind):
    qtbot.waitUntil(lambda: bool(window.findChildren(kind)), timeout=20000)
    return window.findChildren(kind)[-1]


def test_the_papers_of_the_year_are_seen_page_by_page_and_written(
    qtbot, window, kit, messages, tmp_path
):
    window.actions_by_name["year_papers"].trigger()
    dialog = dialog_of(qtbot, window, YearDialog)
    qtbot.waitUntil(lambda: bool(dialog.turner.pages), timeout=20000)
    waited(qtbot, kit)
    assert dialog.words.text().endswith("第3期还没有定稿，按现在的内容印。")
    dialog.choice.setCurrentText("县住建局")
    waited(qtbot, kit)
    drawn = "".join(line for box in dialog.turner.pages[0].boxes for line in box.lines)
    assert "县住建局年度记录" in drawn
    messages.answers.append(str(tmp_path / "县住建局.docx"))
    dialog.export.click()
    waited(qtbot, kit)
    assert (tmp_path / "县住建局.docx").stat().st_size
    messages.answers.append(str(tmp_path))
    dialog.all.click()
    waited(qtbot, kit)
    (folder,) = (path for path in tmp_path.iterdir() if path.is_dir() and NAME in path.name)
    assert len(list(folder.iterdir())) == dialog.choice.count() - 1
    assert not messages.problems


def test_an_archive_is_written_and_checked(qtbot, window, kit, messages, tmp_path):
    messages.answers.append(str(tmp_path))
    window.actions_by_name["make_archive"].trigger()
    waited(qtbot, kit)
    (folder,) = (path for path in tmp_path.iterdir() if path.name.endswith("归档"))
    assert messages.said[-1].startswith("已归档，共")
    messages.answers.append(str(folder))
    window.actions_by_name["check_archive"].trigger()
    waited(qtbot, kit)
    assert messages.said[-1].endswith("个文件都与目录一致")
    (folder / "年度总表.xlsx").unlink()
    messages.answers.append(str(folder))
    window.actions_by_name["check_archive"].trigger()
    waited(qtbot, kit)
    assert "缺少：年度总表.xlsx" in messages.problems[-1]


def carry_dialog(qtbot, window):
    window.actions_by_name["carry_over"].trigger()
    return dialog_of(qtbot, window, CarryDialog)


def test_the_unfinished_stand_ticked_and_go_on_in_one_step(qtbot, window, kit, messages, office):
    dialog = carry_dialog(qtbot, window)
    assert dialog.text_of("name") == NEXT
    assert dialog.list.codes == ("1-002", "1-005", "1-006")
    assert dialog.list.count.text().startswith("已选 3 项，共 6 项")
    item = dialog.list.tree.topLevelItem(1)
    item.setCheckState(0, Qt.CheckState.Unchecked)
    assert dialog.agree.text() == "结转 2 项"
    dialog.agree.click()
    waited(qtbot, kit)
    made = list_tasks(office, choose_ledger(office, NEXT))
    assert [task.old_codes for task in made] == [("1-005",), ("1-006",)]
    assert kit.hub.ledger.name == NEXT
    assert messages.said[-1].startswith(f"已把“{NAME}”的 2 项结转到“{NEXT}”")
    undo_step(office, who=WHO, now=kit.hub.now + timedelta(minutes=1))
    assert len(list_ledgers(office)) == 1


def test_rows_that_come_later_stand_as_was_ticked_meanwhile(kit, office, qtbot, monkeypatch):
    ledger = choose_ledger(office, NAME)
    monkeypatch.setattr(carry_over, "_PORTION", 2)
    listed = carry_over.CarryList(kit, plan_carry(office, ledger, kit.hub.today))
    qtbot.addWidget(listed)
    tree = listed.tree
    assert tree.topLevelItemCount() == 2
    assert listed.codes == ("1-002", "1-005", "1-006")
    listed.none.click()
    qtbot.waitUntil(lambda: tree.topLevelItemCount() == 6)
    boxes = [tree.topLevelItem(n).checkState(0) for n in range(6)]
    assert Qt.CheckState.Checked not in boxes
    assert listed.codes == ()


def test_large_text_leaves_the_tasks_the_widest_column(qtbot, window, kit):
    kit.theme.set_size(18)
    dialog = carry_dialog(qtbot, window)
    dialog.resize(900, 560)
    dialog.list.resize(860, 300)
    widths = [dialog.list.tree.columnWidth(place) for place in range(5)]
    kit.theme.set_size(13)
    assert widths[1] > 200
    assert widths[4] <= 860 * 30 // 100


def test_closed_tasks_are_listed_on_wish_and_may_be_ticked(qtbot, window, kit, office):
    dialog = carry_dialog(qtbot, window)
    tree = dialog.list.tree
    rows = [tree.topLevelItem(n) for n in range(tree.topLevelItemCount())]
    assert sum(not row.isHidden() for row in rows) == 3
    dialog.list.all_shown.setChecked(True)
    assert not any(row.isHidden() for row in rows)
    rows[0].setCheckState(0, Qt.CheckState.Checked)
    assert dialog.list.codes[0] == "1-001"
    dialog.list.none.click()
    assert (dialog.list.codes, dialog.agree.isEnabled()) == ((), False)
    dialog.list.usual.click()
    assert dialog.agree.text() == "结转 3 项"


@pytest.mark.parametrize(
    ("name", "year", "words"),
    [("", "2027", "请填写"), ("新", "二七", "四位数"), (NAME, "2027", "不能与原专项同名")],
)
def test_what_is_wrong_is_said_beside_its_field(qtbot, window, kit, name, year, words):
    dialog = carry_dialog(qtbot, window)
    dialog.fields["name"].input.setText(name)
    dialog.fields["year"].input.setText(year)
    dialog.save()
    waited(qtbot, kit)
    notes = [field.note.text() for field in dialog.fields.values()]
    assert any(words in note for note in notes)


def test_the_panel_shows_the_year_before(qtbot, window, kit, messages, office):
    carry_dialog(qtbot, window).agree.click()
    waited(qtbot, kit)
    kit.hub.select("2-002")
    detail = window.furnished_detail()
    qtbot.waitUntil(lambda: detail.card is not None, timeout=20000)
    waited(qtbot, kit)
    assert [entry.ledger for entry in detail.card.entries] == [NAME] * 3
    assert detail.card.entries[0].entry.text == said("1-005", 3)


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [("2026年重点工作", 2027, "2027年重点工作"), ("重点工作", 2027, "2027年重点工作")],
)
def test_the_next_years_name_follows_from_this_years(name, year, expected):
    from tracker.domain.ledger import LedgerRow
    from tracker.domain.terms import LedgerState

    row = LedgerRow(1, name, 2026, "", "", LedgerState.RUNNING, "", "", 0)
    assert next_name(row, year) == expected
