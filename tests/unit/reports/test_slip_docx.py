"""A slip as Word holds it and as another program draws it: all its words, on one page if it can."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import docx
import pypdfium2
import pytest

from tests.helpers.pages import need_office, to_pdf
from tracker.domain.slip import SlipPage
from tracker.reports.slip_docx import load_slip_look, write_slip_docx

ITEM = (
    "{n}. 第{n}项：更换老旧水管三公里，修好沿线井盖，并把验收资料交到档案室备查（时限：6月底前）。"
)


def page(count=2, **more):
    matter = "\n".join(ITEM.format(n=number) for number in range(1, count + 1))
    held = SlipPage(
        title="青禾县人民政府督查室\n督办单",
        code="督〔2026〕3号",
        issuer="签发人：李主任",
        rows=(
            ("接收单位", "县水利局"),
            ("依据", "《关于春季工作的通知》（青政办〔2026〕2号）"),
            ("督办事项", matter),
            ("办理要求", "请抓紧办理<并>按期回复 & 说明原因。"),
            ("回复期限", "2026年3月16日前书面回复（5个工作日）"),
        ),
        contact=(("经办人", "张三"), ("联系电话", "8-8888")),
        signature="青禾县人民政府督查室",
        date=date(2026, 3, 9),
        cut="沿此线剪下",
        receipt_title="督〔2026〕3号督办单回执",
        receipt_unit=("单位", "县水利局"),
        receipt=(
            (("接收人", "联系电话"), 1),
            (("办理情况",), 3),
            (("单位负责人\n签字盖章", "日期"), 2),
        ),
        created=datetime(2026, 3, 9, 9, 0),
    )
    return replace(held, **more)


def printed_words(held):
    """Every word of a slip in no order, without white space."""
    texts = [held.title, held.code, held.issuer, held.signature, held.cut, held.receipt_title]
    texts += [text for pair in (*held.rows, *held.contact, held.receipt_unit) for text in pair]
    texts += [cell for cells, _lines in held.receipt for cell in cells]
    return sorted("".join("".join(texts).split()) + "2026年3月9日")


def words_of(path):
    document = docx.Document(path)
    tables = [cell.text for t in document.tables for row in t._tbl.tr_lst for cell in cells(row, t)]
    return sorted("".join("".join([*(p.text for p in document.paragraphs), *tables]).split()))


def cells(row, table):
    return [docx.table._Cell(tc, table) for tc in row.tc_lst]


@pytest.mark.parametrize(
    "held",
    [
        page(),
        page(count=40),
        page(issuer="", contact=(), signature=""),
        page(contact=(("经办人", "张三"),)),
        page(rows=(("接收单位", "县水利局"), ("事项", "𠮷地名；\t①甲②乙  两格"))),
    ],
)
def test_no_word_is_lost(tmp_path, held):
    assert write_slip_docx(held, tmp_path / "单.docx") == ()
    assert words_of(tmp_path / "单.docx") == printed_words(held)


def test_what_xml_forbids_is_left_out_and_said(tmp_path):
    held = page(rows=(("事项", "前\x01后"),))
    assert write_slip_docx(held, tmp_path / "单.docx") == ("有1个文档不能保存的控制字符，已略去",)


def test_the_same_slip_gives_the_same_bytes(tmp_path):
    for name in ("一.docx", "二.docx"):
        write_slip_docx(page(), tmp_path / name)
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()


def body_size(path):
    table = docx.Document(path).tables[0]
    return table.cell(0, 1).paragraphs[0].runs[0].font.size.pt


def test_the_text_gives_way_before_the_page(tmp_path):
    look = load_slip_look()
    sizes = []
    for count in (1, 2, 3, 4, 40):
        write_slip_docx(page(count), tmp_path / f"{count}.docx")
        sizes.append(body_size(tmp_path / f"{count}.docx"))
    *fitting, whole = sizes
    assert fitting == sorted(fitting, reverse=True)
    assert len(set(fitting)) > 1
    assert whole == look.fits[0].body


def test_what_was_reckoned_for_one_page_takes_one_page(tmp_path):
    need_office()
    held = {count: page(count) for count in (1, 2, 3, 4, 5, 6, 7, 12, 40)}
    held[0] = page(1, receipt=((("接收人",), 1),), issuer="", contact=())
    paths, is_one = [], []
    for count, each in held.items():
        path = tmp_path / f"单{count}.docx"
        write_slip_docx(each, path)
        paths.append(path)
        footer = docx.Document(path).sections[0].footer
        is_one.append(footer.is_linked_to_previous)  # only several pages are numbered
    assert any(is_one)
    assert not all(is_one)
    for one, pdf, each in zip(is_one, to_pdf(paths, tmp_path), held.values(), strict=True):
        with pypdfium2.PdfDocument(pdf) as document:
            drawn = "".join(p.get_textpage().get_text_bounded() for p in document)
            pages = [p.get_textpage().get_text_bounded() for p in document]
        assert (len(pages) == 1) == one, pdf.name
        assert not set(printed_words(each)) - set(drawn), pdf.name
        last = "".join(pages[-1].split())
        for words in (each.cut, each.receipt_title, *each.receipt[-1][0]):
            assert "".join(words.split()) in last, pdf.name
