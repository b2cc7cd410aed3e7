"""Writes what was reviewed, and takes it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from tracker.ops.import_table import undo_import
from tracker.ui.imports.saving import default_place, with_ending
from tracker.ui.imports.writing import Written, bring_into_sight, into_new, into_standing

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.base.progress import Progress
    from tracker.domain.history import StepRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.imports.reading import Loaded
    from tracker.ui.kit import Kit


class Writer(QObject):
    """Carries imports out.

    Attributes:
        is_at_work: what comes into sight in the window now is its doing.

    Signals:
        written: what an import left behind (`Written`), after the window shows it.
        undone: an import was taken back (`Written`), and the sentence that says so.
        failed: nothing was written.
    """

    written = Signal(object)
    undone = Signal(object, str)
    failed = Signal()

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit
        self.is_at_work = False

    def apply(self, loaded: Loaded) -> bool:
        """Write what was reviewed; False where the user gives no place for the new file."""
        work = self._work(loaded)
        if work is None:
            return False
        self.is_at_work = True
        self._kit.runner.write(
            "正在写入台账", work, self._on_written, initiator=self, failed=self._on_failed
        )
        return True

    def _work(self, loaded: Loaded) -> Callable[[Progress], Outcome[Written]] | None:
        hub = self._kit.hub
        if hub.office is not None:
            return into_standing(hub.office, loaded, hub.who, hub.now)
        place = str(default_place(loaded.review.plan.ledger))
        asked = self._kit.messages.ask_save("新台账存放在哪里", place, "台账 (*.db)")
        return into_new(with_ending(asked), loaded, hub.who, hub.now) if asked else None

    def _on_written(self, outcome: Outcome[Written]) -> None:
        written = outcome.value
        bring_into_sight(self._kit.hub, written)
        self.is_at_work = False
        if written.step_id:
            sentence = f"导入完成：{outcome.sentence}"
            self._kit.messages.tell(sentence, "撤销", lambda: self.undo(written))
        else:
            self._kit.messages.tell(outcome.sentence)
        self.written.emit(written)

    def _on_failed(self) -> None:
        self.is_at_work = False
        self.failed.emit()

    def undo(self, written: Written) -> None:
        """Take an import back."""
        who, now = self._kit.hub.who, self._kit.hub.now
        self.is_at_work = True

        def done(outcome: Outcome[StepRow]) -> None:
            self.is_at_work = False
            self._kit.messages.tell(outcome.sentence)
            self.undone.emit(written, outcome.sentence)

        def failed() -> None:
            self.is_at_work = False

        self._kit.runner.write(
            "正在撤销",
            lambda _progress: undo_import(written.office, written.step_id, who=who, now=now),
            done,
            failed=failed,
        )
