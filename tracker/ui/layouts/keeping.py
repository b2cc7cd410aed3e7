"""What is done with a whole layout: kept, copied, renamed, removed, shared, made the default."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from tracker.base.errors import UserError
from tracker.base.file_names import safe_file_name
from tracker.ops.history import next_undo, undo_step
from tracker.ops.layout_choice import rename_layout
from tracker.ops.layouts import (
    choose_standing_layout,
    edit_layout,
    list_layouts,
    remove_layout,
    save_layout,
    share_layout,
)
from tracker.ops.templates import is_template

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.domain.history import StepRow
    from tracker.domain.layout import LayoutDraft
    from tracker.ops.layouts import LayoutName
    from tracker.ops.office import Office
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit
    from tracker.ui.layouts.desk import DraftDesk

_KINDS = "版式文件 (*.toml)"
_ENDING = ".toml"
_LATER = UserError(
    "不能只撤销这次删除", "删除之后又有别的改动", "请关上版式窗口，在主窗口按 Ctrl+Z 依次撤销"
)


_LIKE_A_FILE = UserError(
    "这个名称不能用", "像文件名或模板名的名称会被认错", "请不要以“模板:”开头，也不要以 .toml 等结尾"
)


class Keeping(QObject):
    """Writes layouts through the ops.

    Signals:
        kept: the layouts are other ones now; the name of the one to take in hand.
        said: a sentence on what was done, and the label of the step that may be taken back.
    """

    kept = Signal(str)
    said = Signal(str, str)

    def __init__(self, kit: Kit, desk: DraftDesk, parent: QObject) -> None:
        super().__init__(parent)
        self._kit, self._desk = kit, desk

    @property
    def names(self) -> tuple[LayoutName, ...]:
        """The layouts there are."""
        return list_layouts(self._kit.hub.office)

    @property
    def is_own(self) -> bool:
        """Whether the office keeps the layout in hand."""
        return any(each.own and each.name == self._desk.draft.name for each in self.names)

    def save(self, then: Callable[[], object] | None = None) -> None:
        """Keep the layout in hand; one of the program's is kept under another name."""
        if self.is_own:
            self._save(self._desk.draft, then)
        else:
            self.save_as(then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Keep the layout in hand under another name."""
        label = self._ask_name("另存版式", "新版式的名称", f"{self._desk.draft.label}（本单位）")
        if label:
            self._save(replace(self._desk.draft, label=label), then)

    def new(self) -> None:
        """Make a layout that is as the one in hand was saved."""
        name = self._desk.draft.name
        label = self._ask_name(
            "新建版式", f"照“{self._desk.draft.label}”新建，名称是", f"{self._desk.draft.label}2"
        )
        if label:
            self._take_in(lambda: edit_layout(name, self._office()), label)

    def take(self) -> None:
        """Ask for a file that another office shared, and keep its layout."""
        asked = self._kit.messages.ask_open("导入版式文件", _KINDS)
        if not asked:
            return
        try:
            draft = edit_layout(asked, self._office())
        except UserError as error:
            self._kit.messages.problem(error)
            return
        label: str | None = draft.label
        if self._is_taken(draft.label):
            label = self._ask_name(
                "导入版式", f"已有叫“{draft.label}”的版式，请换一个名称", f"{draft.label}（导入）"
            )
        if label:
            self._take_in(lambda: draft, label)

    def give(self) -> None:
        """Ask where to, and write the layout in hand as a file."""
        from tracker.ui.exports import documents

        draft = self._desk.draft
        name = safe_file_name(f"{draft.label}{_ENDING}")
        asked = self._kit.messages.ask_save("导出版式文件", str(documents() / name), _KINDS)
        if not asked:
            return
        target = Path(asked)
        if target.suffix.lower() != _ENDING:
            target = target.with_name(target.name + _ENDING)
        self._kit.runner.write_file(
            "正在导出版式",
            lambda _progress: share_layout(draft, target),
            lambda _none: self._say(f"已导出 {target.name}"),
        )

    def rename(self) -> None:
        """Ask for another name of the layout in hand."""
        name = self._desk.draft.name
        label = self._kit.messages.ask_text("版式改名", "新名称", self._desk.draft.label)
        if label is None or label.strip() == name:
            return
        office, who, now = self._office(), self._kit.hub.who, self._kit.hub.now

        def done(outcome: Outcome[LayoutName]) -> None:
            if isValid(self):
                self._desk.rename(outcome.value.name, outcome.value.label)
                self._say(outcome.sentence)
                self.kept.emit(outcome.value.name)

        self._kit.runner.write(
            "正在改名", lambda _p: rename_layout(office, name, label, who=who, now=now), done
        )

    def remove(self) -> None:
        """Take the layout in hand away."""
        name = self._desk.draft.name
        office, who, now = self._office(), self._kit.hub.who, self._kit.hub.now

        def done(outcome: Outcome[str]) -> None:
            if isValid(self):
                self.kept.emit("")
                self._say(outcome.sentence, f"删除版式“{name}”")

        self._kit.runner.write(
            "正在删除版式", lambda _p: remove_layout(office, name, who=who, now=now), done
        )

    def stand(self) -> None:
        """Let the tables of the ledger in sight be printed in the layout in hand from now on."""
        if self._desk.is_dirty:
            self.save(self.stand)
            return
        hub, name = self._kit.hub, self._desk.draft.name
        office, ledger, who, now = self._office(), hub.ledger, hub.who, hub.now
        if ledger is None:
            return
        row = ledger

        def done(outcome: Outcome[str]) -> None:
            if isValid(self):
                self._say(outcome.sentence)
                self.kept.emit(name)

        self._kit.runner.write(
            "正在设为默认",
            lambda _p: choose_standing_layout(office, row, name, who=who, now=now),
            done,
        )

    def take_back(self, label: str, name: str) -> None:
        """Take a removal back, if it is still the last step, and take what is back in hand."""
        office, who, now = self._office(), self._kit.hub.who, self._kit.hub.now
        step = next_undo(office)
        if step is None or step.label != label:
            self._kit.messages.problem(_LATER)
            return

        def done(outcome: Outcome[StepRow]) -> None:
            if isValid(self):
                self.kept.emit(name)
                self._say(outcome.sentence)

        self._kit.runner.write("撤销", lambda _p: undo_step(office, who=who, now=now), done)

    # Parts

    def _office(self) -> Office:
        office = self._kit.hub.office
        assert office is not None  # the window opens on one, and keeps others from being opened
        return office

    def _ask_name(self, title: str, question: str, first: str) -> str | None:
        """Ask for a name; one that the office uses already is asked about."""
        asked = self._kit.messages.ask_text(title, question, first)
        label = (asked or "").strip()
        if is_template(label) or label.lower().endswith(_ENDING):
            self._kit.messages.problem(_LIKE_A_FILE)
            return None
        own = {each.label for each in self.names if each.own}
        if label in own and not self._kit.messages.confirm(
            f"已有本单位的版式“{label}”，换成现在这个？", "换掉以后还可以撤销。", "换掉"
        ):
            return None
        return label or None

    def _is_taken(self, label: str) -> bool:
        return any(label in (each.label, each.name) for each in self.names)

    def _take_in(self, read: Callable[[], LayoutDraft], label: str) -> None:
        """Keep another layout and take it in hand; what is unsaved of this one was asked about."""
        try:
            draft = replace(read(), label=label)
        except UserError as error:
            self._kit.messages.problem(error)
            return
        self._save(draft, None, opens=True)

    def _save(
        self, draft: LayoutDraft, then: Callable[[], object] | None, *, opens: bool = False
    ) -> None:
        office, who, now = self._office(), self._kit.hub.who, self._kit.hub.now
        self._desk.rest()

        def done(outcome: Outcome[LayoutName]) -> None:
            if not isValid(self):
                return
            named = replace(draft, name=outcome.value.name, label=outcome.value.label)
            if opens:
                self._desk.open(named)
            else:
                self._desk.saved(named)
            self._say(outcome.sentence)
            self.kept.emit(outcome.value.name)
            if then is not None:
                then()

        self._kit.runner.write(
            "正在保存版式", lambda _p: save_layout(office, draft, who=who, now=now), done
        )

    def _say(self, sentence: str, step: str = "") -> None:
        if isValid(self):
            self.said.emit(sentence, step)
