"""The legend above a chart: what each colour and shape stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from tracker.printing.charts import draw_legend, legend_rows
from tracker.printing.looks import Look

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from tracker.printing.chart_shapes import Series


class Legend(QWidget):
    """Kinds in as many rows as the width asks for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: tuple[Series, ...] = ()
        self._look = Look()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_series(self, series: tuple[Series, ...], look: Look) -> None:
        """Show other kinds, or the same in another look."""
        self._series, self._look = series, look
        self.setAccessibleName("图例：" + "，".join(f"{s.shape} {s.word}" for s in series))
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Narrow legends are higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        return round(len(legend_rows(self._series, self._look, width)) * self._look.size * 2)

    def sizeHint(self) -> QSize:
        """One row."""
        return QSize(200, self.heightForWidth(max(200, self.width())))

    def minimumSizeHint(self) -> QSize:
        """As high as the rows at the present width."""
        return QSize(120, self.heightForWidth(max(120, self.width())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows = legend_rows(self._series, self._look, self.width())
        draw_legend(painter, rows, self._look, QPointF(0, 0))
