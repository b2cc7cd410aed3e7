"""The import of a table: read, reviewed, written as one step; shown in place of the tabs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.history import Changes
from tracker.ops.history import next_undo
from tracker.ops.import_table import (
    apply_import,
    choose,
    import_as_new_office,
    read_source,
    read_text,
    undo_import,
)
from tracker.ops.ledgers import list_ledgers
from tracker.ops.outcome import Outcome
from tracker.ops.rounds import list_rounds
from tracker.ui.imports.reading import Loaded, Target, load, reread
from tracker.ui.imports.reading_page import ReadingPage
from tracker.ui.imports.review_page import ReviewPage
from tracker.ui.imports.saving import default_place, with_ending
from tracker.ui.unlock import read_unlocked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.ops.import_table import Import, Source
    from tracker.ops.office import Office
    from tracker.ui.kit import Kit


@dataclass(frozen=True, slots=True)
class _Written:
    """What an import left behind: the office, the ledger and round, and its step in the trace."""

    office: Office
    ledger: str
    round: int
    step_id: int


class ImportPage(QWidget):
    """Leads a table from the file to the ledger. Nothing is written before 应用.

    Signals:
        finished: the import is over, whether written or given up.
    """

    finished = Signal()

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._turn = 0
        self._pages = QStackedWidget()
        self.reading = ReadingPage(kit)
        self.review = ReviewPage(kit)
        self._pages.addWidget(self.reading)
        self._pages.addWidget(self.review)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._pages)
        self.reading.cancelled.connect(self.cancel)
        self.review.cancelled.connect(self._give_up)
        self.review.apply_wanted.connect(self._apply)
        self.review.target_chosen.connect(self._read_again)

    def start_file(self, path: Path) -> None:
        """Read a file and show what it would change."""

        def read(progress: Progress, password: str | None) -> Source:
            return read_source(path, progress=progress, password=password)

        self._start(path.name, read)

    def start_paste(self, text: str, html: str = "") -> None:
        """Read a pasted table and show what it would change."""
        self._start("粘贴的文字", lambda _progress, _password: read_text(text, html))

    def start_source(self, source: Source) -> None:
        """Show what a table that was read already would change."""
        self._start(source.name or "粘贴的文字", lambda _progress, _password: source)

    def cancel(self) -> None:
        """Give the import up; what is being read is dropped."""
        self._turn += 1
        if self._kit.runner.is_busy:
            self._kit.runner.cancel()
        self._end()

    def _give_up(self) -> None:
        """Leave the review, after asking where decisions would be lost."""
        loaded = self.review.loaded
        if (
            loaded is None
            or not loaded.review.is_decided()
            or self._kit.messages.confirm(
                "放弃这次核对？", "已经作出的选择不会保留，台账没有变动。", "放弃"
            )
        ):
            self.cancel()

    def _end(self) -> None:
        self.review.show_loaded(None)
        self.finished.emit()

    # Reading

    def _start(self, name: str, read: Callable[[Progress, str | None], Source]) -> None:
        hub = self._kit.hub
        office = hub.office
        target = Target(ledger=None)
        in_sight = hub.ledger.name if hub.ledger is not None else None
        self.review.show_loaded(None)
        self.reading.show_name(name)
        self._pages.setCurrentWidget(self.reading)

        def work(progress: Progress, password: str | None) -> Loaded:
            source = read(progress, password)
            return load(office, source, target, None, progress, in_sight=in_sight)

        self._run(f"正在读取“{name}”", work, self._end)

    def _read_again(self, target: Target) -> None:
        """Compare the same table with another ledger, round or date."""
        before = self.review.loaded
        if before is None:
            return
        work = reread(self._kit.hub.office, before, target)
        self.review.setEnabled(False)
        self._run("正在重新核对", lambda progress, _: work(progress), lambda: self._show(before))

    def _run(
        self,
        title: str,
        work: Callable[[Progress, str | None], Loaded],
        failed: Callable[[], None],
    ) -> None:
        self._turn += 1
        turn = self._turn

        def done(loaded: Loaded) -> None:
            if turn == self._turn:
                self._show(loaded)

        def over() -> None:
            if turn == self._turn:
                failed()

        def wanted() -> bool:
            return turn == self._turn

        read_unlocked(self._kit, title, work, done, failed=over, wanted=wanted)

    def _show(self, loaded: Loaded) -> None:
        self.review.setEnabled(True)
        self.review.show_loaded(loaded)
        self._pages.setCurrentWidget(self.review)
        self.review.table.setFocus()

    # Writing

    def _apply(self) -> None:
        loaded = self.review.loaded
        if loaded is None or not loaded.review.to_write():
            return
        work = self._work(loaded)
        if work is None:
            return
        self._turn += 1
        turn = self._turn
        self.review.setEnabled(False)

        def done(outcome: Outcome[_Written]) -> None:
            self._on_written(outcome, is_here=turn == self._turn)

        def failed() -> None:
            if turn == self._turn:
                self.review.setEnabled(True)

        self._kit.runner.write("正在写入台账", work, done, initiator=self, failed=failed)

    def _work(self, loaded: Loaded) -> Callable[[Progress], Outcome[_Written]] | None:
        """Return the work of writing; None where the user gives no place for the new file."""
        hub, plan, decisions = self._kit.hub, loaded.review.plan, loaded.review.decisions()
        office, who, now = hub.office, hub.who, hub.now
        if office is not None:
            standing = office

            def into_standing(progress: Progress) -> Outcome[_Written]:
                chosen = choose(plan, decisions)
                done = apply_import(standing, chosen, who=who, now=now, progress=progress)
                written = _written(standing, plan)
                return Outcome(written, done.changes, done.sentence)

            return into_standing
        asked = self._kit.messages.ask_save(
            "新台账存放在哪里", str(default_place(plan.ledger)), "台账 (*.db)"
        )
        if not asked:
            return None
        path = with_ending(asked)

        def into_new(progress: Progress) -> Outcome[_Written]:
            chosen = choose(plan, decisions)
            made, done = import_as_new_office(path, chosen, who=who, now=now, progress=progress)
            return Outcome(_written(made, plan), Changes(), done.sentence)

        return into_new

    def _on_written(self, outcome: Outcome[_Written], *, is_here: bool) -> None:
        """Show what was written and offer to take it back."""
        written, hub = outcome.value, self._kit.hub
        self._bring_into_sight(written)

        def undo() -> None:
            who, now = hub.who, hub.now
            self._kit.runner.write(
                "正在撤销",
                lambda _progress: undo_import(written.office, written.step_id, who=who, now=now),
                lambda undone: self._kit.messages.tell(undone.sentence),
            )

        self._kit.messages.tell(f"导入完成：{outcome.sentence}", "撤销", undo)
        if is_here:
            self._end()

    def _bring_into_sight(self, written: _Written) -> None:
        hub = self._kit.hub
        ledgers = list_ledgers(written.office)
        ledger = next((row for row in ledgers if row.name == written.ledger), None)
        rounds = list_rounds(written.office, ledger) if ledger is not None else ()
        round_ = next((row for row in rounds if row.number == written.round), None)
        same = (hub.office, hub.ledger, hub.round) == (written.office, ledger, round_)
        if ledger is not None and not same:
            hub.show(written.office, ledger, round_)


def _written(office: Office, plan: Import) -> _Written:
    step = next_undo(office)
    return _Written(office, plan.ledger, plan.round, step.id if step is not None else 0)
