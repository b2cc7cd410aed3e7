"""The lines of a text as read: without margins, page numbers and invisible signs."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace

from tracker.duties.vocabulary import plain

_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00-\x08\x0e-\x1f]+")
_PAGE_NUMBER = re.compile(
    r"[-—–―－─·\s]*(?:第\s*)?\d{1,4}(?:\s*页)?(?:\s*[/，,]?\s*共\s*\d{1,4}\s*页)?[-—–―－─·\s]*"
)


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the blanks around it.

    Attributes:
        text: its visible signs.
        pieces: the same in stretches, each with where it stands in the text as read.
        indent: how many blanks stand before it.
        width: how wide it is, in Chinese letters.
        matched: the text in the form words are looked up in.
        apart: an empty line stands before it, not made by the end of a page.
    """

    text: str
    pieces: tuple[tuple[str, int], ...]
    indent: int
    width: float
    matched: str
    apart: bool = False

    @property
    def start(self) -> int:
        """Where the line begins in the text as read."""
        return self.pieces[0][1]


def lines_of(text: str) -> list[Line]:
    """Return the lines that say something; numbers and heads of pages say nothing."""
    lines: list[Line] = []
    beside: set[str] = set()
    start = 0
    after_number = apart = False
    for raw in text.split("\n"):
        line = _line(raw, start)
        start += len(raw) + 1
        if line is None:
            apart = not after_number
            continue
        number = _is_page_number(line.text)
        if number and lines:
            beside.add(lines[-1].text)
        if after_number and not number:
            beside.add(line.text)
        after_number = number
        if not number:
            lines.append(replace(line, apart=apart) if apart else line)
        apart = False
    return _without_page_heads(lines, beside) if beside else lines


def _without_page_heads(lines: list[Line], beside: set[str]) -> list[Line]:
    """Drop what stands beside the page numbers again and again, but for its first time."""
    counts = Counter(line.text for line in lines)
    heads = {text for text in beside if counts[text] > 1}
    seen: set[str] = set()
    kept: list[Line] = []
    for line in lines:
        if line.text not in heads or line.text not in seen:
            kept.append(line)
        seen.add(line.text)
    return kept


def _line(raw: str, start: int) -> Line | None:
    pieces: list[tuple[str, int]] = []
    position = 0
    for unseen in _UNSEEN.finditer(raw):
        if unseen.start() > position:
            pieces.append((raw[position : unseen.start()], start + position))
        position = unseen.end()
    if position < len(raw):
        pieces.append((raw[position:], start + position))
    return _trimmed(pieces)


def _trimmed(pieces: list[tuple[str, int]]) -> Line | None:
    indent = 0
    while pieces:
        letters, origin = pieces[0]
        bare = letters.lstrip()
        indent += len(letters) - len(bare)
        if bare:
            pieces[0] = (bare, origin + len(letters) - len(bare))
            break
        del pieces[0]
    while pieces and not pieces[-1][0].rstrip():
        del pieces[-1]
    if not pieces:
        return None
    pieces[-1] = (pieces[-1][0].rstrip(), pieces[-1][1])
    text = "".join(letters for letters, _ in pieces)
    return Line(text, tuple(pieces), indent, _width(text), plain(text))


def _width(text: str) -> float:
    return len(text) - len(text.encode("ascii", "ignore")) / 2


def _is_page_number(text: str) -> bool:
    """Whether a line is “— 3 —” or “第3页”; a bare number may be a cell of a table."""
    return (
        not text.isdecimal()
        and _PAGE_NUMBER.fullmatch(text) is not None
        and bool(re.search(r"\d", text))
    )
