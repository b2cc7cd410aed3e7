"""Contacts pasted from Excel: each line as it was read, old beside new, before it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QPushButton, QVBoxLayout

from tracker.ops.unit_list import write_contacts
from tracker.ui.units.lines import Line, LinesTable
from tracker.ui.widgets.labels import quiet, side_by_side
from tracker.ui.widgets.room import open_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget

    from tracker.domain.unit_list import ContactLine
    from tracker.ui.kit import Kit


class ContactsDialog(QDialog):
    """Shows what pasted lines would change.

    Flow: copy unit, contact and phone in Excel, Ctrl+V in the list, look, 登记. Lines whose unit
    is not known are named and left out.
    """

    def __init__(
        self, kit: Kit, lines: Sequence[ContactLine], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("粘贴联系人")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._kit, self._lines = kit, tuple(lines)
        wanted = [line for line in lines if line.unit and line.old != line.new]
        unknown = [line for line in lines if not line.unit]
        same = len(lines) - len(wanted) - len(unknown)
        said = [f"改 {len(wanted)} 家" if wanted else "没有要改的"]
        said += [f"{same} 家与现在一致"] if same else []
        said += [f"{len(unknown)} 行不认得单位，不写入"] if unknown else []
        self.said = QLabel("；".join(said))
        self.said.setProperty("heading", True)
        self.table = LinesTable(
            kit, "读到的联系人", (("单位", 13), ("现在", 15), ("改为", 15), ("说明", 0))
        )
        order = [*wanted, *unknown, *(x for x in lines if x.unit and x.old == x.new)]
        self.table.show_lines([contact_line(line) for line in order])
        self.agree, self.leave = QPushButton(f"登记 {len(wanted)} 家"), QPushButton("取消")
        self.agree.setProperty("primary", True)
        self.agree.setDefault(True)
        self.agree.setEnabled(bool(wanted))
        self.agree.clicked.connect(self._write)
        self.leave.clicked.connect(self.reject)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.said)
        column.addWidget(self.table, 1)
        hint = quiet("空着的格不清掉原来的内容；登记后可以撤销。")
        column.addLayout(side_by_side(hint, None, self.leave, self.agree))
        open_at(self, 66, 32)

    def _write(self) -> None:
        office, who, now = self._kit.hub.office, self._kit.hub.who, self._kit.hub.now
        if office is None:
            return
        lines = self._lines
        self._kit.runner.write(
            "登记联系人",
            lambda _progress: write_contacts(office, lines, who=who, now=now),
            lambda outcome: self._kit.messages.tell(outcome.sentence),
        )
        self.accept()


def contact_line(line: ContactLine) -> Line:
    """Return a pasted line as it is shown."""
    if not line.unit:
        return Line((line.said, "", "", "单位名称不认得"), colour="amber", tip=line.said)
    told = "与现在一致" if line.old == line.new else ""
    colour = "quiet" if told else "text"
    return Line((line.unit, line.old, line.new, told), colour=colour, tip=line.said)
