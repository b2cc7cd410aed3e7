"""The plots of the charts. Loads pyqtgraph, so it is imported when a chart is first shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QMouseEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip

from tracker.printing.charts import draw_piece, row_height
from tracker.printing.looks import Look

if TYPE_CHECKING:
    from PySide6.QtGui import QContextMenuEvent, QPainter, QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

    from tracker.printing.chart_shapes import BarChart, BarLine, TrendChart
    from tracker.ui.theme import Theme

_LONGEST_NAME = 0.34  # of the plot's width
_TREND_SPAN = (-4.0, 122.0)  # above 100 % there must be room for a label
_STEPS = (0, 25, 50, 75, 100)


def look_of(theme: Theme) -> Look:
    """Return how drawings look on the screen now."""
    colours = theme.colours
    return Look(
        surface=colours.surface,
        panel=colours.panel,
        line=colours.line,
        text=colours.text,
        quiet=colours.quiet,
        accent=colours.accent,
        on_accent=colours.on_accent,
        dark=theme.is_dark,
        hatched=False,
        size=theme.size,
    )


class _Plot(pg.PlotWidget):  # type: ignore[misc]  # pyqtgraph has no types
    """A plot without pyqtgraph's own menus, buttons and zoom.

    Signals:
        picked: key of the line, codes of the tasks behind what was clicked, and it in words.
        menu_wanted: the same three of what lies under the mouse, or None, and where on the screen.
    """

    picked = Signal(str, object, str)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        item = self.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setMouseEnabled(False, False)
        item.layout.setContentsMargins(0, 0, 0, 0)
        item.vb.setDefaultPadding(0)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMouseTracking(True)
        self.viewport().setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.look = Look()

    def _dress(self, look: Look) -> None:
        """Put a look on background and axes."""
        self.look = look
        self.setBackground(QColor(look.surface))
        for name in ("left", "bottom"):
            axis = self.getAxis(name)
            axis.setStyle(tickLength=0, tickFont=look.font(), hideOverlappingLabels=False)
            axis.setTextPen(QColor(look.text))
            axis.setPen(QColor(look.line))

    def hit(self, at: QPointF) -> tuple[str, tuple[str, ...], str] | None:
        """Return line, tasks and words of what lies at a point of the plot's own scale."""
        raise NotImplementedError

    def told(self, found: tuple[str, tuple[str, ...], str]) -> str:
        """Return in words what lies under the mouse and how much it is."""
        _, codes, words = found
        return f"{words}：{len(codes):,} 项"

    def _found(self, event: QMouseEvent) -> tuple[str, tuple[str, ...], str] | None:
        return self._under(event.position().toPoint())

    def _under(self, at: QPoint) -> tuple[str, tuple[str, ...], str] | None:
        scene = self.mapToScene(at)
        view = self.getPlotItem().vb
        if not view.sceneBoundingRect().contains(scene):
            return None
        return self.hit(view.mapSceneToView(scene))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show what can be clicked and what it is."""
        found = self._found(event)
        shape = Qt.CursorShape.PointingHandCursor if found else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        if found:
            where = event.globalPosition().toPoint()
            QToolTip.showText(where, f"{self.told(found)}，点击查看", self)
        else:
            QToolTip.hideText()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the press; the release decides."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Pick what was clicked."""
        found = self._found(event)
        if found and event.button() == Qt.MouseButton.LeftButton:
            self.picked.emit(*found)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click is no other wish than the first."""
        event.accept()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for our own menu."""
        self.menu_wanted.emit(self._under(event.pos()), event.globalPos())
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the list around the plot."""
        event.ignore()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the words away."""
        QToolTip.hideText()


