"""The status bar: counts by light, the last message, progress of long work, saved and offline."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar

from tracker.ops.browse import counts
from tracker.ui.widgets.lamp import rules_shown
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from tracker.domain.browse import SideCounts
    from tracker.ui.kit import Kit
    from tracker.ui.run import Running

MESSAGE_MS = 12_000


class _Told(QLabel):
    """A sentence and a word to click; the sentence is cut with “…” where it has no room."""

    def __init__(self) -> None:
        super().__init__()
        self._sentence = self._link = self._colour = ""

    def say(self, sentence: str, link: str = "", colour: str = "") -> None:
        """Show a sentence; the whole of it is the tool tip."""
        self._sentence, self._link, self._colour = sentence, link, colour
        self.setToolTip(sentence)
        self._put(sentence)
        self.updateGeometry()
        QTimer.singleShot(0, self, self._fit)  # when it has the room that the bar gives it

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        link = f"　{self._link}" if self._link else ""
        room = self.width() - metrics.horizontalAdvance(link)
        self._put(metrics.elidedText(self._sentence, Qt.TextElideMode.ElideRight, room))

    def _put(self, words: str) -> None:
        if self._link:
            words = f'{escape(words)}　<a href="#" style="color:{self._colour}">{self._link}</a>'
        self.setText(words)

    def sizeHint(self) -> QSize:
        """Room for the whole."""
        words = f"{self._sentence}　{self._link}" if self._link else self._sentence
        wide = self.fontMetrics().horizontalAdvance(words) + 2
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """A few signs, and the word to click."""
        least = self.fontMetrics().horizontalAdvance(f"国国国国　{self._link}")
        hint = self.sizeHint()
        return QSize(min(least, hint.width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut anew."""
        super().resizeEvent(event)
        self._fit()


class Foot(QStatusBar):
    """What stands at the foot of the window.

    Signals:
        cancelled: the user wants the long work stopped.
    """

    cancelled = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self._act: Callable[[], object] | None = None
        self.setSizeGripEnabled(False)
        self.setContentsMargins(8, 0, 8, 0)
        self._counts = QLabel()
        self._message = _Told()
        self._message.linkActivated.connect(self._on_link)
        self._bar = QProgressBar()
        self._bar.setFixedWidth(160)
        self._bar.setTextVisible(False)
        self._cancel = QPushButton("取消")
        self._cancel.setProperty("quiet", True)
        self._cancel.clicked.connect(self.cancelled)
        self._offline = QLabel("本机离线")
        self.addWidget(self._counts)
        for part in (self._message, self._bar, self._cancel, self._offline):
            self.addPermanentWidget(part)
        self._told = ("", "", "")
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MESSAGE_MS)
        self._timer.timeout.connect(lambda: self._message.say(""))
        self.hide_running()
        self._read = LatestRead(kit.runner, "统计", self._make_counts, self._show_counts, self)
        for signal in (kit.hub.opened, kit.hub.changed, kit.theme.changed):
            signal.connect(self._ask_counts)

    def tell(self, sentence: str, link: str = "", act: Callable[[], object] | None = None) -> None:
        """Show a sentence for a while, with a word to click where there is something to do."""
        self._act = act
        self._told = (sentence, link, self._kit.theme.colours.accent)
        self._message.say(*self._told)
        self._timer.start()

    def show_running(self, running: Running) -> None:
        """Show how far long work is."""
        progress = running.progress
        self._message.say(f"{running.title}　{progress.text}")
        self._bar.setRange(0, progress.total)
        self._bar.setValue(progress.done)
        self._bar.setVisible(True)
        self._cancel.setVisible(True)

    def hide_running(self) -> None:
        """The long work is over; what was told before is still to be read for its while."""
        if not self._bar.isHidden():
            self._message.say(*(self._told if self._timer.isActive() else ("",)))
        self._bar.setVisible(False)
        self._cancel.setVisible(False)

    def _on_link(self, _reference: str) -> None:
        if self._act is not None:
            self._act()

    def _ask_counts(self, *_signal: object) -> None:
        if self._kit.hub.ledger is None:
            self._counts.clear()
        self._read.ask()

    def _make_counts(self) -> Callable[[], SideCounts] | None:
        hub = self._kit.hub
        if hub.office is None or hub.ledger is None:
            return None
        office, ledger_id, today = hub.office, hub.ledger.id, hub.today
        round_id = hub.round.id if hub.round else None
        return lambda: counts(office, ledger_id, round_id, today)

    def _show_counts(self, found: SideCounts) -> None:
        if self._kit.hub.ledger is not None:
            self._counts.setText(self._words(found))

    def _words(self, found: SideCounts) -> str:
        colours = self._kit.theme.colours
        parts = []
        for light in rules_shown(found.lights).lights:
            number = found.lights.get(light.key, 0)
            if number:
                colour = light.on_dark if self._kit.theme.is_dark else light.on_light
                parts.append(
                    f'<span style="color:{colour}">{light.shape} {light.word} {number}</span>'
                )
        parts.append(f'<span style="color:{colours.quiet}">合计 {found.total} 项</span>')
        return "&nbsp;&nbsp;&nbsp;".join(parts)
