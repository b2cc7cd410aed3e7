"""The circular on paper: 22 lines of 28 characters, headings that stay with their text."""

from __future__ import annotations

import re
import subprocess
from datetime import date, datetime
from shutil import which
from zipfile import ZipFile

import docx
import pytest

from tests.helpers.pages import to_pdf
from tracker.domain.circular import Circular, Level, Passage
from tracker.reports.circular_docx import write_circular_docx
from tracker.reports.circular_parts import load_circular_look
from tracker.reports.measure import Ruler
from tracker.reports.title_lines import title_lines

SIGNED = Circular(
    "县政府督查室关于2026年度水利建设重点任务落实情况的通报",
    (
        Passage("现将有关情况通报如下："),
        Passage("一、总体情况", Level.FIRST),
        Passage("共有任务5项。"),
        Passage("（一）分项情况", Level.SECOND),
    ),
    number="县督〔2026〕3号",
    addressee="各镇人民政府",
    annexes=("水利建设重点任务落实情况表", "未反馈单位名单"),
    signature="县政府督查室",
    date=date(2026, 10, 9),
    note="此件主动公开",
    created=datetime(2026, 10, 9, 9, 0),
)


@pytest.fixture
def texts(tmp_path):
    def write(circular):
        assert write_circular_docx(circular, tmp_path / "通报.docx") == ()
        return [p.text for p in docx.Document(tmp_path / "通报.docx").paragraphs]

    return write


def lines_on_paper(path, folder, page):
    if which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    (pdf,) = to_pdf([path], folder)
    command = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(pdf), "-"]
    out = subprocess.run(command, capture_output=True, check=True, timeout=60).stdout.decode()
    return [line.strip() for line in re.split(r"[\n\f]", out) if line.strip()]


def test_everything_stands_in_the_order_of_the_standard(texts):
    found = [text for text in texts(SIGNED) if text]
    assert "".join(found[1:3]) == SIGNED.title
    assert found[0] == "县督〔2026〕3号"
    assert found[3] == "各镇人民政府："
    assert found[4:8] == [passage.text for passage in SIGNED.body]
    assert found[8:] == [
        "附件：1. 水利建设重点任务落实情况表",
        "2. 未反馈单位名单",
        "县政府督查室",
        "2026年10月9日",
        "（此件主动公开）",
    ]


def test_what_is_empty_is_not_printed(texts):
    assert [text for text in texts(Circular("通报", (Passage("一句话。"),))) if text] == [
        "通报",
        "一句话。",
    ]


def test_a_full_page_holds_22_lines_of_28_characters(tmp_path):
    target = tmp_path / "满.docx"
    write_circular_docx(Circular("通报", (Passage("国" * 28 * 50),)), target)
    lines = lines_on_paper(target, tmp_path / "pdf", 2)
    assert lines[-1].replace(" ", "") == "—2—"
    assert [len(line) for line in lines[:-1]] == [28] * 22


def test_a_heading_never_stands_alone_at_the_foot_of_a_page(tmp_path):
    target = tmp_path / "题.docx"
    body = [Passage("句。")] * 19 + [Passage("二、标题", Level.FIRST), Passage("句。")]
    write_circular_docx(Circular("通报", (*body,)), target)
    first = lines_on_paper(target, tmp_path / "pdf", 1)
    assert first[-2:-1] != ["二、标题"]


def test_the_date_begins_two_characters_behind_the_signature_or_stands_two_from_the_edge(tmp_path):
    def right_ends(signature):
        target = tmp_path / "署名.docx"
        write_circular_docx(
            Circular("通报", (), signature=signature, date=date(2026, 10, 9)), target
        )
        xml = ZipFile(target).read("word/document.xml").decode()
        return [int(found) / 100 for found in re.findall(r'w:rightChars="(\d+)"', xml)]

    ruler = load_circular_look().ruler()
    day = ruler.width("2026年10月9日")
    long_name = "临江县人民政府办公室督查室"
    assert right_ends(long_name) == [2, pytest.approx(len(long_name) - day, abs=0.01)]
    name_right, day_right = right_ends("督查室")
    assert day_right == 2
    assert name_right + 3 == pytest.approx(day_right + day + 2, abs=0.01)


def test_the_same_circular_gives_the_same_bytes(tmp_path):
    for name in ("一.docx", "二.docx"):
        write_circular_docx(SIGNED, tmp_path / name)
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()


def test_a_red_head_never_takes_two_lines(tmp_path):
    target = tmp_path / "红头.docx"
    name = "临江县人民政府办公室督查室文件"
    write_circular_docx(Circular("通报", (), red_head=name), target)
    assert lines_on_paper(target, tmp_path / "pdf", 1)[0] == name


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("关于水利任务的通报", ("关于水利任务的通报",)),
        (
            "县政府督查室关于2026年政府工作报告重点任务落实情况的通报",
            ("县政府督查室关于2026年政府工作报告", "重点任务落实情况的通报"),
        ),
        ("上半年情况\n通报", ("上半年情况", "通报")),
        (
            "临江县人民政府督查室关于印发《年度水利建设任务责任分解表》的通知",
            ("临江县人民政府督查室关于印发", "《年度水利建设任务责任分解表》的通知"),
        ),
    ],
)
def test_a_long_title_is_cut_between_words(title, expected):
    assert title_lines(title, 20, Ruler()) == expected


def test_no_letter_of_a_title_is_lost_however_narrow_the_page():
    title = "关于贯彻落实县委全会精神推进“百日攻坚”行动有关任务（第三批）落实情况的通报"
    for room in range(6, 40):
        lines = title_lines(title, room, Ruler())
        assert "".join(lines) == title
        assert all(Ruler().width(line) <= room for line in lines)
