"""The button of named filters: choose one, keep the present one, take one away."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from tracker.ops.saved_filters import list_filters, remove_filter, save_filter

if TYPE_CHECKING:
    from tracker.domain.browse import Filter
    from tracker.ui.kit import Kit

_KEPT = ("text", "lights", "unit_id", "section", "completion", "show", "sort", "group")


class SavedFilters(QPushButton):
    """Opens a menu of the office's named filters."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__("常用筛选 ▾", parent)
        self._kit = kit
        self.setProperty("quiet", True)
        self.setToolTip("按起好名字的条件筛选；也可以把现在的条件存下来")
        self.clicked.connect(self._open)

    def _open(self) -> None:
        menu = self.menu_of_filters()
        menu.exec(self.mapToGlobal(self.rect().bottomLeft()))
        menu.deleteLater()

    def menu_of_filters(self) -> QMenu:
        """Return the menu as things stand."""
        menu = QMenu(self)
        office = self._kit.hub.office
        kept = list_filters(office) if office is not None else ()
        for name, wanted in kept:
            menu.addAction(name).triggered.connect(partial(self.apply, wanted))
        if not kept:
            menu.addAction("还没有存过筛选").setEnabled(False)
        menu.addSeparator()
        menu.addAction("保存当前筛选…").triggered.connect(self.save)
        if kept:
            remove = menu.addMenu("删除")
            for name, _ in kept:
                remove.addAction(name).triggered.connect(partial(self.remove, name))
        return menu

    def apply(self, wanted: Filter, _checked: bool = False) -> None:
        """Narrow the list as a named filter says, in the ledger in sight."""
        hub = self._kit.hub
        fields = {name: getattr(wanted, name) for name in _KEPT}
        hub.narrow(**fields, codes=frozenset(), about="")

    def save(self) -> None:
        """Ask for a name and keep the filter in force."""
        hub = self._kit.hub
        office, who, now = hub.office, hub.who, hub.now
        wanted = replace(hub.filter, ledger_id=None)
        if office is None:
            return
        name = self._kit.messages.ask_text("保存当前筛选", "名称（如 城建口逾期）：")
        if not name:
            return
        self._kit.runner.write(
            "正在保存筛选",
            lambda _progress: save_filter(office, name, wanted, who=who, now=now),
            lambda outcome: self._kit.messages.tell(outcome.sentence),
            initiator=self,
        )

    def remove(self, name: str, _checked: bool = False) -> None:
        """Take a named filter away."""
        hub = self._kit.hub
        office, who, now = hub.office, hub.who, hub.now
        if office is None:
            return
        self._kit.runner.write(
            "正在删除筛选",
            lambda _progress: remove_filter(office, name, who=who, now=now),
            lambda outcome: self._kit.messages.tell(outcome.sentence),
            initiator=self,
        )
