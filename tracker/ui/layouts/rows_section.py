"""How the rows of a layout stand: grouped, explained, marked."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox

from tracker.domain.layout import GROUP_WORDS, GroupBy
from tracker.ui.layouts.edits import choose_group
from tracker.ui.layouts.section import Choice, Section

if TYPE_CHECKING:
    from tracker.ui.layouts.desk import DraftDesk


class RowsSection(Section):
    """Groups, legend and marks."""

    def __init__(self, desk: DraftDesk) -> None:
        super().__init__("分组和标注", desk)
        self.group = Choice("分组", [(words, by) for by, words in GROUP_WORDS.items()])
        self.merged = Choice("组名", [("组名单独一行", False), ("组名单独一栏，合并单元格", True)])
        for choice in (self.group, self.merged):
            choice.currentIndexChanged.connect(self._on_group)
        self.add_row("分组", self.group)
        self.add_row("组名", self.merged)
        self.legend = QCheckBox("表下印图例")
        self.legend.setToolTip("印了“亮灯”一栏或标了本期新增时，表下说明各种符号")
        self.legend.toggled.connect(lambda on: desk.edit(replace(desk.draft, legend=on)))
        self.marks = QCheckBox("本期新增的内容加下划线")
        self.marks.setToolTip("“落实情况”一栏里上期没有的话")
        self.marks.toggled.connect(lambda on: desk.edit(replace(desk.draft, marks=on)))
        row = self.grid.rowCount()
        self.grid.addWidget(self.legend, row, 0, 1, 2)
        self.grid.addWidget(self.marks, row + 1, 0, 1, 2)

    def show_draft(self) -> None:
        """Show what the draft says."""
        draft = self.desk.draft
        self.group.show_value(draft.group, "")
        self.merged.show_value(draft.merged, "")
        self.merged.setEnabled(draft.group is not GroupBy.NONE)
        for box, on in ((self.legend, draft.legend), (self.marks, draft.marks)):
            with QSignalBlocker(box):
                box.setChecked(on)

    def _on_group(self) -> None:
        group, merged = GroupBy(self.group.currentData()), bool(self.merged.currentData())
        self.desk.edit(choose_group(self.desk.draft, group, merged=merged))
