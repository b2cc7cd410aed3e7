from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from tests.conftest import NOW
from tracker.domain.task import Revisit
from tracker.ops.evidence import attach, list_attachments
from tracker.ops.history import undo_step
from tracker.ops.revisits import add_revisit
from tracker.ops.tasks import ClosingWords, close_task, find_task
from tracker.ui import dialogs
from tracker.ui.detail.panel import DetailPanel

CODE = "1-001"
COPY, LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
NO_KEY = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def files(tmp_path):
    """Two files as they lie in a folder, and the folder."""
    folder = tmp_path / "佐证 材料"
    folder.mkdir()
    report, photo = folder / "验收报告（2026）3号.pdf", folder / "现场.jpg"
    report.write_bytes(b"%PDF" + b"x" * 3000)
    photo.write_bytes(b"\xff\xd8photo")
    return report, photo


@pytest.fixture
def panel(qtbot, kit_with_table):
    made = DetailPanel(kit_with_table)
    qtbot.addWidget(made)
    made.resize(356, 700)
    made.show()
    kit_with_table.hub.select(CODE)
    qtbot.waitUntil(lambda: made.card is not None)
    idle(qtbot, kit_with_table)
    return made


def idle(qtbot, kit):
    qtbot.waitUntil(lambda: not kit.runner.is_busy)
    QApplication.sendPostedEvents()


def dragged(*paths):
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def drag(panel, data):
    place = panel.rect().center()
    event = QDragEnterEvent(place, COPY, data, LEFT, NO_KEY)
    event.setAccepted(False)
    panel.dragEnterEvent(event)
    return event.isAccepted()


def drop(panel, data):
    place = QPointF(panel.rect().center())
    panel.dropEvent(QDropEvent(place, COPY, data, LEFT, NO_KEY))


def kept(kit):
    return [row.name for row in list_attachments(kit.hub.office, CODE)]


def words_in(widget):
    shown = [w for w in widget.findChildren(QLabel) if w.isVisibleTo(widget)]
    return "\n".join(label.text() for label in shown)


def press(qtbot, panel, name, text):
    (button,) = [
        b for b in panel.evidence.findChildren(QPushButton)
        if b.text() == text and name in b.accessibleName()
    ]  # fmt: skip
    qtbot.mouseClick(button, LEFT)


def test_without_evidence_the_panel_says_how_to_add_some(panel):
    panel.evidence.section.open()
    assert panel.evidence.section.head.text() == "▾ 佐证材料 0"
    assert "拖到" in words_in(panel.evidence)


def test_files_dropped_on_the_panel_are_kept_in_one_step(qtbot, kit_with_table, panel, files):
    data = dragged(*files)
    assert drag(panel, data)
    assert panel._drop.isVisible()
    drop(panel, data)
    assert not panel._drop.isVisible()
    idle(qtbot, kit_with_table)
    assert kept(kit_with_table) == [path.name for path in files]
    for path in files:  # what lies in the folder is no longer needed
        path.unlink()
    assert "验收报告（2026）3号.pdf" in words_in(panel.evidence)
    assert "3 KB · 3月2日 · 张三" in words_in(panel.evidence)
    undo_step(kit_with_table.hub.office, who="李四", now=NOW)
    assert kept(kit_with_table) == []


def test_words_and_folders_are_no_evidence(panel, files):
    words = QMimeData()
    words.setText("一段文字")
    assert not drag(panel, words)
    assert not drag(panel, dragged(files[0].parent))
    assert not panel._drop.isVisible()


def test_without_a_task_in_hand_nothing_is_taken(qtbot, kit_with_table, files):
    made = DetailPanel(kit_with_table)
    qtbot.addWidget(made)
    made.show()
    assert not drag(made, dragged(files[0]))


def test_files_are_chosen_with_the_button(qtbot, kit_with_table, panel, files):
    panel.evidence.section.open()
    kit_with_table.messages.answers.append([str(files[1])])
    press(qtbot, panel, "", "添加文件…")
    idle(qtbot, kit_with_table)
    assert kept(kit_with_table) == ["现场.jpg"]
    assert "已添加佐证材料" in kit_with_table.messages.said[-1]


def test_an_empty_file_is_refused_with_a_sentence_and_none_is_kept(
    qtbot, kit_with_table, panel, files
):
    empty = files[0].with_name("空.pdf")
    empty.touch()
    panel.evidence.add([files[0], empty])
    idle(qtbot, kit_with_table)
    assert "“空.pdf”是空文件" in kit_with_table.messages.problems[-1]
    assert kept(kit_with_table) == []


def test_evidence_opens_as_a_copy(qtbot, kit_with_table, panel, files):
    panel.evidence.add(files)
    idle(qtbot, kit_with_table)
    seen = []
    panel.evidence.copies.open_path = lambda path: seen.append(path) or True
    press(qtbot, panel, "现场.jpg", "打开")
    idle(qtbot, kit_with_table)
    (path,) = seen
    assert (path.name, path.read_bytes()) == ("现场.jpg", files[1].read_bytes())
    assert path.parent != files[1].parent


