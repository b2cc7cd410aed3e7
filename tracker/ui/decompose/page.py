"""A document on its way to the ledger: read, reviewed, put by or written as one step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.domain.history import Changes
from tracker.ops.apply_drafts import apply_drafts, decompose_as_new_office
from tracker.ops.history import next_undo
from tracker.ops.import_table import read_source, read_text, undo_import
from tracker.ops.ledgers import list_ledgers
from tracker.ops.office import create_office
from tracker.ops.outcome import Outcome
from tracker.ops.rounds import list_rounds
from tracker.ops.saved_reviews import resume_review, save_review
from tracker.ui.decompose.reading import Loaded, Target, load, loaded, read_again
from tracker.ui.decompose.review_page import ReviewPage
from tracker.ui.dialogs.lookups import known_units
from tracker.ui.imports.reading_page import ReadingPage
from tracker.ui.imports.saving import default_place, with_ending
from tracker.ui.unlock import read_unlocked

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tracker.base.progress import Progress
    from tracker.ops.import_table import Source
    from tracker.ops.office import Office
    from tracker.ui.kit import Kit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Written:
    """What was left behind: the office, the ledger, and the step in the trace."""

    office: Office
    ledger: str
    step_id: int


class DecomposePage(QWidget):
    """Leads a document from the file to the ledger. Nothing is written before the button.

    Signals:
        finished: it is over, whether written, put by or given up.
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
        self.review.target_chosen.connect(self._read_again)
        self.review.write_wanted.connect(self._write)
        self.review.keep_wanted.connect(self._keep)

    def start_file(self, path: Path) -> None:
        """Read a document and show its drafts."""

        def read(progress: Progress, password: str | None) -> Source:
            return read_source(path, progress=progress, password=password)

        self._start(path.name, read)

    def start_paste(self, text: str, html: str = "") -> None:
        """Read a pasted document and show its drafts."""
        self._start("粘贴的文字", lambda _progress, _password: read_text(text, html))

    def start_source(self, source: Source) -> None:
        """Show the drafts of a document that was read already."""
        self._start(source.name or "粘贴的文字", lambda _progress, _password: source)

    def resume(self, saved_id: str, title: str) -> None:
        """Go on with a review that was put by."""
        office = self._kit.hub.office
        if office is None:
            return
        standing = office
        self._show_reading(title)

        def work(_progress: Progress, _password: str | None) -> Loaded:
            plan, review = resume_review(standing, saved_id)
            return loaded(standing, plan, review, Target(plan.ledger), saved_id)

        self._run(f"正在打开“{title}”", work, self._end)

    def cancel(self) -> None:
        """Give it up; what is being read is dropped."""
        self._turn += 1
        if self._kit.runner.is_busy:
            self._kit.runner.cancel()
        self._end()

    def may_leave(self) -> bool:
        """Tell whether nothing is lost by leaving; where something would be, ask."""
        self.review.panel.editor.take_over()
        return not self.review.desk.is_touched or self._kit.messages.confirm(
            "放弃这次核对？", "已作的修改不会保留，台账没有变动；要以后接着核对请用“暂存”。", "放弃"
        )

    def _give_up(self) -> None:
        if self.may_leave():
            self.cancel()

    def _end(self) -> None:
        self.review.setEnabled(True)
        self.review.show_loaded(None)
        self.finished.emit()

    # Reading

    def _start(self, name: str, read: Callable[[Progress, str | None], Source]) -> None:
        office = self._kit.hub.office
        self._show_reading(name)

        def work(progress: Progress, password: str | None) -> Loaded:
            return load(office, read(progress, password), progress)

        self._run(f"正在读取“{name}”", work, self._end)

    def _show_reading(self, name: str) -> None:
        self.review.show_loaded(None)
        self.reading.show_name(name)
        self._pages.setCurrentWidget(self.reading)

    def _read_again(self, target: Target) -> None:
        """Compare the same document with another ledger, or read it with another date."""
        before = self.review.loaded
        if before is None:
            return
        work = read_again(self._kit.hub.office, before, self.review.desk.now, target)
        self.review.setEnabled(False)

        def failed() -> None:
            self.review.setEnabled(True)
            self.review.target.show_loaded(before)

        self._run("正在重新核对", lambda progress, _: work(progress), failed)

    def _run(
        self,
        title: str,
        work: Callable[[Progress, str | None], Loaded],
        failed: Callable[[], None],
    ) -> None:
        self._turn += 1
        turn = self._turn

        def done(read: Loaded) -> None:
            if turn == self._turn:
                self._show(read)

        def over() -> None:
            if turn == self._turn:
                failed()

        def wanted() -> bool:
            return turn == self._turn

        read_unlocked(self._kit, title, work, done, failed=over, wanted=wanted)

    def _show(self, read: Loaded) -> None:
        self.review.setEnabled(True)
        self._pages.setCurrentWidget(self.review)
        self.review.show_loaded(read)
        self.review.table.setFocus()
        known_units(self._kit, self, self.review.panel.editor.set_names)

    # Putting by

    def _keep(self) -> None:
        """Put the review by; where no office is open, a new file is made for it."""
        read, desk, hub = self.review.loaded, self.review.desk, self._kit.hub
        if read is None or desk.plan is None:
            return
        plan, review, who, now = desk.plan, desk.now, hub.who, hub.now
        office, saved_id = hub.office, read.saved_id
        path: Path | None = None
        if office is None:
            path = self._ask_place(plan.ledger)
            if path is None:
                return

        def work(_progress: Progress) -> Outcome[Office]:
            kept_in = office or create_office(path or default_place(plan.ledger), now)
            done = save_review(kept_in, plan, review, who=who, now=now, review_id=saved_id)
            return Outcome(kept_in, done.changes, done.sentence)

        self._write_with("正在暂存", work, self._on_kept)

    def _on_kept(self, outcome: Outcome[Office]) -> None:
        hub = self._kit.hub
        if hub.office is not outcome.value:
            hub.show(outcome.value, None, None)
        self._kit.messages.tell(outcome.sentence)
        self._end()

    # Writing

    def _write(self) -> None:
        read, desk, hub = self.review.loaded, self.review.desk, self._kit.hub
        if read is None or desk.plan is None:
            return
        plan, review, who, now = desk.plan, desk.now, hub.who, hub.now
        office, saved_id = hub.office, read.saved_id
        if office is not None:
            standing = office

            def into_standing(progress: Progress) -> Outcome[_Written]:
                done = apply_drafts(
                    standing, plan, review, who=who, now=now, saved_as=saved_id, progress=progress
                )
                written = _written(standing, plan.ledger)
                return Outcome(written, done.changes, done.sentence)

            self._write_with("正在写入台账", into_standing, self._on_written)
            return
        path = self._ask_place(plan.ledger)
        if path is None:
            return

        def into_new(progress: Progress) -> Outcome[_Written]:
            made, done = decompose_as_new_office(
                path, plan, review, who=who, now=now, progress=progress
            )
            return Outcome(_written(made, plan.ledger), Changes(), done.sentence)

        self._write_with("正在写入台账", into_new, self._on_written)

    def _ask_place(self, ledger: str) -> Path | None:
        asked = self._kit.messages.ask_save(
            "新台账存放在哪里", str(default_place(ledger)), "台账 (*.db)"
        )
        return with_ending(asked) if asked else None

    def _write_with(
        self,
        title: str,
        work: Callable[[Progress], Outcome[T]],
        done: Callable[[Outcome[T]], None],
    ) -> None:
        """Write in the serial lane; the review waits for it, and stays where it fails."""
        self._turn += 1
        turn = self._turn
        self.review.setEnabled(False)

        def failed() -> None:
            if turn == self._turn:
                self.review.setEnabled(True)

        self._kit.runner.write(title, work, done, initiator=self, failed=failed)

    def _on_written(self, outcome: Outcome[_Written]) -> None:
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

        self._kit.messages.tell(f"已写入台账：{outcome.sentence}", "撤销", undo)
        self._end()

    def _bring_into_sight(self, written: _Written) -> None:
        hub = self._kit.hub
        ledger = next(
            (row for row in list_ledgers(written.office) if row.name == written.ledger), None
        )
        if ledger is None or (hub.office is written.office and hub.ledger == ledger):
            return
        rounds = list_rounds(written.office, ledger)
        hub.show(written.office, ledger, rounds[-1] if rounds else None)


def _written(office: Office, ledger: str) -> _Written:
    step = next_undo(office)
    return _Written(office, ledger, step.id if step is not None else 0)
