"""Cutting a text into sentences, and the form in which two texts are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_OPENERS = {"（": ")", "(": ")", "【": "】", "［": "]", "[": "]", "〔": "〕", "《": "》", "“": "”"}
_OPENERS |= {"「": "」", "『": "』", "‘": "’", "〈": "〉"}
_CLOSERS = {"）": ")", "］": "]"} | {c: c for c in _OPENERS.values()}
_STOPS = "。！？!?"
_HALF_STOPS = "；;"
_TRAILING = "”’」』）)】》"

_SIGNS = re.compile(f"[{re.escape(''.join((*_OPENERS, *_CLOSERS)))}\n]")

_SENTENCE_ENDS = re.compile(f"[{_STOPS}\r\n]")
_CLAUSE_ENDS = re.compile(f"[{_STOPS}{_HALF_STOPS}\r\n]")

_UNSEEN = ("Cf", "Cc")

_UNIFIED = str.maketrans(
    dict.fromkeys("“”„‟«»「」『』‘’‚＇＂'`", '"')
    | dict.fromkeys("—–―‐‑‒─－~～〜∼", "-")
    | dict.fromkeys("•‧・∙●", "·")
    | {"〇": "零", "○": "零"}
)
_STRANGE = re.compile(f"[{re.escape(''.join(map(chr, _UNIFIED)))}]")


def outer_pairs(text: str, *, across_lines: bool = True) -> dict[int, int]:
    """Return the outermost closed brackets and quotes: position of the opener → end (exclusive).

    A bracket that never closes counts for nothing, so a slip of the pen swallows no text. A
    full-width bracket may be closed by a half-width one.
    """
    stack: list[tuple[str, int]] = []
    pairs: dict[int, int] = {}
    for found in _SIGNS.finditer(text):
        position, sign = found.start(), found.group()
        if sign == "\n":
            if not across_lines:
                stack.clear()
        elif sign in _OPENERS:
            stack.append((_OPENERS[sign], position))
        elif sign in _CLOSERS:
            _close(stack, pairs, _CLOSERS[sign], position)
    return _outermost(pairs)


def sentences(text: str, *, clauses: bool = False) -> list[tuple[int, int]]:
    """Return the spans of the sentences, blanks around them left out.

    Sentences end after 。！？ and at a line break; with `clauses` after ； too. A stop inside
    brackets or quotes ends nothing.
    """
    return list(_sentences(text, clauses))


# One text is asked for its sentences by several rules, one after the other.
@lru_cache(maxsize=64)
def _sentences(text: str, clauses: bool) -> tuple[tuple[int, int], ...]:
    stops = _STOPS + _HALF_STOPS if clauses else _STOPS
    inside = iter(outer_pairs(text, across_lines=False).items())
    pair = next(inside, None)
    spans: list[tuple[int, int]] = []
    start = 0
    for found in (_CLAUSE_ENDS if clauses else _SENTENCE_ENDS).finditer(text):
        position = found.start()
        while pair is not None and pair[1] <= position:
            pair = next(inside, None)
        if position < start or (pair is not None and pair[0] < position):
            continue
        position += 1
        if found.group() not in "\r\n":
            while position < len(text) and text[position] in stops + _TRAILING:
                position += 1
        _add_span(spans, text, start, position - (found.group() in "\r\n"))
        start = position
    _add_span(spans, text, start, len(text))
    return tuple(spans)


def fold(text: str) -> str:
    """Return a key for comparing: no blanks, one width, one kind of quotes and dashes.

    For matching only; never print it.
    """
    folded = _unified(unicodedata.normalize("NFKC", _unified(text))).casefold()
    if folded.isprintable():  # then no white space is in it but blanks, and nothing unseen
        kept = folded.replace(" ", "")
    else:
        kept = "".join(
            c for c in folded if not c.isspace() and unicodedata.category(c) not in _UNSEEN
        )
    return unicodedata.normalize("NFKC", kept)


def _unified(text: str) -> str:
    return text.translate(_UNIFIED) if _STRANGE.search(text) else text


def _close(stack: list[tuple[str, int]], pairs: dict[int, int], closer: str, position: int) -> None:
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth][0] == closer:
            pairs[stack[depth][1]] = position + 1
            del stack[depth:]
            return


def _outermost(pairs: dict[int, int]) -> dict[int, int]:
    kept: dict[int, int] = {}
    reach = 0
    for start in sorted(pairs):
        if start >= reach:
            kept[start] = reach = pairs[start]
    return kept


def _add_span(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        spans.append((start, end))
