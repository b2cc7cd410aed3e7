"""Writing reports where the user wants them."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, QUrl
from PySide6.QtGui import QDesktopServices

from tracker.base.errors import UserError
from tracker.base.file_names import report_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.circular import Circular
    from tracker.ui.kit import Kit
    from tracker.ui.main_window import MainWindow

TABLE_KINDS = "Excel 工作簿 (*.xlsx);;Word 文档 (*.docx);;PDF 文件 (*.pdf)"
NO_ROUND = UserError(
    "还不能导出",
    "这个专项还没有轮次，落实情况按轮次填写和导出",
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

        if self._kit.hub.office is not None:
            self._window.finish_editing()
            LayoutWindow(self._kit, parent=self._window).open()

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
        from tracker.ops.circular import compose_circular

        hub = self._kit.hub
        office, ledger, round_, now = hub.office, hub.ledger, hub.round, hub.now
        if office is None or ledger is None:
            return
        if round_ is None:
            self._kit.messages.problem(NO_ROUND)
            return
        self._window.finish_editing()
        name = report_name(ledger.name, "通报", ".docx", round_number=round_.number, day=now.date())

        def show(circular: Circular) -> None:
            from tracker.ui.dialogs.circular import CircularDialog

            save = partial(self._save_circular, name=name)
            CircularDialog(self._kit, circular, save, self._window).show()

        self._kit.runner.write_file(
            "正在拟通报",
            lambda _progress: compose_circular(office, ledger, round_, now=now),
            show,
        )

    def _save_circular(self, circular: Circular, name: str) -> None:
        from tracker.ops.circular_files import write_circular

        target = self._ask("导出通报", name, "Word 文档 (*.docx)", (".docx",))
        if target is None:
            return

        def write() -> Path:
            write_circular(circular, target)
            return target

        self._write("正在写通报", write)

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
