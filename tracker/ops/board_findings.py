"""What the board tells about a unit's files and words, short enough for a chip."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from tracker.domain.board import UNFILLED, UNFILLED_WORDS, BoardFinding
from tracker.domain.returned import FINDING_WORDS, FindingKind, Standing

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from tracker.domain.returned import Remark
    from tracker.ops.board_facts import UnitFacts

_SAID_OTHERWISE = frozenset(
    {FindingKind.EMPTY, FindingKind.UNREADABLE, FindingKind.UNKNOWN_UNIT, FindingKind.UNPLACED_TEXT}
)
"""Findings that the state tells already, so that nobody need say he has seen them."""


def findings_of(facts: UnitFacts, before: dict[int, str]) -> Iterator[BoardFinding]:
    """Yield what was found about a unit's files and words.

    Args:
        before: what the round before printed, by task id.
    """
    grouped: dict[tuple[int, FindingKind], list[Remark]] = defaultdict(list)
    for file in facts.files:
        if file.standing is not Standing.EARLIER:
            for remark in file.remarks:
                grouped[file.id, remark.kind].append(remark)
    waiting = {f.id for f in facts.files if any(not words.settled for words in f.unplaced)}
    for (file_id, kind), remarks in grouped.items():
        many = f" {len(remarks)}处" if len(remarks) > 1 else ""
        waits = any(to_look_at(remark) for remark in remarks)
        if kind is FindingKind.UNPLACED_TEXT:
            waits = file_id in waiting
        detail = "；".join(remark.detail for remark in remarks)
        yield BoardFinding(kind.value, f"{FINDING_WORDS[kind]}{many}", detail, file_id, waits)
    yield from _about_words(facts, before)


def _about_words(facts: UnitFacts, before: dict[int, str]) -> Iterator[BoardFinding]:
    said, filled = facts.said, set(facts.filled)
    blank = [task.number or task.code for task in facts.tasks if task.code not in filled]
    if filled and blank:
        short = f"第{blank[0]}项未填" if len(blank) == 1 else f"{len(blank)}项未填"
        yield BoardFinding(UNFILLED, short, f"{UNFILLED_WORDS}{_listed(blank)}")
    same = [
        task.number or task.code
        for task in facts.tasks
        if task.id in said and _alike(said[task.id].text, before.get(task.id, ""))
    ]
    if same:
        yield BoardFinding("same_as_before", f"{len(same)}项与上期雷同", f"雷同：{_listed(same)}")


def _listed(numbers: Iterable[str]) -> str:
    return "、".join(f"第{number}项" for number in numbers)


def _alike(text: str, before: str) -> bool:
    plain = "".join(text.split())
    return bool(plain) and plain == "".join(before.split())


def to_look_at(remark: Remark) -> bool:
    """Tell whether the clerk has still to say that he has seen a finding."""
    return not remark.settled and remark.kind not in _SAID_OTHERWISE
