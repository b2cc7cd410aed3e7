"""今日: what waits for the clerk, each line one click from where it is dealt with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.browse import Show
from tracker.domain.today import Waiting
from tracker.ops.today import overdue_lights, todays_lines
from tracker.text.days import long_date
from tracker.ui.widgets.labels import hairline, quiet
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import MenuRow, add, add_copy
from tracker.ui.widgets.side_rows import NOT_NARROWED

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QShowEvent

    from tracker.domain.history import Changes
    from tracker.domain.today import TodayLine
    from tracker.ui.kit import Kit

_WEEKDAYS = "一二三四五六日"
_SHOWS = {
    Waiting.DUE: Show.DUE_7,
    Waiting.DOUBTFUL: Show.DOUBTFUL,
    Waiting.TO_CLOSE: Show.TO_CLOSE,
    Waiting.NO_ENTRY: Show.NO_ENTRY,
}
_VIEWS = {Waiting.MISSING: "反馈回收", Waiting.TO_CHECK: "反馈回收", Waiting.SLIPS: "督办单"}
_ACTIONS = {Waiting.REVIEWS: "resume_review", Waiting.BACKUP: "backup"}
_VERBS = {
    Waiting.MISSING: "去催报",
    Waiting.TO_CHECK: "去核对",
    Waiting.SLIPS: "去督办单",
    Waiting.REVIEWS: "接着核对",
    Waiting.BACKUP: "现在备份",
    Waiting.TO_CLOSE: "去销号",
}
_LOOK = "看这些任务"


class TodayView(QWidget):
    """Lists what waits.

    Attributes:
        lines: what is shown.
        buttons: what each line leads to, by kind.

    Signals:
        tasks_wanted: the ledger shows what a line counts.
        view_wanted: another view deals with it, by the name of its tab.
        action_wanted: an action of the window deals with it, by its method.
        loaded: the page is up to date.
    """

    tasks_wanted = Signal()
    view_wanted = Signal(str)
    action_wanted = Signal(str)
    loaded = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.lines: tuple[TodayLine, ...] = ()
        self.buttons: dict[Waiting, QPushButton] = {}
        self.day = QLabel()
        self.day.setProperty("big", True)
        self.place = quiet("")
        inner = QWidget()
        self._column = QVBoxLayout(inner)
        self._column.setContentsMargins(0, 0, 12, 0)
        self._column.setSpacing(0)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 12, 12)
        column.setSpacing(4)
        column.addWidget(self.day)
        column.addWidget(self.place)
        column.addSpacing(12)
        column.addWidget(area, 1)
        self._read = LatestRead(kit.runner, "看今天的事", self._reading, self._show, self)
        kit.hub.opened.connect(self._on_opened)
        kit.hub.changed.connect(self._on_changed)
        kit.theme.changed.connect(lambda: self._show(self.lines))
        self._on_opened()

    def _on_opened(self) -> None:
        hub = self._kit.hub
        self.day.setText(f"{long_date(hub.today)}　{_weekday(hub.today)}")
        round_ = f"　第{hub.round.number}期" if hub.round else ""
        self.place.setText(f"{hub.ledger.name}{round_}" if hub.ledger else "")
        self._read.ask()

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self._read.ask()

    def showEvent(self, event: QShowEvent) -> None:
        """A new day may have begun since."""
        super().showEvent(event)
        self._on_opened()

    def _reading(self) -> Callable[[], tuple[TodayLine, ...]] | None:
        hub = self._kit.hub
        office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now
        return None if office is None else lambda: todays_lines(office, ledger, round_, now)

    def _show(self, lines: tuple[TodayLine, ...]) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.lines = lines
        self.buttons.clear()
        waits = [line for line in lines if line.kind is not Waiting.BACKUP]
        if lines and not waits:
            self._column.addWidget(self._nothing_waits())
        for line in lines:
            self._column.addWidget(self._row(line))
            self._column.addWidget(hairline())
        self._column.addStretch(1)
        self.loaded.emit()

    def _nothing_waits(self) -> QWidget:
        """Say that nothing is to be done, or in an office without tasks how to begin."""
        ledger = self._kit.hub.ledger
        if ledger is not None and ledger.tasks:
            return _row_of(QLabel("✓ 眼下没有要办的事。"))
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(QLabel("还没有专项。" if ledger is None else "这个专项还没有任务。"))
        words.addWidget(quiet("把上期的表格拖到窗口里，要办的事会列在这里。"))
        begin = QPushButton("导入上期表…")
        begin.setProperty("primary", True)
        begin.clicked.connect(lambda: self.action_wanted.emit("import_table"))
        return _row_of(QLabel(""), words, begin)

    def _row(self, line: TodayLine) -> QWidget:
        colour = self._kit.theme.colours.red if line.urgent else self._kit.theme.colours.text
        mark = "● " if line.urgent else ""
        number = QLabel("" if line.count is None else f"{line.count:,}")
        number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        number.setMinimumWidth(4 * self._kit.theme.size)
        number.setStyleSheet(f"color:{colour};font-weight:bold;font-size:{self._size + 5}px")
        words = QLabel(f"{mark}{line.words}")
        words.setStyleSheet(f"color:{colour}")
        detail = quiet(line.detail)
        detail.setWordWrap(True)
        detail.setVisible(bool(line.detail))
        texts = QVBoxLayout()
        texts.setSpacing(2)
        texts.addWidget(words)
        texts.addWidget(detail)
        button = QPushButton(_VERBS.get(line.kind, _LOOK))
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.go(line.kind))
        self.buttons[line.kind] = button
        row = MenuRow(self._kit.theme, line.words, lambda menu: self._fill_menu(menu, line))
        row.put(_row_of(number, texts, button))
        return row

    def _fill_menu(self, menu: QMenu, line: TodayLine) -> None:
        add(menu, _VERBS.get(line.kind, _LOOK), lambda: self.go(line.kind))
        add(menu, "重新统计", self._read.ask)
        add_copy(menu, "复制这一行", "　".join(filter(None, (line.words, line.detail))))

    @property
    def _size(self) -> int:
        return self._kit.theme.size

    def go(self, kind: Waiting) -> None:
        """Lead to where a kind of line is dealt with."""
        hub = self._kit.hub
        if kind in _ACTIONS:
            self.action_wanted.emit(_ACTIONS[kind])
        elif kind in _VIEWS:
            self.view_wanted.emit(_VIEWS[kind])
        elif hub.office is not None:
            wanted = {**NOT_NARROWED}
            if kind is Waiting.OVERDUE:
                wanted["lights"] = overdue_lights(hub.office, hub.today)
            else:
                wanted["show"] = _SHOWS[kind]
            hub.narrow(**wanted)
            self.tasks_wanted.emit()


def _row_of(*parts: QWidget | QVBoxLayout) -> QWidget:
    """Return a line of the page; the second part takes the room that is left."""
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 10, 0, 10)
    box.setSpacing(16)
    for place, part in enumerate(parts):
        stretch = 1 if place == len(parts) - 2 or len(parts) == 1 else 0
        if isinstance(part, QWidget):
            box.addWidget(part, stretch)
        else:
            box.addLayout(part, stretch)
    return row


def _weekday(day: date) -> str:
    return f"星期{_WEEKDAYS[day.weekday()]}"
