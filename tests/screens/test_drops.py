"""Whatever is dropped on whatever is in sight opens the right import, or says why not."""

# ruff: noqa: F401, F811 - fixtures are imported
from __future__ import annotations

import struct
from email.message import EmailMessage

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtWidgets import QApplication

from tests.conftest import NOW
from tests.helpers.command import command
from tests.helpers.documents_to_review import document
from tests.helpers.samples import situation_text
from tests.screens.workflow import hands, window
from tracker.ops.forms import plan_forms, send_forms
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office import create_office, open_office
from tracker.ops.rounds import list_rounds
from tracker.ui.decompose.page import DecomposePage
from tracker.ui.imports.page import ImportPage
from tracker.ui.instructions.paste import PasteInstructionsDialog
from tracker.ui.returns.collect_page import CollectPage
from tracker.ui.views import VIEWS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)

TABS = [name for name, _make in VIEWS]
NAMES = 'application/x-qt-windows-mime;value="FileGroupDescriptorW"'
CONTENTS = 'application/x-qt-windows-mime;value="FileContents"'


@pytest.fixture
def files(tmp_path):
    """One of each kind; the form was sent to a unit of the office."""
    folder = tmp_path / "拖来的"
    folder.mkdir()
    made = {
        name: folder / name
        for name in ("表.txt", "方案.txt", "录像.mp4", "盖章.jpg", "包.zip", "信.eml")
    }
    made["表.txt"].write_text(situation_text(), encoding="utf-8")
    made["方案.txt"].write_text(document(), encoding="utf-8")
    made["录像.mp4"].write_bytes(b"\0\0\0\x18ftypmp42" + b"\0" * 400)
    made["盖章.jpg"].write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 400)
    made["包.zip"].write_bytes(b"PK\x05\x06" + b"\0" * 18)
    db = tmp_path / "台账.db"
    command("import", made["表.txt"], "--db", db, "--apply", now=NOW)
    office = open_office(db, NOW)
    (ledger,) = list_ledgers(office)
    round_ = list_rounds(office, ledger)[-1]
    plan = plan_forms(office, ledger, round_)
    sent = send_forms(office, ledger, round_, folder / "发出", plan=plan, who="张三", now=NOW)
    office.close()
    letter = EmailMessage()
    letter["Subject"] = "反馈表"
    letter.set_content("见附件。")
    form = sent.value.paths[0]
    letter.add_attachment(
        form.read_bytes(), maintype="application", subtype="octet-stream", filename=form.name
    )
    made["信.eml"].write_bytes(letter.as_bytes())
    return {**made, "反馈表": form, "文件夹": folder / "发出", "台账": db}


@pytest.fixture
def opened(window, qtbot, files):
    window.commands.open_path(files["台账"])
    qtbot.waitUntil(lambda: window.is_furnished and not window.kit.runner.is_busy, timeout=20000)
    return window


def in_front(window):
    """The name of what lies over the tabs."""
    page = window.centralWidget().currentWidget()
    names = {ImportPage: "导入", DecomposePage: "分解", CollectPage: "收表"}
    return next((name for kind, name in names.items() if isinstance(page, kind)), "台账")


EXPECTED = {
    "表.txt": "导入",
    "方案.txt": "分解",
    "反馈表": "收表",
    "文件夹": "收表",
    "信.eml": "收表",
    "台账": "台账",
}


@pytest.mark.parametrize("tab", TABS)
def test_each_kind_of_file_opens_its_import_from_every_view(hands, opened, files, qtbot, tab):
    for kind, page in EXPECTED.items():
        view = opened.view(tab)
        assert hands.drop(view, [files[kind]]), (tab, kind)
        qtbot.waitUntil(lambda page=page: in_front(opened) == page, timeout=20000)
        hands._settle()
        current = opened.centralWidget().currentWidget()
        if page == "分解" or page == "导入":
            current.cancel()
        elif page == "收表":
            current._end()
        hands._settle()
    assert not opened.messages.problems


