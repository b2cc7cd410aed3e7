"""Which stored task a draft is: by what was read from the former version, else by its words."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from tracker.domain.proposal import NEW_TASK
from tracker.ops.draft_rows import cells_of, row_of, task_of_reading
from tracker.tables.cells import squeezed
from tracker.tables.match import match_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from tracker.base.progress import Progress
    from tracker.domain.document import DocumentRow, Reading
    from tracker.domain.draft import Draft
    from tracker.domain.task import TaskRow
    from tracker.tables.match import Pair


@dataclass(frozen=True, slots=True)
class Candidate:
    """A stored task that a draft may be, with the reasons in the user's words."""

    code: str
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a draft was found to be.

    Attributes:
        task: code of the stored task; `NEW_TASK`; None where the clerk has to say.
        candidates: what it may be, where he has to.
        reading: what was read in its place from the former version.
        refused: the clerk left it out of the ledger, or took it back out, the last time.
    """

    task: str | None = NEW_TASK
    candidates: tuple[Candidate, ...] = ()
    reading: Reading | None = None
    refused: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What drafts are compared with.

    Attributes:
        tasks: the ledger's standing tasks.
        former: the former version of the document; None where there is none.
        elsewhere: codes of tasks that come from other documents.
    """

    tasks: tuple[TaskRow, ...] = ()
    former: DocumentRow | None = None
    elsewhere: frozenset[str] = frozenset()

    def from_former(self) -> frozenset[str]:
        """Return the codes of the tasks that the former version holds."""
        if self.former is None:
            return frozenset()
        read = {code for reading in self.former.readings for code in reading.tasks}
        return frozenset(t.code for t in self.tasks if t.id in self.former.tasks or t.code in read)


@dataclass(frozen=True, slots=True)
class _Target:
    """Something a draft is matched with, and the tasks behind it."""

    row: TaskRow
    codes: tuple[str, ...]
    reading: Reading | None = field(default=None)


def match_drafts(
    drafts: Sequence[Draft], known: Known, progress: Progress | None = None
) -> tuple[Found, ...]:
    """Return what each draft is, in their order. No task is taken by two drafts unasked.

    Args:
        drafts: as read.
        known: what is stored.
        progress: told how far it is; may cancel it.
    """
    targets = _targets(known)
    rows = [row_of(draft, place) for place, draft in enumerate(drafts)]
    pairs = {p.row: p for p in match_rows(rows, [t.row for t in targets], progress)}
    shared = Counter(code for target in targets for code in target.codes)
    return tuple(
        _found(draft, pairs[place], targets, known, shared) if place in pairs else Found()
        for place, draft in enumerate(drafts)
    )


def _targets(known: Known) -> list[_Target]:
    standing = {task.code for task in known.tasks}
    readings = known.former.readings if known.former is not None else ()
    targets = [
        _Target(
            task_of_reading(reading, place),
            tuple(code for code in reading.tasks if code in standing),
            reading,
        )
        for place, reading in enumerate(readings)
    ]
    read = {code for target in targets for code in target.codes}
    return targets + [_Target(t, (t.code,)) for t in known.tasks if t.code not in read]


def _found(
    draft: Draft,
    pair: Pair,
    targets: Sequence[_Target],
    known: Known,
    shared: Mapping[str, int],
) -> Found:
    target = targets[pair.task]
    unchanged = target.reading is not None and _reads_alike(draft, target.reading)
    found = Found(reading=target.reading)
    if not target.codes:
        return replace(found, refused=unchanged and _was_refused(target.reading))
    alone = len(target.codes) == 1 and shared[target.codes[0]] == 1
    elsewhere = target.reading is None and target.codes[0] in known.elsewhere
    if pair.sure and not elsewhere and (alone or unchanged):
        return replace(found, task=target.codes[0])
    reasons = ("另一份文件里的任务",) if elsewhere else ()
    if pair.sure and not elsewhere:
        reasons = ("上次核对时拆分或合并过",)
    candidates = _candidates(pair, targets, reasons)
    return replace(found, task=None, candidates=candidates)


def _was_refused(reading: Reading | None) -> bool:
    return reading is not None and (reading.dropped or bool(reading.tasks))


def _reads_alike(draft: Draft, reading: Reading) -> bool:
    cells = cells_of(draft)
    return all(squeezed(cells[name]) == squeezed(reading.fields.get(name, "")) for name in cells)


def _candidates(
    pair: Pair, targets: Sequence[_Target], reasons: tuple[str, ...]
) -> tuple[Candidate, ...]:
    listed: dict[str, Candidate] = {}
    for each in (pair, *pair.others):
        for code in targets[each.task].codes:
            listed.setdefault(
                code, Candidate(code, round(each.score, 3), (*each.reasons, *reasons))
            )
    return tuple(listed.values())


def missing_codes(known: Known, found: Iterable[Found]) -> frozenset[str]:
    """Return the codes of tasks of the former version that no draft is or may be."""
    taken: set[str] = set()
    for each in found:
        taken.update(code for code in (each.task, *(c.code for c in each.candidates)) if code)
        taken.update(each.reading.tasks if each.reading is not None else ())
    return known.from_former() - taken
