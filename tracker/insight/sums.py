"""Sums that do not agree within one text: the door to the rules.

A hint that accuses falsely is worse than none. A rule speaks only where the text itself claims
that numbers belong together, and keeps silent where any other reading of the same numbers adds up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.insight.sums_clauses import read_text
from tracker.insight.sums_growth import check_growth, check_pace
from tracker.insight.sums_parts import check_parts
from tracker.insight.sums_shares import check_limits, check_shares
from tracker.text.segments import sentences

if TYPE_CHECKING:
    from tracker.domain.sum_check import SumSlip


def check_text(text: str) -> tuple[SumSlip, ...]:
    """Return the numbers of a text that do not agree with each other, in the order they stand.

    Args:
        text: one paragraph, cell or note; places in the answer are characters of it.
    """
    plain, groups = read_text(text)
    slips: list[SumSlip] = []
    for sentence in groups:
        for group in sentence.everywhere():
            if not group.items:
                continue
            slips += check_limits(group)
            slips += check_parts(group, plain)
            slips += check_shares(group, plain)
            slips += check_growth(group)
            slips += check_pace(group, plain)
    return _once(slips)


def passage_of(text: str, spans: tuple[tuple[int, int], ...]) -> tuple[int, int]:
    """Return the whole sentences of `text` that hold all the spans."""
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    touched = [(s, e) for s, e in sentences(text) if s < last and first < e]
    if not touched:
        return first, last
    return min(touched[0][0], first), max(touched[-1][1], last)


def _once(slips: list[SumSlip]) -> tuple[SumSlip, ...]:
    """Return each slip once, and none whose numbers all stand in another of the same kind."""
    kept: list[SumSlip] = []
    for slip in sorted(slips, key=lambda s: (-len(s.spans), s.spans)):
        inside = any(one.kind is slip.kind and set(slip.spans) <= set(one.spans) for one in kept)
        if not inside:
            kept.append(slip)
    return tuple(sorted(kept, key=lambda s: s.spans))