@pytest.mark.parametrize("kind", ["录像.mp4", "盖章.jpg", "包.zip"])
def test_a_file_of_another_kind_says_so(hands, opened, files, qtbot, kind):
    assert hands.drop(opened.view("台账"), [files[kind]])
    qtbot.waitUntil(lambda: bool(opened.messages.problems))
    assert kind in opened.messages.problems[0]
    assert "请" in opened.messages.problems[0]
    assert in_front(opened) == "台账"


def test_several_tables_wait_one_behind_the_other(hands, opened, files, qtbot, tmp_path):
    other = tmp_path / "第二张.txt"
    other.write_text(situation_text(title="园区重点工作落实情况表"), encoding="utf-8")
    assert hands.drop(opened.view("台账"), [files["表.txt"], other])
    qtbot.waitUntil(lambda: in_front(opened) == "导入", timeout=20000)
    hands._settle()
    assert len(opened.import_page().queue.files) == 2
    opened.import_page().cancel()


@pytest.mark.parametrize(
    ("tab", "text", "page"),
    [
        ("台账", "序号\t任务\t牵头单位\n1\t整修河堤。\t县水利局", "导入"),
        ("今日", "关于整修河堤的方案。\n一、清淤。", "分解"),
    ],
)
def test_text_opens_what_it_looks_like(hands, opened, qtbot, tab, text, page):
    data = QMimeData()
    data.setText(text)
    assert hands.drop_data(opened.view(tab), data)
    qtbot.waitUntil(lambda: in_front(opened) == page, timeout=20000)
    hands._settle()
    opened.centralWidget().currentWidget().cancel()


def test_text_on_the_list_of_instructions_is_instructions(hands, opened):
    data = QMimeData()
    data.setText("韩立新县长3月1日批示：请县水利局月底前清淤。")
    assert hands.drop_data(opened.view("单项批示"), data)
    (dialog,) = [w for w in QApplication.topLevelWidgets() if type(w) is PasteInstructionsDialog]
    assert dialog.model.lines[0].leader == "韩立新县长"
    dialog.forget_typing()
    dialog.reject()


def attachment(name, contents, count=1):
    """What a mail program of Windows drags."""
    record = bytearray(592)
    record[72:] = name.encode("utf-16-le").ljust(520, b"\0")
    data = QMimeData()
    data.setData(NAMES, struct.pack("<I", count) + bytes(record) * count)
    data.setData(CONTENTS, contents)
    return data


def test_an_attachment_dragged_out_of_a_mail_program_is_read(hands, opened, files, qtbot):
    form = files["反馈表"]
    assert hands.drop_data(opened.view("今日"), attachment(form.name, form.read_bytes()))
    qtbot.waitUntil(lambda: in_front(opened) == "收表", timeout=20000)
    hands._settle()
    page = opened.returns_page()
    qtbot.waitUntil(lambda: page.review.review is not None, timeout=20000)
    assert [line.name for line in page.review.review.files()] == [form.name]
    page._end()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (lambda: attachment("a.xlsx", b"x", count=2), "一次拖来了 2 个邮件附件"),
        (lambda: attachment("a.xlsx", b""), "没有交出附件"),
        (lambda: attachment("台账.db", b"x"), "不能从邮件里直接打开"),
    ],
)
def test_an_attachment_that_cannot_be_had_says_what_to_do(hands, opened, data, said):
    assert hands.drop_data(opened.view("台账"), data())
    assert said in opened.messages.problems[0]
    assert "另存" in opened.messages.problems[0]


def test_a_letter_without_attachments_and_a_web_address_say_so(hands, opened, tmp_path):
    letter = tmp_path / "空.eml"
    mail = EmailMessage()
    mail.set_content("没有附件。")
    letter.write_bytes(mail.as_bytes())
    assert hands.drop(opened.view("台账"), [letter])
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/a.xlsx")])
    assert hands.drop_data(opened.view("台账"), web)
    first, second = opened.messages.problems
    assert "没有附件" in first
    assert "不是本机的文件" in second


def test_files_over_a_field_of_text_go_to_the_window(hands, opened, files, qtbot):
    search = opened.tools.search
    assert hands.drop(search, [files["方案.txt"]])
    qtbot.waitUntil(lambda: in_front(opened) == "分解", timeout=20000)
    hands._settle()
    assert search.text() == ""
    opened.decompose_page().cancel()
