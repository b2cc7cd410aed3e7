"""What is said of two names of units, and what two names of offices may have in common."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from tracker.domain.unit_forms import MAIN, OLD, WIDER, loose

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tracker.domain.unit_forms import Spelling
    from tracker.domain.unit_parts import Parts

NOTHING = "没有看出是同一单位"


class Likeness(StrEnum):
    """How sure it is that two names stand for one unit."""

    SAME = "same"
    LIKELY = "likely"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is to be said of two names.

    Attributes:
        reason: the ground, in Chinese, as the clerk reads it.
    """

    likeness: Likeness
    reason: str

    @property
    def is_worth_showing(self) -> bool:
        """Whether the two may be one unit."""
        return self.likeness is not Likeness.DIFFERENT


_RANK = {Likeness.DIFFERENT: 0, Likeness.LIKELY: 1, Likeness.SAME: 2}


def weakest(grounds: Iterable[Verdict]) -> Verdict:
    """Return the weakest of the grounds, with all reasons that bear on it."""
    listed = tuple(grounds)
    likeness = min((ground.likeness for ground in listed), key=_RANK.__getitem__)
    reasons = dict.fromkeys(ground.reason for ground in listed if ground.reason)
    return Verdict(likeness, "；".join(reasons) or "写法相同")


def same(reason: str) -> Verdict:
    """Say that two names surely stand for one unit."""
    return Verdict(Likeness.SAME, reason)


def likely(reason: str) -> Verdict:
    """Say that two names may stand for one unit."""
    return Verdict(Likeness.LIKELY, reason)


def different(reason: str) -> Verdict:
    """Say that nothing speaks for one unit."""
    return Verdict(Likeness.DIFFERENT, reason)


def offices(one: Parts, other: Parts) -> Verdict:
    """Compare two offices by what their names may mean."""
    verdicts = [
        _spellings(one, mine, other, theirs)
        for mine in one.spellings
        for theirs in other.spellings
        if mine.office == theirs.office
    ]
    return max(verdicts, key=lambda each: _RANK[each.likeness], default=different(NOTHING))


def _spellings(one: Parts, mine: Spelling, other: Parts, theirs: Spelling) -> Verdict:
    if mine.group == theirs.group:
        return same("" if one.bare == other.bare else shortened(one.shown, other.shown))
    relations = {mine.relation, theirs.relation}
    if relations in ({OLD}, {WIDER}) and not _are_kin(one.bare, other.bare, mine.relation):
        return different(NOTHING)
    if WIDER in relations and MAIN not in relations and one.bare[-1] != other.bare[-1]:
        return different(NOTHING)  # 教体局 is no other name of 体育中心
    if relations == {WIDER}:
        return likely(f"“{one.bare}”“{other.bare}”都是{mine.office}合并、挂牌后的叫法")
    if OLD in relations:
        old, new = (one, other) if mine.relation == OLD else (other, one)
        return likely(f"旧名：{old.bare}→{new.bare}")
    if WIDER in relations:
        wide, narrow = (one, other) if mine.relation == WIDER else (other, one)
        return likely(f"“{wide.bare}”可能是“{narrow.bare}”合并或挂牌后的名称")
    if mine.relation == theirs.relation == MAIN and mine.end != theirs.end:
        return likely(f"“{mine.end}”“{theirs.end}”之别：{one.bare}、{other.bare}")
    return likely(f"“{one.bare}”“{other.bare}”是{mine.office}的不同叫法")


def _are_kin(one: str, other: str, relation: str) -> bool:
    """Whether two old, or two merged, names may be one: 工商局 and 质监局 were two offices."""
    return one[:-1] == other[:-1] if relation == OLD else one[0] == other[0]


def shortened(one: str, other: str) -> str:
    """Return in what two ways of writing a name differ; nothing where they do not."""
    if one == other:
        return ""
    return "只差“和”字" if loose(one) == loose(other) else f"简称：{one}→{other}"
