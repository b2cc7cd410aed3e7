"""Which of a unit's files count: the latest word on each task, whatever order they came in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.domain.collection import WITH_WORDS, CollectedFile, Restanding
from tracker.domain.returned import FileKind, FindingKind, Remark, Standing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime

    from tracker.domain.returned import ReturnedFileRow

_DERIVED = frozenset({FindingKind.RETURNED_TWICE, FindingKind.EMPTY})
"""Findings that follow from all files of a unit together."""

Words = tuple[str, ...]


@dataclass(slots=True)
class HeldFile:
    """A file of a unit with what it says, by task id, while the unit's files are compared.

    Attributes:
        at: when it was last saved, as well as is known.
        tie: decides between files saved in one second; the later of the folder is the later.
        new: the file where it came in now; else `row` is the stored one.
    """

    at: datetime
    tie: str
    words: Mapping[int, Words]
    new: CollectedFile | None = None
    row: ReturnedFileRow | None = None
    standing: Standing = Standing.CURRENT
    remarks: list[Remark] = field(default_factory=list)

    def order(self) -> tuple[datetime, str]:
        """Return what files of a unit are sorted by, the earliest first."""
        return self.at, self.tie

    @property
    def file(self) -> CollectedFile | ReturnedFileRow:
        """The file, new or stored."""
        found = self.new or self.row
        assert found is not None
        return found

    @property
    def waits(self) -> bool:
        """Whether words of it wait for a place."""
        return any(not words.settled for words in self.file.unplaced)


def settle(
    held: Iterable[HeldFile], number: Callable[[int], str]
) -> tuple[list[CollectedFile], list[Restanding], int]:
    """Say of each file whether it counts, and what follows from the unit's files together.

    Args:
        held: the files of a round, new and stored.
        number: how a task is called in a sentence, by its id.

    Returns:
        The new files, the stored ones that change, and how many new ones only say again what
        another one says.
    """
    by_unit: dict[int | None, list[HeldFile]] = defaultdict(list)
    for each in sorted(held, key=HeldFile.order):
        each.remarks = [r for r in each.file.remarks if r.kind not in _DERIVED]
        by_unit[each.file.unit_id].append(each)
    same = 0
    for unit_id, files in by_unit.items():
        if unit_id is not None:
            same += _settle_unit(files, number)
    every = [each for files in by_unit.values() for each in files]
    new = [
        replace(each.new, standing=each.standing, remarks=tuple(each.remarks))
        for each in sorted(every, key=HeldFile.order)
        if each.new is not None
    ]
    changed = [_restanding(each) for each in every if each.row is not None]
    return new, [each for each in changed if each is not None], same


def _settle_unit(files: Sequence[HeldFile], number: Callable[[int], str]) -> int:
    speaking = [each for each in files if each.words]
    same = sum(_compare(each, speaking[at + 1 :], number) for at, each in enumerate(speaking))
    silent = [each for each in files if not each.words and not each.waits]
    blank = [each for each in silent if _is_blank(each)]
    for each in silent:
        if each.file.kind is FileKind.SCAN and speaking:
            each.standing = Standing.COPY
            each.remarks = [r for r in each.remarks if r.kind is not FindingKind.UNREADABLE]
    for each in blank:
        if speaking or each is not blank[-1]:
            each.standing = Standing.EARLIER
        else:
            _add(each, Remark(FindingKind.EMPTY, "交回的表没有填写任何内容"))
    return same


def _is_blank(each: HeldFile) -> bool:
    """Tell whether a file of this round was read and says nothing."""
    told = {remark.kind for remark in each.remarks}
    return each.file.kind in WITH_WORDS and FindingKind.WRONG_ROUND not in told


def _compare(each: HeldFile, later: Sequence[HeldFile], number: Callable[[int], str]) -> bool:
    """Set a file against those that came after it; tell whether it says nothing of its own."""
    over = {task for other in later for task in other.words if task in each.words}
    if not over:
        return False
    last = {task: other for other in later for task in other.words}
    differing = [task for task in each.words if task in over and _differs(each, last[task], task)]
    if over == set(each.words):
        each.standing = Standing.EARLIER
    if not differing:
        return over == set(each.words)
    names = "、".join(dict.fromkeys(f"“{last[task].file.name}”" for task in differing))
    tasks = "、".join(map(number, differing))
    detail = f"{names}晚于这一份，{tasks}说法不同，以晚的为准"
    _add(each, Remark(FindingKind.RETURNED_TWICE, detail))
    return False


def _differs(one: HeldFile, other: HeldFile, task: int) -> bool:
    return ["".join(t.split()) for t in one.words[task]] != [
        "".join(t.split()) for t in other.words[task]
    ]


def _add(each: HeldFile, remark: Remark) -> None:
    """Add a finding; one that the clerk has settled already stays settled."""
    known = (r for r in each.file.remarks if (r.kind, r.detail) == (remark.kind, remark.detail))
    each.remarks.append(next(known, remark))


def _restanding(each: HeldFile) -> Restanding | None:
    row = each.row
    if row is None or (row.standing is each.standing and set(row.remarks) == set(each.remarks)):
        return None
    return Restanding(row.id, row.name, row.unit, each.standing, tuple(each.remarks))
