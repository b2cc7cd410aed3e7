"""Letters in the window: read, looked at, changed for one round, worded for all."""

from __future__ import annotations

import docx
import pdfplumber
import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QWidget

from tracker.domain.circular import Circular, Figure, Passage
from tracker.domain.circular_edit import CircularEdits
from tracker.ops.circular import compose_circular
from tracker.ops.circular_edits import read_edits, save_edits
from tracker.ops.circular_words import default_words, is_own, read_words
from tracker.ops.editions import close_round
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.rounds import list_rounds, new_round
from tracker.ui.dialogs.circular import CircularDialog
from tracker.ui.dialogs.letter_text import letter_html
from tracker.ui.dialogs.notice import NoticeDialog
from tracker.ui.dialogs.wording import WordingDialog
from tracker.ui.exports import Exports


class Window(QWidget):
    """What an export asks of the window: to finish what is being typed."""

    def finish_editing(self):
        pass


@pytest.fixture
def idle(qtbot, kit_with_table):
    return lambda: qtbot.waitUntil(lambda: not kit_with_table.runner.is_busy, timeout=30000)


@pytest.fixture
def window(qtbot):
    window = Window()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def circular(qtbot, kit_with_table, window, idle):
    Exports(window, kit_with_table).circular()
    dialog = window.findChild(CircularDialog)
    idle()
    return dialog


@pytest.fixture
def wording(kit_with_table, window, idle):
    Exports(window, kit_with_table).wording()
    dialog = window.findChild(WordingDialog)
    idle()
    return dialog


def printed(kit):
    hub = kit.hub
    round_ = list_rounds(hub.office, hub.ledger)[-1]
    return compose_circular(hub.office, hub.ledger, round_, now=hub.now)


def keys(editor):
    return [editor.list.item(row).data(256) for row in range(editor.list.count())]


def test_the_pages_are_those_of_the_pdf(circular, kit_with_table, messages, idle, tmp_path):
    messages.answers = [str(tmp_path / "通报.pdf")]
    circular.export.click()
    idle()
    with pdfplumber.open(tmp_path / "通报.pdf") as pdf:
        assert len(pdf.pages) == len(circular.turner.pages)
    assert circular.turner.place.text() == f"第 1 页，共 {len(circular.turner.pages)} 页"
    assert messages.said[-1] == "已导出 通报.pdf"


def test_table_and_charts_follow_when_they_are_ticked(circular, idle):
    before = len(circular.turner.pages)
    circular.table.setChecked(True)
    idle()
    assert circular.turner.pages[-1].width > circular.turner.pages[-1].height
    circular.table.setChecked(False)
    circular.charts.setChecked(True)
    idle()
    assert len(circular.turner.pages) > before
    assert circular.turner.pages[-1].pictures
    while circular.turner.forward.isEnabled():
        circular.turner.turn(1)
    assert not circular.turner.view.grab().isNull()


def test_a_figure_leads_to_its_tasks(circular, kit_with_table):
    circular.page.anchorClicked.emit(QUrl("figure:0"))
    assert kit_with_table.hub.filter.about == "通报·任务总数"


def test_a_figure_is_no_part_of_a_longer_number():
    figures = (Figure("已完成", "6", ("1-001",)), Figure("完成率", "8.6%", ("1-002",)))
    passage = Passage("共76项，6项已完成，占18.6%、8.6%。", figures=figures)
    html = letter_html(Circular("通报", (passage,)))
    assert "76项" in html
    assert '<a href="figure:0">6</a>项已完成，占18.6%' in html
    assert '<a href="figure:1">8.6%</a>' in html


def test_a_changed_paragraph_is_kept_when_the_tab_is_left(circular, kit_with_table, idle, messages):
    editor = circular.editor
    circular.tabs.setCurrentIndex(2)
    was = editor.text.toPlainText()
    editor.text.setPlainText("现通报如下：")
    assert editor.before.text() == f"原句：{was}"
    assert "［已改］" in editor.list.currentItem().text()
    circular.tabs.setCurrentIndex(0)
    idle()
    assert printed(kit_with_table).body[0].text == "现通报如下："
    assert "［已改］" in circular.page.toPlainText()
    assert not editor.is_dirty
    assert "已保存" in messages.said[-1]


