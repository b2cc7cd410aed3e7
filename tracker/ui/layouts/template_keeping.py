"""Templates taken from files, given back, removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from tracker.base.file_names import safe_file_name
from tracker.ops.templates import (
    KeptTemplate,
    add_template,
    list_templates,
    remove_template,
    save_template,
)

if TYPE_CHECKING:
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

_KINDS = "Excel 工作簿 (*.xlsx)"
_ENDING = ".xlsx"


class TemplateKeeping(QObject):
    """Writes templates through the ops.

    Signals:
        kept: the templates are other ones now; the name of the one to take in hand.
        said: a sentence on what was done, and the label of the step that may be taken back.
    """

    kept = Signal(str)
    said = Signal(str, str)

    def __init__(self, kit: Kit, parent: QObject) -> None:
        super().__init__(parent)
        self._kit = kit

    @property
    def templates(self) -> tuple[KeptTemplate, ...]:
        """The templates there are."""
        office = self._kit.hub.office
        return list_templates(office) if office is not None else ()

    def take(self) -> None:
        """Ask for a workbook and a name, and keep it."""
        messages, hub = self._kit.messages, self._kit.hub
        office, who, now = hub.office, hub.who, hub.now
        asked = messages.ask_open("用现成的表作模板", _KINDS)
        if not asked or office is None:
            return
        path = Path(asked)
        name = (messages.ask_text("用现成的表作模板", "模板的名称", path.stem) or "").strip()
        if not name:
            return
        if name in {each.name for each in self.templates} and not messages.confirm(
            f"已有模板“{name}”，换成这个文件？", "换掉以后还可以撤销。", "换掉"
        ):
            return

        def done(outcome: Outcome[KeptTemplate]) -> None:
            if isValid(self):
                self.kept.emit(outcome.value.layout)
                self.said.emit(f"已存入模板“{name}”", "")

        self._kit.runner.write(
            "正在存入模板",
            lambda _p: add_template(office, path, name, who=who, now=now),
            done,
        )

    def give(self, template: KeptTemplate) -> None:
        """Ask where to, and write the workbook as it was taken."""
        from tracker.ui.exports import documents

        office = self._kit.hub.office
        name = safe_file_name(f"{template.name}{_ENDING}")
        asked = self._kit.messages.ask_save("导出原表", str(documents() / name), _KINDS)
        if not asked or office is None:
            return
        target = Path(asked)
        if target.suffix.lower() != _ENDING:
            target = target.with_name(target.name + _ENDING)

        def done(_none: None) -> None:
            if isValid(self):
                self.said.emit(f"已导出 {target.name}", "")

        self._kit.runner.write_file(
            "正在导出原表", lambda _p: save_template(office, template.name, target), done
        )

    def remove(self, template: KeptTemplate) -> None:
        """Take a template away; undo brings it back."""
        hub = self._kit.hub
        office, who, now = hub.office, hub.who, hub.now
        if office is None:
            return

        def done(outcome: Outcome[str]) -> None:
            if isValid(self):
                self.kept.emit("")
                self.said.emit(outcome.sentence, f"删除模板“{template.name}”")

        self._kit.runner.write(
            "正在删除模板",
            lambda _p: remove_template(office, template.name, who=who, now=now),
            done,
        )
