"""The circular as printed pages: the Word document's lines, page ends and foot."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest

from tests.helpers.pages import to_pdf
from tracker.domain.circular import Circular, Level, Passage, Picture
from tracker.domain.content import Content, ContentRow
from tracker.domain.page import Align
from tracker.reports.circular_docx import write_circular_docx
from tracker.reports.circular_pages import circular_pages
from tracker.reports.circular_parts import load_circular_look
from tracker.reports.looks import load_layout

LOOK = load_circular_look()
RULER = LOOK.ruler()
SIGNED = Circular(
    "县政府督查室关于2026年度水利建设重点任务落实情况的通报",
    (Passage("现将有关情况通报如下："),),
    number="县督〔2026〕3号",
    addressee="各镇人民政府",
    annexes=("水利建设重点任务落实情况表",),
    signature="县政府督查室",
    date=date(2026, 10, 9),
    note="此件主动公开",
)
WORDS = (
    "县水利局",
    "牵头推进",
    "河道清淤",
    "已完成",
    "12.5公里",
    "（占年度任务的62.5%）",
    "，",
    "。",
    "“百日攻坚”",
    "投入1300万元",
    "；",
    "、",
    "验收",
    "在2026年11月底前",
    "《实施方案》",
    "——",
)


def _png():
    from io import BytesIO

    from PIL import Image

    made = BytesIO()
    Image.new("RGB", (30, 20), "white").save(made, "PNG")
    return made.getvalue()


PNG = _png()


def text_of(page):
    return "".join("".join(box.lines) for box in page.boxes[:-1])


def random_body(seed, count=9, words_of=WORDS):
    chance = random.Random(seed)

    def words():
        return "".join(chance.choice(words_of) for _ in range(chance.randint(3, 70)))

    levels = (Level.BODY, Level.BODY, Level.BODY, Level.FIRST, Level.SECOND)
    body = [Passage(words(), Level.BODY) for _ in range(count)]
    return tuple(
        replace(passage, level=level, text=passage.text[:20] if level else passage.text)
        for passage, level in zip(body, chance.choices(levels, k=count), strict=True)
    )


def test_a_full_page_holds_22_lines_of_28_characters():
    pages = circular_pages(Circular("通报", (Passage("国" * 28 * 50),)))
    lines = ["".join(box.lines) for box in pages[1].boxes[:-1]]
    assert [len(line) for line in lines] == [28] * 22
    assert {box.size for box in pages[1].boxes[:-1]} == {16.0}
    pitches = {round(b.y - a.y, 3) for a, b in pairwise(pages[1].boxes[:-1])}
    assert pitches == {28.9}


@pytest.mark.parametrize("seed", range(12))
def test_no_letter_is_lost_and_no_line_leaves_the_page(seed):
    body = random_body(seed, 20)
    pages = circular_pages(replace(SIGNED, body=body))
    assert "".join(p.text for p in body) in "".join(map(text_of, pages))
    end = (297 - 35) * 72 / 25.4
    for page in pages:
        for box in page.boxes[:-1]:
            assert box.y + box.height <= end + 0.01
            assert "\n" not in "".join(box.lines)
            if box.font == LOOK.fonts["body"]:
                assert RULER.width(box.lines[0]) * 15.75 <= box.width + 15.75


@pytest.mark.parametrize("seed", range(12))
def test_no_line_begins_with_a_closing_sign_or_ends_with_an_opening_one(seed):
    said = "".join(passage.text for passage in random_body(seed, 20)).lstrip("，。；、—")
    for page in circular_pages(Circular("通报", (Passage(f"县{said}局"),))):
        for box in page.boxes[:-1]:
            assert box.lines[0][0] not in "，。；、）》”"
            assert box.lines[0][-1] not in "（《“"


def test_odd_page_numbers_stand_right_even_ones_left():
    pages = circular_pages(Circular("通报", (Passage("国" * 28 * 60),)))
    assert [("".join(p.boxes[-1].lines), p.boxes[-1].align) for p in pages] == [
        ("— 1 —", Align.RIGHT),
        ("— 2 —", Align.LEFT),
        ("— 3 —", Align.RIGHT),
    ]


def test_a_heading_never_ends_a_page():
    for lines in range(10, 24):
        body = (*[Passage("句。")] * lines, Passage("二、标题", Level.FIRST), Passage("末。"))
        for page in circular_pages(Circular("通报", body)):
            assert not text_of(page).endswith("二、标题")


def test_a_signature_never_stands_on_a_page_without_text():
    for lines in range(1, 40):
        body = (Passage("句。"),) * lines
        for page in circular_pages(replace(SIGNED, body=body, annexes=())):
            assert "县政府督查室" not in text_of(page) or "句。" in text_of(page)


@pytest.mark.parametrize("length", [1, 5, 14, 26, 27, 29, 60])
def test_the_date_stays_on_one_line_however_long_the_signature(length):
    circular = Circular("通报", (), signature="局" * length, date=date(2026, 12, 31))
    boxes = [box for page in circular_pages(circular) for box in page.boxes]
    (day,) = [box for box in boxes if box.lines == ("2026年12月31日",)]
    assert day.width >= RULER.width("2026年12月31日") * 15.75
    names = [box for box in boxes if "局" in box.lines[0]]
    assert sum(len(box.lines[0]) for box in names) == length
    assert all(box.width >= RULER.width(box.lines[0]) * 15.75 - 0.01 for box in names)


def test_a_red_head_is_red_with_a_red_line_under_the_number():
    page = circular_pages(replace(SIGNED, red_head="县政府督查室文件"))[0]
    (head,) = [box for box in page.boxes if box.colour]
    assert head.lines == ("县政府督查室文件",)
    (rule,) = page.rules
    number = next(box for box in page.boxes if "〔2026〕" in box.lines[0])
    assert rule.colour == "#FF0000"
    assert rule.y1 > number.y + number.height


@pytest.mark.parametrize(("lines", "count"), [(1, 2), (20, 2), (29, 4), (50, 4)])
def test_the_imprint_stands_at_the_foot_of_the_last_even_page(lines, count):
    circular = replace(
        SIGNED, body=(Passage("句。"),) * lines, copies="县委办公室", printed_by="县政府督查室"
    )
    pages = circular_pages(circular)
    assert len(pages) == count
    texts = [box.lines[0] for box in pages[-1].boxes if "—" not in box.lines[0]]
    assert texts[-3:] == ["抄送：县委办公室。", "县政府督查室", "2026年10月9日印发"]
    assert max(rule.y1 for rule in pages[-1].rules) == pytest.approx((297 - 35) * 72 / 25.4)
    assert not any("抄送" in text_of(page) for page in pages[:-1])


def test_neither_an_empty_page_nor_the_imprint_behind_it_has_a_number():
    circular = replace(SIGNED, body=(Passage("句。"),) * 29, copies="县委办公室")
    pages = circular_pages(circular)
    assert pages[2].boxes == ()
    assert [box.lines[0] for box in pages[3].boxes] == ["抄送：县委办公室。"]


def test_tables_and_pictures_follow_on_pages_that_are_numbered_on():
    table = Content("水利表", "附件", rows=(ContentRow(number="1", task="修渠。"),))
    pictures = (Picture(PNG, "各单位进度", 300, 200), Picture(PNG, "状态分布", 200, 300))
    circular = replace(SIGNED, pictures=pictures)
    first, table_page, lying, upright = circular_pages(circular, [(table, load_layout())])
    assert table_page.width > table_page.height
    assert "水利表" in text_of(table_page)
    assert text_of(lying) == "附图1　各单位进度"
    assert text_of(upright) == "附图2　状态分布"
    assert (lying.width > lying.height, upright.width > upright.height) == (True, False)
    for page, ratio in ((lying, 1.5), (upright, 2 / 3)):
        (placed,) = page.pictures
        assert placed.width / placed.height == pytest.approx(ratio)
        assert placed.y + placed.height < page.boxes[-1].y + page.boxes[-1].height / 2
    feet = ["".join(p.boxes[-1].lines) for p in (first, table_page, lying, upright)]
    assert feet == ["— 1 —", "— 2 —", "— 3 —", "— 4 —"]


@pytest.mark.office
def test_annexes_have_sections_of_their_own_in_word(tmp_path):
    import pdfplumber

    rows = tuple(ContentRow(number=str(n), task="修渠。" * 30) for n in range(1, 33))
    table = Content("水利表", "附件", rows=rows)
    circular = replace(
        SIGNED, pictures=(Picture(PNG, "各单位进度", 300, 200),), printed_by="县政府督查室"
    )
    layout = load_layout()
    target = tmp_path / "通报.docx"
    write_circular_docx(circular, target, annexes=[(table, layout)])
    pages = circular_pages(circular, [(table, layout)])
    (file,) = to_pdf([target], tmp_path / "pdf")
    with pdfplumber.open(file) as pdf:
        found = [
            ("".join(c["text"] for c in page.chars).replace(" ", ""), page.width > page.height)
            for page in pdf.pages
        ]
        assert [len(page.images) for page in pdf.pages][-3:] == [0, 1, 0]
    assert [lies for _, lies in found] == [page.width > page.height for page in pages]
    assert all(f"—{number}—" in text for number, (text, _) in enumerate(found, 1))
    for text, lies in found[1:-2]:
        assert lies
        assert all("".join(heading.split()) in text for heading in layout.headings)
    assert "附图各单位进度" in found[-2][0]
    assert "县政府督查室" in found[-1][0]


@pytest.mark.office
def test_the_word_document_fills_as_many_pages(tmp_path):
    """LibreOffice, unlike Word, sets “ ” in the narrow Latin font: the words have none."""
    import pdfplumber

    plain = [word for word in WORDS if "“" not in word]
    circulars = {
        f"{seed}": replace(
            SIGNED,
            body=random_body(seed, 6 + 3 * seed, plain),
            red_head="县政府督查室文件" if seed % 2 else "",
            copies="县委办公室" if seed % 3 else "",
        )
        for seed in range(8)
    }
    for name, circular in circulars.items():
        write_circular_docx(circular, tmp_path / f"{name}.docx")
    files = to_pdf([tmp_path / f"{name}.docx" for name in circulars], tmp_path / "pdf")
    counts = {}
    for name, file in zip(circulars, files, strict=True):
        with pdfplumber.open(file) as pdf:
            counts[name] = len(pdf.pages)
            printed = "".join(c["text"] for page in pdf.pages for c in page.chars)
        for passage in circulars[name].body:
            assert not Counter(passage.text) - Counter(printed)
    assert counts == {name: len(circular_pages(c)) for name, c in circulars.items()}


@pytest.mark.office
def test_in_word_too_a_page_holds_22_lines_of_28_characters_and_its_number_at_its_side(tmp_path):
    """Measured on what LibreOffice draws, over bodies of many kinds."""
    import pdfplumber

    bodies = {
        "字": (Passage("国" * 28 * 60),),
        "句": (Passage("各单位要抓紧落实，按时反馈；逾期的说明原因。" * 90),),
        "段": tuple(Passage("各单位要抓紧落实，按时反馈情况。" * 7) for _ in range(20)),
        "号": tuple(Passage("《方案》（试行）、《办法》，均已印发；" * 9) for _ in range(16)),
    }
    for name, body in bodies.items():
        write_circular_docx(Circular("通报", body), tmp_path / f"{name}.docx")
    files = to_pdf([tmp_path / f"{name}.docx" for name in bodies], tmp_path / "pdf")
    left, right = 28 * 72 / 25.4, (210 - 26) * 72 / 25.4
    for name, file in zip(bodies, files, strict=True):
        with pdfplumber.open(file) as pdf:
            pages = [_lines(page) for page in pdf.pages]
        assert len(pages) == len(circular_pages(Circular("通报", bodies[name]))), name
        for number, lines in enumerate(pages, 1):
            *text, foot = lines
            words = "".join(c["text"] for c in foot).replace(" ", "")
            assert words == f"—{number}—", name
            edge = right - foot[-1]["x1"] if number % 2 else foot[0]["x0"] - left
            assert 8 <= edge <= 20, (name, number, edge)
            if 1 < number < len(pages):
                assert len(text) == 22, (name, number)
            for line in text:
                said = "".join(c["text"] for c in line).strip()
                assert len(said.rstrip("，。；、")) <= 28, (name, said)
                assert line[-1]["x1"] <= right + 17, (name, said)


def _lines(page):
    """The characters of a page line by line, from the top."""
    lines = {}
    for char in page.chars:
        lines.setdefault(round(char["bottom"] / 6), []).append(char)
    return [lines[place] for place in sorted(lines)]
