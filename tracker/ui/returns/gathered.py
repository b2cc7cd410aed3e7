"""What was read of returned files, with what the page shows beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from tracker.domain.collection import Collection
    from tracker.domain.entry import EntryRow
    from tracker.domain.ledger import LedgerRow, RoundRow
    from tracker.domain.task import TaskRow
    from tracker.domain.unit import UnitRow


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which files are read, and what the clerk said about them.

    Attributes:
        paths: files and folders, as they were given.
        passwords: of locked files, by their path.
        claimed: whose files are that do not say so, by their hash.
        this_round: hashes of forms of another round that count for this one.
        left_out: paths of files that are not collected.
    """

    paths: tuple[Path, ...] = ()
    passwords: Mapping[str, str] = field(default_factory=dict)
    claimed: Mapping[str, str] = field(default_factory=dict)
    this_round: frozenset[str] = frozenset()
    left_out: frozenset[str] = frozenset()

    def with_paths(self, more: tuple[Path, ...]) -> Wanted:
        """Return the same with further files."""
        return replace(self, paths=tuple(dict.fromkeys((*self.paths, *more))))


@dataclass(frozen=True, slots=True)
class Gathered:
    """Returned files as they were read and compared.

    Attributes:
        wanted: what was read.
        tasks: the ledger's tasks by code, in printed order.
        now: the entries (核定稿) of the round, by task id.
        before: the entries of the round before, by task id.
        units: all units, in official order; a file is claimed for one of them.
        locked: hashes of files that need a password.
    """

    ledger: LedgerRow
    round: RoundRow
    collection: Collection
    wanted: Wanted = Wanted()
    tasks: Mapping[str, TaskRow] = field(default_factory=dict)
    now: Mapping[int, EntryRow] = field(default_factory=dict)
    before: Mapping[int, EntryRow] = field(default_factory=dict)
    units: tuple[UnitRow, ...] = ()
    locked: frozenset[str] = frozenset()

    @property
    def has_news(self) -> bool:
        """Whether there is anything to look at or to write."""
        collection = self.collection
        return bool(collection.files or collection.restanding or collection.update)

    @property
    def no_news(self) -> str:
        """Why there is nothing, in words."""
        same = self.collection.same
        if same:
            return f"{same} 份来件以前都收过，没有新内容"
        return "没有找到来件；文件夹是空的，或者里面没有能收的文件"

    def title(self, code: str) -> str:
        """Return a task's number and words."""
        task = self.tasks.get(code)
        return f"{task.number} {task.text}".strip() if task is not None else code
