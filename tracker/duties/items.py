"""Parts ①②③ inside one paragraph or cell, and the marks that number them."""

from __future__ import annotations

import re

from tracker.text.numerals import chinese_number, circled_number, to_half_width

# Each kind of mark is read by itself: (1) inside a part ① is that part's own text.
_CIRCLED = re.compile(r"[①-⑳㉑-㉟㊱-㊿]")
_FAMILIES = (
    _CIRCLED,
    re.compile(r"[⑴-⒇]"),
    re.compile(r"[❶-❿]"),
    re.compile(r"[（(]\s*\d{1,2}\s*[)）]"),
)
_FIRST = re.compile(r"[①⑴❶]|[（(]\s*0?1\s*[)）]")
_CLOSING = "；;。"
_CHAIN = re.compile(r"[\s、，,和及与至到\-—~～]*")
_MEASURE = re.compile(r"\s*项(?!目)")


def mark_number(mark: str) -> int | None:
    """Return the number a mark stands for (①, ⑴, (1), （一）, 1); None where it is no mark."""
    sign = mark.strip()
    if len(sign) == 1:
        for first, last in (("⑴", "⒇"), ("❶", "❿")):
            if first <= sign <= last:
                return ord(sign) - ord(first) + 1
        circle = circled_number(sign)
        if circle is not None:
            return circle
    return chinese_number(to_half_width(sign).strip("()（）. "))


def read_items(text: str) -> tuple[tuple[str, str], ...]:
    """Return the parts of `text` as (mark, words), without a closing ；or 。.

    The marks must run 1, 2, 3 … and be at least two; words before the first mark belong to no
    part. References such as 第①项 are no parts.
    """
    plain = to_half_width(text)
    if not _FIRST.search(plain):
        return ()
    runs = [run for family in _FAMILIES if len(run := _run(family, plain)) > 1]
    if not runs:
        return ()
    run = min(runs, key=lambda spans: spans[0][0])
    ends = [start for start, _ in run[1:]] + [len(text)]
    parts = [
        (text[start:end], _words(text[end:stop]))
        for (start, end), stop in zip(run, ends, strict=True)
    ]
    return tuple(parts) if all(re.search(r"\w", words) for _, words in parts) else ()


def _run(family: re.Pattern[str], plain: str) -> list[tuple[int, int]]:
    run: list[tuple[int, int]] = []
    referred = -1
    for found in family.finditer(plain):
        start, end = found.span()
        in_chain = referred >= 0 and _CHAIN.fullmatch(plain, referred, start) is not None
        if in_chain or plain[:start].rstrip().endswith("第") or _MEASURE.match(plain, end):
            referred = end
        elif mark_number(found.group()) == len(run) + 1:
            run.append((start, end))
    return run


def _words(text: str) -> str:
    return text.strip().rstrip(_CLOSING).rstrip()
