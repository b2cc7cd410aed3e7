"""The list on the left: ledgers, lights, ready selections and units with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QElapsedTimer,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.browse import SideCounts
from tracker.ops.browse import counts
from tracker.ui.widgets.lamp import lamp_colour, lamp_size, paint_lamp, rules_shown
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import add, add_copy, hang_menu
from tracker.ui.widgets.side_rows import NOT_NARROWED, SideRow, side_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.light_rules import LightRules
    from tracker.ui.kit import Kit

ROW = Qt.ItemDataRole.UserRole
SIDE = 12
_CHOOSING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class SidePanel(QWidget):
    """Shows where there is something to do; a click narrows the shared filter.

    Signals:
        ledger_chosen: another ledger was clicked (its id).
    """

    ledger_chosen = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._found = SideCounts()
        self._all_units = False
        self.list = QListWidget()
        self.list.setObjectName("side")
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMouseTracking(True)
        self._delegate = _SideDelegate(kit, self.list)
        self.list.setItemDelegate(self._delegate)
        self.list.itemClicked.connect(self._on_clicked)
        self.list.installEventFilter(self)
        hang_menu(self.list, self.menu)
        self._clicked: tuple[str, object] = ("", None)
        self._since = QElapsedTimer()
        self._since.start()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.list)
        self._count = LatestRead(kit.runner, "统计任务", self._counting, self._on_counted, self)
        kit.hub.opened.connect(self._on_opened)
        kit.hub.changed.connect(lambda _changes, _initiator: self._count.ask())
        kit.hub.filtered.connect(self._on_filtered)
        kit.theme.changed.connect(self._show)
        self._on_opened()

    def rows(self) -> tuple[SideRow, ...]:
        """Return what is shown, from top to bottom."""
        return tuple(self.list.item(n).data(ROW) for n in range(self.list.count()))

    def _on_opened(self) -> None:
        self._all_units = False
        if self._kit.hub.office is None:
            self._on_counted(SideCounts())
        self._count.ask()

    def _counting(self) -> Callable[[], SideCounts] | None:
        hub = self._kit.hub
        if hub.office is None:
            return None
        office, today = hub.office, hub.today
        ledger_id = hub.ledger.id if hub.ledger else None
        round_id = hub.round.id if hub.round else None
        return lambda: counts(office, ledger_id, round_id, today)

    def _on_counted(self, found: SideCounts) -> None:
        self._found = found
        self._delegate.set_rules(rules_shown(found.lights))
        self._show()

    def _on_filtered(self) -> None:
        """Show what is marked now; a word typed into the search changes nothing here."""
        if self._wanted_rows() != self.rows():
            self._show()

    def _wanted_rows(self) -> tuple[SideRow, ...]:
        return side_rows(self._found, self._kit.hub.filter, all_units=self._all_units)

    def _show(self) -> None:
        """Make the rows anew; the list keeps its place."""
        rows = self._wanted_rows()
        kept, place = self.list.currentRow(), self.list.verticalScrollBar().value()
        self.list.clear()
        for row in rows:
            count = "" if row.count is None else f" {row.count}"
            item = QListWidgetItem(f"{row.name}{count}")
            item.setData(ROW, row)
            item.setToolTip(row.name if len(row.name) > 8 else "")
            if row.kind == "heading":
                item.setFlags(Qt.ItemFlag.NoItemFlags)
            self.list.addItem(item)
        if 0 <= kept < len(rows):
            self.list.setCurrentRow(kept)
        self.list.verticalScrollBar().setValue(place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter and the space bar choose the row that has the focus."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            item = self.list.currentItem()
            if event.key() in _CHOOSING and item is not None:
                self._choose(item.data(ROW))
                return True
        return False

    def menu(self) -> QMenu | None:
        """Return what can be done with the row in hand; None for a heading."""
        item = self.list.currentItem()
        row: SideRow | None = item.data(ROW) if item is not None else None
        if row is None or row.kind == "heading":
            return None
        menu = QMenu(self.list)
        words = {"ledger": f"打开“{row.name}”", "all": "看全部任务", "more": row.name}.get(
            row.kind, f"不再只看“{row.name}”" if row.is_on else f"只看“{row.name}”"
        )
        is_open = row.kind == "ledger" and row.is_on
        add(menu, words, lambda: self._choose(row), key="Return", enabled=not is_open)
        if row.kind != "all":
            add(menu, "看全部任务", lambda: self._kit.hub.narrow(**NOT_NARROWED))
        if row.kind in ("ledger", "unit"):
            add_copy(menu, "复制名称", row.name)
        return menu

    def _on_clicked(self, item: QListWidgetItem) -> None:
        """Choose a row; the second half of a double click does not take it back."""
        row: SideRow = item.data(ROW)
        what = (row.kind, row.key)
        if what != self._clicked or self._since.elapsed() > QApplication.doubleClickInterval():
            self._clicked = what
            self._since.restart()
            self._choose(row)

    def _choose(self, row: SideRow) -> None:
        """Do what a row stands for; what is on goes off again."""
        hub = self._kit.hub
        if row.kind == "ledger":
            if not row.is_on and isinstance(row.key, int):
                self.ledger_chosen.emit(row.key)
        elif row.kind == "all":
            hub.narrow(**NOT_NARROWED)
        elif row.kind == "more":
            self._all_units = not self._all_units
            self._show()
        elif row.kind == "light":
            hub.narrow(lights=frozenset() if row.is_on else frozenset({row.key}))
        elif row.kind == "show":
            hub.narrow(show=None if row.is_on else row.key)
        elif row.kind == "unit":
            hub.narrow(unit_id=None if row.is_on else row.key)


class _SideDelegate(QStyledItemDelegate):
    """Paints headings, and rows with their number at the right."""

    def __init__(self, kit: Kit, parent: QWidget) -> None:
        super().__init__(parent)
        self._kit = kit
        self.set_rules(rules_shown(()))

    def set_rules(self, rules: LightRules) -> None:
        """Paint the lights of a rule set."""
        self._rules = rules

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Rows are alike, headings have air above."""
        size = self._kit.theme.size
        is_heading = index.data(ROW).kind == "heading"
        return QSize(80, size + (20 if is_heading else 12))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one row."""
        row: SideRow = index.data(ROW)
        colours = self._kit.theme.colours
        box = option.rect
        painter.save()
        if row.kind == "heading":
            painter.setFont(self._font(-1))
            painter.setPen(colours.of("quiet"))
            low = box.adjusted(SIDE, 8, 0, 0)
            painter.drawText(low, int(Qt.AlignmentFlag.AlignVCenter), row.name)
        else:
            self._ground(painter, option, row)
            self._words(painter, box, row)
        painter.restore()

    def _ground(self, painter: QPainter, option: QStyleOptionViewItem, row: SideRow) -> None:
        colours, box = self._kit.theme.colours, option.rect
        state = option.state
        if row.is_on:
            painter.fillRect(box, colours.of("accent_soft"))
            painter.fillRect(QRect(box.left(), box.top(), 3, box.height()), colours.of("accent"))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(box, colours.of("grey_soft"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(colours.of("accent"))
            painter.drawRect(box.adjusted(0, 0, -1, -1))

    def _words(self, painter: QPainter, box: QRect, row: SideRow) -> None:
        colours = self._kit.theme.colours
        left, right = box.left() + SIDE, self._count(painter, box, row)
        if row.kind == "light":
            light = self._rules.light(str(row.key))
            side = lamp_size(self._kit.theme.size)
            lamp = QRectF(left, box.top() + (box.height() - side) / 2, side, side)
            paint_lamp(painter, lamp, light.shape, lamp_colour(light, self._kit.theme))
            left += int(side) + 6
        font = self._font(0)
        font.setBold(row.is_on)
        painter.setFont(font)
        plain = "quiet" if row.kind == "more" else "text"
        painter.setPen(colours.of("accent" if row.is_on else plain))
        words = QRect(left, box.top(), right - left - 4, box.height())
        text = QFontMetrics(font).elidedText(row.name, Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter), text)

    def _count(self, painter: QPainter, box: QRect, row: SideRow) -> int:
        """Paint the number in its pill; return where it begins."""
        if row.count is None:
            return box.right() - SIDE
        colours = self._kit.theme.colours
        ground, ink = "grey_soft", "quiet"
        if row.kind == "light" and row.count:
            gravest = self._rules.lights[0].key
            if row.key == gravest:
                ground, ink = "red_soft", "red"
        elif row.kind == "show" and row.key == "due7" and row.count:
            ground, ink = "amber_soft", "amber"
        font = self._font(-2)
        metrics = QFontMetrics(font)
        height = self._kit.theme.size + 6
        width = max(metrics.horizontalAdvance(f"{row.count}") + 14, height + 2)
        top = box.top() + (box.height() - height) // 2
        pill = QRectF(box.right() - SIDE - width + 1, top, width, height)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.of(ground))
        painter.drawRoundedRect(pill, height / 2, height / 2)
        painter.setPen(colours.of(ink))
        painter.setFont(font)
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), f"{row.count}")
        return int(pill.left())

    def _font(self, larger: int) -> QFont:
        font = QFont()
        font.setPixelSize(self._kit.theme.size + larger)
        return font
