"""Extracts (单位摘录): one unit's tasks into a file, or all units' into a new folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
)

from tracker.base.file_names import report_name
from tracker.ops.extracts import EXTRACT, export_extract, export_extracts, make_extracts
from tracker.ops.table_files import ENDINGS
from tracker.ui.dialogs.papers import PapersDialog
from tracker.ui.exports import documents
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.ops.extracts import ExportedExtracts, Extract
    from tracker.ops.list_facts import ListFacts
    from tracker.ops.table_files import Exported
    from tracker.ui.kit import Kit

_ALL = "所有单位"
_FORMAT_WORDS = {".xlsx": "Excel", ".docx": "Word", ".pdf": "PDF"}


class ExtractsDialog(PapersDialog):
    """Shows what each unit has to do with a round, and writes one extract or all.

    Flow: 所有单位 is chosen, or a unit found by typing; 导出… asks for folder or file.

    Attributes:
        search: narrows the units by their names.
        units: 所有单位 first, then the units in official order.
        format: what the files of all units are written as.
        said: the head of the extract chosen.
    """

    def __init__(self, kit: Kit, facts: ListFacts, parent: QWidget | None = None) -> None:
        self.search = QLineEdit()
        self.units = QListWidget()
        self.format = QComboBox()
        self.said = QLabel()
        super().__init__(kit, facts, "单位摘录", "导出…", parent)
        self._extracts: tuple[Extract, ...] = ()
        self._fill()
        self.units.currentRowChanged.connect(self._show_chosen)
        self.search.textChanged.connect(self._narrow)
        self.units.setCurrentRow(0)
        self._show_chosen()
        kit.runner.read(
            "正在摘录",
            lambda _progress: tuple(make_extracts(facts)),
            self.while_open(self._list_units),
        )
        self.search.setFocus()
        open_at(self, 40, 34)

    def _fill(self) -> None:
        self.search.setPlaceholderText("输入单位名称查找")
        self.search.setClearButtonEnabled(True)
        self.said.setWordWrap(True)
        self.said.setMinimumHeight(3 * self.fontMetrics().lineSpacing())
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.units.setSpacing(1)
        self.units.addItem(_ALL)
        for ending in ENDINGS:
            self.format.addItem(_FORMAT_WORDS[ending], ending)
        row = QHBoxLayout()
        row.setSpacing(8)
        label = QLabel("所有单位的文件格式")
        row.addWidget(label)
        row.addWidget(self.format)
        row.addStretch(1)
        self.column.addWidget(self.search)
        self.column.addWidget(self.units, 1)
        self.column.addWidget(self.said)
        self.column.addLayout(row)

    def _list_units(self, extracts: tuple[Extract, ...]) -> None:
        self._extracts = extracts
        self.units.item(0).setText(f"{_ALL}（{len(extracts)}家，每家一个文件）")
        for extract in extracts:
            number = len(extract.content.rows)
            item = QListWidgetItem(f"{extract.unit}　{number}项")
            item.setData(Qt.ItemDataRole.UserRole, extract.unit)
            self.units.addItem(item)
        self._narrow(self.search.text())

    def takes(self) -> tuple[QWidget, ...]:
        """Return the widgets that take nothing while it writes."""
        return (self.search, self.units, self.format)

    @property
    def extract(self) -> Extract | None:
        """The extract chosen; None for those of all units."""
        row = self.units.currentRow()
        return self._extracts[row - 1] if row > 0 else None

    def _narrow(self, words: str) -> None:
        wanted = "".join(words.split())
        for row in range(1, self.units.count()):
            hidden = wanted not in self._extracts[row - 1].unit
            self.units.item(row).setHidden(hidden)
        first = next(
            (r for r in range(1, self.units.count()) if not self.units.item(r).isHidden()), 0
        )
        self.units.setCurrentRow(first if wanted else 0)

    def _show_chosen(self) -> None:
        found = self.extract
        self.format.setEnabled(found is None)
        if found is not None:
            self.said.setText("　".join(found.content.meta))
        else:
            self.said.setText(
                "放进一个新文件夹，按单位的正式次序编号；全部写好才出现，不会只有一半。"
            )

    def save(self) -> None:
        """Ask for the place and write what is chosen."""
        found = self.extract
        if found is None:
            self._save_all()
        else:
            self._save_one(found.unit)

    def _save_one(self, unit: str) -> None:
        office, facts, now = self.kit.hub.office, self.facts, self.kit.hub.now
        number = facts.round.number
        what = f"{EXTRACT} {unit}"
        name = report_name(facts.ledger.name, what, ".xlsx", round_number=number, day=now.date())
        target = self.ask_table(f"导出{unit}的摘录", name)
        if office is None or target is None:
            return

        def done(written: tuple[Extract, Exported]) -> None:
            path = written[1].path
            self.tell_written(path, "；".join((f"已导出 {path.name}", *written[1].warnings)))

        self.write(
            "正在写单位摘录",
            lambda _progress: export_extract(
                office, facts.ledger, facts.round, unit, target, now=now
            ),
            done,
        )

    def _save_all(self) -> None:
        office, facts, now = self.kit.hub.office, self.facts, self.kit.hub.now
        asked = self.kit.messages.ask_folder("摘录放在哪个文件夹", str(documents()))
        if office is None or not asked:
            return
        parent, ending = Path(asked), self.format.currentData()
        self.write(
            "正在写单位摘录",
            lambda progress: export_extracts(
                office,
                facts.ledger,
                facts.round,
                parent,
                now=now,
                ending=ending,
                progress=progress,
            ),
            self._on_all_written,
        )

    def _on_all_written(self, written: ExportedExtracts) -> None:
        said = f"已写好 {len(written.paths)} 家的摘录：{written.folder.name}"
        if written.without_unit:
            said += f"；{len(written.without_unit)}项任务没有写明单位，未列入"
        self.tell_written(written.folder, said, "打开文件夹")
