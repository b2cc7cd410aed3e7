"""What holds for every result, right or wrong: nothing stands in it that the text does not say."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tracker.domain.draft import Draft, Quote
    from tracker.ops.decompose import Decomposed

_BLANKS = re.compile(r"[\s\u200b\ufeff]+")


def broken_laws(result: Decomposed) -> list[str]:
    """Return a sentence for each law that a result breaks."""
    text = result.source.flow.text
    squeezed = _squeeze(text)
    return [
        f"{draft.number or draft.title[:12]}: {law}"
        for draft in result.document.drafts
        for law in _broken(draft, text, squeezed)
    ]


def _broken(draft: Draft, text: str, squeezed: str) -> Iterator[str]:
    quotes = [draft.quote, *(passage.quote for passage in draft.passages)]
    if not all(_within(quote, text) for quote in quotes):
        yield "a quote lies outside the text"
        return
    quoted = text[draft.quote.start : draft.quote.end]
    if not in_order(_squeeze(draft.text), _squeeze(quoted)):
        yield "its text holds words that its quote does not hold"
    if not _squeeze(draft.text).startswith(_squeeze(draft.title)):
        yield "its title does not open its text"
    for name in (*draft.all_roles().names(), *draft.persons):
        if _squeeze(name) not in squeezed and not in_order(_squeeze(name), _squeeze(quoted)):
            yield f"the text does not name {name}"
    if draft.deadline and not _is_said(draft.deadline.text, squeezed, quoted):
        yield f"the text does not say {draft.deadline.text}"


def _is_said(when: str, squeezed: str, quoted: str) -> bool:
    """Tell whether the words stand in the text; rows of one task may give it a line each."""
    if _squeeze(when) in squeezed:
        return True
    rows = [_squeeze(row) for row in quoted.split("\n")]
    lines = [_squeeze(line) for line in when.split("\n")]
    return "\t" in quoted and len(lines) > 1 and _one_each(lines, rows)


def _one_each(parts: list[str], wholes: list[str]) -> bool:
    """Return whether each part stands in a whole of its own, in this order."""
    rest = iter(wholes)
    return all(any(part in whole for whole in rest) for part in parts)


def in_order(part: str, whole: str) -> bool:
    """Return whether the characters of `part` stand in `whole` in this order."""
    rest = iter(whole)
    return all(character in rest for character in part)


def _within(quote: Quote, text: str) -> bool:
    return 0 <= quote.start <= quote.end <= len(text)


def _squeeze(text: str) -> str:
    return _BLANKS.sub("", text)
