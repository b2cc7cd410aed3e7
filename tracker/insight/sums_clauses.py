"""Statistical prose taken apart: each number with the words about it, brackets by themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from tracker.insight.sums_amounts import Amount, amounts, plain
from tracker.text.segments import outer_pairs, sentences

_BRACKETS = "（(【［["
_HIDDEN, _QUOTED = "\x01", "\x02"
_SIGNS = re.compile(r"[，,、；;:。！？!?\n]+|\x01+|(?=其中)|(?=分别[为是])")
_GOES_ON = re.compile(r"\s*(?:其中|分别[为是])")
_HARMLESS = re.compile(
    r"(?:其中|分别|目前|现|现已|截至目前|截止目前|按(?:状态|类别|进度|类型|级别|单位|性质)分?"
    r"|截[至止](?:\d{4}年)?\d{1,2}月(?:\d{1,2}日|底)?|[一二三四五六七八九十\d]+月底?|\s)*"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A number with its words.

    Attributes:
        before: its label, from the sign or the number before it.
        after: the words behind it, up to the next sign or number.
        sign: the sign before its segment; empty at the start or behind another number.
        gap: segments without a number between the number before and this one.
    """

    amount: Amount
    before: str
    after: str
    sign: str
    gap: str = ""

    @property
    def follows_closely(self) -> bool:
        """Nothing that says anything stands between it and the number before."""
        return _HARMLESS.fullmatch(self.gap) is not None

    @property
    def opens_part(self) -> bool:
        """It is introduced by 其中."""
        return "其中" in self.before or "其中" in self.gap

    @property
    def words(self) -> str:
        """All that is said about it."""
        return self.before + self.after


@dataclass(frozen=True, slots=True)
class Group:
    """The numbers of a sentence or of one pair of brackets, in order.

    Attributes:
        outer: the numbers before the bracket, in the group around it.
        owner: the number right before the bracket; None where there is none.
    """

    start: int
    end: int
    items: tuple[Item, ...]
    inner: tuple[Group, ...] = ()
    outer: tuple[Item, ...] = ()
    owner: Item | None = None

    def everywhere(self) -> tuple[Group, ...]:
        """Return this group and those in brackets within."""
        return (self, *(deep for one in self.inner for deep in one.everywhere()))


@dataclass(slots=True)
class _Segment:
    start: int
    end: int
    sign: str
    found: list[Amount] = field(default_factory=list)


def read_text(text: str) -> tuple[str, tuple[Group, ...]]:
    """Return the plain form of `text`, in which all places hold, and its sentences' groups."""
    return _read_text(text)


@lru_cache(maxsize=64)
def _read_text(text: str) -> tuple[str, tuple[Group, ...]]:
    folded = plain(text)
    groups = []
    for start, end in _joined(folded):
        if amounts(folded[start:end]):
            groups.append(_group(folded, start, end))
    return folded, tuple(groups)


def _joined(text: str) -> list[tuple[int, int]]:
    """Return the sentences; one that goes on with 其中 belongs to the one before."""
    spans: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if spans and _GOES_ON.match(text, start) and "\n\n" not in text[spans[-1][1] : start]:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _group(
    text: str, start: int, end: int, outer: tuple[Item, ...] = (), owner: Item | None = None
) -> Group:
    source = text[start:end]
    pairs = outer_pairs(source)
    masked = _masked(source, pairs)
    labels = masked[1]
    items = tuple(_items(masked[0], labels, start))
    inner = []
    for opened, closed in pairs.items():
        if source[opened] in _BRACKETS:
            before = tuple(item for item in items if item.amount.end <= start + opened)
            inner.append(
                _group(
                    text,
                    start + opened + 1,
                    start + closed - 1,
                    (*outer, *before),
                    _owner(before, labels, opened, start),
                )
            )
    kept = tuple(group for group in inner if group.items)
    return Group(start, end, items, kept, outer, owner)


def _masked(source: str, pairs: dict[int, int]) -> tuple[str, str]:
    """Return the text to look for numbers in, and the text to take labels from."""
    numbers, labels = list(source), list(source)
    for opened, closed in pairs.items():
        if source[opened] in _BRACKETS:
            numbers[opened:closed] = labels[opened:closed] = _HIDDEN * (closed - opened)
        else:
            numbers[opened + 1 : closed - 1] = _QUOTED * (closed - opened - 2)
    return "".join(numbers), "".join(labels)


def _owner(before: tuple[Item, ...], labels: str, opened: int, start: int) -> Item | None:
    """Return the number that a bracket speaks about: in the same segment, right before it."""
    if not before:
        return None
    between = labels[before[-1].amount.end - start : opened]
    return None if re.search("[，,、；;:。]", between) or len(between) > 12 else before[-1]


def _items(numbers: str, labels: str, start: int) -> list[Item]:
    segments = _segments(numbers, start)
    items: list[Item] = []
    gap = ""
    for segment in segments:
        if not segment.found:
            gap += labels[segment.start : segment.end].replace(_HIDDEN, "")
            continue
        at = segment.start
        for place, amount in enumerate(segment.found):
            begin, stop = amount.start - start, amount.end - start
            following = segment.found[place + 1 : place + 2]
            until = following[0].start - start if following else segment.end
            items.append(
                Item(
                    amount,
                    labels[at:begin].replace(_HIDDEN, "").strip(),
                    labels[stop:until].replace(_HIDDEN, "").strip(),
                    "" if place else segment.sign,
                    "" if place else gap,
                )
            )
            at, gap = stop, ""
    return items


def _segments(numbers: str, start: int) -> list[_Segment]:
    """Cut at the signs; 、 cuts only behind a number, since it also joins words of one label."""
    found = [_moved(amount, start) for amount in amounts(numbers)]
    segments = [_Segment(0, len(numbers), "")]
    for match in _SIGNS.finditer(numbers):
        at, sign = match.start(), match.group()
        if any(a.start - start < at < a.end - start for a in found):
            continue
        current = segments[-1]
        has_number = any(current.start <= a.start - start < at for a in found)
        if (sign == "、" or sign.startswith(_HIDDEN)) and not has_number:
            continue
        if sign.startswith(_HIDDEN):
            continue
        current.end = at
        segments.append(
            _Segment(match.end(), len(numbers), sign[:1] or current.sign * (not has_number))
        )
    for segment in segments:
        segment.found = [a for a in found if segment.start <= a.start - start < segment.end]
    return segments


def _moved(amount: Amount, by: int) -> Amount:
    return Amount(
        amount.start + by,
        amount.end + by,
        amount.value,
        amount.step,
        amount.unit,
        amount.size,
        amount.exact,
        amount.printed,
    )
