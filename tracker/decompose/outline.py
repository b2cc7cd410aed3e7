"""The outline of a document: which marks really number something, and what stands below what."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING

from tracker.decompose.marks import Mark, Place, Style, bare_marks, find_marks
from tracker.duties.passages import holds_label
from tracker.duties.units import ends_as_unit

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LONGEST_HEADING = 45
_LONGEST_TITLE = 100
_MOST_SKIPPED = 3
_LONGEST_NOTE = 300
_STOPS = "。；;！!？?"
_BRACKETED = (Style.CHINESE_BRACKET,)
_UNMISTAKABLE = (Style.WORD, Style.ARTICLE, Style.CHAPTER)


@dataclass(slots=True)
class Node:
    """A numbered heading or measure; the root has no mark.

    Attributes:
        start, end: its own words in the view's text, without the mark and without the children.
        children: what is numbered below it.
        inline: its mark stands inside the paragraph that its parent or brother began.
    """

    mark: Mark | None
    start: int
    end: int
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)
    inline: bool = False

    def above(self) -> list[Node]:
        """Return the nodes above that carry a mark, the outermost first."""
        nodes: list[Node] = []
        node = self.parent
        while node is not None and node.mark is not None:
            nodes.append(node)
            node = node.parent
        return nodes[::-1]

    def walk(self) -> Iterator[Node]:
        """Give the node and all below it, in the order they stand."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += reversed(node.children)


def read_outline(text: str, matched: str, hidden: Iterable[tuple[int, int]] = ()) -> Node:
    """Return the root of the outline of `text`.

    Args:
        text: the view's text.
        matched: the same in the form words are matched in.
        hidden: spans in which nothing numbers anything (lists of annexes, tables).
    """
    inside = _Spans(hidden)
    found = find_marks(matched)
    found = sorted([*found, *bare_marks(matched, found)], key=lambda mark: mark.start)
    marks = [_as_printed(mark, text) for mark in found if mark.start not in inside]
    accepted = _Acceptance(matched, marks).accepted()
    return _tree(len(text), matched, accepted)


def _as_printed(mark: Mark, text: str) -> Mark:
    """Return the mark with its number to the letter: １２, 第三條."""
    printed = "".join(text[mark.start : mark.end].split()).rstrip("、．.,，：:")
    return mark if printed == mark.printed else replace(mark, printed=printed)


class _Spans:
    """Spans of a text; `position in spans` takes no longer where they are many."""

    def __init__(self, spans: Iterable[tuple[int, int]]) -> None:
        ordered = sorted(spans)
        self._starts = [start for start, _ in ordered]
        self._reach = list(accumulate((end for _, end in ordered), max))

    def __contains__(self, position: int) -> bool:
        before = bisect_right(self._starts, position) - 1
        return before >= 0 and position < self._reach[before]


