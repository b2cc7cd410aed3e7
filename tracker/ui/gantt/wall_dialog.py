"""The wall chart (挂图) before it is printed: paper, tiles, columns; preview; print and save."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFormLayout,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from tracker.base.file_names import report_name
from tracker.domain.wall_chart import (
    PAPERS,
    TILES,
    WALL_COLUMN_WORDS,
    WallColumn,
    WallWishes,
)
from tracker.ops.pictures import ENDINGS, KINDS, Asked, PictureWishes, write_picture
from tracker.ui.dialogs.papers import open_path
from tracker.ui.gantt.wall_choice import read, written
from tracker.ui.gantt.wall_preview import PreviewMaker, SheetTurner
from tracker.ui.gantt.wall_words import sheet_words
from tracker.ui.widgets.labels import quiet, side_by_side
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtPrintSupport import QPrinter

    from tracker.printing.gantt_print import LaidOut
    from tracker.ui.kit import Kit

_FILES = "PDF 文件 (*.pdf);;SVG 矢量图 (*.svg);;PNG 图片 (*.png)"
_WAIT_MS = 120
_KEPT = "wall_chart"
_WAYS = (("横放", False), ("竖放", True))
_FITS = (("按易读的字号，排不下就分张", False), ("调整字号，尽量排满一张", True))


class WallDialog(QDialog):
    """Asks how the wall chart is laid out and shows its sheets.

    Flow: it opens as it was left the last time; choose, turn the sheets, 打印 or 存为.

    Attributes:
        paper, way, fit, tiles: the choosers.
        columns: the boxes by column.
        turner: the preview.
        says: what comes out, in words.
    """

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("挂图")
        self._kit = kit
        self._laid: LaidOut | None = None
        self.paper, self.way = QComboBox(), QComboBox()
        self.fit, self.tiles = QComboBox(), QComboBox()
        self.columns = {key: QCheckBox(word) for key, word in WALL_COLUMN_WORDS.items()}
        self.says = QLabel()
        self.turner = SheetTurner(self)
        self.leave = QPushButton("关闭")
        self.print = QPushButton("打印…")
        self.save = QPushButton("存为…")
        self._maker = PreviewMaker(kit, self._asked(), self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._fill()
        self._lay_out()
        self._connect()
        open_at(self, 76, 48)

    def _asked(self) -> Asked:
        hub = self._kit.hub
        assert hub.office is not None
        wishes = PictureWishes(wanted=hub.filter)
        return Asked(hub.office, hub.ledger, hub.round, hub.today, wishes)

    def _fill(self) -> None:
        paper, wishes = read(self._kit.choices.kept(_KEPT))
        for name in PAPERS:
            self.paper.addItem(name, name)
        for word, upright in _WAYS:
            self.way.addItem(word, upright)
        for word, fits in _FITS:
            self.fit.addItem(word, fits)
        self.paper.setCurrentText(paper)
        self.way.setCurrentIndex(self.way.findData(wishes.upright))
        self.fit.setCurrentIndex(self.fit.findData(wishes.fit))
        self._list_tiles(wishes.tiles)
        for key, box in self.columns.items():
            box.setChecked(key in wishes.columns)
        self.columns[WallColumn.TASK].setEnabled(False)
        self.columns[WallColumn.TASK].setToolTip("任务总是印出")

    def _list_tiles(self, chosen: str) -> None:
        """List the papers that are smaller than the chart."""
        paper = self.paper.currentText()
        with QSignalBlocker(self.tiles):
            self.tiles.clear()
            self.tiles.addItem("整张打印", "")
            for name in TILES:
                if PAPERS.index(name) < PAPERS.index(paper):
                    sheets = 2 ** (PAPERS.index(paper) - PAPERS.index(name))
                    self.tiles.addItem(f"用 {sheets} 张 {name} 拼成", name)
            self.tiles.setCurrentIndex(max(0, self.tiles.findData(chosen)))
            self.tiles.setEnabled(self.tiles.count() > 1)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setVerticalSpacing(8)
        form.addRow("成图", side_by_side(self.paper, self.way))
        form.addRow("字号", self.fit)
        form.addRow("用纸", self.tiles)
        boxes = QGridLayout()
        boxes.setHorizontalSpacing(12)
        boxes.setVerticalSpacing(6)
        for place, box in enumerate(self.columns.values()):
            boxes.addWidget(box, place // 2, place % 2)
        form.addRow("栏目", boxes)
        self.says.setWordWrap(True)
        self.says.setAlignment(Qt.AlignmentFlag.AlignTop)
        note = quiet("存为 SVG、PNG 时是一整张图，不分张、不拼接；宽度按所选纸张。")
        note.setWordWrap(True)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addLayout(form)
        left.addWidget(self.says)
        left.addStretch(1)
        left.addWidget(note)
        holder = QWidget()
        holder.setLayout(left)
        left.setContentsMargins(0, 0, 0, 0)
        holder.setFixedWidth(self.fontMetrics().horizontalAdvance("国") * 21)
        both = QHBoxLayout()
        both.setSpacing(16)
        both.addWidget(holder)
        both.addWidget(self.turner, 1)
        self.save.setProperty("primary", True)
        self.save.setDefault(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(12)
        column.addLayout(both, 1)
        column.addLayout(side_by_side(None, self.leave, self.print, self.save))

    def _connect(self) -> None:
        self.paper.currentIndexChanged.connect(lambda: self._list_tiles(self.tiles.currentData()))
        for chooser in (self.paper, self.way, self.fit, self.tiles):
            chooser.currentIndexChanged.connect(self._on_chosen)
        for box in self.columns.values():
            box.toggled.connect(self._on_chosen)
        self.turner.turned.connect(self._show)
        self.turner.view.resized.connect(self._timer.start)
        self._timer.timeout.connect(self._show)
        self._maker.laid_out.connect(self._on_laid_out)
        self._maker.painted.connect(self._on_painted)
        self._maker.failed.connect(self._on_failed)
        self.finished.connect(self._maker.stop)
        self.leave.clicked.connect(self.reject)
        self.print.clicked.connect(self._on_print)
        self.save.clicked.connect(self._on_save)
        self._can_write(can=False)

    # What is chosen

    @property
    def wishes(self) -> WallWishes:
        """The layout as it is chosen."""
        return WallWishes(
            tuple(key for key, box in self.columns.items() if box.isChecked()),
            bool(self.way.currentData()),
            bool(self.fit.currentData()),
            str(self.tiles.currentData() or ""),
        )

    def _on_chosen(self) -> None:
        self.turner.number = 0
        self._timer.start()

    def _show(self) -> None:
        """Lay out anew where something else is chosen, and paint the sheet in sight."""
        if self._laid is None:
            self.turner.view.show_image(None, "正在排版…")
        paper = self.paper.currentText()
        self._maker.ask(paper, self.wishes, self.turner.number, self.turner.view.room)

    def _on_laid_out(self, laid: LaidOut) -> None:
        self._laid = laid
        self.turner.show_count(len(laid.sheets))
        self.says.setText(sheet_words(laid, self.paper.currentText(), self.wishes))
        self._can_write(can=True)

    def _on_painted(self, number: int, image: QImage) -> None:
        self.turner.show_sheet(number, image)

    def _on_failed(self) -> None:
        self._laid = None
        self.turner.show_count(0)
        self.turner.view.show_image(None, "没有可预览的内容")
        self._can_write(can=False)

    def _can_write(self, *, can: bool) -> None:
        self.print.setEnabled(can)
        self.save.setEnabled(can)

    # What is done with it

    def _on_print(self) -> None:
        from tracker.ui.gantt.wall_print import print_sheets

        if self._laid is not None and print_sheets(self._kit, self._laid.sheets, self):
            self._keep()

    def print_on(self, printer: QPrinter) -> None:
        """Send the sheets to a printer."""
        from tracker.ui.gantt.wall_print import print_on

        if self._laid is not None:
            print_on(self._kit, self._laid.sheets, printer)

    def _keep(self) -> None:
        self._kit.choices.keep(_KEPT, written(self.paper.currentText(), self.wishes))

    def _on_save(self) -> None:
        """Ask for a place and write; the foot of the window shows how far it is."""
        hub, kit = self._kit.hub, self._kit
        office, ledger, round_, today = hub.office, hub.ledger, hub.round, hub.today
        if office is None:
            return
        shown = ledger.name if ledger else ""
        name = report_name(shown, KINDS["gantt"], ".pdf", day=today)
        answer = kit.messages.ask_save("存为挂图", name, _FILES)
        if not answer:
            return
        target = Path(answer)
        if target.suffix.lower() not in ENDINGS:
            target = target.with_name(f"{target.name}.pdf")
        wanted = replace(self._asked().wishes, paper=self.paper.currentText(), wall=self.wishes)
        self._keep()
        self.accept()
        kit.runner.write_file(
            "正在写挂图",
            lambda progress: write_picture(
                office, "gantt", ledger, round_, target, today, wishes=wanted, progress=progress
            ),
            lambda path: kit.messages.tell(f"已存为“{path.name}”", "打开", lambda: open_path(path)),
        )
