"""The five pages of an import and what stands above them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from tracker.ui.imports.done_page import DonePage
from tracker.ui.imports.file_page import FilePage
from tracker.ui.imports.mapping_page import MappingPage
from tracker.ui.imports.match_page import MatchPage
from tracker.ui.imports.review_page import ReviewPage
from tracker.ui.imports.session import Session
from tracker.ui.imports.stepper import COLUMNS, DONE, FILE, MATCHES, REVIEW, Stepper
from tracker.ui.imports.waiting import Queue, short_name
from tracker.ui.widgets.labels import quiet

if TYPE_CHECKING:
    from tracker.ui.kit import Kit


class StepPages(QWidget):
    """Shows the step in hand of the file in hand.

    Attributes:
        queue: the files.
        session: the one in hand.
        step: the step in sight.
        reading, mapping, matches, review, done: the pages of the steps.
    """

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.queue = Queue()
        self.session = Session()
        self.step = FILE
        self.steps = Stepper(kit)
        self.reading = FilePage(kit)
        self.mapping = MappingPage(kit)
        self.matches = MatchPage(kit)
        self.review = ReviewPage(kit)
        self.done = DonePage(kit)
        self._pages = QStackedWidget()
        self._by_step: dict[int, QWidget] = {
            FILE: self.reading,
            COLUMNS: self.mapping,
            MATCHES: self.matches,
            REVIEW: self.review,
            DONE: self.done,
        }
        self._lay_out()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(12, 8, 12, 0)
        head.setSpacing(12)
        self._name = quiet("")
        head.addWidget(self.steps)
        head.addStretch()
        head.addWidget(self._name)
        head.addWidget(self.review.corner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._pages, 1)
        for page in self._by_step.values():
            self._pages.addWidget(page)

    def _show_step(self, step: int) -> None:
        self.step = step
        loaded = self.session.loaded
        if step == COLUMNS and self.mapping.opened is not self.session.opened:
            self.mapping.show_opened(self.session.opened)
        for page in (self.matches, self.review):
            if self._by_step[step] is page and page.loaded is loaded:
                page.refresh()
            elif self._by_step[step] is page:
                page.show_loaded(loaded)
        self._pages.setCurrentWidget(self._by_step[step])
        self._show_queue()
        focus = {COLUMNS: self.mapping.view, MATCHES: self.matches.table, REVIEW: self.review.table}
        if step in focus:
            focus[step].setFocus()

    def _show_queue(self) -> None:
        """Show where the import stands: the step, and which of how many files."""
        reached = set() if self.step == DONE else self.session.reached
        self.steps.show_step(self.step, reached)
        self.reading.show_queue(self.queue)
        current, count = self.queue.current, len(self.queue.files)
        place = f"文件 {self.queue.place}/{count}　" if count > 1 else ""
        name = current.name if current is not None and self.step in (COLUMNS, MATCHES) else ""
        self._name.setText(f"{place}{short_name(name)}")
        self._name.setToolTip(name)
        self.review.corner.setVisible(self.step == REVIEW)
        for foot in (self.mapping.foot, self.matches.foot, self.review.foot):
            foot.skip.setVisible(count > 1)

    def _set_enabled(self, enabled: bool) -> None:
        for page in (self.mapping, self.matches, self.review):
            page.setEnabled(enabled)
        self.steps.setEnabled(enabled)
