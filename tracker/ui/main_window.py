"""The one window: start page, or side list, tabs and detail panel over one hub."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QMainWindow,
    QSplitter,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from tracker.base.errors import UserError
from tracker.domain.terms import Completion, RoundState
from tracker.ops.tasks import find_task
from tracker.ui.actions import ACTIONS, MENUS, build_actions
from tracker.ui.commands import Commands
from tracker.ui.dropped import FilesPass, can_take
from tracker.ui.foot import Foot
from tracker.ui.habits import Habits
from tracker.ui.hub import Hub
from tracker.ui.kit import Kit
from tracker.ui.messages import WindowMessages
from tracker.ui.place import PlaceKeeper
from tracker.ui.preferences import WHO, Preferences
from tracker.ui.recent import Choices
from tracker.ui.recent_menu import RecentMenu
from tracker.ui.review_pages import ReviewPages
from tracker.ui.run import Runner
from tracker.ui.start_page import StartPage
from tracker.ui.theme import SIZES, Theme
from tracker.ui.tool_bar import ToolBar
from tracker.ui.views import (
    HOME,
    VIEWS,
    Choosing,
    Finishing,
    make_detail,
    make_side,
)
from tracker.ui.widgets.menus import add_menu_key

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QApplication

    from tracker.domain.history import Changes
    from tracker.ui.decompose.page import DecomposePage
    from tracker.ui.detail.panel import DetailPanel
    from tracker.ui.imports.page import ImportPage
    from tracker.ui.messages import Messages
    from tracker.ui.returns.collect_page import CollectPage
    from tracker.ui.returns.send_page import SendPage

SIDE_WIDTH, DETAIL_WIDTH, DETAIL_LEAST = 196, 356, 296
"""With the smallest text; the last is what the buttons under the detail need."""
FURNISH_AFTER_MS = 400
"""Both sides are filled at the latest after so long; as a rule when the first rows are there."""
IN_REVIEW = frozenset({"backup", "leave"})
MENUS_IN_REVIEW = frozenset({"视图", "帮助"})
AWAY_IN_REVIEW = frozenset(
    words.method
    for words in ACTIONS
    if (words.menu not in MENUS_IN_REVIEW or words.needs != "nothing")
    and words.method not in IN_REVIEW
)
"""A review hides the ledger and has its own undo; it is ended before anything else is begun."""


class MainWindow(QMainWindow):
    """The window of the program.

    Attributes:
        kit: what every screen is given.
        commands: what the menus and buttons do.
        habits: what the user's own choices change.
        above_tabs: holds the line that reminds.
    """

    def __init__(
        self,
        application: QApplication,
        who: str,
        clock: Callable[[], datetime],
        *,
        choices: Choices | None = None,
        messages: Messages | None = None,
    ) -> None:
        super().__init__()
        self.choices = choices or Choices()
        kept = Preferences(self.choices)
        theme = Theme(application, self.choices.text_size(SIZES[0]), dark=kept.dark)
        hub = Hub(kept.get(WHO) or who, clock, self)
        self.messages = messages or WindowMessages(self)
        runner = Runner(hub, self.messages, self)
        self.kit = Kit(hub, runner, self.messages, theme, self.choices)
        self.setWindowTitle("责任分解落实台账")
        self.resize(1366, 768)
        self.setMinimumSize(960, 600)
        self.setAcceptDrops(True)
        self._pages = QStackedWidget()
        self.setCentralWidget(self._pages)
        self.start = StartPage()
        self._pages.addWidget(self.start)
        self._work: QWidget | None = None
        self._reviews = ReviewPages(self.kit, self._pages, left=self._show_state, do=self._do)
        self._views: dict[int, QWidget] = {}
        self.is_furnished = False
        self._is_over = False
        self.place = PlaceKeeper(self)
        self.habits = Habits(self, who)
        self.commands = Commands(self, self.kit)
        menus = {name: self.menuBar().addMenu(name) for name in MENUS}
        self.actions_by_name = build_actions(self, self.commands, menus)
        self._recent_menu = RecentMenu(
            self.choices, self.commands.open_path, lambda: not self.is_reviewing, self
        )
        menus["文件"].insertMenu(self.actions_by_name["open_sample"], self._recent_menu)
        self.tools = ToolBar(self.kit, self.actions_by_name)
        self.addToolBar(self.tools)
        self._files_pass = FilesPass(self)
        self._files_pass.watch(self.tools)
        self.foot = Foot(self.kit)
        self.setStatusBar(self.foot)
        add_menu_key(self)
        self._connect()
        self._show_state()

    def _connect(self) -> None:
        hub = self.kit.hub
        hub.opened.connect(self._show_state)
        hub.selected.connect(lambda _code: self._enable())
        hub.changed.connect(self._on_changed)
        self.start.chosen.connect(lambda name: getattr(self.commands, name)())
        self.start.picked.connect(self.commands.open_path)
        self.tools.round_chosen.connect(self.commands.choose_round)
        self.tools.search_left.connect(self._go_to_list)
        self.kit.runner.shown.connect(self.foot.show_running)
        self.kit.runner.moved.connect(self.foot.show_running)
        self.kit.runner.hidden.connect(self.foot.hide_running)
        self.foot.cancelled.connect(self.kit.runner.cancel)
        if isinstance(self.messages, WindowMessages):
            self.messages.told.connect(self.foot.tell)

    # What is in sight

    def _show_state(self) -> None:
        """Show the start page or the work area, as the hub says."""
        hub = self.kit.hub
        if hub.office is None:
            self.start.show_recent(self.choices.recent())
            self._pages.setCurrentWidget(self.start)
            self.setWindowTitle("责任分解落实台账")
        else:
            if not self.commands.samples.holds(hub.office.path):
                self.choices.remember(hub.office.path)
            work = self._work_area()
            if not self._reviews.is_writing:
                self._pages.setCurrentWidget(work)
            if not self.is_furnished:
                QTimer.singleShot(FURNISH_AFTER_MS, self, self._furnish)
            self.setWindowTitle(f"责任分解落实台账 — {hub.office.path.stem}")
        self.tools.setVisible(hub.office is not None)
        self._enable()

    def prepare(self) -> None:
        """Make the work area ahead of its first use."""
        self._work_area()

    def _work_area(self) -> QWidget:
        if self._work is None:
            self._work = self._build_work_area()
            self._pages.addWidget(self._work)
            self.tabs.setCurrentIndex(HOME)
            self._show_view(HOME)
        return self._work

    def _build_work_area(self) -> QWidget:
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.tabs = QTabBar()
        self.tabs.setExpanding(False)
        for name, _make in VIEWS:
            self.tabs.addTab(name)
        self.tabs.currentChanged.connect(self._show_view)
        self._stack = QStackedWidget()
        self.above_tabs = QVBoxLayout()
        column.addLayout(self.above_tabs)
        column.addWidget(self.tabs)
        column.addWidget(self._stack, 1)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        for part, width in ((QWidget(), SIDE_WIDTH), (middle, 0), (QWidget(), DETAIL_WIDTH)):
            part.setMinimumWidth(width * 3 // 4)
            self._splitter.addWidget(part)
        self._splitter.setStretchFactor(1, 1)
        self._share_width()
        self._shown_size = self.kit.theme.size
        self.kit.theme.changed.connect(self._on_theme)
        return self._splitter

    def _share_width(self) -> None:
        """Give both sides what their text needs, but the list the greater part."""
        size, whole = self.kit.theme.size, self.width()
        side = min(SIDE_WIDTH * size // SIZES[0], whole * 16 // 100)
        usual, least = DETAIL_WIDTH * size // SIZES[0], DETAIL_LEAST * size // SIZES[0]
        detail = max(min(usual, whole * 28 // 100), min(least, whole * 32 // 100))
        self._splitter.setSizes([side, whole - side - detail, detail])

    def _on_theme(self) -> None:
        if self._shown_size != self.kit.theme.size:
            self._shown_size = self.kit.theme.size
            self._share_width()

    def _furnish(self) -> None:
        """Fill both sides of the work area; the rows in the middle are painted before."""
        if self.is_furnished or self._is_over:
            return
        self.is_furnished = True
        self.side = make_side(self.kit)
        self.side.ledger_chosen.connect(self.commands.choose_ledger)
        self.detail = make_detail(self.kit)
        self.detail.action_wanted.connect(self._do)
        for index, part in ((0, self.side), (2, self.detail)):
            empty = self._splitter.replaceWidget(index, part)
            if empty is not None:
                part.setMinimumWidth(empty.minimumWidth())
                empty.deleteLater()
            part.show()
            self._files_pass.watch(part)
        self._share_width()
        self._make_room()
        self._enable()
        self.commands.remind()

    def _show_view(self, index: int) -> None:
        if index not in self._views:
            view = VIEWS[index][1](self.kit)
            if hasattr(view, "tasks_wanted"):
                view.tasks_wanted.connect(lambda: self.tabs.setCurrentIndex(HOME))
            if hasattr(view, "view_wanted"):
                view.view_wanted.connect(self.view)
            if hasattr(view, "action_wanted"):
                view.action_wanted.connect(self._do)
            if hasattr(view, "files_wanted"):
                view.files_wanted.connect(self.commands.collect_returns)
            if hasattr(view, "loaded"):
                view.loaded.connect(lambda: QTimer.singleShot(0, self, self._furnish))
            self._views[index] = view
            self._stack.addWidget(view)
            self._files_pass.watch(view)
        self._stack.setCurrentWidget(self._views[index])
        self._make_room()

    def _make_room(self) -> None:
        """Give a view that needs the whole width the room of the panel of the task in hand."""
        is_wide = getattr(self._stack.currentWidget(), "is_wide", False)
        if (panel := self._splitter.widget(2)) is not None:
            panel.setVisible(not is_wide)

    def furnished_detail(self) -> DetailPanel:
        """Return the panel of the task in hand; it is made where it was not yet."""
        self._furnish()
        return self.detail

    def view(self, name: str) -> QWidget:
        """Bring a view to the front by its tab's name and return it."""
        index = [title for title, _make in VIEWS].index(name)
        self._work_area()
        self.tabs.setCurrentIndex(index)
        self._show_view(index)
        return self._views[index]

    @property
    def tab_names(self) -> tuple[str, ...]:
        """The names of the tabs from left to right."""
        return tuple(name for name, _make in VIEWS)

    @property
    def tab_in_sight(self) -> str:
        """The name of the tab in front; empty before the first file is open."""
        return self.tab_names[self.tabs.currentIndex()] if self._work is not None else ""

    def _go_to_list(self) -> None:
        """Give the keys to the main part of the view in sight."""
        view = self._stack.currentWidget() if self._work is not None else None
        if view is not None:
            part = getattr(view, "table", None) or getattr(view, "chart", None) or view
            part.setFocus()

    def chosen_codes(self) -> tuple[str, ...]:
        """Return the tasks selected in the view in sight; none where it has no such selection."""
        view = self._stack.currentWidget() if self._work is not None else None
        return view.chosen_codes() if isinstance(view, Choosing) else ()

    def import_page(self) -> ImportPage:
        """Bring the import review to the front and return it."""
        page = self._reviews.import_page()
        self._enable()
        return page

    def decompose_page(self) -> DecomposePage:
        """Bring the review of a document to the front and return it."""
        page = self._reviews.decompose_page()
        self._enable()
        return page

    def send_page(self) -> SendPage:
        """Bring the sending of forms to the front and return it."""
        page = self._reviews.send_page()
        self._enable()
        return page

    def returns_page(self) -> CollectPage:
        """Bring the review of returned files to the front and return it."""
        page = self._reviews.returns_page()
        self._enable()
        return page

    def _do(self, action: str) -> None:
        """Do what a view or page leads to, an action by its name."""
        self.actions_by_name[action].trigger()

    def _state_in_hand(self) -> Completion | None:
        """Return how far the task in hand is; None without one, and where it is gone."""
        hub = self.kit.hub
        if hub.office is None or not hub.code or not self.is_furnished:
            return None
        try:
            return find_task(hub.office, hub.code).completion
        except UserError:
            return None

    def _enable(self) -> None:
        """Grey out what cannot be done now, and name what undo and redo would do.

        What must be looked up in the file for it waits until the first rows are there.
        """
        hub = self.kit.hub
        state = self._state_in_hand()
        there = {
            "nothing": True,
            "office": hub.office is not None,
            "ledger": hub.ledger is not None,
            "round": hub.round is not None,
            "task": bool(hub.code),
            "open": state not in (None, Completion.CLOSED),
            "closed": state is Completion.CLOSED,
            "standing": hub.round is not None and hub.round.state is not RoundState.CLOSED,
            "approved": hub.round is not None and hub.round.state is RoundState.CLOSED,
        }
        for action in self.actions_by_name.values():
            action.setEnabled(there[str(action.property("needs"))])
        if self.is_furnished or hub.office is None:
            self.commands.name_undo(self.actions_by_name["undo"], self.actions_by_name["redo"])
        self.tools.setEnabled(not self.is_reviewing)
        if self.is_reviewing:
            for name in AWAY_IN_REVIEW:
                self.actions_by_name[name].setEnabled(False)

    @property
    def is_reviewing(self) -> bool:
        """Whether the review of an import, a document or forms is in front."""
        return self._reviews.is_in_front

    def _on_changed(self, _changes: Changes, _initiator: object) -> None:
        self.commands.refresh_ledger()
        self._enable()

    # The window's own events

    def finish_editing(self) -> None:
        """Save whatever is being typed, in whichever view."""
        for part in (*self._views.values(), getattr(self, "detail", None)):
            if isinstance(part, Finishing):
                part.finish_editing()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save what is being typed, wait for the writing lane, let go of the file.

        What cannot be saved keeps the window open, unless the user lets it be lost. Where the user
        wants it so, it only goes into the tray.
        """
        if not self._is_over and self.habits.keeps_window:
            self.finish_editing()
            self.habits.put_away()
            event.ignore()
        elif self._is_over or self._may_close():
            self._let_go()
            event.accept()
        else:
            event.ignore()

    def _may_close(self) -> bool:
        if not self._reviews.may_leave():
            return False
        self.finish_editing()
        unsaved = self.kit.runner.settle()
        lost = "有内容没有保存，关闭窗口就丢失了"
        if unsaved and not self.messages.confirm(lost, unsaved[-1], "不保存，关闭窗口"):
            return False
        return self.commands.samples.may_go()

    def _let_go(self) -> None:
        self._is_over = True
        self.place.keep()
        self.commands.held.leave()
        self.kit.runner.finish()
        if self.kit.hub.office is not None:
            self.kit.hub.office.close()
        self.commands.samples.remove()
        self.commands.forget_letters()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and text, but not while something is under review."""
        if can_take(event.mimeData()) and not self.is_reviewing:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a dropped office file, or review a dropped table, document or text."""
        event.acceptProposedAction()
        self.commands.take_dropped(event.mimeData())
