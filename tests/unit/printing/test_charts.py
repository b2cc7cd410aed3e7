"""Charts on paper: every format, every page, nothing cut."""

from __future__ import annotations

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtGui import QImage, QPainter

from tracker.base.resources import load
from tracker.printing.chart_shapes import BarChart, BarLine, Piece, Point, Series, TrendChart
from tracker.printing.charts import ChartDrawing, chart_image, row_height
from tracker.printing.fonts import load_fonts
from tracker.printing.looks import Look
from tracker.printing.pdf import Paper

SERIES = (
    Series("done", "已完成", "✓", "#23774a", "#63c08d"),
    Series("late", "推进中·滞后", "▼", "#8f5a00", "#f0b44c"),
    Series("none", "未启动", "□", "#5f6a74", "#9aa5b1", hollow=True),
)


@pytest.fixture(autouse=True)
def fonts(qapp):
    load_fonts()


def codes(count):
    return tuple(f"1-{n:03d}" for n in range(count))


def bars(lines=5, count=3):
    pieces = (Piece(0, 0, codes(count)), Piece(2, count, codes(1)))
    return BarChart(
        "各单位任务状态",
        "共若干项。" * 30,
        SERIES,
        tuple(
            BarLine(str(n), f"县第{n}号名称很长很长的协调工作办公室", pieces, codes(count + 1))
            for n in range(lines)
        ),
    )


def trend(count):
    points = (
        Point(
            f"第{n + 1}期", "12月30日", n * 100 / max(1, count - 1), f"{n}.0%", f"{n}/9", codes(n)
        )
        for n in range(count)
    )
    return TrendChart("各期完成率", "完成率＝已完成÷应完成。", tuple(points))


def inked(image, box):
    """How many pixels of a box differ from its first one."""
    left, top, right, bottom = box
    ground = image.pixel(left, top)
    return sum(
        image.pixel(x, y) != ground for x in range(left, right, 3) for y in range(top, bottom, 3)
    )


@pytest.mark.parametrize("shape", [bars(), bars(1, 1), bars(60, 40), trend(1), trend(3), trend(48)])
def test_nothing_is_drawn_into_the_margins(shape):
    image = chart_image(ChartDrawing(shape, "政府工作报告任务（第3期）"))
    width, height = image.width(), image.height()
    assert inked(image, (0, 0, width, 40)) == 0
    assert inked(image, (0, height - 30, width, height)) == 0
    assert inked(image, (width - 30, 0, width, height)) == 0
    assert inked(image, (0, 0, width, height)) > 100


@pytest.mark.parametrize("paper", list(Paper))
def test_many_bars_go_on_from_page_to_page_at_one_scale(paper):
    drawing = ChartDrawing(bars(200), "台账")
    pages = drawing.pages(paper)
    size = paper.unit_size()
    assert all((page.width, page.height) == size for page in pages)
    fitting = (size[1] - 150) / row_height(Look(size=paper.text_size))
    assert len(pages) >= 200 / fitting
    for page in (pages[0], pages[-1]):
        image = QImage(round(page.width), round(page.height), QImage.Format.Format_RGB32)
        image.fill(0xFFFFFF)
        painter = QPainter(image)
        page.draw(painter)
        painter.end()
        assert inked(image, (0, image.height() - 12, image.width(), image.height())) == 0


def test_an_outline_needs_no_shape_before_its_number():
    assert [series.hollow for series in SERIES] == [False, False, True]


@pytest.mark.parametrize("group", ["completion", "pace"])
def test_numbers_are_readable_on_their_colours(group):
    for look in load("charts.toml")[group].values():
        assert contrast(look["light"], "#ffffff") >= 4.5
        assert contrast(look["dark"], "#10161d") >= 4.5


def contrast(one, other):
    bright, dim = sorted((luminance(one), luminance(other)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


def luminance(colour):
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
