"""What is due, told in one calm line above the list, or once a day from the tray."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from tracker.ops.due import LedgerDue, whats_due
from tracker.ops.today import overdue_lights
from tracker.ui import preferences as keys
from tracker.ui.preferences import Preferences
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.side_rows import NOT_NARROWED

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ui.kit import Kit

Due = tuple[LedgerDue, ...]


class ReminderBar(QFrame):
    """One line: what is late, due soon and not returned in the ledger in sight, and in others.

    It is hidden until something is due, goes with its button, and stays away for the day where
    the user says so.

    Attributes:
        links: the buttons that lead to what they tell, from left to right.

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
        self.links: list[QPushButton] = []
        self.setAccessibleName("提醒")
        self.setObjectName("reminder")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 4, 8, 4)
        self._row.setSpacing(12)
        self.quiet_today = _link("今天不再提醒", self._on_quiet)
        self.leave = _link("关闭", self._on_leave)
        self._read = LatestRead(kit.runner, "看有什么到期", self._reading, self._show, self)
        kit.hub.opened.connect(self.ask)
        kit.hub.changed.connect(lambda _changes, _initiator: self.ask())
        kit.theme.changed.connect(self._paint_ground)
        self._paint_ground()
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
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget not in (
                self.quiet_today,
                self.leave,
            ):
                widget.deleteLater()
        self.links.clear()
        ledger = self._kit.hub.ledger
        here = next((due for due in found if ledger and due.ledger.id == ledger.id), None)
        others = [due for due in found if due is not here]
        self._row.addWidget(QLabel("提醒"))
        if here is not None:
            self._add_here(here)
        if others:
            self._add_others(others)
        self._row.addStretch(1)
        self._row.addWidget(self.quiet_today)
        self._row.addWidget(self.leave)
        self.setVisible(bool(found) and not self._is_over)

    def _add_here(self, due: LedgerDue) -> None:
        if due.late:
            self._add(f"● 已逾期 {due.late} 项", self._see_late)
        if due.soon:
            codes = frozenset(due.soon)
            words = f"{due.days} 天内到期"
            self._add(f"◐ {words} {len(codes)} 项", lambda: self._see(codes, words))
        if due.missing:
            names = "、".join(due.missing)
            missing = f"○ 逾期未反馈 {len(due.missing)} 家"
            self._add(missing, lambda: self.view_wanted.emit("反馈回收"), names)

    def _add_others(self, others: list[LedgerDue]) -> None:
        first = others[0]
        more = f"等 {len(others)} 个专项" if len(others) > 1 else ""
        told = "\n".join(f"{due.ledger.name}：{due.sentence()}" for due in others)
        words = f"另有“{_short(first.ledger.name)}”{more}"
        self._add(words, lambda: self.ledger_wanted.emit(first.ledger.id), told)

    def _add(self, words: str, act: Callable[[], object], hint: str = "") -> None:
        link = _link(words, act)
        link.setToolTip(hint)
        self.links.append(link)
        self._row.addWidget(link)

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

    def _paint_ground(self) -> None:
        colours = self._kit.theme.colours
        self.setStyleSheet(
            f"QFrame#reminder {{ background: {colours.amber_soft};"
            f" border-bottom: 1px solid {colours.line}; }}"
        )


def _link(words: str, act: Callable[[], object]) -> QPushButton:
    link = QPushButton(words)
    link.setProperty("link", True)
    link.clicked.connect(lambda _checked=False: act())
    return link


def _short(name: str) -> str:
    return name if len(name) <= _MOST else f"{name[: _MOST - 1]}…"


_MOST = 12
