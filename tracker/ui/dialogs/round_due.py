"""The day by which all units are to report in a round."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.ops.rounds import set_dates
from tracker.ui.detail.words import long_day
from tracker.ui.dialogs.fields import DayEdit
from tracker.ui.dialogs.form import FormDialog

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tracker.domain.ledger import RoundRow
    from tracker.ui.kit import Kit


class RoundDueDialog(FormDialog):
    """Changes until when the units of a round are to report; who has a day of his own keeps it.

    Flow: the day, Enter.
    """

    def __init__(self, kit: Kit, round_: RoundRow, parent: QWidget | None = None) -> None:
        super().__init__(kit, f"第{round_.number}期报送截止", "改日期", parent)
        self._round = round_
        due = round_.feedback_due
        standing = f"现在的截止：{long_day(due)}" if due else "这一期还没有写截止日期"
        self.add_words(f"{standing}。过了这一天还没有报的单位，才列为未报。")
        self.add_words("单独延期的单位不变；已经发出的反馈表上印的日期不会跟着改。")
        self._day = DayEdit(due or kit.hub.today)
        self.add_field("due", "截止", self._day)

    def save(self) -> None:
        """Write the day."""
        hub = self.kit.hub
        office, ledger, round_ = self.office(), hub.ledger, self._round
        if ledger is None:
            return
        who, now, due = hub.who, hub.now, self._day.value
        self.write(
            "改截止日期",
            lambda _p: set_dates(office, ledger, round_, feedback_due=due, who=who, now=now),
            self.finish,
        )