def test_a_number_changed_by_hand_is_told_before_it_is_printed(circular, idle):
    editor = circular.editor
    assert not circular.doubts.isVisibleTo(circular)
    circular.tabs.setCurrentIndex(2)
    editor.list.setCurrentRow(keys(editor).index("overall.total"))
    editor.text.setPlainText(editor.text.toPlainText().replace("共有任务", "共有任务9"))
    circular.tabs.setCurrentIndex(1)
    idle()
    assert circular.doubts.isVisibleTo(circular)
    assert "通报第3段：" in circular.doubts.text()


def test_paragraphs_are_added_left_out_and_brought_back(circular, kit_with_table, idle):
    editor = circular.editor
    circular.tabs.setCurrentIndex(2)
    editor.add.click()
    editor.text.setPlainText("特此说明。")
    assert keys(editor)[:2] == ["basis", "added:1"]
    editor.list.setCurrentRow(keys(editor).index("next:1"))
    editor.drop.click()
    assert editor.drop.text() == "放回这段"
    assert "［删去］" in editor.list.currentItem().text()
    circular.tabs.setCurrentIndex(1)
    idle()
    body = printed(kit_with_table).body
    assert body[1].text == "特此说明。"
    assert "next:1" not in [p.key for p in body]
    circular.tabs.setCurrentIndex(2)
    editor.list.setCurrentRow(keys(editor).index("next:1"))
    editor.drop.click()
    editor.list.setCurrentRow(keys(editor).index("added:1"))
    editor.drop.click()
    assert editor.edits == CircularEdits()


def test_words_around_the_text_are_changed_and_exported_at_once(
    circular, kit_with_table, messages, idle, tmp_path
):
    circular.tabs.setCurrentIndex(2)
    line = circular.editor.fields["addressee"]
    line.setText("各镇街")
    line.textEdited.emit("各镇街")
    messages.answers = [str(tmp_path / "通报.docx")]
    circular.export.click()
    idle()
    idle()
    texts = [p.text for p in docx.Document(tmp_path / "通报.docx").paragraphs]
    assert "各镇街：" in texts


def test_what_was_typed_is_kept_when_the_dialog_is_closed(circular, kit_with_table, qtbot, idle):
    circular.tabs.setCurrentIndex(2)
    circular.editor.text.setPlainText("现通报如下：")
    circular.close()
    idle()
    hub = kit_with_table.hub
    assert "basis" in read_edits(hub.office, hub.round).reworded


def test_all_changes_are_taken_back(circular, kit_with_table, idle):
    circular.tabs.setCurrentIndex(2)
    circular.editor.text.setPlainText("现通报如下：")
    circular.tabs.setCurrentIndex(0)
    idle()
    circular.tabs.setCurrentIndex(2)
    circular.editor.reset.click()
    circular.tabs.setCurrentIndex(0)
    idle()
    hub = kit_with_table.hub
    assert not read_edits(hub.office, hub.round)


def test_of_a_closed_round_number_and_date_alone_are_open(
    qtbot, kit_with_table, window, idle, messages
):
    hub = kit_with_table.hub
    before = CircularEdits(fields={"addressee": "各镇街"})
    save_edits(hub.office, hub.round, before, who="张三", now=hub.now)
    close_round(hub.office, hub.ledger, hub.round, who="张三", now=hub.now)
    hub.show(hub.office, hub.ledger, list_rounds(hub.office, hub.ledger)[-1])
    Exports(window, kit_with_table).circular()
    dialog = window.findChild(CircularDialog)
    idle()
    editor = dialog.editor
    assert not editor.text.isEnabled()
    assert editor.fields["addressee"].isReadOnly()
    editor.fields["number"].setText("县督〔2026〕7号")
    editor.fields["number"].textEdited.emit("县督〔2026〕7号")
    dialog.when_saved(lambda: None)
    idle()
    assert printed(kit_with_table).number == "县督〔2026〕7号"
    editor.reset.click()
    assert editor.edits == before
    assert messages.problems == []


