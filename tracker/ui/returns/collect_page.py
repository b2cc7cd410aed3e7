"""Collecting what came back: files read, reviewed, written as one step, who is still missing.

Shown in place of the tabs. Nothing is written before 写入.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from tracker.base.errors import UserError
from tracker.ui.commands import TABLE_KINDS
from tracker.ui.returns.collect_done_page import CollectDonePage
from tracker.ui.returns.drop_page import DropPage
from tracker.ui.returns.gathered import Wanted
from tracker.ui.returns.gathering import gather
from tracker.ui.returns.pick_dialog import Pickable, PickDialog
from tracker.ui.returns.progress_page import ProgressPage
from tracker.ui.returns.review import CollectReview
from tracker.ui.returns.review_page import ReviewPage
from tracker.ui.returns.writing import collecting, taking_back

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDropEvent

    from tracker.base.progress import Progress
    from tracker.domain.collection import CollectedFile
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit
    from tracker.ui.returns.lines import ReturnLine
    from tracker.ui.returns.writing import Collected

KINDS = TABLE_KINDS.replace("表格和文档", "反馈表和文档").replace(" *.xml)", " *.xml *.jpg *.png)")


class CollectPage(QWidget):
    """Leads returned files into the ledger.

    Attributes:
        drop, progress, review, done: the pages.

    Signals:
        finished: written, or given up.
        action_wanted: what comes after it, an action of the window by its name.
    """

    finished = Signal()
    action_wanted = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._wanted = Wanted()
        self._held: CollectReview | None = None  # what was decided before files are read again
        self._turn = 0
        self._is_open = self._is_writing = False
        self.setAcceptDrops(True)
        self.drop = DropPage(kit)
        self.progress = ProgressPage(kit)
        self.review = ReviewPage(kit)
        self.done = CollectDonePage(kit)
        self.pages = QStackedWidget()
        for page in (self.drop, self.progress, self.review, self.done):
            self.pages.addWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._connect()

    def _connect(self) -> None:
        self.drop.files_wanted.connect(self.choose_files)
        self.drop.folder_wanted.connect(self.choose_folder)
        self.drop.cancelled.connect(self._end)
        self.progress.cancelled.connect(self._cancel)
        self.review.apply_wanted.connect(self._apply)
        self.review.claim_wanted.connect(self._claim)
        self.review.unlock_wanted.connect(self._unlock)
        self.review.leave_wanted.connect(self._leave_out)
        self.review.take_wanted.connect(self._take_for_this_round)
        self.review.open_wanted.connect(self._open)
        self.review.task_wanted.connect(self._choose_task)
        self.review.more_wanted.connect(self.choose_files)
        self.review.cancelled.connect(self._give_up)
        self.done.undo_wanted.connect(self._undo)
        self.done.again_wanted.connect(self._read)
        self.done.more_wanted.connect(self._once_more)
        self.done.finished.connect(self._end)
        self.done.action_wanted.connect(self._go_over_to)
        self._kit.hub.opened.connect(self._on_opened)

    @property
    def is_open(self) -> bool:
        """Whether files are being collected, or what was collected is still in sight."""
        return self._is_open

    @property
    def is_writing(self) -> bool:
        """Whether what comes into sight in the window is its own doing."""
        return self._is_writing

    # Files

    def start(self, paths: tuple[Path, ...] = ()) -> None:
        """Read files and folders; without any, wait for them."""
        hub = self._kit.hub
        if hub.ledger is None or hub.round is None:
            return
        self._is_open = True
        self._wanted, self._held = Wanted(), None
        self.drop.show_round(hub.ledger, hub.round)
        self.pages.setCurrentWidget(self.drop)
        self.drop.files.setFocus()
        if paths:
            self._add(paths)

    def choose_files(self) -> None:
        """Ask for files."""
        asked = self._kit.messages.ask_open_several("收反馈表", KINDS)
        if asked:
            self._add(tuple(Path(name) for name in asked))

    def choose_folder(self) -> None:
        """Ask for a folder."""
        asked = self._kit.messages.ask_folder("反馈表放在哪个文件夹")
        if asked:
            self._add((Path(asked),))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files and folders, but not while something is at work."""
        busy = self.pages.currentWidget() is self.progress
        if event.mimeData().hasUrls() and not busy:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files dropped."""
        urls = event.mimeData().urls()
        paths = tuple(Path(url.toLocalFile()) for url in urls if url.isLocalFile())
        event.acceptProposedAction()
        if paths:
            if self.pages.currentWidget() is self.done:
                self._wanted, self._held = Wanted(), None
            self._add(paths)

    def _add(self, paths: tuple[Path, ...]) -> None:
        self._wanted = self._wanted.with_paths(paths)
        self._read()

    def _once_more(self) -> None:
        self.start()

    # Reading

    def _read(self) -> None:
        """Read everything that is wanted; what was decided holds on."""
        hub, wanted, held = self._kit.hub, self._wanted, self._held
        office, ledger, round_, today = hub.office, hub.ledger, hub.round, hub.today
        if office is None or ledger is None or round_ is None:
            return
        self._turn += 1
        turn = self._turn
        self.progress.begin("正在读取来件", "只读取和核对，不写入台账")
        self.pages.setCurrentWidget(self.progress)

        def work(progress: Progress) -> CollectReview:
            gathered = gather(office, ledger, round_, wanted, today, progress)
            return CollectReview(gathered, held)

        def done(review: CollectReview) -> None:
            if turn == self._turn:
                self._arrive(review)

        def failed() -> None:
            if turn == self._turn:
                self._back()

        self._kit.runner.read("正在读取来件", work, done, failed=failed)

    def _arrive(self, review: CollectReview) -> None:
        if not review.gathered.has_news:
            self._kit.messages.tell(review.gathered.no_news)
            self.review.show_review(None)
            self.start()
            return
        self._held = review
        self.pages.setCurrentWidget(self.review)
        self.review.show_review(review)

    def _back(self) -> None:
        """Where reading failed or was given up: to what was there before."""
        review = self.review.review
        self.pages.setCurrentWidget(self.review if review is not None else self.drop)
        self._wanted = review.gathered.wanted if review is not None else Wanted()

    def _cancel(self) -> None:
        self._kit.runner.cancel()

    # What the clerk says about files

    def _file(self) -> CollectedFile | None:
        review = self.review.review
        return review.file(self.review.file) if review is not None else None

    def _claim(self) -> None:
        """Ask whose the file in hand is."""
        file, review = self._file(), self.review.review
        if file is None or review is None:
            return
        dialog = PickDialog(
            self._kit, "指定单位", f"“{file.name}”是哪个单位的来件？{file.unit_reason}", self
        )
        units = [unit for unit in review.gathered.units if not unit.is_collective]
        dialog.offer([Pickable(unit.name, unit.name) for unit in units], verb="就是它")
        dialog.picked.connect(lambda keys, _ticked: self._on_claimed(file, str(keys[0])))
        dialog.open()

    def _on_claimed(self, file: CollectedFile, unit: str) -> None:
        claimed = {**self._wanted.claimed, file.hash: unit}
        self._wanted = replace(self._wanted, claimed=claimed)
        self._read()

    def _unlock(self) -> None:
        """Ask for the password of the file in hand; it is kept until the page is left."""
        file = self._file()
        if file is None:
            return
        was_wrong = file.path in self._wanted.passwords
        label = "密码不对，请再输一次：" if was_wrong else "请输入打开密码（不会保存）："
        password = self._kit.messages.ask_password(f"“{file.name}”加了密码。", label)
        if password:
            passwords = {**self._wanted.passwords, file.path: password}
            self._wanted = replace(self._wanted, passwords=passwords)
            self._read()

    def _leave_out(self) -> None:
        """Leave the file in hand uncollected."""
        file = self._file()
        if file is not None:
            self._wanted = replace(self._wanted, left_out=self._wanted.left_out | {file.path})
            self._kit.messages.tell(f"“{file.name}”这次不收，原文件没有动")
            self._read()

    def _take_for_this_round(self) -> None:
        """Let a form of another round count for this one, or no longer."""
        file = self._file()
        if file is not None:
            this_round = self._wanted.this_round ^ {file.hash}
            self._wanted = replace(self._wanted, this_round=this_round)
            self._read()

    def _open(self) -> None:
        file = self._file()
        if file is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(file.path))

    def _choose_task(self, line: ReturnLine) -> None:
        """Ask which task the words in hand belong to."""
        review, file = self.review.review, self._file()
        if review is None or file is None:
            return
        if file.unit_id is None:
            why = "归到任务的文字记作这个单位的原报"
            do = "请先用“指定单位”说明是谁的来件"
            self._kit.messages.problem(UserError("还不知道这段文字是哪个单位的", why, do))
            return
        words = line.new if len(line.new) <= 120 else f"{line.new[:119]}…"
        dialog = PickDialog(self._kit, "归到任务", f"“{words}”归到哪项任务？", self)
        tasks = review.gathered.tasks.values()
        things = [Pickable(t.code, f"{t.number} {' '.join(t.text.split())}", t.text) for t in tasks]
        dialog.offer(things, verb="归到这项")
        dialog.picked.connect(lambda keys, _: self.review.place_words(line, str(keys[0])))
        dialog.open()

    # Writing

    def _apply(self) -> None:
        hub, review = self._kit.hub, self.review.review
        if hub.office is None or review is None:
            return
        self._is_writing = True
        self.progress.begin("正在写入", "写完之后可以撤销")
        self.pages.setCurrentWidget(self.progress)
        self._kit.runner.write(
            "正在写入",
            collecting(hub.office, review, hub.who, hub.now),
            self._on_written,
            initiator=self,
            failed=self._on_unwritten,
        )

    def _on_written(self, outcome: Outcome[Collected]) -> None:
        self._is_writing = False
        self._kit.messages.tell(outcome.sentence)
        if self._is_open:
            self.pages.setCurrentWidget(self.done)
            self.done.show_collected(outcome.value)
            self.review.show_review(None)

    def _on_unwritten(self) -> None:
        """Compare anew: the ledger may have changed since; what was decided holds on."""
        self._is_writing = False
        if self._is_open:
            self._read()

    def _undo(self) -> None:
        hub, collected = self._kit.hub, self.done.collected
        if hub.office is None or collected is None:
            return

        def done(outcome: Outcome[str]) -> None:
            self._is_writing = False
            self._kit.messages.tell(outcome.sentence)
            self.done.show_undone(outcome.sentence)

        def failed() -> None:
            self._is_writing = False

        self._is_writing = True
        self._kit.runner.write(
            "正在撤销",
            taking_back(hub.office, collected, hub.who, hub.now),
            done,
            failed=failed,
        )

    # Leaving

    def _give_up(self) -> None:
        """Leave, after asking where decisions would be lost."""
        review = self.review.review
        decided = review is not None and review.is_decided()
        said = self._wanted.claimed or self._wanted.this_round
        why = "已经作出的选择不会保留，台账没有变动，来件还在原处。"
        if not (decided or said) or self._kit.messages.confirm("放弃这次核对？", why, "放弃"):
            self._end()

    def _end(self) -> None:
        self._turn += 1
        self._is_open = False
        self._wanted, self._held = Wanted(), None
        self.review.show_review(None)
        self.finished.emit()

    def _go_over_to(self, action: str) -> None:
        self._end()
        self.action_wanted.emit(action)

    def _on_opened(self) -> None:
        """Another office, ledger or round came into sight: this is over."""
        if self._is_open and not self._is_writing:
            self._end()
