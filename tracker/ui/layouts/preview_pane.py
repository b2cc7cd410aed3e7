"""The printed page of the layout in hand, kept up to date while it is edited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from tracker.base.errors import UserError
from tracker.domain.page import PrintedPage
from tracker.ops.layout_example import example_pages
from tracker.ops.reports import situation_pages
from tracker.ui.dialogs.page_view import PAGE_SHARE, PageView
from tracker.ui.layouts.edits import move_border
from tracker.ui.layouts.ruler import Ruler
from tracker.ui.layouts.section import Choice
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tracker.domain.layout import LayoutDraft
    from tracker.ui.kit import Kit
    from tracker.ui.layouts.desk import DraftDesk

DELAY_MS = 300
_WIDE, _WHOLE = 0, -1
_ZOOMS = (("适合宽度", _WIDE), ("整页", _WHOLE), ("100%", 100), ("150%", 150), ("200%", 200))
_MM_PER_POINT = 25.4 / 72
_PIXELS_PER_POINT = 96 / 72
_EXAMPLE = "下面是编的例子：还没有可印的任务。"
_GAP = 8
NOTHING = UserError("这一期还没有可印的任务", "", "有了任务，这里显示按模板印出来的样子")

_Laid = tuple[PrintedPage, ...] | UserError


class PreviewPane(QWidget):
    """Lays the pages out in a worker 0.3 s after the last edit; the old page stands meanwhile.

    Signals:
        shown: pages were laid out and can be seen.
    """

    shown = Signal()

    def __init__(self, desk: DraftDesk, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._kit = desk, kit
        self.pages: Sequence[PrintedPage] = ()
        self._number = 0
        self._is_sound, self._template = True, ""
        self._held: LayoutDraft | None = None
        self._drags = 0
        self.view = PageView()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidget(self.view)
        self.area.viewport().installEventFilter(self)
        self.ruler = Ruler(kit)
        self.ruler.moved.connect(self._on_dragged)
        self.ruler.dropped.connect(self._on_dropped)
        self.place = QLabel()
        self.said = QLabel()
        self.said.setProperty("quiet", True)
        self.complaint = QLabel()
        self.complaint.setProperty("wrong", True)
        self.complaint.setWordWrap(True)
        self.complaint.hide()
        self.back, self.forward = QPushButton("上一页"), QPushButton("下一页")
        self.back.clicked.connect(lambda: self.turn(-1))
        self.forward.clicked.connect(lambda: self.turn(1))
        self.zoom = Choice("大小", list(_ZOOMS))
        self.zoom.currentIndexChanged.connect(self._fit)
        self._lay_out()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._read: LatestRead[_Laid] = LatestRead(
            kit.runner, "正在排版", self._work, self._take, self
        )
        self._timer.timeout.connect(self._read.ask)
        self.area.horizontalScrollBar().valueChanged.connect(self._place_ruler)
        kit.theme.changed.connect(self._place_ruler)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(self.said, 1)
        for widget in (self.place, self.back, self.forward, self.zoom):
            head.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(head)
        column.addWidget(self.complaint)
        column.addWidget(self.ruler)
        column.addWidget(self.area, 1)

    @property
    def is_settled(self) -> bool:
        """Whether the page in sight is that of the draft in hand."""
        return not (self._timer.isActive() or self._read.is_running)

    def begin(self) -> None:
        """Show the first page of another layout."""
        self._number = 0

    def show_template(self, name: str) -> None:
        """Lay a template out; the ruler has nothing to move there."""
        self._template, self._is_sound = name, True
        self.ruler.hide()
        self._timer.start()
        self._say()

    def show_draft(self, *, sound: bool) -> None:
        """Lay the draft in hand out soon; one with faults leaves the page as it stands."""
        self._template, self._is_sound = "", sound
        self.ruler.show()
        self.ruler.show_draft(self._desk.draft)
        self._place_ruler()
        if sound:
            self._timer.start()
        else:
            self._timer.stop()
        self._say()

    def turn(self, by: int) -> None:
        """Show a page farther on or back."""
        self._number = max(0, min(self._number + by, len(self.pages) - 1))
        page = self.pages[self._number] if self.pages else None
        self.view.show_page(page)
        self._fit()
        self.place.setText(f"第 {self._number + 1} 页，共 {len(self.pages)} 页" if page else "")
        self.back.setEnabled(self._number > 0)
        self.forward.setEnabled(self._number + 1 < len(self.pages))

    def zoom_by(self, by: int) -> None:
        """Choose a larger or smaller view of the page."""
        self.zoom.setCurrentIndex(max(0, min(self.zoom.currentIndex() + by, len(_ZOOMS) - 1)))

    # Laying out

    def _work(self) -> Callable[[], _Laid] | None:
        hub, draft, template = self._kit.hub, self._desk.draft, self._template
        office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now

        def lay_out() -> _Laid:
            try:
                if office is None or ledger is None or round_ is None or not ledger.tasks:
                    return NOTHING if template else example_pages(draft, now.date())
                return situation_pages(office, ledger, round_, now, template or draft)
            except UserError as error:
                return error

        self.said.setText("正在排版…")
        return lay_out if self._is_sound else None

    def _take(self, laid: _Laid) -> None:
        wrong = isinstance(laid, UserError)
        self.complaint.setVisible(wrong)
        if isinstance(laid, UserError):
            self.complaint.setText(f"▲ {laid}")
        else:
            self.pages = laid
            self.turn(0)
        self._say()
        self.shown.emit()

    def _say(self) -> None:
        if not self._is_sound:
            self.said.setText("有要改的地方，预览停在改之前")
        elif not self.is_settled:
            self.said.setText("正在排版…")
        else:
            shows_example = self.is_example and not self._template
            self.said.setText(_EXAMPLE if shows_example else "")

    @property
    def is_example(self) -> bool:
        """Whether there is nothing to print, so that an invented table is shown."""
        hub = self._kit.hub
        return hub.office is None or hub.round is None or not hub.ledger or not hub.ledger.tasks

    # The page in its area

    def _fit(self) -> None:
        """Make the page as large as the zoom says."""
        page = self.pages[self._number] if self.pages else None
        zoom, room = self.zoom.currentData(), self.area.viewport().size()
        free = zoom == _WIDE or page is None
        self.area.setWidgetResizable(free)
        self.area.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        if page is not None and not free:
            if zoom == _WHOLE:
                wide = (room.height() - 2 * _GAP - 2) * page.width / page.height / PAGE_SHARE
                width = int(min(wide, room.width()))
            else:
                width = round(page.width * _PIXELS_PER_POINT * zoom / 100 / PAGE_SHARE)
            self.view.setMinimumHeight(0)
            self.view.resize(width, self.view.heightForWidth(width))
        self._place_ruler()

    def _place_ruler(self) -> None:
        page = self.pages[self._number] if self.pages else None
        if page is None:
            return
        left = self.view.mapTo(self, self.view.rect().topLeft()).x() - self.ruler.x()
        wide = self.view.width() * PAGE_SHARE
        scale = wide / (page.width * _MM_PER_POINT)
        start = left + (self.view.width() - wide) / 2
        self.ruler.place(start, scale)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.zoom.currentData() in (_WIDE, _WHOLE):
            QTimer.singleShot(0, self, self._fit)
        return super().eventFilter(watched, event)

    # Borders

    def _on_dragged(self, row: int, by_mm: float) -> None:
        if self._held is None:
            self._held = self._desk.draft
            self._drags += 1
        moved = move_border(self._held, row, by_mm)
        self._desk.edit(moved, f"border {self._drags}")

    def _on_dropped(self) -> None:
        self._held = None
        self._desk.rest()
