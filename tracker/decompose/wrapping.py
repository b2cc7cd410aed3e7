"""Whether a line goes on in the next one: page breaks and lines of fixed width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tracker.decompose.head import ends_as_title, opens_with_entry
from tracker.decompose.marks import opens_with_mark
from tracker.duties.passages import holds_label, is_assignment, opens_with_label
from tracker.duties.values import value_goes_on

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.lines import Line

_STOPS = "。！？!?；;：:…"
_QUOTES = "”’」』"
_CLOSERS = "）)】]〕" + _QUOTES
_OPEN_ENDS = "，,、（(【[〔《“「『—和与及的等"
_NEVER_FIRST = re.compile(r"[，,。、；;：:！？）)】\]〕》”」』%％]")
_BRACKETS = {"（": ")", "(": ")", "【": "]", "[": "]", "〔": "]", "《": "》", "“": "”"}
_CLOSING = {"）": ")", ")": ")", "】": "]", "]": "]", "〕": "]", "》": "》", "”": "”"}
_SHORTEST_WRAP, _LONGEST_WRAP = 14.0, 60.0
_SLACK = 3.0
"""By how much a full line may fall short: no punctuation begins a line, no number is cut."""
_LONG = 40.0
"""A line this long without a stop at its end is no heading."""
_LEAST_LINES = 4
_MOST_LINES, _LOOK_BACK = 20, 400


@dataclass(frozen=True, slots=True)
class Layout:
    """How the lines of a text were set.

    Attributes:
        width: the width at which lines were broken; 0 where only pages broke them.
        indented: a paragraph's first line stands further in than the others.
    """

    width: float = 0.0
    indented: bool = False

    @classmethod
    def of(cls, lines: Sequence[Line]) -> Layout:
        """Return how `lines` were set."""
        broken = sorted(
            line.width for line in lines if line.text[-1] not in _STOPS and "\t" not in line.text
        )
        long = [width for width in broken if width >= _SHORTEST_WRAP]
        if len(long) < _LEAST_LINES:
            return cls()
        width = long[int(len(long) * 0.9)]
        full = sum(1 for one in long if abs(one - width) <= _SLACK)
        everyone = max(line.width for line in lines)
        wrapped = width <= _LONGEST_WRAP and everyone <= width + 2 * _SLACK
        if not wrapped or full < max(_LEAST_LINES, 0.5 * len(long)):
            return cls()
        further = sum(1 for line in lines if line.indent >= 2)
        return cls(width, indented=0 < further <= 0.6 * len(lines))

    def goes_on(self, group: Sequence[Line], after: Line) -> bool:
        """Return whether the paragraph that `group` begins goes on in the line `after`."""
        before = group[-1]
        if "\t" in before.text or "\t" in after.text or "|" in before.text[:1] + after.text[:1]:
            return False
        if _NEVER_FIRST.match(after.text):
            return True
        if _opens(after.matched):
            return False
        tail = "".join(line.matched for line in group[-_MOST_LINES:])[-_LOOK_BACK:]
        if _is_open(tail, after.text):
            return True
        return self._goes_on(group, after, tail)

    def _goes_on(self, group: Sequence[Line], after: Line, tail: str) -> bool:
        before = group[-1]
        full = self.width > 0 and before.width >= self.width - _SLACK
        last = tail.rstrip(_CLOSERS)[-1:]
        if tail[-1] in _STOPS or (tail[-1] in _CLOSERS and last in _STOPS):
            return full and self.indented and not after.indent
        if tail[-1] in "）)】]" and is_assignment(_last_bracket(tail)):
            return False
        if tail[-1] in _OPEN_ENDS:
            return True
        if len(group) == 1 and "。" not in tail and ends_as_title(tail):
            return False
        if self.width:
            return full and not (self.indented and after.indent)
        said = tail[tail.rfind("。") + 1 :]
        if opens_with_label(group[0].matched) or holds_label(said, 0, len(said)):
            return value_goes_on(said, after.matched, apart=after.apart)
        inside = re.search(r"[。；]", tail[:-1]) is not None
        return before.width >= _LONG or (inside and before.width >= _SHORTEST_WRAP)


def _opens(words: str) -> bool:
    """Whether a line can only be the first of its paragraph."""
    return opens_with_mark(words) or opens_with_label(words) or opens_with_entry(words)


def _is_open(tail: str, after: str) -> bool:
    """Whether a bracket of the last sentence waits to be closed by the next line."""
    waiting: list[str] = []
    for sign in tail[tail.rfind("。") + 1 :]:
        if sign in _BRACKETS:
            waiting.append(_BRACKETS[sign])
        elif sign in _CLOSING and _CLOSING[sign] in waiting:
            del waiting[waiting.index(_CLOSING[sign]) :]
    if not waiting:
        return False
    coming = after.partition("。")[0]
    closes = any(_CLOSING.get(sign) == waiting[-1] for sign in coming)
    return closes or (coming == after and "、" in after)


def _last_bracket(tail: str) -> str:
    start = max(tail.rfind(sign) for sign in "（(【[〔")
    return tail[start + 1 : -1] if start >= 0 else ""
