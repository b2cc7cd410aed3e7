"""The notice that sends the breakdown round, and what follows a circular in its file."""

from __future__ import annotations

import re
from datetime import date
from zipfile import ZipFile

import docx
import pdfplumber
import pytest

from tracker.base.errors import UserError
from tracker.ops.circular import compose_circular, export_circular
from tracker.ops.circular_annexes import chart_pictures, situation_annexes
from tracker.ops.circular_files import letter_pages
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.notice import compose_notice, export_notice, notice_annexes
from tracker.ops.office import create_office
from tracker.ops.rounds import list_rounds, new_round


def printed(path):
    with pdfplumber.open(path) as pdf:
        pages = ["".join(c["text"] for c in page.chars) for page in pdf.pages]
        return [
            ("".join(text.split()), p.width > p.height)
            for text, p in zip(pages, pdf.pages, strict=True)
        ]


def test_the_notice_counts_what_it_states(office, ledger, now):
    notice = compose_notice(office, ledger, now=now)
    assert notice.title == "关于印发《春季重点工作责任分解表》的通知"
    texts = [p.text for p in notice.body]
    assert "本次共分解任务5项，涉及牵头（责任）单位6家。" in texts[2]
    dated = next(p for p in notice.body if p.text.startswith("有明确时限的"))
    figures = {f.name: f for f in dated.figures}
    assert dated.text.startswith(f"有明确时限的{figures['有时限'].value}项，最早的应于2026年3月4日")
    assert len(figures["有时限"].codes) == int(figures["有时限"].value)
    assert len(figures["有时限"].codes) + len(figures["无时限"].codes) == 5


def test_a_day_to_report_is_named_only_where_one_is_stored(office, ledger, now):
    assert not any(
        "反馈" in p.text and "日前" in p.text for p in compose_notice(office, ledger, now=now).body
    )
    with office.change("填报单位", "张三", now) as work:
        work.find_ledger(ledger.name).office = "县政府督查室"
    new_round(office, ledger, feedback_due=date(2026, 4, 8), who="张三", now=now)
    notice = compose_notice(office, choose_ledger(office, None), now=now)
    assert notice.body[-1].text.startswith("第3期落实情况请于2026年4月8日前报县政府督查室。")


def test_the_table_stands_inside_on_pages_that_lie(office, ledger, now, tmp_path):
    target = tmp_path / "通知.pdf"
    notice, warnings = export_notice(office, ledger, target, now=now)
    (first, lies), *tables = printed(target)
    assert (warnings, lies) == ((), False)
    assert "附件：春季重点工作责任分解表" in first
    assert tables
    assert all(lying for _, lying in tables)
    assert "编制防汛手册_初稿。" in "".join(text for text, _ in tables)
    assert all(f"—{n}—" in text for n, (text, _) in enumerate(printed(target), 1))
    assert len(tables) + 1 == len(letter_pages(notice, notice_annexes(office, ledger, now)))


def test_the_word_file_has_the_table_in_a_section_of_its_own(office, ledger, now, tmp_path):
    target = tmp_path / "通知.docx"
    export_notice(office, ledger, target, now=now)
    document = docx.Document(target)
    assert [s.page_width > s.page_height for s in document.sections] == [False, True]
    (table,) = document.tables
    assert table.rows[-1].cells[2].text or table.rows[-1].cells[1].text
    xml = ZipFile(target).read("word/document.xml").decode()
    assert len(re.findall("<w:tblHeader/>", xml)) == 1
    assert xml.count("footerReference") == 2  # the second section goes on with the first one's
    export_notice(office, ledger, target, now=now, with_table=False)
    assert docx.Document(target).tables == []


def test_a_circular_may_take_its_table_and_charts_along(office, ledger, now, tmp_path):
    round_ = list_rounds(office, ledger)[-1]
    target = tmp_path / "通报.pdf"
    circular, _ = export_circular(
        office, ledger, round_, target, now=now, with_table=True, charts=("states", "units")
    )
    pages = printed(target)
    annexes = situation_annexes(office, ledger, round_, now)
    assert len(pages) == len(letter_pages(circular, annexes))
    whole = "".join(text for text, _ in pages)
    assert "附图1任务状态分布" in whole
    assert "附图2各单位任务状态" in whole
    with pdfplumber.open(target) as pdf:
        assert [len(page.images) for page in pdf.pages][-2:] == [1, 1]


def test_the_wall_chart_comes_page_by_page_and_an_unknown_one_not_at_all(office, ledger, now):
    round_ = list_rounds(office, ledger)[-1]
    (wall,) = chart_pictures(office, ledger, round_, now.date(), ("gantt",))
    assert wall.caption == "时限图"
    assert wall.png.startswith(b"\x89PNG")
    assert wall.width > wall.height
    with pytest.raises(UserError, match="没有“pie”这种图"):
        chart_pictures(office, ledger, round_, now.date(), ("pie",))


def test_an_empty_ledger_sends_no_notice(tmp_path, now):
    office = create_office(tmp_path / "空.db", now)
    new_ledger(office, "空", who="张三", now=now)
    with pytest.raises(UserError, match="没有任务"):
        compose_notice(office, choose_ledger(office, None), now=now)
    office.close()


def test_another_ending_is_refused_before_anything_is_written(office, ledger, now, tmp_path):
    with pytest.raises(UserError, match="责任分解通知可以写成"):
        export_notice(office, ledger, tmp_path / "通知.xlsx", now=now)
    assert compose_circular(office, ledger, list_rounds(office, ledger)[-1], now=now).pictures == ()
    assert list(tmp_path.glob("通知*")) == []