def test_a_sentence_is_tried_at_once_and_kept_on_saving(wording, kit_with_table, idle):
    wording.choose("basis")
    wording.text.setPlainText("截至{截至}，｜{专项}落实情况如下：")
    idle()
    assert "落实情况如下：" in wording.shown_result.toPlainText()
    hub = kit_with_table.hub
    assert not is_own(hub.office)
    wording.buttons["保存"].click()
    idle()
    assert read_words(hub.office)["basis"] == ["截至{截至}，", "{专项}落实情况如下："]


def test_changed_sentences_are_not_given_up_without_asking(wording, messages):
    wording.choose("basis")
    wording.text.setPlainText("截至{截至}，落实情况如下：")
    messages.answers = [False, True]
    wording.reject()
    assert wording.isVisible()
    wording.reject()
    assert not wording.isVisible()
    assert messages.asked == ["放弃改过的用语？"] * 2


@pytest.mark.parametrize(
    ("typed", "said"), [("截至{日子}", "没有{日子}这个占位"), ("截至{截至", "花括号不成对")]
)
def test_a_broken_sentence_says_why_and_cannot_be_saved(wording, typed, said):
    wording.choose("basis")
    wording.text.setPlainText(typed)
    assert said in wording.wrong.text()
    assert not wording.buttons["保存"].isEnabled()
    wording.choose("overall.total")
    wording.choose("basis")
    assert wording.text.toPlainText() == typed
    wording.buttons["恢复这一句"].click()
    assert wording.buttons["保存"].isEnabled()
    assert wording.words == default_words()


def test_a_wording_goes_out_as_a_file_and_comes_in_again(wording, messages, idle, tmp_path):
    wording.choose("overall.by_unit")
    wording.switch.setChecked(True)
    messages.answers = [str(tmp_path / "用语"), str(tmp_path / "用语.toml")]
    wording.buttons["另存为文件…"].click()
    wording.buttons["全部恢复默认"].click()
    assert wording.words == default_words()
    wording.buttons["从文件载入…"].click()
    assert wording.words["overall"]["by_unit"] is True
    idle()
    assert "按牵头（责任）单位看" in wording.shown_result.toPlainText()
    assert messages.problems == []


def test_where_there_is_nothing_to_tell_the_dialog_says_so_and_goes(
    qtbot, kit_with_table, window, messages, idle
):
    hub = kit_with_table.hub
    new_ledger(hub.office, "空的专项", who="张三", now=hub.now)
    empty = choose_ledger(hub.office, "空的专项")
    new_round(hub.office, empty, who="张三", now=hub.now)
    hub.show(hub.office, empty, list_rounds(hub.office, empty)[-1])
    Exports(window, kit_with_table).circular()
    idle()
    assert "没有任务，无从通报" in messages.problems[0]
    qtbot.waitUntil(lambda: window.findChild(CircularDialog) is None, timeout=5000)
    Exports(window, kit_with_table).wording()
    dialog = window.findChild(WordingDialog)
    idle()
    dialog.choose("basis")
    dialog.text.setPlainText("截至{截至}：")
    idle()
    assert "没有任务" in dialog.shown_result.toPlainText()
    assert len(messages.problems) == 1


def test_the_notice_is_shown_with_its_table(kit_with_table, window, messages, idle, tmp_path):
    Exports(window, kit_with_table).notice()
    dialog = window.findChild(NoticeDialog)
    idle()
    assert "现将《" in dialog.page.toPlainText()
    many = len(dialog.turner.pages)
    dialog.table.setChecked(False)
    idle()
    assert len(dialog.turner.pages) < many
    messages.answers = [str(tmp_path / "通知")]
    dialog.export.click()
    idle()
    assert messages.said[-1] == "已导出 通知.docx"
