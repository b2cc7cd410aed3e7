"""The wall chart on paper: every word whole, nothing over the border, tiles that fit together."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from itertools import pairwise

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from tests.helpers.walls import task_words, wall_rows
from tracker.base.errors import Cancelled
from tracker.base.progress import Progress
from tracker.domain.light_rules import light_rules
from tracker.domain.wall_chart import PAPERS, WallColumn, WallWishes
from tracker.ops.gantt import gantt_drawing
from tracker.printing.canvas import painted, write_image, write_svg
from tracker.printing.gantt_bars import fill_bar
from tracker.printing.gantt_rows import Heading
from tracker.printing.looks import PAPER_LOOK
from tracker.printing.pdf import MM, Paper, write_pdf
from tracker.printing.texts import Face
from tracker.printing.wall_pages import Measures, paginate
from tracker.printing.wall_table import WallTable
from tracker.printing.wall_tiles import EDGE_MM, OVERLAP_MM, Tiling

ALL = tuple(WallColumn)
TITLE = "全县重点任务时限图"


def bare(text):
    """Return text without blanks, radicals as characters: a font has one glyph for both."""
    plain = unicodedata.normalize("NFKC", text).translate(str.maketrans("⻚⻓⺠‒", "页长民–"))
    return re.sub(r"\s", "", plain)


def written(path, rows, paper="A3", **wishes):
    """Return the pages of a chart: size, text, box around all characters."""
    write_pdf(gantt_drawing(rows, TITLE, paper, WallWishes(**wishes)), path, Paper(paper))
    document = pypdfium2.PdfDocument(path)
    try:
        return [page_of(page) for page in document]
    finally:
        document.close()


def page_of(page):
    text = page.get_textpage()
    boxes = [text.get_charbox(n) for n in range(0, text.count_chars(), 3)]
    around = (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )
    return page.get_size(), bare(text.get_text_bounded()), around


@pytest.mark.parametrize(
    ("count", "paper", "wishes"),
    [
        (1, "A4", {}),
        (1, "A0", {"fit": True}),
        (35, "A4", {"upright": True, "columns": ALL}),
        (35, "A3", {"fit": True}),
        (200, "A4", {}),
        (200, "A0", {"columns": ALL, "upright": True}),
        (1000, "A3", {"upright": True}),
    ],
)
def test_every_task_is_on_paper_whole_and_nothing_is_over_the_border(
    fonts, tmp_path, count, paper, wishes
):
    pages = written(tmp_path / "图.pdf", wall_rows(count), paper, **wishes)
    long, short = (side * 72 / 96 for side in Paper(paper).unit_size())
    size = (short, long) if wishes.get("upright") else (long, short)
    text = "".join(text for _, text, _ in pages)
    for row in range(count):
        assert bare(task_words(row)) in text, row
    for found, said, (left, bottom, right, top) in pages:
        assert found == pytest.approx(size, abs=1)
        assert left > 10
        assert bottom > 10
        assert right < found[0] - 10
        assert top < found[1] - 10
        assert bare(TITLE) in said
    for number, (_, said, _) in enumerate(pages, 1):
        assert f"第{number}页共{len(pages)}页" in said


def test_numbers_units_and_further_columns_are_whole_too(fonts, tmp_path):
    rows = wall_rows(30)
    text = "".join(said for _, said, _ in written(tmp_path / "图.pdf", rows, "A3", columns=ALL))
    for column in WallColumn:
        for words in rows.cells[column.value]:
            assert bare(words) in text, (column, words)


def test_lines_of_names_break_between_names(fonts):
    names = "县住建局、白石镇人民政府、县自然资源和规划局、县教育局"
    rows = replace(wall_rows(1), cells={WallColumn.LEAD.value: [names]})
    face, bold = Face(PAPER_LOOK.font()), Face(PAPER_LOOK.font(bold=True))
    for width in range(60, 700, 35):
        table = WallTable(rows, (WallColumn.LEAD,), (face, bold), float(width))
        (column,) = table.columns
        lines = table.cell(column, 0)
        assert "".join(lines) == names
        assert all(face.width(line) <= column.width + 1 for line in lines)
        if column.width >= face.width("县自然资源和规划局、"):
            assert all(line.endswith("、") for line in lines[:-1])


def test_only_the_columns_chosen_are_printed(fonts, tmp_path):
    few = (WallColumn.TASK, WallColumn.DEADLINE)
    ((_, text, _),) = written(tmp_path / "图.pdf", wall_rows(3), "A3", columns=few)
    assert "3月底前" in text
    for words in ("序号", "牵头单位", "配合单位", "推进中"):
        assert bare(words) not in text.replace(bare("按牵头单位分组"), "")


def test_words_longer_than_a_sheet_go_on_over_sheets(fonts, tmp_path):
    rows = wall_rows(3, groups=1)
    cells = {**rows.cells, WallColumn.TASK.value: ["短。", "鼎" * 4000, "末。"]}
    pages = written(tmp_path / "图.pdf", replace(rows, cells=cells), "A4")
    assert len(pages) > 2
    assert sum(text.count("鼎") for _, text, _ in pages) == 4000
    for _, bottom_text, (_, bottom, _, _) in pages:
        assert bottom > 10
        assert bottom_text
    assert "末。" in pages[-1][1]


def test_a_long_heading_and_a_long_title_are_whole(fonts, tmp_path):
    rows = wall_rows(4, groups=2)
    long = "关于印发全县重点工作任务分解方案的通知及其补充说明" * 6
    rows = replace(rows, headings=(Heading(long, 0, 2), rows.headings[1]))
    drawing = gantt_drawing(rows, long, "A4", WallWishes(upright=True))
    path = tmp_path / "图.pdf"
    write_pdf(drawing, path, Paper.A4)
    document = pypdfium2.PdfDocument(path)
    text = bare("".join(page.get_textpage().get_text_bounded() for page in document))
    document.close()
    assert text.count(bare(long)) == 2


@pytest.mark.parametrize("paper", PAPERS)
def test_one_sheet_is_filled_with_the_largest_letters_that_fit(fonts, paper):
    rows = wall_rows(35)
    usual = gantt_drawing(rows, TITLE, paper).laid_out(Paper(paper))
    filled = gantt_drawing(rows, TITLE, paper, WallWishes(fit=True)).laid_out(Paper(paper))
    assert len(filled.sheets) <= len(usual.sheets)
    assert filled.points >= 6.75
    if paper in ("A1", "A0"):
        assert len(filled.sheets) == 1
        assert filled.points > usual.points or len(usual.sheets) > 1


def test_the_fonts_are_in_the_file(fonts, tmp_path):
    path = tmp_path / "图.pdf"
    written(path, wall_rows(5))
    content = path.read_bytes()
    described = re.findall(rb"/Type */FontDescriptor", content)
    assert described
    assert len(re.findall(rb"/FontFile\d? ", content)) == len(described)


# Tiles


@pytest.mark.parametrize(
    ("paper", "tile", "upright", "across", "down"),
    [
        ("A3", "A4", False, 2, 1),
        ("A2", "A4", False, 2, 2),
        ("A1", "A4", False, 4, 2),
        ("A0", "A4", True, 4, 4),
        ("A0", "A3", False, 4, 2),
    ],
)
def test_a_chart_is_cut_into_as_many_tiles_as_its_paper_holds(paper, tile, upright, across, down):
    tiling = Tiling.of(paper, tile, upright=upright)
    assert (tiling.across, tiling.down) == (across, down)
    long, short = Paper(paper).unit_size()
    width, height = (short, long) if upright else (long, short)
    assert 0.8 * width < tiling.width < width
    assert 0.8 * height < tiling.height < height


def test_tiles_no_smaller_than_the_chart_are_whole_sheets():
    assert WallWishes(tiles="A3").tiles_for("A3") == ""
    assert WallWishes(tiles="A3").tiles_for("A4") == ""
    assert WallWishes(tiles="A4").tiles_for("A3") == "A4"


def test_each_tile_says_where_it_goes_and_holds_its_part(fonts, tmp_path):
    pages = written(tmp_path / "图.pdf", wall_rows(20), "A1", tiles="A4")
    assert len(pages) % 4 == 0
    rows = len(pages) // 4
    for number, ((width, height), text, _) in enumerate(pages):
        assert (width, height) == pytest.approx((595, 842), abs=1)
        row, column = number // 4 + 1, number % 4 + 1
        assert f"第{row}行第{column}列(共{rows}行4列)" in text
    everything = "".join(text for _, text, _ in pages)
    for row in range(20):
        assert bare(task_words(row)) in everything


def inner(image, tiling):
    """Return the pixels of a tile's picture, a list of rows of grey values."""
    edge = round(EDGE_MM * MM)
    wide, high = (int(side) for side in tiling.inner)
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    return [
        [QColor(grey.pixel(x, y)).red() for x in range(edge, edge + wide)]
        for y in range(edge, edge + high, 7)
    ]


