"""Writing reports where the user wants them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QTimer, QUrl
from PySide6.QtGui import QDesktopServices

from tracker.base.errors import UserError
from tracker.base.file_names import report_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.ops.letters import Letter
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow

TABLE_KINDS = "Excel 工作簿 (*.xlsx);;Word 文档 (*.docx);;PDF 文件 (*.pdf)"
LETTER_KINDS = "Word 文档 (*.docx);;PDF 文件 (*.pdf)"
NO_ROUND = UserError(
    "这个专项还没有轮次",
    "落实情况按轮次填写、核对和导出",
    "请先用“轮次 → 新开一期”，或导入上期表",
)


def documents() -> Path:
    """Return the user's documents folder."""
    place = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(place) if place else Path.home()


class Exports:
    """The exports of the ledger in sight."""

    def __init__(self, window: MainWindow, kit: Kit) -> None:
        self._window = window
        self._kit = kit

    def preview(self) -> None:
        """Show the 落实情况表 of the round in sight page by page."""
        hub = self._kit.hub
        if hub.office is None or hub.ledger is None:
            return
        if hub.round is None:
            self._kit.messages.problem(NO_ROUND)
            return
        from tracker.ui.dialogs.preview import PreviewDialog

        self._window.finish_editing()
        PreviewDialog(self._kit, self.situation, self._window).show()

    def layouts(self) -> None:
        """Open the window in which the layouts of the 落实情况表 are made."""
        from tracker.ui.layouts.window import LayoutWindow

        def show() -> None:
            if self._kit.hub.office is not None:
                self._window.finish_editing()
                LayoutWindow(self._kit, parent=self._window).open()

        # In two turns: loading what it is made of and making it would hold the main window up.
        QTimer.singleShot(0, self._window, show)

    def situation(self, layout_name: str = "") -> None:
        """Write the 落实情况表 of the round in sight, in its own layout if none is named."""
        from tracker.ops.reports import export_situation
        from tracker.ops.table_files import ENDINGS

        hub = self._kit.hub
        office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now
        if office is None or ledger is None:
            return
        if round_ is None:
            self._kit.messages.problem(NO_ROUND)
            return
        self._window.finish_editing()
        name = report_name(
            ledger.name, "落实情况表", ".xlsx", round_number=round_.number, day=now.date()
        )
        target = self._ask("导出落实情况表", name, TABLE_KINDS, ENDINGS)
        if target is not None:
            self._write(
                "正在导出落实情况表",
                lambda: (
                    export_situation(
                        office, ledger, round_, target, now=now, layout=layout_name
                    ).path
                ),
            )

    def breakdown(self) -> None:
        """Write the 责任分解表 of the ledger in sight."""
        from tracker.ops.breakdown import export_breakdown
        from tracker.ops.table_files import ENDINGS

        hub = self._kit.hub
        office, ledger, now = hub.office, hub.ledger, hub.now
        if office is None or ledger is None:
            return
        self._window.finish_editing()
        name = report_name(ledger.name, "责任分解表", ".xlsx", day=now.date())
        target = self._ask("导出责任分解表", name, TABLE_KINDS, ENDINGS)
        if target is not None:
            self._write(
                "正在导出责任分解表",
                lambda: export_breakdown(office, ledger, target, now=now).path,
            )

    def circular(self) -> None:
        """Show the circular of the round in sight, and write it where the user wants it."""
        hub = self._kit.hub
        ledger, round_ = hub.ledger, hub.round
        if hub.office is None or ledger is None:
            return
        if round_ is None:
            self._kit.messages.problem(NO_ROUND)
            return
        from tracker.ui.dialogs.circular import CircularDialog

        self._window.finish_editing()
        name = report_name(
            ledger.name, "通报", ".docx", round_number=round_.number, day=hub.now.date()
        )
        CircularDialog(self._kit, partial(self._save_letter, name=name), self._window).show()

    def notice(self) -> None:
        """Show the notice that sends the breakdown round, and write it where the user wants it."""
        hub = self._kit.hub
        if hub.office is None or hub.ledger is None:
            return
        from tracker.ui.dialogs.notice import NoticeDialog

        self._window.finish_editing()
        name = report_name(hub.ledger.name, "责任分解通知", ".docx", day=hub.now.date())
        NoticeDialog(self._kit, partial(self._save_letter, name=name), self._window).show()

    def wording(self) -> None:
        """Edit the sentences of the circular."""
        if self._kit.hub.office is None:
            return
        from tracker.ui.dialogs.wording import WordingDialog

        WordingDialog(self._kit, self._window).show()

    def _save_letter(self, letter: Letter, name: str) -> None:
        from tracker.ops.circular_files import ENDINGS
        from tracker.ops.letters import write_letter

        target = self._ask("导出", name, LETTER_KINDS, ENDINGS)
        if target is not None:
            self._write("正在导出", lambda: write_letter(letter, target))

    def _ask(self, title: str, name: str, kinds: str, endings: tuple[str, ...]) -> Path | None:
        """Ask where to; a name without an ending that can be written gets the first."""
        asked = self._kit.messages.ask_save(title, str(documents() / name), kinds)
        if not asked:
            return None
        target = Path(asked)
        if target.suffix.lower() not in endings:
            target = target.with_name(target.name + endings[0])
        return target

    def _write(self, title: str, write: Callable[[], Path]) -> None:
        def done(path: Path) -> None:
            url = QUrl.fromLocalFile(str(path))
            self._kit.messages.tell(
                f"已导出 {path.name}", "打开", lambda: QDesktopServices.openUrl(url)
            )

        self._kit.runner.write_file(title, lambda _progress: write(), done)