class _Acceptance:
    """Goes over what looks like marks and keeps those that number something."""

    def __init__(self, matched: str, marks: Sequence[Mark]) -> None:
        self._matched = matched
        self._marks = marks
        self._last: dict[Style, int] = {}
        self._kept: list[Mark] = []
        self._second = _followed(marks)
        self._continued = _continued(marks)

    def accepted(self) -> list[Mark]:
        """Return the marks that number something."""
        for index, mark in enumerate(self._marks):
            if self._is_one(index, mark):
                self._last[mark.style] = mark.value
                self._kept.append(mark)
        return self._kept

    def _is_one(self, index: int, mark: Mark) -> bool:
        expected = self._last.get(mark.style) == mark.value - 1 and mark.value > 1
        begins = mark.value == 1 and index in self._second
        if mark.risky and not (expected or begins):
            return False
        if mark.place is Place.OPENS_BLOCK:
            return True
        if mark.style >= Style.FIGURE_BRACKET:
            return False
        if mark.place is Place.AFTER_STOP:
            return expected or begins
        if mark.style in _UNMISTAKABLE:
            return expected or begins
        goes_on = mark.style in _BRACKETED or index in self._continued
        first = begins or (mark.style not in self._last and goes_on)
        if mark.style in (Style.CHINESE, Style.CHINESE_BRACKET):
            skips = 0 < mark.value - self._last.get(mark.style, mark.value) <= _MOST_SKIPPED
            if expected or (skips and self._after_name(mark)):
                return True
            return first and self._after_heading(mark)
        if self._after_heading(mark):
            return expected or first
        return expected and (self._after_name(mark) or self._in_note(mark))

    def _after_heading(self, mark: Mark) -> bool:
        """Whether only a heading, or the title, stands between the last mark and this one."""
        if not self._kept:
            before = self._matched[max(mark.start - _LONGEST_TITLE, 0) : mark.start]
            return len(before) < _LONGEST_TITLE or any(sign in before for sign in _STOPS)
        between = self._matched[self._kept[-1].end : mark.start]
        return len(between) <= _LONGEST_HEADING and not any(sign in between for sign in _STOPS)

    def _in_note(self, mark: Mark) -> bool:
        """Whether a label of an assignment (责任单位：) stands in the sentence before."""
        first = max(self._matched.rfind("。", 0, mark.start), mark.start - _LONGEST_NOTE, 0)
        return holds_label(self._matched, first, mark.start)

    def _after_name(self, mark: Mark) -> bool:
        before = self._matched[max(mark.start - 30, 0) : mark.start]
        for sign in "、，,；;：:\n 　。）)":
            before = before.rpartition(sign)[2]
        return ends_as_unit(before)


def _followed(marks: Sequence[Mark]) -> set[int]:
    """Return the places of firsts (1.) that a second of their kind follows."""
    waiting: dict[Style, list[int]] = {}
    found: set[int] = set()
    for index, mark in enumerate(marks):
        if mark.value == 1:
            waiting.setdefault(mark.style, []).append(index)
        elif mark.value == 2:
            found.update(waiting.pop(mark.style, []))
    return found


def _continued(marks: Sequence[Mark]) -> set[int]:
    """Return the places of marks that the next of their kind counts on from (98. 99.)."""
    latest: dict[Style, int] = {}
    found: set[int] = set()
    for index, mark in enumerate(marks):
        before = latest.get(mark.style)
        if before is not None and marks[before].value == mark.value - 1:
            found.add(before)
        latest[mark.style] = index
    return found


def _tree(length: int, matched: str, marks: Sequence[Mark]) -> Node:
    root = Node(None, 0, marks[0].start if marks else length)
    lines_speak = _lines_speak(marks)
    stack = [root]
    seen: set[Style] = set()
    for index, mark in enumerate(marks):
        end = marks[index + 1].start if index + 1 < len(marks) else length
        _unwind(stack, mark, matched, seen)
        inline = lines_speak and mark.place is not Place.OPENS_BLOCK
        node = Node(mark, mark.end, max(end, mark.end), stack[-1], inline=inline)
        stack[-1].children.append(node)
        stack.append(node)
        seen.add(mark.style)
    return root


def _lines_speak(marks: Sequence[Mark]) -> bool:
    """Whether it says something that a mark does not open its line: not where most do not."""
    opening = sum(mark.place is Place.OPENS_BLOCK for mark in marks)
    return 2 * opening > len(marks)


def _unwind(stack: list[Node], mark: Mark, matched: str, seen: set[Style]) -> None:
    """Take from the stack what does not stand above `mark`."""
    open_styles = [node.mark.style for node in stack if node.mark is not None]
    if mark.style in open_styles:
        del stack[1 + open_styles.index(mark.style) :]
        return
    top = stack[-1]
    if top.mark is not None and top.mark.style > mark.style and mark.style not in seen:
        words = matched[top.start : top.end].strip()
        if len(words) <= _LONGEST_HEADING and not any(sign in words[:-1] for sign in _STOPS):
            return
    while (last := stack[-1].mark) is not None and last.style > mark.style:
        stack.pop()
