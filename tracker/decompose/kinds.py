"""What sort of document it is, told by its title and by how it is made."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from tracker.base.resources import load
from tracker.decompose.marks import Style
from tracker.domain.draft import DocumentKind
from tracker.duties.prose import prose_asks
from tracker.duties.vocabulary import any_of, plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tracker.decompose.outline import Node

_LEAST_ARTICLES = 2
_LONGEST_OPENING = 120
_LONGEST_TITLE = 40
_SHORT_TEXT = 1000
_OPENING = 400
"""Within so many signs news says that it is news."""


def kind_of(titles: Sequence[str], root: Node, text: str, *, noted: bool) -> DocumentKind:
    """Return the kind of a document.

    Args:
        titles: the lines that may be its title, in the order printed.
        root: its outline.
        text: its text in the form words are matched in.
        noted: whether it holds assignment notes.
    """
    styles = [node.mark.style for node in root.walk() if node.mark is not None]
    articles = styles.count(Style.ARTICLE)
    if not noted and _is_explained(root, text):
        return DocumentKind.ARTICLE
    named = _by_title(titles)
    if articles >= _LEAST_ARTICLES and not noted and 2 * articles >= len(styles):
        return DocumentKind.REGULATION
    if named is DocumentKind.REGULATION and (noted or not articles):
        named = DocumentKind.PLAN if noted else named
    if named is not None:
        return named
    named = _by_opening(text)
    if named is not None:
        return named
    if noted:
        return DocumentKind.PLAN
    if styles and not (_news().search(text[:_OPENING]) and root.end > root.start):
        return DocumentKind.PLAN
    if len(text) <= _SHORT_TEXT and not _news().search(text) and prose_asks(text):
        return DocumentKind.INSTRUCTION
    return DocumentKind.ARTICLE if len(re.findall("[。！？]", text)) > 1 else DocumentKind.OTHER


def _is_explained(root: Node, text: str) -> bool:
    """Whether a text explains or reports: 一图读懂, 解读, headings that ask."""
    first = re.split(r"[。\n]", text.strip(), maxsplit=1)[0]
    if _explaining().search(first[:_LONGEST_TITLE]):
        return True
    heads = [text[node.start : node.end].strip().split("\n", 1)[0] for node in root.children]
    asking = sum(head.endswith(("？", "?")) for head in heads)
    return asking > 1 and 2 * asking > len(heads)


@cache
def _explaining() -> re.Pattern[str]:
    return re.compile(any_of(tuple(load("documents.toml")["frame"]["explaining"])))


def _by_title(titles: Sequence[str]) -> DocumentKind | None:
    """Return the kind the last title that tells one names; a covering letter's comes first."""
    for title in reversed(titles):
        for kind, pattern in _endings():
            if pattern.search(plain(title)):
                return kind
    return None


def _by_opening(text: str) -> DocumentKind | None:
    """Return the kind that the first words name, where no line is a title by itself."""
    first = re.split(r"[。！？]", text[:_OPENING])[0][:_LONGEST_OPENING]
    found = [
        (match.start(), kind)
        for kind, pattern in _openings()
        if (match := pattern.search(first)) is not None
    ]
    return min(found)[1] if found else None


@cache
def _openings() -> tuple[tuple[DocumentKind, re.Pattern[str]], ...]:
    return tuple(
        (DocumentKind(kind), re.compile(any_of(tuple(words))))
        for kind, words in load("documents.toml")["openings"].items()
    )


@cache
def _news() -> re.Pattern[str]:
    words = any_of(tuple(load("documents.toml")["frame"]["news"]))
    # 4月15日前 is a deadline, 日前 the beginning of news
    return re.compile(rf"(?<![\d一二三四五六七八九十]){words}")


@cache
def _endings() -> tuple[tuple[DocumentKind, re.Pattern[str]], ...]:
    tail = r"(?:[（(][^（()）]{1,20}[)）])*$"
    return tuple(
        (DocumentKind(kind), re.compile(any_of(tuple(words)) + tail))
        for kind, words in load("documents.toml")["kinds"].items()
    )
