"""What is due, told in one calm line above the list, or once a day from the tray."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from tracker.ops.due import LedgerDue, whats_due
from tracker.ops.today import overdue_lights
from tracker.ui import preferences as keys
from tracker.ui.preferences import Preferences
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.side_rows import NOT_NARROWED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tracker.ui.kit import Kit

Due = tuple[LedgerDue, ...]
BOARD = "反馈回收"
AFTER_CHANGE_MS = 1500
"""So long after the last change is looked again: it reads all tasks."""


class ReminderBar(QFrame):
    """One line: what is late, due soon and not returned in the ledger in sight, and in others.

    It is hidden until something is due, goes with its button, and stays away for the day where
    the user says so.

    Attributes:
        told: the line; each count in it is a link.
        links: what the links do, by their names.

    Signals:
        tasks_wanted: the list shows what a link tells.
        view_wanted: another view deals with it, by the name of its tab.
        ledger_wanted: another ledger is to be seen, by its id.
    """

    tasks_wanted = Signal()
    view_wanted = Signal(str)
    ledger_wanted = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._kept = Preferences(kit.choices)
        self._is_over = False
        self._due: Due = ()
        self.links: dict[str, Callable[[], object]] = {}
        self.setAccessibleName("提醒")
        self.setObjectName("reminder")
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.told.setTextInteractionFlags(
            Qt.TextInteractionFlag.LinksAccessibleByMouse
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.told.linkActivated.connect(lambda name: self.links[name]())
        self.quiet_today = _button("今天不再提醒", self._on_quiet)
        self.leave = _button("关闭", self._on_leave)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self.told, 1)
        row.addWidget(self.quiet_today)
        row.addWidget(self.leave)
        self._read = LatestRead(kit.runner, "看有什么到期", self._reading, self._show, self)
        kit.hub.opened.connect(self.ask)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(AFTER_CHANGE_MS)
        self._later.timeout.connect(self.ask)
        kit.hub.changed.connect(lambda _changes, _initiator: self._later.start())
        kit.theme.changed.connect(self._paint)
        self._paint()
        self.hide()

    def ask(self) -> None:
        """Look what is due now, unless the user wants no more of it."""
        if self._kept.get(keys.QUIET_ON) == self._kit.hub.today.isoformat():
            self._is_over = True
        if self._is_over or self._kit.hub.office is None:
            self.hide()
        else:
            self._read.ask()

    def _reading(self) -> Callable[[], Due] | None:
        hub = self._kit.hub
        office, today, days = hub.office, hub.today, self._kept.get(keys.DAYS_AHEAD)
        return None if office is None else lambda: whats_due(office, today, days)

    def _show(self, found: Due) -> None:
        self._due = found
        self._paint()
        self.setVisible(bool(found) and not self._is_over)

    def _paint(self) -> None:
        """Write the line in the colours in force."""
        colours = self._kit.theme.colours
        self.setStyleSheet(
            f"QFrame#reminder {{ background: {colours.amber_soft};"
            f" border-bottom: 1px solid {colours.line}; }}"
        )
        self.links.clear()
        ledger = self._kit.hub.ledger
        here = next((due for due in self._due if ledger and due.ledger.id == ledger.id), None)
        others = [due for due in self._due if due is not here]
        parts = [*self._here(here), *self._others(others)]
        self.told.setText(" &nbsp;&nbsp;".join(parts))
        self.told.setToolTip("\n".join(f"{x.ledger.name}：{x.sentence()}" for x in self._due))

    def _here(self, due: LedgerDue | None) -> Iterator[str]:
        if due is None:
            return
        if due.late:
            yield self._link("late", f"● 已逾期 {due.late} 项", self._see_late)
        if due.soon:
            codes, words = frozenset(due.soon), f"{due.days} 天内到期"
            told = f"◐ {words} {len(codes)} 项"
            yield self._link("soon", told, lambda: self._see(codes, words))
        if due.missing:
            told = f"○ 逾期未反馈 {len(due.missing)} 家"
            yield self._link("missing", told, lambda: self.view_wanted.emit(BOARD))

    def _others(self, others: list[LedgerDue]) -> Iterator[str]:
        if not others:
            return
        first = others[0].ledger
        more = f"等 {len(others)} 个专项" if len(others) > 1 else ""
        told = f"另有“{escape(first.name)}”{more}"
        yield self._link("other", told, lambda: self.ledger_wanted.emit(first.id))

    def _link(self, name: str, words: str, act: Callable[[], object]) -> str:
        self.links[name] = act
        colour = self._kit.theme.colours.accent
        return f'<a href="{name}" style="color:{colour}">{words}</a>'

    # Where the links lead

    def _see_late(self) -> None:
        hub = self._kit.hub
        if hub.office is not None:
            hub.narrow(**{**NOT_NARROWED, "lights": overdue_lights(hub.office, hub.today)})
            self.tasks_wanted.emit()

    def _see(self, codes: frozenset[str], words: str) -> None:
        self._kit.hub.narrow(**{**NOT_NARROWED, "codes": codes, "about": words})
        self.tasks_wanted.emit()

    def _on_quiet(self) -> None:
        self._kept.put(keys.QUIET_ON, self._kit.hub.today.isoformat())
        self._kit.messages.tell("今天不再提醒；明天打开台账时照常")
        self._on_leave()

    def _on_leave(self) -> None:
        self._is_over = True
        self.hide()


def _button(words: str, act: Callable[[], object]) -> QPushButton:
    button = QPushButton(words)
    button.setProperty("link", True)
    button.clicked.connect(lambda _checked=False: act())
    return button
