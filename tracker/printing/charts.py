"""The charts as pictures: the same shapes as on the screen, drawn with a legend and a note."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPen, QPolygonF

from tracker.printing.canvas import Sheet
from tracker.printing.chart_shapes import BarChart
from tracker.printing.looks import PAPER_LOOK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.printing.chart_shapes import BarLine, ChartShape, Point, Series, TrendChart
    from tracker.printing.looks import Look
    from tracker.printing.pdf import Paper

_WIDTH = 1040.0
_MARGIN = 32.0
_LONGEST_NAME = 0.3  # of the width
_TREND_HEIGHT = 420.0
_STEPS = (0, 25, 50, 75, 100)
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_MIDDLE = Qt.AlignmentFlag.AlignCenter
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWrapAnywhere


def series_colour(series: Series, look: Look) -> QColor:
    """Return the colour of a kind on this ground."""
    return QColor(series.on_dark if look.dark else series.on_light)


def draw_piece(painter: QPainter, rect: QRectF, series: Series, count: int, look: Look) -> None:
    """Draw a piece of a bar, with its shape and number where they fit."""
    colour = series_colour(series, look)
    inner = rect.adjusted(0.5, 0, -0.5, 0)
    if series.hollow:
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QColor(look.surface))
        painter.drawRect(inner.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.fillRect(inner, colour)
    painter.setFont(look.font(0.92))
    metrics = QFontMetricsF(painter.font())
    # An outline is shape enough, and a dash before a number would read as a minus.
    full = str(count) if series.hollow else f"{series.shape} {count}"
    for label in (full, str(count)):
        if metrics.horizontalAdvance(label) + 4 <= inner.width():
            painter.setPen(colour if series.hollow else QColor(look.on_accent))
            painter.drawText(inner, _MIDDLE, label)
            return


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    """A chart with title, legend and note.

    Attributes:
        heading: which ledger and round, under the title.
    """

    shape: ChartShape
    heading: str = ""
    look: Look = PAPER_LOOK

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{self.heading}　{self.shape.title}" if self.heading else self.shape.title

    def whole(self) -> Sheet:
        """Return it on one surface."""
        return _sheet(self, _WIDTH)

    def pages(self, paper: Paper) -> Sequence[Sheet]:
        """Return it on lying pages; a chart of many bars goes on from page to page."""
        width, height = paper.unit_size()
        fine = replace(self, look=replace(self.look, size=paper.text_size))
        if not isinstance(self.shape, BarChart):
            return (_framed(_sheet(fine, width, height), width, height),)
        rest = height - _sheet(fine._part(0, 0), width).height
        fitting = max(1, int(rest / row_height(fine.look)))
        count = max(1, len(self.shape.lines))
        parts = [fine._part(n, n + fitting) for n in range(0, count, fitting)]
        return tuple(_framed(_sheet(part, width), width, height) for part in parts)

    def _part(self, first: int, last: int) -> ChartDrawing:
        assert isinstance(self.shape, BarChart)
        shape = replace(self.shape, lines=self.shape.lines[first:last], scale=self.shape.most)
        return replace(self, shape=shape)


def _framed(sheet: Sheet, width: float, height: float) -> Sheet:
    return Sheet(width, height, sheet.draw)


def row_height(look: Look) -> float:
    """Return the height of a bar with the space around it."""
    return look.size * 2.1


def _sheet(drawing: ChartDrawing, width: float, height: float = 0) -> Sheet:
    """Lay a chart out from top to bottom."""
    look, shape = drawing.look, drawing.shape
    inner = width - 2 * _MARGIN
    top = _MARGIN + look.size * 1.6 * 1.5 + (look.size * 1.8 if drawing.heading else 0)
    legend = legend_rows(shape.series, look, inner) if isinstance(shape, BarChart) else []
    body_top = top + len(legend) * look.size * 2 + look.size
    metrics = QFontMetricsF(look.font(0.92))
    note = metrics.boundingRect(QRectF(0, 0, inner, 10_000), _WRAPPED, shape.note).height()
    if isinstance(shape, BarChart):
        body = len(shape.lines) * row_height(look)
    else:
        body = max(_TREND_HEIGHT * look.size / 13, height - body_top - note - 2 * _MARGIN)
    full = body_top + body + look.size + note + _MARGIN

    def draw(painter: QPainter) -> None:
        painter.fillRect(QRectF(0, 0, width, max(full, height)), QColor(look.surface))
        _draw_title(painter, drawing, inner)
        draw_legend(painter, legend, look, QPointF(_MARGIN, top))
        draw_chart(painter, QRectF(_MARGIN, body_top, inner, body), shape, look)
        painter.setFont(look.font(0.92))
        painter.setPen(QColor(look.quiet))
        box = QRectF(_MARGIN, body_top + body + look.size, inner, note + 2)
        painter.drawText(box, _WRAPPED, shape.note)

    return Sheet(width, full, draw)


def chart_image(drawing: ChartDrawing) -> QImage:
    """Return a chart as an image for the clipboard, twice as fine as a screen."""
    sheet = drawing.whole()
    image = QImage(round(sheet.width * 2), round(sheet.height * 2), QImage.Format.Format_RGB32)
    image.fill(QColor(drawing.look.surface))
    painter = QPainter(image)
    try:
        painter.scale(2, 2)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet.draw(painter)
    finally:
        painter.end()
    return image


def draw_chart(painter: QPainter, rect: QRectF, shape: ChartShape, look: Look) -> None:
    """Draw the bars or the curve alone into `rect`."""
    if isinstance(shape, BarChart):
        _draw_bars(painter, rect, shape, look)
    else:
        _draw_trend(painter, rect, shape, look)


def _draw_title(painter: QPainter, drawing: ChartDrawing, width: float) -> None:
    look = drawing.look
    painter.setPen(QColor(look.text))
    painter.setFont(look.font(1.5, bold=True))
    height = look.size * 1.6 * 1.3
    painter.drawText(QRectF(_MARGIN, _MARGIN, width, height), _LEFT, drawing.shape.title)
    if drawing.heading:
        painter.setPen(QColor(look.quiet))
        painter.setFont(look.font())
        box = QRectF(_MARGIN, _MARGIN + height, width, look.size * 1.8)
        words = painter.fontMetrics().elidedText(
            drawing.heading, Qt.TextElideMode.ElideRight, int(width)
        )
        painter.drawText(box, _LEFT, words)


def legend_rows(
    series: Sequence[Series], look: Look, width: float
) -> list[list[tuple[float, Series]]]:
    """Return the kinds with their places, row by row."""
    metrics = QFontMetricsF(look.font())
    rows: list[list[tuple[float, Series]]] = []
    x = width
    for one in series:
        wide = metrics.horizontalAdvance(f"{one.shape} {one.word}") + look.size * 2.4
        if x + wide > width or not rows:
            rows.append([])
            x = 0.0
        rows[-1].append((x, one))
        x += wide
    return rows


def draw_legend(
    painter: QPainter, rows: list[list[tuple[float, Series]]], look: Look, corner: QPointF
) -> None:
    """Draw the kinds with their swatches, row under row of `look.size * 2`."""
    painter.setFont(look.font())
    side = look.size
    for number, row in enumerate(rows):
        y = corner.y() + number * look.size * 2 + look.size
        for x, series in row:
            swatch = QRectF(corner.x() + x, y - side / 2, side, side)
            _draw_swatch(painter, swatch, series, look)
            painter.setPen(QColor(look.text))
            box = QRectF(swatch.right() + side * 0.4, y - look.size, _WIDTH, look.size * 2)
            painter.drawText(box, _LEFT, f"{series.shape} {series.word}")


def _draw_swatch(painter: QPainter, rect: QRectF, series: Series, look: Look) -> None:
    colour = series_colour(series, look)
    if series.hollow:
        painter.setPen(QPen(colour, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(rect.adjusted(0.5, 0.5, -0.5, -0.5))
    else:
        painter.fillRect(rect, colour)


def _draw_bars(painter: QPainter, rect: QRectF, chart: BarChart, look: Look) -> None:
    painter.setFont(look.font())
    metrics = QFontMetricsF(painter.font())
    widest = max((metrics.horizontalAdvance(line.word) for line in chart.lines), default=0)
    names = min(widest, rect.width() * _LONGEST_NAME) + look.size
    room = metrics.horizontalAdvance(chart.longest_label) + look.size
    scale = (rect.width() - names - room) / chart.most
    height = row_height(look)
    for place, line in enumerate(chart.lines):
        row = QRectF(rect.left(), rect.top() + place * height, rect.width(), height)
        _draw_line(painter, row, line, (names, scale), chart, look)


def _draw_line(
    painter: QPainter,
    row: QRectF,
    line: BarLine,
    measures: tuple[float, float],
    chart: BarChart,
    look: Look,
) -> None:
    names, scale = measures
    painter.setFont(look.font())
    painter.setPen(QColor(look.text))
    words = painter.fontMetrics().elidedText(
        line.word, Qt.TextElideMode.ElideRight, int(names - look.size * 0.8)
    )
    box = QRectF(row.left(), row.top(), names - look.size * 0.7, row.height())
    painter.drawText(box, _RIGHT, words)
    painter.setPen(QPen(QColor(look.line), 1))
    left = row.left() + names
    painter.drawLine(QPointF(left - 0.5, row.top()), QPointF(left - 0.5, row.bottom()))
    gap = row.height() * 0.14
    for piece in line.pieces:
        bar = QRectF(left + piece.start * scale, row.top() + gap, 0, row.height() - 2 * gap)
        bar.setWidth(piece.length * scale)
        draw_piece(painter, bar, chart.series[piece.series], piece.length, look)
    painter.setFont(look.font())
    painter.setPen(QColor(look.text if line.codes else look.quiet))
    end = left + line.length * scale + look.size * 0.4
    box = QRectF(end, row.top(), row.right() - end, row.height())
    painter.drawText(box, _LEFT, chart.label(line))


def _draw_trend(painter: QPainter, rect: QRectF, chart: TrendChart, look: Look) -> None:
    painter.setFont(look.font(0.92))
    metrics = QFontMetricsF(painter.font())
    left = rect.left() + metrics.horizontalAdvance("100%") + look.size
    top, bottom = rect.top() + look.size * 3, rect.bottom() - look.size * 3.4
    for step in _STEPS:
        y = bottom - (bottom - top) * step / 100
        painter.setPen(QPen(QColor(look.line), 1))
        painter.drawLine(QPointF(left, y), QPointF(rect.right(), y))
        painter.setPen(QColor(look.quiet))
        box = QRectF(
            rect.left(), y - look.size, left - rect.left() - look.size * 0.6, look.size * 2
        )
        painter.drawText(box, _RIGHT, f"{step}%")
    spacing = (rect.right() - left) / max(1, len(chart.points))
    dots: list[tuple[Point, QPointF]] = []
    for place, point in enumerate(chart.points):
        x = left + spacing * (place + 0.5)
        if point.percent is not None:
            y = bottom - (bottom - top) * point.percent / 100
            dots.append((point, QPointF(x, y)))
    painter.setPen(QPen(QColor(look.accent), 2))
    painter.drawPolyline(QPolygonF([dot for _, dot in dots]))
    every = _thinned(spacing, metrics.horizontalAdvance("12月30日") + look.size)
    for place, point in enumerate(chart.points):
        if place % every == 0:
            foot = QRectF(left + spacing * place, bottom + look.size * 0.5, spacing, look.size * 3)
            wide = foot.adjusted(-spacing * every, 0, spacing * every, 0)
            _draw_foot(painter, wide, point, look)
    for place, (point, dot) in enumerate(dots):
        _draw_dot(painter, dot, point, look, labelled=place % every == 0)


def _thinned(spacing: float, needed: float) -> int:
    """Return that every n-th point has room for its words."""
    return max(1, -int(-needed // max(1.0, spacing)))


def _draw_foot(painter: QPainter, box: QRectF, point: Point, look: Look) -> None:
    painter.setFont(look.font(0.92))
    half = box.height() / 2
    painter.setPen(QColor(look.text))
    painter.drawText(QRectF(box.left(), box.top(), box.width(), half), _MIDDLE, point.word)
    painter.setPen(QColor(look.quiet))
    below = QRectF(box.left(), box.top() + half, box.width(), half)
    painter.drawText(below, _MIDDLE, point.detail)


def _draw_dot(painter: QPainter, dot: QPointF, point: Point, look: Look, *, labelled: bool) -> None:
    radius = look.size * 0.35
    painter.setPen(QPen(QColor(look.accent), 2))
    painter.setBrush(QColor(look.surface))
    painter.drawEllipse(dot, radius, radius)
    if not labelled:
        return
    painter.setFont(look.font(bold=True))
    wide = painter.fontMetrics().horizontalAdvance(max(point.label, point.fraction, key=len)) + 8
    box = QRectF(dot.x() - wide / 2, dot.y() - look.size * 3.4, wide, look.size * 1.5)
    painter.fillRect(box.adjusted(0, 0, 0, look.size * 1.2), QColor(look.surface))
    painter.setPen(QColor(look.text))
    painter.drawText(box, _MIDDLE, point.label)
    painter.setPen(QColor(look.quiet))
    painter.setFont(look.font(0.92))
    painter.drawText(box.translated(0, look.size * 1.4), _MIDDLE, point.fraction)
