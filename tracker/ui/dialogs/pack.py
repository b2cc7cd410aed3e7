"""The pack of a meeting (会议材料包): what goes in, where it goes, how far it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
)

from tracker.base.errors import UserError
from tracker.ops.layouts import list_layouts
from tracker.ops.lists import DAYS_AHEAD
from tracker.ops.pack import PART_WORDS, PackPart, PackWishes, pack_counts, pack_name, write_pack
from tracker.ui.dialogs.papers import PapersDialog, open_path
from tracker.ui.exports import documents

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QWidget

    from tracker.ops.list_facts import ListFacts
    from tracker.ops.pack import Pack
    from tracker.ui.kit import Kit

_HINTS = {
    PackPart.CIRCULAR: "Word、PDF",
    PackPart.SITUATION: "Excel、Word、PDF",
    PackPart.BREAKDOWN: "Excel、Word、PDF",
    PackPart.LISTS: "未完成、逾期、滞后受阻、未反馈、到期",
    PackPart.EXTRACTS: "每个单位一份",
    PackPart.CHARTS: "图片、PDF",
    PackPart.SLIPS: "本期开出的",
}
_MOST_DAYS = 366
_OWN_LAYOUT = "本专项的版式"
_LEFT = 6
"""Named at most of what was left out, in the message at the end."""


class PackDialog(PapersDialog):
    """Asks for the parts of the pack and the folder, and writes it.

    Flow: everything is ticked, the last folder stands there; 生成. It opens the folder at the end.

    Attributes:
        parts: the boxes by part.
        layout_box: in which layout the 落实情况表 is printed.
        days: how far the list of what is due looks.
        folder: in which folder the new one is made.
        opening: whether the folder is opened at the end.
        open_folder: opens it.
    """

    def __init__(self, kit: Kit, facts: ListFacts, parent: QWidget | None = None) -> None:
        self.parts = {part: QCheckBox(word) for part, word in PART_WORDS.items()}
        self.counts = {part: QLabel() for part in PackPart}
        self.layout_box = QComboBox()
        self.days = QSpinBox()
        self.folder = QLineEdit(str(kit.choices.pack_folder() or documents()))
        self.browse = QPushButton("选择…")
        self.opening = QCheckBox("完成后打开文件夹")
        self.total = QLabel()
        self.open_folder = open_path
        super().__init__(kit, facts, "会议材料包", "生成", parent)
        self._counted: Mapping[PackPart, int] = {}
        self._fill()
        self._connect()
        self._on_ticked()
        self._count()
        self.resize(self.em(40), self.sizeHint().height())

    def _fill(self) -> None:
        office = self.kit.hub.office
        self.layout_box.addItem(_OWN_LAYOUT, "")
        for layout in list_layouts(office):
            self.layout_box.addItem(layout.label, layout.name)
        self.days.setRange(1, _MOST_DAYS)
        self.days.lineEdit().setTextMargins(6, 0, 0, 0)  # the style sheet's padding is lost here
        self.days.setValue(DAYS_AHEAD)
        self.days.setSuffix(" 天内")
        self.opening.setChecked(True)
        self.browse.setAutoDefault(False)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        beside: dict[PackPart, QWidget] = {
            PackPart.SITUATION: self.layout_box,
            PackPart.LISTS: self.days,
        }
        for row, (part, box) in enumerate(self.parts.items()):
            box.setChecked(True)
            hint = QLabel(_HINTS[part])
            hint.setProperty("quiet", True)
            grid.addWidget(box, row, 0)
            grid.addWidget(hint, row, 1)
            if part in beside:
                grid.addWidget(beside[part], row, 2)
            self.counts[part].setProperty("quiet", True)
            grid.addWidget(self.counts[part], row, 3)
        where = QHBoxLayout()
        where.setSpacing(8)
        where.addWidget(QLabel("放在"))
        where.addWidget(self.folder, 1)
        where.addWidget(self.browse)
        self.total.setWordWrap(True)
        self.column.addLayout(grid)
        self.column.addSpacing(8)
        self.column.addLayout(where)
        self.column.addWidget(self.total)
        self.column.addWidget(self.opening)
        self.column.addStretch(1)

    def _connect(self) -> None:
        for box in self.parts.values():
            box.toggled.connect(self._on_ticked)
        self.folder.textChanged.connect(self._on_ticked)
        self.browse.clicked.connect(self._on_browse)

    def takes(self) -> tuple[QWidget, ...]:
        """Return the widgets that take nothing while it writes."""
        return (*self.parts.values(), self.layout_box, self.days, self.folder, self.browse)

    @property
    def chosen(self) -> frozenset[PackPart]:
        """The parts that are ticked."""
        return frozenset(part for part, box in self.parts.items() if box.isChecked())

    def _count(self) -> None:
        """Count the files of each part in the background."""
        office, facts = self.kit.hub.office, self.facts
        if office is None:
            return

        def show(counted: Mapping[PackPart, int]) -> None:
            self._counted = counted
            for part, label in self.counts.items():
                number = counted[part]
                label.setText(f"{number} 个文件" if number else "本期没有")
            self._on_ticked()

        self.kit.runner.read(
            "正在清点材料",
            lambda _progress: pack_counts(office, facts.ledger, facts.round, now=facts.now),
            self.while_open(show),
        )

    def _on_ticked(self) -> None:
        chosen = self.chosen
        self.layout_box.setEnabled(PackPart.SITUATION in chosen)
        self.days.setEnabled(PackPart.LISTS in chosen)
        name = pack_name(self.facts.ledger, self.facts.round, self.facts.now)
        number = sum(self._counted.get(part, 0) for part in chosen)
        counted = f"共 {number} 个文件和一份清单，" if self._counted else ""
        words = f"{counted}放进新文件夹“{name}”；已有同名的，新的加（2）。"
        self.total.setText(words if chosen else "请至少选一种材料。")
        self.agree.setEnabled(bool(chosen and self.folder.text().strip()) and not self.is_busy)

    def _on_browse(self) -> None:
        asked = self.kit.messages.ask_folder("材料包放在哪个文件夹", self.folder.text())
        if asked:
            self.folder.setText(asked)

    def save(self) -> None:
        """Write the pack."""
        office = self.kit.hub.office
        if office is None or not self.agree.isEnabled():
            return
        facts, parent, now = self.facts, Path(self.folder.text().strip()), self.kit.hub.now
        wishes = PackWishes(self.chosen, self.layout_box.currentData(), self.days.value())
        self.kit.choices.set_pack_folder(parent)
        self.write(
            "正在生成会议材料包",
            lambda progress: write_pack(
                office, facts.ledger, facts.round, parent, now=now, wishes=wishes, progress=progress
            ),
            self._on_written,
        )

    def _on_written(self, pack: Pack) -> None:
        said = f"已生成 {pack.folder.name}（{len(pack.files)} 个文件）"
        self.tell_written(pack.folder, said, "打开文件夹")
        told = (*pack.warnings, *pack.left_out)
        if told:
            more = f"\n……另有 {len(told) - _LEFT} 条，见清单.xlsx" if len(told) > _LEFT else ""
            what = "材料包已生成，有几点请留意"
            why, do = "\n".join(told[:_LEFT]) + more, "请逐条核对后再分发材料"
            self.kit.messages.problem(UserError(what, why, do))
        if self.opening.isChecked():
            self.open_folder(pack.folder)
        self.accept()
