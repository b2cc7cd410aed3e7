"""The bar above the list: what narrows it, and how many of how many are shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from tracker.domain.browse import SHOW_WORDS, Show
from tracker.domain.grouping import GROUP_KEY_WORDS, GroupKey
from tracker.domain.light_rules import light_rules
from tracker.domain.terms import COMPLETION_WORDS
from tracker.ui.ledger.saved_filters import SavedFilters
from tracker.ui.widgets.lamp import LampButton
from tracker.ui.widgets.side_rows import NOT_NARROWED, is_narrowed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

    from tracker.domain.browse import SideCounts
    from tracker.domain.light_rules import LightRules
    from tracker.ui.kit import Kit

NO_SECTION = "（没有分类）"


class FilterBar(QWidget):
    """Lights, unit and section over the shared filter; shows what others set too."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._total = 0
        self._shown = 0
        self.units = _chooser("按单位筛选")
        self.units.activated.connect(lambda _row: self._narrow_by("unit_id", self.units))
        self.sections = _chooser("按分类筛选")
        self.sections.activated.connect(lambda _row: self._narrow_by("section", self.sections))
        self.groups = _chooser("分组")
        for key, words in GROUP_KEY_WORDS.items():
            self.groups.addItem(words, key)
        self.groups.activated.connect(self._on_grouped)
        self.saved = SavedFilters(kit)
        self.chosen = QPushButton()
        self.chosen.setProperty("quiet", True)
        self.chosen.setToolTip("去掉这个条件")
        self.chosen.clicked.connect(self._on_chosen)
        self.clear = QPushButton("清除")
        self.clear.setProperty("quiet", True)
        self.clear.setToolTip("清除全部筛选条件")
        self.clear.clicked.connect(lambda: kit.hub.narrow(**NOT_NARROWED))
        self.result = QLabel()
        self.result.setProperty("quiet", True)
        self.result.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.lamps: dict[str, LampButton] = {}
        self._lay_out()
        self._set_rules(light_rules())
        kit.hub.filtered.connect(self._show_filter)
        kit.theme.changed.connect(self._measure)
        self._measure()
        self._show_filter()

    def _set_rules(self, rules: LightRules) -> None:
        """Offer the lights of a rule set."""
        if [lamp.light for lamp in self.lamps.values()] == list(rules.lights):
            return
        for lamp in self.lamps.values():
            lamp.deleteLater()
        self.lamps = {light.key: LampButton(light, self._kit.theme) for light in rules.lights}
        for lamp in self.lamps.values():
            lamp.clicked.connect(self._on_lamp)
            self._lamp_row.addWidget(lamp)

    def _lay_out(self) -> None:
        self._fields, self._lights = QWidget(), QWidget()
        row = QHBoxLayout(self._fields)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.units)
        row.addWidget(self.sections)
        row.addWidget(self.groups)
        row.addWidget(self.saved)
        row.addStretch(1)
        row.addWidget(self.result)
        row = QHBoxLayout(self._lights)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        self._lamp_row = QHBoxLayout()
        self._lamp_row.setSpacing(4)
        row.addLayout(self._lamp_row)
        row.addWidget(self.chosen)
        row.addWidget(self.clear)
        row.addStretch(1)
        self._rows = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._rows.setContentsMargins(8, 8, 12, 8)
        self._rows.setSpacing(8)
        self._rows.addWidget(self._lights)
        self._rows.addWidget(self._fields)
        kept = self.clear.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # else the list would jump with every filter
        self.clear.setSizePolicy(kept)

    def _measure(self) -> None:
        """Keep the size of the rows whether something is narrowed or not."""
        self._lights.setFixedHeight(self._kit.theme.size + 19)
        widest = f"{self._total:,} 项中的 {self._total:,} 项"
        self.result.ensurePolished()
        # A label asks for a pixel more than its text takes.
        self.result.setMinimumWidth(self.result.fontMetrics().horizontalAdvance(widest) + 2)

    # What is shown

    def show_counts(self, found: SideCounts, rules: LightRules) -> None:
        """Show the numbers of the ledger, and its units and sections to choose from."""
        self._total = found.total
        self._set_rules(rules)
        for key, lamp in self.lamps.items():
            lamp.set_count(found.lights.get(key, 0))
        _fill(self.units, "全部单位", [(one.name, one.count, one.id) for one in found.units])
        sections = [(one.name or NO_SECTION, one.count, one.name) for one in found.sections]
        _fill(self.sections, "全部分类", sections)
        self.sections.setVisible(any(one.name for one in found.sections))
        self._measure()
        self._show_filter()

    def show_result(self, shown: int) -> None:
        """Show how many tasks pass the filter."""
        self._shown = shown
        self._show_result()
        self._arrange()

    def _show_result(self) -> None:
        if is_narrowed(self._kit.hub.filter) and self._kit.hub.filter.show != Show.WITHDRAWN:
            self.result.setText(f"{self._total:,} 项中的 {self._shown:,} 项")
        else:
            self.result.setText(f"共 {self._shown:,} 项")

    def _show_filter(self) -> None:
        wanted = self._kit.hub.filter
        for key, lamp in self.lamps.items():
            lamp.setChecked(key in wanted.lights)
        _choose(self.units, wanted.unit_id)
        _choose(self.sections, wanted.section)
        _choose(self.groups, wanted.group)
        words = [COMPLETION_WORDS[one] for one in sorted(wanted.completion)]
        if wanted.show:
            words.append(SHOW_WORDS[Show(wanted.show)])
        if wanted.codes:
            words.append(wanted.about or f"{len(wanted.codes)} 项任务")
        self.chosen.setText(f"只看：{'、'.join(words)} ×")
        self.chosen.setVisible(bool(words))
        self.clear.setVisible(is_narrowed(wanted))
        self._show_result()
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the wider of its two rows, also while they stand side by side."""
        least = super().minimumSizeHint()
        rows = (self._lights.minimumSizeHint().width(), self._fields.minimumSizeHint().width())
        return QSize(min(least.width(), max(rows) + 20), least.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self._arrange()
        super().resizeEvent(event)

    def _arrange(self) -> None:
        """One row where there is room, else two."""
        rows = self._lights.sizeHint().width() + self._fields.sizeHint().width()
        wide = self.width() >= rows + 32
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._rows.setDirection(direction)

    # What the user does

    def _on_lamp(self) -> None:
        on = frozenset(key for key, lamp in self.lamps.items() if lamp.isChecked())
        self._kit.hub.narrow(lights=on)

    def _on_chosen(self) -> None:
        """Take away what no field of the bar shows."""
        names = ("show", "completion", "codes", "about")
        self._kit.hub.narrow(**{name: NOT_NARROWED[name] for name in names})

    def _on_grouped(self, _row: int) -> None:
        # Qt gives back the plain word, which is no `GroupKey`
        self._kit.hub.narrow(group=GroupKey(self.groups.currentData()))

    def _narrow_by(self, name: str, chooser: QComboBox) -> None:
        self._kit.hub.narrow(**{name: chooser.currentData()})


def _chooser(name: str) -> QComboBox:
    box = QComboBox()
    box.setMaxVisibleItems(20)
    box.setAccessibleName(name)
    box.setToolTip(name)
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(8)
    return box


def _fill(box: QComboBox, first: str, choices: Iterable[tuple[str, int, object]]) -> None:
    """Offer names with their counts."""
    box.clear()
    box.addItem(first, None)
    for name, count, value in choices:
        box.addItem(f"{name}　{count}", value)


def _choose(box: QComboBox, value: object) -> None:
    row = next((row for row in range(box.count()) if box.itemData(row) == value), 0)
    box.setCurrentIndex(row)
