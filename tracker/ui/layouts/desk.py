"""The layout in hand, with what it was before each edit."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from tracker.domain.layout import LayoutDraft


class DraftDesk(QObject):
    """Holds the drafts of one layout; every section of the window shows the one in hand.

    Signals:
        changed: another draft is in hand.
    """

    changed = Signal()

    def __init__(self, draft: LayoutDraft, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._drafts = [draft]
        self._at = 0
        self._key = ""
        self._saved = draft

    @property
    def draft(self) -> LayoutDraft:
        """The draft in hand."""
        return self._drafts[self._at]

    @property
    def is_dirty(self) -> bool:
        """Whether something was edited that is not saved."""
        return self.draft != self._saved

    @property
    def can_undo(self) -> bool:
        """Whether an edit can be taken back."""
        return self._at > 0

    @property
    def can_redo(self) -> bool:
        """Whether an edit was taken back."""
        return self._at + 1 < len(self._drafts)

    def open(self, draft: LayoutDraft) -> None:
        """Take another layout in hand."""
        self._drafts, self._at, self._key, self._saved = [draft], 0, "", draft
        self.changed.emit()

    def edit(self, draft: LayoutDraft, key: str = "") -> None:
        """Take an edited draft in hand.

        Args:
            key: edits with the same key in a row are taken back together, as letters typed.
        """
        if draft == self.draft:
            return
        joins = bool(key) and key == self._key and self._at > 0 and not self.can_redo
        del self._drafts[self._at + (0 if joins else 1) :]
        self._drafts.append(draft)
        self._at = len(self._drafts) - 1
        self._key = key
        self.changed.emit()

    def rest(self) -> None:
        """Let what is typed next be an edit of its own."""
        self._key = ""

    def undo(self) -> None:
        """Take the last edit back."""
        self._step(-1)

    def redo(self) -> None:
        """Do the edit again that was taken back last."""
        self._step(1)

    def saved(self, draft: LayoutDraft) -> None:
        """Note that the layout in hand was kept as `draft`; it has its name from now on."""
        self._saved = draft
        self.rename(draft.name, draft.label)

    def rename(self, name: str, label: str) -> None:
        """Note that the layout in hand has another name."""
        self._saved = replace(self._saved, name=name, label=label)
        self._drafts = [replace(each, name=name, label=label) for each in self._drafts]
        self._key = ""
        self.changed.emit()

    def _step(self, by: int) -> None:
        at = self._at + by
        if 0 <= at < len(self._drafts):
            self._at, self._key = at, ""
            self.changed.emit()
