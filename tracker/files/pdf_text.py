"""Characters of a PDF page → lines and paragraphs, without inventing or losing a blank."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tracker.text.radicals import without_radicals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WORD = re.compile(r"[A-Za-z0-9]")
# A line that fills the page by chance still ends where a numbered one begins.
_NUMBERED = re.compile(
    r"第[一二三四五六七八九十百]+[编章节条]|[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[）)]"
    r"|\d{1,2}(?:[.．](?!\d)|、)|[①-⑳]"
)
_LATIN = re.compile(r"[!-~]")
_CLOSING = frozenset("，。、；：！？）》”’】〉」』〕％,.;:!?)%]}")
UNKNOWN = "\ufffd"
_GAP = 0.3
_INDENT = 1.2
_PADDING = 8.0
_TOLERANCE = 0.15


def is_unknown(text: str) -> bool:
    """Tell whether it is a glyph's number instead of a character."""
    return text.startswith("(cid:") or text == UNKNOWN


def plain(text: str) -> str:
    """Return `text` with radicals as the characters they stand for."""
    if is_unknown(text):
        return UNKNOWN
    return without_radicals(text)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of print; places in points from the page's top left corner.

    Attributes:
        size: the height of its largest character.
        first: the width of what cannot be parted from its first character.
    """

    text: str
    left: float
    right: float
    top: float
    bottom: float
    size: float
    first: float


def lines_of(characters: Iterable[dict[str, Any]]) -> list[Line]:
    """Return the lines that characters make up, from top to bottom.

    Args:
        characters: as pdfplumber gives them (`text`, `x0`, `x1`, `top`, `bottom`).
    """
    rows: list[list[dict[str, Any]]] = []
    for char in sorted(characters, key=lambda c: (c["top"] + c["bottom"]) / 2):
        middle = (char["top"] + char["bottom"]) / 2
        if rows and middle <= _reach(rows[-1]):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [line for line in map(_line, rows) if line is not None]


def _reach(row: Sequence[dict[str, Any]]) -> float:
    """Return down to where the middle of a character belongs to the row of the first ones."""
    first = row[0]
    return float(first["top"] + first["bottom"]) / 2 + float(first["bottom"] - first["top"]) * 0.45


def _line(row: list[dict[str, Any]]) -> Line | None:
    row = sorted(row, key=lambda c: c["x0"])
    parts: list[str] = []
    before: dict[str, Any] | None = None
    for char in row:
        text = plain(char["text"])
        if before is not None and _is_gap(before, char, parts[-1], text):
            parts.append(" ")
        parts.append(text)
        before = char
    whole = "".join(parts)
    words = [char for char in row if char["text"].strip()]
    if not words:
        return None
    kept = whole.rstrip()
    return Line(
        kept.lstrip(),
        float(words[0]["x0"]),
        float(words[-1]["x1"]),
        float(min(c["top"] for c in words)),
        float(max(c["bottom"] for c in words)),
        float(max(c["bottom"] - c["top"] for c in words)),
        _first_word(words),
    )


def _first_word(row: Sequence[dict[str, Any]]) -> float:
    """Return the width of the first word: a run of Latin letters, or one Chinese character."""
    end = 1
    if _LATIN.match(row[0]["text"]):
        while end < len(row) and _LATIN.match(row[end]["text"]):
            end += 1
    while end < len(row) and row[end]["text"][:1] in _CLOSING:
        end += 1
    return float(row[end - 1]["x1"] - row[0]["x0"])


def _is_gap(before: dict[str, Any], char: dict[str, Any], left: str, right: str) -> bool:
    """Tell whether the room between two characters is a blank that nobody wrote as one."""
    if not left.strip() or not right.strip():
        return False
    room = char["x0"] - before["x1"]
    height = char["bottom"] - char["top"]
    both = _WORD.search(left[-1]) and _WORD.search(right[0])
    return bool(room > height * (_GAP if both else 1.5 * _GAP + 0.4))


def joined(texts: Sequence[str]) -> str:
    """Return the pieces of one paragraph as one text: a blank only between Latin words."""
    whole = ""
    for text in texts:
        if whole and _WORD.match(whole[-1]) and _WORD.match(text[:1]) and not _splits_number(whole):
            whole += " "
        whole += text
    return whole


def _splits_number(text: str) -> bool:
    return text[-1].isdigit()


def paragraphs(lines: Sequence[Line], left: float, right: float) -> list[str]:
    """Join lines that go on from one another.

    Args:
        left, right: the edges of the text on its pages, in points.
    """
    found: list[list[str]] = []
    before: Line | None = None
    for line in lines:
        goes_on = (
            before is not None
            and not _NUMBERED.match(line.text)
            and _is_wrapped(before, line, right - before.right)
            and line.left < left + _INDENT * line.size
            and abs(line.size - before.size) < 0.2 * line.size
        )
        if goes_on:
            found[-1].append(line.text)
        else:
            found.append([line.text])
        before = line
    return [joined(parts) for parts in found]


def cell_text(characters: Iterable[dict[str, Any]], left: float, right: float) -> str:
    """Return the text of a table's cell; a line that does not fill the cell ends there.

    Args:
        left, right: the cell's edges, in points.
    """
    lines = lines_of(characters)
    padding = min((line.left - left for line in lines), default=0.0)
    room = right - left - 2 * min(max(padding, 0.0), _PADDING)
    texts: list[list[str]] = []
    for number, line in enumerate(lines):
        before = lines[number - 1] if number else None
        if before is not None and _is_wrapped(before, line, room - (before.right - before.left)):
            texts[-1].append(line.text)
        else:
            texts.append([line.text])
    return "\n".join(joined(parts) for parts in texts)


def _is_wrapped(before: Line, line: Line, room: float) -> bool:
    """Tell whether a line goes on below only since its next word found no room any more."""
    return line.text[0] in _CLOSING or line.first > room - _TOLERANCE * before.size
