"""A template in hand: the office's own workbook, and what goes into each of its columns."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from tracker.base.errors import UserError
from tracker.domain.layout import COLUMN_WORDS
from tracker.ops.template_columns import fill_column, template_use
from tracker.text.days import long_date
from tracker.ui.layouts.section import Choice
from tracker.ui.layouts.words import BLANK, field_words
from tracker.ui.widgets.labels import CutLabel, quiet

if TYPE_CHECKING:
    from tracker.ops.outcome import Outcome
    from tracker.ops.template_columns import ColumnUse, TemplateUse
    from tracker.ops.templates import KeptTemplate
    from tracker.ui.kit import Kit

_ABOUT = (
    "这是用现成的表做的模板：表头、字体、列宽、页面设置都照原表，只把任务填进去。"
    "要改样子，请导出原表，在 Excel 或 WPS 里改好，再以同样的名称存入。"
)
_EMPTY = "（空着）"
_BY_ROUND = "（到那一期时填落实情况）"
_GIVEN_BY_GROUP = frozenset({BLANK, "group"})


class TemplatePage(QScrollArea):
    """Shows a template in place of the settings.

    Signals:
        changed: it is filled differently now.
    """

    changed = Signal()

    def __init__(self, kit: Kit) -> None:
        super().__init__()
        self._kit = kit
        self.template: KeptTemplate | None = None
        self.title = QLabel()
        self.title.setProperty("heading", True)
        self.about = quiet(_ABOUT)
        self.about.setWordWrap(True)
        self.origin = quiet("")
        self.origin.setWordWrap(True)
        self.warnings = QLabel()
        self.warnings.setWordWrap(True)
        self.warnings.setTextFormat(Qt.TextFormat.PlainText)
        self.give = QPushButton("导出原表…")
        self.choices: dict[str, Choice] = {}
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(8)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(12, 0, 12, 0)
        column.setSpacing(12)
        for widget in (self.title, self.about, self.origin):
            column.addWidget(widget)
        column.addWidget(self.give, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.warnings)
        column.addLayout(self._grid)
        column.addStretch(1)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(inside)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)

    def show_template(self, template: KeptTemplate) -> None:
        """Read a template in a worker and show what goes into its columns."""
        self.template = template
        self.title.setText(f"模板：{template.name}")
        self.origin.setText(f"来自“{template.file}”，{long_date(template.kept_at.date())}存入。")
        office = self._kit.hub.office
        if office is None:
            return

        def read(_progress: object) -> TemplateUse | UserError:
            try:
                return template_use(office, template.name)
            except UserError as error:
                return error

        self._kit.runner.read("正在看模板", read, partial(self._show, template))

    def _show(self, template: KeptTemplate, use: TemplateUse | UserError) -> None:
        if not isValid(self) or template is not self.template:
            return
        if isinstance(use, UserError):
            self.warnings.setText(f"▲ {use}")
            self._fill(())
            return
        lines = [f"▲ {each}" for each in use.warnings]
        self.warnings.setText("\n".join(lines))
        self.warnings.setVisible(bool(lines))
        self._fill(use.columns)

    def _fill(self, columns: tuple[ColumnUse, ...]) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self.choices = {}
        for row, column in enumerate(columns):
            self._grid.addWidget(quiet(f"{column.letter} 栏"), row, 0)
            self._grid.addWidget(CutLabel(column.heading or "（没有表头）"), row, 1)
            choice = self._choice(column)
            self._grid.addWidget(choice, row, 2)
            self.choices[column.letter] = choice

    def _choice(self, column: ColumnUse) -> Choice:
        items: list[tuple[str, object]] = [(_EMPTY, "")]
        if column.by_round and not column.field:
            items = [(_BY_ROUND, "")]
        items += [
            (words, field) for field, words in COLUMN_WORDS.items() if field not in _GIVEN_BY_GROUP
        ]
        choice = Choice(f"{column.letter} 栏填什么", items)
        choice.show_value(column.field, field_words(column.field))
        choice.currentIndexChanged.connect(lambda _place: self._on_chosen(column, choice))
        return choice

    def _on_chosen(self, column: ColumnUse, choice: Choice) -> None:
        office, template, hub = self._kit.hub.office, self.template, self._kit.hub
        if office is None or template is None:
            return
        who, now, field = hub.who, hub.now, str(choice.currentData())

        def done(_outcome: Outcome[str]) -> None:
            if isValid(self):
                self.show_template(template)
                self.changed.emit()

        def failed() -> None:
            if isValid(self):
                choice.show_value(column.field, field_words(column.field))

        self._kit.runner.write(
            "正在改模板",
            lambda _p: fill_column(office, template.name, column.letter, field, who=who, now=now),
            done,
            failed=failed,
        )
