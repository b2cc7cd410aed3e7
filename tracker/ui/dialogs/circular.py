"""The circular (通报) before it is written: read, looked at as pages, changed for this round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton

from tracker.base.progress import Progress
from tracker.ops.circular_edits import save_edits
from tracker.ops.letters import circular_letter
from tracker.ui.checks import round_check
from tracker.ui.dialogs.circular_edit import CircularEditor
from tracker.ui.dialogs.letter import LetterDialog
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QCloseEvent
    from PySide6.QtWidgets import QWidget

    from tracker.domain.circular_edit import CircularEdits
    from tracker.domain.sum_check import SumFinding
    from tracker.ops.letters import Letter
    from tracker.ops.outcome import Outcome
    from tracker.ui.checks import Check
    from tracker.ui.kit import Kit

_EDIT = 2
"""The place of the tab in which it is changed."""


class CircularDialog(LetterDialog):
    """Shows the circular of the round in sight and takes the clerk's changes to it.

    Flow: as `LetterDialog`; in 修改 the clerk changes this one circular. Leaving the tab, 打印,
    导出 and 关闭 keep the changes as one step that can be undone.

    Attributes:
        editor: the tab of changes.
        checks: opens the page of numbers that do not agree, and says how many there are.
    """

    def __init__(
        self, kit: Kit, export: Callable[[Letter], None], parent: QWidget | None = None
    ) -> None:
        super().__init__(kit, "通报", export, parent)
        hub = kit.hub
        self._office, self._ledger, self._round = hub.office, hub.ledger, hub.round
        self._has_failed = False
        self.editor = CircularEditor()
        self.tabs.addTab(self.editor, "修改")
        self.tabs.currentChanged.connect(self._on_tab)
        self.table = self.option("后附落实情况表")
        self.charts = self.option("后附图（状态、单位、时限）")
        self.wording = QPushButton("通报用语…")
        self.wording.clicked.connect(self._on_wording)
        self.checks = QPushButton("核对数字…")
        self.checks.clicked.connect(self._on_checks)
        for button in (self.checks, self.wording):
            self.options.addWidget(button)
        self._findings: tuple[SumFinding, ...] = ()
        self._checked: LatestRead[tuple[SumFinding, ...]] = LatestRead(
            kit.runner, "正在核对数字", self._check_work, self._take_findings, self
        )
        self.reload()

    def work(self) -> Callable[[], Letter] | None:
        """Return what composes the circular."""
        office, ledger, round_ = self._office, self._ledger, self._round
        if office is None or ledger is None or round_ is None:
            return None
        now = self.kit.hub.now
        with_table, with_charts = self.table.isChecked(), self.charts.isChecked()
        return lambda: circular_letter(
            office, ledger, round_, now, with_table=with_table, with_charts=with_charts
        )

    def take(self, letter: Letter) -> None:
        """Show a circular and what may be changed in it."""
        if letter.draft is not None:
            self.editor.show_draft(letter.draft)
        super().take(letter)
        self._checked.ask()

    def when_saved(self, then: Callable[[], object]) -> None:
        """Keep what was changed, compose anew, then go on."""
        office, round_ = self._office, self._round
        if not self.editor.is_dirty or office is None or round_ is None:
            then()
            return
        edits, who, now = self.editor.edits, self.kit.hub.who, self.kit.hub.now

        def go_on() -> None:
            self.shown.disconnect(go_on)
            then()

        def done(outcome: Outcome[CircularEdits]) -> None:
            self.editor.settle(outcome.value)
            self.kit.messages.tell(outcome.sentence)
            if not outcome.changes:
                self.reload()

        def give_up() -> None:
            self.shown.disconnect(go_on)
            self._has_failed = True

        self.shown.connect(go_on)
        self.kit.runner.write(
            "正在保存修改",
            lambda _progress: save_edits(office, round_, edits, who=who, now=now),
            done,
            failed=give_up,
        )

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep what was changed, then close; it can be undone."""
        if self.editor.is_dirty and not self._has_failed:
            event.ignore()
            self.when_saved(self.close)
            return
        event.accept()

    def _on_tab(self, place: int) -> None:
        if place != _EDIT:
            self.when_saved(lambda: None)

    def _check_work(self) -> Callable[[], tuple[SumFinding, ...]] | None:
        check = self._check()
        return (lambda: check(Progress())) if check is not None else None

    def _check(self) -> Check | None:
        return round_check(self._office, self._ledger, self._round, self.kit.hub.now)

    def _take_findings(self, findings: tuple[SumFinding, ...]) -> None:
        self._findings = findings
        left = sum(not finding.waved for finding in findings)
        self.checks.setText(f"核对 {left} 处…" if left else "核对数字…")

    def _on_checks(self) -> None:
        from tracker.ui.dialogs.check_page import CheckDialog

        # of the window, not of this dialog: it stays open when this one is closed
        over = self.parentWidget()
        CheckDialog(self.kit, self._findings, over, check=self._check()).show()

    def _on_wording(self) -> None:
        from tracker.ui.dialogs.wording import WordingDialog

        WordingDialog(self.kit, self).show()
