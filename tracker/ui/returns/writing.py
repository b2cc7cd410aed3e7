"""Carrying a collection out in a worker, what it left behind, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from tracker.base.errors import UserError
from tracker.domain.history import Changes
from tracker.ops.board import board, missing_on
from tracker.ops.collect import apply_collection
from tracker.ops.history import next_undo, undo_step
from tracker.ops.outcome import Outcome
from tracker.ops.returns import take_unplaced
from tracker.ui.returns.review import NOT_WANTED

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from tracker.base.progress import Progress
    from tracker.domain.board import Missing
    from tracker.domain.collection import Collection
    from tracker.ops.office import Office
    from tracker.ui.returns.review import CollectReview

_NOT_WANTED_WORDS = "不用"


@dataclass(frozen=True, slots=True)
class Collected:
    """What collecting left behind.

    Attributes:
        steps: its steps in the trace, the first one first; none where nothing was written.
        said: what was done, in the user's words.
        missing: the units that are missing now, with their reminders.
        claim_first: what to say before anybody is chased; empty where every file has its unit.
    """

    steps: tuple[int, ...]
    said: tuple[str, ...]
    missing: tuple[Missing, ...]
    claim_first: str = ""


def collecting(
    office: Office, review: CollectReview, who: str, now: datetime
) -> Callable[[Progress], Outcome[Collected]]:
    """Return the work of writing what was decided."""
    gathered, decisions = review.gathered, review.decisions()
    words, waiting = review.words(), _waiting(review)
    collection = _with_words(gathered.collection, words)

    def work(progress: Progress) -> Outcome[Collected]:
        done = apply_collection(
            office,
            collection,
            decisions,
            who=who,
            now=now,
            progress=progress,
        )
        steps, changes = [_last_step(office)] if done.changes else [], [done.changes]
        said = [f"专项“{gathered.ledger.name}”第{gathered.round.number}期", done.sentence]
        shown = board(office, gathered.ledger, gathered.round, now.date())
        ids = {file.blob_hash: file.id for file in shown.files}
        for (file, place), code in words.items():
            if code == NOT_WANTED:
                continue
            try:
                taken = take_unplaced(office, ids[file], place, code, who=who, now=now)
            except UserError as problem:  # the rest is written already and stays so
                said.append(f"▲ 一段文字没有归成任务：{problem.what}")
                continue
            steps.append(_last_step(office))
            changes.append(taken.changes)
        if len(steps) > 1:
            said.append(f"{len(steps) - 1} 段文字归到了任务")
            shown = board(office, gathered.ledger, gathered.round, now.date())
        said += waiting
        collected = Collected(tuple(steps), tuple(said), missing_on(shown), shown.claim_first)
        return Outcome(collected, _joined(changes), done.sentence)

    return work


def taking_back(
    office: Office, collected: Collected, who: str, now: datetime
) -> Callable[[Progress], Outcome[str]]:
    """Return the work of undoing all steps of a collection, if nothing was done since."""

    def work(_progress: Progress) -> Outcome[str]:
        last = next_undo(office)
        if last is None or last.id != collected.steps[-1]:
            raise UserError(
                "不能只撤销这次收表",
                "收表之后又有了别的操作，或者已经撤销过",
                "请用“编辑”菜单里的“撤销”逐步撤回",
            )
        outcomes = [undo_step(office, who=who, now=now) for _ in collected.steps]
        sentence = outcomes[-1].sentence
        return Outcome(sentence, _joined([one.changes for one in outcomes]), sentence)

    return work


def _waiting(review: CollectReview) -> list[str]:
    """Return what was left open, and where it can be settled."""
    said = []
    if review.cells_waiting():
        said.append("▲ 待定的核定稿没有动；原报已经存好，可以在任务里对照着改")
    files, words = review.files_waiting(), review.words_waiting()
    open_files = f"{files} 份来件要认领或解开密码" if files else ""
    open_words = f"{words} 段文字没有归到任务" if words else ""
    if files or words:
        both = "，".join(filter(None, (open_files, open_words)))
        said.append(f"▲ {both}；在“反馈回收”里接着处理")
    return said


def _with_words(collection: Collection, words: Mapping[tuple[str, int], str]) -> Collection:
    """Return the collection with the words that nobody wants settled; they stay with their file."""
    dropped = {key for key, code in words.items() if code == NOT_WANTED}
    files = tuple(
        replace(
            file,
            unplaced=tuple(
                replace(one, settled=_NOT_WANTED_WORDS) if (file.hash, place) in dropped else one
                for place, one in enumerate(file.unplaced)
            ),
        )
        for file in collection.files
    )
    return replace(collection, files=files)


def _last_step(office: Office) -> int:
    step = next_undo(office)
    if step is None:
        raise LookupError("a step was done but is not in the trace")
    return step.id


def _joined(all_changes: list[Changes]) -> Changes:
    rows: dict[str, frozenset[int | str]] = {}
    for changes in all_changes:
        for table, ids in changes.rows:
            rows[table] = rows.get(table, frozenset()) | ids
    return Changes(tuple(rows.items()))
