"""The tab of units: search, the list with its order, what may be one, and the unit's page."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from tracker.domain.reform import REFORM_WORDS, ReformKind
from tracker.domain.unit_list import UnitWords
from tracker.ops.table_files import ENDINGS
from tracker.ops.unit_duplicates import near_duplicates
from tracker.ops.unit_list import (
    edit_unit,
    list_lines,
    order_by_standard,
    order_units,
    read_contacts,
    remove_unit,
)
from tracker.ops.unit_table import export_units, plan_unit_import
from tracker.ui.units.card import UnitCard
from tracker.ui.units.contacts_dialog import ContactsDialog
from tracker.ui.units.duplicates_dialog import DuplicatesDialog
from tracker.ui.units.import_dialog import UnitImportDialog
from tracker.ui.units.unit_dialog import UnitDialog
from tracker.ui.units.unit_model import UnitModel
from tracker.ui.units.unit_table import UnitTable
from tracker.ui.widgets.folding import FoldingBar
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import add, hang_menu

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.unit_list import ContactLine, NearPair, UnitImport, UnitLine
    from tracker.ops.outcome import Outcome
    from tracker.ops.table_files import Exported
    from tracker.ui.kit import Kit
    from tracker.ui.units.doors import Doors

KINDS = "表格 (*.xlsx *.xls *.et *.docx *.doc *.wps *.csv *.txt);;所有文件 (*)"
EXPORT_KINDS = "Excel 工作簿 (*.xlsx);;Word 文档 (*.docx);;PDF 文件 (*.pdf)"


class UnitsTab(QWidget):
    """The units of the office.

    Attributes:
        search, abolished: what is in sight.
        near: says how many pairs may be one unit; a click shows them.
        table, model: the list.
    """

    def __init__(self, kit: Kit, doors: Doors) -> None:
        super().__init__()
        self.kit, self._doors = kit, doors
        self.pairs: tuple[NearPair, ...] = ()
        self.search = QLineEdit()
        self.search.setPlaceholderText("查找单位、曾用名、联系人（可用拼音首字母）")
        self.search.setClearButtonEnabled(True)
        self.abolished = QCheckBox("显示已撤销的")
        self.abolished.setChecked(True)
        self.near = QPushButton()
        self.near.setProperty("fault", True)
        self.near.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.near.hide()
        self.counted = QLabel()
        self.counted.setProperty("quiet", True)
        self.model = UnitModel(self)
        self.table = UnitTable(kit, self.model)
        self._card: UnitCard | None = None
        self.new, self.paste = QPushButton("新增单位…"), QPushButton("粘贴联系人")
        self.sort = QPushButton("按标准顺序排列")
        self.read, self.write = QPushButton("导入…"), QPushButton("导出…")
        self._lay_out()
        self._lines: LatestRead[tuple[UnitLine, ...]] = LatestRead(
            kit.runner, "读取单位", self._listing, self._show, self
        )
        self._near: LatestRead[tuple[NearPair, ...]] = LatestRead(
            kit.runner, "核对重复单位", self._looking, self._show_near, self
        )
        self._connect()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.search, 1)
        top.addWidget(self.abolished)
        foot = FoldingBar((self.new, self.paste, self.sort), (self.read, self.write))
        told = FoldingBar((self.counted,), (self.near,))
        for button in (self.new, self.paste, self.sort, self.read, self.write, self.near):
            button.setAutoDefault(False)
            button.setProperty("tight", True)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        column.addLayout(top)
        column.addWidget(told)
        column.addWidget(self.table, 1)
        column.addWidget(foot)
        self.split = QSplitter(Qt.Orientation.Horizontal)
        self.split.setChildrenCollapsible(False)
        self.split.setHandleWidth(1)
        self.split.addWidget(left)
        right = QWidget()
        self._room = QVBoxLayout(right)
        self._room.setContentsMargins(0, 0, 0, 0)
        self.split.addWidget(right)
        self.split.setStretchFactor(0, 3)
        self.split.setStretchFactor(1, 2)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 12, 8, 8)
        whole.addWidget(self.split)

    def _connect(self) -> None:
        table, model = self.table, self.model
        self.search.textChanged.connect(self._narrow)
        self.abolished.toggled.connect(self._narrow)
        self.near.clicked.connect(self.show_near)
        table.selectionModel().currentRowChanged.connect(self._show_card)
        model.modelReset.connect(self._show_card)
        model.typed.connect(self._edit)
        model.renamed.connect(self._rename)
        model.ordered.connect(self._order)
        table.paste_wanted.connect(self.paste_contacts)
        table.new_wanted.connect(self.add_unit)
        table.remove_wanted.connect(self.remove_unit)
        table.open_wanted.connect(self.open_unit)
        table.search_wanted.connect(self.search.setFocus)
        hang_menu(table, self.menu)
        self.new.clicked.connect(self.add_unit)
        self.paste.clicked.connect(self.paste_contacts)
        self.sort.clicked.connect(self.order_by_standard)
        self.read.clicked.connect(self.import_list)
        self.write.clicked.connect(self.export_list)

    @property
    def card(self) -> UnitCard:
        """The page of the unit in hand; it is made when the list is there."""
        if self._card is None:
            card = self._card = UnitCard(self.kit)
            card.task_wanted.connect(self._doors.show_task)
            card.tasks_wanted.connect(self._doors.show_tasks)
            card.extract_wanted.connect(self._doors.extract)
            card.call_wanted.connect(self._doors.call)
            card.reform_wanted.connect(
                lambda page: self._doors.reform(None, (page.line.unit.name,))
            )
            room = self._room.layout()
            if room is not None:
                room.addWidget(card)
        return self._card

    # Reading

    def refresh(self) -> None:
        """Read the list anew, and what may be one unit after that."""
        self._lines.ask()

    def _listing(self) -> Callable[[], tuple[UnitLine, ...]] | None:
        office = self.kit.hub.office
        return None if office is None else lambda: list_lines(office)

    def _looking(self) -> Callable[[], tuple[NearPair, ...]] | None:
        office = self.kit.hub.office
        return None if office is None else lambda: near_duplicates(office)

    def _show(self, lines: tuple[UnitLine, ...]) -> None:
        first = not self.model.lines
        self.model.show_lines(lines)
        self._count()
        self.abolished.setVisible(any(line.unit.is_abolished for line in lines))
        if first:
            self.table.go_to(0)
        self._show_card()
        self.card.refresh()
        self._near.ask()

    def _count(self) -> None:
        """Say how many there are, or that the search finds none."""
        lines, wanted = self.model.lines, self.search.text().strip()
        if wanted and not self.model.rowCount():
            self.counted.setText(f"没有找到“{wanted}”；可以换个名称、联系人或拼音首字母")
            return
        gone = sum(line.unit.is_abolished for line in lines)
        words = f"共 {len(lines) - gone} 个单位"
        self.counted.setText(words + (f"，另有 {gone} 个已撤销" if gone else ""))

    def _show_near(self, pairs: tuple[NearPair, ...]) -> None:
        self.pairs = pairs
        self.near.setText(f"▲ 发现 {len(pairs)} 组疑似同一单位　→ 逐组核对")
        self.near.setVisible(bool(pairs))

    def _narrow(self) -> None:
        self.model.narrow(self.search.text(), with_abolished=self.abolished.isChecked())
        self._count()
        if self.table.currentIndex().row() < 0:
            self.table.go_to(0)

    def _show_card(self) -> None:
        if not self.model.lines:
            return
        line = self.line
        shown = self.card.found.page.line.unit.id if self.card.found else None
        wanted = line.unit.id if line else None
        if wanted != shown or wanted is None:
            self.card.show_unit(wanted)

    @property
    def line(self) -> UnitLine | None:
        """The unit in hand."""
        return self.model.line(self.table.currentIndex().row())

    def names(self) -> tuple[str, ...]:
        """Return the names of all standing units."""
        return tuple(x.unit.name for x in self.model.lines if not x.unit.is_abolished)

    # The menu

    def menu(self) -> QMenu | None:
        """Return what can be done with the unit in hand."""
        line = self.line
        if line is None:
            return None
        menu, name = QMenu(self), line.unit.name
        standing = not line.unit.is_abolished
        add(menu, "修改…", self.open_unit, key="Return", enabled=standing)
        add(menu, "上移", lambda: self.table.move_by(-1), key="Alt+Up", enabled=standing)
        add(menu, "下移", lambda: self.table.move_by(1), key="Alt+Down", enabled=standing)
        menu.addSeparator()
        for kind in (k for k in ReformKind if k is not ReformKind.CHARGE):
            add(
                menu,
                f"{REFORM_WORDS[kind]}…",
                partial(self._reform, kind),
                enabled=standing,
            )
        menu.addSeparator()
        add(menu, f"删除“{name}”", self.remove_unit, key="Del")
        return menu

    def _reform(self, kind: ReformKind) -> None:
        self._doors.reform(kind, self._chosen_names())

    def _chosen_names(self) -> tuple[str, ...]:
        chosen = set(self.table.ids())
        return tuple(line.unit.name for line in self.model.lines if line.unit.id in chosen)

    # Writing

    def _do(self, title: str, op: Callable[..., Outcome[Any]], *arguments: object) -> None:
        """Run an op that takes the office and these arguments; read the list anew if it fails."""
        office, who, now = self.kit.hub.office, self.kit.hub.who, self.kit.hub.now
        if office is not None:
            self.kit.runner.write(
                title,
                lambda _progress: op(office, *arguments, who=who, now=now),
                lambda outcome: self.kit.messages.tell(outcome.sentence),
                failed=self.refresh,
            )

    def _edit(self, unit_id: int, words: UnitWords) -> None:
        self._do("修改单位", edit_unit, unit_id, words)

    def _rename(self, line: UnitLine, name: str) -> None:
        """Ask whether a new full name corrects the old one or the unit was renamed."""
        answer = self.kit.messages.choose(
            f"“{line.unit.name}”改为“{name}”",
            "写错了的，改正后任务里印的字不变；单位更名的，在办任务会随之改用新名称。",
            ("改正写法", "单位更名…"),
        )
        if answer == 0:
            self._edit(line.unit.id, UnitWords(name=name))
        elif answer == 1:
            self._doors.reform(ReformKind.RENAME, (line.unit.name,), name)

    def _order(self, ids: list[int]) -> None:
        self._do("调整单位顺序", order_units, ids)

    def order_by_standard(self) -> None:
        """Put the units into the usual official order."""
        self._do("按标准顺序排列", order_by_standard)

    def add_unit(self) -> None:
        """Ask for a new unit."""
        UnitDialog(self.kit, self.names(), None, self.window()).open()

    def open_unit(self) -> None:
        """Edit the unit in hand."""
        line = self.line
        if line is not None and not line.unit.is_abolished:
            UnitDialog(self.kit, self.names(), line, self.window()).open()

    def remove_unit(self) -> None:
        """Take the unit in hand out of the list, where nothing speaks of it."""
        line = self.line
        if line is not None:
            self._do("删除单位", remove_unit, line.unit.id)

    # Bringing in and giving out

    def paste_contacts(self) -> None:
        """Show what the rows on the clipboard would change."""
        office, text = self.kit.hub.office, QGuiApplication.clipboard().text()
        if office is None or not text.strip():
            self.kit.messages.tell("剪贴板里没有文字；请先在 Excel 里复制“单位、联系人、电话”几列")
            return

        def show(lines: tuple[ContactLine, ...]) -> None:
            ContactsDialog(self.kit, lines, self.window()).open()

        self.kit.runner.read("读取联系人", lambda _p: read_contacts(office, text), show)

    def show_near(self) -> None:
        """Go through the pairs that may be one unit."""
        DuplicatesDialog(self.kit, self.pairs, self.window()).open()

    def import_list(self) -> None:
        """Ask for another list of units and compare it with ours."""
        office = self.kit.hub.office
        asked = self.kit.messages.ask_open("导入单位名单", KINDS)
        if office is None or not asked:
            return

        def show(plan: UnitImport) -> None:
            UnitImportDialog(self.kit, plan, self.window()).open()

        self.kit.runner.read(
            "读取单位名单", lambda progress: plan_unit_import(office, Path(asked), progress), show
        )

    def export_list(self) -> None:
        """Write the list where the user wants it."""
        office, now = self.kit.hub.office, self.kit.hub.now
        name = f"{now:%Y-%m-%d} 单位名单.xlsx"
        target = self._doors.ask_target("导出单位名单", name, EXPORT_KINDS, ENDINGS)
        if office is None or target is None:
            return

        def done(written: Exported) -> None:
            self._doors.tell_written(written.path)

        self.kit.runner.write_file(
            "正在导出单位名单", lambda _p: export_units(office, target, now=now), done
        )

    def finish_editing(self) -> None:
        """Save the cell that is being typed."""
        if self.table.state() == QAbstractItemView.State.EditingState:
            self.table.setFocus()