def test_neighbours_share_what_is_glued(fonts):
    drawing = gantt_drawing(wall_rows(40), TITLE, "A2", WallWishes(tiles="A4"))
    laid = drawing.laid_out(Paper.A2)
    left, right = (inner(painted(sheet, 1.0), laid.tiling) for sheet in laid.sheets[:2])
    overlap = round(OVERLAP_MM * MM)
    ends = [row[-overlap:] for row in left]
    begins = [row[:overlap] for row in right]
    off = [
        abs(a - b)
        for one, two in zip(ends, begins, strict=True)
        for a, b in zip(one, two, strict=True)
    ]
    assert sum(off) / len(off) < 4
    assert min(min(row) for row in ends) < 128  # something is printed there


# Legend and grey


def test_every_light_has_a_filling_of_its_own_in_grey():
    patterns = []
    for light in light_rules().lights:
        image = QImage(60, 16, QImage.Format.Format_RGB32)
        image.fill(QColor("#ffffff"))
        painter = QPainter(image)
        colour = QColor("#555555")  # all lights in one ink: only the pattern may tell them apart
        fill_bar(painter, QRectF(2, 2, 56, 12), light, colour, hatched=True)
        painter.end()
        patterns.append(bytes(image.constBits()))
    barred = patterns[:3] + patterns[-1:]  # a task without a date has no bar
    assert len(set(barred)) == len(barred)
    assert PAPER_LOOK.hatched


