"""Where the import of one file stands: read, shown, compared; knows nothing of Qt."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tracker.ui.imports.matching import State
from tracker.ui.imports.reading import Loaded, Opened, Target, load, look, reread
from tracker.ui.imports.stepper import COLUMNS, FILE, MATCHES, REVIEW

if TYPE_CHECKING:
    from collections.abc import Callable

    from tracker.base.progress import Progress
    from tracker.domain.mapping import SheetMapping
    from tracker.ops.office import Office

    Found = Loaded | Opened


class Session:
    """One file on its way; what is said in one step is known in all.

    Attributes:
        opened: the file as it was read; None before.
        loaded: the table as it was compared; None before, and where it cannot be read yet.
    """

    def __init__(self) -> None:
        self.opened: Opened | None = None
        self.loaded: Loaded | None = None
        self._wanted: Target | None = None
        self._is_stale = False

    def forget(self) -> None:
        """Let go of the file."""
        self.opened = self.loaded = self._wanted = None
        self._is_stale = False

    def keep(self, found: Found) -> None:
        """Take over what was read, and compared where that was possible."""
        self.loaded = found if isinstance(found, Loaded) else None
        self.opened = found.opened if isinstance(found, Loaded) else found
        self._wanted, self._is_stale = None, False

    # Steps

    @property
    def first_step(self) -> int:
        """The first step that needs the clerk."""
        if self.loaded is None or (self.opened is not None and self.opened.doubts):
            return COLUMNS
        return MATCHES if self.loaded.matching.groups[State.ASKED] else REVIEW

    @property
    def reached(self) -> set[int]:
        """The steps that can be gone to."""
        if self.opened is None:
            return {FILE}
        reached = {FILE, COLUMNS}
        return reached | {MATCHES, REVIEW} if self.opened.look.table is not None else reached

    def must_compare(self, step: int) -> bool:
        """Tell whether the table must be compared anew before a step shows it."""
        if step not in (MATCHES, REVIEW):
            return False
        if self.loaded is None or self._is_stale:
            return True
        return step == REVIEW and self.loaded.matching.must_compare

    @property
    def is_decided(self) -> bool:
        """Whether anything was said that giving up would lose."""
        if self._wanted is not None or (self.opened is not None and self.opened.target.mappings):
            return True
        loaded = self.loaded
        return loaded is not None and (
            loaded.matching.must_compare or bool(loaded.target.given) or loaded.review.is_decided()
        )

    # Columns

    def want(self, target: Target) -> None:
        """Note that the table is to be read another way."""
        self._wanted, self._is_stale = target, True

    def looking(self, office: Office | None) -> Callable[[], Opened] | None:
        """Return the work of reading it as it is wanted; None where nothing is."""
        opened, target = self.opened, self._wanted
        if opened is None or target is None:
            return None
        source = opened.source
        return lambda: look(office, source, target)

    def looked(self, opened: Opened) -> bool:
        """Take over what was read as wanted; False where it is of another file."""
        if self.opened is None or self._wanted is None or opened.source is not self.opened.source:
            return False
        self.opened, self._wanted = opened, None
        return True

    @property
    def is_reading(self) -> bool:
        """Whether a change of columns is still being read."""
        return self._wanted is not None

    def confirm(self, mappings: tuple[SheetMapping, ...]) -> None:
        """Who goes on from doubtful or changed columns has confirmed them."""
        opened = self.opened
        if opened is None or not (
            opened.doubts or opened.target.mappings or not opened.target.use_memory
        ):
            return
        self.opened = replace(opened, target=replace(opened.target, mappings=mappings))
        if self.loaded is not None and not self._is_stale:
            target = self._with_columns(self.loaded.target)
            self.loaded = replace(self.loaded, opened=replace(self.loaded.opened, target=target))

    def _with_columns(self, target: Target) -> Target:
        """Return a target with the columns as they stand now."""
        if self.opened is None:
            return target
        own = self.opened.target
        return replace(target, mappings=own.mappings, use_memory=own.use_memory)

    # Comparing

    def comparing(
        self, office: Office | None, in_sight: str | None, target: Target | None = None
    ) -> Callable[[Progress], Found] | None:
        """Return the work of comparing it as it is read now; None where nothing is open.

        Args:
            office: the opened office.
            in_sight: the ledger the window shows.
            target: another ledger, round or date; None leaves them.
        """
        opened, loaded = self.opened, self.loaded
        if opened is None:
            return None
        if loaded is not None:
            return reread(office, loaded, target or self._with_columns(loaded.target))
        return lambda progress: load(
            office, opened.source, opened.target, None, progress, in_sight=in_sight
        )
