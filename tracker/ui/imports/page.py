"""The import of tables in five steps: read, shown, matched, reviewed, written as one step each.

Shown in place of the tabs. Nothing is written before 应用; every step that was reached can be
gone back to, and nothing said there is lost.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication

from tracker.ops.import_table import read_source, read_text
from tracker.ui.commands import TABLE_KINDS
from tracker.ui.imports.memory_dialog import MemoryDialog
from tracker.ui.imports.reading import Loaded, Opened, Target, load
from tracker.ui.imports.step_pages import StepPages
from tracker.ui.imports.stepper import COLUMNS, DONE, FILE, MATCHES, REVIEW
from tracker.ui.imports.waiting import Arrival, Stand
from tracker.ui.imports.writer import Writer
from tracker.ui.unlock import read_unlocked
from tracker.ui.widgets.latest import LatestRead

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QWidget

    from tracker.base.progress import Progress
    from tracker.ops.import_table import Source
    from tracker.ui.imports.writing import Written
    from tracker.ui.kit import Kit

    Found = Loaded | Opened

PASTED = "粘贴的文字"


class ImportPage(StepPages):
    """Leads tables from their files to the ledger, one after the other.

    Signals:
        finished: the import is over, whether written or given up.
        action_wanted: what comes after it, an action of the window by its name.
    """

    finished = Signal()
    action_wanted = Signal(str)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(kit, parent)
        self.setAcceptDrops(True)
        self._turn = self._written_turn = 0
        self.writer = Writer(kit, self)
        self._latest = LatestRead(kit.runner, "正在重新读取", self._looking, self._on_looked, self)
        self._connect()

    def _connect(self) -> None:
        self.steps.wanted.connect(self._go)
        self.reading.files_wanted.connect(self.choose_files)
        self.reading.paste_wanted.connect(self.paste)
        self.reading.forward.connect(self._leave_files)
        self.reading.cancelled.connect(self._give_up)
        self.mapping.target_chosen.connect(self._look_again)
        self.mapping.memory_wanted.connect(self.show_memory)
        self.mapping.forward.connect(lambda: self._go(MATCHES))
        self.mapping.back.connect(lambda: self._go(FILE))
        self.matches.forward.connect(lambda: self._go(REVIEW))
        self.matches.back.connect(lambda: self._go(COLUMNS))
        self.review.back.connect(lambda: self._go(MATCHES))
        self.review.columns_wanted.connect(lambda: self._go(COLUMNS))
        self.review.apply_wanted.connect(self._apply)
        self.review.target_chosen.connect(self._read_again)
        for page in (self.mapping, self.matches, self.review):
            page.cancelled.connect(self._give_up)
        for foot in (self.mapping.foot, self.matches.foot, self.review.foot):
            foot.skip.clicked.connect(self._skip)
        self.writer.written.connect(self._on_written)
        self.writer.failed.connect(self._on_unwritten)
        self.writer.undone.connect(self._on_undone)
        self.done.undo_wanted.connect(self._undo)
        self.done.again_wanted.connect(self._once_more)
        self.done.next_wanted.connect(self._take_next)
        self.done.finished.connect(self._end)
        self.done.action_wanted.connect(self._go_over_to)
        self._kit.hub.opened.connect(self._on_opened)

    # Files

    def start_file(self, path: Path) -> None:
        """Read a file and show what it would change."""
        self.start_files([path])

    def start_files(self, paths: Iterable[Path]) -> None:
        """Read files one after the other; while one is in hand, they wait behind it."""
        self._take([Arrival(path.name, _reader(path)) for path in paths])

    def start_paste(self, text: str, html: str = "") -> None:
        """Read a pasted table and show what it would change."""
        self._take([Arrival(PASTED, lambda _progress, _password: read_text(text, html))])

    def start_source(self, source: Source) -> None:
        """Show what a table that was read already would change."""
        self._take([Arrival(source.name or PASTED, lambda _progress, _password: source)])

    def choose_files(self) -> None:
        """Ask for files."""
        asked = self._kit.messages.ask_open_several("导入表格", TABLE_KINDS)
        if asked:
            self.start_files([Path(name) for name in asked])

    def paste(self) -> None:
        """Take the table on the clipboard."""
        held = QGuiApplication.clipboard().mimeData()
        if held.text().strip():
            self.start_paste(held.text(), held.html())
        else:
            self._kit.messages.tell("剪贴板里没有文字；请先在 Excel、WPS 或网页里复制表格")

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept files in every step; they wait behind the one in hand."""
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files dropped."""
        event.acceptProposedAction()
        self.start_files(_dropped(event))

    def _take(self, files: list[Arrival]) -> None:
        if self.queue.is_running or self.queue.waiting:
            self.queue.add(files)
            names = "、".join(f"“{one.name}”" for one in files)
            self._kit.messages.tell(f"{names}排在后面，核对完当前的再读取")
            self._show_queue()
            return
        self.queue.clear()
        self.queue.add(files)
        self._take_next()

    def _take_next(self) -> None:
        """Read the next file; where there is none, the import is over."""
        arrival = self.queue.take_next()
        if arrival is None:
            self._end()
            return
        self._forget()
        self._open(arrival, Target())

    def _open(self, arrival: Arrival, target: Target) -> None:
        office, in_sight = self._kit.hub.office, self._in_sight()
        arrival.stand, arrival.said = Stand.HERE, ""
        self.reading.show_reading(arrival.name)
        self._show_step(FILE)

        def work(progress: Progress, password: str | None) -> Found:
            source = arrival.read(progress, password)
            return load(office, source, target, None, progress, in_sight=in_sight)

        self._run(f"正在读取“{arrival.name}”", work, self._arrive, self._on_unread)

    def _on_unread(self) -> None:
        """A file that is no table: on to the next, or back to where the clerk was."""
        self.queue.settle(Stand.FAILED)
        self.reading.show_reading("")
        if self.queue.waiting:
            self._take_next()
        elif len(self.queue.files) > 1:
            self._show_step(FILE)
        else:
            self._end()

    def _skip(self) -> None:
        """Leave the file in hand unwritten."""
        if self._may_lose("跳过这个文件？", "跳过"):
            self.queue.settle(Stand.SKIPPED)
            self._take_next()

    def _leave_files(self) -> None:
        """From the list of files to the one in hand, or to the next."""
        if self.queue.is_running:
            self._go(COLUMNS)
        else:
            self._take_next()

    # Leaving

    def cancel(self) -> None:
        """Give the import up; what is being read is dropped."""
        self._turn += 1
        if self._kit.runner.is_busy:
            self._kit.runner.cancel()
        self._end()

    def _give_up(self) -> None:
        """Leave, after asking where decisions would be lost."""
        if self._may_lose("放弃这次核对？", "放弃"):
            self.cancel()

    def _may_lose(self, what: str, verb: str) -> bool:
        if not self.session.is_decided:
            return True
        why = "已经作出的选择不会保留，台账没有变动。"
        return self._kit.messages.confirm(what, why, verb)

    def _end(self) -> None:
        self.queue.clear()
        self._forget()
        self._show_step(FILE)
        self.finished.emit()

    def _go_over_to(self, action: str) -> None:
        self._end()
        self.action_wanted.emit(action)

    def _forget(self) -> None:
        self.session.forget()
        self.mapping.show_opened(None)
        self.matches.show_loaded(None)
        self.review.show_loaded(None)
        self._set_enabled(True)

    @property
    def is_open(self) -> bool:
        """Whether an import is under way, or what it did is still in sight."""
        return bool(self.queue.files)

    @property
    def is_writing(self) -> bool:
        """Whether what comes into sight in the window is the import's own doing."""
        return self.is_open and self.writer.is_at_work

    def _on_opened(self) -> None:
        """Another office or ledger came into sight by the clerk's doing: the import is over."""
        if self.is_open and not self.writer.is_at_work:
            self._turn += 1
            self._end()

    # Steps

    def _go(self, step: int) -> None:
        """Go to a step; what was changed on the way is compared anew first."""
        if self.step == DONE or step == self.step or step not in self.session.reached:
            return
        columns = self.mapping.columns
        if self.step == COLUMNS and step > COLUMNS and columns is not None:
            if self.session.is_reading:
                return  # a change is being read; the button waits for it
            self.session.confirm(columns.confirmed())
        if not self.session.must_compare(step):
            self._show_step(step)
            return
        work = self.session.comparing(self._kit.hub.office, self._in_sight())
        if work is not None:
            self._compare(work, step)

    def _in_sight(self) -> str | None:
        ledger = self._kit.hub.ledger
        return ledger.name if ledger is not None else None

    # Reading and comparing

    def _arrive(self, found: Found) -> None:
        """Open a file at the first step that needs the clerk."""
        self.reading.show_reading("")
        self._keep(found)
        self._show_step(self.session.first_step)

    def _keep(self, found: Found) -> None:
        self.session.keep(found)
        self._set_enabled(True)

    def _look_again(self, target: Target) -> None:
        """Read the table as the clerk says now."""
        self.session.want(target)
        self.mapping.foot.forward.setEnabled(False)  # until it is read
        self._latest.ask()

    def _looking(self) -> Callable[[], Opened] | None:
        return self.session.looking(self._kit.hub.office)

    def _on_looked(self, opened: Opened) -> None:
        if self.session.looked(opened):
            self.mapping.show_opened(opened)
            self._show_queue()

    def _read_again(self, target: Target) -> None:
        """Compare the same table with another ledger, round or date."""
        work = self.session.comparing(self._kit.hub.office, self._in_sight(), target)
        if work is not None:
            self._compare(work, self.step)

    def _compare(self, work: Callable[[Progress], Found], step: int) -> None:
        """Compare the table anew, then go to a step."""
        self._set_enabled(False)

        def done(found: Found) -> None:
            self._keep(found)
            self._show_step(step if isinstance(found, Loaded) else COLUMNS)

        def failed() -> None:
            self._set_enabled(True)
            if self.step == REVIEW:
                self.review.show_loaded(self.session.loaded)

        self._run("正在重新核对", lambda progress, _: work(progress), done, failed)

    def _run(
        self,
        title: str,
        work: Callable[[Progress, str | None], Found],
        then: Callable[[Found], None],
        failed: Callable[[], None],
    ) -> None:
        self._turn += 1
        turn = self._turn

        def wanted() -> bool:
            return turn == self._turn

        def done(found: Found) -> None:
            if wanted():
                then(found)

        def over() -> None:
            if wanted():
                failed()

        read_unlocked(self._kit, title, work, done, failed=over, wanted=wanted)

    # Writing

    def _apply(self) -> None:
        loaded = self.session.loaded
        if loaded is None or not (loaded.review.to_write() or self.review.teaches):
            return
        if self.writer.apply(loaded):
            self._turn += 1
            self._written_turn = self._turn
            self._set_enabled(False)

    def _on_written(self, written: Written) -> None:
        """Show what was written, unless the clerk has left meanwhile."""
        loaded = self.session.loaded
        if self._turn != self._written_turn or loaded is None:
            return
        self.queue.settle(Stand.WRITTEN if written.step_id else Stand.UNCHANGED)
        self.done.show_written(loaded, written, self.queue.waiting)
        self._show_step(DONE)
        self._set_enabled(True)

    def _on_unwritten(self) -> None:
        if self._turn == self._written_turn:
            self._set_enabled(True)

    def _undo(self) -> None:
        if self.done.written is not None:
            self.writer.undo(self.done.written)

    def _on_undone(self, written: Written, sentence: str) -> None:
        if self.step == DONE and written is self.done.written:
            self.queue.settle(Stand.SKIPPED, "已撤销")
            self.done.show_undone(sentence)

    def _once_more(self) -> None:
        """Review the file again that was taken back; what was said about it holds on."""
        work = self.session.comparing(self._kit.hub.office, self._in_sight())
        if work is not None:
            self.queue.settle(Stand.HERE)
            self._compare(work, REVIEW)

    def show_memory(self) -> None:
        """Show the tables whose columns are remembered."""
        office = self._kit.hub.office
        if office is not None:
            MemoryDialog(self._kit, office, self).open()


def _reader(path: Path) -> Callable[[Progress, str | None], Source]:
    def read(progress: Progress, password: str | None) -> Source:
        return read_source(path, progress=progress, password=password)

    return read


def _dropped(event: QDropEvent) -> list[Path]:
    """Return the tables among what is dropped; an office file is opened on the other pages."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() != ".db"]
