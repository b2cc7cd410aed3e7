"""Writing a slip as a Word document where the user wants it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from tracker.ops.slips import export_slip, file_name, find_slip
from tracker.ui.exports import documents

if TYPE_CHECKING:
    from tracker.ui.kit import Kit

KINDS = "Word 文档 (*.docx)"


def save_slip(kit: Kit, code: str) -> None:
    """Ask where a slip's Word document goes, and write it there."""
    office = kit.hub.office
    if office is None:
        return
    offered = documents() / file_name(find_slip(office, code))
    asked = kit.messages.ask_save(f"导出 {code}", str(offered), KINDS)
    if not asked:
        return
    target = Path(asked)
    if target.suffix.lower() != ".docx":
        target = target.with_name(f"{target.name}.docx")

    def write() -> tuple[str, ...]:
        return export_slip(office, code, target)

    def done(warnings: tuple[str, ...]) -> None:
        url = QUrl.fromLocalFile(str(target))
        said = "；".join((f"已导出 {target.name}", *warnings))
        kit.messages.tell(said, "打开", lambda: QDesktopServices.openUrl(url))

    kit.runner.write_file("正在写单子", lambda _progress: write(), done)