# Stopping


class StopAt(Progress):
    """A user who stops at the n-th step."""

    def __init__(self, at):
        super().__init__()
        self._left = at

    def step(self, *args, **kwargs):
        self._left -= 1
        if self._left < 0:
            self.cancel_wanted = True
        super().step(*args, **kwargs)


@pytest.mark.parametrize("ending", ["pdf", "svg", "png"])
@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_stopped_chart_leaves_no_half_file(fonts, tmp_path, ending, at):
    target = tmp_path / f"图.{ending}"
    drawing = gantt_drawing(wall_rows(700), TITLE, "A3", progress=StopAt(at))
    with pytest.raises(Cancelled):
        if ending == "pdf":
            write_pdf(drawing, target, Paper.A3)
        else:
            (write_svg if ending == "svg" else write_image)(drawing, target)
    assert not target.exists()


def test_hundreds_of_tasks_fit_one_image_of_large_paper(fonts, tmp_path):
    target = tmp_path / "图.png"
    write_image(gantt_drawing(wall_rows(400), TITLE, "A0"), target)
    image = QImage(str(target))
    assert 25 * image.width() / Paper.A0.unit_size()[0] >= 9  # letters stay readable


# Pages


@st.composite
def charts(draw):
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=5))
    titled = draw(st.booleans())
    firsts = [sum(sizes[:n]) for n in range(len(sizes))]
    headings = [
        Heading(f"组{n}" if titled else "", first, size)
        for n, (first, size) in enumerate(zip(firsts, sizes, strict=True))
    ]
    lines = draw(st.lists(st.integers(1, 30), min_size=sum(sizes), max_size=sum(sizes)))
    return headings, lines


@given(charts(), st.integers(80, 200))
def test_no_line_is_lost_or_doubled_and_no_heading_stands_alone(chart, room):
    headings, lines = chart
    measures = Measures(
        heading=lambda place, _goes_on: 20.0 if headings[place].title else 0.0,
        lines=lambda row: lines[row],
        row=lambda _row, count: max(24.0, 10.0 * count + 7),
        lines_in=lambda height: max(0, int((height - 7) // 10)),
    )
    pages = paginate(headings, measures, float(room))
    seen = {}
    for page in pages:
        assert page.height <= room
        assert page.height == sum(line.height for line in page.lines)
        assert not page.lines[-1].item.is_heading
        for before, after in pairwise(page.lines):
            assert not (before.item.is_heading and after.item.is_heading)
        for line in page.lines:
            if not line.item.is_heading:
                span = line.cut or (0, lines[line.item.row])
                seen.setdefault(line.item.row, []).append(span)
    assert sorted(seen) == list(range(len(lines)))
    for row, spans in seen.items():
        assert spans[0][0] == 0
        assert spans[-1][1] == lines[row]
        assert all(a[1] == b[0] for a, b in pairwise(spans))
