"""Fonts and sizes of a layout, and which of the fonts this computer lacks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QLabel, QSizePolicy

from tracker.ops.layout_drafts import font_sets
from tracker.ui.layouts.section import Choice, Section
from tracker.ui.layouts.words import PART_WORDS, SIZE_WORDS, size_words

if TYPE_CHECKING:
    from tracker.domain.layout import FontSet, LayoutDraft
    from tracker.ui.layouts.desk import DraftDesk

_OWN = "版式自己的字体"


class FontSection(Section):
    """One set of fonts, one size for each part."""

    def __init__(self, desk: DraftDesk) -> None:
        super().__init__("字体字号", desk)
        self.sets: tuple[FontSet, ...] = font_sets()
        self.fonts = Choice("字体", [(each.label, each) for each in self.sets])
        self.fonts.setMinimumContentsLength(12)
        self.fonts.setSizeAdjustPolicy(
            Choice.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.fonts.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.fonts.currentIndexChanged.connect(self._on_fonts)
        self.add_row("字体", self.fonts)
        sizes = [(size_words(points), points) for points in SIZE_WORDS]
        self.sizes = {part: Choice(f"{words}字号", sizes) for part, words in PART_WORDS.items()}
        for part, choice in self.sizes.items():
            choice.currentIndexChanged.connect(lambda _place, name=part: self._on_size(name))
            self.add_row(PART_WORDS[part], choice)
        self.missing = QLabel()
        self.missing.setProperty("quiet", True)
        self.missing.setWordWrap(True)
        self.grid.addWidget(self.missing, self.grid.rowCount(), 0, 1, 2)

    def show_draft(self) -> None:
        """Show the set and the sizes."""
        draft = self.desk.draft
        if draft.fonts is None and self.fonts.place_of(None) < 0:
            self.fonts.insertItem(0, _OWN, None)
        self.fonts.show_value(draft.fonts, _OWN)
        for part, choice in self.sizes.items():
            points = draft.sizes_pt[part]
            choice.show_value(points, size_words(points))
        absent = missing_fonts(draft)
        self.missing.setVisible(bool(absent))
        self.missing.setText(
            f"这台电脑没有{'、'.join(absent)}：预览和 PDF 用相近的字体代替，"
            "表格文件里仍写这些字体，到装有的电脑上照样显示。"
        )

    def _on_fonts(self) -> None:
        chosen = self.fonts.currentData()
        if chosen is not None:
            self.desk.edit(replace(self.desk.draft, fonts=chosen))

    def _on_size(self, part: str) -> None:
        sizes = {**self.desk.draft.sizes_pt, part: self.sizes[part].currentData()}
        self.desk.edit(replace(self.desk.draft, sizes_pt=sizes))


def missing_fonts(draft: LayoutDraft) -> tuple[str, ...]:
    """Return the fonts that a layout names and this computer lacks."""
    fonts = draft.fonts
    if fonts is None:
        named = [draft.data[part]["font"] for part in ("title", "heading", "body")]
    else:
        named = [fonts.title, fonts.heading, fonts.body, fonts.page_number]
    return tuple(name for name in dict.fromkeys(named) if not QFontDatabase.hasFamily(name))
