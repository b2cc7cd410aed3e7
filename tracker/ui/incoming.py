"""Documents and files on their way in: chosen, pasted, dropped, or put by and gone on with."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from tracker.base.errors import UserError
from tracker.ui.dropped import refusal, take
from tracker.ui.unlock import read_unlocked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QMimeData

    from tracker.base.progress import Progress
    from tracker.ops.import_table import Source
    from tracker.ops.incoming import Nature
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow

DOCUMENT_KINDS = (
    "文件 (*.docx *.docm *.doc *.wps *.pdf *.txt *.md *.htm *.html *.mht *.xlsx *.xls *.et *.csv)"
    ";;所有文件 (*)"
)


FORM_ENDINGS = frozenset({".xlsx", ".xlsm", ".xls", ".et", ".docx", ".docm", ".doc", ".wps"})
"""What a form may have been saved as."""


class Incoming:
    """Leads what comes in to the page that reads it."""

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        self._window = window
        self._kit = kit
        self._folder: TemporaryDirectory[str] | None = None

    def decompose_file(self) -> None:
        """Ask for a document and take it apart."""
        asked = self._kit.messages.ask_open("导入文件分解", DOCUMENT_KINDS)
        if asked:
            self._window.decompose_page().start_file(Path(asked))

    def paste_document(self) -> None:
        """Take the document on the clipboard apart."""
        held = QGuiApplication.clipboard().mimeData()
        if held.text().strip():
            self._window.decompose_page().start_paste(held.text(), held.html())
        else:
            self._kit.messages.tell("剪贴板里没有文字；请先在 Word、WPS 或网页里复制文件")

    def take_dropped(self, data: QMimeData) -> None:
        """Take what was dropped on the window: files as what they are, text as what it looks like.

        Args:
            data: gone when this returns; what takes longer begins afterwards.
        """
        try:
            dropped = take(data, self._letters)
        except UserError as error:
            self._kit.messages.problem(error)
            return
        if dropped.paths:
            act = partial(self._window.commands.take_files, list(dropped.paths))
        else:
            act = partial(self.take_text, dropped.text, dropped.html)
        QTimer.singleShot(0, self._window, act)

    def _letters(self) -> Path:
        """Return where attachments out of letters go; it is removed with the program."""
        if self._folder is None:
            self._folder = TemporaryDirectory(prefix="附件-", ignore_cleanup_errors=True)
        return Path(self._folder.name)

    def forget_letters(self) -> None:
        """Remove what was taken out of letters."""
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    def take_text(self, text: str, html: str) -> None:
        """Take dropped text: instructions where they are in sight, else a table or a document."""
        if self._window.tab_in_sight == "单项批示" and self._kit.hub.office is not None:
            from tracker.ui.instructions.paste import PasteInstructionsDialog

            PasteInstructionsDialog(self._kit, text, parent=self._window).open()
        elif "<table" in html.lower() or sum("\t" in line for line in text.splitlines()) > 1:
            self._window.import_page().start_paste(text, html)
        else:
            self._window.decompose_page().start_paste(text, html)

    def take_files(self, paths: list[Path]) -> None:
        """Take several dropped files, or folders: with a form among them all are returns."""
        if any(path.is_dir() for path in paths):
            self._window.commands.collect_returns(paths)
            return

        def done(is_return: bool) -> None:
            if is_return:
                self._window.commands.collect_returns(paths)
            else:
                self._window.import_page().start_files(paths)

        self._kit.runner.read(
            "正在辨认拖入的文件", lambda progress: _holds_form(paths, progress), done
        )

    def take_file(self, path: Path) -> None:
        """Read a dropped file as what it is: a form, a table, a document, or as the clerk says."""
        from tracker.ops.import_table import read_source
        from tracker.ops.incoming import nature_of

        if (problem := refusal(path)) is not None:
            self._kit.messages.problem(problem)
            return

        def work(progress: Progress, password: str | None) -> tuple[Source, Nature]:
            source = read_source(path, progress=progress, password=password)
            progress.step(f"正在辨认“{path.name}”")
            return source, nature_of(source)

        def done(found: tuple[Source, Nature]) -> None:
            self._show(path, *found)

        read_unlocked(self._kit, f"正在读取“{path.name}”", work, done)

    def _show(self, path: Path, source: Source, nature: Nature) -> None:
        from tracker.ops.incoming import Nature

        if nature is Nature.EITHER:
            answer = self._kit.messages.choose(
                f"“{source.name}”里既有表格，也有正文",
                "表格导入更新台账里的落实情况；文件分解把正文和表里的任务拆出来核对。",
                ("导入表格", "分解文件"),
            )
            if answer is None:
                return
            nature = (Nature.TABLE, Nature.DOCUMENT)[answer]
        if nature is Nature.FORM:
            self._window.commands.collect_returns([path])
        elif nature is Nature.TABLE:
            self._window.import_page().start_source(source)
        else:
            self._window.decompose_page().start_source(source)

    def resume(self) -> None:
        """Go on with a review that was put by; where there are several, ask which."""
        from tracker.ops.put_by import open_reviews
        from tracker.ui.decompose.saved_dialog import SavedReviewsDialog

        office = self._kit.hub.office
        if office is None:
            return
        kept = open_reviews(office)
        if not kept:
            self._kit.messages.tell("没有暂存的文件；分解文件时点“暂存”，下次从这里接着核对")
            return
        if len(kept) == 1:
            self.go_on(kept[0].id, kept[0].title)
            return
        dialog = SavedReviewsDialog(self._kit, kept, self._window)
        dialog.chosen.connect(self.go_on)
        dialog.open()

    def go_on(self, saved_id: str, title: str) -> None:
        """Go on with a review that was put by."""
        self._window.decompose_page().resume(saved_id, title)

    def remind(self) -> None:
        """Tell of reviews that were put by, when an office is opened."""
        from tracker.ops.put_by import open_reviews

        office = self._kit.hub.office
        kept = open_reviews(office) if office is not None else ()
        if kept:
            words = f"“{kept[0].title}”" if len(kept) == 1 else f"{len(kept)} 份文件"
            self._kit.messages.tell(f"{words}暂存着，还没有核对完", "接着核对", self.resume)


def _holds_form(paths: Iterable[Path], progress: Progress) -> bool:
    """Tell whether a form of ours is among files; what cannot be read is none."""
    from tracker.ops.import_table import read_source
    from tracker.ops.incoming import Nature, nature_of

    for path in paths:
        if path.suffix.lower() not in FORM_ENDINGS:
            continue
        progress.step(f"正在辨认“{path.name}”")
        try:
            source = read_source(path, progress=progress)
        except UserError:  # the page that takes it says why, with the file's name
            continue
        if nature_of(source) is Nature.FORM:
            return True
    return False
