"""The list of the files that came back: what needs the clerk first, each with its findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from tracker.ui.returns.file_lines import FileState
from tracker.ui.widgets.chips import GAP, PADDING, RADIUS, chip_font, chip_height

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtCore import QPersistentModelIndex
    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QWidget

    from tracker.ui.kit import Kit
    from tracker.ui.returns.file_lines import FileChip, FileLine
    from tracker.ui.returns.review import CollectReview
    from tracker.ui.theme import Theme

    AnyIndex = QModelIndex | QPersistentModelIndex

NO_INDEX = QModelIndex()
_SIDE, _TOP = 12, 6
_LOOKS = {
    FileState.LOCKED: ("red", "▲"),
    FileState.UNREADABLE: ("red", "▲"),
    FileState.UNKNOWN: ("red", "▲"),
    FileState.WAITING: ("amber", "◐"),
    FileState.EMPTY: ("violet", "○"),
    FileState.READ: ("accent", "○"),
    FileState.SAME: ("green", "✓"),
    FileState.COPY: ("quiet", "✓"),
    FileState.EARLIER: ("quiet", "–"),
}


class FileModel(QAbstractListModel):
    """Shows the files."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[FileLine, ...] = ()

    def show(self, lines: Sequence[FileLine]) -> None:
        """Show other files."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def renew(self, review: CollectReview) -> None:
        """Show the same files as they stand now, in the order they have."""
        if self._lines:
            by_key = {line.key: line for line in review.files()}
            self._lines = tuple(by_key[line.key] for line in self._lines)
            self.dataChanged.emit(self.index(0), self.index(len(self._lines) - 1))

    def line(self, row: int) -> FileLine | None:
        """Return the file in a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, key: str) -> int:
        """Return the row of a file; -1 where it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.key == key), -1)

    def rowCount(self, parent: AnyIndex = NO_INDEX) -> int:
        """Return how many files there are."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a file's words."""
        line = self.line(index.row()) if index.isValid() else None
        if line is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{line.title}　{line.state.value}"
        if role == Qt.ItemDataRole.ToolTipRole:
            found = [f"{chip.text}：{chip.tip}" if chip.tip else chip.text for chip in line.chips]
            return "\n".join(filter(None, (line.name, line.why, *found)))
        return None


class FileDelegate(QStyledItemDelegate):
    """Paints a file: whose it is and how it stands, its name, its findings as chips."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Two lines, and one more for chips where there are any."""
        line = _line(index)
        text = QFontMetricsF(option.font).lineSpacing()
        chips = chip_height(self._theme.size) + GAP if line is not None and line.chips else 0
        return QSize(60, round(2 * text + chips + 2 * _TOP))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one file."""
        line = _line(index)
        if line is None:
            return
        colours = self._theme.colours
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setClipRect(option.rect)
        painter.fillRect(option.rect, colours.of("accent_soft" if selected else "surface"))
        painter.setPen(colours.of("line"))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        box = QRectF(option.rect).adjusted(_SIDE, _TOP, -_SIDE, -_TOP)
        spacing = QFontMetricsF(option.font).lineSpacing()
        first = QRectF(box.left(), box.top(), box.width(), spacing)
        ink, mark = _LOOKS[line.state]
        self._pair(painter, first, option.font, line.title, (f"{mark} {line.state.value}", ink))
        second = first.translated(0, spacing)
        small = QFont(option.font)
        small.setPixelSize(max(10, option.font.pixelSize() - 2))
        under = line.name if line.unit else line.why
        self._pair(painter, second, small, under, (line.amount, "quiet"), ink="quiet")
        self._chips(painter, second.translated(0, spacing), option.font, line.chips)
        painter.restore()

    def _pair(
        self,
        painter: QPainter,
        box: QRectF,
        font: QFont,
        words: str,
        right: tuple[str, str],
        *,
        ink: str = "text",
    ) -> None:
        """Paint words at the left, cut to what the ones at the right leave."""
        metrics = QFontMetricsF(font)
        wide = metrics.horizontalAdvance(right[0])
        left = box.adjusted(0, 0, -(wide + 8 if wide else 0), 0)
        cut = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, left.width())
        flags = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font)
        painter.setPen(self._theme.colours.of(ink))
        painter.drawText(left, int(flags | Qt.AlignmentFlag.AlignLeft), cut)
        painter.setPen(self._theme.colours.of(right[1]))
        painter.drawText(box, int(flags | Qt.AlignmentFlag.AlignRight), right[0])

    def _chips(
        self, painter: QPainter, area: QRectF, base: QFont, chips: Sequence[FileChip]
    ) -> None:
        font, colours = chip_font(base), self._theme.colours
        metrics = QFontMetricsF(font)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font)
        x, height = area.left(), chip_height(self._theme.size)
        for at, chip in enumerate(chips):
            left = len(chips) - at - 1
            rest = metrics.horizontalAdvance(f"+{left}") + 2 * PADDING if left else 0
            wide = metrics.horizontalAdvance(chip.text) + 2 * PADDING
            room = area.right() - x - rest
            if wide > room and x > area.left():
                painter.setPen(colours.of("quiet"))
                box = QRectF(x, area.top() + GAP, 40, height)
                painter.drawText(box, int(Qt.AlignmentFlag.AlignVCenter), f"+{left + 1}")
                return
            box = QRectF(x, area.top() + GAP, min(wide, room), height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.of(f"{chip.tone.value}_soft"))
            painter.drawRoundedRect(box, RADIUS, RADIUS)
            painter.setPen(colours.of(chip.tone.value))
            text = metrics.elidedText(
                chip.text, Qt.TextElideMode.ElideRight, box.width() - 2 * PADDING + 1
            )
            painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), text)
            x = box.right() + GAP


class FileList(QListView):
    """Shows the files.

    Signals:
        moved: another file is in hand (its row, -1 for none).
        next_wanted: on to the next thing that waits.
        into_wanted: into the lines of the file in hand.
        act_wanted: do what the file in hand needs first.
        apply_wanted, cancel_wanted: the keys for these.
    """

    moved = Signal(int)
    next_wanted = Signal()
    into_wanted = Signal()
    act_wanted = Signal()
    apply_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, kit: Kit, model: FileModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(FileDelegate(kit.theme, self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        kit.theme.changed.connect(self.doItemsLayout)

    def go_to(self, row: int) -> None:
        """Take a file in hand."""
        index = self.model().index(row, 0)
        self.setCurrentIndex(index)
        self.scrollTo(index)

    def currentChanged(self, current: AnyIndex, previous: AnyIndex) -> None:
        """Tell which file is in hand."""
        super().currentChanged(current, previous)
        self.moved.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer the keys of the page; the rest is the list's own."""
        key = event.key()
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.apply_wanted.emit() if control else self.next_wanted.emit()
        elif key == Qt.Key.Key_F8:
            self.next_wanted.emit()
        elif key == Qt.Key.Key_Space:
            self.act_wanted.emit()
        elif key == Qt.Key.Key_Right:
            self.into_wanted.emit()
        elif key == Qt.Key.Key_Escape:
            self.cancel_wanted.emit()
        else:
            super().keyPressEvent(event)


def _line(index: AnyIndex) -> FileLine | None:
    model = index.model()
    return model.line(index.row()) if isinstance(model, FileModel) else None
