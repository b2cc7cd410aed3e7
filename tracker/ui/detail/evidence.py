"""Evidence (佐证材料) of the task in hand: files kept in the office's own database."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from tracker.base.errors import UserError
from tracker.base.file_names import safe_file_name
from tracker.ops.evidence import attach, detach, list_attachments, save_attachment, size_words
from tracker.ui.detail.parts import Section, link_button, row_of, words_label
from tracker.ui.detail.words import short_day
from tracker.ui.widgets.latest import LatestRead
from tracker.ui.widgets.menus import MenuRow, add, add_copy
from tracker.ui.widgets.stored_files import NO_PROGRAM, TemporaryCopies

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtCore import QMimeData
    from PySide6.QtWidgets import QMenu

    from tracker.domain.browse import TaskCard
    from tracker.domain.edition import AttachmentRow
    from tracker.ops.outcome import Outcome
    from tracker.ui.kit import Kit

ALL_KINDS = "所有文件 (*)"
DROP_HERE = "松开鼠标，把文件附到这项任务作佐证材料"
HINT = "把文件拖到右边这一栏，或点“添加文件…”。文件存进台账里，原文件挪走也不要紧。"


class EvidencePart(QWidget):
    """A list of files under a heading that folds, and a button to add some."""

    def __init__(self, kit: Kit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kit = kit
        self._code = ""
        self.rows: tuple[AttachmentRow, ...] = ()
        self.copies = TemporaryCopies()
        self.section = Section("佐证材料")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.section)
        self._read = LatestRead(kit.runner, "读取佐证材料", self._lookup, self._show, self)

    def show_card(self, card: TaskCard) -> None:
        """Show the evidence of a task."""
        if card.task.code != self._code:
            self._code = card.task.code
            self._fill(())
        self._read.ask()

    def _lookup(self) -> Callable[[], tuple[str, tuple[AttachmentRow, ...]]] | None:
        office, code = self._kit.hub.office, self._code
        if office is None or not code:
            return None

        def read() -> tuple[str, tuple[AttachmentRow, ...]]:
            try:
                return code, list_attachments(office, code)
            except UserError:
                return code, ()  # an undone import took the task along

        return read

    def _show(self, found: tuple[str, tuple[AttachmentRow, ...]]) -> None:
        code, rows = found
        if code == self._code:
            self._fill(rows)

    def _fill(self, rows: Sequence[AttachmentRow]) -> None:
        more = len(rows) > len(self.rows)
        self.rows = tuple(rows)
        add = link_button("添加文件…")
        add.clicked.connect(self.choose)
        widgets = [self._line(row) for row in rows] or [words_label(HINT, quiet=True)]
        self.section.fill([*widgets, add], len(rows))
        if more:
            self.section.open()

    def _line(self, row: AttachmentRow) -> QWidget:
        opened, saved, removed = link_button("打开"), link_button("另存…"), link_button("移除")
        for button, act in (
            (opened, self._open),
            (saved, self._save),
            (removed, self._remove),
        ):
            button.setAccessibleName(f"{button.text().rstrip('…')}“{row.name}”")
            button.clicked.connect(lambda _=False, wanted=act: wanted(row))
        day = short_day(row.added_at.date(), self._kit.hub.today)
        facts = QLabel(f"{size_words(row.size)} · {day} · {row.added_by}")
        facts.setProperty("quiet", True)
        facts.setTextFormat(Qt.TextFormat.PlainText)
        holder = MenuRow(self._kit.theme, row.name, lambda menu: self._fill_menu(menu, row))
        holder.put(words_label(row.name))
        if row.remark:
            holder.put(words_label(row.remark, quiet=True))
        holder.put(facts, row_of(opened, saved, removed))
        return holder

    def _fill_menu(self, menu: QMenu, row: AttachmentRow) -> None:
        for words, act in (("打开", self._open), ("另存…", self._save), ("移除", self._remove)):
            add(menu, words, partial(act, row))
        menu.addSeparator()
        add_copy(menu, "复制文件名", row.name)
        add(menu, "添加文件…", self.choose)

    # Adding

    def takes(self, data: QMimeData) -> bool:
        """Return whether something dragged holds files that can be added now."""
        return bool(self._code) and bool(_paths(data))

    def take(self, data: QMimeData) -> None:
        """Add files that were dropped."""
        self.add(_paths(data))

    def choose(self) -> None:
        """Ask for files and add them."""
        asked = self._kit.messages.ask_open_several("添加佐证材料", ALL_KINDS)
        self.add([Path(name) for name in asked])

    def add(self, paths: Sequence[Path]) -> None:
        """Keep files with the task in hand, in one step."""
        office, code, hub = self._kit.hub.office, self._code, self._kit.hub
        if office is None or not code:
            return
        who, now, chosen = hub.who, hub.now, tuple(paths)
        if chosen:
            self._kit.runner.write(
                "添加佐证材料",
                lambda _p: attach(office, code, chosen, who=who, now=now),
                self._tell,
            )

    # One file

    def _open(self, row: AttachmentRow) -> None:
        office = self._kit.hub.office
        if office is None:
            return

        def opened(path: Path) -> None:
            if not self.copies.open(path):
                self._kit.messages.tell(NO_PROGRAM)

        self._kit.runner.read(
            f"打开“{row.name}”",
            lambda _p: self.copies.place(row.name, lambda path: save_attachment(office, row, path)),
            opened,
        )

    def _save(self, row: AttachmentRow) -> None:
        office = self._kit.hub.office
        asked = self._kit.messages.ask_save("另存佐证材料", safe_file_name(row.name), ALL_KINDS)
        if office is None or not asked:
            return
        target = Path(asked)
        self._kit.runner.read(
            f"另存“{row.name}”",
            lambda _p: save_attachment(office, row, target),
            lambda _: self._kit.messages.tell(f"已另存为 {target.name}"),
        )

    def _remove(self, row: AttachmentRow) -> None:
        office, hub = self._kit.hub.office, self._kit.hub
        if office is None:
            return
        who, now = hub.who, hub.now
        self._kit.runner.write(
            "移除佐证材料", lambda _p: detach(office, row.id, who=who, now=now), self._tell
        )

    def _tell(self, outcome: Outcome[Any]) -> None:
        self._kit.messages.tell(outcome.sentence)


def _paths(data: QMimeData) -> list[Path]:
    """Return the files among what is dragged; folders are none."""
    found = (Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile())
    return [path for path in found if path.is_file()]
