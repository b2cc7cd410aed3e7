"""Collective names (各有关单位) of which somebody must say whom they mean, before sending."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

if TYPE_CHECKING:
    from tracker.domain.reporting import Unresolved
    from tracker.ui.kit import Kit
    from tracker.ui.returns.sending import Sending, Settled

_MOST_ROWS = 4
_NAMED = 6


class CollectivesPanel(QScrollArea):
    """A row for each collective name: what was said about it, or the ways to say it.

    Attributes:
        name_buttons, skip_buttons: the buttons of each name, by its unit id.

    Signals:
        name_wanted: units are to be named for a collective (its unit id).
        skipped: nobody stands for it this time.
    """

    name_wanted = Signal(int)
    skipped = Signal(int)

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self.name_buttons: dict[int, QPushButton] = {}
        self.skip_buttons: dict[int, QPushButton] = {}
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hide()

    def show_sending(self, sending: Sending) -> None:
        """Show the collective names of a state."""
        self.name_buttons, self.skip_buttons = {}, {}
        inner = QWidget()
        inner.setObjectName("collectives")
        column = QVBoxLayout(inner)
        column.setContentsMargins(12, 4, 12, 4)
        column.setSpacing(4)
        names = {unit.id: unit.name for unit in sending.prepared.units} if sending.prepared else {}
        for one in sending.collectives:
            column.addWidget(self._row(one, sending.settled.get(one.unit_id), names))
        column.addStretch()
        self.setWidget(inner)
        self.setVisible(bool(sending.collectives))
        rows = min(len(sending.collectives), _MOST_ROWS)
        self.setFixedHeight((self.fontMetrics().height() + 24) * rows + 8)

    def _row(self, one: Unresolved, settled: Settled | None, names: dict[int, str]) -> QWidget:
        row = QFrame()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        label = QLabel(_words(one, settled, names))
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        colour = self._kit.theme.colours.amber if settled is None else ""
        label.setStyleSheet(f"QLabel {{ color: {colour}; }}" if colour else "")
        label.setToolTip("\n".join(f"{task.number} {task.text}".strip() for task in one.tasks))
        line.addWidget(label, 1)
        name = QPushButton("指定单位…" if settled is None or not settled.is_sent else "改…")
        name.clicked.connect(lambda _=False, unit=one.unit_id: self.name_wanted.emit(unit))
        skip = QPushButton("不发")
        skip.clicked.connect(lambda _=False, unit=one.unit_id: self.skipped.emit(unit))
        skip.setVisible(
            settled is None or bool(settled.units)
        )  # members stay until they are changed
        for button in (name, skip):
            line.addWidget(button)
        self.name_buttons[one.unit_id], self.skip_buttons[one.unit_id] = name, skip
        return row


def _words(one: Unresolved, settled: Settled | None, names: dict[int, str]) -> str:
    numbers = "、".join(filter(None, (task.number for task in one.tasks[:_NAMED])))
    more = "等" if len(one.tasks) > _NAMED else ""
    which = f"（第{numbers}项{more}）" if numbers else ""
    tasks = f"“{one.printed}”{len(one.tasks)} 项任务{which}"
    if settled is None:
        return f"▲ {tasks}：不知道是哪些单位"
    if not settled.is_sent:
        return f"– {tasks}：这次不发"
    all_names = settled.members or tuple(names.get(unit, "") for unit in settled.units)
    rest = f"等 {len(all_names)} 个单位" if len(all_names) > _NAMED else ""
    kept = "（已记为成员）" if settled.members else ""
    return f"✓ {tasks}：{'、'.join(all_names[:_NAMED])}{rest}{kept}"
