"""Giving a chart away: its picture or its numbers to the clipboard, its picture to a file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from tracker.base.file_names import report_name
from tracker.ops.charts import CHARTS, OF_TODAY, chart_drawing
from tracker.ops.pictures import PictureWishes, write_picture

if TYPE_CHECKING:
    from tracker.ops.charts import Charts
    from tracker.ui.kit import Kit

PICTURE_KINDS = "PNG 图片 (*.png);;SVG 矢量图 (*.svg);;PDF 文件 (*.pdf)"


class Giving:
    """Copies and saves one chart."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit

    def copy_picture(self, charts: Charts, kind: str) -> None:
        """Put a chart on the clipboard as a picture."""
        from tracker.printing.charts import chart_image

        drawing = chart_drawing(charts, kind, self._heading(kind))
        QGuiApplication.clipboard().setImage(chart_image(drawing))
        self._kit.messages.tell(f"已复制“{CHARTS[kind]}”的图，可粘贴到文档")

    def copy_numbers(self, charts: Charts, kind: str) -> None:
        """Put a chart's numbers on the clipboard as a sheet takes them."""
        QGuiApplication.clipboard().setText(charts.numbers(kind).as_text())
        self._kit.messages.tell(f"已复制“{CHARTS[kind]}”的数字，可粘贴到表格")

    def save(self, kind: str) -> None:
        """Ask where to and write a chart as a picture."""
        hub = self._kit.hub
        if hub.office is None:
            return
        office, ledger, round_, today = hub.office, hub.ledger, hub.round, hub.today
        asked = self._kit.messages.ask_save("存为图片", self._file_name(kind), PICTURE_KINDS)
        if not asked:
            return
        target = Path(asked)
        if not target.suffix:
            target = target.with_name(target.name + ".png")
        wishes = PictureWishes(wanted=hub.filter)

        def done(path: Path) -> None:
            self._kit.messages.tell(f"已存为 {path.name}", "打开", lambda: _open(path))

        self._kit.runner.write_file(
            "正在存为图片",
            lambda progress: write_picture(
                office, kind, ledger, round_, target, today, wishes=wishes, progress=progress
            ),
            done,
        )

    def _heading(self, kind: str) -> str:
        hub = self._kit.hub
        if kind in OF_TODAY or hub.ledger is None:
            return ""
        return f"{hub.ledger.name}（第{hub.round.number}期）" if hub.round else hub.ledger.name

    def _file_name(self, kind: str) -> str:
        hub = self._kit.hub
        shown = None if kind in OF_TODAY else hub.ledger
        number = hub.round.number if shown is not None and hub.round else None
        name = shown.name if shown else ""
        return report_name(name, CHARTS[kind], ".png", round_number=number, day=hub.today)


def _open(path: Path) -> None:
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