def test_evidence_is_saved_where_the_clerk_wants_it(qtbot, kit_with_table, panel, files, tmp_path):
    panel.evidence.add(files)
    idle(qtbot, kit_with_table)
    target = tmp_path / "留一份.jpg"
    kit_with_table.messages.answers.append(str(target))
    press(qtbot, panel, "现场.jpg", "另存…")
    idle(qtbot, kit_with_table)
    assert target.read_bytes() == files[1].read_bytes()
    assert kit_with_table.messages.said[-1] == "已另存为 留一份.jpg"


def test_evidence_that_was_removed_comes_back_with_undo(qtbot, kit_with_table, panel, files):
    panel.evidence.add(files)
    idle(qtbot, kit_with_table)
    press(qtbot, panel, "现场.jpg", "移除")
    idle(qtbot, kit_with_table)
    assert kept(kit_with_table) == [files[0].name]
    assert "现场.jpg" not in words_in(panel.evidence)
    office = kit_with_table.hub.office
    kit_with_table.runner.write("撤销", lambda _p: undo_step(office, who="李四", now=NOW))
    idle(qtbot, kit_with_table)
    assert "现场.jpg" in words_in(panel.evidence)


def test_another_task_shows_its_own_evidence(qtbot, kit_with_table, panel, files):
    panel.evidence.add(files)
    idle(qtbot, kit_with_table)
    kit_with_table.hub.select("1-002")
    qtbot.waitUntil(lambda: panel.card.task.code == "1-002")
    idle(qtbot, kit_with_table)
    assert panel.evidence.rows == ()
    kit_with_table.hub.select(CODE)
    idle(qtbot, kit_with_table)
    assert len(panel.evidence.rows) == 2


@pytest.fixture
def window(qtbot):
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    return parent


def opened(qtbot, kit, open_it, window):
    kit.hub.select(CODE)
    open_it(kit, window)
    idle(qtbot, kit)
    (form,) = [w for w in QApplication.topLevelWidgets() if w.parent() is window and w.isVisible()]
    idle(qtbot, kit)
    return form


def test_closing_a_task_names_the_evidence_kept_with_it(qtbot, kit_with_table, window, files):
    attach(kit_with_table.hub.office, CODE, files, who="张三", now=NOW)
    form = opened(qtbot, kit_with_table, dialogs.open_close_task, window)
    assert form.text_of("evidence") == "验收报告（2026）3号.pdf、现场.jpg"
    form.forget_typing()
    form.reject()


def test_a_closed_task_is_visited_again(qtbot, kit_with_table, window):
    office = kit_with_table.hub.office
    words = ClosingWords("已完工。", date(2026, 2, 20), "王五", "验收报告")
    close_task(office, CODE, words, who="张三", now=NOW)
    form = opened(qtbot, kit_with_table, dialogs.open_revisit, window)
    form.fields["on"].input.value = date(2026, 2, 10)
    form.fields["found"].input.setPlainText("步道完好。")
    form.save()
    idle(qtbot, kit_with_table)
    assert "早于销号" in form.fields["on"].note.text()
    form.fields["on"].input.value = NOW.date()
    form.save()
    idle(qtbot, kit_with_table)
    assert find_task(office, CODE).revisits == (Revisit(NOW.date(), "张三", "步道完好。", True),)


def test_a_task_that_is_not_closed_cannot_be_visited_again(qtbot, kit_with_table, window):
    form = opened(qtbot, kit_with_table, dialogs.open_revisit, window)
    assert not form.agree.isEnabled()
    assert "还没有销号" in words_in(form)
    form.reject()


def test_the_panel_lists_the_visits(qtbot, kit_with_table, panel):
    office = kit_with_table.hub.office
    words = ClosingWords("已完工。", date(2026, 2, 20), "王五", "验收报告")
    close_task(office, CODE, words, who="张三", now=NOW)
    found = Revisit(NOW.date(), "李四", "护栏又松动了。", holds=False)
    kit_with_table.runner.write(
        "记回访", lambda _p: add_revisit(office, CODE, found, who="张三", now=NOW)
    )
    idle(qtbot, kit_with_table)
    idle(qtbot, kit_with_table)
    panel.records.revisits.open()
    told = words_in(panel.records.revisits)
    assert "● 2026年3月2日 · 李四 · 有反复" in told
    assert "护栏又松动了。" in told


@pytest.mark.parametrize(("size", "dark"), [(13, False), (18, True)])
def test_long_names_wrap_in_a_narrow_panel(qtbot, kit_with_table, panel, files, size, dark):
    long = files[0].with_name(
        "关于城东滨河步道二期工程竣工验收情况的报告（含现场照片及检测数据）.pdf"
    )
    files[0].rename(long)
    theme = kit_with_table.theme
    theme.set_size(size)
    theme.set_dark(dark)
    try:
        panel.resize(276 * size // 13, 700)
        panel.evidence.add([long])
        idle(qtbot, kit_with_table)
        for part in panel.evidence.findChildren(QPushButton):
            if part.isVisibleTo(panel):
                assert part.mapTo(panel, part.rect().topRight()).x() <= panel.width()
        assert not panel.grab().isNull()
    finally:
        theme.set_size(13)
        theme.set_dark(None)
