from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import replace
from datetime import datetime

import pypdfium2
import pytest
from PySide6.QtGui import QColor, QImage

from tests.helpers.offices import TASKS, add_tasks
from tests.helpers.timelines import timeline_rows
from tracker.base.errors import UserError
from tracker.domain.browse import Filter
from tracker.domain.grouping import GroupKey
from tracker.domain.light_rules import light_rules
from tracker.ops.gantt import gantt_drawing
from tracker.ops.ledgers import choose_ledger, new_ledger
from tracker.ops.pictures import PictureWishes, write_picture
from tracker.ops.tasks import extend_deadline
from tracker.printing.canvas import write_svg
from tracker.printing.gantt_rows import Heading, Kind
from tracker.printing.pdf import Paper, write_pdf

SIZES_IN_MM = {"A4": (297, 210), "A3": (420, 297), "A2": (594, 420), "A1": (841, 594)}


@pytest.fixture
def ledger(office, now):
    new_ledger(office, "城乡提升专项", who="张三", now=now, year=2026)
    made = choose_ledger(office, None)
    # Entered in January: a date that had passed by then would be doubtful.
    codes = add_tasks(office, made, datetime(2026, 1, 5))
    extend_deadline(office, codes[4], "2027-03-31", "汛情影响", who="张三", now=now)
    return made


@pytest.fixture
def draw(fonts, office, ledger, tmp_path, now):
    def draw(name, **wishes):
        target = tmp_path / name
        wanted = PictureWishes(**wishes)
        return write_picture(office, "gantt", ledger, None, target, now.date(), wishes=wanted)

    return draw


def pdf_pages(path):
    document = pypdfium2.PdfDocument(path)
    try:
        pages = [(p.get_size(), p.get_textpage().get_text_bounded()) for p in document]
    finally:
        document.close()
    return [(size, plain(text)) for size, text in pages]


def plain(text):
    """Return text with radicals as characters: a font has one glyph for both, and Qt names
    the radical."""
    return unicodedata.normalize("NFKC", text).translate(str.maketrans("⻚⻓⺠‒", "页长民–"))


def bare(text):
    return re.sub(r"\s", "", text)


def test_a_png_shows_every_light_that_occurs(draw):
    image = QImage(str(draw("时限图.png")))
    seen = {
        image.pixelColor(x, y).name()
        for x in range(0, image.width(), 3)
        for y in range(0, image.height(), 2)
    }
    for key in ("red", "amber", "green"):
        assert QColor(light_rules().light(key).on_light).name() in seen


def test_an_svg_holds_its_texts_as_texts(draw):
    svg = draw("时限图.svg").read_text(encoding="utf-8")
    texts = bare("".join(re.findall(r">([^<>]*)</text>", svg)))
    for words in ("城乡提升专项时限图", "县水利局", "逾期10天", "今天3月2日", "无时限", "长期坚持"):
        assert words in texts
    for task in TASKS:
        assert bare(task.text) in texts


def legend_words(rows, tmp_path):
    """Return the words of a picture that name a kind of bar or of day."""
    target = tmp_path / "图.svg"
    write_svg(gantt_drawing(rows, "标题"), target)
    found = re.findall(r">([^<>]*)</text>", target.read_text(encoding="utf-8"))
    texts = {" ".join(text.split()) for text in found}
    named = {f"{light.shape} {light.word}" for light in rows.palette}
    return texts & {*named, "原定时限以后（延期）", "逾期至今", "周末、节假日"}


def test_the_legend_explains_only_what_is_drawn(fonts, tmp_path):
    many = replace(timeline_rows(9, groups=1), headings=(Heading("", 0, 9),))
    assert legend_words(many, tmp_path) == {
        *(f"{light.shape} {light.word}" for light in (many.palette[0], many.palette[2])),
        "原定时限以后（延期）",
        "逾期至今",
    }
    plain = replace(many, first_ends=array("i", [0] * 9), late_to=array("i", [0] * 9))
    short = replace(
        plain, first=many.today, starts=array("i", [many.today] * 9), lights=bytes([2] * 9),
        last=many.today + 50, ends=array("i", [many.today + 50] * 9), remaining=["剩50天"] * 9,
    )  # fmt: skip
    light = many.palette[2]
    assert legend_words(short, tmp_path) == {f"{light.shape} {light.word}", "周末、节假日"}
    barless = replace(
        plain, kinds=bytes([Kind.NONE] * 9), lights=bytes([3] * 9), remaining=["时限存疑"] * 9
    )
    assert legend_words(barless, tmp_path) == set()


def test_a_pdf_holds_its_texts_and_has_the_chosen_size(draw):
    for name, (width, height) in SIZES_IN_MM.items():
        ((size, text),) = pdf_pages(draw(f"{name}.pdf", paper=name))
        assert size == pytest.approx((width * 72 / 25.4, height * 72 / 25.4), abs=1)
        for task in TASKS:
            assert plain(bare(task.text)) in bare(text)
        assert "第1页共1页" in bare(text)


def test_many_tasks_go_on_over_pages_that_repeat_the_header(fonts, tmp_path):
    rows = timeline_rows(150, groups=3)
    target = tmp_path / "大图.pdf"
    write_pdf(gantt_drawing(rows, "全县重点任务时限图"), target, Paper.A4)
    pages = [bare(text) for _, text in pdf_pages(target)]
    assert len(pages) > 3
    for number, text in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in text
        for words in ("全县重点任务时限图", "牵头单位", "今天9月30日", "逾期至今"):
            assert words in text
    assert "(续)" in pages[1]
    assert "续" not in pages[0]
    for title in set(rows.titles):
        expected = sum(t == title for t in rows.titles)
        assert sum(page.count(plain(bare(title))) for page in pages) == expected


def test_grouping_and_filter_reach_the_picture(draw, ledger):
    svg = draw("分类.svg", wanted=Filter(ledger.id, group=GroupKey.SECTION)).read_text(
        encoding="utf-8"
    )
    assert "一、城建" in svg
    assert "按类别分组" in svg


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [("图.bmp", "gantt", ".png"), ("图", "gantt", ".png"), ("图.png", "radar", "没有“radar”")],
)
def test_an_unknown_kind_or_ending_is_refused_before_anything_is_written(
    fonts, office, ledger, tmp_path, now, name, kind, words
):
    with pytest.raises(UserError, match=words):
        write_picture(office, kind, ledger, None, tmp_path / name, now.date())
    assert not list(tmp_path.glob("图*"))


def test_a_picture_without_tasks_says_so_and_leaves_the_old_file(fonts, office, tmp_path, now):
    new_ledger(office, "空专项", who="张三", now=now)
    target = tmp_path / "旧图.png"
    target.write_bytes(b"old")
    with pytest.raises(UserError, match="没有任务可画"):
        write_picture(office, "gantt", choose_ledger(office, None), None, target, now.date())
    assert target.read_bytes() == b"old"


def test_too_many_tasks_for_one_image_are_sent_to_pdf(fonts, tmp_path):
    from tracker.printing.canvas import write_image

    drawing = gantt_drawing(timeline_rows(3000), "标题")
    with pytest.raises(UserError, match="PDF"):
        write_image(drawing, tmp_path / "图.png")
