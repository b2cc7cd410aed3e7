"""Paper, direction, margins and page number of a layout."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QDoubleSpinBox

from tracker.domain.layout import Paper
from tracker.ui.layouts.edits import change_margin, choose_paper
from tracker.ui.layouts.section import Choice, Section
from tracker.ui.layouts.words import FOOTER_WORDS, MARGIN_WORDS

if TYPE_CHECKING:
    from tracker.ui.layouts.desk import DraftDesk

_WIDEST_MARGIN_MM = 150.0


class PaperSection(Section):
    """Columns that fill the paper follow when it changes."""

    places: ClassVar[tuple[str, ...]] = ("paper",)

    def __init__(self, desk: DraftDesk) -> None:
        super().__init__("纸张", desk)
        self.paper = Choice("纸张", [(paper.value, paper) for paper in Paper])
        self.direction = Choice("方向", [("横向", True), ("竖向", False)])
        for choice in (self.paper, self.direction):
            choice.currentIndexChanged.connect(self._on_paper)
        self.add_row("大小", self.paper, self.direction)
        self.margins = {side: self._margin(side) for side in MARGIN_WORDS}
        sides = list(self.margins.values())
        self.add_row("边距", *sides[:2])
        self.add_row("", *sides[2:])
        self.footer = Choice("页码", [(words, form) for form, words in FOOTER_WORDS.items()])
        self.footer.currentIndexChanged.connect(self._on_footer)
        self.add_row("页码", self.footer)

    def _margin(self, side: str) -> QDoubleSpinBox:
        spin = QDoubleSpinBox()
        spin.setAccessibleName(f"{MARGIN_WORDS[side]}边距")
        spin.setPrefix(f"{MARGIN_WORDS[side]} ")
        spin.setSuffix(" 毫米")
        spin.setRange(0.0, _WIDEST_MARGIN_MM)
        spin.setDecimals(1)
        spin.setKeyboardTracking(False)
        spin.lineEdit().setTextMargins(6, 0, 0, 0)
        spin.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        spin.valueChanged.connect(lambda value: self._on_margin(side, value))
        return spin

    def show_draft(self) -> None:
        """Show paper and margins."""
        draft = self.desk.draft
        self.paper.show_value(draft.paper, draft.paper.value)
        self.direction.show_value(draft.landscape, "")
        for side, spin in self.margins.items():
            if spin.value() != draft.margins_mm.get(side, 0.0):
                with QSignalBlocker(spin):
                    spin.setValue(draft.margins_mm.get(side, 0.0))
        shown = draft.footer.replace("&P", "1").replace("&N", "3")
        self.footer.show_value(draft.footer, shown)

    def _on_paper(self) -> None:
        paper, lying = Paper(self.paper.currentData()), bool(self.direction.currentData())
        self.desk.edit(choose_paper(self.desk.draft, paper, landscape=lying))

    def _on_margin(self, side: str, value: float) -> None:
        self.desk.edit(change_margin(self.desk.draft, side, round(value, 1)), f"margin {side}")

    def _on_footer(self) -> None:
        self.desk.edit(replace(self.desk.draft, footer=self.footer.currentData()))
