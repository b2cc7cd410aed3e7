"""An edition (定稿): what was approved when a round was closed; evidence kept with a task."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime


SCHEMA = 2
"""How the content of an edition is built; a later program reads every earlier number.

2: the circular is kept as it was approved; before, it is composed from the facts that are kept.
"""


def canonical(content: Mapping[str, Any]) -> str:  # Any: whatever JSON holds
    """Return content as the one JSON text that stands for it."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def content_hash(content: Mapping[str, Any]) -> str:  # Any: whatever JSON holds
    """Return the SHA-256 of content as canonical JSON."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One version of a closed round.

    Attributes:
        content: the whole content, as `ops.editions` wrote it.
        hash: SHA-256 of the content's JSON.
        reopened_at: when the round was opened again; None while the edition holds.
        reopened_because: why.
    """

    id: int
    round_id: int
    version: int
    at: datetime
    by: str
    content: Mapping[str, Any]  # Any: whatever JSON holds
    hash: str
    reopened_at: datetime | None = None
    reopened_because: str = ""


@dataclass(frozen=True, slots=True)
class ClosingCheck:
    """What is missing before a round is closed; nothing of it forbids to close.

    Attributes:
        missing: units that did not report although their day has passed.
        not_due: units that are still waited for.
        to_type: units whose paper or scan nobody has typed in.
        to_check: units whose files the clerk has still to look at.
        unclaimed: how many files belong to nobody.
        unplaced: how many passages of files have no place.
        no_entry: codes of open tasks without a text in this round.
        carried: codes of open tasks that only say what the last round said.
        not_taken: codes of tasks on which a report has not gone into the entry.
        doubtful: code and words of entries whose state nobody understands.
        numbers: what tasks are called on paper, by code, where that is clear.
    """

    missing: tuple[str, ...] = ()
    not_due: tuple[str, ...] = ()
    to_type: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()
    unclaimed: int = 0
    unplaced: int = 0
    no_entry: tuple[str, ...] = ()
    carried: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()
    doubtful: tuple[tuple[str, str], ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.lines())

    def lines(self) -> tuple[str, ...]:
        """Return in words what is missing, the gravest first; none where nothing is."""
        named = (
            (self.missing, "{count}家未报：{names}"),
            (self.not_due, "{count}家未到期、尚未报：{names}"),
            (self.to_type, "{count}家已报，内容待录入：{names}"),
            (self.to_check, "{count}家来件待核：{names}"),
            (self.not_taken, "{count}项的原报还没有进核定稿：{names}"),
            (self.no_entry, "{count}项没有落实情况：{names}"),
            (self.carried, "{count}项沿用上期、本期未改：{names}"),
        )
        counted = (
            (self.unclaimed, "{count}份来件不知是哪个单位"),
            (self.unplaced, "{count}段文字没有归到任务"),
        )
        lines = [w.format(count=len(n), names=self._listed(n)) for n, w in named if n]
        lines += [words.format(count=count) for count, words in counted if count]
        for code, words in self.doubtful:
            lines.append(f"{self._listed((code,))} 的状态“{words}”看不出是否完成")
        return tuple(lines)

    def _listed(self, names: Sequence[str]) -> str:
        return "、".join(self.numbers.get(name, name) for name in names)


@dataclass(frozen=True, slots=True)
class AttachmentRow:
    """A file that belongs to a task: evidence (佐证材料)."""

    id: int
    task_id: int
    round_id: int | None
    name: str
    blob_hash: str
    size: int
    remark: str
    added_at: datetime
    added_by: str