class _Bars(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """All bars of a chart as one item; numbers and shapes are drawn in pixels."""

    def __init__(self, chart: BarChart, look: Look) -> None:
        super().__init__()
        self._chart = chart
        self._look = look

    def boundingRect(self) -> QRectF:
        """The whole plot: the numbers stand right of the bars."""
        return QRectF(0, -0.5, self._chart.most * 2, len(self._chart.lines))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint the lines in sight."""
        exposed = self.viewRect()
        transform = painter.worldTransform()
        painter.resetTransform()
        first = max(0, int(exposed.top() + 0.5))
        for place, line in enumerate(self._chart.lines[first:], first):
            if place - 0.5 > exposed.bottom():
                break
            row = transform.mapRect(QRectF(0, place - 0.5, 1, 1))
            self._paint_line(painter, row, line)

    def _paint_line(self, painter: QPainter, row: QRectF, line: BarLine) -> None:
        """Paint a line; `row` is as wide as one task."""
        gap = row.height() * 0.14
        for piece in line.pieces:
            number = piece.length
            left = row.left() + piece.start * row.width()
            box = QRectF(left, row.top() + gap, number * row.width(), row.height() - 2 * gap)
            draw_piece(painter, box, self._chart.series[piece.series], number, self._look)
        painter.setFont(self._look.font())
        painter.setPen(QColor(self._look.text if line.codes else self._look.quiet))
        end = row.left() + line.length * row.width() + self._look.size * 0.4
        words = QRectF(end, row.top(), 200, row.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self._chart.label(line))


class BarPlot(_Plot):
    """Lying bars, as high as its lines need."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: BarChart | None = None
        self.hideAxis("bottom")
        self.getPlotItem().vb.invertY(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_chart(self, chart: BarChart, look: Look) -> None:
        """Show another chart, or the same in another look."""
        self._chart = chart
        self._dress(look)
        self.clear()
        self.addItem(_Bars(chart, look))
        self.setFixedHeight(round(len(chart.lines) * row_height(look)) + 2)
        self._fit()

    def _fit(self) -> None:
        """Give names and numbers the room they need; the bars take the rest."""
        if self._chart is None:
            return
        chart, look = self._chart, self.look
        metrics = QFontMetricsF(look.font())
        most = self.width() * _LONGEST_NAME
        widest = max((metrics.horizontalAdvance(line.word) for line in chart.lines), default=0)
        names = min(widest, most) + look.size
        mode = Qt.TextElideMode.ElideRight
        ticks = [(n, metrics.elidedText(x.word, mode, most)) for n, x in enumerate(chart.lines)]
        axis = self.getAxis("left")
        axis.setWidth(names)
        axis.setTicks([ticks])
        numbers = metrics.horizontalAdvance(chart.longest_label) + look.size
        bars = max(1.0, self.width() - names - numbers)
        self.setXRange(0, chart.most * (bars + numbers) / bars, padding=0)
        self.setYRange(-0.5, len(chart.lines) - 0.5, padding=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep names and numbers their size."""
        super().resizeEvent(event)
        if hasattr(self, "_chart"):  # the base class resizes itself while it is being made
            self._fit()

    def hit(self, at: QPointF) -> tuple[str, tuple[str, ...], str] | None:
        """Return a piece of a bar; right of the bar and on its number the whole bar."""
        lines = self._chart.lines if self._chart else ()
        place = int(at.y() + 0.5)
        if self._chart is None or not 0 <= place < len(lines) or not lines[place].codes:
            return None
        line = lines[place]
        piece = line.piece_at(at.x())
        if piece is None or self._chart.measure:
            return line.key, line.codes, line.word
        return line.key, piece.codes, f"{line.word}·{self._chart.series[piece.series].word}"

    def told(self, found: tuple[str, tuple[str, ...], str]) -> str:
        """Return a bar that measures something else than tasks with its own number."""
        if self._chart is None or not self._chart.measure:
            return super().told(found)
        line = next(line for line in self._chart.lines if line.key == found[0])
        return f"{line.word}：{self._chart.label(line)}"

    def spot(self, line: int, value: float) -> QPointF:
        """Return where a value of a line stands in the widget."""
        scene = self.getPlotItem().vb.mapViewToScene(QPointF(value, line))
        return QPointF(self.mapFromScene(scene))


class _Labels(pg.GraphicsObject):  # type: ignore[misc]  # pyqtgraph has no types
    """The shares above the points of a curve, in pixels; where it is tight only some."""

    def __init__(self, chart: TrendChart, look: Look) -> None:
        super().__init__()
        self._chart = chart
        self._look = look

    def boundingRect(self) -> QRectF:
        """The whole plot."""
        low, high = _TREND_SPAN
        return QRectF(-0.5, low, max(1, len(self._chart.points)), high - low)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionGraphicsItem,
        widget: QWidget | None = None,
    ) -> None:
        """Paint share and fraction above each point."""
        transform = painter.worldTransform()
        painter.resetTransform()
        look = self._look
        fonts = (look.font(bold=True), look.font(0.92))
        for place, point in enumerate(self._chart.points):
            if point.percent is None or place % _every(self._chart, look, transform.m11()):
                continue
            spot = transform.map(QPointF(place, point.percent))
            wide = QFontMetricsF(fonts[0]).horizontalAdvance(point.label) + 8
            box = QRectF(spot.x() - wide / 2, spot.y() - look.size * 3.4, wide, look.size * 1.5)
            painter.fillRect(box.adjusted(0, 0, 0, look.size), QColor(look.surface))
            for font, words, colour in zip(
                fonts, (point.label, point.fraction), (look.text, look.quiet), strict=True
            ):
                painter.setFont(font)
                painter.setPen(QColor(colour))
                painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
                box.translate(0, look.size * 1.3)


def _every(chart: TrendChart, look: Look, spacing: float) -> int:
    """Return that every n-th point has room for its words."""
    metrics = QFontMetricsF(look.font())
    widest = max((metrics.horizontalAdvance(p.detail or p.word) for p in chart.points), default=0)
    return max(1, -int(-(widest + look.size) // max(1.0, spacing)))


class TrendPlot(_Plot):
    """Shares from round to round."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chart: TrendChart | None = None
        self.getAxis("left").setTicks([[(step, f"{step}%") for step in _STEPS]])

    def show_chart(self, chart: TrendChart, look: Look) -> None:
        """Show another chart, or the same in another look."""
        self._chart = chart
        self._dress(look)
        self.clear()
        for step in _STEPS:
            self.addItem(pg.InfiniteLine(step, angle=0, pen=QPen(QColor(look.line), 0)))
        dots = [(n, p.percent) for n, p in enumerate(chart.points) if p.percent is not None]
        accent = QColor(look.accent)
        self.plot(
            [x for x, _ in dots],
            [y for _, y in dots],
            pen=pg.mkPen(accent, width=2),
            symbol="o",
            symbolSize=look.size * 0.7,
            symbolPen=pg.mkPen(accent, width=2),
            symbolBrush=QColor(look.surface),
            antialias=True,
        )
        self.addItem(_Labels(chart, look))
        self.setMinimumHeight(round(look.size * 16))
        self._fit()

    def _fit(self) -> None:
        if self._chart is None:
            return
        chart, look = self._chart, self.look
        metrics = QFontMetricsF(look.font())
        names = metrics.horizontalAdvance("100%") + look.size
        self.getAxis("left").setWidth(names)
        self.getAxis("bottom").setHeight(look.size * 3.4)
        count = max(1, len(chart.points))
        every = _every(chart, look, (self.width() - names) / count)
        words = [(n, f"{p.word}\n{p.detail}") for n, p in enumerate(chart.points) if not n % every]
        self.getAxis("bottom").setTicks([words])
        self.setXRange(-0.5, count - 0.5, padding=0)
        self.setYRange(*_TREND_SPAN, padding=0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as many words under the points as there is room for."""
        super().resizeEvent(event)
        if hasattr(self, "_chart"):  # the base class resizes itself while it is being made
            self._fit()

    def hit(self, at: QPointF) -> tuple[str, tuple[str, ...], str] | None:
        """Return the round whose point is nearest."""
        points = self._chart.points if self._chart else ()
        place = int(at.x() + 0.5)
        if not 0 <= place < len(points) or not points[place].codes:
            return None
        return "", points[place].codes, f"{points[place].word}·已完成"
