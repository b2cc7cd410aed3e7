"""What stands over the columns of a sheet: what each is taken for, its heading, samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QPainter
from PySide6.QtWidgets import QComboBox, QHeaderView

from tracker.domain.mapping import COLUMN_WORDS, EXTRA, IGNORED, TASK

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent, QWheelEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ui.imports.sheet_model import SheetModel
    from tracker.ui.kit import Kit

_GAP = 4
_CONTROL = 19
"""How much higher than its text a field is, with its frame."""
_NAMES = tuple(COLUMN_WORDS)


class FieldChooser(QComboBox):
    """Chooses what a column is; the wheel scrolls the sheet, not the choice."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.addItems(list(COLUMN_WORDS.values()))
        self.setMaxVisibleItems(len(_NAMES))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(2)

    @property
    def field(self) -> str:
        """What is chosen."""
        return _NAMES[self.currentIndex()]

    def show_field(self, name: str) -> None:
        """Show a field as chosen."""
        self.setCurrentIndex(_NAMES.index(name))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the sheet."""
        event.ignore()


class ColumnHeads(QHeaderView):
    """The head of a sheet: a chooser, the heading as printed and samples for each column.

    Attributes:
        choosers: one for each column; hidden while no header is known.

    Signals:
        chosen: a column was said to be something (its place, the field).
    """

    chosen = Signal(int, str)

    def __init__(self, kit: Kit, model: SheetModel, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._kit = kit
        self._sheet = model
        self._printed: Sequence[str] = ()
        self._samples: list[str] = []
        self.choosers: list[FieldChooser] = []
        self.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.sectionResized.connect(lambda *_: self.place())
        self.geometriesChanged.connect(self.place)

    def show_columns(self, fields: Sequence[str], printed: Sequence[str]) -> None:
        """Show what the columns were taken for; no fields where no header is known yet.

        Args:
            fields: by column; columns beyond are kept apart.
            printed: the headings.
        """
        count = self._sheet.columnCount()
        while len(self.choosers) < count:
            self.choosers.append(self._chooser(len(self.choosers)))
        self._printed = printed
        self._samples = ["；".join(said) for said in self._sheet.samples()]
        for column, chooser in enumerate(self.choosers):
            chooser.setVisible(bool(fields) and column < count)
            if fields and column < count:
                name = fields[column] if column < len(fields) else EXTRA
                chooser.show_field(name)
                self._name(chooser, column)
        self.place()
        self.viewport().update()

    def _chooser(self, column: int) -> FieldChooser:
        chooser = FieldChooser(self.viewport())
        chooser.activated.connect(lambda _at: self.chosen.emit(column, chooser.field))
        return chooser

    def _name(self, chooser: FieldChooser, column: int) -> None:
        """Tell those who cannot see what the chooser is for, and colour what is not read."""
        heading = self.heading(column)
        chooser.setAccessibleName(f"“{heading}”一栏作为")
        chooser.setToolTip(f"“{heading}”一栏作为“{chooser.currentText()}”")
        colours = self._kit.theme.colours
        colour = {TASK: colours.accent, EXTRA: colours.quiet, IGNORED: colours.grey}.get(
            chooser.field, colours.text
        )
        weight = 600 if chooser.field == TASK else 400
        chooser.setStyleSheet(f"QComboBox {{ color: {colour}; font-weight: {weight}; }}")

    def heading(self, column: int) -> str:
        """Return a column's heading as printed."""
        printed = self._printed[column] if column < len(self._printed) else ""
        return " ".join(printed.split()) or f"第{column + 1}栏"

    def least_width(self) -> int:
        """Return the width a chooser needs to be read."""
        return self.fontMetrics().horizontalAdvance("国国国国国") + 44

    def fit(self) -> None:
        """Take the height that the text needs."""
        for column, chooser in enumerate(self.choosers):
            self._name(chooser, column)
        self.updateGeometries()
        self.place()

    def _control_height(self) -> int:
        return self._kit.theme.size + _CONTROL

    def sizeHint(self) -> QSize:
        """Return room for a chooser and two lines."""
        height = self._control_height() + 2 * self.fontMetrics().lineSpacing() + 4 * _GAP
        return QSize(super().sizeHint().width(), height)

    def place(self) -> None:
        """Put each chooser over its column."""
        height = self._control_height()
        for column, chooser in enumerate(self.choosers):
            if column >= self.count():
                chooser.hide()
                continue
            left = self.sectionViewportPosition(column)
            width = self.sectionSize(column)
            chooser.setGeometry(left + _GAP, _GAP, max(width - 2 * _GAP, 1), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the choosers over their columns."""
        super().resizeEvent(event)
        self.place()

    def paintSection(self, painter: QPainter, rect: QRect, logical_index: int) -> None:
        """Paint the heading and the samples below the chooser."""
        colours = self._kit.theme.colours
        painter.save()
        painter.fillRect(rect, colours.of("panel"))
        painter.setPen(colours.of("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        line = self.fontMetrics().lineSpacing()
        top = rect.top() + self._control_height() + 2 * _GAP
        box = QRect(rect.left() + 8, top, rect.width() - 12, line)
        font = QFont(self.font())
        font.setBold(True)
        painter.setFont(font)
        painter.setPen(colours.of("text"))
        self._words(painter, box, self.heading(logical_index))
        painter.setFont(self.font())
        painter.setPen(colours.of("quiet"))
        known = logical_index < len(self._samples)
        said = self._samples[logical_index] if known else ""
        self._words(painter, box.translated(0, line), said or "（空）")
        painter.restore()

    def _words(self, painter: QPainter, box: QRect, text: str) -> None:
        cut = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(box, int(left), cut)
